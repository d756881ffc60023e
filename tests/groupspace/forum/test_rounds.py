"""Rounds and statements: everyone answers once, and reads the others after that. Nothing shows anywhere before."""

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied

from groupspace import policy
from groupspace.actor import actor_for
from groupspace.forum import actions, reactions
from groupspace.forum.kind import ForumKind
from groupspace.forum.models import Post, ReadMark, RoundPass, Topic
from groupspace.lifetime.start import fill_level
from groupspace.text.sanitiser import from_plain
from tests.cast import add_member, make_user

pytestmark = pytest.mark.django_db
SECRET = "Zevenmijlslaars"


def soup(response):
    assert response.status_code == 200, response.status_code
    return BeautifulSoup(response.content, "html.parser")


@pytest.fixture
def round_(start):
    """A round that anna started."""
    return start("anna", title="Hoe gaat het?", text="Vertel het in een zin.", sort="round")


@pytest.fixture
def ellens(round_, reply, as_actor):
    """Ellen's answer, changed once, with a word of support under it."""
    post = reply("ellen", round_, f"{SECRET} eerst")
    actions.edit_post(as_actor("ellen"), post, body=from_plain(f"{SECRET} van ellen"))
    reactions.toggle(as_actor("anna"), post, "dank")
    return post


def everywhere(url, round_, post):
    """Each address at which words of an answer, or the name of who gave it, could stand."""
    parts = ("", "eerder/", "bewerk/", "weghalen/", "waarschuwing/", "woord/", "terug/")
    places = [
        url(),
        url(round_),
        url(round_, "?pagina=1"),
        url(round_, "reageer/"),
        url(round_, f"reageer/?op={post.pk}"),
    ]
    return [*places, url()[: -len("gesprekken/")], *(url(f"bericht/{post.pk}/{part}") for part in parts)]


def test_answers_of_others_are_nowhere_before_ones_own(log_in, round_, ellens, url):
    ben = log_in("ben")

    for address in everywhere(url, round_, ellens):
        for response in (ben.get(address), ben.post(address, {"woord": "dank"}) if "bericht" in address else None):
            text = response.content.decode() if response else ""
            assert SECRET not in text, address
            assert "Ellen" not in text, address
    assert not policy.visible(ben_actor(ben), Post.objects.filter(pk=ellens.pk)).exists()
    assert Post.objects.get(pk=ellens.pk).reactions.count() == 1


def ben_actor(client):
    from django.contrib.auth import get_user_model

    from groupspace.actor import actor_for

    return actor_for(get_user_model().objects.get(pk=client.session["_auth_user_id"]))


def test_somebody_with_moderation_but_no_lead_waits_too(cast, round_, reply, url, as_actor):
    from tests.logged_in import logged_in

    post = reply("ben", round_, SECRET)
    ellen = logged_in(cast.ellen, verified=True)  # may moderate, does not lead

    assert SECRET not in ellen.get(url(f"bericht/{post.pk}/weghalen/")).content.decode()
    assert ellen.get(url(f"bericht/{post.pk}/weghalen/")).status_code == 404


def test_search_export_and_stream_hold_no_answer_of_another(round_, ellens, cast, as_actor):
    assert SECRET not in " ".join(ForumKind().texts_of(round_))
    assert SECRET not in str(ForumKind().export(cast.members["ben"]))
    assert SECRET in str(ForumKind().export(cast.members["ellen"]))
    assert SECRET not in str(ForumKind().lines(as_actor("ben"), [round_.pk]))


@pytest.mark.parametrize("how", ["answers", "passes"])
def test_round_opens_for_who_answered_or_passed(log_in, round_, ellens, url, how):
    ben = log_in("ben")
    assert "Er zijn al antwoorden" in soup(ben.get(url(round_))).text

    if how == "answers":
        ben.post(url(round_, "reageer/"), {"body": "Het gaat wel."})
    else:
        ben.post(url(round_, "pas/"))

    page = soup(ben.get(url(round_)))
    assert f"{SECRET} van ellen" in page.text
    assert page.select("#nieuw")  # it was not counted as read while it was closed
    assert SECRET in ben.get(url(f"bericht/{ellens.pk}/eerder/")).content.decode()


def test_everyone_answers_once_and_facilitators_may_round_off(log_in, round_, url):
    ben, anna = log_in("ben"), log_in("anna")
    ticket = soup(ben.get(url(round_))).select_one("#reageer [name=gs-ticket]")["value"]
    ben.post(url(round_, "reageer/"), {"body": "Een keer."})

    again = ben.post(url(round_, "reageer/"), {"body": "Nog een keer.", "gs-ticket": ticket})

    assert again.status_code == 403
    assert "Nog een keer." in again.content.decode()  # what was typed comes back
    assert "al geantwoord" in soup(ben.get(url(round_))).text
    for _time in range(2):
        assert anna.post(url(round_, "reageer/"), {"body": "Dank jullie."}).status_code == 302
    assert Post.objects.filter(topic=round_, author__user__username="ben").count() == 1


def test_passing_is_for_rounds_and_answering_stays_possible(log_in, round_, start, url):
    ben = log_in("ben")
    assert ben.post(url(start("carla"), "pas/")).status_code == 403

    ben.post(url(round_, "pas/"))
    assert ben.post(url(round_, "reageer/"), {"body": "Toch."}).status_code == 302
    assert ben.post(url(round_, "pas/")).status_code == 403
    assert RoundPass.objects.count() == 1


def test_answer_that_was_taken_away_leaves_the_round_open(log_in, round_, ellens, reply, url, as_actor):
    mine = reply("ben", round_, "Van mij.")
    actions.delete_post(as_actor("ben"), mine)
    ben = log_in("ben")

    assert SECRET in ben.get(url(round_)).content.decode()
    assert ben.post(url(round_, "reageer/"), {"body": "Opnieuw."}).status_code == 302


def test_closed_round_keeps_the_mark_low(log_in, round_, ellens, url, cast):
    log_in("ben").get(url(round_))

    assert ReadMark.objects.get(membership=cast.members["ben"]).last_number == 1


def test_only_who_may_prepare_chooses_the_sort(log_in, url):
    ben, anna = log_in("ben"), log_in("anna")
    assert not soup(ben.get(url("nieuw/"))).select("[name=sort]")
    assert soup(anna.get(url("nieuw/"))).select("[name=sort]")

    ben.post(url("nieuw/"), {"title": "Van ben", "body": "hoi", "sort": "round"})
    anna.post(url("nieuw/"), {"title": "Slapen is leren.", "body": "Wat vind jij?", "sort": "statement"})

    assert dict(Topic.objects.values_list("title", "sort")) == {
        "Van ben": "conversation",
        "Slapen is leren.": "statement",
    }
    statement = Topic.objects.get(sort="statement")
    assert soup(ben.get(url(statement))).select_one("h1.gs-statement").text == "Slapen is leren."


def test_lounge_is_made_by_moderators_and_said(log_in, start, url):
    topic = start("ben")
    assert log_in("ben").post(url(topic, "koffiehoek/"), {"aan": "1"}).status_code == 403

    log_in("carla").post(url(topic, "koffiehoek/"), {"aan": "1"})

    topic.refresh_from_db()
    assert topic.is_lounge
    assert "koffiehoek" in soup(log_in("ben").get(url())).text


def test_lounge_is_offered_where_a_conversation_begins(log_in, url, cast):
    def sorts(who):
        return [one["value"] for one in soup(log_in(who).get(url("nieuw/"))).select("[name=sort]")]

    assert (sorts("ben"), sorts("anna")) == ([], ["conversation", "statement", "round", "lounge"])

    log_in("ben").post(url("nieuw/"), {"title": "Van ben", "body": "hoi", "sort": "lounge"})
    assert not Topic.objects.get().is_lounge
    Topic.objects.all().delete()
    log_in("anna").post(url("nieuw/"), {"title": "Koffiehoek", "body": "Wat eet jij?", "sort": "lounge"})

    lounge = Topic.objects.get()
    assert (lounge.is_lounge, lounge.sort) == (True, "conversation")
    assert fill_level(cast.space) == 0
    Topic.objects.update(is_lounge=False)
    assert fill_level(cast.space) == 1
    assert "Koffiehoek" in log_in("ben").get(url()).content.decode()


def test_lounge_by_an_action_asks_the_policy(as_actor, cast):
    with pytest.raises(PermissionDenied):
        actions.start_topic(as_actor("ben"), cast.space, title="x", body="<p>x</p>", is_lounge=True)


def test_role_of_who_prepares_stands_beside_the_name(log_in, url, reply, start, cast):
    puller = make_user("trekker")
    add_member(cast.space, puller, "Trek", "champion")
    topic = start("ben")
    actions.reply(actor_for(puller), topic, body="<p>Wat vinden jullie?</p>")

    heads = soup(log_in("ellen").get(url(topic))).select(".gs-post__head")

    assert ["trekker" in [tag.text for tag in head.select(".gs-tag")] for head in heads] == [False, True]

"""Words of support, earlier versions, warnings and words that a reader would rather not see."""

import pytest
from bs4 import BeautifulSoup

from groupspace.folds import Folds, set_muted_words
from groupspace.forum import actions, reactions
from groupspace.forum.kind import ForumKind
from groupspace.forum.models import Post, PostVersion, Reaction
from groupspace.models import MutedWords
from groupspace.text.sanitiser import from_plain
from tests.groupspace.forum.test_reading import statements

pytestmark = pytest.mark.django_db


def soup(response):
    assert response.status_code == 200, response.status_code
    return BeautifulSoup(response.content, "html.parser")


def chips(page):
    return [" ".join(word.text.split()) for word in page.select(".gs-words > .gs-word")]


# Words of support.


def test_word_is_chosen_and_taken_back(log_in, start, url):
    topic = start("ben")
    post, carla, ellen = topic.posts.get(), log_in("carla"), log_in("ellen")
    address = url(f"bericht/{post.pk}/woord/")

    assert carla.post(address, {"woord": "dank"}).url == url(topic, "?pagina=1#bericht-1")
    ellen.post(address, {"woord": "dank"})
    ellen.post(address, {"woord": "sterkte"})

    page = soup(ellen.get(url(topic)))
    assert chips(page) == ["Dank je 2", "Sterkte 1"]
    assert [name.text for name in page.select(".gs-words__names")] == ["Dank je: Carla, Ellen", "Sterkte: Ellen"]
    assert [word["value"] for word in page.select(".gs-words > [aria-pressed=true]")] == ["dank", "sterkte"]
    ellen.post(address, {"woord": "dank"})
    assert chips(soup(ellen.get(url(topic)))) == ["Dank je 1", "Sterkte 1"]
    assert Post.objects.get().reaction_count == Reaction.objects.count() == 2


def test_script_gets_the_words_alone(log_in, start, url):
    post = start("ben").posts.get()

    answer = log_in("carla").post(
        url(f"bericht/{post.pk}/woord/"), {"woord": "helpt"}, headers={"X-Requested-With": "fetch"}
    )

    assert chips(soup(answer)) == ["Dit helpt mij 1"]
    assert b"<html" not in answer.content


def test_not_under_ones_own_post_nor_with_another_word_nor_when_closed(log_in, start, url, as_actor):
    topic = start("ben")
    address = url(f"bericht/{topic.posts.get().pk}/woord/")

    assert log_in("ben").post(address, {"woord": "dank"}).status_code == 403
    assert log_in("carla").post(address, {"woord": "haha"}).status_code == 404
    actions.lock_topic(as_actor("anna"), topic, locked=True)
    assert log_in("carla").post(address, {"woord": "dank"}).status_code == 403
    assert not Reaction.objects.exists()


@pytest.mark.parametrize("who", ["dora", "frank", "operator"])
def test_outsiders_cannot_choose_a_word(log_in, start, url, who):
    post = start("ben").posts.get()

    assert log_in(who).post(url(f"bericht/{post.pk}/woord/"), {"woord": "dank"}).status_code == 404
    assert not Reaction.objects.exists()


def test_words_cost_one_statement_however_many(log_in, start, reply, url, as_actor):
    topic = start("ben")
    for _number in range(5):
        reply("carla", topic)
    page, posts = log_in("ellen"), list(topic.posts.all())
    page.get(url(topic))
    none = statements(lambda: page.get(url(topic)))
    reactions.toggle(as_actor("ellen"), posts[0], "dank")
    one = statements(lambda: page.get(url(topic)))
    for post in posts[1:]:
        for name in ("anna", "ellen"):
            reactions.toggle(as_actor(name), post, "sterkte")

    assert statements(lambda: page.get(url(topic))) == one == none + 1


# Earlier versions.


def test_readers_see_what_stood_there_before(log_in, start, url, as_actor):
    topic = start("ben", text="Eerste woorden")
    post = topic.posts.get()
    for text in ("Tweede woorden", "Derde woorden"):
        actions.edit_post(as_actor("ben"), post, body=from_plain(text))

    carla = log_in("carla")
    link = soup(carla.get(url(topic))).find("a", string="bewerkt")["href"]
    shown = [one.text.strip() for one in soup(carla.get(link)).select("main .gs-prose")]

    assert shown == ["Derde woorden", "Tweede woorden", "Eerste woorden"]
    assert log_in("dora").get(link).status_code == 404


def test_readers_see_which_title_stood_above_it(start, log_in, url, as_actor):
    topic = start("ben", text="Wat vind je?")
    post, before = topic.posts.get(), topic.title
    actions.edit_post(as_actor("ben"), post, body=str(post.body), title="Iets heel anders")

    carla = log_in("carla")
    link = soup(carla.get(url(topic))).find("a", string="bewerkt")["href"]
    now, stood = (one.text.strip() for one in soup(carla.get(link)).select("main .gs-prose"))

    assert (now, before in stood, "Wat vind je?" in stood) == ("Wat vind je?", True, True)
    actions.edit_post(as_actor("ben"), post, body=str(post.body), title="Iets heel anders")
    assert PostVersion.objects.count() == 1


def test_what_stood_there_before_is_folded_as_the_post_is(log_in, start, url, as_actor, cast):
    post = start("ben", text="Zevenmijlslaars", note="over geweld").posts.get()
    actions.edit_post(as_actor("ben"), post, body=from_plain("anders"))
    address = url(f"bericht/{post.pk}/eerder/")

    folded = soup(log_in("carla").get(address)).select("main details.gs-fold:not([open])")
    assert ["Zevenmijlslaars" in one.text for one in folded] == [False, True]
    assert all("over geweld" in one.summary.text for one in folded)
    actions.edit_post(as_actor("ben"), post, body=from_plain("anders"), note="")
    assert not soup(log_in("carla").get(address)).select("main details.gs-fold")
    set_muted_words(as_actor("carla"), cast.space, ["zevenmijl"])
    (fold,) = soup(log_in("carla").get(address)).select("main details.gs-fold:not([open])")
    assert "Zevenmijlslaars" in fold.text


def test_versions_go_with_the_post(start, log_in, url, as_actor):
    post = start("ben", text="Zevenmijlslaars").posts.get()
    actions.edit_post(as_actor("ben"), post, body="<p>anders</p>")
    actions.delete_post(as_actor("ben"), post)

    assert not PostVersion.objects.exists()
    assert log_in("carla").get(url(f"bericht/{post.pk}/eerder/")).status_code == 404


def test_the_same_words_make_no_version(start, as_actor):
    post = start("ben", text="Hetzelfde").posts.get()

    changed = actions.edit_post(as_actor("ben"), post, body=str(post.body), note="zwaar")

    assert (changed.edited_at, changed.note, PostVersion.objects.count()) == (None, "zwaar", 0)


# Warnings, and words to fold.


def test_post_with_a_warning_stands_folded(log_in, start, url):
    topic = start("ben", text="Zevenmijlslaars", note="over een zelfdoding")

    fold = soup(log_in("carla").get(url(topic))).select_one("details.gs-fold:not([open])")

    assert "over een zelfdoding" in fold.summary.text
    assert "Zevenmijlslaars" in fold.text


def test_moderator_puts_a_warning_and_takes_it_away(log_in, start, url):
    post = start("ben").posts.get()
    address = url(f"bericht/{post.pk}/waarschuwing/")
    assert log_in("ben").post(address, {"note": "x"}).status_code == 403

    log_in("carla").post(address, {"note": "over geweld"})
    assert Post.objects.get().note == "over geweld"
    log_in("carla").post(address, {"note": ""})
    assert Post.objects.get().note == ""


def test_author_changes_the_own_warning_and_not_that_of_who_moderates(log_in, start, url):
    post, ben = start("ben", note="van mijzelf").posts.get(), log_in("ben")
    edit, warn = url(f"bericht/{post.pk}/bewerk/"), url(f"bericht/{post.pk}/waarschuwing/")
    sent = {"title": "Mijn piekeruur", "body": "Het lukte.", "body-format": "plain", "note": ""}
    page = soup(ben.get(edit))
    assert page.select_one("[name=note]")
    assert "waarschuwing bij:" not in page.main.text
    assert ben.post(edit, sent | ticket_in(page)).status_code == 302
    assert Post.objects.get().note == ""

    log_in("carla").post(warn, {"note": "over geweld"})
    page = soup(ben.get(edit))
    assert not page.select_one("[name=note]")
    assert "Een begeleider zette er een waarschuwing bij: “over geweld”." in page.main.text
    assert ben.post(edit, sent | ticket_in(page) | {"body": "Toch niet."}).status_code == 302
    assert (Post.objects.get().note, "Toch niet." in Post.objects.get().body) == ("over geweld", True)

    log_in("carla").post(warn, {"note": ""})
    ben.post(edit, sent | ticket_in(soup(ben.get(edit))) | {"note": "weer van mij"})
    assert Post.objects.get().note == "weer van mij"
    assert "weer van mij" in str(ForumKind().export(post.author))


def ticket_in(page):
    return {field["name"]: field["value"] for field in page.select("main form input[name^=gs-]")}


def test_words_fold_posts_for_one_reader_alone(log_in, start, reply, url, cast):
    topic = start("carla", text="Ik had zin in drank")
    reply("ben", topic, "Mijn drankje")
    ben = log_in("ben")
    assert ben.post(url("woorden/"), {"words": "  Drank \n\ndrank\nwijn"}).status_code == 302
    assert MutedWords.objects.get().words == "drank\nwijn"

    folded = soup(ben.get(url(topic))).select(".gs-fold")

    assert len(folded) == 1  # one's own words stay open
    assert "Ik had zin in drank" in folded[0].text
    for who in ("ellen", "anna"):
        assert not soup(log_in(who).get(url(topic))).select(".gs-fold")
        assert "wijn" not in log_in(who).get(url("woorden/")).content.decode()


@pytest.mark.parametrize(
    ("text", "folds_it"), [("Drank!", True), ("drankje", True), ("afdrank", False), ("<p>dr<em>ank</em></p>", True)]
)
def test_word_counts_from_its_beginning(text, folds_it):
    assert bool(Folds("drank\nwijn").label("", text)) is folds_it


@pytest.mark.parametrize("words", ["ab", "\n".join(f"woord{i}" for i in range(51)), "a" * 2001])
def test_too_short_and_too_many_words_are_refused(log_in, url, words):
    assert log_in("ben").post(url("woorden/"), {"words": words}).status_code == 422
    assert not MutedWords.objects.exists()


# All of it leaves with its member.


def test_export_holds_the_warning_of_the_author_and_not_that_of_who_moderates(log_in, start, url, cast):
    own, warned = (start("ben", note=note).posts.get() for note in ("kanarie van ben", ""))
    log_in("carla").post(url(f"bericht/{warned.pk}/waarschuwing/"), {"note": "kanarie van carla"})

    mine = str(ForumKind().export(cast.members["ben"]))

    assert own.note in mine
    assert "kanarie van carla" not in mine


def test_export_and_erasure_reach_all_of_it(start, reply, cast, as_actor):
    topic = start("ben", text="Zevenmijlslaars", note="kanarienoot", mood="boos")
    post, hers = topic.posts.get(), reply("carla", topic, "@Beer ja")
    actions.edit_post(as_actor("ben"), post, body="<p>anders</p>")
    reactions.toggle(as_actor("ben"), hers, "dank")
    reactions.toggle(as_actor("carla"), post, "sterkte")
    set_muted_words(as_actor("ben"), cast.space, ["kanariewoord"])

    mine, theirs = (str(ForumKind().export(cast.members[name])) for name in ("ben", "carla"))
    for word in ("Zevenmijlslaars", "anders", "kanarienoot", "boos", "Dank je", "kanariewoord"):
        assert word in mine
    assert not [word for word in ("Zevenmijlslaars", "kanarie", "Dank je") if word in theirs]

    assert ForumKind().erase(cast.members["ben"]) == 1

    post.refresh_from_db()
    hers.refresh_from_db()
    assert (post.body, post.note, post.mood, post.reaction_count) == ("", "", "", 0)
    assert (hers.reaction_count, hers.mentions.count()) == (0, 0)
    assert [model.objects.count() for model in (MutedWords, Reaction, PostVersion)] == [0, 0, 0]

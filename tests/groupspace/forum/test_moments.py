"""For later, for a moment, and after a facilitator read it: what is not there yet is nowhere, and comes as promised."""

import re
from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone

from groupspace import actions as core
from groupspace import policy
from groupspace.forum import actions, folds, reactions
from groupspace.forum.kind import ForumKind
from groupspace.forum.models import Post, ReadMark, Scheduled, Topic
from groupspace.forum.scheduled import change_prepared, prepare
from groupspace.models import Space
from groupspace.notices.models import Notice
from groupspace.stream.models import Happening
from groupspace.text.models import Draft
from tests.cast import add_member

pytestmark = pytest.mark.django_db
SECRET = "Zevenmijlslaars"


def soup(response):
    assert response.status_code == 200, response.status_code
    return BeautifulSoup(response.content, "html.parser")


# For later.


def later_in(cast, one=None):
    """What waits in the group for its moment, or one of it."""
    return f"/groep/{cast.space.pk}/klaar/" + (f"{one.pk}/" if one else "")


@pytest.fixture
def later(as_actor, cast):
    """`later("anna")`: a round that this person prepared for tomorrow."""

    def later(name="anna", **more):
        values = {"title": SECRET, "body": f"<p>{SECRET}</p>", "sort": "round", "audience": "space"}
        at = timezone.now() + timedelta(days=1)
        return prepare(as_actor(name), cast.space, **{**values, "at": at, **more})

    return later


def test_prepared_conversation_starts_by_itself_as_its_author(later, cast, log_in, url):
    later()
    assert core.place_due() == 0

    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        assert core.place_due() == 1
        assert core.place_due() == 0
        topic = Topic.objects.get()
        assert Happening.objects.get().spread_at is None  # others are told as of any other
    assert (topic.title, topic.sort, topic.author) == (SECRET, "round", cast.members["anna"])
    assert not Scheduled.objects.exists()


def test_nothing_of_it_shows_before(later, log_in, url, cast):
    one = later()

    for name in ("ben", "ellen", "dora", "frank", "operator"):
        client = log_in(name)
        for address in (
            url(),
            later_in(cast),
            later_in(cast, one),
            url("klaar/nieuw/"),
            url(f"klaar/{one.pk}/"),
            url()[: -len("gesprekken/")],
        ):
            assert SECRET not in client.get(address).content.decode(), (name, address)
        assert client.get(url(f"klaar/{one.pk}/")).status_code == 404
        for act in ("", "plaats/", "weghalen/"):
            assert client.post(later_in(cast, one) + act).status_code == 404
    assert Scheduled.objects.count() == 1
    assert not Topic.objects.exists()
    assert not Happening.objects.exists()


def test_one_who_prepares_sees_their_own_and_a_facilitator_all(later, log_in, url, cast, as_actor):
    puller = get_user_model().objects.create_user("trekker")
    add_member(cast.space, puller, "Trekker", "champion")
    from groupspace.actor import actor_for

    hers = later("anna")
    his = prepare(
        actor_for(puller),
        cast.space,
        title="Van hem",
        body="<p>x</p>",
        sort="statement",
        audience="space",
        at=timezone.now() + timedelta(hours=1),
    )

    seen = policy.prepared(actor_for(puller), Scheduled.objects.all())
    assert [one.pk for one in seen] == [his.pk]
    assert {one.pk for one in policy.prepared(as_actor("carla"), Scheduled.objects.all())} == {hers.pk, his.pk}


@pytest.mark.parametrize("how", ["left", "no account", "no permission", "closed"])
def test_it_stays_with_a_sentence_when_its_author_may_not_any_more(later, cast, log_in, url, how):
    later("carla", sort="conversation")  # which a participant may start, but not prepare
    if how == "left":
        core.remove(cast.actor("anna"), cast.members["carla"])
    elif how == "no account":
        cast.carla.delete()
    elif how == "no permission":
        core.set_role(cast.actor("anna"), cast.members["carla"], role="participant")
    else:
        Space.objects.filter(pk=cast.space.pk).update(state="read_only")

    with time_machine.travel(timezone.now() + timedelta(days=2)):
        assert core.place_due() == 0
        assert core.place_due() == 0

    assert not Topic.objects.exists()
    one = Scheduled.objects.get()
    assert one.stuck == {"closed": "shut", "no permission": "role"}.get(how, "gone")
    if how != "closed":
        page = soup(log_in("anna").get(later_in(cast)))
        assert f"Dit is niet geplaatst. {one.get_stuck_display()}" in page.text


def test_it_comes_when_what_stood_in_its_way_has_passed_and_is_told_once(later, cast, log_in, url, as_actor):
    later("carla")
    core.change_space(as_actor("anna"), cast.space, house_rules="Nieuwe afspraken", ask_again=True)

    with time_machine.travel(timezone.now() + timedelta(days=2)) as clock:
        assert (core.place_due(), core.place_due()) == (0, 0)
        told = {notice.membership.display_name: notice for notice in Notice.objects.select_related("membership")}
        assert {name: notice.count for name, notice in told.items()} == {"Anna": 1, "Carla": 1}
        for who in ("anna", "carla"):
            line = soup(log_in(who).get(reverse("groupspace:notices:list"))).find("a", string=re.compile(SECRET))
            assert "zei nog geen ja op de nieuwe afspraken" in line.text
        assert not Notice.objects.filter(membership=cast.members["ellen"]).exists()
        assert log_in("anna").get(line["href"]).status_code == 200
        assert Notice.objects.get(read_at__isnull=False).membership == cast.members["anna"]
        assert log_in("carla").get(line["href"]).status_code == 302  # to the agreements

        clock.shift(timedelta(days=3))
        cast.space.refresh_from_db()
        core.agree_to_rules(as_actor("carla"), cast.space, version=cast.space.rules_version)
        assert core.place_due() == 1
    assert Topic.objects.get().author == cast.members["carla"]
    assert not Scheduled.objects.exists()
    assert not Notice.objects.filter(reason="stuck").exists()


def test_words_that_waited_too_long_are_not_placed_by_themselves(later, cast, as_actor):
    one = later("carla")
    core.suspend(as_actor("anna"), cast.members["carla"])
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        assert core.place_due() == 0
    one.refresh_from_db()
    assert one.stuck == "paused"
    core.resume(as_actor("anna"), cast.members["carla"])
    with time_machine.travel(timezone.now() + timedelta(days=16)):
        assert core.place_due() == 0
        change_prepared(
            as_actor("carla"), one, title="x", body="<p>x</p>", sort="round", audience="space", at=timezone.now()
        )
        assert core.place_due() == 1


def test_prepare_change_and_drop_by_hand(log_in, url, cast):
    anna = log_in("anna")
    values = {"title": "Rondje", "body": "Hoe is het?", "sort": "round", "audience": "space"}

    assert anna.post(url("klaar/nieuw/"), values | {"at": "2020-01-01T10:00"}).status_code == 422
    first, second = (f"{timezone.localtime() + timedelta(days=days):%Y-%m-%dT10:00}" for days in (20, 21))
    assert anna.post(url("klaar/nieuw/"), values | {"at": first}).status_code == 302
    one = Scheduled.objects.get()
    assert anna.post(url(f"klaar/{one.pk}/"), values | {"title": "Anders", "at": second}).status_code == 302
    one.refresh_from_db()
    assert (one.title, f"{timezone.localtime(one.prepared_for):%Y-%m-%dT%H:%M}") == ("Anders", second)
    assert soup(anna.get(url(f"klaar/{one.pk}/"))).select_one("[name=at]")["value"] == second
    anna.post(later_in(cast, one) + "weghalen/")
    assert not Scheduled.objects.exists()


def test_prepared_words_are_in_the_export_and_erased(later, cast):
    later("carla")

    assert SECRET in str(ForumKind().export(cast.members["carla"]))
    assert SECRET not in str(ForumKind().export(cast.members["anna"]))
    assert ForumKind().erase(cast.members["carla"]) == 1
    assert not Scheduled.objects.exists()


# Taking back.


def test_undo_leaves_nothing_and_gives_the_words_back(log_in, start, url, cast):
    topic, ben = start("carla"), log_in("ben")
    ben.post(url(topic, "reageer/"), {"body": SECRET, "mood": "boos"})
    log_in("ellen").get(url(topic))
    post = Post.objects.get(number=2)
    assert soup(ben.get(url(topic))).find("button", string="Haal terug")

    answer = ben.post(url(f"bericht/{post.pk}/terug/"))

    assert answer.url == url(topic, "reageer/")
    form = soup(ben.get(answer.url))
    assert SECRET in form.select_one("textarea").text
    assert form.select_one("[name=mood][checked]")["value"] == "boos"
    topic.refresh_from_db()
    assert (topic.last_number, Post.objects.count()) == (1, 1)
    assert not Happening.objects.filter(part_id=post.pk).exists()
    assert ReadMark.objects.get(membership=cast.members["ellen"]).last_number == 1
    assert SECRET not in log_in("ellen").get(url(topic)).content.decode()


def test_undo_gives_back_no_words_of_who_moderates(log_in, start, url, cast, as_actor):
    topic, ben = start("carla"), log_in("ben")
    ben.post(url(topic, "reageer/"), {"body": SECRET})
    post = Post.objects.get(number=2)
    folds.set_note(as_actor("anna"), post, "over drank")

    page = ben.get(ben.post(url(f"bericht/{post.pk}/terug/")).url).content.decode()

    assert SECRET in page
    assert "over drank" not in page


def test_undo_of_a_first_post_takes_the_conversation_with_it(log_in, url):
    ben = log_in("ben")
    ben.post(url("nieuw/"), {"title": SECRET, "body": "hoi"})
    post = Post.objects.get()

    ben.post(url(f"bericht/{post.pk}/terug/"))

    assert not Topic.objects.exists()
    assert not Happening.objects.exists()
    assert soup(ben.get(url("nieuw/"))).select_one("[name=title]")["value"] == SECRET


@pytest.mark.parametrize("how", ["answered", "a word"])
def test_undo_keeps_the_place_when_others_were_there(log_in, start, reply, url, as_actor, how):
    topic, ben = start("carla"), log_in("ben")
    ben.post(url(topic, "reageer/"), {"body": SECRET})
    post = Post.objects.get(number=2)
    if how == "answered":
        reply("ellen", topic)
    else:
        reactions.toggle(as_actor("ellen"), post, "dank")

    ben.post(url(f"bericht/{post.pk}/terug/"))

    post.refresh_from_db()
    assert post.deleted_at
    assert not post.body


def test_undo_ends_after_a_minute_and_is_of_the_author_alone(log_in, start, url):
    post = start("ben").posts.get()
    address = url(f"bericht/{post.pk}/terug/")
    assert log_in("carla").post(address).status_code == 403
    ben = log_in("ben")

    with time_machine.travel(timezone.now() + timedelta(seconds=62)):
        assert ben.post(address).status_code == 403
        assert not soup(ben.get(url(post.topic))).find("button", string="Haal terug")

    assert Topic.objects.count() == 1


@pytest.mark.parametrize("typed", [("volgende", "plain"), ("<p>volgende</p>", "html"), ("<p></p>", "html")])
def test_undo_puts_the_words_before_what_one_was_typing(log_in, start, url, cast, typed):
    topic, ben = start("carla"), log_in("ben")
    ben.post(url(topic, "reageer/"), {"body": "eerste", "note": "over geweld"})
    values = {"body": typed[0], "body-format": typed[1], "note": "", "mood": "boos", "quoted": ""}
    now = timezone.now()
    Draft.objects.create(owner=cast.ben, kind="reply", object_id=topic.pk, values=values, updated_at=now)

    page = soup(ben.post(url(f"bericht/{Post.objects.get(number=2).pk}/terug/"), follow=True))

    assert "Je tekst staat hier nog." in page.text
    body = page.select_one("textarea[name=body]").text.strip()
    assert body == ("eerste\n\nvolgende" if "volgende" in typed[0] else "eerste")
    assert page.select_one("[name=note]")["value"] == "over geweld"
    assert page.select_one("[name=mood][checked]")["value"] == "boos"
    assert Draft.objects.get().version == 2


def test_undo_of_a_conversation_keeps_the_title_that_one_was_typing(log_in, url, cast):
    ben = log_in("ben")
    ben.post(url("nieuw/"), {"title": "Eerste titel", "body": "eerste"})
    values = {"title": "Tweede titel", "body": "volgende", "body-format": "plain"}
    now = timezone.now()
    Draft.objects.create(owner=cast.ben, kind="topic", object_id=cast.space.pk, values=values, updated_at=now)

    page = soup(ben.post(url(f"bericht/{Post.objects.get().pk}/terug/"), follow=True))

    assert page.select_one("[name=title]")["value"] == "Eerste titel"
    assert page.select_one("textarea[name=body]").text.split() == ["eerste", "Tweede", "titel", "volgende"]


# A facilitator reads first.


@pytest.fixture
def reads_first(cast):
    Space.objects.filter(pk=cast.space.pk).update(approve_first=True)
    cast.space.refresh_from_db()


def to_read(cast, post=None):
    """What waits in the group, or letting a post through."""
    return f"/groep/{cast.space.pk}/te-lezen/" + (f"{post.pk}/laat-zien/" if post else "")


def test_held_conversation_is_known_to_its_author_and_moderators_alone(reads_first, log_in, start, url, as_actor, cast):
    topic = start("ben", title=SECRET, text=SECRET)
    home = url()[: -len("gesprekken/")]

    assert not Happening.objects.exists()
    for name in ("ben", "anna", "carla"):
        assert "wacht op een begeleider" in soup(log_in(name).get(url(topic))).text
    for name in ("ellen", "dora", "frank", "operator"):  # ellen has not done the second step
        client = log_in(name)
        assert client.get(url(topic)).status_code == 404
        for address in (url(), home, url(f"bericht/{topic.posts.get().pk}/"), f"/groep/{cast.space.pk}/te-lezen/"):
            assert SECRET not in client.get(address).content.decode(), (name, address)
    assert not ForumKind().lines(as_actor("ellen"), [topic.pk])
    assert SECRET not in "".join(list(ForumKind().texts_of(topic))[1:])


def test_held_post_is_a_place_to_others_until_it_is_let_through(reads_first, log_in, start, reply, url, cast):
    topic = start("anna")
    post = reply("ben", topic, f"{SECRET} @Ellen")
    reply("carla", topic, "Ik schreef later.")
    ellen, anna = log_in("ellen"), log_in("anna")

    page = ellen.get(url(topic))
    assert SECRET not in page.content.decode()
    assert "Dit bericht wacht op een begeleider." in soup(page).text
    assert ellen.get(url(f"bericht/{post.pk}/")).status_code == 404
    assert not policy.visible(cast.actor("ellen"), Post.objects.filter(pk=post.pk)).exists()
    assert SECRET not in ellen.get(url(topic, f"reageer/?op={post.pk}")).content.decode()
    assert ellen.post(to_read(cast, post)).status_code == 404
    assert SECRET in log_in("ben").get(url(topic)).content.decode()
    assert not post.mentions.exists()
    assert not Happening.objects.filter(author=cast.members["ben"]).exists()
    assert "1 bericht wacht" in soup(anna.get(url())).text

    waits = soup(anna.get(to_read(cast)))
    assert SECRET in waits.text
    anna.post(to_read(cast, post))

    told = Happening.objects.get(author=cast.members["ben"])
    assert told.named == [str(cast.members["ellen"].pk)]
    fresh = soup(ellen.get(url(topic)))
    assert [p.text for p in fresh.select(".gs-post__body p")][-1] == f"{SECRET} @Ellen"  # last, so nobody read past it
    assert fresh.select("#nieuw")
    assert "Er wacht niets" in soup(anna.get(to_read(cast))).text


def test_taken_away_while_it_waits(reads_first, log_in, start, url, as_actor, cast):
    topic = start("ben", title=SECRET, text=SECRET)

    actions.delete_post(as_actor("anna"), topic.posts.get(), reason="Er staat een adres in.")

    assert "Er staat een adres in." in soup(log_in("ben").get(url(topic))).text
    assert SECRET not in log_in("anna").get(to_read(cast)).content.decode()
    assert log_in("ellen").get(url(topic)).status_code == 404


def test_what_was_let_through_is_not_changed_behind_the_facilitators_back(reads_first, log_in, start, url, cast):
    post = start("ben").posts.get()
    ben, address = log_in("ben"), url(f"bericht/{post.pk}/bewerk/")
    assert ben.post(address, {"title": "x", "body": "nog even anders"}).status_code == 302
    log_in("anna").post(to_read(cast, post))

    assert ben.post(address, {"title": "x", "body": SECRET}).status_code == 403
    assert SECRET not in str(list(Post.objects.values()))


def test_posts_of_moderators_do_not_wait(reads_first, start):
    assert start("anna").posts.get().held_at is None


def test_second_window_cannot_overwrite_the_draft_of_a_reply(log_in, start, url):
    topic, ben = start("carla"), log_in("ben")
    windows = []
    for _window in range(2):
        form = soup(ben.get(url(topic))).select_one("#reageer form")
        windows.append({one["name"]: one.get("value", "") for one in form.select("input[type=hidden]")})
        save = form.select_one("[data-gs-draft]")["data-gs-draft"]
    assert ben.post(save, windows[0] | {"body": "uit het eerste venster"}).status_code == 200

    second = ben.post(save, windows[1] | {"body": "uit het tweede"})

    assert second.status_code == 409
    assert "ander venster" in second.json()["message"]
    assert Draft.objects.get().values["body"] == "uit het eerste venster"


def test_mood_is_shown_with_its_word(log_in, start, url):
    topic = start("ben", mood="gespannen")

    assert "gespannen" in soup(log_in("carla").get(url(topic))).select_one(".gs-post__head").text
    assert log_in("carla").post(url(topic, "reageer/"), {"body": "x", "mood": "razend"}).status_code == 422

"""Quotes, names and following: who is answered, who is named, who hears of it, and what never shows."""

import pytest
from bs4 import BeautifulSoup

from groupspace.forum import actions, follows
from groupspace.forum.hearers import hearers
from groupspace.forum.models import Follow, Mention, Post
from groupspace.mentions import find
from groupspace.models import Membership, Space
from groupspace.stream.models import Happening
from groupspace.text.sanitiser import from_plain
from tests.cast import add_member, make_user

pytestmark = pytest.mark.django_db


def soup(response):
    assert response.status_code == 200, response.status_code
    return BeautifulSoup(response.content, "html.parser")


def last():
    return Happening.objects.latest("id")


@pytest.fixture
def answer(as_actor):
    """`answer("carla", post, "Tekst")`: a reply to one post."""

    def answer(name, post, text="Dank je.", **more):
        return actions.reply(as_actor(name), post.topic, body=from_plain(text), quoted=post.pk, **more)

    return answer


# Quotes.


def test_answer_shows_whom_in_which_words_and_where(log_in, start, answer, url):
    topic = start("ben", text="Ik lag wakker. " * 40)
    answer("carla", topic.posts.get())

    quote = soup(log_in("ellen").get(url(topic))).select_one(".gs-quote")

    assert quote.select_one(".gs-quote__who").text == "Beer"
    assert quote.a["href"] == "?pagina=1#bericht-1"
    assert len(quote.a.text) <= 201
    assert quote.a.text.startswith("Ik lag wakker.")


def test_quote_is_read_where_it_stands_so_erasing_reaches_it(log_in, start, answer, url, as_actor):
    topic = start("ben", text="Zevenmijlslaars")
    first = topic.posts.get()
    answer("carla", first)
    page = log_in("ellen")
    assert str(page.get(url(topic)).content).count("Zevenmijlslaars") == 2

    actions.delete_post(as_actor("ben"), first)

    response = page.get(url(topic))
    assert b"Zevenmijlslaars" not in response.content
    assert soup(response).select_one(".gs-quote").text == "weggehaald bericht"
    assert "Beer" not in soup(response).select_one(".gs-quote").text


def test_quote_of_a_post_with_a_warning_shows_the_warning_alone(log_in, start, answer, url):
    topic = start("ben", text="Zevenmijlslaars", note="over geweld")
    answer("carla", topic.posts.get())

    quote = soup(log_in("ellen").get(url(topic))).select_one(".gs-quote")

    assert "over geweld" in quote.text
    assert "Zevenmijlslaars" not in quote.text


def test_only_a_post_of_the_same_conversation_can_be_answered(log_in, start, url, cast, as_actor):
    topic, elsewhere = start("ben"), start("ben", title="Ander gesprek", text="Zevenmijlslaars")
    other = actions.start_topic(as_actor("frank"), cast.other, title="Elders", body="<p>Hinkelsteen</p>")
    carla = log_in("carla")

    for pk in (elsewhere.posts.get().pk, other.pk, "onzin"):
        asked = carla.get(url(topic, f"reageer/?op={pk}"))
        assert not soup(asked).select(".gs-quote")
        assert b"Zevenmijlslaars" not in asked.content
        assert b"Hinkelsteen" not in asked.content
        carla.post(url(topic, "reageer/"), {"body": "hoi", "quoted": str(pk)})

    assert list(Post.objects.filter(topic=topic, number__gt=1).values_list("quoted", flat=True)) == [None] * 3


def test_form_says_whom_one_answers_and_keeps_it(log_in, start, url):
    topic = start("ben", text="Het lukte niet.")
    post, carla = topic.posts.get(), log_in("carla")
    page = soup(carla.get(url(topic)))
    address = page.find("a", string="Antwoord hierop")["href"]

    form = soup(carla.get(address))
    assert "Je antwoordt op Beer" in form.select_one(".gs-quote").text
    carla.post(url(topic, "reageer/"), {"body": "Dank je.", "quoted": form.select_one("[name=quoted]")["value"]})

    assert Post.objects.get(number=2).quoted == post


# Names.


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("hoi @Beer", {"beer"}),
        ("hoi @beer, en @Anna!", {"beer", "anna"}),
        ("@Anna Maria", {"anna maria"}),
        ("@Annabel", set()),
        ("mail@beer.nl", set()),
        ("@ Beer", set()),
        ("Beer", set()),
        ("(@Beer)", {"beer"}),
        ("@BEER's", {"beer"}),
    ],
)
def test_names_are_found_in_a_text(text, named):
    assert find(from_plain(text), {"Beer": "beer", "Anna": "anna", "Anna Maria": "anna maria"}) == named


def test_named_members_are_kept_and_told_once(start, reply, cast, as_actor):
    topic = start("carla")
    post = reply("ben", topic, "Hoi @Anna en @Beer en @Frank")  # himself and a stranger name nobody
    assert set(Mention.objects.values_list("membership", flat=True)) == {cast.members["anna"].pk}
    assert last().named == [str(cast.members["anna"].pk)]

    actions.edit_post(as_actor("ben"), post, body=from_plain("Hoi @Anna en @Ellen"))

    assert last().verb == "named"
    assert last().named == [str(cast.members["ellen"].pk)]
    actions.edit_post(as_actor("ben"), post, body=from_plain("Hoi"))
    assert not Mention.objects.exists()


def test_names_to_fill_in_are_of_this_space_and_of_who_stands_in_the_list(log_in, url, cast, as_actor):
    hidden = add_member(cast.space, make_user(), "Verstopt")
    gone = add_member(cast.space, make_user(), "Weg")
    Membership.objects.filter(pk=hidden.pk).update(is_listed=False)
    Membership.objects.filter(pk=gone.pk).update(state="removed")

    answer = log_in("ben").get(url("namen/"))

    assert answer.json() == {"names": ["Anna", "Carla", "Ellen"]}
    assert "no-store" in answer["Cache-Control"]
    Space.objects.filter(pk=cast.space.pk).update(members_listed=False)
    Membership.objects.filter(pk=cast.members["anna"].pk).update(is_listed=False)  # who leads is shown all the same
    assert log_in("ben").get(url("namen/")).json() == {"names": ["Anna", "Carla", "Ellen"]}
    assert log_in("anna").get(url("namen/")).json()["names"] == ["Beer", "Carla", "Ellen"]


def test_who_leads_can_be_named_without_standing_in_the_list_and_a_member_cannot(start, reply, cast):
    Membership.objects.filter(pk__in=[cast.members[name].pk for name in ("anna", "ben")]).update(is_listed=False)

    post = reply("carla", start("ellen"), "Hoi @Anna en @Beer")

    assert set(Mention.objects.filter(post=post).values_list("membership", flat=True)) == {cast.members["anna"].pk}


@pytest.mark.parametrize("who", ["dora", "frank", "operator"])
def test_names_are_hidden_from_outsiders(log_in, url, who):
    response = log_in(who).get(url("namen/"))

    assert response.status_code == 404
    assert b"Carla" not in response.content


# Following.


def test_writers_follow_by_themselves_and_are_told_why(start, reply, answer, cast):
    topic = start("ben")
    first = topic.posts.get()
    ben, carla, ellen, anna = (cast.members[name].pk for name in ("ben", "carla", "ellen", "anna"))

    reply("carla", topic)
    assert hearers(last()) == {ben: "followed"}
    answer("ellen", first, "@Anna kijk")
    assert hearers(last()) == {ben: "answered", carla: "followed", anna: "named"}
    reply("ben", topic)
    assert hearers(last()) == {carla: "followed", ellen: "followed"}


def test_muted_hear_nothing_even_when_named(start, reply, cast, as_actor, log_in, url):
    topic = start("ben")
    log_in("ben").post(url(topic, "volgen/"), {"niveau": "mute"})

    reply("carla", topic, "@Beer hoor je me?")
    assert hearers(last())[cast.members["ben"].pk] == "muted"

    follows.set_level(as_actor("ben"), topic, "")
    reply("carla", topic)
    assert hearers(last()) == {}
    reply("ben", topic)
    assert Follow.objects.get(membership=cast.members["ben"]).level == "follow"


def test_writing_again_does_not_undo_a_mute(start, reply, cast, as_actor):
    topic = start("ben")
    follows.set_level(as_actor("ben"), topic, "mute")

    reply("ben", topic)

    assert Follow.objects.get(membership=cast.members["ben"]).level == "mute"


def test_nonsense_is_no_level(log_in, start, url):
    assert log_in("ben").post(url(start(), "volgen/"), {"niveau": "x"}).status_code == 404

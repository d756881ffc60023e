"""Reading: order, pages, unread counts to the post, and what a page costs."""

import re

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from groupspace.forum import actions
from groupspace.forum.models import Post, ReadMark, Topic
from groupspace.models import Audience

pytestmark = pytest.mark.django_db


def soup(response):
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def listed(response):
    """Title, words at the end of the line: what a member sees of each topic."""
    items = soup(response).select(".gs-list__item")
    return [(i.select_one(".gs-list__title").text, i.select_one(".gs-list__end").text.strip()) for i in items]


def statements(run):
    """How many SELECT, INSERT, UPDATE and DELETE it takes."""
    with CaptureQueriesContext(connection) as queries:
        run()
    return sum(bool(re.match(r"(SELECT|INSERT|UPDATE|DELETE)", q["sql"])) for q in queries.captured_queries)


def numbers(page):
    return [int(article["id"].removeprefix("bericht-")) for article in page.select("article")]


def fill(topic, author, count):
    """Posts straight into the database, for many at once."""
    first = topic.last_number
    Post.objects.bulk_create(
        Post(topic=topic, number=first + i, author=author, body=f"<p>bericht {first + i}</p>")
        for i in range(1, count + 1)
    )
    Topic.objects.filter(pk=topic.pk).update(last_number=first + count)
    topic.refresh_from_db()


# The list.


def test_pinned_first_then_last_written_in(log_in, start, reply, as_actor, url):
    one, two, three = start(title="een"), start(title="twee"), start(title="drie")
    reply("carla", one)
    actions.pin_topic(as_actor("anna"), two, pinned=True)

    titles = [title for title, _end in listed(log_in("ben").get(url()))]

    assert titles == ["twee", "een", "drie"]
    assert three.title == "drie"


def test_list_goes_on_by_keyset_without_gap_or_double(log_in, start, as_actor, url):
    for i in range(45):
        start(title=f"gesprek {i:02}")
    actions.pin_topic(as_actor("anna"), Topic.objects.get(title="gesprek 03"), pinned=True)
    ben, address, found = log_in("ben"), url(), []

    while address:
        page = soup(ben.get(address))
        found += [title.text for title in page.select(".gs-list__title")]
        older = page.find("a", rel="next")
        address = url() + older["href"] if older else None

    assert found == ["gesprek 03", *(f"gesprek {i:02}" for i in reversed(range(45)) if i != 3)]


@pytest.mark.parametrize("cursor", ["", "x", "1_x", "nan_" + "0" * 32, "9e99_" + "0" * 32, "\x00", "1_2_3"])
def test_odd_cursor_is_not_found(log_in, url, cursor):
    assert log_in("ben").get(url(), {"na": cursor}).status_code == 404


def test_cursor_before_everything_is_an_end_and_no_error(log_in, start, url):
    start()

    page = soup(log_in("ben").get(url(), {"na": f"1.0_{'0' * 32}"}))

    assert "Er zijn geen oudere gesprekken." in page.text


def test_empty_list_invites_to_begin(log_in, url):
    page = soup(log_in("ben").get(url()))

    assert "Er is nog geen gesprek." in page.text
    assert len(page.find_all("a", string="Begin een gesprek")) == 1


def test_page_to_reply_says_what_it_is_for_and_only_inside_for_which_conversation(log_in, start, url):
    page = soup(log_in("ben").get(url(start(title="Geldzorgen"), "reageer/")))

    assert page.h1.text == "Reageer"
    assert page.title.text.startswith("Reageer")
    assert "Geldzorgen" in page.main.text
    assert "Geldzorgen" not in page.title.text


# Unread.


def test_unread_counts_are_exact(log_in, start, reply, as_actor, url):
    topic = start("ben", title="gesprek")
    ben = log_in("ben")
    assert listed(ben.get(url())) == [("gesprek", "gelezen")]  # his own post is no news

    reply("carla", topic, "een")
    reply("ben", topic, "eigen")
    gone = reply("carla", topic, "twee")
    reply("anna", topic, "drie")
    actions.delete_post(as_actor("carla"), gone)

    assert listed(ben.get(url())) == [("gesprek", "2 nieuw")]
    assert listed(log_in("ellen").get(url())) == [("gesprek", "4 nieuw")]


def test_reading_a_page_makes_only_that_page_read(log_in, start, url, cast):
    topic = start("carla", title="lang")
    fill(topic, cast.members["carla"], 44)
    ben = log_in("ben")

    assert numbers(soup(ben.get(url(topic)))) == list(range(1, 21))
    assert listed(ben.get(url())) == [("lang", "25 nieuw")]
    assert numbers(soup(ben.get(url(topic, "?pagina=3")))) == list(range(41, 46))  # page 2 was skipped
    assert listed(ben.get(url())) == [("lang", "25 nieuw")]
    assert numbers(soup(ben.get(url(topic)))) == list(range(21, 41))
    assert numbers(soup(ben.get(url(topic)))) == list(range(41, 46))
    assert listed(ben.get(url())) == [("lang", "gelezen")]


def test_prefetch_reads_nothing(log_in, start, url):
    topic = start("carla")

    log_in("ben").get(url(topic), headers={"Sec-Purpose": "prefetch"})

    assert ReadMark.objects.count() == 0


def test_line_stands_above_the_first_unread_post(log_in, start, reply, as_actor, url):
    topic = start("carla")
    ben = log_in("ben")
    assert soup(ben.get(url(topic))).select(".gs-new-line") == []
    reply("ben", topic, "eigen")
    gone = reply("carla", topic, "weg")
    actions.delete_post(as_actor("carla"), gone)
    reply("anna", topic, "nieuw")

    [line] = soup(ben.get(url(topic))).select(".gs-new-line")

    assert (line["id"], line.text) == ("nieuw", "Nieuw sinds je vorige bezoek")
    assert line.find_next("article")["id"] == "bericht-4"
    assert soup(ben.get(url(topic))).select(".gs-new-line") == []


def test_first_unread_is_found_past_a_page_of_own_posts(log_in, start, reply, url, cast):
    topic = start("carla")
    ben = log_in("ben")
    ben.get(url(topic))
    fill(topic, cast.members["ben"], 30)
    reply("carla", topic, "daar is het")

    page = soup(ben.get(url(topic)))

    assert numbers(page) == list(range(21, 33))
    assert page.select_one(".gs-new-line").find_next("article")["id"] == "bericht-32"


def test_list_leads_to_the_first_unread_post(log_in, start, reply, url):
    topic = start("carla")
    ben = log_in("ben")
    ben.get(url(topic))
    reply("carla", topic)

    assert soup(ben.get(url())).select_one(".gs-list__title")["href"] == url(topic, "#nieuw")


def test_unread_from_here_and_all_read(log_in, start, reply, url):
    topic, other = start("carla", title="een"), start("carla", title="ander")
    for _i in range(3):
        reply("carla", topic)
    ben, ellen = log_in("ben"), log_in("ellen")
    ben.get(url(topic))
    ben.get(url(other))

    ben.post(url(topic, "ongelezen/"), {"vanaf": "3"})
    assert listed(ben.get(url())) == [("een", "2 nieuw"), ("ander", "gelezen")]
    ben.post(url("gelezen/"))
    assert listed(ben.get(url())) == [("een", "gelezen"), ("ander", "gelezen")]
    assert listed(ellen.get(url())) == [("een", "4 nieuw"), ("ander", "1 nieuw")]


def test_mark_never_goes_back_by_itself(log_in, start, url, cast, as_actor):
    topic = start("carla")
    fill(topic, cast.members["carla"], 30)
    ReadMark.objects.create(topic=topic, membership=cast.members["ben"], last_number=31)

    log_in("ben").get(url(topic, "?pagina=1"))
    actions.mark_shown(as_actor("ben"), topic, seen=1, first=1, last=20)  # a page that was loaded long ago

    assert ReadMark.objects.get().last_number == 31


# The page of a topic.


def test_words_are_shown_as_they_were_written_and_cleaned_once_more(log_in, start, url):
    topic = start()
    Post.objects.filter(topic=topic).update(body="<p>Dat <strong>moet</strong> <img src=x onerror=alert(1)>lukken.</p>")

    post = soup(log_in("carla").get(url(topic))).select_one(".gs-post__body")

    assert post.select_one("p > strong").text == "moet"
    assert post.get_text().strip() == "Dat moet lukken."
    assert not post.find("img")


def test_topic_opens_where_one_left_off(log_in, start, url, cast):
    topic = start("carla")
    fill(topic, cast.members["carla"], 49)
    ben = log_in("ben")
    ReadMark.objects.create(topic=topic, membership=cast.members["ben"], last_number=50)

    page = soup(ben.get(url(topic)))

    assert numbers(page) == list(range(41, 51))
    assert "Bladzijde 3 van 3" in page.text


@pytest.mark.parametrize("page", ["0", "4", "-1", "x", "", "²", "1.0", "9" * 40, "\x00"])
def test_odd_page_is_not_found(log_in, start, url, cast, page):
    topic = start("carla")
    fill(topic, cast.members["carla"], 49)

    assert log_in("ben").get(url(topic), {"pagina": page}).status_code == 404


def test_lasting_address_leads_to_the_post(log_in, start, url, cast):
    topic = start("carla")
    fill(topic, cast.members["carla"], 24)
    post = topic.posts.get(number=23)

    answer = log_in("ben").get(url(f"bericht/{post.pk}/"))

    assert (answer.status_code, answer.url) == (302, url(topic, "?pagina=2#bericht-23"))


def test_stub_says_who_took_it_away_and_the_author_reads_why(log_in, start, reply, as_actor, url):
    topic = start("ben", text="kanarie-een")
    own = reply("carla", topic, "kanarie-twee")
    actions.delete_post(as_actor("carla"), own)
    actions.delete_post(as_actor("anna"), topic.posts.get(number=1), reason="Er stond een adres in.")

    def stubs(name):
        page = soup(log_in(name).get(url(topic, "?pagina=1")))
        assert "kanarie" not in page.text
        return [stub.text.strip("–\n") for stub in page.select(".gs-post--stub")]

    by_author = "Dit bericht is weggehaald door wie het schreef."
    assert stubs("ben") == ["Dit bericht van jou is weggehaald. De reden: Er stond een adres in.", by_author]
    assert stubs("ellen") == ["Dit bericht is weggehaald door iemand die dat in deze groep mag.", by_author]


def test_who_reads_stands_beside_the_text_box(log_in, start, url):
    topic = start()
    narrow = start("anna", audience=Audience.FACILITATORS)

    assert "de 4 leden van Rust in je hoofd" in soup(log_in("ben").get(url(topic))).select_one(".gs-who-reads").text
    assert "Je schrijft als Beer" in soup(log_in("ben").get(url("nieuw/"))).select_one(".gs-who-reads").text
    assert "de begeleiders van Rust" in soup(log_in("carla").get(url(narrow))).select_one(".gs-who-reads").text


def test_pages_show_names_of_the_space_and_never_of_accounts(log_in, start, reply, url, cast):
    type(cast.ben).objects.filter(pk=cast.ben.pk).update(username="kanarie-inlognaam")
    topic = start("ben")
    reply("anna", topic)

    text = log_in("ellen").get(url(topic)).content.decode() + log_in("ellen").get(url()).content.decode()

    assert "Beer" in text
    assert "kanarie" not in text


def test_buttons_follow_the_policy(log_in, start, reply, url):
    topic = start("ben")
    reply("carla", topic)

    def buttons(name):
        return [b.text for b in soup(log_in(name).get(url(topic, "?pagina=1"))).select(".gs-post__foot a")]

    assert buttons("ben") == ["Verander", "Haal weg"]
    assert buttons("ellen") == []
    warn = "Zet er een waarschuwing bij"
    assert buttons("anna") == ["Haal weg", warn, "Haal weg", warn]
    assert buttons("carla") == ["Haal weg", warn, "Verander", "Haal weg"]


@pytest.mark.parametrize("who", ["dora", "frank", "pim", "editor", "operator"])
def test_outsiders_get_the_page_of_what_does_not_exist(log_in, start, url, who):
    topic = start()
    client = log_in(who)
    nothing = "01890000-0000-7000-8000-000000000000"

    for place in ("", "nieuw/", f"{topic.pk}/", f"{topic.pk}/reageer/", f"bericht/{topic.posts.get().pk}/"):
        there = client.get(url(place)).status_code
        assert there == client.get(f"/groep/{nothing}/gesprekken/{place}").status_code == 404


def test_topic_of_another_space_is_not_found(log_in, start, cast):
    topic = start()

    address = f"/groep/{cast.other.pk}/gesprekken/{topic.pk}/"

    assert log_in("frank").get(address).status_code == log_in("anna").get(address).status_code == 404


# What a page costs.


def test_topic_list_costs_the_same_for_one_and_for_twenty(log_in, start, reply, url):
    ben = log_in("ben")
    topic = start("carla")
    ben.get(url())
    one = statements(lambda: ben.get(url()))
    for i in range(20):
        reply("carla", start("carla", title=f"gesprek {i}"))

    assert (one, statements(lambda: ben.get(url()))) == (5, 5)
    assert topic.title


def test_topic_page_costs_the_same_for_one_and_for_twenty(log_in, start, url, cast):
    ben, topic = log_in("ben"), start("carla")
    first = statements(lambda: ben.get(url(topic)))  # the read mark is written
    again = statements(lambda: ben.get(url(topic)))
    fill(topic, cast.members["carla"], 19)

    assert (first, again, statements(lambda: ben.get(url(topic)))) == (10, 8, 10)


def test_reply_costs_a_constant_number(log_in, start, url):
    ben, topic = log_in("ben"), start("carla")

    assert statements(lambda: ben.post(url(topic, "reageer/"), {"body": "hoi"})) == 16


@pytest.mark.parametrize(
    ("audience", "readers"),
    [("space", {"anna", "ben", "carla", "ellen"}), ("facilitators", {"anna", "ben", "carla"}), ("self", {"ben"})],
)
def test_list_and_page_are_open_to_the_same_people(audience, readers, log_in, start, url):
    topic = start("ben", title="Voor wie is dit", audience=audience)

    on_list, on_page = set(), set()
    for who in ("anna", "ben", "carla", "ellen", "dora", "frank", "pim"):
        client = log_in(who)
        page = client.get(url(topic))
        assert page.status_code in (200, 404)
        if page.status_code == 200:
            on_page.add(who)
        if "Voor wie is dit" in client.get(url()).content.decode():
            on_list.add(who)

    assert on_list == on_page == readers

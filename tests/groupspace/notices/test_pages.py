"""The bell and its pages: read once is read everywhere, and nothing of what one may not read."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from groupspace import actions as spaces
from groupspace.forum.models import Topic
from groupspace.models import Audience
from groupspace.notices.models import Delivery, Notice, Wish
from tests.cast import add_member, make_space, verified
from tests.logged_in import logged_in

pytestmark = pytest.mark.django_db
LIST = "/groep/meldingen/"
SETTINGS = "/groep/meldingen/instellen/"


def statements(run):
    with CaptureQueriesContext(connection) as queries:
        run()
    return sum(bool(re.match(r"(SELECT|INSERT|UPDATE|DELETE)", q["sql"])) for q in queries.captured_queries)


def number(response):
    """What the bell in the header says; 0 when it shows no number."""
    count = BeautifulSoup(response.content, "html.parser").select_one(".gs-head .gs-bell__count")
    return int(re.match(r"\d+", count.get_text()).group()) if count else 0


def titles(response):
    return [link.get_text() for link in BeautifulSoup(response.content, "html.parser").select("main .gs-list__title")]


@pytest.fixture
def notice(cast):
    """`notice("ben", topic)`: something waits for this person."""

    def notice(name, item, *, reason="answered", minutes=1, **more):
        at = timezone.now() - timedelta(minutes=minutes)
        return Notice.objects.create(
            membership=item.space.memberships.get(user=getattr(cast, name)),
            space=item.space,
            kind="gesprekken",
            item_id=item.pk,
            reason=reason,
            first_at=at,
            last_at=at,
            **more,
        )

    return notice


@pytest.fixture
def address(cast):
    return lambda topic: f"/groep/{topic.space_id}/gesprekken/{topic.pk}/"


def test_bell_counts_on_every_private_page_without_a_statement(cast, start, notice):
    topics = [start("carla", f"gesprek {number}") for number in range(3)]
    browser = logged_in(cast.ben)
    pages = ["/groep/", f"/groep/{cast.space.pk}/", f"/groep/{cast.space.pk}/leden/", LIST]
    for page in pages:
        browser.get(page)
    without = [statements(lambda page=page: browser.get(page)) for page in pages[:3]]
    assert [number(browser.get(page)) for page in pages] == [0, 0, 0, 0]

    for topic in topics:
        notice("ben", topic)

    assert [number(browser.get(page)) for page in pages] == [3, 3, 3, 3]
    assert [statements(lambda page=page: browser.get(page)) for page in pages[:3]] == without


def test_bell_counts_over_all_spaces_also_within_one(cast, start, notice):
    add_member(cast.other, cast.ben, "Benno")
    from groupspace.forum import actions as forum

    notice("ben", start("carla"))
    notice("ben", forum.start_topic(verified(cast.frank), cast.other, title="Daar", body="<p>Ja</p>").topic)
    browser = logged_in(cast.ben)

    assert number(browser.get(f"/groep/{cast.space.pk}/")) == 2
    assert number(browser.get("/groep/")) == 2
    assert BeautifulSoup(browser.get("/groep/").content, "html.parser").select("main .gs-tag--new").__len__() == 2


def test_bell_counts_nothing_of_a_space_one_is_out_of_nor_of_others(cast, start, notice):
    add_member(cast.other, cast.ben, "Benno")
    notice("ben", start("carla"))
    notice("ellen", start("carla", "Nog een"))
    browser, elsewhere = logged_in(cast.ben), f"/groep/{cast.other.pk}/"
    assert [number(browser.get(page)) for page in ("/groep/", elsewhere)] == [1, 1]

    spaces.remove(cast.actor("anna"), cast.members["ben"])

    assert [number(browser.get(page)) for page in ("/groep/", elsewhere)] == [0, 0]
    assert titles(browser.get(LIST)) == []


def test_opening_an_item_makes_it_read_everywhere(cast, start, notice, address):
    topic, other = start("carla", "Deze"), start("carla", "Die")
    notice("ben", topic), notice("ben", other), notice("ellen", topic)
    here, there = logged_in(cast.ben), logged_in(cast.ben)
    assert number(there.get("/groep/")) == 2

    page = here.get(address(topic))

    assert number(page) == 1  # this very page counts it no more
    assert number(there.get("/groep/")) == 1
    assert number(logged_in(cast.ellen).get("/groep/")) == 1  # and another's is another's


def test_looking_ahead_is_not_opening(cast, start, notice, address):
    topic = start("carla")
    notice("ben", topic)
    browser = logged_in(cast.ben)

    browser.get(address(topic), headers={"Sec-Purpose": "prefetch"})

    assert number(browser.get("/groep/")) == 1


def test_item_without_news_costs_no_statement_more(cast, start, notice, address):
    topic = start("carla")
    browser = logged_in(cast.ben)
    browser.get(address(topic))
    plain = statements(lambda: browser.get(address(topic)))
    notice("ben", topic)

    assert statements(lambda: browser.get(address(topic))) == plain + 2  # looked for, and marked
    assert statements(lambda: browser.get(address(topic))) == plain


def test_item_without_news_is_read_without_a_lock_while_there_is_news_elsewhere(cast, start, notice, address):
    topic = start("carla")
    browser = logged_in(cast.ben)
    browser.get(address(topic))
    notice("ben", start("carla", "Elders"))

    with CaptureQueriesContext(connection) as asked:
        browser.get(address(topic))

    assert not [query["sql"] for query in asked if not query["sql"].startswith("SELECT")]


def test_list_tells_why_and_groups_new_and_read(cast, start, notice):
    notice("ben", start("carla", "Antwoord"), count=3)
    notice("ben", start("carla", "Naam"), reason="named", minutes=9)
    notice("ben", start("carla", "Oud"), minutes=99, read_at=timezone.now())

    page = logged_in(cast.ben).get(LIST)
    text = page.content.decode()

    assert titles(page) == ["Antwoord", "Naam", "Oud"]
    assert "Je kreeg antwoord, 3 keer" in text
    assert "Iemand noemde je" in text
    assert text.index("Nieuw</h2>") < text.index("Gelezen</h2>")


def test_all_read_leaves_what_came_after_the_page_was_shown(cast, start, notice):
    notice("ben", start("carla", "Eerst"), minutes=5)
    browser = logged_in(cast.ben)
    shown = BeautifulSoup(browser.get(LIST).content, "html.parser").select_one("input[name=tot]")["value"]
    notice("ben", start("carla", "Daarna"), minutes=-1)
    notice("ellen", start("carla", "Van een ander"), minutes=5)

    browser.post(f"{LIST}gelezen/", {"tot": shown})

    assert number(browser.get(LIST)) == 1
    assert Notice.objects.unread().count() == 2
    assert browser.post(f"{LIST}gelezen/", {"tot": "onzin"}).status_code == 302


def test_notice_of_what_one_may_no_longer_read_shows_nothing_and_goes(cast, start, notice):
    topic = start("carla", "Geheim")
    notice("ben", topic)
    Topic.objects.filter(pk=topic.pk).update(audience=Audience.FACILITATORS)
    browser = logged_in(cast.ben)

    page = browser.get(LIST)

    assert "Geheim" not in page.content.decode()
    assert number(page) == 0
    assert not Notice.objects.exists()


def test_leader_with_a_password_only_sees_no_title_and_loses_nothing(cast, start, notice):
    notice("carla", start("ben", "Achter slot"))

    page = logged_in(cast.carla).get(LIST)

    assert "Achter slot" not in page.content.decode()
    assert Notice.objects.unread().count() == 1


def test_list_costs_the_same_for_one_and_fifty(cast, start, notice):
    notice("ben", start("carla"))
    browser = logged_in(cast.ben)
    browser.get(LIST)
    few = statements(lambda: browser.get(LIST))
    for number_ in range(49):
        notice("ben", start("carla", f"gesprek {number_}", at=timezone.now()))

    assert statements(lambda: browser.get(LIST)) == few
    assert few <= 6


def test_wishes_are_sentences_and_are_kept(cast):
    page = f"/groep/{cast.space.pk}/meldingen/"
    browser = logged_in(cast.ben)
    text = browser.get(page).content.decode()
    for sentence in (
        "Alles wat er gebeurt",
        "Alleen antwoorden aan mij en gesprekken die ik volg",
        "Alleen als iemand mij noemt",
        "Niets",
    ):
        assert sentence in text
    names = {field["name"] for field in BeautifulSoup(text, "html.parser").select("main select")}

    answer = browser.post(page, {"space": "none", **dict.fromkeys(names, "")})

    assert answer.status_code == 302
    assert list(Wish.objects.values_list("membership__display_name", "kind", "level")) == [("Beer", "", "none")]
    assert browser.post(page, {"space": "veel"}).status_code == 422


def test_how_soon_mail_comes_is_chosen_for_the_group_and_for_a_part(cast):
    page = f"/groep/{cast.space.pk}/meldingen/"
    assert "mail-gesprekken" not in logged_in(cast.ben).get(page).content.decode()  # there is no address
    type(cast.ben).objects.filter(pk=cast.ben.pk).update(email="ben@example.org")
    browser = logged_in(type(cast.ben).objects.get(pk=cast.ben.pk))
    assert "Hoe snel wil je mail over deze groep?" in browser.get(page).content.decode()

    assert browser.post(page, {"space": "mine", "mail": "week", "mail-gesprekken": "now"}).status_code == 302

    said = Wish.objects.order_by("kind").values_list("kind", "level", "mail")
    assert list(said) == [("", "mine", "week"), ("gesprekken", "", "now")]
    kept = BeautifulSoup(browser.get(page).content.decode(), "html.parser")
    chosen = {field["name"]: field.select_one("option[selected]") for field in kept.select("main select")}
    assert (chosen["mail"]["value"], chosen["mail-gesprekken"]["value"]) == ("week", "now")
    folded = {field["name"] for field in kept.select("main details select")}
    assert {"kind-gesprekken", "mail-gesprekken"}.isdisjoint(folded)  # what differs stands open
    assert {"kind-paginas", "mail-paginas"} <= folded
    assert browser.post(page, {"space": "mine", "mail": "altijd"}).status_code == 422


def test_mail_and_quiet_hours_are_kept(cast):
    type(cast.ben).objects.filter(pk=cast.ben.pk).update(email="ben@example.org")
    browser = logged_in(type(cast.ben).objects.get(pk=cast.ben.pk))
    assert "Eén keer per dag" in browser.get(SETTINGS).content.decode()

    answer = browser.post(SETTINGS, {"mail": "never", "quiet_from": "22", "quiet_to": "7"})

    assert answer.status_code == 302
    chosen = Delivery.objects.get(user=cast.ben)
    assert (chosen.mail, chosen.push, chosen.quiet_from, chosen.quiet_to) == ("never", False, 22, 7)
    assert browser.post(SETTINGS, {"mail": "altijd", "quiet_from": "24", "quiet_to": "7"}).status_code == 422


def test_without_an_address_mail_is_not_asked(cast):
    page = logged_in(cast.ben).get(SETTINGS).content.decode()

    assert "Je hebt geen e-mailadres" in page
    assert 'name="mail"' not in page


def test_facilitator_announces_what_all_may_read(cast, start):
    start("ben", "Voor begeleiders", audience=Audience.FACILITATORS)
    topic = start("anna", "Volgende week dicht")
    page = f"/groep/{cast.space.pk}/mededeling/"
    browser = logged_in(cast.anna, verified=True)

    text = browser.get(page).content.decode()
    assert "Volgende week dicht" in text
    assert "Voor begeleiders" not in text

    assert browser.post(page, {"item": f"gesprekken:{topic.pk}"}).status_code == 302
    again = browser.post(page, {"item": f"gesprekken:{topic.pk}"})
    assert again.status_code == 422
    assert "vandaag al gemeld" in again.content.decode()
    foreign = make_space()
    assert browser.post(page, {"item": f"gesprekken:{foreign.pk}"}).status_code == 422
    assert logged_in(cast.ben).get(page).status_code == 403
    assert "Mededeling aan iedereen" in browser.get(f"/groep/{cast.space.pk}/").content.decode()

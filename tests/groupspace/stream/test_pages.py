"""What is new: each sees what they may read, grouped, newest first, for a constant price."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from groupspace import actions
from groupspace.actor import actor_for
from groupspace.forum import actions as forum
from groupspace.forum.models import Topic
from groupspace.models import Audience, Space
from groupspace.stream import questions
from groupspace.stream.models import Happening
from groupspace.text.sanitiser import from_plain
from tests.cast import add_member, make_space, make_user, verified
from tests.logged_in import logged_in

pytestmark = pytest.mark.django_db
MINE = "/groep/nieuw-voor-mij/"


def topic(actor, space, title, *, minutes=0, **more):
    at = timezone.now() - timedelta(minutes=minutes)
    return forum.start_topic(actor, space, title=title, body=from_plain("Hallo."), at=at, **more).topic


def rows(response):
    assert response.status_code == 200, response.status_code
    return BeautifulSoup(response.content, "html.parser").select("main .gs-list__item")


def titles(response):
    return [row.select_one(".gs-list__title").get_text() for row in rows(response)]


def of(space):
    return f"/groep/{space.pk}/activiteit/"


def statements(run):
    with CaptureQueriesContext(connection) as queries:
        run()
    return sum(bool(re.match(r"(SELECT|INSERT|UPDATE|DELETE)", q["sql"])) for q in queries.captured_queries)


def test_replies_stand_together_under_their_item(cast, as_actor):
    old = topic(as_actor("ben"), cast.space, "Slapen lukt niet", minutes=30)
    topic(as_actor("ben"), cast.space, "Wandelen helpt", minutes=20)
    for minutes, name in ((9, "carla"), (8, "ellen"), (7, "anna")):
        at = timezone.now() - timedelta(minutes=minutes)
        forum.reply(as_actor(name), old, body=from_plain("Ja."), at=at)

    found = rows(logged_in(cast.ben).get(of(cast.space)))

    assert [row.select_one(".gs-list__title").get_text() for row in found] == ["Slapen lukt niet", "Wandelen helpt"]
    assert "Anna reageerde, en nog 2 anderen ook" in found[0].get_text()
    assert "Jij begon een gesprek" in found[1].get_text()


def test_own_contributions_stand_out(cast, as_actor):
    topic(as_actor("ben"), cast.space, "Van mij", minutes=2)
    topic(as_actor("carla"), cast.space, "Van haar", minutes=1)

    hers, mine = rows(logged_in(cast.ben).get(of(cast.space)))

    assert "van jou" in mine.get_text()
    assert "gs-list__item--mine" in mine["class"]
    assert "van jou" not in hers.get_text()


def test_only_who_may_read_an_item_learns_of_it(cast, as_actor):
    topic(as_actor("ben"), cast.space, "Alleen begeleiders", audience=Audience.FACILITATORS)
    topic(as_actor("ben"), cast.space, "Alleen ik", audience=Audience.SELF)
    add_member(cast.other, cast.dora, "Dora")

    for name, seen in {
        "ben": {"Alleen begeleiders", "Alleen ik"},
        "ellen": set(),
        "carla": {"Alleen begeleiders"},
        "dora": set(),
        "frank": set(),
        "operator": set(),
    }.items():
        browser = logged_in(getattr(cast, name), verified=name in {"carla", "frank", "operator"})
        assert set(titles(browser.get(MINE))) == seen, name
        in_space = browser.get(of(cast.space))
        assert (in_space.status_code == 200) == (name in {"ben", "ellen", "carla"})
        assert in_space.status_code == 404 or set(titles(in_space)) == seen


def test_row_that_says_space_shows_no_item_that_became_narrower(cast, as_actor):
    found = topic(as_actor("ben"), cast.space, "Eerst voor allen")
    Topic.objects.filter(pk=found.pk).update(audience=Audience.SELF)  # and the stream was not told

    assert titles(logged_in(cast.ellen).get(MINE)) == []
    assert titles(logged_in(cast.ben).get(MINE)) == ["Eerst voor allen"]


def test_who_is_removed_sees_nothing_on_the_next_request(cast, as_actor):
    topic(as_actor("carla"), cast.space, "Besloten")
    browser = logged_in(cast.ben)
    assert titles(browser.get(MINE)) == ["Besloten"]

    actions.remove(cast.actor("anna"), cast.members["ben"])

    assert "Besloten" not in browser.get(MINE).content.decode()
    assert browser.get(f"{MINE}?groep={cast.space.pk}").content.decode().count(cast.space.name) == 0
    assert browser.get(of(cast.space)).status_code == 404


def test_kind_that_is_switched_off_and_kind_that_is_gone_are_not_told(cast, as_actor, monkeypatch):
    found = topic(as_actor("ben"), cast.space, "Er is iets")
    Happening.objects.filter(item_id=found.pk).update(kind="weggehaalde-soort")

    assert titles(logged_in(cast.ben).get(MINE)) == []


def test_filters_by_space_and_kind_and_ignores_nonsense(cast, as_actor):
    add_member(cast.other, cast.ben, "Benno")
    topic(as_actor("ben"), cast.space, "Hier")
    topic(verified(cast.frank), cast.other, "Daar")
    browser = logged_in(cast.ben)

    assert set(titles(browser.get(MINE))) == {"Hier", "Daar"}
    assert titles(browser.get(f"{MINE}?groep={cast.other.pk}")) == ["Daar"]
    assert titles(browser.get(f"{MINE}?soort=gesprekken&groep={cast.space.pk}")) == ["Hier"]
    assert len(titles(browser.get(f"{MINE}?groep={make_space().pk}&soort=%27x"))) == 2
    assert browser.get(f"{MINE}?voor=onzin").status_code == 404
    assert browser.get(f"{MINE}?voor=1e99_{cast.space.pk.hex}").status_code == 404


def test_pages_follow_each_other_without_gap_or_double(cast, as_actor):
    for number in range(45):
        topic(as_actor("ben"), cast.space, f"gesprek {number}", minutes=number)
    browser, found, address = logged_in(cast.ellen), [], MINE

    while address:
        page = BeautifulSoup(browser.get(address).content, "html.parser")
        found += [row.get_text() for row in page.select("main .gs-list__title")]
        older = page.select_one("a[rel=next]")
        address = MINE + older["href"] if older else ""

    assert found == [f"gesprek {number}" for number in range(45)]


def test_newest_rows_are_found_in_spaces_beyond_the_first(cast, monkeypatch):
    """A space can be busy with what this reader may not see, or with what was taken away again."""
    monkeypatch.setattr(questions, "SPACES", 2)
    leader, reader = cast.frank, make_user()
    spaces = [make_space(leader) for _number in range(5)]
    for number, space in enumerate(spaces):
        add_member(space, reader, "Lezer")
        topic(verified(leader), space, f"in {number}", minutes=10 + number)
        secret = {"audience": Audience.FACILITATORS} if number < 2 else {}
        topic(verified(leader), space, f"ook in {number}", minutes=number, **secret)

    assert titles(logged_in(reader).get(MINE))[:3] == ["ook in 2", "ook in 3", "ook in 4"]


def test_page_costs_the_same_for_one_row_and_fifty_and_in_fifty_spaces(cast, as_actor):
    topic(as_actor("anna"), cast.space, "een")
    browser = logged_in(cast.ben)
    browser.get(MINE), browser.get(of(cast.space))
    small = [statements(lambda: browser.get(MINE)), statements(lambda: browser.get(of(cast.space)))]
    for number in range(50):
        topic(as_actor("anna"), cast.space, f"gesprek {number}")
    large = [statements(lambda: browser.get(MINE)), statements(lambda: browser.get(of(cast.space)))]

    assert small == large
    assert max(large) <= 8  # and one for each further kind

    many = make_space(cast.frank)
    for _number in range(25):
        space = make_space(cast.frank)
        add_member(space, cast.ben, "Beer")
        Space.objects.filter(pk=space.pk).update(last_activity_at=timezone.now() - timedelta(days=9))
    assert many.pk not in actor_for(cast.ben).spaces
    assert statements(lambda: browser.get(MINE)) <= large[0] + 1


def test_my_groups_tell_when_something_happened(cast, as_actor):
    topic(as_actor("ben"), cast.space, "Nu")

    page = logged_in(cast.ben).get("/groep/").content.decode()

    assert "vandaag" in page
    assert MINE in page


def test_what_participants_bring_can_be_seen_by_itself(cast, as_actor):
    dora = add_member(cast.space, cast.dora, "Duif")
    add_member(cast.other, cast.ben, "Benno")
    topic(as_actor("anna"), cast.space, "Van de begeleider", minutes=9)
    topic(as_actor("carla"), cast.space, "Van de mede-begeleider", minutes=8)
    topic(as_actor("ellen"), cast.space, "Van de ervaringsdeskundige", minutes=8)
    topic(as_actor("dora"), cast.space, "Van een deelnemer", minutes=7)
    topic(as_actor("ben"), cast.space, "Van mij", minutes=6)
    topic(as_actor("dora"), cast.space, "Alleen van haar", minutes=5, audience=Audience.SELF)
    topic(as_actor("ben"), cast.other, "Daar", minutes=4)
    ben = logged_in(cast.ben)

    assert titles(ben.get(f"{of(cast.space)}?van=deelnemers")) == ["Van mij", "Van een deelnemer"]
    assert titles(ben.get(f"{MINE}?van=deelnemers")) == ["Daar", "Van mij", "Van een deelnemer"]
    assert titles(ben.get(f"{MINE}?van=deelnemers&soort=links")) == []
    assert len(titles(ben.get(f"{of(cast.space)}?van=onzin"))) == 5
    assert "begeleider" in rows(ben.get(of(cast.space)))[-1].get_text()

    actions.set_role(as_actor("anna"), dora, role="champion")  # who they are now
    assert titles(ben.get(f"{of(cast.space)}?van=deelnemers")) == ["Van mij"]


def test_what_participants_bring_goes_on_where_the_page_ended(cast, as_actor):
    for number in range(50):
        topic(as_actor("ben" if number % 2 else "anna"), cast.space, f"Nummer {number}", minutes=number)
    browser, url, seen = logged_in(cast.ben), f"{of(cast.space)}?van=deelnemers", []
    while url:
        page = browser.get(url)
        seen += titles(page)
        older = BeautifulSoup(page.content, "html.parser").select_one("a[rel=next]")
        url = of(cast.space) + older["href"] if older else ""
    assert seen == [f"Nummer {number}" for number in range(50) if number % 2]


def test_what_participants_bring_costs_no_more_statements(cast, as_actor):
    browser = logged_in(cast.ben)
    counts = []
    for many in (1, 49):
        for number in range(many):
            topic(as_actor("ben"), cast.space, f"{many} {number}")
            topic(as_actor("anna"), cast.space, f"{many} {number} begeleid")
        browser.get(f"{MINE}?van=deelnemers")
        paths = (f"{MINE}?van=deelnemers", f"{of(cast.space)}?van=deelnemers")
        counts.append([statements(lambda path=path: browser.get(path)) for path in paths])
    assert counts == [[6, 6], [6, 6]]

"""Whoever may read a text finds it by its words; nobody else, by no door."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from groupspace import actions
from groupspace.forum import actions as forum
from groupspace.models import Audience
from groupspace.search import index
from groupspace.search.find import excerpt, find
from groupspace.search.models import Entry
from groupspace.text.sanitiser import from_plain
from tests.cast import Cast, add_member, make_space
from tests.logged_in import logged_in

NOW = timezone.now()


def topic(cast: Cast, text: str, *, who: str = "ben", audience: str = Audience.SPACE, space: Any = None) -> Any:
    """A topic whose words can be found."""
    post = forum.start_topic(
        cast.actor(who), space or cast.space, title=text, body=from_plain("hallo"), audience=audience
    )
    index.put(post.topic, text, at=post.created_at)
    return post.topic


def found(cast: Cast, who: str, question: str, **options: Any) -> list[str]:
    actor = cast.actor(who)
    spaces = options.pop("spaces", list(actor.spaces))
    return [entry.text for entry in find(actor, question, spaces=spaces, **options)]


@pytest.mark.parametrize(
    ("question", "hits"),
    [
        ("slapen", True),
        ("SLAPEN", True),
        ("slaap", True),
        ("sla", True),  # not finished typing
        ("cafe", True),
        ("café slapen", True),
        ("slapen fietsen", False),
        ("", False),
        ("  ", False),
        ("*", False),
        ('"', False),
        ("slapen OR fietsen", False),
        ("NOT fietsen", False),
        ("slapen' & 'x", False),
        ("\u200b", False),
        ("a" * 500, False),
        ("( ) : * ^ \\", False),
        ("1e5 slapen", False),
    ],
)
def test_words_are_found_and_odd_questions_do_no_harm(cast: Cast, settings: Any, question: str, hits: bool) -> None:
    settings.GROUPSPACE = {**settings.GROUPSPACE, "SEARCH": {}}
    topic(cast, "Niet kunnen slapen na het Café")

    assert bool(found(cast, "ben", question)) is hits


def test_a_site_lends_its_own_roots(cast: Cast, settings: Any) -> None:
    settings.GROUPSPACE = {**settings.GROUPSPACE, "SEARCH": {"ROOT": "knowledgebase.search.words.root"}}
    topic(cast, "Ik heb slecht geslapen")

    assert found(cast, "ben", "slaap") == ["Ik heb slecht geslapen"]


def test_each_finds_what_each_may_read(cast: Cast) -> None:
    topic(cast, "Lantaarn voor allen")
    topic(cast, "Lantaarn voor begeleiders", audience=Audience.FACILITATORS)
    topic(cast, "Lantaarn voor mij", audience=Audience.SELF)

    seen = {who: set(found(cast, who, "lantaarn")) for who in ("ben", "carla", "ellen", "dora", "frank", "operator")}

    everything = {"Lantaarn voor allen", "Lantaarn voor begeleiders", "Lantaarn voor mij"}
    assert seen == {
        "ben": everything,
        "carla": everything - {"Lantaarn voor mij"},
        "ellen": {"Lantaarn voor allen"},
        "dora": set(),
        "frank": set(),
        "operator": set(),
    }


def test_naming_a_space_opens_none(cast: Cast) -> None:
    topic(cast, "Lantaarn")
    assert found(cast, "frank", "lantaarn", spaces=[cast.space.pk, cast.other.pk]) == []
    page = logged_in(cast.frank, verified=True).get(
        reverse("groupspace:search"), {"q": "lantaarn", "groep": str(cast.space.pk)}
    )
    assert "Niets gevonden" in page.content.decode()
    assert "Rust in je hoofd" not in page.content.decode()


def test_marks_of_the_index_find_nothing_for_strangers(cast: Cast) -> None:
    """The space is in the index as a word; who types that word is no member by it."""
    topic(cast, "Lantaarn")
    assert found(cast, "frank", index.space_mark(cast.space.pk)) == []
    assert found(cast, "frank", f"lantaarn {index.space_mark(cast.space.pk)}") == []


def test_whoever_is_taken_out_finds_nothing_on_the_next_request(cast: Cast) -> None:
    topic(cast, "Lantaarn", who="carla")
    browser, url = logged_in(cast.ben), reverse("groupspace:search")
    assert "lantaarn" in browser.get(url, {"q": "lantaarn"}).content.decode().lower().replace('value="lantaarn"', "")
    actions.remove(cast.actor("anna"), cast.members["ben"])

    assert "Niets gevonden" in browser.get(url, {"q": "lantaarn"}).content.decode()


def test_a_text_that_changed_or_went_is_found_by_its_new_words_alone(cast: Cast) -> None:
    made = topic(cast, "Lantaarn")
    index.put(made, "Vuurtoren", at=NOW)
    assert (found(cast, "ben", "lantaarn"), found(cast, "ben", "vuurtoren")) == ([], ["Vuurtoren"])
    assert Entry.objects.count() == 1
    index.drop(item_id=made.pk)
    assert found(cast, "ben", "vuurtoren") == []


def test_gone_words_leave_the_index(cast: Cast) -> None:
    made = topic(cast, "Bijzonderwoord")
    index.drop(item_id=made.pk)
    index.tidy()
    if connection.vendor != "sqlite":
        assert not Entry.objects.exists()
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT block FROM groupspace_search_words_data")
        assert not any(b"bijzonderwoord" in bytes(row[0]) for row in cursor.fetchall())


def test_a_part_of_an_item_leads_to_the_part(cast: Cast) -> None:
    made = topic(cast, "Titel")
    post = forum.reply(cast.actor("carla"), made, body=from_plain("zeewier"))
    index.put(made, "zeewier", at=NOW, part_id=post.pk, author_id=post.author_id)

    page = logged_in(cast.ben).get(reverse("groupspace:search"), {"q": "zeewier"}).content.decode()

    assert f"{post.pk}" in page
    assert "<mark>zeewier</mark>" in page
    assert "Carla" in page


def test_filters_narrow_and_pages_go_on(cast: Cast) -> None:
    for number in range(25):
        topic(cast, f"Lantaarn {number}")
    second = make_space(cast.frank, display_name="F", name="Tweede")
    add_member(second, cast.ben, "Ben twee")
    topic(cast, "Lantaarn elders", space=second)
    browser, url = logged_in(cast.ben), reverse("groupspace:search")

    first = browser.get(url, {"q": "lantaarn"}).content.decode()
    assert first.count("gs-list__title") == 20
    assert "elders" in first
    last = Entry.objects.order_by("-pk")[19].pk
    older = browser.get(url, {"q": "lantaarn", "voor": last}).content.decode()
    assert older.count("gs-list__title") == 6
    there = browser.get(url, {"q": "lantaarn", "groep": str(second.pk)}).content.decode()
    assert there.count("gs-list__title") == 1
    assert found(cast, "ben", "lantaarn", kind="bestanden") == []


@pytest.mark.parametrize("number", [1, 50])
def test_a_search_costs_a_constant_number(cast: Cast, number: int, django_assert_num_queries: Any) -> None:
    for count in range(number):
        topic(cast, f"Lantaarn {count}")
    browser, url = logged_in(cast.ben), reverse("groupspace:search")
    browser.get(url, {"q": "lantaarn"})
    with django_assert_num_queries(6):
        browser.get(url, {"q": "lantaarn"})


def test_the_excerpt_lights_up_what_was_asked_for() -> None:
    text = "woord " * 60 + "lantaarns branden hier " + "einde " * 60
    pieces = excerpt(text, "lantaarn")
    assert ("lantaarns", True) in pieces
    assert pieces[0] == ("… ", False)
    assert pieces[-1][0].endswith("…")
    assert sum(len(piece) for piece, _lit in pieces) < 300
    assert excerpt("<b>kort</b>", "niets") == [("<b>kort</b>", False)]

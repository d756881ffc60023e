"""What is said in conversations is found by whoever may read it at that moment."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from groupspace import actions as core
from groupspace.folds import set_muted_words
from groupspace.forum import actions, folds, rounds, undo
from groupspace.models import Space
from groupspace.search.find import find
from groupspace.search.models import Entry
from groupspace.text.sanitiser import from_plain
from tests.cast import Cast, add_member, make_space, make_user
from tests.logged_in import logged_in


@pytest.fixture
def found(cast: Cast) -> Any:
    """`found("ben", "lantaarn")`: how many texts this member finds."""

    def count(who: str, word: str) -> int:
        actor = cast.actor(who)
        return len(find(actor, word, spaces=list(actor.spaces)))

    return count


def start(cast: Cast, who: str = "ben", title: str = "Titel", body: str = "lantaarn", **more: Any) -> Any:
    return actions.start_topic(cast.actor(who), cast.space, title=title, body=from_plain(body), **more)


def test_titles_and_words_are_found_and_follow_a_change(cast: Cast, found: Any) -> None:
    post = start(cast, title="Zeewier")
    answer = actions.reply(cast.actor("carla"), post.topic, body=from_plain("kastanje"))
    assert [found("ben", word) for word in ("zeewier", "lantaarn", "kastanje")] == [1, 1, 1]

    actions.edit_post(cast.actor("ben"), post, body=from_plain("vuurtoren"), title="Duinzand")
    assert [found("ben", word) for word in ("zeewier", "lantaarn", "duinzand", "vuurtoren")] == [0, 0, 1, 1]
    actions.delete_post(cast.actor("carla"), answer)
    actions.delete_post(cast.actor("ben"), post)
    assert [found("ben", word) for word in ("kastanje", "duinzand", "vuurtoren")] == [0, 0, 0]


def test_what_waits_for_a_facilitator_is_found_after_it_was_let_through(cast: Cast, found: Any) -> None:
    Space.objects.filter(pk=cast.space.pk).update(approve_first=True)
    cast.space.refresh_from_db()
    post = start(cast)
    assert (found("ellen", "lantaarn"), found("anna", "lantaarn")) == (0, 0)
    core.release(cast.actor("anna"), post)
    assert found("ellen", "lantaarn") == 1


def test_answers_in_a_round_are_found_by_who_may_read_them(cast: Cast, found: Any) -> None:
    reader, passer = make_user("reader"), make_user("passer")
    for user in (reader, passer):
        add_member(cast.space, user, user.username)
    cast.reader, cast.passer = reader, passer  # type: ignore[attr-defined]  # two more in the cast of this test
    post = start(cast, who="anna", body="Wat ging goed?", sort="round")
    actions.reply(cast.actor("ben"), post.topic, body=from_plain("lantaarn"))
    everyone = ("ben", "anna", "carla", "ellen", "reader", "passer", "dora", "frank", "operator")

    def finders() -> set[str]:
        return {who for who in everyone if found(who, "lantaarn")}

    assert finders() == {"ben", "anna", "carla"}
    assert found("ellen", "goed") == 1
    assert excerpts(cast, "ellen", "lantaarn") == []
    actions.reply(cast.actor("ellen"), post.topic, body=from_plain("kastanje"))
    rounds.pass_round(cast.actor("passer"), post.topic)
    assert finders() == {"ben", "anna", "carla", "ellen", "passer"}
    assert excerpts(cast, "ellen", "lantaarn") == ["lantaarn"]

    other = start(cast, who="anna", body="En nu?", sort="round")  # taking part in one round opens no other
    actions.reply(cast.actor("carla"), other.topic, body=from_plain("zeewier"))
    assert [found(who, "zeewier") for who in ("ben", "ellen", "anna")] == [0, 0, 1]

    core.remove(cast.actor("anna"), cast.members["ellen"])
    core.set_role(cast.actor("anna"), cast.members["carla"], role="participant")
    assert finders() == {"ben", "anna", "passer"}
    Entry.objects.filter(text="lantaarn").update(kind="links")  # a kind that guards nothing opens nothing
    assert finders() == set()


def excerpts(cast: Cast, who: str, word: str) -> list[str]:
    page = logged_in(getattr(cast, who)).get(reverse("groupspace:search"), {"q": word})
    lines = BeautifulSoup(page.content, "html.parser").select(".gs-list__main > p:not(.gs-list__meta)")
    return [line.text for line in lines]


def test_what_stands_behind_a_warning_is_found_and_not_shown(cast: Cast) -> None:
    post = start(cast, body="lantaarn kanarie", note="over geweld")
    answer = actions.reply(cast.actor("ellen"), post.topic, body=from_plain("lantaarn zeewier"))
    assert excerpts(cast, "ben", "lantaarn") == ["lantaarn zeewier", "Waarschuwing vooraf: over geweld"]

    folds.set_note(cast.actor("carla"), answer, "over drank")
    assert excerpts(cast, "ben", "zeewier") == ["Waarschuwing vooraf: over drank"]
    folds.set_note(cast.actor("carla"), answer, "")
    assert excerpts(cast, "ben", "zeewier") == ["lantaarn zeewier"]
    actions.edit_post(cast.actor("ben"), post, body=from_plain("lantaarn kanarie"), note="")
    assert "kanarie" in "".join(excerpts(cast, "ben", "kanarie"))


def test_muted_words_fold_what_their_reader_finds_in_that_space_alone(cast: Cast) -> None:
    start(cast, who="carla", body="lantaarn en a<drank")
    start(cast, who="ben", body="lantaarn met drankje")
    start(cast, who="carla", body="lantaarn met wijn")
    set_muted_words(cast.actor("ben"), cast.space, ["drank"])
    set_muted_words(cast.actor("ellen"), cast.space, ["wijn"])
    second = make_space(cast.frank, display_name="F")
    add_member(second, cast.ben, "Ben twee")
    actions.start_topic(cast.actor("frank"), second, title="Elders", body=from_plain("lantaarn drank"))

    hidden = "Hierin staat een woord dat je liever niet ziet."
    assert [text == hidden for text in excerpts(cast, "ben", "lantaarn")] == [False, False, False, True]
    assert [text == hidden for text in excerpts(cast, "ellen", "lantaarn")] == [True, False, False]


def test_what_was_taken_back_is_not_found(cast: Cast, found: Any) -> None:
    post = start(cast)
    answer = actions.reply(cast.actor("carla"), post.topic, body=from_plain("kastanje"))
    undo.undo_post(cast.actor("carla"), answer)
    undo.undo_post(cast.actor("ben"), post)
    assert (found("ben", "kastanje"), found("ben", "lantaarn")) == (0, 0)

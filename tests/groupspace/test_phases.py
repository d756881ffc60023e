"""A space starts when its leader thought of what can go wrong, ends by the calendar, and leaves nothing behind."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from groupspace import actions, policy
from groupspace.audit.models import Entry
from groupspace.forum import actions as forum
from groupspace.lifetime.start import checklist
from groupspace.models import CrisisProtocol, Membership, RetentionRule, Space, SpaceGrant
from groupspace.stream.models import Happening
from groupspace.text.models import Draft, SealedPost
from groupspace.text.sanitiser import from_plain
from tests.cast import Cast, add_member, make_professional, make_space, make_user, unverified, verified
from tests.logged_in import logged_in
from tests.stood import stood

PROTOCOL = {
    "contact": "De achterwacht",
    "phone": "0800-2000",
    "location": "Alleen de provincie",
    "anonymous": "Help de ander zelf te bellen",
    "outside_hours": "De nummers staan op elke bladzijde",
}


@pytest.fixture
def leader(db: None) -> Any:
    return make_professional()


@pytest.fixture
def new(leader: Any) -> Space:
    """A group as its founder just opened it."""
    return make_space(leader, state="recruiting", display_name="Leider")


def make_ready(leader: Any, space: Space) -> None:
    actor = verified(leader)
    actions.write_crisis_protocol(actor, space, **PROTOCOL)
    actions.change_space(actor, space, welcome="Fijn dat je er bent", house_rules="Wees aardig")
    for number in range(3):
        forum.start_topic(actor, space, title=f"Gesprek {number}", body=from_plain("hallo"))


def test_a_group_of_the_core_waits_for_its_start_and_another_sort_does_not(leader: Any) -> None:
    organisation = leader.groupspace_professional.organisation
    made = {
        kind: actions.create_space(
            verified(leader),
            organisation=organisation,
            display_name="Ik",
            name="Nieuw",
            summary="Kort",
            kind=kind,
            house_rules="Wees aardig",
            join_policy="open",
        )
        for kind in ("group", "forum", "intervision")
    }
    assert {kind: space.state for kind, space in made.items()} == {
        "group": "recruiting",
        "forum": "recruiting",
        "intervision": "open",
    }


def test_a_forum_starts_only_when_somebody_thought_of_what_can_go_wrong(leader: Any) -> None:
    forum_space = make_space(leader, kind="forum", state="recruiting", house_rules="Wees aardig", join_policy="open")

    with pytest.raises(ValidationError, match="Schrijf op wat je doet als het misgaat"):
        actions.go_to(verified(leader), forum_space, "open")
    make_ready(leader, forum_space)
    actions.go_to(verified(leader), forum_space, "open")

    assert Space.objects.get(pk=forum_space.pk).state == "open"


def test_before_the_start_only_who_leads_writes(leader: Any, new: Space) -> None:
    user = make_user()
    add_member(new, user, "Beer")
    member = unverified(user)

    refusal = policy.can(member, "post", new)

    assert policy.can(member, "view", new)
    assert (refusal.allowed, refusal.reason) == (False, policy.NOT_STARTED.reason)
    with pytest.raises(PermissionDenied):
        forum.start_topic(member, new, title="Hoi", body=from_plain("hallo"))
    post = forum.start_topic(verified(leader), new, title="Welkom", body=from_plain("hallo"))
    assert policy.can(member, "view", post.topic)
    assert policy.can(member, "reply", post.topic).reason == policy.NOT_STARTED.reason


def test_it_starts_only_when_the_checklist_is_done(leader: Any, new: Space) -> None:
    with pytest.raises(ValidationError, match="Schrijf op wat je doet als het misgaat"):
        actions.go_to(verified(leader), new, "open")
    assert Space.objects.get(pk=new.pk).state == "recruiting"

    make_ready(leader, new)
    assert all(step.done for step in checklist(Space.objects.get(pk=new.pk)) if step.required)
    actions.go_to(verified(leader), new, "open")

    assert Space.objects.get(pk=new.pk).state == "open"
    assert Entry.objects.filter(chain=str(new.pk), event="space.open").count() == 1


def test_what_never_began_passes_by_the_checklist_on_every_way_to_running(leader: Any, new: Space) -> None:
    actions.go_to(verified(leader), new, "read_only")
    with pytest.raises(ValidationError, match="Ga eerst terug naar werven"):
        actions.go_to(verified(leader), new, "open")

    browser, page = logged_in(leader, verified=True), reverse("groupspace:phase", args=[new.pk])
    shown = browser.get(page).content.decode()
    assert ("Ga weer verder" in shown, "wat er moet gebeuren voor de start" in shown) == (False, True)
    assert browser.post(page, {"naar": "open"}).status_code == 404
    answer = browser.post(page, {"naar": "recruiting"}, follow=True).content.decode()
    assert "Kijk bij Verloop wat er moet gebeuren voor de start" in answer
    back = Space.objects.get(pk=new.pk)
    assert (back.state, back.erase_on, back.started_at) == ("recruiting", None, None)
    with pytest.raises(ValidationError, match="Schrijf op wat je doet als het misgaat"):
        actions.go_to(verified(leader), new, "open")

    make_ready(leader, new)
    actions.go_to(verified(leader), new, "open")
    assert Space.objects.get(pk=new.pk).started_at is not None


def test_what_once_ran_goes_on_from_reading_only_and_never_back_to_recruiting(leader: Any, new: Space) -> None:
    make_ready(leader, new)
    actions.go_to(verified(leader), new, "open")
    CrisisProtocol.objects.all().delete()
    actions.go_to(verified(leader), new, "read_only")
    with pytest.raises(ValidationError, match="al begonnen"):
        actions.go_to(verified(leader), new, "recruiting")
    actions.go_to(verified(leader), new, "open")
    assert Space.objects.get(pk=new.pk).state == "open"


def test_a_sort_without_a_checklist_goes_on_without_one(leader: Any) -> None:
    space = make_space(leader, kind="intervision", house_rules="Wees aardig", started_at=None)
    actions.go_to(verified(leader), space, "read_only")
    actions.go_to(verified(leader), space, "open")
    assert Space.objects.get(pk=space.pk).state == "open"


@pytest.mark.parametrize("missing", ["protocol", "welcome", "house_rules", "items"])
def test_each_required_step_is_really_required(leader: Any, new: Space, missing: str) -> None:
    make_ready(leader, new)
    if missing == "protocol":
        CrisisProtocol.objects.all().delete()
    elif missing == "items":
        new.groupspace_forum_topics.first().delete()
    else:
        Space.objects.filter(pk=new.pk).update(**{missing: "  "})

    with pytest.raises(ValidationError):
        actions.go_to(verified(leader), new, "open")


def test_who_may_not_change_the_group_does_not_move_it(cast: Cast) -> None:
    for name in ("ben", "carla", "ellen", "dora", "frank", "operator"):
        with pytest.raises(PermissionDenied):
            actions.go_to(cast.actor(name), cast.space, "read_only")
        with pytest.raises(PermissionDenied):
            actions.write_crisis_protocol(cast.actor("ben"), cast.space, **PROTOCOL)


def test_reading_only_begins_with_a_date_of_erasure_by_the_rule_of_staff(cast: Cast) -> None:
    anna = cast.actor("anna")
    with time_machine.travel(date(2026, 12, 1), tick=False):
        actions.go_to(anna, cast.space, "read_only")
        assert Space.objects.get(pk=cast.space.pk).erase_on == date(2027, 6, 1)
        actions.go_to(cast.actor("anna"), cast.space, "open")
        assert Space.objects.get(pk=cast.space.pk).erase_on is None
        RetentionRule.objects.update(days=30)
        actions.go_to(cast.actor("anna"), cast.space, "read_only")
        assert Space.objects.get(pk=cast.space.pk).erase_on == date(2026, 12, 31)

    page = logged_in(cast.ben).get(reverse("groupspace:space", args=[cast.space.pk])).content.decode()
    assert "31 december 2026" in page


def test_the_calendar_ends_a_group_step_by_step(cast: Cast) -> None:
    Space.objects.filter(pk=cast.space.pk).update(ends_on=date(2026, 12, 10))

    def state_on(day: date) -> str:
        with time_machine.travel(day, tick=False):
            actions.keep_to_the_calendar()
        return Space.objects.get(pk=cast.space.pk).state

    assert state_on(date(2026, 12, 10)) == "open"
    assert state_on(date(2026, 12, 11)) == "closing"
    assert state_on(date(2026, 12, 24)) == "closing"
    assert state_on(date(2026, 12, 25)) == "read_only"
    erase_on = Space.objects.get(pk=cast.space.pk).erase_on
    assert erase_on == date(2026, 12, 25) + timedelta(days=182)
    assert state_on(erase_on - timedelta(days=1)) == "read_only"
    assert state_on(erase_on) == "erased"
    assert Space.objects.get(pk=cast.other.pk).state == "open"


def test_rounding_off_without_a_last_day_ends_too_and_says_when(cast: Cast) -> None:
    with time_machine.travel(date(2026, 12, 10), tick=False):
        browser = logged_in(cast.anna, verified=True)
        page = reverse("groupspace:phase", args=[cast.space.pk])
        assert "Vanaf 25 december 2026 kan iedereen alleen nog lezen" in browser.get(page).content.decode()
        answer = browser.post(page, {"naar": "closing"}, follow=True).content.decode()
        assert "Vanaf 25 december 2026 is hij alleen nog te lezen" in answer
        home = logged_in(cast.ben).get(reverse("groupspace:space", args=[cast.space.pk])).content.decode()
        assert "Vanaf 25 december 2026 kun je alleen nog lezen" in home
        space = Space.objects.get(pk=cast.space.pk)
        with pytest.raises(ValidationError, match="Kies een laatste dag"):
            actions.change_space(cast.actor("anna"), space, ends_on=None)
    with time_machine.travel(date(2026, 12, 24), tick=False):
        actions.keep_to_the_calendar()
        assert Space.objects.get(pk=cast.space.pk).state == "closing"
    with time_machine.travel(date(2026, 12, 25), tick=False):
        actions.keep_to_the_calendar()
        assert Space.objects.get(pk=cast.space.pk).state == "read_only"
        actions.go_to(cast.actor("anna"), Space.objects.get(pk=cast.space.pk), "open")
        assert Space.objects.get(pk=cast.space.pk).ends_on is None


@pytest.mark.parametrize(("state", "told"), [("open", False), ("closing", True), ("read_only", True)])
def test_who_may_lose_what_they_wrote_reads_where_to_get_it(cast: Cast, state: str, told: bool) -> None:
    if state != "open":
        actions.go_to(cast.actor("anna"), cast.space, state)
    page = logged_in(cast.ben).get(reverse("groupspace:space", args=[cast.space.pk])).content.decode()
    assert (reverse("groupspace:memory", args=[cast.space.pk]) in page) == told


def test_erasing_leaves_no_word_and_no_member(cast: Cast) -> None:
    words = {"Zandloper", "Kraanvogel", "Beukenhout"}
    browser, late = logged_in(cast.ben), typed_in(logged_in(cast.ben), cast.space, "Waterlelie")
    browser.post(reverse("groupspace:text:draft-save"), late)
    Client().post(reverse("groupspace:gesprekken:topic-create", args=[cast.space.pk]), late)  # the log-in was lost
    assert (Draft.objects.count(), SealedPost.objects.count()) == (1, 1)
    anna, ben = cast.actor("anna"), cast.actor("ben")
    actions.change_space(anna, cast.space, welcome="Zandloper", house_rules="Kraanvogel", about="Beukenhout")
    actions.rename_self(ben, cast.space, display_name="Vlindermus")
    forum.start_topic(ben, cast.space, title="Sneeuwklok", body=from_plain("Lantaarn"))
    actions.write_crisis_protocol(anna, cast.space, **{**PROTOCOL, "contact": "Regenboog"})
    words |= {"Vlindermus", "Sneeuwklok", "Lantaarn", "Regenboog", "Waterlelie"}
    Space.objects.filter(pk=cast.space.pk).update(state="read_only", erase_on=timezone.localdate())

    actions.keep_to_the_calendar()

    tables = [name for name in connection.introspection.table_names() if name.startswith("groupspace")]
    assert len(tables) > 20
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608  our own table names
            held = repr(cursor.fetchall())
            assert not [word for word in words if word in held], table
    answer = browser.post(reverse("groupspace:text:draft-save"), late)  # of a window that still stands open
    assert (answer.status_code, "Je tekst staat nog in dit venster" in answer.json()["message"]) == (403, True)
    assert not Draft.objects.exists()
    assert not SealedPost.objects.exists()
    assert not Membership.objects.filter(space=cast.space).exists()
    assert not SpaceGrant.objects.filter(content_object=cast.space).exists()
    assert not Happening.objects.filter(space=cast.space).exists()
    assert Entry.objects.filter(chain=str(cast.space.pk), event="space.erased").exists()
    for user in (cast.ben, cast.anna):
        assert logged_in(user, verified=True).get(reverse("groupspace:space", args=[cast.space.pk])).status_code == 404
    actions.keep_to_the_calendar()  # a second run finds nothing
    assert Entry.objects.filter(chain=str(cast.space.pk), event="space.erased").count() == 1


@pytest.mark.parametrize("visibility", ["hidden", "public"])
@pytest.mark.parametrize("way", ["leaves", "is removed"])
def test_what_was_not_sent_goes_with_who_wrote_it_and_with_nobody_else(cast: Cast, way: str, visibility: str) -> None:
    Space.objects.filter(pk=cast.space.pk).update(visibility=visibility)
    add_member(cast.other, cast.ben, "Das")
    save = reverse("groupspace:text:draft-save")
    for user, space in [(cast.ben, cast.space), (cast.ben, cast.other), (cast.ellen, cast.space)]:
        browser = logged_in(user)
        typed = typed_in(browser, space, "Waterlelie")
        assert browser.post(save, typed).json()["version"] == 1
        Client().post(reverse("groupspace:gesprekken:topic-create", args=[space.pk]), typed)
    late = typed_in(logged_in(cast.ben), cast.space, "Waterlelie")

    if way == "leaves":
        actions.leave(cast.actor("ben"), cast.space)
    else:
        actions.remove(cast.actor("anna"), cast.members["ben"])
    answer = logged_in(cast.ben).post(save, late)

    kept = {(cast.ben.pk, cast.other.pk), (cast.ellen.pk, cast.space.pk)}
    assert set(Draft.objects.values_list("owner", "place")) == kept
    assert set(SealedPost.objects.values_list("user", "place")) == kept
    assert answer.status_code == 403


def typed_in(browser: Client, space: Space, words: str) -> dict[str, str]:
    """What the window of a new conversation sends."""
    page = browser.get(reverse("groupspace:gesprekken:topic-create", args=[space.pk]))
    fields = BeautifulSoup(page.content, "html.parser").select("main form input[name^='gs-']")
    kept = {str(field["name"]): str(field.get("value", "")) for field in fields}
    return kept | {"title": words, "body": words, "body-format": "plain"}


def test_erasing_leaves_no_name_in_the_history_of_the_cms(cast: Cast) -> None:
    Space.objects.filter(pk=cast.space.pk).update(name="Zandloper", state="read_only", erase_on=timezone.localdate())
    log(instance=Space.objects.get(pk=cast.space.pk), action="wagtail.edit", content_changed=True)
    log(instance=cast.other, action="wagtail.edit", content_changed=True)
    assert ModelLogEntry.objects.filter(label="Zandloper").exists()

    actions.keep_to_the_calendar()

    assert {entry.label for entry in ModelLogEntry.objects.all()} == {"Gewiste groep", str(cast.other)}


def test_a_new_leader_walks_from_opening_to_the_start_by_the_screen(leader: Any, new: Space) -> None:
    browser = logged_in(leader, verified=True)
    phase = reverse("groupspace:phase", args=[new.pk])
    assert "Nog 4 stappen" in browser.get(reverse("groupspace:space", args=[new.pk])).content.decode()
    assert "Start de groep" not in browser.get(phase).content.decode()
    early = browser.post(phase, {"naar": "open"})
    assert (early.status_code, "De groep kan nog niet beginnen" in early.content.decode()) == (422, True)

    protocol = reverse("groupspace:crisis-protocol", args=[new.pk])
    answer = browser.post(protocol, {**stood(browser, protocol), **PROTOCOL})
    assert answer["Location"] == phase
    make_ready(leader, new)
    assert "Start de groep" in browser.get(phase).content.decode()
    answer = browser.post(phase, {"naar": "open"}, follow=True)

    assert "De groep loopt. Iedereen kan nu schrijven." in answer.content.decode()
    assert browser.post(phase, {"naar": "erased"}).status_code == 404


def test_the_protocol_is_read_by_who_moderates_and_written_by_who_facilitates(cast: Cast) -> None:
    actions.write_crisis_protocol(cast.actor("anna"), cast.space, **{**PROTOCOL, "contact": "Achterdeur"})
    url = reverse("groupspace:crisis-protocol", args=[cast.space.pk])

    people = ("anna", "carla", "ellen", "ben", "dora", "frank", "operator")
    browsers = {name: logged_in(getattr(cast, name), verified=name not in {"ben", "dora"}) for name in people}
    pages = {name: browser.get(url) for name, browser in browsers.items()}
    seen = {name: (page.status_code, "Achterdeur" in page.content.decode()) for name, page in pages.items()}
    sent = {name: {**stood(browser, url), **PROTOCOL} for name, browser in browsers.items()}
    wrote = {name: browser.post(url, sent[name]).status_code for name, browser in browsers.items()}

    readers = {"anna", "carla", "ellen"}
    hidden = {"dora", "frank", "operator"}
    assert seen == {n: (200, True) if n in readers else (404 if n in hidden else 403, False) for n in people}
    assert wrote == {n: 302 if n in readers - {"ellen"} else 404 if n in hidden else 403 for n in people}


def test_the_way_to_settings_stands_on_the_home_of_who_may_change_them(cast: Cast) -> None:
    home = reverse("groupspace:space", args=[cast.space.pk])
    ways = [reverse(f"groupspace:{name}", args=[cast.space.pk]) for name in ("space-change", "working", "phase")]
    leader, member = (logged_in(user, verified=True).get(home).content.decode() for user in (cast.anna, cast.ben))
    assert [way in leader for way in ways] == [True] * 3
    assert [way in member for way in ways] == [False] * 3

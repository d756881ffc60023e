"""Renting a space: who may ask, what staff see and decide, what a private tenant gets, and that it ends."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from groupspace import actions, grants, policy, register
from groupspace import actor as actor_module
from groupspace.actions import rules as rules_module
from groupspace.audit.models import Entry
from groupspace.kinds import space_kind
from groupspace.models import Lease, Membership, RetentionRule, Space
from groupspace.permissions import PROFESSIONAL, Permission
from tests.cast import add_member, make_professional, make_user, unverified, verified
from tests.logged_in import logged_in

ASKED = {"tenant": "private", "theme": "Geldzaken", "purpose": "Voor buren die samen willen sparen"}


@pytest.fixture
def staff(db: None) -> Any:
    user = make_user("beheerder")
    user.groups.add(Group.objects.get(name="Beheer"))
    return user


@pytest.fixture
def tenant(db: None) -> Any:
    return make_user("huurder")


@pytest.fixture
def lease(tenant: Any) -> Lease:
    return actions.request_lease(unverified(tenant), accepts_care=True, **ASKED)


def grant(staff: Any, lease: Lease, **fields: Any) -> Lease:
    return register.decide_lease(verified(staff), lease, **{"state": "granted", "answer": "Welkom", **fields})


def test_a_private_person_says_yes_to_the_duty_of_care_first(tenant: Any) -> None:
    with pytest.raises(ValidationError) as refusal:
        actions.request_lease(unverified(tenant), **ASKED)
    assert "accepts_care" in refusal.value.error_dict
    assert not Lease.objects.exists()

    made = actions.request_lease(unverified(tenant), accepts_care=True, **ASKED)
    assert (made.care_version, made.organisation) == (1, None)


def test_only_a_professional_rents_for_an_organisation(tenant: Any) -> None:
    asked = {**ASKED, "tenant": "organisation"}
    with pytest.raises(PermissionDenied):
        actions.request_lease(verified(tenant), accepts_care=True, **asked)
    worker = make_professional()
    with pytest.raises(PermissionDenied):
        actions.request_lease(unverified(worker), **asked)

    assert actions.request_lease(verified(worker), **asked).organisation == worker.groupspace_professional.organisation


def test_asking_twice_gives_the_same_request(tenant: Any, lease: Lease) -> None:
    assert actions.request_lease(unverified(tenant), accepts_care=True, **ASKED) == lease


def test_only_verified_staff_decides_and_only_once(staff: Any, lease: Lease) -> None:
    for actor in (unverified(staff), verified(make_user(is_superuser=False)), verified(make_professional())):
        with pytest.raises(PermissionDenied):
            register.decide_lease(actor, lease, state="granted", answer="Ja")
    with pytest.raises(ValidationError):
        register.decide_lease(verified(staff), lease, state="refused", answer=" ")
    register.decide_lease(verified(staff), lease, state="refused", answer="Nu niet")
    with pytest.raises(ValidationError):
        grant(staff, lease)
    assert Lease.objects.get().state == "refused"
    assert Entry.objects.filter(event="lease.refused").count() == 1


@pytest.mark.parametrize(("is_trial", "days"), [(True, 60), (False, 365)])
def test_a_trial_is_short_and_the_space_ends_with_the_term(staff: Any, tenant: Any, is_trial: bool, days: int) -> None:
    asked = actions.request_lease(unverified(tenant), accepts_care=True, is_trial=is_trial, **ASKED)
    grant(staff, asked)
    space = actions.open_leased_space(
        verified(tenant), asked, display_name="Ik", name="Sparen", summary="Samen sparen", welcome="Hoi"
    )

    assert Lease.objects.get().until == space.ends_on == timezone.localdate() + timedelta(days=days)


def test_a_private_tenant_opens_one_space_without_professional_tools(staff: Any, tenant: Any, lease: Lease) -> None:
    opening = {"display_name": "Ik", "name": "Sparen", "summary": "Samen sparen"}
    with pytest.raises(ValidationError):
        actions.open_leased_space(verified(tenant), lease, **opening)
    grant(staff, lease)
    with pytest.raises(PermissionDenied):
        actions.open_leased_space(unverified(tenant), lease, **opening)
    with pytest.raises(PermissionDenied):
        actions.open_leased_space(verified(make_user()), lease, **opening)
    assert not policy.may_open(verified(tenant)), "a lease opens its own space and no other"

    space = actions.open_leased_space(verified(tenant), lease, **opening)

    assert (space.kind, space.organisation, space.state) == ("private", None, "recruiting")
    assert space.space_kind.professional_tools is False
    permissions = verified(tenant).permissions_in(space.pk)
    assert Permission.CHANGE_SPACE in permissions
    assert Permission.SEE_SUBMISSIONS not in permissions
    with pytest.raises(ValidationError):
        actions.open_leased_space(verified(tenant), lease, **opening)
    assert Space.objects.count() == 1


def test_a_term_that_is_over_opens_nothing(staff: Any, tenant: Any, lease: Lease) -> None:
    grant(staff, lease)
    Lease.objects.update(until=timezone.localdate() - timedelta(days=1))
    with pytest.raises(ValidationError):
        actions.open_leased_space(verified(tenant), lease, display_name="Ik", name="Sparen", summary="Samen")
    actions.end_leases()
    assert Lease.objects.get().state == "ended"


OPENING = {"display_name": "Ik", "name": "Sparen", "summary": "Samen sparen", "welcome": "Hoi", "house_rules": "Aardig"}


def opened(staff: Any, tenant: Any, lease: Lease) -> Space:
    """A rented space that runs until thirty days from now."""
    grant(staff, lease, until=timezone.localdate() + timedelta(days=30))
    space = actions.open_leased_space(verified(tenant), lease, **OPENING)
    Space.objects.filter(pk=space.pk).update(state="open")
    space.refresh_from_db()
    return space


def test_page_says_until_when_it_is_rented(staff: Any, tenant: Any, lease: Lease) -> None:
    space = opened(staff, tenant, lease)
    page = logged_in(tenant, verified=True).get(reverse("groupspace:working", args=[space.pk])).content.decode()

    assert f"Deze ruimte is gehuurd tot en met {date_format(space.ends_on, 'j F Y')}." in page
    assert "Leeg: de groep loopt door." not in page


def test_the_term_binds_who_leads(staff: Any, tenant: Any, lease: Lease) -> None:
    space = opened(staff, tenant, lease)
    last = space.ends_on
    for day in (None, last + timedelta(days=1)):
        with pytest.raises(ValidationError) as refusal:
            actions.change_space(verified(tenant), Space.objects.get(), ends_on=day)
        assert "ends_on" in refusal.value.error_dict
    actions.change_space(verified(tenant), Space.objects.get(), ends_on=last - timedelta(days=5))
    assert Space.objects.get().ends_on == last - timedelta(days=5)

    page = logged_in(tenant, verified=True).post(
        reverse("groupspace:working", args=[space.pk]), {"steering": "3", "ends_on": ""}
    )
    assert page.status_code == 422
    assert "Deze ruimte is gehuurd tot en met" in page.content.decode()


@pytest.mark.parametrize("state", ["closing", "read_only", "recruiting"])
def test_after_the_term_a_group_does_not_go_on(staff: Any, tenant: Any, lease: Lease, state: str) -> None:
    opened(staff, tenant, lease)
    over = timezone.localdate() - timedelta(days=1)
    Space.objects.update(state=state, ends_on=over)
    Lease.objects.update(until=over)
    with pytest.raises(ValidationError, match="De huur liep tot en met"):
        actions.go_to(verified(tenant), Space.objects.get(), "open")
    assert Space.objects.get().state == state


def test_going_on_within_the_term_ends_with_it(staff: Any, tenant: Any, lease: Lease) -> None:
    last = opened(staff, tenant, lease).ends_on
    Space.objects.update(state="closing", ends_on=timezone.localdate(), started_at=timezone.now())
    actions.go_to(verified(tenant), Space.objects.get(), "open")
    assert Space.objects.get().ends_on == last


def test_a_rented_group_that_never_began_is_read_only_after_the_term(staff: Any, tenant: Any, lease: Lease) -> None:
    opened(staff, tenant, lease)
    Space.objects.update(state="recruiting")
    actions.keep_to_the_calendar()
    assert Space.objects.get().state == "recruiting"
    Lease.objects.update(until=timezone.localdate() - timedelta(days=1))
    actions.keep_to_the_calendar()
    space = Space.objects.get()
    assert (space.state, bool(space.erase_on)) == ("read_only", True)


def test_staff_prolong_the_same_group_before_the_end(staff: Any, tenant: Any, lease: Lease) -> None:
    Lease.objects.update(is_trial=True)
    space = opened(staff, tenant, lease)
    actions.ask_for_longer(unverified(tenant), Lease.objects.get())
    asked = Lease.objects.get().longer_asked_at
    actions.ask_for_longer(unverified(tenant), Lease.objects.get())
    assert Lease.objects.get().longer_asked_at == asked is not None
    later = space.ends_on + timedelta(days=100)
    for actor in (unverified(staff), verified(tenant), verified(make_professional())):
        with pytest.raises(PermissionDenied):
            register.prolong_lease(actor, lease, until=later, answer="Ja")
    with pytest.raises(ValidationError):
        register.prolong_lease(verified(staff), lease, until=later, answer=" ")
    with pytest.raises(ValidationError):
        register.prolong_lease(verified(staff), lease, until=space.ends_on - timedelta(days=1), answer="Ja")

    register.prolong_lease(verified(staff), lease, until=later, answer="Graag")

    now = Lease.objects.get()
    assert (now.until, now.is_trial, now.longer_asked_at, now.answer) == (later, False, None, "Graag")
    assert Space.objects.get().ends_on == later
    assert Space.objects.count() == 1
    assert Entry.objects.filter(event="lease.prolonged").count() == 1


def test_a_no_changes_only_the_answer(staff: Any, tenant: Any, lease: Lease) -> None:
    last = opened(staff, tenant, lease).ends_on
    actions.ask_for_longer(unverified(tenant), Lease.objects.get())
    register.prolong_lease(verified(staff), lease, until=last, answer="Nu niet")
    now = Lease.objects.get()
    assert (now.until, now.longer_asked_at, now.answer) == (last, None, "Nu niet")
    assert not Entry.objects.filter(event="lease.prolonged").exists()


def test_an_ended_lease_is_prolonged_as_long_as_the_group_is_there(staff: Any, tenant: Any, lease: Lease) -> None:
    opened(staff, tenant, lease)
    over = timezone.localdate() - timedelta(days=40)
    Lease.objects.update(until=over)
    Space.objects.update(ends_on=over, state="closing", started_at=timezone.now())
    actions.end_leases()
    actions.keep_to_the_calendar()
    assert (Lease.objects.get().state, Space.objects.get().state) == ("ended", "read_only")

    register.prolong_lease(verified(staff), lease, answer="Een jaar erbij")
    until = timezone.localdate() + timedelta(days=365)
    assert (Lease.objects.get().state, Lease.objects.get().until) == ("granted", until)
    assert Space.objects.get().state == "read_only", "who leads decides to go on"
    actions.go_to(verified(tenant), Space.objects.get(), "open")
    space = Space.objects.get()
    assert (space.state, space.ends_on, space.erase_on) == ("open", until, None)

    Space.objects.update(state="erased")
    with pytest.raises(ValidationError):
        register.prolong_lease(verified(staff), lease, answer="Ja", until=until + timedelta(days=1))


def test_a_last_day_of_their_own_stays(staff: Any, tenant: Any, lease: Lease) -> None:
    last = opened(staff, tenant, lease).ends_on
    early = last - timedelta(days=10)
    actions.change_space(verified(tenant), Space.objects.get(), ends_on=early)
    register.prolong_lease(verified(staff), lease, answer="Ja", until=last + timedelta(days=1))
    assert Space.objects.get().ends_on == early


def test_who_was_let_go_opens_nothing_and_asks_nothing_for_the_organisation(staff: Any) -> None:
    worker = make_professional()
    asked = actions.request_lease(verified(worker), **{**ASKED, "tenant": "organisation"})
    grant(staff, asked)
    vouched = worker.groupspace_professional
    register.change_professional(
        verified(staff), vouched, until=timezone.localdate() - timedelta(days=1), is_coordinator=False
    )
    with pytest.raises(PermissionDenied, match="professional is van de organisatie"):
        actions.open_leased_space(verified(worker), asked, **OPENING)
    assert not Space.objects.exists()

    register.change_professional(verified(staff), vouched, until=None, is_coordinator=False)
    assert actions.open_leased_space(verified(worker), asked, **OPENING).organisation == vouched.organisation
    register.change_professional(
        verified(staff), vouched, until=timezone.localdate() - timedelta(days=1), is_coordinator=False
    )
    with pytest.raises(PermissionDenied):
        actions.ask_for_longer(verified(worker), asked)
    assert Lease.objects.get().longer_asked_at is None


def test_the_page_never_names_a_group_that_one_is_not_in(staff: Any, tenant: Any, lease: Lease) -> None:
    space = opened(staff, tenant, lease)
    page, browser = reverse("groupspace:lease"), logged_in(tenant, verified=True)
    assert "Sparen" in browser.get(page).content.decode()
    space.memberships.update(state="removed")
    space.grants.all().delete()
    Space.objects.update(name="Zandloper")

    text = browser.get(page).content.decode()

    assert "Geldzaken" in text
    assert "Zandloper" not in text
    assert str(space.pk) not in text
    assert browser.post(reverse("groupspace:lease-longer", args=[lease.pk])).status_code == 403
    assert Lease.objects.get().longer_asked_at is None


def test_asking_for_longer_and_the_answer_by_the_screen(staff: Any, tenant: Any, lease: Lease) -> None:
    space = opened(staff, tenant, lease)
    page, browser = reverse("groupspace:lease"), logged_in(tenant, verified=True)
    assert "Vraag of je langer kunt huren" in browser.get(page).content.decode()
    answer = browser.post(reverse("groupspace:lease-longer", args=[lease.pk]), follow=True).content.decode()
    assert "of je langer kunt huren. Het antwoord lees je hier." in answer

    office, edit = logged_in(staff, verified=True), f"/cms/register/huur/edit/{lease.pk}/"
    listed = office.get("/cms/register/huur/?langer=ja").content.decode()
    assert "vraagt om langer" in listed
    assert "of de huur langer kan duren" in office.get(edit).content.decode()
    later = space.ends_on + timedelta(days=60)
    office.post(edit, {"state": "refused", "answer": "Met plezier", "until": later.isoformat()})

    assert (Lease.objects.get().state, Lease.objects.get().until) == ("granted", later)
    assert "Met plezier" in browser.get(page).content.decode()
    Space.objects.update(state="erased")
    assert office.get(edit).status_code in {302, 403}


def led_by(leader: Any, kind: str, care: int = 1) -> Space:
    space = Space.objects.create(kind=kind, name="Ruimte", summary="Kort")
    role = space.space_kind.founder_role.code
    made = Membership.objects.create(space=space, user=leader, role=role, display_name="Leider", care_version=care)
    grants.sync(made)
    return space


@pytest.mark.parametrize("kind", ["private", "forum", "group"])
def test_tools_of_professionals_are_given_by_hand_only_where_there_are(db: None, kind: str) -> None:
    leader, user = make_user(), make_user()
    space = led_by(leader, kind)
    member = add_member(space, user, "Beer")
    form = logged_in(leader, verified=True).get(reverse("groupspace:member-permissions", args=[space.pk, member.pk]))
    assert form.status_code == 200
    with_tools = kind == "group"
    assert ("ingeleverd werk" in form.content.decode().casefold()) == with_tools

    def give() -> None:
        actions.set_exceptions(verified(leader), member, {Permission.SEE_SUBMISSIONS: True})

    if with_tools:
        give()
    else:
        with pytest.raises(ValidationError):
            give()
        member.exceptions.create(permission=Permission.SEE_SUBMISSIONS, granted=True)  # from before this rule
        grants.sync(member)
    assert (Permission.SEE_SUBMISSIONS in verified(user).permissions_in(space.pk)) == with_tools


def test_a_private_group_has_the_roles_of_a_group_without_the_tools(db: None) -> None:
    private, group = space_kind("private"), space_kind("group")
    assert set(private.roles) == set(group.roles)
    assert not any(Permission.SEE_SUBMISSIONS in role.permissions for role in private.roles.values())


@pytest.mark.parametrize("way", ["hand over", "role", "co-facilitator", "invitation"])
def test_who_comes_to_lead_says_yes_to_the_duty_of_care_first(db: None, way: str) -> None:
    leader, user = make_user(), make_user()
    space = led_by(leader, "private")
    if way == "invitation":
        member = add_member(space, user, "Beer", role="facilitator")
    else:
        member = add_member(space, user, "Beer")
    if way == "hand over":
        actions.hand_over(verified(leader), member, step_back_to="participant")
    elif way != "invitation":
        role = "facilitator" if way == "role" else "co_facilitator"
        actions.set_role(verified(leader), member, role=role)

    before = verified(user)
    assert before.permissions_in(space.pk).isdisjoint(PROFESSIONAL)
    assert policy.can(before, "view", space)
    assert policy.can(before, "manage_members", space).agree
    browser = logged_in(user, verified=True)
    asked = browser.get(reverse("groupspace:requests", args=[space.pk]))
    rules = reverse("groupspace:rules", args=[space.pk])
    assert asked.status_code == 302
    assert asked["Location"].startswith(rules)
    assert "Je kijkt elke dag" in browser.get(rules).content.decode()
    assert "Je begeleidt deze groep" in browser.get(reverse("groupspace:space", args=[space.pk])).content.decode()
    assert browser.post(rules, {"care_version": "1"}).status_code == 422
    assert Membership.objects.get(pk=member.pk).care_version == 0
    assert browser.post(rules, {"care_version": "1", "accepts_care": "on"}).status_code == 302

    assert Permission.MANAGE_MEMBERS in verified(user).permissions_in(space.pk)
    assert Entry.objects.filter(chain=str(space.pk), event="member.accepted_care").count() == 1
    assert browser.get(reverse("groupspace:requests", args=[space.pk])).status_code == 200


def test_an_older_yes_and_a_yes_to_a_page_of_before_do_not_count(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    leader = make_user()
    space = led_by(leader, "private")
    assert Permission.CHANGE_SPACE in verified(leader).permissions_in(space.pk)
    for module in (actor_module, rules_module):
        monkeypatch.setattr(module, "CARE_VERSION", 2)
    assert verified(leader).permissions_in(space.pk).isdisjoint(PROFESSIONAL)
    actions.accept_care(verified(leader), space, version=1)
    assert verified(leader).spaces[space.pk].must_care
    actions.accept_care(verified(leader), space, version=99)
    assert not verified(leader).spaces[space.pk].must_care
    assert Membership.objects.get(user=leader).care_version == 2


@pytest.mark.parametrize(
    ("kind", "role"), [("private", "organiser"), ("private", "participant"), ("group", "facilitator")]
)
def test_who_does_not_lead_or_is_a_professional_is_not_asked(db: None, kind: str, role: str) -> None:
    leader, user = make_user(), make_user()
    space = led_by(leader, kind)
    add_member(space, user, "Beer", role=role)
    assert not verified(user).spaces[space.pk].must_care


def test_the_tenant_is_not_asked_twice(staff: Any, tenant: Any, lease: Lease) -> None:
    space = opened(staff, tenant, lease)
    assert not verified(tenant).spaces[space.pk].must_care
    assert Membership.objects.get().care_version == 1


def test_somebody_elses_lease_is_not_there(tenant: Any, lease: Lease) -> None:
    other = logged_in(make_user(), verified=True)
    for name, method in (
        ("lease-withdraw", "post"),
        ("lease-longer", "post"),
        ("lease-open", "get"),
        ("lease-open", "post"),
    ):
        assert getattr(other, method)(reverse(f"groupspace:{name}", args=[lease.pk])).status_code == 404
    assert "Geldzaken" not in other.get(reverse("groupspace:lease")).content.decode()
    assert "Geldzaken" in logged_in(tenant).get(reverse("groupspace:lease")).content.decode()


def test_from_asking_to_the_open_space_by_the_screen(staff: Any, tenant: Any) -> None:
    browser, page = logged_in(tenant, verified=True), reverse("groupspace:lease")
    assert browser.post(page, ASKED).status_code == 422
    answer = browser.post(page, {**ASKED, "accepts_care": "on"}, follow=True)
    assert "Je aanvraag is verstuurd" in answer.content.decode()
    asked = Lease.objects.get()

    office = logged_in(staff, verified=True)
    listed = office.get("/cms/register/huur/").content.decode()
    assert "Geldzaken" in listed
    assert "huurder" not in listed
    screen = office.get(f"/cms/register/huur/edit/{asked.pk}/").content.decode()
    assert "Voor buren die samen willen sparen" in screen
    assert "huurder" not in screen
    office.post(f"/cms/register/huur/edit/{asked.pk}/", {"state": "granted", "answer": "Veel plezier", "until": ""})

    assert "Veel plezier" in browser.get(page).content.decode()
    opened = browser.post(
        reverse("groupspace:lease-open", args=[asked.pk]),
        {
            "display_name": "Buurvrouw",
            "name": "Sparen",
            "summary": "Samen sparen",
            "visibility": "hidden",
            "join_policy": "invitation",
            "steering": "3",
        },
    )
    space = Space.objects.get()
    assert opened["Location"] == reverse("groupspace:phase", args=[space.pk])


def test_staff_change_how_long_a_closed_group_is_kept(staff: Any) -> None:
    rule = RetentionRule.objects.get()
    register.change_retention(verified(staff), rule, days=90, ground="korter kan")
    assert RetentionRule.objects.get().days == 90
    with pytest.raises(PermissionDenied):
        register.change_retention(verified(make_professional()), rule, days=1)
    assert Entry.objects.filter(event="retention.changed").count() == 1


def test_practice_is_gone_after_two_weeks(db: None) -> None:
    leader = make_professional()
    organisation = leader.groupspace_professional.organisation
    space = actions.create_space(
        verified(leader),
        organisation=organisation,
        display_name="Trainer",
        name="Oefenen",
        summary="Kort",
        kind="practice",
    )
    assert space.erase_on == timezone.localdate() + timedelta(days=14)
    page = logged_in(leader, verified=True).get(reverse("groupspace:space", args=[space.pk])).content.decode()
    assert "wordt alles gewist" in page
    Space.objects.update(erase_on=timezone.localdate())
    actions.keep_to_the_calendar()
    assert Space.objects.get().state == "erased"


def test_staff_read_the_list_in_dutch_under_the_theme(staff: Any, lease: Lease) -> None:
    office = logged_in(staff, verified=True)
    heads = BeautifulSoup(office.get("/cms/register/huur/").content, "html.parser").select("thead th")
    words = [" ".join(head.get_text().split()) for head in heads]
    assert "Organisatie" in words
    assert "Gevraagd op" in words
    assert "Asked at" not in words
    page = BeautifulSoup(office.get(f"/cms/register/huur/edit/{lease.pk}/").content, "html.parser")
    assert any("Geldzaken" in heading.get_text() for heading in page.select("main :is(h1, h2)"))
    assert str(lease.pk) not in page.get_text()


def test_a_private_tenant_is_offered_no_treatment(staff: Any, tenant: Any, lease: Lease) -> None:
    grant(staff, lease)
    browser = logged_in(tenant, verified=True)
    opening = browser.get(reverse("groupspace:lease-open", args=[lease.pk])).content.decode()
    opened = {"display_name": "Ik", "name": "Sparen", "summary": "Samen sparen", "welcome": "Hoi"}
    space = actions.open_leased_space(verified(tenant), lease, **opened)
    settings = browser.get(reverse("groupspace:space-change", args=[space.pk])).content.decode()

    for page in (opening, settings):
        assert "als de ouders het goed vinden" in page
        assert "behandeling" not in page
        assert "dossier" not in page

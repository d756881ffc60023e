"""The register in the CMS: staff see who is responsible, and never who is in a group or what is said there."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import ModelLogEntry

from groupspace import actions, register
from groupspace.actions import professionals
from groupspace.audit.models import Entry
from groupspace.kinds import all_kinds
from groupspace.models import Organisation, Professional, ProfessionalInvitation, Space
from home.staff import BEHEER, REDACTIE, ensure_staff_groups
from tests.cast import make_professional, make_space, make_user, unverified, verified
from tests.logged_in import logged_in
from tests.stood import stood

REGISTER = "/cms/register/"
LISTS = ("organisaties/", "ruimtes/", "professionals/", "codes/")
CANARY = "Kanariepiet"


@pytest.fixture
def space(cast):
    """The group of the cast with a canary in every private field, and one item of every kind."""
    actions.rename_self(cast.actor("ben"), cast.space, display_name=f"{CANARY}ben")
    actions.change_space(
        cast.actor("anna"), cast.space, welcome=f"{CANARY}welkom", questions=[f"{CANARY}vraag"], visibility="listed"
    )
    actions.request_to_join(
        cast.actor("dora"), cast.space, display_name=f"{CANARY}dora", answers=[("Waarom?", f"{CANARY}antwoord")]
    )
    actions.invite(cast.actor("anna"), cast.space, role="participant", label=f"{CANARY}uitnodiging")
    for kind in all_kinds():
        kind.make_example(cast.members["ben"], f"{CANARY}{kind.slug}")
    return cast.space


@pytest.fixture
def staff(db):
    """`staff(BEHEER)`: a browser of someone on staff, with the second step done."""
    ensure_staff_groups()

    def log_in(group="", **extra):
        user = make_user(**extra)
        if group:
            user.groups.add(Group.objects.get(name=group))
        return logged_in(user, verified=True)

    return log_in


def pages_of(space):
    """Every page of the register that shows this group or those behind it."""
    professional = Professional.objects.filter(organisation=space.organisation).first()
    yield from (REGISTER + path for path in LISTS)
    yield f"{REGISTER}ruimtes/edit/{space.pk}/"
    yield f"{REGISTER}ruimtes/history/{space.pk}/"
    yield f"{REGISTER}organisaties/edit/{space.organisation_id}/"
    yield f"{REGISTER}organisaties/history/{space.organisation_id}/"
    yield f"{REGISTER}organisaties/create/"
    yield f"{REGISTER}professionals/edit/{professional.pk}/"
    yield f"{REGISTER}professionals/history/{professional.pk}/"
    yield f"{REGISTER}codes/create/"


@pytest.mark.canary
@pytest.mark.parametrize("operator", [False, True])
def test_no_page_shows_a_person_or_a_private_word(cast, space, staff, operator):
    browser = staff(is_superuser=True) if operator else staff(BEHEER)
    register.invite_professional(verified(make_user(is_superuser=True)), space.organisation)
    _change(browser, f"{REGISTER}ruimtes/edit/{space.pk}/", _public(space, theme="rust"))
    seen = 0

    for path in (*pages_of(space), f"{REGISTER}ruimtes/?q={CANARY}", f"{REGISTER}ruimtes/?q=Rust", "/cms/"):
        response = browser.get(path)
        # What was asked stands in the search box and in the addresses of the filters.
        text = response.content.decode().replace(f'value="{CANARY}"', "").replace(f"q={CANARY}", "")
        assert response.status_code == 200, path
        assert CANARY not in text, path
        for person in (cast.anna, cast.ben, cast.carla, cast.dora):
            assert f">{person.username}<" not in text, path
        for membership in cast.members.values():
            assert f">{membership.display_name}<" not in text, path
            assert str(membership.pk) not in text, path
        seen += text.count(space.name)

    assert seen  # the pages do show the group itself


def test_register_shows_counts_of_members_and_of_every_kind(space, staff):
    page = BeautifulSoup(staff(BEHEER).get(f"{REGISTER}ruimtes/").content, "html.parser")
    row = page.select_one(f'tr[data-object-pk="{space.pk}"]')
    cells = [cell.get_text(" ", strip=True) for cell in row.select("td")]

    assert "4" in cells
    assert ", ".join(f"1 {kind.label_plural}" for kind in all_kinds()) in cells


def test_register_asks_the_same_number_of_questions_for_one_and_for_twenty_spaces(
    cast, staff, django_assert_num_queries
):
    browser = staff(BEHEER)
    browser.get(f"{REGISTER}ruimtes/")

    with CaptureQueriesContext(connection) as few:
        browser.get(f"{REGISTER}ruimtes/")
    for _number in range(20):
        make_space(cast.anna)

    with django_assert_num_queries(len(few)):
        browser.get(f"{REGISTER}ruimtes/")


@pytest.mark.parametrize(
    "question",
    [
        "memberships__display_name__startswith=B",
        "memberships__user__username=ben",
        "grants__user__username=ben",
        "welcome__contains=a",
        "join_requests__answers__contains=x",
        "organisation__professionals__user__username=anna",
        "state__exact=open&memberships__user=1",
        "organisation__id__exact=geen-uuid",
        "nonsense=1",
    ],
)
def test_address_cannot_ask_about_people(cast, staff, question):
    response = staff(BEHEER).get(f"{REGISTER}ruimtes/?{question}")

    assert response.status_code == 302
    assert response.url == f"{REGISTER}ruimtes/"


def test_filter_and_search_work(cast, staff):
    browser = staff(BEHEER)
    other = Space.objects.get(name="Een andere groep")

    found = browser.get(f"{REGISTER}ruimtes/?q=andere").content.decode()
    closed = browser.get(f"{REGISTER}ruimtes/?state__exact=closed").content.decode()
    by_organisation = browser.get(
        f"{REGISTER}ruimtes/?organisation__id__exact={other.organisation_id}"
    ).content.decode()

    assert other.name in found
    assert cast.space.name not in found
    assert other.name not in closed
    assert other.name in by_organisation
    assert cast.space.name not in by_organisation


def test_filter_shows_where_it_is_silent(cast, staff):
    browser = staff(BEHEER)
    Space.objects.filter(pk=cast.space.pk).update(counted_at=timezone.now() - timedelta(days=8))
    other = Space.objects.get(name="Een andere groep")

    def names(chosen):
        page = browser.get(f"{REGISTER}ruimtes/?stil={chosen}").content.decode()
        return [space.name for space in (cast.space, other) if space.name in page]

    assert names("ja") == [cast.space.name]
    assert names("nee") == [other.name]
    assert names("onzin") == [cast.space.name, other.name]
    assert ", stil" in browser.get(f"{REGISTER}ruimtes/?stil=ja").content.decode()


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_lists_cannot_be_exported(cast, staff, path, form):
    Organisation.objects.create(name='=HYPERLINK("http://x")')

    response = staff(BEHEER).get(f"{REGISTER}{path}?export={form}")

    assert response["Content-Type"].startswith("text/html")


@pytest.mark.parametrize(
    "path", ["ruimtes/edit/geen-uuid/", "organisaties/history/1/", "ruimtes/?q=%00", "ruimtes/?p=x"]
)
def test_nonsense_in_an_address_is_no_error(cast, staff, path):
    assert staff(BEHEER).get(REGISTER + path).status_code in {200, 404}


@pytest.mark.parametrize("path", ["ruimtes/create/", "ruimtes/delete/{pk}/", "ruimtes/inspect/{pk}/"])
def test_spaces_are_not_made_or_deleted_here(cast, staff, path):
    response = staff(is_superuser=True).get(REGISTER + path.format(pk=cast.space.pk))

    assert response.status_code == 404


@pytest.mark.parametrize("who", [REDACTIE, "", "client"])
def test_staff_without_the_permission_get_nothing(cast, staff, space, who):
    browser = logged_in(cast.ben) if who == "client" else staff(who)
    data = _public(space, name="Gekaapt")

    answers = [browser.get(path) for path in pages_of(space)]
    answers.append(browser.post(f"{REGISTER}ruimtes/edit/{space.pk}/", data))
    answers.append(browser.post(f"{REGISTER}organisaties/create/", {"name": "Nep", "is_active": "on"}))
    answers.append(browser.post(f"{REGISTER}codes/create/", {"organisation": str(space.organisation_id)}))

    assert {answer.status_code for answer in answers} <= {302, 404}
    assert not any(space.name in answer.content.decode() for answer in answers)
    assert not Space.objects.filter(name="Gekaapt").exists()
    assert not Organisation.objects.filter(name="Nep").exists()
    assert not ProfessionalInvitation.objects.exists()


def test_staff_change_only_what_everyone_reads(cast, space, staff):
    browser = staff(BEHEER)
    extra = {"welcome": "Gekaapt", "visibility": "hidden", "join_policy": "open", "kind": "intervision", "capacity": 1}

    response = _change(browser, f"{REGISTER}ruimtes/edit/{space.pk}/", _public(space, name="Nieuwe naam", **extra))

    changed = Space.objects.get(pk=space.pk)
    assert response.status_code == 302
    assert changed.name == "Nieuwe naam"
    assert changed.welcome == f"{CANARY}welkom"
    assert (changed.visibility, changed.join_policy, changed.kind, changed.capacity) == (
        "listed",
        "request",
        "group",
        None,
    )


def test_change_of_a_space_stands_in_its_log(cast, staff):
    browser = staff(BEHEER)

    _change(browser, f"{REGISTER}ruimtes/edit/{cast.space.pk}/", _public(cast.space, state="closed"))

    entry = Entry.objects.filter(chain=str(cast.space.pk)).latest("number")
    assert (entry.event, entry.authorisation) == ("space.changed", "register_spaces")
    assert entry.actor == f"user:{browser.session['_auth_user_id']}"


def test_staff_stop_a_space_and_bring_back_the_state_it_had(cast, staff):
    browser, path = staff(BEHEER), f"{REGISTER}ruimtes/edit/{cast.space.pk}/"
    for before, erase_on in (("recruiting", None), ("closing", None), ("read_only", date(2030, 6, 1)), ("open", None)):
        Space.objects.filter(pk=cast.space.pk).update(state=before, erase_on=erase_on, ends_on=None)
        for state in ("closed", before):
            _change(browser, path, _public(cast.space, state=state))
            space = Space.objects.get(pk=cast.space.pk)
            assert (space.state, space.erase_on) == (state, erase_on)
        assert space.stopped_from == ""
    assert (
        Entry.objects.filter(event="space.stopped").count() == Entry.objects.filter(event="space.goes_on").count() == 4
    )


@pytest.mark.parametrize("before", ["recruiting", "open", "closing", "read_only", "closed", "erased"])
def test_staff_choose_no_other_state(cast, staff, before):
    browser, path = staff(BEHEER), f"{REGISTER}ruimtes/edit/{cast.space.pk}/"
    stopped = {"stopped_from": "open"} if before == "closed" else {}
    Space.objects.filter(pk=cast.space.pk).update(state=before, **stopped)
    theirs = {before, "closed"} | set(stopped.values()) if before != "erased" else {"erased"}
    user = make_user("nog-een-beheerder")
    user.groups.add(Group.objects.get(name=BEHEER))
    for state in set(Space.State.values) - theirs:
        assert _change(browser, path, _public(cast.space, name="Anders", state=state)).status_code == 200
        with pytest.raises(ValidationError):
            register.change_space(verified(user), Space.objects.get(pk=cast.space.pk), state=state)
    space = Space.objects.get(pk=cast.space.pk)
    assert (space.state, space.name, space.erase_on) == (before, cast.space.name, None)


def test_what_was_stopped_from_an_unknown_state_is_only_read_and_has_a_day_of_erasure(cast, staff):
    Space.objects.filter(pk=cast.space.pk).update(state="closed")
    _change(staff(BEHEER), f"{REGISTER}ruimtes/edit/{cast.space.pk}/", _public(cast.space, state="read_only"))
    space = Space.objects.get(pk=cast.space.pk)
    assert (space.state, space.erase_on is not None) == ("read_only", True)


def test_staff_do_not_write_back_what_a_facilitator_changed_meanwhile(cast, staff):
    browser, path = staff(BEHEER), f"{REGISTER}ruimtes/edit/{cast.space.pk}/"
    opened = BeautifulSoup(browser.get(path).content, "html.parser")
    window = {**_public(cast.space), "stood": opened.select_one("[name=stood]")["value"]}
    actions.change_space(cast.actor("anna"), cast.space, about="Van de begeleider.")

    refused = browser.post(path, {**window, "state": "closed"})

    assert "Nu staat hier: Van de begeleider." in refused.content.decode()
    space = Space.objects.get(pk=cast.space.pk)
    assert (space.about, space.state) == ("Van de begeleider.", "open")
    mark = BeautifulSoup(refused.content, "html.parser").select_one("[name=stood]")["value"]
    browser.post(path, {**window, "stood": mark, "about": "Van de begeleider.", "state": "closed"})
    space.refresh_from_db()
    assert (space.about, space.state) == ("Van de begeleider.", "closed")


def test_wrong_input_is_explained_and_kept(cast, staff):
    response = _change(staff(BEHEER), f"{REGISTER}ruimtes/edit/{cast.space.pk}/", _public(cast.space, name=""))

    assert response.status_code == 200
    assert "Niet bewaard" in response.content.decode()
    assert Space.objects.get(pk=cast.space.pk).name == cast.space.name


def test_wagtail_log_holds_no_person(cast, space, staff):
    browser = staff(BEHEER)
    professional = Professional.objects.get(user=cast.frank)
    _change(browser, f"{REGISTER}ruimtes/edit/{space.pk}/", _public(space, theme="rust"))
    browser.post(f"{REGISTER}professionals/edit/{professional.pk}/", {"until": "2030-01-01"})
    browser.post(f"{REGISTER}codes/create/", {"organisation": str(space.organisation_id)})

    rows = [f"{entry.label} {entry.data}" for entry in ModelLogEntry.objects.all()]

    assert len(rows) == 3
    for name in ("anna", "ben", "carla", "frank", CANARY, *(m.display_name for m in cast.members.values())):
        assert not any(name in row for row in rows), (name, rows)


def test_history_of_the_site_tells_redactie_nothing_of_groups(cast, staff):
    _change(staff(BEHEER), f"{REGISTER}ruimtes/edit/{cast.space.pk}/", _public(cast.space, theme="rust"))
    path = "/cms/reports/site-history/"

    assert cast.space.name in staff(is_superuser=True).get(path).content.decode()
    assert cast.space.name not in staff(REDACTIE).get(path).content.decode()


def test_permissions_of_members_cannot_be_given_to_staff_groups(cast, staff):
    text = staff(is_superuser=True).get("/cms/groups/new/").content.decode()

    assert "meelezen" not in text
    assert "leden toelaten" not in text


class TestOrganisations:
    def test_can_be_made_changed_and_switched_off(self, cast, staff):
        browser = staff(BEHEER)
        browser.post(f"{REGISTER}organisaties/create/", {"name": "De Brug", "is_active": "on", "website": ""})
        organisation = Organisation.objects.get(name="De Brug")

        browser.post(f"{REGISTER}organisaties/edit/{organisation.pk}/", {"name": "De Brug", "summary": "Kort"})

        organisation.refresh_from_db()
        assert (organisation.is_active, organisation.summary) == (False, "Kort")
        assert list(Entry.objects.filter(chain="site").order_by("number").values_list("event", flat=True)) == [
            "organisation.created",
            "organisation.changed",
        ]

    def test_name_is_used_once(self, cast, staff):
        response = staff(BEHEER).post(f"{REGISTER}organisaties/create/", {"name": cast.space.organisation.name})

        assert response.status_code == 200
        assert Organisation.objects.filter(name=cast.space.organisation.name).count() == 1

    def test_switched_off_vouches_for_nobody(self, cast, staff):
        organisation = cast.anna.groupspace_professional.organisation
        assert cast.actor("anna").is_professional

        staff(BEHEER).post(f"{REGISTER}organisaties/edit/{organisation.pk}/", {"name": organisation.name})

        assert not cast.actor("anna").is_professional


class TestProfessionals:
    @pytest.fixture
    def code(self, cast, staff):
        response = staff(BEHEER).post(f"{REGISTER}codes/create/", {"organisation": str(cast.space.organisation_id)})
        assert "no-store" in response["Cache-Control"]
        return BeautifulSoup(response.content, "html.parser").find("output").text

    def test_code_makes_a_professional_after_the_second_step(self, cast, code):
        user = make_user()
        first = logged_in(user)
        assert first.post("/groep/professional/", {"code": code}).url == "/groep/professional/aannemen/"
        assert first.get("/groep/professional/aannemen/").url.startswith("/account/twee-stappen/?next=")
        assert first.post("/groep/professional/aannemen/").status_code == 302
        assert not Professional.objects.filter(user=user).exists()

        second = logged_in(user, verified=True)
        second.post("/groep/professional/", {"code": code.lower().replace("-", " ")})
        assert "Word professional van" in second.get("/groep/professional/aannemen/").content.decode()
        second.post("/groep/professional/aannemen/")

        assert Professional.objects.get(user=user).organisation == cast.space.organisation
        assert verified(user).is_professional
        assert not unverified(user).is_professional

    def test_code_is_kept_only_as_a_hash_and_works_once(self, cast, code):
        invitation = professionals.find_invitation(code)
        first, second = verified(make_user()), verified(make_user())
        assert code.replace("-", "") not in str(list(ProfessionalInvitation.objects.values()))

        professionals.redeem(first, invitation)

        assert professionals.find_invitation(code) is None
        with pytest.raises(ValidationError, match="al gebruikt"):
            professionals.redeem(second, invitation)
        assert not Professional.objects.filter(user_id=second.user_id).exists()

    def test_code_ends_after_three_days(self, cast, code):
        with time_machine.travel(timezone.now() + timedelta(hours=72, minutes=1), tick=False):
            assert professionals.find_invitation(code) is None

    def test_code_is_refused_before_the_second_step(self, cast, code):
        with pytest.raises(PermissionDenied):
            professionals.redeem(unverified(make_user()), professionals.find_invitation(code))

    def test_code_can_be_withdrawn(self, cast, staff, code):
        invitation = professionals.find_invitation(code)
        browser = staff(BEHEER)

        assert browser.get(f"{REGISTER}codes/delete/{invitation.pk}/").status_code == 200
        browser.post(f"{REGISTER}codes/delete/{invitation.pk}/")

        assert professionals.find_invitation(code) is None

    def test_wrong_code_is_explained(self, cast):
        response = logged_in(cast.dora).post("/groep/professional/", {"code": "ABCD-ABCD-ABCD-ABCD"})

        assert response.status_code == 422
        assert "Deze code werkt niet" in response.content.decode()

    def test_who_is_a_professional_keeps_the_code(self, cast, code):
        with pytest.raises(ValidationError, match="al professional"):
            professionals.redeem(verified(cast.pim), professionals.find_invitation(code))
        assert professionals.find_invitation(code)

    def test_who_works_in_the_cms_cannot_use_the_code(self, cast, code, staff):
        before = Professional.objects.count()
        for browser in (staff(BEHEER), staff(REDACTIE), staff(is_superuser=True)):
            browser.post("/groep/professional/", {"code": code})
            refused = browser.post("/groep/professional/aannemen/")

            assert (refused.status_code, "Maak een ander account" in refused.content.decode()) == (422, True)
            assert Professional.objects.count() == before
        assert professionals.find_invitation(code)

    def test_who_was_a_professional_comes_back(self, cast, code):
        Professional.objects.filter(user=cast.pim).update(until=timezone.localdate() - timedelta(days=1))

        professionals.redeem(verified(cast.pim), professionals.find_invitation(code))

        assert verified(cast.pim).is_professional

    def test_record_ends_by_its_id(self, cast, staff):
        professional = Professional.objects.get(user=cast.pim)
        yesterday = timezone.localdate() - timedelta(days=1)

        staff(BEHEER).post(f"{REGISTER}professionals/edit/{professional.pk}/", {"until": yesterday.isoformat()})

        assert not verified(cast.pim).is_professional
        assert Entry.objects.filter(chain="site", event="professional.ended", object_id=str(professional.pk)).exists()

    def test_list_can_be_narrowed_to_who_counts(self, cast, staff):
        ended = Professional.objects.get(user=cast.pim)
        Professional.objects.filter(pk=ended.pk).update(until=timezone.localdate() - timedelta(days=1))
        browser = staff(BEHEER)

        assert str(ended.pk) not in browser.get(f"{REGISTER}professionals/?telt=ja").content.decode()
        assert str(ended.pk) in browser.get(f"{REGISTER}professionals/?telt=nee").content.decode()

    def test_organisation_that_stopped_has_no_professionals_that_count(self, cast, staff):
        organisation = cast.space.organisation

        def professionals():
            page = BeautifulSoup(staff(BEHEER).get(f"{REGISTER}organisaties/").content, "html.parser")
            return page.select_one(f'tr[data-object-pk="{organisation.pk}"] td:nth-of-type(4)').get_text(strip=True)

        assert professionals() == "1"
        Organisation.objects.filter(pk=organisation.pk).update(is_active=False)
        assert professionals() == "0"

    def test_lists_name_no_account(self, cast, staff):
        make_professional("hannelore-geheim")
        text = "".join(staff(BEHEER).get(REGISTER + path).content.decode() for path in LISTS)

        assert "hannelore" not in text


class TestActions:
    @pytest.mark.parametrize("who", ["anna", "ben", "dora", "pim"])
    def test_members_and_professionals_do_not_keep_the_register(self, cast, who):
        with pytest.raises(PermissionDenied):
            register.change_space(cast.actor(who), cast.space, name="Gekaapt")

    def test_operator_without_the_second_step_is_refused(self, cast):
        with pytest.raises(PermissionDenied):
            register.change_space(unverified(cast.operator), cast.space, name="Gekaapt")

    def test_private_field_is_refused(self, cast):
        with pytest.raises(PermissionDenied):
            register.change_space(verified(cast.operator), cast.space, welcome="Gekaapt")


def _change(browser, path, data):
    return browser.post(path, {**stood(browser, path), **data})


def _public(space, **changes):
    """What the form of a space sends."""
    fields = {name: getattr(space, name) for name in ("name", "theme", "summary", "about", "state")}
    return {**fields, "organisation": str(space.organisation_id), **changes}

"""Who deletes the own account is gone at once and everywhere, and leaves no group behind that nobody leads."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from groupspace import actions, later, register
from groupspace.accounts import actions as accounts
from groupspace.accounts import conf, throttle
from groupspace.accounts.models import Authenticator, Session
from groupspace.audit import log
from groupspace.audit.models import Entry
from groupspace.conf import Pace
from groupspace.kinds import all_kinds
from groupspace.models import (
    Invitation,
    JoinRequest,
    Lease,
    Membership,
    MutedWords,
    ProfileAnswer,
    ProfileField,
    Space,
    SpaceGrant,
)
from groupspace.notices.models import Answer, Delivery, Notice
from groupspace.permissions import Permission
from groupspace.telling import tell_stuck
from groupspace.text.models import Draft
from home.staff import BEHEER
from tests.cast import PASSWORD, Cast, make_cast, make_user, unverified, verified
from tests.groupspace.accounts.people import code_now
from tests.logged_in import SECRET, logged_in

PAGE, GONE = "account:delete", "account:deleted"
RIGHT = {"current": PASSWORD, "words": "keep"}


#: SQLite keeps what was erased in the pages of its index until it merges them: roots of words, of nobody.
MERGED_LATER = {"groupspace_search_words_data"}


def exists(user: Any) -> bool:
    return get_user_model().objects.filter(pk=user.pk).exists()


def tables_with(word: str) -> list[str]:
    """Every table of the whole database in which this word stands."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608  our own table names
            if word in repr(cursor.fetchall()).casefold():
                found.append(table)
    return found


@pytest.fixture
def ben(cast: Cast) -> Any:
    """Ben, with a name or a word of his in every place: a name is a kanarie, a word to others is a sneeuwklok."""
    user, member, now = cast.ben, cast.members["ben"], timezone.now()
    user.username, user.email = "kanarie-inlog", "kanarie@example.org"
    user.save()
    actions.rename_self(cast.actor("ben"), cast.space, display_name="Kanariepiet")
    member.refresh_from_db()
    for kind in all_kinds():
        kind.make_example(member, f"Sneeuwklok van {kind.slug}")
    field = ProfileField.objects.create(space=cast.space, label="Waar hou je van?")
    ProfileAnswer.objects.create(field=field, membership=member, text="kanarie-antwoord")
    MutedWords.objects.create(membership=member, words="kanarie-woord")
    expires = {"code_hash": "x", "expires_at": now + timedelta(days=1)}
    Invitation.objects.create(space=cast.space, created_by=member, role="participant", label="kanarie-code", **expires)
    Draft.objects.create(owner=user, kind="topic", object_id=cast.space.pk, values={"a": "kanarie"}, updated_at=now)
    answers = [{"question": "Waarom?", "answer": "kanarie"}]
    asked = JoinRequest.objects.create(space=cast.other, user=user, display_name="Kanarie", answers=answers)
    Answer.objects.create(user=user, about=Answer.About.JOINING, item_id=asked.pk, at=now)
    Delivery.objects.create(user=user, mail="week")
    Lease.objects.create(user=user, tenant="private", theme="kanarie-thema", purpose="kanarie-doel")
    return user


def rented_by(user: Any, space: Space, **fields: Any) -> Lease:
    until = timezone.localdate() + timedelta(days=60)
    words = {"theme": "Rust", "purpose": "kanarie-doel", "answer": "kanarie-antwoord"}
    state = {"state": "granted", "until": until, "longer_asked_at": timezone.now()}
    return Lease.objects.create(user=user, space=space, tenant="private", **words, **state, **fields)


@pytest.mark.parametrize("words", ["keep", "erase"])
@pytest.mark.django_db
def test_no_name_is_left_in_any_table_and_words_stay_or_go_as_was_chosen(ben: Any, cast: Cast, words: str) -> None:
    assert {"users_user", "groupspace_membership", "groupspace_lease", "groupspace_text_draft"} <= {
        *tables_with("kanarie")
    }
    browser = logged_in(ben)

    answer = browser.post(reverse(PAGE), {**RIGHT, "words": words})

    assert answer["Location"] == reverse(GONE)
    assert tables_with("kanarie") == []
    assert bool({*tables_with("sneeuwklok")} - MERGED_LATER) == (words == "keep")
    gone = Membership.objects.get(pk=cast.members["ben"].pk)
    assert (gone.user, gone.name, gone.state) == (None, "oud-deelnemer", "left")
    assert not exists(ben)
    assert not SpaceGrant.objects.filter(user_id=ben.pk).exists()


@pytest.mark.django_db
def test_others_read_the_words_of_who_is_gone_without_a_name(ben: Any, cast: Cast) -> None:
    topic = cast.members["ben"].groupspace_forum_topics.get()
    url = reverse("groupspace:gesprekken:topic", args=[cast.space.pk, topic.pk])
    anna = logged_in(cast.anna, verified=True)
    assert "Kanariepiet" in anna.get(url).content.decode()
    logged_in(ben).post(reverse(PAGE), RIGHT)
    page = anna.get(url).content.decode()
    assert ("oud-deelnemer" in page, "Sneeuwklok" in page, "kanarie" in page.casefold()) == (True, True, False)


@pytest.mark.parametrize("words", ["keep", "erase"])
@pytest.mark.django_db
def test_what_never_came_and_what_was_for_oneself_alone_goes_with_its_files(
    cast: Cast, settings: Any, tmp_path: Path, django_capture_on_commit_callbacks: Any, words: str
) -> None:
    often = Pace(times=1000, within=timedelta(minutes=10))
    settings.GROUPSPACE = {**settings.GROUPSPACE, "POSTS": often, "STORAGE": {"DIR": tmp_path}}
    ben, anna = cast.members["ben"], cast.members["anna"]
    actions.set_exceptions(cast.actor("anna"), ben, {Permission.PREPARE: True})
    tomorrow = timezone.now() + timedelta(days=1)
    prepared = [kind for kind in all_kinds() if kind.prepares]
    hers = [kind.make_example(anna, f"Krokus bij {kind.slug}", tomorrow) for kind in prepared]
    kept = {path for path in tmp_path.rglob("*") if path.is_file()}
    for kind in prepared:
        tell_stuck(kind.make_example(ben, f"Sneeuwklok later bij {kind.slug}", tomorrow), kind.slug)
    for kind in all_kinds():
        own = kind.make_example(ben, f"Sneeuwklok alleen bij {kind.slug}")
        kind.model._default_manager.filter(pk=own.pk).update(audience="self")
    assert (len(prepared), len(later.prepared_in(cast.actor("anna"), cast.space))) == (4, 8)
    assert Notice.objects.filter(reason="stuck", membership=anna).exists()

    with django_capture_on_commit_callbacks(execute=True):
        logged_in(cast.ben).post(reverse(PAGE), {**RIGHT, "words": words})

    assert not exists(cast.ben)
    assert not {*tables_with("sneeuwklok")} - MERGED_LATER
    assert {one.pk for one in later.prepared_in(cast.actor("anna"), cast.space)} == {one.pk for one in hers}
    assert not Notice.objects.filter(reason="stuck").exists()
    assert {path for path in tmp_path.rglob("*") if path.is_file()} == kept


@pytest.mark.django_db
def test_every_session_ends_with_the_next_request_and_the_last_page_is_quiet(ben: Any) -> None:
    here, elsewhere = logged_in(ben), logged_in(ben)
    assert elsewhere.get(reverse("account:settings")).status_code == 200

    last = here.post(reverse(PAGE), RIGHT, follow=True)

    page = last.content.decode()
    assert ("Je bent overal uitgelogd" in page, "kanarie" in page.casefold()) == (True, False)
    assert reverse("safety:how") in page
    assert not Session.objects.filter(user_id=ben.pk).exists()
    for browser in (here, elsewhere):
        assert browser.get(reverse("account:settings"))["Location"].startswith(reverse("account:login"))
        assert browser.get(reverse("groupspace:mine")).status_code == 302


@pytest.mark.django_db
def test_one_mail_that_names_nothing_and_one_line_in_the_log(
    ben: Any, mailoutbox: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        logged_in(ben).post(reverse(PAGE), RIGHT)
    (mail,) = mailoutbox
    assert (mail.to, mail.subject) == (["kanarie@example.org"], "Over je account")
    assert [word for word in ("kanarie", "Rust in je hoofd", "http") if word in mail.body] == []
    assert "Over je account komt hier geen mail meer." in mail.body, "the newsletter has an address of its own"
    (line,) = Entry.objects.filter(event="account.deleted")
    assert (line.chain, line.actor, line.object_id) == (log.SITE, f"user:{ben.pk}", "")
    assert list(log.problems()) == []


@pytest.mark.django_db
def test_nobody_is_mailed_who_gave_no_address(
    cast: Cast, mailoutbox: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        logged_in(cast.dora).post(reverse(PAGE), RIGHT)
    assert not exists(cast.dora)
    assert mailoutbox == []


@pytest.mark.parametrize("wrong", [{"current": "iets anders"}, {"current": ""}, {"words": "alles"}])
@pytest.mark.django_db
def test_without_the_password_everything_stays(ben: Any, cast: Cast, mailoutbox: Any, wrong: dict[str, str]) -> None:
    before = tables_with("kanarie")
    browser = logged_in(ben)
    answer = browser.post(reverse(PAGE), {**RIGHT, **wrong})
    assert (answer.status_code, exists(ben), mailoutbox) == (200, True, [])
    assert tables_with("kanarie") == before
    assert browser.get(reverse("groupspace:space", args=[cast.space.pk])).status_code == 200
    assert not Entry.objects.filter(event="account.deleted").exists()


@pytest.mark.django_db
def test_who_has_a_second_step_types_a_code_that_was_not_used(ben: Any) -> None:
    browser = logged_in(ben, verified=True)
    for code in ("", "000000"):
        browser.post(reverse(PAGE), {**RIGHT, "code": code})
        assert exists(ben)
    Authenticator.objects.update(last_step=-1)
    browser.post(reverse(PAGE), {**RIGHT, "code": code_now(SECRET)})
    assert not exists(ben)


@pytest.mark.django_db
def test_guessing_the_password_is_stopped(ben: Any) -> None:
    browser = logged_in(ben)
    for _attempt in range(conf.accounts_conf().TRIES):
        assert browser.post(reverse(PAGE), {**RIGHT, "current": "iets anders"}).status_code == 200
    assert browser.post(reverse(PAGE), RIGHT).status_code == 429
    assert exists(ben)
    assert throttle.seconds_blocked(throttle.key("owner", str(ben.pk)))


@pytest.mark.django_db
def test_a_visitor_learns_nothing_of_any_account(ben: Any) -> None:
    visitor = Client()
    for answer in (visitor.get(reverse(PAGE)), visitor.post(reverse(PAGE), RIGHT)):
        assert answer["Location"].startswith(reverse("account:login"))
    before = visitor.get(reverse(GONE)).content
    logged_in(ben).post(reverse(PAGE), RIGHT)
    assert Client().get(reverse(GONE)).content == before
    assert logged_in(make_user()).get(reverse(GONE))["Location"] == reverse("account:settings")


@pytest.mark.django_db
def test_the_last_leader_reads_which_groups_wait_and_nothing_is_lost(cast: Cast) -> None:
    actions.leave(cast.actor("carla"), cast.space)
    browser = logged_in(cast.anna, verified=True)
    Authenticator.objects.update(last_step=-1)

    page = browser.get(reverse(PAGE)).content.decode()
    assert ("Rust in je hoofd" in page, "Een andere groep" in page) == (True, False)
    assert reverse("groupspace:members", args=[cast.space.pk]) in page
    assert "Verwijder mijn account" not in page
    answer = browser.post(reverse(PAGE), {**RIGHT, "code": code_now(SECRET)})
    assert (answer.status_code, exists(cast.anna)) == (200, True)
    with pytest.raises(ValidationError, match="Draag hem eerst over"):
        actions.forget_user(cast.anna)
    assert Membership.objects.get(pk=cast.members["anna"].pk).display_name == "Anna"

    actions.hand_over(cast.actor("anna"), cast.members["ben"], step_back_to="participant")
    Authenticator.objects.update(last_step=-1)
    browser.post(reverse(PAGE), {**RIGHT, "code": code_now(SECRET)})
    assert not exists(cast.anna)


@pytest.mark.django_db
def test_who_was_made_the_last_leader_after_the_page_was_shown_stays(cast: Cast) -> None:
    actions.set_role(cast.actor("anna"), cast.members["carla"], role="facilitator")
    browser = logged_in(cast.anna, verified=True)
    Authenticator.objects.update(last_step=-1)
    assert "Verwijder mijn account" in browser.get(reverse(PAGE)).content.decode()
    actions.leave(cast.actor("carla"), cast.space)
    answer = browser.post(reverse(PAGE), {**RIGHT, "code": code_now(SECRET)}).content.decode()
    assert ("In deze groepen begeleidt niemand anders" in answer, exists(cast.anna)) == (True, True)


@pytest.mark.django_db
def test_who_leads_and_is_alone_closes_the_group_and_goes(cast: Cast) -> None:
    frank = cast.actor("frank")
    with pytest.raises(ValidationError):
        actions.forget_user(cast.frank)
    actions.go_to(frank, cast.other, "read_only")
    assert actions.led_alone(cast.frank) == []
    actions.forget_user(cast.frank)
    assert Space.objects.get(pk=cast.other.pk).erase_on is not None


@pytest.mark.django_db
def test_others_who_read_along_keep_their_leader_until_staff_stop_the_group(cast: Cast) -> None:
    actions.leave(cast.actor("carla"), cast.space)
    actions.go_to(cast.actor("anna"), cast.space, "read_only")
    assert actions.led_alone(cast.anna) == [cast.space]
    staff = make_user("beheerder")
    staff.groups.add(Group.objects.get(name=BEHEER))
    space = Space.objects.get(pk=cast.space.pk)
    Space.objects.filter(pk=space.pk).update(state="open", erase_on=None)
    register.change_space(verified(staff), Space.objects.get(pk=space.pk), state="closed")
    actions.forget_user(cast.anna)

    stopped = Space.objects.get(pk=space.pk)
    assert register.states_for_staff(stopped) == ["closed", "read_only"], "nobody leads: it does not run again"
    with pytest.raises(ValidationError):
        register.change_space(verified(staff), stopped, state="open")


@pytest.mark.parametrize("name", ["editor", "operator"])
@pytest.mark.django_db
def test_staff_ask_a_colleague_first(cast: Cast, name: str) -> None:
    user = getattr(cast, name)
    user.groups.add(*Group.objects.filter(name=BEHEER if name == "editor" else ""))
    browser = logged_in(user, verified=True)
    Authenticator.objects.update(last_step=-1)
    page = browser.get(reverse(PAGE)).content.decode()
    on = {"editor": "Vraag een collega om je rollen weg te halen", "operator": "Vraag wie de server beheert"}
    assert [one for one in on if on[one] in page] == [name]
    assert "Verwijder mijn account" not in page
    assert browser.post(reverse(PAGE), {**RIGHT, "code": code_now(SECRET)}).status_code == 200
    assert exists(user)

    user.groups.clear()
    get_user_model().objects.filter(pk=user.pk).update(is_superuser=False)
    Authenticator.objects.update(last_step=-1)
    logged_in(user, verified=True).post(reverse(PAGE), {**RIGHT, "code": code_now(SECRET)})
    assert not exists(user)


@pytest.mark.django_db
def test_a_lease_stays_and_binds_without_its_tenant(cast: Cast) -> None:
    lease = rented_by(cast.ben, cast.space)
    logged_in(cast.ben).post(reverse(PAGE), RIGHT)

    left = Lease.objects.get(pk=lease.pk)
    told = (left.user, left.purpose, left.answer, left.longer_asked_at)
    assert told == (None, "", "", None)
    assert (left.state, left.until) == ("granted", lease.until)
    later = lease.until + timedelta(days=1)
    with pytest.raises(ValidationError, match="gehuurd tot en met"):
        actions.change_space(cast.actor("anna"), Space.objects.get(pk=cast.space.pk), ends_on=later)

    staff = make_user("beheerder")
    staff.groups.add(Group.objects.get(name=BEHEER))
    office, edit = logged_in(staff, verified=True), f"/cms/register/huur/edit/{lease.pk}/"
    assert (office.get(edit).status_code, "kanarie" in office.get(edit).content.decode()) == (200, False)
    office.post(edit, {"answer": "Een jaar erbij", "until": ""})
    assert Lease.objects.get(pk=lease.pk).until == lease.until + timedelta(days=365)
    assert not Answer.objects.filter(item_id=lease.pk).exists(), "there is nobody to tell"

    over = timezone.localdate() - timedelta(days=1)
    Lease.objects.filter(pk=lease.pk).update(until=over)
    Space.objects.filter(pk=cast.space.pk).update(state="read_only")
    with pytest.raises(ValidationError, match="Vraag wie deze site beheert"):
        actions.go_to(cast.actor("anna"), Space.objects.get(pk=cast.space.pk), "open")


@pytest.mark.django_db
def test_a_request_to_rent_is_always_of_somebody(cast: Cast) -> None:
    actions.request_lease(unverified(cast.dora), tenant="private", theme="x", purpose="x", accepts_care=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Lease.objects.update(user=None)
    logged_in(cast.dora).post(reverse(PAGE), RIGHT)
    assert not Lease.objects.exists()


@pytest.mark.django_db
def test_who_is_on_pause_by_a_facilitator_goes_too(cast: Cast) -> None:
    actions.suspend(cast.actor("anna"), cast.members["ben"])
    logged_in(cast.ben).post(reverse(PAGE), RIGHT)
    gone = Membership.objects.get(pk=cast.members["ben"].pk)
    assert (gone.state, gone.until is not None) == ("left", True)


@pytest.mark.django_db
def test_the_page_says_where_to_keep_things_first_and_is_found_from_there(cast: Cast) -> None:
    browser = logged_in(cast.ben)
    page = browser.get(reverse(PAGE)).content.decode()
    assert reverse("own_data") in page
    assert "de nieuwsbrief, als je je daarvoor hebt aangemeld" in page
    for name in ("own_data", "account:settings"):
        assert reverse(PAGE) in browser.get(reverse(name)).content.decode()


class Asked:
    """What `delete_account` needs of a request."""

    def __init__(self, user: Any) -> None:
        self.user = get_user_model().objects.get(pk=user.pk)


def at_once(*users: Any) -> list[str]:
    """Delete these accounts at the same moment, each from a window of its own; returns what was refused."""
    refused, start = [], threading.Barrier(len(users))

    def delete(request: Any) -> None:
        start.wait()
        try:
            accounts.delete_account(request)
        except ValidationError as refusal:
            refused.extend(refusal.messages)
        finally:
            connection.close()

    windows = [threading.Thread(target=delete, args=[Asked(user)]) for user in users]
    for window in windows:
        window.start()
    for window in windows:
        window.join()
    return refused


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_log_may_be_emptied")
def test_two_windows_at_once_delete_once() -> None:
    cast = make_cast()
    assert at_once(cast.ben, cast.ben) == []
    assert not exists(cast.ben)
    assert Entry.objects.filter(event="account.deleted").count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_log_may_be_emptied")
def test_of_two_leaders_who_go_at_once_one_stays() -> None:
    cast = make_cast()
    actions.set_role(cast.actor("anna"), cast.members["carla"], role="facilitator")
    assert len(at_once(cast.anna, cast.carla)) == 1
    assert [exists(cast.anna), exists(cast.carla)].count(True) == 1

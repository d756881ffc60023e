"""The mail: contentless, at most one until the next visit, never twice for the same, and a way out without log-in."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from types import SimpleNamespace

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from groupspace import actions as spaces
from groupspace.accounts.models import AccountSettings, Session
from groupspace.forum.models import Topic
from groupspace.models import Audience, Membership
from groupspace.notices import actions
from groupspace.notices.models import Delivery, Notice
from groupspace.notices.sending import mailing, people
from groupspace.notices.sending.refusals import is_refused
from groupspace.notify import delivery
from groupspace.notify.leases import State
from groupspace.notify.models import Mail
from tests.groupspace.notify.conftest import MailServer, mail_server, outbox, unused_port  # noqa: F401  fixtures
from tests.logged_in import logged_in

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 11, tzinfo=UTC)  # a Monday, twelve o'clock in Amsterdam
CANARY = "Zevenmijlslaars"


@pytest.fixture(autouse=True)
def _outbox(settings):
    settings.EMAIL_BACKEND = "groupspace.notify.backend.OutboxBackend"
    settings.DEFAULT_FROM_EMAIL = "noreply@example.org"


@pytest.fixture
def cast(cast):
    """The cast, who have been members since before the days of these tests."""
    Membership.objects.update(since=NOON - timedelta(days=60))
    return cast


@pytest.fixture
def ben(cast):
    """Ben, with an address, who wants mail at once."""
    type(cast.ben).objects.filter(pk=cast.ben.pk).update(email="ben@example.org")
    Delivery.objects.create(user=cast.ben, mail="now")
    return SimpleNamespace(user=cast.ben, choose=lambda **given: Delivery.objects.filter(user=cast.ben).update(**given))


@pytest.fixture
def something(cast, start):
    """`something(at)`: an answer to ben in a new conversation."""
    made = []

    def something(at=NOON, *, to="ben", **more):
        topic = start("carla", f"{CANARY} {len(made)}", at=at)
        made.append(topic)
        member = cast.members[to]
        fields = {"kind": "gesprekken", "reason": "answered", "first_at": at, "last_at": at} | more
        return Notice.objects.create(membership=member, space=cast.space, item_id=topic.pk, **fields)

    return something


def send(at):
    """Run the job at this moment; returns to whom mail went."""
    before = set(Mail.objects.values_list("pk", flat=True))
    with time_machine.travel(at, tick=False):
        mailing.send_due()
    return [mail.recipient for mail in Mail.objects.exclude(pk__in=before)]


def seen(user, at):
    """This person was on the site."""
    type(user).objects.filter(pk=user.pk).update(last_login=at)


def message():
    return message_from_bytes(bytes(Mail.objects.latest("pk").content))


def text_of(mail):
    return mail.get_payload(decode=True).decode()


def test_one_mail_until_the_next_visit(ben, something):
    something()
    assert send(NOON + timedelta(minutes=1)) == ["ben@example.org"]
    assert send(NOON + timedelta(minutes=2)) == []

    something(NOON + timedelta(minutes=5))
    assert send(NOON + timedelta(hours=3)) == []

    seen(ben.user, NOON + timedelta(hours=4))
    assert send(NOON + timedelta(hours=5)) == ["ben@example.org"]
    seen(ben.user, NOON + timedelta(hours=6))
    assert send(NOON + timedelta(hours=7)) == []  # nothing happened


def test_reading_before_it_is_time_makes_it_silent(ben, something):
    notice = something()
    Notice.objects.filter(pk=notice.pk).update(read_at=NOON)

    assert send(NOON + timedelta(hours=1)) == []


def test_session_in_use_is_a_visit_and_keeps_mail_back(ben, something):
    something()
    logged_in(ben.user).get("/groep/")
    type(ben.user).objects.update(last_login=None)
    Session.objects.update(last_seen=NOON)

    assert send(NOON + timedelta(minutes=5)) == []
    assert send(NOON + timedelta(minutes=11)) == ["ben@example.org"]


def test_daily_mail_comes_once_outside_quiet_hours_in_own_zone(ben, something):
    ben.choose(mail="day")
    AccountSettings.objects.create(user=ben.user, time_zone="America/Paramaribo")
    something()  # 8.00 there
    sent = {}
    for hours in range(72):
        moment = NOON + timedelta(hours=hours, minutes=1)
        if send(moment):
            sent[moment] = True
            seen(ben.user, moment + timedelta(minutes=1))
            something(moment + timedelta(minutes=30))

    assert [moment.isoformat() for moment in sent] == ["2026-03-03T11:01:00+00:00", "2026-03-04T11:01:00+00:00"]


@pytest.mark.parametrize(
    ("night", "zone", "morning"),
    [
        ("2026-03-28T22:00+00:00", "", "2026-03-29T06:00:00+00:00"),  # the clock jumps forward
        ("2026-10-24T21:00+00:00", "", "2026-10-25T07:00:00+00:00"),  # and back
        ("2026-03-28T22:00+00:00", "America/Paramaribo", "2026-03-28T22:00:00+00:00"),  # seven in the evening there
    ],
)
def test_mail_waits_for_the_morning_also_when_the_clock_jumps(ben, something, night, zone, morning):
    if zone:
        AccountSettings.objects.create(user=ben.user, time_zone=zone)
    start = datetime.fromisoformat(night)
    something(start)
    moment = next(
        start + timedelta(minutes=30 * step) for step in range(48) if send(start + timedelta(minutes=30 * step))
    )

    assert moment.isoformat() == morning


def test_defaults_are_once_a_day_with_an_address_and_never_without(cast, something):
    something(), something(to="ellen")
    type(cast.ben).objects.filter(pk=cast.ben.pk).update(email="ben@example.org")

    assert send(NOON + timedelta(hours=1)) == []
    assert send(NOON + timedelta(days=1)) == ["ben@example.org"]


def test_mail_holds_no_name_no_group_and_no_word(ben, something, cast):
    something()
    send(NOON + timedelta(minutes=1))
    mail = message()
    whole = bytes(Mail.objects.get().content).decode() + text_of(mail)

    assert (mail["Subject"], mail["From"]) == ("Er is iets nieuws", "Bericht <noreply@example.org>")
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    private = [CANARY, cast.space.name, "Beer", "Carla", "gesprek", str(cast.space.pk), str(cast.members["ben"].pk)]
    assert not [word for word in private if word.lower() in whole.lower()]
    assert not [topic for topic in Topic.objects.all() if str(topic.pk) in whole]
    assert reverse("groupspace:notices:list") in text_of(mail)


@pytest.mark.parametrize("how", ["removed", "suspended", "pause", "audience", "deleted"])
def test_who_may_no_longer_read_it_gets_no_mail(ben, something, cast, how):
    notice = something()
    if how == "removed":
        spaces.remove(cast.actor("anna"), cast.members["ben"])
    elif how == "suspended":
        spaces.suspend(cast.actor("anna"), cast.members["ben"])
    elif how == "pause":
        Membership.objects.filter(user=ben.user).update(quiet_until=NOON.date())
    elif how == "audience":
        Topic.objects.filter(pk=notice.item_id).update(audience=Audience.FACILITATORS)
    else:
        Notice.objects.update(item_id=cast.space.pk)

    assert send(NOON + timedelta(minutes=1)) == []
    assert not Mail.objects.exists()


def test_two_workers_send_one(ben, something):
    something()
    with time_machine.travel(NOON + timedelta(minutes=1), tick=False):
        (found,) = mailing.due()
        assert [mailing._send(found), mailing._send(found)] == [True, False]
    assert Mail.objects.count() == 1


def test_crash_before_the_commit_sends_it_later_and_once(ben, something, monkeypatch):
    something()
    write = mailing._write

    def die(*given):
        write(*given)
        raise KeyboardInterrupt

    monkeypatch.setattr(mailing, "_write", die)
    with pytest.raises(KeyboardInterrupt):
        send(NOON + timedelta(minutes=1))
    assert not Mail.objects.exists()
    monkeypatch.setattr(mailing, "_write", write)

    assert send(NOON + timedelta(minutes=2)) == ["ben@example.org"]
    assert send(NOON + timedelta(minutes=3)) == []


def test_announcement_goes_to_all_who_did_not_switch_mail_off(ben, something, cast):
    ben.choose(mail="week")
    type(cast.ellen).objects.filter(pk=cast.ellen.pk).update(email="ellen@example.org")
    type(cast.carla).objects.filter(pk=cast.carla.pk).update(email="carla@example.org")
    Delivery.objects.create(user=cast.carla, mail="never")
    for name in ("ben", "ellen", "carla"):
        something(to=name, reason="announced")

    assert sorted(send(NOON + timedelta(minutes=1))) == ["ben@example.org", "ellen@example.org"]
    assert send(NOON + timedelta(minutes=2)) == []


def unsubscribe(mail):
    return re.search(r"<https?://[^/]+(/[^>]+)>", mail["List-Unsubscribe"].replace("\n", "").replace(" ", "")).group(1)


def test_mail_program_unsubscribes_without_logging_in_and_without_a_token(ben, something):
    something()
    send(NOON + timedelta(minutes=1))
    address = unsubscribe(message())
    assert address.startswith("/bericht/uit/")
    assert "groep" not in address

    client = Client(enforce_csrf_checks=True)
    page = client.get(address)
    assert page.status_code == 200
    assert Delivery.objects.get().mail == "now"  # programs that check mail open links too
    assert "no-store" in page["Cache-Control"]

    answer = client.post(address, {"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200
    assert Delivery.objects.get().mail == "never"
    assert client.post(address).status_code == 200
    assert not client.cookies
    seen(ben.user, NOON + timedelta(hours=1))
    something(NOON + timedelta(hours=2))
    assert send(NOON + timedelta(hours=3)) == []


def test_forged_or_old_way_out_does_nothing(ben, something):
    something()
    send(NOON + timedelta(minutes=1))
    address = unsubscribe(message())
    forged = [address[:-3] + "x/", "/bericht/uit/onzin/", f"/bericht/uit/{Delivery.objects.get().token.hex}/"]

    for one in forged:
        assert Client().get(one).status_code == 400
        assert Client().post(one).status_code == 400
    assert Delivery.objects.get().mail == "now"

    ben.user.delete()
    assert Client().post(address).status_code == 400


def test_address_that_is_refused_for_good_gets_no_more_mail_and_its_owner_is_told(ben, something, outbox):  # noqa: F811
    outbox.refused = {"ben@example.org"}
    something()
    send(NOON + timedelta(minutes=1))
    delivery.deliver_due()
    assert Mail.objects.get().state == State.DEAD
    assert is_refused(ben.user.pk, "ben@example.org")

    seen(ben.user, NOON + timedelta(hours=1))
    something(NOON + timedelta(hours=2))
    assert send(NOON + timedelta(hours=3)) == []
    client = logged_in(type(ben.user).objects.get(pk=ben.user.pk))
    assert "werkt niet" in client.get("/groep/meldingen/instellen/").content.decode()
    assert "werkt niet" in client.get("/account/").content.decode()

    client.post("/groep/meldingen/instellen/", {"mail": "now", "quiet_from": "21", "quiet_to": "8"})
    assert not is_refused(ben.user.pk, "ben@example.org")  # its owner says that it works
    ben.choose(refused=people.hash_of("ben@example.org"))
    type(ben.user).objects.filter(pk=ben.user.pk).update(email="nieuw@example.org")
    Session.objects.all().delete()  # of this test's own clock
    seen(ben.user, NOON + timedelta(hours=1))
    assert send(NOON + timedelta(hours=4)) == ["nieuw@example.org"]


def test_refusal_of_one_message_says_nothing_about_the_address(ben, something, outbox):  # noqa: F811
    outbox.reply = "554 this looks like spam"
    something()
    send(NOON + timedelta(minutes=1))
    delivery.deliver_due()

    assert Mail.objects.get().state == State.DEAD
    assert not is_refused(ben.user.pk, "ben@example.org")


def test_mail_server_away_for_an_hour_loses_nothing_and_repeats_nothing(ben, something, outbox, mail_server):  # noqa: F811
    now = timezone.now().replace(hour=12)  # the clock of the server's own thread is not moved
    something(now)
    mail_server.stop()
    assert send(now + timedelta(minutes=1)) == ["ben@example.org"]
    for minutes in range(1, 61, 10):
        with time_machine.travel(now + timedelta(minutes=minutes), tick=False):
            assert delivery.deliver_due() == 0
            mailing.send_due()
    assert Mail.objects.get().state == State.WAITING

    mail_server.start()
    with time_machine.travel(now + timedelta(minutes=61)):
        assert delivery.deliver_due() == 1
        mailing.send_due()
        assert delivery.deliver_due() == 0

    assert [recipient for recipient, _message in outbox.taken] == ["ben@example.org"]


def test_one_group_or_kind_is_mailed_at_once_and_another_by_the_week(ben, something, cast):
    ben.choose(mail="week")
    actions.set_wishes(cast.actor("ben"), cast.space, {"": "mine"}, {"": "never", "gesprekken": "now"})
    something()
    assert send(NOON + timedelta(minutes=1)) == ["ben@example.org"]  # the kind goes before the space

    seen(ben.user, NOON + timedelta(hours=1))
    actions.set_wishes(cast.actor("ben"), cast.space, {"": "mine"}, {"gesprekken": "", "": "never"})
    something(NOON + timedelta(hours=2))
    assert [send(NOON + timedelta(days=days)) for days in range(1, 9)] == [[]] * 8  # the space before the account

    actions.set_wishes(cast.actor("ben"), cast.space, {"": "mine"}, {"": ""})
    assert send(NOON + timedelta(days=9)) == ["ben@example.org"]
    assert send(NOON + timedelta(days=16)) == []


def test_each_rhythm_tells_of_its_own_and_one_mail_of_all_whose_turn_it_is(ben, something, cast, monkeypatch):
    weekly = something(kind="peilingen")
    daily, at_once = something(kind="links"), something()
    rhythms = {"peilingen": "week", "links": "day", "gesprekken": "now"}
    actions.set_wishes(cast.actor("ben"), cast.space, {}, rhythms)

    def told():
        return set(Notice.objects.exclude(sent_at=None).values_list("pk", flat=True))

    lines = {notice.item_id for notice in (weekly, daily, at_once)}
    # Items of other kinds need not be made here.
    monkeypatch.setattr(people, "lines_for", lambda _actor, _found: dict.fromkeys(lines))

    assert send(NOON + timedelta(minutes=1)) == ["ben@example.org"]
    assert told() == {at_once.pk}
    seen(ben.user, NOON + timedelta(minutes=30))
    assert send(NOON + timedelta(hours=1)) == []
    assert send(NOON + timedelta(days=1)) == ["ben@example.org"]
    assert told() == {at_once.pk, daily.pk}
    seen(ben.user, NOON + timedelta(days=2))
    Notice.objects.filter(pk=daily.pk).update(sent_at=None)
    assert send(NOON + timedelta(days=7)) == ["ben@example.org"]  # both turns at one moment: one mail
    assert told() == {at_once.pk, daily.pk, weekly.pk}


def test_quiet_hours_hold_for_each_rhythm_and_an_announcement_waits_for_none(ben, something, cast):
    actions.set_wishes(cast.actor("ben"), cast.space, {}, {"": "now"})
    night = NOON + timedelta(hours=11)
    something(night)
    assert send(night + timedelta(minutes=1)) == []
    assert send(NOON + timedelta(days=1)) == ["ben@example.org"]

    seen(ben.user, NOON + timedelta(days=1, hours=1))
    actions.set_wishes(cast.actor("ben"), cast.space, {}, {"": "never"})
    something(NOON + timedelta(days=1, hours=2), reason="announced")
    assert send(NOON + timedelta(days=1, hours=3)) == ["ben@example.org"]


def test_way_out_of_all_mail_goes_before_what_was_chosen_for_a_group(ben, something, cast):
    actions.set_wishes(cast.actor("ben"), cast.space, {}, {"": "now", "gesprekken": "now"})
    something()
    send(NOON + timedelta(minutes=1))
    assert Client().post(unsubscribe(message())).status_code == 200

    seen(ben.user, NOON + timedelta(hours=1))
    something(NOON + timedelta(hours=2)), something(NOON + timedelta(hours=2), reason="announced")
    assert send(NOON + timedelta(hours=3)) == []

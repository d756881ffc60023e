"""Members are told once that their space has been silent or will be erased; a coffee corner breaks no silence."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from groupspace import actions
from groupspace.forum import actions as forum
from groupspace.forum import lounge
from groupspace.models import Membership, Space
from groupspace.notices.models import Delivery, Notice
from groupspace.notices.sending import mailing
from groupspace.notices.sending.people import people
from groupspace.notices.tasks import purge
from groupspace.notices.telling import about_spaces
from groupspace.notify.models import Mail
from groupspace.text.sanitiser import from_plain
from tests.logged_in import logged_in

LIST = reverse("groupspace:notices:list")
SILENT, ERASING = "Het is al een tijd stil", "wordt alles gewist"


@pytest.fixture
def later():
    """`later(days=8)`: what is due so long from now is told; returns who has which unread notice."""

    def later(**passed):
        with time_machine.travel(timezone.now() + timedelta(**passed), tick=False):
            about_spaces.tell_due()
        return sorted(Notice.objects.unread().values_list("membership__display_name", "reason"))

    return later


@pytest.fixture(autouse=True)
def other_group_is_shut(cast):
    """What is told here is told of the one group."""
    Space.objects.filter(pk=cast.other.pk).update(state="closed")


def test_facilitators_are_told_of_silence_once_and_members_are_not(cast, later):
    assert later(days=6) == []
    assert later(days=8) == [("Anna", "silent"), ("Carla", "silent")]
    Notice.objects.all().delete()  # as the daily job does in time
    assert later(days=60) == []


def test_silence_after_something_happened_is_told_anew(cast, start, later):
    later(days=8)
    Notice.objects.all().delete()
    with time_machine.travel(timezone.now() + timedelta(days=9), tick=False):
        start("ben")
        Notice.objects.all().delete()
    assert later(days=15) == []
    assert later(days=17) == [("Anna", "silent"), ("Carla", "silent")]


@pytest.mark.parametrize("state", ["read_only", "closed"])
def test_a_group_in_which_nobody_writes_is_not_silent(cast, later, state):
    Space.objects.filter(pk=cast.space.pk).update(state=state)
    assert later(days=60) == []


def test_recruiting_for_too_long_is_told_once_as_silence(cast, later, start):
    Space.objects.filter(pk=cast.space.pk).update(state="recruiting")
    assert later(days=13) == []
    assert later(days=15) == [("Anna", "silent"), ("Carla", "silent")]
    with time_machine.travel(timezone.now() + timedelta(days=15), tick=False):
        page = logged_in(cast.anna, verified=True).get(LIST).content.decode()
    assert "De groep werft al lang" in page
    assert SILENT not in page
    Notice.objects.all().delete()
    with time_machine.travel(timezone.now() + timedelta(days=16), tick=False):
        start("anna")  # what its leader prepares makes it no less late
        Notice.objects.all().delete()
    assert later(days=40) == []


def test_the_first_two_weeks_are_stricter(cast, later):
    Space.objects.filter(pk=cast.space.pk).update(started_at=timezone.now())
    assert later(days=3) == []
    assert later(days=4) == [("Anna", "silent"), ("Carla", "silent")]


def test_a_group_that_starts_today_has_its_own_time(cast, later):
    now = timezone.now()
    Space.objects.filter(pk=cast.space.pk).update(started_at=now, counted_at=now - timedelta(days=20))
    assert later(days=3) == []


def test_a_coffee_corner_does_not_count(cast, as_actor, start, later):
    topic = start("ben", "Koffie")
    lounge.set_lounge(as_actor("carla"), topic, is_lounge=True)
    topic.refresh_from_db()
    with time_machine.travel(timezone.now() + timedelta(days=6), tick=False):
        forum.reply(as_actor("ellen"), topic, body=from_plain("Nog een kopje"))
        Notice.objects.all().delete()
    space = Space.objects.get(pk=cast.space.pk)
    assert space.last_activity_at > space.counted_at + timedelta(days=5)  # it is news in the stream all the same
    assert later(days=8) == [("Anna", "silent"), ("Carla", "silent")]


def test_list_leads_to_the_group_and_opening_it_is_reading(cast, later):
    later(days=8)
    with time_machine.travel(timezone.now() + timedelta(days=8), tick=False):
        anna = logged_in(cast.anna, verified=True)
        page = anna.get(LIST).content.decode()
        assert SILENT in page
        assert reverse("groupspace:space", args=[cast.space.pk]) in page
        anna.get(reverse("groupspace:space", args=[cast.space.pk]))
        assert not Notice.objects.unread().filter(membership=cast.members["anna"]).exists()
        assert Notice.objects.unread().filter(membership=cast.members["carla"]).exists()


def test_who_no_longer_facilitates_reads_nothing_of_it(cast, as_actor, later):
    later(days=8)
    actions.set_role(as_actor("anna"), cast.members["carla"], role="participant")
    with time_machine.travel(timezone.now() + timedelta(days=8), tick=False):
        assert SILENT not in logged_in(cast.carla, verified=True).get(LIST).content.decode()
    assert not Notice.objects.filter(membership=cast.members["carla"]).exists()


def test_silence_that_was_broken_is_no_longer_told(cast, start, later):
    later(days=8)
    with time_machine.travel(timezone.now() + timedelta(days=9), tick=False):
        start("ben")
        assert SILENT not in logged_in(cast.anna, verified=True).get(LIST).content.decode()


def test_all_members_are_told_two_weeks_before_their_group_is_erased_and_nobody_else(cast, later):
    erased = timezone.localdate() + timedelta(days=60)
    Space.objects.filter(pk=cast.space.pk).update(state="read_only", erase_on=erased)
    everybody = [(name, "erasing") for name in ("Anna", "Beer", "Carla", "Ellen")]
    actions.leave(cast.actor("ellen"), cast.space)
    everybody.remove(("Ellen", "erasing"))

    assert later(days=45) == []
    assert later(days=46) == everybody
    assert later(days=47) == everybody
    purge()
    assert ERASING in logged_in(cast.ben).get(LIST).content.decode()
    assert ERASING not in logged_in(cast.dora).get(LIST).content.decode()
    Notice.objects.all().delete()
    assert later(days=55) == []


def test_another_day_is_told_anew_and_a_group_that_goes_on_is_not_told_of(cast, later):
    day = timezone.localdate() + timedelta(days=10)
    Space.objects.filter(pk=cast.space.pk).update(state="read_only", erase_on=day)
    assert len(later()) == 4
    Space.objects.filter(pk=cast.space.pk).update(erase_on=day + timedelta(days=3))
    later()
    assert Notice.objects.filter(count=2).count() == 4
    Space.objects.filter(pk=cast.space.pk).update(state="open", erase_on=None)
    assert ERASING not in logged_in(cast.ben).get(LIST).content.decode()


def test_mail_about_erasure_goes_out_also_without_a_visit_and_tells_nothing(cast, later, settings):
    settings.EMAIL_BACKEND = "groupspace.notify.backend.OutboxBackend"
    cast.ben.email = "ben@voorbeeld.nl"
    cast.ben.save()
    now = timezone.now().replace(hour=11)
    Delivery.objects.create(user=cast.ben, mail="week", mailed_at=now - timedelta(days=40), quiet_from=0, quiet_to=0)
    Space.objects.filter(pk=cast.space.pk).update(state="read_only", erase_on=timezone.localdate() + timedelta(days=9))
    later()
    assert mailing.send_due() == 1
    stored = bytes(Mail.objects.get().content).decode()
    assert not [word for word in ("Rust in je hoofd", "gewist", "Beer") if word in stored]


def test_a_pause_keeps_the_mail_back_and_not_the_notice(cast, later):
    Membership.objects.filter(pk=cast.members["ben"].pk).update(quiet_until=timezone.localdate() + timedelta(days=20))
    Space.objects.filter(pk=cast.space.pk).update(state="read_only", erase_on=timezone.localdate() + timedelta(days=9))
    assert ("Beer", "erasing") in later()
    assert people(timezone.now(), membership=cast.members["ben"]) == []


def test_crash_in_the_middle_tells_everybody_later(cast, later, monkeypatch):
    Space.objects.filter(pk=cast.space.pk).update(state="read_only", erase_on=timezone.localdate() + timedelta(days=9))
    real = about_spaces.write

    def break_off(*args):
        real(*args)
        raise OSError("gone")

    monkeypatch.setattr(about_spaces, "write", break_off)
    with pytest.raises(OSError, match="gone"):
        later()
    assert not Notice.objects.exists()
    monkeypatch.setattr(about_spaces, "write", real)
    assert len(later()) == 4

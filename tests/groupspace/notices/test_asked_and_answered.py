"""People are told: who lets in that somebody asks, who reads first that something waits, who asked of the answer."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from groupspace import actions, register
from groupspace.forum import actions as forum
from groupspace.forum.models import Topic
from groupspace.kinds import kind_of
from groupspace.links import actions as links
from groupspace.links.models import Link
from groupspace.models import JoinRequest, Lease, Space
from groupspace.notices import own
from groupspace.notices.models import Answer, Delivery, Notice
from groupspace.notices.sending import mailing, pushing
from groupspace.notices.tasks import purge
from groupspace.notices.telling import answers, waiting
from groupspace.notify.models import Mail
from groupspace.text.sanitiser import from_plain
from tests.cast import make_professional, make_space, make_user, unverified, verified
from tests.logged_in import logged_in

pytestmark = pytest.mark.django_db
LIST, MINE, LEASE = (reverse(f"groupspace:{page}") for page in ("notices:list", "mine", "lease"))
ASKS, WAITS, PLACE = "Iemand wil meedoen", "Er wacht iets tot je het leest", "Er is een plek voor je"
ANSWER, ANSWER_LEASE = "Er is antwoord op je vraag om mee te doen", "Er is antwoord op je vraag om een ruimte"


@pytest.fixture(autouse=True)
def _listed(cast, settings):
    settings.EMAIL_BACKEND = "groupspace.notify.backend.OutboxBackend"
    Space.objects.filter(pk=cast.space.pk).update(visibility="listed")
    cast.space.refresh_from_db()


def ask(cast: Any, user: Any = None, name: str = "Nieuw") -> JoinRequest:
    return actions.request_to_join(unverified(user or cast.dora), cast.space, display_name=name)


def told() -> list[tuple[str, str, int]]:
    return sorted(Notice.objects.unread().values_list("membership__display_name", "reason", "count"))


def answered() -> list[tuple[str, str]]:
    return sorted(Answer.objects.unread().values_list("user__username", "about"))


def page(cast: Any, who: str, address: str = LIST) -> str:
    return logged_in(getattr(cast, who), verified=who not in {"ben", "dora", "ellen"}).get(address).content.decode()


def bell(shown: str) -> int:
    count = BeautifulSoup(shown, "html.parser").select_one(".gs-bell__count")
    return int(count.get_text().split()[0]) if count else 0


class TestAsking:
    def test_is_told_to_who_lets_people_in_and_to_nobody_else(self, cast):
        ask(cast)
        assert told() == [("Anna", "asked", 1), ("Carla", "asked", 1)]
        shown = page(cast, "anna")
        assert ASKS in shown
        assert reverse("groupspace:requests", args=[cast.space.pk]) in shown
        assert bell(shown) == 1
        for other in ("ben", "ellen", "dora", "frank"):
            assert ASKS not in page(cast, other)

    def test_is_one_notice_until_they_looked(self, cast):
        ask(cast)
        ask(cast, make_user(), "Nog iemand")
        assert told() == [("Anna", "asked", 2), ("Carla", "asked", 2)]
        assert bell(page(cast, "anna", reverse("groupspace:requests", args=[cast.space.pk]))) == 0
        assert told() == [("Carla", "asked", 2)]
        ask(cast, make_user(), "Een derde")
        assert told() == [("Anna", "asked", 1), ("Carla", "asked", 3)]

    def test_twice_the_same_question_is_told_once(self, cast):
        ask(cast)
        ask(cast)
        assert told() == [("Anna", "asked", 1), ("Carla", "asked", 1)]

    @pytest.mark.parametrize("end", ["withdrawn", "decided"])
    def test_what_waits_no_more_is_not_shown(self, cast, end):
        request = ask(cast)
        if end == "withdrawn":
            actions.withdraw_request(cast.actor("dora"), request)
        else:
            actions.refuse(cast.actor("anna"), request, reason="De groep is vol.")
        shown = page(cast, "carla")
        assert ASKS not in shown
        assert bell(shown) == 0

    def test_who_no_longer_lets_people_in_reads_nothing_of_it(self, cast, as_actor):
        ask(cast)
        actions.set_role(as_actor("anna"), cast.members["carla"], role="participant")
        assert ASKS not in page(cast, "carla")

    def test_a_question_that_failed_is_told_to_nobody(self, cast):
        with pytest.raises(ValidationError):
            ask(cast, name="Anna")
        assert told() == []

    def test_is_mailed_by_ones_own_settings_without_a_word(self, cast):
        cast.anna.email = "anna@voorbeeld.nl"
        cast.anna.save()
        Delivery.objects.create(user=cast.anna, mail="now", quiet_from=0, quiet_to=0)
        ask(cast)
        assert mailing.send_due() == 1
        assert mailing.send_due() == 0
        stored = bytes(Mail.objects.get().content).decode()
        assert not [word for word in ("Rust in je hoofd", "Nieuw", "Anna", "meedoen") if word in stored]


class TestReadingFirst:
    @pytest.fixture(autouse=True)
    def _reads_first(self, cast):
        Space.objects.filter(pk=cast.space.pk).update(approve_first=True)
        cast.space.refresh_from_db()

    def later(self, **passed: int) -> int:
        with time_machine.travel(timezone.now() + timedelta(**(passed or {"minutes": 2})), tick=False):
            return waiting.tell_due() if waiting.due() else 0

    def share(self, cast: Any, who: str = "ben", title: str = "Zevenmijlslaars") -> Any:
        return links.add_link(cast.actor(who), cast.space, title=title, url="https://voorbeeld.nl/slaap")

    def test_is_told_once_of_any_sort_to_who_moderates(self, cast, start):
        start("ben")
        self.share(cast)
        assert self.later(seconds=20) == 0  # so long words can be taken back
        assert self.later() == 1
        assert self.later() == 0
        # Ellen moderates without the second step: the notice waits until she takes it, as all her other power does.
        assert told() == [("Anna", "held", 1), ("Carla", "held", 1), ("Ellen", "held", 1)]
        with time_machine.travel(timezone.now() + timedelta(minutes=2), tick=False):
            shown = page(cast, "anna")
            assert WAITS in shown
            assert "Zevenmijlslaars" not in shown
            assert reverse("groupspace:waiting", args=[cast.space.pk]) in shown
            for other in ("ben", "dora", "frank"):
                assert WAITS not in page(cast, other)

    def test_is_told_anew_of_what_came_after_they_looked(self, cast):
        self.share(cast)
        self.later()
        with time_machine.travel(timezone.now() + timedelta(minutes=3), tick=False):
            page(cast, "anna", reverse("groupspace:waiting", args=[cast.space.pk]))
            assert [name for name, *_ in told()] == ["Carla", "Ellen"]
        assert self.later(minutes=9) == 0
        with time_machine.travel(timezone.now() + timedelta(minutes=10), tick=False):
            self.share(cast, title="Nog een")
        assert self.later(minutes=12) == 1
        assert told() == [("Anna", "held", 1), ("Carla", "held", 1), ("Ellen", "held", 1)]

    def test_of_ones_own_nothing_is_told(self, cast, start):
        topic = start("ben").pk
        Notice.objects.all().delete()
        actions_of = cast.actor("carla")
        forum.reply(actions_of, Topic.objects.select_related("space").get(pk=topic), body=from_plain("Ik kijk even."))
        Topic.objects.get(pk=topic).posts.filter(author=cast.members["ben"]).update(held_at=None)
        self.later()
        assert "Carla" not in [name for name, *_ in told()]

    def test_what_was_let_through_or_taken_away_is_told_no_more(self, cast):
        link = self.share(cast)
        self.later()
        actions.release(cast.actor("anna"), link)
        with time_machine.travel(timezone.now() + timedelta(minutes=3), tick=False):
            shown = page(cast, "carla")
        assert WAITS not in shown
        assert bell(shown) == 0

    def test_what_was_taken_back_at_once_is_told_to_nobody(self, cast):
        links.delete_link(cast.actor("ben"), self.share(cast))
        assert self.later() == 0

    def test_sort_that_is_switched_off_is_not_told_of(self, cast):
        self.share(cast)
        Space.objects.filter(pk=cast.space.pk).update(kinds_off=[kind_of(Link).slug])
        assert self.later() == 0

    def test_idle_job_asks_one_question_and_writes_nothing(self, cast):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert not waiting.due()
        assert len(asked) == 1


class TestAnswers:
    def decide(self, cast: Any, request: JoinRequest, how: str) -> None:
        anna = cast.actor("anna")
        if how == "refused":
            actions.refuse(anna, request, reason="Nu niet.")
        elif how == "waiting":
            actions.put_on_waiting_list(anna, request)
        else:
            actions.admit(anna, request)

    @pytest.mark.parametrize("how", ["admitted", "refused", "waiting"])
    def test_who_asked_is_told_and_never_of_what(self, cast, how):
        request = ask(cast)
        assert answered() == []
        self.decide(cast, request, how)
        Space.objects.filter(pk=cast.space.pk).update(visibility="hidden")

        assert answered() == [("dora", "joining")]
        shown = page(cast, "dora")
        assert ANSWER in shown
        assert "Rust in je hoofd" not in shown
        assert bell(shown) == 1
        for other in ("anna", "ben", "frank"):
            assert ANSWER not in page(cast, other)

    @pytest.mark.parametrize("where", ["mine", "space"])
    def test_where_the_answer_stands_it_is_read(self, cast, where):
        self.decide(cast, ask(cast), "refused")
        address = MINE if where == "mine" else reverse("groupspace:space", args=[cast.space.pk])
        dora = logged_in(cast.dora)
        dora.get(address, headers={"Sec-Purpose": "prefetch"})
        assert answered() == [("dora", "joining")]
        assert bell(dora.get(address).content.decode()) == 0
        assert answered() == []
        assert ANSWER not in dora.get(LIST).content.decode()

    def test_another_group_of_ones_own_leaves_it_unread(self, cast):
        self.decide(cast, ask(cast), "admitted")
        page(cast, "frank", reverse("groupspace:space", args=[cast.other.pk]))
        assert answered() == [("dora", "joining")]
        assert page(cast, "dora", reverse("groupspace:space", args=[cast.space.pk]))
        assert answered() == []

    def test_read_all_reads_them_too_and_only_ones_own(self, cast):
        self.decide(cast, ask(cast), "refused")
        other = make_user("olga")
        self.decide(cast, ask(cast, other, "Olga"), "refused")
        logged_in(cast.dora).post(reverse("groupspace:notices:read-all"))
        assert answered() == [("olga", "joining")]

    def test_who_came_in_by_another_way_did_it_and_is_not_told(self, cast):
        ask(cast)
        invitation, _code = actions.invite(cast.actor("anna"), cast.space, role="participant")
        actions.accept_invitation(cast.actor("dora"), invitation, display_name="Nieuw")
        assert answered() == []

    def test_second_answer_before_reading_is_one_and_after_reading_anew(self, cast):
        request = ask(cast)
        self.decide(cast, request, "waiting")
        Answer.objects.update(sent_at=timezone.now())
        self.decide(cast, request, "admitted")
        assert Answer.objects.get().sent_at
        logged_in(cast.dora).get(MINE)
        assert answered() == []

        again = ask(cast, make_user("olga"), "Olga")
        self.decide(cast, again, "waiting")
        Answer.objects.update(sent_at=timezone.now(), read_at=timezone.now())
        self.decide(cast, again, "refused")
        assert answered() == [("olga", "joining")]
        assert Answer.objects.get(user__username="olga").sent_at is None

    def test_one_mail_at_once_that_says_nothing(self, cast):
        cast.dora.email = "dora@voorbeeld.nl"
        cast.dora.save()
        Delivery.objects.create(user=cast.dora, mail="week", quiet_from=0, quiet_to=0)
        request = ask(cast)
        self.decide(cast, request, "refused")
        assert mailing.send_due() == 1
        assert mailing.send_due() == 0
        stored = bytes(Mail.objects.get().content).decode()
        assert not [word for word in ("Rust in je hoofd", "Nu niet", "dora,") if word in stored]

    @pytest.mark.parametrize("why", ["never", "night", "read", "no address"])
    def test_no_mail_for_who_wants_none_sleeps_or_looked(self, cast, why):
        cast.dora.email = "" if why == "no address" else "dora@voorbeeld.nl"
        cast.dora.save()
        hours = {"quiet_from": timezone.localtime().hour, "quiet_to": (timezone.localtime().hour + 2) % 24}
        Delivery.objects.create(
            user=cast.dora,
            mail="never" if why == "never" else "now",
            **(hours if why == "night" else {"quiet_from": 0, "quiet_to": 0}),
        )
        self.decide(cast, ask(cast), "refused")
        if why == "read":
            logged_in(cast.dora).get(MINE)
        assert mailing.send_due() == 0
        assert not Mail.objects.exists()

    def test_a_device_gets_one_sign(self, cast, monkeypatch):
        signs: list[Any] = []
        monkeypatch.setattr(pushing, "with_devices", lambda: [cast.dora.pk])
        monkeypatch.setattr(pushing, "send_to", signs.append)
        Delivery.objects.create(user=cast.dora, quiet_from=0, quiet_to=0)
        self.decide(cast, ask(cast), "refused")
        assert (pushing.send_due(), pushing.send_due()) == (1, 0)
        assert signs == [cast.dora.pk]

    def test_own_data_tells_of_it(self, cast):
        self.decide(cast, ask(cast), "refused")
        assert "antwoord op je vraag" in json.dumps(list(map(str, own.answers_of_account(cast.dora))))

    def test_bell_costs_nothing_more_in_a_group_and_one_statement_outside(self, cast):
        ben = logged_in(cast.ben)
        ben.get(LIST)
        with CaptureQueriesContext(connection) as before:
            ben.get(LIST)
        Answer.objects.create(user=cast.frank, about="lease", item_id=cast.space.pk, at=timezone.now())
        with CaptureQueriesContext(connection) as after:
            ben.get(LIST)
        assert len(after) == len(before) == 4
        dora = logged_in(cast.dora)
        dora.get(LIST)
        with CaptureQueriesContext(connection) as outside:
            dora.get(LIST)
        assert len(outside) == 4

    def test_old_answers_go(self, cast):
        self.decide(cast, ask(cast), "refused")
        with time_machine.travel(timezone.now() + timedelta(days=31), tick=False):
            purge()
            assert answered() == [("dora", "joining")]
            Answer.objects.update(read_at=timezone.now() - timedelta(days=31))
            purge()
        assert not Answer.objects.exists()


class TestPlaces:
    @pytest.fixture
    def full(self):
        return make_space(make_professional(), join_policy="open", visibility="listed", capacity=1)

    def queue(self, space: Space, name: str) -> Any:
        user = make_user(name)
        actions.request_to_join(unverified(user), space, display_name=name)
        return user

    def tell(self) -> int:
        return answers.tell_of_places() if answers.places_due() else 0

    def test_is_told_once_to_whose_turn_it_is(self, full):
        for name in ("eerste", "tweede", "derde"):
            self.queue(full, name)
        assert self.tell() == 0
        Space.objects.filter(pk=full.pk).update(capacity=2)
        assert (self.tell(), self.tell()) == (1, 0)
        assert answered() == [("eerste", "place")]
        shown = logged_in(Answer.objects.get().user).get(LIST).content.decode()
        assert PLACE in shown
        assert full.name not in shown

    def test_that_is_gone_is_taken_back_and_a_new_one_told_anew(self, full):
        self.queue(full, "eerste")
        for capacity, expected in ((2, [("eerste", "place")]), (1, []), (2, [("eerste", "place")])):
            Space.objects.filter(pk=full.pk).update(capacity=capacity)
            self.tell()
            assert answered() == expected

    def test_taken_is_told_no_more(self, full):
        user = self.queue(full, "eerste")
        Space.objects.filter(pk=full.pk).update(capacity=2)
        self.tell()
        full.refresh_from_db()
        actions.join(unverified(user), full, display_name="eerste")
        self.tell()
        assert answered() == []

    def test_that_is_read_is_not_told_again_as_long_as_it_is_there(self, full):
        user = self.queue(full, "eerste")
        Space.objects.filter(pk=full.pk).update(capacity=2)
        self.tell()
        logged_in(user).get(MINE)
        with time_machine.travel(timezone.now() + timedelta(days=100), tick=False):
            purge()
            assert self.tell() == 0

    @pytest.mark.parametrize("change", [{"state": "closing"}, {"join_policy": "request"}])
    def test_is_not_told_where_one_cannot_come_in_oneself(self, full, change):
        self.queue(full, "eerste")
        Space.objects.filter(pk=full.pk).update(capacity=2, **change)
        assert self.tell() == 0


class TestLeases:
    def test_who_asked_is_told_of_the_decision_once_and_reads_it_where_it_stands(self, cast):
        lease = actions.request_lease(
            cast.actor("dora"), tenant="private", theme="Geldzaken", purpose="Samen sparen", accepts_care=True
        )
        assert answered() == []
        register.decide_lease(verified(cast.operator), lease, state="refused", answer="Nee, helaas.")
        with pytest.raises(ValidationError):
            register.decide_lease(verified(cast.operator), Lease.objects.get(), state="granted", answer="Toch wel")

        assert answered() == [("dora", "lease")]
        dora = logged_in(cast.dora)
        shown = dora.get(LIST).content.decode()
        assert ANSWER_LEASE in shown
        assert "Geldzaken" not in shown
        dora.get(MINE)
        assert answered() == [("dora", "lease")]
        assert bell(dora.get(LEASE).content.decode()) == 0
        assert answered() == []

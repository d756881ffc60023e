"""Nobody floods a group or its facilitators, and nobody who writes like a person is ever stopped."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse

from groupspace import actions
from groupspace.audit.models import Entry
from groupspace.conf import Pace
from groupspace.forum import actions as forum
from groupspace.forum.models import Post, Topic
from groupspace.models import JoinRequest
from groupspace.pace import keep_pace
from tests.cast import Cast
from tests.groupspace.accounts.people import log_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def moment(cast: Cast) -> datetime:
    """The start of a turn of counting, when everybody here is a member already."""
    return datetime.now(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)


@pytest.fixture
def topic(cast: Cast) -> Topic:
    return forum.start_topic(cast.actor("anna"), cast.space, title="Hoi", body="<p>Hoi.</p>").topic


@pytest.fixture
def short(settings: Any) -> None:
    """Limits that a test reaches at once."""
    few = Pace(times=2, within=timedelta(minutes=10))
    settings.GROUPSPACE = {**settings.GROUPSPACE, "POSTS": few, "JOIN_REQUESTS": few}


def test_sixty_short_messages_in_ten_minutes_are_fine(cast: Cast, topic: Topic, moment: datetime) -> None:
    ben = cast.actor("ben")
    with time_machine.travel(moment, tick=False):
        for number in range(60):
            forum.reply(ben, topic, body=f"<p>{number}</p>")

        with pytest.raises(ValidationError, match="Wacht 10 minuten"):
            forum.reply(ben, topic, body="<p>en nog een</p>")

    assert topic.posts.count() == 61


def test_limit_counts_topics_and_replies_of_one_person_together(
    cast: Cast, topic: Topic, short: None, moment: datetime
) -> None:
    ben = cast.actor("ben")
    with time_machine.travel(moment, tick=False):
        forum.start_topic(ben, cast.space, title="Een", body="<p>x</p>")
        forum.reply(ben, topic, body="<p>x</p>")
        for refused in (
            lambda: forum.start_topic(ben, cast.space, title="Twee", body="<p>x</p>"),
            lambda: forum.reply(ben, topic, body="<p>x</p>"),
        ):
            with pytest.raises(ValidationError):
                refused()
        forum.reply(cast.actor("carla"), topic, body="<p>een ander merkt er niets van</p>")

    with time_machine.travel(moment + timedelta(minutes=10), tick=False):
        forum.reply(ben, topic, body="<p>en het gaat weer</p>")


def test_demo_and_import_are_not_stopped(cast: Cast, topic: Topic, short: None, moment: datetime) -> None:
    for _number in range(5):
        forum.reply(cast.actor("ben"), topic, body="<p>x</p>", at=moment)


def test_refused_post_stands_in_the_form_with_the_reason_and_can_be_sent_later(
    cast: Cast, topic: Topic, short: None, moment: datetime
) -> None:
    ben, address = log_in(cast.ben), reverse("groupspace:gesprekken:reply", args=[cast.space.pk, topic.pk])
    with time_machine.travel(moment, tick=False):
        for _number in range(2):
            assert ben.post(address, {"body": "Kort."}).status_code == 302
        refused = ben.post(address, {"body": "Dit wil ik niet kwijt."})

        assert refused.status_code == 429
        assert "Wacht 10 minuten en probeer het dan weer." in refused.content.decode()
        assert "Dit wil ik niet kwijt." in refused.context["form"]["body"].value()
        assert "gs-ticket" in refused.content.decode()
        assert Post.objects.filter(topic=topic).count() == 3
        new = ben.post(
            reverse("groupspace:gesprekken:topic-create", args=[cast.space.pk]), {"title": "Nieuw", "body": "Ook dit."}
        )
        assert (new.status_code, Topic.objects.count()) == (429, 1)


def test_refused_post_can_be_sent_again_with_the_same_form(
    cast: Cast, topic: Topic, short: None, moment: datetime
) -> None:
    ben, address = log_in(cast.ben), reverse("groupspace:gesprekken:reply", args=[cast.space.pk, topic.pk])
    with time_machine.travel(moment, tick=False) as clock:
        ticket = str(ben.get(address).context["composer"].ticket)
        for _number in range(2):
            ben.post(address, {"body": "Kort."})
        assert ben.post(address, {"body": "Later.", "gs-ticket": ticket}).status_code == 429
        clock.shift(600)

        assert ben.post(address, {"body": "Later.", "gs-ticket": ticket}).status_code == 302

    assert Post.objects.filter(topic=topic, body__contains="Later.").count() == 1


def test_asking_and_withdrawing_does_not_go_on_for_ever(cast: Cast, short: None, moment: datetime) -> None:
    actions.change_space(cast.actor("anna"), cast.space, visibility="listed")
    dora, browser = cast.actor("dora"), log_in(cast.dora)
    with time_machine.travel(moment, tick=False):
        for _number in range(2):
            asked = actions.request_to_join(dora, cast.space, display_name="Duif")
            # Asking again without withdrawing is not asking more.
            assert actions.request_to_join(dora, cast.space, display_name="Duif") == asked
            actions.withdraw_request(dora, asked)
        logged = Entry.objects.filter(event="join.requested").count()

        refused = browser.post(reverse("groupspace:join", args=[cast.space.pk]), {"display_name": "Duif"})

        assert refused.status_code == 422
        assert "Wacht 10 minuten" in refused.content.decode()
        assert refused.context["form"]["display_name"].value() == "Duif"
    assert not JoinRequest.objects.open().exists()
    assert Entry.objects.filter(event="join.requested").count() == logged == 2


def test_pace_costs_no_statement_and_a_broken_cache_stops_nobody(
    cast: Cast, short: None, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    class Away:
        def __getattr__(self, name: str) -> Any:
            raise ConnectionError("away")

    ben = cast.actor("ben")
    with django_assert_num_queries(0):
        keep_pace(ben, "POSTS")
        monkeypatch.setattr("groupspace.pace.cache", Away())
        for _number in range(5):
            keep_pace(ben, "POSTS")

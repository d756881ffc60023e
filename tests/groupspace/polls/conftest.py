"""Polls in the fixed group, and browsers for its members."""

import pytest
from django.urls import reverse
from django.utils import timezone

from groupspace.polls import actions
from groupspace.polls.models import Poll
from groupspace.text.sanitiser import from_plain
from tests.logged_in import logged_in


@pytest.fixture
def log_in(cast):
    """`log_in("ben")`: a client that is logged in as this person, with the second step where they have power."""

    def enter(name):
        return logged_in(getattr(cast, name), verified=name not in {"ben", "dora", "ellen"})

    return enter


@pytest.fixture
def ask(cast, as_actor):
    """`ask("ben", options=[…], …)`: a poll by this person in the group, laid down like the demo."""

    def ask(name="ben", question="Wat helpt jou?", options=("Wandelen", "Praten", "Slapen"), **more):
        more = {"explanation": from_plain("Ik ben benieuwd."), "at": timezone.now()} | more
        return actions.ask(as_actor(name), cast.space, question=question, options=list(options), **more)

    return ask


@pytest.fixture
def vote(as_actor):
    """`vote("anna", poll, "Wandelen")`: this person chooses these words."""

    def vote(name, poll, *texts):
        actions.vote(
            as_actor(name), poll, options=list(poll.options.filter(text__in=texts).values_list("pk", flat=True))
        )

    return vote


@pytest.fixture
def url(cast):
    """`url()`, `url(poll)`, `url(poll, "stem/")`: addresses in the group."""

    def url(place="", rest=""):
        base = reverse("groupspace:peilingen:list", args=[cast.space.pk])
        return f"{base}{place.pk}/{rest}" if isinstance(place, Poll) else f"{base}{place}{rest}"

    return url

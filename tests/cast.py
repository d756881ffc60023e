"""The fixed cast of the tests, and the group they meet in.

anna leads, ben is a member, carla leads with anna, ellen knows it from experience, dora belongs to no group,
frank leads another group, pim is a professional without a group; editor and operator are staff.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from groupspace import actions
from groupspace.actor import NOBODY, Actor, actor_for
from groupspace.models import Membership, Organisation, Professional, Space
from tests.remembered import Remembered

PASSWORD = "een-lang-wachtwoord-voor-tests"
_numbers = itertools.count(1)


def make_user(name: str = "", **extra: Any) -> Any:
    """An account that can log in with PASSWORD."""
    return get_user_model().objects.create_user(name or f"persoon{next(_numbers)}", password=PASSWORD, **extra)


def make_professional(name: str = "", organisation: Organisation | None = None) -> Any:
    """An account that an organisation vouches for."""
    user = make_user(name)
    organisation = organisation or Organisation.objects.create(name=f"Organisatie {next(_numbers)}")
    Professional.objects.create(user=user, organisation=organisation)
    return user


def verified(user: Any) -> Actor:
    """This person, with the second step done."""
    return actor_for(user, verified=True)


def unverified(user: Any) -> Actor:
    """This person, with only a password."""
    return actor_for(user, verified=False)


def make_space(leader: Any = None, **fields: Any) -> Space:
    """A space, opened by a professional through the real action."""
    leader = leader or make_professional()
    organisation = leader.groupspace_professional.organisation
    fields = {"name": f"Groep {next(_numbers)}", "summary": "Voor wie dat wil.", "state": "open", **fields}
    if fields["state"] == "open":  # past its first weeks
        fields.setdefault("started_at", timezone.now() - timedelta(days=60))
    name = fields.pop("display_name", "Leider")
    return actions.create_space(verified(leader), organisation=organisation, display_name=name, **fields)


def add_member(space: Space, user: Any, name: str, role: str = "") -> Membership:
    """Bring someone in by a personal invitation, through the real actions."""
    leader = space.memberships.filter(role=space.space_kind.founder_role.code).order_by("since").first()
    role = role or space.space_kind.entry_role.code
    invitation, _code = actions.invite(verified(leader.user), space, role=role)
    return actions.accept_invitation(verified(user), invitation, display_name=name)


@dataclass
class Cast:
    """Everyone, and the two groups."""

    anna: Any
    ben: Any
    carla: Any
    ellen: Any
    dora: Any
    frank: Any
    pim: Any
    editor: Any
    operator: Any
    space: Space
    other: Space
    members: dict[str, Membership]

    def actor(self, name: str) -> Actor:
        """This person as they usually are: people with power have done the second step, clients have not."""
        if name == "anonymous":
            return NOBODY
        return actor_for(getattr(self, name), verified=name not in {"ben", "dora", "ellen"})


def make_cast() -> Cast:
    anna, frank, pim = make_professional("anna"), make_professional("frank"), make_professional("pim")
    ben, carla, ellen, dora = make_user("ben"), make_user("carla"), make_user("ellen"), make_user("dora")
    editor, operator = make_user("editor"), make_user("operator", is_superuser=True)
    space = make_space(anna, name="Rust in je hoofd", display_name="Anna", join_policy="request")
    other = make_space(frank, name="Een andere groep", display_name="Frank")
    members = {
        "anna": space.memberships.get(user=anna),
        "ben": add_member(space, ben, "Beer"),
        "carla": add_member(space, carla, "Carla", "co_facilitator"),
        "ellen": add_member(space, ellen, "Ellen", "experience_expert"),
        "frank": other.memberships.get(user=frank),
    }
    return Cast(anna, ben, carla, ellen, dora, frank, pim, editor, operator, space, other, members)


_cast = Remembered(make_cast)


@pytest.fixture
def cast(db: None) -> Cast:
    """The whole cast, in a hidden group that one must ask to join, next to another group."""
    return _cast.get()


@pytest.fixture
def as_actor(cast: Cast) -> Callable[[str], Actor]:
    """`as_actor("ben")`: ben's actor, built anew."""
    return cast.actor

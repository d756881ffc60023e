"""The agreements of a space, and the duty of care of who leads it: who says yes to which version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from groupspace.actions.common import own_membership, require, signature
from groupspace.audit import log
from groupspace.care import CARE_VERSION
from groupspace.models import Membership, Space

if TYPE_CHECKING:
    from groupspace.actor import Actor


@transaction.atomic
def agree_to_rules(actor: Actor, space: Space, *, version: int) -> None:
    """Say yes to the agreements as they stood on the page; a newer version asks again."""
    require(actor, "agree", space)
    mine = Membership.objects.filter(pk=own_membership(actor, space), rules_version__lt=version)
    mine.update(rules_version=min(version, space.rules_version))


@transaction.atomic
def accept_care(actor: Actor, space: Space, *, version: int) -> None:
    """Say yes to the duty of care as it stood on the page; a newer version asks again."""
    require(actor, "agree", space)
    mine = Membership.objects.filter(pk=own_membership(actor, space), care_version__lt=min(version, CARE_VERSION))
    if mine.update(care_version=min(version, CARE_VERSION)):
        log.record("member.accepted_care", actor=signature(actor, space), space_id=space.pk, obj=space)


def renew(space: Space, text: str, *, ask_again: bool) -> None:
    """Put other agreements in the space, which is not saved here.

    Args:
        ask_again: they changed in substance, so that all members say yes anew. The first agreements always ask.
    """
    first = bool(text.strip()) and not space.house_rules.strip()
    space.house_rules = text
    if not text.strip():  # nothing to say yes to: nobody is held up by it
        space.memberships.filter(rules_version__lt=space.rules_version).update(rules_version=space.rules_version)
    elif first or ask_again:
        space.rules_version += 1

"""What services keep of a member and of an account, beside the kinds: for "Mijn gegevens", and for who goes away.

A service adds its part when it starts. What belongs to an account goes with its row; what belongs to a membership is
forgotten by the service, because the membership itself stays, without a name, under what was written.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from groupspace import policy
from groupspace.actor import actor_for
from groupspace.kinds import all_kinds
from groupspace.models import Audience, Invitation, Lease, Membership, MutedItem, Professional, Space
from groupspace.telling import tell_freed

if TYPE_CHECKING:
    from groupspace.kinds import Kind

    Collect = Callable[[Any], list[dict[str, Any]]]

_of_members: dict[str, tuple[Collect, Callable[[Membership], object]]] = {}
_of_accounts: dict[str, Collect] = {}


def add_of_member(name: str, collect: Collect, forget: Callable[[Membership], object]) -> None:
    """Make a part known that belongs to a membership.

    Args:
        name: what people call it.
        collect: gives all of it for one membership, ready for JSON.
        forget: takes all of it away.
    """
    _of_members[name] = (collect, forget)


def add_of_account(name: str, collect: Collect) -> None:
    """Make a part known that belongs to an account, and goes with it."""
    _of_accounts[name] = collect


def name_of(space: Space, user: Any) -> str:
    """What a space is called, for who may read its name at this moment."""
    return (
        space.name
        if policy.may_name(actor_for(user, verified=True), space)
        else _("een groep waar je niet meer bij hoort")
    )


def of_member(membership: Membership) -> dict[str, Any]:
    """All that is kept of somebody in one space: by the core, by each kind and by each service."""
    return {
        "groep": name_of(membership.space, membership.user),
        "naam": membership.display_name,
        "rol": str(getattr(membership.role_data, "label", membership.role)),
        "stand": str(membership.get_state_display()),
        "sinds": membership.since.isoformat(),
        "tot": membership.until.isoformat() if membership.until else None,
        "in de ledenlijst": membership.is_listed,
        "pauze tot en met": membership.quiet_until.isoformat() if membership.quiet_until else None,
        "afspraken gelezen, versie": membership.rules_version,
        "ja gezegd tegen de zorgplicht, versie": membership.care_version,
        "uitleg weggehaald": membership.introduced_at.isoformat() if membership.introduced_at else None,
        "leeftijd": str(membership.get_age_band_display()),
        "regio": membership.region.name if membership.region else "",
        "ouders vinden het goed sinds": (
            membership.parents_agreed_on.isoformat() if membership.parents_agreed_on else None
        ),
        "verteld over mij": [
            {"vraag": told.field.label, "antwoord": told.text, "wie dit leest": str(told.get_audience_display())}
            for told in membership.profile.select_related("field")
        ],
        "rechten naast mijn rol": [
            {"recht": str(one.get_permission_display()), "gegeven": one.granted} for one in membership.exceptions.all()
        ],
        "uitnodigingen die ik maakte": [
            {"voor wie": one.label, "gemaakt": one.created_at.isoformat(), "gebruikt": one.uses}
            for one in Invitation.objects.filter(created_by=membership)
        ],
        "waarvan ik niets wil horen": MutedItem.objects.filter(membership=membership).count(),
        **{str(kind.label_plural): kind.export(membership) for kind in all_kinds()},
        **{name: collect(membership) for name, (collect, _forget) in _of_members.items()},
    }


def of_account(user: Any) -> dict[str, list[dict[str, Any]]]:
    """All that the plug-in keeps of an account outside spaces."""
    professional = Professional.objects.filter(user=user).select_related("organisation")
    return {
        "professional": [
            {
                "organisatie": one.organisation.name,
                "sinds": one.since.isoformat(),
                "tot en met": one.until.isoformat() if one.until else None,
                "coördinator": one.is_coordinator,
                "uitleg weggehaald": one.introduced_at.isoformat() if one.introduced_at else None,
            }
            for one in professional
        ],
        "huur": [
            {
                "gevraagd": one.asked_at.isoformat(),
                "wie huurt": str(one.get_tenant_display()),
                "organisatie": one.organisation.name if one.organisation else None,
                "thema": one.theme,
                "waarvoor": one.purpose,
                "proef": one.is_trial,
                "ja gezegd tegen de zorgplicht, versie": one.care_version,
                "stand": str(one.get_state_display()),
                "antwoord": one.answer,
                "tot en met": one.until.isoformat() if one.until else None,
                "langer gevraagd": one.longer_asked_at.isoformat() if one.longer_asked_at else None,
            }
            for one in Lease.objects.filter(user=user).select_related("organisation")
        ],
        **{name: collect(user) for name, collect in _of_accounts.items()},
    }


def forget_member(membership: Membership) -> None:
    """Take away what a member told or chose for themselves, and what they wrote that nobody else has read.

    What they wrote to others stays, without a name.
    """
    membership.profile.all().delete()
    membership.exceptions.all().delete()
    Invitation.objects.filter(created_by=membership).delete()
    MutedItem.objects.filter(membership=membership).delete()
    for kind in all_kinds():
        kind.forget_choices(membership)
        _take_away_unread(kind, membership)
    for _collect, forget in _of_members.values():
        forget(membership)


def _take_away_unread(kind: Kind, membership: Membership) -> None:
    """Throw away what a member prepared, and what was for them alone: nobody could read or remove it any more."""
    unread = [kind.model._default_manager.filter(author=membership, audience=Audience.SELF)]
    if kind.prepares:
        waiting = kind.prepares.model._default_manager
        unread.append(waiting.filter(author=membership, prepared_for__isnull=False))
    for found in unread:
        for item in found.select_for_update():  # what comes at this very moment was written to others
            tell_freed(item.pk)
            kind.take_away(item)

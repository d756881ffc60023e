"""Opening a space, and changing what it says about itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groupspace import grants, policy
from groupspace.actions import rules
from groupspace.actions.common import enter, require, signature
from groupspace.audit import log
from groupspace.coming_in.ages import MINOR
from groupspace.held import check_nothing_waits
from groupspace.kinds import space_kind
from groupspace.lifetime.steering import BY_ITSELF
from groupspace.lifetime.term import check_last_day
from groupspace.models import DecisionLetter, Membership, Space

if TYPE_CHECKING:
    from groupspace.actor import Actor
    from groupspace.models import Organisation, Region


@transaction.atomic
def create_space(
    actor: Actor, *, organisation: Organisation, display_name: str, questions: Iterable[str] = (), **fields: Any
) -> Space:
    """Open a space; whoever opens it leads it.

    Args:
        organisation: who is responsible; the actor must be one of its professionals.
        display_name: the name the founder writes under.
        questions: what people answer when they ask to join.
        fields: the space's own fields.

    Raises PermissionDenied unless the actor is a verified professional of that organisation.
    """
    if not policy.may_open(actor) or not organisation.professionals.active().filter(user_id=actor.user_id).exists():
        raise PermissionDenied(str(policy.NO_PROFESSIONAL.reason))
    return found_space(actor, organisation=organisation, display_name=display_name, questions=questions, **fields)


def found_space(
    actor: Actor,
    *,
    organisation: Organisation | None,
    display_name: str,
    questions: Iterable[str] = (),
    **fields: Any,
) -> Space:
    """Make a space and its first leader, for an action that has checked whether this actor may."""
    space = Space(organisation=organisation, **fields)
    kind = space_kind(space.kind)
    if kind is None:
        raise ValidationError({"kind": _("Deze soort ruimte bestaat niet.")})
    if "state" not in fields and kind.checklist:
        space.state = Space.State.RECRUITING
    elif kind.checklist and space.state == Space.State.OPEN and space.started_at is None:
        space.started_at = timezone.now()
    if kind.lasts:
        space.erase_on = timezone.localdate() + kind.lasts
    space.rules_version = int(bool(space.house_rules.strip()))
    check_rules(space)
    space.full_clean()
    space.save(force_insert=True)
    membership = Membership(space=space, user_id=actor.user_id, role=kind.founder_role.code, display_name=display_name)
    membership.rules_version = space.rules_version
    enter(membership)
    _set_questions(space, questions)
    log.record("space.created", actor=f"member:{membership.pk}", space_id=space.pk, obj=space)
    return space


@transaction.atomic
def change_space(
    actor: Actor,
    space: Space,
    *,
    questions: Iterable[str] | None = None,
    profile_fields: Iterable[str] | None = None,
    letters: Mapping[str, str] | None = None,
    regions: Iterable[Region] | None = None,
    house_rules: str | None = None,
    ask_again: bool = False,
    **fields: Any,
) -> Space:
    """Change what a space says about itself and how people join it.

    Args:
        questions: what people answer when they ask to join.
        profile_fields: what members can tell about themselves; what was told to a question that goes, goes with it.
        letters: the words for each decision about a request; an empty one brings ours back.
        regions: where people must live who join by themselves; none is everywhere.
        ask_again: the agreements changed in substance, so that all members say yes anew.

    Raises ValidationError for what cannot hold with who takes part now, with this sort of space, or with its lease.
    """
    require(actor, "change", space)
    stood = Space.objects.select_for_update().get(pk=space.pk)
    for name, value in fields.items():
        setattr(space, name, value)
    if house_rules is not None:
        space.house_rules, space.rules_version = stood.house_rules, stood.rules_version
        rules.renew(space, house_rules, ask_again=ask_again)
        fields |= {"house_rules": house_rules, "rules_version": space.rules_version}
    check_rules(space, stood)
    if "ends_on" in fields:
        check_last_day(space)
    if stood.approve_first and not space.approve_first:
        check_nothing_waits(space)
    space.full_clean()
    space.save(update_fields=fields.keys())
    if space.steering != stood.steering:
        for membership in space.memberships.filter(state=Membership.State.ACTIVE):
            membership.space = space
            grants.sync(membership)
    if space.rules_version > stood.rules_version:
        rules.agree_to_rules(actor, space, version=space.rules_version)
    if regions is not None:
        space.regions.set(regions)
    if questions is not None:
        _set_questions(space, questions)
    if profile_fields is not None:
        _set_profile_fields(space, list(profile_fields))
    for decision, text in (letters or {}).items():
        _set_letter(space, decision, text)
    log.record("space.changed", actor=signature(actor, space), space_id=space.pk, obj=space, authorisation="change")
    return space


def _set_questions(space: Space, questions: Iterable[str]) -> None:
    """Keep the questions that are still asked as they are: somebody may be answering them now."""
    texts = list(dict.fromkeys(questions))
    space.questions.exclude(text__in=texts).delete()
    for position, text in enumerate(texts):
        space.questions.update_or_create(text=text, defaults={"position": position})


def _set_profile_fields(space: Space, labels: list[str]) -> None:
    """Keep the fields that are still asked, with their answers."""
    space.profile_fields.exclude(label__in=labels).delete()
    for position, label in enumerate(labels):
        space.profile_fields.update_or_create(label=label, defaults={"position": position})


def _set_letter(space: Space, decision: str, text: str) -> None:
    if not text.strip():
        space.letters.filter(decision=decision).delete()
        return
    letter = space.letters.filter(decision=decision).first() or DecisionLetter(space=space, decision=decision)
    letter.text = text
    letter.full_clean(validate_unique=False, validate_constraints=False)
    letter.save()


def check_rules(space: Space, stood: Space | None = None) -> None:
    """Raises ValidationError for ages, agreements or a contact that cannot hold, here or with who takes part."""
    kind = space.space_kind
    if space.steering == BY_ITSELF and not space.on_duty.strip():
        raise ValidationError(
            {"on_duty": _("Een groep die zichzelf leidt, heeft een contact. Schrijf op wie er is, en wanneer.")}
        )
    if kind and kind.open_to_all:
        if not space.house_rules.strip():
            raise ValidationError({"house_rules": _("Een forum heeft afspraken nodig: iedereen kan er meteen in.")})
        if space.join_policy != Space.JoinPolicy.OPEN:
            raise ValidationError({"join_policy": _("Een forum is open: wie wil, doet meteen mee.")})
    if space.min_age is not None and space.max_age is not None and space.min_age > space.max_age:
        raise ValidationError({"max_age": _("De hoogste leeftijd ligt onder de laagste.")})
    if space.asks_parents and space.join_policy in {Space.JoinPolicy.OPEN, Space.JoinPolicy.CODE}:
        raise ValidationError(
            {"join_policy": _("Vraag je eerst de ouders? Kies dan dat een begeleider beslist, of een uitnodiging.")}
        )
    if stood is None:
        return
    members = Membership.objects.filter(space=space, state__in=["active", "suspended"])
    leading = [role.code for role in (kind.roles.values() if kind else ()) if role.verified]
    following = members.exclude(role__in=leading)
    unasked = members.filter(age_band__in=MINOR, parents_agreed_on=None) | following.filter(age_band="")
    if space.asks_parents and not stood.asks_parents and unasked.exists():
        raise ValidationError(
            {
                "asks_parents": _(
                    "Hier doen al mensen mee die jonger zijn dan 16, of van wie we dat niet weten. Open hiervoor een "
                    "nieuwe groep."
                )
            }
        )
    if space.stands_apart == stood.stands_apart:
        return
    if stood.stands_apart and members.filter(age_band__in=MINOR).exists():
        raise ValidationError(
            {"max_age": _("Hier doen mensen mee die jonger zijn dan 16. Open voor wie ouder is een andere groep.")}
        )
    if space.stands_apart and following.exclude(age_band__in=MINOR).exists():
        raise ValidationError(
            {
                "max_age": _(
                    "Hier doen mensen mee die 16 of ouder zijn, of van wie we dat niet weten. Open een nieuwe groep."
                )
            }
        )

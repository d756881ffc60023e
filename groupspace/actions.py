"""Everything that changes who is in which space. The actor comes first; each action is one transaction.

An action checks the rules that must hold whoever calls it; whether the actor may do it is asked of the policy
first, so that a script or a test meets the same refusals as a view.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groupspace import codes, grants, names, policy
from groupspace.audit import log
from groupspace.conf import conf
from groupspace.kinds import space_kind
from groupspace.models import Invitation, JoinRequest, Membership, PermissionException, Space

if TYPE_CHECKING:
    from uuid import UUID

    from django.contrib.auth.base_user import AbstractBaseUser

    from groupspace.actor import Actor
    from groupspace.kinds import SpaceKind
    from groupspace.models import Organisation


def require(actor: Actor, action: str, obj: Any) -> None:
    """Ask the policy. Raises PermissionDenied, with the reason, when it refuses."""
    verdict = policy.can(actor, action, obj)
    if not verdict:
        raise PermissionDenied(str(verdict.reason))


def own_membership(actor: Actor, space: Space) -> UUID:
    """The membership under which this actor acts here. Raises PermissionDenied for a stranger."""
    membership_id = actor.membership_in(space.pk)
    if membership_id is None:
        raise PermissionDenied(str(policy.HIDDEN.reason))
    return membership_id


def signature(actor: Actor, space: Space) -> str:
    """How the access log names this actor in this space."""
    membership_id = actor.membership_in(space.pk)
    return f"member:{membership_id}" if membership_id else f"user:{actor.user_id}"


# Opening and changing a space


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
    from groupspace.models import Professional

    vouched = Professional.objects.active().filter(user_id=actor.user_id, organisation=organisation).exists()
    if not (actor.verified and vouched):
        raise PermissionDenied(str(_("Een groep openen kan alleen een professional van een organisatie die meedoet.")))
    space = Space(organisation=organisation, **fields)
    kind = space_kind(space.kind)
    if kind is None:
        raise ValidationError({"kind": _("Deze soort ruimte bestaat niet.")})
    space.full_clean()
    space.save(force_insert=True)
    membership = Membership(space=space, user_id=actor.user_id, role=kind.founder_role.code, display_name=display_name)
    _enter(membership)
    _set_questions(space, questions)
    log.record("space.created", actor=f"member:{membership.pk}", space_id=space.pk, obj=space)
    return space


@transaction.atomic
def change_space(actor: Actor, space: Space, *, questions: Iterable[str] | None = None, **fields: Any) -> Space:
    """Change what a space says about itself and how people join it."""
    require(actor, "change", space)
    for name, value in fields.items():
        setattr(space, name, value)
    space.full_clean()
    space.save(update_fields=fields.keys())
    if questions is not None:
        _set_questions(space, questions)
    log.record("space.changed", actor=signature(actor, space), space_id=space.pk, obj=space, authorisation="change")
    return space


# Coming in


@transaction.atomic
def join(actor: Actor, space: Space, *, display_name: str) -> Membership:
    """Join a space that is open to all.

    Raises PermissionDenied when the space is not open, ValidationError when it is full or the name is taken.
    """
    require(actor, "join", space)
    if space.join_policy != Space.JoinPolicy.OPEN:
        raise PermissionDenied(str(_("Deze groep is niet open. Vraag eerst of je mee mag doen.")))
    return _admit(actor, space, user_id=actor.user_id, display_name=display_name, authorisation="open")


@transaction.atomic
def request_to_join(
    actor: Actor, space: Space, *, display_name: str, answers: Iterable[tuple[str, str]] = ()
) -> JoinRequest:
    """Ask to join. Asking twice gives the request that is still open."""
    require(actor, "join", space)
    if space.join_policy != Space.JoinPolicy.REQUEST:
        raise PermissionDenied(str(_("In deze groep kun je niet vragen of je mee mag doen.")))
    _check_name(space, actor.user_id, display_name)
    join_request, created = JoinRequest.objects.get_or_create(
        space=space,
        user_id=actor.user_id,
        state=JoinRequest.State.OPEN,
        defaults={
            "display_name": display_name,
            "answers": [{"question": question, "answer": answer} for question, answer in answers],
        },
    )
    if created:
        log.record("join.requested", actor=signature(actor, space), space_id=space.pk, obj=join_request)
    return join_request


@transaction.atomic
def withdraw_request(actor: Actor, join_request: JoinRequest) -> None:
    """Take back one's own request."""
    if join_request.user_id != actor.user_id:
        raise PermissionDenied(str(policy.HIDDEN.reason))
    JoinRequest.objects.open().filter(pk=join_request.pk).update(
        state=JoinRequest.State.WITHDRAWN, answers=[], decided_at=timezone.now()
    )


@transaction.atomic
def admit(actor: Actor, join_request: JoinRequest) -> Membership:
    """Let someone in who asked.

    Raises ValidationError when the request was decided in the meantime, the space is full or the name is taken.
    """
    space = join_request.space
    require(actor, "manage_members", space)
    _decide(actor, join_request, JoinRequest.State.ADMITTED, "")
    return _admit(
        actor,
        space,
        user_id=join_request.user_id,
        display_name=join_request.display_name,
        authorisation="manage_members",
    )


@transaction.atomic
def refuse(actor: Actor, join_request: JoinRequest, *, reason: str) -> None:
    """Do not let someone in, and say why. Raises ValidationError without a reason."""
    require(actor, "manage_members", join_request.space)
    if not reason.strip():
        raise ValidationError({"reason": _("Schrijf in een paar woorden waarom. De ander leest dit.")})
    _decide(actor, join_request, JoinRequest.State.REFUSED, reason)
    log.record(
        "join.refused",
        actor=signature(actor, join_request.space),
        space_id=join_request.space_id,
        obj=join_request,
        authorisation="manage_members",
    )


# Invitations


@transaction.atomic
def invite(
    actor: Actor, space: Space, *, role: str, label: str = "", for_group: bool = False
) -> tuple[Invitation, str]:
    """Make a code that lets its holder in. The code is in the answer, and nowhere else.

    Args:
        role: code of the role the holder gets.
        label: the facilitator's own note.
        for_group: many people may use the code, for weeks; else one person, for three days.

    Raises ValidationError when the role does not exist in this space, or when many would get a role with power.
    """
    require(actor, "manage_members", space)
    kind = space_kind(space.kind)
    role_data = kind.roles.get(role) if kind else None
    if kind is None or role_data is None:
        raise ValidationError({"role": _("Deze rol bestaat niet in deze groep.")})
    if for_group and role_data != kind.entry_role:
        raise ValidationError({"role": _("Een groepscode geldt alleen voor gewone leden. Kies een persoonlijke code.")})
    if role_data.leads:
        require(actor, "change", space)
    code, code_hash = codes.make()
    lifetime: timedelta = conf.GROUP_CODE_LIFETIME if for_group else conf.INVITATION_LIFETIME
    invitation = Invitation.objects.create(
        space=space,
        created_by_id=own_membership(actor, space),
        role=role,
        label=label,
        code_hash=code_hash,
        max_uses=500 if for_group else 1,
        expires_at=timezone.now() + lifetime,
    )
    log.record("invitation.made", actor=signature(actor, space), space_id=space.pk, obj=invitation)
    return invitation, code


@transaction.atomic
def revoke(actor: Actor, invitation: Invitation) -> None:
    """Make an invitation useless from now on."""
    require(actor, "manage_members", invitation.space)
    Invitation.objects.filter(pk=invitation.pk, revoked_at__isnull=True).update(revoked_at=timezone.now())
    log.record(
        "invitation.revoked", actor=signature(actor, invitation.space), space_id=invitation.space_id, obj=invitation
    )


def find_invitation(code: str) -> Invitation | None:
    """The usable invitation of a code, however it was typed; None for any other code, without saying why."""
    found = (
        Invitation.objects.usable().filter(code_hash=codes.hash_of(code)).select_related("space", "space__organisation")
    )
    invitation = found.first()
    return invitation if invitation and invitation.space.state == Space.State.OPEN else None


@transaction.atomic
def accept_invitation(actor: Actor, invitation: Invitation, *, display_name: str) -> Membership:
    """Use an invitation.

    Raises ValidationError when it was used up, withdrawn or has expired in the meantime.
    """
    if not actor.is_authenticated:
        raise PermissionDenied(str(policy.LOG_IN.reason))
    kind = space_kind(invitation.space.kind)
    if kind is None or (kind.professionals_only and not actor.is_professional):
        raise PermissionDenied(str(policy.HIDDEN.reason))
    current = Invitation.objects.select_for_update().usable().filter(pk=invitation.pk).first()
    if current is None:
        raise ValidationError(_("Deze uitnodiging is al gebruikt of niet meer geldig. Vraag een nieuwe."))
    membership = _admit(
        actor,
        invitation.space,
        user_id=actor.user_id,
        display_name=display_name,
        role=invitation.role,
        authorisation="group code" if invitation.max_uses > 1 else "invitation",
    )
    current.uses += 1
    current.save(update_fields=["uses"])
    JoinRequest.objects.open().filter(space=invitation.space, user_id=actor.user_id).update(
        state=JoinRequest.State.ADMITTED, decided_at=timezone.now()
    )
    return membership


# Being a member


@transaction.atomic
def rename_self(actor: Actor, space: Space, *, display_name: str) -> None:
    """Take another name in this space. What was written before shows the new name too."""
    require(actor, "rename_self", space)
    Space.objects.select_for_update().get(pk=space.pk)  # of two who take one name, one hears that it is taken
    _check_name(space, actor.user_id, display_name)
    Membership.objects.filter(pk=own_membership(actor, space)).update(display_name=display_name)


@transaction.atomic
def leave(actor: Actor, space: Space) -> None:
    """Leave a space. Raises ValidationError when nobody would be left to lead it."""
    require(actor, "leave", space)
    membership = _lock(space).get(pk=own_membership(actor, space))
    _keep_a_leader(membership)
    _end(membership, Membership.State.LEFT)
    log.record("member.left", actor=f"member:{membership.pk}", space_id=space.pk, obj=membership)


@transaction.atomic
def remove(actor: Actor, membership: Membership) -> None:
    """Take someone out of a space. It holds from their next request."""
    require(actor, "manage_members", membership)
    locked = _lock(membership.space).get(pk=membership.pk)
    _only_leaders_touch_leaders(actor, locked)
    _keep_a_leader(locked)
    _end(locked, Membership.State.REMOVED)
    _log_member("member.removed", actor, locked)


@transaction.atomic
def set_role(actor: Actor, membership: Membership, *, role: str) -> None:
    """Give a member another role; personal exceptions end with the old one.

    Raises ValidationError for an unknown role, or when nobody would be left to lead the space.
    """
    require(actor, "manage_members", membership)
    locked = _lock(membership.space).get(pk=membership.pk)
    kind = space_kind(locked.space.kind)
    role_data = kind.roles.get(role) if kind else None
    if role_data is None:
        raise ValidationError({"role": _("Deze rol bestaat niet in deze groep.")})
    _only_leaders_touch_leaders(actor, locked)
    if role_data.leads:
        require(actor, "change", locked.space)
    else:
        _keep_a_leader(locked)
    locked.role = role
    locked.save(update_fields=["role"])
    locked.exceptions.all().delete()
    grants.sync(locked)
    if not role_data.leads and kind:
        _withdraw_leading_codes(locked, kind)
    _log_member("member.role_changed", actor, locked)


@transaction.atomic
def set_exception(actor: Actor, membership: Membership, *, permission: str, granted: bool | None) -> None:
    """Give one member one extra permission, take one away, or (None) go back to what the role says."""
    require(actor, "set_permissions", membership)
    locked = _lock(membership.space).get(pk=membership.pk)
    if granted is None:
        locked.exceptions.filter(permission=permission).delete()
    else:
        exception = PermissionException(membership=locked, permission=permission, granted=granted)
        exception.clean_fields()
        locked.exceptions.update_or_create(permission=permission, defaults={"granted": granted})
    grants.sync(locked)
    _log_member("member.permission_changed", actor, locked)


@transaction.atomic
def suspend(actor: Actor, membership: Membership) -> None:
    """Keep a member out for a while; the place and the name stay theirs."""
    require(actor, "manage_members", membership)
    locked = _lock(membership.space).get(pk=membership.pk)
    if locked.state != Membership.State.ACTIVE:  # resuming would bring back who left
        raise ValidationError(_("Dit lid doet nu niet mee."))
    _only_leaders_touch_leaders(actor, locked)
    _keep_a_leader(locked)
    locked.state = Membership.State.SUSPENDED
    locked.save(update_fields=["state"])
    grants.sync(locked)
    _log_member("member.suspended", actor, locked)


@transaction.atomic
def resume(actor: Actor, membership: Membership) -> None:
    """Let a suspended member in again."""
    require(actor, "manage_members", membership)
    locked = _lock(membership.space).get(pk=membership.pk)
    if locked.state != Membership.State.SUSPENDED:
        raise ValidationError(_("Dit lid staat niet op pauze."))
    _only_leaders_touch_leaders(actor, locked)
    locked.state = Membership.State.ACTIVE
    locked.save(update_fields=["state"])
    grants.sync(locked)
    _log_member("member.resumed", actor, locked)


def forget_user(user: AbstractBaseUser) -> None:
    """End all memberships of an account that is about to be deleted; what was written stays, without a name."""
    with transaction.atomic():
        for membership in Membership.objects.filter(user_id=user.pk).select_related("space"):
            if membership.state == Membership.State.ACTIVE:
                _end(membership, Membership.State.LEFT)
            membership.display_name = f"oud-deelnemer {membership.pk.hex[-12:]}"
            membership.user = None
            membership.save(update_fields=["display_name", "user"])


@transaction.atomic
def purge_admissions() -> None:
    """Erase invitations that ended and requests that were decided 30 days ago: nobody needs them any more."""
    before = timezone.now() - timedelta(days=30)
    Invitation.objects.filter(expires_at__lt=before).delete()
    JoinRequest.objects.exclude(state=JoinRequest.State.OPEN).filter(decided_at__lt=before).delete()


# Inside


def _set_questions(space: Space, questions: Iterable[str]) -> None:
    space.questions.all().delete()
    for position, text in enumerate(questions):
        space.questions.create(text=text, position=position)


def _enter(membership: Membership) -> None:
    membership.full_clean(validate_unique=False, validate_constraints=False)
    membership.save()
    grants.sync(membership)


def _admit(
    actor: Actor, space: Space, *, user_id: Any, display_name: str, authorisation: str, role: str = ""
) -> Membership:
    """Make someone a member: a new one, or one who comes back."""
    Space.objects.select_for_update().get(pk=space.pk)
    kind = space_kind(space.kind)
    if kind is None or space.state != Space.State.OPEN:
        raise ValidationError(_("Deze groep neemt geen nieuwe mensen aan."))
    membership = Membership.objects.filter(space=space, user_id=user_id).first()
    if membership:
        _check_return(membership, authorisation)
    _check_room(space)
    _check_name(space, user_id, display_name)
    membership = membership or Membership(space=space, user_id=user_id)
    membership.role = role or kind.entry_role.code
    membership.display_name = display_name
    membership.state = Membership.State.ACTIVE
    membership.since, membership.until = timezone.now(), None
    _enter(membership)
    log.record(
        "member.joined",
        actor=signature(actor, space),
        space_id=space.pk,
        obj=membership,
        authorisation=authorisation,
    )
    return membership


def _check_return(membership: Membership, authorisation: str) -> None:
    """May this former member come back this way? Whoever was removed needs the decision of a facilitator."""
    if membership.state in (Membership.State.ACTIVE, Membership.State.SUSPENDED):
        raise ValidationError(_("Je zit al in deze groep."))
    if membership.state == Membership.State.REMOVED and authorisation in {"open", "group code"}:
        raise ValidationError(_("Je kunt hier niet zelf weer instappen. Vraag het een begeleider van de groep."))


def _check_room(space: Space) -> None:
    if space.capacity and space.memberships.active().count() >= space.capacity:
        raise ValidationError(_("Deze groep is vol. Er kan nu niemand bij."))


def _check_name(space: Space, user_id: Any, display_name: str) -> None:
    if not display_name.strip():
        raise ValidationError({"display_name": _("Kies een naam. De groep ziet alleen die naam.")})
    taken = space.memberships.exclude(user_id=user_id).values_list("display_name", flat=True)
    if names.likeness(display_name) in map(names.likeness, taken):
        raise ValidationError({"display_name": _("Deze naam is in deze groep al in gebruik. Kies een andere.")})


def _decide(actor: Actor, join_request: JoinRequest, state: str, reason: str) -> None:
    changed = (
        JoinRequest.objects.open()
        .filter(pk=join_request.pk)
        .update(
            state=state,
            reason=reason,
            decided_at=timezone.now(),
            decided_by_id=actor.membership_in(join_request.space_id),
        )
    )
    if not changed:
        raise ValidationError(_("Over deze aanvraag is al besloten."))


def _lock(space: Space) -> Any:
    """Memberships of a space, with the space locked: changes of roles in one space take turns."""
    Space.objects.select_for_update().get(pk=space.pk)
    return Membership.objects.filter(space=space).select_related("space")


def _only_leaders_touch_leaders(actor: Actor, membership: Membership) -> None:
    role = membership.role_data
    if role and role.leads:
        require(actor, "change", membership.space)


def _keep_a_leader(membership: Membership) -> None:
    kind = space_kind(membership.space.kind)
    role = membership.role_data
    if kind is None or role is None or not role.leads:
        return
    leading = [r.code for r in kind.roles.values() if r.leads]
    others = (
        Membership.objects.active().filter(space_id=membership.space_id, role__in=leading).exclude(pk=membership.pk)
    )
    if not others.exists():
        raise ValidationError(
            _("Jij bent de laatste begeleider. Maak eerst iemand anders begeleider, of sluit de groep.")
        )


def _withdraw_leading_codes(maker: Membership, kind: SpaceKind) -> None:
    """Codes that make their holder a leader were given out by a leader, and this member no longer is one."""
    leading = [role.code for role in kind.roles.values() if role.leads]
    codes_left = Invitation.objects.filter(created_by=maker, role__in=leading, revoked_at=None)
    codes_left.update(revoked_at=timezone.now())


def _end(membership: Membership, state: str) -> None:
    membership.state = state
    membership.until = timezone.now()
    membership.save(update_fields=["state", "until"])
    membership.exceptions.all().delete()
    grants.sync(membership)


def _log_member(event: str, actor: Actor, membership: Membership) -> None:
    log.record(
        event,
        actor=signature(actor, membership.space),
        space_id=membership.space_id,
        obj=membership,
        authorisation="manage_members",
    )

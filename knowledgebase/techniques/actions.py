"""What contributors and staff do with a draft. Views and the CMS come here; nothing else writes these rows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import codes
from ..professionals import is_professional
from .models import Contributor, Invitation, Remark, Round, TechniquePage, Vote
from .sections import LABELS, TAKEN_AS

INVITATION_DAYS = 30
#: Far more than anyone has to say in a day; it stops a script.
REMARKS_PER_DAY = 200

WRONG_CODE = _("Deze code werkt niet. Kijk of je hem goed hebt, of vraag een nieuwe.")
NO_ROUND = _("Deze ronde is gesloten. Je kunt het concept nog lezen. Wacht op de volgende ronde.")


# What staff do


def invite(staff: Any, page: TechniquePage, *, organisation: str) -> tuple[Invitation, str]:
    """Ask an organisation to let somebody write along. Returns the invitation and the code, shown only now."""
    code, code_hash = codes.make()
    invitation = Invitation.objects.create(
        page=page,
        organisation=organisation,
        code_hash=code_hash,
        expires_at=timezone.now() + timedelta(days=INVITATION_DAYS),
    )
    return invitation, code


def withdraw_invitation(staff: Any, invitation: Invitation) -> None:
    """Take back a code that was not used yet."""
    Invitation.objects.usable().filter(pk=invitation.pk).delete()


def end(staff: Any, contributor: Contributor) -> None:
    """Let somebody write along no longer. What was said stays."""
    Contributor.objects.filter(pk=contributor.pk, ended_at=None).update(ended_at=timezone.now())


@transaction.atomic
def open_round(staff: Any, page: TechniquePage, *, question: str = "") -> Round:
    """Start the next round; the one before it ends. Everyone may vote again."""
    TechniquePage.objects.select_for_update().get(pk=page.pk)
    close_round(staff, page)
    last = page.rounds.order_by("-number").first()
    return Round.objects.create(page=page, number=last.number + 1 if last else 1, question=question)


def forget_gone() -> None:
    """Wipe the names of contributors whose account is gone, and codes that nobody can use any more."""
    Contributor.objects.filter(user=None).exclude(name="").update(name="")
    Invitation.objects.filter(expires_at__lt=timezone.now()).delete()
    Invitation.objects.exclude(used_at=None).delete()


def close_round(staff: Any, page: TechniquePage) -> None:
    """End the round: the draft can still be read, but nothing can be said about it."""
    page.rounds.filter(closed_at=None).update(closed_at=timezone.now())


def handle(staff: Any, remark: Remark) -> None:
    """Put a remark away as dealt with."""
    Remark.objects.open().filter(pk=remark.pk).update(handled_at=timezone.now())


@transaction.atomic
def take_over(staff: Any, remark: Remark) -> None:
    """Put the proposed words in the draft. Whoever does so is their writer, so somebody else approves them.

    Raises ValidationError when this section takes no plain text, when the words do not fit, and while the page waits
    for approval or is locked; PermissionDenied for who may not edit the page.
    """
    remark = Remark.objects.select_for_update().select_related("round").get(pk=remark.pk)
    page = TechniquePage.objects.get(pk=remark.round.page_id)
    if not page.permissions_for_user(staff).can_edit():
        raise PermissionDenied
    if not remark.can_be_taken:
        raise ValidationError(_("Dit voorstel kun je niet in een keer overnemen. Pas de tekst zelf aan."))
    if page.workflow_in_progress or page.permissions_for_user(staff).page_locked():
        raise ValidationError(_("Deze pagina wacht op goedkeuring of is op slot. Haal dat eerst weg."))
    draft = page.get_latest_revision_as_object()
    setattr(draft, remark.section, TAKEN_AS[remark.section](remark.text))
    check_section(draft, remark.section)
    draft.save_revision(user=staff, log_action=True, clean=False)
    Remark.objects.filter(pk=remark.pk).update(handled_at=timezone.now(), taken_over=True)


def check_section(draft: TechniquePage, name: str) -> None:
    """Raises ValidationError when what stands in this section now does not fit there."""
    field = draft._meta.get_field(name)
    value = getattr(draft, name)
    try:
        if name == "success_factors":
            field.stream_block.clean(value)
        elif not value or (field.max_length and len(value) > field.max_length):
            raise ValidationError("")
    except ValidationError as error:
        raise ValidationError(
            _("Dit voorstel past niet: het is te lang, of het zijn te veel of te weinig regels. Pas de tekst zelf aan.")
        ) from error


# What contributors do


def find_invitation(code: str) -> Invitation | None:
    """The invitation of a code that can still be used."""
    return Invitation.objects.usable().filter(code_hash=codes.hash_of(code)).first()


@transaction.atomic
def become_contributor(user: Any, *, code: str, name: str) -> Contributor:
    """Use a code, under a name that the others may see.

    Raises ValidationError for a code that does not work, and for who writes along already; PermissionDenied for who
    does not work in the field.
    """
    if not is_professional(user):
        raise PermissionDenied
    invitation = Invitation.objects.select_for_update().usable().filter(code_hash=codes.hash_of(code)).first()
    if invitation is None:
        raise ValidationError({"code": WRONG_CODE})
    known = Contributor.objects.filter(page_id=invitation.page_id, user_id=user.pk).first()
    if known and known.ended_at is None:
        raise ValidationError({"code": _("Je schrijft al mee aan dit thema. De code is niet gebruikt.")})
    contributor, _created = Contributor.objects.update_or_create(
        page_id=invitation.page_id,
        user_id=user.pk,
        defaults={"organisation": invitation.organisation, "name": name, "ended_at": None},
    )
    Invitation.objects.filter(pk=invitation.pk).update(used_at=timezone.now())
    return contributor


def say(contributor: Contributor, *, kind: str, section: str, text: str, ticket: UUID) -> Remark:
    """Say something about a section of the draft. The same form sent twice is kept once.

    Raises ValidationError between two rounds, for a section that does not exist, and after very many in one day.
    """
    if said := Remark.objects.filter(ticket=ticket, contributor=contributor).first():
        return said
    if section not in LABELS:
        raise ValidationError(_("Dit onderdeel bestaat niet. Ververs de pagina en probeer het opnieuw."))
    today = Remark.objects.filter(contributor=contributor, made_at__gt=timezone.now() - timedelta(days=1))
    if today.count() >= REMARKS_PER_DAY:
        raise ValidationError(_("Je reageerde vandaag al heel vaak. Ga morgen verder."))
    fields = {"kind": kind, "section": section, "text": text, "round": current_round(contributor)}
    try:
        with transaction.atomic():
            return Remark.objects.create(ticket=ticket, contributor=contributor, **fields)
    except IntegrityError as error:
        if said := Remark.objects.filter(ticket=ticket, contributor=contributor).first():
            return said
        raise ValidationError(_("Dit formulier is al gebruikt. Ververs de pagina en probeer het opnieuw.")) from error


def vote(contributor: Contributor, *, content: int, presentation: int) -> Vote:
    """Vote, or vote differently in the same round. Raises ValidationError between two rounds."""
    ballot, _created = Vote.objects.update_or_create(
        round=current_round(contributor),
        contributor=contributor,
        defaults={"content": content, "presentation": presentation},
    )
    return ballot


def current_round(contributor: Contributor) -> Round:
    """The open round of this theme. Raises ValidationError when there is none."""
    found = Round.objects.filter(page_id=contributor.page_id, closed_at=None).first()
    if found is None:
        raise ValidationError(NO_ROUND)
    return found

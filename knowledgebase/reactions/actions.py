"""What happens with reactions: visitors send and withdraw them, staff place or refuse them and change no word.

Each action is one transaction.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from knowledgebase import public_cache
from knowledgebase.visitors import keep_pace

from .models import Reaction, State

#: The permission to read reactions before others do, and to place or refuse them.
HANDLE = "knowledgebase_reactions.change_reaction"
#: So many reactions of one person may wait at the same time.
MOST_WAITING = 5


def send(writer: Any, page: Any, ticket: UUID, *, name: str, text: str) -> Reaction:
    """Keep a reaction until staff have read it.

    Args:
        page: a page that everybody may read.
        ticket: the number of the form as it was shown; a second post with it gives the first reaction again.

    Raises ValidationError when nobody can react here, or when too many wait or come in.
    """
    if existing := Reaction.objects.filter(writer=writer, ticket=ticket).first():
        return existing
    if not page.is_open_to_reactions:
        raise ValidationError(_("Onder deze pagina kan niemand meer reageren. Bewaar je tekst ergens anders."))
    if Reaction.objects.of(writer).waiting().count() >= MOST_WAITING:
        raise ValidationError(
            _("Je hebt al %(number)d reacties die we nog moeten lezen. Wacht daarop, of trek er een in.")
            % {"number": MOST_WAITING}
        )
    keep_pace("reactions", f"account:{writer.pk}")
    try:
        with transaction.atomic():
            return Reaction.objects.create(writer=writer, page_id=page.pk, ticket=ticket, name=name, text=text)
    except IntegrityError:
        # Two posts of one form at the same moment: the other one was first.
        return Reaction.objects.get(writer=writer, ticket=ticket)


@transaction.atomic
def withdraw(writer: Any, reaction: Reaction) -> None:
    """Delete a reaction, in whatever state it is. Raises PermissionDenied for who did not write it.

    That it leaves the site at once is told to the cache by `receivers`, as when it goes along with an account.
    """
    if reaction.writer_id != writer.pk:
        raise PermissionDenied
    reaction.delete()


@transaction.atomic
def approve(actor: Any, reaction: Reaction) -> Reaction:
    """Put a reaction on the site. Raises ValidationError when it is there, is gone, or is one's own."""
    return _decide(actor, reaction, State.PUBLISHED, "")


@transaction.atomic
def refuse(actor: Any, reaction: Reaction, reason: str) -> Reaction:
    """Do not place a reaction, or take it off the site again.

    Args:
        reason: for its writer.

    Raises ValidationError without a reason, or when it was refused, is gone, or is one's own.
    """
    if not reason.strip():
        raise ValidationError({"reason": _("Geef een reden. De schrijver leest die.")})
    return _decide(actor, reaction, State.REFUSED, reason.strip())


def _decide(actor: Any, reaction: Reaction, state: str, reason: str) -> Reaction:
    if not actor.has_perm(HANDLE):
        raise PermissionDenied
    current = Reaction.objects.select_for_update().filter(pk=reaction.pk).first()
    if current is None:
        raise ValidationError(_("De schrijver heeft deze reactie ingetrokken."))
    if current.writer_id == actor.pk:
        raise ValidationError(_("Dit schreef je zelf. Laat een collega beslissen."))
    if current.state == state:
        raise ValidationError(_("Een collega heeft dit al besloten."))
    was_public = current.state == State.PUBLISHED
    current.state, current.reason = state, reason
    current.decided_by, current.decided_at = actor, timezone.now()
    current.save(update_fields=["state", "reason", "decided_by", "decided_at"])
    if was_public or state == State.PUBLISHED:
        public_cache.bump_on_commit()
    return current

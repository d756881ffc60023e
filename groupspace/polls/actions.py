"""Everything that changes polls. The actor comes first; each action is one transaction."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groupspace.actions import put_by, require, signature, try_again
from groupspace.audit import log
from groupspace.comments.actions import erase_comments
from groupspace.held import held_from
from groupspace.models import Audience
from groupspace.pace import keep_pace
from groupspace.permissions import WRITABLE
from groupspace.polls.models import OPTION_LENGTH, Option, Poll, PollComment, Vote
from groupspace.search import index
from groupspace.stream.actions import forget, tell
from groupspace.text.sanitiser import to_plain

if TYPE_CHECKING:
    from groupspace.actor import Actor
    from groupspace.models import Membership, Space

FEWEST, MOST = 2, 10
LONGEST = timedelta(days=366)

_ERASED = _("Weggehaalde peiling")


@transaction.atomic
def ask(
    actor: Actor,
    space: Space,
    *,
    question: str,
    options: Sequence[str],
    explanation: str = "",
    multiple: bool = False,
    anonymous: bool = True,
    hide_until_voted: bool = False,
    ends_at: datetime | None = None,
    audience: str = Audience.SPACE,
    at: datetime | None = None,
    later: datetime | None = None,
) -> Poll:
    """Ask the group a question.

    Args:
        options: two to ten different answers to choose from, in order.
        explanation: HTML as the form field gives it.
        multiple: one may choose more than one.
        anonymous: nobody sees who chose what.
        hide_until_voted: who has not voted sees no result until the poll is closed.
        audience: who reads it; never more than the space.
        at: another moment than now, for the demo and for an import.
        later: prepare it for this moment.

    Raises ValidationError for options, an end or a moment that cannot be, and when this person posts very often.
    """
    require(actor, "post", space)
    if at is None:
        keep_pace(actor, "POSTS")
    _check(options, ends_at, at or later)
    author_id = actor.spaces[space.pk].membership_id
    poll = Poll(
        space=space,
        author_id=author_id,
        audience=audience,
        question=question,
        explanation=explanation,
        multiple=multiple,
        anonymous=anonymous,
        hide_until_voted=hide_until_voted,
        ends_at=ends_at,
        created_at=at or timezone.now(),
        held_at=held_from(actor, space, audience=audience, at=at),
    )
    put_by(actor, poll, later)
    poll.save(force_insert=True)
    _add_options(poll, options)
    announce(poll, at)
    return poll


def announce(poll: Poll, at: datetime | None = None) -> None:
    """Tell the others of a new poll, and let it be found."""
    tell(poll, "asked", by=poll.author_id, at=at)
    _let_find(poll)


@transaction.atomic
def edit_poll(
    actor: Actor,
    poll: Poll,
    *,
    question: str,
    options: Sequence[str],
    explanation: str,
    multiple: bool,
    anonymous: bool,
    hide_until_voted: bool,
    ends_at: datetime | None,
) -> Poll:
    """Change one's own poll, as long as nobody has voted: a vote is never about other words, nor seen by others.

    Raises ValidationError for options or an end that cannot be.
    """
    locked = _lock(poll)
    require(actor, "edit", locked)
    _check(options, ends_at, max(locked.prepared_for or timezone.now(), timezone.now()))
    locked.question, locked.explanation, locked.multiple = question, explanation, multiple
    locked.anonymous, locked.hide_until_voted, locked.ends_at = anonymous, hide_until_voted, ends_at
    locked.edited_at = timezone.now()
    locked.save()
    try_again(locked)
    locked.options.all().delete()
    _add_options(locked, options)
    _let_find(locked)
    return locked


@transaction.atomic
def vote(actor: Actor, poll: Poll, *, options: Collection[UUID]) -> None:
    """Choose, or choose something else. Nobody is told: what is new would tell who it was.

    Raises PermissionDenied when it was closed in the meantime, ValidationError for a choice that cannot be.
    """
    # Whoever votes takes turns, so nobody votes twice, or in what was just closed or changed.
    locked = _lock(poll)
    require(actor, "vote", locked)
    chosen = set(options)
    if not chosen:
        raise ValidationError({"choice": _("Kies eerst iets. Daarna kun je stemmen.")})
    if len(chosen) > 1 and not locked.multiple:
        raise ValidationError({"choice": _("Je kunt hier één ding kiezen.")})
    if locked.options.filter(pk__in=chosen).count() != len(chosen):
        raise ValidationError({"choice": _("De keuzes zijn net veranderd. Kijk nog eens en kies opnieuw.")})
    mine = actor.spaces[locked.space_id].membership_id
    had_voted = locked.votes.filter(membership=mine).delete()[0]
    Vote.objects.bulk_create([Vote(poll=locked, option_id=pk, membership_id=mine) for pk in chosen])
    if not had_voted:
        Poll.objects.filter(pk=locked.pk).update(voters=F("voters") + 1)


@transaction.atomic
def retract(actor: Actor, poll: Poll) -> None:
    """Take one's own vote back. Raises PermissionDenied when the poll was closed in the meantime."""
    locked = _lock(poll)
    require(actor, "retract", locked)
    if locked.votes.filter(membership=actor.spaces[locked.space_id].membership_id).delete()[0]:
        Poll.objects.filter(pk=locked.pk).update(voters=F("voters") - 1)


@transaction.atomic
def close_poll(actor: Actor, poll: Poll) -> None:
    """End the voting for good. That of another is a matter for the log."""
    locked = _lock(poll)
    require(actor, "close", locked)
    Poll.objects.filter(pk=locked.pk).update(closed_at=timezone.now())
    tell(locked, "ended", by=actor.spaces[locked.space_id].membership_id)
    _log_for_another(actor, locked, "poll.closed")


@transaction.atomic
def decide(actor: Actor, poll: Poll, *, outcome: str) -> None:
    """Write what is done with the result, or write it anew. The others are told the first time."""
    locked = _lock(poll)
    require(actor, "decide", locked)
    mine = actor.spaces[locked.space_id].membership_id
    if not locked.outcome:
        tell(locked, "decided", by=mine)
    locked.outcome, locked.outcome_by_id, locked.outcome_at = outcome, mine, timezone.now()
    locked.save(update_fields=["outcome", "outcome_by", "outcome_at"])
    _let_find(locked)


@transaction.atomic
def delete_poll(actor: Actor, poll: Poll, *, reason: str = "") -> None:
    """Take a poll away: its words, choices and votes are erased, comments of others stay. See `Poll.deleted_at`.

    Raises ValidationError when it is another's and there is no reason.
    """
    locked = _lock(poll)
    require(actor, "delete", locked)
    mine = actor.membership_in(locked.space_id)
    if locked.author_id == mine:
        reason = ""
    elif not reason.strip():
        raise ValidationError({"reason": _("Schrijf in een paar woorden waarom. Wie het schreef, leest dit.")})
    if locked.prepared_for is not None:  # nobody has seen it, so it needs no place
        locked.delete()
    else:
        _erase(locked, by=mine, reason=reason)
    _log_for_another(actor, locked, "poll.removed")


def end_due() -> int:
    """Tell of the polls whose time is up, once each; return how many. In a space at rest they end in silence."""
    ended = 0
    for poll in Poll.objects.due().select_related("space").order_by("ends_at"):
        with transaction.atomic():
            # Of several workers, and of somebody who closes it now, one finds it open.
            if not Poll.objects.due().filter(pk=poll.pk).update(closed_at=F("ends_at")):
                continue
            ended += 1
            if poll.space.state in WRITABLE:
                tell(poll, "ended", by=poll.author_id)
    return ended


@transaction.atomic
def erase_member(membership: Membership) -> int:
    """Erase the polls, outcomes, votes and comments of one member; return how many there were."""
    erased = erase_comments(PollComment, membership)
    voted_in = Vote.objects.filter(membership=membership).values("poll")
    for poll in Poll.objects.select_for_update().filter(pk__in=voted_in):
        erased += poll.votes.filter(membership=membership).delete()[0]
        Poll.objects.filter(pk=poll.pk).update(voters=F("voters") - 1)
    for poll in Poll.objects.select_for_update().filter(outcome_by=membership):
        poll.outcome, poll.outcome_by, poll.outcome_at = "", None, None
        poll.save(update_fields=["outcome", "outcome_by", "outcome_at"])
        _let_find(poll)
        erased += 1
    erased += Poll.objects.filter(author=membership, prepared_for__isnull=False).delete()[1].get(Poll._meta.label, 0)
    for poll in Poll.objects.select_for_update().kept().filter(author=membership):
        _erase(poll, by=membership.pk)
        erased += 1
    return erased


def texts_of(poll: Poll) -> list[str]:
    """The words of a poll itself. What search finds never tells who chose what, nor how often."""
    texts = [poll.question, to_plain(poll.explanation), *poll.options.values_list("text", flat=True)]
    return [text for text in (*texts, to_plain(poll.outcome)) if text]


# Inside


def check_end(ends_at: datetime | None, at: datetime) -> None:
    """Raises ValidationError when a poll that begins at this moment cannot end then."""
    if ends_at is not None and ends_at <= at:
        raise ValidationError({"ends_at": _("Deze dag is al voorbij. Kies vandaag of een latere dag.")})
    if ends_at is not None and ends_at > at + LONGEST:
        raise ValidationError({"ends_at": _("Een peiling duurt hoogstens een jaar. Kies een eerdere dag.")})


def _check(options: Sequence[str], ends_at: datetime | None, at: datetime | None = None) -> None:
    if not FEWEST <= len(options) <= MOST:
        text = _("Schrijf minstens %(fewest)d en hoogstens %(most)d keuzes, elk op een eigen regel.")
        raise ValidationError({"options": text % {"fewest": FEWEST, "most": MOST}})
    if len({option.casefold() for option in options}) < len(options):
        raise ValidationError({"options": _("Er staan twee dezelfde keuzes in. Haal er een weg.")})
    if any(len(option) > OPTION_LENGTH for option in options):
        text = _("Een keuze is te lang. Maak elke keuze korter dan %(limit)d tekens.")
        raise ValidationError({"options": text % {"limit": OPTION_LENGTH}})
    check_end(ends_at, at or timezone.now())


def _add_options(poll: Poll, options: Sequence[str]) -> None:
    Option.objects.bulk_create([Option(poll=poll, text=text, position=at) for at, text in enumerate(options, 1)])


def _let_find(poll: Poll) -> None:
    if poll.deleted_at is None:
        index.put(poll, "\n".join(texts_of(poll)), at=poll.created_at)


def _erase(poll: Poll, *, by: UUID | None, reason: str = "") -> None:
    now = timezone.now()
    poll.options.all().delete()  # and with them the votes
    poll.question, poll.explanation, poll.voters = str(_ERASED), "", 0
    poll.closed_at, poll.deleted_at, poll.deleted_by_id, poll.delete_reason = poll.closed_at or now, now, by, reason
    poll.save()
    forget(item_id=poll.pk)
    index.drop(part_id=poll.pk)  # of the poll alone: what others said about it stays


def _lock(poll: Poll) -> Poll:
    return Poll.objects.select_related("space").select_for_update(of=("self",)).get(pk=poll.pk)


def _log_for_another(actor: Actor, poll: Poll, event: str) -> None:
    if poll.author_id == actor.membership_in(poll.space_id):
        return
    by = signature(actor, poll.space)
    log.record(event, actor=by, space_id=poll.space_id, obj=poll, authorisation="moderate")

"""Everything that writes codes and answers. What is sent twice is kept once."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from knowledgebase import codes
from knowledgebase.suppression import THRESHOLD

from . import results
from .models import KEEP_UNSENT, Code, Entry, Outcome, QuickScanPage, Response, ScanVersion
from .structure import Question

VIEW = "knowledgebase_quickscan.view_response"
#: Beside the public figures, for nobody's eyes: how many answers they were made of.
COUNTED = "counted"


class Closed(Exception):
    """Nobody can answer this scan now."""


# What staff do


@transaction.atomic
def hand_out(staff: Any, page: QuickScanPage, organisations: list[str]) -> list[tuple[str, str]]:
    """Make a code for each organisation. Returns (organisation, code); the codes are shown only now."""
    made, rows = [], []
    for organisation in organisations:
        code, code_hash = codes.make()
        made.append((organisation, code))
        rows.append(Code(page=page, organisation=organisation, code_hash=code_hash))
    Code.objects.bulk_create(rows)
    return made


def withdraw(staff: Any, code: Code) -> None:
    """Take back a code that was not used yet, with what was typed under it."""
    Code.objects.filter(pk=code.pk, is_used=False).delete()


# What organisations do


@transaction.atomic
def start(page: QuickScanPage, *, ticket: UUID, code: str = "") -> Entry:
    """Begin to answer a scan as it is now, or go on with what this code began. The same ticket gives the same entry.

    Raises Closed when nobody can answer; ValidationError, for the field `code`, when a code does not work.
    """
    scan = page.scan
    if not page.is_open or scan is None:
        raise Closed
    known = find_code(page, code) if page.needs_code else None
    version, _made = ScanVersion.objects.get_or_create(
        page=page, fingerprint=scan.fingerprint, defaults={"content": scan.dump()}
    )
    fresh = {"version": version, "changed_at": timezone.now()}
    if known:  # the code finds it again; a form that was left in a browser may be used for a second code
        return Entry.objects.get_or_create(code=known, defaults={**fresh, "ticket": uuid4()})[0]
    return Entry.objects.get_or_create(ticket=ticket, defaults=fresh)[0]


def find_code(page: QuickScanPage, typed: str) -> Code:
    """The code that somebody typed. Raises ValidationError, for the field `code`, for one that does not work."""
    known = Code.objects.filter(page=page, code_hash=codes.hash_of(typed)).first()
    if known is None:
        raise ValidationError({"code": _("Deze code werkt niet. Kijk of je hem goed hebt, of vraag een nieuwe.")})
    if known.is_used:
        raise ValidationError({"code": _("Met deze code is al geantwoord. Elke organisatie doet één keer mee.")})
    return known


@transaction.atomic
def answer(entry: Entry, question: Question, given: list[str] | str, *, go_on: bool) -> None:
    """Keep an answer.

    Args:
        go_on: the answer is complete; otherwise somebody only looks back, and what they typed is kept.
    """
    locked = Entry.objects.select_for_update().get(pk=entry.pk)
    if locked.is_sent:
        return
    before = locked.typed.get(question.key, {})
    typed = {"answer": given, "done": go_on or before.get("done", False)}
    if question.required and not given:
        typed["done"] = False
    entry.typed = locked.typed = {**locked.typed, question.key: typed}
    locked.changed_at = timezone.now()
    locked.save(update_fields=["typed", "changed_at"])


@transaction.atomic
def send(entry: Entry) -> bool:
    """Send the answers that are on the way, loose from who gave them. Returns whether they were complete.

    A second time does nothing.
    """
    locked = Entry.objects.select_for_update(of=("self",)).select_related("version", "code").get(pk=entry.pk)
    if locked.is_sent:
        return True
    way, is_complete = locked.way
    if not is_complete:
        return False
    answers = locked.answers
    month = timezone.localdate().replace(day=1)
    Response.objects.create(
        version=locked.version, answers={question.key: answers[question.key] for question in way}, month=month
    )
    if locked.code:
        Code.objects.filter(pk=locked.code.pk).update(is_used=True)
    locked.typed, locked.is_sent, locked.changed_at = {}, True, timezone.now()
    locked.save()
    return True


# What happens by itself


def tidy_up() -> None:
    """Make the public figures of scans that closed, and delete what need not be kept any longer."""
    today = timezone.localdate()
    for page in QuickScanPage.objects.filter(open_until__lt=today):
        publish(page)
        if today >= months_later(page.open_until, page.keep_months):
            forget_responses(page)
    Entry.objects.filter(changed_at__lt=timezone.now() - KEEP_UNSENT).delete()
    Entry.objects.filter(version__page__open_until__lt=today - dt.timedelta(days=1)).delete()
    # Which organisations were asked is not needed once nobody can answer, or could for long.
    Code.objects.filter(page__open_until__lt=today - KEEP_UNSENT).delete()
    old = timezone.now() - dt.timedelta(days=1)
    ScanVersion.objects.filter(entries=None, responses=None, made_at__lt=old).delete()


@transaction.atomic
def publish(page: QuickScanPage) -> None:
    """Make the public figures of a closed scan, once.

    A scan that was opened again gets new ones, unless so few answered since that who lays both editions side by side
    could read off what those few said.
    """
    known = Outcome.objects.filter(page=page).first()
    responses = results.responses_of(page)
    if not responses or page.open_until is None or (known and known.closed_on == page.open_until):
        return
    new = len(responses) - known.content.get(COUNTED, 0) if known else THRESHOLD
    if known and new < THRESHOLD:
        Outcome.objects.filter(pk=known.pk).update(closed_on=page.open_until)
        return
    content = {**results.to_publish(results.count(responses), len(responses)), COUNTED: len(responses)}
    Outcome.objects.update_or_create(page=page, defaults={"closed_on": page.open_until, "content": content})


def forget_responses(page: QuickScanPage) -> None:
    """Delete what was answered. What is answered after it has nothing to do any more with the figures of before."""
    Response.objects.filter(version__page=page).delete()
    for outcome in Outcome.objects.filter(page=page):
        if outcome.content.pop(COUNTED, 0):
            outcome.save(update_fields=["content"])


def months_later(day: dt.date, months: int) -> dt.date:
    """The day so many months later; the last of the month when it is shorter."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return dt.date(years, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError

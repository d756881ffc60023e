"""Drafts on the server: save, load, discard. Never in the browser, which may be shared."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from groupspace.prepared import Prepared

from .models import Draft, Submission
from .sanitiser import clean, from_plain, is_empty
from .ticket import Ticket

if TYPE_CHECKING:
    from django.http import HttpRequest

MAX_BYTES = 300_000


class DraftConflictError(Exception):
    """Another window saved this draft in the meantime. `version` is what stands there now, 0 when it is gone."""

    def __init__(self, version: int) -> None:
        super().__init__(version)
        self.version = version


def save(ticket: Ticket, values: dict[str, str], version: int, *, overwrite: bool = False) -> Draft | None:
    """Keep `values` as the draft of the form `ticket`; return None when that form has been posted already.

    version: what the window has loaded or saved last, 0 for none.
    overwrite: the writer has seen the conflict and chose this text.
    Raises DraftConflictError when another window was first.
    """
    now = timezone.now()
    own = _of(ticket.user, ticket.kind, ticket.object_id)
    with transaction.atomic():
        current = own.select_for_update().values_list("version", flat=True).first() or 0
        if version == 0 and Submission.objects.filter(user_id=ticket.user, key=ticket.key).exists():
            return None  # a late save must not bring back what has just been posted
        if current != version and not overwrite:
            raise DraftConflictError(current)
        if current:
            own.update(values=values, version=current + 1, updated_at=now)
            return Draft(values=values, version=current + 1, updated_at=now)
        try:
            with transaction.atomic():
                return Draft.objects.create(
                    owner_id=ticket.user,
                    kind=ticket.kind,
                    object_id=ticket.object_id,
                    place=ticket.place or None,
                    values=values,
                    updated_at=now,
                )
        except IntegrityError:
            raise DraftConflictError(own.values_list("version", flat=True).get()) from None


def put_back(
    user: Any, kind: str, object_id: Any, values: dict[str, str], *, place: UUID | None, lines: Collection[str] = ()
) -> None:
    """Let what was taken back stand in its form again, before what was being typed there for the next one.

    Call it in the transaction that takes it back, so that the words always stand in one of two places.

    Args:
        values: as the form sends them; its text as HTML in `body`.
        place: the space in which it stood, None when it was none.
        lines: other fields in which people type. When both have one, the newer line stands above its text.
    """
    now = timezone.now()
    with transaction.atomic():
        # Locked, also when the window saves it at this very moment: neither is written over the other.
        draft, made = Draft.objects.select_for_update().get_or_create(
            owner_id=user.pk,
            kind=kind,
            object_id=object_id,
            defaults={"place": place, "values": values, "updated_at": now},
        )
        if not made:
            draft.values, draft.version, draft.updated_at = _joined(values, draft.values, lines), draft.version + 1, now
            draft.save(update_fields=["values", "version", "updated_at"])


def load(user: Any, kind: str, object_id: Any) -> Draft | None:
    """Return what `user` was typing there, if anything."""
    found: Draft | None = _prepared.first(user.pk, kind, UUID(str(object_id)))
    return found


def discard(user: Any, kind: str, object_id: Any) -> None:
    """Forget the draft: what was typed has been posted, or its writer threw it away."""
    _of(user.pk, kind, object_id).delete()


def when_kept(is_open: Callable[[HttpRequest, UUID, str], bool]) -> None:
    """Let the app that knows the places say whether whoever asks may still keep a draft of this kind there."""
    if is_open not in _is_open:
        _is_open.append(is_open)


def may_keep(request: HttpRequest, ticket: Ticket) -> bool:
    """Whether the place of a form is still there for whoever asks; nobody who knows it means no."""
    return not ticket.place or any(is_open(request, UUID(ticket.place), ticket.kind) for is_open in _is_open)


def _joined(first: dict[str, str], then: dict[str, str], lines: Collection[str]) -> dict[str, str]:
    """One text of two, as HTML; of each other field the first that says something."""
    both = [(first.get(name, ""), then.get(name, "")) for name in lines]
    over = [from_plain(second) for one, second in both if one and second != one]
    text = then.get("body", "")
    newer = clean(text) if then.get("body-format") == "html" else from_plain(text)
    bodies = [first["body"], *over, "" if is_empty(newer) else newer]
    chosen = {name: text for name, text in first.items() if text}
    return {**first, **then, **chosen, "body": "".join(bodies), "body-format": "html"}


def _of(user_pk: Any, kind: str, object_id: Any) -> Any:
    return Draft.objects.filter(owner_id=user_pk, kind=kind, object_id=object_id)


_prepared = Prepared(_of)
_is_open: list[Callable[[HttpRequest, UUID, str], bool]] = []

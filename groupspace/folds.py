"""Texts that stay folded until the reader opens them: for a note of the author, or for the reader's own words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from groupspace.actions import require
from groupspace.models import MutedWords
from groupspace.text.sanitiser import to_plain

if TYPE_CHECKING:
    from uuid import UUID

    from groupspace.actor import Actor
    from groupspace.models import Space

MOST_WORDS = 50


class Folds:
    """What one reader would rather not see unasked.

    Args:
        words: as `MutedWords` keeps them, one a line. A word also folds the longer words that begin with it.
    """

    def __init__(self, words: str = "") -> None:
        escaped = "|".join(re.escape(word) for word in words.casefold().split("\n") if word)
        self._pattern = re.compile(rf"(?<!\w)(?:{escaped})") if escaped else None

    def label(self, note: str, body: str, *, own: bool = False) -> str:
        """What stands on the fold; empty when the text is open. Nobody's own words fold for themselves."""
        if note:
            return _("Waarschuwing vooraf: %(note)s") % {"note": note}
        if self._pattern and not own and self._pattern.search(to_plain(body).casefold()):
            return _("Hierin staat een woord dat je liever niet ziet.")
        return ""


def muted_words(membership_id: UUID | None) -> list[str]:
    """The words of one member; nobody else's are ever asked for."""
    found = MutedWords.objects.filter(membership=membership_id).values_list("words", flat=True).first()
    return found.split("\n") if found else []


@transaction.atomic
def set_muted_words(actor: Actor, space: Space, words: list[str]) -> None:
    """Fold texts with these words, for this member alone."""
    require(actor, "view", space)
    mine = actor.spaces[space.pk].membership_id
    if words:
        MutedWords.objects.update_or_create(membership_id=mine, defaults={"words": "\n".join(words)})
    else:
        MutedWords.objects.filter(membership=mine).delete()

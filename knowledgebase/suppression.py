"""Which numbers may be published: none that is small, and none from which a small one can be worked out.

The rules are those of statistical disclosure control for tables of counts, as in A. Hundepool and others,
"Handbook on Statistical Disclosure Control" (ESSnet, second edition 2024), chapter "Magnitude and frequency tables":

1. *Primary*: a cell below the threshold is hidden. So is a nought: "nobody" tells something too, and who sees that
   noughts are shown knows that a hidden cell is not one.
2. *Complementary*: the total is published, so what is hidden adds up to the total less what is shown. Beside the
   small cells at least one larger is hidden, and more until what is hidden adds up to twice the threshold. A list
   that is too small for that hides its total.
3. One word for every hidden cell, so that nobody sees which one is small.
4. *Rounding*: what is shown is rounded, so that two editions of a list do not give away their difference.

It is about one list and its total. A table with two directions is safe as one long list of its cells; then the totals
of its rows and columns may not stand beside it. Two lists may share a total when neither is a part of the other.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

THRESHOLD = 10
LOWEST_THRESHOLD = 5
ROUNDING = 5

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Published(Generic[Key]):
    """What may be shown of a list of counts. None stands for a number that stays hidden."""

    cells: dict[Key, int | None]
    total: int | None

    @property
    def hidden(self) -> frozenset[Key]:
        """The cells that are not shown."""
        return frozenset(key for key, count in self.cells.items() if count is None)


def publish(counts: Mapping[Key, int], *, threshold: int = THRESHOLD, rounding: int = ROUNDING) -> Published[Key]:
    """Return the list as it may be shown beside its total, in the same order.

    Args:
        counts: the exact counts; their sum is the total.
        threshold: the smallest number that may be shown.
        rounding: what is shown is rounded to a multiple of this; 1 shows exact numbers.

    Raises ValueError for a negative count, and for a threshold or rounding that protects nobody.
    """
    if threshold < LOWEST_THRESHOLD:
        raise ValueError(f"A threshold below {LOWEST_THRESHOLD} protects nobody.")
    if rounding < 1 or any(count < 0 for count in counts.values()):
        raise ValueError("Counts are never negative, and are rounded to 1 or more.")
    hidden, total_hidden = to_hide(counts, threshold)
    shown = {key: None if key in hidden else rounded(count, rounding) for key, count in counts.items()}
    return Published(shown, None if total_hidden else rounded(sum(counts.values()), rounding))


def to_hide(counts: Mapping[Key, int], threshold: int) -> tuple[frozenset[Key], bool]:
    """The cells that must be hidden, and whether the total must be hidden too.

    Which cells are hidden beside the small ones follows from the order of the list, never from their size: who knows
    that always the smallest is taken can work out more than the total tells.
    """
    small = frozenset(key for key, count in counts.items() if count < threshold)
    if not small:
        return small, sum(counts.values()) < threshold
    hidden, together = set(small), sum(counts[key] for key in small)
    for key in (key for key in counts if key not in small):
        hidden.add(key)
        together += counts[key]
        if together >= 2 * threshold:
            return frozenset(hidden), False
    return frozenset(hidden), len(hidden) < 2 or together < 2 * threshold


def rounded(count: int, step: int) -> int:
    """The nearest multiple of `step`; halfway goes up."""
    return (2 * count + step) // (2 * step) * step

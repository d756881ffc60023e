"""What may be published: checked against someone who knows the rule and tries every list that it could have been."""

from __future__ import annotations

import itertools
from collections import defaultdict
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledgebase.suppression import publish, rounded, to_hide

counts = st.dictionaries(st.integers(), st.integers(0, 60), max_size=8)


def test_list_without_small_numbers_is_shown_rounded() -> None:
    shown = publish({"slapen": 112, "geld": 48, "rouw": 10})

    assert shown.cells == {"slapen": 110, "geld": 50, "rouw": 10}
    assert shown.total == 170
    assert not shown.hidden


def test_small_number_takes_a_larger_one_with_it() -> None:
    shown = publish({"slapen": 112, "geld": 48, "rouw": 3})

    assert shown.cells == {"slapen": None, "geld": 50, "rouw": None}
    assert shown.total == 165


def test_order_chooses_what_is_hidden_too_and_size_does_not() -> None:
    assert publish({"a": 20, "b": 30, "c": 3, "d": 40}).hidden == {"a", "c"}
    assert publish({"a": 40, "b": 30, "c": 3, "d": 20}).hidden == {"a", "c"}


def test_nought_is_hidden_too() -> None:
    assert publish({"a": 50, "b": 50, "c": 0, "d": 50}).cells == {"a": None, "b": 50, "c": None, "d": 50}


@pytest.mark.parametrize("cells", [{}, {"a": 3}, {"a": 9, "b": 9}, {"a": 10, "b": 9}, {"a": 0}])
def test_list_that_is_too_small_shows_nothing_at_all(cells: dict[str, int]) -> None:
    shown = publish(cells)

    assert shown.total is None
    assert not [count for count in shown.cells.values() if count is not None]


@pytest.mark.parametrize("arguments", [{"threshold": 4}, {"rounding": 0}])
def test_settings_that_protect_nobody_are_refused(arguments: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=r"protects nobody|rounded"):
        publish({"a": 100}, **arguments)


def test_negative_count_is_refused() -> None:
    with pytest.raises(ValueError, match="never negative"):
        publish({"a": -1})


@pytest.mark.parametrize(("count", "shown"), [(10, 10), (12, 10), (13, 15), (17, 15), (18, 20), (0, 0)])
def test_numbers_are_rounded_to_the_nearest(count: int, shown: int) -> None:
    assert rounded(count, 5) == shown


@given(counts)
def test_nothing_small_is_ever_shown(cells: dict[int, int]) -> None:
    shown = publish(cells)

    assert all(count is None or count >= 10 for count in [*shown.cells.values(), shown.total])
    assert list(shown.cells) == list(cells)


@given(counts)
def test_what_is_hidden_is_never_one_cell_and_adds_up_to_enough(cells: dict[int, int]) -> None:
    shown = publish(cells, rounding=1)

    if shown.hidden and shown.total is not None:
        assert len(shown.hidden) >= 2
        assert shown.total - sum(count for count in shown.cells.values() if count is not None) >= 20


@pytest.mark.parametrize(("threshold", "size", "highest"), [(3, 1, 30), (3, 2, 30), (3, 3, 21), (3, 4, 13), (4, 3, 21)])
def test_hidden_number_cannot_be_worked_out(threshold: int, size: int, highest: int) -> None:
    """Exact numbers, and a reader who knows the rule: all lists that look the same leave each hidden cell open."""
    same: dict[Any, list[tuple[int, ...]]] = defaultdict(list)
    for cells in itertools.product(range(highest), repeat=size):
        if sum(cells) < highest:  # so that every list with this total is among them
            hidden, total_hidden = to_hide(dict(enumerate(cells)), threshold)
            seen = tuple(None if place in hidden else count for place, count in enumerate(cells))
            same[seen, None if total_hidden else sum(cells)].append(cells)

    for (seen, _total), lists in same.items():
        for place, count in enumerate(seen):
            if count is None:
                assert len({cells[place] for cells in lists}) >= threshold, (seen, lists)

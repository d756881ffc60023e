"""The graph of a step plan: each fault where it is, and no fault means that every way leads to an end."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledgebase.graph import Fault, Problem, Step, analyse

ENDS = ("ja", "nee")
GOOD = [Step("a"), Step("b", ("c", "nee")), Step("c", ("ja", "nee"))]


def test_good_plan_has_no_problems() -> None:
    assert analyse(GOOD, ENDS) == []


def test_empty_plan_has_no_problems_yet() -> None:
    assert analyse([], ENDS) == []


@pytest.mark.parametrize(
    ("steps", "ends", "expected"),
    [
        ([Step("a", ("x", "ja"))], ("ja",), [Problem(Fault.NO_TARGET, 0, 0)]),
        ([Step("a")], (), [Problem(Fault.DEAD_END, 0, 0)]),
        ([Step("a", ("ja",)), Step("b", ("ja",))], ("ja",), [Problem(Fault.UNREACHABLE, 1)]),
        ([Step("a", ("ja",))], ENDS, [Problem(Fault.END_UNREACHABLE, 1, is_end=True)]),
        ([Step("a", ("a", "ja"))], ("ja",), [Problem(Fault.LOOP, 0, 0, other=0)]),
        ([Step("a"), Step("b", ("ja", "a"))], ("ja",), [Problem(Fault.LOOP, 1, 1, other=0)]),
        ([Step("a"), Step("a", ("ja",))], ("ja",), [Problem(Fault.SAME_NAME, 1)]),
        ([Step("a", ("ja", ""))], ("ja",), [Problem(Fault.DEAD_END, 0, 1)]),
        ([Step("a", ())], (), [Problem(Fault.DEAD_END, 0)]),
    ],
)
def test_each_fault_is_found_where_it_is(steps: list[Step], ends: tuple[str, ...], expected: list[Problem]) -> None:
    assert analyse(steps, ends) == expected


def test_end_with_the_name_of_a_step_is_told_at_the_end() -> None:
    problems = analyse([Step("ja", ("nee",))], ("ja", "nee"))

    assert Problem(Fault.SAME_NAME, 0, is_end=True) in problems


def test_loop_that_nobody_can_reach_is_still_told() -> None:
    problems = analyse([Step("a", ("ja",)), Step("b"), Step("c", ("b",))], ("ja",))

    assert Problem(Fault.LOOP, 2, 0, other=1) in problems


def test_long_plan_needs_no_deep_stack() -> None:
    steps = [Step(str(number)) for number in range(5000)]

    assert analyse([*steps, Step("z", ("ja",))], ("ja",)) == []


KEYS = st.sampled_from("abcdefg")
TARGETS = st.one_of(st.just(""), KEYS, st.sampled_from(["ja", "nee", "weg"]))
PLANS = st.lists(
    st.builds(
        Step,
        KEYS,
        st.lists(TARGETS, min_size=1, max_size=4).map(tuple),
    ),
    max_size=7,
    unique_by=lambda step: step.key,
)


def onward(steps: list[Step]) -> dict[str, list[str]]:
    """Where each step leads, by key, worked out apart from the code under test."""
    following = {step.key: later.key for step, later in pairwise(steps)}
    return {step.key: [target or following.get(step.key, "") for target in step.targets] for step in steps}


@given(PLANS)
def test_plan_without_problems_always_comes_to_an_end(steps: list[Step]) -> None:
    if not steps or analyse(steps, ENDS):
        return
    ways, seen, todo = onward(steps), set(), [(steps[0].key, 0)]
    while todo:
        key, length = todo.pop()
        assert length <= len(steps)
        seen.add(key)
        if key not in ENDS:
            todo += [(target, length + 1) for target in ways[key]]

    assert seen == {*ways, *ENDS}


@given(PLANS)
def test_loop_is_told_exactly_when_there_is_one(steps: list[Step]) -> None:
    try:
        TopologicalSorter({key: [t for t in targets if t] for key, targets in onward(steps).items()}).prepare()
        has_loop = False
    except CycleError:
        has_loop = True

    assert any(problem.fault is Fault.LOOP for problem in analyse(steps, ENDS)) == has_loop


@given(PLANS)
def test_unreachable_is_told_for_exactly_those(steps: list[Step]) -> None:
    ways = onward(steps)
    reached, more = set(), {steps[0].key} if steps else set()
    while more:
        reached |= more
        more = {target for key in more for target in ways.get(key, [])} - reached

    told = {steps[p.at].key for p in analyse(steps, ENDS) if p.fault is Fault.UNREACHABLE}
    assert told == ({*ways} - reached if steps else set())


@given(PLANS)
def test_every_problem_points_at_something_that_is_there(steps: list[Step]) -> None:
    for problem in analyse(steps, ENDS):
        if problem.is_end:
            assert problem.at < len(ENDS)
        else:
            assert problem.jump is None or problem.jump < len(steps[problem.at].targets)
        assert problem.other is None or problem.other < len(steps)

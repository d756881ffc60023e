"""Words have the same root whoever searches at the same moment."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from groupspace.search import words as private
from knowledgebase.search import words as public

WORDS = [
    f"{start}{end}" for start in ("wandel", "slaap", "piek", "vergad", "verwacht") for end in ("ingen", "eren", "de")
]


@pytest.fixture
def _turns_are_short() -> Iterator[None]:
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(interval)


@pytest.mark.usefixtures("_turns_are_short")
@pytest.mark.parametrize("root", [private.plain_root.__wrapped__, public.root.__wrapped__])
def test_threads_do_not_disturb_each_other(root: Callable[[str], str]) -> None:
    alone = [root(word) for word in WORDS]
    with ThreadPoolExecutor(8) as threads:
        rounds = list(threads.map(lambda _turn: [root(word) for word in WORDS], range(200)))

    assert all(found == alone for found in rounds)

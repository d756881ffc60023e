"""How long something takes, as people say it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from groupspace.durations import in_words


@pytest.mark.parametrize(
    ("duration", "words"),
    [
        (timedelta(seconds=1), "1 minuut"),
        (timedelta(minutes=14, seconds=1), "15 minuten"),
        (timedelta(hours=1), "60 minuten"),
        (timedelta(hours=2), "2 uur"),
        (timedelta(hours=47, minutes=1), "48 uur"),
        (timedelta(hours=72), "3 dagen"),
    ],
)
def test_time_is_rounded_up_to_what_one_can_count_with(duration: timedelta, words: str) -> None:
    assert in_words(duration) == words

"""How long work may still take is told from how long it took so far."""

from __future__ import annotations

import pytest

from pipeline.pace import Pace


@pytest.mark.parametrize(
    ("passed", "done", "words"),
    [
        (1.0, 50, ""),
        (60.0, 1, ""),
        (60.0, 100, ""),
        (10.0, 90, ", a few seconds more"),
        (10.0, 20, ", about 40 seconds more"),
        (50.0, 50, ", about 50 seconds more"),
        (60.0, 10, ", about 9 minutes more"),
        (60.0, 25, ", about 3 minutes more"),
    ],
)
def test_what_is_left_takes_as_long_as_what_is_done(passed: float, done: float, words: str) -> None:
    now = [100.0]
    pace = Pace(100, lambda: now[0])
    pace.did(done)
    now[0] += passed
    assert pace.words() == words

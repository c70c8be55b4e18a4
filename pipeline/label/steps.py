"""Values in few steps, each with a name: the labeller learns only from what comes back, here and in other texts."""

from __future__ import annotations

from collections.abc import Sequence

STRETCH = ((1, "1"), (2, "2"), (3, "3"), (6, "4-6"), (12, "7-12"), (10**9, "13+"))
WORDS = ((1, "1"), (2, "2"), (4, "3-4"), (8, "5-8"), (10**9, "9+"))
OFTEN = ((1, "once"), (2, "twice"), (5, "few"), (20, "often"), (10**9, "always"))
INDENT = ((-1, "out"), (0, "0"), (1, "1"), (2, "2"), (4, "3-4"), (8, "5-8"), (16, "9-16"), (10**9, "17+"))
SHARE = ((0.0, "none"), (0.3, "few"), (0.6, "half"), (0.85, "most"), (0.999, "nearly"), (10.0, "all"))
USED = ((0.2, "fifth"), (0.4, "two-fifths"), (0.6, "half"), (0.75, "more"), (0.9, "most"), (10.0, "whole"))
"""Each step with the value that it goes up to: lines, words, times; columns; shares."""


def bucket(value: float, steps: Sequence[tuple[float, str]]) -> str:
    """Name the first step that ``value`` does not exceed."""
    for most, name in steps:
        if value <= most:
            return name
    return steps[-1][1]

"""Pace: how long work may still take, told from how long as much of it took."""

from __future__ import annotations

import time
from collections.abc import Callable

_SOONEST = 3.0  # seconds before anything is told
_LEAST = 0.05  # of the work: from less nobody can tell
_A_FEW, _MINUTES = 10, 100  # seconds: below, they are not counted; above, minutes are


class Pace:
    """Work of a known amount, in any unit that takes about the same time each."""

    def __init__(self, whole: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._whole, self._clock = whole, clock
        self._begun, self._done = clock(), 0.0

    def did(self, amount: float) -> None:
        """Note that so much was done."""
        self._done += amount

    def words(self) -> str:
        """Return what may be said of the time to come; nothing before there is something to tell it from."""
        passed = self._clock() - self._begun
        if passed < _SOONEST or self._done < _LEAST * self._whole or self._done >= self._whole:
            return ""
        left = passed / self._done * (self._whole - self._done)
        if left < _A_FEW:
            return ", a few seconds more"
        if left < _MINUTES:
            return f", about {round(left, -1):.0f} seconds more"
        return f", about {round(left / 60)} minutes more"

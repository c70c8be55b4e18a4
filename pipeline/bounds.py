"""Bounds: how much a text may ask of the machine. No real book meets them; a mistake or an attack ends at them.

Each has a setting, a variable of the environment, for it is the machine's owner who sets it and not who wrote the text.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from pipeline.errors import Exit, OctavoError

if sys.platform != "win32":
    import resource


@dataclass(frozen=True, slots=True)
class Bound:
    """A bound: the variable that sets it, what it is without it, and what it counts.

    ``share``: of the machine's memory in megabytes; without the variable the bound is no higher.
    """

    variable: str
    default: int
    unit: str
    share: float = 0.0

    @property
    def value(self) -> int:
        """Return what is set, or the default.

        Raises:
            OctavoError: SETTINGS for what is no number above nought.

        """
        given = os.environ.get(self.variable, "").strip()
        if not given:
            return min(self.default, int(_of_the_machine() * self.share)) if self.share else self.default
        if given.isascii() and given.isdecimal() and 0 < len(given) < 16 and int(given):
            return int(given)
        raise OctavoError(
            Exit.SETTINGS, f"{self.variable}={given[:40]} is no number of {self.unit}.", "Give one above nought."
        )

    def refusal(self, what: str) -> OctavoError:
        """Return the error for something that goes beyond this bound."""
        return OctavoError(
            Exit.TOO_LARGE,
            f"{what} more than {self.value:,} {self.unit}, and was stopped.",
            f"If it is meant to be so large, set {self.variable} higher.",
        )


SIZE = Bound("OCTAVO_SIZE", 100, "megabytes")  # of the source; the longest novels have five million letters
LINES = Bound("OCTAVO_LINES", 1_000_000, "lines")  # of the source; each takes a thousand bytes, however short it is
PAGES = Bound("OCTAVO_PAGES", 20_000, "pages")  # of the printed book
SECONDS = Bound("OCTAVO_SECONDS", 14_400, "seconds")  # for a build
MEMORY = Bound("OCTAVO_MEMORY", 12_000, "megabytes of memory", 0.75)
PANDOC = Bound("OCTAVO_PANDOC", 60, "seconds")  # each time, for a short text, and one more for each 4,000 letters
PROCESSES = Bound("OCTAVO_PROCESSES", 8, "processes that set pages, if there are as many cores")
BOUNDS = (SIZE, LINES, PAGES, SECONDS, MEMORY, PANDOC, PROCESSES)


def check() -> None:
    """Ask each bound for its value, so that a mistake is told before the work and not where the bound is met.

    Raises:
        OctavoError: SETTINGS, as :attr:`Bound.value`.

    """
    for one in BOUNDS:
        _ = one.value


def hands() -> int:
    """Return how many processes may work at once.

    Raises:
        OctavoError: SETTINGS, as :attr:`Bound.value`.

    """
    return min(PROCESSES.value, cores())


def cores() -> int:
    """Return how many cores there are for this process."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


_TICK = 0.5  # seconds between two looks
_WALL = 1.25  # times the memory that is allowed


@contextlib.contextmanager
def watched() -> Iterator[None]:
    """Stop what is done meanwhile when it takes more time or memory than it may, where the system can tell.

    Raises:
        OctavoError: TOO_LARGE.

    """
    if sys.platform == "win32" or threading.current_thread() is not threading.main_thread():
        yield
        return
    seconds, memory = SECONDS.value, MEMORY.value * 1_000_000
    end = time.monotonic() + seconds

    def look(_signal: int, _frame: FrameType | None) -> None:
        if time.monotonic() > end:
            raise SECONDS.refusal("Making the book took")
        if _memory() > memory:
            raise MEMORY.refusal("Making the book took")

    before = signal.signal(signal.SIGALRM, look)
    limits = resource.getrlimit(resource.RLIMIT_DATA)
    wall = int(memory * _WALL)  # for what grows so fast that no look comes in time
    if limits[0] == resource.RLIM_INFINITY or limits[0] > wall:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_DATA, (wall, limits[1]))
    signal.setitimer(signal.ITIMER_REAL, _TICK, _TICK)
    try:
        yield
    except MemoryError as error:
        raise no_memory() from error
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_DATA, limits)


def no_memory() -> OctavoError:
    """Return the error for a machine, or a bound, that gives no more memory."""
    return OctavoError(
        Exit.TOO_LARGE,
        f"There is not enough memory for this book ({MEMORY.value:,} megabytes at most).",
        f"Close other programs, cut it in parts, or set {MEMORY.variable} higher.",
    )


def _of_the_machine() -> float:
    """Return the megabytes of memory that this machine has; without end where it does not tell."""
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 1_000_000
    except (AttributeError, OSError, ValueError):
        return 1e9


def _memory() -> int:
    """Return the bytes that this process has in memory; on macOS the most that it ever had."""
    try:
        return int(Path("/proc/self/statm").read_bytes().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return 0 if sys.platform == "win32" else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

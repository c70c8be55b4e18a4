"""The hellbox: how seldom Python looks for what is to be thrown away.

What nobody names any more goes at once. Python looks only for rings, things that name each other and are named by
nothing else, and to find them it goes through all that there is, again and again as there comes to be more. A reading
makes a million small things and hardly any ring; the pages of a book are millions that stay until it is bound. A sixth
of the time of a reading went into it, and a fourth of that of printing a book again.

And what goes shall go to the system: glibc, which gives a large piece of memory back at once, does so only of ever
larger ones (mallopt(3), "M_MMAP_THRESHOLD"). A text is many copies of itself on its way, each of them one piece.
"""

from __future__ import annotations

import ctypes
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

_MADE = 200_000  # things between two looks
_LARGE = 1_048_576  # bytes: such a piece is taken from the system, and given back
_M_MMAP_THRESHOLD = -3
_depth: list[None] = []


def begin() -> None:
    """Let Python look seldom from here on, as for a command: it would look once more when it ends."""
    gc.set_threshold(_MADE, *gc.get_threshold()[1:])


@contextmanager
def seldom() -> Iterator[None]:
    """Let Python look seldom while this lasts."""
    _give_back()
    before = gc.get_threshold()
    gc.set_threshold(_MADE, *before[1:])
    _depth.append(None)
    try:
        yield
    finally:
        _depth.pop()
        gc.set_threshold(*before)
        if not _depth:
            gc.unfreeze()


@cache
def _give_back() -> None:
    """Let the C library give large pieces of memory back, if it is one that can be told so."""
    if sys.platform == "linux" and (mallopt := getattr(ctypes.CDLL(None), "mallopt", None)):
        mallopt(_M_MMAP_THRESHOLD, _LARGE)


@contextmanager
def lasting() -> Iterator[None]:
    """Let Python go through nothing that is made meanwhile: it lasts. Outside :func:`seldom` that ends here."""
    gathering = gc.isenabled()
    gc.disable()
    try:
        yield
        if _depth:
            gc.freeze()
    finally:
        if gathering:
            gc.enable()

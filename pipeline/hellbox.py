"""The hellbox: how seldom Python looks for what is to be thrown away.

What nobody names any more goes at once. Python looks only for rings, things that name each other and are named by
nothing else, and to find them it goes through all that there is, again and again as there comes to be more. A reading
makes a million small things and hardly any ring; the pages of a book are millions that stay until it is bound. A sixth
of the time of a reading went into it, and a fourth of that of printing a book again.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_MADE = 200_000  # things between two looks
_depth: list[None] = []


@contextmanager
def seldom() -> Iterator[None]:
    """Let Python look seldom while this lasts."""
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

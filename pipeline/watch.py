"""Watching: what is done again whenever somebody saves what a book is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from pipeline import installed
from pipeline.errors import Exit, OctavoError

Key = TypeVar("Key")


def changes(key: Callable[[], Key], folders: Callable[[], Iterable[Path]]) -> Iterator[Key]:
    """Yield what ``key`` tells of the present state, and again whenever it tells another; ends when the user says so.

    Args:
        key: tells one state of the inputs from another; asked after each change in one of the folders.
        folders: those in which the inputs lie.

    Raises:
        OctavoError: MISSING_PROGRAM without ``watchfiles``.

    """
    try:
        import watchfiles
    except ImportError as error:
        raise OctavoError(
            Exit.MISSING_PROGRAM, "watchfiles is not there.", f"Run: {installed.install('watch')}"
        ) from error
    last = key()
    yield last
    while True:
        while (now := key()) != last:  # somebody may have saved while the book was built
            last = now
            yield now
        # It also ends by itself now and then: a save in the moment before it began is found by the key.
        watched = watchfiles.watch(*folders(), recursive=False, raise_interrupt=False, yield_on_timeout=True)
        if next(watched, None) is None:
            return

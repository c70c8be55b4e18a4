"""Calling compositors: a process begun anew takes half a second to come, and may be on its way while a text is read."""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import bounds

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

WORTH = 20_000  # bytes of a text that is worth a call before anything is known of it

_waiting: list[tuple[Connection, SpawnProcess]] = []


@contextmanager
def early() -> Iterator[Callable[[Path], None]]:
    """Let compositors be called early, for the text in a file; who has found no work when this ends is sent away."""
    try:
        yield _call_for
    finally:
        send_away()


def _call_for(text: Path) -> None:
    with contextlib.suppress(OSError):
        if not _has_printed() and not _waiting and text.stat().st_size > WORTH:
            _waiting.extend(_called() for _ in range(bounds.hands() - 1))


def _has_printed() -> bool:
    """Tell whether this process has printed before, as that of ``octavo watch``: then most of the book is kept."""
    return "weasyprint" in sys.modules


def are_here() -> bool:
    """Tell whether somebody waits for work."""
    return bool(_waiting)


def taken() -> dict[Connection, SpawnProcess]:
    """Return those who wait, and how to talk to them; if nobody does, as many are called as there are cores for."""
    found = dict(_waiting) or dict(_called() for _ in range(bounds.hands() - 1))
    _waiting.clear()
    return found


def send_away() -> None:
    """Send those away who wait."""
    for talk, other in _waiting:
        other.kill()
        talk.close()
        other.join()
    _waiting.clear()


def _called() -> tuple[Connection, SpawnProcess]:
    spawning = multiprocessing.get_context("spawn")
    ours, theirs = spawning.Pipe()
    other = spawning.Process(target=_come, args=(theirs,), daemon=True)
    other.start()
    theirs.close()
    return ours, other


def _come(talk: Connection) -> None:
    """Come to work, in another process: be told a folder, in which lies all that is needed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who began it ends it
    from pipeline.machine import weasyprint
    from pipeline.print import compositors

    weasyprint()
    with contextlib.suppress(EOFError, OSError):
        compositors.work(talk, Path(talk.recv()))

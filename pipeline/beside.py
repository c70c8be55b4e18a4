"""Beside: what another process does while this one goes on with something else.

One that is begun anew (:class:`Beside`) needs half a second to come, and is told all that it must know. One that is
forked off (:class:`Twins`) is there at once and knows all that this one does, but not every system has such.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import multiprocessing
import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from typing import Any, TypeVar

from pipeline import bounds

Made = TypeVar("Made")


class Beside:
    """Another process, if it is ``worth`` one and there is a core for it; else all is done here when it is wanted."""

    def __init__(self, *, worth: bool) -> None:
        self._pool: ProcessPoolExecutor | None = None
        if worth and bounds.hands() > 1:
            spawning = multiprocessing.get_context("spawn")
            quiet = partial(signal.signal, signal.SIGINT, signal.SIG_IGN)  # who began it ends it
            self._pool = ProcessPoolExecutor(1, spawning, quiet)

    def __enter__(self) -> Beside:
        return self

    def __exit__(self, *_raised: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)

    def begin(self, task: Callable[..., Made], *given: Any) -> Callable[[], Made]:
        """Begin a task; what is returned waits for it, and does it here if the other process is lost."""
        if self._pool is None:
            return partial(task, *given)
        future = self._pool.submit(task, *given)

        def wait() -> Made:
            try:
                return future.result()
            except BrokenProcessPool:
                return task(*given)

        return wait


FORKS = sys.platform == "linux"
"""Whether a process may be forked off: the system's own libraries do not stand it (macOS), or there is no such thing
(Windows)."""

_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG, prctl(2)


class Twins:
    """Processes forked off this one: each knows all that it knows, does one task, and hands back what it made.

    Where there can be none (one core, another system, other threads at work), a task is done here when it is wanted;
    and so it is where a twin is lost, or raises something.
    """

    def __init__(self) -> None:
        self._most = bounds.hands() - 1 if FORKS else 0
        self._going: dict[int, int] = {}  # by its number, where what it made comes from

    def __enter__(self) -> Twins:
        return self

    def __exit__(self, *_raised: object) -> None:
        for child in self.going():
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)  # what it does is of no use to anybody
            self._end(child)

    def begin(self, task: Callable[[], Made], *, worth: bool = True) -> Callable[[], Made]:
        """Begin a task, if it is ``worth`` a process; what is returned waits for it, and can be asked once.

        What is made must be something that can be pickled.
        """
        if not worth or len(self._going) >= self._most or threading.active_count() > 1:
            return task
        reads, writes = os.pipe()
        child = os.fork()
        if child == 0:
            _do(task, writes)
        os.close(writes)
        self._going[child] = reads

        def wait() -> Made:
            with open(reads, "rb", closefd=False) as answer:
                said = answer.read()
            if self._end(child) != 0 or not said:
                return task()
            made: Made = pickle.loads(said)
            return made

        return wait

    def going(self) -> list[int]:
        """Return the numbers of the twins that nobody has waited for."""
        return [*self._going]

    def _end(self, child: int) -> int:
        """Wait until a twin has ended; return how it did."""
        os.close(self._going.pop(child))
        with contextlib.suppress(ChildProcessError):
            return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        return 1


def _do(task: Callable[[], object], writes: int) -> None:
    """Do a task in the twin, and end."""
    ended = 1
    with contextlib.suppress(BaseException):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # who began it ends it
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
        gc.disable()  # it ends soon, and what it shares with the other stays shared
        with open(writes, "wb", closefd=False) as answer:
            pickle.dump(task(), answer)
        ended = 0
    os._exit(ended)

"""Beside: what another process does while this one goes on with something else.

A twin is forked off: it is there at once, and knows all that this process does. Where that cannot be, a process is
begun anew, which takes half a second and must be told all, if what there is to do is worth that too.
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
import warnings
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from typing import TypeVar

from pipeline import bounds, daybook

Made = TypeVar("Made")

FORKS = sys.platform == "linux"
"""Whether a process may be forked off: the system's own libraries do not stand it (macOS), or there is no such thing
(Windows)."""

_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG, prctl(2)


class Beside:
    """Other processes, as many as there are cores for. What one is lost with, or raises, is done here once more."""

    def __init__(self) -> None:
        self._most = bounds.hands() - 1
        self._twins: dict[int, int] = {}  # by its number, the file for what it makes
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Beside:
        return self

    def __exit__(self, *_raised: object) -> None:
        self.drop()
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)

    def begin(self, task: Callable[[], Made], *, twin: bool = True, anew: bool = False) -> Callable[[], Made]:
        """Begin a task; what is returned waits for it, and can be asked once.

        Args:
            task: what is to be done. What it makes must be something that can be pickled; so must it be itself, if it
                is worth a process begun ``anew``.
            twin: it is worth a twin. Nobody else does it, and it is done here when it is wanted, where there are as
                many as there are cores for, or other threads are at work, which a twin would not have.
            anew: it is worth a process begun anew, where there can be no twin.

        """
        if twin and self.has_room():
            return self._twin(task)
        if FORKS or not anew or not self._most:
            return task
        if self._pool is None:
            spawning = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(1, spawning, partial(signal.signal, signal.SIGINT, signal.SIG_IGN))
        future = self._pool.submit(task)

        def wait() -> Made:
            try:
                return future.result()
            except BrokenProcessPool:
                return task()

        return wait

    def has_room(self) -> bool:
        """Tell whether there may be another twin now."""
        return FORKS and sum(map(_is_at_work, self._twins)) < self._most and threading.active_count() == 1

    def _twin(self, task: Callable[[], Made]) -> Callable[[], Made]:
        answer = os.memfd_create("octavo")  # no pipe, in which what is large waits until it is asked for
        with warnings.catch_warnings():  # of threads of the system's libraries: what is done here asks none of them
            warnings.simplefilter("ignore", DeprecationWarning)
            child = os.fork()
        if child == 0:
            _do(task, answer)
        self._twins[child] = answer

        def wait() -> Made:
            with os.fdopen(os.dup(answer), "rb") as said:
                if self._end(child) != 0:
                    return task()
                said.seek(0)
                made: Made
                made, news = pickle.load(said)
                daybook.enter(news)
                return made

        return wait

    def settle(self) -> None:
        """Wait for all twins, of which nobody wants to know what they made."""
        for child in self.twins():
            self._end(child)

    def drop(self) -> None:
        """End the twins that nobody has waited for: what they do is of no use to anybody."""
        for child in self.twins():
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
            self._end(child)

    def twins(self) -> list[int]:
        """Return the numbers of the twins that nobody has waited for."""
        return [*self._twins]

    def _end(self, child: int) -> int:
        """Wait until a twin has ended; return how it did."""
        os.close(self._twins.pop(child))
        with contextlib.suppress(ChildProcessError):
            return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        return 1


def _is_at_work(child: int) -> bool:
    return os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None


def _do(task: Callable[[], object], writes: int) -> None:
    """Do a task in the twin, and end."""
    ended = 1
    with contextlib.suppress(BaseException):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # who began it ends it
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
        gc.freeze()  # what it shares with the other stays shared
        with open(writes, "wb", closefd=False) as answer:
            daybook.turn()
            made = task()
            pickle.dump((made, daybook.news()), answer)
        ended = 0
    os._exit(ended)

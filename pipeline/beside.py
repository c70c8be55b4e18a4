"""Beside: what another process does while this one goes on with something else."""

from __future__ import annotations

import multiprocessing
import signal
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

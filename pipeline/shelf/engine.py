"""Where tasks run: on threads of this machine, each of which waits for a process, or on the workers of a cluster.

Both are executors of ``concurrent.futures``, the second that of Dask's ``distributed``; which task runs when and where
is their business. Only as many tasks are handed over at a time as keep the workers busy, so that the list may be of
any length; to a cluster several together, for each message costs its scheduler more than a short task its worker.
"""

from __future__ import annotations

import importlib
import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError, Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from pipeline import installed
from pipeline.errors import Exit, OctavoError
from pipeline.shelf import task

Task = TypeVar("Task")
Result = TypeVar("Result")

AHEAD = 2
"""Handfuls for each worker: one that it works on, and one that waits for it."""

MOST = 64
"""Tasks of a handful: one message to the scheduler and back, which costs 8 ms, serves them all."""

SPELL = 2.0
"""Seconds that a handful is worked on; what is not begun by then is given out again, so that no worker is idle while
another has a row of long books before it."""

PATIENCE = 10.0
"""Seconds without a result after which it is asked whether the scheduler is still there."""

CLUSTERS = {"slurm": "SLURM", "pbs": "PBS", "sge": "SGE", "lsf": "LSF", "oar": "OAR", "htcondor": "HTCondor"}
"""Batch systems by the words of the command line, each with what its class is called in dask-jobqueue."""


@dataclass(frozen=True, slots=True)
class Engine:
    """Who works: the executor; how many handfuls to have with it, and tasks in each at most; whether it is there."""

    executor: Executor
    hands: int
    most: int = 1
    alive: Callable[[], bool] = lambda: True


@contextmanager
def workers(jobs: int, scheduler: str = "", cluster: str = "") -> Iterator[Engine]:
    """Open an engine.

    Args:
        jobs: how many books are made at a time; 0 for as many as there are processors here, or workers there.
        scheduler: the address of a scheduler of Dask that is running.
        cluster: a kind of cluster in which to start one, with ``jobs`` workers: ``local``, or one of :data:`CLUSTERS`.

    Raises:
        OctavoError: MISSING_PROGRAM without the extra ``shelf``, USAGE for a scheduler that does not answer or a
            cluster of a kind that is not known.

    """
    if not (scheduler or cluster):
        jobs = jobs or _processors()
        with ThreadPoolExecutor(jobs) as threads:
            try:
                yield Engine(threads, jobs * AHEAD)
            except BaseException:
                threads.shutdown(wait=False, cancel_futures=True)
                raise
            finally:
                task.stop()
        return
    with _client(jobs, scheduler, cluster) as client:
        hands = sum(client.nthreads().values()) if scheduler else jobs or _processors()
        yield Engine(
            client.get_executor(pure=False), max(hands, 1) * AHEAD, MOST, lambda: bool(client.status == "running")
        )


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def _client(jobs: int, scheduler: str, cluster: str) -> Iterator[Any]:
    try:
        distributed: Any = importlib.import_module("distributed")
    except ImportError as error:
        raise OctavoError(
            Exit.MISSING_PROGRAM, "Dask is not installed.", f"Run: {installed.install('shelf')}"
        ) from error
    if scheduler:
        try:
            client = distributed.Client(scheduler, set_as_default=False)
        except (OSError, ValueError) as error:
            raise OctavoError(
                Exit.USAGE, f"No scheduler answers at {scheduler}.", "Start one with: dask scheduler"
            ) from error
        with client:
            yield client
        return
    jobs = jobs or _processors()
    with _cluster(distributed, jobs, cluster) as started, distributed.Client(started, set_as_default=False) as client:
        yield client


def _cluster(distributed: Any, jobs: int, kind: str) -> Any:
    """Start a cluster of ``jobs`` workers, each with one thread; those of a batch system as Dask's settings say."""
    if kind == "local":
        return distributed.LocalCluster(n_workers=jobs, threads_per_worker=1, dashboard_address=None)
    if kind not in CLUSTERS:
        raise OctavoError(
            Exit.USAGE, f"No cluster is called {kind!r}.", f"Those that are known: local, {', '.join(CLUSTERS)}."
        )
    try:
        dask_jobqueue: Any = importlib.import_module("dask_jobqueue")
    except ImportError as error:
        raise OctavoError(
            Exit.MISSING_PROGRAM, "dask-jobqueue is not installed.", "Run: python -m pip install dask-jobqueue"
        ) from error
    try:
        started = getattr(dask_jobqueue, f"{CLUSTERS[kind]}Cluster")(cores=1, processes=1)
    except (ValueError, TypeError) as error:
        raise OctavoError(
            Exit.SETTINGS, f"The {kind} cluster cannot be started: {error}.", "See docs/shelf.md, and ~/.config/dask."
        ) from error
    started.adapt(minimum_jobs=jobs, maximum_jobs=jobs)  # a job whose time is over is followed by another
    return started


def run(
    engine: Engine,
    work: Callable[[Task], Result],
    tasks: Iterable[Task],
    lost: Callable[[Task, str], Result],
    followers: Callable[[Result], Iterable[Task]] = lambda _result: (),
) -> Iterator[Result]:
    """Do ``work`` on each task, and yield what comes of it, in any order.

    Tasks are handed over in handfuls, of one at first, and of twice as many as long as they are done in a moment. If
    a worker died on a handful each time, each of its tasks is tried by itself, so that one costs no other.

    Args:
        engine: who works.
        work: may run elsewhere.
        tasks: taken one at a time, when there is room.
        lost: says what comes of a task whose worker died each time, and how.
        followers: tasks that a result makes possible; they come first.

    Raises:
        OctavoError: TOOL_FAILED when the engine is gone.

    """
    coming, next_ones, alone = iter(tasks), deque[Task](), deque[Task]()
    in_hand: dict[Future[list[Result]], list[Task]] = {}
    done: SimpleQueue[Future[list[Result]]] = SimpleQueue()
    size = 1

    def handful() -> list[Task]:
        if alone:
            return [alone.popleft()]
        taken = (next_ones.popleft() if next_ones else next(coming, None) for _ in range(size))
        return [one for one in taken if one is not None]

    while True:
        while len(in_hand) < engine.hands and (given := handful()):
            future = engine.executor.submit(_in_turn, work, given)
            in_hand[future] = given
            future.add_done_callback(done.put)
        if not in_hand:
            return
        while True:
            try:
                ended = done.get(timeout=PATIENCE)
                break
            except Empty:
                if not engine.alive():
                    raise _gone() from None
        given = in_hand.pop(ended)
        try:
            results = ended.result()
        except CancelledError as error:
            raise _gone() from error
        except Exception as error:
            if not engine.alive():
                raise _gone() from error
            if len(given) > 1:
                alone.extend(given)
                continue
            results = [lost(given[0], str(error) or type(error).__name__)]
        left = given[len(results) :]
        next_ones.extendleft(reversed(left))
        size = len(results) if left else min(engine.most, max(size, 2 * len(given)))
        for result in results:
            next_ones.extend(followers(result))
            yield result


def _in_turn(work: Callable[[Task], Result], tasks: Sequence[Task]) -> list[Result]:
    """Work on one task after another; those that are not begun after a while have no result."""
    end = time.monotonic() + SPELL
    results = [work(tasks[0])]
    for one in tasks[1:]:
        if time.monotonic() > end:
            break
        results.append(work(one))
    return results


def _gone() -> OctavoError:
    return OctavoError(
        Exit.TOOL_FAILED,
        "The scheduler is gone.",
        "What is finished stands; start it, and make the shelf again to go on.",
    )

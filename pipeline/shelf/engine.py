"""Where tasks run: on threads of this machine, each of which waits for a process, or on the workers of a cluster.

Both are executors of ``concurrent.futures``, the second that of Dask's ``distributed``; which task runs when and where
is their business. Only as many tasks are handed over at a time as keep the workers busy, so that the list may be of
any length.
"""

from __future__ import annotations

import importlib
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from pipeline import installed
from pipeline.errors import Exit, OctavoError
from pipeline.shelf import task

Task = TypeVar("Task")
Result = TypeVar("Result")

AHEAD = 2
"""Tasks in hand for each worker: one that runs, and one that waits for it."""

PATIENCE = 10.0
"""Seconds without a result after which it is asked whether the scheduler is still there."""

CLUSTERS = {"slurm": "SLURM", "pbs": "PBS", "sge": "SGE", "lsf": "LSF", "oar": "OAR", "htcondor": "HTCondor"}
"""Batch systems by the words of the command line, each with what its class is called in dask-jobqueue."""


@contextmanager
def workers(jobs: int, scheduler: str = "", cluster: str = "") -> Iterator[tuple[Executor, int, Callable[[], bool]]]:
    """Open an engine; give its executor, how many tasks to have in hand, and a way to ask whether it is alive.

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
                yield threads, jobs * AHEAD, lambda: True
            except BaseException:
                threads.shutdown(wait=False, cancel_futures=True)
                raise
            finally:
                task.stop()
        return
    with _client(jobs, scheduler, cluster) as client:
        hands = sum(client.nthreads().values()) if scheduler else jobs or _processors()
        yield client.get_executor(pure=False), max(hands, 1) * AHEAD, lambda: bool(client.status == "running")


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
    executor: Executor,
    work: Callable[[Task], Result],
    tasks: Iterable[Task],
    most: int,
    lost: Callable[[Task, str], Result],
    followers: Callable[[Result], Iterable[Task]] = lambda _result: (),
    alive: Callable[[], bool] = lambda: True,
) -> Iterator[Result]:
    """Do ``work`` on each task, and yield what comes of it, in any order.

    Args:
        executor: of ``concurrent.futures``.
        work: may run elsewhere.
        tasks: taken one at a time, when there is room.
        most: tasks in hand at a time.
        lost: says what comes of a task whose worker died each time, and how.
        followers: tasks that a result makes possible; they come first.
        alive: tells whether the engine is there.

    Raises:
        OctavoError: TOOL_FAILED when the engine is gone.

    """
    coming, next_ones, in_hand = iter(tasks), deque[Task](), dict[Future[Result], Task]()
    done: SimpleQueue[Future[Result]] = SimpleQueue()
    while True:
        while len(in_hand) < most:
            given = next_ones.popleft() if next_ones else next(coming, None)
            if given is None:
                break
            future = executor.submit(work, given)
            in_hand[future] = given
            future.add_done_callback(done.put)
        if not in_hand:
            return
        while True:
            try:
                ended = done.get(timeout=PATIENCE)
                break
            except Empty:
                if not alive():
                    raise _gone() from None
        order = in_hand.pop(ended)
        try:
            result = ended.result()
        except CancelledError as error:
            raise _gone() from error
        except Exception as error:
            if not alive():
                raise _gone() from error
            result = lost(order, str(error) or type(error).__name__)
        next_ones.extend(followers(result))
        yield result


def _gone() -> OctavoError:
    return OctavoError(
        Exit.TOOL_FAILED,
        "The scheduler is gone.",
        "What is finished stands; start it, and make the shelf again to go on.",
    )

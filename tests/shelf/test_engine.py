"""The run over tasks, whatever runs them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest

from pipeline.errors import Exit, OctavoError
from pipeline.shelf import engine
from pipeline.shelf.engine import Engine, run


def never(task: int, how: str) -> int:
    raise AssertionError((task, how))


def test_every_task_is_done_once_and_the_list_is_read_only_as_far_as_there_is_room() -> None:
    taken: list[int] = []
    ahead: list[int] = []

    def listed() -> Iterator[int]:
        for number in range(500):
            taken.append(number)
            yield number

    done = []
    with ThreadPoolExecutor(2) as threads:
        for result in run(Engine(threads, 4), lambda number: number, listed(), never):
            done.append(result)
            ahead.append(len(taken) - len(done))
    assert sorted(done) == list(range(500))
    assert max(ahead) <= 4


def test_what_a_result_makes_possible_comes_before_the_rest_of_the_list() -> None:
    with ThreadPoolExecutor(1) as threads:
        done = list(
            run(Engine(threads, 1), lambda n: n, iter([1, 2, 3, 4]), never, lambda n: [n * 10] if n in (1, 3) else [])
        )
    assert done == [1, 10, 2, 3, 30, 4]


@pytest.mark.parametrize("most", [1, 4])
def test_a_worker_that_dies_costs_its_task_and_no_other(most: int) -> None:
    def work(number: int) -> int:
        if number == 2:
            raise RuntimeError("the worker died")
        return number

    with ThreadPoolExecutor(2) as threads:
        done = list(run(Engine(threads, 2, most), work, range(9), lambda task, how: -task if "died" in how else 0))
    assert sorted(done) == [-2, 0, 1, *range(3, 9)]


class Counting(ThreadPoolExecutor):
    """An engine that counts what is handed to it."""

    given = 0

    def submit(self, *given: Any, **named: Any) -> Future[Any]:
        self.given += 1
        return super().submit(*given, **named)


def test_short_tasks_are_handed_over_several_together_and_long_ones_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    with Counting(2) as short:
        assert sorted(run(Engine(short, 4, 16), lambda n: n, range(400), never)) == list(range(400))
    assert short.given < 50
    monkeypatch.setattr(engine, "SPELL", -1.0)  # each has its time used up by one task
    with Counting(1) as long:
        assert list(run(Engine(long, 1, 16), lambda n: n, range(20), never)) == list(range(20))
    assert long.given == 20


class Dead(ThreadPoolExecutor):
    """An engine that was cancelled: its futures never come to anything."""

    def submit(self, *_: object, **__: object) -> Future[int]:  # type: ignore[override]
        future: Future[int] = Future()
        threading.Timer(0.01, future.cancel).start()
        return future


def test_an_engine_that_is_gone_ends_the_run_in_one_sentence() -> None:
    with Dead() as dead, pytest.raises(OctavoError, match="The scheduler is gone") as gone:
        list(run(Engine(dead, 2, alive=lambda: False), lambda n: n, range(3), never))
    assert gone.value.exit_code is Exit.TOOL_FAILED

"""The same run on a cluster of Dask, with workers and schedulers that are really killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import Exit, OctavoError
from pipeline.shelf import bench, engine, task
from pipeline.shelf.engine import run, workers
from pipeline.shelf.making import Run, Wish

distributed: Any = pytest.importorskip("distributed", reason="needs the extra “shelf”")
pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name != "posix", reason="kills by signal")]

LAMPS = "Of Lamps\n\n\nA lamp is lit at dusk.\nWray, Nathaniel. The Fog Bell. London: Pellow, 1911, p. 2\n"


def slowly(one: tuple[int, str]) -> int:
    """Leave a sign that the task is at work, and take a moment."""
    number, folder = one
    (Path(folder) / f"{number}.{os.getpid()}").touch()
    time.sleep(0.02)
    return number


def test_a_worker_that_is_killed_costs_nothing_and_every_task_is_done(tmp_path: Path) -> None:
    killed = []

    def kill() -> None:
        while not (begun := list(tmp_path.iterdir())):
            time.sleep(0.01)
        killed.append(int(begun[0].suffix[1:]))
        os.kill(killed[0], signal.SIGKILL)

    threading.Thread(target=kill).start()
    with workers(2, cluster="local") as opened:
        assert opened.hands == 4
        tasks = ((number, str(tmp_path)) for number in range(100))
        done = list(run(opened, slowly, tasks, lambda one, _how: -one[0]))
    assert sorted(done) == list(range(100))
    assert killed


def test_a_killed_scheduler_ends_the_run_and_the_next_one_goes_on_from_the_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "PATIENCE", 0.5)
    texts, where = tmp_path / "texts", tmp_path / "where.json"
    texts.mkdir()
    for name in ("a", "b", "c"):
        (texts / f"{name}.txt").write_text(LAMPS, encoding="utf-8")
    common = ["--scheduler-file", str(where), "--no-dashboard"]
    scheduler, worker = (
        subprocess.Popen([sys.executable, "-m", "dask", *command, *common], stderr=subprocess.DEVNULL)
        for command in (["scheduler", "--port", "0"], ["worker", "--nthreads", "1", "--no-nanny"])
    )
    try:
        while not where.is_file():
            time.sleep(0.05)
        address = json.loads(where.read_text(encoding="utf-8"))["address"]
        with distributed.Client(address, set_as_default=False) as client:
            client.wait_for_workers(1)
        wish = Wish(texts, tmp_path / "shelf", editions=(), scheduler=address)
        with pytest.raises(OctavoError) as gone:
            Run(wish, lambda _outcome, _tally: scheduler.kill()).make()
        assert gone.value.exit_code is Exit.TOOL_FAILED
    finally:
        for process in (scheduler, worker):
            process.kill()
            process.wait()
    made = {path.parent.name for path in (tmp_path / "shelf" / "books").glob("*/made.json")}
    assert made
    monkeypatch.setattr(task, "in_process", lambda order, place: bench.made({"bench": str(place), **asdict(order)}))
    tally = Run(Wish(texts, tmp_path / "shelf", editions=(), jobs=1), lambda _outcome, _tally: None).make()
    assert (tally.stood >= len(made), tally.stood + tally.made, tally.failed) == (True, 3, 0)


def test_a_cluster_of_a_kind_that_nobody_knows_is_named_with_those_that_are_known() -> None:
    with pytest.raises(OctavoError, match="cobweb") as unknown, workers(1, cluster="cobweb"):
        pass
    assert unknown.value.exit_code is Exit.USAGE
    assert "local, slurm" in unknown.value.hint

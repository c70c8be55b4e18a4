"""``make bench-shelf``: what a shelf of many texts costs, and that it comes to its end whatever happens meanwhile.

Usage: python -m tests.bench_shelf COMMAND …

  texts N FOLDER        write N short invented texts
  speed FOLDER [MOST]   make drafts and EPUBs of the texts in FOLDER (MOST of them), on one process and on two
  faults N [JOBS]       make N invented texts; meanwhile workers, run and scheduler are killed, and a disk is full
  overhead N            run N simulated tasks on threads and on a cluster of two workers; time and memory of the client
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.errors import Exit
from pipeline.shelf.engine import run, workers
from pipeline.shelf.listing import texts

OCTAVO = [sys.executable, "-m", "pipeline", "shelf", "make"]
_LOOK = 0.5  # seconds between two looks at a shelf, which cost as much as a small book where it has thousands
_WORDS = (
    *("weir", "lock", "gate", "lamp", "rope", "bell", "tide", "keeper", "water", "stone", "wall", "barge", "rain"),
    *("north", "mill", "bridge", "reed", "bank", "winter", "ledger", "moss", "lantern", "ferry", "current", "silt"),
    *("signal", "towpath", "heron", "oak", "iron", "basin"),
)


def say(words: str) -> None:
    """Print at once."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def write_texts(number: int, folder: Path) -> None:
    """Write invented texts of some 600 words, in chapters of paragraphs; the same ones each time."""
    folder.mkdir(parents=True, exist_ok=True)
    for n in range(number):
        chance = random.Random(n)
        parts = [f"The Book of {chance.choice(_WORDS).title()} {n}", "", ""]
        for chapter in range(1, 4):
            parts += ["", "", f"CHAPTER {'I' * chapter}", "", ""]
            for _ in range(5):
                words = " ".join(chance.choices(_WORDS, k=40))
                parts += [f"{words[0].upper()}{words[1:]}.", ""]
        (folder / f"text-{n:06}.txt").write_text("\n".join(parts), encoding="utf-8")


def made(place: Path, shelf: Path, *more: str) -> tuple[int, float, float]:
    """Make a shelf; return the exit code, the seconds by the clock, and those of the processor."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.monotonic()
    done = subprocess.run([*OCTAVO, str(place), "--out", str(shelf), "--quiet", *more], check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return done.returncode, time.monotonic() - start, spent


def speed(folder: Path, most: int) -> None:
    """Measure one process against two."""
    with tempfile.TemporaryDirectory() as place:
        chosen = Path(place) / "texts"
        chosen.mkdir()
        for text in list(texts(folder, Path(place)))[:most]:
            (chosen / text.path.name).symlink_to(text.path.resolve())
        number = len(list(chosen.iterdir()))
        for edition in ("draft", "epub"):
            clock = {}
            for jobs in (1, 2):
                shelf = Path(place) / f"{edition}-{jobs}"
                os.environ["OCTAVO_CACHE"] = str(
                    Path(place) / f"cache-{edition}-{jobs}"
                )  # what one keeps helps the next
                code, clock[jobs], spent = made(chosen, shelf, "--editions", edition, "--jobs", str(jobs))
                took = f"{clock[jobs]:.1f} s, {spent:.1f} s of processor"
                say(f"{edition}: {number} texts, {jobs} at a time: {took}, exit {code}")
                size = sum(path.stat().st_size for path in (shelf / "books").rglob("*") if path.is_file())
                shutil.rmtree(shelf)
            ratio = clock[1] / clock[2]
            say(f"{edition}: two at a time are {ratio:.2f} times as fast; {size / number / 1e6:.2f} MB a book")


# ---------------------------------------------------------------------------------------------------------- faults


def books(shelf: Path) -> int:
    """Count the books that stand."""
    return sum(1 for _ in (shelf / "books").glob("*/made.json"))


@contextlib.contextmanager
def after(seconds: float, act: Any) -> Iterator[None]:
    """Do something while something else runs."""
    timer = threading.Timer(seconds, act)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def children_of(name: str, among: set[int]) -> list[int]:
    """Return the processes whose command has ``name`` in it and whose ancestors are in ``among``."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, ValueError):
            pid = int(path.parent.name)
            command = (path.parent / "cmdline").read_bytes().decode(errors="replace")
            at, ancestors = pid, set()
            while at > 1 and at not in ancestors:
                ancestors.add(at)
                at = int((Path("/proc") / str(at) / "stat").read_text().rpartition(")")[2].split()[1])
            if name in command and ancestors & among and pid not in among:
                found.append(pid)
    return found


def faults(number: int, jobs: int) -> None:
    """Make a shelf of invented texts to its end, ``jobs`` at a time, whatever is killed."""
    with tempfile.TemporaryDirectory() as place:
        folder, shelf = Path(place) / "texts", Path(place) / "shelf"
        write_texts(number, folder)
        command = [*OCTAVO, str(folder), "--out", str(shelf), "--quiet", "--editions", "draft", "--jobs", str(jobs)]

        def killed(what: str, part: int, act: Any) -> None:
            """Run until a part of the books stands; then act."""
            running = subprocess.Popen(command, stderr=subprocess.DEVNULL)
            while running.poll() is None and books(shelf) < number * part // 6:
                time.sleep(_LOOK)
            act(running)
            running.wait()
            say(f"{what}: exit {running.returncode}, {books(shelf)} of {number} books stand")

        killed("the run killed", 1, lambda running: running.kill())

        def kill_bench(running: subprocess.Popen[bytes]) -> None:
            for pid in children_of("pipeline.shelf.bench", {running.pid})[:1]:
                os.kill(pid, signal.SIGKILL)
            while running.poll() is None and books(shelf) < number * 2 // 6:
                time.sleep(_LOOK)
            running.kill()

        killed("a bench killed, then the run", 1, kill_bench)
        _full_disk(folder, number // 6 or 1)
        _killed_scheduler(command, shelf, number)
        code, clock, spent = made(folder, shelf, "--editions", "draft", "--jobs", str(jobs), "--again", "failed")
        say(f"to the end: exit {code}, {books(shelf)} of {number} books; {clock:.0f} s, {spent:.0f} s of processor")
        left = [path.name for path in (shelf / ".making").iterdir() if path.name != "lock"]
        say(f"left on benches: {left or 'nothing'}; failed: {len(list((shelf / 'failed').glob('*')))}")
        if (code, books(shelf), left) != (Exit.OK, number, []):
            raise SystemExit("the shelf was not made to the end")


def _full_disk(folder: Path, number: int) -> None:
    """Make a shelf on a disk that is too small, then on the same with more room."""
    with tempfile.TemporaryDirectory() as place:
        size = f"{max(10 * number, 100)}k"  # an invented book and what belongs to it take some 30 kB
        mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "octavo", place]
        if subprocess.run(mount, check=False, stderr=subprocess.DEVNULL).returncode:
            say("a full disk: not tried, for nobody but root may mount one")
            return
        try:
            few = Path(place) / "list.csv"
            rows = sorted(folder.iterdir())[:number]
            few.write_text("path\n" + "".join(f"{path}\n" for path in rows), encoding="utf-8")
            code, _, _ = made(few, Path(place) / "shelf", "--editions", "draft", "--jobs", "2")
            stood = books(Path(place) / "shelf")
            failed = len(list((Path(place) / "shelf" / "failed").glob("*")))
            say(f"a disk of {size}: exit {code}, {stood} of {number} books stand, {failed} failed")
            subprocess.run(["mount", "-o", "remount,size=500m", place], check=True)
            code, _, _ = made(few, Path(place) / "shelf", "--editions", "draft", "--jobs", "2")
            say(f"with more room: exit {code}, {books(Path(place) / 'shelf')} of {number} books stand")
        finally:
            subprocess.run(["umount", place], check=True)


def _killed_scheduler(command: list[str], shelf: Path, number: int) -> None:
    """Go on with a cluster of two workers, of which one is killed, and then the scheduler."""
    with tempfile.TemporaryDirectory() as place:
        where = Path(place) / "where.json"
        common = ["--scheduler-file", str(where), "--no-dashboard"]
        quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        scheduler = subprocess.Popen([sys.executable, "-m", "dask", "scheduler", "--port", "0", *common], **quiet)
        hands = [
            subprocess.Popen(
                [sys.executable, "-m", "dask", "worker", "--nthreads", "1", "--no-nanny", *common], **quiet
            )
            for _ in range(2)
        ]
        try:
            while not where.is_file():
                time.sleep(0.1)
            address = json.loads(where.read_text(encoding="utf-8"))["address"]
            running = subprocess.Popen([*command[:-2], "--scheduler", address], stderr=subprocess.DEVNULL)
            for part, victim, what in ((3, hands[0], "a worker"), (4, scheduler, "the scheduler")):
                while running.poll() is None and books(shelf) < number * part // 6:
                    time.sleep(_LOOK)
                victim.kill()
                say(f"{what} of the cluster killed at {books(shelf)} books")
            running.wait()
            say(f"the run on the cluster: exit {running.returncode}, {books(shelf)} of {number} books stand")
        finally:
            for process in (scheduler, *hands):
                process.kill()
                process.wait()


# -------------------------------------------------------------------------------------------------------- overhead


def nothing(number: int) -> int:
    """Do no work."""
    return number


def overhead(number: int) -> None:
    """Measure what the engines cost when the work costs nothing."""
    for cluster in ("", "local"):
        with workers(2, cluster=cluster) as engine:
            start, spent, first = time.monotonic(), time.process_time(), 0
            for done, _ in enumerate(
                run(engine, nothing, range(number), lambda one, how: sys.exit(f"{one}: {how}")), 1
            ):
                if done == number // 10:
                    first = _memory()
            clock, spent = time.monotonic() - start, time.process_time() - spent
            say(
                f"{cluster or 'threads'}: {number} tasks, {clock / number * 1000:.2f} ms a task "
                f"({spent / number * 1000:.2f} ms of the client's processor); "
                f"memory of the client {first / 1e6:.0f} MB after a tenth, {_memory() / 1e6:.0f} MB at the end"
            )


def _memory() -> int:
    """Return the bytes that this process holds now."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def main() -> None:
    """Run the command."""
    match sys.argv[1:]:
        case ["texts", number, folder]:
            write_texts(int(number), Path(folder))
        case ["speed", folder, *most]:
            speed(Path(folder), int(most[0]) if most else 10**6)
        case ["faults", number, *jobs]:
            faults(int(number), int(jobs[0]) if jobs else 2)
        case ["overhead", number]:
            overhead(int(number))
        case _:
            raise SystemExit(__doc__)


if __name__ == "__main__":
    main()

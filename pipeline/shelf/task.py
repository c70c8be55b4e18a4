"""One book, one task: a process of its own makes it within bounds, and it takes its place on the shelf in one move.

Whatever becomes of that process, the text that it worked on is all that can be lost; the worker that started it goes
on.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pipeline import files
from pipeline.bounds import PROCESSES
from pipeline.errors import Exit
from pipeline.shelf.stamp import BENCHES, BOOKS, FAILED, FAILURE, Stamp, plain, read_made, versions

FORKS = sys.platform == "linux"
"""Whether a bench is good for many books, each made in a process that is forked off with everything loaded. Elsewhere
the system's own libraries do not stand it (macOS), or there is no such thing (Windows)."""

LATE = 124
"""Exit code of a process that was ended because it was over time, as ``timeout`` of GNU coreutils has it."""

BEFORE, MAKING, SAID, STDERR = "before", "made", "outcome.json", "stderr.txt"
"""What lies on a bench: the book that stood in the place, the one that is made, how it ended, what was said of it."""

MACHINE = (Exit.DISK_FULL, Exit.MISSING_PROGRAM)
"""Exit codes that are no fault of a text: they stop the run, for the next text would end so too."""

_GRACE = 10.0  # seconds that a bench has to end

_TOLD = 2000  # letters of what a process said before it died


@dataclass(frozen=True, slots=True)
class Order:
    """What a task is asked for; all of it may travel to another machine that sees the same files.

    ``settings``: as a table; ``volume``: the text is one of a series, and ``evidence`` what its earlier volumes have
    settled; ``minutes`` and ``megabytes``: the bounds of time by the clock, and of memory for each process.
    """

    name: str
    source: str
    settings: dict[str, Any]
    editions: Sequence[str]
    shelf: str
    made_from: Stamp
    volume: bool = False
    evidence: Sequence[str] = ()
    minutes: float = 30.0
    megabytes: int = 4000


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a task ended: an exit code, and if it is not 0, one sentence of what is wrong and one of what to do."""

    name: str
    code: int = 0
    what: str = ""
    hint: str = ""
    seconds: float = 0.0

    @property
    def failed(self) -> bool:
        """No book came of it that may stand on the shelf; one that lacks glyphs may."""
        return self.code not in (Exit.OK, Exit.NO_FONT)

    def __str__(self) -> str:
        return f"{self.what} {self.hint}".strip()


def make_book(order: Order) -> Outcome:
    """Make the book of an order, and put it on the shelf; or put down why not."""
    if order.made_from["versions"] != versions():
        mine, theirs = versions(), order.made_from["versions"]
        other = next(key for key in {**mine, **theirs} if mine.get(key) != theirs.get(key))
        has, wanted = mine.get(other, "none"), theirs.get(other, "none")
        what = f"A worker has another {other} ({has}) than the machine that gives out the work ({wanted})."
        return Outcome(order.name, Exit.MISSING_PROGRAM, what, "Install the same on all machines.")
    start = time.monotonic()
    shelf = Path(order.shelf)
    made = read_made(shelf / BOOKS / order.name)
    if made and made["made_from"] == plain(order.made_from):
        return Outcome(order.name)  # a worker made it that did not live to tell
    try:
        (shelf / BENCHES).mkdir(parents=True, exist_ok=True)
        bench = Path(tempfile.mkdtemp(dir=shelf / BENCHES, prefix=f"{order.name[:60]}-"))
    except OSError as error:
        refused = files.refused(error, shelf)
        return Outcome(order.name, refused.exit_code, refused.what, refused.hint)
    try:
        code, what, hint = in_process(order, bench)
        outcome = Outcome(order.name, code, what, hint, round(time.monotonic() - start, 3))
        if outcome.code in (*MACHINE, Exit.INTERRUPTED) or not bench.is_dir():  # another run has swept the bench away
            return outcome
        if outcome.failed:
            put_down(outcome, shelf, order.made_from, bench)
        else:
            take_place(bench, shelf / BOOKS / order.name)
            shutil.rmtree(shelf / FAILED / order.name, ignore_errors=True)
        return outcome
    except OSError as error:
        refused = files.refused(error, shelf)
        return Outcome(order.name, refused.exit_code, refused.what, refused.hint)
    finally:
        shutil.rmtree(bench, ignore_errors=True)


_idle: list[subprocess.Popen[bytes]] = []
_open: set[subprocess.Popen[bytes]] = set()


def stop() -> None:
    """Close all benches, and with them end the work on them."""
    _idle.clear()
    for bench in tuple(_open):
        _close(bench)


def _close(bench: subprocess.Popen[bytes]) -> None:
    _open.discard(bench)
    for pipe in (bench.stdin, bench.stdout):
        with contextlib.suppress(OSError):
            if pipe:
                pipe.close()
    with contextlib.suppress(subprocess.TimeoutExpired):
        bench.wait(_GRACE)


def in_process(order: Order, bench: Path) -> tuple[int, str, str]:
    """Let a process of its own make the book on the bench; return an exit code, what is wrong and what to do."""
    try:
        worker = _idle.pop()
    except IndexError:
        worker = subprocess.Popen(
            [sys.executable, "-m", "pipeline.shelf.bench"],
            stdin=subprocess.PIPE,  # while it is open, somebody waits for books
            stdout=subprocess.PIPE,
            start_new_session=True,  # what is typed at a keyboard is for us
            env={PROCESSES.variable: "1", **os.environ},  # all cores have books of their own
        )
        _open.add(worker)
    assert worker.stdin is not None
    assert worker.stdout is not None
    try:
        worker.stdin.write(json.dumps({"bench": str(bench), **asdict(order)}).encode() + b"\n")
        worker.stdin.flush()
        answer = worker.stdout.readline()
    except (OSError, ValueError):  # it has died, or we were told to stop
        answer = b""
    if answer and FORKS:
        _idle.append(worker)
    else:
        _close(worker)
    ended = int(answer) if answer else worker.wait()
    if ended == Exit.INTERRUPTED:
        return ended, "It was stopped.", ""
    if ended == LATE:
        return (
            Exit.TOO_LARGE,
            f"Its book was not made within {order.minutes:g} minutes.",
            "Give it more with --minutes, or part the text.",
        )
    if ended == Exit.DISK_FULL:
        return ended, f"No space left to write {order.shelf}.", "Free some space, and make the shelf again."
    try:
        code, what, hint = json.loads((bench / SAID).read_text(encoding="utf-8"))
        return int(code), str(what), str(hint)
    except (OSError, ValueError):
        how = f"was ended by the system (signal {-ended})" if ended < 0 else f"ended with {ended} and said nothing"
        return (
            Exit.TOOL_FAILED,
            f"The process that made its book {how}.",
            "If memory was short, give --jobs a smaller number or --memory a larger one.",
        )


def take_place(bench: Path, home: Path) -> None:
    """Move a book from its bench to its place; what stood there before gives way at that moment.

    Raises:
        OSError: when the system refuses; what stood there stands there again.

    """
    made, before = bench / MAKING / home.name, bench / BEFORE / home.name
    home.parent.mkdir(parents=True, exist_ok=True)
    before.parent.mkdir(exist_ok=True)
    with contextlib.suppress(FileNotFoundError):
        home.rename(before)
    try:
        made.rename(home)
    except OSError:
        if not home.exists() and before.exists():
            before.rename(home)
        elif home.exists():
            return  # another worker was given the same order, and was faster
        raise


def put_down(outcome: Outcome, shelf: Path, made_from: Stamp | None, bench: Path | None = None) -> None:
    """Write ``failure.json`` for a text, beside what was made of it so far, such as the report on lost words.

    Raises:
        OSError: when it cannot be written.

    """
    home = shelf / FAILED / outcome.name
    failure = {"name": outcome.name, "code": outcome.code, "what": outcome.what, "hint": outcome.hint}
    if bench is not None:
        with contextlib.suppress(OSError):
            said = (bench / STDERR).read_text(encoding="utf-8", errors="replace").strip()
            failure |= {"said": said[-_TOLD:]} if said else {}
    failure |= {"seconds": outcome.seconds, "made_from": made_from}
    shutil.rmtree(home, ignore_errors=True)
    if bench is not None and (bench / MAKING / outcome.name).is_dir():
        home.parent.mkdir(parents=True, exist_ok=True)
        (bench / MAKING / outcome.name).rename(home)
    files.write_whole(home / FAILURE, json.dumps(failure, ensure_ascii=False, indent=1) + "\n")


def sweep(shelf: Path) -> None:
    """Clear the benches of runs that were killed; a book that was just giving way to another stands again."""
    for bench in (shelf / BENCHES).glob("*/"):
        for before in (bench / BEFORE).glob("*/"):
            if not (shelf / BOOKS / before.name).exists():
                before.rename(shelf / BOOKS / before.name)
        shutil.rmtree(bench, ignore_errors=True)

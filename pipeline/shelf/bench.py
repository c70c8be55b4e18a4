"""Where books are made: ``python -m pipeline.shelf.bench``, one order a line on standard input, one answer a line.

Each book is made in a process of its own, which ends with it. Where processes can be forked without harm, that process
finds everything loaded; elsewhere the bench itself makes one book and is done. When standard input ends, nobody waits
for a book any more, and all work ends at once.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import gc
import json
import os
import select
import shutil
import signal
import sys
import threading
import time
import traceback
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from pipeline import files, pandoc
from pipeline.errors import Exit, OctavoError
from pipeline.settings import LISTS, Settings
from pipeline.shelf.stamp import BOOKS, MADE, SETTLED
from pipeline.shelf.task import FORKS, LATE, MAKING, SAID, STDERR

_STDIN, _STDOUT, _STDERR = 0, 1, 2
_GLANCE = 0.01  # seconds between two looks at a process


def main() -> None:
    """Take orders until there are none; answer each with the exit code of the process that worked on it."""
    while line := _line():
        order = json.loads(line)
        ended = _forked(order) if FORKS else _alone(order)
        os.write(_STDOUT, f"{ended}\n".encode())
        if not FORKS:
            break
    os._exit(0)


def _line() -> bytes:
    """Read an order, and not a byte more; nothing when standard input has ended."""
    line = b""
    while not line.endswith(b"\n"):
        if not (more := os.read(_STDIN, 1 << 16)):
            return b""
        line += more
    return line


def _forked(order: dict[str, Any]) -> int:
    """Make a book in a process that is forked off, with everything loaded, and wait until it ends or is over time."""
    _load(tuple(order["editions"]))
    child = os.fork()
    if child == 0:
        with contextlib.suppress(BaseException):
            os.setpgid(0, 0)
            ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
            _work(order)
        os._exit(int(Exit.BUG))
    with contextlib.suppress(OSError):
        os.setpgid(child, child)  # here too, for either may be first
    end = time.monotonic() + order["minutes"] * 60
    while True:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        gone = select.select([_STDIN], [], [], _GLANCE)[0]  # no order comes before an answer: input has ended
        if gone or time.monotonic() > end:
            with contextlib.suppress(OSError):
                os.killpg(child, signal.SIGKILL)
            os.waitpid(child, 0)
            if gone:
                os._exit(int(Exit.INTERRUPTED))
            return LATE


_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG, prctl(2)


@cache
def _load(editions: Sequence[str]) -> None:
    """Load what the making of books takes, once for all processes that are forked off."""
    from pipeline import build, machine, proof  # noqa: F401
    from pipeline.review import report  # noqa: F401
    from pipeline.shelf import card, series  # noqa: F401

    with contextlib.suppress(OctavoError):
        pandoc.program()
        if editions:
            machine.weasyprint()
    gc.freeze()


def _alone(order: dict[str, Any]) -> int:
    """Make a book in this very process, which is good for one only."""

    def watch() -> None:
        while os.read(_STDIN, 1):
            pass
        os._exit(int(Exit.INTERRUPTED))

    late = threading.Timer(order["minutes"] * 60, lambda: os._exit(LATE))
    late.daemon = True
    late.start()
    threading.Thread(target=watch, daemon=True).start()
    answers = os.dup(_STDOUT)
    code = _done(order)
    os.dup2(answers, _STDOUT)
    return code


def _work(order: dict[str, Any]) -> None:
    """Make a book in a process that ends with it."""
    os.dup2(os.open(os.devnull, os.O_RDONLY), _STDIN)
    os._exit(_done(order))


def _done(order: dict[str, Any]) -> int:
    """Make a book within the bound of memory, and write down how it ended; return 0, or why that cannot be written."""
    said = os.open(Path(order["bench"]) / STDERR, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o666)
    os.dup2(said, _STDERR)
    os.dup2(said, _STDOUT)
    _bound(int(order["megabytes"]))
    code, what, hint = made(order)
    try:
        files.write_whole(Path(order["bench"]) / SAID, json.dumps([code, what, hint]))
    except OctavoError as error:  # on a full disk there is no room for this either
        return int(error.exit_code)
    sys.stderr.flush()
    return 0


def made(order: dict[str, Any]) -> tuple[int, str, str]:
    """Make the book of an order on its bench; return an exit code, what is wrong and what to do."""
    try:
        fault = _book(order, Path(order["bench"]) / MAKING)
    except OctavoError as error:
        fault = _full(order) if error.exit_code is Exit.DISK_FULL else error
    except MemoryError:
        fault = OctavoError(
            Exit.TOO_LARGE,
            f"Its book needs more memory than {order['megabytes']} MB.",
            "Give it more with --memory, or part the text.",
        )
    except Exception as error:
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            fault = _full(order)
        else:
            traceback.print_exc()
            said = f"{type(error).__name__}: {error}".splitlines()[0][:200]
            fault = OctavoError(Exit.BUG, f"A fault in Octavo itself: {said}.", "Please report it, with failure.json.")
    return (int(fault.exit_code), fault.what, fault.hint) if fault else (0, "", "")


def _full(order: dict[str, Any]) -> OctavoError:
    return OctavoError(
        Exit.DISK_FULL, f"No space left to write {order['shelf']}.", "Free some space, and make the shelf again."
    )


def _bound(megabytes: int) -> None:
    """Bound the memory of this process, and of each that it starts, where the system can."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        # What is written to, and not all addresses: Pandoc and Java reserve many times what they use.
        resource.setrlimit(resource.RLIMIT_DATA, (megabytes << 20, megabytes << 20))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _book(order: dict[str, Any], out: Path) -> OctavoError | None:
    """Make the book, with its card and the stamp of what it was made from."""
    from pipeline import owner, record
    from pipeline.build import build
    from pipeline.places import is_manuscript
    from pipeline.report import Report
    from pipeline.shelf import series
    from pipeline.shelf.card import card_of, draw_cover
    from pipeline.standing import company

    source, report, home = Path(order["source"]), Report(), out / order["name"]
    given: dict[str, Any] = order["settings"]
    chosen: dict[str, Any] = {key: tuple(value) if key in LISTS else value for key, value in given.items()}
    settings = Settings(**chosen)
    if is_manuscript(source):
        for path in company(source.parent, source.parent):
            copy = home / path.relative_to(source.parent)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
        source = home / source.name
    place = Path(order["shelf"]) / BOOKS / order["name"]
    for kept in place.glob("book.edited*.md"):
        files.write_whole(home / kept.name, kept.read_bytes())
    record.keep_edited(place, home, report)
    home.mkdir(parents=True, exist_ok=True)
    with contextlib.chdir(home) if order["evidence"] else contextlib.nullcontext():
        told = _told(source, settings, [Path(path) for path in order["evidence"]])
        made = build(source, told, out, order["editions"], report, lambda _stage: None)
    if order["volume"]:
        works = json.loads((home / "references.json").read_bytes())
        settled = series.settle(made.source.lines, made.decisions, works)
        files.write_whole(home / SETTLED, json.dumps(settled, ensure_ascii=False, indent=1) + "\n")
    if not owner.is_own(source, home):
        owner.sign(home, place, source, made.markdown)
    fault = record.fault(report, made.folder)
    has_cover = draw_cover(home)
    card = card_of(made, settings, report, order["editions"], has_cover=has_cover)
    sizes = {str(p.relative_to(home)): p.stat().st_size for p in sorted(home.rglob("*")) if p.is_file()}
    stamp = {"made_from": order["made_from"], "files": sizes, "card": card}
    files.write_whole(home / MADE, json.dumps(stamp, ensure_ascii=False, indent=1) + "\n")
    return fault


def _told(source: Path, settings: Settings, evidence: list[Path]) -> Settings:
    """Return the settings of a volume with the verdicts of earlier ones, if they have any that can be passed on it."""
    if not evidence:
        return settings
    from pipeline.build import read_source
    from pipeline.report import Report
    from pipeline.shelf import series
    from pipeline.verdicts import file_of_verdicts

    reading = read_source(source, settings, Report(), lambda _stage: None)
    rows = list(series.evidence(reading, series.gathered(evidence)))
    if not rows:
        return settings
    own = file_of_verdicts(source, settings)
    path = Path(series.VERDICTS)  # here: the folder will lie in another place
    files.write_whole(path, series.as_toml(rows, own.read_text(encoding="utf-8-sig") if own else ""))
    told = replace(settings, verdicts=str(path))
    try:
        read_source(source, told, Report(), lambda _stage: None)
    except OctavoError:  # what fits each line for itself need not fit the text as a whole
        path.unlink()
        return settings
    return told


if __name__ == "__main__":
    main()

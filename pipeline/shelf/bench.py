"""The process that makes one book: ``python -m pipeline.shelf.bench``, its order as one line of JSON on standard input.

It works until the book is made, a bound is reached, or standard input ends: then nobody waits for the book any more.
"""

from __future__ import annotations

import contextlib
import errno
import io
import json
import os
import shutil
import signal
import sys
import threading
import traceback
from dataclasses import replace
from pathlib import Path
from typing import Any

from pipeline import files
from pipeline.errors import Exit, OctavoError
from pipeline.settings import LISTS, Settings
from pipeline.shelf.stamp import BOOKS, MADE, SETTLED
from pipeline.shelf.task import MAKING, SAID

_STDIN = 0


def main() -> None:
    """Make the book of the order, and write down how it ended."""
    order = json.loads(_line())
    threading.Thread(target=_watch, daemon=True).start()
    _bound(int(order["megabytes"]))
    code, what, hint = made(order)
    with contextlib.suppress(OctavoError):  # on a full disk there is no room for this either
        files.write_whole(Path(order["bench"]) / SAID, json.dumps([code, what, hint]))
        sys.stderr.flush()
        os._exit(0)
    os._exit(code or int(Exit.BUG))


def made(order: dict[str, Any]) -> tuple[int, str, str]:
    """Make the book of an order on its bench; return an exit code, what is wrong and what to do."""
    try:
        fault = _book(order, Path(order["bench"]) / MAKING)
    except OctavoError as error:
        fault = error
    except MemoryError:
        fault = OctavoError(
            Exit.TOO_LARGE,
            f"Its book needs more memory than {order['megabytes']} MB.",
            "Give it more with --memory, or part the text.",
        )
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        fault = files.refused(error, Path(order["shelf"]))
    except Exception as error:
        traceback.print_exc()
        said = f"{type(error).__name__}: {error}".splitlines()[0][:200]
        fault = OctavoError(Exit.BUG, f"A fault in Octavo itself: {said}.", "Please report it, with failure.json.")
    return (int(fault.exit_code), fault.what, fault.hint) if fault else (0, "", "")


def _line() -> bytes:
    """Read the order, and not a byte more."""
    line = b""
    while not line.endswith(b"\n"):
        if not (more := os.read(_STDIN, 1 << 16)):
            os._exit(int(Exit.INTERRUPTED))
        line += more
    return line


def _watch() -> None:
    """Wait until standard input ends, and end this process then, with those that it started."""
    while os.read(_STDIN, 1):
        pass
    if os.name == "posix":
        os.killpg(0, signal.SIGKILL)
    os._exit(int(Exit.INTERRUPTED))


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
    with contextlib.redirect_stdout(io.StringIO()), contextlib.chdir(home):
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

"""Writing: a file appears whole or not at all, and an earlier one stays until the new one is whole."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from pipeline.errors import Exit, OctavoError

BENCH = ".making-"


def make_folder(folder: Path) -> None:
    """Make ``folder`` and its parents.

    Raises:
        OctavoError: NO_ACCESS or DISK_FULL.

    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _refused(error, folder) from error


def write_whole(path: Path, content: str | bytes) -> None:
    """Write ``content`` (text as UTF-8, line ends as they are) to ``path`` in one step.

    Raises:
        OctavoError: NO_ACCESS or DISK_FULL; what stood at ``path`` before is untouched.

    """
    data = content.encode() if isinstance(content, str) else content
    make_folder(path.parent)
    temporary: str | None = None
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        mask = os.umask(0)
        os.umask(mask)
        Path(temporary).chmod(0o666 & ~mask)  # mkstemp gives 0600; a book is for reading
        Path(temporary).replace(path)
    except OSError as error:
        raise _refused(error, path) from error
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()  # whatever stopped us; once it is in its place this name is gone


@contextlib.contextmanager
def together(folder: Path) -> Iterator[Path]:
    """Give a bench to make files on; when all are made, they take their places in ``folder`` together.

    If anything is raised meanwhile, ``folder`` stays as it was.

    Raises:
        OctavoError: NO_ACCESS or DISK_FULL.

    """
    try:
        was_there = folder.exists()
    except OSError as error:
        raise _refused(error, folder) from error
    bench = folder / f"{BENCH}{os.getpid()}"
    _sweep(folder)
    try:
        yield bench
        _move(bench, folder)
    finally:
        shutil.rmtree(bench, ignore_errors=True)
        if not was_there:
            with contextlib.suppress(OSError):
                folder.rmdir()  # only if nothing came of it


def _sweep(folder: Path) -> None:
    """Take away the benches in ``folder`` of processes that died at them; the system can tell on POSIX only."""
    if os.name != "posix":
        return
    for bench in folder.glob(f"{BENCH}*"):
        worker = bench.name.removeprefix(BENCH)
        if not worker.isdecimal() or len(worker) > 9:
            continue
        try:
            os.kill(int(worker), 0)  # signal 0 asks only whether the process is there
        except ProcessLookupError:
            shutil.rmtree(bench, ignore_errors=True)
        except OSError:
            continue  # it is there, and another user's


def _move(bench: Path, folder: Path) -> None:
    try:
        for made in sorted(bench.iterdir()):
            made.replace(folder / made.name)
    except OSError as error:
        raise _refused(error, folder) from error


def _refused(error: OSError, path: Path) -> OctavoError:
    path = Path(*(part for part in path.parts if not part.startswith(BENCH)))  # nobody has heard of the bench
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return OctavoError(
            Exit.DISK_FULL,
            f"No space left to write {path}.",
            "Free some space, or choose another place with --out.",
        )
    reason = error.strerror or str(error)
    return OctavoError(
        Exit.NO_ACCESS,
        f"Cannot write {path}: {reason.lower()}.",
        "Choose another place with --out, or mend the rights.",
    )

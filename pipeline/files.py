"""Writing: a file appears whole or not at all, and all files of a build take their places together.

A build works on a bench, a hidden folder inside that of the book. When all its files are whole the bench gets another
name, and from then on they will take their places whatever happens: they are moved by a process of its own, which no
signal to ours reaches, and what a power cut leaves undone the next command does first (:func:`settle`). So nobody finds
a new ``book.md`` beside the companions of an old one.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from pipeline.errors import Exit, OctavoError

if sys.platform != "win32":  # where no process can tell whether another is still there, and benches are not swept
    import fcntl

BENCH = ".making-"
"""How the name of a bench begins."""

WHOLE = ".made-"
"""How it begins when all on it is whole, and only has to take its place."""

SCRATCH = "octavo-tools-"
"""How the name of a temporary folder begins that the tools of one build have."""

_TEMPORARY = "TMPDIR"
_SETTLING = 60.0  # seconds

FIRST = "book.md"
"""What takes its place first: until it has, nothing has."""


def resolved(path: Path) -> Path:
    """Return where a path leads, in full. A link that leads in a circle leads nowhere, which who opens it is told."""
    return Path(os.path.realpath(path))


def make_folder(folder: Path) -> None:
    """Make ``folder`` and its parents.

    Raises:
        OctavoError: NO_ACCESS or DISK_FULL.

    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise refused(error, folder) from error


def write_whole(path: Path, content: str | bytes | Iterable[str]) -> None:
    """Write ``content`` (text as UTF-8, line ends as they are) to ``path`` in one step.

    What is long comes in pieces, so that it is never held as a whole.

    Raises:
        OctavoError: NO_ACCESS or DISK_FULL; what stood at ``path`` before is untouched.

    """
    pieces = [content] if isinstance(content, str | bytes) else content
    make_folder(path.parent)
    temporary: str | None = None
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
        with os.fdopen(handle, "wb") as out:
            out.writelines(piece.encode() if isinstance(piece, str) else piece for piece in pieces)
            out.flush()
            os.fsync(out.fileno())
        mask = os.umask(0)
        os.umask(mask)
        Path(temporary).chmod(0o666 & ~mask)  # mkstemp gives 0600; a book is for reading
        Path(temporary).replace(path)
    except OSError as error:
        raise refused(error, path) from error
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()  # whatever stopped us; once it is in its place this name is gone


@contextlib.contextmanager
def together(folder: Path, allowed: Callable[[], None] = lambda: None) -> Iterator[Path]:
    """Give a bench to make files on; when all are made, they take their places in ``folder`` together.

    If anything is raised meanwhile, ``folder`` stays as it was.

    Args:
        folder: made if it is not there.
        allowed: raises whatever speaks against writing into ``folder``; asked before the work and again before the
            move, while no other build can touch the folder.

    Raises:
        OctavoError: NO_ACCESS or DISK_FULL.

    """
    bench: Path | None = None
    held: int | None = None
    try:
        made = [one for one in (folder, *folder.parents) if not one.exists()]
    except OSError as error:
        raise refused(error, folder) from error
    try:
        make_folder(folder)
        try:
            with _alone(folder):
                _tidy(folder)
                allowed()
                bench = Path(tempfile.mkdtemp(prefix=f"{BENCH}{os.getpid()}-", dir=folder))
                held = _hold(bench)
        except OSError as error:
            raise refused(error, folder) from error
        yield bench
        try:
            with _alone(folder):
                allowed()
                whole = _declare_whole(bench, folder)
                _move(whole, folder)
        except OSError as error:
            raise refused(error, folder) from error
    finally:
        if held is not None:
            os.close(held)
        if bench is not None:
            shutil.rmtree(bench, ignore_errors=True)
        for one in made:
            with contextlib.suppress(OSError):
                one.rmdir()  # only if nothing came of it


@contextlib.contextmanager
def scratch() -> Iterator[None]:
    """Give the tools, and our other processes, a temporary folder of this process's own; it goes with its last build.

    WeasyPrint keeps faces in such a folder, and a build that is killed takes nothing away: the next one does, once
    nobody holds the folder. Where the system has no temporary folder the tools say so themselves.
    """
    with _users:
        _tools.enter()
    try:
        yield
    finally:
        with _users:
            _tools.leave()


class _Tools:
    """The temporary folder of this process while any of its builds works; several may, each in a thread."""

    def __init__(self) -> None:
        self._builds = 0
        self._folder: Path | None = None
        self._held: int | None = None
        self._before: tuple[str | None, str | None] = None, None

    def enter(self) -> None:
        """Begin a build: the first makes the folder, and takes away those of dead processes."""
        self._builds += 1
        if self._builds > 1:
            return
        self._before = tempfile.tempdir, os.environ.get(_TEMPORARY)
        with contextlib.suppress(OSError):
            for left in Path(tempfile.gettempdir()).glob(f"{SCRATCH}*"):
                if left.stat().st_mtime < time.time() - _SETTLING:  # another process may be about to hold its own
                    _take_away(left)
            self._folder = Path(tempfile.mkdtemp(prefix=SCRATCH))
            self._held = _hold(self._folder)
            tempfile.tempdir = os.environ[_TEMPORARY] = str(self._folder)

    def leave(self) -> None:
        """End a build: with the last one the folder goes, and all is as it was."""
        self._builds -= 1
        if self._builds:
            return
        tempfile.tempdir, told = self._before
        os.environ.pop(_TEMPORARY, None)
        if told is not None:
            os.environ[_TEMPORARY] = told
        if self._held is not None:
            os.close(self._held)
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
        self._folder, self._held = None, None


_tools, _users = _Tools(), threading.Lock()


def _take_away(folder: Path) -> None:
    """Take away the folder of a build that is dead; one that somebody holds, or that is another user's, stays."""
    with contextlib.suppress(OSError):
        if (held := _hold(folder)) is not None:
            shutil.rmtree(folder, ignore_errors=True)
            os.close(held)


def settle(folder: Path) -> None:
    """Finish what a build that was killed has left in ``folder``: what was whole takes its place, the rest goes."""
    with contextlib.suppress(OSError):
        if folder.is_dir():
            with _alone(folder):
                _tidy(folder)


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep every other build out of ``folder`` for the moment, where the system can."""
    held = _hold(folder, wait=True)
    try:
        yield
    finally:
        if held is not None:
            os.close(held)


def _hold(folder: Path, *, wait: bool = False) -> int | None:
    """Lock ``folder`` until what is returned is closed, or its last holder is dead; None if somebody else holds it."""
    if sys.platform == "win32":
        return None
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError:  # held; or a file system without locks
        os.close(handle)
        return None
    return handle


def _tidy(folder: Path) -> None:
    """Finish what was whole, take away benches whose makers are dead; nobody else is at the folder meanwhile."""
    for whole in folder.glob(f"{WHOLE}*"):
        book, given = whole / FIRST, folder / FIRST
        if book.exists() and given.exists() and given.stat().st_mtime > whole.stat().st_mtime:
            shutil.rmtree(whole, ignore_errors=True)  # nothing was moved yet, and since then a person has written
        else:
            _take_places(whole, folder)
    for bench in folder.glob(f"{BENCH}*"):
        _take_away(bench)


def _declare_whole(bench: Path, folder: Path) -> Path:
    """Give a bench the name that says: what lies here will take its place. Return its new path.

    Raises:
        OSError: if something is in the way, before anything was moved.

    """
    for made in bench.iterdir():
        place = folder / made.name
        if place.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(place))
        if sys.platform == "win32" and place.exists():
            with place.open("r+b"):  # who reads a file there keeps it from being replaced
                pass
    if sys.platform != "win32":
        handle = os.open(bench, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    return bench.rename(bench.with_name(bench.name.replace(BENCH, WHOLE, 1)))


def _move(whole: Path, folder: Path) -> None:
    """Move all files on a bench to their places, by a process of its own where the system can.

    Raises:
        OSError: if one cannot be moved; the next command will try it again.

    """
    try:
        child = os.fork() if sys.platform != "win32" else None
    except OSError:  # no memory, or too many processes
        child = None
    if child is None:
        _take_places(whole, folder)
        return
    if child == 0:
        outcome = errno.EIO
        try:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            os.setsid()
            _take_places(whole, folder)
            outcome = 0
        except OSError as error:
            outcome = error.errno or errno.EIO
        finally:
            os._exit(outcome)
    if outcome := os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]):
        raise OSError(outcome, os.strerror(outcome)) if outcome > 0 else OSError(errno.EIO, os.strerror(errno.EIO))


def _take_places(whole: Path, folder: Path) -> None:
    for made in sorted(whole.iterdir(), key=lambda path: (path.name != FIRST, path.name)):
        made.replace(folder / made.name)
    whole.rmdir()


def refused(error: OSError, path: Path) -> OctavoError:
    """Return what to say when the system refuses to write ``path``: DISK_FULL or NO_ACCESS."""
    path = Path(*(part for part in path.parts if not part.startswith((BENCH, WHOLE))))  # nobody has heard of the bench
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
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

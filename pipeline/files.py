"""Writing: a file appears whole or not at all, and an earlier one stays until the new one is whole."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from pathlib import Path

from pipeline.errors import Exit, OctavoError


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


def _refused(error: OSError, path: Path) -> OctavoError:
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

"""Drawers: many small things kept in one file, each under a name that its content gives it.

A thing is written as it was read: what comes from the file goes back as it stands, so that a build in which little is
new writes little. What this build did not ask for goes first when there are too many.
"""

from __future__ import annotations

import contextlib
import zlib
from itertools import chain, islice

from pipeline import standing

_BETWEEN = "\t"  # a name and its row; neither it nor the end of a line stands in JSON


class Drawer:
    """Rows of one ``kind`` that are kept together under ``key``, ``most`` at most; a row is text of one line.

    ``level``: how hard zlib tries to make the file small; 0 for what is small already.
    """

    def __init__(self, kind: str, key: str, most: int, level: int = 1) -> None:
        self._level = level
        self._where = (kind, key)
        self._most = most
        self._kept: dict[str, str] = {}
        self._used: dict[str, str] = {}
        self._new = False
        content = standing.kept(kind, key)
        if content is not None:
            with contextlib.suppress(zlib.error, ValueError):  # of another version
                rows = zlib.decompress(content).decode().split("\n")
                self._kept = {name: row for name, _, row in (line.partition(_BETWEEN) for line in rows)}

    def __contains__(self, name: str) -> bool:
        return name in self._used or name in self._kept

    def find(self, name: str) -> str | None:
        """Return the row of that name, if there is one."""
        found = self._used.get(name)
        if found is None and (found := self._kept.get(name)) is not None:
            self._used[name] = found
        return found

    def put(self, name: str, row: str) -> None:
        """Put a row into the drawer."""
        self._used[name] = row
        self._new = True

    def keep(self) -> None:
        """Keep what is in the drawer for the next build, if anything in it is new."""
        if not self._new:
            return
        rest = islice(self._kept.items(), max(0, self._most - len(self._used)))
        rows = chain(self._used.items(), ((name, row) for name, row in rest if name not in self._used))
        packer = zlib.compressobj(self._level)  # row by row: as a whole they would take their room three times
        lines = (f"{name}{_BETWEEN}{row}" for name, row in rows)
        packed = [packer.compress(f"{chr(10) * (n > 0)}{line}".encode()) for n, line in enumerate(lines)]
        standing.keep(*self._where, b"".join([*packed, packer.flush()]))
        self._new = False

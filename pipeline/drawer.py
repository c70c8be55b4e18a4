"""Drawers: many small things kept in one file, each under a name that its content gives it.

A thing is written as it was read: what comes from the file goes back as it stands, and what is new is packed and put
behind it, so that a build in which little is new does little. What this build did not ask for goes first when there are
too many.
"""

from __future__ import annotations

import contextlib
import zlib
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from pipeline import standing

LAYERS = 16
"""How often something is put behind what there is before all of it is packed anew."""

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
        self._new: dict[str, str] = {}
        self._content, self._layers = b"", 0
        content = standing.kept(kind, key)
        if content is not None:
            with contextlib.suppress(zlib.error, ValueError):  # of another version
                for rows in _layers(content):
                    self._kept |= {name: row for name, _, row in (line.partition(_BETWEEN) for line in rows)}
                    self._layers += 1
                self._content = content

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
        self._used[name] = self._new[name] = row

    def keep(self) -> None:
        """Keep what is in the drawer for the next build, if anything in it is new."""
        if not self._new:
            return
        if self._layers < LAYERS and len(self._kept) + len(self._new) <= self._most:
            content = self._content + self._packed(self._new.items())
            layers = self._layers + 1
        else:
            rest = islice(self._kept.items(), max(0, self._most - len(self._used)))
            rows = chain(self._used.items(), ((name, row) for name, row in rest if name not in self._used))
            content, layers = self._packed(rows), 1
        standing.keep(*self._where, content)
        self._content, self._layers = content, layers
        self._kept |= self._new
        self._new = {}

    def _packed(self, rows: Iterable[tuple[str, str]]) -> bytes:
        packer = zlib.compressobj(self._level)  # row by row: as a whole they would take their room three times
        lines = (f"{name}{_BETWEEN}{row}" for name, row in rows)
        packed = [packer.compress(f"{chr(10) * (n > 0)}{line}".encode()) for n, line in enumerate(lines)]
        return b"".join([*packed, packer.flush()])


def _layers(content: bytes) -> Iterator[list[str]]:
    """Yield the rows of each layer of what was kept."""
    while content:
        opened = zlib.decompressobj()
        rows = opened.decompress(content) + opened.flush()
        if not opened.eof:
            raise ValueError("cut off")
        yield rows.decode().split("\n")
        content = opened.unused_data

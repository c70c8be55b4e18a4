"""Pulls: what was read on the pages of a PDF, kept so that a page that is the same is not read again.

A page is the same if all is the same that its looks depend on, byte by byte: its operators, the faces and whatever else
they name, its boxes, its annotations, and whether the places exist to which these lead. A page that lost, gained or hid
a word has another name, under which nothing was kept. Pages of which not all of that can be told have no name, and are
read each time; so are those with lines that are read to the left, for which the tags of the whole book are asked.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Collection, Sequence
from typing import Any

import pikepdf

from pipeline import standing
from pipeline.drawer import Drawer
from pipeline.proof.sight import Box, Run

MOST = 3_000  # pages that are kept together; those that this book has not go first
_PAGE = frozenset(
    {"/Parent", "/StructParents", "/Annots"}
)  # where it stands in the book; annotations come by themselves
_ANNOTATION = frozenset({"/P", "/Parent", "/StructParent", "/Dest"})
_FOLDER = frozenset({"/Type", "/Kids", "/Count", "/Parent"})


class _UnknownError(Exception):
    """It cannot be told all that something depends on."""


def names_of_pages(data: bytes) -> tuple[str, ...]:
    """Return the name of each page of a PDF; an empty one where it is not known all that its looks depend on."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        names = _Names(pdf)
        return tuple(names.of(page.obj) for page in pdf.pages)


class _Names:
    """The names of things in a PDF: two have the same one only if they are the same, with all that they refer to."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._known: dict[tuple[int, int], bytes | None] = {}
        self._places = _places(pdf.Root)
        self._layers = pdf.Root.get("/OCProperties")  # what of all pages is shown

    def of(self, page: Any) -> str:
        """Return the name of a page."""
        try:
            rows = [self._name(self._layers), self._rows(page, _PAGE)]
            rows += map(self._annotation, page.get("/Annots", []))
            above = page.get("/Parent")
            while above is not None:  # a page may have its boxes from there
                rows.append(self._rows(above, _FOLDER))
                above = above.get("/Parent")
        except (_UnknownError, pikepdf.PdfError, RecursionError, ValueError, AttributeError, TypeError):
            return ""
        return _sum(*rows).hex()

    def _annotation(self, one: Any) -> bytes:
        """Return the name of an annotation; of the place to which it leads counts whether there is one."""
        leads = one.get("/Dest")
        if "/D" in one.get("/A", {}):
            raise _UnknownError
        there = str(leads) in self._places if isinstance(leads, pikepdf.String | pikepdf.Name) else ""
        return _sum(self._rows(one, _ANNOTATION), self._name(leads), str(there).encode())

    def _name(self, thing: Any) -> bytes:
        if not isinstance(thing, pikepdf.Object):
            return f"{type(thing).__name__} {thing!r}".encode()
        if not isinstance(thing, pikepdf.Dictionary | pikepdf.Array | pikepdf.Stream):
            return thing.unparse()
        place = thing.objgen
        if place == (0, 0):
            return self._inside(thing)
        if place not in self._known:
            self._known[place] = None
            self._known[place] = self._inside(thing)
        name = self._known[place]
        if name is None:  # it lies within itself
            raise _UnknownError
        return name

    def _inside(self, thing: Any) -> bytes:
        if isinstance(thing, pikepdf.Array):
            return _sum(b"array", *map(self._name, thing))
        if thing.get("/Type") == "/Page":
            return b"a page"
        rows = self._rows(thing, ())
        return _sum(b"stream", rows, thing.read_raw_bytes()) if isinstance(thing, pikepdf.Stream) else rows

    def _rows(self, thing: Any, without: Collection[str]) -> bytes:
        rows = sorted((key, self._name(value)) for key, value in thing.items() if key not in without)
        return _sum(b"dictionary", *(part for key, name in rows for part in (key.encode(), name)))


def _sum(*parts: bytes) -> bytes:
    found = hashlib.sha256()
    for part in parts:
        found.update(b"%d:" % len(part))
        found.update(part)
    return found.digest()


def _places(root: Any) -> frozenset[str]:
    """Return the names of the places in a PDF to which a link may lead."""
    tree = root.get("/Names", {}).get("/Dests")
    rows = pikepdf.NameTree(tree).items() if tree is not None else ()
    return frozenset((*(str(name) for name, place in rows if place is not None), *root.get("/Dests", {}).keys()))


class Pulls:
    """What was read on pages, by their names; those of a book are kept together, under the name of its first page."""

    def __init__(self, names: Sequence[str]) -> None:
        first = names[0] if names else ""
        self._drawer = Drawer("pulls", standing.digest(standing.workshop(), first), MOST) if first else None
        self._names = names

    def unknown(self) -> int:
        """Count the pages that must be read."""
        return sum(not name or self._drawer is None or name not in self._drawer for name in self._names)

    def runs(self, place: int) -> list[Run] | None:
        """Return what was read on the page at a place (from 0), if it is known."""
        row = self._drawer.find(self._names[place]) if self._drawer and self._names[place] else None
        return [_run(one) for one in json.loads(row)] if row is not None else None

    def put(self, place: int, runs: Sequence[Run]) -> None:
        """Put down what was read on a page."""
        if self._drawer and self._names[place] and not any(run.leftward or run.told for run in runs):
            self._drawer.put(self._names[place], json.dumps(list(map(_row, runs)), separators=(",", ":")))

    def keep(self) -> None:
        """Keep all of it for the next build."""
        if self._drawer:
            self._drawer.keep()


def _row(run: Run) -> list[object]:
    box = run.box
    return [run.text, run.x, run.y, run.size, run.sign, run.artifact, box.left, box.low, box.right, box.high]


def _run(row: Sequence[Any]) -> Run:
    text, x, y, size, sign, artifact, *edges = row
    return Run(text, x, y, size, sign, Box(*edges), artifact)

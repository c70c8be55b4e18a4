"""Rows of print: the letters on one line, how far apart rows stand, and how a row looks in the block of its page.

Lengths are in points, from the foot and the left edge of the page.
"""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from statistics import median

import pypdfium2.raw as pdfium

from pipeline.model import Look
from pipeline.tagged import Element

__all__ = ["PLAIN", "Face", "Letter", "Pitch", "PrintRow", "TextBlock", "body_size", "common", "face_of"]

_SMALL = (0.6, 0.9)  # of the size of a capital; small capitals that a program makes of large ones
_LONG = 30  # letters; shorter rows do not tell where the text begins and ends
_EDGES = (0.05, 0.95)  # of those rows, from the left; a few stand out
_BOLD = re.compile(r"bold|black|heavy", re.IGNORECASE)
_SLANTED = re.compile(r"italic|oblique|slanted", re.IGNORECASE)
_CAPITALS = re.compile(r"small-?cap|(?<![a-z])sc(?![a-z])", re.IGNORECASE)
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_STYLES = re.compile(
    r"[-,_ ]*(?:bold|black|heavy|italic|oblique|slanted|regular|roman|medium|semi|demi|book|small-?caps?|\d+$)",
    re.IGNORECASE,
)
_ITALIC, _FORCED_BOLD = 1 << 6, 1 << 18  # flags of a font (ISO 32000-2, table 121)
_MOSTLY = 0.5  # of the letters of a row
_ALIKE = 0.3  # points; letters nearer than that are of one size
_FAR = 3  # times their size; rows farther apart are no neighbours
_OFTEN = 30  # rows of one size; fewer do not tell how far apart such rows stand


@dataclass(frozen=True, slots=True)
class Face:
    """The name of a font, without what says how heavy and how upright it is."""

    family: str = ""
    bold: bool = False
    slanted: bool = False
    small_capitals: bool = False


PLAIN = Face()


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter on its page: its edges, the line it stands on, its size, its face, the element it belongs to.

    ``turn``: quarters to the left by which the page turns it; its places are those that it has upright.
    """

    sign: str
    left: float
    right: float
    foot: float
    size: float
    face: Face = PLAIN
    element: Element | None = None
    turn: int = 0


@dataclass
class PrintRow:
    """Letters on one line of print, from left to right. ``foot`` and ``size``: of most of them, in points.

    ``runs_in``: it is a head, and text stands behind it on its line; ``head``: of text, the head that runs in.
    """

    letters: list[Letter] = field(default_factory=list)
    foot: float = 0.0
    size: float = 0.0
    runs_in: bool = False
    head: PrintRow | None = None

    @property
    def left(self) -> float:
        """Where it begins, with the head that runs in."""
        return self.head.left if self.head else min(letter.left for letter in self.letters)

    @property
    def right(self) -> float:
        """Where it ends."""
        return max(letter.right for letter in self.letters)

    @cached_property
    def inked(self) -> list[Letter]:
        """Its letters without blanks."""
        return [letter for letter in self.letters if not letter.sign.isspace()]

    def mostly(self, has: Callable[[Face], bool]) -> bool:
        """Tell whether the faces of most of its letters have this."""
        return sum(times for face, times in self.faces.items() if has(face)) > _MOSTLY * len(self.inked)

    @cached_property
    def faces(self) -> Counter[Face]:
        """How many of its letters each face has."""
        return Counter(letter.face for letter in self.inked)

    def has_small_capitals(self) -> bool:
        """Tell whether it is set in capitals of two sizes."""
        capitals = [letter.size for letter in self.inked if letter.sign.isupper()]
        large = max(capitals, default=0.0)
        small = sum(_SMALL[0] * large < size < _SMALL[1] * large for size in capitals)
        return small > _MOSTLY * sum(letter.sign.isalpha() for letter in self.inked)


def face_of(piece: object) -> Face:
    """Return the face of a piece of text, by the name and the flags of its font."""
    font = pdfium.FPDFTextObj_GetFont(piece)
    if not font:
        return PLAIN
    room = ctypes.create_string_buffer(pdfium.FPDFFont_GetBaseFontName(font, None, 0) or 1)
    pdfium.FPDFFont_GetBaseFontName(font, room, len(room))
    name = _SUBSET.sub("", room.value.decode("utf-8", "replace"))
    flags = pdfium.FPDFFont_GetFlags(font)
    return Face(
        _STYLES.sub("", name).casefold(),
        bool(_BOLD.search(name) or (flags > 0 and flags & _FORCED_BOLD)),
        bool(_SLANTED.search(name) or (flags > 0 and flags & _ITALIC)),
        bool(_CAPITALS.search(name)),
    )


def body_size(pages: Sequence[Sequence[PrintRow]]) -> float:
    """Return the size of the text's letters: that of most in the upper half of the pages; notes may be longer."""
    upper = [row for page in pages for row in page[: (len(page) + 1) // 2]]
    return common([row.size for row in upper for _ in row.letters])


class Pitch:
    """How far apart the rows of a book stand, in points: those of the text, and those of each other size.

    Args:
        pages: the rows of each page.
        body: the size of the text's letters, in points.

    """

    def __init__(self, pages: Sequence[Sequence[PrintRow]], body: float) -> None:
        apart: dict[float, list[float]] = {}
        for page in pages:
            for one, other in pairwise(page):
                if abs(one.size - other.size) < _ALIKE and 0 < one.foot - other.foot < _FAR * one.size:
                    apart.setdefault(_rounded(one.size), []).append(round(one.foot - other.foot, 1))
        self._body = body or 1.0
        self.text = common(apart.get(_rounded(body), [])) or self._body
        self._of = {size: common(values) for size, values in apart.items() if len(values) >= _OFTEN}

    def between(self, above: PrintRow, row: PrintRow) -> float:
        """Return how far a row stands below another, in the distance usual for rows of their size."""
        usual = self.text
        if abs(above.size - row.size) < _ALIKE:
            large = max(1.0, row.size / self._body)  # rows of a heading stand farther apart, as they are larger
            usual = self._of.get(_rounded(row.size), self.text * large)
        return (above.foot - row.foot) / usual


def _rounded(size: float) -> float:
    return round(2 * size) / 2


def common(values: Sequence[float]) -> float:
    """Return the value that is the most frequent one."""
    counts: dict[float, int] = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    return max(counts, key=lambda value: counts[value], default=0.0)


class TextBlock:
    """The block of text on the pages of a book: where its rows begin and end, on left and on right pages.

    Args:
        pages: the rows of each page.
        body: the size of the text's letters, in points.
        pitch: how far apart its rows stand.

    """

    def __init__(self, pages: Sequence[Sequence[PrintRow]], body: float, pitch: Pitch) -> None:
        self._body, self._pitch = body or 1.0, pitch
        self._edges: list[tuple[float, float]] = []
        self._top: list[float] = []
        for side in (0, 1):
            rows = [row for page in pages[side::2] or pages for row in page]
            rows = [row for row in rows if len(row.letters) > _LONG] or rows
            left, right = sorted(row.left for row in rows), sorted(row.right for row in rows)
            last = len(rows) - 1
            self._edges.append((left[int(_EDGES[0] * last)], right[int(_EDGES[1] * last)]) if rows else (0.0, 0.0))
            self._top.append(median([page[0].foot for page in pages[side::2] if page] or [0.0]))

    def look(self, place: int, row: PrintRow, above: PrintRow | None) -> Look:
        """Say how a row looks that stands on the page ``place`` below the row ``above``."""
        left, right = self._edges[place % 2]
        top = (self._top[place % 2] - row.foot) / self._pitch.text
        element = Counter(letter.element for letter in row.inked).most_common(1)[0][0]
        return Look(
            round(row.size, 1),
            row.faces.most_common(1)[0][0].family,
            row.mostly(lambda face: face.bold),
            row.mostly(lambda face: face.slanted),
            row.mostly(lambda face: face.small_capitals) or row.has_small_capitals(),
            round((row.left - left) / self._body, 2),
            round((right - row.right) / self._body, 2),
            round(self._pitch.between(above, row) if above is not None else top, 2),
            element.kind if element else "",
            element.number if element else 0,
            runs_in=row.runs_in,
            head="".join(letter.sign for letter in row.head.letters).strip() if row.head else "",
        )

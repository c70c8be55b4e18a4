"""Which text of a PDF's page can be seen, and in which order it is read.

Text is not seen that is invisible, white, as good as without size, off the page, or under something that was painted
after it. No page of ours has such text; where there is some, it does not count as printed.
"""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any

from pypdfium2 import raw

UNSEEN = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
WHITE = 248
"""Of 255 in each colour; what is lighter cannot be told from the paper."""

SMALLEST = 1.0
"""Points; text is never so small."""

THROUGH = 128
"""Of 255; what covers no more than that lets the text shine through."""

OVERLAP = 0.4
"""Of the height of a run; a rule under it or through it covers less."""

STEP = 3.0
"""Points; lines are farther apart than that."""

MIXED = 0.15  # of the letters of a page that runs in both directions go the other way
RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
LEFT = re.compile("[^\\W\\d_]")


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points from its lower left corner."""

    left: float
    low: float
    right: float
    high: float

    def covers(self, text: Box) -> bool:
        """Tell whether this hides some of a line of ``text``."""
        width = min(self.right, text.right) - max(self.left, text.left)
        height = min(self.high, text.high) - max(self.low, text.low)
        return width > 1 and height > OVERLAP * (text.high - text.low)


@dataclass(frozen=True, slots=True)
class Run:
    """Text set in one piece: the start of its baseline, its size in points, whether it is a note's sign, its box."""

    text: str
    x: float
    y: float
    size: float
    sign: bool = False
    box: Box = Box(0, 0, 0, 0)

    @property
    def leftward(self) -> bool:
        """Whether it is read from right to left."""
        return RIGHT.search(self.text) is not None


def box_of(piece: Any) -> Box:
    """Return the rectangle that a piece of a page takes."""
    edges = [ctypes.c_float() for _ in range(4)]
    raw.FPDFPageObj_GetBounds(piece, *edges)
    return Box(*(edge.value for edge in edges))


def is_seen(piece: Any, size: float, box: Box, page: Box) -> bool:
    """Tell whether a piece of text by itself is seen: its mode, its colour, its size in points, its place."""
    if raw.FPDFTextObj_GetTextRenderMode(piece) in UNSEEN or size < SMALLEST:
        return False
    if box.left >= page.right or box.right <= page.left or box.low >= page.high or box.high <= page.low:
        return box.right <= box.left  # spaces have no box
    return _paint(piece) is not None


def cover_of(piece: Any) -> Box | None:
    """Return the rectangle that a piece of a page, no text, covers; nothing if text under it is seen."""
    kind = raw.FPDFPageObj_GetType(piece)
    if kind == raw.FPDF_PAGEOBJ_PATH:
        mode, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(piece, mode, stroke)
        if not mode.value or _alpha(piece) <= THROUGH:
            return None
    elif kind not in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING, raw.FPDF_PAGEOBJ_FORM):
        return None
    return box_of(piece)


def _colours(piece: Any) -> tuple[int, int, int, int]:
    parts = [ctypes.c_uint() for _ in range(4)]
    raw.FPDFPageObj_GetFillColor(piece, *parts)
    red, green, blue, alpha = (part.value for part in parts)
    return red, green, blue, alpha


def _alpha(piece: Any) -> int:
    return _colours(piece)[3]


def _paint(piece: Any) -> tuple[int, int, int] | None:
    """Return the colour of text, or nothing where it leaves no trace on paper."""
    red, green, blue, alpha = _colours(piece)
    return None if alpha < WHITE - THROUGH or min(red, green, blue) >= WHITE else (red, green, blue)


def uncovered(runs: Sequence[tuple[int, Run]], covers: Sequence[tuple[int, Box]]) -> list[Run]:
    """Return the runs that nothing lies over.

    Args:
        runs: the runs of a page, each with its place in the order of painting.
        covers: what was painted besides, likewise.

    """
    over = _printed_over(runs)
    return [
        run
        for place, run in runs
        if place not in over and not any(later > place and box.covers(run.box) for later, box in covers)
    ]


def _printed_over(runs: Iterable[tuple[int, Run]]) -> set[int]:
    """Return the places of runs that other text was printed over, and of that text: neither can be read."""
    lines: dict[int, list[tuple[int, Run]]] = defaultdict(list)
    for place, run in runs:
        if run.text.strip() and run.box.right > run.box.left:
            for line in (int(run.y // 2), int(run.y // 2) + 1):
                lines[line].append((place, run))
    over: set[int] = set()
    for some in lines.values():
        some.sort(key=lambda pair: pair[1].box.left)
        for (place, one), (other, two) in pairwise(some):
            deep = min(one.box.right, two.box.right) - two.box.left
            alike = abs(one.y - two.y) < OVERLAP * min(one.size, two.size)
            if alike and deep > max(one.size, two.size):
                over |= {place, other}
    return over


# ---------------------------------------------------------------------------------------------------------- order


def as_read(runs: Sequence[Run]) -> list[Run]:
    """Put runs in the order in which they are read: a line is set from left to right, whichever way it is read.

    This is rule L2 of Unicode's bidirectional algorithm (UAX 9), over runs. Which way a paragraph runs as a whole
    is told by most letters of its page; where a page has much of both, by most letters of each line.
    """
    if not any(run.leftward for run in runs):
        return list(runs)
    base = _base(runs)
    left = sum(len(LEFT.findall(run.text)) for run in runs)
    right = sum(len(RIGHT.findall(run.text)) for run in runs)
    mixed = min(left, right) > MIXED * (left + right)
    out: list[Run] = []
    for line in _lines(runs):
        out += _reordered(line, _levels(line, _base(line) if mixed else base))
    return out


def _base(runs: Sequence[Run]) -> int:
    letters = "".join(run.text for run in runs)
    return int(len(RIGHT.findall(letters)) * 2 > len(LEFT.findall(letters)))


def _lines(runs: Iterable[Run]) -> Iterator[list[Run]]:
    line: list[Run] = []
    for run in runs:
        if line and (abs(run.y - line[-1].y) > STEP or run.x < line[-1].x):
            yield line
            line = []
        line.append(run)
    if line:
        yield line


def _levels(line: Sequence[Run], base: int) -> list[int]:
    """Return the level of each run: even ones are read to the right. Signs and figures go with what stands beside."""
    strong = [1 if run.leftward else (2 * base if LEFT.search(run.text) else -1) for run in line]
    out = []
    for at, level in enumerate(strong):
        if level < 0:
            before = next((one for one in reversed(strong[:at]) if one >= 0), base)
            after = next((one for one in strong[at + 1 :] if one >= 0), base)
            inside = before if before == after else base
            figure = any(unicodedata.category(sign) == "Nd" for sign in line[at].text)
            level = inside + 1 if figure and inside % 2 else inside
        out.append(level)
    return out


def _reordered(line: Sequence[Run], levels: Sequence[int]) -> list[Run]:
    pairs = list(zip(line, levels, strict=True))
    for level in range(max(levels), 0, -1):
        turned: list[tuple[Run, int]] = []
        for high, group in groupby(pairs, key=lambda pair: pair[1] >= level):
            some = list(group)
            turned += reversed(some) if high else some
        pairs = turned
    return [run for run, _ in pairs]

"""Which text of a PDF's page can be seen, and in which order it is read.

Text is not seen that is invisible, white, as good as without size, off the page, or under something that was painted
after it. No page of ours has such text; where there is some, it does not count as printed.
"""

from __future__ import annotations

import ctypes
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby, pairwise
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

INDENT = 8.0  # points; no indent is smaller
BETWEEN, WITHIN = 0.1, 0.3  # what a change of direction costs: between paragraphs, and more within one
EDGE = 0.3  # what it costs that the word at an indent is read the other way
RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
LETTER = re.compile("[^\\W\\d_]")
ARABIC = re.compile("[\u0600-\u07ff\u0860-\u08ff\ufb50-\ufdff\ufe70-\ufefc]")
FIGURE = re.compile(r"(\d+(?:[-+\u2212.,:/\xa0\u202f]\d+)*)")
FIGURE_IN_ARABIC = re.compile(r"(\d+(?:[.,:/\xa0\u202f]\d+)*)")
"""What is one figure, by rules W2 and W4 of Unicode's bidirectional algorithm."""

SPACE = 0.1  # of the size of the letters; no space between words is narrower


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
    """Text set in one piece: the start of its baseline, its size in points, whether it is a note's sign, its box.

    ``artifact``: it is marked as no content, as running heads are, and the head of a table on its further pages.
    ``told``: it is a whole piece of a line, in the order in which it is read.
    """

    text: str
    x: float
    y: float
    size: float
    sign: bool = False
    box: Box = Box(0, 0, 0, 0)
    artifact: bool = False
    told: bool = False

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

    Where pieces of a line are not told whole, this is rule L2 of Unicode's bidirectional algorithm (UAX 9), over runs.
    Which way a paragraph runs as a whole is told line by line (:func:`_bases`).
    """
    if not any(run.leftward for run in runs):
        return list(runs)
    lines = list(_lines(runs))
    out: list[Run] = []
    for pieces, base in zip(lines, _bases([[*chain(*pieces)] for pieces in lines]), strict=True):
        if any(run.told for piece in pieces for run in piece):  # such pieces are set in their order
            out += chain(*pieces)
            continue
        for piece in pieces:
            levels = _levels(piece, base)
            out += _reordered(_turned(piece, levels), levels)
    return out


def _turned(line: Sequence[Run], levels: Sequence[int]) -> list[Run]:
    """Give the runs of a line that have no letters the signs that are read where they stand.

    Several figures in a run that is read to the left stand the last one first, each by itself from left to right. And a
    space between two words that are read to the left is a run of its own, but PDFium tells it with the word at its
    left, which is the later one.
    """
    runs = list(line)
    figure = _figure(line)
    for at, (run, level) in enumerate(zip(line, levels, strict=True)):
        if level % 2 and not run.leftward:
            runs[at] = replace(run, text="".join(reversed(figure.split(run.text))))
        if not run.text and 0 < at < len(line) - 1:
            before, after = line[at - 1], line[at + 1]
            apart = after.x - before.box.right > SPACE * run.size
            runs[at] = replace(run, text=" " if before.leftward and after.leftward and apart else "")
    return runs


def _figure(line: Iterable[Run]) -> re.Pattern[str]:
    return FIGURE_IN_ARABIC if any(ARABIC.search(run.text) for run in line) else FIGURE


def _bases(lines: Sequence[Sequence[Run]]) -> list[int]:
    """Say of each line of a page whether its paragraph is read to the left (1) or to the right (0).

    The letters of a line speak for it, those of its neighbours no less: where the direction changes, a paragraph ends
    and another begins. One that is read to the right begins with an indent at the left and ends short of the right,
    and its first word, at the indent, is mostly read to the right too.
    """
    edges = [(min(run.x for run in line), max(run.box.right for run in line)) for line in lines]
    left, right = min(start for start, _ in edges), max(end for _, end in edges)
    short = [(start > left + INDENT, end < right - INDENT) for start, end in edges]
    costs: list[list[tuple[float, int]]] = []  # for each line and direction: the least cost so far, and whence it came
    for at, line in enumerate(lines):
        letters = "".join(run.text for run in line)
        share = len(RIGHT.findall(letters)) / max(1, len(LETTER.findall(letters)))
        set_so = sorted((run for run in line if LETTER.search(run.text)), key=lambda run: run.x)
        first, *_, last = [run.leftward for run in set_so] * 2 or (False, False)
        right_first, left_last = short[at][0] and not first, short[at][1] and last
        row = []
        for base, against in enumerate((share + EDGE * left_last, 1 - share + EDGE * right_first)):
            above = enumerate(costs[-1] if costs else [])
            came = [(cost + (one != base and _turn(short, at, one)), one) for one, (cost, _) in above]
            cost, whence = min(came, default=(0.0, base))
            row.append((cost + against, whence))
        costs.append(row)
    base = min((0, 1), key=lambda one: costs[-1][one][0])
    found = []
    for row in reversed(costs):
        found.append(base)
        base = row[base][1]
    return found[::-1]


def _turn(short: Sequence[tuple[bool, bool]], at: int, before: int) -> float:
    """Return what it costs to change the direction ``before`` between a line and the one above it."""
    ends = short[at - 1][1 - before]  # what is read to the right ends short of the right
    begins = short[at][1 - before]
    return BETWEEN + WITHIN * (not ends) + WITHIN * (not begins)


def _lines(runs: Iterable[Run]) -> Iterator[list[list[Run]]]:
    """Give the lines, each in the pieces in which it was set: what comes next may stand at the left.

    A sign over a letter is set before the letter, and no farther to the right than the letter is wide.
    """
    line: list[list[Run]] = []
    for run in runs:
        if line and abs(run.y - line[-1][-1].y) > STEP:
            yield line
            line = []
        if not line or run.x < line[-1][-1].x - run.size / 2:
            line.append([])
        line[-1].append(run)
    if line:
        yield line


def _levels(line: Sequence[Run], base: int) -> list[int]:
    """Return the level of each run: even ones are read to the right. Signs and figures go with what stands beside."""
    figure = _figure(line)
    strong = [1 if run.leftward else (2 * base if LETTER.search(run.text) else -1) for run in line]
    out = []
    for at, level in enumerate(strong):
        if level < 0:
            before = next((one for one in reversed(strong[:at]) if one >= 0), base)
            after = next((one for one in strong[at + 1 :] if one >= 0), base)
            inside = before if before == after else base
            level = inside + 1 if inside % 2 and len(figure.findall(line[at].text)) == 1 else inside
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

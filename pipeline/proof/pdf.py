"""The words of a PDF as they stand on its pages: the text, and each note, without running heads and folios.

What is read is what was printed, run by run, not what the tags say: a fault in the tags must not hide a
loss. The parts of a page are told apart by what every style of the print step has in common:

- pages before the first with an arabic folio hold nothing of the text, nor do those from the bibliography
  (the destination of that name) on;
- a run that stands above all that was set before it on its page is in the head, and the folio reads
  like the page's label;
- a figure that is a link to a place in the book is the call or the mark of a note;
  notes are set smaller than the text, below it, and begin with their mark.
"""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import inf
from typing import Any

import pypdfium2
from pypdfium2 import raw

from pipeline.proof.streams import Streams
from pipeline.proof.words import words_of

HYPHEN = re.compile("[\x02\u2010\ufffe-]")
BEGUN = re.compile("([^\\s]*\\w)[\x02\u2010\ufffe-]$")
"""The beginning of a word at the end of a line. For pdfium any hyphen there is U+0002 or U+FFFE; whether it is the
author's makes no difference, since words may be found glued where spaces are inferred."""

UNFINISHED = re.compile(r"(\S{18,})$")
"""A word that is longer than a line, such as an address of the web, is broken without a hyphen."""

SIGN = re.compile(r"\s*(?:\d{1,4}|[*†‡§‖¶]{1,3})[.)]?\s*")
"""What a note is called by."""

LABEL = re.compile(r"\s*(?:\(?(?:\w|[\divxlc]{2,6})[.)]|[•◦▪‣*–—-])\s*", re.IGNORECASE)
"""What stands before an item of a list. On its page it is set before all else, even before the rest of a word."""

STEP = 3.0
"""Points; lines are farther apart than that, and raised figures are not."""

LEVEL = 6.0
"""Points; a raised figure is not so far from its line."""

NEARLY = 0.3
"""Points; sizes that differ by less are the same."""


@dataclass(frozen=True, slots=True)
class Run:
    """Text set in one piece: the start of its baseline, its size in points, whether it is a note's sign."""

    text: str
    x: float
    y: float
    size: float
    sign: bool = False


@dataclass(slots=True)
class Flow:
    """Runs put together again to running text. ``end`` is the place of the last run in ``pieces``."""

    pieces: list[str] = field(default_factory=list)
    last: Run | None = None
    end: int = -1

    def add(self, run: Run) -> None:
        """Go on with ``run``, in the same line or in the next."""
        text = run.text
        if self.last is None or abs(run.y - self.last.y) > STEP or run.x < self.last.x:
            if LABEL.fullmatch(text):
                self.pieces.append(f"\n{text}\n")
                return
            text = self._begun() + text
        self.pieces.append(text)
        self.last, self.end = run, len(self.pieces) - 1

    def turn(self) -> None:
        """Go on on the next page: what comes is on a new line."""
        self.last = None

    def aside(self) -> Flow:
        """Return another flow that writes to the same place, but breaks no word of this one."""
        return Flow(self.pieces)

    def _begun(self) -> str:
        """Take the beginning of a word from the end of the line before, or begin a line."""
        if 0 < self.end == len(self.pieces) - 1 and HYPHEN.fullmatch(self.pieces[self.end]):
            # A face without the hyphen borrows it from another, and it stands in a run of its own.
            self.pieces[self.end - 1 : self.end + 1] = ["".join(self.pieces[self.end - 1 : self.end + 1])]
            self.end -= 1
        last = self.pieces[self.end] if self.end >= 0 else ""
        found = BEGUN.search(last) or UNFINISHED.search(last)
        if found is None:
            return "\n"
        self.pieces[self.end] = self.pieces[self.end][: found.start()]
        return found[1] if self.end == len(self.pieces) - 1 else f"\n{found[1]}"

    def words(self) -> tuple[str, ...]:
        """Return the words."""
        return tuple(words_of("".join(self.pieces)))


def streams_of_pdf(data: bytes) -> Streams:
    """Return the words of a PDF that the print step made.

    What stands above the first mark of a page in the size of notes may be the rest of a long note or text set
    small: it is given to both. What is too much in a stream does no harm to the proof.
    """
    document = pypdfium2.PdfDocument(data)
    try:
        pages = [_without_margins(runs, label) for label, runs in _text_pages(document)]
    finally:
        document.close()
    sizes = Counter(round(run.size, 1) for runs in pages for run in runs if _is_mark(run, runs))
    size = sizes.most_common(1)[0][0] + NEARLY if sizes else 0.0
    body, notes = Flow(), list[Flow]()
    small = body.aside()
    for runs in pages:
        first = next((place for place, run in enumerate(runs) if _is_mark(run, runs, size)), len(runs))
        doubtful = first
        while notes and doubtful and runs[doubtful - 1].size <= size:
            doubtful -= 1
        body.turn()
        _go_on(body, runs[:doubtful])
        if doubtful < first:
            small.turn()
            _go_on(small, runs[doubtful:first])
            notes[-1].turn()
            _go_on(notes[-1], runs[doubtful:first])
        for run in runs[first:]:
            if _is_mark(run, runs, size):
                notes.append(Flow())
            elif not run.sign:
                notes[-1].add(run)
    return Streams(body.words(), tuple(note.words() for note in notes), spaced=False)


def _go_on(flow: Flow, runs: Sequence[Run]) -> None:
    for run in runs:
        if not run.sign:
            flow.add(run)


def _is_mark(run: Run, runs: Sequence[Run], largest: float = inf) -> bool:
    """Tell whether this is the sign before a note: it begins a line, and is no larger than most of its kind."""
    return (
        run.sign and run.size <= largest and not any(abs(other.y - run.y) < LEVEL and other.x < run.x for other in runs)
    )


def _text_pages(document: Any) -> Iterator[tuple[str, list[Run]]]:
    """Give folio and runs of each page that holds text of the book."""
    end, floor = _bibliography(document)
    begun = False
    for index in range(min(len(document), end + 1)):
        label = document.get_page_label(index)
        begun = begun or not label or label.isdecimal()
        if not begun:
            continue
        page = document[index]
        runs = list(_runs(document, page))
        page.close()
        if index == end:
            runs = [run for run in runs if run.y > floor]
        yield label, runs


def _bibliography(document: Any) -> tuple[int, float]:
    """Return the page on which the bibliography begins, and the height of its heading there."""
    place = raw.FPDF_GetNamedDestByName(document, b"bibliography")
    if not place:
        return len(document), 0.0
    has = [ctypes.c_int() for _ in range(3)]
    x, y, zoom = (ctypes.c_float() for _ in range(3))
    raw.FPDFDest_GetLocationInPage(place, *has, x, y, zoom)
    return raw.FPDFDest_GetDestPageIndex(document, place), y.value


def _runs(document: Any, page: Any) -> Iterator[Run]:
    """Give the runs of a page in the order in which they were set."""
    links = list(_links(document, page))
    text_page = page.get_textpage()
    for index in range(raw.FPDFPage_CountObjects(page)):
        piece = raw.FPDFPage_GetObject(page, index)
        if raw.FPDFPageObj_GetType(piece) != raw.FPDF_PAGEOBJ_TEXT:
            continue
        length = raw.FPDFTextObj_GetText(piece, text_page, None, 0)
        buffer = ctypes.create_string_buffer(length)
        raw.FPDFTextObj_GetText(piece, text_page, ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), length)
        text = buffer.raw[: length - 2].decode("utf-16-le", "replace")
        size = ctypes.c_float()
        raw.FPDFTextObj_GetFontSize(piece, size)
        matrix = raw.FS_MATRIX()
        raw.FPDFPageObj_GetMatrix(piece, matrix)
        x, y = matrix.e, matrix.f
        sign = SIGN.fullmatch(text) is not None and any(
            abs(x - left) < 1 and low <= y <= high for left, low, high in links
        )
        yield Run(text, x, y, size.value * abs(matrix.d), sign)
    text_page.close()


def _links(document: Any, page: Any) -> Iterator[tuple[float, float, float]]:
    """Give left edge, foot and head of each link of a page to a place in the book."""
    position, link = ctypes.c_int(0), raw.FPDF_LINK()
    while raw.FPDFLink_Enumerate(page, position, link):
        if raw.FPDFLink_GetDest(document, link):
            box = raw.FS_RECTF()
            raw.FPDFLink_GetAnnotRect(link, box)
            low, high = min(box.bottom, box.top), max(box.bottom, box.top)
            flat = high - low < 1  # a call takes no height, so as not to push its line down
            yield box.left, low - LEVEL if flat else low, high


def _without_margins(runs: Sequence[Run], label: str) -> list[Run]:
    """Leave out what is set after the text and above it (the head), and the folio."""
    top = float("-inf")
    kept: list[Run] = []
    for run in runs:
        head = kept and run.y > top + STEP
        lowest = not kept or run.y < min(other.y for other in kept) - STEP
        folio = run is runs[-1] and run.text.strip().casefold() == label.casefold() and lowest
        if not head and not folio:
            kept.append(run)
            top = max(top, run.y)
    return kept

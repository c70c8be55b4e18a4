"""The words of a PDF as they stand on its pages: the text, and each note, without running heads and folios.

What is read is what was printed, run by run, not what the tags say: a fault in the tags must not hide a
loss. The parts of a page are told apart by what every style of the print step has in common:

- the first pages, of which the print step says how many they are, hold nothing of the text, nor do those from the
  bibliography (the destination of that name) on;
- the head and the folio are set last, the one above all else on its page, the other, which reads like the page's
  label, below it;
- a figure that is a link to a place in the book is the call or the mark of a note;
  notes are set smaller than the text, below it, and begin with their mark;
- text goes down the page, or to the right; what stands higher than what was painted before it goes above that.
"""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from math import inf
from typing import Any

import pypdfium2
from pypdfium2 import raw

from pipeline.proof.leftward import stands_so, told_on
from pipeline.proof.pulls import Pulls
from pipeline.proof.sight import STEP, Box, Run, as_read, box_of, cover_of, is_seen, uncovered
from pipeline.proof.streams import CALLED, PLAIN, Streams
from pipeline.proof.streams import LABEL as SET_APART
from pipeline.words import words_of

OURS = "\u2010"
"""The hyphen with which the typesetter breaks words: an author's has another sign on the page."""
HYPHEN = re.compile("[\x02\u2010\ufffe-]")
BEGUN = re.compile("\\w[\x02\u2010\ufffe-]$")
"""The end of the beginning of a word at the end of a line. For pdfium any hyphen there is U+0002 or U+FFFE; whether it
is the author's makes no difference, since words may be found glued where spaces are inferred."""

UNFINISHED = 18
"""Letters: a word that is longer than a line, such as an address of the web, is broken without a hyphen."""

SYLLABLES = re.compile(r"[\uac00-\ud7a3]+$")
"""A Korean word is broken behind any syllable."""

CARRIED = 1000
"""Letters of a word that are taken along to its next line: no word has more, but a text from a stranger may be one."""

ON_A_LETTER = re.compile("[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")
"""Accents alone."""

SIGN = re.compile(r"\s*\.?(?:\d{1,4}|[*†‡§‖¶]{1,3})[.)]?\s*")
"""What a note is called by; where lines are read to the left, its stop stands at the left."""

LABEL = re.compile(r"\s*(?:\(?(?:\w|[\divxlc]{2,6})[.)]|[•◦▪‣*–—-])\s*", re.IGNORECASE)
"""What stands before an item of a list. On its page it is set before all else, even before the rest of a word."""

MARGINS = ("head", "foot")
ARTIFACT = "Artifact"
BACK = (b"bibliography", b"index-of-works", b"index-of-authors")  # destinations behind which there is no text

OPENS, BEGINS, CLOSES = "\ufdd0", "\ufdd1", "\ufdd2"
PART = re.compile(f"[{OPENS}{CLOSES}]")
"""What words with a mark stand between; these signs stand in no text."""

LEVEL = 6.0
"""Points; a raised figure is not so far from its line."""

NEARLY = 0.3
"""Points; sizes that differ by less are the same."""


@dataclass(slots=True)
class Flow:
    """Runs put together again to running text. ``end`` is the place of the last run in ``pieces``."""

    pieces: list[str] = field(default_factory=list)
    last: Run | None = None
    end: int = -1

    def add(self, run: Run) -> None:
        """Go on with ``run``, in the same line or in the next."""
        text = run.text
        if self.last is not None and ON_A_LETTER.fullmatch(text):
            self.pieces[self.end] += text  # from another face, and drawn back over the letter before it
            return
        if self.last is None or abs(run.y - self.last.y) > STEP or self._goes_back(run):
            if LABEL.fullmatch(text):
                self.pieces += (OPENS, f"{SET_APART}{BEGINS}\n{text}\n", CLOSES)
                return
            if run.leftward and text[:1].isspace():
                text = (
                    f"{text.strip()} "  # it hangs at the end of its paragraph, on the side where none of its lines ends
                )
            text = self._begun() + text
        self.pieces.append(text)
        self.last, self.end = run, len(self.pieces) - 1

    def _goes_back(self, run: Run) -> bool:
        return self.last is not None and run.x < self.last.x and not (run.leftward or self.last.leftward)

    def mark(self, stretch: int) -> None:
        """Give what comes a mark (see :mod:`pipeline.proof.streams`), until the next; 0 ends it."""
        self.pieces += (OPENS, f"{stretch}{BEGINS}") if stretch else (CLOSES,)

    def turn(self) -> None:
        """Go on on the next page: what comes is on a new line."""
        self.last = None

    def aside(self) -> Flow:
        """Return another flow that writes to the same place, but breaks no word of this one."""
        return Flow(self.pieces)

    def _begun(self) -> str:
        """Take the beginning of a word from the end of the line before, or begin a line."""
        if CALLED in self.pieces[self.end + 1 :]:  # a note is called where a word ends
            return "\n"
        if 0 < self.end == len(self.pieces) - 1 and HYPHEN.fullmatch(self.pieces[self.end]):
            # A face without the hyphen borrows it from another, and it stands in a run of its own.
            self.pieces[self.end - 1 : self.end + 1] = ["".join(self.pieces[self.end - 1 : self.end + 1])]
            self.end -= 1
        last = self.pieces[self.end] if self.end >= 0 else ""
        if last.rstrip(" ").endswith(OURS):  # behind a hyphen that the typesetter set, pdfium may see a space
            last = self.pieces[self.end] = last.rstrip(" ")
        if not (begun := unfinished(last)):
            return "\n"
        together = self.end == len(self.pieces) - 1
        self.pieces[self.end] = last.removesuffix(begun)
        if BEGUN.search(begun[-2:]):
            begun = begun[:-1]
        if together:
            self.pieces[self.end] += begun[:-CARRIED]
            return begun[-CARRIED:]
        return f"\n{begun}"

    def words(self) -> tuple[str, ...]:
        """Return the words."""
        return self.marked()[0]

    def marked(self) -> tuple[tuple[str, ...], tuple[int, ...], tuple[int, ...]]:
        """Return the words, the mark of each, and how many stand before each call."""
        words: list[str] = []
        marks: list[int] = []
        calls: list[int] = []
        for part in PART.split("".join(self.pieces)):
            head, sign, rest = part.partition(BEGINS)
            for number, stretch in enumerate((rest if sign else part).split(CALLED)):
                if number:
                    calls.append(len(words))
                some = words_of(stretch)
                words += some
                marks += [int(head) if sign else PLAIN] * len(some)
        return tuple(words), tuple(marks), tuple(calls)


def unfinished(line: str) -> str:
    """Return the word that the end of a line breaks, with its hyphen, or nothing.

    It is looked for from the end: a line without a space is a word of its whole length, and from its beginning each
    letter of it would be tried.
    """
    if not line or line[-1].isspace():
        return ""
    word = line.rsplit(None, 1)[-1]
    if len(word) >= UNFINISHED or BEGUN.search(word[-2:]):
        return word
    syllables = SYLLABLES.search(word)
    return syllables[0] if syllables else ""


def streams_of_pdf(data: bytes, own: Collection[int] | None = None, names: Sequence[str] = ()) -> Streams:
    """Return the words of a PDF that the print step made.

    What stands above the first mark of a page in the size of notes, or at the head of a page, may be the rest of a long
    note or text set small: it is given to both, with a mark.

    Args:
        data: the PDF.
        own: the places (from 0) of its pages before the text that are none of ``book.md``; if they are not known, all
        those before the first arabic folio.
        names: those of its pages (:mod:`pipeline.proof.pulls`), if what was read on them is kept.

    """
    document, pulls = pypdfium2.PdfDocument(data), Pulls(names)
    try:
        kept = _once(_without_margins(runs, label) for label, runs in _text_pages(document, own, pulls))
        pages = [_in_place(as_read(runs)) for runs in kept]
    finally:
        document.close()
    pulls.keep()
    sizes = Counter(round(run.size, 1) for runs in pages for run in runs if _is_mark(run, runs))
    size = sizes.most_common(1)[0][0] + NEARLY if sizes else 0.0
    body, notes = Flow(), list[Flow]()
    small = body.aside()
    for stretch, runs in enumerate(pages, 1):
        first = next((place for place, run in enumerate(runs) if _is_mark(run, runs, size)), len(runs))
        doubtful = first
        while notes and doubtful and runs[doubtful - 1].size <= size:
            doubtful -= 1
        resumed = 0  # a note at the end of a chapter may go on above the works that the chapter cites
        while notes and resumed < doubtful and runs[resumed].size <= size:
            resumed += 1
        body.turn()
        for start, end, doubted in ((0, resumed, True), (resumed, doubtful, False), (doubtful, first, True)):
            if not doubted:
                _go_on(body, runs[start:end], called=True)
                continue
            for flow in (small, notes[-1]) if start < end else ():
                flow.mark(stretch)
                flow.turn()
                _go_on(flow, runs[start:end])
                flow.mark(0)
        for run in runs[first:]:
            if _is_mark(run, runs, size):
                notes.append(Flow())
            elif run.size > size:
                _go_on(body, (run,), called=True)
            elif not run.sign:
                notes[-1].add(run)
    words, marks, calls = body.marked()
    told = [note.marked() for note in notes]
    return Streams(
        words,
        tuple(note for note, _, _ in told),
        spaced=False,
        calls=calls,
        marks=marks,
        note_marks=tuple(note for _, note, _ in told),
    )


def _in_place(runs: Sequence[Run]) -> list[Run]:
    """Put runs in the order in which they stand on the page: what was painted late may stand above what was not.

    A piece that is painted by itself begins where a run stands higher than the one before it, and not beside a line
    that its piece has already, as the next cell of a row does. Its lines go between those that stand there.
    """
    pieces: list[list[Run]] = [[]]
    last: Run | None = None
    for run in runs:
        if last is not None and run.y > last.y + LEVEL:
            if run.sign or LABEL.fullmatch(run.text):  # may be set before all else
                pieces[-1].append(run)
                continue
            if not _stands_beside(run, pieces[-1]):
                pieces.append([])
        pieces[-1].append(run)
        last = run
    kept = pieces[0]
    for piece in pieces[1:]:
        at = 0
        for run in piece:
            while at < len(kept) and _before(kept[at], run):
                at += 1
            kept.insert(at, run)
            at += 1
    return kept


def _stands_beside(run: Run, piece: Sequence[Run]) -> bool:
    level = (other for other in reversed(piece) if abs(other.y - run.y) <= STEP)
    return any(other.x > run.x if run.leftward else other.x < run.x for other in level)


def _before(one: Run, other: Run) -> bool:
    if abs(one.y - other.y) <= LEVEL:
        return one.x < other.x
    return one.y > other.y


def _go_on(flow: Flow, runs: Sequence[Run], *, called: bool = False) -> None:
    for run in runs:
        if not run.sign:
            flow.add(run)
        elif called:
            flow.pieces.append(CALLED)


def _is_mark(run: Run, runs: Sequence[Run], largest: float = inf) -> bool:
    """Tell whether this is the sign before a note: it begins a line, and is no larger than most of its kind.

    ``runs`` are those of its page, in the order in which they are read.
    """
    if not run.sign or run.size > largest:
        return False
    level = [other for other in runs if abs(other.y - run.y) < LEVEL]
    if any(other.leftward for other in level):
        return next((other for other in level if other.text.strip()), run) is run
    return not any(other.x < run.x for other in level)


def _text_pages(document: Any, own: Collection[int] | None, pulls: Pulls) -> Iterator[tuple[str, list[Run]]]:
    """Give folio and runs of each page that holds text of the book."""
    end, floor = _bibliography(document)
    labels = [document.get_page_label(index) for index in range(min(len(document), end + 1))]
    if own is None:
        own = range(next((index for index, label in enumerate(labels) if not label or label.isdecimal()), len(labels)))
    for index, label in enumerate(labels):
        if index in own:
            continue
        runs = pulls.runs(index)
        if runs is None:
            page = document[index]
            runs = list(_runs(document, page))
            page.close()
            pulls.put(index, runs)
        if index == end:
            runs = [run for run in runs if run.y > floor]
        yield label, runs


def _bibliography(document: Any) -> tuple[int, float]:
    """Return the page on which the bibliography or the first index begins, and the height of its heading there."""
    places = (raw.FPDF_GetNamedDestByName(document, name) for name in BACK)
    place = next(filter(None, places), None)
    if not place:
        return len(document), 0.0
    has = [ctypes.c_int() for _ in range(3)]
    x, y, zoom = (ctypes.c_float() for _ in range(3))
    raw.FPDFDest_GetLocationInPage(place, *has, x, y, zoom)
    return raw.FPDFDest_GetDestPageIndex(document, place), y.value


def _runs(document: Any, page: Any) -> Iterator[Run]:
    """Give the runs of a page that are seen, in the order in which they were set."""
    links = list(_links(document, page))
    text_page = page.get_textpage()
    whole = Box(*page.get_bbox())
    runs: list[tuple[int, Run]] = []
    covers: list[tuple[int, Box]] = []
    told: set[int] = set()
    for index in range(raw.FPDFPage_CountObjects(page)):
        piece = raw.FPDFPage_GetObject(page, index)
        if raw.FPDFPageObj_GetType(piece) != raw.FPDF_PAGEOBJ_TEXT:
            if cover := cover_of(piece):
                covers.append((index, cover))
            continue
        length = raw.FPDFTextObj_GetText(piece, text_page, None, 0)
        buffer = ctypes.create_string_buffer(length)
        raw.FPDFTextObj_GetText(piece, text_page, ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), length)
        text = buffer.raw[: length - 2].decode("utf-16-le", "replace")
        if text.strip() and (mark := _said_by(piece)):
            text = "" if mark in told else text  # a letter set higher than the others would tell its word again
            told.add(mark)
        if (over := text.strip()) and all(map(unicodedata.combining, over)):
            text = over  # a sign over a letter parts no word, though pdfium sees a space where it goes back for it
        size = ctypes.c_float()
        raw.FPDFTextObj_GetFontSize(piece, size)
        matrix = raw.FS_MATRIX()
        raw.FPDFPageObj_GetMatrix(piece, matrix)
        x, y = matrix.e, matrix.f
        sign = SIGN.fullmatch(text) is not None and any(
            abs(x - left) < 1 and low <= y <= high for left, low, high in links
        )
        height, box = size.value * abs(matrix.d), box_of(piece)
        if is_seen(piece, height, box, whole):
            runs.append((index, Run(text, x, y, height, sign, box, _is_artifact(piece))))
    if any(run.leftward for _, run in runs):
        signs = _signs(text_page)
        runs = _to_the_right(_told(runs, page, signs), page, signs)
    text_page.close()
    yield from uncovered(runs, covers)


def _said_by(piece: Any) -> int:
    """Return which mark says in letters what a piece of a page reads; 0 if none does."""
    for number in range(raw.FPDFPageObj_CountMarks(piece)):
        mark = raw.FPDFPageObj_GetMark(piece, number)
        if raw.FPDFPageObjMark_GetParamValueType(mark, b"ActualText") == raw.FPDF_OBJECT_STRING:
            return ctypes.addressof(mark.contents)
    return 0


def _is_artifact(piece: Any) -> bool:
    """Tell whether a piece of a page is marked as an artifact."""
    name, length = ctypes.create_string_buffer(2 * len(ARTIFACT) + 2), ctypes.c_ulong()
    for number in range(raw.FPDFPageObj_CountMarks(piece)):
        mark = raw.FPDFPageObj_GetMark(piece, number)
        buffer = ctypes.cast(name, ctypes.POINTER(raw.FPDF_WCHAR))
        if raw.FPDFPageObjMark_GetName(mark, buffer, len(name), length) and name.raw[:-2] == ARTIFACT.encode(
            "utf-16-le"
        ):
            return True
    return False


def _once(pages: Iterable[list[Run]]) -> Iterator[list[Run]]:
    """Leave out the heads of tables on their further pages: artifacts that say what an earlier page has said."""
    said: set[str] = set()
    for runs in pages:
        yield [run for run in runs if not (run.artifact and run.text.strip() in said)]
        said |= {run.text.strip() for run in runs if not run.artifact}


def _signs(text_page: Any) -> dict[int, list[tuple[float, str]]]:
    """Return the signs of each piece of a page, by its address: where each stands, and what it is."""
    signs: dict[int, list[tuple[float, str]]] = defaultdict(list)
    x, y = ctypes.c_double(), ctypes.c_double()
    for index in range(raw.FPDFText_CountChars(text_page)):
        piece = raw.FPDFText_GetTextObject(text_page, index)
        if piece and not raw.FPDFText_IsGenerated(text_page, index):
            raw.FPDFText_GetCharOrigin(text_page, index, x, y)
            sign = chr(raw.FPDFText_GetUnicode(text_page, index))
            signs[ctypes.addressof(piece.contents)].append((x.value, sign))
    return signs


def _told(
    runs: Sequence[tuple[int, Run]], page: Any, signs: Mapping[int, list[tuple[float, str]]]
) -> list[tuple[int, Run]]:
    """Put runs together that are one piece of a line in which something is read to the left, if the tags tell it.

    That the tags tell what is seen is proved sign by sign (:func:`pipeline.proof.leftward.stands_so`).
    """
    told = told_on(page)
    found: list[tuple[int, Run]] = []
    for mark, group in groupby(runs, key=lambda pair: _mark_of(page, pair[0])):
        some = list(group)
        text = told.get(mark, "")
        seen = [one for place, _ in some for one in signs[_address(page, place)]]
        if text.strip() and seen and not any(run.sign for _, run in some) and stands_so(seen, text):
            begun = any(HYPHEN.fullmatch(sign) for _, sign in (min(seen), max(seen))) and not HYPHEN.search(text[-1:])
            boxes = [run.box for _, run in some if run.box.right > run.box.left] or [some[0][1].box]
            box = Box(
                min(one.left for one in boxes),
                min(one.low for one in boxes),
                max(one.right for one in boxes),
                max(one.high for one in boxes),
            )
            place, first = some[0]
            whole = f"{text}\u2010" if begun else text
            found.append((place, replace(first, text=whole, x=box.left, box=box, told=True)))
        else:
            found += some
    return found


def _mark_of(page: Any, place: int) -> int:
    number: int = raw.FPDFPageObj_GetMarkedContentID(raw.FPDFPage_GetObject(page, place))
    return number


def _address(page: Any, place: int) -> int:
    return ctypes.addressof(raw.FPDFPage_GetObject(page, place).contents)


def _to_the_right(
    runs: Sequence[tuple[int, Run]], page: Any, signs: Mapping[int, list[tuple[float, str]]]
) -> list[tuple[int, Run]]:
    """Give runs without a letter that is read to the left their signs in the order in which they were set.

    On a line with such letters pdfium turns the words of all its runs round.
    """
    found = []
    for place, run in runs:
        own = signs[_address(page, place)]
        set_as = "".join(sign for _, sign in sorted(own, key=lambda pair: pair[0]))
        kept = run.told or run.leftward or sorted("".join(set_as.split())) != sorted("".join(run.text.split()))
        found.append((place, run if kept else replace(run, text=set_as)))
    return found


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
    """Leave out what is set last: the head, above all else, and the folio, below it."""
    kept = list(runs)
    for _ in MARGINS:
        start = len(kept)
        while start and abs(kept[start - 1].y - kept[-1].y) <= STEP:
            start -= 1
        if not start:
            break  # one line, and no margins
        level = kept[-1].y
        head = level > max(run.y for run in kept[:start]) + STEP
        text = "".join(run.text for run in kept[start:]).strip()
        folio = text.casefold() == label.casefold() and level < min(run.y for run in kept[:start]) - STEP
        if not (head or folio):
            break
        del kept[start:]
    return kept

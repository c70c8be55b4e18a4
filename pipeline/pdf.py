"""PDF: the text of a PDF's pages, row by row, with what the page tells: where a row stands, how large its letters are.

Positions become the forms that plain text has for them, so that every later step reads a PDF as it reads any text: a
form feed where a page begins, blank lines for gaps, spaces for indents, raised figures for figures that stand raised.
How a row looks, and what the file says of it, goes with the line.
"""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from statistics import median

import pypdfium2
import pypdfium2.raw as pdfium

from pipeline.errors import Exit, OctavoError
from pipeline.model import Line, Look
from pipeline.tagged import Element, Entry, elements, entries, named_rows

__all__ = ["lines_of_pdf"]

_COLUMN = 0.42  # em; a space that stands for an indent is as wide as a letter of middling width
_WORD_GAP = 0.12  # em; letters farther apart are two words
_COLUMN_GAP = 1.6  # em; pieces of a row farther apart are two columns, or a running head and its folio
_RAISED = 0.8  # of the size of the row; smaller letters above its foot are raised
_PITCHES = (1.3, 2.2)  # times the distance of two rows; wider is a gap, a wide gap
_SIGNS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_BROKEN = ("\x02", "\ufffe", "\ufffb")  # what PDFium says for the hyphen at the end of a row
_SOFT = ("\xad", "\u2010")
_WIDE = 2  # gaps; fewer tell nothing of how wide the letters are set
_CAPITAL = 2  # signs; a drop capital, and the quotation mark before it
_TALL = 0.75  # of the size of a drop capital; the first row beside it stands no higher
_HIGH = 1.7  # times the size of the row; a drop capital is larger, a capital before small capitals is not
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
_AT_EDGES = 2  # rows over both columns: a running head, a folio
_ALIKE = 0.3  # points; letters nearer than that are of one size
_FAR = 3  # times their size; rows farther apart are no neighbours
_OFTEN = 30  # rows of one size; fewer do not tell how far apart such rows stand
_FEW = 20  # letters; a scan has no more on all its pages but stamps


@dataclass(frozen=True, slots=True)
class _Face:
    """The name of a font, without what says how heavy and how upright it is."""

    family: str = ""
    bold: bool = False
    slanted: bool = False
    small_capitals: bool = False


_PLAIN = _Face()


@dataclass(frozen=True, slots=True)
class _Letter:
    sign: str
    left: float
    right: float
    foot: float
    size: float
    face: _Face = _PLAIN
    element: Element | None = None


@dataclass
class _Row:
    """Letters on one line of print, from left to right. ``foot`` and ``size``: of most of them, in points."""

    letters: list[_Letter] = field(default_factory=list)
    foot: float = 0.0
    size: float = 0.0

    @property
    def left(self) -> float:
        """Where it begins."""
        return min(letter.left for letter in self.letters)

    @property
    def right(self) -> float:
        """Where it ends."""
        return max(letter.right for letter in self.letters)

    @cached_property
    def inked(self) -> list[_Letter]:
        """Its letters without blanks."""
        return [letter for letter in self.letters if not letter.sign.isspace()]

    def mostly(self, has: Callable[[_Face], bool]) -> bool:
        """Tell whether the faces of most of its letters have this."""
        return sum(times for face, times in self.faces.items() if has(face)) > _MOSTLY * len(self.inked)

    @cached_property
    def faces(self) -> Counter[_Face]:
        """How many of its letters each face has."""
        return Counter(letter.face for letter in self.inked)

    def has_small_capitals(self) -> bool:
        """Tell whether it is set in capitals of two sizes."""
        capitals = [letter.size for letter in self.inked if letter.sign.isupper()]
        large = max(capitals, default=0.0)
        small = sum(_SMALL[0] * large < size < _SMALL[1] * large for size in capitals)
        return small > _MOSTLY * sum(letter.sign.isalpha() for letter in self.inked)


def lines_of_pdf(data: bytes, path: Path) -> tuple[Line, ...]:
    """Return the text of a PDF as lines.

    Args:
        data: the file.
        path: its name, for messages.

    Raises:
        OctavoError: NOT_TEXT for a PDF that is damaged or locked, or whose pages are pictures.

    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        raise OctavoError(
            Exit.NOT_TEXT,
            f"{path} is a PDF that {'is locked with a password' if locked else 'is damaged'}.",
            "Save it anew without a password." if locked else "Open it in a reader and save it anew.",
        ) from error
    try:
        said = elements(data)
        pieces = [_pieces(document[number], number, said) for number in range(len(document))]
        marks = [*entries(document)]
    finally:
        document.close()
    pages = _pages(pieces)
    if sum(len(row.letters) for page in pages for row in page) < _FEW:
        raise OctavoError(
            Exit.NOT_TEXT,
            f"{path} is a scanned PDF: its pages are pictures without text.",
            f"Let OCRmyPDF read them: ocrmypdf -l eng {path.name} {path.stem}-ocr.pdf (eng: the language of the text).",
        )
    return tuple(_lines(pages, marks))


def _pieces(page: pypdfium2.PdfPage, number: int, said: Mapping[tuple[int, int], Element]) -> list[_Row]:
    """Gather the letters of a page into pieces of rows.

    ``number``: of the page, from 0; ``said``: the elements of the file's structure, by page and mark.
    """
    textpage = page.get_textpage()
    pieces: list[_Row] = []
    for letter in _letters(textpage, number, said):
        last = pieces[-1] if pieces else None
        if last is None or not _belongs(letter, last):
            last = _Row(foot=letter.foot, size=letter.size)
            pieces.append(last)
        if letter.size > last.size * 1.05:
            last.foot, last.size = letter.foot, letter.size
        last.letters.append(letter)
    textpage.close()
    page.close()
    for piece in pieces:
        piece.size = median(letter.size for letter in piece.letters)
    pieces = [piece for piece in pieces if any(not letter.sign.isspace() for letter in piece.letters)]
    return _with_capitals(pieces)


def _pages(pieces: Sequence[Sequence[_Row]]) -> list[list[_Row]]:
    """Put the pieces of all pages in the order of reading; a page with few rows is in columns if most others are."""
    columns = [_in_columns(page) for page in pieces]
    usual = sum(columns) > _MOSTLY * sum(map(bool, pieces))
    parted = [
        one or (usual and sum(_is_wide(piece, page) for piece in page) <= _AT_EDGES)
        for one, page in zip(columns, pieces, strict=True)
    ]
    return [_in_order(page, columns=one) for one, page in zip(parted, pieces, strict=True)]


def _with_capitals(pieces: Sequence[_Row]) -> list[_Row]:
    """Put a capital that is as high as several rows before the first of the rows beside it."""
    out = list(pieces)
    for piece in pieces:
        letters = [letter for letter in piece.letters if not letter.sign.isspace()]
        if len(letters) > _CAPITAL or not letters[-1].sign.isupper():
            continue
        beside = [
            row
            for row in out
            if row.size * _HIGH < piece.size
            and piece.foot + 0.5 * row.size < row.foot < piece.foot + _TALL * piece.size
            and -1.1 * piece.size < row.left - piece.right < piece.size
        ]
        if beside:
            first = max(beside, key=lambda row: row.foot)
            for at, letter in enumerate(letters):
                end = first.left - (len(letters) - 1 - at) * 0.01
                first.letters.insert(at, replace(letter, left=end, right=end, foot=first.foot, size=first.size))
            out.remove(piece)
    return out


def _letters(textpage: pypdfium2.PdfTextPage, page: int, said: Mapping[tuple[int, int], Element]) -> Iterator[_Letter]:
    box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    known: dict[int, tuple[_Face, Element | None]] = {}
    for at in range(pdfium.FPDFText_CountChars(textpage)):
        code = pdfium.FPDFText_GetUnicode(textpage, at)
        if not code or code in (10, 13) or pdfium.FPDFText_IsGenerated(textpage, at) == 1:
            continue
        if not pdfium.FPDFText_GetLooseCharBox(textpage, at, box):
            continue
        pdfium.FPDFText_GetCharOrigin(textpage, at, x, y)
        piece = pdfium.FPDFText_GetTextObject(textpage, at)
        where = ctypes.cast(piece, ctypes.c_void_p).value or 0
        if where not in known:
            mark = pdfium.FPDFPageObj_GetMarkedContentID(piece) if where else -1
            known[where] = (_face(piece) if where else _PLAIN, said.get((page, mark)))
        yield _Letter(chr(code), box.left, box.right, y.value, round(box.top - box.bottom, 2), *known[where])


def _face(piece: object) -> _Face:
    """Return the face of a piece of text, by the name and the flags of its font."""
    font = pdfium.FPDFTextObj_GetFont(piece)
    if not font:
        return _PLAIN
    room = ctypes.create_string_buffer(pdfium.FPDFFont_GetBaseFontName(font, None, 0) or 1)
    pdfium.FPDFFont_GetBaseFontName(font, room, len(room))
    name = _SUBSET.sub("", room.value.decode("utf-8", "replace"))
    flags = pdfium.FPDFFont_GetFlags(font)
    return _Face(
        _STYLES.sub("", name).casefold(),
        bool(_BOLD.search(name) or (flags > 0 and flags & _FORCED_BOLD)),
        bool(_SLANTED.search(name) or (flags > 0 and flags & _ITALIC)),
        bool(_CAPITALS.search(name)),
    )


def _belongs(letter: _Letter, row: _Row) -> bool:
    """Tell whether a letter goes on with a row: at its height, or raised a little, and not far behind its end."""
    size = max(row.size, letter.size)
    if row.size > _HIGH * letter.size and len(row.letters) <= _CAPITAL:
        return False
    if abs(letter.foot - row.foot) > (0.25 if letter.size > _RAISED * row.size else 0.6) * size:
        return False
    last = row.letters[-1]
    if (letter.left, letter.right) == (last.left, last.right):  # both of one ligature
        return True
    return -0.9 * size <= letter.left - last.right <= _COLUMN_GAP * size


def _in_order(pieces: Sequence[_Row], *, columns: bool) -> list[_Row]:
    """Put the pieces of a page in the order of reading: by their height; columns as the PDF has them."""
    beside = [piece for piece in pieces if not _is_wide(piece, pieces)] if columns else []
    if not beside:
        out: list[_Row] = []
        for piece in sorted(pieces, key=lambda row: (-row.foot, row.left)):
            same = out and abs(out[-1].foot - piece.foot) < 0.3 * max(out[-1].size, piece.size)
            if same and piece.left >= out[-1].right - piece.size * 0.2:
                out[-1].letters += piece.letters
            elif same and piece.right <= out[-1].left + piece.size * 0.2:
                out[-1].letters = [*piece.letters, *out[-1].letters]
            else:
                out.append(piece)
        return out
    wide = [piece for piece in pieces if _is_wide(piece, pieces)]
    top = max(piece.foot for piece in beside)
    above = sorted((piece for piece in wide if piece.foot > top), key=lambda row: -row.foot)
    below = sorted((piece for piece in wide if piece.foot <= top), key=lambda row: -row.foot)
    return [*above, *_beside(beside), *below]


def _beside(columns: Sequence[_Row]) -> list[_Row]:
    """Set the rows of each further column where those of the first stand, so that their indents say the same."""
    left, right = min(row.left for row in columns), max(row.right for row in columns)
    second = [row for row in columns if row.left > (left + right) / 2]
    apart = min((row.left for row in second), default=left) - left
    for row in second:
        row.letters = [replace(one, left=one.left - apart, right=one.right - apart) for one in row.letters]
    return list(columns)


def _in_columns(pieces: Sequence[_Row]) -> bool:
    """Tell whether most rows have a neighbour at their height that is as much text as they are."""
    long = [piece for piece in pieces if len(piece.letters) > 12]
    beside = sum(
        any(
            other is not piece
            and abs(other.foot - piece.foot) < 0.5 * piece.size
            and (other.left > piece.right or other.right < piece.left)
            for other in long
        )
        for piece in long
    )
    return len(long) >= 8 and (beside > 0.6 * len(long) or (beside > 2 and _has_gutter(long, pieces)))


def _has_gutter(long: Sequence[_Row], pieces: Sequence[_Row]) -> bool:
    """Tell whether hardly a row lies over the middle of the page, as where one column is shorter than the other."""
    return sum(_is_wide(piece, pieces) for piece in long) < 0.1 * len(long)


def _is_wide(piece: _Row, pieces: Sequence[_Row]) -> bool:
    """Tell whether a row lies over both columns, or apart from them at the head or foot."""
    left, right = min(one.left for one in pieces), max(one.right for one in pieces)
    middle = (left + right) / 2
    return piece.left < middle - piece.size and piece.right > middle + piece.size


def _lines(pages: Sequence[Sequence[_Row]], marks: Sequence[Entry]) -> Iterator[Line]:
    """Write the rows of all pages as lines, numbered from 1; ``marks``: the bookmarks of the file."""
    number = 0
    body = _body(pages)
    margin = min((row.left for page in pages for row in page), default=0.0)
    pitch = _Pitch(pages, body)
    block = _Block(pages, body, pitch)
    for place, page in enumerate(pages):
        above: _Row | None = None
        if not page:  # it counts, though nothing stands on it
            number += 1
            yield Line(number, "\f" if number > 1 else "")
        texts = [_text(row, body) for row in page]
        named = _named(place, page, texts, marks)
        for at, row in enumerate(page):
            gap = pitch.between(above, row) if above is not None else 0.0
            for most in _PITCHES:
                if gap > most:
                    number += 1
                    yield Line(number, "")
            number += 1
            indent = max(0, round((row.left - margin) / (_COLUMN * body)))
            feed = "\f" if at == 0 and number > 1 else ""
            entry, level = named.get(at, (0, 0))
            look = replace(block.look(place, row, above), entry=entry, level=level)
            yield Line(number, f"{feed}{' ' * indent}{texts[at]}", look)
            above = row


def _named(
    place: int, page: Sequence[_Row], texts: Sequence[str], marks: Sequence[Entry]
) -> Mapping[int, tuple[int, int]]:
    """Return the rows of a page, by place, that bookmarks name: the number of the bookmark (from 1), and its level."""
    out: dict[int, tuple[int, int]] = {}
    for number, mark in enumerate(marks, 1):
        if mark.page == place:
            for at in named_rows(mark, texts, [row.foot + row.size for row in page]):
                out.setdefault(at, (number, mark.level))
    return out


class _Block:
    """The block of text on the pages of a book: where its rows begin and end, on left and on right pages.

    Args:
        pages: the rows of each page.
        body: the size of the text's letters, in points.
        pitch: how far apart its rows stand.

    """

    def __init__(self, pages: Sequence[Sequence[_Row]], body: float, pitch: _Pitch) -> None:
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

    def look(self, place: int, row: _Row, above: _Row | None) -> Look:
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
        )


def _spacing(row: _Row) -> float:
    """Return how far apart the letters of a row are set, as in headings that are set wide."""
    gaps = [
        after.left - one.right
        for one, after in pairwise(row.letters)
        if not (one.sign.isspace() or after.sign.isspace()) and after.left - one.right < _COLUMN_GAP * row.size
    ]
    return max(0.0, median(gaps)) if len(gaps) > _WIDE else 0.0


def _body(pages: Sequence[Sequence[_Row]]) -> float:
    """Return the size of the text's letters: that of most in the upper half of the pages; notes may be longer."""
    upper = [row for page in pages for row in page[: (len(page) + 1) // 2]]
    return _common([row.size for row in upper for _ in row.letters])


class _Pitch:
    """How far apart the rows of a book stand, in points: those of the text, and those of each other size.

    Args:
        pages: the rows of each page.
        body: the size of the text's letters, in points.

    """

    def __init__(self, pages: Sequence[Sequence[_Row]], body: float) -> None:
        apart: dict[float, list[float]] = {}
        for page in pages:
            for one, other in pairwise(page):
                if abs(one.size - other.size) < _ALIKE and 0 < one.foot - other.foot < _FAR * one.size:
                    apart.setdefault(_rounded(one.size), []).append(round(one.foot - other.foot, 1))
        self._body = body or 1.0
        self.text = _common(apart.get(_rounded(body), [])) or self._body
        self._of = {size: _common(values) for size, values in apart.items() if len(values) >= _OFTEN}

    def between(self, above: _Row, row: _Row) -> float:
        """Return how far a row stands below another, in the distance usual for rows of their size."""
        usual = self.text
        if abs(above.size - row.size) < _ALIKE:
            large = max(1.0, row.size / self._body)  # rows of a heading stand farther apart, as they are larger
            usual = self._of.get(_rounded(row.size), self.text * large)
        return (above.foot - row.foot) / usual


def _rounded(size: float) -> float:
    return round(2 * size) / 2


def _common(values: Sequence[float]) -> float:
    """Return the value that is the most frequent one."""
    counts: dict[float, int] = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    return max(counts, key=lambda value: counts[value], default=0.0)


def _text(row: _Row, body: float) -> str:
    """Return the text of a row; figures that stand raised become raised figures."""
    foot = _common([round(letter.foot, 1) for letter in row.letters if letter.size >= _RAISED * row.size])
    apart = _spacing(row) + _WORD_GAP * row.size
    out = ""
    end: float | None = None
    for letter in row.letters:
        if letter.sign.isspace():
            out += "" if out.endswith(" ") else " "
        else:
            gap = letter.left - end if end is not None else 0.0
            if gap > _COLUMN_GAP * body:
                out = out.rstrip() + " " * max(4, round(gap / (_COLUMN * body)))
            elif gap > apart and not out.endswith(" "):
                out += " "
            raised = letter.size < _RAISED * row.size and letter.foot > foot + 0.1 * row.size
            out += letter.sign.translate(_SIGNS) if raised else letter.sign
        end = letter.right
    out = out.rstrip()
    if out.endswith(_BROKEN):
        out = f"{out[:-1]}-"
    elif out.endswith(_SOFT):
        out = f"{out[:-1]}\xad"
    return unicodedata.normalize("NFC", "".join(sign for sign in out if sign not in _BROKEN))

"""PDF: the text of a PDF's pages, row by row, with what the page tells: where a row stands, how large its letters are.

Positions become the forms that plain text has for them, so that every later step reads a PDF as it reads any text: a
form feed where a page begins, blank lines for gaps, spaces for indents, raised figures for figures that stand raised.
How a row looks, and what the file says of it, goes with the line.
"""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from statistics import median

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

from pipeline.errors import Exit, OctavoError
from pipeline.model import RAISED_SIGNS, Line
from pipeline.print_rows import PLAIN, Face, Letter, Pitch, PrintRow, TextBlock, body_size, common, face_of
from pipeline.run_in import parted
from pipeline.tagged import Element, Entry, elements, entries, is_empty, named_rows
from pipeline.turned import Box, from_left_to_right, quarter, together, upright

__all__ = ["lines_of_pdf"]

_COLUMN = 0.42  # em; a space that stands for an indent is as wide as a letter of middling width
_WORD_GAP = 0.12  # em; letters farther apart are two words
_KERNED_GAP = 0.05  # em; so are those of a row that has no blanks (TeX writes none), if no sign closes or opens there
_COLUMN_GAP = 1.6  # em; pieces of a row farther apart are two columns, or a running head and its folio
_RAISED = 0.8  # of the size of the row; smaller letters above its foot are raised
_PITCHES = (1.3, 2.2)  # times the distance of two rows; wider is a gap, a wide gap
_SIGNS = str.maketrans({plain: sign for plain, sign in RAISED_SIGNS.items() if plain.isdigit()})
_CALLED = re.compile(r"[^\W\d_A-ZÀ-Þ]{2}[.,;:!?”’\"')\]]{0,2}$|^$")  # before a raised letter that calls or labels
_BROKEN = ("\x02", "\ufffe", "\ufffb")  # what PDFium says for the hyphen at the end of a row
_SOFT = ("\xad", "\u2010")
_WIDE = 2  # gaps; fewer tell nothing of how wide the letters are set
_CAPITAL = 2  # signs; a drop capital, and the quotation mark before it
_CALLS = frozenset("*∗†‡§¶‖")
_LABEL = 3  # signs of the label of a note, which stands raised before it
_TALL = 0.75  # of the size of a drop capital; the first row beside it stands no higher
_HIGH = 1.7  # times the size of the row; a drop capital is larger, a capital before small capitals is not
_MOSTLY = 0.5  # of the letters of a row
_SMALL_CAPITAL = 0.9  # of the size of the large ones
_LESS = 0.93  # of the size of the text's letters; notes are set smaller
_APART = 1.6  # times the size of the text; a running head stands no nearer to it
_AT_EDGES = 2  # rows over both columns: a running head, a folio
_FEW = 20  # letters; a scan has no more on all its pages but stamps


def lines_of_pdf(data: bytes, path: Path) -> tuple[Line, ...]:
    """Return the text of a PDF as lines.

    Args:
        data: the file.
        path: its name, for messages.

    Raises:
        OctavoError: NOT_TEXT for a PDF that is damaged or locked, or whose pages are pictures or blank.

    """
    document = _opened(data, path)
    try:
        said = elements(data)
        pieces = [_pieces(document[number], number, said) for number in range(len(document))]
        marks = [*entries(document)]
        pages = _pages(pieces)
        if sum(len(row.letters) for page in pages for row in page) < _FEW:
            raise _without_text(document, path)
    finally:
        document.close()
    return tuple(_lines(pages, marks))


def _opened(data: bytes, path: Path) -> pypdfium2.PdfDocument:
    """Open a PDF. A password that only forbids changes or copies (the owner's) is none for reading."""
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        what, hint = "is damaged", "Open it in a reader and save it anew."
        try:  # what PDFium says of a file may be what it said of the one before
            if is_empty(data):
                what, hint = "has no pages", "Look for a whole copy of it."
        except pikepdf.PasswordError:
            what, hint = "is locked with a password", "Save it anew without a password."
        raise OctavoError(Exit.NOT_TEXT, f"{path} is a PDF that {what}.", hint) from error


def _without_text(document: pypdfium2.PdfDocument, path: Path) -> OctavoError:
    """Say what a PDF without text is: a scan, a cover for files that are attached to it, or blank."""
    if any(pdfium.FPDFPage_CountObjects(page) for page in document):
        return OctavoError(
            Exit.NOT_TEXT,
            f"{path} is a scanned PDF: its pages are pictures without text.",
            f"Let OCRmyPDF read them: ocrmypdf -l eng {path.name} {path.stem}-ocr.pdf (eng: the language of the text).",
        )
    if document.count_attachments():
        return OctavoError(
            Exit.NOT_TEXT,
            f"{path} is a PDF whose pages are blank: it only carries files that are attached to it.",
            f"Take them out, and give Octavo the one with the text: pdfdetach -saveall {path.name}",
        )
    return OctavoError(Exit.NOT_TEXT, f"{path} is a PDF whose pages are blank.", "Look for a whole copy of it.")


def _pieces(page: pypdfium2.PdfPage, number: int, said: Mapping[tuple[int, int], Element]) -> list[PrintRow]:
    """Gather the letters of a page into pieces of rows.

    ``number``: of the page, from 0; ``said``: the elements of the file's structure, by page and mark.
    """
    textpage = page.get_textpage()
    pieces: list[PrintRow] = []
    box: Box = page.get_mediabox()
    for letter in from_left_to_right([*_letters(textpage, number, said, box)], box[2]):
        last = pieces[-1] if pieces else None
        if last is None or not _belongs(letter, last):
            last = PrintRow(foot=letter.foot, size=letter.size)
            pieces.append(last)
        first = letter.sign.isalnum() and not any(
            one.sign.isalnum() for one in last.letters
        )  # behind a sign that calls
        if first or (letter.size > last.size * 1.05 and letter.sign not in _CALLS):
            last.foot, last.size = letter.foot, letter.size
        last.letters.append(letter)
    textpage.close()
    page.close()
    for piece in pieces:
        piece.size = median(letter.size for letter in piece.letters)
    pieces = [piece for piece in pieces if any(not letter.sign.isspace() for letter in piece.letters)]
    return _with_capitals(together(pieces, box))


def _pages(pieces: Sequence[Sequence[PrintRow]]) -> list[list[PrintRow]]:
    """Put the pieces of all pages in the order of reading; a page with few rows is in columns if most others are."""
    columns = [_in_columns(page) for page in pieces]
    usual = sum(columns) > _MOSTLY * sum(map(bool, pieces))
    parted = [
        one or (usual and sum(_is_wide(piece, page) for piece in page) <= _AT_EDGES)
        for one, page in zip(columns, pieces, strict=True)
    ]
    return [_in_order(page, columns=one) for one, page in zip(parted, pieces, strict=True)]


def _with_capitals(pieces: Sequence[PrintRow]) -> list[PrintRow]:
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


def _letters(
    textpage: pypdfium2.PdfTextPage, page: int, said: Mapping[tuple[int, int], Element], edges: Box
) -> Iterator[Letter]:
    box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    known: dict[int, tuple[Face, Element | None, int]] = {}
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
            turn = quarter(pdfium.FPDFText_GetCharAngle(textpage, at))
            known[where] = (face_of(piece) if where else PLAIN, said.get((page, mark)), turn)
        left, right, foot, size = box.left, box.right, y.value, box.top - box.bottom
        if turn := known[where][2]:
            placed = (box.left, box.bottom, box.right, box.top)
            (left, low, right, high), foot = upright(placed, (x.value, y.value), turn, edges)
            size = high - low
        yield Letter(chr(code), left, right, foot, round(size, 2), *known[where])


def _belongs(letter: Letter, row: PrintRow) -> bool:
    """Tell whether a letter goes on with a row: at its height, or raised a little, and not far behind its end."""
    if letter.turn != row.letters[0].turn:
        return False
    size = max(row.size, letter.size)
    if row.size > _HIGH * letter.size and len(row.letters) <= _CAPITAL:
        return False
    alike = _RAISED * row.size < letter.size and _RAISED * letter.size < row.size  # else one of them may be raised
    alike = alike and letter.sign not in _CALLS  # the boxes of signs in fonts for formulas say nothing of their size
    alike = alike and not (len(row.letters) <= _LABEL and not any(one.sign.isalpha() for one in row.letters))
    if abs(letter.foot - row.foot) > (0.25 if alike else 0.7) * size:
        return False
    last = row.letters[-1]
    if (letter.left, letter.right) == (last.left, last.right):  # both of one ligature
        return True
    return -0.9 * size <= letter.left - last.right <= _COLUMN_GAP * size


def _in_order(pieces: Sequence[PrintRow], *, columns: bool) -> list[PrintRow]:
    """Put the pieces of a page in the order of reading: by their height; columns as the PDF has them."""
    beside = [piece for piece in pieces if not _is_wide(piece, pieces)] if columns else []
    if not beside:
        out: list[PrintRow] = []
        for piece in sorted(pieces, key=lambda row: (-row.foot, row.left)):
            same = out and abs(out[-1].foot - piece.foot) < 0.3 * max(out[-1].size, piece.size)
            if same and piece.left >= out[-1].right - piece.size * 0.2:
                out[-1].letters += piece.letters
            elif same and piece.right <= out[-1].left + piece.size * 0.2:
                out[-1].letters = [*piece.letters, *out[-1].letters]
            else:
                out.append(piece)
                continue
            out[-1].size = median(letter.size for letter in out[-1].letters)
        return out
    end = _end_of_columns(pieces, beside)
    head = _head_of_columns(pieces)
    beside = [piece for piece in beside if end <= piece.foot <= head]
    wide = [piece for piece in pieces if piece.foot < end or piece.foot > head or _is_wide(piece, pieces)]
    top = max((piece.foot for piece in beside), default=0.0)
    foot = min((piece.foot for piece in beside), default=0.0)
    above = _in_order([piece for piece in wide if piece.foot > top], columns=False)
    below = sorted((piece for piece in wide if piece.foot <= foot), key=lambda row: -row.foot)
    over = sorted((piece for piece in wide if foot < piece.foot <= top), key=lambda row: -row.foot)
    left, middle = min(row.left for row in beside), _middle(beside)
    apart = min((row.left for row in beside if row.left > middle), default=left) - left
    out = [*above]
    for at in range(len(over) + 1):  # what stands over both columns, as a heading does, parts them
        high, low = over[at - 1].foot if at else top, over[at].foot if at < len(over) else foot
        out += _beside([row for row in beside if low < row.foot <= high or row.foot == low == foot], middle, apart)
        out += over[at : at + 1]
    return [*out, *below]


def _end_of_columns(pieces: Sequence[PrintRow], beside: Sequence[PrintRow]) -> float:
    """Return how low the columns reach, if notes below them are set over both: short notes lie at the left."""
    body = median(piece.size for piece in beside)
    lowest = min(piece.foot for piece in pieces)  # of a folio, or of the last row
    end = min((one.foot for one in beside if one.size > _LESS * body and one.foot > lowest + body), default=lowest)
    return end if any(one.foot < end and _lies_over(one, pieces) for one in pieces) else lowest


def _head_of_columns(pieces: Sequence[PrintRow]) -> float:
    """Return how high the columns reach, if the first row of the page stands apart from them, as running heads do."""
    top = max(pieces, key=lambda one: one.foot)
    below = [one.foot for one in pieces if one.foot < top.foot - 0.5 * top.size]
    apart = below and top.foot - max(below) > _APART * median(one.size for one in pieces)
    return max(below) if apart else top.foot


def _beside(columns: Sequence[PrintRow], middle: float, apart: float) -> list[PrintRow]:
    """Set the rows of each further column where those of the first stand, so that their indents say the same.

    The notes at the foot of each column go behind the text of all of them. ``middle``: of both columns; ``apart``: how
    far the second lies from the first.
    """
    second = [row for row in columns if row.left > middle]
    for row in second:
        row.letters = [replace(one, left=one.left - apart, right=one.right - apart) for one in row.letters]
    first = [row for row in columns if row not in second]
    ends = [_end_of_text(column) for column in (first, second)]
    return [*first[: ends[0]], *second[: ends[1]], *first[ends[0] :], *second[ends[1] :]]


def _end_of_text(column: Sequence[PrintRow]) -> int:
    """Return how many rows of a column stand above its notes, which are set smaller than the text."""
    body = median([row.size for row in column] or [0.0])
    end = len(column)
    while end and column[end - 1].size < _LESS * body:
        end -= 1
    return end


def _in_columns(pieces: Sequence[PrintRow]) -> bool:
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


def _has_gutter(long: Sequence[PrintRow], pieces: Sequence[PrintRow]) -> bool:
    """Tell whether hardly a row lies over the middle of the page, as where one column is shorter than the other."""
    return sum(_is_wide(piece, pieces) for piece in long) < 0.1 * len(long)


def _is_wide(piece: PrintRow, pieces: Sequence[PrintRow]) -> bool:
    """Tell whether a row lies over both columns, or between them, as a folio does at the head or foot."""
    return _lies_over(piece, pieces) or abs((piece.left + piece.right) / 2 - _middle(pieces)) < piece.size


def _lies_over(piece: PrintRow, pieces: Sequence[PrintRow]) -> bool:
    middle = _middle(pieces)
    return piece.left < middle - piece.size and piece.right > middle + piece.size


def _middle(pieces: Sequence[PrintRow]) -> float:
    return (min(one.left for one in pieces) + max(one.right for one in pieces)) / 2


def _lines(pages: Sequence[Sequence[PrintRow]], marks: Sequence[Entry]) -> Iterator[Line]:
    """Write the rows of all pages as lines, numbered from 1; ``marks``: the bookmarks of the file."""
    number = 0
    body = body_size(pages)
    margin = min((row.left for page in pages for row in page), default=0.0)
    pitch = Pitch(pages, body)
    block = TextBlock(pages, body, pitch)
    for place, page in enumerate(parted(pages, body, pitch)):
        above: PrintRow | None = None
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
    place: int, page: Sequence[PrintRow], texts: Sequence[str], marks: Sequence[Entry]
) -> Mapping[int, tuple[int, int]]:
    """Return the rows of a page, by place, that bookmarks name: the number of the bookmark (from 1), and its level."""
    out: dict[int, tuple[int, int]] = {}
    for number, mark in enumerate(marks, 1):
        if mark.page == place:
            for at in named_rows(mark, texts, [row.foot + row.size for row in page]):
                out.setdefault(at, (number, mark.level))
    return out


def _spacing(row: PrintRow) -> float:
    """Return how far apart the letters of a row are set, as in headings that are set wide."""
    gaps = [
        after.left - one.right
        for one, after in pairwise(row.letters)
        if not (one.sign.isspace() or after.sign.isspace()) and after.left - one.right < _COLUMN_GAP * row.size
    ]
    return max(0.0, median(gaps)) if len(gaps) > _WIDE else 0.0


def _cased(letters: Sequence[Letter]) -> Sequence[Letter]:
    """Give letters in small capitals the case that their size tells, where the file says now the one, now the other.

    A program that makes small capitals of large ones may say of each letter what it said of the first such letter.
    """
    large = max((one.size for one in letters if one.sign.isalpha()), default=0.0)
    small = [one for one in letters if one.sign.isalpha() and one.size < _SMALL_CAPITAL * large]
    sizes = {round(one.size, 1) for one in small}
    if len(sizes) != 1 or not (any(one.sign.isupper() for one in small) and any(one.sign.islower() for one in small)):
        return letters
    return [
        one
        if not one.sign.isalpha()
        else replace(one, sign=one.sign.lower() if one.size < _SMALL_CAPITAL * large else one.sign.upper())
        for one in letters
    ]


def _text(row: PrintRow, body: float) -> str:
    """Return the text of a row; figures that stand raised become raised figures, and so do letters alone."""
    foot = common([round(letter.foot, 1) for letter in row.letters if letter.size >= _RAISED * row.size])
    spacing = _spacing(row)
    blanks = any(letter.sign.isspace() for letter in row.letters)
    out = ""
    end: float | None = None
    letters = _cased(row.letters)
    high = [one.size < _RAISED * row.size and one.foot > foot + 0.1 * row.size for one in letters]
    for at, letter in enumerate(letters):
        if letter.sign.isspace():
            out += "" if out.endswith(" ") else " "
        else:
            gap = letter.left - end if end is not None else 0.0
            if gap > _COLUMN_GAP * body:
                out = out.rstrip() + " " * max(4, round(gap / (_COLUMN * body)))
            elif gap > spacing + _KERNED_GAP * row.size and not out.endswith(" "):
                kerned = not blanks and out[-1:].isalnum() and letter.sign.isalnum()
                out += " " if kerned or gap > spacing + _WORD_GAP * row.size else ""
            if high[at] and letter.sign.islower() and not any(high[at + 1 : at + 2]) and _CALLED.search(out):
                out += RAISED_SIGNS.get(letter.sign, letter.sign)
            else:
                out += letter.sign.translate(_SIGNS) if high[at] else letter.sign
        end = letter.right
    out = out.rstrip()
    if out.endswith(_BROKEN):
        out = f"{out[:-1]}-"
    elif out.endswith(_SOFT):
        out = f"{out[:-1]}\xad"
    return unicodedata.normalize("NFC", "".join(sign for sign in out if sign not in _BROKEN))

"""Heads that run in: ``**Of lamps.** The oldest are of clay``. They are parted from the paragraph that they stand in.

A head that runs in is set unlike the text, at the beginning of a paragraph, ends in a stop, and recurs with other
words; names before speeches recur with the same words, and entries of dictionaries open one paragraph after another.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.print_rows import Letter, Pitch, PrintRow, common

__all__ = ["parted"]

_ENDS = re.compile(r"[.:—–]\s*$")
_STOPS = re.compile(r"^[.:]?\s?[—–]?(?=\s|$)")  # of a head whose stop is set as the text is
_OPENS = re.compile(r"^[^\W_a-zà-öø-ÿ]|^[§(“\"«]?\s?[\dA-ZÀ-Þ]")
_CAPTION = re.compile(r"^(?:fig|pl|plate|tab|table|abb|taf|tafel|ill|map|carte)\b", re.IGNORECASE)
_LONGEST = 70  # letters of a head
_LEAST = 3  # letters of a head; fewer are a number
_REST = 8  # letters behind it on its line
_FEWEST = 3  # heads of one look; fewer are no habit
_DISTINCT = 0.7  # of them say what no other says
_IN_A_ROW = 0.5  # of them, at most, stand at the next paragraph; more are entries of a list
_ALIKE = 0.07  # of the size of the text's letters
_SMALL = 0.9  # of that size; capitals so small are small capitals
_SET_IN = 0.5  # em
_SHORT = 2.0  # em; a row that ends so far before the edge ends its paragraph
_GAP = 1.2  # times the distance of rows

_Style = tuple[str, bool, bool, bool]


@dataclass(frozen=True, slots=True)
class _Opening:
    """What opens a paragraph in another face: where, how many letters of the row, its style, its words."""

    page: int
    row: int
    count: int
    style: _Style
    words: str


def parted(pages: Sequence[Sequence[PrintRow]], body: float, pitch: Pitch) -> list[list[PrintRow]]:
    """Return the rows of the pages, the heads that run in as rows of their own before the rest of theirs.

    Args:
        pages: the rows of each page, in the order of reading.
        body: the size of the text's letters, in points.
        pitch: how far apart rows stand.

    """
    text = [row for page in pages for row in page if abs(row.size - body) < _ALIKE * body]
    if not text:
        return [list(page) for page in pages]
    faces = Counter(_style(letter, body) for row in text for letter in row.inked)
    usual = faces.most_common(1)[0][0]
    heads = {(one.page, one.row): one.count for one in _heads(list(_openings(pages, body, pitch, usual)))}
    return [
        [part for at, row in enumerate(rows) for part in _cut(row, heads.get((page, at), 0))]
        for page, rows in enumerate(pages)
    ]


def _cut(row: PrintRow, count: int) -> Iterator[PrintRow]:
    if not count:
        yield row
        return
    head = PrintRow(row.letters[:count], row.foot, row.size, runs_in=True)
    yield head
    yield PrintRow(row.letters[count:], row.foot, row.size, head=head)


def _heads(paragraphs: Sequence[_Opening | None]) -> Iterator[_Opening]:
    """Yield the openings that are heads. ``paragraphs``: for each its opening, or None."""
    of: dict[_Style, list[_Opening]] = {}
    next_to: Counter[_Style] = Counter()
    for one, after in pairwise([*paragraphs, None]):
        if one is not None:
            of.setdefault(one.style, []).append(one)
            next_to[one.style] += after is not None and after.style == one.style
    for style, openings in of.items():
        says = Counter(_letters(one.words) for one in openings)
        distinct = sum(times == 1 for times in says.values())
        few = len(openings) < _FEWEST or distinct < _DISTINCT * len(openings)
        if not few and next_to[style] <= _IN_A_ROW * len(openings):
            yield from (one for one in openings if says[_letters(one.words)] == 1)


def _openings(
    pages: Sequence[Sequence[PrintRow]], body: float, pitch: Pitch, usual: _Style
) -> Iterator[_Opening | None]:
    """Yield for each paragraph of the text what opens it in another face; None: nothing does."""
    for number, page in enumerate(pages):
        rows = [row for row in page if abs(row.size - body) < _ALIKE * body]
        left = common([round(row.left) for row in rows])
        right = max((row.right for row in rows), default=0.0)
        for at, row in enumerate(page):
            if abs(row.size - body) >= _ALIKE * body:
                continue
            above = page[at - 1] if at else None
            begins = (
                above is None
                or row.left - left > _SET_IN * body
                or above.right < right - _SHORT * body
                or pitch.between(above, row) > _GAP
            )
            if begins:
                yield _opening(number, at, row, body, usual)


def _opening(page: int, at: int, row: PrintRow, body: float, usual: _Style) -> _Opening | None:
    letters = row.letters
    first = next((letter for letter in letters if not letter.sign.isspace()), None)
    if first is None or (style := _style(first, body)) == usual:
        return None
    count = next(
        (n for n, one in enumerate(letters) if not one.sign.isspace() and _style(one, body) == usual), len(letters)
    )
    words = "".join(letter.sign for letter in letters[:count])
    rest = "".join(letter.sign for letter in letters[count:])
    if not _ENDS.search(words) and (stops := _STOPS.match(rest)) is not None:
        words, rest, count = words + stops[0], rest[stops.end() :], count + stops.end()
    said = _letters(words)
    if not (_ENDS.search(words) and _OPENS.match(words.strip()) and _LEAST <= len(said) <= _LONGEST):
        return None
    if _CAPTION.match(words.strip()) or len(_letters(rest)) < _REST or not _OPENS.match(rest.strip()):
        return None
    return _Opening(page, at, count, style, words.strip())


def _style(letter: Letter, body: float) -> _Style:
    face = letter.face
    small = face.small_capitals or (letter.sign.isupper() and letter.size < _SMALL * body)
    return face.family, face.bold, face.slanted, small


def _letters(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalpha())

"""Measure: how wide a row of print is, and how wide the page's text.

In a book face an ``m`` is three times as wide as an ``l``, so letters counted are no width. The widths of a common
book face (Times: Adobe's public metrics, rounded) tell rows that were full from rows that ended early, in any serif
face; where all letters are equally wide (a typewriter), counting tells it better, and is chosen.
"""

from __future__ import annotations

import statistics
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from pipeline.kinds.pages.leaves import Row

__all__ = ["Measure"]

_WIDTHS = {
    250: " .,",
    278: ":;ijlt/'’‘|",
    333: "f()-‐[]rI!`J",
    389: "s",
    420: '"“”?*',
    444: "aceza",
    500: "bdghknopquvxy0123456789_–$§†‡",
    556: "FPS",
    611: "ELTZ",
    667: "BCR",
    722: "ADGHKNOQUVXYw",
    778: "m&",
    889: "M",
    944: "W",
    1000: "—…%@",
}
_WIDTH = {letter: width / 1000 for width, letters in _WIDTHS.items() for letter in letters}
_CLEARLY = 0.7  # of the spread in a book face; rows of a typewriter end within a word of each other
_WIDEST = 0.97  # of the rows are no wider; what is beyond has two rows on one line
_ALMOST = 0.95  # of the widest rows; a full row is as wide at least
_COLUMN = 0.42  # em; a column of spaces, which stands for a letter of middling width


def _book(text: str) -> float:
    """Return the width of a text in a book face, in em."""
    width = 0.0
    for letter in text:
        known = _WIDTH.get(letter)
        if known is None:
            plain = unicodedata.normalize("NFKD", letter)[0]
            known = _WIDTH.get(plain, 0.0 if letter == "\xad" else 0.68 if letter.isupper() else 0.5)
        width += known
    return width


def _typewriter(text: str) -> float:
    return _COLUMN * len(text.replace("\xad", ""))


class Measure:
    """The widths of a text.

    Args:
        rows: the rows of running text.

    Attributes:
        full: the width of a full row.

    """

    def __init__(self, rows: Sequence[Row]) -> None:
        went_on = [one for one, after in pairwise(rows) if after.words[:1].islower()]
        sample = went_on if len(went_on) >= 5 else list(rows)
        long = sorted(sample, key=lambda row: len(row.words))[len(sample) // 4 :]
        faces = {of: [of(row.words) for row in long] for of in (_book, _typewriter)}
        typed = len(long) > 2 and _spread(faces[_typewriter]) < _CLEARLY * _spread(faces[_book])
        self._of = _typewriter if typed else _book
        widths = sorted(self._of(row.words) for row in rows) or [1.0]
        most = _ALMOST * widths[int(_WIDEST * (len(widths) - 1))]  # where hardly a row goes on, as in verse
        self.full = max(statistics.median(faces[self._of]) if long else 0.0, most) or 1.0

    def share(self, text: str) -> float:
        """Return the width of ``text`` as a share of a full row."""
        return self._of(text.strip()) / self.full

    def columns(self, count: int) -> float:
        """Return the width of ``count`` blank columns as a share of a full row."""
        return _COLUMN * count / self.full


def _spread(widths: Sequence[float]) -> float:
    return statistics.pstdev(widths) / (statistics.fmean(widths) or 1.0)

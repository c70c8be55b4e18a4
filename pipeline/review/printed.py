"""Pages of the PDF, or of a preview, that was made last: which of them a paragraph stands on, and how it looks."""

from __future__ import annotations

import io
import re
import threading
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from pathlib import Path

import pypdfium2

from pipeline.review.stretch import Stretch

_LONG, _SHORT = 40, 16
"""Letters by which a paragraph is found; the shorter ones where a page ends among the longer."""

_SCALE = 1.6  # pixels a point
_PDFIUM = threading.Lock()  # its functions are not to be called by two threads at once


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page, from 1, of the book or of a preview (``of``: “page” or “preview”)."""

    of: str
    number: int

    @property
    def name(self) -> str:
        """What a person calls it."""
        return f"page {self.number}" if self.of == "page" else f"preview, page {self.number}"


def running(some: Iterable[Stretch]) -> Iterator[tuple[Stretch, str]]:
    """Yield the stretches that a page can be found by, with their words."""
    for one in some:
        if one.piece is None or one.rows[0].out or one.piece.what.startswith("heading"):
            continue  # a heading stands in the contents, too
        if one.piece.what == "note of a source":
            continue  # what is printed is written by its style
        text = one.piece.text
        yield one, re.sub(r"^\S{1,4}[.)] ", "", text) if one.piece.what == "item" else text


class Printed:
    """A PDF, and the letters of all its pages in one row."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with _PDFIUM:
            book = pypdfium2.PdfDocument(path)
            try:
                pages = [_letters(page.get_textpage().get_text_bounded()) for page in book]
            finally:
                book.close()
        self.pages = len(pages)
        self._letters = "".join(pages)
        self._starts = list(accumulate(map(len, pages), initial=0))

    @classmethod
    def of(cls, path: Path, made: int) -> Printed:
        """Return the PDF at ``path`` as it was ``made`` (a time in nanoseconds); it is opened once."""
        return _opened(path, made)

    def pages_of(self, some: Iterable[Stretch]) -> dict[int, int]:
        """Return the pages on which stretches of running text begin, by the first line of each."""
        found: dict[int, int] = {}
        after = 0
        for one, text in running(some):
            number, after = self.page_of(text, after)
            found |= {one.rows[0].number: number} if number else {}
        return found

    def page_of(self, text: str, after: int = 0) -> tuple[int, int]:
        """Return the page, from 1, on which a paragraph begins, and the place to look from for the next one.

        Page 0 means that it was not found; ``after`` is what the search for the paragraph before has returned.
        """
        letters = _letters(text[: 3 * _LONG])
        for length in (_LONG, _SHORT):
            wanted = letters[:length]
            if len(wanted) >= min(length, 8):
                place = self._letters.find(wanted, after)
                if place >= 0:
                    return bisect_right(self._starts, place), place
        return 0, after

    def picture(self, number: int) -> bytes:
        """Return page ``number``, from 1, as a PNG."""
        out = io.BytesIO()
        with _PDFIUM:
            book = pypdfium2.PdfDocument(self.path)
            try:
                book[number - 1].render(scale=_SCALE).to_pil().save(out, "PNG")
            finally:
                book.close()
        return out.getvalue()


@lru_cache(maxsize=2)
def _opened(path: Path, _made: int) -> Printed:
    return Printed(path)


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())

"""Leaves: the rows of the pages that a text was taken off, and where each page begins.

A page begins at a form feed; or below a line that says so (``--- page 12 ---``); or, in a text that has neither,
beside a folio: a number alone on its line that counts up from one to the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.model import Line, Look

__all__ = ["Row", "folio", "leaves", "page_label"]

FEED = "\f"
_LABEL = re.compile(
    r"^\W*(?:page|pg|p\.|seite|s\.|página|pág\.?|pagina|стр\.?|страница)\s*(?P<page>\d{1,4}|[ivxlc]{1,7})"
    r"(?P<of>\s*(?:of|/|von|de|sur|di|van|av|из|z)\s*\d{1,4})?\W*$",
    re.IGNORECASE,
)
_DRAWN = re.compile(r"^\s*[-=_*~#<\[(|]")
_FOLIO = re.compile(r"^[\W_]{0,3}(?P<page>\d{1,4}|[ivxlcIVXLC]{1,7})[\W_]{0,3}$")
_CHAIN = 4  # folios that follow one another; fewer are no folios
_LEAP = 3  # pages; more do not stay without a folio in a row
_APART = 12  # rows; a page of print is not shorter


@dataclass(frozen=True, slots=True)
class Row:
    """A row of print: its line, its text (tabs as spaces), the page it stands on, counted from 0.

    ``blanks``: blank lines above it on its page; ``look``: what the page tells of it, where it is known.
    """

    number: int
    text: str
    page: int
    blanks: int
    look: Look | None = None

    @property
    def size(self) -> float:
        """The size of its letters, in points (0: not known)."""
        return self.look.size if self.look else 0.0

    @property
    def indent(self) -> int:
        """The columns before its first letter."""
        return len(self.text) - len(self.text.lstrip())

    @property
    def words(self) -> str:
        """Its text, without the columns before it."""
        return self.text.strip()


def page_label(text: str) -> str:
    """Return the page that a line names as a maker of texts writes it ("--- page 3 ---", "Page 3 of 9"), or nothing."""
    found = _LABEL.match(text) if len(text) < 60 else None
    return found["page"] if found and (found["of"] or _DRAWN.match(text)) else ""


def folio(text: str) -> str:
    """Return the number of a line that has nothing but one, or nothing."""
    found = _FOLIO.match(text.strip())
    return found["page"] if found else ""


def leaves(lines: Sequence[Line]) -> tuple[tuple[Row, ...], ...]:
    """Cut a text into pages: for each its rows, in order; labels of pages are rows too. One page: nothing cuts it."""
    starts = _starts(lines)
    pages: list[list[Row]] = [[]]
    blanks = 0
    for line in lines:
        if line.number in starts:
            feeds = len(line.text) - len(line.text.lstrip(FEED))
            pages += ([] for _ in range(max(1, feeds)))  # a page may be blank
            blanks = 0
        if line.blank:
            blanks += 1
            continue
        text = line.text.replace(FEED, "").expandtabs().rstrip()
        pages[-1].append(Row(line.number, text, len(pages) - 1, blanks, line.look))
        blanks = 0
    return tuple(tuple(page) for page in pages)


def _starts(lines: Sequence[Line]) -> set[int]:
    """Return the lines at which a page begins, but the first."""
    fed = {line.number for line in lines[1:] if line.text.startswith(FEED)}
    if fed:
        return fed
    full = [line for line in lines if not line.blank]
    named = [at for at, line in enumerate(full) if page_label(line.text)]
    if len(named) >= _CHAIN - 1:
        foot = named[0] > _APART and page_label(full[named[0]].text) == "1"
        return {full[at + foot].number for at in named if at + foot < len(full)}
    return set(_at_folios(lines))


def _at_folios(lines: Sequence[Line]) -> Iterator[int]:
    """Find the pages of a text by lone folios that count up."""
    full = [line for line in lines if not line.blank]
    numbers = [(at, int(found)) for at, line in enumerate(full) if (found := folio(line.text)).isdigit()]
    chain: list[tuple[int, int]] = []
    for at, value in numbers:
        if chain and not (0 < value - chain[-1][1] <= _LEAP and at - chain[-1][0] >= _APART):
            if len(chain) >= _CHAIN:
                break
            chain = []
        chain.append((at, value))
    if len(chain) < _CHAIN:
        return
    places = [at for at, _ in chain]
    above = [full[at].number - full[at - 1].number for at in places if at]
    below = [full[at + 1].number - full[at].number for at in places if at + 1 < len(full)]
    foot = sum(above) > sum(below) or (sum(above) == sum(below) and places[0] > _APART)
    for at in places:
        if foot and at + 1 < len(full):
            yield full[at + 1].number
        elif not foot and at:
            yield full[at].number

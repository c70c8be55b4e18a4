"""Contents: the list of chapters with their pages, which the typesetter makes anew.

An entry ends in a page, behind leaders or a gap, or with the page on a row of its own; the pages of a list rise. A
single row of that form is no list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.kinds.pages.leaves import Row, folio
from pipeline.parts import CONTENTS

__all__ = ["contents", "entries"]

_LED = re.compile(r"(?:[.·…_]\s?){3,}\s*(?P<page>\d{1,4}|[ivxlc]{1,7})$")
_APART = re.compile(r"\S(?:\s{3,}|\t)(?P<page>\d{1,4}|[ivxlc]{1,7})$")
_ANY = re.compile(r"\S[\s.,]+(?P<page>\d{1,4}|[ivxlc]{1,7})$")
_FEWEST = 3  # entries; fewer are no list
_FRONT = 0.2  # of the rows; a list of contents stands in front, or at the very back
_LONGEST = 3  # rows of one entry


def contents(rows: Sequence[Row]) -> set[int]:
    """Return the lines of the lists of contents among the rows of a text, their titles too."""
    out: set[int] = set()
    titles = [at for at, row in enumerate(rows) if _names(row.words)]
    for at in titles:
        entries = list(_entries(rows, at + 1, titled=True))
        if len(entries) >= _FEWEST:
            out.update(row.number for row in rows[at : entries[-1] + 1])
    at = 0
    while at < _FRONT * len(rows):
        entries = list(_entries(rows, at, titled=False))
        if len(entries) >= _FEWEST and rows[at].number not in out:
            out.update(row.number for row in rows[at : entries[-1] + 1])
        at = entries[-1] + 1 if entries else at + 1
    return out


def entries(rows: Sequence[Row]) -> Iterator[str]:
    """Yield what the entries of a list say, without leaders and pages: the headings that stand in the book.

    Args:
        rows: those of lists of contents, as :func:`contents` finds them.

    """
    words = ""
    for row in rows:
        if _names(row.words):
            words = ""
            continue
        found = _LED.search(row.words) or _APART.search(row.words) or _ANY.search(row.words)
        alone = bool(folio(row.words))
        words += "" if alone else f" {row.words[: found.start('page')] if found else row.words}"
        if (found or alone) and words.strip():
            yield words.strip(" .·…_")
            words = ""


def _names(text: str) -> bool:
    """Tell whether a row names a list of contents; an index is none, though in Romance languages it has that name."""
    plain = text.rstrip(".:").casefold()
    return plain != "index" and bool(CONTENTS.match(plain))


def _entries(rows: Sequence[Row], start: int, *, titled: bool) -> Iterator[int]:
    """Return the places of the rows that end the entries of a list which begins at ``start``."""
    last, since = -1, 0
    for at in range(start, len(rows)):
        page = _page(rows[at].words, titled=titled)
        if page >= 0 and page >= last:
            last, since = page, 0
            yield at
        else:
            since += 1
            if since >= _LONGEST or (page >= 0 and page < last) or (not titled and at == start):
                return


def _page(text: str, *, titled: bool) -> int:
    """Return the page in which an entry ends, Roman numbers as 0; -1: it ends in none."""
    found = _LED.search(text) or _APART.search(text) or (_ANY.search(text) if titled and len(text) < 80 else None)
    number = found["page"] if found else folio(text) if titled else ""
    return -1 if not number else int(number) if number.isdigit() else 0

"""Front: the title page of a printed book, and the page behind it with what printers and lawyers say.

The first page of print is the title page if it is as bare as title pages are, and something says so: the running heads
of the pages below have its words, it announces whose work the book is, it ends in a year, or its first words are the
largest of the book. Half-titles may stand before it, the page of the imprint behind it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from statistics import median

from pipeline.kinds.pages.heads import key
from pipeline.kinds.pages.leaves import Row
from pipeline.kinds.pages.measure import Measure
from pipeline.parts import BY, CONTENTS, RIGHTS

__all__ = ["front"]

_FIRST = 3  # pages; a title page is one of them
_MOST = 16  # rows of a title page
_BARE = 0.6  # of the rows of a page; a title page has fewer
_HALF = 3  # rows of a half-title
_BEHIND = 2  # pages behind a title page that may hold the imprint
_LARGE = 1.3  # times the size of the text's letters
_FULL = 0.85  # of a row; several such are a text
_SAYS = 3  # letters; shorter words are in every head
_YEAR = re.compile(r"\W*(?:1[5-9]|20)\d\d\W*$|^MD?C{0,4}[DCLXVI. ]{2,14}$")


def front(pages: Sequence[Sequence[Row]], heads: Collection[str], measure: Measure, body: float) -> Mapping[int, bool]:
    """Return the lines of the title page and of the imprint behind it; whether each is of the title.

    Args:
        pages: the rows of each page, without its furniture.
        heads: what the running heads say, as keys.
        measure: how wide a full row is.
        body: the size of the text's letters in points; 0 where sizes are not known.

    """
    full = [page for page in pages if page]
    if len(full) <= _FIRST:
        return {}
    usual = median(len(page) for page in full)
    for at, page in enumerate(full[:_FIRST]):
        if not _is_bare(page, usual, measure):
            return {}
        title = _title(page, heads)
        if not _is_title_page(page, title, heads, body, after=full[at + 1]):
            if len(page) > _HALF:
                return {}
            continue
        words = {key(row.words) for row in page} | {key(" ".join(row.words for row in title))}
        if any(key(" ".join(row.words for row in half)) not in words for half in full[:at]):
            return {}
        named = {row.number for row in title}
        out = {row.number: row.number in named for row in page}
        before = {row.number: False for half in full[:at] for row in half}
        behind = {row.number: False for row in _imprint(full[at + 1 : at + 1 + _BEHIND], usual)}
        return before | out | behind
    return {}


def _is_bare(page: Sequence[Row], usual: float, measure: Measure) -> bool:
    """Tell whether a page has few rows and no text that runs on."""
    runs_on = sum(measure.share(row.words) > _FULL and after.words[:1].islower() for row, after in pairwise(page))
    return len(page) <= min(_MOST, max(_HALF, _BARE * usual)) and runs_on < 2 and not CONTENTS.match(page[0].words)


def _is_title_page(
    page: Sequence[Row], title: Sequence[Row], heads: Collection[str], body: float, *, after: Sequence[Row]
) -> bool:
    words = key(" ".join(row.words for row in title))
    named = len(words) > _SAYS and (words in heads or any(head.startswith(words) for head in heads))
    by = any(_announces(row.words) for row in page[len(title) :])
    dated = bool(_YEAR.search(page[-1].words)) and len(page) > 2
    large = bool(body) and page[0].size > _LARGE * body and page[0].size == max(row.size for row in page)
    return named + by + dated + large + (sum(bool(RIGHTS.match(row.words)) for row in after) > 1) > (len(page) < _HALF)


def _announces(text: str) -> bool:
    """Tell whether a row says "by", alone or before names."""
    found = BY.match(text)
    return found is not None and (found.end() == len(text) or text[found.end() :].lstrip()[:1].isupper())


def _title(page: Sequence[Row], heads: Collection[str]) -> Sequence[Row]:
    """Return the rows of the title: as the running heads say it, else those set as the first one is."""
    for count in range(len(page), 0, -1):
        if key(" ".join(row.words for row in page[:count])) in heads:
            return page[:count]
    count = 1
    while count < len(page) and not page[count].blanks and not _announces(page[count].words):
        if page[0].size and abs(page[count].size - page[0].size) > 0.5:
            break
        count += 1
    return page[:count]


def _imprint(pages: Sequence[Sequence[Row]], usual: float) -> Iterator[Row]:
    """Yield the rows of the pages behind the title page on which printers and lawyers speak."""
    for page in pages:
        speak = sum(bool(RIGHTS.match(row.words)) for row in page)
        if len(page) > usual or speak < min(2, len(page)):
            return
        yield from page

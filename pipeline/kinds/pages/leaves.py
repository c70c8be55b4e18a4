"""Leaves: the rows of the pages that a text was taken off, and where each page begins.

A page begins at a form feed; or below a line that says so (``--- page 12 ---``); or, in a text that has neither,
beside a folio: a number alone on its line that counts up from one to the next, or beside a running head that recurs; or
below a run of blank lines, where such runs tear sentences.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.model import Line, Look
from pipeline.parts import NAMED

__all__ = ["Row", "folio", "leaves", "number_of", "page_label"]

FEED = "\f"
_LABEL = re.compile(
    r"^\W*(?:page|pg|p\.|seite|s\.|página|pág\.?|pagina|стр\.?|страница)\s*(?P<page>\d{1,4}|[ivxlc]{1,7})"
    r"(?P<of>\s*(?:of|/|von|de|sur|di|van|av|из|z)\s*\d{1,4})?\W*$",
    re.IGNORECASE,
)
_DRAWN = re.compile(r"^\s*[-=_*~#<\[(|]")
_FOLIO = re.compile(r"^[\W_]{0,3}(?P<page>\d{1,4}|\d(?: \d){1,3}|[ivxlcIVXLC]{1,7})[\W_]{0,3}$")
_GAP = re.compile(r"\S(?:\s{2,}|\s*[|·•—–]\s*)\S")
_HEAD = re.compile(  # a running head and its folio
    r"^\s*\W?(?P<left>\d{1,4}|[ivxlc]{1,7})\]?(?:\s+|\s*[|·•—–]\s+)(?P<words>\S.{2,60}?)\s*$"
    r"|^\s*(?P<said>\S.{2,60}?)(?:\s+|\s+[|·•—–]\s*)\[?(?P<right>\d{1,4}|[ivxlc]{1,7})\W?\s*$"
)
_EDGED = re.compile(r"\s*\W?[\divxlc]|.*[\divxlc]\W?\s*$")  # each running head begins or ends so with its folio
_CHAIN = 4  # folios that follow one another; fewer are no folios
_LEAP = 3  # pages; more do not stay without a folio in a row
_APART = 12  # rows; a page of print is not shorter
_NUMERAL = re.compile(r"\b[IVXLC]+\b")
_LONGEST = 160  # columns of a running head with its folio
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_LONG = 2.5  # times as many of one mark of pages as of another; then the other stands on some pages only
_FEWEST = 2  # pages that say so; one alone is an accident
_WIDE_GAP = 2  # blank lines
_OFTEN = 0.3  # of the pages break off inside a sentence
_LEFT, _RIGHT = "left", "right"
_ENDED = re.compile(r"[.!?:;…][\"'”’»)\]]*$")


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
    return found["page"].replace(" ", "") if found else ""


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
        folios = set(_at_heads(lines))
        return fed | folios if len(folios) > _LONG * len(fed) else fed  # a few form feeds, and many folios between them
    full = [line for line in lines if not line.blank]
    named = [at for at, line in enumerate(full) if page_label(line.text)]
    if len(named) >= _CHAIN - 1:
        foot = named[0] > _APART and page_label(full[named[0]].text) == "1"
        return {full[at + foot].number for at in named if at + foot < len(full)}
    folios = set(_at_folios(lines)) or set(_at_heads(lines))
    gaps = _at_gaps(lines)
    return gaps if len(gaps) > _LONG * len(folios) else folios


def _at_gaps(lines: Sequence[Line]) -> set[int]:
    """Find the pages of a text by runs of blank lines, if so wide ones tear sentences again and again."""
    gaps: list[tuple[int, int, bool]] = []  # the line below, how many are blank, whether a sentence goes on
    full = [line for line in lines if not line.blank]
    for above, below in pairwise(full):
        wide = below.number - above.number - 1
        if wide >= _WIDE_GAP:
            torn = not _ENDED.search(above.text.rstrip()) and below.text.strip()[:1].islower()
            gaps.append((below.number, wide, torn))
    best: set[int] = set()
    most = _FEWEST
    for least in sorted({wide for _, wide, _ in gaps}):
        found = [gap for gap in gaps if gap[1] >= least]
        times = sum(gap[2] for gap in found)
        if len(found) >= _CHAIN and times >= _OFTEN * len(found) and times > most:
            best, most = {number for number, _, _ in found}, times
    return best


def _at_heads(lines: Sequence[Line]) -> Iterator[int]:
    """Find the pages of a text by folios that count up, alone or beside running heads that recur.

    Front matter may count for itself. Sentences run on from page to page, or folios stand at the outer edges of left
    and right pages; numbers that do neither are those of the parts of a text.
    """
    full = [line for line in lines if not line.blank]
    found = [_head(line.text) for line in full]
    words = Counter(words for number, words, _ in found if number and words)
    stretches = [(0, len(full))]
    while stretches:
        start, end = stretches.pop()
        chain = _chain([(at, *found[at][:2]) for at in range(start, end) if found[at][0]], words)
        ends = [(full[at - 1].text.rstrip(), full[at + 1].text.strip()) for at in chain if 0 < at < len(full) - 1]
        torn = sum(not _ENDED.search(above) and below[:1].islower() for above, below in ends)
        sides = Counter(found[at][2] for at in chain)
        if len(chain) < _CHAIN or max(torn, min(sides[_LEFT], sides[_RIGHT])) < _FEWEST:
            continue
        for at in chain:
            foot = not found[at][1] and full[at].number - full[at - 1].number > 1
            if at + foot < len(full):
                yield full[at + foot].number
        stretches += [(start, chain[0]), (chain[-1] + 1, end)]


def _chain(folios: Sequence[tuple[int, int, str]], words: Counter[str]) -> tuple[int, ...]:
    """Return the longest chain of folios that count up, by place; ``words``: how often each head stands there."""
    best: dict[int, tuple[int, ...]] = {}  # the longest way to a folio, by its number
    longest: tuple[int, ...] = ()
    for at, number, said in folios:
        if said and words[said] < _FEWEST:
            continue
        ways = [best[before] for before in range(number - _LEAP, number) if before in best]
        way = (*max((way for way in ways if at - way[-1] >= _APART), key=len, default=()), at)
        if len(way) >= len(best.get(number, ())):
            best[number] = way
        longest = max(longest, way, key=len)
    return longest


def _head(text: str) -> tuple[int, str, str]:
    """Return the folio of a row (0: none), the letters of the running head beside it, and on which side it stands."""
    label = _LABEL.match(text) if len(text) < _LONGEST else None
    if alone := label["page"] if label else folio(text):
        return number_of(alone), "", ""
    if len(text) >= _LONGEST or not _EDGED.match(text) or not (text.isupper() or _GAP.search(text.strip())):
        return 0, "", ""
    head = _HEAD.match(text)
    if head is None:
        return 0, "", ""
    said = head["words"] or head["said"]
    letters = "".join(letter for letter in _NUMERAL.sub("", said).casefold() if letter.isalpha())
    if not letters or (NAMED.match(text.strip()) and not NAMED.match(said)):  # "Chapter  12" is no page
        return 0, "", ""
    return number_of(head["left"] or head["right"]), letters, _LEFT if head["left"] else _RIGHT


def number_of(numeral: str) -> int:
    """Return the value of a number in figures or in Roman numerals."""
    if numeral.isdigit():
        return int(numeral)
    values = [_ROMAN.get(letter, 0) for letter in numeral.lower()]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))


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

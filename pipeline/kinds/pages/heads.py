"""Heads: what the printer put around the text of each page: running heads, folios, signatures.

A row is taken out only where two kinds of evidence speak: it stands at the edge of its page, and besides its words
stand at the edges of other pages too, or its number counts up with the pages, or its words are those of a heading
above. Where a chapter's heading opens a page it stands where running heads stand; it is told by its place (a running
head keeps to the form of the others) and by being the first to say its words.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from statistics import median

from pipeline.kinds.pages.contents import contents
from pipeline.kinds.pages.leaves import Row, folio, number_of, page_label
from pipeline.words import words_of

__all__ = ["WHY", "furniture", "key"]

WHY = {
    "folio": "A number alone at the edge of its page that counts up with the pages; a page mark takes its place.",
    "running-head-folio": "At the edge of its page, beside a number that counts up with the pages: a running head.",
    "running-head-again": "The same words stand at the edge of page after page: a running head.",
    "running-head-echo": "At the edge of its page, it says again the heading above: a running head.",
    "running-head-alike": "At the head of its page, set as the running heads of others, and smaller than the text.",
    "running-head-artifact": "At the edge of its page, and in none of the elements that the file has for its text.",
    "page-label": "The line says where a page of the source begins; a page mark takes its place.",
    "sheet-signature": "The printer's mark at the foot of the first page of each sheet.",
}
_WITH_FOLIO = re.compile(
    r"^\W*(?P<left>\d{1,4})(?:\W*\s)\W*(?P<words>\S.*?)\s*$|^\W*(?P<said>\S.*?)\W*\s\W*(?P<right>\d{1,4})\W*$"
    r"|^\W*(?P<lower>[ivxlc]{1,7})\s\s+(?P<these>\S.*?)\s*$|^\W*(?P<those>\S.*?)\s\s+(?P<low>[ivxlc]{1,7})\W*$"
)
_ENDS_IN_FOLIO = re.compile(r"\s(?P<page>\d{1,4})\W*$")
_SIGNATURE = re.compile(r"^(?:[A-Z]{1,2}\s?\d?|\d{1,2}\s?[A-Z*]|Vol\. [IVX]+\.?\s+[A-Z])$")
_TOP = 3  # rows at the head of a page among which its running head stands
_FOOT = 2
_NUMBERED = re.compile(r"\d+\.? \S")  # as sections are; a folio stands apart
_OFTEN = 3  # pages; words that stand at so many edges are no accident
_TWICE = 2  # pages; enough beside a folio
_SAME = 0.82  # share of letters; a machine that reads print misreads one in five at most
_READ = 6  # letters; a shorter word with a letter misread is another word
_WIDE = 0.85  # of the letters of most rows; such a row is full
_LONGEST = 160  # letters of a running head
_MOST = 12  # words of one; what has more is of the text, be it a notice on every page, and the proof would miss it
_PIECE = 5  # words, of which the first has a small letter: so much of a sentence is no running head
_NEARLY = 0.8  # of the pages
_TITLED = 3  # pages from the start; a running head that begins there may be the title of the book
_LARGE = 1.15  # times the size of the text's letters: of a heading; nobody sets running heads larger than the text
_SMALL = 0.93  # times that size; no heading is set smaller than the text
_SENTENCE = re.compile(r"[^\W\d_A-ZÀ-Þ]{2}[.!?]$")
_NOTE = re.compile(r"[\[(*∗†‡§¶‖¹²³⁰⁴-⁹]|\d{1,3}[.)]?\s?[^\W\d]")
_FOOTNOTE = re.compile(r"\d{1,3} \S.*\s[^\W\d_A-ZÀ-Þ]{2,}.*[.!?][\"'”’»)]*$")  # no running foot is a sentence
_NUMERAL = re.compile(r"\b(?:\d+|[IVXLC]+|[ivxlc]{2,})\b")


@dataclass(frozen=True, slots=True)
class _Edge:
    """A row at the edge of its page: its words without the folio, and how it stands there."""

    row: Row
    top: bool
    place: int
    words: str
    number: int  # 0: none
    form: tuple[bool, bool, bool, int]


def key(text: str) -> str:
    """Return the letters of a text, by which words are the same."""
    return "".join(letter for letter in text.casefold() if letter.isalpha())


def furniture(pages: Sequence[Sequence[Row]]) -> dict[int, str]:
    """Find what is no part of the text: lines, each with the rule (a key of ``WHY``) that says so."""
    out = {row.number: "page-label" for page in pages for row in page if page_label(row.text)}
    if len(pages) < 2:
        return out
    body = median([row.size for page in pages for row in page if row.size] or [0.0])
    edges = [
        edge
        for page in pages
        for edge in _edges([row for row in page if row.number not in out])
        if not body or edge.row.size < _LARGE * body or (edge.place == 0 and folio(edge.row.words))
    ]
    offsets = _offsets(edges)
    counted = _one_a_page([e for e in edges if e.number and _place(e) in offsets[e.row.page]])
    out |= {e.row.number: "folio" for e in edges if e.row.number in counted and folio(e.row.words)}
    out |= {e.row.number: "folio" for e in edges if _is_of_front(e)}
    out |= _signatures(edges)
    out |= dict(_running(pages, edges, counted, out, _SMALL * body))
    return out | dict(_set_alike(pages, out, _SMALL * body))


def _edges(page: Sequence[Row]) -> Iterator[_Edge]:
    """Return the rows at the head and at the foot of a page."""
    for place, row in enumerate(page):
        foot = len(page) - 1 - place
        if (place >= _TOP and foot >= _FOOT) or len(" ".join(row.words.split())) > _LONGEST + 10:
            continue
        words, number = _parted(row.words, row.page)
        beside = [page[n] for n in (place - 1, place + 1) if 0 <= n < len(page)]
        after = page[place + 1].blanks > 0 if foot else True
        lone = next((1 + (one.number > row.number) for one in beside if folio(one.text)), 0)
        yield _Edge(row, place < _TOP, min(place, foot), words, number, (place < _TOP, bool(number), after, lone))


def _parted(text: str, page: int) -> tuple[str, int]:
    """Part the words of a running head from the folio that stands beside them; a Roman number is both.

    Of two numbers, as where a head says the year, the one nearer to the place of the page, from 0, is its folio.
    """
    if alone := folio(text):
        return ("" if alone.isdigit() else text), number_of(alone)
    found = _WITH_FOLIO.match(text)
    if found is None:
        return text, 0
    words = found["words"] or found["said"] or found["these"] or found["those"]
    number = number_of(found["left"] or found["right"] or found["lower"] or found["low"])
    other = _ENDS_IN_FOLIO.search(words) if found["left"] else None
    if other and abs(number_of(other["page"]) - page) < abs(number - page):
        return text[: -len(other[0])].strip(), number_of(other["page"])
    return words, number


def _place(edge: _Edge) -> tuple[bool, int]:
    """Say whether a folio is a figure, and by how much it is ahead of the place of its page."""
    return any(letter.isdigit() for letter in edge.row.words), edge.number - edge.row.page


def _one_a_page(edges: Sequence[_Edge]) -> set[int]:
    """Return the lines of the folios, one for each page: figures before Roman numbers, those of most pages first.

    The numbers of notes may count up with the pages for a while; of what counts as long, the outermost is the folio.
    """
    best: dict[int, _Edge] = {}
    often = Counter(place for place, _ in {(_place(edge), edge.row.page) for edge in edges})
    for edge in sorted(edges, key=lambda e: (not _place(e)[0], -often[_place(e)], e.place, bool(e.words))):
        best.setdefault(edge.row.page, edge)
    return {edge.row.number for edge in best.values()}


def _offsets(edges: Sequence[_Edge]) -> Mapping[int, set[tuple[bool, int]]]:
    """Say for each page by how much its folio may be ahead of its place: as on three pages near it at least."""
    pages: dict[tuple[bool, int], set[int]] = defaultdict(set)
    for edge in edges:
        if edge.number and (edge.top or not _FOOTNOTE.match(edge.row.words)):
            pages[_place(edge)].add(edge.row.page)
    out: dict[int, set[tuple[bool, int]]] = defaultdict(set)
    last = max((edge.row.page for edge in edges), default=0)
    alone = {edge.row.page for edge in edges if folio(edge.row.words) and edge.place == 0}
    fewest = _TWICE if len(alone) > _NEARLY * last else _OFTEN  # where pages have their folio alone, two count
    for offset, on in pages.items():
        if len(on) >= min(fewest, max(2, last)):
            for page in range(max(0, min(on) - 2), max(on) + 3):
                out[page].add(offset)
    return out


def _is_of_front(edge: _Edge) -> bool:
    """Tell whether a number alone at the foot of a page is the small Roman one that the place of the page has.

    Front matter may have so few pages that its folios do not count up.
    """
    alone = not edge.top and edge.place == 0 and folio(edge.row.words)
    return bool(alone) and edge.row.words.islower() and 0 <= edge.number - edge.row.page <= 1


def _signatures(edges: Sequence[_Edge]) -> dict[int, str]:
    """Find marks of sheets: at the foot, short, in the order of the alphabet or of numbers."""
    feet = [edge for edge in edges if not edge.top and edge.place == 0 and _SIGNATURE.match(edge.row.words)]
    marks = [re.sub(r"^Vol\. [IVX]+\.?\s+", "", edge.row.words) for edge in feet]
    if len(marks) < _OFTEN or marks != sorted(marks) or len(set(marks)) < len(marks):
        return {}
    return {edge.row.number: "sheet-signature" for edge in feet}


def _running(
    pages: Sequence[Sequence[Row]], edges: Sequence[_Edge], counted: set[int], out: Mapping[int, str], small: float
) -> Iterator[tuple[int, str]]:
    """Tell which rows at the edges are running heads, from the edge of each page inwards, and by which rule.

    ``small``: the size in points below which letters are too small for a heading; 0 where sizes are not known.
    """
    worded = [edge for edge in edges if edge.row.number not in out and key(edge.words)]
    families = _families(worded, pages)
    of = {edge.row.number: edge for edge in worded}
    first = {id(on): min(on, default=-1) for on in {id(on): on for on in families.values()}.values()}
    forms = Counter(edge.form for edge in worded if len(families[edge.row.number]) >= _OFTEN)
    listed = contents([row for page in pages for row in page if row.number not in out])  # says headings that come
    said: set[str] = set()
    wide = _WIDE * median([len(row.words) for page in pages for row in page] or [0])
    for page in pages:
        taken: set[int] = set()
        for rows in (page[:_TOP], page[: -_FOOT - 1 : -1]):
            left = [row for row in rows if row.number not in out and row.number not in taken]
            while left and (edge := of.get(left[0].number)):
                rest = [row for row in page if row.number not in taken and row.number != left[0].number]
                on = families[edge.row.number]
                usual = forms[edge.form] >= _OFTEN and not (_SENTENCE.search(edge.words) or _is_piece(edge))
                if not edge.top and _NOTE.match(edge.row.words) and edge.row.number not in counted:
                    break
                if edge.top and any(of[n].top and key(of[n].words) == key(edge.words) for n in taken & of.keys()):
                    break  # a page says its running head once; what says it again below is the heading
                above = _echoes(left, said, edge.top)
                here = key(edge.words) in _says(rest)
                opens = not above and not here and edge.row.page == first[id(on)] and edge.row.size >= small
                beside = edge.form[3] > 0 and any(out.get(row.number) == "folio" for row in page[:_TOP])
                heads = len(pages) < _OFTEN and len(on) < _TWICE and _NUMBERED.match(edge.row.words)
                alone = edge.place == 0 and not heads  # two pages may open two sections
                if edge.row.number not in counted and edge.top and _runs_on(rest, edge.row, wide):
                    break
                if len(words_of(edge.words)) > _MOST:
                    break
                if edge.row.number in counted and (len(on) >= _OFTEN or above or alone):
                    rule, rows_of = "running-head-folio", 1
                elif (len(on) >= _OFTEN and usual and not (opens and not (beside or 0 < edge.row.page <= _TITLED))) or (
                    len(on) == _TWICE and beside and edge.top and not opens
                ):
                    rule, rows_of = "running-head-again", 1
                elif above and usual and len(key(edge.words)) > 1:
                    rule, rows_of = "running-head-echo", above
                else:
                    break
                for row in left[:rows_of]:
                    taken.add(row.number)
                    yield row.number, rule
                del left[:rows_of]
        said |= _says([row for row in page if row.number not in taken | listed and row.number not in out])


def _is_piece(edge: _Edge) -> bool:
    """Tell whether a row without a folio, in it or beside it, begins within a sentence: the text says it again."""
    return not edge.number and not edge.form[3] and edge.words[:1].islower() and len(edge.words.split()) >= _PIECE


def _runs_on(rest: Sequence[Row], row: Row, wide: float) -> bool:
    """Tell whether a row at the head of its page is of the text: as wide as that, its sentence goes on below it."""
    below = next((one for one in rest if one.number > row.number), None)
    runs_on = below is not None and not below.blanks and below.words[:1].islower() and row.words[-1:].isalpha()
    return runs_on and len(row.words) >= wide and not row.words.isupper()


def _set_alike(pages: Sequence[Sequence[Row]], out: Mapping[int, str], small: float) -> Iterator[tuple[int, str]]:
    """Tell which rows at the head of a page are set as its running heads elsewhere, apart and smaller than the text."""
    sizes = Counter(page[0].size for page in pages if page and out.get(page[0].number, "").startswith("running"))
    usual, times = sizes.most_common(1)[0] if sizes else (0.0, 0)
    for page in pages if times >= _OFTEN and 0 < usual < small else ():
        parted = len(page) > 1 and page[0].size == usual < page[1].size and page[1].blanks > 0
        if parted and page[0].number not in out:
            yield page[0].number, "running-head-alike"


def _families(worded: Sequence[_Edge], pages: Sequence[Sequence[Row]]) -> Mapping[int, set[int]]:
    """Say for each row at an edge on which pages its words stand at an edge; on none if they stand inside as often."""
    groups = _groups([edge.words for edge in worded])
    edge_rows = {edge.row.number for edge in worded}
    inside = Counter(key(row.words) for page in pages for row in page if row.number not in edge_rows)
    out: dict[int, set[int]] = {}
    for members in groups.values():
        on = {worded[n].row.page for n in members}
        within = sum(inside[word] for word in {key(worded[n].words) for n in members})
        for n in members:
            out[worded[n].row.number] = on if within < max(2, 0.4 * len(on)) else set()
    return out


def _echoes(rows: Sequence[Row], said: set[str], top: bool) -> int:
    """Return how many of the rows, from the first, together say what a heading above says; 0: none."""
    for count in range(min(len(rows), _TOP), 0, -1):
        part = rows[:count] if top else rows[count - 1 :: -1]
        if (words := key(" ".join(row.words for row in part))) in said and len(words) > 1:
            return count
    return 0


def _groups(texts: Sequence[str]) -> dict[int, list[int]]:
    """Put together what reads the same, but for a letter misread here and there; numbers must be the same."""
    names: list[tuple[str, tuple[str, ...]]] = []
    groups: dict[int, list[int]] = {}
    known: dict[tuple[str, tuple[str, ...]], int] = {}
    for n, text in enumerate(texts):
        name = key(text), tuple(_NUMERAL.findall(text))
        if name not in known:
            near = (at for at, (word, numbers) in enumerate(names) if numbers == name[1] and _alike(name[0], word))
            known[name] = next(near, len(names))
            if known[name] == len(names):
                names.append(name)
        groups.setdefault(known[name], []).append(n)
    return groups


@cache
def _alike(one: str, other: str) -> bool:
    if len(one) < _READ or abs(len(one) - len(other)) > (1 - _SAME) * len(one):
        return one == other
    match = SequenceMatcher(None, one, other, autojunk=False)
    return match.quick_ratio() >= _SAME and match.ratio() >= _SAME


def _says(rows: Sequence[Row]) -> set[str]:
    """Return what the short rows of a page say, alone or with the two below: headings are among it."""
    out: set[str] = set()
    for at in range(len(rows)):
        words = ""
        for after in rows[at : at + 3]:
            words += key(after.words)
            if len(words) > _LONGEST:
                break
            out.add(words)
    return out

"""Spoilt: notes at the feet of pages whose labels and calls a machine misread.

A raised figure is too small for a machine: it becomes whatever is as small (``’``, ``®``, ``!``), a label becomes
``ı.``, ``“`` or nothing. No label answers a call there. What is left are the place and the look of the notes: below a
gap at the foot, in rows that hold more letters than those of the text, between the halves of a sentence, with labels
that count on; and signs in the text that nothing else explains, as behind an article, which no stop follows in print.
Two kinds of evidence make a note; the calls go to the notes of their page in order, and each is reported.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.kinds.pages.leaves import Row
from pipeline.kinds.pages.measure import Measure

__all__ = ["Sign", "Spoilt", "signs_in", "spoilt"]

_NUMBER = re.compile(r"^[‘’'\"“”„.,]?(?P<number>\d{1,3}|[ıil|])(?:[.,:)]\s?(?=[^\W\d_]|[“„«\"‘'(])|\s?(?=[^\W\d_a-z]))")
_ODD = re.compile(r"^(?:[‘’'\"“”*∗°!?¢®©™`´^%#<>§†‡$+=»]{1,4}\d?|\d{1,2}[‘’'\"“”*°])\s?(?=[^\W_])")
_DEBRIS = re.compile(r"^(?:[A-Za-z]{1,3}[tIl!]?\s|[A-Z0-9])(?=[A-ZÀ-Þ][a-zß-ÿ])")
_ONE = frozenset("ıil|")  # what a machine makes of the figure 1
_SIGN = re.compile(
    r"(?<=[^\W\d_]|[.,;!?”)])(?P<sign>[’‘'\"“”»«*∗°®©™^!?:#%§¹²³⁰⁴-⁹]{1,3}|(?<=[^\W\d_]{2})\d{1,2}|(?<=[^\W\d_][.,;!?”])\d{1,2}|(?<=\d{4}[.,;])\d{1,2})"
    r"(?=$|[\s.,;:)])"
)
_FIGURES = re.compile(r"[*∗°®©™^#%§¹²³⁰⁴-⁹\d]")  # nothing else in prose
_QUOTES = frozenset("’‘'\"“”»«")
_OPENED = re.compile(r"(?:^|(?<=[\s(\[—–]))([“„«»\"‘‚'])(?=\S)")
_ENDED = re.compile(r"[.!?…:;][\"'”’»)\]*\d]*$")
_LEADER = re.compile(r"(?:[.…·]\s?){3,}")
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_COMMON = 4  # times a word stands in the text; what is misread does so less often
_MOSTLY = 0.5  # of the notes have a sign above them
_HABIT = 3  # pages with notes
_HARDLY = 0.05  # of the times a word stands in the text
_LIKELY = 0.7  # from here on a sign is evidence that its page has notes
_LEAST = 0.3  # what is less likely is no call
_WIDER = 1.08  # times a row of the text; so many letters are small ones
_FULL = 0.8  # of the widest row
_SHORT = 0.93  # of the widest row; a shorter one is the last of its note
_DEEPEST = 0.75  # of the rows of a page; notes hardly take more
_ENOUGH = 3.0  # weight, from two kinds of evidence at least
_PART = 1.5  # weight of what stands below a note already
_QUOTED = 10  # rows; a quotation that opened above and did not close is a misread sign
_FEW = 4  # rows of a note
_LEAP = 3  # labels; more are not lost in a row
_CHAIN = 5  # labels that count on; fewer may be items of a list
_HALF = 0.5  # of the widest row


@dataclass(frozen=True, slots=True)
class Sign:
    """What may be left of a call: its line, where it begins and ends there, and how likely it is one."""

    line: int
    start: int
    end: int
    likely: float


@dataclass(slots=True)
class Spoilt:
    """A note whose label is lost: its rows, how many letters of the first are the label, and its call."""

    rows: list[Row]
    opening: int
    call: tuple[int, int, int] | None = None
    seen: bool = False  # the call is a sign, and not only a place


def spoilt(pages: Sequence[Sequence[Row]], measure: Measure) -> list[list[Spoilt]]:
    """Find the notes at the feet of pages by what a machine left of them.

    Args:
        pages: the rows of each page without its furniture.
        measure: how wide the rows of running text are.

    Returns:
        For each page its notes, in order; each has a call, be it only where the text above it ends. None where most
        of them have but that.

    """
    bare, words = _bare(pages)
    known = _Known(measure, bare, words, _series(pages))
    found = _all(pages, known)
    if sum(map(bool, found)) >= _HABIT:
        found = _all(pages, replace(known, noted=True))
    every = [note for notes in found for note in notes]
    if sum(note.seen for note in every) < _MOSTLY * len(every):
        return [[] for _ in pages]  # they are numbered, but nothing calls them
    return found


def _all(pages: Sequence[Sequence[Row]], known: _Known) -> list[list[Spoilt]]:
    out: list[list[Spoilt]] = []
    for at, page in enumerate(pages):
        after = pages[at + 1][0] if at + 1 < len(pages) and pages[at + 1] else None
        start = _start(page, after, known)
        notes = list(_notes(page[start:], known))
        _bind(notes, page[:start], known.bare)
        out.append(notes)
    return out


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of a book.

    ``bare``: its words that no stop follows; ``words``: those that stand in it more than once or twice; ``series``: its
    rows whose labels count on; ``noted``: many pages have notes.
    """

    measure: Measure
    bare: Set[str]
    words: Set[str]
    series: Set[int]
    noted: bool = False


def _series(pages: Sequence[Sequence[Row]]) -> Set[int]:
    """Return the rows at the feet of pages whose numbers count on through the book, a few of them lost or misread."""
    best: dict[int, tuple[int, ...]] = {}  # the longest way to a number
    feet: list[list[Row]] = []
    for page in pages:
        foot: list[Row] = []
        block: list[Row] = []
        for row in reversed(page[1:]):
            block.append(row)
            if row.blanks:
                labelled = [one for one in block if _number(one.words)]
                if row not in labelled:
                    break
                foot += labelled
                block = []
        foot.reverse()
        feet.append(foot)
        for row in foot:
            number = _number(row.words)
            ways = [best[before] for before in range(number - _LEAP, number) if before in best]
            way = (*max(ways, key=len, default=()), row.number)
            if len(way) >= len(best.get(number, ())):
                best[number] = way
    longest = max(best.values(), key=len, default=())
    if len(longest) < _CHAIN:
        return frozenset()
    items = {  # a list above the notes counts on for itself
        row.number
        for foot in feet
        for row, after in pairwise(foot)
        if after.number not in longest and _number(after.words) == _number(row.words) + 1
    }
    return frozenset(longest) - items


def _bare(pages: Sequence[Sequence[Row]]) -> tuple[Set[str], Set[str]]:
    """Return the words that no stop or quotation mark follows in print, as articles, and those that are common."""
    every: Counter[str] = Counter()
    closed: Counter[str] = Counter()
    for page in pages:
        for row in page:
            for word in _WORD.finditer(row.text):
                every[word[0].casefold()] += 1
                closed[word[0].casefold()] += row.text[word.end() : word.end() + 1] not in ("", " ", "-", "‐", "\xad")
    bare = {word for word, times in every.items() if closed[word] + 1 <= _HARDLY * (times + 2)}
    return bare, {word for word, times in every.items() if times >= _COMMON}


def signs_in(rows: Sequence[Row], bare: Set[str]) -> Iterator[Sign]:
    """Find what may be left of calls in the text of a page, with how likely each is one."""
    opened: dict[str, int] = {}  # the row on which a quotation begins
    for at, (row, below) in enumerate(zip(rows, [*rows[1:], None], strict=True)):
        quoted = {quote for quote, begun in opened.items() if at - begun <= _QUOTED}
        found = [(one.start(), _pair(one[1])) for one in _OPENED.finditer(row.text)]
        for sign in _SIGN.finditer(row.text):
            while found and found[0][0] < sign.start():
                quoted.add(found[0][1])
                opened[found.pop(0)[1]] = at
            rest = row.text[sign.end() :].lstrip(" .,;:") or (below.words if below else "")
            words = _WORD.findall(row.text[: sign.start()])
            likely = _likelihood(sign["sign"], row.text[sign.start() - 1], rest[:1], words[-1:], bare, quoted)
            if likely < _LEAST:  # it closes a quotation
                quoted -= {_pair(one) for one in sign["sign"]}
                opened = {quote: begun for quote, begun in opened.items() if quote in quoted}
            if likely >= _LEAST:
                yield Sign(row.number, sign.start(), sign.end(), likely)
        opened |= {quote: at for _, quote in found}


def _pair(quote: str) -> str:
    return '"' if quote in '“”„"' else "'" if quote in "‘’‚'" else "«"


def _likelihood(sign: str, before: str, after: str, words: Sequence[str], bare: Set[str], quoted: Set[str]) -> float:
    """Return how likely a sign behind a word is what a machine made of a call."""
    never = bool(words) and words[0].casefold() in bare and before.isalpha()
    if _FIGURES.search(sign):
        return 1.0
    quotes = [one for one in sign if one in _QUOTES]
    closes = any(_pair(one) in quoted for one in quotes)
    goes_on = never or after.islower()
    if len(sign) > 1:
        return 0.1 if closes or not (quotes or goes_on) else 0.9 if goes_on and before.isalpha() else 0.5
    if sign == ":":
        return 0.5 if never else 0.0
    if sign in "!?":
        return 0.9 if never else 0.75 if after.islower() and sign == "?" else 0.5 if after.islower() else 0.0
    if sign == "‘":
        return 0.2 if closes else 0.9
    if sign in "’'" and words and words[0].casefold().endswith("s"):
        return 0.4 if never else _LEAST  # "the millers’ guild"
    if closes:
        return _LEAST if never else 0.0
    return 0.9 if never else 0.8 if after.islower() and before.isalpha() else 0.6


def _number(words: str) -> int:
    found = _NUMBER.match(words)
    return 0 if found is None else 1 if found["number"] in _ONE else int(found["number"])


def _opening(row: Row) -> int:
    """Return how many letters of a row are its label, or what is left of it."""
    for form in (_NUMBER, _ODD, _DEBRIS):
        if found := form.match(row.words):
            return found.end()
    return 0


def _start(page: Sequence[Row], after: Row | None, known: _Known) -> int:
    """Return where the notes of a page begin; the number of its rows if it has none."""
    starts = [n for n, row in enumerate(page) if n >= max(1, len(page) * (1 - _DEEPEST)) and row.blanks]
    for at, start in enumerate(starts):
        signed = any(sign.likely >= _LIKELY for sign in signs_in(page[:start], known.bare))
        text = sorted(known.measure.share(row.words) for row in page[:start])[-2:][0]  # one may have caught some dirt
        ends = [*starts[at + 1 :], len(page)]
        weight = _looks(page[start : ends[0]], text, known, first=True) + signed
        parts = _parts(page[start - 1], page[start:], after, known)
        if weight + parts < _ENOUGH - 0.5 * known.noted or not (_opening(page[start]) or parts > _PART):
            continue
        if all(_looks(page[one:end], text, known) + signed >= _PART for one, end in pairwise(ends)):
            return start
    return len(page)


def _looks(block: Sequence[Row], text: float, known: _Known, *, first: bool = False) -> float:
    """Weigh the form of rows below a gap: smaller letters than those of the ``text``, a label, or what is left of it.

    ``first``: of the notes of their page.
    """
    words = block[0].words
    weight = 2.0 * (max(known.measure.share(row.words) for row in block) > _WIDER * text)
    few = float(known.noted and len(block) <= _FEW and bool(_ENDED.search(block[-1].words)))
    number = _number(words)
    if number and block[0].number in known.series:
        return weight + few + 2.5
    if number:  # else it may be an item of a list
        return weight + (0.3 if known.series or (first and number > 1) else 1.5) + 0.7 * (first and number == 1)
    weight += few
    odd = _ODD.match(words)
    if odd and not (words[0] in "“‘\"'" and _closed(block)):
        return weight + 1.5
    debris = _DEBRIS.match(words)
    return weight + 0.5 * bool(debris and debris[0].strip().casefold() not in known.words)


def _closed(block: Sequence[Row]) -> bool:
    """Tell whether the quotation that rows open with ends in them."""
    text = " ".join(row.words for row in block)
    return any(sign in text[1:] for sign in {"“": "”", "‘": "’"}.get(text[0], text[0]))


def _parts(above: Row, block: Sequence[Row], after: Row | None, known: _Known) -> float:
    """Weigh whether rows part a sentence that goes on below them, on the next page."""
    if block[0].words[:1].islower() and not _opening(block[0]):
        return -2.0  # it goes on here
    if any(_LEADER.search(row.words) for row in block):
        return -_ENOUGH  # a list of contents
    if _ENDED.search(above.words) or known.measure.share(above.words) < _FULL:
        return 0.0
    torn = above.words[-1] in "-‐\xad" or above.words.split()[-1].casefold() in known.bare
    goes_on = after is not None and (after.words[:1].islower() or torn)
    return 2.5 if goes_on and _ENDED.search(block[-1].words) else 1.0


def _notes(rows: Sequence[Row], known: _Known) -> Iterator[Spoilt]:
    """Cut the rows at the foot of a page into notes: where a label counts on, or one is lost behind a last row."""
    note: Spoilt | None = None
    last = 0
    measure = known.measure
    widest = max((measure.share(row.words) for row in rows), default=1.0)
    for row in rows:
        number, opening = _number(row.words), _opening(row)
        begins = note is None
        if note is not None:
            above = note.rows[-1].words
            short = measure.share(above) < _SHORT * widest
            ended = bool(_ENDED.search(above)) or measure.share(above) < _HALF * widest
            odd = bool(opening) and not row.words[:1].isalpha()
            likely = odd or (bool(row.blanks) and not row.words[:1].islower()) or (short and row.words[:1].isupper())
            begins = row.number in known.series or (number > 0 and number == last + 1) or (ended and likely)
        if begins:
            if note is not None:
                yield note
            note = Spoilt([row], opening)
            last = number
        elif note is not None:
            note.rows.append(row)
    if note is not None:
        yield note


def _bind(notes: Sequence[Spoilt], text: Sequence[Row], bare: Set[str]) -> None:
    """Bind notes, in order, to the likeliest signs above them; one whose sign is lost to the end of the text there."""
    if not notes or not text:
        return
    likeliest = sorted(signs_in(text, bare), key=lambda sign: -sign.likely)[: len(notes)]
    place = {row.number: at for at, row in enumerate(text)}
    signs = sorted(likeliest, key=lambda sign: (place[sign.line], sign.start))
    ahead = (len(signs) + 1) // 2  # where some are lost, the first and the last are the likeliest to be right
    pairs = [*zip(notes[:ahead], signs[:ahead], strict=True)]
    if behind := len(signs) - ahead:
        pairs += zip(notes[-behind:], signs[-behind:], strict=True)
    for note, sign in pairs:
        note.call, note.seen = (sign.line, sign.start, sign.end), True
    end = next((row for row in reversed(text) if _ENDED.search(row.words)), text[-1])
    after = (end.number, len(end.text), len(end.text))
    for note in reversed(notes):
        if note.call is None:
            note.call = after
        after = (note.call[0], note.call[1], note.call[1])

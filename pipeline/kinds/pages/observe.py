"""Observe: what can be seen on a row of print, around it and in the whole text, in names that a person can read.

The names are the rules: each speaks with a fitted weight for or against each label of :mod:`.sequence`.
"""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

from pipeline.kinds.pages.heads import key
from pipeline.kinds.pages.leaves import Row
from pipeline.kinds.pages.looks import looks
from pipeline.kinds.pages.measure import Measure
from pipeline.parts import CONTENTS, FRONT_OR_BACK, NAMED, NUMBER, NUMBERED

__all__ = ["observe"]

_ENDED = re.compile(r"[.!?…][\"'”’»)\]*†‡\d]{0,4}$")
_COLON = re.compile(r"[:;—–][\"'”’»)\]]{0,3}$")
_BROKEN = re.compile(r"[^\W\d_][-\xad‐]$")
_CAPITALS = re.compile(r"^[^a-zà-öø-ÿа-я]*[A-ZÀ-ÖØ-ÞА-Я][^a-zà-öø-ÿа-я]*[A-ZÀ-ÖØ-ÞА-Я][^a-zà-öø-ÿа-я]*$")
_NAME_ROW = re.compile(r"^[A-ZÀ-Þ][\w’'. -]{0,30}[.:]?$")
_DATE = re.compile(
    r"\b(?:1[5-9]|20)\d\d\.?[\"”]?$|^(?:Yours|Your |I am|I remain|Dear|My dear|Sir|Madam|To |P\.\s?S)", re.IGNORECASE
)
_ITEM = re.compile(r"^(?:[•▪–—*-]\s|\(?\d{1,2}[.)]\s|\(?[a-z][.)]\s)")
_SMALL = re.compile(r"(?<![\w’'])[a-zà-öø-ÿ][\w’']*")
_TITLED = re.compile(r"[^\W\d_]{3,}")
_AROUND = 3  # rows before and behind whose look tells verse from prose
_FAR = 10  # rows; a poem or a page of prose shows itself in so many
_OFTEN = 4  # times; a name that opens so many rows speaks
_SPOKEN = 0.04  # of the rows open with a speaker where people speak in turns
_FIRST_WORDS = 3


@dataclass(frozen=True, slots=True)
class _Seen:
    """A row as it was measured: its share of a full row, its indent, the room at its end as a share."""

    row: Row
    width: float
    indent: int
    space: float
    ended: bool
    start: str


def observe(rows: Sequence[Row], measure: Measure, heads: Set[str], body: float = 0.0) -> list[list[str]]:
    """Return for each row of the text the names of what is seen on it.

    Args:
        rows: the rows of running text, without furniture and notes, in order.
        measure: how wide a full row is.
        heads: what the running heads say, as keys.
        body: the size of the text's letters in points; 0 where sizes are not known.

    """
    seen = _measured(rows, measure)
    habits = _habits(seen)
    speakers = _speakers(seen)
    names = Counter(row.words for row in rows if _NAME_ROW.match(row.words))
    ends = [_share(seen[max(0, n - _AROUND) : n + _AROUND + 1]) for n in range(len(seen))]
    stanzas = list(_stanzas(seen))
    widest = sorted(one.indent + len(one.row.words) for one in seen)
    columns = widest[int(0.9 * len(widest))] if widest else 0
    whole = list(_whole(seen, speakers))
    looked = looks(rows, body) if body else []
    out = []
    for n, here in enumerate(seen):
        before = seen[n - 1] if n else None
        after = seen[n + 1] if n + 1 < len(seen) else None
        own = [
            *_place(here, before, after, habits, columns),
            *whole,
            *_edges(here, before, after, measure),
            *_words(here, before, speakers, names, heads),
            *(f"around {name}" for name in ends[n]),
            stanzas[n],
        ]
        own += [f"{name}; {whole[-1]}" for name in own if name.startswith("like a title")]
        if body:
            own += (*_sizes(here, before, body), *looked[n])
        out.append(own)
    return out


def _measured(rows: Sequence[Row], measure: Measure) -> list[_Seen]:
    margins = _margins(rows)
    out: list[_Seen] = []
    for n, row in enumerate(rows):
        indent = max(0, row.indent - margins[row.page])
        line = f"{row.look.head} {row.words}" if row.look and row.look.head else row.words
        width = measure.share(line) + measure.columns(indent)
        after = rows[n + 1].words.split(None, 1)[0] if n + 1 < len(rows) else ""
        space = 1.0 - width - measure.share(f"n {after}") if after else 0.0
        out.append(_Seen(row, width, indent, space, bool(_ENDED.search(row.words)), _start(row.words)))
    return out


def _margins(rows: Sequence[Row]) -> Mapping[int, int]:
    """Return for each page the indent at which its text begins: the least that two rows share."""
    pages: dict[int, Counter[int]] = {}
    for row in rows:
        pages.setdefault(row.page, Counter())[row.indent] += 1
    return {
        page: min((indent for indent, times in counts.items() if times > 1), default=min(counts))
        for page, counts in pages.items()
    }


def _start(words: str) -> str:
    first = words[:1]
    if first in "“\"‘'«„»":
        inner = words[1:2]
        return "quoted lower" if inner.islower() else "quotation"
    if first in "—–-":
        return "dash"
    if first in "([":
        return "bracket"
    return "lower" if first.islower() else "capital" if first.isupper() else "figure" if first.isdigit() else "other"


def _habits(seen: Sequence[_Seen]) -> str:
    """Say how the text parts its paragraphs: by indents, by gaps, by both, by neither (the rows have no shape)."""
    fresh = [
        here
        for before, here in pairwise(seen)
        if before.ended and before.space > 0 and here.row.page == before.row.page and here.start != "lower"
    ]
    if not fresh:
        return "flat"
    indented = sum(0 < here.indent <= 8 for here in fresh) / len(fresh) > 0.4
    parted = sum(here.row.blanks > 0 for here in fresh) / len(fresh) > 0.5
    if indented:
        return "indents and gaps" if parted else "indents"
    if parted:
        return "gaps"
    return "shaped" if any(here.indent > 2 for here in seen) else "flat"


def _whole(seen: Sequence[_Seen], speakers: Set[str]) -> Iterator[str]:
    """Say what kind of text all of it is: how many rows open with a speaker, how often a capital opens mid-sentence."""
    opening = sum(bool(_speaker(one.row.words, speakers)) for one in seen) / max(1, len(seen))
    yield f"in the text, speakers: {'none' if opening < 0.01 else 'few' if opening < 0.08 else 'many'}"
    inside = [one for before, one in pairwise(seen) if not before.ended]
    capital = sum(one.start in ("capital", "quotation") for one in inside) / max(1, len(inside))
    yield f"in the text, sentences go on under a capital {round(5 * capital)}/5"


def _place(here: _Seen, before: _Seen | None, after: _Seen | None, habits: str, measure: int) -> Iterator[str]:
    turned = before is not None and before.row.page != here.row.page
    gap = "page" if turned or before is None else f"gap {min(here.row.blanks, 3)}"
    below = "page" if after is None or after.row.page != here.row.page else f"gap {min(after.row.blanks, 3)}"
    indent = _column(here.indent)
    step = _column_step(here.indent - before.indent) if before is not None and not turned else "page"
    yield f"above: {gap}"
    yield f"above: {gap}, paragraphs by {habits}"
    yield f"below: {below}"
    yield f"above: {gap}, below: {below}"
    yield f"indent {indent}"
    yield f"indent {indent}, paragraphs by {habits}"
    yield f"step {step}"
    yield f"step {step}, {gap}"
    if after is not None and after.row.page == here.row.page:
        yield f"step below {_column_step(after.indent - here.indent)}"
    if here.indent > 3 and habits != "flat":
        free = measure - here.indent - len(here.row.words)
        if here.indent > measure / 2 and free < 0.06 * measure:
            yield "ends at the right edge"
            yield f"ends at the right edge, above: {gap}"
        elif abs(here.indent - free) <= max(2, 0.06 * measure):
            yield "centred"
            yield f"centred, above: {gap}, below: {below}"
        else:
            yield "set in"
    yield f"width {_tenth(here.width)}"


def _column(indent: int) -> str:
    for most, name in ((0, "none"), (2, "slight"), (6, "paragraph"), (12, "deep"), (25, "middle")):
        if indent <= most:
            return name
    return "right"


def _column_step(step: int) -> str:
    sign = "in" if step > 0 else "out"
    size = abs(step)
    return "none" if size == 0 else f"{sign} slight" if size < 3 else f"{sign} some" if size < 8 else f"{sign} far"


def _tenth(share: float) -> str:
    for most in (0.15, 0.3, 0.5, 0.7, 0.85, 0.93):
        if share < most:
            return f"below {most}"
    return "full"


def _room(space: float) -> str:
    for most, name in ((-0.06, "none"), (0.0, "hardly"), (0.04, "a little"), (0.1, "some"), (0.25, "much")):
        if space < most:
            return name
    return "most of the row"


def _edges(here: _Seen, before: _Seen | None, after: _Seen | None, measure: Measure) -> Iterator[str]:
    yield f"begins {here.start}"
    yield f"ends {_end(here)}"
    if before is not None:
        room = _room(before.space)
        yield f"row above had room: {room}"
        yield f"row above had room: {room}, ends {_end(before)}, begins {here.start}"
        yield f"row above ends {_end(before)}, begins {here.start}"
        if before.row.page != here.row.page:
            yield f"over the page: ends {_end(before)}, begins {here.start}"
            yield f"over the page: room {room}, begins {here.start}"
    if after is not None:
        yield f"room at its end: {_room(here.space)}"
        yield f"row below begins {after.start}"
        yield f"ends {_end(here)}, room {_room(here.space)}, below begins {after.start}"
    else:
        yield "last row"


def _end(seen: _Seen) -> str:
    words = seen.row.words
    if _BROKEN.search(words):
        return "broken"
    if seen.ended:
        return "full stop" if not words.endswith(("!", "?", "”", "’", '"')) else "stop with sign"
    if _COLON.search(words):
        return "colon or dash"
    return "comma" if words.endswith(",") else "word"


def _words(
    here: _Seen, before: _Seen | None, speakers: Set[str], names: Mapping[str, int], heads: Set[str]
) -> Iterator[str]:
    words = here.row.words
    if _CAPITALS.match(words):
        yield "all capitals"
    letters = _TITLED.findall(words)
    if letters and here.width < 0.95:
        share = sum(word[0].isupper() for word in letters) / len(letters)
        yield f"capitals open {'all' if share == 1 else 'most' if share > 0.6 else 'few'} of its words"
        gap = "a page" if before is not None and before.row.page != here.row.page else str(min(here.row.blanks, 3))
        if share > 0.6 and here.width < 0.7 and not here.ended and words[-1:] not in ",;:-\xad":
            yield f"like a title under a gap of {gap}"
    if NUMBER.match(words):
        yield "a number alone"
    elif NUMBERED.match(words) and here.width < 0.9:
        yield "a number first"
    elif re.match(r"^[IVXLC]{1,6}\s+[A-ZÀ-Þ]", words) and here.width < 0.95:
        yield "a Roman number first"
    if NAMED.match(words):
        yield "says that it is a chapter"
    if FRONT_OR_BACK.match(words.rstrip(".")) or CONTENTS.match(words.rstrip(".")):
        yield "names a part of a book"
    if _echoed(key(words), heads):
        yield "says what running heads say"
    speaker = _speaker(words, speakers)
    if speaker:
        yield f"opens with a speaker: {speaker}"
        yield f"opens with a speaker, row above {'ended' if before is None or before.ended else 'goes on'}"
    if names.get(words, 0) >= 3:
        yield "a name that stands alone often"
    if re.match(r"^[(\[].*[)\]]\.?$", words):
        yield "wholly in brackets"
    elif words[:1] in "([":
        yield "opens a bracket"
    if _ITEM.match(words):
        yield "opens like an item"
    if _DATE.search(words) and here.width < 0.8:
        yield "a date or the words of a letter"
    if not any(letter.isalnum() for letter in words):
        yield "no letters"
    if re.search(r"\S {4,}\S", words):
        yield "gap inside"
    if len(letters) <= 2:
        yield "few words"


def _echoed(name: str, heads: Set[str]) -> bool:
    """Tell whether running heads say what a row says, or a row and the one below."""
    return name in heads or (
        len(name) > 5 and any(head.startswith(name) or (len(head) > 5 and name.endswith(head)) for head in heads)
    )


def _speakers(seen: Sequence[_Seen]) -> frozenset[str]:
    """Find the names that open rows again and again where a sentence ended above, and hardly stand elsewhere."""
    opens: Counter[str] = Counter()
    follows: Counter[str] = Counter()
    parted: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for n, here in enumerate(seen):
        tokens = [token.rstrip(".:,;") for token in here.row.words.split()]
        for size in range(1, _FIRST_WORDS + 1):
            for at in range(len(tokens) - size + 1):
                phrase = " ".join(tokens[at : at + size])
                if phrase[:1].isupper():
                    every[phrase] += 1
                    if at == 0:
                        opens[phrase] += 1
                        follows[phrase] += n == 0 or seen[n - 1].ended or seen[n - 1].space > 0.1
                        parted[phrase] += not _speaker(here.row.words, {phrase}).endswith("small letter")
    small = Counter(word for one in seen for word in _SMALL.findall(one.row.words))
    found = frozenset(
        phrase
        for phrase, times in opens.items()
        if follows[phrase] >= _OFTEN
        and follows[phrase] > 0.8 * times
        and parted[phrase] > 0.5 * times  # else sentences open with it
        and times > 0.4 * every[phrase]
        and any(len(word) > 1 and small[word.casefold()] < 0.1 * every[word] for word in phrase.split())
    )
    opening = sum(bool(_speaker(one.row.words, found)) for one in seen)
    return found if opening >= _SPOKEN * len(seen) else frozenset()  # a name opens rows by chance here and there


def _speaker(words: str, speakers: Set[str]) -> str:
    """Say how a row that opens with a speaker goes on: with a stop, or how the next word begins."""
    tokens = words.split()
    for size in range(1, _FIRST_WORDS + 1):
        phrase = " ".join(tokens[:size])
        if phrase.rstrip(".:,;") in speakers and len(tokens) >= size:
            if phrase[-1] in ".:":
                return "with a stop"
            after = tokens[size][:1] if len(tokens) > size else ""
            if not after:
                return "alone"
            return "then a capital" if after.isupper() or after in "“(‘[—" else "then a small letter"
    return ""


def _share(window: Sequence[_Seen]) -> Iterator[str]:
    """Say of a few rows how many begin with a capital, how many had room, how even they are."""
    count = len(window)
    capital = sum(one.start in ("capital", "quotation") for one in window) / count
    roomy = sum(one.space > 0.04 for one in window) / count
    yield f"capitals {round(4 * capital)}/4"
    yield f"room {round(4 * roomy)}/4"
    yield f"capitals {round(4 * capital)}/4, room {round(4 * roomy)}/4"
    widths = [one.width for one in window]
    yield f"widest {_tenth(max(widths))}"
    if count > 2:
        yield "even" if statistics.pstdev(widths) < 0.08 else "ragged"
    indents = Counter(_column(one.indent) for one in window)
    yield f"indents {indents.most_common(1)[0][0]}"


def _stanzas(seen: Sequence[_Seen]) -> Iterator[str]:
    """Say of each row's neighbourhood how many rows begin with a capital though the sentence goes on: verse does it."""
    goes_on = [n > 0 and not seen[n - 1].ended for n in range(len(seen))]
    capital = [one.start in ("capital", "quotation") for one in seen]
    for n in range(len(seen)):
        part = range(max(0, n - _FAR), min(len(seen), n + _FAR + 1))
        inside = [at for at in part if goes_on[at]]
        share = sum(capital[at] for at in inside) / len(inside) if inside else 0.5
        yield f"far around: sentences go on under a capital {round(5 * share)}/5"


def _sizes(here: _Seen, before: _Seen | None, body: float) -> Iterator[str]:
    """Say how large the letters are beside those of the text."""
    if not here.row.size:
        return
    ratio = here.row.size / body
    size = "small" if ratio < 0.93 else "of the text" if ratio < 1.06 else "large" if ratio < 1.3 else "very large"
    yield f"size {size}"
    gap = "a page" if before is None or before.row.page != here.row.page else str(min(here.row.blanks, 3))
    yield f"size {size}, under a gap of {gap}"
    if before is not None and before.row.size:
        if abs(before.row.size - here.row.size) > 0.3:
            yield "size changes"
        else:
            yield f"size {size} as above, under a gap of {gap}"

"""Habit: the looks that headings have in a book, where the file itself does not say which rows are some.

A book sets its headings alike: unlike the text, apart from it and over it, in few rows, again and again, with other
words each time. What recurs with the same words is the name of a speaker; what reads as a sentence is a direction.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.kinds.pages.heads import key
from pipeline.kinds.pages.leaves import Row, number_of
from pipeline.kinds.pages.looks import SetRow, is_apart, rows_as_set, text_look

__all__ = ["habitual"]

_FEWEST = 3  # headings of one look; fewer are no habit
_COUNTED = 2  # headings that count up are as good
_NUMBER = re.compile(r"(?:[^\W\d_]+\s)?(\d{1,3}|[IVXLC]{1,7})(?=[.):\s]|$)")
_LONE_NUMBER = re.compile(r"(?:[^\W\d_]+\s)?(?:\d{1,3}|[IVXLC]{1,7})\W?$")
_MOST = 0.15  # of the rows of a book are headings of one look
_ROWS = 3  # of one heading
_MOSTLY = 0.8  # of the rows of one look
_TITLED = 0.6  # of the longer words of a title begin with a capital
_LONGER = re.compile(r"[^\W\d_]{4,}")
_STOP = re.compile(r"(?<=[^\W\d_]{2})[.!?…]['\"”’»)]?$")
_GOES_ON = re.compile(r"[,;:\xad-]$")
_FIGURE = re.compile(r"^(?:fig|pl|plate|tab|table|abb|taf|tafel|ill|chart|map)s?[.\s]\s?(?:\d|[IVX]+\b)", re.IGNORECASE)
_PLACES = ("centred", "at the left")


@dataclass(frozen=True, slots=True)
class _Run:
    """Rows that stand together in one look: their places; ``numbered``: a number stands alone above them."""

    start: int
    end: int
    words: str
    apart: bool
    over: bool
    numbered: bool


def habitual(rows: Sequence[Row], body: float) -> Mapping[int, tuple[str, ...]]:
    """Return the rows that are headings by the habit of the book, by place, each with its label.

    Args:
        rows: of running text, in order.
        body: the size of the text's letters, in points; 0 where sizes are not known.

    """
    as_set = rows_as_set(rows, body) if body else []
    text = text_look(as_set)
    runs: dict[tuple[float, str, bool], list[_Run]] = {}
    for look, run in _runs(rows, as_set, text):
        runs.setdefault(look, []).append(run)
    out: dict[int, tuple[str, ...]] = {
        at: ("caption", "para")
        for at, here in enumerate(as_set)
        if here and (here.unlike or here.place == "centred") and _FIGURE.match(rows[at].words)
    }
    for look, alike in runs.items():
        if _are_headings(alike, len(rows), capitals="small capitals" in look[1]):
            for run in alike:
                if run.apart and run.over and run.end - run.start <= _ROWS:
                    out |= {at: ("heading+" if at > run.start else "heading",) for at in range(run.start, run.end)}
    return out


def _runs(
    rows: Sequence[Row], as_set: Sequence[SetRow | None], text: tuple[float, str, bool] | None
) -> Iterator[tuple[tuple[float, str, bool], _Run]]:
    """Yield what stands together in a look that is not the text's, in order."""
    at, at_number = 0, -1
    while at < len(as_set):
        here, start = as_set[at], at
        at += 1
        if here is None or here.look == text or not here.unlike:
            continue
        while at < len(as_set) and not is_apart(rows, as_set, at) and (as_set[at] or here).look == here.look:
            at += 1
        last = as_set[at - 1] or here  # of a heading that runs on the first row is full
        if last.place not in _PLACES:
            continue
        below = as_set[at] if at < len(as_set) else None
        words = " ".join(row.words for row in rows[start:at])
        over = below is not None and below.look != here.look
        # a title stands apart with its number, which is set otherwise and stands apart above it
        numbered = at_number == start
        at_number = at if _LONE_NUMBER.match(words) and is_apart(rows, as_set, start) else -1
        size, unlike, centred = here.look
        alike = size, unlike.replace("in capitals", "").strip(), centred  # where some say a short number or name
        yield alike, _Run(start, at, words, numbered or is_apart(rows, as_set, start), over, numbered)


def _are_headings(runs: Sequence[_Run], rows: int, *, capitals: bool) -> bool:
    """Tell whether rows of one look are the headings of a book of so many rows; ``capitals``: small ones."""
    count = len(runs)
    says = {key(run.words) for run in runs}
    if (
        count < (_FEWEST if not _count_up(runs) else _COUNTED)
        or sum(run.end - run.start for run in runs) > _MOST * rows
        or len(says) < _MOSTLY * count
    ):
        return False
    numbered = sum(run.numbered for run in runs) > max(_COUNTED, count / 2)
    return all(
        sum(map(bool, tells)) >= _MOSTLY * count
        for tells in (
            [run.apart for run in runs],
            [run.over for run in runs],
            [run.end - run.start <= _ROWS for run in runs],
            [numbered or _is_title(run.words, capitals=capitals) for run in runs],
        )
    )


def _count_up(runs: Sequence[_Run]) -> bool:
    """Tell whether each run opens with the number behind that of the one above."""
    numbers = [number_of(found[1]) if (found := _NUMBER.match(run.words)) else 0 for run in runs]
    return 0 not in numbers and all(after == one + 1 for one, after in pairwise(numbers))


def _is_title(words: str, *, capitals: bool) -> bool:
    """Tell whether words may be a title: they open with a capital or a number, and are no sentence.

    ``capitals``: they are set in small capitals, of which files often say the wrong case.
    """
    if _GOES_ON.search(words) or _FIGURE.match(words) or not key(words):
        return False
    opens = words.lstrip("“\"‘'«([§ ")[:1]
    if capitals or not (opens.isupper() or opens.isdigit()):
        return capitals
    longer = _LONGER.findall(words)
    titled = sum(word[0].isupper() for word in longer) >= _TITLED * len(longer)
    return titled or not _STOP.search(words)

"""Prose and verse by where rows end: of prose where the next word has no room, of verse where the poet ends them.

Rows that break a word at their end, and the full rows around them, are of one paragraph, never of a poem. In languages
that write nouns with a capital, rows of prose begin with capitals as often as verses do, and only this tells them
apart. Rows that end inside a sentence though the next word had room, and go on with a capital, are verses, or stand
each for itself; that is told only where the page says how much room there was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from pipeline.kinds.pages.leaves import Row
from pipeline.kinds.pages.measure import Measure

__all__ = ["prose"]

_BROKEN = re.compile(r"[^\W\d_][-\xad‐]$")
_ENDED = re.compile(r"[.!?…:][\"'”’»)\]*†‡\d¹²³⁰⁴-⁹]{0,4}$")
_NEARLY = 0.97  # of a full row; what with the first word of the row below is as wide was full
_HYPHENS = 0.02  # of the rows break a word, in a text that is hyphenated
_ROWS = 3  # full rows behind one another; verses are hardly ever as wide as prose
_LETTER = 0.55  # em; so wide is a letter, roughly
_CLEARLY = 2.0  # em of room beside that of the next word
_HALF = 0.5  # of a full row; after a shorter one, such as a heading, anything may begin
_FEWEST = 2  # verses that end inside a sentence; one alone may be anything
_LABELS = ("para", "quote", "heading", "drama", "stage", "letter", "item", "caption", "table")
_ANY = (*_LABELS, *(f"{label}+" for label in _LABELS))
_ON = tuple(f"{label}+" for label in _LABELS)
_INSIDE = (*_ON, "verse", "verse+", "letter", "stage", "item", "caption", "table")
_ALONE = ("verse", "heading", "heading+", "stage", "letter", "item", "caption", "table")


def prose(rows: Sequence[Row], measure: Measure) -> Mapping[int, tuple[str, ...]]:
    """Return the rows, by place, that are prose for sure, or are none: the labels that they may have.

    Args:
        rows: of running text, in order.
        measure: how wide the rows of running text are.

    """
    broken = [_is_broken(one, below) for one, below in pairwise(rows)]
    hyphenated = sum(broken) > _HYPHENS * len(rows)
    full = [
        hyphen or _is_full(one, below, measure) for hyphen, (one, below) in zip(broken, pairwise(rows), strict=True)
    ]
    out: dict[int, tuple[str, ...]] = {}
    start = 0
    for at in range(len(rows)):
        if at < len(full) and full[at]:
            continue
        if any(broken[start:at]) or (hyphenated and at - start >= _ROWS):
            out |= {
                n: _ON if n > start and not _ENDED.search(rows[n - 1].words) else _ANY for n in range(start, at + 1)
            }
        start = at + 1
    inside = (at + 1 for at, (one, row) in enumerate(pairwise(rows)) if _opens_nothing(one, row, measure))
    return {**dict.fromkeys(inside, _INSIDE), **dict.fromkeys(_verses(rows), _ALONE), **out}


def _is_broken(row: Row, below: Row) -> bool:
    return bool(_BROKEN.search(row.words)) and below.words[:1].islower()


def _is_full(row: Row, below: Row, measure: Measure) -> bool:
    """Tell whether the first word of the row below would not have fitted into a row."""
    if below.blanks and below.page == row.page:
        return False
    return measure.share(row.words) + measure.share(f"n {below.words.split(None, 1)[0]}") > _NEARLY


def _opens_nothing(above: Row, row: Row, measure: Measure) -> bool:
    """Tell whether a row stands inside a sentence: no paragraph and no turn begins there."""
    goes_on = row.words[:1].islower() and not _ENDED.search(above.words)
    return goes_on and not row.blanks and row.page == above.page and measure.share(above.words) > _HALF


def _verses(rows: Sequence[Row]) -> Iterator[int]:
    """Yield the rows that stand together, begin with capitals and end before they are full, most inside a sentence."""
    run: list[int] = []
    inside = 0
    for at, row in enumerate(rows):
        goes_on = bool(run) and not row.blanks and row.page == rows[at - 1].page
        if not goes_on:
            yield from run if len(run) > _FEWEST and 2 * inside >= len(run) else ()
            run, inside = [], 0
        if run and not _had_room(rows[at - 1], row):
            yield from run[:-1] if len(run) - 1 > _FEWEST and 2 * inside >= len(run) - 1 else ()
            run, inside = [], 0
        elif run and not _ENDED.search(rows[at - 1].words):
            inside += 1
        run.append(at)
    yield from run if len(run) > _FEWEST and 2 * inside >= len(run) else ()


def _had_room(row: Row, below: Row) -> bool:
    """Tell whether a row ended though the next word, which begins with a capital, had room."""
    word = below.words.lstrip("“\"‘'«„(").partition(" ")[0]  # none in a row of quotation marks
    return (
        row.look is not None
        and word[:1].isupper()
        and not row.words[-1:].isdigit()
        and row.look.right > _LETTER * (len(word) + 1) + _CLEARLY
    )

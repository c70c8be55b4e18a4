"""Half titles: the title of the book that stands once more right above its first chapter, part or preface.

Old books have one on a leaf of its own, or over the first page (Chicago Manual of Style, 1.17); the new half title says
it again, and no division is called so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from pipeline.label.front import BOOK_TITLE, HALF_TITLE
from pipeline.label.headlines import WIDE, letters_of, plain, value_of
from pipeline.label.labeller import Told
from pipeline.label.layout import Unit
from pipeline.label.looks import written
from pipeline.label.rows import Row
from pipeline.label.settled import Settled
from pipeline.label.titles import joins_only
from pipeline.label.told import SETTLED, SURE, overruled, role_of, stretches
from pipeline.model import Reason, Role
from pipeline.parts import END, FRONT_OR_BACK, NAMED, NUMBER, NUMBERED, named_by

_MOTTO = 2  # stretches from the half title of a part to the title over its text, where a motto stands between
_MAY_BE = (Role.PARAGRAPH, Role.LETTER, Role.QUOTE)
_TEXT = (Role.PARAGRAPH, Role.DIALOGUE)
_PART = 2  # the rank of chapters; parts lie above


def half_titles(
    rows: Sequence[Row],
    told: Mapping[int, Told],
    listed: Mapping[str, int],
    found: Sequence[Unit],
    settled: Mapping[int, Settled],
) -> dict[int, Told]:
    """Take the title of the book, right above a heading, for its half title.

    So it is with the title of a part, which stands once more over its first chapter, with a motto between at most.
    Where chapters begin to count anew later in the book, or another title like it stands right above a heading, it may
    be the first tale of several; where the contents have it, above any text.
    """
    page = [(found[at], one) for at, one in settled.items() if one.rule == BOOK_TITLE]
    rows_of_title = [text for unit, one in page for text in (unit.text, *unit.rows[: 1 if one.rows else 0])]
    titles = {key for text in (*rows_of_title, " ".join(unit.text for unit, _ in page)) for key in _keys(text)}
    parts = stretches(rows)
    heads = [all(role_of(row, told) is Role.HEADING for row in part) for part in parts]
    texts = [" ".join(row.text for row in part) for part in parts]
    signs = [_number(text) if head else "" for text, head in zip(texts, heads, strict=True)]
    names = [n for n, part in enumerate(parts) if heads[n] and not (told[part[0].number].goes_on or _says(texts[n]))]
    reason = Reason(HALF_TITLE, Role.LETTER, SETTLED)
    out: dict[int, Told] = {
        row.number: overruled(reason, Role.HEADING, goes_on=k > 0, score=SURE)
        for n, after in pairwise(names)
        if letters_of(plain(texts[n])) == letters_of(plain(texts[after])) and after <= n + _MOTTO
        if after + 1 < len(parts)
        and signs[after + 1]
        and not any(role_of(parts[m][0], told) in _TEXT for m in range(n, after))
        for k, row in enumerate(parts[n])
    }
    bare = [n for n, part in enumerate(parts) if not heads[n] and _stands_alone(part, told)]
    for n in (*names, *bare):
        key = letters_of(plain(texts[n]))
        if not (n + 1 < len(parts) and heads[n + 1] and _keys(texts[n]) & titles):
            continue
        anew = signs[n + 1] and signs.count(signs[n + 1]) > 1 and not _is_part(texts[n + 1])
        alike = [
            m
            for m in names
            if m != n and written(texts[m]) == written(texts[n]) and 2 * parts[m][0].gap >= parts[n][0].gap
        ]
        sisters = (m for m in alike if key in listed or (m > n and m + 1 < len(parts) and heads[m + 1]))
        if anew or any(letters_of(plain(texts[m])) not in titles for m in sisters):
            continue
        for k, row in enumerate(parts[n]):
            out[row.number] = overruled(reason, role_of(row, told), goes_on=k > 0, score=SURE)
        if told[parts[n + 1][0].number].goes_on:  # what was joined to it stands by itself
            first = parts[n + 1][0].number
            out[first] = Told(Role.HEADING, False, SURE, None, 0.0, told[first].reasons)
    return out


def _stands_alone(part: Sequence[Row], told: Mapping[int, Told]) -> bool:
    """Tell whether a row with room above may be a half title though it seemed no heading: no sentence ends with it."""
    row = part[0]
    return len(part) == 1 and row.gap >= WIDE and row.text[-1:] not in ".!?" and role_of(row, told) in _MAY_BE


def _keys(text: str) -> set[str]:
    """Return the letters of a title, and those without a small word at its head: "THE KETTLE", "OF A KETTLE"."""
    first, _, rest = plain(text).partition(" ")
    return {letters_of(plain(text)), letters_of(rest if joins_only(first) else text)} - {""}


def _number(text: str) -> str:
    """Return by which word and number a heading counts, or nothing."""
    words = plain(text)
    if named := NAMED.match(words):
        return named[0].casefold()
    number = NUMBER.match(words) or NUMBERED.match(words)
    return f"{value_of(number['sign'])}" if number else ""


def _says(text: str) -> bool:
    """Tell whether a heading counts, or names a part of a book: no title stands beside that of the book so."""
    words = plain(text)
    return bool(_number(text) or FRONT_OR_BACK.match(words) or END.match(words))


def _is_part(text: str) -> bool:
    named = NAMED.match(plain(text))
    return named is not None and named_by(named)[1] < _PART

"""Heads in italics close above their text, as receipts and the sections of learned books have them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from pipeline.label.formulas import CLOSING, is_dateline, is_day
from pipeline.label.headlines import letters_of
from pipeline.label.labeller import Told
from pipeline.label.middle import SET_IN, around
from pipeline.label.rows import Row
from pipeline.label.told import SETTLED, overruled, role_of, stretches
from pipeline.model import Reason, Role

WHY = {
    "head-in-italics": "In italics from end to end, close above prose, as many others are: a side head.",
    "sister-of-a-heading": "In italics in the middle, over prose, as another right below a heading: a side head.",
}
"""The rules of heads in italics, with what an editor would say."""

_SISTERS = 2  # rows in italics in the middle of the page, all over prose
_MANY = 6  # heads, and
_OTHER_WORDS = 0.8  # of them say what no other says; rows that come back name a speaker, a journal, a refrain
_MOST = 0.7  # of the stretches in italics from end to end stand so
_FEW = 0.25  # of them are headings so far
_ROWS = 2
_LONGEST = 110  # characters
_PROSE = 45  # characters of a paragraph of one row
_FORM = re.compile(r"_[^_]+_\.?")
_NO_HEAD = (",", ";", ":", "-", "—", "!", "?")
_MAY_BE = (Role.PARAGRAPH, Role.HEADING, Role.QUOTE, Role.LETTER, Role.VERSE, Role.CAPTION)


def heads(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take many rows in italics, each with words of its own and close above prose, for headings, all of them."""
    if any(one.role is Role.DIALOGUE for one in told.values()):
        return {}  # what is done stands so in plays
    parts = [part for part in stretches(rows) if role_of(part[0], told) is not None]
    slanted = [n for n, part in enumerate(parts) if _is_slanted(part) and not told[part[0].number].goes_on]
    found = [*_over_prose(parts, slanted, told)]
    words = {letters_of(part[0].text) for part in found}
    weighed = sum(role_of(part[0], told) is Role.HEADING for part in found)
    if weighed > _FEW * len(found):
        return {}  # the others are exceptions: a command, a remark
    if len(found) < _MANY or len(words) < _OTHER_WORDS * len(found) or len(found) < _MOST * len(slanted):
        return {}
    reason = Reason("head-in-italics", Role.HEADING, SETTLED)
    return {
        row.number: overruled(reason, told[row.number].role, goes_on=n > 0)
        for part in found
        for n, row in enumerate(part)
        if not (role_of(row, told) is Role.HEADING and told[row.number].goes_on)  # a title below a number
    }


def sisters(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take rows in italics in the middle of the page, over prose, for headings if one stands right below a heading.

    So the pieces of a part are named, the first of them right below its title; no line of verse stands so again.
    """
    if any(one.role is Role.DIALOGUE for one in told.values()):
        return {}
    parts = stretches(rows)
    middle = [n for n, part in enumerate(parts) if len(part) == 1 and part[0].indent > SET_IN and _is_slanted(part)]
    found = [*_over_prose(parts, middle, told)]
    below = [n for n in middle if n and role_of(parts[n - 1][-1], told) is Role.HEADING]
    words = {letters_of(part[0].text) for part in found}
    first = any(parts[n] in found for n in below)
    spans = [(part[0].indent, part[0].end) for part in found]
    if (
        not first
        or not around(spans, sum(spans[0]) / 2)
        or len(found) < _SISTERS
        or len(words) < len(found)
        or len(found) < len(middle)
    ):
        return {}
    reason = Reason("sister-of-a-heading", Role.HEADING, SETTLED)
    return {part[0].number: overruled(reason, told[part[0].number].role) for part in found}


def _is_slanted(part: Sequence[Row]) -> bool:
    """Tell whether a pair of italics goes over one row, or two."""
    return len(part) <= _ROWS and _FORM.fullmatch(" ".join(row.text for row in part)) is not None


def _over_prose(
    parts: Sequence[Sequence[Row]], slanted: Sequence[int], told: Mapping[int, Told]
) -> Iterator[Sequence[Row]]:
    """Yield the stretches in italics that stand close above a paragraph, and may head it."""
    for n in slanted:
        part, below = parts[n], parts[n + 1] if n + 1 < len(parts) else []
        text = " ".join(row.text for row in part)
        bare = text.strip("_. ")
        prose = below and role_of(below[0], told) is Role.PARAGRAPH and (len(below) > 1 or len(below[0].text) > _PROSE)
        other = is_day(bare) or is_dateline(bare) or CLOSING.match(bare) or text.rstrip("_").endswith(_NO_HEAD)
        roles = {role_of(row, told) for row in part}
        if prose and below[0].gap <= part[0].gap and len(text) <= _LONGEST and roles <= {*_MAY_BE} and not other:
            yield part

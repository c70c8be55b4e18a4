"""Who said it: a name at the left margin below verse, which heads nothing, and which no dash, bracket or column marks.

An epigraph stands between a heading and its chapter, so a name between its verse and the text is its source. Verse that
is quoted within prose is set in; a name at the margin close below it, and far above what follows, again and again, is
the poet's (as dictionaries and anthologies have it).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from pipeline.label.below_headings import only_names_itself
from pipeline.label.headlines import plain
from pipeline.label.labeller import Told
from pipeline.label.looks import written
from pipeline.label.rows import Row
from pipeline.label.told import SETTLED, is_plain, overruled, role_of, stretches
from pipeline.model import Reason, Role
from pipeline.parts import CONTENTS, END, NAMED

WHY = {
    "source-below-verse": "A name alone close below verse, which heads no text of its own: who wrote that verse.",
}
"""The rule of sources at the margin, with what an editor would say."""

_LONGEST = 46  # characters
_WORDS = 6
_STRETCHES = 8  # of an epigraph
_IN = 2  # columns by which verse is set in among prose
_OFTEN = 3  # names below verse; fewer show no habit
_INITIALS = re.compile(r"(?:[^\W\d_a-z]\. ?){2,4}")
_SLANTED = re.compile(r"[_(][^_()]+[_)]\.?")
_MAY_BE = (Role.PARAGRAPH, Role.HEADING, Role.LETTER, Role.QUOTE, Role.CAPTION)
_ENTERS = (Role.PARAGRAPH, Role.ITEM, Role.DIALOGUE)


def sources(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take names below epigraphs in verse, and below verse that is quoted again and again, for their sources."""
    parts = [part for part in stretches(rows) if role_of(part[0], told) is not None]  # pictures stand between
    found = [*_of_epigraphs(parts, told)]
    quoted = [*_of_quotations(parts, told)]
    if len(quoted) >= _OFTEN and any(role_of(row, told) is not Role.HEADING for row in quoted):
        found += quoted
    reason = Reason("source-below-verse", Role.ATTRIBUTION, SETTLED)
    return {row.number: overruled(reason, told[row.number].role) for row in found}


def _of_epigraphs(parts: Sequence[Sequence[Row]], told: Mapping[int, Told]) -> Iterator[Row]:
    """Yield names between verse right below a heading and prose."""
    below = 0  # stretches of verse since a heading
    headed = False
    for n, part in enumerate(parts[:-1]):
        role = role_of(part[0], told)
        if headed and below and role is not Role.VERSE:
            after = parts[n + 1]
            prose = role_of(after[0], told) is Role.PARAGRAPH and (len(after) > 1 or len(after[0].text) > _LONGEST)
            if prose and part[0].gap <= 1 and below <= _STRETCHES and _is_source(part, told):
                yield part[0]
        if role is Role.HEADING:
            headed, below = True, 0
        elif role is Role.VERSE:
            below += 1
        else:
            headed = False


def _of_quotations(parts: Sequence[Sequence[Row]], told: Mapping[int, Told]) -> Iterator[Row]:
    """Yield names at the margin close below verse that is set in, where no verse follows them as closely."""
    margin = min((row.indent for part in parts for row in part if role_of(row, told) is Role.PARAGRAPH), default=0)
    for n in range(1, len(parts)):
        above, part = parts[n - 1], parts[n]
        if (
            role_of(above[-1], told) not in (Role.VERSE, Role.QUOTE)
            or part[0].gap != 1
            or part[0].indent >= margin + _IN
        ):
            continue
        after = parts[n + 1] if n + 1 < len(parts) else []
        if after and after[0].gap < 2 and role_of(after[0], told) not in _ENTERS:
            continue
        if min(row.indent for row in above) >= margin + _IN and _is_source(part, told):
            yield part[0]


def _is_source(part: Sequence[Row], told: Mapping[int, Told]) -> bool:
    """Tell whether a stretch is a name by itself, in capitals, titled, in italics or initials."""
    text = part[0].text
    words = plain(text)
    one = told[part[0].number]
    if len(part) > 1 or len(text) > _LONGEST or one.role not in _MAY_BE or len(text.split()) > _WORDS:
        return False
    if one.role is Role.HEADING and is_plain(one):
        return False  # it stands in the contents, or counts
    if NAMED.match(words) or CONTENTS.match(words) or END.match(words) or text[-1] in "!?:;,":
        return False
    if _INITIALS.fullmatch(text) or _SLANTED.fullmatch(text):
        return True
    return (
        not only_names_itself(words)
        and text.lstrip('"“„«‘')[:1].isupper()
        and written(text) in ("capitals", "title", "short-words")
    )

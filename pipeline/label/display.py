"""What is displayed within running text and is no heading: tables with leaders, captions of tables, notices."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from pipeline.label.labeller import Told
from pipeline.label.observe import Row, written
from pipeline.label.shapes import without_leaders
from pipeline.label.told import AGREED, SETTLED, role_of, stretches
from pipeline.model import Reason, Role
from pipeline.parts import NAMED

WHY = {
    "led-to-figures": "Dots lead from its words to a figure, as on the lines beside it: a table.",
    "columns-in-line": "A wide space parts its words, and the words behind it stand below one another: a table.",
    "names-a-table": "It names a table with its number, and one stands right below: its caption.",
    "announced-notice": "In capitals, below a colon: what stood on a board, a letter, a stone.",
}
"""The rules of what stands apart, each with what an editor would say."""

_MOSTLY = 0.6  # share of the rows of a table that have leaders
_TWO = 2  # rows make a table
_NOTICE = 6  # rows; a board has no more
_ALIGNED = 0.75  # share of the rows whose second column begins, or ends, where the others' does
_WIDE = 4  # columns between the columns of a table at its widest place; a space between sentences has two
_COLUMNS = re.compile(r"(?<=\S) {2,}(?=\S)")
_CELL = 30  # characters; two rows with more behind a space are words that ran together
_LINE_NUMBER = re.compile(r" {2,}\d+$")
_TABLE = re.compile(
    r"\W*(?:table|tab\.|tabelle|tableau|tabla|tabella|tabela|tabel|tabell|таблица|табл\.)\s*(?:nr?\.?\s*)?[\dIVXLC]+\b",
    re.IGNORECASE,
)
_COLON = re.compile(r":[\W_]*$")
_OPEN = (Role.PARAGRAPH, Role.VERSE, Role.ITEM, Role.LETTER, Role.QUOTE, Role.HEADING, Role.DIALOGUE)


def led(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take rows right below one another for a table if dots lead to a figure in most of them."""
    out: dict[int, Told] = {}
    reason = Reason("led-to-figures", Role.TABLE, SETTLED)
    for part in stretches(rows):
        leaders = sum(without_leaders(row.text) != row.text for row in part)
        if leaders >= max(_TWO, _MOSTLY * len(part)):
            for row in part:
                if (role := role_of(row, told)) in _OPEN:
                    out[row.number] = Told(Role.TABLE, False, AGREED, role, 1 - AGREED, (reason,))
    return out


def columned(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take rows right below one another for a table if a wide space parts each, at one place in nearly all."""
    out: dict[int, Told] = {}
    reason = Reason("columns-in-line", Role.TABLE, SETTLED)
    for part in stretches(rows):
        for row in part if stands_in_columns(part) else ():
            if (role := role_of(row, told)) in (Role.VERSE, Role.PARAGRAPH, Role.QUOTE, Role.ITEM):
                out[row.number] = Told(Role.TABLE, False, AGREED, role, 1 - AGREED, (reason,))
    return out


def stands_in_columns(part: Sequence[Row]) -> bool:
    """Tell whether rows of one stretch have a second column: a wide space in each, at one place in nearly all."""
    gaps = [list(_COLUMNS.finditer(row.text)) for row in part]
    if len(part) < _TWO or not all(gaps) or all(_LINE_NUMBER.search(row.text) for row in part):
        return False
    if len(part) == _TWO and any(len(row.text) - own[-1].end() > _CELL for row, own in zip(part, gaps, strict=True)):
        return False
    begins = Counter(row.indent + gap.end() for row, own in zip(part, gaps, strict=True) for gap in own)
    ends = Counter(row.end for row in part)
    wide = max(len(gap[0]) for own in gaps for gap in own) >= _WIDE
    common = max(begins[place - 1] + times + begins[place + 1] for place, times in list(begins.items()))
    return wide and max(common, *ends.values()) >= max(_TWO, _ALIGNED * len(part))


def captioned(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take what names a table and stands right above one for its caption."""
    out: dict[int, Told] = {}
    reason = Reason("names-a-table", Role.CAPTION, SETTLED)
    for part, below in pairwise(stretches(rows)):
        role = role_of(part[0], told)
        if role in _OPEN and role_of(below[0], told) is Role.TABLE and _TABLE.match(part[0].text):
            for n, row in enumerate(part):
                out[row.number] = Told(Role.CAPTION, n > 0, AGREED, role, 1 - AGREED, (reason,))
    return out


def notices(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take a few rows in capitals below a colon for what somebody reads, not for a heading."""
    out: dict[int, Told] = {}
    reason = Reason("announced-notice", Role.QUOTE, SETTLED)
    for above, part in pairwise(stretches(rows)):
        text = " ".join(row.text for row in part)
        reads = role_of(above[-1], told) is Role.PARAGRAPH and _COLON.search(above[-1].text)
        if not reads or len(part) > _NOTICE or written(text) != "capitals" or NAMED.match(text.strip("_*= ")):
            continue
        if all(role_of(row, told) is Role.HEADING for row in part):
            for row in part:
                out[row.number] = Told(Role.QUOTE, False, AGREED, Role.HEADING, 1 - AGREED, (reason,))
    return out

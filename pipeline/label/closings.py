"""How letters close and open by their words, and what stands far to the right by itself: a date, a signature."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from pipeline.label.formulas import CLOSING, SALUTATION
from pipeline.label.labeller import Told
from pipeline.label.layout import Convention, Unit
from pipeline.label.looks import written
from pipeline.label.middle import around, middle_of
from pipeline.label.told import SETTLED, overruled
from pipeline.model import Reason, Role

_FORMULA, _RIGHT = "letter-formula", "set-to-the-right"
WHY = {
    _FORMULA: "The words with which letters begin, or close, with the names below them.",
    _RIGHT: "Few short lines far to the right, by themselves: a date, or a signature.",
}
"""The rules of dates, greetings and signatures, each with what an editor would say."""

_ROWS = 3  # of a date or signature
_FAR = 0.4  # of the width; a line that begins farther right is set to the right
_CENTRED = 4  # columns by which a line in the middle may be off it
_NAME = 40  # characters of a name below the close of a letter
_MAY_CLOSE = (Role.VERSE, Role.QUOTE, Role.PARAGRAPH, Role.HEADING)


def closings(found: Sequence[Unit], told: Mapping[int, Told], but: AbstractSet[int]) -> dict[int, Told]:
    """Take greetings, closes and what is set to the right for parts of letters.

    Where first lines of paragraphs are set in throughout, a line set in begins one.

    Args:
        found: the units of a text.
        told: what is told of its lines so far.
        but: the lines of which an editor is certain already.

    """
    out: dict[int, Told] = {}
    middle = middle_of(_spans(row for unit in found if len(unit.rows) <= _ROWS for row in unit.rows))
    for above, unit in zip([None, *found], found, strict=False):
        first = told.get(unit.first)
        if first is None or not but.isdisjoint(unit.lines):
            continue
        closed = above is not None and CLOSING.match(above.text.strip()) is not None  # a letter
        right = _closes(unit, middle)
        if first.role in _MAY_CLOSE and (right or _is_formula(unit) or (closed and _is_name(unit))):
            reason = Reason(_RIGHT if right else _FORMULA, Role.LETTER, SETTLED)
            for line in unit.lines:
                if line in told:
                    out[line] = overruled(reason, told[line].role)
        elif unit.convention is Convention.INDENTED and not unit.blanks:
            out[unit.first] = replace(first, goes_on=False)
    return out


def set_to_the_right(told: Told) -> bool:
    """Tell whether a line was taken for a date or a signature for where it stands."""
    return any(reason.rule == _RIGHT for reason in told.reasons)


def _is_name(unit: Unit) -> bool:
    """Tell whether a unit is a short line that may be a name."""
    text = unit.text.strip("_* ")
    display = written(text) in ("title", "capitals") and text[-1:] not in "!?:"
    return len(unit.rows) == 1 and len(text) <= _NAME and display


def _spans(rows: Iterable[str]) -> list[tuple[int, int]]:
    """Return the columns where each row begins and ends."""
    return [(len(row) - len(row.lstrip()), len(row.rstrip())) for row in rows]


def _closes(unit: Unit, middle: float) -> bool:
    """Tell whether a unit is a date or a signature set to the right: few short lines, none of them farther left.

    ``middle``: the column around which this text sets lines in the middle of its page.
    """
    if middle and around(_spans(unit.rows), middle):
        return False
    insets = [len(row) - len(row.lstrip()) - unit.margin for row in unit.rows]
    room = unit.width - max((len(row) for row in unit.rows), default=0)
    least = min(insets, default=0)
    right = unit.width > 0 and least >= _FAR * unit.width and least > room + _CENTRED  # not in the middle
    return right and len(insets) <= _ROWS and bool(unit.blanks) and unit.blank_after


def _is_formula(unit: Unit) -> bool:
    """Tell whether a unit is the salutation of a letter, or the words that close it with the names below them."""
    first = unit.rows[0].strip() if unit.rows else unit.text
    closing = len(unit.rows) <= _ROWS and CLOSING.match(first) is not None
    return bool(unit.blanks) and (closing or (len(unit.rows) == 1 and SALUTATION.match(first) is not None))

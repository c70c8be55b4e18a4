"""Numbers between stanzas: one series is one thing throughout, headings of poems or numbers within one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.label.headlines import value_of
from pipeline.label.labeller import Told
from pipeline.label.notes import without_call
from pipeline.label.rows import Row
from pipeline.label.told import SETTLED, overruled, role_of, stretches
from pipeline.model import Reason, Role
from pipeline.parts import NUMBER

WHY = {
    "numbers-stanzas": "Numbers alone over stanzas count up: all are headings, or rows of the poem, as most are.",
}
"""The rule of numbers of stanzas, with what an editor would say."""

_SERIES = 3  # numbers
_MAY_BE = (Role.PARAGRAPH, Role.HEADING, Role.QUOTE, Role.VERSE, Role.ITEM, Role.LETTER)


def numbers(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take numbers that count up over stanzas for headings, if most were so read, or for rows of the poem."""
    out: dict[int, Told] = {}
    parts = stretches(rows)
    run: list[Row] = []
    last = 0
    for part, below in zip(parts, [*parts[1:], []], strict=True):
        text = without_call(part[0].text, rounded=True).strip("_ ")
        found = NUMBER.match(text) if len(part) == 1 else None
        stanza = len(below) > 1 and all(role_of(row, told) is Role.VERSE for row in below)
        if found is None or not stanza or role_of(part[0], told) not in _MAY_BE:
            continue
        value = value_of(found["sign"])
        if value not in (1, last + 1):
            _settle(run, told, out)
            run = []
        run.append(part[0])
        last = value
    _settle(run, told, out)
    return out


def _settle(run: Sequence[Row], told: Mapping[int, Told], out: dict[int, Told]) -> None:
    """Make one thing of the numbers of a run."""
    heads = sum(role_of(row, told) is Role.HEADING for row in run)
    if len(run) < _SERIES or heads == len(run):
        return
    role = Role.HEADING if 2 * heads > len(run) else Role.VERSE
    reason = Reason("numbers-stanzas", role, SETTLED)
    for row in run:
        if role_of(row, told) is not role:
            out[row.number] = overruled(reason, told[row.number].role)

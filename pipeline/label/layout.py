"""Which physical lines make one paragraph: the first question, before any line gets a role.

People's texts come in a few conventions. Each stretch between blank lines is looked at by itself, because one file may
hold several: a saved page with a transcription pasted into it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pipeline.model import Line


class Convention(StrEnum):
    """How paragraphs are laid out in a stretch of lines."""

    LINE = "one paragraph a line"
    WRAPPED = "wrapped at a fixed width"


@dataclass(frozen=True, slots=True)
class Unit:
    """Lines that make one paragraph (or heading, item …), joined with single spaces.

    ``blanks``: blank lines before it; ``blank_after``: a blank line or the end follows; ``indent``: columns.
    """

    lines: tuple[int, ...]
    text: str
    blanks: int
    blank_after: bool
    indent: int
    convention: Convention

    @property
    def first(self) -> int:
        """The number of its first line."""
        return self.lines[0]


FILL = 85  # columns; a hard-wrapped text keeps below this, a line longer than this is a paragraph of its own
_AROUND = 4  # stretches on both sides that must keep within the fill too
_OPENS = re.compile(r"^\W*[a-zà-öø-ÿа-яα-ω]")
_BROKEN_OFF = re.compile(r"[\w,–—-]$")
_WORDY = 40  # characters; below this a line without a full stop may be a heading, a name, an address


def convention(stretch: Sequence[Line]) -> Convention:
    """Say how the lines of one stretch (no blank line inside) are laid out.

    Wrapped text has several lines, none longer than the fill, and all but the last nearly as long as the longest.
    """
    lengths = [len(line.text.rstrip()) for line in stretch]
    if len(lengths) < 2 or max(lengths) > FILL or max(lengths) < 45:
        return Convention.LINE
    full = [length for length in lengths[:-1] if length >= 0.7 * max(lengths)]
    return Convention.WRAPPED if len(full) >= 0.75 * (len(lengths) - 1) else Convention.LINE


def units(lines: Sequence[Line]) -> tuple[Unit, ...]:
    """Gather lines into units, in order. Every non-blank line is in one unit."""
    found = list(_stretches(lines))
    widths = [max(len(line.text) for line in stretch) for _, stretch in found]
    out: list[Unit] = []
    for n, (blanks, stretch) in enumerate(found):
        # Two short lines among long ones are two paragraphs; wrapped text keeps to its width all around.
        narrow = max(widths[max(0, n - _AROUND) : n + _AROUND + 1]) <= FILL
        out += _gather(stretch, blanks, convention(stretch) if narrow else Convention.LINE)
    return tuple(_mended(out))


def _stretches(lines: Sequence[Line]) -> Iterator[tuple[int, list[Line]]]:
    blanks = 2  # the start of a text separates as much as two blank lines
    stretch: list[Line] = []
    for line in (*lines, Line(0, "")):
        if line.text.strip():
            stretch.append(line)
            continue
        if stretch:
            yield blanks, stretch
            stretch, blanks = [], 0
        blanks += 1


def _gather(stretch: list[Line], blanks: int, kind: Convention) -> list[Unit]:
    groups = [stretch] if kind is Convention.WRAPPED else [[line] for line in stretch]
    last = len(groups) - 1
    return [_unit(group, blanks if n == 0 else 0, n == last, kind) for n, group in enumerate(groups)]


def _unit(group: Sequence[Line], blanks: int, blank_after: bool, kind: Convention) -> Unit:
    text = " ".join(line.text.strip() for line in group)
    indent = len(group[0].text) - len(group[0].text.lstrip())
    return Unit(tuple(line.number for line in group), text, blanks, blank_after, indent, kind)


def _mended(found: list[Unit]) -> list[Unit]:
    """Join a line that was broken by mistake: it stops without a stop, and the next goes on in lower case."""
    out: list[Unit] = []
    for unit in found:
        before = out[-1] if out else None
        if before is not None and unit.blanks == 0 and _goes_on(before, unit):
            text = f"{before.text} {unit.text}"
            lines = before.lines + unit.lines
            out[-1] = Unit(lines, text, before.blanks, unit.blank_after, before.indent, before.convention)
        else:
            out.append(unit)
    return out


def _goes_on(before: Unit, unit: Unit) -> bool:
    return (
        before.convention is Convention.LINE
        and unit.convention is Convention.LINE
        and len(before.text) > _WORDY
        and len(unit.text) > _WORDY
        and bool(_BROKEN_OFF.search(before.text))
        and unit.text[0].islower()
        and bool(_OPENS.match(unit.text))
    )

"""Measure: text of one paragraph a line, set to a measure, so that all text is read in one way.

Some people press Return where a line is full, others only where a paragraph ends. To a reader that makes no difference,
and to the labeller it shall make none: paragraphs on one line are set to the measure of wrapped text, with a blank line
between them, and what is then decided on the first of their rows is decided on the line.
"""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from pipeline.label.labeller import GOES_ON
from pipeline.label.layout import FILL, columns, wrapped_regions
from pipeline.label.looks import written
from pipeline.model import Decision, Line, Role
from pipeline.parts import NAMED, NUMBER, NUMBERED

MEASURE = 72
"""Columns: what the volunteers of Project Gutenberg wrap at, whose texts the weights are learnt from."""

_LONG = MEASURE  # columns; a longer line is a paragraph
_VERSE = 62  # columns; lines of verse are seldom longer
_FEWEST = 3  # short lines, one below the other, that may be verse
_MOST = 0.7  # of the lines of a stanza begin with a capital
_MANY = 0.35  # of the lines of a stanza stop without a full stop
_WORDY = 40  # characters; a shorter line was not broken off
_FULL = 45  # columns; nobody ends a line of prose before
_RUNS_ON = frozenset({Role.PARAGRAPH, Role.QUOTE, Role.LETTER})
_FULL_STOP = re.compile(r"[.!?…:][\"'”’»)\]_*]*$")
_SPOKEN = re.compile(r"[\"“„«—–-]|--")


@dataclass(frozen=True, slots=True)
class Measured:
    """A text set to a measure.

    ``lines``: its rows, numbered anew; ``source``: for each of them that is not blank the line of the text that it is
    of; ``apart``: lines that were ended on purpose above, so that no prose runs on into them.
    """

    lines: tuple[Line, ...]
    source: Mapping[int, int]
    apart: frozenset[int] = frozenset()

    def rows(self, numbers: Container[int]) -> set[int]:
        """Return the rows of the lines with these numbers."""
        return {row for row, line in self.source.items() if line in numbers}

    def labels(self, of_lines: Mapping[int, str]) -> dict[int, str]:
        """Return the labels of lines as labels of rows: all but the first row of a line go on with it."""
        out: dict[int, str] = {}
        above = 0
        for row, line in self.source.items():
            if label := of_lines.get(line):
                out[row] = label if line != above else f"{GOES_ON}{label.removeprefix(GOES_ON)}"
            above = line
        return out


def to_measure(lines: Sequence[Line], furniture: Container[int] = ()) -> Measured:
    """Set what stands one paragraph a line to a measure; what is wrapped stays as it is, and so does ``furniture``."""
    wrapped = wrapped_regions(lines, furniture)
    numbers = {number for first, last in wrapped for number in range(first, last + 1)}
    loose = [line for line in lines if not line.blank and line.number not in numbers and line.number not in furniture]
    parted = bool(wrapped) or _has_gaps(lines)
    if parted and not any(columns(line.text) > FILL for line in loose):
        source = {line.number: line.number for line in lines if not line.blank}
        return Measured(tuple(lines), source, _apart(loose))
    return _Compositor(lines, {line.number for line in loose}).measured()


def _apart(loose: Sequence[Line]) -> frozenset[int]:
    """Return the lines above which a line ended though it had room, and not within a sentence that goes on small."""
    out: set[int] = set()
    for above, line in pairwise(loose):
        ended, text = above.text.rstrip(), line.text.strip()
        broken = text[0].islower() and len(ended) > _WORDY and not _FULL_STOP.search(ended)
        if not broken and (columns(ended) < _FULL or columns(ended) > FILL):
            out.add(line.number)
    return frozenset(out)


def as_lines(text: Measured, decisions: Iterable[Decision]) -> Iterator[Decision]:
    """Return what was decided on rows as decided on their lines: the role that most of its rows have."""
    for number, rows in groupby(decisions, key=lambda one: text.source[one.line]):
        told = list(rows)
        if len(told) == 1 and not (told[0].role in _RUNS_ON and number in text.apart):
            yield told[0] if told[0].line == number else replace(told[0], line=number)
            continue
        # A row of a line may have signs only; what has words on another row is no ornament.
        worded = [one for one in told if one.role is not Role.SEPARATOR] or told
        role = Counter(one.role for one in worded).most_common(1)[0][0]
        first = next(one for one in told if one.role is role)
        joined = told[0].joined and first is told[0] and not (role in _RUNS_ON and number in text.apart)
        yield replace(first, line=number, joined=joined)


class _Compositor:
    def __init__(self, lines: Sequence[Line], loose: set[int]) -> None:
        self.lines = lines
        self.loose = loose
        self.stanzas = _stanzas(lines, loose)
        self.spaced = self._spaced()

    def _spaced(self) -> bool:
        """Tell whether blank lines part the paragraphs: they stand beside most long lines."""
        parted = together = blanks = 0
        above: Line | None = None
        for line in self.lines:
            if line.blank:
                blanks += 1
                continue
            if above is not None and {above.number, line.number} <= self.loose and (_is_long(above) or _is_long(line)):
                parted += blanks > 0
                together += not blanks
            above, blanks = line, 0
        return parted >= together if parted or together else _has_gaps(self.lines)

    def measured(self) -> Measured:
        rows: list[Line] = []
        source: dict[int, int] = {}
        above: Line | None = None
        blanks = 0
        for line in self.lines:
            if line.blank:
                blanks += 1
                continue
            gap = blanks + (above is not None and self._parts(above, line))
            rows += [Line(len(rows) + 1 + n, "") for n in range(gap)]
            for text in _set(line.text) if line.number in self.loose else (line.text,):
                rows.append(Line(len(rows) + 1, text))
                source[len(rows)] = line.number
            above, blanks = line, 0
        return Measured(tuple(rows), source, _apart([line for line in self.lines if line.number in self.loose]))

    def _parts(self, above: Line, line: Line) -> bool:
        """Tell whether a blank line is wanted between two lines."""
        if not {above.number, line.number} & self.loose:
            return False
        if self.spaced:
            return line.number == above.number + 1 and (_is_long(above) or _is_long(line))
        stanza = self.stanzas.get(above.number)
        return stanza is None or stanza != self.stanzas.get(line.number)


def _has_gaps(lines: Sequence[Line]) -> bool:
    """Tell whether a blank line stands between any two lines with words."""
    filled = [n for n, line in enumerate(lines) if not line.blank]
    return bool(filled) and any(line.blank for line in lines[filled[0] : filled[-1]])


def _is_long(line: Line) -> bool:
    return columns(line.text) > _LONG


def _set(text: str) -> list[str]:
    """Break a line into rows; what has bars or tabs in it is a row of a table."""
    if len(text) <= _LONG and columns(text) <= _LONG:
        return [text]
    if "\t" in text.strip() or text.count("|") > 1:
        return [text]
    inset = text[: len(text) - len(text.lstrip())].expandtabs()[: MEASURE // 2]
    width = MEASURE * len(text) // columns(text)
    return textwrap.wrap(text.strip(), width, initial_indent=inset, subsequent_indent=inset, break_on_hyphens=False)


def _stanzas(lines: Sequence[Line], loose: Container[int]) -> dict[int, int]:
    """Find short lines below one another that look like verse: for each the number of the first line of its stanza."""
    out: dict[int, int] = {}
    for verse, group in groupby(lines, key=lambda line: line.number in loose and _may_be_verse(line.text)):
        run = list(group)
        if verse and run[0].text.rstrip().endswith(":"):  # what leads up to it
            run = run[1:]
        if not verse or len(run) < _FEWEST:
            continue
        texts = [line.text.strip() for line in run]
        if 2 * sum(written(text) == "title" for text in texts) > len(texts):  # a title page, a list of names
            continue
        capitals = sum(text.lstrip("\"“„«'‘_([")[:1].isupper() for text in texts)
        running = sum(not _FULL_STOP.search(text) for text in texts[:-1])
        if capitals >= _MOST * len(run) and running >= _MANY * (len(run) - 1):
            out |= dict.fromkeys((line.number for line in run), run[0].number)
    return out


def _may_be_verse(text: str) -> bool:
    plain = text.strip().strip("_* .")
    return (
        bool(plain)
        and columns(text.strip()) <= _VERSE
        and plain.upper() != plain
        and not any(form.match(plain) for form in (NUMBER, NUMBERED, NAMED, _SPOKEN))
    )

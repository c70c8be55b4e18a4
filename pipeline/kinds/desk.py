"""The desk at which a kind of text marks up its copy: line by line what it is, what it says now, what was taken off.

A quotation is a slip: lines with its words, and the line that says where they are from. Where no line of its own says
so, the source stands behind the words of the last line, or over a whole work.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from pipeline.kinds.galley import styled
from pipeline.label.layout import FILL
from pipeline.model import Change, ChangeKind, Citation, Copy, Decision, Fields, Line, Reason, Role, Style
from pipeline.report import Report

_WEIGHT = 12.0  # as the layout settles a line: no rule speaks louder
_STOPPED = re.compile(r"[.!?…][\"”»’)\]]*$")
_STANZA = 3  # lines; fewer are hardly a poem
_STARRED = re.compile(r"(?<![*\w])\*([^*\s](?:[^*]*[^*\s])?)\*(?![*\w])")
_ROOM = 0.5  # of the lines of prose, at most, have room for the next line's first word


class Desk:
    """Lines on the way to a copy. Every method that decides takes the rule by which it does."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._source = lines
        self._text = {line.number: line.text for line in lines}
        self._decisions: dict[int, Decision] = {}
        self._citations: dict[int, Citation] = {}
        self._changes: list[Change] = []
        self._unsourced: list[tuple[int, int]] = []
        self._own: set[int] = set()
        self._dates: dict[int, tuple[int, ...]] = {}
        self._width = _width(lines)

    def text(self, number: int) -> str:
        """Return a line as it stands by now."""
        return self._text[number].strip()

    def decided(self, number: int) -> bool:
        """Tell whether a line has its role."""
        return number in self._decisions

    def decide(self, number: int, role: Role, rule: str, *, joined: bool = False, level: int = 0) -> None:
        """Say what a line is."""
        self._decisions[number] = Decision(number, role, joined, 1.0, (Reason(rule, role, _WEIGHT),), level)

    def form(self, numbers: Iterable[int], rule: str) -> None:
        """Leave out lines that are only the file's form."""
        for number in numbers:
            if self._text[number].strip():
                self.decide(number, Role.BOILERPLATE, rule)

    def rewrite(self, number: int, text: str, why: str) -> None:
        """Let a line say ``text``, a part of what it says now."""
        before = self._text[number].strip()
        self._text[number] = text
        if before != text.strip():
            self._changes.append(Change(number, ChangeKind.RELABELLED, before, text.strip(), why))

    def part(self, number: int, text: str, rest: str, why: str) -> None:
        """Let a line say ``text``; ``rest``, the other words of it, are set elsewhere."""
        self._text[number] = text
        self._changes.append(Change(number, ChangeKind.MOVED, rest, rest, why))

    def cut(self, number: int, text: str) -> None:
        """Let a line say ``text``; the rest of it is the source of its words, which goes to their note."""
        self._text[number] = text

    def prose(self, numbers: Sequence[int], rule: str, *, own: bool = False) -> None:
        """Set lines as a paragraph each, as one, or as verse, by how they lie; a blank line parts paragraphs."""
        if own:
            self.own(numbers)
        runs: list[list[int]] = []
        for number in numbers:
            if not self._text[number].strip():
                continue
            if runs and runs[-1][-1] == number - 1:
                runs[-1].append(number)
            else:
                runs.append([number])
        for run in runs:
            rows = [self.text(number) for number in run]
            verse = not own and _is_verse(rows, self._width)
            apart = max(map(len, rows)) > FILL or (len(rows) >= _STANZA and all(_STOPPED.search(row) for row in rows))
            for n, number in enumerate(run):
                joined = n > 0 and not verse and not apart and not _opens(rows[n])
                self.decide(number, Role.VERSE if verse else Role.PARAGRAPH, rule, joined=joined)

    def own(self, numbers: Iterable[int]) -> None:
        """Say that lines are somebody's own words, which want no source."""
        self._own.update(numbers)

    def source(self, numbers: Sequence[int], rule: str) -> str:
        """Say that lines name a source; return their words, joined."""
        for n, number in enumerate(numbers):
            self.decide(number, Role.CITATION, rule, joined=n > 0)
        return " ".join(self.text(number) for number in numbers)

    def cite(self, words: Sequence[int], fields: Fields | None, text: str, line: int | None = None) -> None:
        """Give the lines ``words`` their source.

        Args:
            words: numbers of the lines of a quotation, in order.
            fields: what the source says; nothing where it names no work that could be taken apart.
            text: the source as it stands on ``line``, where stars stand around titles; empty where it stands over a
                whole work, and the note names that.
            line: the line that says so; without it the last of ``words``.

        """
        number = words[-1] if line is None else line
        text = _STARRED.sub(lambda found: styled(found[1], Style.EMPHASIS), text)
        covers = (min(words), max(words))
        self._citations[number] = Citation(
            number, text, fields or Fields(), parsed=fields is not None, covers=covers, kind=_kind(fields)
        )

    def unsourced(self, words: Sequence[int]) -> None:
        """Say that nothing names the source of the lines ``words``."""
        self._unsourced.append((min(words), max(words)))

    def dated(self, words: Sequence[int], when: tuple[int, ...]) -> None:
        """Say when the lines ``words`` were marked or copied, from the year to the second; nothing: nobody knows."""
        if when:
            self._dates[min(words)] = when

    def by(self, order: str, report: Report) -> list[int]:
        """Return the line numbers in an order of the settings: quotations by work, by author or by date.

        Works come in the order in which they first appear, authors by their names; what names neither comes last. By
        date, what has none stays behind what stood above it. Under headings, and in any other order, all stays as it
        was: then nothing is returned, and ``report`` learns of an order that could not be.
        """
        titles = sum(one.role is Role.TITLE for one in self._decisions.values())
        headed = titles > 1 or any(one.role is Role.HEADING for one in self._decisions.values())
        if order not in ("work", "author", "date"):
            return []
        if headed or (order == "date" and not self._dates):
            if order != "work":
                why = "they stand under headings" if headed else "none of them has a date"
                report.find("order-kept", None, order=order, why=why)
            return []
        first: dict[str, int] = {}
        keys: list[tuple[tuple[int, ...], str, int, int]] = []
        units = sorted({*((one.covers or (0, 0)) for one in self._citations.values()), *self._unsourced})
        cited = {one.covers: one for one in self._citations.values()}
        known: tuple[int, ...] = ()
        for start, end in units:
            one = cited.get((start, end))
            people = (one.fields.author or one.fields.editor) if one else ()
            author = (people[0].family or people[0].literal if people else one.text if one else "\U0010ffff").casefold()
            work = (one.fields.title or one.text).casefold() if one else ""
            place = first.setdefault(work or f"{start}", len(first)) if one else len(self._source)
            known = self._dates.get(start, known)
            by_date, by_author = order == "date", order == "author"
            keys.append((known if by_date else (), author if by_author else "", 0 if by_date else place, start))
        ends = {start: max(end, cited[start, end].line if (start, end) in cited else 0) for start, end in units}
        return [number for *_, start in sorted(keys) for number in range(start, ends[start] + 1)]

    def copy(self, order: Sequence[int] = (), *, title: str = "", authors: tuple[str, ...] = ()) -> Copy:
        """Return the copy, its lines in ``order`` (those not named stay behind the line that they stood behind)."""
        known = {line.number for line in self._source}
        numbers = _ordered([line.number for line in self._source], [number for number in order if number in known])
        return Copy(
            tuple(Line(number, self._text[number]) for number in numbers),
            tuple(self._decisions[number] for number in numbers if number in self._decisions),
            tuple(self._citations[number] for number in numbers if number in self._citations),
            changes=tuple(self._changes),
            own=frozenset(self._own),
            unsourced=tuple(self._unsourced),
            title=title,
            authors=authors,
        )


def _kind(fields: Fields | None) -> str:
    """Return the kind of a work; where nobody wrote down a date, one that the styles print without "n.d."."""
    if fields is None:
        return "attribution"
    dated = fields.year or fields.container
    return "book" if dated else "entry"


def _ordered(numbers: Sequence[int], order: Sequence[int]) -> list[int]:
    if not order:
        return list(numbers)
    moved = set(order)
    behind: dict[int, list[int]] = {}
    above = 0
    for number in numbers:
        if number in moved:
            above = number
        else:
            behind.setdefault(above, []).append(number)
    out = behind.get(0, [])
    for number in order:
        out += (number, *behind.get(number, ()))
    return out


def _width(lines: Sequence[Line]) -> int:
    """Return the columns that nine in ten of the lines keep within."""
    lengths = sorted(len(line.text.rstrip()) for line in lines if not line.blank)
    return lengths[len(lengths) * 9 // 10] if lengths else 0


def _opens(row: str) -> bool:
    """Tell whether a row begins a turn ("Q: …", "A: …") and so a paragraph of its own."""
    return row[:1].isupper() and re.match(r".:\s", row) is not None


def _is_verse(rows: Sequence[str], width: int) -> bool:
    """Tell whether rows are lines of a poem: each begins with a capital, and most had room for a word of the next."""
    if len(rows) < _STANZA or not all(row.lstrip("\"“„«'‘([—–-… ")[:1].isupper() for row in rows):
        return False
    if all(_STOPPED.search(row) for row in rows):
        return False  # paragraphs of a sentence each
    room = [len(row) + 1 + len(after.split()[0]) <= min(width, FILL) for row, after in pairwise(rows)]
    return sum(room) > _ROOM * len(room)

"""Which physical lines make one paragraph: the first question, before any line gets a role.

People's texts come in a few conventions. Each stretch between blank lines is looked at in its region, because one file
may hold several: a saved page with a transcription pasted into it. In a region that is wrapped at a fixed width, a line
ended where its next word had no more room; that is what tells prose from verse, lists and addresses.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby, pairwise

from pipeline.model import Line
from pipeline.parts import NOTES


class Convention(StrEnum):
    """How paragraphs are laid out in a stretch of lines."""

    LINE = "one paragraph a line"
    WRAPPED = "wrapped at a fixed width"
    INDENTED = "wrapped at a fixed width, paragraphs told by their indents"


@dataclass(frozen=True, slots=True)
class Unit:
    """Lines that make one paragraph (or heading, stanza, table …), joined with single spaces in ``text``.

    ``blanks``: blank lines before it; ``blank_after``: a blank line or the end follows; ``indent``: columns; ``rows``:
    its lines as they stand; ``width``: the columns to which its region is wrapped (0: it is not), ``margin``: the
    indent of running text there.
    """

    lines: tuple[int, ...]
    text: str
    blanks: int
    blank_after: bool
    indent: int
    convention: Convention
    rows: tuple[str, ...] = ()
    width: int = 0
    margin: int = 0

    @property
    def first(self) -> int:
        """The number of its first line."""
        return self.lines[0]


Stretch = list[Line]

FILL = 85
"""Columns: most hard-wrapped texts keep below this; in any other, a line longer than this is a paragraph of its own."""

_WIDEST = 160  # columns; nobody wraps a text wider than this
_LONG = 60  # columns of a row that may show how wide a text is wrapped
_WIDE = 3  # such rows above others, and
_FULL = 0.8  # share of them that had no room for the next word
_AROUND = 4  # stretches on both sides that must keep within the fill too
_NARROWEST = 40  # columns; nobody wraps a text narrower than this
_EVIDENCE = 3  # lines of prose in one stretch that show that a region is wrapped
_SOLID = 25  # rows; in a text with blank lines between its paragraphs hardly one is as long
_FILLED = 0.5  # share of full rows in prose with short paragraphs and headings between them
_FIRST_INDENT = 10  # columns; a paragraph's first line is not set in farther
_OPENS = re.compile(r"^\W*[a-zà-öø-ÿа-яα-ω]")
_BROKEN_OFF = re.compile(r"[\w,–—-]$")
_WORDY = 40  # characters; below this a line without a full stop may be a heading, a name, an address
_MARKED = re.compile(r"^\s*[\"“«„]?(?:\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{2,6})[.)]|[–—•·▪*-])\s+\S")
_NOTED = re.compile(
    r"^\s*(?:\^\d{1,3}(?=\s)|\[(?:\d{1,3}|[A-Za-z]|[*†‡§¶]{1,3})\]|[¹²³⁰⁴-⁹]+|[†‡§¶]{1,3}|\+{1,2}(?=\s))\s*\S"
)
_LABELLED = re.compile(rf"{_NOTED.pattern}|^\s*(?:\(\d{{1,3}}\)|\d{{1,3}}[.)])\s+\S")
_RULE = re.compile(r"^\s*(?:_{3,}|-{3,}|[—–]{2,})\s*$")
_BRACKET = re.compile(r"^\s*\[(?:[^\]]*$|[^\]]*\]\.?\s*$)")
_STOPPED = re.compile(r"[.!?…:;][\"'”’»)\]]*$")


_UNSPACED = re.compile("[\u1100-\u115f\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60]")


def columns(text: str) -> int:
    """Return how many columns a row takes: letters of Chinese, Japanese and Korean take two."""
    return len(text) if text.isascii() else len(text) + len(_UNSPACED.findall(text))


def is_full(row: str, after: str, width: int) -> bool:
    """Tell whether a row had no more room within ``width`` columns for the first word of the row ``after`` it."""
    word = after.split(None, 1)[0] if after.strip() else ""
    return columns(row.rstrip()) + room_for(word) > width


def room_for(word: str) -> int:
    """Return the columns that a word takes at the end of a row; without spaces, a row may end after any letter."""
    return columns(word[0]) if _UNSPACED.match(word) else 1 + len(word)


def fill_of(found: Iterable[Sequence[Line]]) -> int:
    """Return how wide a line of these stretches may be without being a paragraph of its own, in columns.

    Some people wrap at 90 or 100 columns: the rows that are wider than usual end where the next word had no room.
    """
    rows = [
        (row.text.rstrip(), after.text)
        for stretch in found
        for row, after in pairwise(stretch)
        if _LONG <= columns(row.text.rstrip()) <= _WIDEST
    ]
    width = max((columns(row) for row, _ in rows), default=0)
    if width <= FILL or len(rows) < _WIDE:
        return FILL
    full = sum(is_full(row, after, width) for row, after in rows)
    within = sum(not _STOPPED.search(row) for row, _ in rows)  # a paragraph on a line ends with its sentence
    return width + 1 if full >= _FULL * len(rows) and within >= max(_WIDE, len(rows) / 2) else FILL


def convention(stretch: Sequence[Line], fill: int = FILL) -> Convention:
    """Say how the lines of one stretch (no blank line inside) are laid out.

    Wrapped text has several lines, none longer than the fill, and all but the last nearly as long as the longest.
    """
    lengths = [columns(line.text.rstrip()) for line in stretch]
    longest = max(lengths)
    if len(lengths) < 2 or longest > fill or longest < 45:
        return Convention.LINE
    full = [length for length in lengths[:-1] if length >= 0.7 * longest]
    return Convention.WRAPPED if len(full) >= 0.75 * (len(lengths) - 1) else Convention.LINE


def filled(rows: Sequence[str], width: int) -> float:
    """Return the share of rows (but the last) whose next word had no more room within ``width`` columns."""
    full = sum(is_full(row, after, width) for row, after in pairwise(rows))
    return full / (len(rows) - 1) if len(rows) > 1 else 1.0


def units(lines: Sequence[Line], furniture: Container[int] = (), measured: bool = False) -> tuple[Unit, ...]:
    """Gather lines into units, in order. Every non-blank line that is no ``furniture`` is in one unit.

    ``measured``: the text was set to a measure (:mod:`pipeline.label.measure`), and is wrapped throughout.
    """
    found = _parted(list(_stretches(lines, furniture)))
    fill = fill_of(stretch for _, stretch in found)
    widths = [max(columns(line.text) for line in stretch) for _, stretch in found]
    out: list[Unit] = []
    at = 0
    for start, end in [(0, len(found))] if measured else _regions(found, widths, fill):
        for n in range(at, start):
            out += _by_line(found, widths, n, fill)
        width, margin, indented = _geometry([stretch for _, stretch in found[start:end]])
        for blanks, stretch in found[start:end]:
            out += _wrapped(stretch, blanks, width, margin, indented)
        at = end
    for n in range(at, len(found)):
        out += _by_line(found, widths, n, fill)
    return tuple(_mended(out, furniture))


def wrapped_regions(lines: Sequence[Line], furniture: Container[int] = ()) -> list[tuple[int, int]]:
    """Return the first and the last line of each region that is wrapped at a fixed width."""
    found = list(_stretches(lines, furniture))
    widths = [max(columns(line.text) for line in stretch) for _, stretch in found]
    fill = fill_of(stretch for _, stretch in found)
    return [(found[start][1][0].number, found[end - 1][1][-1].number) for start, end in _regions(found, widths, fill)]


def regions(found: Sequence[Unit]) -> Iterator[str]:
    """Say in words how the text is laid out, region by region."""
    for (wrapped, width), group in groupby(found, key=lambda unit: (unit.width > 0, unit.width)):
        inside = list(group)
        kinds = Counter(unit.convention for unit in inside)
        kind = kinds.most_common(1)[0][0] if not wrapped else Convention.WRAPPED
        if wrapped and kinds[Convention.INDENTED] > len(inside) // 4:
            kind = Convention.INDENTED
        first, last = inside[0].first, inside[-1].lines[-1]
        yield f"lines {first}–{last}: {kind}" + (f" ({width} columns)" if wrapped else "")


def _stretches(lines: Sequence[Line], furniture: Container[int]) -> Iterator[tuple[int, Stretch]]:
    blanks = 2  # the start of a text separates as much as two blank lines
    stretch: Stretch = []
    for line in (*lines, Line(0, "")):
        if line.number in furniture:
            continue
        if line.text.strip():
            stretch.append(line)
            continue
        if stretch:
            yield blanks, stretch
            stretch, blanks = [], 0
        blanks += 1


def _parted(found: Sequence[tuple[int, Stretch]]) -> list[tuple[int, Stretch]]:
    """Part the paragraphs of wrapped prose that has hardly a blank line: each ends in a row that is not full.

    Other texts stay as they are: where blank lines part paragraphs, a short row is but a short row.
    """
    if sum(len(stretch) for _, stretch in found) < _SOLID * len(found):
        return list(found)
    out: list[tuple[int, Stretch]] = []
    for blanks, stretch in found:
        rows = [line.text.rstrip() for line in stretch]
        lengths = sorted(map(columns, rows))
        width = lengths[int(0.97 * (len(lengths) - 1))]
        even = Counter(map(_indent, rows)).most_common(1)[0][1]
        if len(rows) < _SOLID // 2 or width < _NARROWEST or even < 0.9 * len(rows) or filled(rows, width) < _FILLED:
            out.append((blanks, stretch))
            continue
        ends = [
            not is_full(above, row, width) and (bool(_STOPPED.search(above)) or not _OPENS.match(row))
            for above, row in pairwise(rows)
        ]
        parts = _cut(stretch, [True, *ends])
        out += ((blanks if n == 0 else 1, part) for n, part in enumerate(parts))
    return out


def _by_line(found: Sequence[tuple[int, Stretch]], widths: Sequence[int], n: int, fill: int) -> list[Unit]:
    blanks, stretch = found[n]
    # Two short lines among long ones are two paragraphs; wrapped text keeps to its width all around.
    narrow = max(widths[max(0, n - _AROUND) : n + _AROUND + 1]) <= fill
    return _gather(stretch, blanks, convention(stretch, fill) if narrow else Convention.LINE)


def _regions(found: Sequence[tuple[int, Stretch]], widths: Sequence[int], fill: int) -> Iterator[tuple[int, int]]:
    """Find the runs of stretches that are wrapped at a fixed width: none is wider than the fill, and prose shows it."""
    start = 0
    for end in range(len(found) + 1):
        if end < len(found) and widths[end] <= fill:
            continue
        run = found[start:end]
        if any(_prose([line.text for line in stretch]) for _, stretch in run) or (
            len(run) == len(found) and _lines_of_verse(run)
        ):
            yield start, end
        start = end + 1


def _prose(rows: Sequence[str]) -> bool:
    """Tell whether some of these rows, one after another, are plainly prose wrapped at their own width."""
    widest = max(columns(row.rstrip()) for row in rows)
    if len(rows) < _EVIDENCE or widest < _NARROWEST:
        return False
    full = 0
    for row, after in pairwise(rows):
        full = full + 1 if is_full(row, after, widest) else 0
        if full == _EVIDENCE - 1:
            return True
    return False


def _lines_of_verse(run: Sequence[tuple[int, Stretch]]) -> bool:
    """Tell whether a text without any prose is lines that were meant: stanzas, most lines begun with a capital."""
    rows = [line.text.strip() for _, stretch in run for line in stretch if len(stretch) > 2]
    return len(rows) > 3 and sum(row[0].isupper() or not row[0].isalpha() for row in rows) > 0.7 * len(rows)


def _geometry(run: Sequence[Stretch]) -> tuple[int, int, bool]:
    """Return the width of a region, the indent of its running text, and whether first lines are indented."""
    lengths: list[int] = []
    margins: Counter[int] = Counter()
    first = inner = seen = 0
    for stretch in run:
        rows = [line.text for line in stretch]
        indents = [_indent(row) for row in rows]
        if len(rows) < 2 or _filled_paragraphs(rows, indents) < 0.7:
            continue
        seen += 1
        for row, indent in zip(rows[:-1], indents, strict=False):
            lengths.append(columns(row.rstrip()))
            margins[indent] += len(row)
        low = min(indents)
        first += low < indents[0] <= low + _FIRST_INDENT and indents[1] == low
        inner += sum(a == low < b <= low + _FIRST_INDENT for a, b in pairwise(indents))
    if not lengths:
        return 72, 0, False
    lengths.sort()
    # Where every paragraph is one stretch with its first line set in, the margin is that of the lines below.
    return lengths[int(0.97 * (len(lengths) - 1))], margins.most_common(1)[0][0], first + inner > max(1, seen // 2)


def _filled_paragraphs(rows: Sequence[str], indents: Sequence[int]) -> float:
    """Return the share of full rows; those above a row set in farther do not count, for they may end a paragraph."""
    ends = [columns(row.rstrip()) for row in rows]
    widest = max(ends)
    inside = [at for at, (above, below) in enumerate(pairwise(indents), 1) if below <= above]
    full = sum(ends[at - 1] + room_for(rows[at].split(None, 1)[0]) > widest for at in inside)
    return full / len(inside) if inside else 0.0


def _indent(row: str) -> int:
    return len(row.expandtabs()) - len(row.expandtabs().lstrip())


def _wrapped(stretch: Stretch, blanks: int, width: int, margin: int, indented: bool) -> list[Unit]:
    """Cut a stretch of a wrapped region into units: by first lines set in, by list markers, at bracketed lines."""
    groups = [stretch]
    kind = Convention.WRAPPED
    indents = [_indent(line.text) for line in stretch]
    low = min(indents)
    deeper = {indent for indent in indents if indent > low}
    returns = indents[0] > low or indents[-1] == low  # not the second line of a title or an entry
    if low <= margin and indented and returns and len(deeper) == 1 and low < max(indents) <= low + _FIRST_INDENT:
        kind = Convention.INDENTED
        groups = _cut(stretch, [indent > low for indent in indents])
    elif len(stretch) > 1 and _MARKED.match(stretch[0].text) and not _columns(stretch):
        groups = _cut(stretch, [bool(_MARKED.match(line.text)) for line in stretch])
    elif len(stretch) > 1 and low <= margin < width // 2 < indents[-1] and indents[-1] == max(indents[1:]):
        groups = [stretch[:-1], stretch[-1:]]  # a name at the right, below what it belongs to
    elif len(stretch) > 1 and _is_over_notes(stretch[0].text) and _LABELLED.match(stretch[1].text):
        groups = [stretch[:1], *_cut(stretch[1:], [bool(_LABELLED.match(line.text)) for line in stretch[1:]])]
    elif len(stretch) > 1 and _NOTED.match(stretch[0].text):
        groups = _cut(stretch, [bool(_NOTED.match(line.text)) for line in stretch])
    elif any(line.text.lstrip().startswith("[") for line in stretch):
        groups = _brackets(stretch)
    last = len(groups) - 1
    return [_unit(group, blanks if n == 0 else 0, n == last, kind, width, margin) for n, group in enumerate(groups)]


def _is_over_notes(row: str) -> bool:
    """Tell whether a row is what stands right over the first note: a rule, or what names them."""
    return bool(_RULE.match(row) or NOTES.match(row))


def _columns(stretch: Stretch) -> bool:
    """Tell whether wide gaps stand in the middle of most lines: a table, whatever its lines begin with."""
    gaps = sum(bool(re.search(r"\S {3,}\S|\|", re.sub(r"^\s*\S+\s+", "", line.text))) for line in stretch)
    return gaps > 0.5 * len(stretch)


def _cut(stretch: Stretch, opens: Sequence[bool]) -> list[Stretch]:
    groups: list[Stretch] = []
    for line, new in zip(stretch, opens, strict=True):
        if new or not groups:
            groups.append([])
        groups[-1].append(line)
    return groups


def _brackets(stretch: Stretch) -> list[Stretch]:
    """Set apart what stands in brackets on lines of its own, at any place in the stretch."""
    groups: list[Stretch] = []
    depth = 0
    fresh = True
    for line in stretch:
        opens = depth == 0 and bool(_BRACKET.match(line.text))
        if opens or fresh or not groups:
            groups.append([])
        groups[-1].append(line)
        fresh = False
        if opens or depth > 0:
            depth = max(0, depth + line.text.count("[") - line.text.count("]"))
            fresh = depth == 0
    return groups if depth == 0 else [stretch]


def _gather(stretch: Stretch, blanks: int, kind: Convention) -> list[Unit]:
    groups = [stretch] if kind is Convention.WRAPPED else [[line] for line in stretch]
    last = len(groups) - 1
    return [_unit(group, blanks if n == 0 else 0, n == last, kind) for n, group in enumerate(groups)]


def _unit(
    group: Sequence[Line], blanks: int, blank_after: bool, kind: Convention, width: int = 0, margin: int = 0
) -> Unit:
    rows = tuple([line.text for line in group])
    text = " ".join(map(str.strip, rows))
    numbers = tuple([line.number for line in group])
    return Unit(numbers, text, blanks, blank_after, _indent(rows[0]), kind, rows, width, margin)


def _mended(found: list[Unit], furniture: Container[int]) -> list[Unit]:
    """Join what was broken by mistake, or by a page number: it stops without a stop, and the next goes on small."""
    out: list[Unit] = []
    for unit in found:
        before = out[-1] if out else None
        if before is not None and ((unit.blanks == 0 and _goes_on(before, unit)) or _torn(before, unit, furniture)):
            out[-1] = replace(
                before,
                lines=before.lines + unit.lines,
                text=f"{before.text} {unit.text}",
                blank_after=unit.blank_after,
                rows=before.rows + unit.rows,
            )
        else:
            out.append(unit)
    return out


def _goes_on(before: Unit, unit: Unit) -> bool:
    return (
        before.convention is Convention.LINE
        and unit.convention is Convention.LINE
        and len(before.text) > _WORDY
        and len(unit.text) > _WORDY
        and unit.text[0].islower()
        and bool(_BROKEN_OFF.search(before.text))
        and bool(_OPENS.match(unit.text))
    )


def _torn(before: Unit, unit: Unit, furniture: Container[int]) -> bool:
    """Tell whether furniture stands between two halves of one paragraph."""
    between = range(before.lines[-1] + 1, unit.lines[0])
    return (
        len(between) < 8
        and unit.text[0].islower()
        and len(before.text) > _WORDY
        and not _STOPPED.search(before.text)
        and any(number in furniture for number in between)
    )


def begins_with_capital(row: str) -> bool:
    """Tell whether the first letter of a row is a capital, as a line of verse has one."""
    return next((sign for sign in row if sign.isalpha()), "a").isupper()

"""Attributed passages: each has its source on a line of its own, right above or below it, that no sign marks.

``> The lamps were trimmed at dusk.`` and below it "Ada Orr, The Lamp Room, p. 12"; or the same without Markdown's sign,
passage and source in one run of lines, from the first of the text to the last. That the line is a source is told by
what it names: a person and a work. Where ``>`` says what was quoted, a name alone is enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pipeline.kinds.attribution import NAME_FORM, fields_of, is_attribution
from pipeline.kinds.desk import Desk
from pipeline.model import ChangeKind, Claim, Copy, Leaving, Line, Role
from pipeline.report import Report
from pipeline.settings import Settings

NAME = "passages with their sources"
WHY: Mapping[str, str] = {
    "attributed-words": "The words of a passage.",
    "attributed-source": "Beside each passage stands the line that names its source.",
    "attributed-head": "A heading over passages.",
    "attributed-own": "Short words beside no passage: the compiler's own.",
    "attributed-form": "A rule between two passages is only the file's form.",
}
LEAVES = {"attributed-form": Leaving(ChangeKind.SET_ASIDE)}
_SIGN = re.compile(r"^\s*(?:>\s?)+")
_CALLED = re.compile(r"^\[!(?:quote|cite)\][-+]?\s*", re.IGNORECASE)  # Obsidian's, before the source
_RULE = re.compile(r"^\s*(?:[*_~=#·•-]\s*){3,}$|^\s*[─━—_]{2,}\s*$")
_HEAD = re.compile(r"^#{1,6}\s+(?=\S)")
_ENDED = re.compile(r"[.!?…,;:。！？]$")
_NAMED = 80  # characters; a source that names no work is not longer
_LONGEST = 1500  # characters of a passage; nobody copies more at once
_FEW = 3
_MOST = 0.8  # of the passages have a source
_WORKS = 0.6  # of the sources name a work, where no sign says what was quoted; half of that where one does
_SCORE = 0.93


class _Is(StrEnum):
    HEAD = "head"
    SOURCE = "source"
    WORDS = "words"


@dataclass(slots=True)
class _Part:
    what: _Is
    lines: Sequence[Line]
    signed: bool = False
    work: bool = False  # a source that names a person and a work

    @property
    def numbers(self) -> list[int]:
        return [line.number for line in self.lines]

    @property
    def text(self) -> str:
        return " ".join(_bare(line.text) for line in self.lines)


def recognise(lines: Sequence[Line]) -> Claim | None:
    """Claim a text of passages that nearly all have a source beside them, most of these a person and a work."""
    filled = [line for line in lines if not line.blank]
    if len(filled) < 2 * _FEW:
        return None
    signed = sum(bool(_SIGN.match(line.text)) for line in filled) >= _FEW
    if not signed and any(len(block) == 1 for block in _blocks(lines[: len(lines) // 2 + 1])):
        return None  # without a sign, passage and source stand in one run of lines
    parts = list(_parts(lines, signed=signed))
    found = list(_passages(parts))
    sources = [source for _, source in found if source is not None]
    works = sum(source.work for source in sources)
    if len(sources) < _FEW or len(sources) < _MOST * len(found):
        return None
    if works < (_WORKS / 2 if signed else _WORKS) * len(sources):
        return None
    words = [sum(len(part.text) for part in passage) for passage, _ in found]
    held = sum(part.what is _Is.SOURCE for part in parts)
    quoted = all(part.signed for passage, _ in found for part in passage)
    if max(words) > _LONGEST or held > len(sources) + 2 or (signed and not quoted):
        return None
    reason = f"{len(sources)} of {len(found)} passages have a line beside them that names their source"
    return Claim(NAME, filled[0].number, filled[-1].number, _SCORE, (reason,))


def read(lines: Sequence[Line], settings: Settings, report: Report) -> Copy:
    """Read the passages, each with its source."""
    desk = Desk(lines)
    signed = sum(bool(_SIGN.match(line.text)) for line in lines) >= _FEW
    parts = list(_parts(lines, signed=signed))
    for part in parts:
        for number in part.numbers:
            sign = "heading" if part.what is _Is.HEAD else "quotation"
            desk.rewrite(number, _bare(desk.text(number)), f"the sign of a {sign} is only its form")
    heads = [part for part in parts if part.what is _Is.HEAD]
    titled = len(parts) > 1 and parts[0].what is parts[1].what is _Is.HEAD
    for part in heads:
        division = part is parts[0] or not titled
        role, level = (Role.TITLE, 0) if division else (Role.HEADING, 2)
        for n, number in enumerate(part.numbers):
            desk.decide(number, role, "attributed-head", joined=n > 0, level=level)
    for passage, source in _passages(parts):
        numbers = [number for part in passage for number in part.numbers]
        desk.prose(numbers, "attributed-words")
        if source is None:
            desk.unsourced(numbers)
            continue
        text = desk.source(source.numbers, "attributed-source").rstrip(":")
        desk.cite(numbers, fields_of(text), text, source.numbers[0])
    for part in parts:
        if desk.decided(part.numbers[0]):
            continue
        if part is parts[0]:
            desk.decide(part.numbers[0], Role.TITLE, "attributed-head")  # short, and the passages have theirs
        desk.prose([number for number in part.numbers if not desk.decided(number)], "attributed-own", own=True)
    desk.form((line.number for line in lines if not desk.decided(line.number)), "attributed-form")
    return desk.copy(desk.by(settings.order, report))


def _bare(text: str) -> str:
    return _CALLED.sub("", _HEAD.sub("", _SIGN.sub("", text)).strip())


def _passages(parts: Sequence[_Part]) -> Iterator[tuple[list[_Part], _Part | None]]:
    """Yield passages, each with its source: above it where the text begins with one and ends without, else below."""
    body = [part for part in parts if part.what is not _Is.HEAD]
    above = bool(body) and body[0].what is _Is.SOURCE and body[-1].what is _Is.WORDS
    words: list[_Part] = []
    source: _Part | None = None
    for part in parts:
        if part.what is _Is.WORDS:
            words.append(part)
            continue
        if words:
            yield words, source if above else part if part.what is _Is.SOURCE else None
        words, source = [], part if part.what is _Is.SOURCE else None
    if words:
        yield words, source if above else None


def _parts(lines: Sequence[Line], *, signed: bool) -> Iterator[_Part]:
    """Cut the text at blank lines and at sources; ``signed``: a sign stands before what was quoted."""
    cut = _signed if signed else _plain
    for block in _blocks(lines):
        if _HEAD.match(block[0].text):
            yield _Part(_Is.HEAD, block)
        else:
            yield from cut(block)


def _signed(block: Sequence[Line]) -> Iterator[_Part]:
    """Cut a run of lines: below what has the sign, or below a bare sign, the source may stand."""
    if len(block) > 1 and _CALLED.match(_SIGN.sub("", block[0].text)) and (source := _source(block[:1])):
        yield source
        yield _Part(_Is.WORDS, block[1:], signed=True)
        return
    inside = [line for line in block if _SIGN.match(line.text)]
    groups: list[list[Line]] = [[]]
    for line in inside:
        if _bare(line.text):
            groups[-1].append(line)
        elif groups[-1]:
            groups.append([])
    groups = [group for group in groups if group]
    last = _source(groups[-1]) if len(groups) > 1 else None
    above = [line for line in block if inside and line.number < inside[0].number]
    below = [line for line in block if not inside or line.number > inside[-1].number]
    for lines in (above, inside, below):
        if lines is inside and groups:
            words = [line for group in (groups[:-1] if last else groups) for line in group]
            yield _Part(_Is.WORDS, words, signed=True)
            if last:
                yield last
        elif lines:
            yield _source(lines) or _Part(_Is.WORDS, lines)


def _plain(block: Sequence[Line]) -> Iterator[_Part]:
    """Cut a run of lines where its first or its last line, or its last two, name a person and a work."""
    for at in range(len(block) - 1, max(0, len(block) - 3), -1):
        source = _source(block[at:], named=False)
        if source:
            yield _Part(_Is.WORDS, block[:at])
            yield source
            return
    source = _source(block[:1], named=False) if len(block) > 1 else None
    if source:
        yield source
        yield _Part(_Is.WORDS, block[1:])
    else:
        yield _Part(_Is.WORDS, block)


def _source(lines: Sequence[Line], *, named: bool = True) -> _Part | None:
    """Return lines as a source if they name a person and a work; or, if ``named``, a name or a short attribution."""
    text = " ".join(_bare(line.text) for line in lines).rstrip(":")
    if not is_attribution(text):
        return None
    if fields_of(text) is not None:
        return _Part(_Is.SOURCE, lines, work=True)
    short = len(lines) == 1 and len(text) <= _NAMED and (NAME_FORM.fullmatch(text) or not _ENDED.search(text))
    return _Part(_Is.SOURCE, lines) if named and short else None


def _blocks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield the runs of lines between blank lines and rules; a heading stands by itself."""
    block: list[Line] = []
    for line in (*lines, Line(0, "")):
        head = bool(_HEAD.match(line.text))
        if (line.blank or _RULE.match(line.text) or head) and block:
            yield block
            block = []
        if head:
            yield [line]
        elif not line.blank and not _RULE.match(line.text):
            block.append(line)

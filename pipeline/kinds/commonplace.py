"""Commonplace books: what somebody copied out, day by day or head by head, each passage with its source beside it.

The passage stands in quotation marks, set in, or under Markdown's signs; the source is no sentence but a name, a title,
pages. Above or below is a habit of the whole book. What the compiler says between is left as the compiler's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pipeline.kinds.attribution import fields_of, is_attribution, leads
from pipeline.kinds.desk import Desk
from pipeline.kinds.devices import is_date
from pipeline.model import Claim, Copy, Line, Role
from pipeline.report import Report
from pipeline.settings import Settings

NAME = "a commonplace book"
WHY: Mapping[str, str] = {
    "commonplace-head": "A day or a head under which passages were copied.",
    "commonplace-source": "Beside a passage stands where it is from.",
    "commonplace-words": "The words of a passage that was copied.",
    "commonplace-own": "The compiler's own words.",
}
_OPENS = re.compile(r"^\s*(?:>\s?)*[\"“„«»‘「『]")
_CLOSES = re.compile(r"[\"”»“’」』]\s*(?:[.,;]|\.{3}|…)?\s*$")
_SIGN = re.compile(r"^\s*(?:>\s?)+")
_BULLET = re.compile(r"^\s*(?:[-–—*•]|\d+[.)])\s+(?=\S)")
_ENDED = re.compile(r"[.!?…。！？,;][\"”»’')\]]*$")
_SENTENCE = re.compile(r"[^\W\d_]{4,}[.!?]\s+[^\W\d_a-z]\w*\s+[a-z]+\s+[a-z]+")
_HEAD = 60  # characters
_SOURCE = 320  # characters; no source is longer
_INDENT = 2  # columns by which a passage is set in
_FEW = 2
_SAMPLE = 200  # paragraphs
_QUOTING = 0.3  # of the paragraphs at least are quotations, where no days part them
_MOST = 0.6


class _Is(StrEnum):
    HEAD = "head"
    DAY = "day"
    SOURCE = "source"
    PASSAGE = "passage"
    OWN = "own"


@dataclass(slots=True)
class _Part:
    lines: list[Line]
    what: _Is = _Is.OWN

    @property
    def text(self) -> str:
        return " ".join(_SIGN.sub("", line.text).strip() for line in self.lines)

    @property
    def numbers(self) -> list[int]:
        return [line.number for line in self.lines]


def recognise(lines: Sequence[Line]) -> Claim | None:
    """Claim the text if passages with a source beside them stand under days, or under heads in quotation marks."""
    blocks = list(_blocks(lines))
    dated = sum(len(block) == 1 and is_date(block[0].text.strip("#*_ \t")) for block in blocks)
    quoting = sum(any(_OPENS.match(line.text) for line in block[:3]) for block in blocks)
    if dated < _FEW and quoting < _QUOTING * len(blocks):
        return None
    end = lines.index(blocks[_SAMPLE - 1][-1]) + 1 if len(blocks) > _SAMPLE else 0
    if end and recognise(lines[:end]) is None:
        return None  # a long text of another kind is not read to its end
    parts = list(_parts(lines))
    days = sum(part.what is _Is.DAY for part in parts)
    heads = days + sum(part.what is _Is.HEAD for part in parts)
    passages = [part for part in parts if part.what is _Is.PASSAGE]
    if heads < _FEW or len(passages) < _FEW:
        return None
    quoted = sum(bool(_OPENS.match(part.lines[0].text)) for part in passages)
    if days < _FEW and quoted < 0.8 * len(passages):
        return None
    groups = list(_groups(parts))
    sourced = sum(bool(source) for _, source in groups)
    body = [part for part in parts if part.what not in (_Is.DAY, _Is.HEAD)]
    told = sum(part.what is not _Is.OWN for part in body) / len(body)
    if sourced < _MOST * len(groups) or told < _MOST:
        return None
    first, last = parts[0].lines[0].number, parts[-1].lines[-1].number
    reason = (
        f"{len(passages)} passages stand under {heads} {'days' if days == heads else 'heads'}, {sourced} with a source"
    )
    return Claim(NAME, first, last, 0.5 + 0.48 * told, (reason,))


def read(lines: Sequence[Line], settings: Settings, report: Report) -> Copy:
    """Read days and heads, passages and their sources."""
    desk = Desk(lines)
    parts = list(_parts(lines))
    for part in parts:
        if part.what in (_Is.DAY, _Is.HEAD):
            for n, number in enumerate(part.numbers):
                desk.rewrite(number, desk.text(number).strip("#*_ "), "the sign of a heading is only its form")
                desk.decide(number, Role.HEADING, "commonplace-head", joined=n > 0, level=2)
        elif part.what is _Is.OWN:
            desk.prose(part.numbers, "commonplace-own", own=True)
    for passage, source in _groups(parts):
        numbers = [number for part in passage for number in part.numbers]
        for number in numbers:
            desk.rewrite(number, _SIGN.sub("", desk.text(number)), "the sign of a quotation is only its form")
        desk.prose(numbers, "commonplace-words")
        if not source:
            desk.unsourced(numbers)
            continue
        said = [number for part in source for number in part.numbers]
        first = said[0]
        desk.rewrite(first, _BULLET.sub("", desk.text(first)), "the sign of the list is only its form")
        text = desk.source(said, "commonplace-source").rstrip(" :-–—")
        desk.cite(numbers, fields_of(text), text, first)
    for part in parts:
        for number in part.numbers:
            if not desk.decided(number):  # a source beside which no passage stands
                desk.prose([number], "commonplace-own", own=True)
    return desk.copy()


def _groups(parts: Sequence[_Part]) -> Iterator[tuple[list[_Part], list[_Part]]]:
    """Yield passages that stand together, each with the source above or below them, by the habit of the book."""
    leading = [
        part.what for before, part in zip([None, *parts], parts, strict=False) if before is None or _parts_off(before)
    ]
    above = leading.count(_Is.SOURCE) > leading.count(_Is.PASSAGE)
    runs: list[list[_Part]] = []
    for part in parts:
        if runs and part.what is runs[-1][0].what and part.what in (_Is.PASSAGE, _Is.SOURCE):
            runs[-1].append(part)
        else:
            runs.append([part])
    for n, run in enumerate(runs):
        if run[0].what is _Is.PASSAGE:
            beside = runs[n - 1] if above and n else runs[n + 1] if not above and n + 1 < len(runs) else []
            yield run, beside if beside and beside[0].what is _Is.SOURCE else []


def _parts_off(part: _Part) -> bool:
    return part.what in (_Is.DAY, _Is.HEAD)


def _parts(lines: Sequence[Line]) -> Iterator[_Part]:
    """Cut the text at blank lines, and where a passage begins or ends; say what each part is."""
    parts: list[_Part] = []
    for block in _blocks(lines):
        part = _Part([])
        inside = False
        for line in block:
            opens = not inside and bool(_OPENS.match(line.text))
            if part.lines and (opens or (part.what is _Is.PASSAGE and not inside)):
                parts.append(part)
                part = _Part([])
            part.lines.append(line)
            if opens:
                part.what, inside = _Is.PASSAGE, True
            if inside and _CLOSES.search(line.text) and (len(part.lines) > 1 or len(line.text.strip()) > 1):
                inside = False
        parts.append(part)
    for n, part in enumerate(parts):
        if part.what is _Is.PASSAGE and not _CLOSES.search(part.text):
            part.what = _Is.OWN
        if part.what is not _Is.PASSAGE:
            part.what = _what(part, parts[n + 1] if n + 1 < len(parts) else None)
    yield from parts


def _what(part: _Part, below: _Part | None) -> _Is:
    text = part.text.strip()
    bare = text.strip("#*_ ")
    if len(part.lines) == 1 and is_date(bare):
        return _Is.DAY
    if all(_SIGN.match(line.text) for line in part.lines):
        return _Is.PASSAGE
    if text.startswith("#"):
        return _Is.HEAD
    if text[:1] in "—–―" and leads(text):
        return _Is.SOURCE
    source = _BULLET.sub("", text).rstrip(" :-–—")
    if len(source) <= _SOURCE and not _SENTENCE.search(source):
        titled = bool(re.search(r"\*[^*]+\*|_[^_]+_|[“\"«„][^”\"»“]+[”\"»“]", source))
        told = bool(re.search(r"\b(?:1[5-9]|20)\d\d\b|\bp+s?\.\s?\d|\bpages?\b|\bS\.\s?\d|\bс\.\s?\d", source))
        if (titled and told) or (text.endswith(":") and told) or (fields_of(source) and is_attribution(source)):
            return _Is.SOURCE
    if min(len(line.text) - len(line.text.lstrip()) for line in part.lines) >= _INDENT:
        return _Is.PASSAGE
    if (
        len(part.lines) == 1
        and len(text) < _HEAD
        and below is not None
        and not _ENDED.search(text)
        and text[-1:] != ":"
    ):
        return _Is.HEAD
    return _Is.OWN


def _blocks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    block: list[Line] = []
    for line in lines:
        if line.blank or is_date(line.text.strip("#*_ \t")):
            if block:
                yield block
            block = []
            if not line.blank:
                yield [line]
        else:
            block.append(line)
    if block:
        yield block

"""Quotations: a list of sayings, each with its source behind a dash, becomes extracts with their citations.

"The lamps were trimmed at dusk. — Ada Orr, The Lamp Room, p. 12": on the same line, or on a line of its own below. Only
a text of which most paragraphs end so is such a list.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.cite import parse
from pipeline.kinds.paragraphs import paragraphs
from pipeline.label import label
from pipeline.model import Citation, Claim, Copy, Decision, Line, Reason, Role
from pipeline.report import Report
from pipeline.settings import Settings

NAME = "a list of quotations"

WHY: Mapping[str, str] = {
    "quotation-source": "Behind a dash stands the source of the words above.",
    "quotation-words": "The words stand before a dash and their source.",
}
_SOURCE = re.compile(r"^(?P<words>.*?)\s*(?:[—–―]|(?<!-)--(?!-))\s*(?P<source>[^\W\d_a-z][^—–―]{7,200})$")
_DASH = re.compile(r"[—–―]|--")
_TAIL = 210  # characters; a source is not longer
_ENDED = re.compile(r"[.!?…][”\"»’'“)\]]*$|[”\"»“]$")
_TEXT = frozenset({Role.PARAGRAPH, Role.ITEM, Role.CITATION, Role.ATTRIBUTION, Role.DIALOGUE, Role.LETTER, Role.VERSE})
_FEW = 3
_MOST = 0.5


def recognise(lines: Sequence[Line]) -> Claim | None:
    """Claim the text if most of its paragraphs end with a source behind a dash."""
    found = paragraphs(lines)
    sources = [source for paragraph in found if (source := _source(paragraph[-1].text))]
    if len(sources) < _FEW or len(sources) < _MOST * len(found):
        return None
    reason = f"{len(sources)} of {len(found)} paragraphs end with a source behind a dash"
    return Claim(NAME, found[0][0].number, found[-1][-1].number, (1 + len(sources) / len(found)) / 2, (reason,))


def read(lines: Sequence[Line], settings: Settings, report: Report) -> Copy:
    """Read a list of quotations: the source behind the dash becomes the citation of the words before it."""
    text = {line.number: line.text for line in lines}
    decisions = label(lines, report)
    groups: list[list[Decision]] = []
    for decision in decisions:
        if decision.role in _TEXT:
            if decision.joined and groups:
                groups[-1].append(decision)
            else:
                groups.append([decision])
    citations: list[Citation] = []
    said: dict[int, Role] = {}
    cut: dict[int, str] = {}
    for group in groups:
        last = group[-1].line
        found = _source(text[last])
        if not found:
            continue
        words, source = found
        if not words and len(group) == 1:
            citations.append(replace(source, line=last, text=text[last].strip()))
            said[last] = Role.CITATION
        elif not words or _ENDED.search(words):
            citations.append(replace(source, line=last, covers=(group[0].line, last)))
            said |= {one.line: Role.PARAGRAPH for one in group}
            cut[last] = words
    return Copy(
        tuple(Line(line.number, cut.get(line.number, line.text)) for line in lines),
        tuple(_decided(one, said[one.line]) if one.line in said else one for one in decisions),
        tuple(citations),
    )


def _source(text: str) -> tuple[str, Citation] | None:
    """Part a line into words and the source behind a dash; nothing where none is there."""
    match = _SOURCE.match(text.strip()) if _DASH.search(text[-_TAIL:]) else None
    source = parse(match["source"].strip()) if match else None
    if not match or source is None or not (source.parsed and _names_a_work(source)):
        return None
    return match["words"], source


def _names_a_work(source: Citation) -> bool:
    fields = source.fields
    return bool(fields.title and (fields.author or fields.editor) and (fields.locator or fields.year))


def _decided(decision: Decision, role: Role) -> Decision:
    rule = "quotation-source" if role is Role.CITATION else "quotation-words"
    return replace(decision, role=role, level=0, reasons=(Reason(rule, role, 12.0), *decision.reasons))

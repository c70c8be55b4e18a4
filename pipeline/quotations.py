"""Quotations: a list of sayings, each with its source behind a dash, becomes extracts with their citations.

"The lamps were trimmed at dusk. — Ada Orr, The Lamp Room, p. 12": on the same line, or on a line of its own below. Only
a text of which most paragraphs end so is such a list.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.cite import parse
from pipeline.model import Citation, Decision, Line, Reason, Role

WHY = {
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


@dataclass(frozen=True, slots=True)
class Quotations:
    """A list of quotations: its lines without the sources that stand on them, what they are, and the citations."""

    lines: tuple[Line, ...]
    decisions: tuple[Decision, ...]
    citations: tuple[Citation, ...]


def read_quotations(lines: Sequence[Line], decisions: Sequence[Decision]) -> Quotations | None:
    """Read a list of quotations; return nothing where ``lines`` are another kind of text."""
    text = {line.number: line.text for line in lines}
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
        found = _SOURCE.match(text[last].strip()) if _DASH.search(text[last][-_TAIL:]) else None
        source = parse(found["source"].strip()) if found else None
        if not found or source is None or not (source.parsed and _names_a_work(source)):
            continue
        words = found["words"]
        if not words and len(group) == 1:
            citations.append(replace(source, line=last, text=text[last].strip()))
            said[last] = Role.CITATION
        elif not words or _ENDED.search(words):
            citations.append(replace(source, line=last, covers=(group[0].line, last)))
            said |= {one.line: Role.PARAGRAPH for one in group}
            cut[last] = words
    quoted = len(citations) + sum(role is Role.CITATION for role in said.values())
    if len(citations) < _FEW or quoted < _MOST * len(groups):
        return None
    return Quotations(
        tuple(Line(line.number, cut.get(line.number, line.text)) for line in lines),
        tuple(_decided(one, said[one.line]) if one.line in said else one for one in decisions),
        tuple(citations),
    )


def _names_a_work(source: Citation) -> bool:
    fields = source.fields
    return bool(fields.title and (fields.author or fields.editor) and (fields.locator or fields.year))


def _decided(decision: Decision, role: Role) -> Decision:
    rule = "quotation-source" if role is Role.CITATION else "quotation-words"
    return replace(decision, role=role, level=0, reasons=(Reason(rule, role, 12.0), *decision.reasons))

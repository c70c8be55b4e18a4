"""Sources by their place: in a text whose extracts are closed by lines that name their sources, such a line is one."""

from __future__ import annotations

from dataclasses import replace

from pipeline.cite.habit import WHY, embedded, sources
from pipeline.model import Copy, Decision, Reason, Role
from pipeline.report import Report

__all__ = ["NAME", "WHY", "lay"]

NAME = "lines that close extracts"


def lay(copy: Copy, report: Report) -> Copy:
    """Take for a citation what stands where the text has its sources, at the end of paragraphs or below them."""
    if not copy.citations:
        lines, citations = embedded(copy.lines, copy.decisions)
        ends = {citation.line for citation in citations}
        closed = tuple(_closed(one) if one.line in ends else one for one in copy.decisions)
        copy = replace(copy, lines=lines, citations=citations, decisions=closed) if citations else copy
    decisions = sources(copy.lines, copy.decisions, {citation.line for citation in copy.citations})
    pairs = zip(decisions, copy.decisions, strict=True)
    found = [one.line for one, before in pairs if one is not before and one.role is Role.CITATION and not one.joined]
    if not found:
        return copy
    for line in found:
        report.find("source-by-place", line)
    return replace(copy, decisions=decisions)


def _closed(decision: Decision) -> Decision:
    """Note on the last line of a paragraph that its source was taken off its end."""
    return replace(decision, reasons=(*decision.reasons, Reason("source-embedded", decision.role, 0.0)))

"""Sources by their place: in a text whose extracts are closed by lines that name their sources, such a line is one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pipeline.cite import embedded, habit
from pipeline.model import Copy, Role
from pipeline.report import Report

__all__ = ["NAME", "WHY", "lay"]

NAME = "lines that close extracts"
WHY: Mapping[str, str] = {**habit.WHY, **embedded.WHY}


def lay(copy: Copy, report: Report) -> Copy:
    """Take for a citation what stands where the text has its sources, at the end of paragraphs or below them."""
    if not copy.citations:
        lines, kept, citations = embedded.embedded(copy.lines, copy.decisions)
        copy = replace(copy, lines=lines, citations=citations, decisions=kept) if citations else copy
    cited = {citation.line for citation in copy.citations}
    decisions = habit.sources(copy.lines, copy.decisions, cited)
    words = {n for one in copy.citations if one.covers for n in range(one.covers[0], one.covers[1] + 1)} - cited
    # what a citation stands for are words, whatever they look like
    decisions = tuple(old if old.line in words else new for new, old in zip(decisions, copy.decisions, strict=True))
    pairs = zip(decisions, copy.decisions, strict=True)
    found = [one.line for one, before in pairs if one is not before and one.role is Role.CITATION and not one.joined]
    if not found:
        return copy
    for line in found:
        report.find("source-by-place", line)
    return replace(copy, decisions=decisions)

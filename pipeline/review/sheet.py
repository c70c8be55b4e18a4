"""What lies on the desk: a text as it is read now, its doubts in order, its lines beside what became of them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from pipeline.build import Reading
from pipeline.model import (
    Block,
    Citation,
    Decision,
    Element,
    Extract,
    Heading,
    Inline,
    ItemList,
    Ready,
    Role,
    Run,
    Table,
)
from pipeline.proof.conservation import LEAVING
from pipeline.proof.page import DOUBTFUL
from pipeline.report import Finding

PAGE = 200
"""Lines on one page of the source: a text of 100,000 lines is never one page."""

_MATTERS = {Role.TITLE: 3.0, Role.HEADING: 3.0, Role.CITATION: 2.0, Role.BOILERPLATE: 2.0, Role.CONTENTS: 2.0}
_GRAVE = {"error": 9.0, "warning": 1.5}
_NUMBER = re.compile(r"\b(?:\d+|[ivxlc]+)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Doubt:
    """A line that wants a person: what was found on it, and how much it weighs (1 and more)."""

    line: int
    findings: tuple[Finding, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Row:
    """A source line beside the book: ``became`` is the paragraph that begins with it, ``out`` why it was left out."""

    number: int
    text: str
    decision: Decision | None
    kind: str
    became: str
    out: str
    findings: tuple[Finding, ...]
    ruled: str


@dataclass(frozen=True)
class Sheet:
    """A reading, and the findings on it."""

    reading: Reading
    findings: Sequence[Finding]

    @cached_property
    def texts(self) -> dict[int, str]:
        """The source lines by number."""
        return {line.number: line.text for line in self.reading.source.lines}

    @cached_property
    def decisions(self) -> dict[int, Decision]:
        """The decisions by line."""
        return {one.line: one for one in self.reading.decisions}

    @cached_property
    def doubts(self) -> list[Doubt]:
        """Lines that want a person: those most likely wrong, and that matter most, first."""
        found: dict[int, list[Finding]] = defaultdict(list)
        for finding in self.findings:
            if finding.line in self.texts and finding.severity in _GRAVE:
                found[finding.line].append(finding)
        ruled = {one.line for one in self.reading.verdicts}
        unsure = {one.line: one for one in self.reading.decisions if one.score < DOUBTFUL and one.line not in ruled}
        doubts = [Doubt(n, tuple(found.get(n, ())), self._weight(n, found, unsure)) for n in {*found, *unsure}]
        return sorted(doubts, key=lambda one: (-one.weight, one.line))

    def _weight(self, n: int, found: dict[int, list[Finding]], unsure: dict[int, Decision]) -> float:
        grave = max((_GRAVE[one.severity] for one in found.get(n, ())), default=0.0)
        if n not in unsure:
            return grave
        matters = max(_MATTERS.get(role, 1.0) for role in self.likeliest(unsure[n]))
        return grave + matters * (1 - unsure[n].score)

    def likeliest(self, decision: Decision) -> list[Role]:
        """Return what was decided, and the reading for which the most was said besides."""
        sums: dict[Role, float] = defaultdict(float)
        for reason in decision.reasons:
            sums[reason.role] += reason.weight
        others = sorted((role for role in sums if role is not decision.role), key=lambda role: -sums[role])
        return [decision.role, *others[:1]]

    def alike(self, number: int) -> list[int]:
        """Return the lines of the form of this one: the same words, with any number in place of a number."""
        form = _form(self.texts[number])
        return [one.line for one in self.reading.decisions if _form(self.texts[one.line]) == form]

    @cached_property
    def rows(self) -> list[Row]:
        """All lines of the source that are not blank, in order."""
        became: dict[int, str] = {}
        for lines, text in _pieces(self.reading.book.elements):
            if lines:
                became.setdefault(lines[0], text)
        for note in self.reading.book.notes.values():
            for lines, text in _pieces(note.blocks):
                if lines:
                    became.setdefault(lines[0], text)
        out = {one.line: f"{one.kind}: {one.why}" for one in self.reading.changes if one.kind in LEAVING}
        found: dict[int, list[Finding]] = defaultdict(list)
        for finding in self.findings:
            found[finding.line or 0].append(finding)
        kinds = {n: claim.kind for claim in self.reading.claims for n in range(claim.first, claim.last + 1)}
        ruled = {one.line: one.why for one in self.reading.verdicts}
        return [
            Row(
                n, text, self.decisions.get(n), kinds.get(n, ""), became.get(n, ""), out.get(n, ""),
                tuple(found.get(n, ())), ruled.get(n, ""),
            )
            for n, text in self.texts.items()
            if text.strip()
        ]  # fmt: skip

    def chosen(self, role: str = "", only: str = "", words: str = "", kind: str = "") -> list[Row]:
        """Return the rows of a role and a kind of text, with these words; ``only``: doubt, finding, verdict or out."""
        wanted = words.casefold()
        doubtful = {one.line for one in self.doubts}
        tests = {
            "doubt": lambda row: row.number in doubtful,
            "finding": lambda row: bool(row.findings),
            "verdict": lambda row: bool(row.ruled),
            "out": lambda row: bool(row.out),
        }
        return [
            row
            for row in self.rows
            if (not role or (row.decision is not None and row.decision.role == role))
            and (not kind or row.kind == kind)
            and (only not in tests or tests[only](row))
            and wanted in row.text.casefold()
        ]

    def of_works(self) -> list[Citation]:
        """Return for each work its first citation, without the pages that were referred to."""
        first: dict[str, Citation] = {}
        for citation in self.reading.citations:
            for one in (citation, *citation.also):
                if one.work and one.parsed:
                    first.setdefault(one.work, replace(one, fields=replace(one.fields, locator="")))
        return list(first.values())


def _form(text: str) -> str:
    return _NUMBER.sub("#", " ".join(text.split()).casefold())


def _pieces(elements: Iterable[Element]) -> Iterator[tuple[tuple[int, ...], str]]:
    """Yield the lines and the words of each paragraph, in the order of the book."""
    for one in elements:
        if isinstance(one, Extract):
            yield from _pieces(one.blocks)
        elif isinstance(one, ItemList):
            for item in one.items:
                yield from _pieces(item.blocks)
        elif isinstance(one, Block | Heading):
            yield one.lines, _words(one.inlines)
        elif isinstance(one, Table):
            yield one.lines, " | ".join(_words(cell) for row in one.rows for cell in row)
        else:
            assert isinstance(one, Ready)  # marked-up texts are not made line by line


def _words(inlines: Iterable[Inline]) -> str:
    return "".join(one.text if isinstance(one, Run) else " " for one in inlines)

"""What lies on the desk: a text as it is read now, its doubts in order, its lines beside what became of them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from pipeline.build import Reading
from pipeline.model import DOUBT, Citation, Decision, Heading, Role
from pipeline.proof.conservation import LEAVING
from pipeline.report import Finding
from pipeline.review.stretch import Row, Stretch, pieces_of, stretches

_MATTERS = {Role.TITLE: 3.0, Role.HEADING: 3.0, Role.CITATION: 2.0, Role.BOILERPLATE: 2.0, Role.CONTENTS: 2.0}
_GRAVE = {"error": 9.0, "warning": 1.0}
_NUMBER = re.compile(r"\b(?:\d+|[ivxlc]+)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Doubt:
    """A line that wants a person: what was found on it, and how much it weighs (the heavier, the sooner)."""

    line: int
    findings: tuple[Finding, ...]
    weight: float


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
        unsure = {one.line: one for one in self.reading.decisions if one.score < DOUBT}
        doubts = [Doubt(n, tuple(found.get(n, ())), self._weight(n, found, unsure)) for n in {*found, *unsure}]
        return sorted(doubts, key=lambda one: (-one.weight, one.line))

    def _weight(self, n: int, found: Mapping[int, Sequence[Finding]], unsure: Mapping[int, Decision]) -> float:
        grave = max((_GRAVE[one.severity] for one in found.get(n, ())), default=0.0)
        if n not in unsure:
            return grave
        matters = max(_MATTERS.get(role, 1.0) for role in self.likeliest(unsure[n]))
        return grave + matters * (1 - unsure[n].score) * 2

    def likeliest(self, decision: Decision) -> list[Role]:
        """Return what was decided, and its rival: the next likeliest, or else for what the most was said besides."""
        if decision.rival:
            return [decision.role, decision.rival]
        sums: dict[Role, float] = defaultdict(float)
        for reason in decision.reasons:
            sums[reason.role] += reason.weight
        others = sorted((role for role in sums if role is not decision.role), key=lambda role: -sums[role])
        return [decision.role, *others[:1]]

    def alike(self, number: int) -> list[int]:
        """Return the lines of the form of this one: the same words, with any number in place of a number."""
        return self._forms.get(_form(self.texts[number]), [])

    @cached_property
    def _forms(self) -> dict[str, list[int]]:
        forms: dict[str, list[int]] = defaultdict(list)
        for one in self.reading.decisions:
            forms[_form(self.texts[one.line])].append(one.line)
        return forms

    def is_changed(self, line: int, acts: Mapping[str, object]) -> bool:
        """Tell whether a verdict that ``acts`` so would change anything on this line."""
        one = self.decisions[line]
        if "level" in acts:
            return acts["level"] != (1 if one.role is Role.TITLE else max(2, one.level) * (one.role is Role.HEADING))
        if "role" in acts or "drop" in acts:
            return one.role != acts.get("role", Role.BOILERPLATE) or one.score < DOUBT
        return "join" not in acts or acts["join"] != one.joined

    @cached_property
    def stretches(self) -> list[Stretch]:
        """All lines of the source that are not blank, in order, beside what became of them."""
        return list(self.beside())

    def beside(self) -> Iterator[Stretch]:
        """Yield the :attr:`stretches` one by one: together they take more room than the text."""
        out = {one.line: f"{one.kind}: {one.why}" for one in self.reading.changes if one.kind in LEAVING}
        found: dict[int, list[Finding]] = defaultdict(list)
        for finding in self.findings:
            found[finding.line or 0].append(finding)
        claims = self.reading.claims if self.kinds else ()
        kinds = {n: claim.kind for claim in claims for n in range(claim.first, claim.last + 1)}
        ruled: dict[int, list[str]] = defaultdict(list)
        for verdict in self.reading.verdicts:
            ruled[verdict.line].append(f"{', '.join(verdict.acts)}: {verdict.why}")
        rows = (
            Row(
                n, text, self.decisions.get(n), kinds.get(n, ""), out.get(n, ""),
                tuple(found.get(n, ())), "; ".join(ruled.get(n, ())),
            )
            for n, text in self.texts.items()
            if text.strip()
        )  # fmt: skip
        return stretches(rows, pieces_of(self.reading.book))

    def around(self, line: int, most: int = 2) -> list[Stretch]:
        """Return the stretch of a line, with ``most`` before and behind it."""
        at = next((n for n, one in enumerate(self.stretches) if one.rows[-1].number >= line), 0)
        return self.stretches[max(0, at - most) : at + most + 1]

    def chosen(self, role: str = "", only: str = "", words: str = "", kind: str = "", code: str = "") -> list[Stretch]:
        """Return the stretches that have a line of a role and kind of text, with a finding ``code`` and these words.

        ``only``: doubt, finding, verdict, change or out.
        """
        wanted = words.casefold()
        doubtful = {one.line for one in self.doubts}
        changed = {one.line for one in self.reading.changes}
        tests = {
            "doubt": lambda row: row.number in doubtful,
            "finding": lambda row: bool(row.findings),
            "verdict": lambda row: bool(row.ruled),
            "change": lambda row: row.number in changed,
            "out": lambda row: bool(row.out),
        }

        def fits(row: Row) -> bool:
            return (
                (not role or (row.decision is not None and row.decision.role == role))
                and (not kind or row.kind == kind)
                and (not code or any(one.code == code for one in row.findings))
                and (only not in tests or tests[only](row))
            )

        return [
            one
            for one in self.stretches
            if any(map(fits, one.rows)) and (not wanted or wanted in " ".join(row.text for row in one.rows).casefold())
        ]

    @cached_property
    def kinds(self) -> list[str]:
        """The kinds of text that it has, if there are several."""
        kinds = sorted({claim.kind for claim in self.reading.claims})
        return kinds if len(kinds) > 1 else []

    @cached_property
    def codes(self) -> Counter[str]:
        """How often each finding stands on a line."""
        return Counter(one.code for one in self.findings if one.line in self.texts)

    @cached_property
    def headings(self) -> list[Heading]:
        """The headings of the book, in order."""
        return [one for one in self.reading.book.elements if isinstance(one, Heading)]

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

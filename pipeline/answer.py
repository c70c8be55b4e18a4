"""What a command answers: lines for a person, or one JSON object for a program. Everything printed is printed here."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline import __version__
from pipeline.errors import Exit, OctavoError


@dataclass(slots=True)
class Answer:
    """The answer of one command, as it is told in ``docs/programs.md``.

    Attributes:
        command: its words, such as “pdf” or “shelf make”.
        json: for a program: nothing is printed before the end, and then one line on stdout alone.
        quiet: for a person who wants to hear of errors only.
        wrote: the files that were written.
        stood: the files that stood already, as they would have been written.
        figures: what was counted.
        findings: what a person should know, in the form of ``report.json``.
        result: what was asked for, where the command makes no files.

    """

    command: str
    json: bool = False
    quiet: bool = False
    wrote: list[Path] = field(default_factory=list)
    stood: list[Path] = field(default_factory=list)
    figures: dict[str, Any] = field(default_factory=dict)
    findings: list[dict[str, Any]] = field(default_factory=list)
    result: Any = None

    def say(self, lines: Iterable[str]) -> None:
        """Tell a person who is not to be left in peace."""
        if not self.json and not self.quiet:
            print("\n".join(lines), flush=True)

    def give(self, words: str, result: Any) -> None:
        """Hand over what was asked for: to a person ``words`` as they are, to a program ``result``."""
        self.result = result
        if not self.json:
            print(words, end="")

    def open(self, words: str, address: str) -> None:
        """Say where something is open that lasts: to a person in ``words``, to a program at once."""
        self.result = address
        if not self.json:
            print(words, flush=True)
        self.end(int(Exit.OK))

    def complain(self, error: OctavoError) -> None:
        """Tell a person on stderr what is wrong; a program learns it at the end."""
        if not self.json:
            clear = "\r\x1b[K" if sys.stderr.isatty() else ""
            print(f"{clear}octavo: {error}", file=sys.stderr)

    def end(self, code: int, error: OctavoError | None = None) -> None:
        """Tell a program all of it, in one line. A command that lasts does so each time it has something to tell."""
        if not self.json:
            return
        told = {
            "octavo": __version__,
            "command": self.command,
            "exit": code,
            "error": {"what": error.what, "hint": error.hint} if error else None,
            "wrote": [_printable(path) for path in self.wrote],
            "stood": [_printable(path) for path in self.stood],
            "figures": self.figures,
            "findings": self.findings,
            "result": self.result,
        }
        print(json.dumps(told, ensure_ascii=False), flush=True)
        self.wrote, self.stood, self.figures, self.findings, self.result = [], [], {}, [], None


def counted(number: int, noun: str) -> str:
    """Return a number and what is counted, in the singular if it is one."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _printable(path: Path) -> str:
    return os.fsencode(path).decode("utf-8", "replace")

"""Errors that are the user's to mend, and the one table of exit codes."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """Exit codes of every command."""

    OK = 0
    BUG = 1
    USAGE = 2
    NO_INPUT = 3
    NOT_TEXT = 4
    SETTINGS = 5
    NO_ACCESS = 6
    DISK_FULL = 7
    MISSING_PROGRAM = 8
    WORDS_LOST = 9
    VERDICT = 10
    TOOL_FAILED = 11
    JUDGED = 12
    TOO_LARGE = 13
    NO_FONT = 14
    TAKEN = 15
    SOME_FAILED = 16
    INTERRUPTED = 130


EXIT_MEANINGS: dict[Exit, str] = {
    Exit.OK: "the book was made, and no word of the source is lost",
    Exit.BUG: "a fault in Octavo itself (please report it)",
    Exit.USAGE: "the command line is not understood",
    Exit.NO_INPUT: "the source is missing, a folder, or empty",
    Exit.NOT_TEXT: "the source is not a text (a ZIP, a PDF that is locked or only pictures, other bytes)",
    Exit.SETTINGS: "the settings file is not valid TOML, or has an unknown key or value",
    Exit.NO_ACCESS: "no right to read the source or to write the result",
    Exit.DISK_FULL: "no space left where the result goes",
    Exit.MISSING_PROGRAM: "a program or library that Octavo needs is not there",
    Exit.WORDS_LOST: "the book is not proved: words are missing or were added, or too much was left out",
    Exit.VERDICT: "a verdict fits no line, or changes nothing",
    Exit.TOOL_FAILED: "Pandoc, WeasyPrint or another tool failed",
    Exit.JUDGED: "the book was made, but veraPDF or epubcheck finds a fault in it (only after check)",
    Exit.TOO_LARGE: "the text, or the making of its book, goes beyond a bound",
    Exit.NO_FONT: "the book was made, but no font has some of its letters: their codes stand in the PDF",
    Exit.TAKEN: "the folder of the book is another text's, or a file of yours would be overwritten",
    Exit.SOME_FAILED: "the shelf was made, but not all of its texts became books (only after shelf make)",
    Exit.INTERRUPTED: "stopped from the keyboard",
}


class OctavoError(Exception):
    """Something that the user can mend: one sentence of what and where, one of what to do, and an exit code."""

    def __init__(self, exit_code: Exit, what: str, hint: str = "") -> None:
        super().__init__(what)
        self.exit_code = exit_code
        self.what = what
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.what} {self.hint}".strip()

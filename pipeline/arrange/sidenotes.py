"""Side-notes: each runs in at the head of the paragraph that it stood beside, in a style of its own.

The bracket and the word "Sidenote" are the transcriber's, and go, as those of "[Illustration: …]" do. A note that stood
over a heading, or within a paragraph, is taken to the head of its paragraph; one that stands before anything else (a
list, a poem, a table) becomes a line of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.label.sidenotes import INSIDE, OPENS
from pipeline.model import OPENS as STYLES
from pipeline.model import Change, ChangeKind, Role, Style

_BESIDE = frozenset({Role.PARAGRAPH, Role.QUOTE})
"""What a side-note may run in to."""
_PASSED = frozenset({Role.TITLE, Role.HEADING, Role.NOTE, Role.CAPTION, Role.SEPARATOR})
_OPENING = next(mark for mark, style in STYLES.items() if style is Style.SIDENOTE)
_LABEL = re.compile(rf"\s*{OPENS}")
_NAMED = "the bracket and the word that name a side-note are the transcriber's"
_TAKEN = "a side-note stands at the head of its paragraph"


@dataclass(slots=True)
class SideNote:
    """One side-note: its words, and what of it stands on which line; ``passed``: a heading stands below it."""

    rows: dict[int, str]
    passed: bool = False

    @property
    def words(self) -> str:
        """Its words, in the marks of its style."""
        whole = " ".join(self.rows.values())
        found = INSIDE.search(whole)
        return f"{_OPENING}{' '.join((found['words'] if found else whole).split())}{chr(ord(_OPENING) + 1)}"

    def named(self) -> Iterator[Change]:
        """Say that the word which names it goes."""
        line, row = next(iter(self.rows.items()))
        if label := _LABEL.match(row):
            yield Change(line, ChangeKind.RELABELLED, label["label"], "", _NAMED)


@dataclass(slots=True)
class Margin:
    """The side-notes that wait for their paragraph; ``changes`` learns where they went."""

    changes: list[Change]
    waiting: list[SideNote] = field(default_factory=list)

    def put(self, line: int, text: str, *, goes_on: bool) -> None:
        """Take up a line of a side-note."""
        if goes_on and self.waiting:
            self.waiting[-1].rows[line] = text.strip()
        else:
            self.waiting.append(SideNote({line: text.strip()}))

    def beside(self, role: Role, numbers: Sequence[int], rows: list[str]) -> tuple[str, list[str]]:
        """Return the side-notes of a paragraph, and its rows without those that stood in them."""
        if role in _PASSED:
            for note in self.waiting:
                note.passed = note.passed or next(iter(note.rows)) < numbers[0]
            return "", rows
        if role not in _BESIDE:
            return "", rows
        notes = [note for note in self.waiting if next(iter(note.rows)) < numbers[-1]]
        self.waiting = self.waiting[len(notes) :]
        taken = [note for note in notes if note.passed or next(iter(note.rows)) > numbers[0]]
        inside, rows = _cut(numbers, rows)
        opens = bool(inside) and not taken and min(inside[0].rows) == numbers[0] and rows[0] == ""
        head = [note for note in notes if note not in taken] + inside[: int(opens)]
        for note in head:
            self.changes += note.named()
        taken += inside[int(opens) :]
        self._move(taken, numbers, rows)
        return "".join(f"{note.words} " for note in (*head, *taken)), rows

    def alone(self, role: Role | None, before: int) -> Iterator[tuple[tuple[int, ...], str]]:
        """Give out the side-notes above a line that is of no paragraph: the lines of each, and its words."""
        while role not in _BESIDE | _PASSED and self.waiting and next(iter(self.waiting[0].rows)) < before:
            note = self.waiting.pop(0)
            self.changes += note.named()
            yield tuple(note.rows), note.words

    def _move(self, notes: Sequence[SideNote], numbers: Sequence[int], rows: Sequence[str]) -> None:
        """Say that side-notes went to the head of a paragraph: before its first words."""
        for note in notes:
            self.changes += (Change(line, ChangeKind.RELABELLED, row, "", _TAKEN) for line, row in note.rows.items())
        line, first = next(((n, row.split()[0]) for n, row in zip(numbers, rows, strict=True) if row), (0, ""))
        if notes:
            words = " ".join(note.words for note in notes)
            self.changes.append(Change(line, ChangeKind.RELABELLED, first, f"{words} {first}", _TAKEN))


def _cut(numbers: Sequence[int], rows: list[str]) -> tuple[list[SideNote], list[str]]:
    """Take the side-notes out of the rows of a paragraph."""
    text = "\n".join(rows)
    found = list(INSIDE.finditer(text)) if "[" in text else []
    notes: list[SideNote] = []
    for one in found:
        at = text.count("\n", 0, one.start())
        notes.append(SideNote(dict(zip(numbers[at:], one[0].split("\n"), strict=False))))
    for one in reversed(found):
        text = text[: one.start()].rstrip(" ") + "\n" * one[0].count("\n") + text[one.end() :]
    return notes, [row.strip() for row in text.split("\n")] if found else rows

"""Foreword: what a program writes above a text, YAML between two rules with title and author, is no text of the book.

Obsidian, Zettlr, Jekyll, Pandoc and many exporters do so, also in files whose names say nothing of Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipeline.model import Change, ChangeKind, Copy, Decision, Line, Reason, Role

__all__ = ["WHY", "Foreword", "of_the_book", "parted"]

WHY: Mapping[str, str] = {
    "foreword": "It stands between two rules above the text, and names what follows: title, author, date, tags."
}
_FIELD = re.compile(r"^(?P<key>[A-Za-z][\w .-]{0,40}):(?:\s+(?P<value>.*))?$")
_INDENTED = re.compile(r"^(?:\s+\S|-\s|#)")
_ENTRY = re.compile(r"^\s*-\s+(?P<value>.+)$")
_SETTINGS = {
    **{key: key for key in ("subtitle", "editor", "translator", "illustrator", "introducer", "lang")},
    **{f"{key}s": key for key in ("editor", "translator", "illustrator")},
    "language": "lang",
    "publisher": "original_publisher",
    "publisher-place": "original_place",
    "date": "original_date",
    "year": "original_date",
    "edition": "original_edition",
}
"""What the fields are called above a text, and in the settings of a book."""
_FORMS = {
    "lang": re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}"),
    "original_date": re.compile(r"(?:1[4-9]|20)\d\d"),
}
_LONGEST = 60  # lines between the rules
_WEIGHT = 12.0


@dataclass(frozen=True, slots=True)
class Foreword:
    """The lines above a text, and what they name of the book."""

    lines: tuple[Line, ...]
    title: str = ""
    authors: tuple[str, ...] = ()
    named: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def over(self, copy: Copy) -> Copy:
        """Return the copy of the text below with these lines over it, on record, and with what they name."""
        reasons = (Reason("foreword", Role.BOILERPLATE, _WEIGHT),)
        filled = [line for line in self.lines if not line.blank]
        why = "it names the text, and is no part of it"
        set_aside = (Change(line.number, ChangeKind.SET_ASIDE, line.text.strip(), "", why) for line in filled)
        decisions = (Decision(line.number, Role.BOILERPLATE, reasons=reasons) for line in filled)
        return replace(
            copy,
            lines=(*(replace(line, text="") for line in self.lines), *copy.lines),
            decisions=(*decisions, *copy.decisions),
            changes=(*set_aside, *copy.changes),
            title=self.title or copy.title,
            authors=self.authors or copy.authors,
            named=self.named or copy.named,
        )


def parted(lines: Sequence[Line]) -> tuple[Foreword | None, Sequence[Line]]:
    """Part a text from the fields that stand above it between two rules; nothing and all lines where none do."""
    first = next((n for n, line in enumerate(lines) if not line.blank), len(lines))
    if first == len(lines) or lines[first].text.rstrip() != "---":
        return None, lines
    inside = lines[first + 1 : first + _LONGEST]
    end = next((n for n, line in enumerate(inside) if line.text.rstrip() in ("---", "...")), -1)
    rows = [line.text for line in inside[: max(end, 0)] if not line.blank]
    fields = [row for row in rows if _FIELD.match(row)]
    if not fields or not _FIELD.match(rows[0]) or any(not (_FIELD.match(row) or _INDENTED.match(row)) for row in rows):
        return None, lines
    rest = lines[first + end + 2 :]
    if all(line.blank for line in rest):
        return None, lines
    values = _values(rows)
    title = next(iter(values.get("title", ())), "")
    authors = values.get("author") or values.get("authors") or values.get("creator") or ()
    named = of_the_book({key: tuple(words) for key, words in values.items()})
    return Foreword(tuple(lines[: first + end + 2]), title, tuple(authors), named), rest


def of_the_book(values: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Return what fields above a text say of the book beside its title and authors, by the names of the settings.

    A day is that of a note as often as that of a book; a year alone says when that was made.
    """
    out: dict[str, tuple[str, ...]] = {}
    for key, words in values.items():
        name = _SETTINGS.get(key, "")
        told = tuple(word for word in words if word and (name not in _FORMS or _FORMS[name].fullmatch(word)))
        if name and told:
            out.setdefault(name, told)
    return out


def _values(rows: Sequence[str]) -> dict[str, list[str]]:
    """Return the values of each field: one, those in square brackets, or those listed below it."""
    out: dict[str, list[str]] = {}
    key = ""
    for row in rows:
        if found := _FIELD.match(row):
            key = found["key"].casefold()
            value = (found["value"] or "").strip()
            many = value[1:-1].split(",") if value.startswith("[") and value.endswith("]") else [value]
            out[key] = [word for one in many if (word := _unquoted(one))]
        elif entry := _ENTRY.match(row):
            out.setdefault(key, []).append(_unquoted(entry["value"]))
    return out


def _unquoted(text: str) -> str:
    text = text.strip().removeprefix("[[").removesuffix("]]")
    return text[1:-1].strip() if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'" else text

"""Clippings: the file in which a reading device keeps highlights and notes becomes a source book, work by work.

``My Clippings.txt`` has one entry after another, in the order of the clock, each closed by a row of equals signs: a
line with title and author, a line that says what it is, where and when, a blank line, the words. The language of the
second line is the device's. Entries are put together by work, in the order of the work's pages; each highlight is an
extract with its citation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.cite.names import read_names
from pipeline.model import Change, ChangeKind, Citation, Claim, Copy, Decision, Fields, Line, Name, Reason, Role
from pipeline.report import Report
from pipeline.settings import Settings

NAME = "clippings of a reading device"

_CLOSE = re.compile(r"^={8,12}$")
_KINDS = {
    "bookmark": r"bookmark|lesezeichen|signet|marcador|segnalibro|bladwijzer|закладк|zakładk|ブックマーク|书签",
    "note": r"\bnote\b|notiz|\bnota\b|notitie|заметк|notatk|メモ|笔记",
    "highlight": (
        r"highlight|clip|markierung|surlign|subrayad|evidenziazion|destaque|markering|выделен|podkreśl|ハイライト|标注"
    ),
}
_KIND = {kind: re.compile(words, re.IGNORECASE) for kind, words in _KINDS.items()}
_NUMBERS = r"\d+(?:[-–]\d+)?"
_PAGE = re.compile(
    rf"(?:page|seite|página|pagina|p[aá]g\.|странице|стр\.|stronie|第)\s*(?P<page>{_NUMBERS}|[ivxlcdm]+\b)"
    rf"|(?P<leaf>{_NUMBERS})\s*(?:ページ|页)",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"(?:location|loc\.|position|posición|posizione|posição|emplacement|locatie|место|pozycja|位置(?:No\.)?)\s*#?\s*"
    rf"(?P<place>{_NUMBERS})",
    re.IGNORECASE,
)
_AUTHOR = re.compile(r"^(?P<title>.*\S)\s*\((?P<author>[^()]*(?:\([^()]*\)[^()]*)*)\)$")
_LIMIT = re.compile(r"^<.*\b(?:limit|límite|limite|grenze|лимит).*>$", re.IGNORECASE)

WHY: Mapping[str, str] = {
    "clipping-title": "The first entry of a work gives its title to the work's division.",
    "clipping-again": "Title and author stand over the work's division and in the notes.",
    "clipping-place": "The line says from which page of the work the words were taken.",
    "clipping-words": "The words of a highlight.",
    "clipping-note": "The reader's own note.",
    "clipping-head": "The line says that the words below are the reader's own note, and where it was made.",
    "clipping-close": "The row of equals signs closes an entry.",
    "clipping-empty": "A bookmark, or an entry without words.",
}
LEAVES = {"clipping-empty": ChangeKind.SET_ASIDE, "clipping-again": ChangeKind.LISTED}


@dataclass(frozen=True, slots=True)
class _Entry:
    title: Line
    about: Line
    words: tuple[Line, ...]
    close: Line | None

    @property
    def kind(self) -> str:
        """What the entry is; nothing where it has no words."""
        if not self.words:
            return ""
        return next((kind for kind, words in _KIND.items() if words.search(self.about.text)), "highlight")

    @property
    def place(self) -> tuple[int, int]:
        """Where the entry stands in its work: location or page; a note stands behind the words that it is on."""
        found = _PLACE.search(self.about.text) or _PAGE.search(self.about.text)
        number = re.search(r"\d+", found[0]) if found else None
        return int(number[0]) if number else 0, self.kind == "note"


def recognise(lines: Sequence[Line]) -> Claim | None:
    """Claim the text if all of it is made of entries that a device closed."""
    entries = _entries(lines)
    if not entries:
        return None
    filled = [line.number for line in lines if not line.blank]
    reason = f"{len(entries)} entries of a title, a line that says what and where, and words"
    return Claim(NAME, filled[0], filled[-1], 1.0, (reason,))


def read(lines: Sequence[Line], settings: Settings, report: Report) -> Copy:
    """Read a file of clippings: work by work, in the order of their pages."""
    works: dict[str, list[_Entry]] = {}
    for entry in _entries(lines):
        works.setdefault(" ".join(entry.title.text.split()).casefold(), []).append(entry)
    desk = _Desk({line.number: line for line in lines}, [], [], [], set())
    order: list[int] = []
    for members in works.values():
        if all(entry.place[0] for entry in members):
            members.sort(key=lambda entry: entry.place)
        for n, entry in enumerate(members):
            order += desk.enter(entry, members, n, report)
    entered = set(order)
    rest = [line.number for line in lines if line.number not in entered]
    return Copy(
        tuple(desk.lines[number] for number in (*order, *rest)),
        tuple(desk.decisions),
        tuple(desk.citations),
        changes=tuple(desk.changes),
        own=frozenset(desk.own),
    )


def _entries(lines: Sequence[Line]) -> list[_Entry]:
    """Cut a text into entries; return none unless all of it is made of them."""
    if sum(bool(_CLOSE.match(line.text.strip())) for line in lines) < 1:
        return []
    out: list[_Entry] = []
    group: list[Line] = []
    for line in (*lines, None):
        if line is None or _CLOSE.match(line.text.strip()):
            full = [one for one in group if not one.blank]
            if full:
                if len(full) < 2 or not _says_what(full[1].text):
                    return []
                out.append(_Entry(full[0], full[1], tuple(full[2:]), line))
            group = []
        else:
            group.append(line)
    return out


def _says_what(text: str) -> bool:
    known = any(words.search(text) for words in _KIND.values())
    return text.strip().startswith("-") and bool(re.search(r"\d", text)) and (known or "|" in text)


@dataclass(slots=True)
class _Desk:
    lines: dict[int, Line]
    decisions: list[Decision]
    citations: list[Citation]
    changes: list[Change]
    own: set[int]

    def enter(self, entry: _Entry, members: Sequence[_Entry], n: int, report: Report) -> Iterator[int]:
        """Decide what the lines of one entry are; yield their numbers."""
        text, author = _title(entry.title.text)
        filled = next((one for one in members if one.kind), members[0])
        if entry is filled and entry.kind:
            self._decide(entry.title, Role.TITLE, "clipping-title")
            if author:
                why = "the author stands in the notes and in the bibliography"
                self._rewrite(entry.title, text, why)
        else:
            self._decide(entry.title, Role.BOILERPLATE, "clipping-again")
        yield entry.title.number
        words = tuple(line for line in entry.words if not _LIMIT.match(line.text.strip()))
        for line in entry.words:
            if line not in words:
                report.find("clipping-limit", line.number)
        if not words:
            for line in (entry.about, *entry.words):
                self._decide(line, Role.BOILERPLATE, "clipping-empty")
                yield line.number
        elif entry.kind == "note":
            self._decide(entry.about, Role.RUBRIC, "clipping-head")
            self._rewrite(entry.about, _first_part(entry.about.text), "when it was written is no part of the book")
            yield entry.about.number
            for line in entry.words:
                self._decide(line, Role.PARAGRAPH, "clipping-note")
                self.own.add(line.number)
                yield line.number
        else:
            self._decide(entry.about, Role.CITATION, "clipping-place")
            yield entry.about.number
            for line in entry.words:
                limit = line not in words
                self._decide(
                    line, *((Role.BOILERPLATE, "clipping-empty") if limit else (Role.PARAGRAPH, "clipping-words"))
                )
                yield line.number
            self.citations.append(_citation(entry, words, text, author))
        if entry.close:
            self._decide(entry.close, Role.BOILERPLATE, "clipping-close")
            yield entry.close.number

    def _decide(self, line: Line, role: Role, rule: str) -> None:
        self.decisions.append(Decision(line.number, role, reasons=(Reason(rule, role, 12.0),)))

    def _rewrite(self, line: Line, text: str, why: str) -> None:
        self.lines[line.number] = Line(line.number, text)
        self.changes.append(Change(line.number, ChangeKind.RELABELLED, line.text.strip(), text, why))


def _title(text: str) -> tuple[str, str]:
    """Part "The Lamp Room (Orr, Ada)" into title and author."""
    found = _AUTHOR.match(text.strip())
    return (found["title"], found["author"].strip()) if found else (text.strip(), "")


def _first_part(text: str) -> str:
    """Return what stands before the first bar: "Your Note on page 12"."""
    return text.partition("|")[0].strip().removeprefix("-").strip()


def _citation(entry: _Entry, words: Sequence[Line], title: str, author: str) -> Citation:
    """Make the citation of a highlight; without a page, the device's location stands in its note."""
    about = entry.about.text.strip()
    page, place = _PAGE.search(about), _PLACE.search(about)
    locator = (page["page"] or page["leaf"]) if page else ""
    extra = place[0] if place and not page else ""
    names = tuple(name for one in author.split(";") for name in _names(one.strip()))
    fields = Fields(author=names, title=title, locator=locator, extra=extra[:1].upper() + extra[1:])
    covers = (words[0].number, words[-1].number)
    return Citation(entry.about.number, about, fields, covers=covers)


def _names(text: str) -> tuple[Name, ...]:
    return (read_names(text) or (Name(literal=text),)) if text else ()

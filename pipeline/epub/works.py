"""The bibliography as a list, and the index of works cited: each work with the notes that cite it."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.epub.notes import Note
from pipeline.epub.xhtml import Element, add_text, find, local, make, rename
from pipeline.forms.works import LIST, LISTED
from pipeline.housestyle import QuotationMarks, is_part, quoted_title
from pipeline.language import AddedWords

_LONGEST = 72
"""Letters of a division's title in the index; the whole one stands on the note's page."""


@dataclass(slots=True)
class _Cited:
    """A work, and the notes that cite it: the title of each division with its notes."""

    name: str
    title: str
    part: bool
    places: dict[str, list[Note]] = field(default_factory=dict)


def list_references(body: Element) -> None:
    """Make the works of the bibliography, which Pandoc sets as ``div``, items of a list."""
    for references in find(body, f".//x:div[@id='refs'] | .//x:div[@class='{LISTED}']/x:div[@class='{LIST}']"):
        rename(references, "ul")
        references.attrib.pop("role", None)
        references.set("class", "references")
        for entry in references:
            if local(entry) == "div":
                rename(entry, "li")
                entry.attrib.pop("role", None)
                entry.attrib.pop("class", None)


def index_of_works(
    notes: Mapping[str, Note], bibliographies: Mapping[str, bytes], words: AddedWords, marks: QuotationMarks
) -> Element | None:
    """Make the index of works cited, each place a link to the call of the note; None if nothing is cited.

    Args:
        notes: All notes, before they are put into files.
        bibliographies: The files that ``book.md`` names; those in CSL-JSON count.
        words: The words of the book's language.
        marks: Those with which the book quotes: the title of a part of another work stands in them.

    """
    cited: dict[str, _Cited] = {}
    works = _works(bibliographies)
    for note in notes.values():
        for citation in find(note.aside, ".//x:span[@data-cites]"):
            for work in citation.get("data-cites", "").split():
                if work in works:
                    places = cited.setdefault(work, _Cited(*works[work])).places
                    same = places.setdefault(note.division, [])
                    if note not in same:
                        same.append(note)
    if not cited:
        return None
    entries = sorted(cited.values(), key=lambda one: _sortable(f"{one.name} {one.title}"))
    section = make("section", make("h1", words.works), epub_type="index", role="doc-index", id="index-of-works")
    section.append(make("ul", *(_entry(work, words, marks) for work in entries), class_="works"))
    return section


def _entry(work: _Cited, words: AddedWords, marks: QuotationMarks) -> Element:
    title = quoted_title(work.title, marks) if work.part else make("cite", work.title)
    head = make("p", f"{work.name.removesuffix('.')}. " if work.name else "", title)
    places = []
    for division, notes in work.places.items():
        where = f"{_short(division)}: " if division else ""  # what stands before the first heading has none
        line = make("li", f"{where}{words.note if len(notes) == 1 else words.notes} ")
        for at, note in enumerate(notes):
            add_text(line, ", " if at else "")
            line.append(make("a", note.shown, href=f"#fnref-{note.order}"))
        places.append(line)
    item = make("li", head, make("ul", *places, class_="places"))
    item.tail = "\n"
    return item


def _short(title: str) -> str:
    return title if len(title) <= _LONGEST else title[:_LONGEST].rsplit(" ", 1)[0].rstrip(" .,;:–—-") + " …"


def _works(bibliographies: Mapping[str, bytes]) -> dict[str, tuple[str, str, bool]]:
    """Return each work's names, the first one turned round, its title, and whether it is part of another work."""
    works: dict[str, tuple[str, str, bool]] = {}
    for name, data in bibliographies.items():
        if not name.endswith(".json"):
            continue
        for item in json.loads(data):
            people = item.get("author") or item.get("editor") or []
            title = str(item.get("title") or item.get("container-title") or item["id"])
            works[str(item["id"])] = (_names(people), title, is_part(item))
    return works


def _names(people: Sequence[Mapping[str, Any]]) -> str:
    names = []
    for at, person in enumerate(people):
        family = " ".join(str(person[key]) for key in ("non-dropping-particle", "family") if person.get(key))
        given = str(person.get("given", ""))
        parts = [family, given] if at == 0 else [given, family]
        joined = (", " if at == 0 else " ").join(part for part in parts if part)
        names.append(str(person.get("literal") or joined))
    if len(names) > 3:
        return f"{names[0]} et al."
    return ", ".join(names)


def _sortable(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in plain if letter.isalnum() or letter == " ").strip()

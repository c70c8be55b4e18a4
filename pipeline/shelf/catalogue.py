"""The catalogue: the cards of all books that stand on a shelf, in order, and as tables for other programs."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pipeline import files
from pipeline.shelf.stamp import BOOKS, read_made

MEDIA_TYPES = {
    "book.epub": "application/epub+zip",
    "book.pdf": "application/pdf",
    "book.azw3": "application/vnd.amazon.mobi8-ebook",
}
"""What is on offer, the best for reading systems first."""

COLUMNS = (
    *(
        "name",
        "title",
        "subtitle",
        "author",
        "editor",
        "translator",
        "illustrator",
        "introducer",
        "language",
        "date",
        "publisher",
    ),
    *("subject", "series", "series_number", "identifier", "editions", "words", "sure", "doubtful"),
)
"""The columns of ``catalogue.csv``."""


@dataclass(frozen=True, slots=True)
class Card:
    """The card of a book: ``name`` is that of its folder, the rest as :func:`pipeline.shelf.card.card_of` has it.

    ``id``: what tells it from all others on the shelf (:func:`told_apart`).
    """

    name: str
    title: str
    lang: str
    identifier: str
    updated: str
    subtitle: str = ""
    author: Sequence[str] = ()
    editor: Sequence[str] = ()
    translator: Sequence[str] = ()
    illustrator: Sequence[str] = ()
    introducer: Sequence[str] = ()
    date: str = ""
    publisher: str = ""
    rights: str = ""
    description: str = ""
    subject: Sequence[str] = ()
    series: str = ""
    series_number: str = ""
    cover: str = ""
    editions: Sequence[str] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    lost: int = 0
    sure: float = 1.0
    doubtful: int = 0
    findings: Mapping[str, int] = field(default_factory=dict)
    codes: Mapping[str, int] = field(default_factory=dict)
    id: str = ""

    @property
    def place(self) -> str:
        """The address of its folder, from that of the shelf."""
        return f"{BOOKS}/{self.name}/"

    @property
    def offered(self) -> list[tuple[str, str]]:
        """The editions with their media types; of a draft the manuscript."""
        found = [(name, kind) for name, kind in MEDIA_TYPES.items() if name in self.editions]
        return found or [("book.md", "text/markdown")]


def cards(shelf: Path) -> list[Card]:
    """Return the cards of all whole books on a shelf, by title."""
    found = (card for folder in sorted((shelf / BOOKS).glob("*/")) if (card := card_in(folder)))
    return told_apart(sorted(found, key=lambda card: (by_words(card.title), card.name)))


def told_apart(cards: Sequence[Card]) -> list[Card]:
    """Give each card an id: its identifier as a URI, or where two books have one and the same, one made of both."""
    taken: set[str] = set()
    out = []
    for card in cards:
        one = card.identifier if ":" in card.identifier else uuid.uuid5(uuid.NAMESPACE_OID, card.identifier).urn
        if one in taken:
            one = uuid.uuid5(uuid.NAMESPACE_OID, f"{one} {card.name}").urn
        taken.add(one)
        out.append(replace(card, id=one))
    return out


def card_in(folder: Path) -> Card | None:
    """Return the card of the book in ``folder``; nothing if no whole book lies there."""
    made = read_made(folder)
    try:
        return Card(folder.name, **made["card"]) if made else None
    except (KeyError, TypeError):
        return None  # of an earlier version; the next run makes it anew


def by_words(text: str) -> str:
    """Return what a catalogue sorts by: letters without accents, in lower case, nothing before the first of them."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(one for one in plain if one.isalnum() or one == " ").strip()


def write_tables(shelf: Path, found: Sequence[Card]) -> None:
    """Write ``catalogue.csv`` and ``catalogue.jsonl``.

    Raises:
        OctavoError: NO_ACCESS or DISK_FULL.

    """
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([_cell(card, column) for column in COLUMNS] for card in found)
    files.write_whole(shelf / "catalogue.csv", table.getvalue())
    rows = (json.dumps(row, ensure_ascii=False) for row in map(schema_org, found))
    files.write_whole(shelf / "catalogue.jsonl", "".join(f"{row}\n" for row in rows))


def _cell(card: Card, column: str) -> str:
    value = {"language": card.lang, "words": card.counts.get("words", "")}.get(column)
    value = getattr(card, column, "") if value is None else value
    text = "; ".join(value) if isinstance(value, list | tuple) else str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") else text  # a spreadsheet would take it for a formula


def schema_org(card: Card) -> dict[str, Any]:
    """Return the card in the terms of https://schema.org/Book (JSON-LD 1.1)."""

    def people(names: Sequence[str]) -> list[dict[str, str]]:
        return [{"@type": "Person", "name": name} for name in names]

    numbered = {"position": card.series_number} if card.series_number else {}
    series = {"@type": "BookSeries", "name": card.series}
    row = {
        "@context": "https://schema.org",
        "@type": "Book",
        "@id": card.id,
        "name": card.title,
        "alternativeHeadline": card.subtitle,
        "author": people(card.author),
        "editor": people(card.editor),
        "translator": people(card.translator),
        "illustrator": people(card.illustrator),
        "inLanguage": card.lang,
        "datePublished": card.date,
        "publisher": {"@type": "Organization", "name": card.publisher} if card.publisher else "",
        "license": card.rights,
        "description": card.description,
        "about": list(card.subject),
        "isPartOf": series if card.series else "",
        **numbered,
        "isbn": card.identifier.removeprefix("urn:isbn:") if card.identifier.startswith("urn:isbn:") else "",
        "numberOfPages": card.counts.get("pages", 0),
        "image": f"{card.place}{card.cover}" if card.cover else "",
        "bookFormat": "https://schema.org/EBook",
        "encoding": [
            {"@type": "MediaObject", "contentUrl": f"{card.place}{name}", "encodingFormat": kind}
            for name, kind in card.offered
        ],
    }
    return {key: value for key, value in row.items() if value}


def letters(found: Sequence[Card]) -> Iterator[tuple[str, list[Card]]]:
    """Part cards that are in order by the first letter of their titles; what begins with no letter comes under “#”."""
    groups: dict[str, list[Card]] = {}
    for card in found:
        first = by_words(card.title)[:1].upper()
        groups.setdefault(first if first.isalpha() else "#", []).append(card)
    yield from groups.items()

"""The works that the books of a shelf cite, each once, with the places: one bibliography over all books.

What tells one work from another is asked where it is asked for a single book (:func:`pipeline.cite.gather`): each book
gives it the works that it has, and a work of two books is one that both describe.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from html import escape
from pathlib import Path
from typing import Any

from pipeline.cite import gather
from pipeline.model import Citation, Fields, Name
from pipeline.shelf.catalogue import Card, by_words
from pipeline.shelf.page import address, count, document

_FIELDS = frozenset(field.name for field in fields(Fields))
_NAMES = ("author", "editor", "translator")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a book cites a work: the line of its source, and the page of the work."""

    line: int
    locator: str


@dataclass(frozen=True, slots=True)
class CitedWork:
    """A work, as CSL-JSON has it, and where each book cites it."""

    csl: Mapping[str, Any]
    places: Mapping[str, Sequence[Place]]

    @property
    def cited(self) -> int:
        """How often it is cited."""
        return sum(len(places) for places in self.places.values())


def cited_works(shelf: Path, cards: Sequence[Card]) -> list[CitedWork]:
    """Return the works that the books of ``cards`` cite, by author and title."""
    every = [(card.name, one, places) for card in cards for one, places in _described(shelf / card.place)]
    numbered = [replace(one, line=n) for n, (_, one, _) in enumerate(every)]  # as if they stood in one book
    gathered, works = gather(numbered)
    found: dict[str, dict[str, list[Place]]] = {work.id: {} for work in works}
    for (book, _, places), citation in zip(every, gathered, strict=True):
        if citation.work is not None:
            found[citation.work].setdefault(book, []).extend(places)
    listed = (CitedWork(work.csl, found[work.id]) for work in works if found[work.id])
    return sorted(listed, key=lambda work: _order(work.csl))


def _described(folder: Path) -> Iterator[tuple[Citation, list[Place]]]:
    """Yield each work of a book as its fullest citation describes it, with all its places."""
    try:
        items = json.loads((folder / "references.json").read_text(encoding="utf-8"))
        rows = [json.loads(row) for row in (folder / "citations.jsonl").read_text(encoding="utf-8").splitlines()]
    except (OSError, ValueError):
        return
    cited: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        cited.setdefault(row.get("work") or "", []).append(row)
    for item in items:
        if own := cited.get(item["id"]):
            fields = max((_fields(row.get("fields", {})) for row in own), key=lambda one: len(str(one.json())))
            if not fields.title:
                fields = replace(fields, title=str(item.get("title", "")))
            places = [Place(int(row["line"]), str(row.get("locator") or "")) for row in own]
            yield Citation(places[0].line, "", fields, kind=str(item.get("type", "book"))), places


def _fields(row: Mapping[str, Any]) -> Fields:
    known = {key: value for key, value in row.items() if key in _FIELDS}
    known |= {key: tuple(Name(**name) for name in known[key]) for key in _NAMES if key in known}
    return Fields(**known)


def _order(csl: Mapping[str, Any]) -> tuple[str, str]:
    return by_words(_people(csl)), by_words(str(csl.get("title", "")))


def _people(csl: Mapping[str, Any]) -> str:
    names: Sequence[Mapping[str, str]] = next((csl[key] for key in _NAMES if csl.get(key)), ())
    return "; ".join(
        name.get("literal") or ", ".join(filter(None, (name.get("family"), name.get("given")))) for name in names
    )


def bibliography(works: Sequence[CitedWork], cards: Sequence[Card]) -> str:
    """Return ``bibliography.json``: CSL-JSON, with the places of each work under ``custom``, which CSL leaves to us."""
    titles = {card.name: card.title for card in cards}
    items = [
        {
            **work.csl,
            "custom": {
                "cited": [
                    {
                        "book": name,
                        "title": titles[name],
                        "places": [
                            {"line": one.line, **({"locator": one.locator} if one.locator else {})} for one in places
                        ],
                    }
                    for name, places in work.places.items()
                ]
            },
        }
        for work in works
    ]
    return json.dumps(items, ensure_ascii=False, indent=1) + "\n"


def works_page(title: str, works: Sequence[CitedWork], cards: Sequence[Card]) -> str:
    """Return ``works.html``: the same for people."""
    books = {card.name: card for card in cards}
    shared = sum(len(work.places) > 1 for work in works)

    def body() -> Iterator[str]:
        yield f"<h1>Works cited in {escape(title)}</h1>"
        yield (
            f'<p class="soft">{count(len(works), "work")}, {shared} of them in more than one book.</p>'
            '<p><a href="index.html">All books</a> · <a href="bibliography.json">the same for programs</a></p>'
            '<ul class="works">'
        )
        for work in works:
            rows = "".join(_row(books[name], places) for name, places in work.places.items())
            yield f"<li>{_entry(work.csl)}<ul>{rows}</ul></li>"
        yield "</ul>"

    return document(f"Works cited in {title}", body())


def _row(card: Card, places: Sequence[Place]) -> str:
    pages = ", ".join(dict.fromkeys(place.locator for place in places if place.locator))
    told = f", {escape(pages)}" if pages else ""
    times = f" ({count(len(places), 'citation')})" if len(places) > 1 else ""
    best = card.offered[0][0]
    return f'<li><a href="{address(card, best)}" lang="{escape(card.lang)}">{escape(card.title)}</a>{told}{times}</li>'


def _entry(csl: Mapping[str, Any]) -> str:
    """Return a work in one line: who, what, in what, where and when."""
    who = _people(csl)
    inside = str(csl.get("container-title", ""))
    title = f"“{escape(str(csl.get('title', '')))}”" if inside else f"<cite>{escape(str(csl.get('title', '')))}</cite>"
    lang = f' lang="{escape(str(csl["language"]))}"' if csl.get("language") else ""
    parts = csl.get("issued", {}).get("date-parts", [[]])
    made = ": ".join(filter(None, (str(csl.get("publisher-place", "")), str(csl.get("publisher", "")))))
    rest = ", ".join(filter(None, (made, str(parts[0][0]) if parts and parts[0] else "")))
    where = f" <cite>{escape(inside)}</cite>." if inside else ""
    return f"{escape(who)}{'. ' if who else ''}<span{lang}>{title}</span>.{where} {escape(rest)}".rstrip()

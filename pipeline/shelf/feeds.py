"""Feeds for reading systems: OPDS 1.2 (Atom, RFC 4287) and OPDS 2.0 (JSON), https://specs.opds.io.

Both have one root that leads to all books by title, and to those of each author, subject and language, a hundred to a
page. Their links are relative, so that a shelf may lie anywhere.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import quote

from lxml import etree

from pipeline.edition import UNDATED
from pipeline.language import name_of
from pipeline.settings import slug
from pipeline.shelf.catalogue import Card
from pipeline.shelf.page import by_family

Row = TypeVar("Row")

FOLDER = "opds"
PAGE = 100
"""Books on one page of a feed; the OPDS specification leaves the number to the catalogue."""

ATOM, DC, OPENSEARCH = (
    "http://www.w3.org/2005/Atom",
    "http://purl.org/dc/terms/",
    "http://a9.com/-/spec/opensearch/1.1/",
)
NAVIGATION = "application/atom+xml;profile=opds-catalog;kind=navigation"
ACQUISITION = "application/atom+xml;profile=opds-catalog;kind=acquisition"
JSON = "application/opds+json"
DESCRIPTION = "application/opensearchdescription+xml"
OPEN_ACCESS = "http://opds-spec.org/acquisition/open-access"
_BASE = "../"  # from a feed to the folder of the shelf
_NEVER = UNDATED.strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True, slots=True)
class Way:
    """Where an entry of a navigation feed leads: to ``count`` books, at once or by way of a list of names."""

    title: str
    name: str
    count: int
    updated: str
    to_books: bool


def feeds(title: str, cards: Sequence[Card]) -> Iterator[tuple[str, bytes]]:
    """Yield the path of each feed of a shelf, from the shelf's folder, and its bytes."""
    ways = roots(cards)
    yield f"{FOLDER}/root.xml", atom_ways(title, ways, {"self": "root.xml"})
    yield f"{FOLDER}/root.json", json_ways(title, ways, {"self": "root.json"})
    yield from _books("All books by title", "all", cards)
    for kind, found in _groups(cards).items():
        leads = [_way(kind, value, group) for value, group in found.items()]
        pages = parted(leads)
        for number, page in enumerate(pages, 1):
            links = neighbours(kind, number, len(pages))
            yield f"{FOLDER}/{kind}-{number}.xml", atom_ways(KINDS[kind], page, links("xml"))
            yield f"{FOLDER}/{kind}-{number}.json", json_ways(KINDS[kind], page, links("json"))
        for way, group in zip(leads, found.values(), strict=True):
            yield from _books(way.title, way.name, group)


KINDS = {"authors": "By author", "subjects": "By subject", "languages": "By language"}


def roots(cards: Sequence[Card]) -> list[Way]:
    """Return where the root of a catalogue leads."""
    groups = _groups(cards)
    lists = [Way(KINDS[kind], kind, len(found), _updated(cards), to_books=False) for kind, found in groups.items()]
    return [Way("All books by title", "all", len(cards), _updated(cards), to_books=True), *lists]


def _groups(cards: Sequence[Card]) -> dict[str, dict[str, list[Card]]]:
    """Return the books of each author, subject and language; kinds of which there is none are left out."""

    def by(values: Callable[[Card], Sequence[str]], key: Callable[[str], str]) -> dict[str, list[Card]]:
        found: dict[str, list[Card]] = {}
        for card in cards:
            for value in values(card):
                found.setdefault(value, []).append(card)
        return {value: found[value] for value in sorted(found, key=key)}

    groups = {
        "authors": by(lambda card: card.author, by_family),
        "subjects": by(lambda card: card.subject, str.casefold),
        "languages": by(lambda card: [name_of(card.lang)], str.casefold),
    }
    return {kind: found for kind, found in groups.items() if found}


def _way(kind: str, value: str, cards: Sequence[Card]) -> Way:
    mark = _uuid(value).hex[:6]  # two names may have the same letters
    name = f"{kind}-{slug(value).encode()[:80].decode(errors='ignore')}-{mark}"
    return Way(value, name, len(cards), _updated(cards), to_books=True)


def _books(title: str, name: str, cards: Sequence[Card]) -> Iterator[tuple[str, bytes]]:
    pages = parted(cards)
    for number, page in enumerate(pages, 1):
        links = neighbours(name, number, len(pages))
        yield f"{FOLDER}/{name}-{number}.xml", atom_page(title, page, links("xml"))
        yield f"{FOLDER}/{name}-{number}.json", json_page(title, page, links("json"), len(cards))


def parted(rows: Sequence[Row]) -> list[Sequence[Row]]:
    """Part rows into pages; one page even where there are none."""
    return [rows[at : at + PAGE] for at in range(0, len(rows), PAGE)] or [[]]


def neighbours(name: str, number: int, last: int) -> Callable[[str], dict[str, str]]:
    """Return, for a suffix, the links of page ``number`` of ``last`` by their relations, as far as there are such."""
    wanted = {"self": number}
    if last > 1:
        wanted |= {"first": 1, "previous": number - 1, "next": number + 1, "last": last}
    there = {rel: at for rel, at in wanted.items() if 1 <= at <= last}
    return lambda suffix: {rel: quote(f"{name}-{at}.{suffix}") for rel, at in there.items()}


def _uuid(text: str) -> uuid.UUID:
    return uuid.uuid5(uuid.NAMESPACE_OID, text)


# ------------------------------------------------------------------------------------------------------- OPDS 1.2


def atom_ways(title: str, ways: Sequence[Way], links: Mapping[str, str], search: str = "") -> bytes:
    """Return a navigation feed.

    Args:
        title: of the feed.
        ways: where it leads.
        links: addresses of this page and its neighbours, by their relations.
        search: the address of an OpenSearch description, if there is one.

    """
    updated = max((way.updated for way in ways), default=_NEVER)
    feed = _feed(title, f"urn:uuid:{_uuid(title + links['self'])}", updated)
    for rel, href in links.items():
        _link(feed, rel, href, NAVIGATION)
    _link(feed, "start", "root.xml", NAVIGATION)
    if search:
        _link(feed, "search", search, DESCRIPTION)
    for way in ways:
        entry = etree.SubElement(feed, f"{{{ATOM}}}entry")
        _add(entry, "title", way.title)
        _add(entry, "id", f"urn:uuid:{_uuid(f'{title} {way.name}')}")
        _add(entry, "updated", way.updated)
        _add(entry, "content", _counted(way)).set("type", "text")
        kind = ACQUISITION if way.to_books else NAVIGATION
        _link(entry, "subsection", quote(f"{way.name}-1.xml"), kind)
    return _bytes(feed)


def _counted(way: Way) -> str:
    one, many = ("book", "books") if way.to_books else ("name", "names")
    return f"{way.count} {one if way.count == 1 else many}"


def atom_page(title: str, cards: Sequence[Card], links: Mapping[str, str], total: int | None = None) -> bytes:
    """Return a page of an acquisition feed.

    Args:
        title: of the feed.
        cards: of the books on this page.
        links: addresses of this page and its neighbours, by their relations.
        total: how many books a search has found; only of a search.

    """
    feed = _feed(title, f"urn:uuid:{_uuid(title + links['self'])}", _updated(cards))
    for rel, href in links.items():
        _link(feed, rel, href, ACQUISITION)
    _link(feed, "start", f"{_BASE}{FOLDER}/root.xml", NAVIGATION)
    if total is not None:
        _add(feed, "totalResults", str(total), OPENSEARCH)
    for card in cards:
        feed.append(_entry(card))
    return _bytes(feed)


def _entry(card: Card) -> etree._Element:
    entry = etree.Element(f"{{{ATOM}}}entry")
    _add(entry, "title", card.title)
    _add(entry, "id", card.id)
    _add(entry, "updated", card.updated)
    for kind, people in (
        ("author", card.author),
        ("contributor", (*card.editor, *card.translator, *card.illustrator, *card.introducer)),
    ):
        for person in people:
            _add(etree.SubElement(entry, f"{{{ATOM}}}{kind}"), "name", person)
    if not card.author:
        _add(etree.SubElement(entry, f"{{{ATOM}}}author"), "name", "Unknown")  # RFC 4287, 4.1.2: an entry has one
    for subject in card.subject:
        etree.SubElement(entry, f"{{{ATOM}}}category", term=subject, label=subject)
    _add(entry, "language", card.lang, DC)
    _add(entry, "identifier", card.identifier, DC)
    for name, value in (("issued", card.date), ("publisher", card.publisher)):
        if value:
            _add(entry, name, value, DC)
    if card.rights:
        _add(entry, "rights", card.rights)
    if about := card.description or card.subtitle:
        _add(entry, "summary", about).set("type", "text")
    for rel in ("http://opds-spec.org/image", "http://opds-spec.org/image/thumbnail") if card.cover else ():
        _link(entry, rel, quote(f"{_BASE}{card.place}{card.cover}"), "image/jpeg")
    for file, kind in card.offered:
        _link(entry, OPEN_ACCESS, quote(f"{_BASE}{card.place}{file}"), kind)
    return entry


def _feed(title: str, name: str, updated: str) -> etree._Element:
    feed = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM, "dc": DC, "opensearch": OPENSEARCH})
    _add(feed, "id", name)
    _add(feed, "title", title)
    _add(feed, "updated", updated)
    _add(etree.SubElement(feed, f"{{{ATOM}}}author"), "name", "Octavo")
    return feed


def _updated(cards: Sequence[Card]) -> str:
    return max((card.updated for card in cards), default=_NEVER)


def _add(parent: etree._Element, name: str, text: str, space: str = ATOM) -> etree._Element:
    element = etree.SubElement(parent, f"{{{space}}}{name}")
    element.text = text
    return element


def _link(parent: etree._Element, rel: str, href: str, kind: str) -> None:
    etree.SubElement(parent, f"{{{ATOM}}}link", rel=rel, href=href, type=kind)


def _bytes(root: etree._Element) -> bytes:
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)


def search_description(title: str, template: str) -> bytes:
    """Return an OpenSearch 1.1 description; ``template`` is an address with ``{searchTerms}``."""
    root = etree.Element(f"{{{OPENSEARCH}}}OpenSearchDescription", nsmap={None: OPENSEARCH})
    _add(root, "ShortName", title[:16], OPENSEARCH)
    _add(root, "Description", f"Books in {title}"[:1024], OPENSEARCH)
    _add(root, "InputEncoding", "UTF-8", OPENSEARCH)
    etree.SubElement(root, f"{{{OPENSEARCH}}}Url", type=ACQUISITION, template=template)
    return _bytes(root)


# ------------------------------------------------------------------------------------------------------- OPDS 2.0


def json_ways(title: str, ways: Sequence[Way], links: Mapping[str, str], search: str = "") -> bytes:
    """Return a list of ways; ``search`` is the template of an address that finds books, if there is one."""
    found: list[dict[str, Any]] = [{"rel": rel, "href": href, "type": JSON} for rel, href in links.items()]
    if search:
        found.append({"rel": "search", "href": search, "type": JSON, "templated": True})
    navigation = [
        {
            "title": way.title,
            "href": quote(f"{way.name}-1.json"),
            "type": JSON,
            "rel": "subsection",
            "properties": {"numberOfItems": way.count},
        }
        for way in ways
    ]
    return _json({"metadata": {"title": title}, "links": found, "navigation": navigation})


def json_page(title: str, cards: Sequence[Card], links: Mapping[str, str], total: int) -> bytes:
    """Return a page of publications; ``links`` and ``total`` as for :func:`atom_page`."""
    return _json(
        {
            "metadata": {"title": title, "numberOfItems": total},
            "links": [{"rel": rel, "href": href, "type": JSON} for rel, href in links.items()],
            "publications": [_publication(card) for card in cards],
        }
    )


def _publication(card: Card) -> dict[str, Any]:
    """Return a publication in the terms of the Readium Web Publication Manifest."""
    series: dict[str, Any] = {"name": card.series}
    if card.series_number.replace(".", "", 1).isdecimal():
        series["position"] = float(card.series_number)
    metadata: dict[str, Any] = {
        "@type": "http://schema.org/Book",
        "identifier": card.id,
        "title": card.title,
        "subtitle": card.subtitle,
        "author": list(card.author),
        "editor": list(card.editor),
        "translator": list(card.translator),
        "illustrator": list(card.illustrator),
        "language": card.lang,
        "published": card.date if len(card.date) == 10 else "",
        "modified": card.updated,
        "publisher": card.publisher,
        "description": card.description,
        "subject": list(card.subject),
        "numberOfPages": card.counts.get("pages", 0),
        "belongsTo": {"series": series} if card.series else {},
    }
    publication: dict[str, Any] = {
        "metadata": {key: value for key, value in metadata.items() if value},
        "links": [
            {"rel": OPEN_ACCESS, "href": quote(f"{_BASE}{card.place}{file}"), "type": kind}
            for file, kind in card.offered
        ],
    }
    if card.cover:
        publication["images"] = [{"href": quote(f"{_BASE}{card.place}{card.cover}"), "type": "image/jpeg"}]
    return publication


def _json(feed: Mapping[str, Any]) -> bytes:
    return (json.dumps(feed, ensure_ascii=False, indent=1) + "\n").encode()

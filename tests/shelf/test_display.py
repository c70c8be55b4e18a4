"""What a shelf shows of its books: page, feeds, tables, bibliography, report; and how it is served."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from lxml import etree

from pipeline.shelf import feeds
from pipeline.shelf.catalogue import Card, cards, told_apart
from pipeline.shelf.display import display
from pipeline.shelf.page import index_page

ATOM = {"a": feeds.ATOM, "dc": feeds.DC}
WEIR = {"author": [{"family": "Mell", "given": "Orla"}], "title": "Weirs and Water", "year": "1931", "place": "Leith"}


def card(n: int, **more: Any) -> Card:
    told: dict[str, Any] = {
        "title": f"Book {n}",
        "lang": "en",
        "identifier": f"urn:isbn:{9780000000000 + n}",
        "updated": "2001-02-03T00:00:00Z",
        "editions": ["book.epub"],
        "counts": {"lines": 100, "words": 1000},
    }
    return Card(f"book-{n}", **{**told, **more})


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shelf as a run leaves it, whose books are three files each; nothing is built."""
    place = tmp_path_factory.mktemp("shelf")
    told: dict[str, dict[str, Any]] = {
        "canal": {"title": "Émile’s <Canal>", "lang": "fr", "author": ["Ann Quay", "Bo Tarn"], "subject": ["water"]},
        "weir": {"title": "The Weir", "lang": "en-GB", "author": ["Ann Quay"], "date": "1931", "cover": "cover.jpg"},
        "lock": {"title": "A Lock", "lang": "en", "findings": {"error": 1}, "codes": {"words-lost": 1}},
    }
    for name, row in told.items():
        folder = place / "books" / name
        folder.mkdir(parents=True)
        more = {"identifier": "urn:uuid:1", "updated": "2001-02-03T00:00:00Z", "editions": ["book.epub"]}
        (folder / "book.epub").write_bytes(bytes(range(256)) * 40)
        made = {"made_from": {"text": "-"}, "files": {"book.epub": 10240}, "card": {**row, **more}}
        (folder / "made.json").write_text(json.dumps(made), encoding="utf-8")
    for name, line, page in (("canal", 7, "12"), ("canal", 9, "14"), ("weir", 3, "12")):
        folder = place / "books" / name
        row = {"line": line, "work": f"{name}1931", "locator": page, "fields": {**WEIR, "locator": page}}
        with (folder / "citations.jsonl").open("a", encoding="utf-8") as out:
            out.write(f"{json.dumps(row)}\n")
        item = {"id": f"{name}1931", "type": "book", "title": WEIR["title"]}
        (folder / "references.json").write_text(json.dumps([item]), encoding="utf-8")
    failed = place / "failed" / "mud"
    failed.mkdir(parents=True)
    failure = {"name": "mud", "code": 4, "what": "mud.txt is a ZIP archive.", "hint": "Unpack it."}
    (failed / "failure.json").write_text(json.dumps(failure), encoding="utf-8")
    assert display(place, "Lode Library") == 3
    return place


def test_every_link_of_the_pages_leads_to_something(shelf: Path) -> None:
    for page in ("index.html", "works.html", "report.html"):
        document = lxml.html.fromstring((shelf / page).read_text(encoding="utf-8"))
        names = set(document.xpath("//@id"))
        for link in document.xpath("//@href | //@src"):
            if link == "data:,":
                continue
            if link.startswith("#"):
                assert link[1:] in names, link
            elif not link.endswith(("report.html", "cover.jpg")):  # which this shelf has not for each book
                assert (shelf / link).is_file(), link


def test_the_page_needs_no_script_and_finds_by_what_stands_on_it(shelf: Path) -> None:
    document = lxml.html.fromstring((shelf / "index.html").read_text(encoding="utf-8"))
    assert document.xpath("//form[@hidden]")  # only a script can show it
    found = {row.get("id"): row.get("data-find") for row in document.xpath("//li[@data-find]")}
    assert list(found) == ["canal", "weir", "lock"] or sorted(found) == ["canal", "lock", "weir"]
    assert all(word in found["canal"] for word in ("emile", "tarn", "water", "french"))
    lookups = {one.findtext("summary"): one.xpath(".//dt/text()") for one in document.xpath("//details")}
    assert lookups["By author (2)"] == ["Ann Quay", "Bo Tarn"]
    assert lookups["By language (3)"] == ["English", "English (GB)", "French"]
    assert document.xpath("//h3[@lang='fr']/text()") == ["Émile’s <Canal>"]


def test_books_stand_by_title_and_under_letters_where_there_are_many() -> None:
    many = [card(n, title=f"{'ABÉ'[n % 3]} {n}") for n in range(90)]
    document = lxml.html.fromstring(index_page("Many", many))
    assert document.xpath("//h2/text()") == ["A", "B", "E"]


def test_a_work_that_two_books_cite_is_one_work_with_the_places_of_both(shelf: Path) -> None:
    (work,) = json.loads((shelf / "bibliography.json").read_text(encoding="utf-8"))
    cited = {
        one["book"]: [(place["line"], place["locator"]) for place in one["places"]] for one in work["custom"]["cited"]
    }
    assert cited == {"canal": [(7, "12"), (9, "14")], "weir": [(3, "12")]}
    text = lxml.html.fromstring((shelf / "works.html").read_text(encoding="utf-8")).text_content()
    assert "1 work, 1 of them in more than one book" in text
    assert "Mell, Orla. Weirs and Water. Leith, 1931" in text


def test_the_report_says_what_failed_and_what_needs_a_person_first(shelf: Path) -> None:
    told = json.loads((shelf / "report.json").read_text(encoding="utf-8"))
    assert (told["title"], told["books"], told["failed"]) == ("Lode Library", 3, 1)
    assert [one["name"] for one in told["needing"]] == ["lock"]
    text = lxml.html.fromstring((shelf / "report.html").read_text(encoding="utf-8")).text_content()
    assert "mud.txt is a ZIP archive. Unpack it." in text


def test_the_tables_have_all_books_and_no_cell_is_a_formula(shelf: Path) -> None:
    with (shelf / "catalogue.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["name"]: row for row in csv.DictReader(file)}
    assert (rows["canal"]["author"], rows["canal"]["language"]) == ("Ann Quay; Bo Tarn", "fr")
    lines = (shelf / "catalogue.jsonl").read_text(encoding="utf-8").splitlines()
    assert {json.loads(line)["@type"] for line in lines} == {"Book"}
    from pipeline.shelf.catalogue import _cell

    assert _cell(card(1, title="=SUM(A1)"), "title") == "'=SUM(A1)"


# ----------------------------------------------------------------------------------------------------------- feeds


def walked(found: dict[str, bytes], path: str, kind: str) -> Iterator[str]:
    """Go through a catalogue as a reading system does: each link to a feed, once; yield the ids of its books."""
    seen, waiting = set(), [path]
    while waiting:
        here = waiting.pop()
        if here in seen:
            continue
        seen.add(here)
        if kind == "xml":
            feed = etree.fromstring(found[here])
            waiting += [
                f"opds/{one}" for one in feed.xpath("//a:link[@rel='subsection' or @rel='next']/@href", namespaces=ATOM)
            ]
            if "all-" in here:
                yield from feed.xpath("//a:entry/a:id/text()", namespaces=ATOM)
        else:
            data = json.loads(found[here])
            links = [*data.get("navigation", []), *(one for one in data["links"] if one["rel"] == "next")]
            waiting += [f"opds/{one['href']}" for one in links]
            if "all-" in here:
                yield from (one["metadata"]["identifier"] for one in data["publications"])
    assert seen == {one for one in found if one.endswith(kind)}


@pytest.mark.parametrize("kind", ["xml", "json"])
def test_a_reading_system_reaches_every_page_of_every_feed(kind: str) -> None:
    many = [card(n, author=[f"Author {n % 120}"], subject=["Water"]) for n in range(250)]
    found = dict(feeds.feeds("Many", told_apart([*many, replace(many[0], name="twin")])))
    ids = list(walked(found, f"opds/root.{kind}", kind))
    assert len(ids) == len(set(ids)) == 251  # two books of one identifier have two ids


def test_atom_feeds_have_what_the_specifications_ask_for(shelf: Path) -> None:
    """RFC 4287, 4.1.1 and 4.1.2; OPDS 1.2, 2.2 (navigation), 5 (acquisition) and 5.2.1 (images)."""
    for path in (shelf / "opds").glob("*.xml"):
        feed = etree.parse(path).getroot()
        for element in (feed, *feed.iterfind("a:entry", ATOM)):
            for name in ("id", "title", "updated"):
                assert len(element.findall(f"a:{name}", ATOM)) == 1, (path.name, name)
        assert {"self", "start"} <= set(feed.xpath("a:link/@rel", namespaces=ATOM))
        kind = feed.xpath("string(a:link[@rel='self']/@type)", namespaces=ATOM)
        for entry in feed.iterfind("a:entry", ATOM):
            rels = set(entry.xpath("a:link/@rel", namespaces=ATOM))
            if kind == feeds.ACQUISITION:
                assert feeds.OPEN_ACCESS in rels
                assert entry.xpath("a:author/a:name/text()", namespaces=ATOM)
                assert entry.xpath("dc:language/text()", namespaces=ATOM)
                for href in entry.xpath("a:link[@type='application/epub+zip']/@href", namespaces=ATOM):
                    assert (path.parent / href).is_file()
            else:
                assert rels == {"subsection"}
                assert entry.xpath("a:content/text()", namespaces=ATOM)


def test_json_feeds_have_what_the_specification_asks_for(shelf: Path) -> None:
    """OPDS 2.0, 1 to 3: title, a link to itself, and in each publication title, type and a way to get it."""
    for path in (shelf / "opds").glob("*.json"):
        feed = json.loads(path.read_text(encoding="utf-8"))
        assert feed["metadata"]["title"]
        assert [one["href"] for one in feed["links"] if one["rel"] == "self"] == [path.name]
        assert ("navigation" in feed) != ("publications" in feed)
        for one in feed.get("publications", []):
            assert one["metadata"]["@type"] == "http://schema.org/Book"
            assert any(link["rel"] == feeds.OPEN_ACCESS for link in one["links"])
            assert not any(re.search(r"\s", link["href"]) for link in one["links"])


# ------------------------------------------------------------------------------------------------------------- web


@pytest.fixture(scope="module")
def client(shelf: Path) -> Any:
    pytest.importorskip("starlette", reason="needs the extra “shelf”")
    from starlette.testclient import TestClient

    from pipeline.shelf.web import shelf_app

    return TestClient(shelf_app(shelf, only_loopback=True), base_url="http://127.0.0.1:8000")


def test_files_are_served_in_parts_and_only_when_they_have_changed(client: Any) -> None:
    whole = client.get("/books/canal/book.epub")
    assert (whole.status_code, whole.headers["content-type"]) == (200, "application/epub+zip")
    part = client.get("/books/canal/book.epub", headers={"Range": "bytes=256-259"})
    assert (part.status_code, part.content) == (206, bytes(range(4)))
    assert part.headers["content-range"] == "bytes 256-259/10240"
    again = client.get("/books/canal/book.epub", headers={"If-None-Match": whole.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("path", "host", "status"),
    [
        ("/", "127.0.0.1:8000", 200),
        ("/", "localhost:8000", 200),
        ("/", "[::1]:8000", 200),
        ("/", "books.example", 403),
        ("/", "127.0.0.1.books.example:8000", 403),
        ("/failed/mud/failure.json", "127.0.0.1:8000", 404),
        ("/.making/lock", "127.0.0.1:8000", 404),
        ("/books/canal/.source.json", "127.0.0.1:8000", 404),
        ("/%2e%2e/%2e%2e/etc/passwd", "127.0.0.1:8000", 404),
        (f"/opds/search.json?page={'9' * 5000}", "127.0.0.1:8000", 200),
        ("/opds/search.xml?page=²", "127.0.0.1:8000", 200),
    ],
)
def test_only_the_shelf_is_shown_and_only_to_who_asks_for_it(client: Any, path: str, host: str, status: int) -> None:
    assert client.get(path, headers={"Host": host}).status_code == status


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_is_written(client: Any, method: str) -> None:
    assert client.request(method, "/index.html").status_code == 405


@pytest.mark.parametrize(
    ("query", "names"), [("quay", 2), ("QUAY emile", 1), ("french", 1), ("gravel", 0), ("", 3), ("<&", 0)]
)
def test_search_finds_by_title_author_subject_and_language(client: Any, query: str, names: int) -> None:
    root = client.get("/opds/root.xml")
    assert root.headers["content-type"] == feeds.NAVIGATION
    (where,) = etree.fromstring(root.content).xpath("//a:link[@rel='search']/@href", namespaces=ATOM)
    described = etree.fromstring(client.get(f"/opds/{where}").content)
    template = described.xpath("string(//*[local-name()='Url']/@template)")
    answer = client.get(template.replace("{searchTerms}", query.replace("&", "%26")).replace("{startPage?}", "1"))
    assert answer.headers["content-type"] == feeds.ACQUISITION
    assert len(etree.fromstring(answer.content).findall("a:entry", ATOM)) == names
    data = client.get("/opds/search.json", params={"query": query}).json()
    assert len(data["publications"]) == data["metadata"]["numberOfItems"] == names


def test_the_catalogue_is_read_again_when_it_has_changed(client: Any, shelf: Path) -> None:
    assert len(cards(shelf)) == 3
    assert client.get("/opds/all-1.json").headers["content-type"] == feeds.JSON
    policy = client.get("/").headers["content-security-policy"]
    assert "script-src 'sha256-" in policy

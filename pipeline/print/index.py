"""The indexes: works cited and their authors, each with the pages where they are cited."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import Any

import lxml.html
from lxml.html import HtmlElement

from pipeline.forms.lists import LETTER_END, PARTED
from pipeline.housestyle import QuotationMarks, is_part, quoted_title
from pipeline.language import AddedWords
from pipeline.print.endnotes import ENDNOTE
from pipeline.print.pagemap import folio

MARKUP = re.compile(r"</?\w[^<>]*>")  # which CSL-JSON may have in a title
COLUMNS = 8  # entries: a shorter index stands in one column
Places = Mapping[str, Sequence[tuple[int, str]]]  # work → (page, id of the citation), in reading order


def mark_citations(texts: Iterable[HtmlElement]) -> None:
    """Give each citation in ``texts`` an id, so that its page can be told after layout."""
    for number, cited in enumerate(_citations(texts), 1):
        cited.set("id", f"citation-{number}")


def places(texts: Iterable[HtmlElement], pages: Mapping[str, int]) -> dict[str, list[tuple[int, str]]]:
    """Return where each work is cited in ``texts``; ``pages`` has the page of each id.

    What a note at the end of a chapter or of the book cites is cited where the note is called.
    """
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for cited in _citations(texts):
        name = cited.get("id", "")
        note = next((one for one in cited.iterancestors("span") if one.get("class") == ENDNOTE), None)
        call = f"call-{note.get('id')}" if note is not None else ""
        name = call if call in pages else name
        if name in pages:
            for work in cited.get("data-cites", "").split():
                found[work].append((pages[name], name))
    return found


def _citations(texts: Iterable[HtmlElement]) -> Iterator[HtmlElement]:
    for text in texts:
        yield from text.iterfind('.//span[@class="citation"]')


def index_of_works(works: Iterable[Mapping[str, Any]], found: Places, words: AddedWords, marks: QuotationMarks) -> str:
    """Return the index of works cited: first author, title, year, and the pages; the volume where it alone differs.

    ``marks`` are those with which the book quotes.
    """
    cited = [work for work in works if found.get(work["id"])]
    alike = Counter((*_names(work), work.get("title"), _year(work)) for work in cited)
    rows = []
    for work in cited:
        names, year = _names(work), _year(work)
        who = f"{escape(names[0])}{f' {words.others}' if len(names) > 2 else ''}" if names else ""
        if len(names) == 2:
            who += f" {words.both} {escape(names[1])}"
        volume = str(work.get("volume", "")) if alike[(*names, work.get("title"), year)] > 1 else ""
        title = _title(work, volume, marks)
        entry = f"{', '.join(part for part in (who, title) if part)}{f' ({year})' if year else ''}"
        rows.append((_order(f"{who} {MARKUP.sub('', title)}"), entry, found[work["id"]]))
    return _index("index-of-works", words.works, rows)


def index_of_authors(works: Iterable[Mapping[str, Any]], found: Places, words: AddedWords) -> str:
    """Return the index of authors and editors, with the pages where their works are cited."""
    cited: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for work in works:
        for name in _names(work):
            cited[name] += found.get(work["id"], ())
    rows = [(_order(name), escape(name), sorted(where)) for name, where in cited.items() if where]
    return _index("index-of-authors", words.authors, rows)


def ranges(pages: Iterable[tuple[int, str]]) -> list[tuple[int, int, str]]:
    """Join pages that follow each other: first page, last page, and the first id on them."""
    joined: list[tuple[int, int, str]] = []
    for page, name in sorted(pages):
        if joined and page <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(page, joined[-1][1]), joined[-1][2])
        else:
            joined.append((page, page, name))
    return joined


def _index(name: str, title: str, rows: Iterable[tuple[str, str, Sequence[tuple[int, str]]]]) -> str:
    ordered = sorted(rows, key=lambda row: row[0])
    initials = [order[:1] for order, _, _ in ordered]
    parted = len(ordered) >= PARTED * len({*initials})
    lines = []
    for (_, words, where), initial, following in zip(ordered, initials, [*initials[1:], *initials[-1:]], strict=True):
        gap = f' class="{LETTER_END}"' if parted and initial != following else ""
        plain = escape(lxml.html.fromstring(f"<p>{words}</p>").text_content())
        pages = ", ".join(
            f'<a href="#{anchor}" title="{plain}, {folio(first)}">{folio(first)}'
            f"{f'–{folio(last)}' if last > first else ''}</a>"
            for first, last, anchor in ranges(where)
        )
        lines.append(f"<p{gap}>{words}, {pages}</p>")
    if not lines:
        return ""
    columns = "columns" if name == "index-of-authors" and len(lines) > COLUMNS else "column"
    entries = f'<div class="{columns}">{"".join(lines)}</div>'
    heading = f'<h1 data-title="{title}">{title}</h1>'
    return f'<section id="{name}" class="level1 index {name}" data-title="{title}">{heading}{entries}</section>'


def _title(work: Mapping[str, Any], volume: str, marks: QuotationMarks) -> str:
    """Return the title of a work: in italics, with a volume, or in quotation marks if it is part of another work.

    What the title itself quotes then has the book's inner marks, as in the notes and the bibliography.
    """
    plain = MARKUP.sub("", str(work.get("title", ""))).strip()
    title = escape(plain, quote=False)
    if title and is_part(work):
        return escape(quoted_title(plain, marks), quote=False)
    return f"<i>{title}</i>{' ' if volume else ''}{escape(volume)}" if title else ""


def _names(work: Mapping[str, Any]) -> list[str]:
    people = work.get("author") or work.get("editor") or []
    return [name for person in people if (name := _name(person))]


def _name(person: Mapping[str, str]) -> str:
    parts = [person.get("family", ""), person.get("given", "")]
    return person.get("literal") or ", ".join(part for part in parts if part)


def _year(work: Mapping[str, Any]) -> str:
    parts = work.get("issued", {}).get("date-parts") or [[""]]
    return str(parts[0][0]) if parts[0] else ""


def _order(words: str) -> str:
    plain = unicodedata.normalize("NFKD", words.casefold())
    return "".join(sign for sign in plain if sign.isalnum() or sign.isspace()).strip()

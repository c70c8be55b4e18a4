"""Citations in the forms that other programs take: CSL-JSON, BibTeX and RIS."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from anyascii import anyascii

from pipeline.model import Citation, Fields, Name

_CSL = {
    "title": "title",
    "container": "container-title",
    "volume": "volume",
    "issue": "issue",
    "edition": "edition",
    "publisher": "publisher",
    "place": "publisher-place",
    "genre": "genre",
    "doi": "DOI",
    "url": "URL",
}
_BIBTEX = {
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "book": "book",
    "chapter": "incollection",
    "paper-conference": "inproceedings",
    "thesis": "phdthesis",
    "report": "techreport",
    "manuscript": "unpublished",
}
_RIS = {
    "article-journal": "JOUR",
    "article-magazine": "MGZN",
    "article-newspaper": "NEWS",
    "book": "BOOK",
    "chapter": "CHAP",
    "paper-conference": "CPAPER",
    "thesis": "THES",
    "report": "RPRT",
    "manuscript": "UNPB",
    "webpage": "ELEC",
    "motion_picture": "MPCT",
    "legal_case": "CASE",
    "legislation": "STAT",
    "classic": "CLSWK",
    "patent": "PAT",
}
_SPECIAL = str.maketrans({c: f"\\{c}" for c in "&%$#_{}"} | {"\\": r"\textbackslash{}", "~": r"\~{}", "^": r"\^{}"})
_RANGE = re.compile(r"^(\w+)\s*[-–—]+\s*(\w+)$")


def csl_items(citations: Iterable[Citation]) -> list[dict[str, Any]]:
    """Return CSL-JSON items, in order, each with an id of its own."""
    items: list[dict[str, Any]] = []
    taken: set[str] = set()
    for citation in citations:
        item = _item(citation)
        base = _key(citation.fields)
        key, n = base, 1
        while key in taken:
            n += 1
            key = f"{base}-{n}"
        taken.add(key)
        items.append({"id": key, **item})
    return items


def csl_json(citations: Iterable[Citation]) -> str:
    """Return the citations as CSL-JSON."""
    rows = (json.dumps(item, ensure_ascii=False) for item in csl_items(citations))
    return "[\n" + ",\n".join(rows) + "\n]\n"


def _item(citation: Citation) -> dict[str, Any]:
    fields = citation.fields
    kind = citation.kind if citation.kind != "unknown" else "document"
    item: dict[str, Any] = {"type": kind}
    for role in ("author", "editor", "translator"):
        if names := getattr(fields, role):
            item[role] = [name.json() for name in names]
    for field, key in _CSL.items():
        if value := getattr(fields, field):
            item[key] = value
    if fields.year:
        item["issued"] = {"date-parts": [[int(fields.year[:4])]]}
    if pages := fields.page or fields.locator:
        item["page"] = pages
    if fields.accessed:
        item["accessed"] = {"raw": fields.accessed}
    if fields.extra:
        item["note"] = fields.extra
    if not citation.parsed:
        item = {"type": "document", "note": citation.text.strip()}
    return item


def bibtex(citations: Iterable[Citation]) -> str:
    """Return the citations as BibTeX, for a program that reads UTF-8."""
    out: list[str] = []
    for item in csl_items(citations):
        kind = _BIBTEX.get(item["type"], "misc")
        pairs = {
            role: " and ".join(map(_bibtex_name, item.get(role, ()))) for role in ("author", "editor", "translator")
        }
        container = "journal" if kind == "article" else "booktitle"
        pages = str(item.get("page", ""))
        pairs |= {
            "title": _escaped(item.get("title", "")),
            container: _escaped(item.get("container-title", "")),
            "volume": _escaped(item.get("volume", "")),
            "number": _escaped(item.get("issue", "")),
            "edition": _escaped(item.get("edition", "")),
            "school" if kind == "phdthesis" else "institution" if kind == "techreport" else "publisher": _escaped(
                item.get("publisher", "")
            ),
            "address": _escaped(item.get("publisher-place", "")),
            "year": str(item["issued"]["date-parts"][0][0]) if "issued" in item else "",
            "pages": _escaped(_RANGE.sub(r"\1--\2", pages)),
            "doi": item.get("DOI", ""),
            "url": item.get("URL", ""),
            "note": _escaped(item.get("note", "")),
        }
        lines = [f"  {key} = {{{value}}}" for key, value in pairs.items() if value]
        out.append(f"@{kind}{{{item['id']},\n" + ",\n".join(lines) + "\n}\n")
    return "\n".join(out)


def ris(citations: Iterable[Citation]) -> str:
    """Return the citations as RIS, a record each, lines ended as the format wants them."""
    out: list[str] = []
    for item in csl_items(citations):
        pages = str(item.get("page", ""))
        span = _RANGE.match(pages)
        rows: list[tuple[str, str]] = [("TY", _RIS.get(item["type"], "GEN")), ("ID", item["id"])]
        for role, sign in (("author", "AU"), ("editor", "ED"), ("translator", "A4")):
            rows += [(sign, _plain_name(name)) for name in item.get(role, ())]
        rows += [
            ("TI", item.get("title", "")),
            ("T2", item.get("container-title", "")),
            ("VL", item.get("volume", "")),
            ("IS", item.get("issue", "")),
            ("ET", item.get("edition", "")),
            ("PB", item.get("publisher", "")),
            ("CY", item.get("publisher-place", "")),
            ("PY", str(item["issued"]["date-parts"][0][0]) if "issued" in item else ""),
            ("SP", span[1] if span else pages),
            ("EP", span[2] if span else ""),
            ("DO", item.get("DOI", "")),
            ("UR", item.get("URL", "")),
            ("N1", item.get("note", "")),
        ]
        out.append("".join(f"{sign}  - {value}\r\n" for sign, value in rows if value) + "ER  - \r\n")
    return "\r\n".join(out)


def _escaped(text: str) -> str:
    return str(text).translate(_SPECIAL)


def _bibtex_name(name: dict[str, str]) -> str:
    if "literal" in name:
        return f"{{{_escaped(name['literal'])}}}"
    return _escaped(_plain_name(name))


def _plain_name(name: dict[str, str]) -> str:
    return name.get("literal") or ", ".join(part for part in (name.get("family"), name.get("given")) if part)


def _key(fields: Fields) -> str:
    """Make a readable id: first family name, year, first telling word of the title."""
    people: Sequence[Name] = fields.author or fields.editor or fields.translator
    name = (people[0].family or people[0].literal.partition(" ")[0]) if people else ""
    word = next((word for word in re.findall(r"\w+", fields.title or fields.container) if len(word) > 3), "")
    key = f"{_letters(name)}{fields.year[:4]}{_letters(word)}"
    return key or "work"


def _letters(text: str) -> str:
    return "".join(c for c in anyascii(text).casefold() if c.isalnum())

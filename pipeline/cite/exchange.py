"""Citations in the forms that other programs take: CSL-JSON, BibTeX and RIS."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from anyascii import anyascii

from pipeline.cite.csl import KINDS, OTHER, ROLES, name_item, plain_fields, role_of
from pipeline.cite.dates import read_date, read_day
from pipeline.model import Citation, Fields, Name

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
    if citation.verbatim:
        return {"type": kind, "title": citation.text.strip()}
    if not citation.parsed:
        return {"type": "document", "note": citation.text.strip()}
    item: dict[str, Any] = {"type": kind}
    for role in ROLES:
        if names := getattr(fields, role):
            item[role_of(role, kind)] = [name_item(name) for name in names]
    item |= plain_fields(fields)
    if fields.year:
        month, day, _ = read_date(fields.date) or (0, 0, 0)
        item["issued"] = {"date-parts": [[int(fields.year[:4]), *(part for part in (month, day) if part)]]}
    if pages := fields.page or fields.locator:
        item["page"] = pages
    if day_of_access := read_day(fields.accessed):
        item["accessed"] = {"date-parts": [list(day_of_access)]}
    elif fields.accessed:
        item["accessed"] = {"raw": fields.accessed}
    if fields.extra:
        item["note"] = fields.extra
    return item


def bibtex(citations: Iterable[Citation]) -> str:
    """Return the citations as BibTeX, for a program that reads UTF-8."""
    out: list[str] = []
    for item in csl_items(citations):
        kind = KINDS.get(item["type"], OTHER).bibtex
        pairs = {role: " and ".join(map(_bibtex_name, item.get(role_of(role, item["type"]), ()))) for role in ROLES}
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
        rows: list[tuple[str, str]] = [("TY", KINDS.get(item["type"], OTHER).ris), ("ID", item["id"])]
        for role, sign in (("author", "AU"), ("director", "AU"), ("editor", "ED"), ("translator", "A4")):
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
    parts = (name.get("family"), name.get("suffix"), name.get("given"))
    return name.get("literal") or ", ".join(part for part in parts if part)


def _key(fields: Fields) -> str:
    """Make a readable id: first family name, year, first telling word of the title."""
    people: Sequence[Name] = fields.author or fields.editor or fields.translator
    name = (people[0].family or people[0].literal.partition(" ")[0]) if people else ""
    word = next((word for word in re.findall(r"\w+", fields.title or fields.container) if len(word) > 3), "")
    key = f"{_letters(name)}{fields.year[:4]}{_letters(word)}"
    return key or "work"


def _letters(text: str) -> str:
    return "".join(c for c in anyascii(text).casefold() if c.isalnum())

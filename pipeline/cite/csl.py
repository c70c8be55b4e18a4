"""CSL: what the fields and kinds of a citation are called in CSL-JSON, and in the forms that are made of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from pipeline.model import Fields, Name

ROLES = ("author", "editor", "translator")
FIELDS: Mapping[str, str] = {
    "title": "title",
    "container": "container-title",
    "volume": "volume",
    "issue": "issue",
    "edition": "edition",
    "publisher": "publisher",
    "place": "publisher-place",
    "page": "page",
    "genre": "genre",
    "doi": "DOI",
    "url": "URL",
}


class Kind(NamedTuple):
    """What one CSL type is called in BibTeX and in RIS."""

    bibtex: str
    ris: str


KINDS: Mapping[str, Kind] = {
    "article-journal": Kind("article", "JOUR"),
    "article-magazine": Kind("article", "MGZN"),
    "article-newspaper": Kind("article", "NEWS"),
    "book": Kind("book", "BOOK"),
    "broadcast": Kind("misc", "VIDEO"),
    "chapter": Kind("incollection", "CHAP"),
    "classic": Kind("misc", "CLSWK"),
    "interview": Kind("misc", "PCOMM"),
    "legal_case": Kind("misc", "CASE"),
    "legislation": Kind("misc", "STAT"),
    "manuscript": Kind("unpublished", "UNPB"),
    "motion_picture": Kind("misc", "MPCT"),
    "paper-conference": Kind("inproceedings", "CPAPER"),
    "patent": Kind("misc", "PAT"),
    "report": Kind("techreport", "RPRT"),
    "thesis": Kind("phdthesis", "THES"),
    "webpage": Kind("misc", "ELEC"),
}
OTHER = Kind("misc", "GEN")


def role_of(role: str, kind: str) -> str:
    """Return the CSL name of a role: who made a film stands among the authors of a citation, and is its director."""
    return "director" if role == "author" and kind == "motion_picture" else role


def name_item(name: Name) -> dict[str, str]:
    """Return a name as CSL-JSON has it, "Jr." and "III" apart."""
    item = name.json()
    if match := re.fullmatch(r"(.+?),? ([JS]r\.?|III?|IV)", name.given):
        item |= {"given": match[1], "suffix": match[2]}
    return item


def plain_fields(fields: Fields) -> dict[str, Any]:
    """Return the parts that are plain text, under their CSL names."""
    return {key: value for field, key in FIELDS.items() if (value := getattr(fields, field))}

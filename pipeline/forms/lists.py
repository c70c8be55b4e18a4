"""Lists that a book has at its end: the entries of a dictionary or of an index.

An entry of a dictionary begins with the word that it explains, in capitals or in bold type, and the words stand in the
order of the alphabet.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from lxml.etree import _Element

from pipeline.forms.divisions import ABOVE
from pipeline.forms.trees import HEADINGS, add_class, classes, local, make, named, text_of
from pipeline.parts import INDEX_TITLE

PAGES = re.compile(r"\d[\d\s,.;–—-]*\w?\W*$")
SHARE = 0.6  # of the entries end in numbers of pages
COLUMNS = 12  # entries: an index with more has two columns where the page is wide enough
PARTED = 3  # entries with one initial, on the average: fewer stand without a gap behind each letter
LETTER_END = "letter-end"
"""Class of the last entry of a letter."""
LEADS = "leads"
"""Class of a caption that stands above its table, and goes with it to the next page."""
HEADWORD = re.compile(r"(?!\b[IVXLC]+\b)[A-ZÀ-ÞА-Я][A-ZÀ-ÞА-Я’'\u00a0 -]{1,38}[A-ZÀ-ÞА-Я](?=[,.;:]? |[.:]?[—–])")
WORDS, ALPHABETIC, ENTRIES = (
    6,
    0.9,
    0.3,
)  # of a dictionary at least: words, steps that go up, paragraphs that are entries


def mark_lists(body: _Element) -> None:
    """Mark the index of ``body``, so that it is set in entries (``main-entry`` with sub-entries) and small."""
    for heading in named(body, *HEADINGS):
        section = heading.getparent()
        if section is None or not INDEX_TITLE.match(text_of(heading).strip().rstrip(".:")):
            continue
        items = [one for one in named(section, "li", "p") if text_of(one).strip()]
        paged = len(items) > 2 and sum(bool(PAGES.search(text_of(one))) for one in items) >= SHARE * len(items)
        if paged or _is_alphabetic([one for one in items if local(one) == "li" and _is_entry(one)]):
            add_class(section, "back-index")
            for entry in [one for one in items if any(local(inner) in ("ul", "ol") for inner in one)]:
                add_class(entry, "main-entry")
            if len(items) > COLUMNS:
                for listed in [one for one in named(section, "ul", "ol") if _is_outermost(one)]:
                    add_class(listed, "columns")
                    _part_letters([one for one in listed if local(one) == "li"])
    for listed in [one for one in named(body, "div") if "index" in classes(one)]:
        if any(local(one) == "ul" for one in listed):
            add_class(listed, "entries")
    for table in named(body, "table"):
        above = table.getprevious()
        if above is not None and "caption" in classes(above):
            add_class(above, LEADS)
    _mark_dictionaries(body)


def _part_letters(entries: Sequence[_Element]) -> None:
    """Mark the last entry of each letter, if there are several entries to a letter on the average."""
    initials = [next((sign for sign in _plain(text_of(one)) if sign.isalpha()), "") for one in entries]
    ends = [n for n, (one, other) in enumerate(pairwise(initials)) if one != other]
    if len(entries) >= PARTED * (len(ends) + 1):
        for n in ends:
            add_class(entries[n], LETTER_END)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKD", text.casefold())


def _is_entry(item: _Element) -> bool:
    return not any(local(one) == "li" for one in item.iterancestors())


def _is_alphabetic(entries: Sequence[_Element]) -> bool:
    """Tell whether entries, so many that an index has two columns, stand in the order of their first letters."""
    letters = [next((sign for sign in text_of(one).casefold() if sign.isalnum()), "") for one in entries]
    rising = sum(one <= other for one, other in pairwise(letters))
    return len(entries) > COLUMNS and rising >= ALPHABETIC * (len(entries) - 1)


def _is_outermost(listed: _Element) -> bool:
    return not any(local(one) == "li" for one in listed.iterancestors())


def _mark_dictionaries(body: _Element) -> None:
    """Mark the entries of a text that is a dictionary, or of a section that is one, a glossary."""
    sections = [
        [one for one in section if local(one) == "p" and ABOVE not in classes(one)]
        for section in named(body, "section")
    ]
    if not _mark_entries([one for paragraphs in sections for one in paragraphs]):
        for paragraphs in sections:
            _mark_entries(paragraphs)


def _mark_entries(paragraphs: Sequence[_Element]) -> bool:
    """Mark entries (class ``headed``) and headwords where paragraphs are those of a dictionary; say if they are."""
    entries = [(word, one) for one in paragraphs if (word := _headword(one))]
    keys = ["".join(sign for sign in word.casefold() if sign.isalnum()) for word, _ in entries]
    rising = sum(one <= other for one, other in pairwise(keys))
    if len(entries) < max(WORDS, ENTRIES * len(paragraphs)) or rising < ALPHABETIC * (len(entries) - 1):
        return False
    for word, paragraph in entries:
        add_class(paragraph, "headed")
        if (paragraph.text or "").strip():
            head = make(paragraph, "dfn", "headword")
            head.text, head.tail = word, (paragraph.text or "").lstrip()[len(word) :]
            paragraph.text = None
            paragraph.insert(0, head)
        else:
            add_class(paragraph[0], "headword")
    return True


def _headword(paragraph: _Element) -> str:
    """Return the word that a paragraph explains, if it begins with one that is set as such."""
    text = (paragraph.text or "").lstrip()
    if text:
        found = HEADWORD.match(text)
        return found[0] if found else ""
    first = paragraph[0] if len(paragraph) and local(paragraph[0]) in ("strong", "b", "span") else None
    if first is None or (local(first) == "span" and "smallcaps" not in classes(first)) or "." in text_of(first)[:-1]:
        return ""
    return text_of(first).strip()

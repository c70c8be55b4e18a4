"""Readwise: its Markdown, with ``## Metadata`` above and ``## Highlights`` over items that end in where they stand.

Set in below an item stand the reader's note and tags; later highlights follow under a heading that says when they came.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.kinds.notebooks.notebook import Note, Notebook, Slip, Work
from pipeline.model import Line

_FIELD = re.compile(
    r"^- (?P<key>Author|Full Title|Title|Category|URL|Summary|Document \w+|Published|Source): ?(?P<value>.*)$"
)
_HEAD = re.compile(r"^## (?:Metadata|(?:New )?[Hh]ighlights\b.*)$")
_BEHIND = re.compile(
    r"\s*\((?:\[(?P<linked>[^\[\]]+)\]\([^()\s]*\)|(?P<place>(?:Page|Location|Time|Loc\.) [\w:.,-]+))\)\s*$"
)
_PAGE = re.compile(r"^[Pp]age (?P<page>\S+)$")
_NOTE = re.compile(r"^\s+- \**Note:?\**:?\s*(?P<note>.*)$")
_TAGS = re.compile(r"^\s+- \**Tags:?\**:?\s")


def read(lines: Sequence[Line]) -> Notebook | None:
    """Read such Markdown; nothing where it is none."""
    filled = [line for line in lines if not line.blank]
    if len(filled) < 3 or not filled[0].text.startswith("# ") or not any(_HEAD.match(line.text) for line in filled):
        return None
    fields = {found["key"]: found["value"] for line in filled[:15] if (found := _FIELD.match(line.text))}
    if "Author" not in fields and "Full Title" not in fields:
        return None
    book = Notebook("Readwise")
    work = Work(
        filled[0].number, filled[0].text[2:].strip(), ", ".join(re.findall(r"[^\[\]]+", fields.get("Author", "")))
    )
    work.author = re.sub(r"(?:, )+and ", " and ", re.sub(r"(?:, )+", ", ", work.author)).strip(" ,")
    book.parts.append(work)
    inside = False  # below the heading of the highlights
    open_part: Slip | Note | None = None
    for line in filled[1:]:
        text = line.text.rstrip()
        if _HEAD.match(text):
            inside, open_part = "ighlights" in text, None
        elif not inside:
            if _FIELD.match(text) and text.startswith(("- Author", "- Full Title", "- Title")):
                work.listed.append(line.number)
        elif found := _NOTE.match(text):
            open_part = Note([line.number])
            book.parts.append(open_part)
            book.bare[line.number] = found["note"]
        elif _TAGS.match(text):
            open_part = None
        elif re.match(r"[-*] \S", text):
            open_part = Slip([line.number])
            book.parts.append(open_part)
            book.bare[line.number] = text[2:]
        elif isinstance(open_part, Slip):
            open_part.words.append(line.number)
        elif open_part is not None:
            open_part.lines.append(line.number)
    texts = {line.number: line.text.strip() for line in filled}
    for slip in book.slips:
        _place(slip, book, texts[slip.words[-1]])
    return book


def _place(slip: Slip, book: Notebook, text: str) -> None:
    """Take the place off the end of a passage; a link to where it is read says nothing of it."""
    last = slip.words[-1]
    text = book.bare.get(last, text)
    if found := _BEHIND.search(text):
        said = found["linked"] or found["place"]
        page = _PAGE.match(said)
        slip.page, slip.place = (page["page"], "") if page else ("", said if re.search(r"\d", said) else "")
        slip.behind = slip.page or slip.place
        book.bare[last] = f"{text[: found.start()]} {slip.behind}".rstrip()

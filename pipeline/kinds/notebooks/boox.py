"""BOOX: under title and author, of each passage its chapter, time, words, the reader's note and the page.

Each has a line, and says what it is; in older files time and page stand on one line, over the words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.kinds.apps import BOOX, FIELD
from pipeline.kinds.notebooks.notebook import Chapter, Note, Notebook, Slip, Work
from pipeline.model import Line

_TIME = re.compile(r"^(?:time|时间|時間)\s?[:：]\s?(?P<when>\d.*)$", re.IGNORECASE)
_PLACE = re.compile(
    r"^(?:(?:time|时间|時間)\s?[:：]\s?)?(?P<when>\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d)?)"
    r"\s*[|｜]\s*\D{1,14}(?P<page>\d+)$",
    re.IGNORECASE,
)
_RULE = re.compile(r"^-{5,}$")


def read(lines: Sequence[Line]) -> Notebook | None:
    """Read such a text; nothing where it is none."""
    rows = [line for line in lines if not line.blank]
    head = BOOX.match(rows[0].text.strip()) if rows else None
    if head is None:
        return None
    book = Notebook("BOOX")
    book.parts.append(Work(rows[0].number, head["title"].strip(), head["author"].strip()))
    slip, note = Slip([]), Note([])
    noted = False  # inside the reader's note
    when = ""
    for line in rows[1:]:
        text = line.text.strip()
        if found := FIELD.match(text):
            noted = bool(found["note"])
            if found["words"]:
                slip, note = Slip([line.number], when=when), Note([])
                book.parts += [slip, note]
            elif found["note"] and found["text"]:
                note.lines.append(line.number)
            elif found["page"] and found["text"]:
                slip.line, slip.page = line.number, found["text"]
            if not found["page"]:
                book.bare[line.number] = found["text"]
        elif place := _PLACE.match(text):
            slip, note = Slip([], line.number, page=place["page"], when=place["when"]), Note([])
            noted = False
            book.parts += [slip, note]
        elif stamp := _TIME.match(text):
            when = stamp["when"]
        elif _RULE.match(text):
            slip, note, noted = Slip([]), Note([]), False
        elif not (slip.words or slip.line):
            book.parts.append(Chapter(line.number, text))
        else:
            (note.lines if noted else slip.words).append(line.number)
    return book

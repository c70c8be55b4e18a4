"""Kindle's notebook: the page that its apps export, or copied from the net; over each passage stands where it is.

"Highlight (yellow) - Page 12 · Location 170", the words, the same of a note; between them the heads of chapters. On the
net it is "Yellow highlight | Page: 12", and the note stands on a line that says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.kinds.apps import CHAPTER, FORM, LABEL, LOCATION
from pipeline.kinds.devices import About, placed
from pipeline.kinds.notebooks.notebook import Chapter, Note, Notebook, Slip, Work
from pipeline.model import Line

_WEB = re.compile(r"^Your Kindle Notes For:?$", re.IGNORECASE)
_OPTIONS = re.compile(r"^(?:Options|Optionen|Opciones|Opzioni|Opções|Opties|オプション|选项)$")
_NOTE = re.compile(r"^(?:Note|Notiz|Nota|Notitie|メモ|笔记|Заметка)\s?[:：]\s*(?P<note>.*)$")
_HEAD = 90  # characters; no chapter is longer
_FEW = 2


def read(lines: Sequence[Line]) -> Notebook | None:
    """Read such a notebook; nothing where it is none."""
    rows = [line for line in lines if not line.blank]
    label = rows[0].text.strip() if len(rows) > _FEW else ""
    if not (_WEB.match(label) or LABEL.match(label)):
        return None
    places = {line.number: said for line in rows if (said := placed(line.text))}
    if len(places) < _FEW or rows[1].number in places:
        return None
    book = Notebook("Kindle's notebook")
    first = next(n for n, line in enumerate(rows) if line.number in places)
    work = Work(rows[1].number, rows[1].text.strip("# "))
    if first > _FEW:
        work.author = rows[2].text.strip("# ").removeprefix("by ")
        work.listed.append(rows[2].number)
    book.parts.append(work)
    heads = [line for line in rows[3:first] if not FORM.match(line.text.strip())]
    if heads and not _WEB.match(label):
        book.parts.append(Chapter(heads[-1].number, _bare(heads[-1].text)))
    _passages(book, rows[first:], places)
    return book


def _bare(text: str) -> str:
    found = CHAPTER.match(text.strip())
    return found["text"] if found else text.strip("# ")


def _passages(book: Notebook, rows: Sequence[Line], places: dict[int, About]) -> None:
    open_part: Slip | Note | None = None
    for line in rows:
        text = line.text.strip()
        if said := places.get(line.number):
            open_part = Note([], head=line.number) if said.kind == "note" else None
            if open_part is None and said.kind == "highlight":
                found = LOCATION.search(text)  # it may have thousands: "Location: 1,204"
                open_part = Slip(
                    [], line.number, page=said.page, place=found["place"].replace(":", "") if found else said.place
                )
            if open_part is not None:
                book.parts.append(open_part)
        elif _OPTIONS.match(text):
            continue
        elif isinstance(open_part, Slip) and open_part.words and (noted := _NOTE.match(text)):
            open_part = Note([line.number] if noted["note"] else [])
            book.bare[line.number] = noted["note"]
            book.parts.append(open_part)
        elif isinstance(open_part, Note):
            if open_part.lines and len(text) < _HEAD:
                book.parts.append(Chapter(line.number, _bare(text)))
                open_part = None
            else:
                open_part.lines.append(line.number)
        elif isinstance(open_part, Slip) and (not open_part.words or len(text) >= _HEAD):
            open_part.words.append(line.number)
        else:
            book.parts.append(Chapter(line.number, _bare(text)))
            open_part = None

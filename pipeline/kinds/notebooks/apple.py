"""Apple Books: the mail of all notes in a work, below "Notes From" and above "All Excerpts From".

Of each passage stand there the day, the chapter, the words, and perhaps the reader's note.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.kinds.apps import PAGED
from pipeline.kinds.devices import is_date, when
from pipeline.kinds.notebooks.notebook import Chapter, Note, Notebook, Slip, Work
from pipeline.model import Line

_HEAD = re.compile(
    r"^(?:notes from|notizen aus|notes de|notas de|note da|notities uit|anteckningar från"
    r"|笔记来自|メモ：|из книги)\s*:?$",
    re.IGNORECASE,
)
_FOOT = re.compile(
    r"^(?:all excerpts from|alle auszüge aus|tous les extraits\b.*|todos los (?:fragmentos|extractos) de"
    r"|tutti gli estratti da|alle fragmenten uit|todos os (?:trechos|excertos) de|所有摘录来自)\b.*$",
    re.IGNORECASE,
)
_FEW = 4  # lines


def read(lines: Sequence[Line]) -> Notebook | None:
    """Read such a mail; nothing where it is none."""
    rows = [line for line in lines if not line.blank]
    start = next((n for n, line in enumerate(rows[:12]) if _HEAD.match(line.text.strip())), -1)
    foot = next((n for n, line in enumerate(rows) if _FOOT.match(line.text.strip())), -1)
    days = [n for n, line in enumerate(rows) if n > start and _is_day(line)]
    if start < 0 or not days or len(rows) < _FEW or not start + 1 < days[0]:
        return None
    book = Notebook("Apple Books")
    title, *named = rows[start + 1 : min(days[0], foot if start < foot < days[0] else days[0])]
    author = named[0].text.strip() if named else ""
    work = Work(title.number, title.text.strip(), author, listed=[line.number for line in named[:1]])
    book.parts.append(work)
    over = rows[days[0] - 1]  # right above the first day
    above_days = over.number + 1 == rows[days[0]].number and over not in (title, *named[:1])
    ends = [*days[1:], foot if foot > days[-1] else len(rows)]
    chapters = [over if above_days else None]
    below = []
    for at, end in zip(days, ends, strict=True):
        held = list(rows[at + 1 : end])
        nears = above_days and len(held) > 1 and end in days and held[-1].number + 1 == rows[end].number
        chapters.append(held.pop() if nears else None)
        below.append(held)
    chaptered = not above_days and 2 * sum(len(one) > 1 for one in below) > len(below)
    said = ""
    for at, held, head in zip(days, below, chapters[:-1], strict=True):
        slip = Slip([], when=rows[at].text.strip())
        chapter = held.pop(0) if chaptered and len(held) > 1 else head
        if chapter:
            said = _head(chapter, slip, said, book)
        slip.words = [line.number for line in held[:1]]
        book.parts.append(slip)
        if held[1:]:
            book.parts.append(Note([line.number for line in held[1:]]))
    return book


def _head(line: Line, slip: Slip, above: str, book: Notebook) -> str:
    """Take the head of a chapter, and the page of the passage from it; return the chapter's name."""
    text = line.text.strip()
    paged = PAGED.match(text)
    name, slip.page = (paged["text"], paged["page"]) if paged else (text, "")
    if name == above and slip.page:  # only the page is new
        slip.line = line.number
        book.bare[line.number] = slip.page
    else:
        book.parts.append(Chapter(line.number, name, slip.page))
    return name


def _is_day(line: Line) -> bool:
    text = line.text.strip()
    return is_date(text) and bool(when(text))

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
    book.parts += [Chapter(line.number, line.text.strip()) for line in named[1:]]
    ends = [*days[1:], foot if foot > days[-1] else len(rows)]
    below = [rows[at + 1 : end] for at, end in zip(days, ends, strict=True)]
    chaptered = not named[1:] and 2 * sum(len(one) > 1 for one in below) > len(below)
    for at, held in zip(days, below, strict=True):
        chapter, words, note = (
            (held[0], held[1:2], held[2:]) if chaptered and len(held) > 1 else (None, held[:1], held[1:])
        )
        slip = Slip([line.number for line in words], when=rows[at].text.strip())
        if chapter:
            paged = PAGED.match(chapter.text.strip())
            name, slip.page = (paged["text"], paged["page"]) if paged else (chapter.text.strip(), "")
            book.parts.append(Chapter(chapter.number, name, slip.page))
        book.parts.append(slip)
        if note:
            book.parts.append(Note([line.number for line in note]))
    return book


def _is_day(line: Line) -> bool:
    text = line.text.strip()
    return is_date(text) and bool(when(text))

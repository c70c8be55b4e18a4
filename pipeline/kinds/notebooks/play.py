"""Google Play Books: the document that it keeps of a work, copied or saved as text or Markdown.

Above stand title, author and publisher, and what the program says of the document; then chapters, and of each passage
its words, perhaps a note, the day and the page. As text these are lines, as Markdown the cells of a table.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.kinds.devices import is_date, when
from pipeline.kinds.notebooks.notebook import Chapter, Note, Notebook, Slip, Work
from pipeline.model import Line

_SAYS = re.compile(
    r"\b(?:google )?play[- ](?:books|bücher|buecher|livres|libros|libri|livros|boeken|böcker|bøger|książki|книги)\b"
    r"|\b(?:play|google) (?:книг\w+|książk\w+)|play ブックス|play 图书|play 圖書",
    re.IGNORECASE,
)
_PAGE = re.compile(r"^(?:\[(?P<linked>\d+|[ivxlc]+)\]\(\S+\)|(?P<page>\d{1,4}|[ivxlc]+))$")
_ROW = re.compile(
    r"^(?P<words>\S.*?)\s+(?P<when>\S+ \d{1,2}, \d{4}|\d{1,2}\.? (?:de )?[^\W\d]+\.? (?:de )?\d{4}|\d{4}年\d+月\d+日)$"
)
_COUNTED = re.compile(r"^(?:[^\W\d]+ ){0,2}\d+ [^\W\d].{0,60}$|^\d+\s?[条件個个].{0,20}$")
_COVER = re.compile(r"^(?:cover image|!\[[^\]]*\](?:\(\S*\)|\[\S*\])?)$", re.IGNORECASE)
_ENDED = re.compile(r"[.!?…。！？;:][\"”»“’')\]]*$")
_TOP = 12  # lines, in which the program says whose document it is
_ASIDE = 16  # characters
_HEAD = 90  # characters; no chapter is longer


def read(lines: Sequence[Line]) -> Notebook | None:
    """Read such a document; nothing where it is none."""
    rows = [line for line in lines if not line.blank]
    says = next((n for n, line in enumerate(rows[:_TOP]) if _SAYS.search(line.text)), -1)
    if says < 0:  # the sentence is lost, and how many there are, and who made it, stand one below the other
        counted = (
            n for n in range(1, min(_TOP, len(rows) - 1)) if "/" in rows[n].text and _is_form(_plain(rows[n].text))
        )
        says = next((n for n in counted if _is_made(rows[n + 1].text)), -1)
    if says < 0:
        return None
    top = [line for line in rows[:says] if not _COVER.match(_plain(line.text))]
    if not top:  # what the program says of the document stands first, over title and author
        start = next((n for n in range(says + 1, len(rows)) if rows[n].number > rows[n - 1].number + 1), len(rows))
        end = next((n for n in range(start, len(rows)) if _is_made(rows[n].text) or _is_form(rows[n].text)), start)
        top, says = rows[start:end], end
    pairs = sum(_day(_plain(line.text)) != "" for line in rows[says:])
    table = any(_row(line.text) for line in rows[says:])
    if not top or pairs + table < 1:
        return None
    book = Notebook("Google Play Books")
    title, *named = top
    work = Work(title.number, _plain(title.text).removesuffix(".pdf"))
    if named:
        work.author = _plain(named[0].text)
        work.publisher = _plain(named[1].text) if len(named) > 1 else ""
        work.listed = [line.number for line in named]
    book.parts.append(work)
    made = next((n for n, line in enumerate(rows) if n >= says and _is_made(line.text)), says)
    body = [line for line in lines if line.number > rows[made].number]
    (_table if table else _listed)(book, body)
    return book


def _is_made(text: str) -> bool:
    """Tell whether a line says by whom the document was made, and when: "Created by … – Last synced …"."""
    return bool(re.search(r"\s[–—-]\s", text)) and bool(when(text)) and len(text) < 200


def _plain(text: str) -> str:
    """Return a line without the signs that Markdown has for headings and italics."""
    return re.sub(r"^(?:#{1,6}\s+|[*_]{1,3}(?=\S))|(?<=\S)[*_]{1,3}$", "", text.strip()).replace("\\", "")


def _day(text: str) -> str:
    return text if is_date(text) and bool(when(text)) else ""


def _is_form(text: str) -> bool:
    """Tell whether a line stands over all passages: how they are ordered, how many there are."""
    return _SAYS.search(text) is not None or (_COUNTED.match(text) is not None and not is_date(text))


def _listed(book: Notebook, lines: Sequence[Line]) -> None:
    """Read passages on lines: below the words the day, and below it the page."""
    rows: list[Line] = []
    slip: Slip | None = None
    opened = False  # a passage has been read: what stands above the first may be the program's
    for line in (line for line in lines if not line.blank):
        text = _plain(line.text)
        if day := _day(text):
            slip = _entry(book, rows, lines, first=not opened)
            opened, rows = True, []
            if slip is not None:
                slip.when = day
        elif slip is not None and not slip.page and not rows and (page := _PAGE.match(text)):
            slip.line, slip.page = line.number, page["linked"] or page["page"]
            book.bare[line.number] = slip.page
        else:
            rows.append(line)


def _entry(book: Notebook, rows: Sequence[Line], lines: Sequence[Line], *, first: bool) -> Slip | None:
    """Take the rows above a day: perhaps chapters, then the passage, perhaps the note on it.

    A chapter stands apart from the passage, or over one that is longer and ends as a sentence does; a note right below.
    """
    while first and len(rows) > 1 and (_is_form(_plain(rows[0].text)) or (len(rows) > 2 and _may_head(rows[0]))):
        if not _is_form(_plain(rows[0].text)) and not _may_head(rows[1]):
            break  # the first chapter
        rows = rows[1:]
    if not rows:
        return None
    if len(rows) > 1 and _is_aside(rows[0], rows[1]) and any(isinstance(part, Slip) for part in book.parts):
        book.parts.append(Note([rows[0].number]))  # on the passage above
        rows = rows[1:]
    spaced = any(line.blank for line in lines)
    at = 0
    while at < len(rows) - 1 and _may_head(rows[at]):
        below = _plain(rows[at + 1].text)
        apart = spaced and rows[at + 1].number > rows[at].number + 1
        if not (apart or (_ENDED.search(below) and len(below) > len(_plain(rows[at].text)))):
            break
        at += 1
    book.parts += [Chapter(line.number, _plain(line.text)) for line in rows[:at]]
    slip = Slip([rows[at].number])
    book.parts.append(slip)
    if rows[at + 1 :]:
        book.parts.append(Note([line.number for line in rows[at + 1 :]]))
    return slip


def _is_aside(line: Line, below: Line) -> bool:
    """Tell whether a few small words stand right over a whole sentence: they are no passage."""
    text, words = _plain(line.text), _plain(below.text)
    tight = below.number == line.number + 1
    return (
        tight and text[:1].islower() and len(text) < _ASIDE and not _ENDED.search(text) and bool(_ENDED.search(words))
    )


def _may_head(line: Line) -> bool:
    """Tell whether a line can be a chapter's: short, without a stop, not begun within a sentence."""
    text = _plain(line.text)
    return len(text) < _HEAD and not _ENDED.search(text) and not text[:1].islower()


def _row(text: str) -> tuple[str, str, str] | None:
    """Part a row of a table into words, day and page."""
    if "|" not in text:
        return None
    cells = [cell.strip() for cell in text.strip().strip("|").split("|") if cell.strip()]
    page = _PAGE.match(cells[-1]) if len(cells) > 1 else None
    found = _ROW.match(" ".join(cells[:-1] if page else cells))
    if not found or not when(found["when"]):
        return None
    return found["words"], found["when"], (page["linked"] or page["page"]) if page else ""


def _table(book: Notebook, lines: Sequence[Line]) -> None:
    """Read passages that stand in a row of a table each: words, day and, in a cell of its own, the page."""
    above: Line | None = None  # a line right above a row is its chapter
    for line in (line for line in lines if not line.blank):
        text = line.text.strip()
        if row := _row(text):
            if above is not None:
                book.parts.append(Chapter(above.number, _plain(above.text)))
                above = None
            words, day, page = row
            book.bare[line.number] = f"{words} {page}".strip()
            book.parts.append(Slip([line.number], page=page, when=day, behind=page))
        elif text.startswith("##") or (text.startswith("#") and any(isinstance(part, Slip) for part in book.parts)):
            above = line
        elif re.search(r"[^\W\d_]", text) and not text.startswith("#") and not _is_form(_plain(text)):
            above = line if len(text) < _HEAD else None

"""KOReader: Markdown with "### Page 12 @ …" over each passage, plain text with "-- Page: 12, added on …", and a page.

A rule of three hyphens parts the reader's note from the passage; in plain text a row of ``-=`` closes each, and above
it stands its chapter. On the page of the web, day and page stand on one line above a passage, and its note below it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.kinds.attribution import NAME_FORM
from pipeline.kinds.devices import when
from pipeline.kinds.notebooks.notebook import Chapter, Note, Notebook, Slip, Work
from pipeline.model import Line

_HEAD = re.compile(r"^### \S+ (?P<page>\S+) @ (?P<when>.*\d{4}.*)$")
_PLACE = re.compile(r"^-- [^\W\d_]+\s?[:：] ?(?P<page>\d+|[ivxlc]+|\S+?), (?P<when>.*\d.*)$")
_CLOSE = re.compile(r"^(?:-=)+-?$")
_STAMP = re.compile(
    r"^(?P<when>\d\d([./-])\d\d\2(?:\d{4}|\d\d)|\d{4}-\d\d-\d\d)(?: ?(?P<chapter>\S.*):)? ?#? ?(?P<page>\d{1,4})$"
)
_NOTE = re.compile(r"^-{3,}$")
_MADE = re.compile(r"^_[^_]*\d{4}-\d\d-\d\d[-\d ]*_$|^\[[^\]]+\]\(<?file://.*\)$")
_AROUND = ("**_", "***", "**", "++", "~~", "==", "<u>", "*", "_")
_FEW = 2
_CLOSING = {"**_": "_**", "<u>": "</u>"}


def read(lines: Sequence[Line]) -> Notebook | None:
    """Read Markdown or plain text of KOReader; nothing where it is neither."""
    first = next((line.text.strip() for line in lines if not line.blank), "")
    if first.startswith("# "):
        if any(_HEAD.match(line.text.strip()) for line in lines):
            return _markdown(lines)
        if sum(bool(_STAMP.match(line.text.strip())) for line in lines) >= _FEW:
            return _page(lines)
    if not any(_CLOSE.match(line.text.strip()) for line in lines):
        return None
    placed = any((found := _PLACE.match(line.text.strip())) and when(found["when"]) for line in lines)
    return _plain(lines) if placed else None


def _page(lines: Sequence[Line]) -> Notebook | None:
    book = Notebook("KOReader")
    slip: Slip | None = None
    for line in lines:
        text = line.text.strip()
        if found := _STAMP.match(text):
            slip = Slip([], line.number, page=found["page"], when=found["when"])
            book.parts.append(slip)
        elif text.startswith("#"):
            work, bare = _last(book), text.lstrip("# ")
            if isinstance(work, Work) and not work.author and text.startswith("####"):
                work.author = bare
                work.listed.append(line.number)
            elif text.startswith("# "):
                book.parts.append(Work(line.number, bare))
            else:
                book.parts.append(Chapter(line.number, bare))
            slip = None
        elif text and slip is not None and not slip.words:
            slip.words.append(line.number)
        elif text and slip is not None:
            book.parts.append(Note([line.number]))
        elif text:
            return None
    return book


def _markdown(lines: Sequence[Line]) -> Notebook:
    book = Notebook("KOReader")
    slip: Slip | None = None
    note: Note | None = None
    for line in lines:
        text = line.text.strip()
        if not text or _MADE.match(text):
            continue
        if text.startswith("# "):
            book.parts.append(Work(line.number, text[2:].strip()))
            slip = note = None
        elif text.startswith("##### ") and slip is None and isinstance(work := _last(book), Work):
            work.author = text.lstrip("# ")
            work.listed.append(line.number)
        elif found := _HEAD.match(text):
            slip, note = Slip([], line.number, page=found["page"], when=found["when"]), None
            book.parts.append(slip)
        elif text.startswith("## "):
            book.parts.append(Chapter(line.number, text[3:].strip()))
            slip = note = None
        elif note is not None:
            note.lines.append(line.number)
        elif slip is not None and slip.words and _NOTE.match(text):
            note = Note([])
            book.parts.append(note)
        elif slip is not None:
            slip.words.append(line.number)
        elif not _NOTE.match(text):
            book.parts.append(Note([line.number]))
    _unmark(book, {line.number: line.text.strip() for line in lines})
    return book


def _last(book: Notebook) -> object:
    return book.parts[-1] if book.parts else None


def _unmark(book: Notebook, texts: dict[int, str]) -> None:
    """Take the signs of Markdown off passages that stand between them, by how the reader marked them.

    What stands behind the closing sign is the reader's.
    """
    for slip in book.slips:
        sign = next((sign for sign in _AROUND if texts[slip.words[0]].startswith(sign)), "")
        close = _CLOSING.get(sign, sign)
        least = len(sign) + len(close) + 1
        ends = (number for number in slip.words if sign and texts[number].endswith(close))
        last = next((number for number in ends if number > slip.words[0] or len(texts[number]) >= least), 0)
        if not last:
            continue
        at = slip.words.index(last) + 1
        if slip.words[at:]:
            book.parts.insert(book.parts.index(slip) + 1, Note(slip.words[at:]))
        slip.words = slip.words[:at]
        book.bare[slip.words[0]] = texts[slip.words[0]][len(sign) :]
        book.bare[last] = book.bare.get(last, texts[last])[: -len(close)]


def _plain(lines: Sequence[Line]) -> Notebook:
    book = Notebook("KOReader")
    rows = [line for line in lines if line.text.strip()]
    heads = [n for n, line in enumerate(rows) if _PLACE.match(line.text.strip())]
    blank = {line.number for line in lines if line.blank}
    closers = [line.number for line in rows if _CLOSE.match(line.text.strip())]
    spaced = all(number + 1 in blank for number in closers[:-1])  # then a blank line below says nothing
    start = 0
    for n, (at, below) in enumerate(zip(heads, [*heads[1:], len(rows)], strict=True)):
        above: Sequence[Line] = rows[start:at]  # the title of a work, the chapter
        anew = len(above) > 1 if spaced else bool(start) and rows[start - 1].number + 1 in blank
        if above and (n == 0 or anew):
            above = _titled(book, above)
        book.parts += [Chapter(line.number, line.text.strip()) for line in above]
        end = next((m for m in range(at, below) if _CLOSE.match(rows[m].text.strip())), below)
        found = _PLACE.match(rows[at].text.strip())
        words = rows[at + 1 : end]
        parts = next((m for m, line in enumerate(words) if _NOTE.match(line.text.strip())), len(words))
        slip = Slip([line.number for line in words[:parts]], rows[at].number)
        if found:
            slip.page, slip.when = found["page"], found["when"]
        book.parts.append(slip)
        if words[parts + 1 :]:
            book.parts.append(Note([line.number for line in words[parts + 1 :]]))
        start = min(end + 1, below)
    return book


def _titled(book: Notebook, rows: Sequence[Line]) -> Sequence[Line]:
    """Take the title of a work, and the name right below it if somebody wrote the author's there; return the rest."""
    work = Work(rows[0].number, rows[0].text.strip())
    book.parts.append(work)
    left = rows[1:]
    if len(left) > 1 and left[0].number == rows[0].number + 1 and NAME_FORM.fullmatch(left[0].text.strip()):
        work.author = left[0].text.strip()
        work.listed.append(left[0].number)
        left = left[1:]
    return left

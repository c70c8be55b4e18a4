"""WeRead: what it copies, in older and newer form, and what a program for notes makes of it.

In older files ``◆`` stands before chapters and ``>>`` before passages; since then ``◆`` before passages. A chapter has
no sign there, but two blank lines above it; a passage of several paragraphs goes on below one blank line. A reader's
thought stands below a day (``2021/05/03发表想法``), and below it once more the passage on which. In the program's
Markdown ``📌`` stands before passages, ``💭`` before thoughts, ``⏱`` before when it was; above all, what the work is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.kinds.notebooks.notebook import Chapter, Note, Notebook, Slip, Work
from pipeline.model import Line

_TITLE = re.compile(r"^《(?P<title>.+)》$")
_COUNT = re.compile(r"^\d+\s?[个個条]\s?(?:笔记|筆記|划线|劃線)$")
_THOUGHT = re.compile(r"^(?:◆\s*)?\d{4}/\d{1,2}/\d{1,2}\s*(?:发表想法|發表想法)[:：]?$")
_RATED = re.compile(
    r"^(?:◆\s*)?\d{4}/\d{1,2}/\d{1,2}\s*(?:认为|認為|推荐|推薦).{0,6}$|^(?:◆\s*)?(?:点评|點評)$|^(?:点评|點評)[:：]?\s*[★☆]+$"
)
"""What a reader thinks of the work as a whole: a heading, stars, the day; words of his own may stand below."""

_ORIGINAL = re.compile(r"^原文[:：]\s*")
_CLOSE = re.compile(r"^-+\s*来自微信读书|^-+\s*來自微信讀書")
_KNOWN = re.compile(r"^[-*]\s+(?:书名|書名)[:：]\s*(?P<title>\S.*)$|^[-*]\s+作者[:：]\s*(?P<author>\S.*)$")
_APART = 2  # blank lines above a chapter


def read(lines: Sequence[Line]) -> Notebook | None:
    """Read what WeRead copies; nothing where it is no such text."""
    filled = [line for line in lines if not line.blank]
    if any("📌" in line.text[:8] for line in filled):
        return _noted(filled)
    if len(filled) < 3 or not _TITLE.match(filled[0].text.strip()):
        return None
    if not any(_COUNT.match(line.text.strip()) for line in filled[:4]):
        return None
    return _Reader(lines).book


def _noted(rows: Sequence[Line]) -> Notebook | None:
    """Read the Markdown of a program for notes."""
    book = Notebook("a program for WeRead's notes")
    work: Work | None = None
    open_part: Slip | Note | None = None
    for line in rows:
        text = line.text.strip()
        bare = text.lstrip("> ").strip()
        if found := _KNOWN.match(bare):
            if found["title"]:
                work = Work(line.number, found["title"].strip())
                book.parts.append(work)
            elif work is not None and not work.author:
                work.author = found["author"].strip()
                work.listed.append(line.number)
        elif bare.startswith("📌"):
            open_part = Slip([line.number])
            book.parts.append(open_part)
            book.bare[line.number] = bare.lstrip("📌 ").strip()
        elif bare.startswith("💭"):
            open_part = Note([line.number])
            book.parts.append(open_part)
            book.bare[line.number] = bare.lstrip("💭 ").strip()
        elif bare.startswith("⏱"):
            if isinstance(open_part, Slip):
                open_part.when = bare.lstrip("⏱ ").partition("^")[0].strip()
            open_part = None
        elif text.startswith("##") and work is not None:
            book.parts.append(Chapter(line.number, text.lstrip("# ")))
            open_part = None
        elif text.startswith("#"):
            open_part = None
        elif open_part is not None and bare:
            (open_part.words if isinstance(open_part, Slip) else open_part.lines).append(line.number)
            book.bare[line.number] = bare
    return book if work is not None else None


class _Reader:
    def __init__(self, lines: Sequence[Line]) -> None:
        self.book = Notebook("WeRead")
        self._older = any(line.text.lstrip().startswith(">>") for line in lines)
        self._slip: Slip | None = None
        self._note: Note | None = None
        self._head = True  # above the count of notes
        self._seen: dict[str, Slip] = {}
        blanks = 0
        for n, line in enumerate(lines):
            text = line.text.strip()
            if not text:
                blanks += 1
                continue
            over = n + 1 < len(lines) and lines[n + 1].text.lstrip().startswith("◆")  # right above a passage
            counted = any(_COUNT.match(below.text.strip()) for below in lines[n + 1 : n + 6])
            if _TITLE.match(text) and counted:
                self._end()
                self.book.parts.append(Work(line.number, text[1:-1].strip()))
                self._head = True
            elif self._head:
                self._above(line.number, text)
            else:
                self._line(line.number, text, _APART if over and blanks else blanks)
            blanks = 0

    def _end(self) -> None:
        self._slip = self._note = None

    def _above(self, number: int, text: str) -> None:
        work = next(part for part in reversed(self.book.parts) if isinstance(part, Work))
        if _COUNT.match(text):
            self._head = False
        else:
            work.author = f"{work.author} {text}".strip().removesuffix(" 著")
            work.listed.append(number)

    def _line(self, number: int, text: str, blanks: int) -> None:
        if _CLOSE.match(text):
            self._end()
        elif _THOUGHT.match(text) or _RATED.match(text):
            self._end()
            self._note = Note([])
            self.book.parts.append(self._note)
        elif text.startswith(">>"):
            self._marked(number, text.lstrip("> "), thought=True)
        elif text.startswith("◆") and not self._older:
            self._marked(number, text.lstrip("◆ "))
        elif found := _ORIGINAL.match(text):
            self._marked(number, text[found.end() :], thought=True)
        elif text.startswith("◆"):
            self._end()
            self.book.parts.append(Chapter(number, text.lstrip("◆ ")))
        elif self._note is not None and (self._older or blanks < _APART):
            self._note.lines.append(number)
        elif self._slip is not None and (self._older or blanks < _APART):
            self._slip.words.append(number)
        else:
            self._end()
            self.book.parts.append(Chapter(number, text))

    def _marked(self, number: int, words: str, *, thought: bool = False) -> None:
        """Take a passage; one that a ``thought`` has named stands there already, and a thought goes to its passage."""
        note = self._note if thought else None
        self._end()
        key = "".join(words.split())
        if key in self._seen:
            if note is not None:
                self.book.parts.remove(note)
                self.book.parts.insert(self.book.parts.index(self._seen[key]) + 1, note)
            return
        self._slip = Slip([number])
        self._seen[key] = self._slip
        self.book.bare[number] = words
        at = self.book.parts.index(note) if note in self.book.parts else len(self.book.parts)
        self.book.parts.insert(at, self._slip)

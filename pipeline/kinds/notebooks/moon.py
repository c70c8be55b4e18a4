"""Moon+ Reader: title, author and counts on one line, chapters behind ``◆``, passages behind ``▪``.

The reader's note stands in brackets at the end of the passage; where the counts say that there is none, brackets are
the book's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.kinds.notebooks.notebook import Chapter, Notebook, Slip, Work
from pipeline.model import Line

_HEAD = re.compile(
    r"^(?P<title>.+?)(?:\s+[-–—]\s+(?P<author>[^-–—]+?))?\s*"
    r"[(（][^\W\d]+\s?[:：]\s?(?P<marked>\d+)(?:[;；,]\s?[^\W\d]+\s?[:：]\s?(?P<noted>\d+))?[)）]$"
)
_RULE = re.compile(r"^[─━—_-]{5,}$")
_SIGN = re.compile(r"^[▪▫]\s*")
_NOTE = re.compile(r"\s(?P<note>[(（](?P<words>[^()（）]+|[^()（）]*\([^()]*\)[^()（）]*)[)）])$")


def read(lines: Sequence[Line]) -> Notebook | None:
    """Read a text of Moon+ Reader; nothing where it is none."""
    filled = [line for line in lines if not line.blank]
    opens = bool(filled) and _HEAD.match(filled[0].text.strip()) is not None
    if not opens or not any(_SIGN.match(line.text.strip()) for line in filled):
        return None
    heads = {line.number: found for line in filled if (found := _HEAD.match(line.text.strip()))}
    book = Notebook("Moon+ Reader")
    slip: Slip | None = None
    left = 0  # notes that the counts still promise
    texts = {line.number: line.text.strip() for line in filled}
    for line in filled:
        text = texts[line.number]
        if line.number in heads:
            found = heads[line.number]
            book.parts.append(Work(line.number, found["title"], (found["author"] or "").strip()))
            left, slip = int(found["noted"] or 0), None
        elif text.startswith("◆"):
            book.parts.append(Chapter(line.number, text.lstrip("◆ ")))
            slip = None
        elif sign := _SIGN.match(text):
            slip = Slip([line.number])
            book.parts.append(slip)
            book.bare[line.number] = text[sign.end() :]
        elif slip is not None and not _RULE.match(text):
            slip.words.append(line.number)
    for one in book.slips:
        last = one.words[-1]
        said = book.bare.get(last, texts[last])
        if left and (note := _NOTE.search(said)):
            one.behind = note["note"]
        elif left and len(one.words) > 1 and re.fullmatch(r"[(（].+[)）]", said):
            one.behind = said  # on a line of its own
        left -= bool(one.behind)
    return book

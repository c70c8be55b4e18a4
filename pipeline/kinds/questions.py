"""Questions that are asked often: what a site or a leaflet answers, each question a heading over its answer.

That it is such a list, its title says. The questions end as questions do, or stand behind "Q:" and their answers
behind "A:", in any language; a short line alone over several of them is the subject that they are about.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.kinds.galley import Galley
from pipeline.kinds.paragraphs import goes_on, width_of
from pipeline.label.titles import ASKED_OFTEN
from pipeline.model import Claim, Copy, Line, Role
from pipeline.report import Report
from pipeline.settings import Settings

__all__ = ["NAME", "WHY", "read", "recognise"]

NAME = "questions and answers"
WHY: Mapping[str, str] = {
    "asked-title": "It says that questions follow.",
    "asked-subject": "A short line alone over questions: what they are about.",
    "asked-question": "It asks, and stands over an answer.",
    "asked-answer": "It stands below a question.",
}
_ASKS = re.compile(r"[?？؟][\"”»’')*_]*$")
_LETTER = re.compile(r"^(?P<letter>[^\W\d_]{1,8})\s?(?:[:：]|\.(?=\s))\s*(?P<words>\S.*)$")
_ITEM = re.compile(r"^\s*(?:[-–—•*]|\(?\d{1,2}[.)])\s")
_STOPPED = re.compile(r"[.!?…:;,。！？][\"”»’')]*$")
_FEW = 3
_PAIR = 2
_TOP = 5  # filled lines, in which the title stands
_TITLE = 90  # characters
_QUESTION = 250  # characters
_ASKING = 0.2  # of the lines ask
_SUBJECT = 60  # characters


@dataclass(frozen=True, slots=True)
class _List:
    title: int
    questions: frozenset[int]
    subjects: frozenset[int]
    letters: frozenset[str]


def recognise(lines: Sequence[Line]) -> Claim | None:
    """Claim a text whose title says that it answers questions, and that has some."""
    seen = _list_of(lines)
    if seen is None:
        return None
    filled = [line.number for line in lines if not line.blank]
    reason = f"the title says that questions follow, and {len(seen.questions)} lines ask"
    return Claim(NAME, filled[0], filled[-1], 0.92, (reason,))


def read(lines: Sequence[Line], settings: Settings, report: Report) -> Copy:
    """Read subjects, questions and answers."""
    galley = Galley()
    seen = _list_of(lines)
    width = width_of(lines)
    above: Line | None = None
    for line in lines:
        text = line.text.strip()
        found = _LETTER.match(text)
        words = found["words"] if seen and found and found["letter"].casefold() in seen.letters else text
        if line.blank:
            galley.blank(line)
        elif seen and line.number == seen.title:
            galley.put(line, Role.TITLE, "asked-title")
        elif seen and line.number in seen.subjects:
            galley.put(line, Role.HEADING, "asked-subject", level=2)
        elif seen and line.number in seen.questions:
            level = 3 if seen.subjects else 2
            galley.put(line, Role.HEADING, "asked-question", words, level=level, why="the heading shows that it asks")
        else:
            item = _ITEM.match(line.text)
            joined = above is not None and not item and goes_on(above.text, text, width)
            role = Role.ITEM if item else Role.PARAGRAPH
            why = "its place shows that it answers"
            galley.put(line, role, "asked-answer", None if item else words, joined=joined, why=why)
            above = line
            continue
        above = None
    return galley.copy()


def _list_of(lines: Sequence[Line]) -> _List | None:
    """Find title, subjects and questions; nothing where the text is no such list."""
    filled = [line for line in lines if not line.blank]
    title = next((n for n, line in enumerate(filled[:_TOP]) if _is_title(line.text.strip())), -1)
    if title < 0:
        return None
    below = filled[title + 1 :]
    letters = _letters([line.text.strip() for line in below])
    questions: list[int] = []
    for n, line in enumerate(below):
        found = _LETTER.match(line.text.strip())
        letter = found["letter"].casefold() if found else ""
        asks = letter == letters[0] if letters else bool(_ASKS.search(line.text.rstrip()))
        over = n and below[n - 1].number in questions  # what stands below a question answers it
        if asks and not over and len(line.text) <= _QUESTION and n + 1 < len(below):
            questions.append(line.number)
    if len(questions) < _FEW or len(questions) < _ASKING * len(below):
        return None
    alone = {
        line.number
        for above, line, under in zip(lines, lines[1:], lines[2:], strict=False)
        if above.blank and under.blank and not line.blank
    }
    following = {line.number: below[n + 1].number for n, line in enumerate(below[:-1])}
    subjects = frozenset(
        line.number
        for line in below
        if line.number in alone
        and following.get(line.number) in questions
        and len(line.text.strip()) <= _SUBJECT
        and not _STOPPED.search(line.text.strip())
    )
    return _List(filled[title].number, frozenset(questions), subjects, frozenset(letters))


def _is_title(text: str) -> bool:
    return len(text) <= _TITLE and not _ASKS.search(text) and ASKED_OFTEN.search(text) is not None


def _letters(rows: Sequence[str]) -> tuple[str, ...]:
    """Return the words before questions and before answers, the first asking: two that come equally often."""
    found = [one["letter"].casefold() for row in rows if (one := _LETTER.match(row))]
    often = [word for word, times in Counter(found).most_common(2) if times >= _FEW]
    turns = sum(a != b for a, b in pairwise(found) if a in often and b in often)
    if len(often) < _PAIR or turns < _PAIR * (_FEW - 1):
        return ()
    return tuple(sorted(often, key=found.index))

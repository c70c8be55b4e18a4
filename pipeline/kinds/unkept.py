"""Unkept promises: a list of contents that names what the text does not have stays in the book, as a list.

The typesetter makes the list of contents anew, so the old one may go, as far as its words stand over the chapters. In
an excerpt of a book most of them do not: there the list is all that says what the whole book has.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pipeline.model import Copy, Decision, Line, Reason, Role
from pipeline.parts import CONTENTS
from pipeline.report import Report
from pipeline.stands import FEW, MUCH, Standing
from pipeline.words import words_of

NAME = "a list of contents whose chapters the text does not have"

WHY: Mapping[str, str] = {
    "contents-kept": "Of a list of contents that names what the text does not have: the list stays.",
}
_WEIGHT = 12.0
_SIGNS = "-*•· \t"  # in front of an entry; the list has its own


def lay(copy: Copy, report: Report) -> Copy:
    """Keep the list of contents if so many words of it stand nowhere in the text that the book would miss them."""
    listed = {one.line for one in copy.decisions if one.role is Role.CONTENTS}
    if not listed:
        return copy
    words = {line.number: words_of(line.text) for line in copy.lines if not line.blank}
    kept = [words[one.line] for one in copy.decisions if one.role not in (Role.CONTENTS, Role.BOILERPLATE)]
    titles = {line.number for line in copy.lines if CONTENTS.match(line.text.strip("_*=+ .:"))}
    entries = {number: words[number] for number in sorted(listed - titles)}
    text = Standing(kept, [[word for line in kept for word in line]], entries.values())
    lost = [number for number, said in entries.items() if not text.has(said)]
    gone = sum(len(entries[number]) for number in lost)
    if gone <= FEW or gone <= MUCH * (sum(map(len, kept)) + sum(map(len, entries.values()))):
        return copy
    report.find("contents-kept", min(listed), lines=len(lost), words=gone)

    def bare(line: Line) -> Line:
        """Return an entry without its sign, as far in as the others: numbers at the right are no depth."""
        return replace(line, text=line.text.lstrip(_SIGNS).rstrip()) if line.number in listed else line

    def as_list(one: Decision) -> Decision:
        if one.line not in listed:
            return one
        role = Role.TITLE if one.line in titles else Role.ITEM
        return replace(one, role=role, joined=False, level=1, reasons=(Reason("contents-kept", role, _WEIGHT),))

    return replace(copy, lines=tuple(map(bare, copy.lines)), decisions=tuple(map(as_list, copy.decisions)))

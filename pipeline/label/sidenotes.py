"""Side-notes: what an old edition set in its margin, and a transcriber put in brackets beside its paragraph.

"[Sidenote: Of the Romans.]" is no paragraph and parts none: the lines around it are read as if it were not there, and
it belongs to the paragraph that it stands in or before.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from pipeline.model import Decision, Line, Role

RULE = "side-note"
WHY = {RULE: "In brackets, named as a side-note: the margin of the old edition had it beside the paragraph."}
"""The rule of side-notes, as an editor would say it."""

OPENS = (
    r"\[\s*(?P<label>(?i:side[ -]?notes?|marginal (?:notes?|gloss(?:es)?)|margin(?:alia|alie|alien)?"
    r"|rand(?:notiz|bemerkung|glosse|note|titel)(?:en)?|marginal(?:e|note|bemerkung)|notes? marginales?|note en marge"
    r"|en marge|manchette|notas? (?:al margen|marginal(?:es)?)|ladillo|nota a margine|postilla|kanttekening(?:en)?"
    r"|kantnot|marginalanteckning|заметк[аи] на полях|на полях))\s*:\s*"
)
"""The bracket and the word that name a side-note, as a pattern."""
INSIDE = re.compile(rf"{OPENS}(?P<words>[^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*)\]")
"""A whole side-note within a text."""
_OPENS = re.compile(rf"\s*{OPENS}")
_LONGEST = 30  # lines of one
_STOPPED = re.compile(r"[.!?…:;][\"'”’»)\]_*]*$")


def side_notes(lines: Sequence[Line], aside: Container[int] = ()) -> tuple[tuple[int, ...], ...]:
    """Find the side-notes that stand on lines of their own; each by the numbers of its lines that are not blank."""
    out: list[tuple[int, ...]] = []
    at = 0
    while at < len(lines):
        if "[" in lines[at].text and lines[at].number not in aside and _OPENS.match(lines[at].text):
            depth, end = 0, at
            while end < min(len(lines), at + _LONGEST):
                depth += lines[end].text.count("[") - lines[end].text.count("]")
                end += 1
                if depth <= 0:
                    break
            if depth == 0 and lines[end - 1].text.rstrip().rstrip(".").endswith("]"):
                out.append(tuple(line.number for line in lines[at:end] if not line.blank))
                at = end
                continue
        at += 1
    return tuple(out)


def without(lines: Sequence[Line], notes: Sequence[Sequence[int]]) -> tuple[Line, ...]:
    """Return a text without its side-notes: where one stood there is no more room than above it or below it.

    One that stands within a sentence leaves none: its two halves follow one another.
    """
    taken = {number: n for n, note in enumerate(notes) for number in range(note[0], note[-1] + 1)}
    out: list[Line] = []
    above = 0  # blank lines above the side-note
    waiting: list[Line] = []  # what is blank around it
    noted = False
    for line in lines:
        if line.number in taken:
            if not noted:
                while out and out[-1].blank:
                    waiting.insert(0, out.pop())
                above = len(waiting)
            noted = True
        elif noted and line.blank:
            waiting.append(line)
        elif noted:
            room = max(above, len(waiting) - above)
            within = out and line.text.lstrip()[:1].islower() and not _STOPPED.search(out[-1].text.rstrip())
            out += waiting[: 0 if within else room]
            out.append(line)
            waiting, noted = [], False
        else:
            out.append(line)
    return (*out, *waiting)


def is_side_note(decision: Decision) -> bool:
    """Tell whether a line is of a side-note, and nobody has ruled otherwise."""
    return decision.role is Role.RUBRIC and any(reason.rule == RULE for reason in decision.reasons)

"""Sources at the ends of paragraphs, in brackets or behind the last sentence, in a text that has the habit of that.

"… and the tide took both of them. (Orr, Lamp Room, 12)"; wrapped, a source may begin in one line and end in another.
What makes the habit are sources that are known by their form. Where it is there, the others need not be understood.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from pipeline.cite.back import points_back
from pipeline.cite.detect import tails
from pipeline.cite.habit import families_of, is_no_sentence, is_short_form
from pipeline.cite.several import taken_apart
from pipeline.cite.special import special
from pipeline.model import Citation, Decision, Fields, Line, Reason, Role

WHY: Mapping[str, str] = {
    "source-embedded": "In this text paragraphs end with their source, and the end of this one is a whole citation.",
}
_FEW = 3  # paragraphs with their sources make a habit
_SOMETIMES = 0.2  # of the paragraphs end with their source
_CERTAIN = 0.8  # of what a source looks like, by its form alone
_LIKELY = 0.5  # enough where the text has the habit
_PROSE = 4  # small words; what has fewer is no sentence in front of a source
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_SENTENCE = re.compile(r"(?:\b[^\W\d_A-ZÀ-ÞА-Я]{2,}\s){5}")
_SMALL = re.compile(r"\b[^\W\d_A-ZÀ-ÞА-Я]{3,}\b")


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph: its decisions, where each of its lines begins in its text, and this text."""

    decisions: Sequence[Decision]
    starts: Sequence[int]
    text: str

    def row(self, at: int) -> int:
        """Return which of the lines a place in the text lies in."""
        return max(n for n, start in enumerate(self.starts) if start <= at)


def embedded(
    lines: Sequence[Line], decisions: Sequence[Decision]
) -> tuple[tuple[Line, ...], tuple[Decision, ...], tuple[Citation, ...]]:
    """Take the sources off the ends of paragraphs, in a text that has the habit of putting them there.

    Returns:
        The lines without the sources, the decisions on those that are left, and the citations with the paragraphs that
        they stand for; the same lines and decisions and no citation where the text has no such habit.

    """
    text = {line.number: line.text for line in lines}
    paragraphs = _paragraphs(decisions, text)
    sure = {n: cut for n, one in enumerate(paragraphs) if (cut := _certain(one))}
    ends = sum(one.decisions[0].role is not Role.CITATION for one in paragraphs)
    within = any(cut[0] not in paragraphs[n].starts for n, cut in sure.items())  # else each has a line of its own
    families = families_of(paragraphs[n].text[slice(*cut)].strip("([ ") for n, cut in sure.items())
    all_end = (
        len(paragraphs) >= _FEW
        and len(sure) >= (1 if all(n in sure or _is_clear(one, families) for n, one in enumerate(paragraphs)) else 2)
        and all(n in sure or _likely(one, families) for n, one in enumerate(paragraphs))
    )
    if not (all_end or len(sure) >= max(_FEW, _SOMETIMES * ends)) or not within:
        return tuple(lines), tuple(decisions), ()
    citations: list[Citation] = []
    changed: dict[int, Decision | None] = {}
    for n, paragraph in enumerate(paragraphs):
        if cut := sure.get(n) or _likely(paragraph, families):
            citations.append(_taken_off(paragraph, cut, text, changed))
    kept = tuple(one for before in decisions if (one := changed.get(before.line, before)) is not None)
    return tuple(Line(line.number, text[line.number]) for line in lines), kept, tuple(citations)


def _paragraphs(decisions: Sequence[Decision], text: Mapping[int, str]) -> list[_Paragraph]:
    """Return the paragraphs of running text, and what was taken for a citation and has several lines."""
    groups: list[list[Decision]] = []
    for one in decisions:
        if one.joined and groups:
            groups[-1].append(one)
        else:
            groups.append([one])
    out: list[_Paragraph] = []
    for group in groups:
        if group[0].role in (Role.PARAGRAPH, Role.ITEM) or (group[0].role is Role.CITATION and len(group) > 1):
            rows = [text[one.line].rstrip() for one in group]
            starts = [0, *accumulate(len(row) + 1 for row in rows[:-1])]
            out.append(_Paragraph(group, starts, " ".join(rows)))
    return out


def _certain(one: _Paragraph) -> tuple[int, int] | None:
    """Return where a source at the end of a paragraph stands that is one by its form: dated, or in an archive."""

    def fits(said: str, score: float) -> bool:
        dated = _YEAR.search(said) or ((known := special(said)) is not None and known.kind == "manuscript")
        return score >= _CERTAIN and bool(dated)

    return _first(one, fits)


def _is_clear(one: _Paragraph, families: Collection[str]) -> bool:
    """Tell whether the end of a paragraph says that it is a source, by its form or in brackets behind a stop."""
    return _stands_apart(one) or _named(one, families) is not None


def _named(one: _Paragraph, families: Collection[str]) -> tuple[int, int] | None:
    """Return where a source stands that looks like one in a text that has the habit: it may be a short form."""

    def fits(said: str, score: float) -> bool:
        return score >= _LIKELY or points_back(said) or is_short_form(said, families)

    return _first(one, fits)


def _likely(one: _Paragraph, families: Collection[str]) -> tuple[int, int] | None:
    """Return where a source stands in a text that has the habit: it may be not understood at all."""
    if cut := _named(one, families):
        return cut
    return next(
        ((start, end) for start, end, said, _ in tails(one.text) if one.text[start] in "([" and is_no_sentence(said)),
        None,
    )


def _stands_apart(one: _Paragraph) -> bool:
    """Tell whether what stands in brackets at the end of a paragraph stands behind its last full stop."""
    return any(one.text[start] in "([" and one.text[:start].rstrip()[-1:] in '.!?…”»"' for start, *_ in tails(one.text))


def _first(one: _Paragraph, fits: Callable[[str, float], bool]) -> tuple[int, int] | None:
    """Return where the first source begins that fits; what has a sentence in front of one that fits too is none."""
    found = [(start, end) for start, end, said, score in tails(one.text) if fits(said, score)]
    for n, (start, end) in enumerate(found):
        further = n + 1 < len(found) and _SENTENCE.search(one.text, start, found[n + 1][0])
        if not further and _has_words(one, start):
            return start, end
    return None


def _has_words(one: _Paragraph, start: int) -> bool:
    """Tell whether a sentence stands in front of a source; what was taken for a citation may be one from its head."""
    least = _PROSE if one.decisions[0].role is Role.CITATION else 1
    return len(_SMALL.findall(one.text, 0, start)) >= least


def _taken_off(
    one: _Paragraph, cut: tuple[int, int], text: dict[int, str], changed: dict[int, Decision | None]
) -> Citation:
    """Take a source off the lines of its paragraph, if it has none to itself; return its citation."""
    row = one.row(cut[0])
    numbers = [decision.line for decision in one.decisions]
    apart = cut[0] == one.starts[row]  # on lines of its own
    last = row - 1 if apart else row
    for n, decision in enumerate(one.decisions):
        if n > row and not apart:
            text[numbers[n]] = ""
            changed[numbers[n]] = None
            continue
        role = Role.CITATION if n > last else Role.PARAGRAPH if decision.role is Role.CITATION else decision.role
        new = Reason("source-embedded", role, 0.0)
        reasons = (*decision.reasons, new) if n >= last else decision.reasons
        joined = n > row if n > last else decision.joined
        changed[numbers[n]] = replace(decision, role=role, reasons=reasons, joined=joined)
    if not apart:
        text[numbers[row]] = text[numbers[row]][: cut[0] - one.starts[row]].rstrip()
    citation = taken_apart(_without_brackets(one.text[slice(*cut)].strip()))
    if not citation.parsed and not citation.verbatim:
        citation = Citation(0, citation.text, Fields(), parsed=False, kind="unknown", score=0.0)
    return replace(citation, line=numbers[row], covers=(numbers[0], numbers[last]))


def _without_brackets(said: str) -> str:
    """Return the words of a source without the pair of brackets around them."""
    if said[:1] not in "([":
        return said
    inside = said[1:].rstrip(" .")
    return inside[:-1].strip() if inside[-1:] in ")]" else inside

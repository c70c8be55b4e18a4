"""What a text does with its sources: where each extract is closed by a line that names one, such a line is a source.

It need not be understood. A letter in an archive, a broadcast, an inscription have no form that rules know; but where
most extracts end with a source line, a short line in the same place that is no sentence is a source too. Taken for
running text it would give its extract the next one's source.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.cite.back import points_back
from pipeline.cite.detect import looks_like_citation
from pipeline.model import Decision, Line, Reason, Role

WHY: Mapping[str, str] = {
    "source-by-place": "In this text each extract is closed by a line that names its source, and this line stands in "
    "its place.",
}
_WORDS = (Role.PARAGRAPH, Role.DIALOGUE, Role.ITEM, Role.VERSE, Role.LETTER)
_MISTAKEN = (Role.PARAGRAPH, Role.TITLE, Role.HEADING)  # what a source may have been taken for
_FIGURE = re.compile(r"\d|\b[IVXLC]{2,}\b")
_FEW = 3  # extracts with their sources make a habit
_NEARLY_ALL = (
    0.8  # of the groups are an extract and one shorter line, which is a habit too if one of the lines is a source
)
_MOST = 0.5  # of the groups of lines end with a source
_LONGEST = 260  # letters
_ROWS = 4  # no source is wrapped into more lines
_PROSE = 4  # small words; a title may have as many, but ends no sentence in front of a whole source
_CERTAIN = 0.8  # of what a source looks like, by its form alone
_LIKELY = 0.5  # enough for the last line of a paragraph, in a text that has the habit
_SOME = 0.2  # of what a source looks like, by its form alone
_NAMES = 0.55  # of the longer words have capitals, in a line that is nothing but names
_SPEECH = re.compile(r"[?!…]\W*$|[.,]?[”\"»]$|:$|^[-–—•*]|^\W*[a-zà-öø-ÿа-я]")
_SENTENCE = re.compile(
    r"\b(?:is|are|was|were|be|been|had|has|have|he|she|they|we|you|it|I|said|would|could|did|do|not|ist|war|sind|waren|hat|hatte|nicht|sie|er"
    r"|wir|est|était|sont|étaient|avait|pas|il|elle|nous|era|eran|fue|había|no(?!\.\s?\d)|è|erano|aveva|non|não|foi|het|niet|был|была|было|были|не|он|она)\b"
)
_DATA = re.compile(r"\d|\b[A-Z]{2,}\b|\b(?:vol|no|nr|fol|Bd|ed|trans)\.", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{3,}")
_ENDS = frozenset('.!?…”"»。！？」؟')  # of a sentence
_SHORT_FORM = re.compile(
    r"^(?:[^,\d]{0,30}\s)?(?P<family>[^\s,\d]{2,}),\s(?:[^\d]{2,60},\s)?(?:(?:pp?|S|s|С|с|págs?|blz)\.\s?)?\d+(?:\s?[-–]\s?\d+)?\.?$"
)


def sources(lines: Sequence[Line], decisions: Sequence[Decision], known: Collection[int] = ()) -> tuple[Decision, ...]:
    """Take for a citation what stands where the text has its sources, and is no sentence.

    The sources that begin on the lines ``known`` stay whole: the kind of the text has read them.
    """
    text = {line.number: line.text.strip() for line in lines}
    decisions = _apart_from_wrapped(_closed_by_form(decisions, text, known), text, known)
    groups = _groups(decisions)
    found = _below(groups, text) | _apart(groups, text)
    return tuple(_source(one) if one.line in found else one for one in decisions)


def _apart_from_wrapped(
    decisions: Sequence[Decision], text: Mapping[int, str], known: Collection[int]
) -> list[Decision]:
    """Part a source from the wrapped paragraph right above it, where both were taken for one citation or paragraph."""
    opened = _opened(decisions)
    habit = sum(group[0].role is Role.CITATION for group in opened) >= _FEW or _close_by_form(_groups(decisions), text)
    taken = (Role.CITATION, Role.PARAGRAPH, Role.ITEM, Role.DIALOGUE) if habit else (Role.CITATION,)
    families = families_of(text[group[0].line] for group in opened if group[0].role is Role.CITATION)
    out: list[Decision] = []
    for group in opened:
        rows = [text[one.line] for one in group]
        asked = len(rows) > 1 and group[0].role in taken
        asked = asked and not (group[0].role is Role.CITATION and group[0].line in known)
        cut = _source_at(rows, _CERTAIN) if asked else 0
        if not cut and habit and asked and _may_be_source_below(rows, families):
            cut = len(rows) - 1
        if cut:
            role = Role.PARAGRAPH if group[0].role is Role.CITATION else group[0].role
            out += (replace(one, role=role) for one in group[:cut])
            out += (replace(_source(one), joined=n > 0) for n, one in enumerate(group[cut:]))
        else:
            out += group
    return out


def _may_be_source_below(rows: Sequence[str], families: Collection[str]) -> bool:
    """Tell whether the last row can be a source where the text has the habit: by its form, or by what it points to."""
    last = rows[-1]
    if _is_source_below(rows, len(rows) - 1, _LIKELY):
        return True
    return rows[-2][-1:] in _ENDS and (points_back(last) or is_short_form(last, families))


def families_of(sources: Iterable[str]) -> set[str]:
    """Return the words that names at the heads of sources begin and end with."""
    heads = (head for source in sources if (head := source.partition(",")[0].split()))
    return {word for head in heads for word in (head[0], head[-1])}


def _close_by_form(opened: Sequence[Sequence[Decision]], text: Mapping[int, str]) -> bool:
    """Tell whether most runs of several lines end with lines that are a source by their form alone."""
    several = [[text[one.line] for one in group] for group in opened if _may_hold_source(group)]
    closed, likely = (sum(_source_at(rows, least) > 0 for rows in several) for least in (_CERTAIN, _LIKELY))
    every = likely == len(several) >= _FEW and 2 * closed > likely
    return every or closed >= max(_FEW, _MOST * len(several))


def _may_hold_source(group: Sequence[Decision]) -> bool:
    """Tell whether a run of lines can be an extract with its source, whatever they were taken for."""
    return len(group) > 1 and all(one.role in (*_WORDS, *_MISTAKEN) for one in group)


def _source_at(rows: Sequence[str], least: float) -> int:
    """Return which of the rows the source at their end begins with; 0 where none is there.

    Where a sentence stands in front of what is a source as well, that is the source.
    """
    asked = range(max(1, len(rows) - _ROWS), len(rows))
    found = [at for at in asked if _is_source_below(rows, at, least)]
    for at, further in pairwise(found):
        if not _CLAUSE.search(" ".join(rows[at:further])):
            return at
    return found[-1] if found else 0


_CLAUSE = re.compile(r"(?:\b[^\W\d_A-ZÀ-ÞА-Я]{2,}\s){5}")


def _closed_by_form(
    decisions: Sequence[Decision], text: Mapping[int, str], known: Collection[int]
) -> Sequence[Decision]:
    """Take the last lines of extracts for their sources, where by their form alone most extracts end with one."""
    groups = _groups(decisions)
    if not _close_by_form(groups, text):
        return decisions
    out: list[Decision] = []
    for group in groups:
        read = any(one.line in known for one in group)
        cut = 0 if read or not _may_hold_source(group) else _source_at([text[one.line] for one in group], _LIKELY)
        for n, one in enumerate(group):
            if cut and n >= cut:
                out.append(replace(_source(one), joined=n > cut))
            elif cut and one.role not in _WORDS:
                out.append(replace(one, role=Role.PARAGRAPH, level=0))
            else:
                out.append(one)
    return out


def _is_source_below(rows: Sequence[str], at: int, least: float = _CERTAIN) -> bool:
    """Tell whether a sentence ends in front of row ``at``, and what stands from there on is a whole source."""
    if rows[at - 1][-1:] not in _ENDS or rows[at][:1].islower() or looks_like_citation(" ".join(rows[at:])) < least:
        return False
    before = " ".join(rows[:at])
    lower = sum(len(word) // 4 if word[0] > "\u2fff" else word == word.lower() for word in _WORD.findall(before))
    return lower >= _PROSE and looks_like_citation(before) < least


def _opened(decisions: Sequence[Decision]) -> list[list[Decision]]:
    """Return the lines of each paragraph, whatever its role."""
    groups: list[list[Decision]] = []
    for one in decisions:
        if one.joined and groups:
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def _below(groups: Sequence[Sequence[Decision]], text: Mapping[int, str]) -> set[int]:
    """Return the sources that stand on the line below their extract, in a text that has the habit of that."""
    wider = [group for group in groups if len(group) > 1]
    versed = [one for one in wider if one[-1].role is Role.VERSE and _is_source_by_form(text[one[-1].line])]
    closed = [group for group in wider if group[-1].role is Role.CITATION] + versed
    several = [group for group in wider if group[-1].role in (Role.CITATION, *_MISTAKEN)] + versed
    pairs = [group for group in several if len(group) == 2 and len(text[group[0].line]) > len(text[group[1].line])]
    alike = len(several) >= _FEW and len(pairs) >= _NEARLY_ALL * len(several)
    if not closed or (not alike and (len(closed) < _FEW or len(closed) < _MOST * len(several))):
        return set()
    found: set[int] = set()
    for group in several:
        below = [one for n, one in enumerate(group) if n and group[n - 1].role is Role.CITATION]
        for one in (*below, group[-1]):
            above = group[group.index(one) - 1]
            if one.joined or above.role not in (*_WORDS, Role.CITATION):
                continue
            if one.role not in _MISTAKEN and group not in versed:
                continue
            if one.role is not Role.PARAGRAPH and not _FIGURE.search(text[one.line]):
                continue  # a heading stands above its text, not below another; with a year or a page it is none
            said, before = text[one.line], text[above.line]
            named = is_no_sentence(said, before if above.role is not Role.CITATION else "")
            if named or (alike and len(group) == 2 and _closes(said, before)):
                found.add(one.line)
    return found


def _closes(below: str, above: str) -> bool:
    """Tell whether a line can be a source where nearly all extracts have one: a sentence ends above, it is none."""
    short = len(below) < len(above) and not _SPEECH.search(below)
    return short and above[-1:] in _ENDS and bool(_DATA.search(below)) and not _SENTENCE.search(below)


def _is_source_by_form(line: str) -> bool:
    return looks_like_citation(line) >= _CERTAIN


def _apart(groups: Sequence[Sequence[Decision]], text: Mapping[int, str]) -> set[int]:
    """Return the sources that stand between blank lines behind their extract, in a text that has the habit of that."""
    single = [n for n, group in enumerate(groups) if n and len(group) == 1 and groups[n - 1][-1].role in _WORDS]
    closed = [n for n in single if groups[n][0].role is Role.CITATION]
    if len(closed) < _FEW:
        return set()
    families = families_of(text[groups[n][0].line] for n in closed)
    found = {
        groups[n][0].line
        for n in single
        if (
            groups[n][0].role is Role.PARAGRAPH
            and is_no_sentence(text[groups[n][0].line], text[groups[n - 1][-1].line])
        )
        or (groups[n][0].role in _MISTAKEN and is_short_form(text[groups[n][0].line], families))
    }
    texts = sum(group[-1].role in _WORDS and group[-1].line not in found for group in groups)
    return found if len(closed) + len(found) >= _MOST * texts else set()


def _groups(decisions: Sequence[Decision]) -> list[list[Decision]]:
    """Return the runs of lines with no blank line between."""
    groups: list[list[Decision]] = []
    for one in decisions:
        if groups and one.line == groups[-1][-1].line + 1:
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def is_no_sentence(line: str, above: str = "") -> bool:
    """Tell whether a line is short and names something: the line ``above`` it is hardly shorter."""
    if len(line) > _LONGEST or _SPEECH.search(line):
        return False
    if looks_like_citation(line) >= _SOME:
        return True
    words = _WORD.findall(line)
    capitals = sum(word[0].isupper() for word in words)
    named = bool(words) and capitals >= _NAMES * len([word for word in words if len(word) > 3])
    return bool(
        named and _DATA.search(line) and not _SENTENCE.search(line) and (not above or len(line) < len(above) + 40)
    )


def is_short_form(line: str, families: Collection[str]) -> bool:
    """Tell whether a line is a family that a source of the text begins with, words of a title, and pages."""
    match = _SHORT_FORM.match(line)
    return match is not None and match["family"] in families


def _source(decision: Decision) -> Decision:
    reasons = (Reason("source-by-place", Role.CITATION, 2.0), *decision.reasons)
    return replace(decision, role=Role.CITATION, level=0, score=0.2, reasons=reasons, placed=True)

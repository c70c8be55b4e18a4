"""Extracts and their sources: a text in which citations are a habit, read unit by unit by an editor's rules.

What such texts are made of (extracts, the lines that name their sources, rubrics, lists) no annotated edition teaches;
so rules speak, each with a weight, and the best sequence of roles is found.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from pipeline.label.features import View, bare, like_citation
from pipeline.label.layout import Unit
from pipeline.label.rules import LONGEST, RULES, SHORT_ROLES
from pipeline.label.sequence import Likely, best
from pipeline.label.settled import Settled
from pipeline.label.told import SETTLED
from pipeline.language import heads_references
from pipeline.model import Decision, Reason, Role

_FOR_LONG = tuple(rule for rule in RULES if rule.role not in SHORT_ROLES)
_HABIT = 0.02  # share of units that are citations in a text that has the habit
_LIKENESSES = 2  # citations in wrapped text that may be none


def likenesses(found: Sequence[Unit]) -> frozenset[int]:
    """Return which units look like citations; works that a text lists at its end are the sources of no extract."""
    listed = next((n for n in range(len(found) // 2, len(found)) if heads_references(found[n].text)), len(found))
    return frozenset(n for n, unit in enumerate(found[:listed]) if like_citation(bare(unit)) > 0.5)


def cites(found: Sequence[Unit], like: Collection[int]) -> bool:
    """Tell whether citations, the units ``like``, are a habit of a text; in wrapped text, a single one is none."""
    wrapped = any(unit.width for unit in found)
    return len(like) > max(_LIKENESSES if wrapped else 0, _HABIT * len(found))


def extracts(seen: Sequence[View], settled: Mapping[int, Settled]) -> Iterator[Decision]:
    """Decide on the lines of all units.

    Args:
        seen: the units of the text.
        settled: what the rooms of headings, notes and shapes say, by index of the unit.

    """
    reasons = [_spoken(view, settled.get(n)) for n, view in enumerate(seen)]
    for n, likely in enumerate(best([_sums(spoken) for spoken in reasons])):
        yield from _decisions(seen[n], settled.get(n), likely, reasons[n])


def _decisions(view: View, shape: Settled | None, likely: Likely, spoken: tuple[Reason, ...]) -> Iterator[Decision]:
    for n, line in enumerate(view.here.unit.lines):
        by_line = shape is not None and shape.by_line and n not in shape.joins
        joined = shape.goes_on if shape and n == 0 else n > 0 and not by_line
        level = shape.level if shape else 0
        if likely.role is Role.NOTE and n and not joined:
            level = 1  # a line of a table or stanza goes on with the note that the first line opens
        why = (Reason(shape.below, shape.role, SETTLED),) if shape and shape.below and n else spoken
        yield Decision(line, likely.role, joined, likely.score, why, level, likely.rival, likely.rival_score)


def _spoken(view: View, shape: Settled | None) -> tuple[Reason, ...]:
    if shape is not None:
        return (Reason(shape.rule, shape.role, SETTLED),)
    # Where the layout finds the headings, words alone make none.
    silent = {Role.TITLE, Role.HEADING} if view.here.unit.width else set()
    rules = RULES if view.here.length <= LONGEST else _FOR_LONG
    return tuple(rule.reason for rule in rules if rule.role not in silent and rule.when(view))


def _sums(reasons: Sequence[Reason]) -> dict[Role, float]:
    sums: dict[Role, float] = defaultdict(float)
    for reason in reasons:
        sums[reason.role] += reason.weight
    settled = any(reason.weight >= SETTLED for reason in reasons)
    return {role: value for role, value in sums.items() if value > 0 or (role is Role.PARAGRAPH and not settled)}

"""Label: what each line is.

Furniture is set aside (furniture) and lines become units (layout). What an editor is certain of is settled: the list
of contents and the title page (headings), notes that answer a call (notes), pictures and ornaments (shapes); what else
those rooms would say is evidence. In wrapped text all of it is seen line by line (observe) and the best sequence of
roles is told by learnt weights (labeller), unless an editor need not weigh (evidence); headings get their levels
(levels). In text of one paragraph a line, units are looked at (features), rules speak (rules), and the best sequence of
roles is found (sequence).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pipeline.label import evidence, passages, plays, series
from pipeline.label import furniture as furnishing
from pipeline.label import headings as heading
from pipeline.label import notes as noting
from pipeline.label import shapes as shaping
from pipeline.label.evidence import wrapped
from pipeline.label.features import View, bare, like_citation, views
from pipeline.label.furniture import furniture, header_fields
from pipeline.label.headings import headings
from pipeline.label.labeller import MODEL
from pipeline.label.layout import Unit, regions, units
from pipeline.label.notes import notes
from pipeline.label.rules import LONGEST, RULES, SHORT_ROLES
from pipeline.label.sequence import Likely, best
from pipeline.label.settled import Settled
from pipeline.label.shapes import shapes
from pipeline.model import Decision, Leaving, Line, Reason, Role
from pipeline.report import Report

__all__ = ["LEAVING", "SETTLING", "label"]

SETTLING: Mapping[str, str] = {
    why: words
    for room in (furnishing, heading, noting, shaping, evidence, series, plays, passages)
    for why, words in room.WHY.items()
}
"""The rules by which the layout alone settles a line, each with what an editor would say."""

LEAVING: Mapping[str, Leaving] = furnishing.LEAVES | heading.LEAVES | noting.LEAVES | shaping.LEAVES
"""How a line leaves the book by some of these rules; by any other it is simply left out."""

_FOR_LONG = tuple(rule for rule in RULES if rule.role not in SHORT_ROLES)
_HABIT = 0.02  # share of units that are citations in a text that has the habit
_SETTLED = 12.0  # weight of what the layout settles: no rule speaks louder


def label(lines: Sequence[Line], report: Report | None = None, model: Path = MODEL) -> tuple[Decision, ...]:
    """Decide what each non-blank line is; the decisions come in the order of the lines.

    ``report`` learns how the text is laid out, region by region; ``model``: the weights for wrapped text.
    """
    aside = furniture(lines)
    found = units(lines, aside)
    if report is not None and any(unit.width for unit in found):  # one paragraph a line needs no word
        report.find("layout-found", found[0].first, words="; ".join(regions(found)))
    title = header_fields(lines).get("title", "")
    settled = headings(found, title)
    settled |= notes(found, settled)
    settled |= shapes(found, settled)
    cited = _cites(found)
    out = [
        Decision(number, Role.BOILERPLATE, reasons=(Reason(rule, Role.BOILERPLATE, _SETTLED),))
        for number, rule in aside.items()
    ]
    if not cited:
        out += wrapped(found, settled, title, model)
        if all(unit.width for unit in found):
            return tuple(sorted(out, key=lambda decision: decision.line))
    seen = views(found)
    reasons = [_spoken(view, settled.get(n), cited) for n, view in enumerate(seen)]
    scores = [_sums(spoken) for spoken in reasons]
    for n, likely in enumerate(best(scores)):
        if cited or not found[n].width:
            out += _decisions(seen[n], settled.get(n), likely, reasons[n])
    return tuple(sorted(out, key=lambda decision: decision.line))


def _decisions(view: View, shape: Settled | None, likely: Likely, spoken: tuple[Reason, ...]) -> Iterator[Decision]:
    for n, line in enumerate(view.here.unit.lines):
        by_line = shape is not None and shape.by_line and n not in shape.joins
        joined = shape.goes_on if shape and n == 0 else n > 0 and not by_line
        level = shape.level if shape else 0
        if likely.role is Role.NOTE and n and not joined:
            level = 1  # a line of a table or stanza goes on with the note that the first line opens
        yield Decision(line, likely.role, joined, likely.score, spoken, level, likely.rival, likely.rival_score)


def _cites(found: Sequence[Unit]) -> bool:
    """Tell whether citations are a habit of the wrapped part of a text: a single one is a likeness."""
    wrapped = [unit for unit in found if unit.width]
    return sum(like_citation(bare(unit)) > 0.5 for unit in wrapped) > max(2, _HABIT * len(wrapped))


def _spoken(view: View, shape: Settled | None, cited: bool) -> tuple[Reason, ...]:
    if shape is not None:
        return (Reason(shape.rule, shape.role, _SETTLED),)
    # Where the layout finds the headings, words alone make none.
    silent = {Role.TITLE, Role.HEADING} if view.here.unit.width else set()
    if view.here.unit.width and not cited:
        silent.add(Role.CITATION)
    rules = RULES if view.here.length <= LONGEST else _FOR_LONG
    return tuple(rule.reason for rule in rules if rule.role not in silent and rule.when(view))


def _sums(reasons: Sequence[Reason]) -> dict[Role, float]:
    sums: dict[Role, float] = defaultdict(float)
    for reason in reasons:
        sums[reason.role] += reason.weight
    settled = any(reason.weight >= _SETTLED for reason in reasons)
    return {role: value for role, value in sums.items() if value > 0 or (role is Role.PARAGRAPH and not settled)}

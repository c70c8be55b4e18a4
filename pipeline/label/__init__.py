"""Label: what each line is.

Furniture is set aside (furniture) and lines become units (layout). What an editor is certain of is settled: the list
of contents (contents), the title page (headings, titles), notes that answer a call (notes), pictures and ornaments
(shapes); what else those rooms would say is evidence. A text in which citations are a habit is read unit by unit by
rules (extracts). Any other is set to one measure, whether its lines were wrapped or hold a paragraph each (measure);
all of it is seen line by line (observe) and the best sequence of roles is told by learnt weights (labeller), unless an
editor need not weigh (evidence: series and outlines of headings, what stands below them, the cast of a play, plays,
passages, enumerations, what is displayed); headings get their levels (levels).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from pipeline.label import (
    acts,
    alike,
    alphabetical,
    attributions,
    below_headings,
    cast,
    closings,
    display,
    enclosed,
    endmatter,
    enumerations,
    evidence,
    front,
    hymns,
    joins,
    letters,
    mottos,
    outline,
    passages,
    pictures,
    plays,
    remarks,
    scenes,
    sentences,
    series,
    sideheads,
    sidenotes,
    signed,
    stanzas,
    talk,
)
from pipeline.label import contents as listing
from pipeline.label import furniture as furnishing
from pipeline.label import headings as heading
from pipeline.label import notes as noting
from pipeline.label import shapes as shaping
from pipeline.label.certainty import believed
from pipeline.label.evidence import settle, weighed
from pipeline.label.extracts import cites, extracts, likenesses
from pipeline.label.features import views
from pipeline.label.furniture import furniture, header_fields
from pipeline.label.labeller import MODEL
from pipeline.label.layout import regions, units
from pipeline.label.measure import as_lines, to_measure
from pipeline.label.sidenotes import RULE, side_notes, without
from pipeline.label.told import SETTLED
from pipeline.model import Decision, Leaving, Line, Reason, Role
from pipeline.report import Report

__all__ = ["LEAVING", "SETTLING", "label"]

SETTLING: Mapping[str, str] = {
    why: words
    for room in (
        *(furnishing, remarks, listing, heading, noting, shaping, front, evidence, closings),
        *(series, alike, sentences, outline, below_headings, mottos, attributions, scenes, talk, plays, acts, joins),
        *(alphabetical, hymns, passages, enumerations, display, letters, enclosed, signed, pictures),
        *(sidenotes, endmatter, sideheads, stanzas),
    )
    for why, words in room.WHY.items()
}
"""The rules by which the layout alone settles a line, each with what an editor would say."""

LEAVING: Mapping[str, Leaving] = {
    rule: leaving
    for room in (furnishing, remarks, listing, heading, noting, shaping)
    for rule, leaving in room.LEAVES.items()
}
"""How a line leaves the book by some of these rules; by any other it is simply left out."""


def label(
    lines: Sequence[Line], report: Report | None = None, model: Path = MODEL, *, claims: bool = False
) -> tuple[Decision, ...]:
    """Decide what each non-blank line is; the decisions come in the order of the lines.

    Args:
        lines: the text.
        report: learns how the text is laid out, region by region.
        model: the weights of the labeller.
        claims: each decision carries what the weights or a rule claim, not what that has proved to be worth.

    """
    aside = furniture(lines)
    margin = side_notes(lines, aside)
    lines = without(lines, margin) if margin else lines
    found = units(lines, aside)
    if report is not None and any(unit.width for unit in found):  # one paragraph a line needs no word
        report.find("layout-found", found[0].first, words="; ".join(regions(found)))
    title = header_fields(lines).get("title", "")
    like = likenesses(found)
    settled = settle(found, title) if cites(found, like) and not cast.is_play(lines) else None
    notes = {n for n, one in (settled or {}).items() if one.role is Role.NOTE}  # what they cite stands for no extract
    if settled is not None and cites(found, like - notes):
        decisions = list(extracts(views(found), settled))
    else:
        measured = to_measure(lines, aside)
        found = units(measured.lines, measured.rows(aside), measured=True)
        told = as_lines(measured, weighed(found, settle(found, title), title, model))
        decisions = list(told if claims else map(believed, told))
    decisions += [
        Decision(number, Role.BOILERPLATE, reasons=(Reason(rule, Role.BOILERPLATE, SETTLED),))
        for number, rule in aside.items()
    ]
    decisions += [
        Decision(number, Role.RUBRIC, n > 0, reasons=(Reason(RULE, Role.RUBRIC, SETTLED),))
        for note in margin
        for n, number in enumerate(note)
    ]
    return tuple(sorted(decisions, key=lambda decision: decision.line))

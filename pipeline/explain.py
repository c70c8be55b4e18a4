"""Why a line was read as it was: what was seen, which rules spoke, what won, and what became of it."""

from __future__ import annotations

import textwrap
from collections import defaultdict
from collections.abc import Iterator

from pipeline.build import Reading
from pipeline.errors import Exit, OctavoError
from pipeline.kinds import WHY
from pipeline.label.observe import observation
from pipeline.label.rules import RULES
from pipeline.model import Citation, Decision, Role

_RULES = {(rule.name, rule.role): rule.why for rule in RULES}


def explain(reading: Reading, number: int) -> list[str]:
    """Return the explanation of one source line, as lines to print.

    Raises:
        OctavoError: USAGE when the source has no such line.

    """
    total = reading.source.lines[-1].number
    if not 1 <= number <= total:
        raise OctavoError(Exit.USAGE, f"There is no line {number}.", f"The source has lines 1 to {total}.")
    text = next((line.text for line in reading.source.lines if line.number == number), "")
    out = [f"Line {number}: {textwrap.shorten(text, 90, placeholder=' …') or '(blank)'}"]
    for claim in reading.claims:
        if claim.first <= number <= claim.last:
            out.append(f"  Lines {claim.first} to {claim.last} are read as {claim.kind}: {'; '.join(claim.reasons)}.")
    decision = next((one for one in reading.decisions if one.line == number), None)
    if decision is not None:
        out += _role(decision)
    for citation in reading.citations:
        if citation.line == number:
            out += _citation(citation)
        elif citation.covers and citation.covers[0] <= number <= citation.covers[1]:
            out.append(f"  It belongs to the extract that the citation on line {citation.line} stands for.")
    for change in reading.changes:
        if change.line == number:
            out.append(f"  Changed ({change.kind}): “{change.before}” → “{change.after}”; {change.why}.")
    return out


def _role(decision: Decision) -> Iterator[str]:
    joined = ", joined to the line before it" if decision.joined else ""
    article = "an" if decision.role[0] in "aeiou" else "a"
    rival = f"; next likeliest: {decision.rival}, {decision.rival_score:.2f}" if decision.rival else ""
    yield f"  It is {article} {decision.role}{joined} (probability {decision.score:.2f}{rival})."
    sums: dict[Role, float] = defaultdict(float)
    for reason in decision.reasons:
        sums[reason.role] += reason.weight
    for role in sorted(sums, key=lambda role: -sums[role]):
        yield f"  {role}: {sums[role]:+.1f}"
        for reason in decision.reasons:
            if reason.role is role:
                why = _RULES.get((reason.rule, role)) or WHY.get(reason.rule, "") or observation(reason.rule, WHY)
                yield f"    {reason.weight:+5.1f}  {reason.rule:28} {why}"


def _citation(citation: Citation) -> Iterator[str]:
    covers = f"lines {citation.covers[0]}–{citation.covers[1]}" if citation.covers else "no lines"
    yield f"  It cites {citation.work or 'a work that could not be made out'} and stands for {covers}."
    for key, value in citation.fields.json().items():
        shown = "; ".join(" ".join(name.values()) for name in value) if isinstance(value, list) else value
        yield f"    {key:15} {shown}"
    for doubt in citation.doubts:
        yield f"    in doubt: {doubt}"

"""Label: what each line is. Lines become units (layout), units are looked at (features), rules speak (rules), and the
best sequence of roles is found (sequence).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from pipeline.label.features import View, views
from pipeline.label.layout import units
from pipeline.label.rules import RULES
from pipeline.label.sequence import best
from pipeline.model import Decision, Line, Reason, Role

__all__ = ["label"]


def label(lines: Sequence[Line]) -> tuple[Decision, ...]:
    """Decide what each non-blank line is; the decisions come in the order of the lines."""
    seen = views(units(lines))
    reasons = [_speak(view) for view in seen]
    scores = [_sums(spoken) for spoken in reasons]
    out: list[Decision] = []
    for view, spoken, (role, score) in zip(seen, reasons, best(scores), strict=True):
        for n, line in enumerate(view.here.unit.lines):
            out.append(Decision(line, role, n > 0, score, spoken))
    return tuple(sorted(out, key=lambda decision: decision.line))


def _speak(view: View) -> tuple[Reason, ...]:
    return tuple(Reason(rule.name, rule.role, rule.weight) for rule in RULES if rule.when(view))


def _sums(reasons: Sequence[Reason]) -> dict[Role, float]:
    sums: dict[Role, float] = defaultdict(float)
    for reason in reasons:
        sums[reason.role] += reason.weight
    return {role: value for role, value in sums.items() if value > 0 or role is Role.PARAGRAPH}

"""What a certainty is worth: what the weights or a rule claim, held against texts that nothing was learnt from.

The labeller's probabilities are those of the texts it learnt from, and a rule claims one number wherever it speaks. How
often such decisions were right on other texts, and on the same words typed in other hands, stands in
``certainty.tsv``, which ``make reliability`` writes (:mod:`pipeline.label.reliability`): for the weights by role and by
what they claimed, for a rule by its name. A claim is lowered to that, never raised; nothing is decided by it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path

from pipeline.model import Decision, Reason, Role

TABLE = Path(__file__).parent / "certainty.tsv"
WEIGHTS = "weights"
"""What stands in the table where no rule decided."""


@dataclass(frozen=True, slots=True)
class Worth:
    """How often decisions were right that claimed so much: of a ``rule`` or the weights, for a role."""

    rule: str
    role: Role
    claimed: float
    right: float


def rule_of(reasons: Sequence[Reason]) -> str:
    """Return the rule that decided, or :data:`WEIGHTS`: what they weigh are observations, with a value."""
    return reasons[0].rule if reasons and "=" not in reasons[0].rule else WEIGHTS


def believed(decision: Decision) -> Decision:
    """Return a decision with the certainty that its claim has proved to be worth; its rival is no likelier."""
    score = _certainty(decision.score, decision.role, rule_of(decision.reasons))
    if score == decision.score:
        return decision
    return replace(decision, score=score, rival_score=min(decision.rival_score, score))


Table = Mapping[tuple[str, Role | None], Sequence[tuple[float, float]]]
"""What was claimed and what was right, in their order: by role for the weights, by name for a rule."""


@lru_cache(maxsize=4096)  # claims have three digits, and most lines claim the same
def _certainty(claimed: float, role: Role, rule: str) -> float:
    return lowered(claimed, role, rule, _measured())


def lowered(claimed: float, role: Role, rule: str, table: Table) -> float:
    """Return what a table says of a claim: on the line between the claims that were measured on either side of it."""
    role = Role.HEADING if role is Role.TITLE else role
    low = right_low = 0.0
    for high, right in table.get((rule, role if rule == WEIGHTS else None), [(1.0, 1.0)]):
        if claimed <= high:
            worth = right_low + (right - right_low) * (claimed - low) / (high - low)
            return min(claimed, round(worth, 3))
        low, right_low = high, right
    return min(claimed, right_low)


def table_of(measured: Iterable[Worth]) -> Table:
    """Put what was measured in the order in which it is looked up; what the weights are wholly certain of stands."""
    out: dict[tuple[str, Role | None], list[tuple[float, float]]] = defaultdict(list)
    for one in measured:
        out[one.rule, one.role if one.rule == WEIGHTS else None].append((one.claimed, one.right))
    return {(rule, role): sorted(points) + [(1.0, 1.0)] * (rule == WEIGHTS) for (rule, role), points in out.items()}


def read_worth(path: Path = TABLE) -> list[Worth]:
    """Read a table: rule, role, claimed and right, and how many lines of how many texts say so."""
    _, *rows = path.read_text(encoding="utf-8").splitlines()
    cells = [row.split("\t") for row in rows]
    return [Worth(rule, Role(role), float(claimed), float(right)) for rule, role, claimed, right, *_ in cells]


@cache
def _measured() -> Table:
    return table_of(read_worth())

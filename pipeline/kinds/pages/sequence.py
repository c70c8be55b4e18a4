"""Sequence: the best sequence of labels for the rows of a text, and how likely each label is.

A linear chain (a conditional random field): each name that was seen on a row has a weight for each label, each pair of
neighbouring labels one for their order. The weights were fitted by :mod:`.train` to texts whose structure is known; the
file is text, a weight a line, so that a person can read and compare it.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from pathlib import Path

__all__ = ["SIZED", "Labelled", "Weights", "label_rows", "weights"]

_SETTLED = 40.0  # no weights add up to more
MODEL = Path(__file__).with_name("weights.tsv")
SIZED = Path(__file__).with_name("sized.tsv")
"""Weights for rows whose letters' sizes are known, as in a PDF: fitted to what Octavo typesets, too."""


@dataclass(frozen=True, slots=True)
class Weights:
    """``rules``: name → label → weight; ``follows``: (label, next label) → weight; pairs without one do not occur."""

    labels: tuple[str, ...]
    rules: Mapping[str, Mapping[str, float]]
    follows: Mapping[tuple[str, str], float]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A row's label, how likely it is, and the names that spoke for or against it, the loudest first."""

    label: str
    likely: float
    reasons: tuple[tuple[str, float], ...]


@cache
def weights(path: Path = MODEL) -> Weights:
    """Read fitted weights; lines that begin with ``#`` say what they were learnt from."""
    rules: dict[str, dict[str, float]] = {}
    follows: dict[tuple[str, str], float] = {}
    rows = path.read_text(encoding="utf-8").splitlines()
    for row in (row for row in rows if not row.startswith("# ")):
        kind, name, label, weight = row.split("\t")
        if kind == "rule":
            rules.setdefault(name, {})[label] = float(weight)
        else:
            follows[name, label] = float(weight)
    labels = sorted({label for pair in follows for label in pair} | {label for row in rules.values() for label in row})
    legal = {(one, other): 0.0 for one in labels for other in labels if _may_follow(one, other)}
    return Weights(tuple(labels), rules, legal | follows)


def _may_follow(label: str, after: str) -> bool:
    """Tell whether a label may stand below another: what goes on (``+``) goes on with its own kind."""
    return not after.endswith("+") or label.removesuffix("+") == after.removesuffix("+")


def label_rows(
    seen: Sequence[Sequence[str]], fitted: Weights, settled: Mapping[int, Collection[str]] | None = None
) -> list[Labelled]:
    """Label rows.

    Args:
        seen: for each row, the names of what is seen on it.
        fitted: the weights.
        settled: the labels that a row may have, by its place, where something else tells them.

    """
    if not seen:
        return []
    labels = fitted.labels
    scores = [_scores(names, fitted) for names in seen]
    for at, allowed in (settled or {}).items():
        for label in {*allowed}.intersection(labels):
            scores[at][label] += _SETTLED
    into: dict[str, list[tuple[str, float]]] = {label: [] for label in labels}
    out_of: dict[str, list[tuple[str, float]]] = {label: [] for label in labels}
    for (one, other), weight in fitted.follows.items():
        into[other].append((one, weight))
        out_of[one].append((other, weight))
    path = _path(scores, labels, into)
    chances = _chances(scores, path, labels, into, out_of)
    return [
        Labelled(label, round(chance, 3), _reasons(names, label, fitted))
        for label, chance, names in zip(path, chances, seen, strict=True)
    ]


def _path(
    scores: Sequence[Mapping[str, float]], labels: Sequence[str], into: Mapping[str, Sequence[tuple[str, float]]]
) -> list[str]:
    """Return the label of each row in the best sequence (Viterbi)."""
    best = scores[0]
    back: list[tuple[str, ...]] = []  # for each label of a row, that of the row above
    place = {label: at for at, label in enumerate(labels)}
    for own in scores[1:]:
        here, came = {}, []
        for label in labels:
            top, value = max(
                [(before, best[before] + weight) for before, weight in into[label]],
                key=itemgetter(1),
                default=("", -math.inf),
            )
            here[label] = value + own[label]
            came.append(top)
        best = here
        back.append(tuple(came))
    path = [max(labels, key=lambda label: best[label])]
    for above in reversed(back):
        path.append(above[place[path[-1]]])
    path.reverse()
    return path


def _scores(names: Sequence[str], fitted: Weights) -> dict[str, float]:
    out = dict.fromkeys(fitted.labels, 0.0)
    for name in names:
        for label, weight in fitted.rules.get(name, {}).items():
            out[label] += weight
    return out


def _chances(
    scores: Sequence[Mapping[str, float]],
    path: Sequence[str],
    labels: Sequence[str],
    into: Mapping[str, Sequence[tuple[str, float]]],
    out_of: Mapping[str, Sequence[tuple[str, float]]],
) -> list[float]:
    """Return how likely the label of each row in ``path`` is (forward and backward sums)."""
    forward = [_normal(scores[0])]
    for own in scores[1:]:
        last = forward[-1]
        forward.append(_normal({x: _sum([last[b] + w for b, w in into[x]]) + own[x] for x in labels}))
    behind = dict.fromkeys(labels, 0.0)
    out: list[float] = []
    for at in range(len(scores) - 1, -1, -1):
        ahead, own = forward.pop(), scores[at]
        out.append(math.exp(_normal({x: ahead[x] + behind[x] for x in labels})[path[at]]))
        behind = _normal({x: _sum([behind[a] + w + own[a] for a, w in out_of[x]]) for x in labels})
    out.reverse()
    return out


def _sum(values: Sequence[float]) -> float:
    most = max(values, default=-math.inf)
    return most if most == -math.inf else most + math.log(sum(math.exp(value - most) for value in values))


def _normal(values: Mapping[str, float]) -> dict[str, float]:
    total = _sum(list(values.values()))
    return {label: value - total for label, value in values.items()}


def _reasons(names: Sequence[str], label: str, fitted: Weights) -> tuple[tuple[str, float], ...]:
    spoken = [(name, fitted.rules.get(name, {}).get(label, 0.0)) for name in names]
    return tuple(sorted((pair for pair in spoken if pair[1]), key=lambda pair: -abs(pair[1]))[:5])

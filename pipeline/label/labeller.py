"""The labeller: the best sequence of roles for the lines of wrapped text, with a calibrated probability for each.

A linear chain (conditional random field: Lafferty, McCallum, Pereira 2001) weighs what :mod:`pipeline.label.observe`
sees on each line for each role, and how well roles follow one another. The weights are learnt from annotated texts
(:mod:`pipeline.label.train`), and ``python -m pipeline.label.train --print`` writes them out.
"""

from __future__ import annotations

import errno
import lzma
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pycrfsuite

from pipeline.model import Reason, Role

MODEL = Path(__file__).parent / "roles.crf.xz"
GOES_ON = "+"
"""Before a role: the line goes on with the one above."""

_TOLD = 6  # reasons kept of a line: those that weigh most


@dataclass(frozen=True, slots=True)
class Told:
    """What the labeller says of a line.

    ``score``: the probability of the role, from 0 to 1; ``rival``: the next likeliest role, and ``rival_score`` its
    probability.
    """

    role: Role
    goes_on: bool
    score: float
    rival: Role | None
    rival_score: float
    reasons: tuple[Reason, ...]


@cache
def _unpacked(model: Path) -> bytes:
    return lzma.decompress(model.read_bytes())


@cache
def _tagger(model: Path) -> pycrfsuite.Tagger:
    tagger = pycrfsuite.Tagger()
    tagger.open_inmemory(_unpacked(model))  # not copied: the cache keeps it while the tagger needs it
    return tagger


@cache
def weights(model: Path = MODEL) -> Mapping[str, Mapping[str, float]]:
    """Return the weight of each observation for each label."""
    out: dict[str, dict[str, float]] = defaultdict(dict)
    for (seen, label), weight in _tagger(model).info().state_features.items():
        out[seen][label] = weight
    return out


@cache
def _loudness(model: Path) -> Mapping[str, Mapping[str, tuple[float, str, Reason]]]:
    """Return, for each label, the observations that weigh something for it: how they are sorted, and what is told."""
    out: dict[str, dict[str, tuple[float, str, Reason]]] = defaultdict(dict)
    try:
        told = _tagger(model).info()  # it is written to a temporary file, and read from there
    except RuntimeError as fault:
        raise OSError(errno.EFBIG, "the weights of the labeller cannot be unpacked") from fault
    for (seen, label), weight in told.state_features.items():
        if weight:
            reason = Reason(seen, Role(label.removeprefix(GOES_ON)), round(weight, 2))
            out[label][seen] = (-abs(weight), seen, reason)
    return out


def tell(observed: Sequence[Sequence[str]], model: Path = MODEL) -> list[Told]:
    """Find the best sequence of roles for lines that follow one another.

    Args:
        observed: what was seen on each line.
        model: the weights.

    """
    if not observed:
        return []
    tagger = _tagger(model)
    tagger.set([list(seen) for seen in observed])
    labels = tagger.labels()
    loudness = _loudness(model)
    out: list[Told] = []
    for at, label in enumerate(tagger.tag()):
        sure = tagger.marginal(label, at)
        role = label.removeprefix(GOES_ON)
        chances: dict[str, float] = defaultdict(float)
        if sure > 0.995:
            chances[role] = sure
        else:
            for one in labels:
                chances[one.removeprefix(GOES_ON)] += tagger.marginal(one, at)
        rival = max((one for one in chances if one != role), key=lambda one: chances[one], default="")
        out.append(
            Told(
                Role(role),
                label != role,
                round(min(1.0, chances[role]), 3),
                Role(rival) if rival else None,
                round(chances[rival], 3) if rival else 0.0,
                _reasons(observed[at], loudness[label]),
            )
        )
    return out


def _reasons(seen: Sequence[str], loudness: Mapping[str, tuple[float, str, Reason]]) -> tuple[Reason, ...]:
    """Return the observations that spoke loudest for or against the label."""
    told = sorted([loudness[one] for one in seen if one in loudness])
    return tuple([reason for _, _, reason in told[:_TOLD]])

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


@dataclass(frozen=True, slots=True)
class _Loudness:
    """The observations that weigh something for a label: the place of each, the loudest first, and what is told."""

    place: Mapping[str, int]
    told: Sequence[Reason]


@cache
def _loudness(model: Path) -> Mapping[str, _Loudness]:
    """Return the loudness of the observations for each label: places sort faster than weights, line after line."""
    try:
        told = _tagger(model).info()  # it is written to a temporary file, and read from there
    except RuntimeError as fault:
        raise OSError(errno.EFBIG, "the weights of the labeller cannot be unpacked") from fault
    heard: dict[str, list[tuple[float, str, Reason]]] = {label: [] for label in told.labels}
    for (seen, label), weight in told.state_features.items():
        if weight:
            reason = Reason(seen, Role(label.removeprefix(GOES_ON)), round(weight, 2))
            heard[label].append((-abs(weight), seen, reason))
    out: dict[str, _Loudness] = {}
    for label, reasons in heard.items():
        reasons.sort()
        out[label] = _Loudness({seen: n for n, (_, seen, _) in enumerate(reasons)}, [one for _, _, one in reasons])
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
    tagger.set(observed)
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


def _reasons(seen: Sequence[str], loudness: _Loudness) -> tuple[Reason, ...]:
    """Return the observations that spoke loudest for or against the label."""
    place = loudness.place
    loudest = sorted([place[one] for one in seen if one in place])[:_TOLD]
    return tuple([loudness.told[at] for at in loudest])

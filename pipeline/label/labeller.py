"""The labeller: the best sequence of roles for the lines of wrapped text, with a calibrated probability for each.

A linear chain (conditional random field: Lafferty, McCallum, Pereira 2001) weighs what :mod:`pipeline.label.observe`
sees on each line for each role, and how well roles follow one another. The weights are learnt from annotated texts
(:mod:`pipeline.label.train`), and ``python -m pipeline.label.train --print`` writes them out.
"""

from __future__ import annotations

import errno
import lzma
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import repeat
from pathlib import Path
from typing import TypeVar

import pycrfsuite

from pipeline.model import Reason, Role

MODEL = Path(__file__).parent / "roles.crf.xz"
GOES_ON = "+"
"""Before a role: the line goes on with the one above."""

_Seen = TypeVar("_Seen")
_TOLD = 6  # reasons kept of a line: those that weigh most
_AT_ONCE = 2_000  # lines that are weighed together, so that memory does not grow with the text
_BESIDE = 250  # lines above and below them, weighed once more: beyond so many none sways another
_SILENT = 1 << 30  # the place of what weighs nothing for a label: behind all others
_PLAIN = 0.995  # probability above which nobody asks for a rival


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
    """The observations that weigh something for a label, the loudest first: their places, names and weights."""

    role: Role
    goes_on: bool
    place: Mapping[str, int]
    weights: Sequence[tuple[str, float]]


@cache
def _loudness(model: Path) -> Mapping[str, _Loudness]:
    """Return the loudness of the observations for each label: places sort faster than weights, line after line."""
    try:
        told = _tagger(model).info()  # it is written to a temporary file, and read from there
    except RuntimeError as fault:
        raise OSError(errno.EFBIG, "the weights of the labeller cannot be unpacked") from fault
    heard: dict[str, list[tuple[str, float]]] = {label: [] for label in told.labels}
    for (seen, label), weight in told.state_features.items():
        if weight:
            heard[label].append((seen, weight))
    out: dict[str, _Loudness] = {}
    for label, ones in heard.items():
        ones.sort(key=lambda one: (-abs(one[1]), one[0]))
        role = Role(label.removeprefix(GOES_ON))
        out[label] = _Loudness(role, label != role, {seen: n for n, (seen, _) in enumerate(ones)}, ones)
    return out


def tell(observed: Sequence[_Seen], words: Callable[[_Seen], Sequence[str]], model: Path = MODEL) -> list[Told]:
    """Find the best sequence of roles for lines that follow one another.

    Args:
        observed: what was seen on each line, in whatever form takes little room.
        words: puts it into words.
        model: the weights.

    """
    out: list[Told] = []
    start = 0
    while start < len(observed):
        end = start + _AT_ONCE if len(observed) - start > _AT_ONCE + _BESIDE else len(observed)
        first = max(0, start - _BESIDE)
        out += _tell_some([*map(words, observed[first : end + _BESIDE])], range(start - first, end - first), model)
        start = end
    return out


def _tell_some(observed: Sequence[Sequence[str]], wanted: range, model: Path) -> Iterator[Told]:
    """Yield what the best sequence of roles says of the ``wanted`` lines, in their place among the others."""
    tagger = _tagger(model)
    tagger.set(observed)
    loudness = _loudness(model)
    role_of = {label: loudness[label].role for label in tagger.labels()}
    labels = tagger.tag()
    for at in wanted:
        heard = loudness[labels[at]]
        score, rival, rival_score = tagger.marginal(labels[at], at), None, 0.0
        if score <= _PLAIN:
            chances: dict[Role, float] = defaultdict(float)
            for one, role in role_of.items():
                chances[role] += tagger.marginal(one, at)
            score = chances.pop(heard.role)
            rival = max(chances, key=lambda one: chances[one], default=None)
            rival_score = chances[rival] if rival else 0.0
        place = heard.place
        loudest = sorted(map(place.get, observed[at], repeat(_SILENT)))[:_TOLD]
        reasons = _reasons(model, labels[at], tuple(loudest))
        yield Told(heard.role, heard.goes_on, round(min(1.0, score), 3), rival, round(rival_score, 3), reasons)
    tagger.set(())  # the library keeps some five thousand bytes a line


@lru_cache(maxsize=20_000)  # in many texts the same reasons come back on thousands of lines
def _reasons(model: Path, label: str, loudest: Sequence[int]) -> tuple[Reason, ...]:
    """Return the observations that spoke loudest for or against the label, by their places in its loudness."""
    heard = _loudness(model)[label]
    return tuple([_reason(heard.role, *heard.weights[at]) for at in loudest if at != _SILENT])


@cache
def _reason(role: Role, seen: str, weight: float) -> Reason:
    return Reason(seen, role, round(weight, 2))

"""The sequence models, as they lie in the package: unpacked once, and asked for the labels of a line of words."""

from __future__ import annotations

import lzma
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.cite.features import features


def tag(tokens: Sequence[str], model: Path, whole: bool = True) -> list[str]:
    """Return the best sequence of labels for the words of a reference, or of a footnote (not ``whole``)."""
    return list(_tagger(model).tag(features(tokens, whole))) if tokens else []


@dataclass(frozen=True, slots=True)
class Tagged:
    """The best labels for the words of a reference; how probable they are is asked of the model that gave them last."""

    labels: list[str]
    model: Path

    def probability(self) -> float:
        """Return the probability of the whole sequence; to be asked before the next one is tagged."""
        return float(_tagger(self.model).probability(self.labels)) if self.labels else 0.0


def tagged(tokens: Sequence[str], model: Path) -> Tagged:
    """Return the best sequence of labels for the words of a reference, and a way to ask how sure it is."""
    return Tagged(tag(tokens, model), model)


@cache
def _unpacked(model: Path) -> bytes:
    return lzma.decompress(model.read_bytes())


@cache
def _tagger(model: Path) -> Any:
    import pycrfsuite  # not before it is needed: most commands of Octavo start without it

    tagger = pycrfsuite.Tagger()
    tagger.open_inmemory(_unpacked(model))  # not copied: the cache keeps it while the tagger needs it
    return tagger

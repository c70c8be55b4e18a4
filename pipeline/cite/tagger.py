"""The sequence models, as they lie in the package: unpacked once, and asked for the labels of a line of words."""

from __future__ import annotations

import lzma
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.cite.features import features


def tag(tokens: Sequence[str], model: Path, whole: bool = True) -> list[str]:
    """Return the best sequence of labels for the words of a reference, or of a footnote (not ``whole``)."""
    return list(_tagger(model).tag(features(tokens, whole))) if tokens else []


def tag_surely(tokens: Sequence[str], model: Path) -> tuple[list[str], float]:
    """Return the best sequence of labels for the words of a reference, and its probability."""
    if not tokens:
        return [], 0.0
    tagger = _tagger(model)
    tagger.set(features(tokens))
    labels = list(tagger.tag())
    return labels, float(tagger.probability(labels))


@cache
def _unpacked(model: Path) -> bytes:
    return lzma.decompress(model.read_bytes())


@cache
def _tagger(model: Path) -> Any:
    import pycrfsuite  # not before it is needed: most commands of Octavo start without it

    tagger = pycrfsuite.Tagger()
    tagger.open_inmemory(_unpacked(model))  # not copied: the cache keeps it while the tagger needs it
    return tagger

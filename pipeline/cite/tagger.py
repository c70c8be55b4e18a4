"""The sequence models, as they lie in the package: unpacked once, and asked for the labels of a line of words."""

from __future__ import annotations

import lzma
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from struct import iter_unpack, unpack_from
from typing import Any

from pipeline.cite.features import View


def tag(tokens: Sequence[str], model: Path, whole: bool = True) -> list[str]:
    """Return the best sequence of labels for the words of a reference, or of a footnote (not ``whole``)."""
    return list(_tagger(model).tag(_view(model).rows(tokens, whole))) if tokens else []


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
def unpacked(model: Path) -> bytes:
    """Return a model as CRFsuite writes it."""
    return lzma.decompress(model.read_bytes())


@cache
def _view(model: Path) -> View:
    return View(known(unpacked(model)))


def known(packed: bytes) -> frozenset[str]:
    """Return what a model has weights for, from its bytes: the names in its table of attributes.

    The tables of a model of CRFsuite are constant databases (CQDB): behind 24 bytes of head, of which the last 8 are
    the number of names and where the list of their places stands, a record each of number, length, name and a zero.
    """
    (table,) = unpack_from("<I", packed, _ATTRIBUTES)
    number, places = unpack_from("<2I", packed, table + 16)
    out: list[str] = []
    for (place,) in iter_unpack("<I", packed[table + places : table + places + 4 * number]):
        (length,) = unpack_from("<I", packed, table + place + 4)
        out.append(packed[table + place + 8 : table + place + 7 + length].decode())
    return frozenset(out)


_ATTRIBUTES = 36  # where the head of a model says at which byte the table of its attributes begins


@cache
def _tagger(model: Path) -> Any:
    import pycrfsuite  # not before it is needed: most commands of Octavo start without it

    tagger = pycrfsuite.Tagger()
    tagger.open_inmemory(unpacked(model))  # not copied: the cache keeps it while the tagger needs it
    return tagger

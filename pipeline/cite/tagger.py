"""The sequence models, as they lie in the package: unpacked once, and asked for the labels of a line of words."""

from __future__ import annotations

import lzma
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pycrfsuite import ItemSequence

from pipeline.cite.features import View
from pipeline.cite.field import Field


def tag(tokens: Sequence[str], model: Path, whole: bool = True) -> list[str]:
    """Return the best sequence of labels for the words of a reference, or of a footnote (not ``whole``)."""
    return tagged(tokens, model, whole).labels


@dataclass(frozen=True, slots=True)
class Tagged:
    """The best labels for the words of a reference or footnote, and the line as the field takes it."""

    labels: list[str]
    line: ItemSequence
    field: Field

    def probability(self) -> float:
        """Return the probability of the whole sequence."""
        return self.field.probability(self.line, self.labels)


def tagged(tokens: Sequence[str], model: Path, whole: bool = True) -> Tagged:
    """Return the best sequence of labels for the words of a reference, and a way to ask how sure it is."""
    field, view = _opened(model)
    line = field.handed(view.rows(tokens, whole))
    return Tagged(field.best(line), line, field)


@cache
def _opened(model: Path) -> tuple[Field, View[bytes]]:
    field = Field(lzma.decompress(model.read_bytes()))
    return field, View(field.short)

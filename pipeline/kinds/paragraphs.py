"""Paragraphs as blank lines part them: what a kind of text is recognised by, before anything is known of it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from pipeline.model import Line

__all__ = ["paragraphs"]


def paragraphs(lines: Sequence[Line]) -> list[tuple[Line, ...]]:
    """Return the runs of non-blank lines, in order."""
    return [tuple(run) for blank, run in groupby(lines, key=lambda line: line.blank) if not blank]

"""The words that citations are read by (``words.toml``), as sets."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path


@cache
def words(kind: str) -> frozenset[str]:
    """Return the words of one kind: given, bodies, particles, connectives, small or firms."""
    table = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
    return frozenset(table[kind].split())

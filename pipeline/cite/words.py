"""The words that citations are read by: ``words.toml``, as sets, and ``special.toml``, as patterns."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path


@cache
def words(kind: str) -> frozenset[str]:
    """Return the words of one kind: given, bodies, particles, connectives, small or firms."""
    return frozenset(_table("words")[kind].split())


@cache
def any_of(kind: str) -> str:
    """Return a pattern, in brackets, that each alternative of one kind of ``special.toml`` matches."""
    lines = _table("special")[kind].strip().splitlines()
    return f"(?:{'|'.join(lines)})".replace(" ", r"\s").replace(r"[\s-]", "[ -]")


@cache
def _table(name: str) -> dict[str, str]:
    return tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text(encoding="utf-8"))

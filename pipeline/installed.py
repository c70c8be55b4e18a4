"""How this Octavo was installed, and so how its extras are."""

from __future__ import annotations

import re
import shlex
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

_ROOT = Path(__file__).parent.parent
_EXTRA = re.compile(r"""^(?P<package>[^;]*?)\s*;.*\bextra\s*==\s*['"](?P<extra>[\w-]+)['"]""")
_MAKE = {"review": "make review", "watch": "make watch", "check": "make check"}
"""Extras that a target of the Makefile brings by itself."""


def is_clone() -> bool:
    """Tell whether Octavo runs from a clone of its repository."""
    return (_ROOT / "Makefile").is_file() and (_ROOT / "pyproject.toml").is_file()


def how() -> str:
    """Return in a few words how Octavo was installed."""
    if is_clone():
        return f"from a clone, {_ROOT}"
    return f"by pipx, {sys.prefix}" if _by_pipx() else f"by pip, {sys.prefix}"


def packages(extra: str) -> list[str]:
    """Return what an extra of Octavo's consists of, as ``pip`` takes it."""
    try:
        found = (_EXTRA.match(row) for row in requires("octavo") or ())
        named = [row["package"] for row in found if row and row["extra"] == extra]
    except PackageNotFoundError:
        named = []
    if not named and is_clone():
        project = tomllib.loads((_ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        named = project["optional-dependencies"][extra]
    return named


def names(extra: str) -> list[str]:
    """Return the names of the packages of an extra."""
    return [re.split(r"[<>=~! ]", one)[0] for one in packages(extra)]


def install(extra: str) -> str:
    """Return the command that brings an extra to this very Octavo.

    It names the packages: what the registry has under Octavo's name need not be Octavo.
    """
    wanted = shlex.join(names(extra))
    if _by_pipx():
        return f"pipx inject octavo {wanted}"
    by_hand = f"{shlex.quote(sys.executable)} -m pip install {wanted}"
    return f"{by_hand} (in a clone, {_MAKE[extra]} does so)" if is_clone() and extra in _MAKE else by_hand


def _by_pipx() -> bool:
    """Tell whether ``pipx install`` has installed Octavo; what ``pipx run`` makes is an environment like any other."""
    prefix = Path(sys.prefix)
    return (prefix / "pipx_metadata.json").is_file() and prefix.parent.name == "venvs"

"""Running Pandoc: the one place that starts it."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from pipeline.errors import Exit, OctavoError
from pipeline.packing import packed, unpacked


@cache
def program() -> str:
    """Return the path of the Pandoc that ``pypandoc_binary`` brings.

    Raises:
        OctavoError: MISSING_PROGRAM.

    """
    package = find_spec("pypandoc")
    if package is not None and package.origin is not None:
        name = "pandoc.exe" if os.name == "nt" else "pandoc"
        path = Path(package.origin).parent / "files" / name  # asking pypandoc starts every Pandoc that it finds
        if path.is_file():
            return str(path)
    try:
        import pypandoc

        return str(pypandoc.get_pandoc_path())
    except (ImportError, OSError) as error:
        raise OctavoError(
            Exit.MISSING_PROGRAM, "Pandoc is not there.", "Install it with: pip install pypandoc_binary"
        ) from error


@cache
def version() -> str:
    """Return Pandoc's version."""
    return run(["--version"], "").split("\n", 1)[0].split()[-1]


def run(arguments: Sequence[str], text: str, folder: Path | None = None) -> str:
    """Give ``text`` to ``pandoc ARGUMENTS`` in ``folder`` and return what it prints.

    Raises:
        OctavoError: TOOL_FAILED, with what Pandoc said.

    """
    done = subprocess.run(
        [program(), *arguments],
        input=text.encode(),
        capture_output=True,
        check=False,
        cwd=folder,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )
    if done.returncode != 0:
        said = done.stderr.decode(errors="replace").strip().replace("\n", " ")
        raise OctavoError(Exit.TOOL_FAILED, f"Pandoc failed: {said}.", "If book.md was edited, look there first.")
    return done.stdout.decode()


@lru_cache(maxsize=1)
def to_json(text: str) -> str:
    """Read Pandoc Markdown into Pandoc's AST, as JSON; the last text is remembered, for several ask about it.

    A run of plain words is one ``Str``, spaces and all (:mod:`pipeline.packing`).
    """
    short, aside = packed(text)
    return unpacked(run(["-f", "markdown", "-t", "json"], short), aside)


def to_ast(text: str) -> dict[str, Any]:
    """Read Pandoc Markdown into Pandoc's AST (its JSON form)."""
    ast: dict[str, Any] = json.loads(to_json(text))
    return ast


def from_ast(ast: dict[str, Any] | str, to: str, *, arguments: Sequence[str] = ()) -> str:
    """Write Pandoc's AST (its JSON form, or what it is made of) in the format ``to``."""
    return run(["-f", "json", "-t", to, *arguments], ast if isinstance(ast, str) else json.dumps(ast))

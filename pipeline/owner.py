"""Whose book a folder holds: two texts never share a folder unasked, and no text is overwritten by its own book.

The folder's own record (``source.json`` hidden behind a dot) says from which text its book was made, by the way that
leads there from the folder, so that a project can be moved as a whole; and how ``book.md`` was when it was made, so
that a person's work on it is seen whatever the clock says.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import Exit, OctavoError
from pipeline.files import resolved, write_whole

RECORD = ".source.json"
"""Lies in the folder of a book."""

MANUSCRIPT = "book.md"

MADE = frozenset(
    {
        *(MANUSCRIPT, "references.json", "decisions.jsonl", "citations.jsonl", "report.json", "report.html"),
        *("book.pdf", "cover.pdf", "preview.pdf", "pages.png", "pages.json", "book.epub", "book.azw3", RECORD),
    }
)
"""All names that a build may write to."""


@dataclass(frozen=True, slots=True)
class Owner:
    """``source``: the way from the folder to the text; ``text``: its SHA-256; ``book``: that of ``book.md`` as made."""

    source: str
    text: str = ""
    book: str = ""


_MADE_OF_IT = ("book.md", "book.pdf", "book.epub", "report.html", "report.json")


def refuse_clash(folder: Path, source: Path, inputs: Iterable[Path] = ()) -> None:
    """Refuse to build ``source`` into ``folder`` if that is another text's, or one of ``inputs`` would be overwritten.

    A ``book.md`` is built where it lies, whoever made it.

    Raises:
        OctavoError: TAKEN.

    """
    for path in (source, *inputs):
        if path.name in MADE and _same(path.parent, folder) and not (path is source and is_own(source, folder)):
            raise OctavoError(
                Exit.TAKEN,
                f"{path} lies where its book goes, and would be overwritten.",
                "Rename it, or choose another place with --out or --slug.",
            )
    known = owner(folder)
    if known is None and source.name not in MADE and _same(source.parent, folder):
        made = next((name for name in _MADE_OF_IT if (folder / name).exists()), "")
        if made:
            raise OctavoError(
                Exit.TAKEN,
                f"{folder / made} is there, was not made of {source.name}, and would be overwritten.",
                f"Rename it, or put {source.name} into a folder of its own.",
            )
    if known is None or is_own(source, folder):
        return
    other = folder / known.source
    if known.source == _way(folder, source) or _same(other, source):
        return
    if not other.exists() and known.text and known.text == _digest(source):
        return  # it was moved
    raise OctavoError(
        Exit.TAKEN,
        f"{folder} holds the book of {os.path.normpath(other)}, and that of {source} would overwrite it.",
        "Give this one a folder of its own with --slug or --out, or delete that one.",
    )


def owner(folder: Path) -> Owner | None:
    """Return the owner of ``folder``; None if nobody has signed it."""
    try:
        found: Any = json.loads((folder / RECORD).read_bytes())
        return Owner(**{key: str(found[key]) for key in ("source", "text", "book")})
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def sign(bench: Path, folder: Path, source: Path, book: str) -> None:
    """Put the record on the bench: what lies in ``folder`` is made of ``source``, and ``book`` is its ``book.md``."""
    signed = Owner(_way(folder, source), _digest(source), hashlib.sha256(book.encode()).hexdigest())
    write_whole(bench / RECORD, json.dumps(asdict(signed), indent=1) + "\n")


def is_edited(folder: Path) -> bool:
    """Tell whether ``folder`` has a ``book.md`` that is not as Octavo made it."""
    known, book = owner(folder), folder / MANUSCRIPT
    return book.is_file() and (known is None or known.book != _digest(book))


def is_own(source: Path, folder: Path) -> bool:
    """Tell whether ``source`` is the manuscript of ``folder``, or one of its versions (``book.edited.md``)."""
    return source.name.startswith("book.") and source.suffix == ".md" and _same(source.parent, folder)


def _way(folder: Path, source: Path) -> str:
    try:
        return Path(os.path.relpath(resolved(source), resolved(folder))).as_posix()
    except (OSError, ValueError):  # on another drive
        return source.absolute().as_posix()


def _same(one: Path, other: Path) -> bool:
    try:
        return resolved(one) == resolved(other) or one.samefile(other)
    except (OSError, ValueError):
        return False


def _digest(path: Path) -> str:
    """Return the SHA-256 of a file; nothing of a pipe, which can be read only once."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
    except OSError:
        return ""

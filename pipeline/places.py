"""Places: which file is a manuscript of Octavo's, and in which folder a book is made."""

from __future__ import annotations

import contextlib
import os
import re
from pathlib import Path

from pipeline.settings import Settings, slug

_OF_NOTES = frozenset(
    [
        "aliases",
        "alias",
        "tags",
        "tag",
        "categories",
        "category",
        "layout",
        "slug",
        "permalink",
        "draft",
        "created",
        "updated",
        "modified",
        "source",
        "url",
        "cssclass",
        "cssclasses",
        "zettel",
        "status",
        "related",
        "highlights",
    ]
)
"""What programs for notes and for sites name of a text, and no book does."""


def is_manuscript(path: Path) -> bool:
    """Tell whether a file is a manuscript of Octavo's, perhaps edited, and not notes in Markdown.

    It is named ``book.md``, its metadata have title and language and nothing that notes have, such as tags, or its
    bibliography lies beside it.
    """
    if path.suffix != ".md":
        return False
    if path.name == "book.md" or path.with_name("references.json").is_file() or not path.is_file():
        return True
    try:
        with path.open(encoding="utf-8-sig", errors="replace") as file:
            head = file.read(4000)
    except OSError:
        return True  # the error on the source itself will say so
    block = re.match(r"---\s*\n(.*?)\n(?:---|\.\.\.)\s*\n", head, re.DOTALL)
    keys = set(re.findall(r"^([A-Za-z][\w -]*):", block[1], re.MULTILINE)) if block else set()
    return {"title", "lang"} <= keys and not keys & _OF_NOTES


def named(path: Path) -> str:
    """Return the name of a file as it can be printed: bytes that are no letters become the sign for such."""
    return os.fsencode(path.name).decode("utf-8", "replace")


def beside(source: Path, *endings: str, name: str = "") -> Path | None:
    """Return the first file beside ``source`` that has its name with one of ``endings``, or is called ``name``."""
    wanted = [source.with_name(f"{source.stem}{ending}") for ending in endings if source.name]
    wanted += [source.with_name(name)] if source.name and name else []
    for path in wanted:
        with contextlib.suppress(OSError):  # a name that is too long, or a folder that is closed to us
            if path.is_file() or (path.is_symlink() and not path.exists()):  # who reads it is told where it leads
                return path
    return None


def folder_of(source: Path, settings: Settings, out: Path) -> Path:
    """Return the folder of the book that is made of ``source``: its own for a manuscript, else one in ``out``."""
    return source.parent if is_manuscript(source) else out / (settings.slug or slug(Path(named(source)).stem))

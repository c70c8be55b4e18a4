"""Places: which file is a manuscript of Octavo's, and in which folder a book is made."""

from __future__ import annotations

import re
from pathlib import Path

from pipeline.settings import Settings, slug


def is_manuscript(path: Path) -> bool:
    """Tell whether a file is a manuscript of Octavo's, perhaps edited, and not notes in Markdown.

    It is named ``book.md``, its metadata have title and language, or its bibliography lies beside it.
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
    return bool(block and all(re.search(rf"^{key}:", block[1], re.MULTILINE) for key in ("title", "lang")))


def folder_of(source: Path, settings: Settings, out: Path) -> Path:
    """Return the folder of the book that is made of ``source``: its own for a manuscript, else one in ``out``."""
    return source.parent if is_manuscript(source) else out / (settings.slug or slug(source.stem))

"""``book.md`` at once, where the program lets Pandoc begin and goes on with other things."""

from __future__ import annotations

from pipeline.model import Book
from pipeline.report import Report
from pipeline.settings import Settings
from pipeline.write import Blocks, begin


def write_markdown(
    book: Book, settings: Settings, *, lang: str, report: Report | None = None, blocks: Blocks | None = None
) -> str:
    """Return ``book.md``: a block of metadata, the text, its notes, the place of the bibliography."""
    return begin(book, settings, lang=lang, report=report, blocks=blocks)()

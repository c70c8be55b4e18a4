"""The order of the print step: manuscript, text, indexes, front matter, binding."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from lxml.html import HtmlElement

from pipeline import pandoc
from pipeline.edition import UNDATED
from pipeline.machine import weasyprint
from pipeline.pace import Pace
from pipeline.print.layout import findings_of_engine
from pipeline.print.manuscript import Manuscript, read_manuscript
from pipeline.print.parts import Press
from pipeline.print.prelims import Prelims
from pipeline.print.printed import PrintedBook
from pipeline.print.sheet import sheet_named
from pipeline.report import Report
from pipeline.settings import Settings

FORMS = {".json": "csljson", ".bibtex": "bibtex", ".ris": "ris", ".xml": "endnotexml", ".yaml": "markdown"}
"""How Pandoc calls the forms of a bibliography; without a known ending it takes BibLaTeX."""


def print_book(
    markdown: str, folder: Path, settings: Settings, report: Report, progress: Callable[[str], None]
) -> PrintedBook:
    """Set ``markdown`` (a ``book.md``) as a printed book.

    ``folder`` is where ``references.json`` lies; ``settings`` choose ``style``, ``trim`` and ``bleed``, and ``source``
    is what the imprint names if ``markdown`` names none. The same input gives the same bytes.

    Raises:
        OctavoError: MISSING_PROGRAM (Pandoc, Pango, WeasyPrint), TOOL_FAILED (Pandoc), SETTINGS (unknown
            style or trim size).

    """
    sheet = sheet_named(settings.style, settings.trim)
    weasyprint()
    progress("Setting citations and notes")
    with report.timed("print: citations"):
        manuscript = read_manuscript(markdown, folder, report, settings, sheet.set_off, sheet.area)
    with findings_of_engine(report), fixed_clock(), ExitStack() as closing:
        progress("Measuring paragraphs")
        with report.timed("print: paragraphs"):
            book = Press(manuscript, sheet, settings, report, closing)
        with report.timed("print: pages"):
            book.begin()
            pace = Pace(sum(length(of) for _, of in book.parts))
            for number, (opening, of) in enumerate(book.parts, 1):
                progress(f"Laying out part {number} of {len(book.parts)}{pace.words()}")
                book.add_divisions(of, opening)
                pace.did(length(of))
            progress("Laying out bibliography, indexes and front matter")
            works = _works(manuscript)
            prelims = Prelims(book, works)
            book.add_back_matter(works)
            before = prelims.whole()
        progress("Writing the PDF")
        with report.timed("print: binding"):
            book.press.keep()
            return book.bound(prelims, before, {"book.md": markdown.encode(), **_attached(manuscript)})


def length(divisions: Iterable[HtmlElement]) -> int:
    """Count the letters of ``divisions``."""
    return sum(len(division.text_content()) for division in divisions)


def _attached(manuscript: Manuscript) -> dict[str, bytes]:
    return {Path(name).name: data for name, data in manuscript.bibliographies.items()}


def _works(manuscript: Manuscript) -> list[Mapping[str, Any]]:
    """Return the works of the bibliographies as CSL-JSON."""
    works: list[Mapping[str, Any]] = []
    for name, data in manuscript.bibliographies.items():
        form = FORMS.get(Path(name).suffix.lower(), "biblatex")
        works += pandoc.parsed(pandoc.run([f"--from={form}", "--to=csljson"], data.decode()))
    return works


@contextmanager
def fixed_clock() -> Iterator[None]:
    """Let tools that stamp the time stamp a fixed one, so that the same book gives the same bytes."""
    key = "SOURCE_DATE_EPOCH"
    before = os.environ.get(key)
    os.environ.setdefault(key, str(int(UNDATED.timestamp())))
    try:
        yield
    finally:
        if before is None:
            os.environ.pop(key, None)

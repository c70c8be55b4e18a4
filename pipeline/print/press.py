"""The order of the print step: manuscript, text, contents, binding."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import lxml.html
import pikepdf

from pipeline import styles
from pipeline.print import fonts, front
from pipeline.print.layout import Typesetter, findings_of_engine
from pipeline.print.manuscript import Manuscript, divisions, read_manuscript, title_of
from pipeline.print.printed import PrintedBook
from pipeline.print.sheet import page_rules, trim_named
from pipeline.report import Report
from pipeline.settings import Settings

if TYPE_CHECKING:
    from weasyprint import Document

WORDS_A_PAGE = 330  # a guess, good enough to choose the gutter before the pages are known


def print_book(
    markdown: str, folder: Path, settings: Settings, report: Report, progress: Callable[[str], None]
) -> PrintedBook:
    """Set ``markdown`` (a ``book.md``) as a printed book.

    ``folder`` is where ``references.json`` lies; ``settings`` choose style and trim size.

    Raises:
        OctavoError: MISSING_PROGRAM (Pandoc, Pango, WeasyPrint), TOOL_FAILED (Pandoc), SETTINGS (unknown
            style or trim size).

    """
    progress("Setting citations and notes")
    manuscript = read_manuscript(markdown, folder)
    sheet = trim_named(settings.trim or "A5")
    language = str(manuscript.meta.get("lang") or "en")
    words = len(manuscript.body.text_content().split())
    sheets = [
        fonts.face_rules(),
        (styles.folder() / "print" / "book.css").read_text(encoding="utf-8"),
        (styles.folder() / "print" / "classic.css").read_text(encoding="utf-8"),
        page_rules(sheet, words // WORDS_A_PAGE, str(manuscript.meta.get("title", ""))),
    ]
    with findings_of_engine(report), _fixed_clock():
        press = Typesetter(sheets, language)
        progress("Laying out the text")
        text = press.set(_markup(manuscript))
        pages = _pages_of_ids(text)
        leaves = [press.set(front.title_page(manuscript.meta)), press.set("")]
        progress("Laying out the contents")
        leaves.append(press.set(front.contents(_entries(manuscript, pages), "Contents")))
        prelims = [page for leaf in leaves for page in leaf.pages]
        if len(prelims) % 2:
            prelims += press.set("").pages
        progress("Writing the PDF")
        bound = text.copy([*prelims, *text.pages])
        bound.metadata.title = str(manuscript.meta.get("title", ""))
        bound.metadata.authors = front.authors(manuscript.meta)
        pdf = bound.write_pdf(pdf_variant="pdf/ua-1")
    return PrintedBook(_with_labels(pdf, len(prelims)), len(bound.pages))


def _markup(manuscript: Manuscript) -> str:
    parts = [manuscript.body, *([manuscript.bibliography] if manuscript.bibliography is not None else [])]
    return "".join(lxml.html.tostring(part, encoding="unicode") for part in parts)


def _pages_of_ids(document: Document) -> dict[str, int]:
    """Return the number of the page, from 1, on which each id stands."""
    found: dict[str, int] = {}
    for number, page in enumerate(document.pages, 1):
        for anchor in page.anchors:
            found.setdefault(anchor, number)
    return found


def _entries(manuscript: Manuscript, pages: dict[str, int]) -> list[front.Entry]:
    """Return the lines of the contents: divisions, their sections, the bibliography."""
    parts = []
    for part in divisions(manuscript.body):
        parts += [(1, part), *((2, inner) for inner in part.iterchildren("section"))]
    if manuscript.bibliography is not None:
        parts.append((1, manuscript.bibliography))
    return [
        front.Entry(level, title_of(part), name, str(pages.get(name, "")))
        for level, part in parts
        if (name := part.get("id", ""))
    ]


def _with_labels(pdf: bytes, prelims: int) -> bytes:
    """Label the pages as they are printed: roman for the front matter, arabic for the text."""
    with pikepdf.open(io.BytesIO(pdf)) as book:
        book.Root.PageLabels = pikepdf.Dictionary(
            Nums=pikepdf.Array(
                [0, pikepdf.Dictionary(S=pikepdf.Name.r), prelims, pikepdf.Dictionary(S=pikepdf.Name.D)]
            )
        )
        out = io.BytesIO()
        book.save(out, deterministic_id=True)
    return out.getvalue()


@contextmanager
def _fixed_clock() -> Iterator[None]:
    """Let tools that stamp the time stamp a fixed one, so that the same book gives the same bytes."""
    key, before = "SOURCE_DATE_EPOCH", os.environ.get("SOURCE_DATE_EPOCH")
    os.environ.setdefault(key, "0")
    try:
        yield
    finally:
        if before is None:
            os.environ.pop(key, None)

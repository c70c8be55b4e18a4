"""Binding: the pages of all parts become one PDF, with labels, metadata and the sources of the book inside."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pikepdf

from pipeline.print import front

if TYPE_CHECKING:
    from weasyprint import Document
    from weasyprint.document import Page

    from pipeline.print.layout import Typesetter


def bind(
    press: Typesetter,
    prelims: Sequence[Page],
    pages: Sequence[Page],
    title: str,
    meta: Mapping[str, Any],
    markdown: str,
    folder: Path,
) -> tuple[bytes, Document]:
    """Write ``prelims`` and ``pages`` as one PDF; return it, and the document as WeasyPrint wrote it."""
    bound = press.document([*prelims, *pages])
    bound.metadata.title = title
    bound.metadata.authors = front.authors(meta)
    pdf = bound.write_pdf(pdf_variant="pdf/ua-1")
    return _with_labels(pdf, len(prelims)), bound


def _with_labels(pdf: bytes, prelims: int) -> bytes:
    """Label the pages as they are printed: roman for the front matter, arabic for the text."""
    with pikepdf.open(io.BytesIO(pdf)) as book:
        book.Root.PageLabels = pikepdf.Dictionary(
            Nums=[0, pikepdf.Dictionary(S=pikepdf.Name.r), prelims, pikepdf.Dictionary(S=pikepdf.Name.D)]
        )
        out = io.BytesIO()
        book.save(out, deterministic_id=True)
    return out.getvalue()

"""The cover that is set from the metadata."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from pipeline.epub import cover, draw_cover
from pipeline.settings import Settings

BOOK = "---\ntitle: The Weir\nauthor: Ada Moorcroft\nlang: en-GB\n---\n\nThe weir was low.\n"


def test_what_it_was_drawn_from_is_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened, plain = list[pypdfium2.PdfDocument](), pypdfium2.PdfDocument

    def opens(data: bytes) -> pypdfium2.PdfDocument:
        opened.append(plain(data))
        return opened[-1]

    monkeypatch.setenv("OCTAVO_CACHE", str(tmp_path))
    monkeypatch.setattr(pypdfium2, "PdfDocument", opens)
    cover._drawn.cache_clear()
    draw_cover(BOOK, Settings())
    assert len(opened) == 1 and not opened[0].raw  # PDFium would complain of it when the command ends
    draw_cover(BOOK, Settings())
    assert len(opened) == 1

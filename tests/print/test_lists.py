"""Lists keep their numbers in print: where they start, whether letters or Roman figures, and their brackets."""

import io
from pathlib import Path

import pypdfium2
import pytest

from pipeline.print.press import print_book
from pipeline.report import Report
from pipeline.settings import Settings

BOOK = """---
title: Stores
lang: en
---

# Stores {#stores}

Text.

4.  oil
5.  wicks

Text.

c)  linen
d)  soap

Text.

(iv) coal
(v) water

::: entries
- eggs
- a hen
:::
"""


@pytest.mark.slow
def test_numbers_are_those_of_the_source(tmp_path: Path) -> None:
    report = Report()
    printed = print_book(BOOK, tmp_path, Settings(), report, lambda _stage: None)
    document = pypdfium2.PdfDocument(io.BytesIO(printed.pdf))
    words = " ".join(page.get_textpage().get_text_range() for page in document).split()
    for number in ("4.", "5.", "c)", "d)", "(iv)", "(v)"):
        assert number in words
    assert "•" not in words, "plain entries have no bullets"

"""Books for the tests of the printed edition, and a way to look into what was made of them."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2

from pipeline.print.press import print_book
from pipeline.print.printed import PrintedBook
from pipeline.report import Report
from pipeline.settings import Settings

BOOKS = Path(__file__).parent / "books"
WORDS = ("lamp", "harbour", "keeper", "ledger", "quay", "winter", "signal", "oil", "wick", "glass", "stair", "tide")


@dataclass(frozen=True)
class Opened:
    """A printed book, opened: what the print step gave back, and the codes of its findings."""

    book: PrintedBook
    codes: list[str]

    @cached_property
    def texts(self) -> list[str]:
        """The text of each page, as pdfium reads it."""
        with pypdfium2.PdfDocument(self.book.pdf) as pdf:
            return [page.get_textpage().get_text_range() for page in pdf]

    @cached_property
    def text(self) -> str:
        return "\n".join(self.texts)

    @cached_property
    def pdf(self) -> pikepdf.Pdf:
        return pikepdf.open(io.BytesIO(self.book.pdf))

    def page_of(self, words: str) -> int:
        """Place (from 0) of the first page that has these words."""
        return next(place for place, text in enumerate(self.texts) if words in " ".join(text.split()))

    def structure(self) -> Iterator[Any]:
        """All structure elements, in reading order."""

        def walk(element: Any) -> Iterator[Any]:
            yield element
            kids = element.get("/K", [])
            for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
                if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                    yield from walk(kid)

        yield from walk(self.pdf.Root.StructTreeRoot.K[0])


def printed(markdown: str, folder: Path = BOOKS / "lamp-register", **choices: Any) -> Opened:
    report = Report()
    book = print_book(markdown, folder, Settings(**choices), report, lambda stage: None)
    return Opened(book, [finding.code for finding in report.findings])


@cache
def lamp_register(style: str = "classic") -> Opened:
    folder = BOOKS / "lamp-register"
    return printed((folder / "book.md").read_text(encoding="utf-8"), folder, style=style)


@cache
def wharf_album() -> Opened:
    folder = BOOKS / "wharf-album"
    return printed((folder / "book.md").read_text(encoding="utf-8"), folder)


def prose(words: int, seed: int = 0) -> str:
    """A paragraph of so many invented words, the same each time."""
    dice = random.Random(seed + words)
    return " ".join(dice.choice(WORDS) for _ in range(words)).capitalize() + "."


@cache
def long_notes(lengths: tuple[int, ...]) -> Opened:
    """A book with one note of each length; each note begins with FIRSTn and ends with LASTn, n its length."""
    parts = ["---\ntitle: Long Notes\nlang: en\n---\n\n# Notes {#notes}\n"]
    for length in lengths:
        parts += [prose(90, 1), f"{prose(120, 2)[:-1]} called.[^n{length}] {prose(30, 3)}"]
        parts.append(f"[^n{length}]: FIRST{length} {prose(length // 2, 4)}\n\n    {prose(length // 2, 5)} LAST{length}")
    parts += [prose(400, 6), "# Next {#next}", "A short end.[^z]", "[^z]: The last note."]
    return printed("\n\n".join(parts))

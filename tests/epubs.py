"""Books for the tests of the e-book, and a way to look into what was made of them."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

from pipeline.epub import make_epub
from pipeline.report import Report
from pipeline.settings import Settings

BOOKS = Path(__file__).parent / "books"
NAMES = {
    "x": "http://www.w3.org/1999/xhtml",
    "epub": "http://www.idpf.org/2007/ops",
    "opf": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
    "ncx": "http://www.daisy.org/z3986/2005/ncx/",
}


@dataclass(frozen=True)
class Opened:
    """An EPUB, opened: its bytes, its files by name (without the folder), and the findings of its making."""

    data: bytes
    files: dict[str, bytes]
    codes: list[str]

    def tree(self, name: str) -> etree._Element:
        return etree.fromstring(self.files[name])

    def find(self, name: str, path: str) -> list[Any]:
        found = self.tree(name).xpath(path, namespaces=NAMES)
        assert isinstance(found, list)
        return found

    @property
    def spine(self) -> list[str]:
        hrefs = {one.get("id"): one.get("href") for one in self.find("content.opf", "//opf:item")}
        return [hrefs[one.get("idref")] for one in self.find("content.opf", "//opf:itemref")]

    def everywhere(self, path: str) -> list[tuple[str, Any]]:
        return [(name, one) for name in self.spine for one in self.find(name, path)]

    def meta(self, name: str) -> list[str]:
        return [str(one) for one in self.find("content.opf", f"//opf:meta[@property='{name}']/text()")]


def opened(data: bytes, report: Report) -> Opened:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name.removeprefix("EPUB/"): archive.read(name) for name in archive.namelist()}
    return Opened(data, files, [finding.code for finding in report.findings])


def build(
    markdown: str,
    folder: Path = BOOKS,
    settings: Settings | None = None,
    pages: Any = None,
    cover: str = str(BOOKS / "cover.png"),
) -> Opened:
    """Make a book; with a ready picture as cover, unless a test is about the cover, because setting one takes time."""
    report, choices = Report(), settings or Settings()
    choices = replace(choices, cover=choices.cover or cover)
    return opened(make_epub(markdown, folder, choices, report, lambda _: None, pages), report)


@cache
def weather_ledger() -> Opened:
    """A small book with every kind of block."""
    folder = BOOKS / "weather-ledger"
    return build((folder / "book.md").read_text(encoding="utf-8"), folder, cover="")


@cache
def long_ledger() -> Opened:
    """A book with one division far too long for one file: 500 extracts, each with a note; its cover is set for it."""
    extracts = "\n\n".join(
        f"::: {{.extract #x{n}}}\nOn day {n} the river stood {n} inches high. {'Nobody minded. ' * 40}[^c{n}]\n:::\n\n"
        f"[^c{n}]: Ledger, leaf {n}."
        for n in range(1, 501)
    )
    head = "---\ntitle: A Long Ledger\nlang: en\n---\n\n# One Long Year {#year}\n\n## First half {#first}\n\n"
    return build(f"{head}{extracts}\n\n## Second half {{#second}}\n\nIt went on. See [day three](#x3).\n", cover="")

"""The bindery: editions from ``book.md``, and each of them proved.

They are made from nothing but ``book.md`` and what lies beside it; only for the proof must it be known what they were
made from.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import files, proof, record
from pipeline.beside import Beside
from pipeline.report import Report
from pipeline.settings import Settings

if TYPE_CHECKING:
    from pipeline.build import Draft
    from pipeline.print.printed import PrintedBook

Progress = Callable[[str], None]

Printed = tuple["PrintedBook", Report]
Bound = tuple[bytes, proof.Streams, proof.Streams, Report]

MANY = 30  # pages: reading so many is worth a second process


def _in_silence(_stage: str) -> None:
    """Show no progress."""


def printed(markdown: str, folder: Path, settings: Settings, progress: Progress = _in_silence) -> Printed:
    """Set the printed book; return it, and what was found."""
    from pipeline.print.press import print_book  # loaded only where it is used: it takes half a second

    report = Report()
    with report.timed("print"):
        return print_book(markdown, folder, settings, report, progress), report


def print_edition(
    made: Draft, bench: Path, printed: Printed, report: Report, progress: Progress, beside: Beside
) -> None:
    """Lay ``book.pdf`` on the ``bench``, prove it, and keep the map of its pages for the e-book."""
    from pipeline.proof.pulls import Pulls, names_of_pages

    book, told = printed
    report.enter(told, len(report.findings))
    strayed, loose = len(book.figures.strayed), book.figures.loose
    report.counts |= {"pages": book.pages, "strayed notes": strayed, "loose lines": loose}
    report.table += book.closing_table()
    files.write_whole(bench / "book.pdf", book.pdf)
    if book.jacket:
        files.write_whole(bench / "cover.pdf", book.jacket)
    files.write_whole(bench / "pages.json", record.page_map(made.markdown, book.starts))
    progress("proving the PDF")
    with report.timed("prove pdf"):
        names, place = names_of_pages(book.pdf), len(report.findings)
        reading: Callable[[], tuple[proof.Streams, bytes]] = partial(_pages, book.pdf, book.own, book.contact, names)
        tagging: Callable[[], Report] = partial(_tags, book.pdf, book.own, book.html)
        many = Pulls(names).unknown() > MANY
        if many:  # the longer of the two is for somebody else
            reading = beside.begin(reading, anew=True)
        else:
            tagging = beside.begin(tagging, twin=len(names) > MANY)
        meant = proof.streams_of_html(book.html)
        tags = tagging() if many else None
        streams, sheet = reading()
        proof.check("pdf", streams, made.source, made.changes, report, meant)
        report.enter(tags or tagging(), place)
    files.write_whole(bench / "pages.png", sheet)


def _tags(pdf: bytes, own: frozenset[int], html: str) -> Report:
    """Hold the tags of a PDF against the book."""
    report = Report()
    proof.check_tags(pdf, own, html, report)
    return report


def _pages(
    pdf: bytes, own: frozenset[int], contact: Sequence[int], names: Sequence[str]
) -> tuple[proof.Streams, bytes]:
    """Read the words on the pages of a PDF, and draw its contact sheet."""
    from pipeline.print.contact import contact_sheet

    return proof.streams_of_pdf(pdf, own, names), contact_sheet(pdf, contact, names)


def bound(
    markdown: str, folder: Path, settings: Settings, maps: Sequence[Path], progress: Progress = _in_silence
) -> Bound:
    """Make the e-book, with the pages of the printed book if that was made from the same text.

    Returns:
        The e-book; the words of the book and of the e-book; what was found.

    """
    from pipeline import manuscript as setting
    from pipeline.epub import draw_cover, make_epub
    from pipeline.epub.manuscript import read_manuscript

    report = Report()
    with report.timed("epub"):
        pages = next(filter(None, (record.pages_of(path, markdown) for path in maps)), None)
        if setting.at_work():
            progress("setting the cover")
            draw_cover(markdown, settings)
        progress("reading book.md with Pandoc")
        manuscript = read_manuscript(markdown, folder, report, settings)
        book = proof.streams_of_html(manuscript.body)  # before it is cut into chapters
        data = make_epub(markdown, folder, settings, report, progress, pages, manuscript)
    with report.timed("prove epub"):
        return data, book, proof.streams_of_epub(data), report


def e_book(made: Draft, bench: Path, bound: Bound, report: Report, progress: Progress) -> None:
    """Lay ``book.epub`` on the ``bench``, and prove it."""
    data, book, streams, told = bound
    report.enter(told, len(report.findings))
    files.write_whole(bench / "book.epub", data)
    progress("proving the e-book")
    with report.timed("prove epub"):
        proof.check("epub", streams, made.source, made.changes, report, book)

"""The order of the print step: manuscript, text, indexes, front matter, binding."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import lxml.html
from lxml.html import HtmlElement

from pipeline import __version__, pandoc, styles
from pipeline.edition import UNDATED
from pipeline.language import words_for
from pipeline.machine import weasyprint
from pipeline.print import front, index
from pipeline.print.balance import balance
from pipeline.print.binding import bind, language_of
from pipeline.print.contact import worth_a_look
from pipeline.print.fonts import FAMILY, faces_for
from pipeline.print.footnotes import notes_with_their_calls
from pipeline.print.justify import even_text
from pipeline.print.layout import Typesetter, findings_of_engine
from pipeline.print.longnotes import cut_long_notes
from pipeline.print.manuscript import Manuscript, divisions, read_manuscript, title_of
from pipeline.print.pagemap import Words, figures, fonts_of, page_starts, pages_of_ids
from pipeline.print.printed import Figures, PageStart, PrintedBook
from pipeline.print.sheet import Sheet, page_rules, part_rules, sheet_named, short_title
from pipeline.report import Report
from pipeline.settings import Settings

if TYPE_CHECKING:
    from weasyprint.document import Page

FORMS = {".json": "csljson", ".bibtex": "bibtex", ".ris": "ris", ".xml": "endnotexml", ".yaml": "markdown"}
"""How Pandoc calls the forms of a bibliography; without a known ending it takes BibLaTeX."""

WORDS_A_PAGE = 330  # a guess, good enough to choose the gutter before the pages are known


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
    manuscript = read_manuscript(markdown, folder, report)
    with findings_of_engine(report), _fixed_clock():
        book = _Book(manuscript, sheet, settings, report)
        for number, division in enumerate(book.divisions, 1):
            progress(f"Laying out division {number} of {len(book.divisions)}")
            book.add_division(division)
        progress("Laying out bibliography, indexes and front matter")
        book.add_back_matter(_works(manuscript, folder))
        prelims = book.front_matter()
        progress("Writing the PDF")
        return book.bound(prelims, {"book.md": markdown.encode(), **_bibliographies(manuscript, folder)})


class _Book:
    """The pages of a book as they come from the press, part by part."""

    def __init__(self, manuscript: Manuscript, sheet: Sheet, settings: Settings, report: Report) -> None:
        self.manuscript, self.sheet, self.report = manuscript, sheet, report
        self.meta, self.source = manuscript.meta, settings.source
        self.title = front.plain(self.meta.get("title", ""))
        body = manuscript.body
        matter = [body.text_content(), json.dumps(self.meta, ensure_ascii=False)]
        if manuscript.bibliography is not None:
            matter.append(manuscript.bibliography.text_content())
        faces = faces_for("".join(matter), report)
        length = len(body.text_content().split()) // WORDS_A_PAGE
        css = [
            faces.rules,
            *(
                (styles.folder() / "print" / f"{name}.css").read_text(encoding="utf-8")
                for name in ("book", sheet.style)
            ),
            page_rules(sheet, length, settings.bleed),
        ]
        language = language_of(self.meta)
        self.added = words_for(language)
        self.press = Typesetter(css, language, faces.families)
        index.mark_citations(body)
        self.flow = Words(divisions(body))
        headings = list(body.iter("h1", "h2", "h3"))
        balance(headings, headings, self.press, sheet.measure)
        if sheet.justified:
            even_text(body, self.press, sheet.measure, sheet.size)
        cut_long_notes(body, self.press, sheet.measure, sheet.note_size)
        self.divisions = divisions(body)
        self.entries: list[front.Entry] = []
        self.pages: list[Page] = []
        self.starts: list[PageStart] = []
        self.figures = Figures()
        self.places: dict[str, int] = {}

    def add_division(self, section: HtmlElement) -> None:
        """Lay out a division; it opens on a recto."""
        first, pages = self._set(section, title_of(section))
        self.starts += page_starts(pages, first, self.flow, section.get("id", ""))

    def add_back_matter(self, works: list[Mapping[str, Any]]) -> None:
        """Lay out the bibliography, the index of works and the index of authors."""
        if self.manuscript.bibliography is not None:
            self._set(self.manuscript.bibliography, title_of(self.manuscript.bibliography))
        found = index.places(self.manuscript.body, self.places)
        for html in (
            index.index_of_works(works, found, self.added),
            index.index_of_authors(works, found, self.added),
        ):
            if html:
                section = lxml.html.fragment_fromstring(html)
                self._set(section, title_of(section))

    def front_matter(self) -> list[Page]:
        """Lay out what stands before the text, its folios in roman numerals."""
        made = (
            f"{self.added.set_in} {FAMILY}. Octavo {__version__}, Pandoc {pandoc.version()}, "
            f"WeasyPrint {weasyprint().__version__}; {self.sheet.style}, {self.sheet.trim}."
        )
        named = front.plain(self.meta.get("source", "")) or self.source
        source = f"{self.added.made_from} {named}" if named else ""
        rules = part_rules(1, blind=True)
        title = lxml.html.fragment_fromstring(front.title_page(self.meta))
        balance(title.iterfind('p[@class="title"]'), [title], self.press, self.sheet.measure)
        leaves = [
            lxml.html.tostring(title, encoding="unicode"),
            front.imprint(self.meta, source, made),
        ]
        if self.sheet.facing:
            leaves = [front.half_title(self.meta), "", *leaves]
        pages = [page for leaf in leaves for page in self.press.set(leaf, rules)]
        if self.entries:
            contents = front.contents(self.entries, self.added.contents)
            rules = part_rules(len(pages) + 1, self.added.contents, self.added.contents, "lower-roman")
            pages += self.press.set(contents, rules)
        return [*pages, *self._blank(len(pages))]

    def bound(self, prelims: list[Page], attachments: Mapping[str, bytes]) -> PrintedBook:
        """Bind all pages and write the PDF."""
        pdf, document = bind(self.press, prelims, self.pages, self.meta, self.added, attachments)
        return PrintedBook(
            pdf,
            len(prelims) + len(self.pages),
            len(prelims),
            self.manuscript.html,
            tuple(self.starts),
            self.figures,
            fonts_of(document),
            worth_a_look(len(prelims), self.pages, self.places),
        )

    def _set(self, section: HtmlElement, title: str) -> tuple[int, list[Page]]:
        """Lay out a part of the body; return its first folio and its pages."""
        self.pages += self._blank(len(self.pages))
        first = len(self.pages) + 1
        verso, recto = short_title(self.title, self.sheet), short_title(title or self.title, self.sheet)
        with notes_with_their_calls(self.sheet.line):
            pages = self.press.set(
                lxml.html.tostring(section, encoding="unicode", with_tail=False), part_rules(first, verso, recto)
            )
        self.places |= pages_of_ids(pages, first)
        self.pages += pages
        counted = figures(pages, self.sheet.line)
        for name in counted.strayed:
            lost = name not in self.places
            self.report.find("note-lost" if lost else "note-strayed", note=name.removeprefix("fn"), title=title)
        if counted.off:
            self.report.find("off-the-page", lines=len(counted.off), title=title, words=counted.off[0])
        self.figures += counted
        for level, part in ((1, section), *((2, inner) for inner in section.iterchildren("section"))):
            if target := part.get("id"):
                folio = str(self.places.get(target, ""))
                self.entries.append(front.Entry(level, title_of(part), target, folio))
        return first, pages

    def _blank(self, pages: int) -> list[Page]:
        """Return the blank verso that must follow ``pages`` pages before the next part opens on a recto."""
        if not self.sheet.facing or pages % 2 == 0:
            return []
        return self.press.set("", part_rules(pages + 1, blind=True))


def _bibliographies(manuscript: Manuscript, folder: Path) -> dict[str, bytes]:
    """Read the bibliographies that ``book.md`` names."""
    named = manuscript.meta.get("bibliography") or []
    names = [front.plain(name) for name in (named if isinstance(named, list) else [named])]
    return {Path(name).name: (folder / name).read_bytes() for name in names}


def _works(manuscript: Manuscript, folder: Path) -> list[Mapping[str, Any]]:
    """Return the works of the bibliographies as CSL-JSON."""
    works: list[Mapping[str, Any]] = []
    for name, data in _bibliographies(manuscript, folder).items():
        form = FORMS.get(Path(name).suffix.lower(), "biblatex")
        works += json.loads(pandoc.run([f"--from={form}", "--to=csljson"], data.decode()))
    return works


@contextmanager
def _fixed_clock() -> Iterator[None]:
    """Let tools that stamp the time stamp a fixed one, so that the same book gives the same bytes."""
    key = "SOURCE_DATE_EPOCH"
    before = os.environ.get(key)
    os.environ.setdefault(key, str(int(UNDATED.timestamp())))
    try:
        yield
    finally:
        if before is None:
            os.environ.pop(key, None)

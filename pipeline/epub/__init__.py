"""The e-book: from ``book.md`` to an EPUB 3.3 that opens on every reader, old and new, seeing and hearing.

In the order of the work: ``manuscript`` (Pandoc's XHTML), ``notes`` and ``chapters`` (the text cut into
files), ``works`` (bibliography and its index), ``navigation``, ``cover`` and ``frontmatter``, ``quirks``
(what single devices need) and ``package``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import takewhile
from pathlib import Path

from pipeline import styles
from pipeline.epub import quirks
from pipeline.epub.access import statements
from pipeline.epub.chapters import Chapter, cut
from pipeline.epub.cover import cover_of
from pipeline.epub.fonts import faces, rules
from pipeline.epub.frontmatter import cover_page, title_page
from pipeline.epub.images import take_images
from pipeline.epub.manuscript import Manuscript, metadata_of, read_manuscript
from pipeline.epub.metadata import Metadata, edition
from pipeline.epub.navigation import Entry, PageLink, contents, landmarks_of, link_across, nav
from pipeline.epub.notes import endnotes, notes_section, take_notes
from pipeline.epub.package import File, package
from pipeline.epub.pages import mark_pages, page_links
from pipeline.epub.semantics import declare_prefix
from pipeline.epub.tables import set_tables
from pipeline.epub.works import index_of_works, list_references
from pipeline.epub.xhtml import Element, classes, page, written
from pipeline.forms.divisions import INSCRIPTION
from pipeline.language import words_for
from pipeline.manuscript import yaml_block
from pipeline.model import PageStart
from pipeline.report import Report
from pipeline.settings import Settings


def make_epub(
    markdown: str,
    folder: Path,
    settings: Settings,
    report: Report,
    progress: Callable[[str], None],
    pages: Sequence[PageStart] | None = None,
    manuscript: Manuscript | None = None,
) -> bytes:
    """Make the e-book.

    Args:
        markdown: The text of ``book.md``.
        folder: Where its ``references.json`` and pictures lie.
        settings: What the user chose; it wins over the YAML block of ``book.md``.
        report: Takes findings.
        progress: Is told each stage in one line.
        pages: The map of pages of the printed edition, for the page list.
        manuscript: What Pandoc makes of ``markdown``, if that is known; it is used up.

    Returns:
        The bytes of the EPUB, the same for the same input, wherever and whenever it is built.

    Raises:
        OctavoError: TOOL_FAILED if Pandoc fails; SETTINGS or NO_ACCESS for a cover that cannot be used.

    """
    if manuscript is None:
        progress("reading book.md with Pandoc")
        manuscript = read_manuscript(markdown, folder, report, settings)
    metadata = edition(manuscript.metadata, settings)
    words = words_for(metadata.lang)

    progress("cutting the text into chapters")
    set_tables(manuscript.body)
    images = take_images(manuscript.body, folder)
    list_references(manuscript.body)
    at_end = settings.notes == "book"
    notes = take_notes(manuscript.body, through=at_end)
    mark_pages(manuscript.body, pages)
    index = index_of_works(notes, manuscript.bibliographies, words, manuscript.marks)
    set_notes = partial(endnotes, words=words, heading="h2") if settings.notes == "chapter" else notes_section
    chapters = cut(manuscript.body, {} if at_end else notes, set_notes=set_notes)
    if at_end and notes:
        gathered = Chapter("notes", words.notes.capitalize(), "notes", (endnotes(notes.values(), words),))
        place = next((at for at, one in enumerate(chapters) if one.kind == "bibliography"), len(chapters))
        chapters.insert(place, gathered)
    if index is not None:
        chapters.append(Chapter("works", words.works, "index", (index,)))
    texts = {f"{chapter.name}.xhtml": chapter.content for chapter in chapters}
    for target in link_across(texts):
        report.find("link-broken", target=target)
    entries = contents(texts) or [Entry(metadata.title, next(iter(texts), "title.xhtml"))]
    page_list = page_links(texts)

    progress("setting the cover")
    cover = cover_of(metadata, settings.cover, report)
    landmarks = landmarks_of(chapters, words)
    documents: dict[str, tuple[str, Sequence[Element]]] = {
        "cover.xhtml": (words.cover, cover_page(cover.name, metadata)),
        "title.xhtml": (metadata.title, title_page(metadata, words)),
    }
    inscribed = sum(1 for _ in takewhile(lambda one: INSCRIPTION in classes(one.content[0]), chapters))
    for chapter in chapters[:inscribed]:
        documents[f"{chapter.name}.xhtml"] = (chapter.title or metadata.title, chapter.content)
    documents["nav.xhtml"] = (words.contents, nav(entries, landmarks, page_list, words))
    for chapter in chapters[inscribed:]:
        documents[f"{chapter.name}.xhtml"] = (chapter.title or metadata.title, chapter.content)

    progress("packing the EPUB")
    sheet = (styles.folder() / "epub" / "book.css").read_text(encoding="utf-8")
    sheet = styles.mirrored(sheet) if metadata.direction == "rtl" else sheet
    embedded = faces() if settings.embed_fonts else {}
    files = [File("style.css", "text/css", (rules() * bool(embedded) + sheet).encode())]
    files += [File(name, "font/otf", data) for name, data in embedded.items()]
    files += [File(cover.name, cover.media_type, cover.content, properties=("cover-image",)), *images]
    for name, (title, content) in documents.items():
        document = page(title, metadata.lang, metadata.direction, "style.css", *content)
        declare_prefix(document)
        quirks.apply(document)
        properties = ("nav",) if name == "nav.xhtml" else ()
        files.append(File(name, "application/xhtml+xml", written(document), spine=True, properties=properties))
    page_source = _page_source(metadata, pages, page_list)
    said = statements(page_source, index is not None)
    return package(metadata, files, entries, landmarks, said, page_source)


def draw_cover(markdown: str, settings: Settings) -> None:
    """Draw the cover of the e-book that will be made, while Pandoc has still to do; :func:`make_epub` will find it."""
    cover_of(edition(metadata_of(yaml_block(markdown)), settings), settings.cover, Report())


def _page_source(metadata: Metadata, pages: Sequence[PageStart] | None, page_list: Sequence[PageLink]) -> str:
    """Return the name of the edition whose pages the page list has; nothing if there is no page list."""
    if not page_list:
        return ""
    return f"{metadata.title} (printed edition, PDF)" if pages else metadata.source or metadata.title

"""The e-book: from ``book.md`` to an EPUB 3.3 that opens on every reader, old and new, seeing and hearing.

In the order of the work: ``manuscript`` (Pandoc's XHTML), ``notes`` and ``chapters`` (the text cut into
files), ``works`` (bibliography and its index), ``navigation``, ``cover`` and ``frontmatter``, ``quirks``
(what single devices need) and ``package``.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pipeline import styles
from pipeline.epub import quirks
from pipeline.epub.access import statements
from pipeline.epub.chapters import cut
from pipeline.epub.cover import cover_of
from pipeline.epub.frontmatter import cover_page, title_page
from pipeline.epub.manuscript import read_manuscript
from pipeline.epub.metadata import edition
from pipeline.epub.navigation import Landmark, contents, link_across, nav
from pipeline.epub.notes import take_notes
from pipeline.epub.package import File, package
from pipeline.epub.words import words_for
from pipeline.epub.works import list_references
from pipeline.epub.xhtml import Element, page, written
from pipeline.report import Report
from pipeline.settings import Settings

XHTML_TYPE = "application/xhtml+xml"


def make_epub(
    markdown: str,
    folder: Path,
    settings: Settings,
    report: Report,
    progress: Callable[[str], None],
    pages: object = None,
) -> bytes:
    """Make the e-book.

    Args:
        markdown: The text of ``book.md``.
        folder: Where its ``references.json`` and pictures lie.
        settings: What the user chose; it wins over the YAML block of ``book.md``.
        report: Takes findings.
        progress: Is told each stage in one line.
        pages: The map of pages of the printed edition, for the page list.

    Returns:
        The bytes of the EPUB, the same for the same input, wherever and whenever it is built.

    Raises:
        OctavoError: TOOL_FAILED if Pandoc fails; SETTINGS or NO_ACCESS for a cover that cannot be used.

    """
    progress("reading book.md with Pandoc")
    manuscript = read_manuscript(markdown, folder)
    metadata = edition(manuscript.metadata, settings)
    words = words_for(metadata.lang)

    progress("cutting the text into chapters")
    notes = take_notes(manuscript.body)
    list_references(manuscript.body)
    chapters = cut(manuscript.body, notes)
    documents: dict[str, tuple[str, list[Element]]] = {}
    for chapter in chapters:
        documents[f"{chapter.name}.xhtml"] = (chapter.title or metadata.title, list(chapter.content))
    texts = {name: content for name, (_, content) in documents.items()}
    for target in link_across(texts):
        report.find("link-broken", target=target)
    entries = contents(texts)

    progress("setting the cover")
    cover = cover_of(metadata, settings.cover)
    first = next(iter(texts))
    landmarks = [
        Landmark("cover", words.cover, "cover.xhtml"),
        Landmark("titlepage", words.title_page, "title.xhtml"),
        Landmark("toc", words.contents, "nav.xhtml"),
        Landmark("bodymatter", words.text, first),
    ]
    landmarks += [Landmark(c.kind, c.title, f"{c.name}.xhtml") for c in chapters if c.kind == "bibliography"][
        :1
    ]
    front = {
        "cover.xhtml": (words.cover, cover_page(cover.name, metadata)),
        "title.xhtml": (metadata.title, title_page(metadata, words)),
        "nav.xhtml": (words.contents, nav(entries, landmarks, (), words)),
    }

    progress("packing the EPUB")
    files = [File("style.css", "text/css", (styles.folder() / "epub" / "book.css").read_bytes())]
    files.append(File(cover.name, cover.media_type, cover.content, properties=("cover-image",)))
    for name, (title, content) in {**front, **documents}.items():
        document = page(title, metadata.lang, metadata.direction, "style.css", *content)
        quirks.apply(document)
        nav_file = ("nav",) if name == "nav.xhtml" else ()
        files.append(File(name, XHTML_TYPE, written(document), spine=True, properties=nav_file))
    return package(metadata, files, entries, landmarks, statements(metadata, ()))

"""The package: EbookLib writes OPF, NCX and container; then the archive is written again, reproducibly."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

from ebooklib import epub
from lxml import etree

from pipeline.edition import CONTRIBUTORS, filed
from pipeline.epub.metadata import Metadata
from pipeline.epub.navigation import Entry, Landmark
from pipeline.epub.xhtml import XML

_OPF = "EPUB/content.opf"
_NCX = "EPUB/toc.ncx"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment that a ZIP archive can name


@dataclass(frozen=True, slots=True)
class File:
    """One file of the book. ``spine``: it is read in turn; ``properties``: as in the manifest of the OPF."""

    name: str
    media_type: str
    content: bytes
    spine: bool = False
    properties: tuple[str, ...] = ()


def package(
    metadata: Metadata,
    files: Sequence[File],
    entries: Sequence[Entry],
    landmarks: Sequence[Landmark],
    statements: Sequence[tuple[str, str]],
    page_source: str,
) -> bytes:
    """Pack the files of a book.

    Args:
        metadata: What the book says of itself.
        files: All files, those of the spine in reading order.
        entries: The contents, for the NCX of old readers.
        landmarks: The landmarks, for the guide of old readers.
        statements: ``meta`` properties and their values, such as ``schema:accessMode``.
        page_source: The edition whose pages the page list has, if there is one.

    """
    book = _book(metadata, statements, page_source)
    for file in files:
        item = epub.EpubItem(file.name.replace(".", "-"), file.name, file.media_type, file.content)
        item.properties = list(file.properties)
        item.is_linear = True
        book.add_item(item)
        if file.spine:
            book.spine.append(item)
        if "cover-image" in file.properties:
            # EPUB 2 readers, Kindle and Kobo find the cover by this name, not by the property.
            book.add_metadata(None, "meta", "", {"name": "cover", "content": item.id})
    book.add_item(epub.EpubNcx())
    book.toc = [_ncx_entry(entry, f"nav-{at}") for at, entry in enumerate(entries, start=1)]
    guide = {
        "cover": "cover",
        "toc": "toc",
        "bodymatter": "text",
        "bibliography": "bibliography",
        "index": "index",
    }
    book.guide = [
        {"type": guide[mark.kind], "title": mark.title, "href": mark.href} for mark in landmarks if mark.kind in guide
    ]
    loose = io.BytesIO()
    options = {
        "epub3_pages": False,
        "epub3_landmark": False,
        "mtime": metadata.modified,
        "compresslevel": 0,  # it is written again
        "raise_exceptions": True,
    }
    epub.write_epub(loose, book, options)
    return _reproducible(loose.getvalue(), metadata)


def _book(metadata: Metadata, statements: Sequence[tuple[str, str]], page_source: str) -> epub.EpubBook:
    book = epub.EpubBook()
    book.set_identifier(metadata.identifier)
    book.set_language(metadata.lang)
    book.set_title(metadata.title)
    if metadata.direction:
        book.set_direction(metadata.direction)

    def add(name: str, value: str, **refined: str) -> None:
        if value:
            book.add_metadata("DC", name, value, {"id": refined.pop("id")} if "id" in refined else None)

    def about(target: str, name: str, value: str, **more: str) -> None:
        book.add_metadata(None, "meta", value, {"refines": f"#{target}", "property": name, **more})

    if metadata.subtitle:
        book.metadata.pop("http://purl.org/dc/elements/1.1/title", None)
        add("title", metadata.subtitle, id="subtitle")
        about("subtitle", "title-type", "subtitle")
    for element, kind, code in (
        ("creator", "creator", "aut"),
        *(("contributor", *one) for one in CONTRIBUTORS.items()),
    ):
        for at, person in enumerate(metadata.authors if code == "aut" else metadata.people.get(kind, ()), start=1):
            add(element, person, id=f"{kind}-{at}")
            about(f"{kind}-{at}", "role", code, scheme="marc:relators")
            if sorted_by := filed(person, metadata.lang):
                about(f"{kind}-{at}", "file-as", sorted_by)
    for name in ("publisher", "rights", "description"):
        add(name, getattr(metadata, name))
    for subject in metadata.subjects:
        add("subject", subject)
    add("date", metadata.published)
    if metadata.source != page_source:
        add("source", metadata.source)
    if page_source:
        add("source", page_source, id="pages")
        about("pages", "source-of", "pagination")  # what EPUB readers looked for before pageBreakSource
        book.add_metadata(None, "meta", page_source, {"property": "pageBreakSource"})
    if metadata.series:
        book.add_metadata(None, "meta", metadata.series, {"property": "belongs-to-collection", "id": "series"})
        about("series", "collection-type", "series")
        if metadata.series_number:
            about("series", "group-position", metadata.series_number)
    for name, value in statements:
        book.add_metadata(None, "meta", value, {"property": name})
    return book


def _ncx_entry(entry: Entry, uid: str) -> object:
    link = epub.Link(entry.href, entry.title, uid)
    if not entry.below:
        return link
    section = epub.Section(entry.title, entry.href)
    return (section, [_ncx_entry(below, f"{uid}-{at}") for at, below in enumerate(entry.below, start=1)])


def _reproducible(archive: bytes, metadata: Metadata) -> bytes:
    """Write the archive again: ``mimetype`` first and stored, all with one date and one set of rights."""
    with zipfile.ZipFile(io.BytesIO(archive)) as loose:
        content = {name: loose.read(name) for name in loose.namelist()}
    content[_OPF] = _finished(content[_OPF], metadata)
    content[_NCX] = _finished(content[_NCX], metadata)
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as out:
        for name, data in content.items():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            info.create_system = 3  # else it tells on which system the book was built
            info.external_attr = 0o644 << 16
            out.writestr(info, data, compresslevel=9)
    return whole.getvalue()


def _finished(xml: bytes, metadata: Metadata) -> bytes:
    """EbookLib names no language on package and NCX, so that a screen reader reads titles in its own."""
    root = etree.fromstring(xml)
    root.set(f"{{{XML}}}lang", metadata.lang)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)

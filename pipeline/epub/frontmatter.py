"""The first files of the e-book: cover page and title page."""

from __future__ import annotations

from pipeline.edition import contributions
from pipeline.epub.metadata import Metadata
from pipeline.epub.xhtml import Element, make
from pipeline.forms.headings import CAPITALS, LONG, LONGEST, in_capitals
from pipeline.language import AddedWords


def cover_page(image: str, metadata: Metadata) -> list[Element]:
    """Make the page that shows the cover. Its text stands in ``alt``, for those who cannot see it."""
    alt = ", ".join(part for part in (metadata.title, metadata.subtitle, *metadata.authors) if part)
    return [make("section", make("img", src=image, alt=alt, role="doc-cover"), epub_type="cover", class_="cover")]


def title_page(metadata: Metadata, words: AddedWords) -> list[Element]:
    """Make the title page: title, authors, other contributors, publisher and date; below, what a colophon says."""
    page = make("section", epub_type="titlepage", class_="titlepage", id="titlepage")
    forms = (CAPITALS, in_capitals(metadata.title)), (LONG, len(metadata.title) > LONGEST)
    page.append(make("h1", metadata.title, class_=" ".join(("title", *(form for form, has in forms if has)))))
    lines = [(metadata.subtitle, "subtitle"), *((author, "author") for author in metadata.authors)]
    lines += [(line, "contributor") for line in contributions(metadata.people, words)]
    series = " ".join(part for part in (metadata.series, metadata.series_number) if part)
    year = metadata.published[:4] or metadata.date
    imprint = ", ".join(part for part in (metadata.publisher, year) if part)
    lines += [(series, "series"), (imprint, "imprint"), (metadata.rights, "rights")]
    lines.append((f"{words.made_from} {metadata.source}" if metadata.source else "", "source"))
    for text, kind in lines:
        if text:
            page.append(make("p", text, class_=kind, role="doc-subtitle" if kind == "subtitle" else ""))
    for block in page:
        block.tail = "\n"
    return [page]

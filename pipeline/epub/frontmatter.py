"""The first files of the e-book: cover page and title page."""

from __future__ import annotations

from pipeline.edition import contributions, imprint, shown_title
from pipeline.epub.metadata import Metadata
from pipeline.epub.xhtml import Element, make
from pipeline.forms.headings import CAPITALS, LONG, LONGEST, is_capital
from pipeline.language import AddedWords


def cover_page(image: str, metadata: Metadata) -> list[Element]:
    """Make the page that shows the cover. Its text stands in ``alt``, for those who cannot see it."""
    alt = ", ".join(part for part in (metadata.title, metadata.subtitle, *metadata.authors) if part)
    return [make("section", make("img", src=image, alt=alt, role="doc-cover"), epub_type="cover", class_="cover")]


def title_page(metadata: Metadata, words: AddedWords) -> list[Element]:
    """Make the title page: title, authors, other contributors, publisher and date; below, what a colophon says."""
    page = make("section", epub_type="titlepage", class_="titlepage", id="titlepage")
    forms = (CAPITALS, is_capital(metadata.title)), (LONG, len(metadata.title) > LONGEST)
    title = shown_title(metadata.title, metadata.subtitle)
    page.append(make("h1", title, class_=" ".join(("title", *(form for form, has in forms if has)))))
    lines = [(metadata.subtitle, "subtitle"), *((author, "author") for author in metadata.authors)]
    lines += [(line, "contributor") for line in contributions(metadata.people, words)]
    series = " ".join(part for part in (metadata.series, metadata.series_number) if part)
    year = metadata.published[:4] or metadata.date
    holder = ", ".join(imprint(metadata.publisher, year, metadata.original))
    lines += [(metadata.original.edition, "edition"), (series, "series"), (holder, "imprint")]
    shown = not (metadata.publisher or metadata.date or metadata.original.source)  # all that is known stands above
    lines += [(metadata.rights, "rights"), ("" if shown else metadata.original.made_from(words), "source")]
    for text, kind in lines:
        if text:
            form = f"{kind} {CAPITALS}" if kind == "subtitle" and is_capital(text) else kind
            page.append(make("p", text, class_=form, role="doc-subtitle" if kind == "subtitle" else ""))
    for block in page:
        block.tail = "\n"
    return [page]

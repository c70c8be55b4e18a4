"""The contact sheet: a few pages of the book on one picture, to look at before anybody else does."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import pypdfium2
from PIL import Image

from pipeline import standing
from pipeline.print.boxes import LOOKED_AT

if TYPE_CHECKING:
    from weasyprint.document import Page

    from pipeline.print.tally import Tally

COLUMNS = 4
SCALE = 1.25  # pixels a point
GAP = 12
GREY = (128, 128, 128)


def worth_a_look(prelims: int, pages: Sequence[Page], folios: Mapping[str, int], tally: Tally) -> tuple[int, ...]:
    """Choose pages for the contact sheet; return their places in the PDF, from 0.

    They are the first pages, an opening of the text, the page with most notes, one of a transcript, one of an
    extract's rubric, and the beginning of bibliography and indexes. ``prelims`` is how many pages stand before the
    text, ``folios`` where each id stands in it, ``tally`` what is on them.
    """
    chosen = {0, 2, 3, prelims - 2, prelims, prelims + 1}
    shown = [tally.of(page)["shown"] for page in pages]
    notes = [one["fn"] for one in shown]
    chosen.add(prelims + notes.index(max(notes, default=0)) if notes else 0)
    for name in LOOKED_AT[1:]:
        if (where := next((place for place, one in enumerate(shown) if one[name]), None)) is not None:
            chosen.add(prelims + where)
    for name in ("bibliography", "index-of-works", "index-of-authors"):
        if name in folios:
            chosen.add(prelims + folios[name] - 1)
    return tuple(sorted(place for place in chosen if 0 <= place < prelims + len(pages)))


def contact_sheet(pdf: bytes, places: Iterable[int], names: Sequence[str] = ()) -> bytes:
    """Return a PNG of the pages of ``pdf`` at ``places`` (from 0), four in a row.

    ``names``: those of all its pages (:mod:`pipeline.proof.pulls`), if a picture of the same ones is kept.
    """
    places = list(places)
    shown = [names[place] for place in places] if names else []
    key = standing.digest(standing.workshop(), shown)
    known = standing.kept("sheets", key) if shown and all(shown) else None
    if known is not None:
        return known
    sheet = _sheet(pdf, places)
    if shown and all(shown):
        standing.keep("sheets", key, sheet)
    return sheet


def _sheet(pdf: bytes, places: Iterable[int]) -> bytes:
    book = pypdfium2.PdfDocument(pdf)
    try:
        pictures = [book[place].render(scale=SCALE).to_pil() for place in places]
    finally:
        book.close()
    width = max(picture.width for picture in pictures) + GAP
    height = max(picture.height for picture in pictures) + GAP
    rows = -(-len(pictures) // COLUMNS)
    sheet = Image.new("RGB", (width * min(COLUMNS, len(pictures)) + GAP, height * rows + GAP), GREY)
    for number, picture in enumerate(pictures):
        row, column = divmod(number, COLUMNS)
        sheet.paste(picture, (GAP + column * width, GAP + row * height))
    out = io.BytesIO()
    sheet.save(out, "PNG", compress_level=3)  # smaller than with 6, and made in two thirds of the time
    return out.getvalue()

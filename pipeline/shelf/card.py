"""The card of a book: what the catalogue says of it, made when the book is, so that nobody need open the book again."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline.build import Draft
from pipeline.edition import CONTRIBUTORS
from pipeline.epub.manuscript import metadata_of
from pipeline.epub.metadata import edition
from pipeline.manuscript import yaml_block
from pipeline.model import DOUBT
from pipeline.report import Report
from pipeline.settings import Settings

COVER = "cover.jpg"
WIDTH = 320
"""Pixels across of the picture of a cover: twice what a page of the catalogue gives it, for fine screens."""


def card_of(
    made: Draft, settings: Settings, report: Report, editions: Sequence[str], *, has_cover: bool
) -> dict[str, Any]:
    """Return what the catalogue says of a book, as JSON takes it; keys with nothing in them are left out.

    ``sure``: how sure the reading is of a line, in the mean, from 0 to 1; ``doubtful``: lines worth a second look;
    ``findings``: how many there are of each severity; ``codes``: of each code that is not only good to know.
    """
    facts = edition(metadata_of(yaml_block(made.markdown)), settings)
    scores = [one.score for one in made.decisions]
    card: dict[str, Any] = {
        "title": facts.title,
        "subtitle": facts.subtitle,
        "author": list(facts.authors),
        **{kind: list(facts.people.get(kind, ())) for kind in CONTRIBUTORS},
        "lang": facts.lang,
        "date": facts.published,
        "publisher": facts.publisher,
        "rights": facts.rights,
        "description": facts.description,
        "subject": list(facts.subjects),
        "series": facts.series,
        "series_number": facts.series_number,
        "identifier": facts.identifier,
        "updated": facts.modified.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "cover": COVER if has_cover else "",
        "editions": [f"book.{one}" for one in editions],
    }
    return {key: value for key, value in card.items() if value} | {
        "counts": report.counts,
        "lost": sum(one["lost"] for one in report.conservation.values()),
        "sure": round(sum(scores) / len(scores), 4) if scores else 1.0,
        "doubtful": sum(score < DOUBT for score in scores),
        "findings": dict(Counter(found.severity for found in report.findings)),
        "codes": dict(Counter(found.code for found in report.findings if found.severity != "note")),
    }


def draw_cover(home: Path) -> bool:
    """Draw the cover of a book small: that of its EPUB, else the first page of its PDF; tell whether there is one."""
    from PIL import Image

    if (epub := home / "book.epub").is_file():
        with zipfile.ZipFile(epub) as archive:
            name = next((one for one in archive.namelist() if re.search(r"(^|/)cover\.(png|jpe?g)$", one)), "")
            if not name:
                return False
            picture = Image.open(io.BytesIO(archive.read(name))).convert("RGB")
    elif (pdf := home / "book.pdf").is_file():
        import pypdfium2

        book = pypdfium2.PdfDocument(pdf)
        picture = book[0].render(scale=WIDTH / book[0].get_width()).to_pil().convert("RGB")
        book.close()
    else:
        return False
    picture.thumbnail((WIDTH, 2 * WIDTH))
    picture.save(home / COVER, "JPEG", quality=80, optimize=True)
    return True

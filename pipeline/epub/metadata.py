"""What the e-book says of itself; the same for the same book, whenever and wherever it is built."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from pipeline.edition import CONTRIBUTORS, Original, day, identifier, modified
from pipeline.language import right_to_left
from pipeline.settings import Settings


@dataclass(frozen=True, slots=True)
class Metadata:
    """The metadata of one edition.

    ``date`` is as the person gave it; ``published`` the same in ISO 8601, or empty if it is no such date;
    ``modified`` is never taken from the clock. ``people`` are editors, translators and others, by the key of
    the settings; ``original`` is the edition that it was made from.
    """

    title: str
    subtitle: str
    authors: tuple[str, ...]
    lang: str
    date: str
    publisher: str
    rights: str
    description: str
    series: str
    series_number: str
    original: Original
    identifier: str
    modified: datetime
    people: Mapping[str, Sequence[str]]
    subjects: tuple[str, ...] = ()

    @property
    def published(self) -> str:
        """The date of publication, if it is an ISO 8601 date or year (epubcheck wants nothing else)."""
        return self.date if day(self.date) else ""

    @property
    def source(self) -> str:
        """The original edition, where it is known, and the source that it came in."""
        return str(self.original)

    @property
    def direction(self) -> str:
        """``rtl`` for the languages written from right to left, otherwise nothing."""
        return "rtl" if right_to_left(self.lang) else ""


def edition(yaml: Mapping[str, Sequence[str]], settings: Settings) -> Metadata:
    """Bring together the YAML block of ``book.md`` and the settings, which win."""

    def one(key: str) -> str:
        return str(getattr(settings, key)) or next(iter(yaml.get(key, ())), "")

    title, subtitle, publisher = (
        one("title") or settings.slug or "Untitled",
        one("subtitle"),
        one("publisher"),
    )
    authors = settings.author or tuple(author for author in yaml.get("author", ()) if author)
    lang = one("lang") or "en"
    return Metadata(
        title=title,
        subtitle=subtitle,
        authors=authors,
        lang=lang,
        date=one("date"),
        publisher=publisher,
        rights=one("rights"),
        description=one("description"),
        series=one("series"),
        series_number=one("series_number"),
        original=Original(
            one("original_place"),
            one("original_publisher"),
            one("original_edition"),
            one("original_date"),
            one("source"),
        ),
        identifier=identifier(one("identifier"), (title, subtitle, *authors, lang, publisher), settings.slug),
        modified=modified(one("date")),
        people={key: getattr(settings, key) or tuple(filter(None, yaml.get(key, ()))) for key in CONTRIBUTORS},
        subjects=settings.subject or tuple(filter(None, yaml.get("subject", ()))),
    )

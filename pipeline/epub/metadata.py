"""What the e-book says of itself; the same for the same book, whenever and wherever it is built."""

from __future__ import annotations

import os
import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from pipeline.settings import Settings

_RIGHT_TO_LEFT = {"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ku-arab", "ps", "sd", "syr", "ug", "ur", "yi"}
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$")
_UNDATED = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Metadata:
    """The metadata of one edition.

    ``date`` is as the person gave it; ``published`` the same in ISO 8601, or empty if it is no such date;
    ``modified`` is never taken from the clock.
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
    source: str
    identifier: str
    modified: datetime

    @property
    def published(self) -> str:
        """The date of publication, if it is an ISO 8601 date or year (epubcheck wants nothing else)."""
        return self.date if _moment(self.date) else ""

    @property
    def direction(self) -> str:
        """``rtl`` for the languages written from right to left, otherwise nothing."""
        lang = self.lang.lower()
        return "rtl" if lang.split("-")[0] in _RIGHT_TO_LEFT or lang in _RIGHT_TO_LEFT else ""


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
        source=one("source"),
        identifier=_identifier(one("identifier"), (title, subtitle, *authors, lang, publisher)),
        modified=_modified(one("date")),
    )


def _identifier(given: str, facts: Sequence[str]) -> str:
    """Return what was given, or a UUID (version 5) of the facts: a new printing keeps its identifier."""
    digits = re.sub(r"[-\s]|^(urn:)?isbn:?", "", given.lower()).upper()
    if re.fullmatch(r"97[89]\d{10}|\d{9}[\dX]", digits):
        return f"urn:isbn:{digits}"
    return given or f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, chr(10).join(facts))}"


def _modified(date: str) -> datetime:
    """Return the date of the book; else ``SOURCE_DATE_EPOCH`` (reproducible-builds.org); else a fixed day."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return _moment(date) or (datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else _UNDATED)


def _moment(date: str) -> datetime | None:
    match = _DATE.match(date)
    if not match:
        return None
    year, month, day = (int(part or 1) for part in match.groups())
    try:
        return datetime(year, month, day, tzinfo=UTC)
    except ValueError:
        return None

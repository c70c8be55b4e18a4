"""What all editions of a book have in common, whenever and wherever they are made: its identifier and its date."""

from __future__ import annotations

import os
import re
import uuid
from collections.abc import Iterable
from datetime import UTC, datetime

UNDATED = datetime(2000, 1, 1, tzinfo=UTC)
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$")


def identifier(given: str, facts: Iterable[str]) -> str:
    """Return what was given, or a UUID (version 5) of the facts: a new printing keeps its identifier."""
    digits = re.sub(r"[-\s]|^(urn:)?isbn:?", "", given.lower()).upper()
    if re.fullmatch(r"97[89]\d{10}|\d{9}[\dX]", digits):
        return f"urn:isbn:{digits}"
    return given or f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, chr(10).join(facts))}"


def day(date: str) -> datetime | None:
    """Return the day of an ISO 8601 date, the first of a year or a month; None if it is no such date."""
    match = _DATE.match(date)
    if not match:
        return None
    year, month, day = (int(part or 1) for part in match.groups())
    try:
        return datetime(year, month, day, tzinfo=UTC)
    except ValueError:
        return None


def modified(date: str) -> datetime:
    """Return the date of the book; else ``SOURCE_DATE_EPOCH`` (reproducible-builds.org); else a fixed day."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return day(date) or (datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else UNDATED)

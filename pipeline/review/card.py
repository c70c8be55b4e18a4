"""The metadata of a book as a form: read from its settings, kept in the TOML file beside the source."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import tomlkit
from filelock import FileLock
from tomlkit.exceptions import ParseError

from pipeline import files, styles
from pipeline.build import Reading
from pipeline.epub.cover import Cover, cover_of
from pipeline.epub.metadata import edition
from pipeline.errors import Exit, OctavoError
from pipeline.report import Report
from pipeline.settings import LISTS, Settings, read_settings

ASKED = (
    "title", "subtitle", "author", "editor", "translator", "lang", "date", "publisher", "rights", "description",
    "subject", "series", "series_number", "identifier", "style", "cover",
)  # fmt: skip
"""What the form asks for, in its order."""


def values(settings: Settings, reading: Reading) -> list[tuple[str, str]]:
    """Return the form, filled in: what nobody has given stands there as the text has it."""
    return [(key, value) for key, value in _values(settings, reading).items()]


def _values(settings: Settings, reading: Reading) -> dict[str, str]:
    found = {key: getattr(settings, key) for key in ASKED}
    shown = {key: "; ".join(value) if key in LISTS else str(value) for key, value in found.items()}
    known = {"title": reading.book.title, "author": "; ".join(reading.authors), "lang": reading.lang}
    return {key: value or known.get(key, "") for key, value in shown.items()}


def options() -> Mapping[str, tuple[str, ...]]:
    """Return the fields that are chosen from a list."""
    return {"style": styles.print_styles()}


def stand(path: Path) -> str:
    """Return what the file is known by: another text has another."""
    return hashlib.sha256(path.read_bytes() if path.is_file() else b"").hexdigest()[:16]


def save(path: Path, seen: str, form: Mapping[str, str], settings: Settings, reading: Reading) -> list[str]:
    """Write what was changed into the file of settings, whose comments and order stay; return the keys.

    Raises:
        OctavoError: SETTINGS when the file has changed since the form was shown, or a value cannot stand.

    """
    before = _values(settings, reading)
    changed = {key: form[key].strip() for key in ASKED if key in form and form[key].strip() != before[key]}
    with FileLock(path.with_name(f".{path.name}.lock")):
        if stand(path) != seen:
            raise OctavoError(Exit.SETTINGS, f"{path} has changed meanwhile.", "Nothing was written; look again.")
        if changed:
            _write(path, {key: _listed(value) if key in LISTS else value for key, value in changed.items()})
    return list(changed)


def _listed(value: str) -> list[str]:
    return [one.strip() for one in value.split(";") if one.strip()]


def _write(path: Path, changed: Mapping[str, Any]) -> None:
    try:
        document = tomlkit.parse(path.read_text(encoding="utf-8-sig") if path.is_file() else "")
    except (ParseError, UnicodeDecodeError) as error:
        raise OctavoError(Exit.SETTINGS, f"{path} is not valid TOML: {error}.", "Mend that line.") from error
    for key, value in changed.items():
        if value:
            document[key] = value
        elif key in document:
            del document[key]
    trial = path.with_name(f".{path.name}.trial")
    try:
        files.write_whole(trial, tomlkit.dumps(document))
        read_settings(trial)
    except OctavoError as error:
        raise OctavoError(error.exit_code, error.what.replace(str(trial), str(path)), error.hint) from error
    finally:
        trial.unlink(missing_ok=True)
    files.write_whole(path, tomlkit.dumps(document))


def cover(settings: Settings, reading: Reading) -> Cover:
    """Return the cover as the e-book will have it."""
    return _cover(settings, reading.book.title, reading.authors, reading.lang)


@lru_cache(maxsize=4)
def _cover(settings: Settings, title: str, authors: tuple[str, ...], lang: str) -> Cover:
    metadata = edition({"title": [title], "author": list(authors), "lang": [lang]}, settings)
    return cover_of(metadata, settings.cover, Report())

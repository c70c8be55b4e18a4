"""Values that people give, in TOML, in YAML and on the command line: read and checked in one place, by one scheme.

Each value is refused where it is read, in one sentence that names its key and its file, with what it should be.
"""

from __future__ import annotations

import codecs
import json
import re
import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from pipeline.errors import Exit, OctavoError

LONGEST = 10_000
"""Letters of one value. The longest description that a shop takes has 4,000."""

LARGEST = 1_000_000
"""Bytes of a file of settings or verdicts: some ten thousand verdicts."""

_UNPRINTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_BLEED = re.compile(r"(\d{1,4}(?:\.\d{1,4})?)(mm|cm|in|pt)")
_MILLIMETRES = {"mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 25.4 / 72}
_LARGEST_BLEED = 25.0  # millimetres; printers ask for three to five


def _of_shape(shape: str) -> Callable[[str], bool]:
    return lambda value: re.fullmatch(shape, value) is not None


def _is_date(value: str) -> bool:
    found = _DATE.fullmatch(value)
    try:
        return found is not None and bool(date(*(int(part or 1) for part in found.groups())))
    except ValueError:
        return False  # there is no such day


def _is_bleed(value: str) -> bool:
    found = _BLEED.fullmatch(value)
    return found is not None and float(found[1]) * _MILLIMETRES[found[2]] <= _LARGEST_BLEED


def _is_encoding(value: str) -> bool:
    try:
        return "\0" not in value and codecs.lookup(value)._is_text_encoding
    except (LookupError, ValueError):
        return False


_COUNTRY = re.compile("A[RTU]|B[ER]|C[AHLNO]|D[EK]|ES|F[IR]|GB|I[ENT]|JP|KR|MX|N[LOZ]|P[ELT]|RU|SE|TW|US|ZA")
"""The countries (ISO 3166) that stand behind a language most often."""


def _is_language(value: str) -> bool:
    """Tell whether a tag is one of BCP 47's, with subtags that are registered."""
    from pipeline.language import is_known  # it reads settings, whose values are checked here

    language, _, country = value.partition("-")
    if is_known(value) or (is_known(language) and _COUNTRY.fullmatch(country)):
        return True
    import langcodes  # not for the languages that we know: its tables take a moment to load

    return _of_shape(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,6}")(value) and bool(langcodes.tag_is_valid(value))


_ISBN = re.compile(r"(?:urn:)?isbn[:\s]*|", re.IGNORECASE)
_OWN_NUMBER = r"(?=.*\d)[A-Za-z0-9][\w.:/-]*"
_ADDRESS = r"[A-Za-z][A-Za-z0-9+.-]*:\S+"


def isbn(value: str) -> str:
    """Return the figures of what is written as an ISBN of ten or thirteen figures, right or wrong; else nothing."""
    figures = re.sub(r"[-\s]", "", _ISBN.sub("", value, count=1)).upper()
    return figures if re.fullmatch(r"97[89]\d{10}|\d{9}[\dX]", figures) else ""


def _is_identifier(value: str) -> bool:
    if figures := isbn(value):  # the last figure is reckoned from the others (ISO 2108)
        if len(figures) == 13:
            return sum(int(figure) * (1, 3)[n % 2] for n, figure in enumerate(figures)) % 10 == 0
        return sum((10 if figure == "X" else int(figure)) * (10 - n) for n, figure in enumerate(figures)) % 11 == 0
    if value.lower().startswith(("isbn", "urn:isbn")):
        return False
    return re.fullmatch(f"{_ADDRESS}|{_OWN_NUMBER}", value) is not None


SHAPES: dict[str, tuple[Callable[[str], bool], str]] = {
    "lang": (_is_language, "a language tag of BCP 47, such as en, en-GB or fr"),
    "date": (_is_date, "a year or a day of the calendar, such as 1911 or 1911-04-23"),
    "bleed": (_is_bleed, "a length of 25mm at most, such as 3mm"),
    "encoding": (_is_encoding, "an encoding of texts that Python knows: utf-8, windows-1252, koi8-r or utf-16"),
    "identifier": (
        _is_identifier,
        "an ISBN whose last figure is right, a UUID, an address such as urn:… or https:…, or a number of your own",
    ),
    "notes": (_of_shape("foot|chapter|book"), "foot, chapter or book"),
    "openings": (_of_shape("recto|page|run-on"), "recto, page or run-on"),
    "order": (_of_shape("work|author|date|source"), "work, author, date, or source (as it was)"),
    "works": (_of_shape("chapter|book"), "chapter or book"),
    "slug": (_of_shape(r"[^./\\][^/\\]{0,99}"), "a name for a folder, of 100 letters at most, without slashes"),
}
"""What the values of some keys must be, and how to say so; whoever wrote them, and wherever."""


NAMES = ("author", "editor", "translator", "container-author", "collection-editor")
"""The keys of CSL-JSON that hold names, as far as Octavo reads them."""


def read_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file.

    Raises:
        OctavoError: SETTINGS for what is no TOML, NO_ACCESS if it cannot be read.

    """
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise OctavoError(Exit.SETTINGS, f"{path} is larger than a megabyte.", "Check which file it is.")
        return tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise OctavoError(Exit.SETTINGS, f"{path} is not UTF-8 text.", "Save it as UTF-8.") from error
    except (ValueError, RecursionError) as error:  # a number of more than 4,300 digits, ten thousand brackets
        why = str(error) if isinstance(error, tomllib.TOMLDecodeError) else "it has a value of monstrous size"
        raise OctavoError(Exit.SETTINGS, f"{path} is not valid TOML: {why}.", "Mend that line.") from error
    except OSError as error:
        raise OctavoError(Exit.NO_ACCESS, f"Cannot read {path}: {(error.strerror or str(error)).lower()}.") from error


def text(value: Any, key: str, origin: str) -> str:
    """Return ``value`` if it is a text that can be printed, and of the shape that ``key`` wants, if it wants one.

    Raises:
        OctavoError: SETTINGS.

    """
    if not isinstance(value, str):
        raise OctavoError(Exit.SETTINGS, f"“{key}” in {origin} must be a text in quotation marks.")
    if len(value) > LONGEST:
        raise OctavoError(Exit.SETTINGS, f"“{key}” in {origin} has more than {LONGEST} letters.", "Shorten it.")
    if found := _UNPRINTED.search(value):
        sign = f"U+{ord(found[0]):04X}"
        raise OctavoError(
            Exit.SETTINGS, f"“{key}” in {origin} has a character that nobody prints ({sign}).", "Delete it."
        )
    if value and key in SHAPES:
        fits, what = SHAPES[key]
        if not fits(value):
            raise OctavoError(Exit.SETTINGS, f"“{value[:80]}” in {origin} is no “{key}”.", f"Give {what}.")
    return value


def works(data: bytes, origin: str) -> list[dict[str, Any]]:
    """Return the works of a bibliography in CSL-JSON: a list of objects, each with its id, names as lists of objects.

    Raises:
        OctavoError: SETTINGS, for anything else.

    """
    try:
        found = json.loads(data)
        for work in found:
            names = [name for key in NAMES for name in work.get(key, [])]
            dates = [date for key in ("issued", "accessed") for date in work.get(key, {}).get("date-parts", [])]
            sound = isinstance(work["id"], str | int) and all(isinstance(one, dict) for one in names)
            if not sound or not all(isinstance(one, list) for one in dates):
                raise ValueError(work["id"])
        if isinstance(found, list):
            return found
        raise ValueError(type(found))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise OctavoError(
            Exit.SETTINGS,
            f"{origin} is no bibliography in CSL-JSON.",
            "Make it again, or export it from your reference manager.",
        ) from error

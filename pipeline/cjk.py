"""Fonts for Chinese, Japanese and Korean: the letters of a book taken out of a collection for all of them.

Such a collection is one file of tens of megabytes, with a face for each language that draws the same code points its
own way, and outlines that vary (CFF2), which no PDF can hold: it wants plain CFF (ISO 32000-1, 9.9). So the letters
that a book has are taken out, in its language and in the two weights that the styles know.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.cffLib.CFF2ToCFF import convertCFF2ToCFF
from fontTools.ttLib import TTCollection, TTFont
from fontTools.varLib.instancer import instantiateVariableFont

WEIGHTS = (400, 600)
SPACES = " \u00a0\u3000"  # they stand among the letters, and take their font
_FACES = {"ja": "JP", "ko": "KR", "zh": "SC", "zh-hant": "TC", "zh-tw": "TC", "zh-hk": "HK", "zh-mo": "HK"}
"""The ending of a face's name by the language of the book, the longest tag that fits."""


@cache
def is_variable(path: Path) -> bool:
    """Tell whether a font file has outlines that vary and that no PDF can hold."""
    with TTFont(path, lazy=True, fontNumber=0) as font:
        return "CFF2" in font


def static_faces(path: Path, letters: Iterable[str], language: str) -> dict[int, bytes]:
    """Return plain fonts with ``letters``, by their weight, made from the variable font or collection at ``path``.

    ``language`` is a BCP 47 tag; it chooses the face of a collection, whose first stands for all other languages.
    """
    number = _number(path, language.casefold())
    few = _subset(path, number, sorted(map(ord, {*letters, *SPACES})))
    return {weight: _static(few, weight) for weight in WEIGHTS}


def _number(path: Path, language: str) -> int:
    if path.suffix.lower() not in (".ttc", ".otc"):
        return 0
    ending = next((_FACES[tag] for tag in sorted(_FACES, key=len, reverse=True) if language.startswith(tag)), "")
    with TTCollection(path, lazy=True) as collection:
        names = [str(font["name"].getDebugName(1)).split() for font in collection.fonts]
    return next((number for number, words in enumerate(names) if ending in words), 0)


def _subset(path: Path, number: int, letters: list[int]) -> bytes:
    font = TTFont(path, lazy=True, fontNumber=number)
    chosen = subset.Subsetter(subset.Options(notdef_outline=True))
    chosen.populate(unicodes=letters)
    chosen.subset(font)
    return _saved(font)


def _static(variable: bytes, weight: int) -> bytes:
    font = TTFont(io.BytesIO(variable))
    axes = {axis.axisTag: weight if axis.axisTag == "wght" else axis.defaultValue for axis in font["fvar"].axes}
    made = instantiateVariableFont(font, axes)
    made["OS/2"].usWeightClass = weight
    plain: Any = TTFont(io.BytesIO(_saved(made)), recalcBBoxes=False, recalcTimestamp=False)
    outlines = plain["CFF2"].cff.topDictIndex[0]
    _ = outlines.CharStrings, getattr(outlines, "FDSelect", None)  # read while it is known how many letters there are
    convertCFF2ToCFF(plain)
    return _saved(plain)


def _saved(font: Any) -> bytes:
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()

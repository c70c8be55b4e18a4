"""What the glyphs of a face read, where its letters have several forms and signs over them, as those of Arabic have.

WeasyPrint gives a glyph the letters of the place where it was first met. The sign over a letter then reads as that
letter and the sign, wherever it stands, and the letter below it as nothing; so the words of a page could not be copied
or found. The face itself says better: which glyph is drawn for a letter, and which for its other forms.
"""

from __future__ import annotations

import io
import unicodedata
from typing import Any

from fontTools.ttLib import TTFont

from pipeline.forms.elements import ZERO_WIDTH

FORMS = frozenset(("isol", "init", "medi", "fina"))
"""Features of a face that give a letter the form in which it stands by itself or joined to others."""
_SINGLE, _EXTENSION = 1, 7  # types of lookups (OpenType, GSUB)


def tell(font: Any, *, both_ways: bool = False) -> None:
    """Let the glyphs of a face of WeasyPrint's that read as nothing, or as a letter and its sign, read as they should.

    What stands for no letter is a further part of one: it reads as a space without width. ``both_ways``: some of the
    book runs from right to left, where the bracket that opens is drawn by the glyph of the one that closes elsewhere.
    """
    vague = [
        glyph
        for glyph, text in font.to_unicode.items()
        if not text
        or any(map(unicodedata.combining, text[1:]))
        or (both_ways and len(text) == 1 and unicodedata.mirrored(text))
    ]
    letters = _letters_of(font) if vague else {}
    for glyph in vague:
        font.to_unicode[glyph] = letters.get(glyph, font.to_unicode[glyph]) or ZERO_WIDTH


def _letters_of(font: Any) -> dict[int, str]:
    """Return the letter that each glyph of a face of WeasyPrint's stands for, if it stands for one."""
    from weasyprint.text.ffi import ffi, harfbuzz

    blob = harfbuzz.hb_face_reference_blob(font.hb_face)
    length = ffi.new("unsigned int *")
    data = ffi.buffer(harfbuzz.hb_blob_get_data(blob, length), length[0])[:]
    harfbuzz.hb_blob_destroy(blob)
    with TTFont(io.BytesIO(data), lazy=True, fontNumber=0) as face:
        names = {glyph: chr(point) for point, glyph in face.getBestCmap().items()}
        for form, glyph in _forms(face).items():
            if glyph in names:
                names.setdefault(form, names[glyph])
        return {face.getGlyphID(glyph): letter for glyph, letter in names.items()}


def _forms(face: TTFont) -> dict[str, str]:
    """Return the names of the glyphs that are forms of others, with those."""
    if "GSUB" not in face:
        return {}
    table = face["GSUB"].table
    wanted = {
        number
        for record in table.FeatureList.FeatureRecord
        if record.FeatureTag in FORMS
        for number in record.Feature.LookupListIndex
    }
    found: dict[str, str] = {}
    for number in sorted(wanted):
        for part in table.LookupList.Lookup[number].SubTable:
            inner = part.ExtSubTable if part.LookupType == _EXTENSION else part
            if inner.LookupType == _SINGLE:
                found.update({form: glyph for glyph, form in inner.mapping.items()})
    return found

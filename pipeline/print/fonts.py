"""The faces of the book: Source Serif Pro from its package, installed fonts for letters that it does not have.

A letter that no font has is drawn as its code in a frame, from a small font made on the spot: so the reader sees which
letter it is, and the text of the PDF is still true.
"""

from __future__ import annotations

import base64
import io
import shutil
import subprocess
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.filterPen import DecomposingFilterPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from pipeline.errors import Exit, OctavoError
from pipeline.report import Report

FAMILY = "Source Serif Pro"
SECOND = "Source Serif Second"
# Family, file, weight and style. The second family is the roman once more, from its other file (WeasyPrint knows a
# font by its bytes). It stands in for letters that the italic does not have (Greek, Cyrillic), and it gives capitals
# set as small capitals a font of their own in the PDF, where a glyph can stand for one letter only: the small
# capitals of the first family stand for small letters.
FACES = (
    (FAMILY, "Regular.ttf", 400, "normal"),
    (FAMILY, "It.ttf", 400, "italic"),
    (FAMILY, "Semibold.ttf", 600, "normal"),
    (FAMILY, "SemiboldIt.ttf", 600, "italic"),
    (SECOND, "Regular.otf", 400, "normal"),
)
CODES = "Octavo Codes"
INVISIBLE = frozenset(("Cc", "Cf", "Zl", "Zp", "Zs"))
PACKAGES = dict.fromkeys(("CJK", "HIRAGANA", "KATAKANA", "HANGUL"), "fonts-noto-cjk")


@dataclass(frozen=True, slots=True)
class Faces:
    """The style rules that declare the faces, and the families that help out, in order."""

    rules: str
    families: tuple[str, ...]


def faces_for(text: str, report: Report) -> Faces:
    """Choose faces for every letter of ``text``.

    A letter that no font has is a finding, ``missing-glyph``, which names the letter and the package to install.

    Raises:
        OctavoError: MISSING_PROGRAM, if Source Serif Pro is not there.

    """
    families: dict[str, None] = {}
    missing = []
    for letter in foreign(text):
        if family := family_with(letter):
            families[family] = None
        else:
            missing.append(letter)
            name = unicodedata.name(letter, "unnamed")
            package = PACKAGES.get(name.split()[0].split("-")[0], "fonts-noto-core")
            report.find("missing-glyph", letter=letter, point=f"U+{ord(letter):04X}", name=name, package=package)
    rules = [
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; font-style: {style}; '
        f'src: url("{(_folder() / f"SourceSerifPro-{file}").as_uri()}") }}'
        for family, file, weight, style in FACES
    ]
    if missing:
        data = base64.b64encode(_font_of_codes(missing)).decode()
        rules.append(f'@font-face {{ font-family: "{CODES}"; src: url("data:font/ttf;base64,{data}") }}')
        families[CODES] = None
    return Faces("\n".join(rules), tuple(families))


def foreign(text: Iterable[str]) -> list[str]:
    """Return the letters of ``text`` that the body face does not have, in the order of their code points."""
    return sorted(letter for letter in set(text) - _letters() if unicodedata.category(letter) not in INVISIBLE)


@cache
def family_with(letter: str) -> str | None:
    """Return the family of an installed font that has ``letter``, a serif one first; None if none has it."""
    program = shutil.which("fc-list")
    if program is None:
        return None
    wanted = f":charset={ord(letter):x}"
    listed = subprocess.run([program, wanted, "family"], capture_output=True, check=False, text=True)
    names = {line.split(",")[0].strip() for line in listed.stdout.splitlines() if line.strip()}
    return min(names, key=_preference, default=None)


def _preference(family: str) -> tuple[bool, bool, bool, int, str]:
    return "Mono" in family, "Serif" not in family, not family.startswith("Noto"), len(family), family


@cache
def _folder() -> Path:
    try:
        import font_source_serif_pro
    except ImportError as error:
        raise OctavoError(
            Exit.MISSING_PROGRAM,
            "Source Serif Pro is not there.",
            "Install it with: pip install font-source-serif-pro",
        ) from error
    return Path(font_source_serif_pro.font_directory)


@cache
def _letters() -> frozenset[str]:
    with TTFont(_folder() / "SourceSerifPro-Regular.ttf", lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))


def _font_of_codes(letters: Iterable[str]) -> bytes:
    """Make a font in which each letter is its code, two rows of small figures in a thin frame."""
    with TTFont(_folder() / "SourceSerifPro-Semibold.ttf") as source:
        glyphs, names = source.getGlyphSet(), source.getBestCmap()
        drawn = {".notdef": _code_glyph(glyphs, names, "")}
        for letter in letters:
            drawn[f"u{ord(letter):04X}"] = _code_glyph(glyphs, names, f"{ord(letter):04X}")
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(list(drawn))
    builder.setupCharacterMap({ord(letter): f"u{ord(letter):04X}" for letter in letters})
    builder.setupGlyf(drawn)
    builder.setupHorizontalMetrics(dict.fromkeys(drawn, (640, 40)))
    builder.setupHorizontalHeader(ascent=918, descent=-335)
    builder.setupNameTable({"familyName": CODES, "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=918, sTypoDescender=-335, usWinAscent=918, usWinDescent=335)
    builder.setupPost()
    builder.font["head"].created = builder.font["head"].modified = 0
    builder.font.recalcTimestamp = False
    out = io.BytesIO()
    builder.save(out)
    return out.getvalue()


def _code_glyph(glyphs: Any, names: dict[int, str], code: str) -> Any:
    pen = TTGlyphPen(None)
    for left, bottom, right, top in ((40, -120, 600, 720), (65, -95, 575, 695)):
        corners = [(left, bottom), (left, top), (right, top), (right, bottom)]
        if left != 40:
            corners.reverse()
        pen.moveTo(corners[0])
        for corner in corners[1:]:
            pen.lineTo(corner)
        pen.closePath()
    half = (len(code) + 1) // 2
    for row, part in enumerate((code[:half], code[half:])):
        for place, figure in enumerate(part):
            step = 480 / max(half, 2)
            where = (0.5, 0, 0, 0.5, 85 + place * step, 330 - row * 370)
            glyphs[names[ord(figure)]].draw(DecomposingFilterPen(TransformPen(pen, where), glyphs))
    return pen.glyph()

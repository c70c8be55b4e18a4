"""The faces of the book: Source Serif Pro from its package, and for letters that it does not have other fonts.

They are, in this order, the machine's serif fonts, the Noto fonts of the packages that Octavo installs (some twenty
scripts) or that may be installed with it (Chinese, Japanese and Korean), and whatever else the machine has. A letter
that no font has is drawn as its code in a frame, from a small font made on the spot: so the reader sees which letter
it is, and the text of the PDF is still true.
"""

from __future__ import annotations

import base64
import importlib.util
import io
import shutil
import subprocess
import unicodedata
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.filterPen import DecomposingFilterPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.unicodedata import block, script, script_name

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
CJK = "pip install manimgx-fonts-cjk, or Debian's fonts-noto-cjk"
WIDE = "Halfwidth and Fullwidth Forms"
PACKAGES = dict.fromkeys(
    ("Han", "Hiragana", "Katakana", "Hangul", "Bopomofo", "CJK Symbols and Punctuation", WIDE), CJK
)
PACKAGES["Private Use Area"] = "the one that the text was written in"
NOTO = ("manimgx_fonts", "manimgx_fonts_cjk")
"""Packages with fonts of the Noto family in their folder (SIL Open Font License)."""
PICTURES = ("NotoEmoji", "NotoSans[", "NotoSans-")  # no fonts of a script
SHOWN = 5  # letters of a script that a finding names


@dataclass(frozen=True, slots=True)
class Faces:
    """The style rules that declare the faces, and the families that help out, in order."""

    rules: str
    families: tuple[str, ...]


def faces_for(text: str, report: Report, language: str = "") -> Faces:
    """Choose faces for every letter of ``text``, which is in that ``language`` (a BCP 47 tag).

    What no font has is a finding, ``missing-glyph``, for each script, which names letters and the package to install.

    Raises:
        OctavoError: MISSING_PROGRAM, if Source Serif Pro is not there.

    """
    families: dict[str, list[str]] = defaultdict(list)
    missing: dict[str, list[str]] = defaultdict(list)
    used: dict[str, Counter[str]] = defaultdict(Counter)  # families, by the blocks of their letters
    for letter in sorted(foreign(text), key=is_mark):
        same = (one for one, _ in used[block(letter)].most_common() if is_mark(letter) and _family_has(one, letter))
        if family := next(same, None) or family_with(letter):
            families[family].append(letter)
            used[block(letter)][family] += 1
        else:
            missing[_script(letter)].append(letter)
    for name, letters in missing.items():
        named = ", ".join(f"{letter} (U+{ord(letter):04X})" for letter in letters[:SHOWN])
        more = len(letters) - SHOWN
        report.find(
            "missing-glyph",
            script=name,
            letters=f"{named} and {more} more" if more > 0 else named,
            package=PACKAGES.get(name, "Debian's fonts-noto-core or fonts-noto-extra, or a Noto font of that script"),
        )
    rules = [
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; font-style: {style}; '
        f'src: url("{(_folder() / f"SourceSerifPro-{file}").as_uri()}") }}'
        for family, file, weight, style in FACES
    ]
    for family, path, _ in _packaged() if families else ():  # to look into them takes longer than a cover
        if family not in families:
            continue
        from pipeline.cjk import is_variable, static_faces  # few books need what cuts fonts, and it is long to load

        if is_variable(path):
            made = static_faces(path, families[family], language)
            rules += [_face(family, data, f"font-weight: {weight}") for weight, data in made.items()]
        else:
            rules.append(f'@font-face {{ font-family: "{family}"; src: url("{path.as_uri()}") }}')
    if missing:
        rules.append(_face(CODES, _font_of_codes([*chain.from_iterable(missing.values())])))
        families[CODES] = []
    return Faces("\n".join(rules), tuple(families))


def _face(family: str, data: bytes, form: str = "font-weight: 400") -> str:
    """Return the rule for a font that was made on the spot."""
    address = f"data:font/sfnt;base64,{base64.b64encode(data).decode()}"
    return f'@font-face {{ font-family: "{family}"; {form}; src: url("{address}") }}'


def foreign(text: Iterable[str]) -> list[str]:
    """Return the letters of ``text`` that the body face does not have, in the order of their code points."""
    return sorted(letter for letter in set(text) - _letters() if unicodedata.category(letter) not in INVISIBLE)


def is_mark(letter: str) -> bool:
    """Tell whether this stands over or under another letter: in a font of its own it would part a word."""
    return unicodedata.category(letter).startswith("M")


def _family_has(family: str, letter: str) -> bool:
    return any(family == name and _has(letters, ord(letter)) for name, letters in _installed()) or any(
        family == name and letter in letters for name, _, letters in _packaged()
    )


def family_with(letter: str) -> str | None:
    """Return the family of a font that has ``letter``; None if there is none.

    Noto's Arabic draws a letter and its dots as two glyphs, so that the text of a PDF cannot be read back from them:
    fonts of the machine come before it.
    """
    installed = [family for family, letters in _installed() if _has(letters, ord(letter))]
    packaged = [family for family, _, letters in _packaged() if letter in letters]
    serif = [family for family in installed if _is_book_face(family)]
    first = installed if "Arabic" in block(letter) else serif
    return next(iter([*first, *packaged, *installed]), None)


def packaged_folders() -> tuple[Path, ...]:
    """Return the folders of the font packages that are there."""
    specs = (importlib.util.find_spec(package) for package in NOTO)
    return tuple(Path(spec.origin).parent for spec in specs if spec is not None and spec.origin)


@cache
def _packaged() -> tuple[tuple[str, Path, frozenset[str]], ...]:
    """Return the fonts of the packages that are there: a name for each, its file and its letters."""
    found = []
    for folder in packaged_folders():
        for path in sorted(folder.glob("Noto*.*t*")):
            if path.name.startswith(PICTURES):
                continue
            with TTFont(path, lazy=True, fontNumber=0) as font:
                letters = frozenset(map(chr, font.getBestCmap()))
            found.append((f"Octavo {path.name.split('[')[0].split('.')[0]}", path, letters))
    return tuple(found)


@cache
def _installed() -> tuple[tuple[str, tuple[tuple[int, int], ...]], ...]:
    """Return the families of the installed fonts, the best first, with the ranges of their letters.

    Fontconfig is asked once: a book may have hundreds of letters that the body face lacks. Fonts of coloured pictures
    are left out: their pictures would stand among the letters of the text.
    """
    program = shutil.which("fc-list")
    if program is None:
        return ()
    # An old fontconfig that does not know of colour writes nothing for it.
    command = [program, "--format", "%{family}\t%{color}\t%{charset}\n", ":", "family", "color", "charset"]
    listed = subprocess.run(command, capture_output=True, check=False).stdout.decode("utf-8", "replace")
    found: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for line in listed.splitlines():
        names, _, rest = line.partition("\t")
        colour, _, charset = rest.partition("\t")
        family = names.split(",")[0].strip()
        if family and colour != "True":
            found[family].update(_ranges(charset))
    return tuple((family, _merged(found[family])) for family in sorted(found, key=_preference))


def _ranges(charset: str) -> Iterator[tuple[int, int]]:
    """Read a set of letters as fontconfig writes it: code points and ranges of them, in hexadecimal."""
    for part in charset.split():
        first, _, last = part.partition("-")
        with suppress(ValueError):
            yield int(first, 16), int(last or first, 16)


def _merged(ranges: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Sort ``ranges``, and make one of those that overlap: the faces of a family do not have the same letters."""
    merged: list[tuple[int, int]] = []
    for first, last in sorted(ranges):
        if merged and first <= merged[-1][1] + 1:
            first, last = merged[-1][0], max(last, merged[-1][1])
            merged.pop()
        merged.append((first, last))
    return tuple(merged)


def _has(ranges: Sequence[tuple[int, int]], point: int) -> bool:
    place = bisect_right(ranges, point, key=lambda row: row[0]) - 1
    return place >= 0 and ranges[place][1] >= point


def _script(letter: str) -> str:
    """Return the name of the script of ``letter``, or of its block if it is of no script or of many."""
    name = str(script_name(script(letter)))
    return str(block(letter)) if name in ("Common", "Inherited", "Unknown") else name


def _is_book_face(family: str) -> bool:
    return "Serif" in family or "Naskh" in family  # the hand in which Arabic books are printed


def _preference(family: str) -> tuple[bool, bool, bool, int, str]:
    return "Mono" in family, not _is_book_face(family), not family.startswith("Noto"), len(family), family


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


@cache
def advances(italic: bool) -> dict[str, float]:
    """Return how wide each letter of the body face is, in em."""
    with TTFont(_folder() / f"SourceSerifPro-{'It' if italic else 'Regular'}.ttf", lazy=True) as font:
        unit, widths = font["head"].unitsPerEm, font["hmtx"].metrics
        return {chr(point): widths[glyph][0] / unit for point, glyph in font.getBestCmap().items()}


def _font_of_codes(letters: Sequence[str]) -> bytes:
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

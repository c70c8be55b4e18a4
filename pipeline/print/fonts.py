"""The faces of the book: Source Serif Pro from its package, and for other letters what fontconfig finds."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

from pipeline.errors import Exit, OctavoError

FAMILY = "Source Serif Pro"
CUTS = (
    ("Regular", 400, "normal"),
    ("It", 400, "italic"),
    ("Semibold", 600, "normal"),
    ("SemiboldIt", 600, "italic"),
)
# Controls and joiners have no glyph and need none.
INVISIBLE = frozenset(map(chr, (*range(0x20), 0x7F, 0xA0, 0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF)))


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


def face_rules() -> str:
    """Return the ``@font-face`` rules of the cuts that the styles use."""
    return "\n".join(
        f'@font-face {{ font-family: "{FAMILY}"; '
        f'src: url("{(_folder() / f"SourceSerifPro-{cut}.ttf").as_uri()}"); '
        f"font-weight: {weight}; font-style: {style} }}"
        for cut, weight, style in CUTS
    )


@cache
def _letters() -> frozenset[str]:
    """Return the letters that the body face has."""
    with TTFont(_folder() / "SourceSerifPro-Regular.ttf", lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))


def foreign(text: Iterable[str]) -> list[str]:
    """Return the letters of ``text`` that the body face does not have, in the order of their code points."""
    return sorted(set().union(*text) - _letters() - INVISIBLE)


@cache
def family_with(letter: str) -> str | None:
    """Return the family of an installed font that has ``letter``, a serif one first; None if none has it."""
    program = shutil.which("fc-list")
    if program is None:
        return None
    wanted = f":charset={ord(letter):x}:style=Regular"
    listed = subprocess.run([program, wanted, "family"], capture_output=True, check=False, text=True)
    names = {line.split(",")[0].strip() for line in listed.stdout.splitlines() if line.strip()}
    return min(names, key=_preference, default=None)


def _preference(family: str) -> tuple[bool, bool, int, str]:
    return "Serif" not in family, not family.startswith("Noto"), len(family), family

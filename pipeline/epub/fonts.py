"""The faces of the printed book for the e-book, if they are asked for: the reader's own face comes first."""

from __future__ import annotations

from pathlib import Path

_FAMILY = "Source Serif Pro"
_CUTS = (("Regular", "normal", "normal"), ("It", "normal", "italic"), ("Semibold", "bold", "normal"))


def faces() -> dict[str, bytes]:
    """Return the font files by the name they have in the book.

    They are whole and unchanged: the Open Font Licence keeps their name for what the maker made.
    """
    import font_source_serif_pro

    folder = Path(font_source_serif_pro.font_directory)
    return {f"SourceSerifPro-{cut}.otf": (folder / f"SourceSerifPro-{cut}.otf").read_bytes() for cut, _, _ in _CUTS}


def rules() -> str:
    """Return the style rules that use them."""
    found = [
        f'@font-face {{ font-family: "{_FAMILY}"; font-weight: {weight}; font-style: {style}; '
        f"src: url(SourceSerifPro-{cut}.otf) }}"
        for cut, weight, style in _CUTS
    ]
    return "\n".join([*found, f'body {{ font-family: "{_FAMILY}", serif }}', ""])

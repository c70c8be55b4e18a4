"""The cover: set from the metadata in the face of the book, or the user's own picture."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import fonts, standing, styles
from pipeline.edition import shown_title
from pipeline.epub.metadata import Metadata
from pipeline.epub.xhtml import Element, make, page, written
from pipeline.fetcher import closed_fetcher
from pipeline.forms.headings import is_capital
from pipeline.machine import weasyprint
from pipeline.pictures import cover
from pipeline.report import Report

if TYPE_CHECKING:
    from PIL.Image import Image

WIDTH = 1600
"""Pixels across; with the height of 2560 what the shops ask for."""

_BOX = 590
"""Width that the title may take, in the pixels of ``cover.css``."""

# Sizes of the title in the same pixels, largest first; the first at which all is on one page is taken.
_SIZES = (120, 104, 88, 76, 64, 56, 48, 40, 32, 24, 16)

_COLOURS = 32
_INK = 1_000  # a colour with more than one pixel in so many is an ink; those between two inks have far fewer


@dataclass(frozen=True, slots=True)
class Cover:
    """A cover picture: its file name, media type and bytes."""

    name: str
    media_type: str
    content: bytes


def cover_of(metadata: Metadata, picture: str, report: Report) -> Cover:
    """Return the user's ``picture`` (a path to a PNG or JPEG file), or a cover set from the metadata.

    Raises:
        OctavoError: SETTINGS if the picture is no PNG or JPEG; NO_ACCESS if it cannot be read.

    """
    if not picture:
        return Cover("cover.png", "image/png", _set(metadata, report))
    given = cover(Path(picture))
    return Cover(f"cover{given.path.suffix}", given.media_type, given.content)


def _set(metadata: Metadata, report: Report) -> bytes:
    """Return the cover as it was set before, or set it."""
    lines = _lines(metadata)
    words = "".join(str(text) for line in lines for text in line.itertext())
    faces = fonts.faces_for(words, report, metadata.lang)
    families = ", ".join(f'"{family}"' for family in (fonts.FAMILY, *faces.families))
    sheet = (styles.folder() / "epub" / "cover.css").read_text(encoding="utf-8")
    document = written(page(metadata.title, metadata.lang, "", "", *lines)).decode()
    common = f"{faces.rules}\n{sheet}\nhtml {{ font-family: {families} }}"
    key = standing.digest(standing.workshop(), document, common)
    picture = standing.kept("covers", key)
    if picture is None:
        picture = _drawn(document, common, _widest(metadata.title))
        standing.keep("covers", key, picture)
    return picture


@lru_cache(maxsize=1)
def _drawn(document: str, common: str, widest: float) -> bytes:
    """Typeset the cover with WeasyPrint, which knows all scripts and hyphenates, and draw it."""
    import pypdfium2

    engine = weasyprint()
    from weasyprint.text.fonts import FontConfiguration

    config, fetcher = FontConfiguration(), closed_fetcher({})
    for size in [size for size in _SIZES if size * widest <= _BOX] or _SIZES[-1:]:
        rules = f"{common}\nh1 {{ font-size: {size}px }}"
        laid_out = engine.HTML(string=document, url_fetcher=fetcher).render(
            stylesheets=[engine.CSS(string=rules, font_config=config, url_fetcher=fetcher)], font_config=config
        )
        if len(laid_out.pages) == 1:
            break
    pdf = pypdfium2.PdfDocument(laid_out.write_pdf())
    picture = pdf[0].render(scale=WIDTH / pdf[0].get_width()).to_pil().convert("RGB")
    pdf.close()
    out = io.BytesIO()
    _in_few_colours(picture).save(out, "PNG", optimize=True)
    return out.getvalue()


def _in_few_colours(picture: Image) -> Image:
    """Return a cover in its inks and the steps between them and the ground: a tenth of the size, and as sharp.

    No colour is off by as much as a step. Of a cover that has more inks, Pillow chooses the colours.
    """
    from PIL import Image

    least = picture.width * picture.height // _INK
    counted: list[tuple[int, Any]] = picture.getcolors(_COLOURS**2) or []
    inks = [colour for count, colour in sorted(counted, reverse=True) if count > least]
    if not 1 < len(inks) <= _COLOURS // 8:
        return picture.quantize(colors=_COLOURS, dither=Image.Dither.NONE)
    ground, *inks = inks
    steps = (_COLOURS - 1) // len(inks)
    mixed = [
        tuple(round(one + (other - one) * step / steps) for one, other in zip(ground, ink, strict=True))
        for ink in inks
        for step in range(1, steps + 1)
    ]
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for colour in (ground, *mixed) for part in colour])
    return picture.quantize(palette=palette, dither=Image.Dither.NONE)


def _lines(metadata: Metadata) -> list[Element]:
    names = ", ".join(author.replace(" ", "\u00a0") for author in metadata.authors)
    lines = [
        ("p", names, "author"),
        ("hr", "", ""),
        ("h1", shown_title(metadata.title, metadata.subtitle), ""),
        ("hr", "", ""),
    ]
    lines += [
        ("p", metadata.subtitle, f"subtitle{' capitals' * is_capital(metadata.subtitle)}"),
        ("p", metadata.publisher, "publisher"),
    ]
    return [
        make(tag, *([text] if text else []), class_=kind, dir="auto" if text else "")
        for tag, text, kind in lines
        if text or tag == "hr"
    ]


def _widest(title: str) -> float:
    """Return the width of the widest word in parts of the type size. Long words count by half: they break."""
    import font_source_serif_pro
    from PIL import ImageFont

    font = ImageFont.truetype(str(Path(font_source_serif_pro.font_directory) / "SourceSerifPro-Semibold.otf"), 1000)
    return max((font.getlength(word[: max(16, len(word) // 2)]) / 1000 for word in title.split()), default=1.0)

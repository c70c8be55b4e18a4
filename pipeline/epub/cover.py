"""The cover: set from the metadata in the face of the book, or the user's own picture."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

from pipeline import styles
from pipeline.epub.metadata import Metadata
from pipeline.epub.xhtml import make, page, written
from pipeline.errors import Exit, OctavoError

WIDTH = 1600
"""Pixels across; with the height of 2560 what the shops ask for."""

_BOX = 590
"""Width that the title may take, in the pixels of ``cover.css``."""

# Sizes of the title in the same pixels, largest first; the first at which all fits is taken.
_SIZES = (120, 104, 88, 76, 64, 56, 48, 40, 32, 24)
_KINDS = {b"\x89PNG": ("cover.png", "image/png"), b"\xff\xd8\xff": ("cover.jpg", "image/jpeg")}


@dataclass(frozen=True, slots=True)
class Cover:
    """A cover picture: its file name, media type and bytes."""

    name: str
    media_type: str
    content: bytes


def cover_of(metadata: Metadata, picture: str = "") -> Cover:
    """Return the user's ``picture`` (a path to a PNG or JPEG file), or a cover set from the metadata.

    Raises:
        OctavoError: SETTINGS if the picture is no PNG or JPEG; NO_ACCESS if it cannot be read.

    """
    return _given(Path(picture)) if picture else Cover("cover.png", "image/png", _set(metadata))


def _given(path: Path) -> Cover:
    try:
        content = path.read_bytes()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise OctavoError(
            Exit.NO_ACCESS, f"Cannot read the cover {path}: {reason}.", "Mend “cover”."
        ) from error
    for start, (name, media_type) in _KINDS.items():
        if content.startswith(start):
            return Cover(name, media_type, content)
    raise OctavoError(Exit.SETTINGS, f"The cover {path} is neither PNG nor JPEG.", "Save it as one of these.")


def _set(metadata: Metadata) -> bytes:
    """Typeset the cover with WeasyPrint, which knows all scripts and hyphenates, and draw it."""
    import font_source_serif_pro
    import pypdfium2
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    lines = [
        make("p", ", ".join(metadata.authors), class_="author"),
        make("h1", metadata.title, class_="title"),
    ]
    lines += [make("p", metadata.subtitle, class_="subtitle")] if metadata.subtitle else []
    foot = [make("p", metadata.publisher, class_="publisher")] if metadata.publisher else []
    body = make("div", make("div", *lines, class_="main"), *foot, class_="ground")
    document = written(page(metadata.title, metadata.lang, metadata.direction, "", body)).decode()
    fonts = FontConfiguration()
    faces = Path(font_source_serif_pro.__file__).parent / "files"
    sheet = (styles.folder() / "epub" / "cover.css").read_text(encoding="utf-8")
    widest = _widest(metadata.title, faces / "SourceSerifPro-Semibold.otf")
    for size in [size for size in _SIZES if size * widest <= _BOX] or _SIZES[-1:]:
        css = CSS(
            string=f"{sheet}\n.title {{ font-size: {size}px }}", font_config=fonts, base_url=f"{faces}/"
        )
        laid_out = HTML(string=document).render(stylesheets=[css], font_config=fonts)
        if len(laid_out.pages) == 1:
            break
    pdf = pypdfium2.PdfDocument(laid_out.write_pdf())
    picture = pdf[0].render(scale=WIDTH / pdf[0].get_width()).to_pil().convert("RGB")
    few = picture.quantize(
        colors=32, dither=0
    )  # two inks and the steps between: a tenth of the size, as sharp
    out = io.BytesIO()
    few.save(out, "PNG", optimize=True)
    return out.getvalue()


def _widest(title: str, face: Path) -> float:
    """Return the width of the widest word in parts of the type size. Long words count by half: they break."""
    from PIL import ImageFont

    font = ImageFont.truetype(str(face), 1000)
    return max(
        (font.getlength(word[: max(16, len(word) // 2)]) / 1000 for word in title.split()), default=1.0
    )

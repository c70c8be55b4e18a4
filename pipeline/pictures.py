"""Pictures that an edited ``book.md`` brings: which of them an edition may take."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

from pipeline.admission import admit_svg, within
from pipeline.errors import Exit, OctavoError

# The formats that every reading system must show (EPUB 3.3, core media types); the printed book takes the same.
TYPES = {
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}


_COVERS = {"PNG": (".png", "image/png"), "JPEG": (".jpg", "image/jpeg")}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: its file, its media type and its bytes; of a drawing only what draws it."""

    path: Path
    media_type: str
    content: bytes


def picture(source: str, folder: Path) -> Picture | None:
    """Return the picture that ``book.md`` in ``folder`` names; None if there is none in that folder or below it."""
    path = within(source, folder)
    media_type = TYPES.get(path.suffix.lower()) if path else None
    if path is None or media_type is None:
        return None
    try:
        content: bytes | None = path.read_bytes()
    except OSError:
        return None
    if media_type == "image/svg+xml":
        content = admit_svg(content or b"")
    return Picture(path, media_type, content) if content else None


def described(source: str, folder: Path) -> bool:
    """Tell whether the description of a picture is printed in its place: it is of a kind that could be shown."""
    return Path(source).suffix.lower() in TYPES and picture(source, folder) is None


def cover(path: Path) -> Picture:
    """Return a cover: a PNG or JPEG file that can be drawn. Its path ends as its kind says.

    Raises:
        OctavoError: SETTINGS if it is no such picture; NO_ACCESS if it cannot be read.

    """
    from PIL import Image  # few books have a cover of their own

    try:
        content = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise OctavoError(Exit.NO_ACCESS, f"Cannot read the cover {path}: {reason}.", "Mend “cover”.") from error
    try:
        with Image.open(io.BytesIO(content)) as image:
            image.load()
            suffix, media_type = _COVERS[image.format or ""]
    except (OSError, ValueError, KeyError, SyntaxError, Image.DecompressionBombError) as error:
        raise OctavoError(
            Exit.SETTINGS,
            f"The cover {path} is neither PNG nor JPEG, or damaged.",
            "Save it as one of these.",
        ) from error
    return Picture(path.with_suffix(suffix), media_type, content)

"""Pictures that an edited ``book.md`` brings: which of them an edition may take."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.admission import admit_svg, within

# The formats that every reading system must show (EPUB 3.3, core media types); the printed book takes the same.
TYPES = {
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}


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

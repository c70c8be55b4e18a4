"""Pictures that an edited ``book.md`` brings: which of them an edition may take."""

from __future__ import annotations

from pathlib import Path

# The formats that every reading system must show (EPUB 3.3, core media types); the printed book takes the same.
TYPES = {
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}


def picture(source: str, folder: Path) -> tuple[Path, str] | None:
    """Return the file and the media type of the picture that ``book.md`` in ``folder`` names; None if there is none."""
    path = folder / source
    media_type = TYPES.get(path.suffix.lower())
    if media_type is None or "://" in source or not path.is_file():
        return None
    return path, media_type

"""The archive that a word processor's file is: what is unpacked of it, and how much that may be.

A few bytes of an archive can grow to terabytes. Pandoc is given an archive made anew, of the parts that have words,
each read here within the bound of a source; pictures, which a book does not take from there, are empty in it.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path

from pipeline.bounds import SIZE
from pipeline.errors import Exit, OctavoError
from pipeline.read import read_bytes

__all__ = ["with_words_only"]

_WORDS = (".xml", ".rels")
_PARTS = 10_000  # in an archive; no document has so many
_CHUNK = 1 << 20  # bytes
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)


def with_words_only(path: Path, form: str) -> bytes:
    """Return the archive at ``path`` made anew, without pictures.

    Args:
        path: of the document.
        form: what it is to be, for messages.

    Raises:
        OctavoError: as :func:`pipeline.read.read_bytes`; NOT_TEXT for a file that is no archive, is damaged or locked;
            TOO_LARGE where its parts are larger than a source may be.

    """
    data = read_bytes(path)
    if not data.startswith(b"PK"):
        raise OctavoError(Exit.NOT_TEXT, f"{path} is no {form} file.", "Save it again, or as plain text.")
    out = io.BytesIO()
    left = SIZE.value * 1_000_000
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as anew:
            parts = archive.infolist()
            if len({part.filename for part in parts}) < len(parts):
                raise ValueError("a part stands in it twice, and readers differ in which they take")
            if len(parts) > _PARTS:
                raise SIZE.refusal(f"Unpacked, {path} has parts without end, and surely")
            for part in parts:
                wanted = part.filename.endswith(_WORDS) or part.filename == "mimetype"
                words = _read(archive, part, left) if wanted else b""
                if len(words) > left:
                    raise SIZE.refusal(f"Unpacked, {path} has")
                left -= len(words)
                anew.writestr(part.filename, words)
    except _DAMAGED as error:
        raise OctavoError(
            Exit.NOT_TEXT, f"{path} cannot be unpacked: it is damaged or locked.", "Save it again, or as plain text."
        ) from error
    return out.getvalue()


def _read(archive: zipfile.ZipFile, part: zipfile.ZipInfo, most: int) -> bytes:
    """Return the bytes of a part, and no more than a chunk beyond ``most``, whatever the archive says of its size."""
    chunks: list[bytes] = []
    size = 0
    with archive.open(part) as stream:
        while size <= most and (chunk := stream.read(_CHUNK)):
            chunks.append(chunk)
            size += len(chunk)
    return b"".join(chunks)

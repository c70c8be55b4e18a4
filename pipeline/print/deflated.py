"""Streams of a PDF are made small once: what was deflated before, now or for another build, is taken as it was.

To write a PDF with an identifier, its objects are written twice, and most of that time goes into making the streams
of the pages small. What comes of it depends on their bytes alone.
"""

from __future__ import annotations

import base64
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pydyf

from pipeline import standing
from pipeline.drawer import Drawer

MOST = 3_000  # streams that are kept together; those that this book has not go first
_WORTH = 500  # bytes; smaller ones are made small as quickly as found


@contextmanager
def deflated_once(key: str) -> Iterator[None]:
    """While this lasts, no stream is deflated twice; ``key`` tells with which others those of this book are kept."""
    drawer = Drawer("streams", standing.digest(key, zlib.ZLIB_RUNTIME_VERSION), MOST, level=0)
    made: dict[str, bytes] = {}

    def deflated(data: bytes) -> bytes:
        name = standing.digest(data)
        found = made.get(name)
        if found is None:
            row = drawer.find(name)
            if row is None:
                whole = zlib.compressobj(level=9)
                found = whole.compress(data) + whole.flush()
                drawer.put(name, base64.b64encode(found).decode())
            else:
                found = base64.b64decode(row)
            made[name] = found
        return found

    def data_of(stream: Any) -> bytes:
        data = b"\n".join(map(pydyf._to_bytes, stream.stream)) if stream.compress else b""
        if len(data) < _WORTH:
            whole: bytes = plain.fget(stream)
            return whole
        small = deflated(data)
        extra = pydyf.Dictionary({**stream.extra, "Filter": "/FlateDecode", "Length": len(small)})
        return b"\n".join((extra.data, b"stream", small, b"endstream"))

    plain: Any = pydyf.Stream.data
    pydyf.Stream.data = property(data_of)
    try:
        yield
    finally:
        pydyf.Stream.data = plain
    drawer.keep()

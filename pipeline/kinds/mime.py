"""Parts of a letter (RFC 2045, 2046): which lines of its body are its text, and what they say when decoded.

A head may say anything. Python's readers of it raise errors of many kinds at numbers of thousands of figures, at
codings that are none of texts and at pieces that contradict each other; a field that cannot be read says nothing.
"""

from __future__ import annotations

import base64
import html
import quopri
import re
from collections.abc import Callable, Sequence
from email.message import Message
from email.parser import HeaderParser

from pipeline.model import Line
from pipeline.repair import mended

__all__ = ["text_of"]

_TAG = re.compile(r"<[^<>]+>")
_DEEPEST = 20  # parts within one another; letters have three or four


def text_of(head: str, body: Sequence[Line]) -> list[Line]:
    """Return the lines of a body as its reader sees them; those that are none of the text are blank.

    Args:
        head: the fields of the letter.
        body: its lines below the head.

    """
    found = _texts(HeaderParser().parsestr(head), body)
    kinds = {kind for kind, _ in found}
    wanted = "text/plain" if "text/plain" in kinds else "text/html"
    seen = {line.number: line for kind, lines in found if kind == wanted for line in lines}
    return [seen.get(line.number, Line(line.number, "")) for line in body]


def _said(read: Callable[[], object]) -> str:
    """Return what a field of a head says; nothing where it cannot be read."""
    try:
        return str(read() or "")
    except (ValueError, TypeError, LookupError):
        return ""


def _texts(head: Message, body: Sequence[Line], depth: int = 0) -> list[tuple[str, list[Line]]]:
    """Return the parts of a body that are text, each with its media type and its lines decoded."""
    if depth > _DEEPEST:
        return [("text/plain", list(body))]
    boundary = _said(head.get_boundary)
    kind = _said(head.get_content_type) or "text/plain"
    if not boundary or not kind.startswith("multipart/"):
        if not kind.startswith("text/") or _said(head.get_content_disposition) == "attachment":
            return []
        lines = _decoded(head, body)
        if kind == "text/html":
            lines = [Line(line.number, mended(html.unescape(_TAG.sub(" ", line.text)))) for line in lines]
        return [("text/html" if kind == "text/html" else "text/plain", lines)]
    out: list[tuple[str, list[Line]]] = []
    part: list[Line] | None = None
    for line in body:
        if line.text.rstrip() in (f"--{boundary}", f"--{boundary}--"):
            out += _part(part, depth) if part else []
            part = []
        elif part is not None:
            part.append(line)
    return out + (_part(part, depth) if part else [])


def _part(lines: Sequence[Line], depth: int) -> list[tuple[str, list[Line]]]:
    end = next((n for n, line in enumerate(lines) if line.blank), len(lines))
    head = HeaderParser().parsestr("\n".join(line.text for line in lines[:end]))
    return _texts(head, lines[end:], depth + 1)


def _decoded(head: Message, body: Sequence[Line]) -> list[Line]:
    """Return the lines of a part, decoded as its head says."""
    coding = str(head.get("Content-Transfer-Encoding", "")).strip().lower()
    charset = _said(head.get_content_charset) or "utf-8"
    if coding == "base64":
        try:
            data = base64.b64decode("".join(line.text.strip() for line in body), validate=True)
        except ValueError:
            return list(body)
        return _laid([line for line in body if not line.blank], _text(data, charset))
    if coding != "quoted-printable":
        return list(body)
    out: list[Line] = []
    held: list[Line] = []
    for line in body:
        held.append(line)
        if line.text.endswith("="):
            continue
        data = "".join(one.text.removesuffix("=") for one in held).encode("ascii", "replace")
        out.append(Line(held[0].number, _text(quopri.decodestring(data), charset)))
        out += [Line(one.number, "") for one in held[1:]]
        held = []
    return out + held


def _text(data: bytes, charset: str) -> str:
    try:
        return mended(data.decode(charset, "replace"))
    except (LookupError, ValueError):  # no such coding, or one that is none of texts
        return mended(data.decode("utf-8", "replace"))


def _laid(lines: Sequence[Line], text: str) -> list[Line]:
    """Lay a decoded text over as many lines as it had when coded; too many of them go on with the last."""
    rows = text.rstrip().splitlines()
    rows = rows if len(rows) <= len(lines) else [" ".join(one.split()) for one in re.split(r"\n\s*\n", "\n".join(rows))]
    if len(rows) > len(lines):
        rows[len(lines) - 1 :] = [" ".join(rows[len(lines) - 1 :])]
    rows += [""] * (len(lines) - len(rows))
    return [Line(line.number, row) for line, row in zip(lines, rows, strict=True)]

"""A ``book.md`` that a person has edited is a source of its own: what is to be proved is every word that they wrote."""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace

from pipeline.model import Change, ChangeKind, Line, Source

FENCE = re.compile(r"\s*:{3,}")
LABEL = re.compile(r"\[\^([^\]\s]+)\]:\s*")
INDENT = re.compile(r"(?:\t| {2,})\S")
PICTURE = re.compile(r"!\[[^\[\]]*\]\([^()]*\)(?:\{[^{}]*\})?")
CITED = re.compile(r"\[[^\[\]]*@[^\[\]]*\]")
KEY = re.compile(r"@\{?([\w](?:[\w:.#$%&+?<>~/-]*\w)?)")
PRINTLESS = (
    re.compile(r"<!--.*?-->|</?[A-Za-z][^<>]*>"),
    re.compile(r"\[\^[^\]\s]+\]"),  # calls of notes
    re.compile(r"(?<=\])\([^()\s]*(?:\s+\"[^\"]*\")?\)"),  # where links lead
    re.compile(r"(?<=[\]`\s])\{[^{}]*[#.=][^{}]*\}"),  # ids, classes, attributes
    re.compile(r"^\s*(?:\(?(?:\d+|[A-Za-z]|[ivxlcIVXLC]+|#)[.)]|[*+-])\s"),  # the numbers of lists
)


def source_of_edited(book: Source, references: str = "") -> tuple[Source, tuple[Change, ...]]:
    """Take ``book.md`` for a source.

    Args:
        book: the file, read.
        references: the text of ``references.json``.

    Returns:
        The same lines with nothing but what is to be printed, and a record: notes are moved to their calls,
        and of a citation its author and page must be left.

    """
    authors = {item["id"]: _author(item) for item in json.loads(references)} if references else {}
    lines: list[Line] = []
    changes: list[Change] = []
    in_note = False
    for line, text in zip(book.lines, _bodies(book), strict=True):
        label = LABEL.match(text)
        in_note = bool(label) or (in_note and (not text.strip() or INDENT.match(text) is not None))
        cited = CITED.findall(text)
        printed = _printed(CITED.sub(" ", text[label.end() :] if label else text))
        if in_note and cited:
            must = " ".join(_must(one, authors) for one in cited)
            words = f"{' '.join(cited)} {printed}"
            changes.append(Change(line.number, ChangeKind.RESTYLED, words, f"{must} {printed}", "a citation"))
            printed = words
        elif in_note and printed.strip():
            changes.append(Change(line.number, ChangeKind.MOVED, printed, printed, "a note"))
        lines.append(replace(line, text=printed))
    return replace(book, lines=tuple(lines)), tuple(changes)


def _bodies(book: Source) -> list[str]:
    """Return the lines with those blanked that print nothing: metadata, fences, the heading of the bibliography."""
    texts = [line.text for line in book.lines]
    if texts and texts[0].rstrip() == "---":
        end = next((n for n, text in enumerate(texts[1:], 1) if text.rstrip() in ("---", "...")), 0)
        texts[: end + 1] = [""] * (end + 1)
    texts = ["" if FENCE.match(text) or "{#bibliography" in text else text for text in texts]
    around = zip(["", *texts], texts, [*texts[1:], ""], strict=False)
    return [_described(text, alone=not (before.strip() or after.strip())) for before, text, after in around]


def _described(text: str, *, alone: bool) -> str:
    """Take out the descriptions of pictures in running text: only one that stands alone has its own below it."""
    return text if alone and PICTURE.fullmatch(text.strip()) else PICTURE.sub(" ", text)


def _printed(text: str) -> str:
    for pattern in PRINTLESS:
        text = pattern.sub("", text)
    return html.unescape(text)


def _author(item: dict[str, object]) -> str:
    for role in ("author", "editor", "translator"):
        names = item.get(role)
        if isinstance(names, list) and names:
            return str(names[0].get("family") or names[0].get("literal") or "")
    return ""


def _must(citation: str, authors: dict[str, str]) -> str:
    """Say what a note must print of a citation: the authors' names, and the numbers of the pages."""
    names = [authors.get(key, "") for key in KEY.findall(citation)]
    return " ".join([*names, *re.findall(r"\d+", KEY.sub("", citation))])

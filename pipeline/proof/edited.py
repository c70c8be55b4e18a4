"""A ``book.md`` that a person has edited is a source of its own: what is to be proved is every word that they wrote."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import lxml.html

from pipeline import pandoc
from pipeline.admission import WORDLESS
from pipeline.model import UNPRINTED, Change, ChangeKind, Line, Source

FENCE = re.compile(r"\s*:{3,}")
HEADING = re.compile(r"#{1,6}\s")
REFS = re.compile(r"\s*:{3,}\s*\{\s*#refs\b")
LABEL = re.compile(r"\[\^([^\]\s]+)\]:\s*")
INDENT = re.compile(r"(?:\t| {2,})\S")
CAPTION = re.compile(r" {0,3}(?:[Tt]able)?:\s+(?=\S)")
ROW = re.compile(r"\||\+[-=:+]|-{2,}[-\s]*$")
PICTURE = re.compile(r"!\[([^\[\]]*)\]\(\s*([^()\s]*)[^()]*\)(?:\{[^{}]*\})?")
CITED = re.compile(r"\[[^\[\]]*@[^\[\]]*\]")
KEY = re.compile(r"@\{?([\w](?:[\w:.#$%&+?<>~/-]*\w)?)")
PRINTLESS = (
    re.compile(r"<!--.*?-->|</?[A-Za-z][^<>]*>"),
    re.compile(r"\[\^[^\]\s]+\]"),  # calls of notes
    re.compile(r"(?<=\])\([^()\s]*(?:\s+\"[^\"]*\")?\)"),  # where links lead
    re.compile(r"(?<=[\]`\s])\{[^{}]*[#.=][^{}]*\}"),  # ids, classes, attributes
    re.compile(r"^\s*(?:\(?(?:\d+|[A-Za-z]|[ivxlcIVXLC]+|#)[.)]|[*+-])\s"),  # the numbers of lists
)

_FENCE = re.compile(r"\s*:{3,}\s*(?P<names>[^\s:].*)?$")
_HEADED = re.compile(r"#{1,6} .*\{[^{}]*\}\s*$")
_CLASS = re.compile(r"(?<=\.)[\w-]+")
_TAG = re.compile(r"\s*<(/?[A-Za-z][\w-]*)[^<>]*>\s*")
CODE, FORMULA = "code", "formula"
_SILENT = re.compile(rf"\s*<(?:!|\?|({'|'.join(sorted(WORDLESS))})\b)", re.IGNORECASE)


def source_of_edited(
    book: Source,
    references: str = "",
    raw: Sequence[tuple[str, str]] = (),
    described: Callable[[str], bool] = lambda _picture: False,
    formulas: Sequence[str] = (),
) -> tuple[Source, tuple[Change, ...]]:
    """Take ``book.md`` for a source.

    Args:
        book: the file, read.
        references: the text of ``references.json``.
        raw: what Pandoc takes for code and for markup of other formats (:func:`raw_parts`).
        described: tells whether the description of a picture is printed in its place.
        formulas: what is printed of each formula among ``raw``, in its order (:func:`set_formulas`).

    Returns:
        The same lines with nothing but what is to be printed, captions above their tables, and a record: notes are
        moved to their calls, and of a citation its author and page must be left.

    """
    authors = {item["id"]: _author(item) for item in json.loads(references)} if references else {}
    lines: list[Line] = []
    changes: list[Change] = []
    in_note = False
    unprinted = _unprinted(book)
    for line, text in zip(book.lines, _without(raw, _bodies(book, described), iter(formulas)), strict=True):
        label = LABEL.match(text)
        in_note = bool(label) or (in_note and (not text.strip() or INDENT.match(text) is not None))
        cited = CITED.findall(text)
        printed = _printed(CITED.sub(" ", text[label.end() :] if label else text))
        if line.number in unprinted and printed.strip():
            changes.append(Change(line.number, ChangeKind.SET_ASIDE, printed, "", "an edition sets it anew"))
        elif in_note and cited:
            must = " ".join(_must(one, authors) for one in cited)
            words = f"{' '.join(cited)} {printed}"
            changes.append(Change(line.number, ChangeKind.RESTYLED, words, f"{must} {printed}", "a citation"))
            printed = words
        elif in_note and printed.strip():
            changes.append(Change(line.number, ChangeKind.MOVED, printed, printed, "a note"))
        lines.append(replace(line, text=printed))
    return replace(book, lines=tuple(_captions_above(lines))), tuple(changes)


def _captions_above(lines: Sequence[Line]) -> list[Line]:
    """Put the captions that stand below tables above them, where editions have them, without what marks them."""
    out: list[Line] = []
    at: int | None = None  # where the next line of a caption goes
    for line in lines:
        if not line.text.strip():
            at = None
        elif (mark := CAPTION.match(line.text)) and (at := _table_above(out)) is not None:
            line = replace(line, text=line.text[mark.end() :])
        if at is None:
            out.append(line)
        else:
            out.insert(at, line)
            at += 1
    return out


def _table_above(lines: Sequence[Line]) -> int | None:
    """Return where the table begins with which ``lines`` end; nothing if there is none, or no blank line below it."""
    texts = [line.text.strip() for line in lines]
    end = next((n for n in range(len(texts), 0, -1) if texts[n - 1]), 0)
    begin = next((n for n in range(end, 0, -1) if not texts[n - 1]), 0)
    return begin if end < len(texts) and any(ROW.match(text) for text in texts[begin:end]) else None


def _unprinted(book: Source) -> frozenset[int]:
    """Return the lines of divisions and headings whose classes say that no edition prints them."""
    out: set[int] = set()
    open_fences: list[bool] = []
    for line in book.lines:
        fence = _FENCE.match(line.text)
        hidden = not UNPRINTED.isdisjoint(_CLASS.findall(line.text)) if fence or _HEADED.match(line.text) else False
        if fence and fence["names"]:
            open_fences.append(hidden)
        elif fence and open_fences:
            open_fences.pop()
        elif hidden or any(open_fences):
            out.add(line.number)
    return frozenset(out)


def raw_parts(node: Any) -> Iterator[tuple[str, str]]:
    """Yield kind and text of what stands as it is in Pandoc's AST, in its order: raw parts, code and formulas."""
    if isinstance(node, list):
        for one in node:
            yield from raw_parts(one)
    elif isinstance(node, dict):
        if node.get("t") in ("RawBlock", "RawInline"):
            yield node["c"][0], node["c"][1]
        elif node.get("t") in ("Code", "CodeBlock"):
            yield CODE, node["c"][1]
        elif node.get("t") == "Math":
            yield FORMULA, node["c"][1]
        else:
            for one in node.values():
                yield from raw_parts(one)


def set_formulas(raw: Sequence[tuple[str, str]]) -> list[str]:
    """Return what Pandoc prints of each formula among ``raw``: letters and signs of a simple one, TeX of another."""
    blocks = [
        {"t": "Para", "c": [{"t": "Math", "c": [{"t": "InlineMath"}, part]}]} for kind, part in raw if kind == FORMULA
    ]
    if not blocks:
        return []
    page = pandoc.from_ast({"pandoc-api-version": [1, 23, 1], "meta": {}, "blocks": blocks}, "html")
    for one in (body := lxml.html.fragment_fromstring(page, create_parent="main")).iter("sub", "sup"):
        one.text, one.tail = f" {one.text or ''}", f" {one.tail or ''}"
    return [" ".join(str(one.text_content()).split("\n")) for one in body]


def _without(raw: Sequence[tuple[str, str]], texts: Sequence[str], formulas: Iterator[str]) -> list[str]:
    """Blank what prints no words: raw parts that are not HTML, and what HTML has for programs and not for readers.

    A formula has in its place what is printed of it.
    """
    text, at = "\n".join(texts), 0
    for kind, part in raw:
        shown = next(formulas, None) if kind == FORMULA else None
        silent = None if kind in (CODE, FORMULA) else _SILENT.match(part)
        rows = part.strip("\n").split("\n")
        tag = _TAG.fullmatch(part) if kind == "html" else None  # Pandoc writes its quotation marks anew
        begins = re.compile(rf"<{tag[1]}\b[^<>]*>" if tag else re.escape(rows[0])).search(text, at)
        if begins is None:
            continue  # it was mended on the way
        start, at = begins.span()
        for row in [] if tag else rows[1:]:  # in a quotation, or an item, each line has something before it
            at = text.find("\n", at) + 1
            end = text.find("\n", at)
            found = text.find(row, at, end if end >= 0 else len(text))
            at = found + len(row) if found >= 0 else at
        if silent and silent[1] and "</" not in part:  # one that stands within a line: what it holds comes by itself
            closing = re.compile(rf"</{silent[1]}\s*>", re.IGNORECASE).search(text, at)
            at = closing.start() if closing else at
        if shown is not None:
            shown += "\n" * text.count("\n", start, at)
            text, at = text[:start] + shown + text[at:], start + len(shown)
        elif silent or kind not in ("html", CODE, FORMULA):
            text = text[:start] + re.sub(r"[^\n]", " ", text[start:at]) + text[at:]
    return text.split("\n")


def _bodies(book: Source, described: Callable[[str], bool]) -> list[str]:
    """Return the lines with those blanked that print nothing: metadata, fences, the heading of the bibliography."""
    texts = [line.text for line in book.lines]
    if texts and texts[0].rstrip() == "---":
        end = next((n for n, text in enumerate(texts[1:], 1) if text.rstrip() in ("---", "...")), 0)
        texts[: end + 1] = [""] * (end + 1)
    if (heading := _heading_of_works(texts)) is not None:
        texts[heading] = ""
    texts = ["" if FENCE.match(text) or "{#bibliography" in text else text for text in texts]
    around = zip(["", *texts], texts, [*texts[1:], ""], strict=False)
    return [_described(text, described, alone=not (before.strip() or after.strip())) for before, text, after in around]


def _heading_of_works(texts: Sequence[str]) -> int | None:
    """Return the line of the heading that has nothing below it but the works cited, which the editions list."""
    place = next((at for at, text in enumerate(texts) if REFS.match(text)), len(texts))
    above = [at for at, text in enumerate(texts[:place]) if text.strip() and not LABEL.match(text)]
    if not above or not HEADING.match(texts[above[-1]]):
        return None
    return above[-1] if place < len(texts) or any(map(CITED.search, texts)) else None


def _described(text: str, described: Callable[[str], bool], *, alone: bool) -> str:
    """Take out the descriptions of pictures in running text: only one that stands alone has its own below it."""
    if alone and PICTURE.fullmatch(text.strip()):
        return text
    return PICTURE.sub(lambda found: f" {found[1]} " if described(found[2]) else " ", text)


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

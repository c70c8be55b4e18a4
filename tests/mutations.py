"""The proof proved: a finished book is spoilt in one place at a time, and each time the proof must say so.

``python -m tests.mutations SOURCE --count 2000`` makes the book of SOURCE in all editions, and of each edition so many
spoilt ones: a word, a line, a note or a heading is dropped, doubled, moved, swapped with another, hidden or covered. It
prints how many of each kind the proof named, and shows what it did not.
"""

from __future__ import annotations

import argparse
import copy
import io
import json
import random
import re
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
from lxml import etree

from pipeline import build, pandoc, proof
from pipeline.epub.manuscript import read_manuscript
from pipeline.model import UNPRINTED
from pipeline.print.press import print_book
from pipeline.proof.pdf import LABEL, SIGN
from pipeline.proof.pulls import names_of_pages
from pipeline.proof.spoken import _decoded, _letters_of, differences, spoken_in_html, spoken_in_tags
from pipeline.report import Report
from pipeline.settings import Settings
from pipeline.words import words_of

ACTS = ("dropped", "doubled", "moved", "swapped", "hidden", "covered")
STYLES = (
    "display:none",
    "visibility: hidden",
    "opacity:0",
    "font-size:0",
    "color:#fff",
    "position:absolute;left:-999em",
)
TRIES = 200


@dataclass(frozen=True)
class Spoilt:
    """One spoilt edition: what was done ("word dropped"), to what, and the edition."""

    kind: str
    what: str
    edition: Any


@dataclass(frozen=True)
class Finished:
    """A finished book in all its editions, and what it is proved against."""

    made: build.Draft
    references: str
    meant: proof.Streams
    epub: bytes
    pdf: bytes
    own: frozenset[int]
    html: str

    def named(self, edition: str, spoilt: Any) -> bool:
        """Tell whether the proof has anything to say against an edition."""
        read: Callable[[Any], proof.Streams] = {
            "markdown": lambda ast: proof.streams_of_ast(ast, self.references),
            "epub": proof.streams_of_epub,
            "pdf": lambda data: proof.streams_of_pdf(data, self.own, names_of_pages(data)),
        }[edition]
        report = Report()
        proof.check(edition, read(spoilt), self.made.source, self.made.changes, report, self.meant)
        if not report.findings and edition == "pdf":
            book = spoken_in_html(self.html)
            return any(True for _ in differences(book, spoken_in_tags(spoilt, self.own)))
        return bool(report.findings)


def finished(source: Path, folder: Path) -> Finished:
    """Make the book of ``source`` in ``folder``."""
    report = Report()
    made = build.build(source, Settings(), folder, ("epub",), report, lambda _stage: None)
    place = made.folder
    printed = print_book(made.markdown, place, Settings(), report, lambda _stage: None)
    proof.streams_of_pdf(printed.pdf, printed.own, names_of_pages(printed.pdf))  # what is read of its pages is kept
    return Finished(
        made,
        (place / "references.json").read_text(encoding="utf-8"),
        proof.streams_of_html(read_manuscript(made.markdown, place, report, Settings()).body),
        (place / "book.epub").read_bytes(),
        printed.pdf,
        printed.own,
        printed.html,
    )


# ------------------------------------------------------------------------------------------------------- markdown

_LINES = ("Para", "Plain", "LineBlock")


def spoil_markdown(ast: Any, dice: random.Random) -> Spoilt:
    """Spoil ``book.md`` in one place; ``ast`` is Pandoc's."""
    plain = _letters(ast["blocks"])
    for _ in range(TRIES):
        spoilt = copy.deepcopy(ast)
        unit = dice.choice(("word", "line", "note", "heading"))
        act = dice.choice(ACTS[:-1])
        places = list(_places(spoilt["blocks"], unit))
        if not places:
            continue
        home, at = dice.choice(places)
        one = home[at]
        what = json.dumps(one, ensure_ascii=False)[:120]
        if not words_of(_letters(one)):
            continue
        match act:
            case "dropped":
                del home[at]
            case "doubled":
                home[at:at] = [one, {"t": "Space"}] if unit == "word" else [copy.deepcopy(one)]
            case "moved":
                del home[at]
                new, place = dice.choice(list(_places(spoilt["blocks"], unit)) or [(home, 0)])
                new[place:place] = [one, {"t": "Space"}] if unit == "word" else [one]
            case "swapped":
                other, place = dice.choice(places)
                home[at], other[place] = other[place], home[at]
            case "hidden":
                home[at] = _hidden(one, unit, dice)
        if act == "hidden" or words_of(_letters(spoilt["blocks"])) != words_of(plain):
            return Spoilt(f"{unit} {act}", what, spoilt)
    raise ValueError("nothing to spoil")


def _places(node: Any, unit: str) -> Iterator[tuple[list[Any], int]]:
    """Yield each place at which a unit stands: a list of nodes, and where in it."""
    if isinstance(node, list):
        for at, one in enumerate(node):
            if isinstance(one, dict) and _is(one, unit):
                yield node, at
            yield from _places(one, unit)
    elif isinstance(node, dict):
        if node.get("t") == "Cite":
            for citation in node["c"][0]:
                yield from _places(citation["citationSuffix"], unit)
        elif node.get("t") == "Header" and not _is(node, "heading"):
            return  # ours, or not printed
        elif node.get("t") != "Div" or (node["c"][0][0] != "refs" and UNPRINTED.isdisjoint(node["c"][0][1])):
            yield from _places(node.get("c"), unit)


def _is(node: dict[str, Any], unit: str) -> bool:
    kind = node.get("t")
    if unit == "heading":
        return kind == "Header" and node["c"][1][0] != "bibliography" and UNPRINTED.isdisjoint(node["c"][1][1])
    return kind in {"word": ("Str",), "line": _LINES, "note": ("Note",)}[unit]


def _hidden(one: Any, unit: str, dice: random.Random) -> Any:
    block = unit in ("line", "heading")
    if dice.random() < 0.3:
        return {"t": "RawBlock" if block else "RawInline", "c": ["html", f"<!-- {_letters(one)} -->"]}
    pairs = [["hidden", ""]] if dice.random() < 0.2 else [["style", dice.choice(STYLES)]]
    return {"t": "Div" if block else "Span", "c": [["", [], pairs], [one]]}


def _letters(node: Any) -> str:
    """Return all letters of a node, with signs where a note begins and ends."""
    if isinstance(node, list):
        return "".join(map(_letters, node))
    if not isinstance(node, dict):
        return ""
    kind = node.get("t")
    if kind == "Str":
        return str(node["c"])
    if kind in ("Code", "Math", "CodeBlock"):
        return str(node["c"][1])
    if kind == "Cite":
        return " ".join(f"key{one['citationId']} {_letters(one['citationSuffix'])}" for one in node["c"][0])
    if kind == "Div" and not UNPRINTED.isdisjoint(node["c"][0][1]):
        return ""
    gap = "" if kind in ("Emph", "Strong", "Span", "SmallCaps", "Link") else " "
    inside = _letters(node.get("c"))
    return f" note {inside} etoN " if kind == "Note" else f"{gap}{inside}{gap}"


# ----------------------------------------------------------------------------------------------------------- epub

_OURS = "@role='doc-noteref' or @role='doc-backlink' or @role='doc-pagebreak' or @role='doc-index' or self::x:title"
_X = {"x": "http://www.w3.org/1999/xhtml"}
_UNITS = {
    "line": ".//x:p | .//x:li[not(x:p)] | .//x:span[@class='line'] | .//x:td",
    "note": ".//x:aside[@role='doc-footnote']",
    "heading": ".//x:h1 | .//x:h2 | .//x:h3",
}


class Epub:
    """An e-book to spoil: its chapters, parsed."""

    def __init__(self, data: bytes) -> None:
        """Read the files that the proof reads."""
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            wanted = (".xhtml", ".opf", ".xml", ".css")
            self.files = {name: archive.read(name) for name in archive.namelist() if name.endswith(wanted)}
        self.chapters = [name for name in self.files if re.search(r"(?:chapter|bibliography).*\.xhtml$", name)]

    def spoil(self, dice: random.Random) -> Spoilt:
        """Spoil the e-book in one place."""
        for _ in range(TRIES):
            name = dice.choice(self.chapters)
            root = etree.fromstring(self.files[name])
            unit = dice.choice(("word", "line", "note", "heading"))
            act = dice.choice(ACTS)
            before = _said(root)
            what = self._word(root, act, dice) if unit == "word" else self._element(root, unit, act, dice)
            if what and (act in ("hidden", "covered") or _said(root) != before):
                return Spoilt(f"{unit} {act}", what, self._packed({name: etree.tostring(root)}, dice, act))
        raise ValueError("nothing to spoil")

    def _packed(self, changed: dict[str, bytes], dice: random.Random, act: str) -> bytes:
        files = self.files | changed
        if act == "hidden":
            sheet = next(name for name in files if name.endswith(".css"))
            files[sheet] += b"\n.gone { %s }\n" % dice.choice(STYLES).encode()
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for name, data in files.items():
                archive.writestr(name, data)
        return out.getvalue()

    def _word(self, root: etree._Element, act: str, dice: random.Random) -> str:
        spots = [spot for spot in _texts(root) if len(words_of(spot.text)) > 1]
        if not spots:
            return ""
        spot = dice.choice(spots)
        tokens: list[str] = re.findall(r"\S+\s*", spot.text)
        at = dice.choice([n for n, token in enumerate(tokens) if words_of(token)])
        token = tokens[at]
        match act:
            case "dropped":
                tokens[at] = re.search(r"\s*$", token)[0]  # type: ignore[index]
            case "doubled":
                tokens[at] = f"{token.rstrip()} {token}"
            case "swapped":
                other = dice.choice([n for n, word in enumerate(tokens) if words_of(word)])
                tokens[at], tokens[other] = f"{tokens[other].rstrip()} ", f"{token.rstrip()} "
            case "moved":
                tokens[at] = ""
                other = dice.randrange(len(tokens))
                tokens[other] = f"{tokens[other].rstrip()} {token.rstrip()} "
            case _:
                spot.wrap("".join(tokens[:at]), token, "".join(tokens[at + 1 :]), _veil(act, dice))
                return token
        spot.put("".join(tokens))
        return token

    def _element(self, root: etree._Element, unit: str, act: str, dice: random.Random) -> str:
        found = [one for one in root.xpath(_UNITS[unit], namespaces=_X) if _proved(one) and words_of(_own(one))]
        if not found:
            return ""
        one = dice.choice(found)
        what = _own(one)[:100]
        parent = one.getparent()
        tail, one.tail = one.tail, None
        place = parent.index(one)
        match act:
            case "dropped":
                _leave(one, tail)
            case "doubled":
                parent.insert(place, copy.deepcopy(one))
                one.tail = tail
            case "moved" | "swapped":
                other = dice.choice(found)
                if other is one or one in other.iter() or other in one.iter():
                    return ""
                one.tail = tail
                if act == "moved":
                    one.tail = None
                    _leave(one, tail)
                    other.addnext(one)
                else:
                    _swap(one, other)
            case _:
                one.tail = tail
                for name, value in _veil(act, dice).items():
                    one.set(name, f"{one.get(name, '')} {value}".strip())
                if act == "covered" and dice.random() < 0.5:
                    del one.attrib["style"]
                    cover = etree.SubElement(one, "{http://www.w3.org/1999/xhtml}span")
                    cover.set("style", "position:absolute;left:0;top:0;width:100%;height:100%;background:white")
        return what


def _veil(act: str, dice: random.Random) -> dict[str, str]:
    if act == "covered":
        return {"style": dice.choice(("position:absolute;top:0", "position: relative; left: -99em"))}
    return dice.choice(({"style": dice.choice(STYLES)}, {"class": "gone"}, {"hidden": "hidden"}))


@dataclass(frozen=True)
class _Spot:
    """A text of a tree: an element's own, or the one behind it."""

    element: etree._Element
    behind: bool
    text: str

    def put(self, text: str) -> None:
        if self.behind:
            self.element.tail = text
        else:
            self.element.text = text

    def wrap(self, before: str, word: str, after: str, attributes: dict[str, str]) -> None:
        span = etree.Element("{http://www.w3.org/1999/xhtml}span", attributes)
        span.text, span.tail = word, after
        self.put(before)
        if self.behind:
            self.element.addnext(span)
            self.element.tail = before
            span.tail = after
        else:
            self.element.insert(0, span)


def _texts(root: etree._Element) -> Iterator[_Spot]:
    for element in root.find("x:body", _X).iter(etree.Element):  # type: ignore[union-attr]
        if element.text and _proved(element):
            yield _Spot(element, False, element.text)
        parent = element.getparent()
        if element.tail and parent is not None and _proved(parent):
            yield _Spot(element, True, element.tail)


def _proved(element: etree._Element) -> bool:
    """Tell whether this is text of the book, not the number of a note or the index."""
    return not element.xpath(f"ancestor-or-self::*[{_OURS}]", namespaces=_X)


def _own(element: etree._Element) -> str:
    return "".join(map(str, element.itertext()))


def _said(element: etree._Element) -> list[str]:
    """Return the words in the order in which they are read, with signs where a note is called and where one begins."""
    out = ["|"] if element.get("role") in ("doc-noteref", "doc-footnote") else []
    out += words_of(element.text or "")
    for child in element.iterchildren():
        if isinstance(child.tag, str):
            out += _said(child)
        out += words_of(child.tail or "")
    return out


def _leave(one: etree._Element, tail: str | None) -> None:
    parent, before = one.getparent(), one.getprevious()
    assert parent is not None
    if before is not None:
        before.tail = (before.tail or "") + (tail or "")
    else:
        parent.text = (parent.text or "") + (tail or "")
    parent.remove(one)


def _swap(one: etree._Element, other: etree._Element) -> None:
    first, second = copy.deepcopy(one), copy.deepcopy(other)
    first.tail, second.tail = other.tail, one.tail
    for old, new in ((one, second), (other, first)):
        parent = old.getparent()
        assert parent is not None
        parent.replace(old, new)


# ------------------------------------------------------------------------------------------------------------ pdf


@dataclass
class _Shown:
    """A piece of text that a page shows: its place among the instructions, its font, and its letters with codes."""

    at: int
    font: str
    codes: list[tuple[bytes, str]]
    size: float

    @property
    def text(self) -> str:
        return "".join(letter for _, letter in self.codes)

    def words(self) -> list[tuple[int, int]]:
        """Return start and end of each word, the space behind it included."""
        out, start = [], 0
        for n, (_, letter) in enumerate(self.codes):
            if letter == " " or n + 1 == len(self.codes):
                out.append((start, n + 1))
                start = n + 1
        return [(low, high) for low, high in out if words_of("".join(letter for _, letter in self.codes[low:high]))]


class Pdf:
    """A printed book to spoil: the text of its pages, from the first of the text to the bibliography."""

    def __init__(self, data: bytes, own: frozenset[int]) -> None:
        """Read the pages that have text."""
        self.data = data
        fonts: dict[tuple[int, int], dict[int, str]] = {}
        self.pages: list[tuple[int, list[Any], list[_Shown]]] = []
        end = _end_of_text(data)
        with pikepdf.open(io.BytesIO(data)) as pdf:
            for place in range(min(end, len(pdf.pages))):
                if place in own:
                    continue
                page = pdf.pages[place]
                code = [(list(one.operands), str(one.operator)) for one in pikepdf.parse_content_stream(page)]
                shown = [one for one in _shown(page, code, fonts) if words_of(one.text)]
                if shown:
                    self.pages.append((place, code, shown))

    def spoil(self, dice: random.Random) -> Spoilt:
        """Spoil the printed book in one place."""
        sizes = Counter(round(one.size, 1) for _, _, some in self.pages for one in some)
        common = sizes.most_common(1)[0][0]
        for _ in range(TRIES):
            place, code, some = dice.choice(self.pages)
            unit, act = dice.choice(("word", "line", "note", "heading")), dice.choice(ACTS)
            fit = [
                one
                for one in some
                if not (SIGN.fullmatch(one.text) or LABEL.fullmatch(one.text))
                and (unit not in ("note", "heading") or (one.size < common if unit == "note" else one.size > common))
            ]
            if not fit:
                continue
            one = dice.choice(fit)
            new = self._word(one, some, act, dice) if unit == "word" else self._line(one, some, fit, act, dice)
            cover = _cover(self.data, place, one.text) if new and -1 in new else ""
            if new is not None and (cover or -1 not in new):
                return Spoilt(f"{unit} {act}", f"p. {place}: {one.text}", self._saved(place, code, new, cover))
        raise ValueError("nothing to spoil")

    def _word(self, one: _Shown, some: list[_Shown], act: str, dice: random.Random) -> dict[int, list[Any]] | None:
        words = one.words()
        low, high = dice.choice(words)
        word = one.codes[low:high]
        said = words_of("".join(letter for _, letter in word))
        rest = (one.codes[:low], one.codes[high:])
        match act:
            case "dropped":
                return {one.at: _tj([*rest[0], *rest[1]])}
            case "doubled":
                space = [] if word[-1][1] == " " else _space(one)
                return None if space is None else {one.at: _tj([*rest[0], *word, *space, *word, *rest[1]])}
            case "swapped":
                first, last = dice.choice(words)
                other = one.codes[first:last]
                if first <= low or other[-1][1] != " " or word[-1][1] != " ":
                    return None
                if words_of("".join(letter for _, letter in other)) == said:
                    return None
                return {one.at: _tj([*rest[0], *other, *one.codes[high:first], *word, *one.codes[last:]])}
            case "moved":
                target = dice.choice([item for item in some if item.font == one.font])
                last = some.index(target) == some.index(one) + 1 and not words_of(
                    "".join(letter for _, letter in rest[1])
                )
                if target is one or word[-1][1] != " " or last:
                    return None  # before the next line, it is read as at the end of its own
                begin = target.words()[0][0]
                moved = [*target.codes[:begin], *word, *target.codes[begin:]]
                return {one.at: _tj([*rest[0], *rest[1]]), target.at: _tj(moved)}
            case _:
                veil, unveil = dice.choice(
                    (("3 Tr", "0 Tr"), ("1 1 1 rg", "0 0 0 rg"), ("0.01 Tz 3 Tr", "100 Tz 0 Tr"))
                )
                parts = [*_tj(rest[0]), *_code(veil), *_tj(word), *_code(unveil), *_tj(rest[1])]
                return {one.at: parts} if act == "hidden" else None

    def _line(
        self, one: _Shown, some: list[_Shown], fit: list[_Shown], act: str, dice: random.Random
    ) -> dict[int, list[Any]] | None:
        match act:
            case "dropped":
                return {one.at: []}
            case "doubled":
                return {one.at: [*_tj(one.codes), *_tj(one.codes)]}
            case "moved" | "swapped":
                target = dice.choice(fit)
                if target.font != one.font or words_of(target.text) == words_of(one.text):
                    return None
                if act == "swapped":
                    return {one.at: _tj(target.codes), target.at: _tj(one.codes)}
                space = _space(target)
                if space is None or some.index(target) == some.index(one) - 1:
                    return None  # behind the line before it, it is read as before
                return {one.at: [], target.at: _tj([*target.codes, *space, *one.codes])}
            case "hidden":
                return {one.at: [*_code("3 Tr"), *_tj(one.codes), *_code("0 Tr")]}
            case _:
                return {-1: []}

    def _saved(self, place: int, code: list[Any], new: dict[int, list[Any]], cover: str) -> bytes:
        with pikepdf.open(io.BytesIO(self.data)) as pdf:
            out: list[Any] = []
            for at, one in enumerate(code):
                out += new.get(at, [one])
            if cover:
                out = [*_code("q"), *out, *_code("Q"), *_code(cover)]
            pdf.pages[place].Contents = pdf.make_stream(pikepdf.unparse_content_stream(out))
            saved = io.BytesIO()
            pdf.save(saved, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
            return saved.getvalue()


def _shown(page: Any, code: list[Any], fonts: dict[tuple[int, int], dict[int, str]]) -> Iterator[_Shown]:
    stack: list[str] = []
    font, letters, size, scale = "", {}, 0.0, 1.0
    for at, (operands, operator) in enumerate(code):
        match operator:
            case "BDC" | "BMC":
                stack.append(str(operands[0]))
            case "EMC":
                stack.pop()
            case "Tm":
                scale = abs(float(operands[3]))
            case "Tf":
                font, size = str(operands[0]), float(operands[1])
                one = page.Resources.Font[font]
                letters = fonts.setdefault(one.objgen, {}) or _letters_of(one)
                fonts[one.objgen] = letters
            case "TJ" | "Tj":
                if "/Artifact" not in stack:
                    strings = [bytes(part) for part in operands[0] if isinstance(part, pikepdf.String)]
                    raw = b"".join(strings) if operator == "TJ" else bytes(operands[0])
                    pairs = [raw[n : n + 2] for n in range(0, len(raw) - 1, 2)]
                    yield _Shown(at, font, [(pair, _decoded(pair, letters)) for pair in pairs], size * scale)


def _tj(codes: Sequence[tuple[bytes, str]]) -> list[Any]:
    if not codes:
        return []
    return [([pikepdf.Array([pikepdf.String(b"".join(code for code, _ in codes))])], pikepdf.Operator("TJ"))]


def _space(one: _Shown) -> list[tuple[bytes, str]] | None:
    return next(([pair] for pair in one.codes if pair[1] == " "), None)


def _code(text: str) -> list[Any]:
    out: list[Any] = []
    operands: list[Any] = []
    for part in text.split():
        if re.fullmatch(r"-?[\d.]+", part):
            operands.append(float(part) if "." in part else int(part))
        else:
            out.append((operands, pikepdf.Operator(part)))
            operands = []
    return out


def _end_of_text(data: bytes) -> int:
    import pypdfium2

    from pipeline.proof.pdf import _bibliography

    document = pypdfium2.PdfDocument(data)
    try:
        return _bibliography(document)[0]
    finally:
        document.close()


def _cover(data: bytes, place: int, text: str) -> str:
    """Return the code of a white box over the first piece of a page with these letters, whichever way it is read."""
    import pypdfium2

    from pipeline.proof.sight import box_of

    document = pypdfium2.PdfDocument(data)
    try:
        page = document[place]
        pieces = page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT], textpage=page.get_textpage())
        wanted = sorted("".join(words_of(text)))
        box = next((box_of(one) for one in pieces if sorted("".join(words_of(one.extract()))) == wanted), None)
    finally:
        document.close()
    if box is None:
        return ""
    return f"q 1 1 1 rg {box.left:.2f} {box.low:.2f} {box.right - box.left:.2f} {box.high - box.low:.2f} re f Q"


# ------------------------------------------------------------------------------------------------------ the count


def spoilers(book: Finished, editions: Sequence[str]) -> dict[str, Callable[[random.Random], Spoilt]]:
    """Return what spoils each edition."""
    out: dict[str, Callable[[random.Random], Spoilt]] = {}
    if "markdown" in editions:
        ast = pandoc.to_ast(book.made.markdown)
        out["markdown"] = lambda dice: spoil_markdown(ast, dice)
    if "epub" in editions:
        out["epub"] = Epub(book.epub).spoil
    if "pdf" in editions:
        out["pdf"] = Pdf(book.pdf, book.own).spoil
    return out


def unnamed(book: Finished, edition: str, count: int, seed: int, tally: Counter[tuple[str, bool]]) -> list[Spoilt]:
    """Spoil an edition ``count`` times; return what the proof did not name. ``tally`` counts by kind and outcome."""
    spoil = spoilers(book, (edition,))[edition]
    dice = random.Random(seed)
    out: list[Spoilt] = []
    for _ in range(count):
        spoilt = spoil(dice)
        named = book.named(edition, spoilt.edition)
        tally[spoilt.kind, named] += 1
        if not named:
            out.append(spoilt)
    return out


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path)
    parser.add_argument("--count", type=int, default=2000, help="spoilt books of each edition (default: 2000)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--edition", action="append", choices=("markdown", "epub", "pdf"))
    options = parser.parse_args()
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        book = finished(options.source, Path(folder))
        for edition in options.edition or ("markdown", "epub", "pdf"):
            tally: Counter[tuple[str, bool]] = Counter()
            over = unnamed(book, edition, options.count, options.seed, tally)
            missed += len(over)
            share = 100 * (1 - len(over) / options.count)
            print(f"{edition}: {options.count - len(over)} of {options.count} named ({share:.2f} %)")
            for kind in sorted({kind for kind, _ in tally}):
                named = tally[kind, True]
                print(f"  {kind:18} {named} of {named + tally[kind, False]}")
            for spoilt in over[:20]:
                print(f"  not named: {spoilt.kind}: {spoilt.what}")
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())

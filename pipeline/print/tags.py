"""The structure of the PDF: what a screen reader hears, built from the laid-out boxes.

WeasyPrint builds a structure tree page by page, in which a paragraph that crosses a page is two, notes and contents
are spans, and running heads are neither content nor artifact. ``tagged`` puts this tree in its place while a PDF is
written. Reading order is the order of the manuscript; the notes of a division follow it, each an element of its own
with a number that leads back to the call.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from itertools import permutations
from typing import Any

import pydyf

from pipeline.forms.elements import HEADINGS, ZERO_WIDTH
from pipeline.forms.works import WORKS
from pipeline.language import AddedWords
from pipeline.print.boxes import HYPHEN, PX, descendants, has_class, kind
from pipeline.print.glyphs import tell
from pipeline.print.letters import Letters
from pipeline.print.operators import Operators

TAGS = {
    "p": "P",
    "section": "Sect",
    "blockquote": "BlockQuote",
    "a": "Link",
    "ul": "L",
    "ol": "L",
    "li": "LI",
    "li::marker": "Lbl",
    "dl": "L",
    "dt": "LI",
    "dd": "LBody",
    "figure": "Div",
    "table": "Table",
    "caption": "Caption",
    "thead": "THead",
    "tbody": "TBody",
    "tr": "TR",
    "th": "TH",
    "td": "TD",
    "img": "Figure",
    "pre": "P",
    "code": "Code",
    "figcaption": "Caption",
}
BY_CLASS = {
    "extract": "BlockQuote",
    "line-block": "P",
    "references": "L",
    "csl-entry": "BibEntry",
    "index": "Index",
    "fn": "Note",
    "endnote": "Note",
    "further": "P",
    "entry": "TOCI",
    "item-mark": "Lbl",
}
REORDERED = re.compile("[\u0590-\u08ff\u0900-\u0dff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\ufb1d-\ufdff\ufe70-\ufefc]")
"""Letters of scripts that run from right to left, or in which a vowel may be written before its consonant."""

LEFTWARD = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
LAM_ALEF = re.compile("\u0644[\u0622\u0623\u0625\u0627]")
LISTS = {
    "ul": "/Disc",
    "ol": "/Decimal",
    "1": "/Decimal",
    "a": "/LowerAlpha",
    "A": "/UpperAlpha",
    "i": "/LowerRoman",
    "I": "/UpperRoman",
}
"""How the items of a list are marked, by the list's type or name (ISO 32000-1, table 347)."""

ARTIFACTS = ("hr::before", "span::before")  # asterisks between paragraphs, leader dots
HEADER = {"Type": "/Pagination", "Subtype": "/Header"}
FOOTER = {"Type": "/Pagination", "Subtype": "/Footer"}


@dataclass(slots=True, eq=False)
class Node:
    """A structure element: its kids are nodes, marked contents (page, number) and annotations (page, annotation)."""

    tag: str
    kids: list[Any] = field(default_factory=list)
    page: int = 0
    extra: dict[str, Any] = field(default_factory=dict)
    element: Any = None  # what is written for it

    def add(self, tag: str, page: int, **extra: Any) -> Node:
        """Append a new node."""
        node = Node(tag, page=page, extra=extra)
        self.kids.append(node)
        return node


class _Settled(pydyf.Dictionary):  # type: ignore[misc]
    """What is written twice, for the file and for the name by which it is known, and does not change meanwhile."""

    @cached_property
    def data(self) -> bytes:
        """Return what is written."""
        written: bytes = super().data
        return written


@contextmanager
def tagged(tree: Tree) -> Iterator[None]:
    """While this lasts, WeasyPrint writes our structure, a ``tree`` that has read each page when that was painted."""
    import weasyprint.pdf as writer

    plain_tags, plain_fonts = writer.add_tags, writer.build_fonts_dictionary

    def build_fonts(pdf: Any, fonts: Any, *rest: Any) -> Any:
        both_ways = _goes_both_ways(fonts)
        for font in fonts.values():  # one glyph stands for both spaces: let it be the plain one in the text
            for glyph, text in font.to_unicode.items():
                if text == "\u00a0":
                    font.to_unicode[glyph] = " "
                elif LAM_ALEF.fullmatch(text):  # readers turn round what they take from right to left, letter by letter
                    font.to_unicode[glyph] = text[::-1]
            tell(font, both_ways=both_ways)
        return plain_fonts(pdf, fonts, *rest)

    def add_tags(pdf: Any, document: Any, _version: Any, _streams: Sequence[Any]) -> None:
        tree.write(pdf, document.fonts)

    writer.add_tags, writer.build_fonts_dictionary = add_tags, build_fonts
    try:
        yield
    finally:
        writer.add_tags, writer.build_fonts_dictionary = plain_tags, plain_fonts


class Tree:
    """The structure of a document, which grows page by page as these are painted."""

    def __init__(self, words: AddedWords, *, both_ways: bool) -> None:
        """``words`` are in the language of the book; ``both_ways``: some of it runs to the left."""
        self.words, self.both_ways = words, both_ways
        self.root = Node("Document")
        self.open: dict[tuple[int, str], Node] = {}  # the node of each element, by identity and tag
        self.notes: Node | None = None
        self.level = 0  # of the heading last met
        self.last = -1  # number of the marked content last met
        self.letters = Letters()
        self.parted = False  # a space follows the letter last met
        self.group = ""  # of rows, the one last met
        self.leads_to = ""  # where the link last met leads, in words
        self.leftward = False  # something of the line last met runs to the left
        self.pairs: dict[str, list[Node]] = {}  # the node of a call and that of its note, by the note's id
        self.spaces: dict[str, str] = {}  # the glyph of a space, in each face: known when all pages are painted
        self.text: Any = None  # the element that holds all of the page last read
        self.pages = 0

    def read(self, page: Any, stream: Any) -> None:
        """Read the next page, the box of which was just painted into a ``stream``; nothing else is asked of it."""
        self.number, self.marks = self.pages, stream._tags
        self.pages += 1
        self.ops = Operators(stream)
        if self.text is not page.children[0].element:  # another part: elements are known by where they lie in memory
            self.text = page.children[0].element
            self.open.clear()
            self.letters = Letters()
            self.letters.know(self.text)
        for box in page.children:
            if kind(box) == "MarginBox":
                where = HEADER if box.at_keyword.startswith("@top") else FOOTER
                for part in descendants(box):
                    self._artifact(part, where)
            elif kind(box) == "FootnoteAreaBox":
                for note in box.children:
                    self._read(note, self.notes or self.root)
            else:
                self._read(box, self.root)
        for part in list(self.marks):
            self._artifact(part, {})
        stream.stream = self.ops.settled()

    def _read(self, box: Any, parent: Node) -> None:
        box = getattr(box, "_box", box)
        if kind(box) == "LineBox":
            self.leftward = self._runs_leftward(box)
            for child in box.children:
                self._read(child, parent)
            if self.parted:
                self.ops.add_space(self.last, self.spaces)
                self.parted = False
            return
        if kind(box) == "TextBox":
            self._mark(box, parent)
            return
        node = None if self._repeated(box) else self._node(box, parent)
        if node is None:
            for part in descendants(box):
                self._artifact(part, {})
                self._link(part, parent)
            return
        self._link(box, node)
        if box in self.marks:
            node.kids.append((self.number, self.marks.pop(box)["mcid"]))
            left, top = box.content_box_x() * PX, box.content_box_y() * PX
            area = pydyf.Array((left, top, left + box.width * PX, top + box.height * PX))
            node.extra["A"] = pydyf.Dictionary({"O": "/Layout", "BBox": area, "Placement": "/Block"})
        for child in getattr(box, "children", ()):
            self._read(child, node)

    def _repeated(self, box: Any) -> bool:
        """Tell whether this is the head of a table once more, on a later page."""
        first = self.open.get((id(box.element), "thead"))
        return box.element_tag == "thead" and first is not None and first.page != self.number

    def _node(self, box: Any, parent: Node) -> Node | None:
        """Return the node that the contents of ``box`` belong to: a new one, one already open, or ``parent``."""
        element, tag = box.element, box.element_tag or ""
        if tag in ARTIFACTS or has_class(box, "hr"):
            return None
        if element is None or tag in ("html", "body", "main"):
            return parent
        key = (id(element), tag)
        if key in self.open:
            return self.open[key]
        node = self._new(element, tag, parent)
        self.open[key] = node
        return node

    def _new(self, element: Any, tag: str, parent: Node) -> Node:
        names = (element.get("class") or "").split()
        role = TAGS.get(tag, "")
        if tag == element.tag:
            role = next((BY_CLASS[name] for name in names if name in BY_CLASS), role)
            if role == "Index" and "level1" not in names:
                role = ""  # entries of an index that the text has itself
        extra = {"Lang": pydyf.String(element.get("lang"))} if element.get("lang") else {}
        page = self.number
        if role in ("Sect", "Index") and "level1" in names:
            if "works" in names:
                extra["ID"] = pydyf.String(WORKS)
            node = self.root.add(role, page, **extra)
            self.notes = self.root.add("NonStruct", page)
            return node
        if role == "Note":
            return self._note(element, names, page, extra)
        if tag in HEADINGS:
            self.level = min(int(tag[1]), self.level + 1)
            title = element.get("data-title") or ""
            return parent.add(f"H{self.level}", page, T=pydyf.String(title), **extra)
        if role == "TOCI":
            parent = _last(parent, "TOC") or parent.add("TOC", page)
            if "level2" in names and (last := _last(parent, "TOCI")) is not None:
                parent = _last(last, "TOC") or last.add("TOC", page)
            return parent.add("TOCI", page, **extra).add("Reference", page)
        if role == "BibEntry":
            return parent.add("LI", page).add("LBody", page).add("BibEntry", page, **extra)
        if tag == "dt":
            return parent.add("LI", page, **extra).add("Lbl", page)
        if tag == "dd":
            return (_last(parent, "LI") or parent.add("LI", page)).add("LBody", page, **extra)
        if role == "LI":
            return parent.add("LI", page, **extra)
        if not role and extra:
            role = "Span" if element.tag in ("span", "em", "strong") else "Div"
        if "further" in names and any("further" in child.get("class", "") for child in element):
            return parent  # of the blocks of a note, only the paragraphs are elements
        if "resumed" in names:
            return _last(parent, "P") or parent
        if role and parent.tag == "LI" and role != "Lbl":
            parent = _body_of(parent, page)
        if role == "Link":
            self.leads_to = self._destination(element, names)
            if "mark" in names:
                parent = parent.add("NonStruct", page).add("Lbl", page)
            elif parent.tag != "Reference":
                parent = parent.add("Reference", page)
            if "number" in names:
                self.pairs.setdefault(element.get("href").removeprefix("#"), []).append(parent)
            return parent.add("Link", page, **extra)
        if role in ("THead", "TBody"):
            self.group = role
        if role == "L":
            numbering = "/None" if "entries" in names else LISTS.get(element.get("type") or tag, "/None")
            extra["A"] = pydyf.Dictionary({"O": "/List", "ListNumbering": numbering})
        if role in ("TH", "TD"):
            extra["A"] = pydyf.Dictionary({"O": "/Table", **self._place_in_table(element, role)})
        if role == "Figure":
            extra["Alt"] = pydyf.String(element.get("alt") or " ")
        if "leader" in names:
            self.ops.add_space(self.last, self.spaces)  # the dots that part words and folio are not read
        if not role:
            return parent
        return parent.add(role, page, **extra)

    def _place_in_table(self, element: Any, role: str) -> dict[str, Any]:
        """Return what a cell spans, and of what it is the head (ISO 32000-1, table 349)."""
        found: dict[str, Any] = {}
        for name, key in (("colspan", "ColSpan"), ("rowspan", "RowSpan")):
            if (span := element.get(name, "1")) != "1":
                found[key] = int(span)
        if role == "TH":
            found["Scope"] = "/Column" if self.group == "THead" else "/Row"
        return found

    def _note(self, element: Any, names: Sequence[str], page: int, extra: dict[str, Any]) -> Node:
        area = self.notes or self.root
        if "continued" in names:
            return _last(area, "Note") or area
        name = element.get("id")
        note = area.add("Note", page, ID=pydyf.String(name), **extra)
        self.pairs.setdefault(name, []).append(note)
        return note

    def _mark(self, box: Any, parent: Node) -> None:
        if box.element is not None and box.element_tag == box.element.tag and box.text.strip():
            self.parted = self.letters.follow(box.element, box.text)
        mark = self.marks.pop(box, None)
        if mark is None:
            return
        if not box.text.replace(ZERO_WIDTH, "").strip():
            self.ops.make_artifact(mark["mcid"], {})
            self.ops.add_space(self.last, self.spaces)  # WeasyPrint shows no space that stands alone
            self.parted = False
            return
        if parent.tag == "LI":
            parent = _body_of(parent, self.number)
        if box.text.endswith(HYPHEN):
            # Ours, from breaking the word: a reader should hear the word whole.
            parent = parent.add("Span", self.number, ActualText=pydyf.String(box.text[: -len(HYPHEN)]))
        elif REORDERED.search(box.text) or (self.leftward and not box.text.isalnum()):
            # The glyphs stand in another order than the letters are read.
            whole = box.text.replace(ZERO_WIDTH, "") + " " * self.parted
            parent = parent.add("Span", self.number, ActualText=pydyf.String(whole))
            if REORDERED.search(whole) and not LEFTWARD.search(
                whole
            ):  # there readers turn the letters round themselves
                self.ops.say(mark["mcid"], whole)
        parent.kids.append((self.number, mark["mcid"]))
        self.last = mark["mcid"]

    def _runs_leftward(self, line: Any) -> bool:
        """Tell whether something of a line runs to the left: its signs may be set before the letters they follow."""
        if not self.both_ways:
            return False
        texts = (part.text for part in descendants(line) if kind(part) == "TextBox")
        return line.style["direction"] == "rtl" or any(map(LEFTWARD.search, texts))

    def _link(self, box: Any, node: Node) -> None:
        """Tie the annotation of a link to its node, and say in words where it leads."""
        if (annotation := getattr(box, "link_annotation", None)) is not None:
            annotation["Contents"] = pydyf.String(self.leads_to)
            node.kids.append((self.number, annotation))

    def _destination(self, element: Any, names: Sequence[str]) -> str:
        words = " ".join("".join(element.itertext()).split())
        if "number" in names or "mark" in names:
            return f"{self.words.note} {words.rstrip('.')}"
        return element.get("title") or words or element.get("href") or ""

    def _artifact(self, box: Any, properties: dict[str, str]) -> None:
        if (mark := self.marks.pop(box, None)) is not None:
            self.ops.make_artifact(mark["mcid"], properties)

    def write(self, pdf: Any, fonts: Mapping[str, Any]) -> None:
        """Add the tree to the PDF, of which the ``fonts`` are known."""
        for font in fonts.values():
            for glyph, text in font.to_unicode.items():
                if text == " ":
                    self.spaces[font.hash] = f"{glyph:04x}"
        root = pydyf.Dictionary({"Type": "/StructTreeRoot"})
        pdf.add_object(root)
        numbers: list[dict[int, bytes]] = [{} for _ in range(self.pages)]
        annotations: list[tuple[Any, bytes]] = []
        names: list[tuple[str, bytes]] = []

        pages = pdf.page_references  # made anew at each asking

        def emit(node: Node, parent: bytes) -> bytes | None:
            element = _Settled({"Type": "/StructElem", "S": f"/{node.tag}", "P": parent, **node.extra})
            pdf.add_object(element)
            node.element = element
            kids = pydyf.Array()
            page = next((kid[0] for kid in node.kids if isinstance(kid, tuple)), node.page)
            element["Pg"] = pages[page]
            for kid in node.kids:
                if isinstance(kid, Node):
                    if (reference := emit(kid, element.reference)) is not None:
                        kids.append(reference)
                elif isinstance(kid[1], int):
                    numbers[kid[0]][kid[1]] = element.reference
                    where = {"Type": "/MCR", "Pg": pages[kid[0]], "MCID": kid[1]}
                    kids.append(kid[1] if kid[0] == page else pydyf.Dictionary(where))
                else:
                    annotations.append((kid[1], element.reference))
                    what = {"Type": "/OBJR", "Obj": kid[1].reference, "Pg": pages[kid[0]]}
                    kids.append(pydyf.Dictionary(what))
            element["K"] = kids
            if "ID" in node.extra:
                names.append((node.extra["ID"].string, element.reference))
            return element.reference if kids or node is self.root or node.tag in ("TD", "TH") else None

        top = emit(self.root, root.reference)
        for pair in self.pairs.values():
            for one, other in permutations(pair, 2):  # as PDF 2.0 has it (ISO 32000-2, table 355)
                one.element["Ref"] = pydyf.Array([other.element.reference])
        parents = pydyf.Array()
        for page, owners in enumerate(numbers):
            row = pydyf.Array(owners.get(number, "null") for number in range(max(owners, default=-1) + 1))
            parents.extend((page, row))
        for index, (annotation, reference) in enumerate(annotations, len(numbers)):
            annotation["StructParent"] = index
            parents.extend((index, reference))
        root["K"] = pydyf.Array([top])
        root["ParentTree"] = pydyf.Dictionary({"Nums": parents})
        root["ParentTreeNextKey"] = len(numbers) + len(annotations)
        if names:
            pairs = [part for name, reference in sorted(names) for part in (pydyf.String(name), reference)]
            root["IDTree"] = pydyf.Dictionary({"Names": pydyf.Array(pairs)})
        pdf.catalog["StructTreeRoot"] = root.reference
        pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
        pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})


def _goes_both_ways(fonts: Mapping[str, Any]) -> bool:
    """Tell whether some letters of a document run from right to left."""
    return any(LEFTWARD.search(text) for font in fonts.values() for text in font.to_unicode.values())


def _last(parent: Node, tag: str) -> Node | None:
    """Return the last kid of ``parent`` with that tag."""
    return next((kid for kid in reversed(parent.kids) if isinstance(kid, Node) and kid.tag == tag), None)


def _body_of(item: Node, page: int) -> Node:
    return _last(item, "LBody") or item.add("LBody", page)

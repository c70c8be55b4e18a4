"""Impressions: how pages were painted, kept so that a page that is the same is not painted again.

To paint a page, WeasyPrint asks Pango for every glyph of every line once more. What it writes depends on the page
alone, but for two things that the pages before it have a share in: which faces the document knows, and how wide it
takes each glyph to be. Both are kept with the impression, and it is taken only where they agree. Pages with pictures,
shades or transparent groups, which are numbered through the document, are painted each time.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, Any, TypedDict

import pydyf

from pipeline import standing
from pipeline.drawer import Drawer
from pipeline.print.boxes import descendants
from pipeline.print.formes import NAME, heard
from pipeline.print.leaves import Leaf, words_in_margins

if TYPE_CHECKING:
    from weasyprint import Document
    from weasyprint.document import Page

    from pipeline.print.layout import Typesetter

VARIANT = "pdf/a-3a"
"""What kind of PDF is written: its pages are marked for tags."""

_SCALE = 0.75  # at which pages are painted: points of a pixel
MOST = 3_000  # impressions that are kept together; those that this book did not ask for go first
_BETWEEN = "\x7f"  # in no operator; JSON writes it as it stands
_NUMBERED = ("XObject", "Pattern", "Shading")  # resources that are named by how many there are
_SOME = 12  # pages that are painted ahead together
_SHARED = (b" Do", b" sh", b" scn", b" SCN")  # operators that use them


class _Face(TypedDict):
    """What a page has of a face: the text box that showed it first, by its place, and of its glyphs text and width."""

    key: int
    box: int
    texts: list[tuple[int, str]]
    widths: list[tuple[int, int]]


class _Impression(TypedDict):
    """How a page was painted.

    ``stream``: its operators, with ``_BETWEEN`` between them, those in letters that end no line as “/…”, the numbers of
    marked contents as “#…”;
    ``marks``: the boxes of the marked contents, by their places, and what they were marked as; ``faces``; ``alphas``:
    the transparencies it asked for, by name.
    """

    stream: str
    marks: list[tuple[int, str]]
    faces: list[_Face]
    alphas: dict[str, list[Any]]


class Impressions:
    """The impressions of a book, and of those that were made with the same faces and rules."""

    def __init__(self, key: str, others: Callable[[], Mapping[str, str]] = dict) -> None:
        """``others``: says what others have painted since it was last asked, as :func:`ahead` yields it."""
        self._drawer = Drawer("impressions", standing.digest(key), MOST)
        self._others = others
        self._faces = _Faces()

    def take(self, document: Document, look: Callable[[Any, Any], None] = lambda _page, _stream: None) -> None:
        """Let ``document``, when it is written, take its pages from here; ``look`` is shown each, and its stream."""
        document.fonts = self._faces
        for page in document.pages:
            page.paint = partial(self._paint_and_look, page, look)

    def of(self, pages: Sequence[Page | Leaf]) -> dict[str, str]:
        """Return the impressions of those of ``pages`` of which there are any."""
        names = (_name(page, _SCALE) for page in pages)
        return {name: row for name in names if (row := self._drawer.find(name)) is not None}

    def keep(self) -> None:
        """Keep the impressions for the next build."""
        self._drawer.keep()

    def _paint_and_look(
        self, page: Page | Leaf, look: Callable[[Any, Any], None], stream: Any, scale: float = 1
    ) -> None:
        self._paint(page, stream, scale)
        look(page, stream)

    def _paint(self, page: Page | Leaf, stream: Any, scale: float) -> None:
        name = _name(page, scale)
        row = self._drawer.find(name) if name else None
        if name and row is None:
            for other, painted in self._others().items():
                self._drawer.put(other, painted)
            row = self._drawer.find(name)
        if row is not None and _put_in(json.loads(row), page._page_box, stream):
            return
        paint: Callable[..., None] = partial(type(page).paint, page)
        if not name:
            paint(stream, scale)
            return
        made = _painted(page._page_box, stream, partial(paint, stream, scale))
        if made is not None:
            self._drawer.put(name, json.dumps(made, separators=(",", ":")))


class _PaintedError(Exception):
    """The last page is painted, and no more is wanted."""


def ahead(press: Typesetter, pages: Sequence[Page | Leaf]) -> Iterator[Mapping[str, str]]:
    """Paint pages that will be bound by another process, from the last one on.

    Yields:
        Of some at a time the impressions, each by the name of its page.

    """
    impressions = Impressions(press.key)
    for end in range(len(pages), 0, -_SOME):
        some = [page for page in pages[max(0, end - _SOME) : end] if _name(page, _SCALE)]
        if not some:
            continue
        document = press.document(some)
        impressions.take(document)
        document.pages[-1].paint = partial(_last, document.pages[-1].paint)
        with suppress(_PaintedError), heard(alone=True):
            document.write_pdf(pdf_variant=VARIANT)
        yield impressions.of(some)


def _last(paint: Callable[..., None], *given: Any) -> None:
    paint(*given)
    raise _PaintedError


def _name(page: Page | Leaf, scale: float) -> str:
    """Return what tells a page from all others that are painted otherwise; nothing where that is not known."""
    if isinstance(page, Leaf):
        made_of, margins = page.facts["name"], page.facts["margins"]
    else:
        made_of, margins = getattr(page._page_box, NAME, ""), words_in_margins(page._page_box)
    return standing.digest(made_of, margins, scale) if made_of else ""


class _Faces(dict[int, Any]):
    """The faces of a document; while it is ``watched``, what a page asks of each is written down."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: dict[int, tuple[Any, dict[int, str], dict[int, int]]] | None = None
        self.box: Callable[[], Any] = lambda: None

    def __setitem__(self, key: int, font: Any) -> None:
        font.to_unicode, font.widths = _Texts(font.to_unicode), _Widths(font.widths)
        super().__setitem__(key, font)

    def __getitem__(self, key: int) -> Any:
        font = super().__getitem__(key)
        if self.asked is not None and key not in self.asked:
            self.asked[key] = (self.box(), {}, {})
            font.to_unicode.asked, font.widths.asked = self.asked[key][1:]
        return font

    @contextmanager
    def watched(self, box: Callable[[], Any]) -> Iterator[dict[int, tuple[Any, dict[int, str], dict[int, int]]]]:
        """While this lasts, say what is asked; ``box`` tells the text box that is being painted."""
        self.asked, self.box = {}, box
        asked = self.asked
        try:
            yield asked
        finally:
            for key in asked:
                font = super().__getitem__(key)
                font.to_unicode.asked = font.widths.asked = None
            self.asked = None


class _Texts(dict[int, str]):
    """What each glyph of a face stands for; a page that is watched says so anew of each glyph that it has."""

    asked: dict[int, str] | None = None

    def __contains__(self, glyph: object) -> bool:
        return super().__contains__(glyph) if self.asked is None else glyph in self.asked

    def __setitem__(self, glyph: int, text: str) -> None:
        if self.asked is not None:
            self.asked[glyph] = text
            self.setdefault(glyph, text)
        else:
            super().__setitem__(glyph, text)


class _Widths(dict[int, int]):
    """How wide each glyph of a face is, in thousandths of an em."""

    asked: dict[int, int] | None = None

    def __getitem__(self, glyph: int) -> int:
        width = super().__getitem__(glyph)
        if self.asked is not None:
            self.asked.setdefault(glyph, width)
        return width

    def __setitem__(self, glyph: int, width: int) -> None:
        super().__setitem__(glyph, width)
        if self.asked is not None:
            self.asked[glyph] = width


def _painted(page: Any, stream: Any, paint: Callable[[], None]) -> _Impression | None:
    """Paint a page, and return its impression; None where it cannot be kept."""
    begun, resources = len(stream.stream), stream._resources
    numbered = [len(resources[name]) for name in _NUMBERED]
    boxes = {id(box): place for place, box in enumerate(descendants(page))}
    with stream._fonts.watched(lambda: next(reversed(stream._tags), None)) as asked:
        paint()
    if numbered != [len(resources[name]) for name in _NUMBERED]:
        return None
    operators: list[str] = []
    alphas: dict[str, list[Any]] = {}
    for item in stream.stream[begun:]:
        if isinstance(item, bytes):
            if item.endswith(b" gs"):
                name = item[1:-3].decode()
                alphas[name] = [list(row) for row in resources["ExtGState"][name].items()]
            if item.endswith(_SHARED) or item.startswith(b"#"):
                return None
            operators.append(item.decode("latin-1"))
        elif isinstance(item, str):
            operators.append(f"\n{item}")
        elif isinstance(item, pydyf.Dictionary) and list(item) == ["MCID"]:
            operators.append(f"#{item['MCID']}")
        else:
            return None
    if any(name[0] not in "aA" for name in alphas) or any(_BETWEEN in item for item in operators):
        return None
    faces: list[_Face] = []
    for key, (box, texts, widths) in asked.items():
        if id(box) not in boxes or stream._fonts[key].missing:
            return None
        faces.append(_Face(key=key, box=boxes[id(box)], texts=list(texts.items()), widths=list(widths.items())))
    if any(id(box) not in boxes for box in stream._tags):
        return None
    marks = [(boxes[id(box)], mark["tag"]) for box, mark in stream._tags.items()]
    return _Impression(stream=_BETWEEN.join(operators), marks=marks, faces=faces, alphas=alphas)


def _put_in(found: _Impression, page: Any, stream: Any) -> bool:
    """Paint a page as it was painted before; False, with nothing done, where that does not fit the document."""
    boxes = list(descendants(page))
    fonts: _Faces = stream._fonts
    cut: dict[int, Any] = {}
    for face in found["faces"]:
        known = fonts.get(face["key"])
        if known is None:
            cut[face["key"]] = known = _face(boxes[face["box"]], face["key"])
        if known is None or known.missing:
            return False
        if any(known.widths.get(glyph, width) != width for glyph, width in face["widths"]):
            return False
    for face in found["faces"]:
        if face["key"] in cut:
            fonts[face["key"]] = cut[face["key"]]
        font = fonts[face["key"]]
        for glyph, text in face["texts"]:
            font.to_unicode.setdefault(glyph, text)
        for glyph, width in face["widths"]:
            font.widths.setdefault(glyph, width)
    for name, rows in found["alphas"].items():
        stream._resources["ExtGState"].setdefault(name, pydyf.Dictionary(dict(rows)))
    for item in found["stream"].split(_BETWEEN) if found["stream"] else ():
        if item.startswith("#"):
            stream.stream.append(pydyf.Dictionary({"MCID": int(item[1:])}))
        else:
            stream.stream.append(item[1:] if item.startswith("\n") else item.encode("latin-1"))
    stream._tags.update({boxes[place]: {"tag": tag, "mcid": at} for at, (place, tag) in enumerate(found["marks"])})
    return True


def _face(box: Any, wanted: int) -> Any:
    """Return a face as the text box shows it with which WeasyPrint would meet it first."""
    from weasyprint.pdf.fonts import Font
    from weasyprint.text.ffi import ffi, pango
    from weasyprint.text.fonts import get_pango_font_key

    layout = box.pango_layout
    layout.reactivate(box.style)
    try:
        pango.pango_layout_set_single_paragraph_mode(layout.layout, True)
        line, _ = layout.get_first_line()
        run = line.runs[0]
        while run != ffi.NULL:
            face = run.data.item.analysis.font
            key, description, size = get_pango_font_key(face)
            if key == wanted:
                return Font(face, description, size)
            run = run.next
    finally:
        layout.deactivate()
    return None

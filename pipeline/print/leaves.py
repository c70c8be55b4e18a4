"""Leaves: the pages of a part that lie in its plates, with what the rest of the book must know of them.

A page as it was laid out takes a megabyte. What others ask of it is little: where its places, links and bookmarks are,
what was counted on it, what stands in its margins. So the pages of a part are let go when other parts want the room,
and laid open again when they are painted. Which page stands and which does not makes no difference to anybody.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypedDict

from pipeline.print import distribution
from pipeline.print.boxes import descendants, kind
from pipeline.print.formes import NAME
from pipeline.print.tally import Row

if TYPE_CHECKING:
    from weasyprint.document import Page

    from pipeline.print.tally import Tally

FOLIO = "@bottom-center"
"""Where a style sets the folio."""

MOST = 350
"""Pages that may stand at once: a third of a gigabyte."""


class Facts(TypedDict):
    """What is known of a page without its boxes.

    ``size``: width and height, ``bleed``: by its sides; ``bookmarks``, ``anchors``: as WeasyPrint has them; ``links``:
    the same, with the place of its box among all of the page; ``name``: what tells the page from all others, without
    its folio; ``margins``: the words in each; ``folio``: the place of that which holds the folio, if there is one, and
    whether it is a number and no more; ``row``: what was counted on it.
    """

    size: tuple[float, float]
    bleed: dict[str, float]
    bookmarks: list[Any]
    anchors: dict[str, list[float]]
    links: list[tuple[str, str, list[float], int]]
    name: str
    margins: list[tuple[str, list[str]]]
    folio: tuple[int, bool] | None
    row: Row


def facts_of(page: Page, tally: Tally) -> Facts | None:
    """Return what is known of a page; None where there is more on it, such as a form that can be filled in."""
    links = [link for link in page.links if link[3].element_tag == "a"]
    if any(page.forms.values()) or any(kind not in ("internal", "external") for kind, *_ in links):
        return None
    places = {id(box): place for place, box in enumerate(descendants(page._page_box))} if links else {}
    margins = [box for box in page._page_box.children if kind(box) == "MarginBox"]
    folios = [(place, is_number(box)) for place, box in enumerate(margins) if box.at_keyword == FOLIO and box.children]
    return Facts(
        size=(page.width, page.height),
        bleed=page.bleed,
        bookmarks=page.bookmarks,
        anchors={name: list(place) for name, place in page.anchors.items()},
        links=[(how, target, list(area), places[id(box)]) for how, target, area, box in links],
        name=getattr(page._page_box, NAME, ""),
        margins=words_in_margins(page._page_box),
        folio=folios[0] if folios else None,
        row=tally.of(page),
    )


def words_in_margins(box: Any) -> list[tuple[str, list[str]]]:
    """Return the words in each margin of the box of a page."""
    return [
        (one.at_keyword, [part.text for part in descendants(one) if kind(part) == "TextBox"])
        for one in box.children
        if kind(one) == "MarginBox"
    ]


def is_number(box: Any) -> bool:
    """Tell whether a margin holds some words in its middle, and nothing else: another number can take their place."""
    parts = list(descendants(box))[1:]
    return (
        [kind(part) for part in parts] == ["LineBox", "TextBox"]
        and all(part.position_x == box.content_box_x() and part.width == box.width for part in parts)
        and box.background is None
        and box.style["width"] == "auto"
    )


class _Link:
    """Stands for the box of a link, which gets what is written for it."""

    element_tag = "a"
    link_annotation: Any = None


class Leaf:
    """A page of a sheaf. It answers as a page of WeasyPrint does, and lays its sheaf open when its boxes are wanted."""

    def __init__(self, sheaf: Sheaf, number: int, facts: Facts) -> None:
        """Know the ``facts`` of the page that has this place in the ``sheaf``."""
        self.sheaf, self.number, self.facts = sheaf, number, facts
        self.width, self.height = facts["size"]
        self.bleed, self.bookmarks = facts["bleed"], facts["bookmarks"]
        self.anchors = {name: tuple(place) for name, place in facts["anchors"].items()}
        self._stands = [(place, _Link()) for *_, place in facts["links"]]
        rows = zip(facts["links"], self._stands, strict=True)
        self.links = [(how, target, tuple(area), stand) for (how, target, area, _), (_, stand) in rows]
        self.forms: dict[Any, list[Any]] = {None: []}

    @property
    def _page_box(self) -> Any:
        return self.sheaf.boxes()[self.number]

    def paint(self, stream: Any, scale: float = 1) -> None:
        """Paint the page."""
        from weasyprint.document import Page

        Page.paint(self, stream, scale)

    def tell_links(self, box: Any) -> None:
        """Tell the boxes on the page, which is this ``box``, what was written for the links on it."""
        boxes = list(descendants(box)) if self._stands else []
        for place, stand in self._stands:
            boxes[place].link_annotation = stand.link_annotation

    def has_folio(self, words: str) -> bool:
        """Tell whether the folio is these words and no more."""
        assert self.facts["folio"] is not None
        place, number = self.facts["folio"]
        return number and self.facts["margins"][place][1] == [words]

    def set_folio(self, words: str) -> None:
        """Give it another folio, in its middle."""
        assert self.facts["folio"] is not None
        place, _ = self.facts["folio"]
        at, _ = self.facts["margins"][place]
        self.facts["margins"][place] = (at, [words])
        self.sheaf.set_folio(self.number, place, words)


class Sheaf:
    """The pages of a part, which can be laid open any time."""

    def __init__(
        self, count: int, lay_open: Callable[[], list[Any]], stands: Stands, boxes: Sequence[Any] = ()
    ) -> None:
        """``lay_open`` returns the boxes of the pages, ``count`` of them; ``boxes``: they, where they stand already."""
        self._count, self._lay_open, self._stands = count, lay_open, stands
        self._boxes: list[Any] = [*boxes]
        self._folios: dict[int, tuple[int, str]] = {}
        if boxes:
            stands.enter(self, count)

    def boxes(self) -> list[Any]:
        """Return the boxes of the pages."""
        if not self._boxes:
            self._stands.make_room(self._count)
            self._boxes = self._lay_open()
            for number, (place, words) in self._folios.items():
                _set_folio(self._boxes[number], place, words)
            self._stands.enter(self, self._count)
        return self._boxes

    def set_folio(self, number: int, place: int, words: str) -> None:
        """Set the folio of a page, in the margin at that place."""
        self._folios[number] = (place, words)
        if self._boxes:
            _set_folio(self._boxes[number], place, words)

    def let_go(self) -> None:
        """Let the pages go."""
        distribution.let_go(self._boxes)
        self._boxes = []


def _set_folio(page: Any, place: int, words: str) -> None:
    set_words([box for box in page.children if kind(box) == "MarginBox"][place], words)


def set_words(box: Any, words: str) -> None:
    """Set ``words`` in the middle of the box of a margin, which holds some others."""
    from weasyprint.text.line_break import split_first_line

    _, text = list(descendants(box))[1:]
    if text.text == words:
        return
    layout, _, _, width, _, _ = split_first_line(words, text.style, None, None, 0)
    box.translate(dx=(box.width - width) / 2)
    text.text, text.pango_layout = words, layout
    for part in descendants(box):
        part.width = width


class Stands:
    """The sheaves whose pages stand, ``MOST`` pages at once, if no part has more."""

    def __init__(self) -> None:
        self._sheaves: dict[Sheaf, int] = {}

    def make_room(self, pages: int) -> None:
        """Let sheaves go, the first ones first, until there is room for so many ``pages``."""
        while self._sheaves and sum(self._sheaves.values()) + pages > MOST:
            sheaf = next(iter(self._sheaves))
            del self._sheaves[sheaf]
            sheaf.let_go()

    def enter(self, sheaf: Sheaf, pages: int) -> None:
        """Enter a sheaf whose pages stand."""
        self.make_room(pages)
        self._sheaves[sheaf] = pages

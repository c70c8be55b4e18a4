"""Formes: the pages of a part as they were locked up, from which it is set again only where it changed.

What a page becomes depends on where the one before it ended and how deep it is, on its number, its side and the notes
that were sent on to it, and on the boxes of the text from there on, as far as WeasyPrint looks to fill it: no farther
than the first block that has no room. All that is known when the page is made. When the part is set another time, after
a word was changed in it, a page of which all that is the same is not made again, but put in as it stands: those before
the word, and those behind it from the first one on that begins as it did.

A box is the same if its words, the attributes of its element and all rules for it and for what it lies in are. There is
no public way to do so; this takes the place of the function of WeasyPrint that makes a page.
"""

from __future__ import annotations

import copy
import hashlib
import logging
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from pipeline import standing
from pipeline.print.boxes import descendants, kind
from pipeline.print.facing import last_page, remember_again

BEYOND = 2  # blocks of text behind the last one that was looked at: their style is asked, whether a page may end there

_PLAINLY = frozenset(("string", "string()", "counter()", "counters()"))
"""What a running head or a folio may say and be known again: it depends on nothing but counters and named strings."""

Row = tuple[Any, ...]
"""A forme as it is kept: nothing but what plates may hold."""

NAME = "octavo_made_of"
"""Attribute of the box of a page: what tells it from all pages that are made of something else."""

_Made = tuple[Any, Any, Any]  # a page, where the next one begins, and what it opens with


@dataclass(slots=True)
class _Forme:
    """A page as it was made.

    ``state``: in which the page before it left the book; ``length``: how many boxes were looked at, and ``seen``: what
    they say; ``after``: where the next page begins, what it opens with, and the state that this one leaves. Notes are
    told by their place: those ``taken`` from what waited, and those ``sent`` on to the next page. ``margins``: what
    folio and running head were made of, and they, if that is known. ``children`` of the ``page``: text and notes,
    before those came to them; ``elements`` for which its boxes were made.
    """

    state: Row
    length: int
    seen: str
    after: _Made
    taken: list[Row]
    sent: list[Row]
    page: Any
    margins: tuple[str, list[Any]] | None
    children: list[Any]
    elements: list[Any]


class Formes:
    """The formes of a part: those of the last time, and those that are made now, by the rules they are made with."""

    def __init__(self, last: dict[str, list[Row]] | None = None) -> None:
        self._last = last or {}
        self.made: dict[str, list[Row]] = {}

    @contextmanager
    def of(self, rules: str) -> Iterator[None]:
        """While this lasts, pages that are made with these rules are put in as they stand, where nothing changed."""
        from weasyprint import layout as whole
        from weasyprint.layout import block, page

        last = {forme.state[0]: forme for forme in (_Forme(*row) for row in self._last.get(rules, []))}
        made: dict[int, _Forme] = {}
        plain: Callable[..., _Made] = page.make_page
        layout = block.block_level_layout
        texts: dict[int, _Text] = {}
        looked = [0]  # of the boxes, how far one was laid out

        def block_level_layout(context: Any, box: Any, *more: Any, **named: Any) -> Any:
            for text in texts.values():
                looked[0] = max(looked[0], text.ends_at(box))
            return layout(context, box, *more, **named)

        def make_page(context: Any, root: Any, page_type: Any, resume_at: Any, number: int, page_state: Any) -> _Made:
            text = texts.get(id(root)) or texts.setdefault(id(root), _Text(root))
            state = text.state(context, page_type, resume_at, number, page_state)
            made.pop(number, None)
            if state is None:
                return plain(context, root, page_type, resume_at, number, page_state)
            known = last.pop(number, None)
            if known is not None and known.state == state and (found := text.again(known, resume_at)) is not None:
                made[number] = found
                return text.put_in(found, context, page_state)
            start, _ = text.start(resume_at)
            waiting, before = list(context.footnotes), list(context.reported_footnotes)
            looked[0] = start
            with heard() as said:
                after = plain(context, root, page_type, resume_at, number, page_state)
            if not said:
                forme = text.forme(context, state, resume_at, looked[0], after, page_state, waiting, before)
                if forme is not None:
                    made[number] = forme
                    setattr(forme.page, NAME, standing.digest(rules, *state[:3], *state[4:], forme.seen))
            return after

        margins: Callable[..., Iterator[Any]] = whole.make_margin_boxes

        def make_margin_boxes(context: Any, box: Any, state: Any) -> list[Any]:
            forme = made.get(context.current_page)
            if forme is None or forme.page is not box:
                return list(margins(context, box, state))
            quotes, counters, scopes, groups = state
            key = standing.digest(quotes, counters, [*map(sorted, scopes)], groups, _strings(context))
            if forme.margins is None or forme.margins[0] != key:
                with heard() as said:
                    boxes = list(margins(context, box, state))
                plainly = not said and all(kind in _PLAINLY for one in boxes for kind, _ in one.style["content"])
                forme.margins = (key, boxes) if plainly else None
                return boxes
            return forme.margins[1]

        page.make_page, block.block_level_layout = make_page, block_level_layout
        whole.make_margin_boxes = make_margin_boxes
        try:
            yield
        finally:
            page.make_page, block.block_level_layout = plain, layout
            whole.make_margin_boxes = margins
            self.made[rules] = [tuple(getattr(one, name) for name in _Forme.__slots__) for one in made.values()]


@contextmanager
def heard(*, alone: bool = False) -> Iterator[list[str]]:
    """Collect what WeasyPrint says meanwhile, ``alone``: so that nobody else hears it.

    A page of which it says something is made again, to say so again.
    """
    said: list[str] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(record.getMessage())

    logger, ear = logging.getLogger("weasyprint"), Ear(logging.WARNING)
    others = logger.handlers[:]
    logger.handlers[:] = [ear] if alone else [*others, ear]
    try:
        yield said
    finally:
        logger.handlers[:] = others


def say(said: Sequence[str]) -> None:
    """Say again what WeasyPrint said."""
    for words in said:
        logging.getLogger("weasyprint").warning("%s", words)


class _Text:
    """The boxes of a text before it is laid out, in order, each note behind its call; and what each of them says."""

    def __init__(self, root: Any) -> None:
        self.root = root
        self.boxes: list[Any] = []
        self.signs: list[str] = []
        self.ends: list[int] = []
        self._places: dict[int, int] = {}
        self._leaves: list[int] = []  # where blocks begin that hold no further ones
        self._styles: dict[int, str] = {}
        self._take(root, 0, None)
        self.signs.append("the end")

    def _take(self, box: Any, depth: int, above: Any) -> None:
        place = len(self.boxes)
        self.boxes.append(box)
        self._places[id(box)] = place
        self.signs.append(f"{depth} {self._sign(box, above)}")
        self.ends.append(0)
        if _is_block(box) and not _holds_blocks(box):
            self._leaves.append(place)
        for child in getattr(box, "children", ()):
            self._take(child, depth + 1, box)
        if box.footnote is not None:
            self._take(box.footnote, depth + 1, box)
        self.ends[place] = len(self.boxes)

    def _sign(self, box: Any, above: Any) -> str:
        own = above is None or box.element is not above.element
        return "|".join(
            (
                *(type(box).__name__, str(box.element_tag), str(own), repr(getattr(box, "text", ""))),
                "" if box.element is None else repr(list(box.element.attrib.items())),
                repr((box.bookmark_label, box.string_set, box.link)),
                *map(self._style, (box.style, box.first_letter_style, box.first_line_style)),
            )
        )

    def _style(self, style: Any) -> str:
        """Return what tells a style: the rules for it and for what it lies in."""
        if style is None:
            return ""
        found = self._styles.get(id(style))
        if found is None:
            ruled = getattr(style, "cascaded", {})
            rows = [f"{name}:{_words(value)}" for name, (value, _) in ruled.items()]
            whose = (type(style).__name__, str(getattr(style, "pseudo_type", "")), self._style(style.parent_style))
            found = self._styles[id(style)] = hashlib.sha256("\n".join((*whose, *rows)).encode()).hexdigest()
        return found

    def ends_at(self, box: Any) -> int:
        """Return how far the boxes reach of which WeasyPrint looks at one."""
        place = self._places.get(id(box))
        if place is None:
            return 0
        return place + 1 if _holds_blocks(box) else self.ends[place]

    def start(self, resume_at: Any) -> tuple[int, list[int]]:
        """Return the place of the block with which a page begins, and those of the boxes it lies in."""
        box, place, above = self.root, 0, list[int]()
        while resume_at and _holds_blocks(box):
            above.append(place)
            ((number, resume_at),) = resume_at.items()
            box = box.children[number]
            place = self._places[id(box)]
        return place, above

    def state(self, context: Any, page_type: Any, resume_at: Any, number: int, page_state: Any) -> Row | None:
        """Return the state in which a page is made; None where more is at stake than can be told."""
        outside = (context.broken_out_of_flow, context.target_collector.counter_lookup_items)
        if any(outside) or any(context.running_elements.values()) or not _is_plain(resume_at):
            return None
        sent = [self._digest(self._places[id(note)], self.ends[self._places[id(note)]]) for note in _sent(context)]
        kept = copy.deepcopy((resume_at, page_state))
        return number, tuple(page_type), *kept, bool(context.forced_break), sent, last_page(context)

    def _digest(self, start: int, end: int, above: Sequence[int] = ()) -> str:
        signs = [*(self.signs[place] for place in above), *self.signs[start:end]]
        return hashlib.sha256("\n".join(signs).encode()).hexdigest()

    def _elements(self, start: int, end: int, above: Sequence[int]) -> list[Any]:
        places = (*above, *range(start, min(end, len(self.boxes))))
        return list(
            {id(element): element for place in places if (element := self.boxes[place].element) is not None}.values()
        )

    def again(self, known: _Forme, resume_at: Any) -> _Forme | None:
        """Return a forme of the last time with the elements of this time; None if what it was made of has changed."""
        start, above = self.start(resume_at)
        end = start + known.length
        if end > len(self.signs) or self._digest(start, end, above) != known.seen:
            return None
        elements = self._elements(start, end, above)
        now = {id(then): element for then, element in zip(known.elements, elements, strict=False)}
        boxes = [box for child in known.children for box in descendants(child)]
        if len(elements) != len(known.elements) or any(
            box.element is not None and id(box.element) not in now for box in boxes
        ):
            return None
        for box in boxes:
            box.element = None if box.element is None else now[id(box.element)]
        known.elements = elements
        return known

    def put_in(self, forme: _Forme, context: Any, page_state: Any) -> _Made:
        """Put a page in as it stands, and leave all as if it had been made."""
        page = forme.page
        page.children = list(forme.children)
        start, _ = self.start(forme.state[2])
        before = list(_sent(context))
        taken = {id(self._note(row, start, before)) for row in forme.taken}
        context.reported_footnotes = [self._note(row, start, before) for row in forme.sent]
        context.footnotes[:] = [note for note in context.footnotes if id(note) not in taken]
        context.current_page = forme.state[0]
        context.current_page_footnotes = []
        context.page_bottom = page.content_box_y() + page.height  # margins are laid out with any, but not with none
        if context.current_page == 1:
            context.style_for.initial_page_sizes.update(box=page.style["size"], area=(page.width, page.height))
        remember_again(context, page)
        resume_at, next_page, (quotes, counters, scopes, groups) = copy.deepcopy(forme.after)
        page_state[0][:] = quotes
        page_state[1].clear()
        page_state[1].update(counters)
        page_state[2][:] = scopes
        page_state[3][:] = groups
        return page, resume_at, next_page

    def forme(
        self,
        context: Any,
        state: Row,
        resume_at: Any,
        looked: int,
        made: _Made,
        page_state: Any,
        waiting: Sequence[Any],
        before: Sequence[Any],
    ) -> _Forme | None:
        """Return a page that was made as a forme; None where more would be needed than can be kept."""
        page, end_at, next_page = made
        if context.broken_out_of_flow or any(context.running_elements.values()) or page.fixed_boxes:
            return None
        left = {id(note) for note in context.footnotes}
        if any(id(note) in left for note in before):
            return None
        start, above = self.start(resume_at)
        end = self._beyond(max(looked, start + 1))
        taken = [self._name(note, start, before) for note in waiting if id(note) not in left]
        sent = [self._name(note, start, before) for note in context.reported_footnotes]
        after = copy.deepcopy((end_at, next_page, page_state))
        seen, elements = self._digest(start, end, above), self._elements(start, end, above)
        return _Forme(state, end - start, seen, after, taken, sent, page, None, list(page.children), elements)

    def _beyond(self, end: int) -> int:
        """Return where the blocks end that follow."""
        last = bisect_left(self._leaves, end) + BEYOND - 1
        return self.ends[self._leaves[last]] if last < len(self._leaves) else len(self.signs)

    def _name(self, note: Any, start: int, before: Sequence[Any]) -> Row:
        """Return how a note is told: one of those that were sent on to the page, or how far behind its start."""
        sent = next((place for place, other in enumerate(before) if other is note), None)
        return ("sent", sent) if sent is not None else ("called", self._places[id(note)] - start)

    def _note(self, name: Row, start: int, before: Sequence[Any]) -> Any:
        how, place = name
        return before[place] if how == "sent" else self.boxes[start + place]


def _strings(context: Any) -> Row:
    """Return what a running head may say on this page: what was set on it, and what was in force before."""
    number: int = context.current_page
    return tuple(
        (name, by_page.get(number), next((by_page[at][-1] for at in range(number - 1, 0, -1) if at in by_page), None))
        for name, by_page in context.string_set.items()
    )


def _sent(context: Any) -> Sequence[Any]:
    notes: Sequence[Any] = context.reported_footnotes
    return notes


def _is_plain(resume_at: Any) -> bool:
    """Tell whether a page begins at one place, and not in several columns."""
    while resume_at:
        if len(resume_at) != 1:
            return False
        (resume_at,) = resume_at.values()
    return True


def _is_block(box: Any) -> bool:
    from weasyprint.formatting_structure import boxes

    return isinstance(box, boxes.BlockLevelBox)


def _holds_blocks(box: Any) -> bool:
    """Tell whether a box is nothing but blocks, one below the other."""
    if kind(box) != "BlockBox" or box.is_table_wrapper or not box.children or kind(box.children[0]) == "LineBox":
        return False
    return bool(box.style["column_width"] == "auto" and box.style["column_count"] == "auto")


def _words(value: Any) -> str:
    """Return what a rule says, the same in every process."""
    if isinstance(value, tuple | list):
        return f"({' '.join(map(_words, value))})"
    tokens = getattr(value, "tokens", None)
    if tokens is not None:
        return "".join(token.serialize() for token in tokens)
    return value.serialize() if hasattr(value, "serialize") else repr(value)

"""Each note on the page of its call, and no hole above it: a page that came out badly is made again.

WeasyPrint sends a note to the next page when a later line of the paragraph needs its place; such a page is made again
a little shorter. And where a line goes to the next page because its note has no room, the lines that must stay with
it go too, and may leave a hole; such a page is made again with less air above its notes, or with the first line of a
paragraph alone at its foot: such lines “have no past, but they do have a future” (Bringhurst, 2.4.8). Or a list goes
to the next page without what leads to it. Where a long note goes on and a short one strayed, the notes get more room.
A recto that is not as deep as the verso beside it is made again with one of its paragraphs a line longer or shorter.
A recto that ends within a word is made once more with that word whole (Bringhurst, 2.4.7: no page turned in a word), if
its last line has no gaps for it; or with the spaces of its last paragraph a shade wider or narrower.

There is no public way to ask for a page again, so this wraps the one function of WeasyPrint that makes a page; its
state is put back before each new try. The pages after it are made only once. A try is left out if by what was met in
one before it would make the same page.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from itertools import product
from typing import Any

from pipeline.forms.elements import HEADINGS
from pipeline.print.boxes import LOOSE, PX, descendants, end_of_text, free_foot, has_class
from pipeline.print.distribution import leave
from pipeline.print.facing import beside, depth, remember, uneven
from pipeline.print.fitting import Fitting, fitted, fittings, is_even
from pipeline.print.notearea import add_up_notes
from pipeline.print.shortcuts import forget_lengths
from pipeline.print.turns import foot_of, keeping_whole, loosest, spaced

ORPHANS = 2  # lines, in all styles
HOLE = 3.05  # lines free at the foot of a page: more is a fault
SPACES = (-0.06, -0.03, -0.07, -0.02)
"""How much wider than in the face the word spaces of a page's last paragraph may be, in em; as in ``justify``."""
WHOLE_AT_MOST = 3  # words that are kept whole so that a page does not end within one of them
_SKIPPED, _MET = "octavo_skipped", "octavo_met"  # attributes of the context
CONTINUED = "continued"  # class of a piece of a note that was cut


_Faults = tuple[bool, float]  # a note strayed; lines of the hole at the foot


@dataclass(frozen=True, slots=True)
class _Try:
    """A way to make a page: ``air`` is put above the notes, and they may take so much more ``room``, both in lines.

    ``orphans``: so many lines at least stand at its foot; ``parting``: a list may part from what leads to it;
    ``cutting``: a note of two or three lines may go on on the next page; ``short``: the page has so many lines less;
    ``fitting``: how one of its paragraphs is set.
    """

    air: float = 0
    room: float = 0
    orphans: int = ORPHANS
    parting: bool = False
    cutting: bool = False
    short: int = 0
    fitting: Fitting | None = None


SHORTER = (*map(_Try, (0.5, 1, 1.5, 2, 3)), *(_Try(air, orphans=1) for air in (0, 1, 2)))
ROOMIER = tuple(_Try(room=lines) for lines in (2, 4, 6, 9, 12))
CLOSER = (
    _Try(-0.3),
    _Try(parting=True),
    _Try(-0.3, parting=True),
    *(_Try(air, orphans=1, parting=True) for air in (0, -0.3, 0.5, 1)),
    *(_Try(-0.3, orphans=orphans, parting=True, cutting=True) for orphans in (2, 1)),
    *ROOMIER,
)


@dataclass(slots=True)
class _Met:
    """What WeasyPrint met while it made a page: notes, some that had no room where they stand, pieces of long ones.

    ``lists``: whether some in the book may not part from what leads to them.
    """

    lists: bool
    notes: bool = False
    full: bool = False
    pieces: bool = False

    def tells(self, made: _Try, other: _Try) -> bool:
        """Tell whether the page that was ``made`` is also what the ``other`` try would make."""
        return (
            made.orphans == other.orphans
            and made.short == other.short
            and made.fitting == other.fitting
            and (made.parting == other.parting or not self.lists)
            and (made.air == other.air or not self.notes)
            and (made.room == other.room or (not self.full and made.room < other.room))
            and (made.cutting == other.cutting or not self.pieces)
        )


@contextmanager
def notes_with_their_calls(line: float, *, holes: bool = False, facing: bool = False) -> Iterator[None]:
    """While this lasts, WeasyPrint makes pages that keep their notes.

    ``line`` is the leading in points. If there may be ``holes``, a page is not made again for their sake. ``facing``
    pages end together, if they can be made to.
    """
    from weasyprint.layout import page as pages

    plain = pages.make_page
    ties_in, order_in = cache(_Ties), cache(_order)

    def make_page(
        context: Any, root: Any, page_type: Any, resume_at: Any, number: int, page_state: Any
    ) -> tuple[Any, Any, Any]:
        add_up_notes(context)
        skipped = _skip_what_must_wait(context)
        known: list[tuple[_Try, _Met]] = []
        before = _Memory(context, page_state)
        style = context.style_for(page_type, "@footnote")
        gap, most = style["margin_top"], style["max_height"]
        sheet = context.style_for(page_type)
        foot_margin = sheet["margin_bottom"]

        def make(attempt: _Try) -> tuple[tuple[Any, Any, Any], _Faults]:
            before.restore(context, page_state)
            skipped.clear()  # a page does not depend on what was tried before
            met = vars(context)[_MET] = _Met(lists=bool(ties_in(root).lists))
            known.append((attempt, met))
            style["margin_top"] = _longer(gap, attempt.air * line / PX)
            style["max_height"] = _longer(most, attempt.room * line / PX)
            forget_lengths(style)
            less = attempt.short * line / PX
            sheet["margin_bottom"] = _longer(foot_margin, less)
            forget_lengths(sheet)
            with ties_in(root).as_in(attempt, context.footnotes), fitted(root, attempt.fitting):
                made = plain(context, root, page_type, resume_at, number, page_state)
                sheet["margin_bottom"] = foot_margin
                forget_lengths(sheet)
                made[0].height += less  # its folio stays where the others are
                made[0].margin_bottom -= less
                _report_what_was_dropped(context, made[0])
                leave(made[0])
                context.reported_footnotes.sort(key=lambda note: order_in(root)[id(note)])
                return made, (_strayed(context), 0.0 if holes else _hole(made, line))

        chosen = _Try()
        made, least = make(chosen)
        tries = SHORTER if _strayed(context) else CLOSER
        if before.reported and context.reported_footnotes:
            # A long note fills its share of the page and goes on. If the text waits for it, it may have more: all
            # that is free but a line, because without room for its next line the text would push pieces away.
            free = (context.page_bottom - end_of_text(made[0].children[0])) * PX / line - 1.1
            if free > 1:
                chosen = _Try(room=free)
                made, least = make(chosen)
            tries = (*ROOMIER, *(SHORTER if _strayed(context) else ()))
        after = last = _Memory(context, page_state)
        for attempt in tries:
            if not any(least):
                break
            if any(met.tells(made_so, attempt) for made_so, met in known):
                continue
            other, faults = make(attempt)
            last = _Memory(context, page_state)
            if faults < least:
                chosen, made, least, after = attempt, other, faults, last
        wanted = beside(context, number, page_type.side) if facing else 0
        found = depth(made, number, line)
        if wanted > found.lacks >= 0 and not found.ends:
            shorter = replace(chosen, short=wanted)
            other, faults = make(shorter)
            last = _Memory(context, page_state)
            if faults <= least and depth(other, number, line).lacks == wanted:
                chosen, made, least, after = shorter, other, faults, last
        ragged = facing and uneven(context, number, page_type.side, depth(made, number, line))
        for fitting in fittings(root, made[0]) if ragged else ():
            fit = replace(chosen, short=wanted, fitting=fitting)
            other, faults = make(fit)
            last = _Memory(context, page_state)
            if faults <= least and depth(other, number, line).lacks == wanted and is_even(other[0], made[0], fitting):
                chosen, made, least, after = fit, other, faults, last
                break
        whole: list[str] = []
        foot = foot_of(made[0])
        while page_type.side == "right" and made[1] is not None and foot.broken and len(whole) < WHOLE_AT_MOST:
            whole.append(foot.broken)
            with keeping_whole(context, whole):
                other, faults = make(chosen)
            foot, last = foot_of(other[0]), _Memory(context, page_state)
            if faults <= least and foot.gap <= LOOSE and not foot.broken:
                made, after = other, last
        if whole and foot_of(made[0]).broken and foot_of(made[0]).gap:
            for words, space in product(((), whole[:1]), SPACES):
                with keeping_whole(context, words), spaced(root, made[0], space):
                    other, faults = make(chosen)
                last = _Memory(context, page_state)
                if faults <= least and not foot_of(other[0]).broken and loosest(other[0]) <= LOOSE:
                    made, after = other, last
                    break
        if after is not last:
            after.restore(context, page_state)
        remember(context, made[0], depth(made, number, line))
        return made

    pages.make_page = make_page
    try:
        yield
    finally:
        pages.make_page = plain


def _hole(made: tuple[Any, Any, Any], line: float) -> float:
    """Return how large the hole at the foot of a page that was made is, in lines; 0 if it is none."""
    page, resume_at, next_page = made
    on_purpose = resume_at is None or next_page["break"] != "any"
    free = free_foot(page) / line
    return free if free > HOLE and not on_purpose else 0.0


class _Ties:
    """What keeps lines together: styles of all boxes of a book, so that a try can loosen them for a while."""

    def __init__(self, root: Any) -> None:
        self.lists = [
            box.style
            for box in descendants(root)
            if box.element_tag in ("ol", "ul") and box.style["break_before"] != "auto"
        ]
        self.paragraphs = list({id(box.style): box.style for box in self._loose(root)}.values())

    def _loose(self, box: Any) -> Iterator[Any]:
        """Yield the boxes of which a single line may stand at the foot of a page: not of what a heading leads to."""
        yield box
        before = None
        for child in getattr(box, "children", ()):
            if before is None or not _leads(before):
                yield from self._loose(child)
            before = child

    @contextmanager
    def as_in(self, attempt: _Try, notes: Sequence[Any]) -> Iterator[None]:
        """While this lasts, paragraphs, lists and ``notes`` keep together no more than the try demands."""
        changes: list[tuple[Any, str, Any]] = []
        if attempt.orphans != ORPHANS:
            changes += [(style, "orphans", attempt.orphans) for style in self.paragraphs]
        if attempt.parting:
            changes += [(style, "break_before", "auto") for style in self.lists]
        if attempt.cutting:
            changes += [(note.style, "footnote_policy", "auto") for note in notes if _is_piece(note)]
        before = [(style, name, style[name]) for style, name, _ in changes]
        for style, name, value in changes:
            style[name] = value
        try:
            yield
        finally:
            for style, name, value in before:
                style[name] = value


def _leads(box: Any) -> bool:
    return box.element_tag in HEADINGS or has_class(box, "rubric")


def _skip_what_must_wait(context: Any) -> list[Any]:
    """Spare WeasyPrint from laying out the whole foot of the page for each piece of a note that has no room.

    Returns:
        The pieces that were passed over and are not yet sent on.

    """
    skipped: list[Any] = vars(context).setdefault(_SKIPPED, [])
    if "layout_footnote" in vars(context):
        return skipped
    lay_out, report = context.layout_footnote, context.report_footnote

    def layout_footnote(note: Any) -> bool:
        met: _Met = vars(context)[_MET]
        met.notes = True
        met.pieces |= _is_piece(note)
        if not (context.reported_footnotes and _may_come_late(note)):
            if note in skipped:
                skipped.remove(note)  # by a try that was given up
            full = bool(lay_out(note))
            met.full |= full
            return full
        context.footnotes.remove(note)
        skipped.append(note)
        met.full = True
        return True  # it overflows: the piece before it waits already

    def report_footnote(note: Any) -> None:
        if note in skipped:
            skipped.remove(note)
            context.reported_footnotes.append(note)
        else:
            report(note)

    context.layout_footnote, context.report_footnote = layout_footnote, report_footnote
    return skipped


def _order(root: Any) -> dict[int, int]:
    """Return the place of each note of a book; WeasyPrint forgets the order of those that it sends to the next page."""
    notes = (box.footnote for box in descendants(root) if box.footnote is not None)
    return {id(note): place for place, note in enumerate(notes)}


def _report_what_was_dropped(context: Any, page: Any) -> None:
    """Send notes to the next page that are called on this one and were forgotten.

    Where WeasyPrint sends notes away to have room for a last line, it takes no more care of the notes of that line.
    """
    waiting = {id(note) for note in context.footnotes}
    for box in descendants(page.children[0]):
        if box.footnote is not None and id(box.footnote) in waiting:
            context.footnotes.remove(box.footnote)
            context.reported_footnotes.append(box.footnote)


def _longer(length: Any, more: float) -> Any:
    return type(length)(length.value + more, "px")


def _is_piece(note: Any) -> bool:
    return CONTINUED in note.element.get("class", "").split()


def _may_come_late(note: Any) -> bool:
    return _is_piece(note) and note.style["footnote_policy"] == "auto"


def _strayed(context: Any) -> bool:
    return any(not _may_come_late(note) for note in context.reported_footnotes)


class _Memory:
    """What making a page changes in WeasyPrint's state."""

    def __init__(self, context: Any, page_state: Any) -> None:
        self.waiting = list(context.footnotes)
        self.reported = list(context.reported_footnotes)
        self.broken = dict(context.broken_out_of_flow)
        self.page_state = copy.deepcopy(page_state)

    def restore(self, context: Any, page_state: Any) -> None:
        context.footnotes[:] = self.waiting
        context.reported_footnotes = list(self.reported)
        context.broken_out_of_flow = dict(self.broken)
        quotes, counters, scopes, groups = copy.deepcopy(self.page_state)
        page_state[0][:] = quotes
        page_state[1].clear()
        page_state[1].update(counters)
        page_state[2][:] = scopes
        page_state[3][:] = groups

"""Each note on the page of its call: a page from which a note strayed is made again, a little shorter.

WeasyPrint sends a note to the next page when a later line of the paragraph needs its place. There is no public way
to ask for a page again, so this wraps the one function of WeasyPrint that makes a page; its state is put back before
each new try. The pages after it are made only once.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pipeline.print.boxes import descendants, kind

TRIES = 3  # lines; a shorter page than that is a greater fault than a note that comes a page late
PX = 0.75  # points
CONTINUED = "continued"  # class of a piece of a long note, which may stand on a later page


@contextmanager
def notes_with_their_calls(line: float) -> Iterator[None]:
    """While this lasts, WeasyPrint makes pages that keep their notes; ``line`` is the leading in points."""
    from weasyprint.layout import page as pages

    plain = pages.make_page

    def make_page(
        context: Any, root: Any, page_type: Any, resume_at: Any, number: int, page_state: Any
    ) -> tuple[Any, Any, Any]:
        _skip_what_must_wait(context)
        before = _Memory(context, page_state)
        made: tuple[Any, Any, Any] = plain(context, root, page_type, resume_at, number, page_state)
        style = context.style_for(page_type, "@footnote")
        if before.reported and context.reported_footnotes:
            # A long note fills its share of the page and goes on. If the text waits for it, it may have more: all
            # that is free but a line, because without room for its next line the text would push pieces away.
            free = context.page_bottom - _end_of_text(made[0]) - 1.1 * line / PX
            if free > line / PX:
                style["max_height"] = _longer(style["max_height"], free)
                before.restore(context, page_state)
                made = plain(context, root, page_type, resume_at, number, page_state)
            return made
        gap = style["margin_top"]
        for lines in range(1, TRIES + 1):
            if not _strayed(context):
                return made
            before.restore(context, page_state)
            style["margin_top"] = _longer(gap, lines * line / PX)
            made = plain(context, root, page_type, resume_at, number, page_state)
        if _strayed(context):
            before.restore(context, page_state)
            style["margin_top"] = gap
            made = plain(context, root, page_type, resume_at, number, page_state)
        return made

    pages.make_page = make_page
    try:
        yield
    finally:
        pages.make_page = plain


def _skip_what_must_wait(context: Any) -> None:
    """Spare WeasyPrint from laying out the whole foot of the page for each piece of a note that has no room."""
    if "layout_footnote" in vars(context):
        return
    lay_out, report = context.layout_footnote, context.report_footnote
    skipped: list[Any] = []

    def layout_footnote(note: Any) -> bool:
        if not (context.reported_footnotes and _continued(note)):
            return bool(lay_out(note))
        context.footnotes.remove(note)
        skipped.append(note)
        return True  # it overflows: the piece before it waits already

    def report_footnote(note: Any) -> None:
        if note in skipped:
            skipped.remove(note)
            context.reported_footnotes.append(note)
        else:
            report(note)

    context.layout_footnote, context.report_footnote = layout_footnote, report_footnote


def _longer(length: Any, more: float) -> Any:
    return type(length)(length.value + more, "px")


def _end_of_text(page: Any) -> float:
    flow = page.children[0]
    ends = [box.position_y + box.height for box in descendants(flow) if kind(box) == "LineBox"]
    return max(ends, default=float(flow.position_y))


def _continued(note: Any) -> bool:
    return CONTINUED in note.element.get("class", "").split()


def _strayed(context: Any) -> bool:
    return any(not _continued(note) for note in context.reported_footnotes)


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

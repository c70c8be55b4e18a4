"""How high the notes of a page stand, note by note.

Whenever a note comes to a page or leaves it, WeasyPrint sets all notes of the page again to know their height, once for
each line with a call and for each way in which the page is tried. Here each note is set once by itself and heights are
added, wherever that must give the same: where nothing in the notes has a margin that could meet another one.

There is no public way to do so; this takes the place of one method of the context in which WeasyPrint makes pages.
"""

from __future__ import annotations

from math import inf
from typing import Any

from pipeline.print.boxes import descendants


def add_up_notes(context: Any) -> None:
    """Let ``context`` know the height of notes by adding up, from now on."""
    if "_update_footnote_area" in vars(context):
        return
    together = context._update_footnote_area
    known: dict[tuple[int, float], float | None] = {}

    def height_of(note: Any, area: Any) -> float | None:
        key = id(note), area.page.width
        if key not in known:
            known[key] = _height_alone(context, note, area)
        return known[key]

    def update() -> bool:
        area, notes = context.current_footnote_area, context.current_page_footnotes
        heights = [height_of(note, area) for note in notes]
        if not heights or context.in_column or None in heights:
            return bool(together())
        if area.height != "auto":
            context.page_bottom += area.margin_height()
        area.children = notes
        wanted = sum(height for height in heights if height is not None)
        area.height = max(min(wanted, area.max_height), area.min_height)
        context.page_bottom -= area.margin_height()
        return bool(wanted > area.height)

    context._update_footnote_area = update


def _height_alone(context: Any, note: Any, area: Any) -> float | None:
    """Set ``note`` by itself; None if its height may be another one between other notes."""
    from weasyprint.formatting_structure import boxes, build
    from weasyprint.layout.block import block_level_layout

    alone = area.copy()
    alone.height, alone.children = "auto", [note]
    alone = block_level_layout(context, build.create_anonymous_boxes(alone.deepcopy()), -inf, None, area.page)[0]
    if len(alone.children) != 1:
        return None
    (laid,) = alone.children
    blocks = [part for part in descendants(laid) if isinstance(part, boxes.BlockLevelBox)]
    if any(part.margin_top or part.margin_bottom for part in blocks):
        return None
    return float(laid.margin_height())

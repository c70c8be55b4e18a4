"""Facing pages end together: a recto is as deep as the verso beside it.

A page ends a line above its foot where the next line may not stand there: it would be the first of a paragraph, and
its second would not, or it would leave the last one to the next page. Beside a full page that is seen before it is
read. So compositors make both pages of an opening a line short (Chicago Manual of Style, 17th ed., 2.116; Bringhurst,
2.4.9), or let a paragraph of the recto run a line longer or shorter (``fitting``). A verso is not made again for the
sake of the recto beside it: all that stands behind it would be too.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass
from typing import Any

from pipeline.print.boxes import PX, end_of_text, kind

SHORT = 2  # lines that both pages of an opening may lack; more are a hole, and no reason to make another
_LAST, _DEPTH = "octavo_last_page", "octavo_depth"  # attributes of the context, and of the box of a page


@dataclass(frozen=True, slots=True)
class Depth:
    """How deep a page is: its number, the lines that it lacks, and whether what follows must begin another page."""

    number: int
    lacks: int
    ends: bool


def depth(made: Any, number: int, line: float) -> Depth:
    """Return how deep the page is that was made; ``line`` is the leading in points."""
    page, resume_at, next_page = made
    areas = [one for one in page.children if kind(one) == "FootnoteAreaBox" and one.children]
    ends = max([end_of_text(page.children[0]), *(area.position_y + area.margin_height() for area in areas)])
    free = (page.content_box_y() + page.height - ends) * PX / line
    return Depth(number, round(free), resume_at is None or next_page["break"] != "any")


def remember(context: Any, page: Any, found: Depth) -> None:
    """Let the next page know how deep this one is; the box of a ``page`` that is put in later knows it too."""
    vars(context)[_LAST] = found
    setattr(page, _DEPTH, astuple(found))


def remember_again(context: Any, page: Any) -> None:
    """Let the next page know how deep a page is that was made before, and is put in."""
    vars(context)[_LAST] = Depth(*getattr(page, _DEPTH)) if hasattr(page, _DEPTH) else None


def last_page(context: Any) -> tuple[int, int, bool] | None:
    """Return how deep the page is that was made last, as a forme keeps it."""
    last: Depth | None = vars(context).get(_LAST)
    return None if last is None else astuple(last)


def uneven(context: Any, number: int, side: str, found: Depth) -> bool:
    """Tell whether a recto, which was ``found`` to be so deep, is a line or two deeper than the verso, or less deep."""
    last: Depth | None = vars(context).get(_LAST)
    if side != "right" or last is None or last.number != number - 1 or last.ends or found.ends:
        return False
    return last.lacks <= SHORT and 0 < abs(max(found.lacks, 0) - max(last.lacks, 0)) <= SHORT


def beside(context: Any, number: int, side: str) -> int:
    """Return the lines that the verso beside a recto lacks; none for a verso, or where a division ended on it."""
    last: Depth | None = vars(context).get(_LAST)
    if side != "right" or last is None or last.number != number - 1 or last.ends or last.lacks > SHORT:
        return 0
    return max(last.lacks, 0)

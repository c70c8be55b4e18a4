"""Distribution: type that is not printed from goes back into its cases at once.

What WeasyPrint sets names itself in rings: the context of a layout, the styles of boxes without an element, the area of
the notes and its page. So what was only measured, and pages that were tried, would lie about until Python looks for
rings, which it does seldom, and each time goes through all the type that stands. Here the rings are undone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from pipeline.print.boxes import descendants, kind

_ANONYMOUS = "anonymous_style"  # what a style keeps for boxes without an element in its own; it names the style
_ITSELF = "specified"  # under which such a style names itself


@contextmanager
def passing() -> Iterator[list[Any]]:
    """Collect the styles of the layouts that are made meanwhile; when it ends, their contexts are undone."""
    from weasyprint import document

    plain, made, styles = document.LayoutContext, list[Any](), list[Any]()

    def context(style_for: Any, *more: Any) -> Any:
        made.append(plain(style_for, *more))
        styles.append(style_for)
        return made[-1]

    document.LayoutContext = context
    try:
        yield styles
    finally:
        document.LayoutContext = plain
        for one in made:
            vars(one).clear()


def distribute(styles: Any) -> None:
    """Undo the styles of a layout whose boxes are of no use any more."""
    for style in styles.get_computed_styles().values():
        while (style := vars(style).pop(_ANONYMOUS, None)) is not None:
            vars(style).pop(_ITSELF, None)


def let_go(pages: Iterable[Any]) -> None:
    """Undo pages, told by their boxes, and all their styles: nobody asks them any more."""
    for page in pages:
        leave(page)
        for box in descendants(page):
            style = box.style
            while style is not None:
                own = vars(style)
                own.pop(_ITSELF, None)
                style = own.pop(_ANONYMOUS, None)


def leave(page: Any) -> None:
    """Let the notes of a page that has been made forget on which page they stand."""
    for area in page.children:
        if kind(area) == "FootnoteAreaBox":
            area.page = None

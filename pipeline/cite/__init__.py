"""Cite: citation lines are taken apart into fields, and all spellings of one work become one work."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from pipeline.cite.parse import parse, unaccounted

if TYPE_CHECKING:
    from pipeline.cite.agree import read
    from pipeline.cite.detect import find_embedded, looks_like_citation
    from pipeline.cite.segments import report_doubts, second_opinion
    from pipeline.cite.works import gather

__all__ = [
    "find_embedded",
    "gather",
    "looks_like_citation",
    "parse",
    "read",
    "report_doubts",
    "second_opinion",
    "unaccounted",
]
_HOMES = {
    "find_embedded": "detect",
    "gather": "works",
    "looks_like_citation": "detect",
    "read": "agree",
    "report_doubts": "segments",
    "second_opinion": "segments",
}


def __getattr__(name: str) -> Any:
    """Fetch a name from its module when it is asked for: ``octavo cite`` needs few of them to start."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)

"""Cite: citation lines are taken apart into fields, and all spellings of one work become one work."""

from pipeline.cite.agree import read
from pipeline.cite.detect import find_embedded, looks_like_citation
from pipeline.cite.parse import parse, unaccounted
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

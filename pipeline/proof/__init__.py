"""Proof: no word of the source is lost, and here it is shown.

A build calls, for each edition that it has made::

    streams = proof.streams_of_markdown(markdown, references)   # or of_epub(data), of_pdf(data)
    proof.check("markdown", streams, source, changes, report)

``check`` proves, enters the figures in ``report.conservation`` and a finding for each line that lost words.
When all editions are made, ``report_page`` makes the page for people. Nothing is written to disk here.

In the order of the work: ``words`` (what counts as a word), ``streams`` and ``pdf`` (the words of an edition),
``edited`` (a ``book.md`` that a person changed), ``align`` (finding one text in another), ``notes`` and
``conservation`` (the proof), ``page`` (``report.html``).
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.model import Change, Source
from pipeline.proof.conservation import Conservation, Lost, prove
from pipeline.proof.edited import source_of_edited
from pipeline.proof.page import report_page
from pipeline.proof.pdf import streams_of_pdf
from pipeline.proof.spoken import check_tags
from pipeline.proof.streams import Streams, streams_of_epub, streams_of_markdown
from pipeline.report import Report

__all__ = [
    "Conservation",
    "Lost",
    "Streams",
    "check",
    "check_tags",
    "prove",
    "report_page",
    "source_of_edited",
    "streams_of_epub",
    "streams_of_markdown",
    "streams_of_pdf",
]

SHOWN = 12
"""Words of a loss that are shown; the line is named, and can be looked up."""


def check(edition: str, streams: Streams, source: Source, changes: Sequence[Change], report: Report) -> Conservation:
    """Prove one edition and tell ``report`` the result."""
    result = prove(edition, streams, source, changes)
    report.conservation[edition] = result.json()
    for lost in result.lines:
        code = "words-lost-note" if lost.note else "words-lost"
        report.find(code, lost.line, edition=edition, words=_shown(lost.words))
    return result


def _shown(words: Sequence[str]) -> str:
    more = f" … ({len(words)} words)" if len(words) > SHOWN else ""
    return " ".join(words[:SHOWN]) + more

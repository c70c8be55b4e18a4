"""Proof: no word of the source is lost, none is said twice or invented, and here it is shown.

A build calls, for each edition that it has made::

    streams = proof.streams_of_markdown(markdown, references)   # or of_epub(data), of_pdf(data)
    proof.check("markdown", streams, source, changes, report)
    proof.check_left_out(streams, source, changes, report)      # once
    proof.check("epub", streams, source, changes, report, book=proof.streams_of_html(body))

``check`` proves, enters the figures in ``report.conservation`` and a finding for each line that lost words, and for
words that the source has not. Nothing is written to disk here.

In the order of the work: ``words`` (what counts as a word), ``streams``, ``unseen``, ``pdf`` and ``pulls`` (the words
of an edition), ``edited`` (a ``book.md`` that a person changed), ``align`` (finding one text in another), ``notes`` and
``conservation`` (the proof), ``same`` (an edition against ``book.md``), ``left`` (what was left out).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING, Any

from pipeline.model import Change, Source
from pipeline.proof.conservation import Added, Conservation, Lost, prove
from pipeline.proof.edited import raw_parts, set_formulas, source_of_edited
from pipeline.proof.left import check_left_out
from pipeline.proof.same import compare
from pipeline.proof.streams import Streams, streams_of_ast, streams_of_epub, streams_of_html, streams_of_markdown
from pipeline.report import Report

if TYPE_CHECKING:
    from pipeline.proof.pdf import streams_of_pdf
    from pipeline.proof.spoken import check_tags

__all__ = [
    "FAILURES",
    "Added",
    "Conservation",
    "Lost",
    "Streams",
    "check",
    "check_left_out",
    "check_tags",
    "prove",
    "raw_parts",
    "set_formulas",
    "source_of_edited",
    "streams_of_ast",
    "streams_of_epub",
    "streams_of_html",
    "streams_of_markdown",
    "streams_of_pdf",
]

FAILURES = frozenset({"words-lost", "words-lost-note", "words-added", "edition-differs", "left-out-most", "book-empty"})
"""The findings by which a book is not proved."""

SHOWN = 12
"""Words of a loss that are shown; the line is named, and can be looked up."""

_OF_THE_PDF = {"streams_of_pdf": "pipeline.proof.pdf", "check_tags": "pipeline.proof.spoken"}


def __getattr__(name: str) -> Any:
    """Load what reads a PDF when it is asked for: its libraries take longer than the proof of ``book.md``."""
    if name not in _OF_THE_PDF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_OF_THE_PDF[name]), name)


def check(
    edition: str,
    streams: Streams,
    source: Source,
    changes: Sequence[Change],
    report: Report,
    book: Streams | None = None,
) -> Conservation:
    """Prove one edition and tell ``report`` the result.

    Args:
        edition: its name in the report: markdown, epub or pdf.
        streams: its words.
        source: the text as it was read.
        changes: the record.
        report: gets the figures and the findings.
        book: the words of ``book.md`` as Pandoc sets them, from which the edition was made: then it must have them,
            notes and all, and what it has besides is too much. Without it, and for ``book.md`` itself, for which it is
            what was meant, what the source has not is too much.

    """
    listed = frozenset((book.works or book.body) if book is not None and edition != "markdown" else ())
    result = prove(edition, streams, source, changes, listed)
    more = result.more
    if book is not None:
        lacking, surplus = compare(book, streams)
        for one in lacking:
            report.find("edition-differs", edition=edition, part=one.part, words=_shown(one.words))
        more = more if edition == "markdown" else tuple(surplus)
    report.conservation[edition] = replace(result, more=more).json()
    for lost in result.lines:
        code = "words-lost-note" if lost.note else "words-lost"
        report.find(code, lost.line, edition=edition, words=_shown(lost.words))
    for added in more:
        report.find("words-added", added.line or None, edition=edition, words=_shown(added.words))
    return result


def _shown(words: Sequence[str]) -> str:
    more = f" … ({len(words)} words)" if len(words) > SHOWN else ""
    return " ".join(words[:SHOWN]) + more

"""The report of a whole shelf: how many, how sure, and what needs a person, the most pressing first."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from pipeline.errors import EXIT_MEANINGS, Exit
from pipeline.report import codes
from pipeline.shelf.catalogue import Card
from pipeline.shelf.page import address, count, document, facts, table
from pipeline.shelf.stamp import FAILED, FAILURE


@dataclass(frozen=True, slots=True)
class Failure:
    """A text that did not become a book: an exit code, what is wrong, and what to do."""

    name: str
    code: int
    what: str
    hint: str

    @property
    def meaning(self) -> str:
        """What the exit code means."""
        return EXIT_MEANINGS[Exit(self.code)] if self.code in list(Exit) else "unknown"


def failures(shelf: Path) -> list[Failure]:
    """Return what has failed, by exit code and name."""
    found = []
    for path in (shelf / FAILED).glob(f"*/{FAILURE}"):
        try:
            row = json.loads(path.read_text(encoding="utf-8"))
            found.append(Failure(path.parent.name, int(row["code"]), str(row["what"]), str(row["hint"])))
        except (OSError, ValueError, KeyError, TypeError):
            what = f"{path} cannot be read."
            found.append(Failure(path.parent.name, int(Exit.BUG), what, "Try it again with --again failed."))
    return sorted(found, key=lambda one: (one.code, one.name))


def pressing(card: Card) -> tuple[float, float, float]:
    """Return what tells how much a book needs a person: errors, doubts and warnings for each thousand lines."""
    lines = max(card.counts.get("lines", 0), 1) / 1000
    return (card.findings.get("error", 0), card.doubtful / lines, card.findings.get("warning", 0) / lines)


def needing(cards: Sequence[Card]) -> list[Card]:
    """Return the books that need a person, the most pressing first."""
    return sorted((card for card in cards if any(pressing(card))), key=pressing, reverse=True)


def summary(cards: Sequence[Card], failed: Sequence[Failure]) -> dict[str, Any]:
    """Return ``report.json`` of a shelf."""
    lines = sum(card.counts.get("lines", 0) for card in cards)
    sure = sum(card.sure * card.counts.get("lines", 0) for card in cards)
    found: Counter[str] = Counter()
    books: Counter[str] = Counter()
    for card in cards:
        found.update(card.codes)
        books.update(card.codes.keys())
    return {
        "books": len(cards),
        "failed": len(failed),
        "words": sum(card.counts.get("words", 0) for card in cards),
        "lost": sum(card.lost for card in cards),
        "lines": lines,
        "sure": round(sure / lines, 4) if lines else 1.0,
        "doubtful": sum(card.doubtful for card in cards),
        "findings": {code: {"times": times, "books": books[code]} for code, times in found.most_common()},
        "failures": [{"name": one.name, "code": one.code, "what": one.what, "hint": one.hint} for one in failed],
        "needing": [
            {"name": card.name, "errors": int(errors), "doubts": round(doubts, 1), "warnings": round(warnings, 1)}
            for card in needing(cards)
            for errors, doubts, warnings in (pressing(card),)
        ],
    }


def report_page(title: str, cards: Sequence[Card], failed: Sequence[Failure]) -> str:
    """Return ``report.html`` of a shelf."""
    return document(f"The books of {title}: a report", _body(title, cards, failed))


_SHOWN = 200  # rows of a table for people; all are in report.json


def _body(title: str, cards: Sequence[Card], failed: Sequence[Failure]) -> Iterator[str]:
    told = summary(cards, failed)
    waiting = needing(cards)
    yield f"<h1>The books of {escape(title)}: a report</h1>"
    yield '<p><a href="index.html">All books</a> · <a href="report.json">the same for programs</a></p>'
    yield facts(
        {
            "Books": f"{told['books']:,}",
            "Texts that failed": f"{told['failed']:,}",
            "Words": f"{told['words']:,}, {told['lost']:,} lost",
            "How sure": f"{told['sure']:.1%} of a line, in the mean of {told['lines']:,} lines",
            "Lines in doubt": f"{told['doubtful']:,}",
            "Books that need nobody": f"{len(cards) - len(waiting):,}",
        }
    )
    if failed:
        yield f"<h2>What failed</h2><p>{count(len(failed), 'text')}, by exit code.</p>"
        yield table(("Text", "Code", "What is wrong, and what to do"), map(_failed, failed[:_SHOWN]))
    if waiting:
        yield "<h2>What needs a person</h2>"
        yield "<p>Errors, then doubts and warnings for each thousand lines; the most pressing first.</p>"
        yield table(("Book", "Errors", "Doubts", "Warnings", "Most often"), map(_needs, waiting[:_SHOWN]))
    if told["findings"]:
        yield "<h2>What was found</h2>"
        yield table(
            ("Finding", "Times", "Books", "What to do"),
            (
                (f"<code>{escape(code)}</code>", f"{row['times']:,}", f"{row['books']:,}", escape(_hint(code)))
                for code, row in told["findings"].items()
                if code in codes()
            ),
        )


def _hint(code: str) -> str:
    """Return what to do about a finding; nothing where that depends on the place."""
    hint = codes()[code].hint
    return "" if "{" in hint else hint


def _needs(card: Card) -> tuple[str, ...]:
    errors, doubts, warnings = pressing(card)
    often = ", ".join(code for code, _ in Counter(card.codes).most_common(3))
    link = f'<a href="{address(card, "report.html")}" lang="{escape(card.lang)}">{escape(card.title)}</a>'
    return link, f"{errors:.0f}", f"{doubts:.1f}", f"{warnings:.1f}", escape(often)


def _failed(one: Failure) -> tuple[str, ...]:
    return (
        escape(one.name),
        f'<abbr title="{escape(one.meaning)}">{one.code}</abbr>',
        escape(f"{one.what} {one.hint}"),
    )

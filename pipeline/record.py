"""The files beside the book: decisions, citations, the map of pages, the report; and the lines printed at the end."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pipeline import __version__, files, owner, pandoc
from pipeline.answer import counted
from pipeline.errors import Exit, OctavoError
from pipeline.model import DOUBT, Book, Citation, Decision, Element, Extract, Heading, Line, PageStart, Ready
from pipeline.report import Report
from pipeline.settings import Settings


def decision_rows(decisions: Iterable[Decision]) -> Iterator[str]:
    """Return the rows of ``decisions.jsonl``."""
    return _rows(
        {
            "line": one.line,
            "role": one.role,
            "joined": one.joined,
            "score": one.score,
            **({"rival": one.rival, "rival_score": one.rival_score} if one.rival else {}),
            "reasons": [[reason.rule, reason.role, reason.weight] for reason in one.reasons],
        }
        for one in sorted(decisions, key=lambda decision: decision.line)
    )


def citation_rows(citations: Iterable[Citation]) -> Iterator[str]:
    """Return the rows of ``citations.jsonl``."""
    return _rows(
        {
            "line": one.line,
            "covers": citation.covers,
            "work": one.work,
            "locator": one.fields.locator,
            "score": one.score,
            "fields": one.fields.json(),
        }
        for citation in citations
        for one in (citation, *citation.also)
    )


def _rows(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    encode = json.JSONEncoder(ensure_ascii=False).encode
    return (f"{encode(row)}\n" for row in rows)


def page_map(markdown: str, starts: Sequence[PageStart]) -> str:
    """Return ``pages.json``: where each page of the printed book begins, and which text it was printed from."""
    pages = [dataclasses.asdict(start) for start in starts]
    return json.dumps({"book": _digest(markdown), "pages": pages}, ensure_ascii=False, indent=1) + "\n"


def pages_of(path: Path, markdown: str) -> tuple[PageStart, ...] | None:
    """Return the pages of the printed book, if there is one and it was made from this very text."""
    book, pages = _pages(path)
    return pages if book == _digest(markdown) else None


def last_pages(path: Path) -> tuple[PageStart, ...]:
    """Return the pages of the printed book as it was last made, from whatever text; none if there is no such book."""
    return _pages(path)[1]


def _pages(path: Path) -> tuple[str, tuple[PageStart, ...]]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return str(found["book"]), tuple(PageStart(**page) for page in found["pages"])
    except (OSError, ValueError, KeyError, TypeError):
        return "", ()


def _digest(markdown: str) -> str:
    return hashlib.sha256(markdown.encode()).hexdigest()


def count(
    report: Report,
    lines: Sequence[Line],
    decisions: Sequence[Decision],
    citations: Sequence[Citation],
    book: Book,
) -> None:
    """Enter the counts of ``report.json``."""
    report.counts |= {
        "lines": len(decisions),
        "doubts": sum(one.score < DOUBT for one in decisions),
        "words": sum(len(line.text.split()) for line in lines),
        "divisions": sum(_divisions(one) for one in book.elements),
        "extracts": sum(isinstance(one, Extract) for one in book.elements),
        "citations": len(citations),
        "works": len(book.works),
        "notes": len(book.notes),
    }


def _divisions(element: Element) -> int:
    if isinstance(element, Ready):
        return sum(node["t"] == "Header" and node["c"][0] == 1 for node in element.nodes)
    return isinstance(element, Heading) and element.level == 1


_PATHS = ("cover", "verdicts", "style", "citation_style")
"""Settings that may name a file or folder: the report, the same wherever a book is made, says no more than its name."""


def settle(report: Report, settings: Settings, folder: Path) -> None:
    """Enter versions and settings, and write ``report.json`` into ``folder``."""
    tools = ("weasyprint", "EbookLib", "ftfy")
    report.versions |= {
        "octavo": __version__,
        "pandoc": pandoc.version(),
        **{tool: version(tool) for tool in tools},
    }
    chosen = {key: value for key, value in dataclasses.asdict(settings).items() if value}
    report.settings |= chosen | {key: Path(chosen[key]).name for key in _PATHS if key in chosen}
    files.write_whole(folder / "report.json", json.dumps(report.json(), ensure_ascii=False, indent=1) + "\n")


def keep_edited(place: Path, bench: Path, report: Report) -> None:
    """Copy an earlier ``book.md`` to the bench, under another name, if it is not as it was made; once is enough."""
    if not owner.is_edited(place):
        return
    edited = (place / owner.MANUSCRIPT).read_bytes()
    if any(kept.read_bytes() == edited for kept in bench.glob("book.edited*.md")):
        return
    names = ("book.edited.md", *(f"book.edited-{number}.md" for number in range(2, 1000)))
    name = next(name for name in names if not (place / name).exists() and not (bench / name).exists())
    files.write_whole(bench / name, edited)
    report.find("book-edited", kept=place / name)


def summary(report: Report, folder: Path) -> Iterator[str]:
    """Yield the few lines that are printed when a book is made."""
    names = ("division", "extract", "citation", "work", "note", "page")
    counts = ((report.counts[f"{name}s"], name) for name in names if f"{name}s" in report.counts)
    yield f"{folder}: " + ", ".join(counted(count, name) for count, name in counts)
    for edition, proof in report.conservation.items():
        state = "none lost" if not proof["lost"] else f"{proof['lost']} LOST"
        file = "book.md" if edition == "markdown" else f"book.{edition}"
        added = f", {proof['added']} ADDED" if proof["added"] else ""
        out = f"{proof['changed']} changed and on record, {proof['left_out']} left out on purpose"
        yield f"  {file:10} {counted(proof['words'], 'word')}: {state}{added}, {out}"
    width = max((len(name) for name, _ in report.table), default=0)
    yield from (f"  {name:{width}}  {value}" for name, value in report.table)
    yield from (f"  {one.message} {one.hint}" for one in report.findings if one.code == "book-edited")
    if doubts := report.counts.get("doubts"):
        yield f"  {counted(doubts, 'line')} in doubt: octavo review shows each with its likeliest readings"
    if grave := [finding for finding in report.findings if finding.severity != "note"]:
        known = len(report.findings) - len(grave)
        yield f"  {counted(len(grave), 'finding')} to look at, {known} to know of: {folder / 'report.html'}"


def fault(report: Report, folder: Path) -> OctavoError | None:
    """Return what is so wrong with a book that was made that its build has failed."""
    from pipeline import proof

    if failed := [found for found in report.findings if found.code in proof.FAILURES]:
        where = f"See {folder / 'report.html'}."
        lost = sum(one["lost"] for one in report.conservation.values())
        if not lost:
            return OctavoError(Exit.WORDS_LOST, failed[0].message, where)
        lines = sorted({found.line for found in failed if found.line})
        named = f"line{'' if len(lines) == 1 else 's'} {', '.join(map(str, lines[:20]))}"
        words = f"{counted(lost, 'word')} of the source {'is' if lost == 1 else 'are'} not in the book ({named})."
        return OctavoError(Exit.WORDS_LOST, words, where)
    if bare := [found for found in report.findings if found.code == "missing-glyph"]:
        return OctavoError(
            Exit.NO_FONT,
            " ".join(found.message for found in bare),
            " ".join(dict.fromkeys(found.hint for found in bare)),
        )
    return None

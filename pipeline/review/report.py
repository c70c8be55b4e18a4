"""``report.html``: what became of a text, for people, in one file that needs nothing else."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from pipeline import styles
from pipeline.build import Reading
from pipeline.model import DOUBT, Change, ChangeKind, Source
from pipeline.proof.conservation import LEAVING
from pipeline.report import Finding, Report, codes
from pipeline.review.pages import pages
from pipeline.review.sheet import Sheet
from pipeline.review.stretch import Stretch, named
from pipeline.words import words_of

EDITIONS = {"markdown": "book.md", "pdf": "book.pdf", "epub": "book.epub"}
SEVERITIES = {"error": "Wrong in the book", "warning": "To look at", "note": "Good to know"}
KINDS = {
    ChangeKind.REPAIRED: "Damaged letters and spaces mended",
    ChangeKind.JOINED: "Words broken at the end of a line made whole",
    ChangeKind.RESTYLED: "Citations set in the style of the notes",
    ChangeKind.RELABELLED: "Numbers, labels and signs that the typesetter sets anew",
    ChangeKind.MOVED: "Notes taken to their calls",
    ChangeKind.LEFT_OUT: "Furniture, and the old list of contents",
    ChangeKind.LISTED: "Works that stand in the bibliography",
    ChangeKind.SET_ASIDE: "No text of the book",
}

FIGURES = {
    "words": "Words of the source",
    "changed": "Set in another form",
    "left_out": "Left out on purpose",
    "lost": "Lost",
    "added": "Added",
}

TOGETHER = 50
"""Stretches in one table: a browser draws only the tables that are in sight."""


@dataclass(frozen=True, slots=True)
class _Group:
    """Findings of one code: what they have in common, and for each its line, its words and its own hint."""

    code: str
    title: str
    hint: str
    grave: bool
    some: list[tuple[int | None, str, str]]


def report_page(
    report: Report, source: Source, changes: Sequence[Change] = (), reading: Reading | None = None
) -> Iterator[str]:
    """Return ``report.html`` in pieces: of a text with damage in every word it is a dozen times as long as the text.

    Args:
        report: what the build has to say.
        source: the text as it was read; its lines are shown where they are named.
        changes: the record of what was changed.
        reading: the text as it was read as a book; none for a ``book.md`` that was edited.

    """
    sheet = Sheet(reading, report.findings) if reading else None
    decisions = reading.decisions if reading else ()
    works = [(work, named(work)) for work in reading.book.works.values()] if reading else []
    texts = {line.number: line.text for line in source.lines if not line.blank}
    beside = sheet is not None and bool(decisions and texts)
    doubts = sorted((one for one in decisions if one.score < DOUBT), key=lambda one: (one.score, one.line))
    left_out, changed = _changes(changes, LEAVING), _changes(changes, set(KINDS) - LEAVING)
    mood, verdict = _verdict(report)
    there = {
        "glance": ("At a glance", bool(report.conservation or decisions)),
        "doubts": (f"In doubt ({len(doubts):,})", bool(doubts)),
        "findings": ("What was found", bool(report.findings)),
        "reading": ("Source beside book", beside),
        "works": (f"Works ({len(works):,})", bool(works)),
        "left-out": ("What was left out", bool(left_out)),
        "changes": ("What was changed", bool(changed)),
        "making": ("How it was made", True),
    }
    return (
        pages()
        .get_template("report.html")
        .generate(
            source=source,
            css=(styles.folder() / "report" / "report.css").read_text(encoding="utf-8"),
            sections=[(name, title, shown) for name, (title, shown) in there.items()],
            verdict=verdict,
            mood=mood,
            to_look=sum(one.severity == "warning" for one in report.findings),
            conservation=[(EDITIONS.get(edition, edition), one) for edition, one in report.conservation.items()],
            figures=FIGURES,
            roles=Counter(one.role.value for one in decisions).most_common(),
            joined=sum(one.joined for one in decisions),
            doubts=doubts,
            findings=list(_findings(report.findings)),
            stretches=_tables(sheet.beside()) if sheet and beside else (),
            works=works,
            left_out=left_out,
            changes=changed,
            making=dict(_making(report, source)),
            texts=texts,
            shown=texts if beside else (),
            sure=DOUBT,
        )
    )


def _tables(stretches: Iterator[Stretch]) -> Iterator[list[Stretch]]:
    """Yield stretches, so many as stand in one table."""
    while some := list(islice(stretches, TOGETHER)):
        yield some


def _verdict(report: Report) -> tuple[str, str]:
    """Say the most important thing first; the first word is how it is shown."""
    lost = [EDITIONS.get(edition, edition) for edition, one in report.conservation.items() if one["lost"]]
    added = [EDITIONS.get(edition, edition) for edition, one in report.conservation.items() if one["added"]]
    if lost:
        return "bad", f"Words of the source are missing in {' and '.join(lost)}."
    if added:
        return "bad", f"Words that the source has not stand in {' and '.join(added)}."
    return ("good", "No word of the source is lost.") if report.conservation else ("", "No book was made.")


def _findings(findings: Sequence[Finding]) -> Iterator[tuple[str, int, list[_Group]]]:
    """Yield the findings, the gravest first, those of one kind together."""
    ordered = sorted(findings, key=lambda one: (one.line is None, one.line or 0, one.code))
    for severity, title in SEVERITIES.items():
        some = [one for one in ordered if one.severity == severity]
        if some:
            times = Counter(one.code for one in some).most_common()
            yield title, len(some), [_group([one for one in some if one.code == code]) for code, _ in times]


def _group(same: Sequence[Finding]) -> _Group:
    code = same[0].code
    title = _kind(code)
    hints = {one.hint for one in same}
    shared = hints.pop() if len(hints) == 1 else ""
    rows = [(one.line, one.message.removeprefix(f"{title}: "), "" if shared else one.hint) for one in same]
    return _Group(code, title, shared, same[0].severity == "error", rows)


def _kind(code: str) -> str:
    """Say in words what findings of one code have in common: the message, without what each fills in."""
    row = codes().get(code)
    if row is None:
        return code
    return re.sub(r"\{\w+\}", "…", re.sub(r"(?:: \{\w+\})?\.?$", "", row.message))


def _changes(changes: Sequence[Change], kinds: Collection[ChangeKind]) -> list[tuple[str, str, list[Change]]]:
    """Return the changes of each kind: what they are, how many, and in the order of their lines."""
    found = []
    for kind, title in KINDS.items():
        some = sorted((change for change in changes if change.kind is kind), key=lambda change: change.line)
        if some and kind in kinds:
            count = sum(len(words_of(one.before)) for one in some)
            found.append((title, f"{len(some):,}, {count:,} words" if kind in LEAVING else f"{len(some):,}", some))
    return found


def _making(report: Report, source: Source) -> Iterator[tuple[str, str]]:
    sure = "" if source.certain else " (a guess)"
    yield "Read as", f"{source.encoding}{sure}, line ends {source.newline}"
    yield from ((key.capitalize(), f"{count:,}") for key, count in report.counts.items())
    yield from ((f"Setting: {key}", _plain(value)) for key, value in report.settings.items())
    yield from ((f"Version of {tool}", version) for tool, version in report.versions.items())


def _plain(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)

"""The page for people: what was decided, what was changed and what was found, in one file that needs nothing else."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import Any

from pipeline import styles
from pipeline.model import Change, ChangeKind, Decision, Source
from pipeline.proof.conservation import LEAVING
from pipeline.proof.words import words_of
from pipeline.report import codes

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

DOUBTFUL = 0.2
"""Score below which a decision is worth a second look."""

MOST = 60
"""Doubtful decisions that are shown; the others are in ``decisions.jsonl``."""


def report_page(
    report: Mapping[str, Any], source: Source, changes: Sequence[Change] = (), decisions: Sequence[Decision] = ()
) -> str:
    """Return ``report.html``.

    Args:
        report: the data of ``report.json``.
        source: the text as it was read; its lines are shown where they are named.
        changes: the record of what was changed.
        decisions: what each line was taken for.

    """
    lines = {line.number: line.text for line in source.lines}
    sections = [
        ("proof", "Was anything lost?", _proof(report["conservation"])),
        ("findings", "What was found", _findings(report["findings"], lines)),
        ("left-out", "What was left out", _changes(changes, LEAVING)),
        ("changes", "What was changed", _changes(changes, set(KINDS) - LEAVING)),
        ("decisions", "What was decided", _decisions(decisions, lines)),
        ("making", "How it was made", _making(report, source)),
    ]
    parts = [(name, title, "".join(content)) for name, title, content in sections]
    shown = [part for part in parts if part[2]]
    links = "".join(f'<li><a href="#{name}">{title}</a></li>' for name, title, _ in shown)
    body = "".join(
        f'<section id="{name}" aria-labelledby="{name}-title"><h2 id="{name}-title">{title}</h2>{text}</section>'
        for name, title, text in shown
    )
    css = (styles.folder() / "report" / "report.css").read_text(encoding="utf-8")
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>What became of {escape(source.name)}</title><style>{css}</style></head>\n"
        f"<body><main><h1>What became of {escape(source.name)}</h1>{_verdict(report)}"
        f'<nav aria-label="On this page"><ul>{links}</ul></nav>{body}</main></body></html>\n'
    )


def _verdict(report: Mapping[str, Any]) -> str:
    """Say the most important thing first."""
    figures = report["conservation"].items()
    lost = {edition: one["lost"] for edition, one in figures if one["lost"]}
    added = {edition: one["added"] for edition, one in figures if one["added"]}
    grave = Counter(finding["severity"] for finding in report["findings"])
    if lost:
        files = " and ".join(EDITIONS.get(edition, edition) for edition in lost)
        first = f'<span class="bad">Words of the source are missing in {files}.</span>'
    elif added:
        files = " and ".join(EDITIONS.get(edition, edition) for edition in added)
        first = f'<span class="bad">Words that the source has not stand in {files}.</span>'
    elif report["conservation"]:
        first = '<span class="good">No word of the source is lost.</span>'
    else:
        first = "No book was made."
    rest = f" There are {grave['warning']:,} places to look at." if grave["warning"] else ""
    return f'<p class="verdict">{first}{rest}</p>'


def _proof(conservation: Mapping[str, Mapping[str, int]]) -> Iterator[str]:
    if not conservation:
        return
    yield "<p>Each word of the source was looked for in each edition, in order, and each word of the edition in it.</p>"
    rows = (
        (EDITIONS.get(edition, edition), *(f"{one[figure]:,}" for figure in FIGURES))
        for edition, one in conservation.items()
    )
    yield _table(("File", *FIGURES.values()), rows, numbers=len(FIGURES))


def _findings(findings: Sequence[Mapping[str, Any]], lines: Mapping[int, str]) -> Iterator[str]:
    """Show the findings, the gravest first, those of one kind together."""
    for severity, title in SEVERITIES.items():
        some = [finding for finding in findings if finding["severity"] == severity]
        if not some:
            continue
        yield f"<h3>{title} ({len(some):,})</h3>"
        for code, count in Counter(finding["code"] for finding in some).most_common():
            same = [finding for finding in some if finding["code"] == code]
            hints = Counter(finding["hint"] for finding in same)
            (hint, _), *others = hints.most_common()
            rows = "".join(_finding(finding, lines, show_hint=bool(others)) for finding in same)
            said = "" if others else f'<p class="soft">{escape(hint)}</p>'
            opened = " open" if severity == "error" else ""
            title = f'{escape(_kind(code))} ({count:,}) <span class="soft">{escape(code)}</span>'
            yield f"<details{opened}><summary>{title}</summary>{said}{rows}</details>"


def _kind(code: str) -> str:
    """Say in words what findings of one code have in common: the message, without what each fills in."""
    row = codes().get(code)
    if row is None:
        return code
    return re.sub(r"\{\w+\}", "…", re.sub(r"(?:: \{\w+\})?\.?$", "", row.message))


def _finding(finding: Mapping[str, Any], lines: Mapping[int, str], *, show_hint: bool) -> str:
    hint = f' <span class="soft">{escape(finding["hint"])}</span>' if show_hint else ""
    text = escape(finding["message"].removeprefix(f"{_kind(finding['code'])}: ")) + hint
    if finding["line"] is None:
        return f"<p>{text}</p>"
    return f"<p>Line {finding['line']}: {text}</p>{_quoted(lines.get(finding['line'], ''))}"


def _changes(changes: Sequence[Change], kinds: Collection[ChangeKind]) -> Iterator[str]:
    for kind, title in KINDS.items():
        some = sorted((change for change in changes if change.kind is kind), key=lambda change: change.line)
        if some and kind in kinds:
            rows = (
                (
                    str(one.line),
                    f"<del>{_visible(one.before)}</del>",
                    f"<ins>{_visible(one.after)}</ins>",
                    escape(one.why),
                )
                for one in some
            )
            table = _table(("Line", "Stood in the source", "To be found in the book", "Why"), rows, line=True)
            count = sum(len(words_of(one.before)) for one in some)
            size = f"{len(some):,}, {count:,} words" if kind in LEAVING else f"{len(some):,}"
            yield f"<details><summary>{title} ({size})</summary>{table}</details>"


def _decisions(decisions: Sequence[Decision], lines: Mapping[int, str]) -> Iterator[str]:
    if not decisions:
        return
    counts = Counter(decision.role.value for decision in decisions)
    rows = ((escape(role), f"{count:,}") for role, count in counts.most_common())
    yield _table(("The line is a", "Lines"), rows, numbers=1)
    joined = sum(decision.joined for decision in decisions)
    if joined:
        yield f"<p>{joined:,} lines go on with the paragraph of the line before them.</p>"
    doubtful = sorted((one for one in decisions if one.score < DOUBTFUL), key=lambda one: (one.score, one.line))
    if doubtful:
        shown = doubtful[:MOST]
        rest = f", of which the {MOST} least sure are shown" if len(doubtful) > MOST else ""
        yield f"<details><summary>Not sure ({len(doubtful):,} lines{rest})</summary>"
        yield "<p class='soft'>A verdict in verdicts.toml overrules the program.</p>"
        for one in sorted(shown, key=lambda one: one.line):
            yield f"<p>Line {one.line}: {escape(one.role)}</p>{_quoted(lines.get(one.line, ''))}"
        yield "</details>"


def _making(report: Mapping[str, Any], source: Source) -> Iterator[str]:
    sure = "" if source.certain else " (a guess)"
    facts = {"Read as": f"{source.encoding}{sure}, line ends {source.newline}"}
    facts |= {key.capitalize(): f"{count:,}" for key, count in report["counts"].items()}
    facts |= {f"Setting: {key}": _plain(value) for key, value in report["settings"].items()}
    facts |= {f"Version of {tool}": version for tool, version in report["versions"].items()}
    yield "<dl>"
    yield from (f"<dt>{escape(key)}</dt><dd>{escape(str(value))}</dd>" for key, value in facts.items())
    yield "</dl>"


def _plain(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: int = 0, line: bool = False) -> str:
    """Make a table; its cells are HTML, the last ``numbers`` columns figures."""
    first = len(heads) - numbers

    def style(column: int) -> str:
        return ' class="number"' if column >= first else ' class="line"' if line and not column else ""

    head = "".join(f'<th scope="col"{style(n)}>{escape(text)}</th>' for n, text in enumerate(heads))
    body = "".join(
        "<tr>"
        + "".join(
            f'<th scope="row"{style(n)}>{cell}</th>' if not n else f"<td{style(n)}>{cell}</td>"
            for n, cell in enumerate(row)
        )
        + "</tr>"
        for row in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _quoted(text: str) -> str:
    return f"<blockquote>{escape(text.strip())}</blockquote>" if text.strip() else ""


def _visible(text: str) -> str:
    """Show signs that cannot be seen by their numbers."""
    return escape("".join(sign if sign.isprintable() else f"[U+{ord(sign):04X}]" for sign in text))

"""Make the tables of the documentation from the tables of the program.

``python docs/tables.py`` writes them, ``python docs/tables.py --check`` only says which are out of date.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from pipeline.kinds import OVERLAYS, ROOMS  # noqa: E402
from pipeline.label import SETTLING  # noqa: E402
from pipeline.label.rules import RULES  # noqa: E402
from pipeline.model import Role  # noqa: E402
from pipeline.report import FAMILIES, codes  # noqa: E402

FAMILY_TITLES = {
    "input": "The source and its settings",
    "text": "The source's own wording",
    "role": "What the lines are",
    "citation": "Citations and works",
    "note": "Notes",
    "layout": "The page",
    "tool": "The tools",
}


RATES = (
    "How often findings on the wording are right: of the damaged lines that readers marked in 1,450 lines of a",
    "compendium (and were sure of) 0.755 carry one; of the lines that carry one, 0.81 were marked (the gold's own",
    "`score_findings.py`). In twelve texts that people had proof-read (1.5 million words in English, Dutch and",
    "Spanish) there is one in 10,000 words: cut sentences and words that stand twice for a third each. Measured by",
    "`python -m tests.alarms TEXT …`.",
)


def findings() -> Iterator[str]:
    """Yield the lines of ``findings.md``."""
    yield "# Findings"
    yield ""
    yield "What a report may say, with its code. An *error* means that something is wrong in the book, a"
    yield "*warning* that a person should look, a *note* is good to know. Words in braces are filled in."
    yield ""
    yield f"This page is made from `pipeline/findings.toml` by `{Path(__file__).name}`."
    yield ""
    yield from RATES
    for family in FAMILIES:
        rows = [row for row in codes().values() if row.family == family]
        if rows:
            yield from (
                "",
                f"## {FAMILY_TITLES[family]}",
                "",
                "| code | severity | what is wrong | what to do |",
            )
            yield "|---|---|---|---|"
        for row in rows:
            yield f"| `{row.code}` | {row.severity} | {_cell(row.message)} | {_cell(row.hint)} |"


def rules() -> Iterator[str]:
    """Yield the lines of ``rules.md``."""
    yield "# The rules of labelling"
    yield ""
    yield "What is seen on a line and its neighbours, which role it speaks for, and how loudly: a weight"
    yield "of 1 is a hint, 3 a strong sign, 6 close to certain; a negative weight speaks against."
    yield "`octavo explain SOURCE LINE` shows which of them spoke on a line of yours."
    yield ""
    yield f"This page is made from `pipeline/label/rules.py` by `{Path(__file__).name}`."
    for role in Role:
        rows = sorted((rule for rule in RULES if rule.role is role), key=lambda rule: -rule.weight)
        if rows:
            yield from ("", f"## {role.value.capitalize()}", "", "| weight | rule | why |", "|---:|---|---|")
        for rule in rows:
            yield f"| {rule.weight:+g} | {rule.name} | {_cell(rule.why)} |"
    yield from ("", "## What the layout settles", "")
    yield "In transcriptions the layout often settles what a line is before any of the rules above is asked."
    yield from ("", "| rule | why |", "|---|---|")
    for name, why in SETTLING.items():
        yield f"| {name} | {_cell(why)} |"
    yield from ("", "## What a kind of text settles", "")
    yield "A [kind of text](kinds.md) with marks of its own knows by them what its lines are."
    rooms = [(room.NAME, room.WHY) for room in ROOMS] + [(overlay.NAME, overlay.WHY) for overlay in OVERLAYS]
    for kind, table in rooms:
        if table and table is not SETTLING:
            yield from ("", f"### {kind[0].upper()}{kind[1:]}", "", "| rule | why |", "|---|---|")
            for name, why in table.items():
                yield f"| {name} | {_cell(why)} |"


PAGES = {"findings.md": findings, "rules.md": rules}


def stale() -> list[str]:
    """Return the names of the pages that are not what the program's tables say."""
    return [name for name, make in PAGES.items() if _read(HERE / name) != _text(make())]


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _text(lines: Iterator[str]) -> str:
    return "\n".join(lines) + "\n"


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def main() -> int:
    """Write the pages that are out of date, or with ``--check`` name them and return 1."""
    names = stale()
    if "--check" in sys.argv[1:]:
        sys.stderr.writelines(f"docs/{name} is out of date: make docs\n" for name in names)
        return 1 if names else 0
    for name in names:
        (HERE / name).write_text(_text(PAGES[name]()), encoding="utf-8")
        sys.stdout.write(f"docs/{name}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

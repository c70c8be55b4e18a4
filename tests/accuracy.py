"""How well a text was read, measured against a copy-editor's decisions (``examples/README.md`` has the form).

``python -m tests.accuracy`` prints the table for the sample, and for the manuscript and its gold where they
lie in ``../shared``; the disagreements go to ``accuracy/NAME.delta.txt``, one a line, for a person to judge.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

from pipeline.build import Reading, read_source
from pipeline.label.reliability import rows_of
from pipeline.report import Report
from pipeline.settings import Settings

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"

ROLES = {
    "T": "title",
    "H": "heading",
    "P": "paragraph",
    "C": "citation",
    "A": "attribution",
    "R": "rubric",
    "L": "item",
    "D": "dialogue",
    "S": "letter",
    "N": "note",
    "V": "verse",
    "G": "stage",
    "Q": "quote",
    "O": "contents",
    "K": "caption",
    "B": "table",
    "X": "separator",
}
FIELDS = (
    "author",
    "editor",
    "translator",
    "title",
    "container",
    "volume",
    "issue",
    "place",
    "publisher",
    "year",
    "locator",
)


@dataclass(frozen=True, slots=True)
class Gold:
    """A copy-editor's decisions: role and flags of each line, and each citation taken apart."""

    roles: Mapping[int, str]
    flags: Mapping[int, frozenset[str]]
    citations: Mapping[int, Mapping[str, Any]]


@dataclass(slots=True)
class Score:
    """Figures from 0 to 1 by name, and the disagreements in words."""

    figures: dict[str, float] = field(default_factory=dict)
    delta: list[str] = field(default_factory=list)


def read_gold(lines: Iterable[Path], cites: Iterable[Path]) -> Gold:
    """Read the gold in ``lines`` (TSV) and ``cites`` (JSON Lines)."""
    roles: dict[int, str] = {}
    flags: dict[int, frozenset[str]] = {}
    for path in lines:
        for row in path.read_text(encoding="utf-8").splitlines():
            number, label, marks = (row + "\t").split("\t")[:3]
            roles[int(number)] = ROLES[label]
            flags[int(number)] = frozenset(marks.split(",")) - {""}
    found = [json.loads(row) for path in cites for row in path.read_text(encoding="utf-8").splitlines()]
    return Gold(roles, flags, {one["line"]: one for one in found if roles.get(one["line"]) == "citation"})


def score(reading: Reading, gold: Gold) -> Score:
    """Compare ``reading`` with ``gold`` on the lines that the gold speaks of."""
    out = Score()
    _score_roles(reading, gold, out)
    _score_citations(reading, gold, out)
    return out


def _score_roles(reading: Reading, gold: Gold, out: Score) -> None:
    said = {decision.line: decision for decision in reading.decisions if decision.line in gold.roles}
    pairs: Counter[tuple[str, str]] = Counter()
    for line, role in gold.roles.items():
        got = said[line].role.value if line in said else "missing"
        pairs[role, got] += 1
        if got != role:
            doubt = " (unsure)" if "unsure" in gold.flags[line] else ""
            out.delta.append(f"{line}\trole\tgold {role}{doubt}\tsaid {got}")
    sure = [line for line in gold.roles if "unsure" not in gold.flags[line]]
    right = {line for line, role in gold.roles.items() if line in said and said[line].role == role}
    out.figures["role accuracy"] = len(right) / len(gold.roles)
    out.figures["role accuracy, sure lines"] = len(right & set(sure)) / len(sure)
    by_role = [
        f1(
            pairs[role, role],
            sum(n for (_, got), n in pairs.items() if got == role),
            sum(n for (want, _), n in pairs.items() if want == role),
        )
        for role in {want for want, _ in pairs}
    ]
    out.figures["macro F1 over the roles"] = sum(by_role) / len(by_role)
    wanted = {line for line, marks in gold.flags.items() if "join" in marks}
    joined = {line for line, decision in said.items() if decision.joined}
    out.figures["broken lines joined, F1"] = f1_of(joined, wanted)
    out.delta += [f"{line}\tjoin\tgold {line in wanted}\tsaid {line in joined}" for line in joined ^ wanted]


def _score_citations(reading: Reading, gold: Gold, out: Score) -> None:
    said = {one.line: one for one in reading.citations if one.line in gold.roles}
    if not gold.citations:
        return
    out.figures["citations found, F1"] = f1_of(said, gold.citations)
    right = covered = 0
    for line, want in gold.citations.items():
        got = said.get(line)
        fields = got.fields.json() if got else {}
        wrong = [key for key in FIELDS if fold(fields.get(key)) != fold(want.get(key))]
        out.delta += [f"{line}\t{key}\tgold {want.get(key)}\tsaid {fields.get(key)}" for key in wrong]
        right += got is not None and not wrong
        covers = _without_blanks(got.covers, gold) if got and got.covers else None
        asked = tuple(want["covers"]) if want.get("covers") else None
        covered += got is not None and covers == asked
        if covers != asked:
            out.delta.append(f"{line}\tcovers\tgold {asked}\tsaid {covers}")
    out.figures["citations wholly right"] = right / len(gold.citations)
    out.figures["covers exact"] = covered / len(gold.citations)
    mine = {line: said[line].work or f"none-{line}" for line in said if line in gold.citations}
    theirs = {line: _work(one) for line, one in gold.citations.items()}
    out.figures["same work, F1 over pairs"] = f1_of(_pairs(mine), _pairs(theirs))


def f1(hits: int, said: int, wanted: int) -> float:
    """Return the harmonic mean of precision and recall; 1 where nothing was wanted and nothing said."""
    return 2 * hits / (said + wanted) if said + wanted else 1.0


def f1_of(said: Collection[Hashable], wanted: Collection[Hashable]) -> float:
    """Return F1 of one set against another."""
    return f1(len(set(said) & set(wanted)), len(said), len(wanted))


def fold(value: Any) -> Any:
    """Keep letters and digits, case folded: punctuation and spacing are not scored."""
    if isinstance(value, list):
        parts = ("given", "family", "literal")
        return tuple(fold(" ".join(name[part] for part in parts if name.get(part))) for name in value)
    return re.sub(r"\W+", " ", (value or "").casefold()).strip() or ()


def _without_blanks(covers: Sequence[int], gold: Gold) -> tuple[int, int] | None:
    inside = [line for line in gold.roles if covers[0] <= line <= covers[1]]
    return (min(inside), max(inside)) if inside else None


def _work(citation: Mapping[str, Any]) -> Hashable:
    """Say which work the gold means: the first name, the first words of the title, the volume of a set."""
    title = str(fold(citation.get("title")) or "").split(" ")
    names = citation.get("author") or citation.get("editor") or []
    first = [name.get("family") or name.get("literal") for name in names][:1]
    return (
        fold(first[0]) if first else "",
        " ".join(title[:3]),
        citation.get("volume") if title[0] == "works" else "",
    )


def _pairs(works: Mapping[int, Hashable]) -> set[tuple[int, int]]:
    members: dict[Hashable, list[int]] = defaultdict(list)
    for line in sorted(works):
        members[works[line]].append(line)
    return {pair for lines in members.values() for pair in combinations(lines, 2)}


def measure(source: Path, gold: Gold) -> Score:
    """Read ``source`` and score it."""
    return score(read_source(source, Settings(), Report(), lambda _stage: None), gold)


def _reliability() -> Iterator[str]:
    """How much is right of what carries a certainty: in wrapped texts that were not learnt from, as measured last."""
    yield "certainty of wrapped text, on texts not learnt from (python -m pipeline.label.reliability FOLDER)"
    for row in rows_of():
        yield "".join(f"{cell:>10}" for cell in row.split("\t"))


def main() -> int:
    """Print the tables; the gold in ``../shared`` part by part and together."""
    sample = ROOT / "examples" / "the-lamp-room-papers.txt"
    second = ROOT / "examples" / "a-weir-house-miscellany.txt"
    texts = {"sample": (sample, [sample.with_suffix(".lines.tsv")], [sample.with_suffix(".cites.jsonl")])}
    texts["miscellany"] = (second, [second.with_suffix(".lines.tsv")], [])
    manuscript = SHARED / "manuscripts" / "real-stalin-series.txt"
    if manuscript.exists():
        lines, cites = (
            sorted((SHARED / "gold").glob("lines-*.tsv")),
            sorted((SHARED / "gold").glob("cites-*.jsonl")),
        )
        texts["manuscript"] = (manuscript, lines, cites)
    else:
        sys.stdout.write("The manuscript and its gold are not in ../shared: only the sample is measured.\n\n")
    (ROOT / "accuracy").mkdir(exist_ok=True)
    for name, (source, lines, cites) in texts.items():
        reading = read_source(source, Settings(), Report(), lambda _stage: None)
        columns = {"all": score(reading, read_gold(lines, cites))}
        if len(lines) > 1:
            columns |= {rows.stem: score(reading, read_gold([rows], cites)) for rows in lines}
        sys.stdout.write(f"{name:28}{''.join(f'{column:>10}' for column in columns)}\n")
        for figure in columns["all"].figures:
            values = "".join(f"{column.figures[figure]:10.4f}" for column in columns.values())
            sys.stdout.write(f"  {figure:26}{values}\n")
        delta = sorted(columns["all"].delta, key=lambda row: int(row.split("\t")[0]))
        (ROOT / "accuracy" / f"{name}.delta.txt").write_text("\n".join(delta) + "\n", encoding="utf-8")
        sys.stdout.write(f"  {len(delta)} disagreements: accuracy/{name}.delta.txt\n\n")
    sys.stdout.writelines(f"{row}\n" for row in _reliability())
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

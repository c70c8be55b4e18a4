"""``make corpus``: texts held against the editions that people made of them by hand, the worst first.

What lies in ``../shared/corpus`` is drafted and scored by the scripts beside it; the disagreements go to
``accuracy/corpus.delta.txt``, one a line, with the name of the text before each.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
FIGURES = {
    "kept": "kept",
    "roles": "roles",
    "F1": "roles, mean F1",
    "breaks": "breaks (P R F1)",
    "headings": "headings (P R F1)",
    "order": "order",
    "notes": "notes (P R F1)",
}
"""The figures of a text by the head of their column, and their names in the scores."""


def figure(score: Mapping[str, Any], name: str) -> float:
    """Return a figure from 0 to 1; of precision, recall and F1 the last."""
    value = score[FIGURES[name]]
    return float(value[-1] if isinstance(value, list) else value)


def table(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Set the scores of texts as a table: the one whose figures are the lowest first, the means last."""
    scored = [row for row in rows if row.get("score")]
    scored.sort(key=lambda row: sum(figure(row["score"], name) for name in FIGURES))
    out = [f"{'text':24}exit{''.join(f'{name:>10}' for name in FIGURES)}"]
    out += [f"{row['text']:24}{row['rc']:>4}      –" for row in rows if not row.get("score")]
    for row in scored:
        figures = "".join(f"{figure(row['score'], name):10.3f}" for name in FIGURES)
        out.append(f"{row['text'][:24]:24}{row['rc']:>4}{figures}")
    if scored:
        means = [sum(figure(row["score"], name) for row in scored) / len(scored) for name in FIGURES]
        out.append(f"{'mean':28}{''.join(f'{mean:10.3f}' for mean in means)}")
    return out


def main(arguments: Sequence[str] | None = None) -> int:
    """Draft and score; say so where there is nothing to do it with."""
    parser = argparse.ArgumentParser(prog="python -m tests.corpus", description="Texts against hand-made editions.")
    parser.add_argument(
        "folders", nargs="*", type=Path, default=[SHARED / "corpus" / "texts", SHARED / "corpus" / "pages"]
    )
    parser.add_argument("--only", nargs="*", default=[])
    options = parser.parse_args(arguments)
    sweep = SHARED / "scoring" / "sweep.py"
    if not sweep.is_file():
        sys.stdout.write("../shared with its texts and scripts is not there: nothing is measured.\n")
        return 0
    delta: list[str] = []
    for folder in options.folders:
        with tempfile.TemporaryDirectory() as scratch:
            scores = Path(scratch, "scores.json")
            only = ["--only", *options.only] if options.only else []
            command = [sys.executable, sweep, folder, "--out", scratch, "--json", scores, "--jobs", "2", *only]
            subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
            rows = json.loads(scores.read_text(encoding="utf-8"))
            for path in sorted(Path(scratch).glob("*.delta")):
                delta += [f"{path.stem}\t{row}" for row in path.read_text(encoding="utf-8").splitlines()]
        sys.stdout.writelines(f"{row}\n" for row in (folder.name, *table(rows), ""))
    (ROOT / "accuracy").mkdir(exist_ok=True)
    (ROOT / "accuracy" / "corpus.delta.txt").write_text("\n".join(delta) + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(delta)} disagreements: accuracy/corpus.delta.txt\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

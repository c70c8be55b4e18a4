"""``python -m pipeline.label.reliability FOLDER …``: how often a decision is right that carries a given certainty.

Each annotated text (:mod:`pipeline.label.train` says what one is) is read with weights that were learnt from the other
folds, and each line's role is held against the edition made by hand. The table stands in ``reliability.tsv`` and is
printed by ``make accuracy``: certainty from, to, lines, share that is right.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from pipeline.label import label
from pipeline.label.labeller import GOES_ON
from pipeline.label.train import annotated, is_careful, labels_of, train, truth_of
from pipeline.model import Decision, Line, Role
from pipeline.read import read
from pipeline.repair import repair
from pipeline.report import Report

TABLE = Path(__file__).parent / "reliability.tsv"
BANDS = (0.0, 0.5, 0.7, 0.9, 0.99)
"""Where the bands of certainty begin."""

_LIKE = frozenset(
    {
        ("letter", "paragraph"),
        ("letter", "quote"),
        ("stage", "dialogue"),
        ("stage", "paragraph"),
        ("caption", "paragraph"),
    }
)
"""What an edition calls one thing and another, as well, another: a letter's body is paragraphs, a direction a turn."""


def judged(
    decisions: Iterable[Decision], lines: Sequence[Line], labels: Mapping[int, str]
) -> Iterator[tuple[float, bool]]:
    """Hold decisions against the roles that an edition gives the lines.

    Returns:
        For each line that the edition has: the certainty of the decision, and whether it is right.

    """
    indent = {line.number: len(line.text) - len(line.text.lstrip()) for line in lines}
    for one in decisions:
        wanted = labels.get(one.line, "").removeprefix(GOES_ON)
        if not wanted:
            continue
        role = Role.HEADING.value if one.role is Role.TITLE else one.role.value
        flush = (wanted, role) == ("quote", "paragraph") and not indent[one.line]
        yield one.score, role == wanted or (wanted, role) in _LIKE or flush


def table(told: Iterable[tuple[float, bool]]) -> list[tuple[float, float, int, float]]:
    """Count by band: certainty from, to, how many decisions, and the share of them that is right."""
    every: Counter[float] = Counter()
    right: Counter[float] = Counter()
    for certainty, is_right in told:
        band = max(low for low in BANDS if low <= certainty)
        every[band] += 1
        right[band] += is_right
    ends = [*BANDS[1:], 1.0]
    return [
        (low, high, every[low], right[low] / every[low]) for low, high in zip(BANDS, ends, strict=True) if every[low]
    ]


def rows_of(path: Path = TABLE) -> list[str]:
    """Return the table as it was measured last, a line for each band."""
    return path.read_text(encoding="utf-8").splitlines()


def _left_out(path: Path, model: Path) -> Iterator[tuple[float, bool]]:
    truth = json.loads(truth_of(path).read_text(encoding="utf-8"))
    if is_careful(truth):
        lines, _ = repair(read(path, Report(), ""))
        yield from judged(label(lines, model=model), lines, labels_of(lines, truth))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m pipeline.label.reliability", description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--folds", type=int, default=3)
    parser.add_argument("--models", type=Path, default=Path("build"), help="where the weights of the folds are kept")
    options = parser.parse_args(arguments)
    paths = annotated(options.folders)
    told: list[tuple[float, bool]] = []
    for fold in range(options.folds):
        model = options.models / f"fold{fold}.crf.xz"
        if not model.exists():
            train([path for n, path in enumerate(paths) if n % options.folds != fold], model)
        for path in paths[fold :: options.folds]:
            told += _left_out(path, model)
    rows = [f"{low}\t{high}\t{lines}\t{share:.3f}" for low, high, lines, share in table(told)]
    TABLE.write_text("from\tto\tlines\tright\n" + "\n".join(rows) + "\n", encoding="utf-8")
    sys.stdout.write(TABLE.read_text(encoding="utf-8"))
    return 0


if __name__ == "__main__":
    sys.exit(main())

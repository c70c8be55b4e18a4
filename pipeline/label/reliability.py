"""``python -m pipeline.label.reliability FOLDER …``: how often a decision is right that carries a given certainty.

Each annotated text (:mod:`pipeline.label.train` says what one is), and its words typed anew in other hands
(:mod:`pipeline.label.recast`), is read with weights that were learnt from the other folds, and each line's role is held
against the edition made by hand. What comes of it are two tables. ``certainty.tsv`` says what a claim of the weights or
of a rule is worth, and lowers it in every book (:mod:`pipeline.label.certainty`); a text counts in it by few lines of a
kind, so that no long one speaks for all. ``reliability.tsv``, which ``make accuracy`` prints, is what remains to be
believed: certainty from, to, lines, share that is right, and both again for what was typed anew. The claims of a fold
are lowered there by what the other folds have shown.
"""

from __future__ import annotations

import argparse
import json
import sys
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from pipeline.label import certainty, label
from pipeline.label.certainty import WEIGHTS, Worth, lowered, rule_of, table_of
from pipeline.label.labeller import GOES_ON
from pipeline.label.recast import recast
from pipeline.label.train import ROLES, annotated, is_careful, labels_of, seed_of, train, truth_of
from pipeline.model import Decision, Line, Role
from pipeline.read import read
from pipeline.repair import repair
from pipeline.report import Report

TABLE = Path(__file__).parent / "reliability.tsv"
BANDS = (0.0, 0.5, 0.7, 0.9, 0.99)
"""Where the bands of certainty begin."""

_CLAIMS = (0.0, 0.6, 0.75, 0.9, 0.95, 0.985, 0.995, 0.9985)  # where bands of like claims begin; the last stands
_HANDS = (7, 8)  # in which texts are typed anew; what is learnt from are others
_VOICE = 200  # lines by which one text counts in a band, at most; typed anew, in all hands together
_BEFORE = 60.0  # lines that stand where others do, before any is counted
_LEAST = 5  # lines of a rule, and
_TEXTS = 2  # texts
_LESS = 0.005  # a rule that is right so much less often than it claims stands in the table

_UNTOLD = frozenset({"half-title", "note-goes-on", "on-the-title-page", "title-of-the-book"})
"""The rules that editions only show to be wrong: what they annotate begins behind the title page, and has no notes.

So it is with every role that they have not, where the text is not typed anew from them.
"""

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


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a decision is right that claims so much; by which rule, of which text, in which hand typed (0: none)."""

    claimed: float
    right: bool
    role: Role
    rule: str
    text: str = ""
    hand: int = 0


def judged(decisions: Iterable[Decision], lines: Sequence[Line], labels: Mapping[int, str]) -> Iterator[Judgement]:
    """Hold decisions against the roles that an edition gives the lines, for each line that the edition has."""
    indent = {line.number: len(line.text) - len(line.text.lstrip()) for line in lines}
    for one in decisions:
        wanted = labels.get(one.line, "").removeprefix(GOES_ON)
        if not wanted:
            continue
        role = Role.HEADING if one.role is Role.TITLE else one.role
        flush = (wanted, role) == ("quote", "paragraph") and not indent[one.line]
        right = role == wanted or (wanted, role) in _LIKE or flush
        yield Judgement(one.score, right, role, rule_of(one.reasons))


def worth(judgements: Iterable[Judgement]) -> Iterator[tuple[Worth, int, int]]:
    """Yield what claims are worth, with the numbers of lines and of texts that show it.

    The share of a band of claims is that of its texts, each of which counts by its lines, but by no more than a few.
    Before a role is counted, it stands where the weights of all roles do; a rule stands where it claims to, and what it
    decides in a single text says nothing of others. What claims more is worth no less. Where the weights are all but
    certain and wrong, they are so of a whole text; no line tells that, and the claim stands.
    """
    bands: dict[tuple[str, Role | None, int], list[Judgement]] = defaultdict(list)
    for one in judgements:
        if one.rule == WEIGHTS:
            band = bisect(_CLAIMS, one.claimed)
            bands[WEIGHTS, None, band].append(one)
            bands[WEIGHTS, one.role, band].append(one)
        elif one.rule not in _UNTOLD and (one.hand or one.role in ROLES.values()):
            bands[one.rule, one.role, 0].append(one)
    least: dict[Role | None, float] = defaultdict(float)
    of_all: dict[int, float] = {}
    for (rule, role, band), told in sorted(bands.items(), key=lambda one: (one[0][0], one[0][1] or "", one[0][2])):
        claimed = sum(one.claimed for one in told) / len(told)
        share = _share(told, of_all.get(band, claimed))
        texts = len({one.text for one in told})
        if rule == WEIGHTS:
            share = least[role] = max(share, least[role])
            if role is None:
                of_all[band] = share
        elif len(told) < _LEAST or texts < _TEXTS or share > claimed - _LESS:
            continue
        if role is not None and band < len(_CLAIMS):
            yield Worth(rule, role, round(claimed, 3), round(share, 3)), len(told), texts


def _share(told: Sequence[Judgement], before: float) -> float:
    """Return the share of decisions that is right, each text by few lines, with some that say ``before``."""
    by_text: dict[tuple[str, int], list[bool]] = defaultdict(list)
    for one in told:
        by_text[one.text, one.hand].append(one.right)
    voices = {key: min(len(rights), _VOICE) / (len(_HANDS) if key[1] else 1) for key, rights in by_text.items()}
    said = sum(voices[key] * sum(rights) / len(rights) for key, rights in by_text.items())
    return (said + _BEFORE * before) / (sum(voices.values()) + _BEFORE)


def table(told: Iterable[tuple[float, bool]]) -> list[tuple[float, float, int, float]]:
    """Count by band: certainty from, to, how many decisions, and the share of them that is right."""
    every: Counter[float] = Counter()
    right: Counter[float] = Counter()
    for score, is_right in told:
        band = max(low for low in BANDS if low <= score)
        every[band] += 1
        right[band] += is_right
    ends = [*BANDS[1:], 1.0]
    return [
        (low, high, every[low], right[low] / every[low]) for low, high in zip(BANDS, ends, strict=True) if every[low]
    ]


def rows_of(path: Path = TABLE) -> list[str]:
    """Return the table as it was measured last, a line for each band."""
    return path.read_text(encoding="utf-8").splitlines()


def _left_out(path: Path, model: Path) -> Iterator[Judgement]:
    """Yield how the lines of a text are read, and how they are read in other hands."""
    truth = json.loads(truth_of(path).read_text(encoding="utf-8"))
    if not is_careful(truth):
        return
    lines, _ = repair(read(path, Report(), ""))
    versions: list[tuple[int, Sequence[Line], Mapping[int, str]]] = [(0, lines, labels_of(lines, truth))]
    for hand in _HANDS:
        typed = recast(truth, seed_of(path) + hand, close=hand == _HANDS[-1])
        again = [Line(number, text) for number, (text, _) in enumerate(typed, 1)]
        versions.append((hand, again, {number: told for number, (_, told) in enumerate(typed, 1)}))
    for hand, version, labels in versions:
        for one in judged(label(version, model=model, claims=True), version, labels):
            yield replace(one, text=path.stem, hand=hand)


def _remaining(folds: Sequence[Sequence[Judgement]]) -> Iterator[tuple[float, Judgement]]:
    """Yield what remains of each claim of a fold by what the other folds have shown."""
    for n, fold in enumerate(folds):
        others = table_of(one for one, _, _ in worth(chain(*folds[:n], *folds[n + 1 :])))
        for one in fold:
            yield lowered(one.claimed, one.role, one.rule, others), one


def write_tables(folds: Sequence[Sequence[Judgement]]) -> None:
    """Write down what claims are worth by all folds, and what remains to be believed of each by the others."""
    rows = [
        f"{one.rule}\t{one.role}\t{one.claimed:.3f}\t{one.right:.3f}\t{lines}\t{texts}"
        for one, lines, texts in worth(chain(*folds))
    ]
    certainty.TABLE.write_text("\n".join(["by\trole\tclaimed\tright\tlines\ttexts", *rows, ""]), encoding="utf-8")
    remaining = list(_remaining(folds))
    typed = {low: row for low, *row in table((score, one.right) for score, one in remaining if one.hand)}
    rows = [
        f"{low}\t{high}\t{lines}\t{share:.3f}\t{typed[low][1]}\t{typed[low][2]:.3f}"
        for low, high, lines, share in table((score, one.right) for score, one in remaining if not one.hand)
    ]
    TABLE.write_text("\n".join(["from\tto\tlines\tright\ttyped\tright", *rows, ""]), encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m pipeline.label.reliability", description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--folds", type=int, default=3)
    parser.add_argument("--models", type=Path, default=Path("build"), help="where the weights of the folds are kept")
    options = parser.parse_args(arguments)
    paths = annotated(options.folders)
    folds: list[list[Judgement]] = []
    for fold in range(options.folds):
        model = options.models / f"fold{fold}.crf.xz"
        if not model.exists():
            train([path for n, path in enumerate(paths) if n % options.folds != fold], model)
        folds.append([one for path in paths[fold :: options.folds] for one in _left_out(path, model)])
    write_tables(folds)
    sys.stdout.write(TABLE.read_text(encoding="utf-8"))
    return 0


if __name__ == "__main__":
    sys.exit(main())

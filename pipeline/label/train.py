"""``python -m pipeline.label.train FOLDER …``: learn the weights of the labeller from annotated texts.

A folder holds texts (``NAME.txt``, ``NAME-0.txt``, ``NAME-8.txt``) and, for each, the structure that an edition made by
hand gives the same words (``NAME.truth.json``: ``{"blocks": [{"role", "text", "level"?}], "notes": {id: text}}``). The
words of both are aligned; each line gets the role of the block that most of its words stand in, and begins one if the
block's first word is among its own first three. What an editor is certain of by rule (notes that answer a call,
pictures, the list of contents) is not learnt. Each text is also typed anew in other hands
(:mod:`pipeline.label.recast`), so that what is learnt is the kind and not the typist. The same texts give the same
bytes.

``--leave-out NAME …`` keeps texts apart to be measured on; ``--print`` writes the weights of the model out, by role.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import re
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pycrfsuite

from pipeline.label.contents import contents_of
from pipeline.label.evidence import certain, observed, settle
from pipeline.label.furniture import furniture, header_fields
from pipeline.label.labeller import GOES_ON, MODEL, weights
from pipeline.label.layout import units
from pipeline.label.measure import to_measure
from pipeline.label.recast import recast
from pipeline.model import Line
from pipeline.read import read
from pipeline.repair import repair
from pipeline.report import Report
from pipeline.words.align import MISSING, align

ROLES = {
    "para": "paragraph",
    "drama": "dialogue",
    "quote": "quote",
    "verse": "verse",
    "stage": "stage",
    "letter": "letter",
    "item": "item",
    "table": "table",
    "caption": "caption",
    "heading": "heading",
}
"""The roles of an annotated text, and those of ours."""

Sequenced = list[tuple[list[str], str]]
"""Lines that follow one another: what is seen on each, and its label."""

_WORD = re.compile(r"[^\W_]+")
_REACH = 4  # lines kept on either side of one that begins something
_PLAIN = 2000  # lines; more of plain text teaches nothing new
_HANDS = (1, 4)  # times that a plain and a varied text are typed anew
_CLOSE = (1, 2)  # and with one blank line everywhere
_VARIED = 0.1  # share of blocks that are no paragraphs
_DOUBTFUL = (
    "rule=lines-meant",
    "rule=speaker-and-stop",
    "rule=short-lines",
    "rule=set-in",
    "opener=often",
    "opener=always",
)
_SETTINGS = {"c1": 0.0, "c2": 0.5, "max_iterations": 200, "feature.minfreq": 3, "feature.possible_states": True}


def sequences(lines: Sequence[Line], labels: Mapping[int, str], careful: bool) -> Iterator[Sequenced]:
    """Observe a text; cut it where a line has no label, and deep inside paragraphs.

    Args:
        lines: the text.
        labels: by line; a line without one is not learnt from.
        careful: the edition tells quotations, verse and turns from paragraphs.

    """
    aside = furniture(lines)
    measured = to_measure(lines, aside)
    found = units(measured.lines, measured.rows(aside), measured=True)
    if not found:
        return
    settled = settle(found, header_fields(lines).get("title", ""))
    rows, whole = observed(found, settled, contents_of(found))
    fixed = dict(certain(found, settled))
    labels = measured.labels(labels)
    told: list[str] = []
    for row in rows:
        label = labels.get(row.number, "") if row.number not in fixed else ""
        role = label.removeprefix(GOES_ON)
        if role == "quote" and row.indent <= whole.setting.margin:  # told by its marks, not by how it is set
            label = label.replace("quote", "paragraph")
        elif role == "table":
            label = role
        elif role == "note" or (
            role == "paragraph"
            and not careful
            and any(one.startswith(_DOUBTFUL) for one in whole.observations.of(row.seen))
        ):  # a note is known by its call, not by its look
            label = ""
        told.append(label)
    kept = [False] * len(rows)
    for at, label in enumerate(told):
        if label and not label.startswith(GOES_ON):
            for near in range(max(0, at - _REACH), min(len(rows), at + _REACH + 1)):
                kept[near] = True
    part: Sequenced = []
    for row, label, keep in zip(rows, told, kept, strict=True):
        if label and keep:
            part.append((whole.observations.of(row.seen), label))
        elif part:
            yield part
            part = []
    if part:
        yield part


def labels_of(lines: Sequence[Line], truth: Mapping[str, Any]) -> dict[int, str]:
    """Give each line the role that an edition made by hand gives its words."""
    given, where = _words((line.number, line.text) for line in lines)
    wanted, blocks = _words(enumerate(block["text"] for block in truth["blocks"]))
    size = Counter(where)
    first_of_line: dict[int, int] = {}
    for place, line in enumerate(where):
        first_of_line.setdefault(line, place)
    votes: dict[int, Counter[str]] = defaultdict(Counter)
    begins: set[int] = set()
    opened: set[int] = set()
    first_of_block: dict[int, int] = {}
    for place, block in enumerate(blocks):
        first_of_block.setdefault(block, place)
    for place, found in enumerate(align(wanted, given)):
        if found == MISSING:
            continue
        line, block = where[found], blocks[place]
        votes[line][truth["blocks"][block]["role"]] += 1
        if block not in opened:
            opened.add(block)
            if place - first_of_block[block] <= 3 and found - first_of_line[line] <= 3:
                begins.add(line)
    out: dict[int, str] = {}
    for line, counts in votes.items():
        role = ROLES.get(counts.most_common(1)[0][0], "")
        if role and counts.total() >= 0.5 * size[line]:
            out[line] = role if line in begins else f"{GOES_ON}{role}"
    return out


def _words(texts: Iterable[tuple[int, str]]) -> tuple[list[str], list[int]]:
    """Return the words of all texts, and for each the number of its text."""
    words: list[str] = []
    where: list[int] = []
    for number, text in texts:
        found = _WORD.findall(text.casefold())
        words += found
        where += [number] * len(found)
    return words, where


def lessons(path: Path) -> Iterator[Sequenced]:
    """Return what one annotated text teaches: itself, and what it is in other hands."""
    truth = json.loads(truth_of(path).read_text(encoding="utf-8"))
    roles = Counter(block["role"] for block in truth["blocks"])
    careful = is_careful(truth)
    lines, _ = repair(read(path, Report(), ""))
    parts = list(sequences(lines, labels_of(lines, truth), careful))
    total = sum(map(len, parts))
    dice = random.Random(1)
    for part in parts:
        plain = {label.removeprefix(GOES_ON) for _, label in part} <= {"paragraph", "verse"}
        if total <= _PLAIN or not plain or dice.random() <= _PLAIN / total:
            yield part
    if careful:
        varied = 1 - roles["para"] / max(1, roles.total()) > _VARIED
        for hand in range(_HANDS[varied] + _CLOSE[varied]):
            typed = recast(truth, seed_of(path) + hand, close=hand >= _HANDS[varied])
            again = [Line(number, text) for number, (text, _) in enumerate(typed, 1)]
            yield from sequences(again, {number: label for number, (_, label) in enumerate(typed, 1)}, careful)


def seed_of(path: Path) -> int:
    """Return the seed of the first of ten hands in which a text is typed anew; the others follow it."""
    return int(re.sub(r"\D", "", path.stem) or "7") * 10


def is_careful(truth: Mapping[str, Any]) -> bool:
    """Tell whether an edition tells quotations, verse and turns from paragraphs: it leaves no block open."""
    return not any(block["role"] in ("skip", "unknown") for block in truth["blocks"])


def annotated(folders: Iterable[Path]) -> list[Path]:
    """Return the texts in ``folders`` that have an annotation, by path."""
    return sorted(path for folder in folders for path in folder.glob("*.txt") if truth_of(path).is_file())


def truth_of(path: Path) -> Path:
    """Return the annotation that belongs to a text."""
    return path.with_name(re.sub(r"-[08]$", "", path.stem) + ".truth.json")


def train(paths: Iterable[Path], out: Path) -> int:
    """Learn from the texts at ``paths`` and write the packed weights to ``out``; return the number of lines learnt."""
    trainer = pycrfsuite.Trainer(verbose=False)
    count = 0
    for path in paths:
        for part in lessons(path):
            trainer.append([seen for seen, _ in part], [label for _, label in part])
            count += len(part)
    trainer.select("lbfgs")
    trainer.set_params(_SETTINGS)
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder, "roles.crf")
        trainer.train(str(raw))
        out.write_bytes(lzma.compress(raw.read_bytes()))
    return count


def print_weights(model: Path) -> Iterator[str]:
    """Write the weights out: for each label the observations that speak for and against it, the loudest first."""
    by_label: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for seen, labels in weights(model).items():
        for label, weight in labels.items():
            by_label[label].append((weight, seen))
    for label in sorted(by_label):
        yield f"{label}"
        yield from (
            f"  {weight:+7.3f}  {seen}"
            for weight, seen in sorted(by_label[label], key=lambda one: (-abs(one[0]), one[1]))
        )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m pipeline.label.train", description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--leave-out", nargs="*", default=[], metavar="NAME")
    parser.add_argument("--out", type=Path, default=MODEL)
    parser.add_argument("--print", action="store_true")
    options = parser.parse_args(arguments)
    if options.print:
        sys.stdout.writelines(f"{row}\n" for row in print_weights(options.out))
        return 0
    paths = [path for path in annotated(options.folders) if path.stem not in options.leave_out]
    if not paths:
        parser.error("no annotated texts there: NAME.txt with NAME.truth.json")
    count = train(paths, options.out)
    sys.stdout.write(f"{len(paths)} texts, {count} lines learnt: {options.out.name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

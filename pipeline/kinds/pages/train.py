"""Fit the weights of the rows: ``python -m pipeline.kinds.pages.train --texts FOLDER … --out weights.tsv``.

For developers only; the file that it writes is part of the package. A folder holds texts taken off pages,
``NAME.layout.txt``, ``NAME.pdftotext.txt``, ``NAME.ocr.txt`` or ``NAME.pdf``, each with ``NAME.truth.json`` beside it:
the blocks that were set (``{"blocks": [{"role", "text"}], "notes": {id: text}}``). Running heads, folios and notes are
left out by the rules of this room before anything is learnt; the same texts give the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pycrfsuite

from pipeline.files import write_whole
from pipeline.kinds.pages.pressed import Pressed, pressed
from pipeline.model import Line
from pipeline.read import read
from pipeline.repair import repair
from pipeline.report import Report
from pipeline.words import words_of
from pipeline.words.align import MISSING, locate

_OPTIONS = {
    "c1": 0.3,  # drops what says little: keeps the file small enough to read
    "c2": 0.05,
    "max_iterations": 150,
    "feature.minfreq": 5,
    "feature.possible_transitions": False,
}
_LABELS = {
    "para": "para",
    "heading": "heading",
    "verse": "verse",
    "quote": "quote",
    "drama": "drama",
    "stage": "stage",
    "letter": "letter",
    "item": "item",
    "caption": "caption",
    "table": "table",
}
_DIGITS = 4  # of a weight


def labelled(lines: Sequence[Line], truth: Path) -> tuple[Pressed, list[str]]:
    """Return what is seen on the rows of a text, and the label of each as the truth has it ("": it is not there)."""
    page = pressed(lines)
    blocks = json.loads(truth.read_text(encoding="utf-8"))["blocks"]
    words: list[str] = []
    places: list[tuple[str, int]] = []
    for block in blocks:
        own = words_of(block["text"])
        words += own
        places += [(block["role"], n) for n in range(len(own))]
    taken: list[str] = []
    of: list[tuple[int, int]] = []
    for n, row in enumerate(page.rows):
        own = words_of(row.text)
        taken += own
        of += [(n, at) for at in range(len(own))]
    first: dict[int, tuple[str, bool]] = {}
    for (role, place), found in zip(places, locate(words, taken), strict=True):
        if found != MISSING:
            number, at = of[found]
            first.setdefault(number, (role, place <= at))  # words before it may be misread
    labels: list[str] = []
    for n, row in enumerate(page.rows):
        role, begins = first.get(n, ("", False))
        if not role and labels and row.words[:1].islower():
            role = labels[-1].removesuffix("+")
        label = _LABELS.get(role, "")
        labels.append(label and (label if begins else f"{label}+"))
    return page, labels


def sequences(page: Pressed, labels: Sequence[str]) -> Iterator[tuple[list[list[str]], list[str]]]:
    """Cut the rows where the truth is silent, or where a label goes on with nothing."""
    seen: list[list[str]] = []
    own: list[str] = []
    for names, label in zip(page.seen, labels, strict=True):
        broken = label.endswith("+") and (not own or own[-1].removesuffix("+") != label.removesuffix("+"))
        if not label or broken:
            if len(own) > 1:
                yield seen, own
            seen, own = [], []
            if not label or broken:
                continue
        seen.append(list(names))
        own.append(label)
    if len(own) > 1:
        yield seen, own


def fit(texts: Sequence[Path], out: Path) -> None:
    """Fit the weights to ``texts`` and write them to ``out``: rules, then orders, sorted, a weight a line.

    The head of the file says how many texts they were, with one SHA-256 of their names and bytes.
    """
    learnt_from = hashlib.sha256()
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", params=_OPTIONS, verbose=False)
    for path in texts:
        truth = path.with_name(re.sub(r"(\.(?:pdftotext|layout|ocr))?\.(?:txt|pdf)$", "", path.name) + ".truth.json")
        for one in (path, truth):
            learnt_from.update(one.name.encode() + hashlib.sha256(one.read_bytes()).digest())
        lines, _ = repair(read(path, Report()))
        for seen, own in sequences(*labelled(lines, truth)):
            trainer.append(seen, own)
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "model"
        trainer.train(str(raw))
        tagger = pycrfsuite.Tagger()
        tagger.open(str(raw))
        info = tagger.info()
        rows = sorted(
            [
                *(
                    f"rule\t{n}\t{label}\t{w:.{_DIGITS}g}"
                    for (n, label), w in info.state_features.items()
                    if abs(w) > 0.01
                ),
                *(f"then\t{one}\t{other}\t{w:.{_DIGITS}g}" for (one, other), w in info.transitions.items()),
            ]
        )
        tagger.close()
    head = [
        "# The weights of the rows of pages, fitted by python -m pipeline.kinds.pages.train",
        f"# to {len(texts)} texts; SHA-256 of the names and bytes of texts and truths: {learnt_from.hexdigest()}",
    ]
    write_whole(out, "".join(f"{row}\n" for row in (*head, *rows)))


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m pipeline.kinds.pages.train", description="Fit the rows' weights.")
    parser.add_argument("--texts", nargs="+", type=Path, required=True, help="folders of texts with their truth")
    parser.add_argument("--out", type=Path, required=True, help="where the weights are written")
    chosen = parser.parse_args(arguments)
    found = (path for folder in chosen.texts for path in folder.iterdir() if path.suffix in (".txt", ".pdf"))
    fit(sorted(found), chosen.out)


if __name__ == "__main__":
    main()

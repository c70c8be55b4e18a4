"""Train the second opinion: ``python -m pipeline.cite.train --tagged FILE.xml … --out MODEL``.

For developers only; the model that it writes is part of the package. A tagged file has a ``<sequence>`` for each
reference and, in it, an element for each part, its name being the label.
"""

from __future__ import annotations

import argparse
import html
import lzma
import re
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pycrfsuite

from pipeline.cite.features import BEGINS, features
from pipeline.files import write_whole

_SEQUENCE = re.compile(r"<sequence>(.*?)</sequence>", re.S)
_PART = re.compile(r"<([a-z-]+)>(.*?)</\1>", re.S)
_OPTIONS = {
    "c1": 0.3,  # drops what says little: keeps the model small
    "c2": 0.02,
    "max_iterations": 250,
    "feature.minfreq": 4,
    "feature.possible_transitions": True,
}


def read_tagged(path: Path) -> Iterator[tuple[list[str], list[str]]]:
    """Read a tagged file: for each reference its words, and the label of each, marked where a part begins."""
    for sequence in _SEQUENCE.findall(path.read_text(encoding="utf-8")):
        tokens: list[str] = []
        labels: list[str] = []
        for label, text in _PART.findall(sequence):
            part = html.unescape(text).split()
            tokens += part
            labels += [f"{BEGINS}{label}", *[label] * (len(part) - 1)][: len(part)]
        yield tokens, labels


def train(tagged: Sequence[Path], out: Path) -> None:
    """Train on all references of the files ``tagged``, and write the model, packed, to ``out``."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", params=_OPTIONS, verbose=False)
    for path in tagged:
        for tokens, labels in read_tagged(path):
            if tokens:
                trainer.append(features(tokens), labels)
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "model"
        trainer.train(str(raw))
        write_whole(out, lzma.compress(raw.read_bytes(), preset=9))


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m pipeline.cite.train", description="Train the second opinion.")
    parser.add_argument("--tagged", nargs="+", type=Path, required=True, help="files of tagged references")
    parser.add_argument("--out", type=Path, required=True, help="where the model is written")
    chosen = parser.parse_args(arguments)
    train(chosen.tagged, chosen.out)


if __name__ == "__main__":
    main()

"""Train the sequence models; for developers only, the models are part of the package.

``python -m pipeline.cite.train --tagged FILE.xml … --out MODEL`` trains the one that reads single references. A
tagged file has a ``<sequence>`` for each reference and, in it, an element for each part, its name being the label.

With ``--footnotes FILE.jsonl …`` it trains the one that finds references in whole footnotes: on the footnotes of the
files (an object a line: ``raw``, and ``references`` with the values of each as they stand) and on as many more as
``--compose`` says, composed of the tagged references. The same files give the same bytes.
"""

from __future__ import annotations

import argparse
import ctypes
import html
import json
import lzma
import re
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.cite.compose import INSIDE, OUTSIDE, TaggedNote, compose, opened
from pipeline.cite.features import View, called
from pipeline.cite.field import BEGINS, FIRST, Weights
from pipeline.files import write_whole

_SEQUENCE = re.compile(r"<sequence>(.*?)</sequence>", re.S)
_PART = re.compile(r"<([a-z-]+)>(.*?)</\1>", re.S)
_REFERENCES = {"c2": 0.1, "max_iterations": 60, "feature.minfreq": 2, "feature.possible_transitions": True}
_FOOTNOTES = {"c2": 0.1, "max_iterations": 20, "feature.minfreq": 2}
_SCALE = 256  # a weight is a whole number of this part
_LEAST = 0.06  # a weight: without smaller ones as much is read rightly, and a model opens in half the time
_LABELS = {"translator": INSIDE}  # parts of tagged footnotes that the model does not part from what stands around them
_NEAR = 3  # words between two parts of one reference; more are running text
_COMPOSED = 4000  # footnotes
_SEED = 15
_TIMES = 6  # each tagged footnote counts for so many composed ones


def read_tagged(path: Path) -> Iterator[list[tuple[str, str]]]:
    """Read a tagged file: each reference as its parts, label and text."""
    for sequence in _SEQUENCE.findall(path.read_text(encoding="utf-8")):
        parts = [(label, " ".join(html.unescape(text).split())) for label, text in _PART.findall(sequence)]
        if any(text for _, text in parts):
            yield parts


def labelled(parts: Iterable[tuple[str, str]]) -> TaggedNote:
    """Return the words of a tagged reference, and the label of each, with a mark at the first word of a part.

    What is seen of a word can then speak for a part that begins, and not only for one that stands there. Parts that are
    rare are not worth two labels: each takes its time.
    """
    pairs = [
        (word, label if n or label not in _COMMON else FIRST + label)
        for label, text in parts
        for n, word in enumerate(text.split())
    ]
    return [word for word, _ in pairs], [label for _, label in pairs]


_COMMON = (
    "author",
    "title",
    "journal",
    "container-title",
    "editor",
    "location",
    "publisher",
    "date",
    "volume",
    "pages",
    "note",
)


def train(tagged: Sequence[Path], out: Path) -> None:
    """Train on all references of the files ``tagged``, and write the model, packed, to ``out``."""
    _fit((labelled(parts) for path in tagged for parts in read_tagged(path)), True, _REFERENCES, out)


def train_footnotes(tagged: Sequence[Path], footnotes: Sequence[Path], out: Path, number: int = _COMPOSED) -> None:
    """Train on the ``footnotes`` and on ``number`` more, composed of the references of ``tagged``."""
    references = [parts for path in tagged for parts in read_tagged(path)]
    notes = list(compose(references, number, _SEED))
    for path in footnotes:
        for line in path.read_text(encoding="utf-8").splitlines():
            notes += [aligned(json.loads(line))] * _TIMES
    _fit(notes, False, _FOOTNOTES, out)


def _fit(notes: Iterable[TaggedNote], whole: bool, options: Mapping[str, Any], out: Path) -> None:
    """Find weights by stochastic gradient descent: as good as L-BFGS finds, in a third of the time."""
    import pycrfsuite

    trainer = pycrfsuite.Trainer(algorithm="l2sgd", params=dict(options), verbose=False)
    view = View(called)
    for tokens, labels in notes:
        trainer.append(view.rows(tokens, whole), labels)
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "model"
        _shuffle_alike()
        trainer.train(str(raw))
        write_whole(out, lzma.compress(read_weights(raw).packed(), preset=9 | lzma.PRESET_EXTREME))


def _shuffle_alike() -> None:
    """Let CRFsuite take the references in the same order each time: it shuffles them by C's ``rand``."""
    ctypes.CDLL(None).srand(_SEED)


def read_weights(model: Path, least: float = _LEAST) -> Weights:
    """Read the weights that CRFsuite found; those below ``least`` say next to nothing and are left out."""
    import pycrfsuite

    tagger = pycrfsuite.Tagger()
    tagger.open(str(model))
    labels, told = tuple(tagger.labels()), tagger.info()
    tagger.close()
    places = {label: place for place, label in enumerate(labels)}
    between = tuple(tuple(_rounded(told.transitions.get((one, label), 0.0)) for one in labels) for label in labels)
    seen: dict[str, dict[int, float]] = defaultdict(dict)
    for (name, label), weight in told.state_features.items():
        if abs(weight) >= least:
            seen[name][places[label]] = _rounded(weight)
    return Weights(labels, between, dict(seen))


def _rounded(weight: float) -> float:
    """Round a weight, so that a model packs well."""
    return round(weight * _SCALE) / _SCALE


def aligned(note: Mapping[str, Any]) -> TaggedNote:
    """Find the values of a tagged footnote in its text; return its words, and the label of each.

    A value is sought behind the reference before, nearest to what its own reference has already.
    """
    raw = str(note["raw"])
    marks = [OUTSIDE] * len(raw)
    firsts: set[int] = set()
    starts: list[int] = []
    done = 0
    for reference in note["references"]:
        anchor = end = -1
        for key in sorted(reference, key=_ANCHORS.index):
            for n, value in enumerate(reference[key]):
                free = [at for at in _places(raw, value, done) if set(marks[slice(*at)]) == {OUTSIDE}]
                if free:
                    at = min(free, key=lambda span: abs(span[0] - (done if anchor < 0 else anchor)))
                    label = "container" if key == "title" and n else _LABELS.get(key, key)
                    marks[slice(*at)] = [label] * (at[1] - at[0])
                    firsts.add(at[0])
                    anchor = at[0] if anchor < 0 else min(anchor, at[0])
                    end = max(end, at[1])
        if anchor >= 0:
            starts.append(anchor)
            done = end
    tokens, labels = list[str](), list[str]()
    parted: set[int] = set()
    begun = 0
    for word in re.finditer(r"\S+", raw):
        said = [mark for mark in marks[word.start() : word.end()] if mark != OUTSIDE]
        label = max(said, key=said.count) if said else OUTSIDE
        if said and begun < len(starts) and word.end() > starts[begun]:
            label = BEGINS + label
            begun += 1
        if not firsts.isdisjoint(range(word.start(), word.end())):
            parted.add(len(tokens))
        tokens.append(word[0])
        labels.append(label)
    labels = _bridged(labels)
    return tokens, opened(labels, {i for i in parted if labels[i] not in _LISTS})


# The order in which the values of a reference are sought.
_ANCHORS = (
    "author",
    "title",
    "ref",
    "container",
    "publisher",
    "place",
    "volume",
    "issue",
    "date",
    "page",
    "cited",
    "editor",
    "translator",
)


def _places(raw: str, value: str, start: int) -> list[tuple[int, int]]:
    """Return where ``value`` stands in ``raw`` from ``start`` on; marks between its words may differ."""
    words = re.findall(r"\w+", value)
    if not words:
        return []
    pattern = re.compile(r"(?<!\w)" + r"\W*".join(words) + r"(?!\w)")
    return [match.span() for match in pattern.finditer(raw, start)]


_LISTS = ("author", "editor", "cited", "ref")


def _bridged(labels: list[str]) -> list[str]:
    """Label the few words between two parts of one reference as inside of it."""
    last = -1
    for i, label in enumerate(labels):
        if label == OUTSIDE:
            continue
        if last >= 0 and not label.startswith(BEGINS) and i - last - 1 <= _NEAR:
            same = labels[last].removeprefix(BEGINS) == label and label in _LISTS
            labels[last + 1 : i] = [label if same else INSIDE] * (i - last - 1)
        last = i
    return labels


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m pipeline.cite.train", description="Train the sequence models.")
    parser.add_argument("--tagged", nargs="+", type=Path, required=True, help="files of tagged references")
    parser.add_argument(
        "--footnotes", nargs="*", type=Path, help="files of tagged footnotes: trains the model for notes"
    )
    parser.add_argument("--compose", type=int, default=_COMPOSED, help="how many footnotes are composed for training")
    parser.add_argument("--out", type=Path, required=True, help="where the model is written")
    chosen = parser.parse_args(arguments)
    if chosen.footnotes is None:
        train(chosen.tagged, chosen.out)
    else:
        train_footnotes(chosen.tagged, chosen.footnotes, chosen.out, chosen.compose)


if __name__ == "__main__":
    main()

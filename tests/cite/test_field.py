"""The field: the sequence and the probability that it finds are those of all ways counted, and those of CRFsuite."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, product
from math import exp
from pathlib import Path

import pycrfsuite
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.cite.features import View, called
from pipeline.cite.field import Field, Weights
from pipeline.cite.segments import MODEL
from pipeline.cite.train import labelled, read_tagged, read_weights

LABELS = ("name", "+name", "page", "+page", "o")
_WEIGHT = st.floats(-6, 6)
_ROW = st.tuples(*[_WEIGHT] * len(LABELS))


def _may_follow(label: str, before: str) -> bool:
    """Inside a part that part stands in front; what begins, and running text, may follow anything."""
    return label.startswith("+") or label == "o" or before.lstrip("+") == label


def _ways(words: list[tuple[float, ...]], between: tuple[tuple[float, ...], ...]) -> Iterator[tuple[float, list[str]]]:
    for way in product(range(len(LABELS)), repeat=len(words)):
        said = [LABELS[j] for j in way]
        if all(_may_follow(label, before) for before, label in zip(["+", *said], said, strict=False)):
            weight = sum(word[j] for word, j in zip(words, way, strict=True))
            yield weight + sum(between[j][i] for i, j in pairwise(way)), said


@given(st.lists(_ROW, min_size=1, max_size=4), st.tuples(*[_ROW] * len(LABELS)))
@settings(max_examples=60)
def test_the_best_way_is_the_best_of_all_that_there_are(
    words: list[tuple[float, ...]], between: tuple[tuple[float, ...], ...]
) -> None:
    seen = {f"w{n}": dict(enumerate(word)) for n, word in enumerate(words)}
    field = Field(Weights(LABELS, between, seen).packed())
    line = field.handed([[field.short(f"w{n}") or b""] for n in range(len(words))])
    ways = list(_ways(words, between))
    labels = field.best(line)
    weight = {tuple(said): weight for weight, said in ways}[tuple(labels)]
    assert weight == pytest.approx(max(ways)[0])
    assert field.probability(line, labels) == pytest.approx(exp(weight) / sum(exp(one) for one, _ in ways), rel=0.01)


def test_of_no_words_there_is_nothing_to_say() -> None:
    field = Field(Weights(LABELS, ((0,) * len(LABELS),) * len(LABELS), {}).packed())
    assert field.best(field.handed([])) == []
    assert field.probability(field.handed([]), []) == 0
    assert field.short("unknown") is None


_SIGNS = (
    "Orr,",
    "Anna",
    "“The",
    "Net.”",
    "In:",
    "(ed.)",
    "1931,",
    "London:",
    "Quay",
    "&",
    "pp.",
    "3–9",
    "//",
    "van",
    "№",
)
_TOKENS = st.lists(st.sampled_from(_SIGNS), min_size=1, max_size=20)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[Field, pycrfsuite.Tagger]:
    """A model that CRFsuite learnt from a few references, without marks at the first words of parts."""
    trainer = pycrfsuite.Trainer(algorithm="l2sgd", params={"max_iterations": 3}, verbose=False)
    view = View(called)
    for parts in list(read_tagged(MODEL.parent / "invented.xml"))[:40]:
        tokens, labels = labelled(parts)
        trainer.append(view.rows(tokens), [label.lstrip("+") for label in labels])
    raw: Path = tmp_path_factory.mktemp("small") / "model"
    trainer.train(str(raw))
    tagger = pycrfsuite.Tagger()
    tagger.open(str(raw))
    return Field(read_weights(raw, least=0).packed()), tagger


@given(_TOKENS)
@settings(max_examples=60)
def test_it_says_what_crfsuite_says(small: tuple[Field, pycrfsuite.Tagger], tokens: list[str]) -> None:
    field, tagger = small
    line = field.handed(View(field.short).rows(tokens))
    labels = field.best(line)
    theirs = tagger.tag(View(called).rows(tokens))
    assert tagger.probability(labels) == pytest.approx(tagger.probability(theirs), rel=0.05)
    assert field.probability(line, labels) == pytest.approx(tagger.probability(labels), rel=0.05)


@given(_TOKENS, st.booleans())
def test_what_is_seen_of_a_word_in_use_is_what_was_seen_in_training(
    small: tuple[Field, pycrfsuite.Tagger], tokens: list[str], whole: bool
) -> None:
    field, _ = small
    rows = View(called).rows(tokens, whole)
    known = [[short for name in row if (short := field.short(name))] for row in rows]
    assert View(field.short).rows(tokens, whole) == known

"""The sample is read as its annotator reads it; so is the manuscript, where it is at hand."""

from pathlib import Path

import pytest

from tests.accuracy import SHARED, Score, f1, measure, read_gold

SAMPLE = Path(__file__).parent.parent / "examples" / "the-lamp-room-papers.txt"


@pytest.fixture(scope="module")
def sample() -> Score:
    return measure(SAMPLE, read_gold([SAMPLE.with_suffix(".lines.tsv")], [SAMPLE.with_suffix(".cites.jsonl")]))


@pytest.mark.parametrize(
    ("figure", "least"),
    [
        ("role accuracy", 0.96),
        ("macro F1 over the roles", 0.90),
        ("citations found, F1", 0.99),
        ("citations wholly right", 0.85),
        ("covers exact", 0.95),
        ("same work, F1 over pairs", 0.95),
    ],
)
def test_the_sample_is_read_like_a_copy_editor(sample: Score, figure: str, least: float) -> None:
    assert sample.figures[figure] >= least, "\n".join(sample.delta)


def test_a_play_a_poem_and_a_letter_are_read_like_a_copy_editor() -> None:
    second = SAMPLE.with_name("a-weir-house-miscellany.txt")
    score = measure(second, read_gold([second.with_suffix(".lines.tsv")], []))
    assert score.figures["role accuracy"] >= 0.96, "\n".join(score.delta)
    assert score.figures["broken lines joined, F1"] == 1.0, "\n".join(score.delta)


@pytest.mark.slow
@pytest.mark.parametrize("part", ["1", "4"])
def test_the_manuscript_is_read_like_a_copy_editor(part: str) -> None:
    manuscript = SHARED / "manuscripts" / "real-stalin-series.txt"
    if not manuscript.exists():
        pytest.skip("the manuscript is not in ../shared")
    gold = read_gold([SHARED / "gold" / f"lines-{part}.tsv"], [SHARED / "gold" / f"cites-{part}.jsonl"])
    figures = measure(manuscript, gold).figures
    assert figures["role accuracy"] >= 0.975
    assert figures["citations found, F1"] >= 0.98
    assert figures["citations wholly right"] >= 0.85


def test_f1() -> None:
    assert f1(0, 0, 0) == 1.0
    assert f1(1, 2, 1) == pytest.approx(2 / 3)

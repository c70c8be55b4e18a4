"""The manuscript that the project was started for: what its book must have. Skipped where ``../shared`` is absent."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from pipeline import build
from pipeline.model import Role
from pipeline.proof import FAILURES
from pipeline.report import Report
from pipeline.settings import Settings

SHARED = Path(__file__).parent.parent.parent / "shared"
SOURCE = SHARED / "manuscripts" / "real-stalin-series.txt"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not SOURCE.is_file(), reason="../shared is not there: its manuscripts are not part of the project"
    ),
]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[build.Draft, Report]:
    """Return the e-book of the whole."""
    report = Report()
    out = tmp_path_factory.mktemp("manuscript")
    return build.build(SOURCE, Settings(), out, ("epub",), report, lambda _stage: None), report


@pytest.fixture(scope="module")
def printed(made: tuple[build.Draft, Report], tmp_path_factory: pytest.TempPathFactory) -> Report:
    """Print all divisions but the longest, which asks nothing of the press that they do not ask, and costs most."""
    draft, _ = made
    lines = draft.source.lines
    titles = [one.line for one in draft.decisions if one.role is Role.TITLE and not one.joined]
    first, end = max(pairwise([*titles, lines[-1].number + 1]), key=lambda two: two[1] - two[0])
    source = tmp_path_factory.mktemp("printed") / "manuscript.txt"
    left = [line.text for line in lines if not first <= line.number < end]
    source.write_text("".join(f"{text}\n" for text in left), encoding="utf-8")
    report = Report()
    build.build(source, Settings(title="Extracts"), source.parent, ("pdf",), report, lambda _stage: None)
    return report


@pytest.fixture(scope="module")
def score(made: tuple[build.Draft, Report]) -> dict[str, Any]:
    folder = made[0].folder
    gold = SHARED / "gold"
    command = [sys.executable, str(SHARED / "scoring" / "score_lines.py"), "--json"]
    command += ["--decisions", str(folder / "decisions.jsonl"), "--citations", str(folder / "citations.jsonl")]
    command += ["--gold-lines", *map(str, sorted(gold.glob("lines-*.tsv")))]
    command += ["--gold-cites", *map(str, sorted(gold.glob("cites-*.jsonl")))]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


def test_no_word_is_lost_in_any_edition(made: tuple[build.Draft, Report], printed: Report) -> None:
    for report, edition in ((made[1], "epub"), (printed, "pdf")):
        assert {name: proof["lost"] for name, proof in report.conservation.items()} == {"markdown": 0, edition: 0}
        assert not FAILURES & {found.code for found in report.findings}


def test_the_book_has_its_divisions_its_notes_and_one_bibliography(made: tuple[build.Draft, Report]) -> None:
    folder, report = made[0].folder, made[1]
    assert report.counts["divisions"] == 5
    assert 690 <= report.counts["citations"] <= 710
    assert 105 <= report.counts["works"] <= 125
    assert len(json.loads((folder / "references.json").read_text(encoding="utf-8"))) == report.counts["works"]


@pytest.mark.parametrize(
    ("figure", "wanted"),
    [
        ("role accuracy", 0.975),
        ("role accuracy, sure lines", 0.985),
        ("macro F1", 0.90),
        ("citations wholly right", 0.97),
        ("covers exact", 0.93),
    ],
)
def test_it_is_read_as_a_careful_editor_would(score: dict[str, Any], figure: str, wanted: float) -> None:
    assert score[figure] >= wanted


@pytest.mark.parametrize(
    ("figure", "wanted"),
    [("citations found (P R F1)", 0.997), ("same work (P R F1)", 0.995), ("joined lines (P R F1)", 0.8)],
)
def test_what_is_found_is_found_rightly(score: dict[str, Any], figure: str, wanted: float) -> None:
    assert score[figure][2] >= wanted


def test_no_two_lines_are_joined_that_should_not_be(score: dict[str, Any]) -> None:
    assert score["joined lines (P R F1)"][0] == 1.0


def test_notes_stand_on_the_page_of_their_call(printed: Report) -> None:
    assert printed.counts["notes"] > 200
    assert printed.counts["strayed notes"] <= 0.01 * printed.counts["notes"]


def test_the_e_book_is_small(made: tuple[build.Draft, Report]) -> None:
    assert (made[0].folder / "book.epub").stat().st_size <= 600_000

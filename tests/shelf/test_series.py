"""What one volume settles is evidence for the next: only in doubt, only if the list says so, and never unseen."""

from __future__ import annotations

import csv
import json
import tomllib
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from pipeline.build import read_source
from pipeline.cli import main
from pipeline.errors import Exit
from pipeline.model import Decision, Line, Name, Role
from pipeline.report import Report
from pipeline.settings import Settings
from pipeline.shelf import bench, task
from pipeline.shelf.series import Settled, as_toml, evidence, form, gathered, settle

FIRST = "Of Lamps\n\n\nA lamp is lit at dusk.\nWray, Nathaniel. The Fog Bell. London: Pellow, 1911, p. 2\n"
SECOND = "Of Bells\n\n\nA bell is rung in fog.\nWray, N. The Bell Rope. London: Pellow, 1913, p. 7\n"


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("CHAPTER IV.", "chapter #"),
        ("Chapter 12. Of Weirs and Locks", "chapter #"),
        ("212  THE ANNALS OF LODE", "# the annals of lode"),
        ("THE ANNALS OF LODE   213", "the annals of lode #"),
        ("Prologue", "prologue"),
        ("Mix and Livid", "mix and livid"),
    ],
)
def test_a_form_is_the_words_up_to_a_number(text: str, shape: str) -> None:
    assert form(text) == shape


def decision(line: int, role: Role, score: float, rival: Role | None = None) -> Decision:
    return Decision(line, role, score=score, rival=rival, rival_score=1 - score)


def test_only_what_was_sure_is_settled() -> None:
    lines = [Line(1, "Canto I"), Line(2, "Canto II"), Line(3, "A plain line.")]
    said = [decision(1, Role.TITLE, 0.97), decision(2, Role.TITLE, 0.6), decision(3, Role.PARAGRAPH, 0.99)]
    names = [{"author": [{"family": "Wray", "given": "Nathaniel"}, {"family": "Tarn", "given": "B."}]}]
    assert settle(lines, said, names) == {"forms": {"canto #": {"title": 1}}, "names": [("Wray", "Nathaniel")]}


@pytest.mark.parametrize(
    ("said", "forms", "told"),
    [
        (decision(1, Role.PARAGRAPH, 0.55, Role.TITLE), {"title": 3}, Role.TITLE),
        (decision(1, Role.PARAGRAPH, 0.55, Role.TITLE), {"title": 2}, None),  # too few
        (decision(1, Role.PARAGRAPH, 0.55, Role.TITLE), {"title": 9, "verse": 1}, None),  # not of one mind
        (decision(1, Role.PARAGRAPH, 0.95, Role.TITLE), {"title": 9}, None),  # not in doubt
        (decision(1, Role.PARAGRAPH, 0.55, Role.VERSE), {"title": 9}, None),  # in doubt about something else
        (replace(decision(1, Role.PARAGRAPH, 0.55, Role.TITLE), joined=True), {"title": 9}, None),
    ],
)
def test_a_form_speaks_only_where_the_reading_is_in_doubt(
    tmp_path: Path, said: Decision, forms: dict[str, int], told: Role | None
) -> None:
    (tmp_path / "v.txt").write_text(FIRST.replace("Of Lamps", "Canto IV"), encoding="utf-8")
    reading = read_source(tmp_path / "v.txt", Settings(title="-"), Report(), lambda _stage: None)
    (tmp_path / "settled.json").write_text(json.dumps({"forms": {"canto #": forms}, "names": []}), encoding="utf-8")
    rows = list(evidence(replace(reading, decisions=(said,), citations=()), gathered([tmp_path / "settled.json"])))
    assert [row["role"] for row in rows] == ([told] if told else [])
    if rows:
        assert "3 times and nothing else" in rows[0]["why"]
        assert tomllib.loads(as_toml(rows, "# mine\n"))["verdict"] == rows


@pytest.mark.parametrize(
    ("names", "told"),
    [
        ([Name("Wray", "Nathaniel")], "Wray, Nathaniel"),
        ([Name("Wray", "Nathaniel"), Name("Wray", "Nora")], ""),  # it could be either
        ([Name("Wray", "Oswin")], ""),
        ([Name("Wrey", "Nathaniel")], ""),
    ],
)
def test_a_shorter_name_is_spelt_as_before_if_only_one_person_can_be_meant(
    tmp_path: Path, names: list[Name], told: str
) -> None:
    (tmp_path / "v.txt").write_text(SECOND, encoding="utf-8")
    reading = read_source(tmp_path / "v.txt", Settings(title="-"), Report(), lambda _stage: None)
    rows = list(evidence(reading, Settled({}, tuple(names))))
    assert [row["fields"]["author"] for row in rows] == ([[told]] if told else [])


@pytest.mark.parametrize("together", [True, False])
def test_the_next_volume_is_told_only_if_the_list_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, together: bool
) -> None:
    monkeypatch.setattr(task, "in_process", lambda order, place: bench.made({"bench": str(place), **asdict(order)}))
    rows = [("path", "series"), ("one.txt", "Lights"), ("two.txt", "Lights" if together else "Bells")]
    for (name, _), text in zip(rows[1:], (FIRST, SECOND), strict=True):
        (tmp_path / name).write_text(text, encoding="utf-8")
    with (tmp_path / "list.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    command = [
        "shelf",
        "make",
        str(tmp_path / "list.csv"),
        "--out",
        str(tmp_path / "shelf"),
        "--editions",
        "draft",
        "-q",
    ]
    assert main(command) == Exit.OK
    book = tmp_path / "shelf" / "books" / "two"
    (work,) = json.loads((book / "references.json").read_text(encoding="utf-8"))
    assert work["author"] == [{"family": "Wray", "given": "Nathaniel" if together else "N."}]
    assert (book / "series.verdicts.toml").exists() is together
    if together:  # what the first volume settles is part of what the second is made from
        made = (book / "made.json").stat().st_ino
        assert main(command) == Exit.OK
        assert (book / "made.json").stat().st_ino == made
        (tmp_path / "one.txt").write_text(FIRST.replace("Nathaniel", "Nora"), encoding="utf-8")
        assert main(command) == Exit.OK
        (work,) = json.loads((book / "references.json").read_text(encoding="utf-8"))
        assert work["author"] == [{"family": "Wray", "given": "Nora"}]

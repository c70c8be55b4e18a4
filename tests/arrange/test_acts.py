"""An act and its first scene, named in one line, are two divisions where the other scenes stand alone."""

from pathlib import Path

import pytest

from pipeline.model import Heading, Run
from tests.arrange.test_notes import book_of

TALK = "\n\n".join(
    ("NORRIS. The lamp is out again.", "VALE. Then light it, and be quick.", "NORRIS. I have no oil.") * 3
)


def play(*headings: str) -> str:
    return "\n\n\n".join(f"{heading}\n\n\n{TALK}" for heading in headings)


@pytest.mark.parametrize(
    ("headings", "wanted"),
    [
        (
            ("ACT I.--SCENE I.", "SCENE II.", "SCENE III.", "ACT II.--SCENE I.", "SCENE II."),
            ["1 ACT I.", "2 SCENE I.", "2 SCENE II.", "2 SCENE III.", "1 ACT II.", "2 SCENE I.", "2 SCENE II."],
        ),
        (
            ("ACT I. SCENE I.", "ACT I. SCENE II.", "ACT II. SCENE I.", "ACT II. SCENE II."),
            ["1 ACT I. SCENE I.", "1 ACT I. SCENE II.", "1 ACT II. SCENE I.", "1 ACT II. SCENE II."],
        ),
    ],
)
def test_an_act_and_its_first_scene(headings: tuple[str, ...], wanted: list[str], tmp_path: Path) -> None:
    found = [one for one in book_of(tmp_path, play(*headings)).elements if isinstance(one, Heading)]
    said = [f"{one.level} {''.join(run.text for run in one.inlines if isinstance(run, Run))}" for one in found]
    assert said == wanted


def test_an_act_and_its_first_scene_right_below_one_another_are_no_title_page(tmp_path: Path) -> None:
    acts = play("ACT I\nSCENE I", "SCENE II", "ACT II\nSCENE I", "SCENE II")
    found = [one for one in book_of(tmp_path, f"THE LAMP\n\nA Comedy\n\n{acts}").elements if isinstance(one, Heading)]
    said = [(one.level, "".join(run.text for run in one.inlines if isinstance(run, Run)).rstrip(".")) for one in found]
    assert said[-6:] == [(1, "ACT I"), (2, "SCENE I"), (2, "SCENE II"), (1, "ACT II"), (2, "SCENE I"), (2, "SCENE II")]

"""What a user may rely on: names or words that stand alone over prose make no transcript of a book."""

from __future__ import annotations

import pytest

from pipeline.kinds import transcripts
from pipeline.kinds.labels import candidate
from pipeline.model import Line

PROSE = (
    "The lamp was lit at six, and there was nobody on the stair. The keeper went up all the same, and came down again."
)
SAID = "“You might have knocked,” said the keeper. “I did,” said nobody."
TEXTS = {
    "narrators": "The Stair\n\n" + "\n\n".join(f"{who}\n\n{PROSE}\n\n{SAID}" for who in ("ORLA", "QUINT") * 3),
    "tales that are listed": "Inhalt\n\nDie Lampe\nDer Turm\n\n"
    + "\n\n".join(f"{title}\n\n{PROSE}\n\n{PROSE}" for title in ("Die Lampe", "Der Turm") * 2),
}


@pytest.mark.parametrize("name", TEXTS)
def test_names_over_chapters_open_no_turns(name: str) -> None:
    lines = [Line(n, words) for n, words in enumerate(TEXTS[name].split("\n"), 1)]
    assert transcripts.recognise(lines) is None


def test_names_over_what_is_said_open_turns() -> None:
    said = "\n\n".join(f"{who}\n\n{PROSE}" for who in ("ORLA", "QUINT") * 3)
    lines = [Line(n, words) for n, words in enumerate(said.split("\n"), 1)]
    claim = transcripts.recognise(lines)
    assert claim is not None
    assert "2 speakers" in claim.reasons[0]


@pytest.mark.parametrize("field", ["Ingredientes", "Zubereitung:", "INGREDIENTI", "Приготовление"])
def test_the_parts_of_a_recipe_speak_nowhere(field: str) -> None:
    assert candidate(field) is None

"""What a user may rely on: raised figures that lost their height call the notes below, and nothing else does."""

from __future__ import annotations

import pytest

from pipeline.kinds.raised import set_apart
from pipeline.model import Line

NOTES = "1. Minutes of the Vestry, p. 31.\n2. The same.\n3. On foot."
CASES = [
    ("Lit in 1702,1 and again2 on Sunday.3", f"Notes\n\n{NOTES}", "Lit in 1702,[1] and again[2] on Sunday.[3]"),
    ("«Genug.»1 Er ging,2 und blieb.3", f"Anmerkungen\n\n{NOTES}", "«Genug.»[1] Er ging,[2] und blieb.[3]"),
    ("One1 and two.2 No more of it.", f"Notes\n{NOTES}", None),  # a third of the notes is called by nobody
    ("One1 two2 and three.3", NOTES, "One[1] two[2] and three.[3]"),  # so many in order need no title
    ("One1 and two.2", "An apple.\n\n1. A pear.\n2. A plum.", None),
    ("Buy H2 and p.1 of B2, then 3.3 pounds.", f"Notes\n\n{NOTES}", None),
    ("One.3 Two.2 Three.1", f"Notes\n\n{NOTES}", None),  # they count down
    ("One.1 Two.2 Three.3 Four.[4]", f"Notes\n\n{NOTES}", None),  # calls of another form
    ("Nothing is called here.", f"Notes\n\n{NOTES}", None),
]


def _lines(text: str) -> list[Line]:
    return [Line(n, words) for n, words in enumerate(text.split("\n"), 1)]


@pytest.mark.parametrize(("text", "notes", "wanted"), CASES)
def test_figures_that_count_up_with_the_notes_below_are_calls(text: str, notes: str, wanted: str | None) -> None:
    lines = _lines(f"{text}\n\n{notes}")
    found, changes = set_apart(lines)
    assert found[0].text == (wanted or text)
    assert [line.text.startswith("[") for line in found[-3:]] == [bool(wanted)] * 3
    assert bool(changes) == bool(wanted)


def test_numbers_that_start_again_are_called_in_the_chapter_that_they_stand_for() -> None:
    one, two = "A lamp was lit,1 and a second.2", "Nobody paid.1 Nobody cared,2 and all went home.3"
    at_ends = f"{one}\n\nNotes\n\n1. Pell.\n2. Orme.\n\n{two}\n\nNotes\n\n{NOTES}"
    in_the_end = f"{one}\n\n{two}\n\nNotes\n\nOne\n\n1. Pell.\n2. Orme.\n\nTwo\n\n{NOTES}"
    for text in (at_ends, in_the_end):
        found = [line.text for line in set_apart(_lines(text))[0]]
        assert "A lamp was lit,[1] and a second.[2]" in found
        assert "Nobody paid.[1] Nobody cared,[2] and all went home.[3]" in found
        assert "[2] Orme." in found
        assert "[3] On foot." in found

"""Lists: what counts items and what does not; the entries of an index, and those that stand below them."""

from pathlib import Path

import pytest

from pipeline.arrange.lists import initials
from pipeline.model import ItemList
from tests.arrange.test_notes import book_of

WALK = "He went down to the weir and looked at the water, and the water looked\nat him, and neither spoke.\n\n"
INDEX = "  Lamps, oil of\n --price of\n --put out by rain\n\n  Mill\n\n  Oil, dear\n --rancid\n\n  Tide\n"


def test_what_begins_with_a_dash_stands_below_the_entry_of_an_index(tmp_path: Path) -> None:
    book = book_of(tmp_path, f"CHAPTER I\n\n{WALK}CHAPTER II\n\n{WALK}\n\nINDEX\n\n{INDEX}")
    (index,) = [one for one in book.elements if isinstance(one, ItemList)]
    below = [[len(inner.items) for inner in one.blocks if isinstance(inner, ItemList)] for one in index.items]
    assert below == [[2], [], [1], []]


@pytest.mark.parametrize(
    ("items", "names"),
    [
        (["A. Orr, for the oil;", "B. Lund, for the boat;", "Miss Fenn, for the song."], {0, 1}),
        (["Mr. Fenn, clerk.", "P. Orr, do.", "44 sheep."], {1}),
        (["A. Oil.", "B. Wicks.", "C. Glass."], set()),
        (["A. Oil.", "B. Wicks:", "two of them", "C. Glass."], set()),
        (["I. Oil.", "II. Wicks.", "III. Glass.", "IV. Salt.", "V. Tar."], set()),
        (["C. Glass.", "D. Tar."], set()),
        (["P. Orr", None, "A. Oil.", "B. Wicks."], {0}),
    ],
)
def test_letters_of_names_count_nothing(items: list[str | None], names: set[int]) -> None:
    assert initials(items) == names

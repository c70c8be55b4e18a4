"""Lists: the entries of an index, and those that stand below them."""

from pathlib import Path

from pipeline.model import ItemList
from tests.arrange.test_notes import book_of

WALK = "He went down to the weir and looked at the water, and the water looked\nat him, and neither spoke.\n\n"
INDEX = "  Lamps, oil of\n --price of\n --put out by rain\n\n  Mill\n\n  Oil, dear\n --rancid\n\n  Tide\n"


def test_what_begins_with_a_dash_stands_below_the_entry_of_an_index(tmp_path: Path) -> None:
    book = book_of(tmp_path, f"CHAPTER I\n\n{WALK}CHAPTER II\n\n{WALK}\n\nINDEX\n\n{INDEX}")
    (index,) = [one for one in book.elements if isinstance(one, ItemList)]
    below = [[len(inner.items) for inner in one.blocks if isinstance(inner, ItemList)] for one in index.items]
    assert below == [[2], [], [1], []]

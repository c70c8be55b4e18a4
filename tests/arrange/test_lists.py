"""Lists: entries of an index lie below one another by their indents."""

import pytest

from pipeline.arrange.lists import Entry, lists
from pipeline.model import Block, ItemList, Kind, Run


def outline(one: ItemList | Block, depth: int = 0) -> list[tuple[int, str]]:
    if isinstance(one, Block):
        return [(depth, run.text) for run in one.inlines if isinstance(run, Run)]
    return [
        line for item in one.items for n, block in enumerate(item.blocks) for line in outline(block, depth + (n > 0))
    ]


@pytest.mark.parametrize(
    ("indents", "depths"),
    [
        ([0, 4, 4, 0, 4, 8, 4, 0], [0, 1, 1, 0, 1, 2, 1, 0]),
        ([2, 6, 0], [0, 1, 0]),
        ([0, 1, 0, 1], [0, 0, 0, 0]),  # a column is a slip
        ([0, 4, 8, 6, 12, 3], [0] * 6),  # lines in the middle have no depths
    ],
)
def test_entries_set_in_lie_below_the_one_above(indents: list[int], depths: list[int]) -> None:
    entries = [
        Entry(Block(Kind.PARAGRAPH, (Run(f"Lamps {n}"),), (n,)), "", True, True, indent)
        for n, indent in enumerate(indents)
    ]
    blocks, changes = lists(entries)
    assert [line for block in blocks for line in outline(block)] == [
        (depth, f"Lamps {n}") for n, depth in enumerate(depths)
    ]
    assert not changes

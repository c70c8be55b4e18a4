"""The ids of headings."""

from __future__ import annotations

from pipeline.arrange.ids import Ids


def test_headings_that_are_alike_get_numbers_and_none_gets_an_id_twice() -> None:
    ids = Ids()
    said = ["The Ferry", "The ferry 2", "The Ferry", "the ferry", "The Ferry, 2", "Contents"]
    assert [ids.of(words) for words in said] == [
        "the-ferry",
        "the-ferry-2",
        "the-ferry-3",
        "the-ferry-4",
        "the-ferry-2-2",
        "contents-2",
    ]
    assert ids.of("one two three four five six seven eight nine ten") == "one-two-three-four-five-six-seven-eight"

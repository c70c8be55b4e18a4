"""Captions: what a transcriber says of a picture that is not in the text."""

from pathlib import Path

import pytest

from pipeline.model import Block
from tests.arrange.test_notes import book_of

WALK = "He went down to the weir and looked at the water, and the water looked\nat him, and neither spoke.\n\n"


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("[Illustration: The weir in spring.]", "The weir in spring."),
        ("[Abbildung: Das Wehr im Frühling.]", "Das Wehr im Frühling."),
        ("[Afbeelding: De stuw in de lente.]", "De stuw in de lente."),
        ("[Map: The weir and the mill.]", "[Map: The weir and the mill.]"),
    ],
)
def test_a_caption_needs_no_word_to_say_that_it_is_one(tmp_path: Path, said: str, shown: str) -> None:
    book = book_of(tmp_path, f"CHAPTER I\n\n{WALK}{said}\n\n{WALK}CHAPTER II\n\n{WALK}")
    texts = [
        "".join(getattr(one, "text", "") for one in block.inlines)
        for block in book.elements
        if isinstance(block, Block)
    ]
    assert shown in texts

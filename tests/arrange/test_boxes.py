"""What a user may rely on: what stands in a box that a transcriber drew is set off, without the frame."""

from pathlib import Path

import pytest

from pipeline.model import Block, Kind
from tests.arrange.test_notes import book_of

WALK = "He went down to the weir and looked at the water, and the water looked\nat him, and neither spoke.\n\n"
BOX = """\
+--------------------------------+
|            NOTICE.             |
|                                |
|  Boats are not to be left at   |
|  the weir.                     |
+--------------------------------+

"""
BAND = """\
    ==========================
    |      ADA ORR & SON     |
    |  _Lamps of all kinds_  |
    ==========================

"""
TABLE = """\
+--------+-------+
| Oil    |    2s |
| Wicks  |    4d |
+--------+-------+

"""


@pytest.mark.parametrize(
    ("drawn", "set_off"),
    [
        (BOX, ["NOTICE.", "Boats are not to be left at the weir."]),
        (BAND, ["ADA ORR & SON", "Lamps of all kinds"]),
        (TABLE, []),
    ],
)
def test_a_box_is_set_off_without_its_frame(tmp_path: Path, drawn: str, set_off: list[str]) -> None:
    book = book_of(tmp_path, f"CHAPTER I\n\n{WALK}{drawn}{WALK}CHAPTER II\n\n{WALK}")
    blocks = [block for block in book.elements if isinstance(block, Block)]
    texts = {"".join(getattr(one, "text", "") for one in block.inlines): block.kind for block in blocks}
    assert [text for text, kind in texts.items() if kind is Kind.QUOTE] == set_off
    assert not any("--" in text or "|" in text for text in texts)

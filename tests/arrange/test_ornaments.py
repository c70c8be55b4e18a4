"""Ornaments part what stands above from what stands below, and stand nowhere else."""

from __future__ import annotations

from pathlib import Path
from textwrap import wrap

import pytest

from pipeline.build import read_source
from pipeline.model import Block, Kind
from pipeline.report import Report
from pipeline.settings import Settings

PROSE = "It rained on the quay all night, and nobody had seen the keeper since the evening before.\n\n" * 3
PAGE = "THE WET ROPE\n\nBY\n\nEDNA QUARLES\n\n\n"
REST = f"\n\n\n\nCHAPTER I\n\n{PROSE}\n\n\n\nCHAPTER II\n\n{PROSE}"


@pytest.mark.parametrize(
    ("front", "ornaments"),
    [
        (f"-----------------\n\n{PAGE}-----------------\n\n\n1889\n", 0),
        (f"{PAGE}-----------------\n\n\n_To Orla, who lit the lamp._\n", 0),
        (f"{PAGE}_To Orla, who lit the lamp._\n\n\n* * * * *\n\n\n1889\n", 0),
        (f"{PAGE}_To Orla, who lit the lamp._\n\n\n* * * * *\n\n\n_Ropes are made to be wet._\n", 1),
    ],
    ids=["around a title page", "below one", "above a row of one", "between two texts"],
)
def test_what_the_new_title_page_says_is_parted_from_nothing(tmp_path: Path, front: str, ornaments: int) -> None:
    source = tmp_path / "rope.txt"
    source.write_text(front + REST, encoding="utf-8")
    book = read_source(source, Settings(), Report(), lambda _: None).book
    kinds = [one.kind for one in book.elements if isinstance(one, Block)]
    assert kinds.count(Kind.SEPARATOR) == ornaments


def test_a_dedication_in_italics_stands_by_itself_below_the_title_page(tmp_path: Path) -> None:
    said = "To the memory of her who lit the lamp of the weir, and never spoke of it, this book of hers is given, "
    words = "\n".join(wrap(said + "for she knew all of it before it was written, " * 6 + "and said so.", 72))
    source = tmp_path / "rope.txt"
    source.write_text(f"{PAGE}_{words}_{REST}", encoding="utf-8")
    book = read_source(source, Settings(), Report(), lambda _: None).book
    first = next(one for one in book.elements if not (isinstance(one, Block) and one.kind is Kind.TITLE_PAGE))
    assert isinstance(first, Block)
    assert first.kind is Kind.PARAGRAPH

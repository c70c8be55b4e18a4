"""What a user may rely on: each row of a table of quotations becomes an extract with its source."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.kinds import tables
from pipeline.model import Line
from tests.kinds.test_exports import body

READWISE = (
    "Highlight,Book Title,Book Author,Amazon Book ID,Note,Color,Tags,Location Type,Location,"
    "Highlighted at,Document tags\n"
    '"The lamps were trimmed at dusk, and nobody asked why.",The Lamp Room,Ada Orr,B00X,,yellow,,page,12,2021-05-03,\n'
    '"It burned\n\nwith a ""small"" flame.",The Lamp Room,Ada Orr,B00X,ask Bo,,,location,170,2021-05-04,\n'
    ",The Lamp Room,Ada Orr,B00X,,,,location,190,2021-05-04,\n"
)
INSTAPAPER = (
    "URL,Title,Selection,Folder,Timestamp\n"
    "https://example.org/a,Trimming Lamps,The lamps were trimmed at dusk.,Archive,1620000000\n"
)
QUOTES = (
    "quote;author;source;page\n"
    "Das Rad blieb stehen.;Ilse Wehr;Das Mühlenbuch;12\n"
    "Rien ne presse.;Marthe Quai;;\n"
    "Eile mit Weile.;;;\n"
)
TABS = "Цитата\tАвтор\tКнига\nТуман держался три дня.\tАнна Лебедева\tМорской журнал\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            READWISE,
            [
                "The lamps were trimmed at dusk, and nobody asked why. [@orrlamp, p. 12].",
                "It burned",
                "with a “small” flame. [@orrlamp]. Location 170; (ask Bo)",
            ],
        ),
        (INSTAPAPER, ["The lamps were trimmed at dusk. [@trimming]."]),
        (
            QUOTES,
            ["Das Rad blieb stehen. [@wehrmuhlenbuch, p. 12].", "Rien ne presse. Marthe Quai.", "Eile mit Weile."],
        ),
        (TABS, ["Туман держался три дня. [@lebedevamorskoi]."]),
    ],
    ids=["readwise", "instapaper", "semicolons", "tabs"],
)
def test_each_row_is_a_quotation_with_its_source(tmp_path: Path, text: str, expected: list[str]) -> None:
    assert body(tmp_path, text, tables.NAME) == expected


@pytest.mark.parametrize(
    "text", ["One, two, three.\n\nFour, five.\n", "Text, by itself\n\nIt rained, and it rained.\n"]
)
def test_commas_alone_make_no_table(text: str) -> None:
    assert tables.recognise([Line(n, line) for n, line in enumerate(text.splitlines(), 1)]) is None

"""What a user may rely on: each row of a table of quotations becomes an extract with its source."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.build import read_source
from pipeline.cli import main
from pipeline.errors import Exit
from pipeline.kinds import tables
from pipeline.model import Line
from pipeline.report import Report
from pipeline.settings import Settings
from tests.kinds.test_exports import body
from tests.written import write_markdown

READWISE = (
    "Highlight,Book Title,Book Author,Amazon Book ID,Note,Color,Tags,Location Type,Location,"
    "Highlighted at,Document tags\n"
    '"The lamps were trimmed at dusk, and nobody asked why.",The Lamp Room,Ada Orr,B00X,,yellow,,page,12,2021-05-03,\n'
    '"It burned\n\nwith a ""small"" flame.",The Lamp Room,Ada Orr,B00X,ask Bo,,,location,170,2021-05-04,\n'
    ",The Lamp Room,Ada Orr,B00X,,,,location,190,2021-05-04,\n"
    "Wicks are cheap.,Trimming,Bo Weir,,,,,order,26,2021-05-04,\n"
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
                "Wicks are cheap. [@weirtrimming].",
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
    "text",
    [
        "One, two, three.\n\nFour, five.\n",
        "Text, by itself\n\nIt rained, and it rained.\n",
        "[" * 50_000,
        '{"title": "A [{ in a title", "quotes": [{"quote": "It rained."}, {"quote": "It snowed."}]}',
        f'[{{"quote": {"9" * 5_000}, "author": "Bo Fenn"}}]',
    ],
    ids=["sentences", "title", "brackets", "braces", "figures"],
)
def test_commas_alone_make_no_table(text: str) -> None:
    assert tables.recognise([Line(n, line) for n, line in enumerate(text.splitlines(), 1)]) is None


DATED = (
    "quote,author,title,page,date\n"
    "The lamps were trimmed at dusk.,Ada Orr,The Lamp Room,12,2021-05-04\n"
    "A lamp is a small debt.,Ian Calder,Wicks,40,2021-05-02\n"
    "Oil remembers the hand.,Ada Orr,The Lamp Room,44,2021-05-03\n"
)
UNDER_HEADS = (
    "# On lamps\n\n“A lamp is a small debt.” — Ada Orr, The Lamp Room, p. 40\n\n"
    "“Oil remembers the hand.” — Ian Calder, Wicks, p. 3\n\n"
    "# On nets\n\n“A dry rope holds no grudge.” — Bo Fenn, Nets, p. 9\n"
)
UNDATED = "".join(line.rpartition(",")[0] + "\n" for line in DATED.splitlines())


def found(tmp_path: Path, text: str, settings: Settings) -> tuple[list[str], Report]:
    """Return the first words of each paragraph, and what the report says."""
    path = tmp_path / "slips.txt"
    path.write_text(text, encoding="utf-8")
    report = Report()
    reading = read_source(path, settings, report, lambda _stage: None)
    markdown = write_markdown(reading.book, settings, lang="en")
    return [row for row in markdown.splitlines() if row[:1].isalpha() or row[:1] == "“"], report


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("source", ["The lamps", "A lamp is", "Oil remem"]),
        ("date", ["A lamp is", "Oil remem", "The lamps"]),
        ("author", ["A lamp is", "The lamps", "Oil remem"]),
        ("work", ["The lamps", "Oil remem", "A lamp is"]),
    ],
)
def test_rows_stand_in_the_order_that_was_chosen(tmp_path: Path, order: str, expected: list[str]) -> None:
    rows, report = found(tmp_path, DATED, Settings(lang="en", order=order))
    assert [row[:9] for row in rows if row[:9] in expected] == expected
    assert "order-kept" not in {one.code for one in report.findings}


@pytest.mark.parametrize(
    ("text", "why"),
    [pytest.param(UNDER_HEADS, "under headings", id="heads"), pytest.param(UNDATED, "has a date", id="undated")],
)
def test_an_order_that_cannot_be_is_said(tmp_path: Path, text: str, why: str) -> None:
    rows, report = found(tmp_path, text, Settings(lang="en", order="date"))
    assert [why in one.message for one in report.findings if one.code == "order-kept"] == [True]
    assert rows == found(tmp_path, text, Settings(lang="en", order="source"))[0]


def test_details_say_when_a_row_was_saved(tmp_path: Path) -> None:
    assert ["2021" in row for row in body(tmp_path, DATED, tables.NAME, Settings(lang="en", details=True))] == [
        True
    ] * 3
    assert not [row for row in body(tmp_path, DATED, tables.NAME) if "2021" in row]


SAVED = (
    "URL,Title,Selection,Folder,Timestamp\n"
    "https://example.org/rope,What Rope Knows,{},Unread,1614600000\n"
    "https://example.org/salt,On Salt,,Archive,1614700000\n"
)


def test_a_list_of_what_was_saved_without_a_word_of_it_is_no_book(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "saved.csv"
    path.write_text(SAVED.format(""), encoding="utf-8")
    assert main(["draft", "--out", str(tmp_path / "out"), "--json", str(path)]) == Exit.WORDS_LOST
    codes = {finding["code"] for finding in json.loads(capsys.readouterr().out)["findings"]}
    assert {"rows-empty", "book-empty"} <= codes


def test_rows_without_a_quotation_are_told_of(tmp_path: Path) -> None:
    _, report = found(tmp_path, SAVED.format("Rope is memory with a use."), Settings(lang="en"))
    (told,) = [finding for finding in report.findings if finding.code == "rows-empty"]
    assert told.line == 3
    assert "On Salt" in told.message

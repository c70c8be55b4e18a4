"""What printers do to a page, and what comes of it when it is read: the book that was set, word by word."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline import build, proof
from pipeline.columns import unfolded
from pipeline.kinds import margin, pages
from pipeline.kinds.pages.whole import whole
from pipeline.model import Block, Heading, Line, Run
from pipeline.report import Report
from pipeline.settings import Settings
from tests.kinds.printed import CHAPTERS, PRESSES, main
from tests.written import write_markdown


def lines(text: str) -> list[Line]:
    return [Line(number, row) for number, row in enumerate(text.split("\n"), 1)]


def words(element: Block | Heading) -> str:
    return "".join(one.text for one in element.inlines if isinstance(one, Run)).strip()


@pytest.mark.parametrize("name", PRESSES)
def test_the_book_that_was_set_is_read_again(tmp_path: Path, name: str) -> None:
    path = tmp_path / "weir.txt"
    path.write_text(PRESSES[name].printed(), encoding="utf-8")
    found = build.read_source(path, Settings(lang="en"), Report(), lambda _stage: None)
    assert [claim.kind for claim in found.claims] == [pages.NAME]
    body = [one for one in found.book.elements if isinstance(one, Block | Heading)]
    titles = [title for title, _ in CHAPTERS]
    heads = [words(one) for one in body if isinstance(one, Heading)]
    assert [one.casefold() for one in heads] == [one.casefold() for one in titles]
    paragraphs = [text for _, texts in CHAPTERS for text in texts]
    read = [words(one) for one in body if isinstance(one, Block)]
    assert [one.casefold() for one in read] == [one.casefold() for one in paragraphs]
    markdown = write_markdown(found.book, Settings(), lang="en")
    result = proof.check("markdown", proof.streams_of_markdown(markdown), found.source, found.changes, Report())
    assert (result.lost, result.added) == (0, 0)


def test_the_command_writes_each_text_with_its_truth(tmp_path: Path) -> None:
    main(["--out", str(tmp_path)])
    assert len(list(tmp_path.glob("*.txt"))) == len(PRESSES)
    for path in tmp_path.glob("*.truth.json"):
        roles = [block["role"] for block in json.loads(path.read_text(encoding="utf-8"))["blocks"]]
        assert roles == ["heading", "para", "para", "para"] * len(CHAPTERS)


@pytest.mark.parametrize(
    ("row", "meant"),
    [
        ("T HE weir was low.", "THE weir was low."),
        ("“W HEN they came", "“WHEN they came"),
        ("A weir was low.", "A weir was low."),
        ("I went there.", "I went there."),
        ("V is a letter.", "V is a letter."),
        ("C H A P T E R   T W O", "CHAPTER TWO"),
        ("C H A P T E R  I V", "CHAPTER IV"),
        ("T H E W E I R", "THE WEIR"),
        ("a b c", "abc"),
        ("He got B A, M A and no more.", "He got B A, M A and no more."),
    ],
)
def test_letters_are_joined_to_the_words_that_they_are_of(row: str, meant: str) -> None:
    known = lines("the weir was low when they came to the weir\nit is a letter of the weir, and he went")
    mended, changes = whole([*lines(row), *known])
    assert mended[0].text == meant
    assert bool(changes) == (row != meant)


VERSES = "\n".join(
    f"{n} And the water rose upon the {word} meadow." for n, word in enumerate(["one", "two", "six", "ten"], 1)
)
LIST = "\n".join(f" {n}  Item of the number {n}" for n in range(1, 12))


@pytest.mark.parametrize("text", [VERSES, LIST, "12\n13\n14\n15\n16\n17", "In 1848 it rose.\nIn 1849 it fell."])
def test_numbers_of_the_text_are_no_numbers_of_its_rows(text: str) -> None:
    assert margin.freed(lines(text), of_pages=True)[1] == ()


def test_a_table_of_two_columns_is_no_page_of_two_columns() -> None:
    table = "\f" + "\n".join(f"{f'Keeper number {n}':<30}Tower of the year 18{n}" for n in range(10, 30))
    assert unfolded(lines(table)) == tuple(lines(table))


LEFT = (
    "The ferry was kept by a widow who",
    "had never been across, and took the",
    "fares at the landing, and wrote the",
    "sums into a ledger that nobody read",
    "but the miller, who could not count",
    "and had come for his lantern again.",
)
RIGHT = (
    "when the river froze, from bank to",
    "bank, and the carters drove over it",
    "without a fare, and laughed at her,",
    "until the thaw came and brought the",
    "bills to every one of them, written",
    "in red, with the wheel drawn below.",
)


def test_columns_whose_rows_stand_at_several_heights_have_no_gaps_for_it() -> None:
    by_turns = [row for one, other in zip(LEFT, RIGHT, strict=True) for row in (one, f"{'':42}{other}")]
    level = [f"{one:<42}{other}" for one, other in zip(LEFT, RIGHT, strict=True)]
    parted = unfolded(lines("\n".join(["\f" + level[0], *level[1:], *by_turns, *level])))
    assert [line.text.strip() for line in parted] == [*LEFT * 3, *RIGHT * 3]


def test_a_heading_in_the_middle_of_its_column_lies_over_no_other() -> None:
    level = [f"{one:<42}{other}" for one, other in zip(LEFT, RIGHT, strict=True)]
    middle = f"{'to the end of that winter, and then':<42}{'':14}The Thaw"
    parted = [line.text.strip() for line in unfolded(lines("\n".join(["\f" + level[0], *level[1:], middle, *level])))]
    assert parted.index("The Thaw") == len(LEFT) * 2 + 1 + len(RIGHT)


def test_that_columns_were_parted_is_said(tmp_path: Path) -> None:
    codes: dict[str, set[str]] = {}
    for name in ("two columns", next(one for one in PRESSES if "column" not in one)):
        path = tmp_path / "weir.txt"
        path.write_text(PRESSES[name].printed(), encoding="utf-8")
        report = Report()
        build.read_source(path, Settings(lang="en"), report, lambda _stage: None)
        codes[name] = {finding.code for finding in report.findings}
    assert ["columns-parted" in found for found in codes.values()] == [True, False]


@pytest.mark.parametrize(("everywhere", "left"), [("", 1), ("everywhere = true", 0)], ids=["here", "everywhere"])
def test_a_verdict_corrects_what_a_machine_misread_on_pages(tmp_path: Path, everywhere: str, left: int) -> None:
    text = next(press for name, press in PRESSES.items() if "column" not in name).printed()
    lines_of = text.split("\n")
    at = [n for n, line in enumerate(lines_of, 1) if "the" in line.split()][:2]
    misread = [line.replace("the", "tlie", 1) if n in at else line for n, line in enumerate(lines_of, 1)]
    path = tmp_path / "weir.txt"
    path.write_text("\n".join(misread), encoding="utf-8")
    starts = " ".join(misread[at[0] - 1].split()[:3])
    act = f'[[verdict]]\nline = {at[0]}\nstarts = "{starts}"\nread = {{ tlie = "the" }}\nwhy = "a slip"\n{everywhere}\n'
    path.with_suffix(".verdicts.toml").write_text(act, encoding="utf-8")
    found = build.read_source(path, Settings(lang="en"), Report(), lambda _stage: None)
    markdown = write_markdown(found.book, Settings(), lang="en")
    assert markdown.count("tlie") == left
    result = proof.check("markdown", proof.streams_of_markdown(markdown), found.source, found.changes, Report())
    assert (result.lost, result.added) == (0, 0)

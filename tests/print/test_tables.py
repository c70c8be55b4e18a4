"""Tables that do not fit the page: nothing of them is lost, and they are read in the order of the text."""

from __future__ import annotations

import json
from pathlib import Path

import lxml.html
import pytest
from lxml.html import HtmlElement

from pipeline.cli import main
from pipeline.print.tables import fit_tables

WORDS = ("weir", "mill", "lamp", "wheel", "river", "bridge", "quay", "keeper", "winter", "summer", "harvest", "stone")
AREA = (31.6, 35)


def table(columns: int, rows: int, cell: str = "{word} {n}", name: str = "{Word}{n}") -> str:
    def row(form: str, at: int) -> str:
        told = [(WORDS[(at + n) % len(WORDS)], n) for n in range(columns)]
        return f"| {' | '.join(form.format(word=word, Word=word.title(), n=n) for word, n in told)} |\n"

    return row(name, 0) + "|---" * columns + "|\n" + "".join(row(cell, at) for at in range(rows))


def fitted(columns: int, rows: int, cell: str) -> HtmlElement:
    head = "".join(f"<th>H{n}</th>" for n in range(columns))
    line = f"<tr>{f'<td>{cell}</td>' * columns}</tr>"
    html = f"<main><table><thead><tr>{head}</tr></thead><tbody>{line * rows}</tbody></table></main>"
    body = lxml.html.fragment_fromstring(html)
    fit_tables(body, *AREA)
    return body[0]


def test_a_table_that_has_room_is_set_as_it_stands() -> None:
    assert fitted(4, 9, "weir").get("class") is None


def test_a_column_has_room_for_its_widest_word() -> None:
    shares = "".join(f'<col style="width: {share}%">' for share in (60, 20, 20))
    cells = "<td>weir</td><td>acknowledgments.</td><td>lamp</td>"
    body = lxml.html.fragment_fromstring(f"<main><table><colgroup>{shares}</colgroup><tr>{cells}</tr></table></main>")
    fit_tables(body, *AREA)
    first, second, third = (float(one.get("style", "").split()[1].rstrip("%")) for one in body.iter("col"))
    assert second > 25
    assert third < 20
    assert first + second + third == pytest.approx(100, abs=0.5)


@pytest.mark.parametrize(("columns", "degree"), [(9, "closer1"), (11, "closer2"), (15, "closer3")])
def test_a_wider_one_is_set_closer_and_smaller(columns: int, degree: str) -> None:
    assert fitted(columns, 9, "weir").get("class") == degree


def test_rows_that_have_no_room_are_carried_on() -> None:
    made = fitted(20, 9, "keeper")
    rows = made.findall(".//tr")
    assert set((made.get("class") or "").split()) == {"carries", "closer2"}
    assert len({len(row) for row in rows}) == 1  # each has as many cells
    assert len(rows) == 10 * len(made.findall("thead/tr"))
    assert [cell.text for cell in made.iter("th") if cell.text] == [f"H{n}" for n in range(20)]


def test_a_word_without_an_end_is_broken() -> None:
    assert [cell.get("class") for cell in fitted(2, 1, "a" * 90).iter("td")] == ["long", "long"]


def test_cells_of_most_of_a_page_stand_one_below_the_other() -> None:
    assert fitted(2, 1, "The weir was low. " * 60).get("class") == "stacked"


@pytest.mark.slow
def test_all_of_them_are_printed_whole(tmp_path: Path) -> None:
    long = " ".join(f"{word} {n}" for n in range(25) for word in WORDS)
    tables = (
        table(15, 30, "{n}00{n}"),
        table(9, 12, "{word} {word} {word}"),
        table(40, 3),
        table(120, 2),
        f"| a | {long} | c |\n|---|---|---|\n| {long} | two | {long} |\n| one | two | three |\n",
        f"| a | b |\n|---|---|\n| one | https://example.org/{'weir/' * 40} |\n| {'x' * 120} | two |\n",
    )
    book = tmp_path / "book.md"
    book.write_text("# The Weir\n\nIt was low.\n\n" + "\nThe mill stood still.\n\n".join(tables), encoding="utf-8")
    assert main(["pdf", str(book), "-q"]) == 0
    found = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["findings"]
    assert not [one for one in found if one["severity"] != "note"]

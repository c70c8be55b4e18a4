"""What a user may rely on: a list of works and its calls become bibliography and citations, or stay as they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import build, proof
from pipeline.build import Reading
from pipeline.report import Report
from pipeline.settings import Settings
from pipeline.write import write_references
from tests.written import write_markdown

BY_NAME = """\
The Mill and the Weir

Water was let down the race at dawn (Orr 1999, 12). Orr (1999) says that no wheel
turned before noon, and others doubt it (Calder and Weir 2001, 3-5; Sluice 1987).

Nobody else has looked (Heron 2010), and the gauge was never read (Sluice 1987, 44).

References

Orr, Ada. 1999. The Mill at Dawn. Lower Weir: Sluice Press.

Calder, Ian, and Bo Weir. 2001. Wheels and Water. London: Lock House.

Sluice, Cora. 1987. "Gauges of the Lower Weir." Journal of Weirs 12 (3): 40-67.

Daw, Eve. 1975. The Silent Race. London: Lock House.
"""
NUMBERED = """\
Die Mühle am Wehr

Das Wasser kam im Morgengrauen [1, S. 12], und das Rad stand bis zum Mittag still [2, 3].

Niemand hat den Pegel je gelesen [1-3], und auch das nicht [7].

Literatur

[1] Orr, Ada: Die Mühle am Morgen. Unterwehr: Schleusen-Verlag, 1999.
[2] Calder, Ian; Weir, Bo: Räder und Wasser. Berlin: Verlag am Schloss, 2001.
[3] Sluice, Cora: Pegel am unteren Wehr. Berlin: Verlag am Schloss, 1987.
"""


def read(tmp_path: Path, text: str) -> tuple[Reading, str, Report]:
    path = tmp_path / "weir.txt"
    path.write_text(text, encoding="utf-8")
    report = Report()
    found = build.read_source(path, Settings(), report, lambda _stage: None)
    markdown = write_markdown(found.book, Settings(), lang=found.lang)
    streams = proof.streams_of_markdown(markdown, write_references(found.book.works.values()))
    assert proof.prove("markdown", streams, found.source, found.changes).lost == 0
    return found, markdown, report


def unresolved(report: Report) -> list[str]:
    return [one.message for one in report.findings if one.code == "call-without-reference"]


def test_calls_by_name_and_year(tmp_path: Path) -> None:
    found, markdown, report = read(tmp_path, BY_NAME)
    assert "at dawn [@orr1999mill, p. 12]. Orr [@orr1999mill] says" in markdown
    assert "doubt it [@calder2001wheels, p. 3-5; @sluice1987gauges]." in markdown
    assert "(Heron 2010)" in markdown
    assert "# References" not in markdown
    assert 'nocite: "[@daw1975silent]"' in markdown
    assert sorted(found.book.works) == ["calder2001wheels", "daw1975silent", "orr1999mill", "sluice1987gauges"]
    assert found.book.works["sluice1987gauges"].csl["page"] == "40-67"
    assert [("Heron 2010" in message) for message in unresolved(report)] == [True]


def test_words_in_front_of_a_call_and_a_verb_before_its_year(tmp_path: Path) -> None:
    text = BY_NAME.replace("(Orr 1999, 12)", "(see Orr 1999, 12; cf. Calder 2001)").replace(
        "Orr (1999)", "Orr writes (1999)"
    )
    assert text.count("see Orr") == text.count("Orr writes") == 1
    _, markdown, _ = read(tmp_path, text)
    assert "[see @orr1999mill, p. 12; cf. @calder2001wheels]" in markdown
    assert "Orr writes [@orr1999mill]" in markdown


def test_calls_by_number(tmp_path: Path) -> None:
    _, markdown, report = read(tmp_path, NUMBERED)
    assert "Morgengrauen [@orr1999muhle, S. 12], und" in markdown
    assert "still [@calder2001rader; @sluice1987pegel]." in markdown
    assert "gelesen [@orr1999muhle; @calder2001rader; @sluice1987pegel], und auch das nicht \\[7\\]." in markdown
    assert len(unresolved(report)) == 1


def test_wrapped_entries_with_hanging_indents_and_repeated_authors(tmp_path: Path) -> None:
    text = BY_NAME.split("References")[0].replace("Sluice 1987, 44", "Orr 2003") + (
        "References\n\n"
        "Calder, Ian, and Bo Weir. 2001. Wheels and Water, Being an Account of the Lower\n"
        "    Weir. London: Lock House.\n"
        "Orr, Ada. 1999. The Mill at Dawn. Lower Weir: Sluice Press.\n"
        "———. 2003. The Mill at Noon, with Plates. Lower Weir: Sluice\n"
        "    Press.\n"
        "Sluice, Cora. 1987. The Gauge. Lower Weir: Sluice Press.\n"
    )
    found, markdown, _ = read(tmp_path, text)
    assert "never read [@orr2003mill]." in markdown
    assert found.book.works["orr2003mill"].csl["author"] == [{"family": "Orr", "given": "Ada"}]
    assert len(found.book.works) == 4


@pytest.mark.parametrize("text", [BY_NAME, NUMBERED])
def test_without_the_list_calls_stay_as_they_stand(tmp_path: Path, text: str) -> None:
    body = text.split("References")[0].split("Literatur")[0]
    _, markdown, report = read(tmp_path, body)
    assert "[@" not in markdown
    assert not unresolved(report)


def test_where_most_calls_find_nothing_the_list_is_left_alone(tmp_path: Path) -> None:
    text = BY_NAME.replace("Orr 1999", "Heron 1999").replace("Calder and Weir 2001", "Kite 2001")
    _, markdown, report = read(tmp_path, text.replace("Orr (1999)", "Kite (2002)"))
    assert "[@" not in markdown
    assert "(Heron 1999, 12)" in markdown
    assert "Lock House" in markdown
    assert not unresolved(report)


def test_titles_in_italics(tmp_path: Path) -> None:
    text = BY_NAME.replace("The Mill at Dawn", "_The Mill at Dawn_").replace("Wheels and Water", "_Wheels and Water_")
    found, _, _ = read(tmp_path, text)
    assert found.book.works["orr1999mill"].csl["title"] == "The Mill at Dawn"
    assert found.book.works["calder2001wheels"].csl["title"] == "Wheels and Water"


def test_an_entry_with_words_that_no_bibliography_has_stays_in_the_text(tmp_path: Path) -> None:
    text = BY_NAME.replace(
        "London: Lock House.\n\nSluice", "London: Lock House. [Lent to the miller, 4 May.]\n\nSluice"
    )
    _, markdown, _ = read(tmp_path, text)
    assert "Lent to the miller" in markdown
    assert "[@sluice1987gauges" in markdown

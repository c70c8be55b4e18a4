"""Small texts of many conventions, each with the ``book.md`` that it must become (``golden/``)."""

from pathlib import Path

import pytest

from pipeline import proof
from pipeline.build import Reading, read_source
from pipeline.report import Report
from pipeline.settings import Settings
from tests.written import write_markdown

GOLDEN = Path(__file__).parent / "golden"
TEXTS = sorted(path.stem for path in GOLDEN.glob("*.txt"))


def reading(name: str, report: Report | None = None) -> Reading:
    return read_source(GOLDEN / f"{name}.txt", Settings(), report or Report(), lambda stage: None)


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_becomes_its_golden_book(name: str) -> None:
    read = reading(name)
    made = write_markdown(read.book, Settings(), lang=read.lang)
    assert made == (GOLDEN / f"{name}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", TEXTS)
def test_no_word_of_it_is_lost(name: str) -> None:
    read = reading(name)
    streams = proof.streams_of_markdown(write_markdown(read.book, Settings(), lang=read.lang))
    assert not proof.prove("markdown", streams, read.source, read.changes).lines


def test_what_stays_in_doubt_is_reported() -> None:
    report = Report()
    reading("wrapped", report)
    told = {(finding.code, finding.line) for finding in report.findings}
    assert {("note-without-call", 123), ("call-without-note", 115), ("layout-found", 1)} <= told

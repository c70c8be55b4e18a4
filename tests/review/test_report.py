"""What a user may rely on: the page for people says first what matters most, and needs nothing but itself."""

from __future__ import annotations

from dataclasses import replace

import lxml.html
import pytest

from pipeline.build import Reading, read_source
from pipeline.model import Change, ChangeKind, Run, Source, Style
from pipeline.report import Report
from pipeline.review.report import report_page
from pipeline.review.stretch import Piece
from pipeline.settings import Settings
from tests.test_verdicts import TEXT, verdict


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    path = tmp_path_factory.mktemp("kettle") / "kettle.txt"
    path.write_text(TEXT.replace("Upper Tarn", '<Upper> "Tarn"'), encoding="utf-8")
    ruling = verdict(5, "The trials", "join = true")
    path.with_name("verdicts.toml").write_text(ruling, encoding="utf-8")
    found = read_source(path, Settings(lang="en"), Report(), lambda _stage: None)
    decisions = [replace(one, score=0.6) if one.line == 8 else one for one in found.decisions]
    control = Change(8, ChangeKind.REPAIRED, "A\xa0second", "A second", "a space")
    return replace(found, decisions=tuple(decisions), changes=(*found.changes, control))


def page(report: Report, reading: Reading) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring("".join(report_page(report, reading.source, reading.changes, reading)))


def made() -> Report:
    figures = {"words": 11, "lost": 0, "changed": 7, "left_out": 2, "added": 0}
    report = Report(conservation={"markdown": figures}, counts={"words": 11})
    report.find("space-odd", 4, text='idle" , and')
    report.find("title-guessed", None, title="kettle", origin="file's name", settings="kettle.toml")
    return report


def test_the_verdict_comes_first(reading: Reading) -> None:
    report = made()
    assert "No word of the source is lost." in page(report, reading).findtext(".//p[@class='verdict']/span", "")
    report.conservation["pdf"] = {"words": 11, "lost": 2, "changed": 7, "left_out": 2, "added": 0}
    assert "missing in book.pdf" in page(report, reading).findtext(".//p[@class='verdict']/span", "")


def test_findings_and_changes_stand_with_their_lines(reading: Reading) -> None:
    text = page(made(), reading).text_content()
    for part in ('Line 4: idle" , and', "A[U+00A0]second", "The line is a", "In doubt (1)", "Works (2)", "Lost"):
        assert part in text


def test_the_source_stands_beside_the_book_with_what_differs_marked(reading: Reading) -> None:
    (row,) = [one for one in page(made(), reading).iter("tr") if one.xpath(".//span[@id='l4']")]
    assert row.xpath(".//span[@id='l5']"), "the second line of a paragraph stands with the first"
    assert "the village of <Upper>" in row.text_content(), "words of the source are words and no markup"
    assert [one.text for one in row.iter("ins")] == ["“", "”"]
    assert 'idle" , and' in row.xpath("string(.//span[contains(@class, 'found')])")
    assert row.xpath(".//sup/a/@href") == ["#l6"], "the call leads to the line of the citation"


def test_a_paragraph_without_end_is_shown_plain() -> None:
    words = tuple(Run(f"{n} ", Style.EMPHASIS) for n in range(4_001))
    some, all_ = (Piece("paragraph", (1,), inlines, {}).parts for inlines in (words[:9], words))
    assert [part.tag for part in some] == ["em"] * 9
    assert [(part.text, part.tag) for part in all_] == [("".join(run.text for run in words), "")]


def test_the_page_needs_nothing_else_and_can_be_heard(reading: Reading) -> None:
    root = page(made(), reading)
    assert not root.xpath("//script | //link | //img | //@src | //@style")
    assert root.get("lang") == "en"
    assert len(root.xpath("//h1")) == 1
    assert set(root.xpath("//a/@href")) <= {f"#{one}" for one in root.xpath("//@id")}
    assert len(set(root.xpath("//@id"))) == len(root.xpath("//@id"))
    assert all(cell.get("scope") for cell in root.iter("th"))


def test_a_report_without_a_book_is_a_page_too() -> None:
    assert "No book was made." in "".join(report_page(Report(), Source("kettle.txt", (), "UTF-8", True, "LF")))

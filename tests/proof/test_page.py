"""What a user may rely on: the page for people says first what matters most, and needs nothing but itself."""

from __future__ import annotations

import lxml.html

from pipeline.model import Change, ChangeKind, Decision, Line, Role, Source
from pipeline.proof import report_page
from pipeline.report import Report

SOURCE = Source(
    "mill.txt",
    (Line(1, "The mill <of> oak & iron."), Line(2, "cafÃ© , closed"), Line(3, "Wheel, Ada. The Flood, p. 3")),
    "UTF-8",
    True,
    "LF",
)
CHANGES = (
    Change(2, ChangeKind.REPAIRED, "cafÃ©", "café", "mojibake"),
    Change(3, ChangeKind.RESTYLED, "Wheel, Ada. The Flood, p. 3", "Wheel\xa03", "a citation"),
)
DECISIONS = (Decision(1, Role.PARAGRAPH), Decision(2, Role.HEADING, score=0.1), Decision(3, Role.CITATION))


def page(report: Report) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(report_page(report.json(), SOURCE, CHANGES, DECISIONS))


def made() -> Report:
    report = Report(
        conservation={"markdown": {"words": 11, "lost": 0, "changed": 7, "left_out": 2, "added": 0}},
        counts={"words": 11},
    )
    report.find("space-odd", 2, text="cafÃ© , closed")
    report.find("title-guessed", None, title="mill", origin="file's name", settings="mill.toml")
    return report


def test_the_verdict_comes_first() -> None:
    report = made()
    assert "No word of the source is lost." in page(report).findtext(".//p[@class='verdict']/span", "")
    report.conservation["pdf"] = {"words": 11, "lost": 2, "changed": 7, "left_out": 2, "added": 0}
    assert "missing in book.pdf" in page(report).findtext(".//p[@class='verdict']/span", "")


def test_findings_and_changes_stand_with_their_lines() -> None:
    text = page(made()).text_content()
    for part in ("Line 2: cafÃ© , closed", "Wheel[U+00A0]3", "mojibake", "The line is a", "Not sure (1 lines)"):
        assert part in text
    assert "Line 1" not in text


def test_words_of_the_source_are_words_and_not_markup() -> None:
    report = made()
    report.find("words-lost", 1, edition="pdf", words="the mill of oak")
    assert "The mill <of> oak & iron." in page(report).text_content()


def test_the_page_needs_nothing_else_and_can_be_heard() -> None:
    root = page(made())
    assert not root.xpath("//script | //link | //img | //@src | //@style")
    assert root.get("lang") == "en"
    assert len(root.xpath("//h1")) == 1
    assert all(link.get("href", "")[1:] in {one.get("id") for one in root.iter("section")} for link in root.iter("a"))
    assert all(cell.get("scope") for cell in root.iter("th"))


def test_a_report_without_a_book_is_a_page_too() -> None:
    assert "No book was made." in report_page(Report().json(), SOURCE)

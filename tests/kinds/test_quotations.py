"""What a user may rely on: a list of quotations with their sources behind dashes becomes extracts with citations."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import build, proof
from pipeline.report import Report
from pipeline.settings import Settings
from pipeline.write import write_markdown, write_references

SAME_LINE = """\
The lamps were trimmed at dusk. — Ada Orr, The Lamp Room, p. 12

"A wheel that stands still is furniture." -- Ian Calder, Weir and Wheel, p. 88

It burned with a small blue flame. – Ada Orr, The Lamp Room, p. 5
"""
OWN_LINE = """\
The lamps were trimmed at dusk.
— Ada Orr, The Lamp Room, p. 12

A wheel that stands still is furniture.
— Ian Calder, Weir and Wheel, p. 88

It burned with a small blue flame.
— Ada Orr, The Lamp Room, p. 5
"""


@pytest.mark.parametrize("text", [SAME_LINE, OWN_LINE])
def test_each_quotation_has_its_citation(tmp_path: Path, text: str) -> None:
    path = tmp_path / "sayings.txt"
    path.write_text(text, encoding="utf-8")
    found = build.read_source(path, Settings(), Report(), lambda _stage: None)
    markdown = write_markdown(found.book, Settings(), lang="en")
    assert markdown.count("::: {#x") == 3
    assert markdown.count("[@orrlamp, p. 12]") == markdown.count("[@orrlamp, p. 5]") == 1
    assert markdown.count("[@calderweir, p. 88]") == 1
    assert "Ada Orr" not in markdown
    streams = proof.streams_of_markdown(markdown, write_references(found.book.works.values()))
    assert proof.prove("markdown", streams, found.source, found.changes).lost == 0


@pytest.mark.parametrize(
    "text",
    [
        "He came home. — Ada Orr, The Lamp Room, p. 12\n\nAnd left.\n\nAnd came.\n",
        "\n\n".join(["The mill – the old one – stood. It was late – Ada Orr came by"] * 4),
    ],
)
def test_a_dash_alone_makes_no_quotation(tmp_path: Path, text: str) -> None:
    path = tmp_path / "mill.txt"
    path.write_text(text, encoding="utf-8")
    found = build.read_source(path, Settings(), Report(), lambda _stage: None)
    assert all("quotation" not in reason.rule for one in found.decisions for reason in one.reasons)

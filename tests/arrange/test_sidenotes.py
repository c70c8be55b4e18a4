"""Side-notes stand at the head of their paragraph, without the bracket and the word of the transcriber."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline import proof
from pipeline.build import read_source
from pipeline.report import Report
from pipeline.settings import Settings
from tests.written import write_markdown

HEAD = """THE HUNDRED OF OST


CHAPTER I

The Hundred lies between two rivers, neither of which will own it, and
it was said of the old ferryman that he had buried three oars in one
winter and mourned only the last, for the others had never been his.
"""
TAIL = """
The rain came down that night as if it had been paid for by the hour,
and a light moved in the upper window of the toll house, went out, and
was seen no more until the ferry came back in the first week of April.

Nobody in the village said a word about it, for the wind had taken all
other talk away, and the ferryman ate his bread on the landing alone.
"""
FIRST = "The Hundred lies between two rivers"


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("[Sidenote: The lamp.]\n\nThe lamp burned.", "[The lamp.]{.sidenote} The lamp burned."),
        ("[Sidenote: The\n    lamp.]\nThe lamp burned.", "[The lamp.]{.sidenote} The lamp burned."),
        ("[Sidenote: A.D. 43.\n\nOf lamps.]\n\nThe lamp burned.", "[A.D. 43. Of lamps.]{.sidenote} The lamp burned."),
        ("[Sidenote: Of lamps.]\n\n[Sidenote: Of oil.]\n\nThe lamp burned.", "[Of oil.]{.sidenote} The lamp burned."),
        ("[Randnotiz: Die Lampe]\n\nDie Lampe brannte.", "[Die Lampe]{.sidenote} Die Lampe brannte."),
        ("[Note marginale: La lampe]\n\nLa lampe brûle.", "[La lampe]{.sidenote} La lampe brûle."),
        ("[Kanttekening: De lamp]\n\nDe lamp brandt.", "[De lamp]{.sidenote} De lamp brandt."),
        ("[Marginalia: _La lámpara_]\n\nLa lámpara arde.", "[La lámpara]{.sidenote} La lámpara arde."),
        ("The lamp [Sidenote: Oil.] burned.", "[Oil.]{.sidenote} The lamp burned."),
        ("[Sidenote: Oil.] The lamp burned.", "[Oil.]{.sidenote} The lamp burned."),
        (
            "The lamp on the sill burned until the morning came over the hills\nand the whole"
            " [Sidenote: Oil\nand wicks.] village slept.",
            "[Oil and wicks.]{.sidenote} The lamp on the sill burned",
        ),
        (
            "The lamp on the sill burned until the morning came over the hills\nand the ferryman, who had\n\n"
            "[Sidenote: Oil.]\n\nforgotten it, slept until the noon of that day and a good deal longer.",
            "and the ferryman, who had forgotten it, slept",
        ),
        ("\n\n[Sidenote: Oil.]\n\nCHAPTER II\n\nThe lamp burned.", "[Oil.]{.sidenote} The lamp burned."),
        (
            "[Sidenote: A song.]\n\n    The lamp is lit,\n      The oil is paid,\n    The keeper sleeps,",
            "[A song.]{.sidenote}\n",
        ),
        ("[Sidenote: that nobody closes\n\nThe lamp burned.", "Sidenote: that nobody closes"),
    ],
)
def test_a_side_note_runs_in_to_its_paragraph(source: str, wanted: str, tmp_path: Path) -> None:
    path = tmp_path / "ost.txt"
    path.write_text(f"{HEAD}\n{source}\n{TAIL}", encoding="utf-8")
    read = read_source(path, Settings(lang="en"), Report(), lambda stage: None)
    markdown = write_markdown(read.book, Settings(), lang=read.lang)
    assert wanted in markdown
    assert FIRST in re.split(r"\n\n", markdown.split("# CHAPTER I {")[1])[1]
    shown = proof.prove("markdown", proof.streams_of_markdown(markdown), read.source, read.changes)
    assert (shown.lines, shown.more) == ((), ())

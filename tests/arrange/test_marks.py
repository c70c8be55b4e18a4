"""No mark of ours can come from a text: its private characters stay characters, and calls stay calls."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import proof
from pipeline.build import read_source
from pipeline.model import free_marks
from pipeline.report import Report
from pipeline.settings import Settings
from tests.written import write_markdown

FIRST = chr(0xF0000)


def book(tmp_path: Path, text: str) -> str:
    source = tmp_path / "mill.txt"
    source.write_text(text, encoding="utf-8")
    read = read_source(source, Settings(), Report(), lambda _stage: None)
    made = write_markdown(read.book, Settings(), lang="en")
    streams = proof.streams_of_markdown(made)
    assert not proof.prove("markdown", streams, read.source, read.changes).lines
    return made


@pytest.mark.parametrize("sign", [FIRST, chr(0xF0001), chr(0xFFFFD), chr(0x100000), chr(0x10FFFD), "\ue000", "\uf8ff"])
def test_a_private_character_is_one_beside_the_calls_of_notes(tmp_path: Path, sign: str) -> None:
    notes = "[1] It was leaking.\n\n[2] It was mended.\n"
    made = book(tmp_path, f"The weir {sign} was low[1] all summer{sign}.\n\nThe mill stood still[2].\n\n{notes}")
    assert made.count(sign) == 2
    assert made.count("It was leaking.") == made.count("It was mended.") == 1


def test_a_text_of_private_characters_is_a_text(tmp_path: Path) -> None:
    signs = "".join(chr(code) for code in range(0xF0000, 0xF0000 + 300))
    assert signs in book(tmp_path, f"The weir was low.\n\n{signs}\n\nThe mill stood still.\n")


def test_page_numbers_beside_private_characters(tmp_path: Path) -> None:
    made = book(tmp_path, "".join(f"[Pg {n}]\n\nThe {FIRST} mill of page {n} stood still.\n\n" for n in range(1, 6)))
    assert made.count(FIRST) == 5


def test_marks_are_what_the_text_has_not() -> None:
    free = free_marks([f"a{FIRST}b", chr(0xF0002)])
    assert [next(free), next(free)] == [chr(0xF0001), chr(0xF0003)]

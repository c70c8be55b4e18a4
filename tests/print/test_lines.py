"""No word stands alone on a line within a paragraph."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import pytest

from pipeline.print import layout, lines
from tests.pdfs import Opened, printed


def paragraphs() -> Opened:
    """Paragraphs in which italics begin ever farther to the right: once or twice just where the line ends."""
    ends = ("tt", "st", "ns", "an", "tn", "ma", "mt")
    texts = (f"{'mole ' * 10}{'i' * few}{end} *Harbour lamps.*" for few in (14, 15, 16) for end in ends)
    return printed("# Italics\n\n" + "\n\n".join(texts), fine=False)  # with tries, another setting may hide it


def test_lines_that_are_known_are_those_that_would_be_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OCTAVO_CACHE", str(tmp_path / "known"))
    known = paragraphs().book.pdf
    monkeypatch.setattr(lines, "MOST", 0)
    monkeypatch.setenv("OCTAVO_CACHE", str(tmp_path / "found"))
    assert paragraphs().book.pdf == known


def test_a_line_of_a_long_text_ends_where_it_would_end_in_the_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = "a\u00a0" * 300
    text = f"# Weirs\n\n{'The mill stood still, and the miller-to-be went to sea. ' * 40}{held}\n"
    monkeypatch.setenv("OCTAVO_CACHE", str(tmp_path / "near"))
    monkeypatch.setattr(lines, "_NEAR", 200)
    near = printed(text).book.pdf
    monkeypatch.setenv("OCTAVO_CACHE", str(tmp_path / "whole"))
    monkeypatch.setattr(lines, "_NEAR", 10**9)
    assert printed(text).book.pdf == near


def test_a_line_that_fits_but_for_its_last_space_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert paragraphs().book.figures.stubs == 0
    monkeypatch.setenv("OCTAVO_CACHE", str(tmp_path))
    monkeypatch.setattr(layout, "whole_lines", lambda *_known: nullcontext())
    assert paragraphs().book.figures.stubs > 0, "WeasyPrint does it by itself: pipeline/print/lines.py can go"


def test_words_that_fit_but_for_a_hair_do_not_part_the_name_before_them() -> None:
    said = "Then you may come down and look for a spoon with them."
    play = f"# The Sluice\n\n::: dialogue\n[MRS. DRAKE.]{{.speaker}} {said}\n\n[TOBIAS.]{{.speaker}} No.\n:::\n"
    assert printed(play, style="academic").book.figures.stubs == 0


def test_a_word_tied_to_a_name_in_italics_leaves_none_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ends = ((count, few) for count in (9, 10) for few in range(1, 13))
    texts = (f"{'mole ' * count}{'i' * few} O\u00a0*Marrow*! Then all went on as before." for count, few in ends)
    tied = "# Ties\n\n" + "\n\n".join(texts)
    assert printed(tied).book.figures.stubs == 0
    monkeypatch.setenv("OCTAVO_CACHE", str(tmp_path))
    monkeypatch.setattr(lines, "NEARER", ())
    assert printed(tied).book.figures.stubs > 0

"""Where a piece appeared is no part of its title, though a transcriber ran both together."""

from __future__ import annotations

from pathlib import Path

from pipeline.model import Block, Heading, Run
from tests.arrange.test_notes import book_of

TEXT = "The ferry was late again that morning, and nobody on the landing\nsaid a word about it to the old man.\n\n"
PIECES = (
    ("The Salt Road", "For the Lowmouth Gazette. Friday, 7 December 1787"),
    ("The Same Road, Continued", "From the Orle Packet. Monday, 10 December 1787"),
    ("The Ferry", "For the Lowmouth Gazette. Friday, 14 December 1787"),
    ("The Weir", "From the Orle Packet. Monday, 17 December 1787"),
    ("The Lamp", "For the Orle Packet. Monday, 24 December 1787"),
    ("The Gate", "For the Lowmouth Gazette. Friday, 28 December 1787"),
    ("The Rope", "For the Lowmouth Gazette. Friday, 4 January 1788"),
)


def parts(tmp_path: Path, run_in: str) -> list[str]:
    text = ""
    for number, (title, where) in enumerate(PIECES, 1):
        head = f"{title} {where}" if title == run_in else f"{title}\n\n{where}"
        text += f"BEACON No. {number}\n\n{head}\n\nPIKE\n\n{TEXT * 5}\n\n\n"
    found = [one for one in book_of(tmp_path, text).elements if isinstance(one, Heading | Block)]
    return ["".join(run.text for run in one.inlines if isinstance(run, Run)) for one in found]


def test_a_title_ends_before_where_its_piece_appeared(tmp_path: Path) -> None:
    apart = parts(tmp_path, "")
    assert {where for _, where in PIECES} < {*apart}
    for title, _ in PIECES[1:]:
        assert parts(tmp_path, title) == apart

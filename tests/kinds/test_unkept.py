"""What a user may rely on: a list of contents leaves the book only as far as the book has what it names."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.errors import Exit

ENGLISH = (
    "How the Ferry Came to Lower Lindle",
    "The Winter of the Long Ice",
    "A Lamp for the Miller's Daughter",
    "What the Surveyor Measured",
    "Seven Barrels of Tar",
    "The Bell that Nobody Rang",
)
SPANISH = (
    "La barca de los tres hermanos",
    "El invierno del hielo largo",
    "Una lámpara para la molinera",
    "Lo que midió el agrimensor",
    "Siete barriles de brea",
    "La campana que nadie tocaba",
)
PROSE = "The ferry went twice a day, and on market days three times, for the mill stood on the other bank.\n\n"
PROSA = "La barca pasaba dos veces al día, y tres los días de feria, porque el molino estaba al otro lado.\n\n"


def made(folder: Path, head: str, named: tuple[str, ...], there: int, text: str) -> tuple[int, str, str]:
    """Draft a text whose contents name all chapters, and which has the first ones; return code, book and report."""
    room = "\n" if "\n" in head else "\n\n"
    rows = "".join(f"{n:>6}. {name} {9 * n:>4}\n" for n, name in enumerate(named, 1))
    chapters = "".join(f"{n}. {name}\n\n{text * 3}\n\n" for n, name in enumerate(named[:there], 1))
    source = folder / "lindle.txt"
    source.write_text(f"LINDLE\n\n\n{head}{room}{rows}\n\n\n{chapters}", encoding="utf-8")
    code = main(["draft", str(source), "--out", str(folder / "out"), "-q", "--fresh"])
    book = folder / "out" / "lindle"
    return code, (book / "book.md").read_text(encoding="utf-8"), (book / "report.json").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("head", "named", "text"), [("CONTENTS", ENGLISH, PROSE), ("Índice", SPANISH, PROSA)], ids=["en", "es"]
)
def test_the_contents_of_a_whole_book_stay_in_an_excerpt_as_a_list(
    tmp_path: Path, head: str, named: tuple[str, ...], text: str
) -> None:
    code, book, report = made(tmp_path, head, named, 1, text)
    assert code == Exit.OK
    assert '"contents-kept"' in report and '"left-out-most"' not in report
    items = [line for line in book.splitlines() if line.lstrip().startswith(("- ", "1.", "2.", "3.", "4.", "5.", "6."))]
    assert all(any(name.split()[-1] in item for item in items) for name in named)
    assert not any(item.startswith(" ") for item in items)  # the numbers at the right are no depth


def test_contents_leave_the_book_that_has_what_they_name(tmp_path: Path) -> None:
    code, book, report = made(tmp_path, "CONTENTS", ENGLISH, len(ENGLISH), PROSE)
    assert code == Exit.OK
    assert '"contents-kept"' not in report
    assert "CONTENTS" not in book and book.count("Seven Barrels") == 1


@pytest.mark.parametrize("head", ["CONTENTS", "CONTENTS\n0. Of Weirs"], ids=["apart", "close"])
def test_a_few_words_that_the_text_lacks_are_named_and_keep_no_list(tmp_path: Path, head: str) -> None:
    code, book, report = made(tmp_path, head, ENGLISH, len(ENGLISH) - 1, PROSE)
    assert code == Exit.OK
    assert '"left-out-nowhere"' in report and '"contents-kept"' not in report
    assert "CONTENTS" not in book

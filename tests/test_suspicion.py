"""What a user may rely on: what only the whole book shows is pointed at, and sound books are left in peace."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.build import read_source
from pipeline.report import Report
from pipeline.settings import Settings
from pipeline.suspicion import inspect_book

CODES = {
    "paragraph-twice", "list-empty", "answer-missing", "quote-foreign", "title-repeated", "number-skips", "name-spelt",
    "word-cut", "work-disagrees", "work-double", "index-without-pages", "index-of-source",
}  # fmt: skip
MILL = (
    "The mill at Orle stood below the weir for two hundred years, and in all that time nobody asked who had built it, "
    "for the miller said that it was his, and the bishop said nothing."
)
NIGHT = (
    "On the night of the flood the wheel turned by itself until the morning, and those who heard it say that it sang, "
    "though the miller, who was under it, has never said what the song was."
)


def chapters(numbers: str) -> str:
    return "".join(
        f"\n\nCHAPTER {number}\n\nThe mill of weir {number} turned, and nobody asked.\n" for number in numbers.split()
    )


def cited(*citations: str) -> str:
    texts = ("The lid was off in March.", "It was on in May.", "In June it was lost.", "It was found in a well.")
    rows = "".join(f"{text}\n{citation}\n\n" for text, citation in zip(texts, citations, strict=False))
    return f"The Kettle Papers. Part One: On Boiling.\n\n\n{rows}"


def found(folder: Path, text: str, lang: str = "en") -> dict[str, list[int | None]]:
    path = folder / "mill.txt"
    path.write_text(text, encoding="utf-8")
    report = Report()
    inspect_book(read_source(path, Settings(title="Mills", lang=lang), Report(), lambda _stage: None), report)
    codes = {one.code for one in report.findings} & CODES
    return {code: [one.line for one in report.findings if one.code == code] for code in codes}


KETTLE = "Moorcroft, Ada. Kettles of the North. Leeds: Tarn Press, 1911, p. {}"
CASES: dict[str, tuple[str, str, list[int]]] = {
    "far apart": ("paragraph-twice", f"{MILL}\n\n{NIGHT}\n\nIt rained.\n\n{MILL}\n", [7]),
    "nearly": ("paragraph-twice", f"{MILL}\n\n{NIGHT}\n\n{MILL.replace('two hundred', '200')}\n", [5]),
    "nothing follows": ("list-empty", f"{MILL}\n\n{NIGHT} These were its parts:\n", [3]),
    "two questions": (
        "answer-missing",
        "".join(f"Q: What stood at weir {n}?\n\nA: A mill, number {n}.\n\n" for n in range(6))
        + "Q: And who built it?\n\nQ: Who had the key?\n\nA: The bishop had it.\n",
        [25],
    ),
    "an index without pages": (
        "index-without-pages",
        "\n\n\n".join(f"CHAPTER {n}\n\n" + f"{MILL}\n\n{NIGHT}\n\n" * 3 for n in ("I", "II", "III"))
        + "\n\n\n\nINDEX\n\n\n"
        + "\n".join(f"  {letter}lder, its bark" for letter in "ABCDEFGHIKLMNOP")
        + "\n",
        [56],
    ),
    "an index of pages": (
        "index-of-source",
        "\n\n\n".join(f"CHAPTER {n}\n\n" + f"{MILL}\n\n{NIGHT}\n\n" * 3 for n in ("I", "II", "III"))
        + "\n\n\n\nINDEX\n\n\n"
        + "\n".join(f"  {letter}lder, its bark, {at}" for at, letter in enumerate("ABCDEFGHIKLMNOP", 7))
        + "\n",
        [56],
    ),
    "a guillemet": ("quote-foreign", f"{MILL} “So,” he said.\n\n" * 60 + f"{NIGHT} «So, he said.\n", [121]),
    "a title again": ("title-repeated", f"On Weirs: The Old Mill\n\n\nThe Old Mill\n\n{MILL}\n\n{NIGHT}\n", [4]),
    "a number left out": ("number-skips", chapters("I II III V VI"), [18]),
    "a name": ("name-spelt", f"{MILL} Pargeter left.\n\n" * 6 + "Then Pargetter came back.\n", [13]),
    "in two": ("word-cut", "The millwright came.\n\n" * 4 + "Nobody saw the mill wright of Orle.\n", [9]),
    "a field": (
        "work-disagrees",
        cited(*(KETTLE.format(n) for n in (3, 4)), KETTLE.format(7).replace("Leeds", "London")),
        [5],
    ),
    "doubles": (
        "work-double",
        cited(KETTLE.format(3), "Moorcroft, Ada. Kettles of the North and the South. York: Abbey Books, 1931, p. 8"),
        [5],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_suspicion_names_its_line(case: str, tmp_path: Path) -> None:
    code, text, lines = CASES[case]
    assert found(tmp_path, text).get(code) == lines


@pytest.mark.parametrize(
    "text",
    [
        f"{MILL}\n\n{NIGHT}\n\nIt rained.\n\nIt rained.\n",
        chapters("I II III I II III IV"),
        f"The Mill Book\n\n\nChapter 1\n\n{MILL}\n\nChapter 2\n\n{NIGHT}\n",
        "".join(f"Q: What stood at weir {n}?\n\nA: A mill, number {n}.\n\n" for n in range(8)),
        "“Well!” said the miller.\n\n" * 9 + f"{NIGHT} «Bien», «oui», «non».\n",
        "There Anne met Anna, Marten and the Martens of Mill Hill, who had mills.\n\n" * 6,
        cited(*(KETTLE.format(n) for n in range(4))),
    ],
)
def test_a_sound_book_is_left_in_peace(text: str, tmp_path: Path) -> None:
    assert found(tmp_path, text) == {}


def test_repetition_is_no_suspicion_in_verse(tmp_path: Path) -> None:
    stanza = "  The wheel goes round, the wheel goes round,\n  And who shall say for whom it is bound,\n"
    assert found(tmp_path, f"{MILL}\n\n" + f"{stanza}\n" * 4 + f"{NIGHT}\n") == {}

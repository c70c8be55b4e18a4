"""Text of one paragraph a line is read as the same text wrapped: what a user sees does not hang on the Return key."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.label import label
from pipeline.label.layout import FILL, columns
from pipeline.label.measure import to_measure
from pipeline.model import Line, Role

TIDE = (
    "The tide came in over the flats while the sexton was still on the far side, and he saw that the ferry had gone "
    "without him, as it did on every third day of the week, and sat down to wait."
)
SONG = ("Low water, low water,", "The ferry lies asleep,", "And he that has a daughter", "Has more than he can keep.")
LETTERS = (
    "Letters from the Weir",
    *(
        part
        for number, (day, name) in enumerate((("3 May", "Jonas"), ("9 June", "Anna"), ("1 July", "Jonas")), 1)
        for part in (f"Letter {number}", f"Upper Weir, {day} 1861", "My dear,", TIDE, "Ever yours,", name)
    ),
)
NOVEL = (
    *("The Salt Road", "A Novel", "Martha Quill", "Hartwell & Sons, London 1903"),
    *(part for title in ("I. The Door", "II. The Lamp", "III. The Road") for part in (title, TIDE, "“No,” said Anna.")),
)
COMEDY = (
    *("PERSONS", "NORRIS, a ferryman", "VALE, his aunt", "A STRANGER"),
    *(f"{name}. Nobody, on day {n}." for n, name in enumerate(["NORRIS", "VALE", "STRANGER"] * 3)),
    f"NORRIS. {TIDE}",
    "CURTAIN",
)
TALE = ("CHAPTER I", TIDE, "“Who by?” she asked him.", TIDE, "He sang it then:", SONG, "CHAPTER II", TIDE, TIDE)
PLAY = (
    "ACT I",
    *(f"{name}. So it is, and so it was on day {n}; {TIDE}" for n, name in enumerate(["NORRIS", "VALE"] * 6, 1)),
    "[Exit NORRIS.]",
)


def lines_of(text: str) -> list[Line]:
    return [Line(number, line) for number, line in enumerate(text.split("\n"), 1)]


def blocks(parts: tuple[str | tuple[str, ...], ...], between: str, wrapped: bool) -> str:
    def typed(part: str | tuple[str, ...]) -> str:
        if isinstance(part, tuple):
            return "\n".join(part)
        return "\n".join(textwrap.wrap(part, 72)) if wrapped else part

    return between.join(map(typed, parts))


def roles(text: str) -> list[tuple[str, Role]]:
    """Return the words with which each thing in a text begins, and what it is."""
    lines = {line.number: line.text for line in lines_of(text)}
    return [(lines[one.line].strip()[:20], one.role) for one in label(lines_of(text)) if not one.joined]


@pytest.mark.parametrize("parts", [TALE, PLAY], ids=["tale", "play"])
@pytest.mark.parametrize("between", ["\n\n", "\n"], ids=["blank lines", "none"])
def test_a_text_is_read_alike_however_its_lines_end(parts: tuple[str | tuple[str, ...], ...], between: str) -> None:
    assert roles(blocks(parts, between, wrapped=False)) == roles(blocks(parts, "\n\n", wrapped=True))


@pytest.mark.parametrize(
    ("parts", "wanted"),
    [
        (LETTERS, "t" + "tllpll" * 3),
        (NOVEL, "tlll" + "tpp" * 3),
        (COMEDY, "tiii" + "d" * 10 + "s"),
    ],
    ids=["letters", "novel", "comedy"],
)
@pytest.mark.parametrize("between", ["\n\n", "\n"], ids=["blank lines", "none"])
def test_small_books_of_one_paragraph_a_line(parts: tuple[str, ...], wanted: str, between: str) -> None:
    codes = {Role.TITLE: "t", Role.HEADING: "h", Role.LETTER: "l", Role.PARAGRAPH: "p", Role.ITEM: "i"}
    codes |= {Role.DIALOGUE: "d", Role.STAGE: "s", Role.VERSE: "v"}
    assert "".join(codes[role] for _, role in roles(blocks(parts, between, wrapped=False))) == wanted


@pytest.mark.parametrize("signs", [5, 40, 90])
def test_a_line_with_words_behind_many_signs_is_no_ornament(signs: int) -> None:
    text = "The weir was low.\n\n" + "* ** " * signs + " and the miller went to sea\n\nHe stayed."
    lines = [Line(number, row) for number, row in enumerate(text.split("\n"), 1)]
    assert Role.SEPARATOR not in {decision.role for decision in label(lines)}


@given(st.lists(st.text(st.sampled_from("aB ,.|\t-"), max_size=300), max_size=12))
@settings(max_examples=60)
def test_each_line_has_its_rows_in_order_and_no_word_is_lost(texts: list[str]) -> None:
    lines = [Line(number, text) for number, text in enumerate(texts, 1)]
    measured = to_measure(lines)
    rows = {row.number: row.text for row in measured.lines}
    told = {line.number: "" for line in lines}
    for row, of in measured.source.items():
        told[of] += f" {rows[row]}"
    assert list(measured.source.values()) == sorted(measured.source.values())
    for line in lines:
        assert "".join(told[line.number].split()) == "".join(line.text.split())
        assert all(
            columns(rows[row]) <= FILL
            for row, of in measured.source.items()
            if of == line.number and "|" not in line.text and "\t" not in line.text.strip()
        )

"""What a user may rely on: works by the alphabet have their letters for headings, and their entries for text."""

from __future__ import annotations

from textwrap import fill

import pytest

from pipeline.label import label
from pipeline.label.headlines import heads_a_letter
from pipeline.model import Line, Role

LONG = fill(
    "It stands where the road goes down to the harbour, and nobody has ever asked why, though many went by.", 70
)


def entry(words: str) -> str:
    """Return a long entry that begins with some words."""
    return fill(f"{words} {LONG}", 70)


def read(text: str) -> dict[str, tuple[Role, int]]:
    """Return the role and level of each line that has one, by its words."""
    lines = [Line(n, row) for n, row in enumerate(text.split("\n"), 1)]
    return {lines[one.line - 1].text.strip(): (one.role, one.level) for one in label(lines)}


def work(title: str, **parts: list[str]) -> str:
    """Make a book of parts, each a letter over its entries."""
    groups = (f"{letter.replace('_', ' ')}\n\n" + "\n\n".join(entries) for letter, entries in parts.items())
    return f"{title}\n\n\n\n" + "\n\n\n".join(groups) + "\n"


GAZETTEER = work(
    "A GAZETTEER OF LISK",
    **{
        "A.": [entry("ABBEY END (40), a hamlet."), "ALE HOLE (0). A bog.", entry("ASH, 2 m. from LISK.")],
        "B.": [entry("BARROW. See LISK."), "BELL'S FOLLY (0). Tower.", entry("BRIM* (210). Market town.")],
        "C. D.": ["CALDER. Burnt.", entry("COPSE, THE (4), a farm."), f"DUN, R. {LONG}"],
        "E.": [entry("ELM (12), ham."), "EYE. See BRIM."],
    },
)
DICTIONARY = work(
    "WÖRTERBUCH DES HAFENS",
    A=[entry("AAL, m."), "ANKER, m. Siehe TAU.", entry("ASCHE, f.")],
    B=[entry("BARKE oder BOOT, f."), "BOJE, f. Rot.", entry("BUCHT, f.")],
    C=["CHOR, m. Singt."],
    D=[entry("DAMM, m."), "DOCK, n. Leer."],
)


@pytest.mark.parametrize(
    ("text", "letters", "entries"),
    [
        (
            GAZETTEER,
            ["A.", "B.", "C. D.", "E."],
            ["ALE HOLE (0). A bog.", "BELL'S FOLLY (0). Tower.", "CALDER. Burnt."],
        ),
        (DICTIONARY, list("ABCD"), ["ANKER, m. Siehe TAU.", "BOJE, f. Rot.", "CHOR, m. Singt.", "DOCK, n. Leer."]),
    ],
)
def test_letters_head_the_entries_of_a_dictionary(text: str, letters: list[str], entries: list[str]) -> None:
    found = read(text)
    assert {found[letter][0] for letter in letters} <= {Role.TITLE, Role.HEADING}
    assert len({found[letter][1] for letter in letters}) == 1
    assert {found[entry][0] for entry in entries} == {Role.PARAGRAPH}


def test_what_is_out_of_order_is_no_entry() -> None:
    heads = [
        "THE LAMP, AND WHO LIT IT",
        "A BOAT: ITS STORY",
        "NOBODY. A Tale",
        "THE OIL, AND AFTER",
        "BREAD.",
    ]
    text = "\n\n\n\n".join(f"{head}\n\n\n{LONG}\n\n{LONG}\n\n{LONG}" for head in heads * 2)
    assert read(text)["A BOAT: ITS STORY"][0] in (Role.TITLE, Role.HEADING)


@pytest.mark.parametrize(("text", "is_one"), [("X, Y, Z.", True), ("I and J", True), ("Q.", True), ("A. W.", False)])
def test_letters_that_share_a_part_are_near_one_another(text: str, is_one: bool) -> None:
    assert heads_a_letter(text) is is_one


def test_names_in_the_order_of_the_alphabet_are_a_list() -> None:
    names = ["Ash Town", "Barrow", "Calder (for Lisk)", "Dun", "Elm"]
    text = f"THE FERRY\n\n\n{LONG}\n\n\n\nAPPENDIX.--STATIONS.\n\n" + "\n".join(names)
    assert {read(text)[name][0] for name in names} == {Role.ITEM}
    verses = "The lamp is lit\nThe oil is low\nWe shall not sit\nWhere no lamps glow"
    assert read(f"THE FERRY\n\n\n{LONG}\n\n{verses}\n\n{LONG}")["The lamp is lit"][0] is Role.VERSE


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("APPENDIX A.--THE BOATS.", "APPENDIX B.--THE LAMPS."),
        ("APPENDIX, No. I.", "APPENDIX, No. II."),
        ("ANHANG I", "ANHANG II"),
    ],
)
def test_one_appendix_is_a_heading_as_the_other_is_and_as_deep(first: str, second: str) -> None:
    text = f"THE FERRY\n\n\n\n{LONG}\n\n{LONG}\n\n\n{first}\n\n{LONG}\n\n{second}\n\n{LONG}"
    found = read(text)
    assert found[first][0] in (Role.TITLE, Role.HEADING)
    assert found[first] == found[second]

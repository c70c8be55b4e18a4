"""What a user may rely on: a motto, its source, an inscription, a place and a day are no headings."""

from __future__ import annotations

import pytest

from pipeline.label import label
from pipeline.label.formulas import is_dateline
from pipeline.model import Line, Role

TEXT = (
    "The ferry was late again that morning, and nobody on the landing said\na word about it to the old man. He had"
    " seen worse mornings, and he\nsaid so to the gulls while the rope dried across his knees in the\nsun, which came"
    " and went as it does there in a wet April.\n"
)
NAMES = ("THE OAR.", "DE VUURTOREN.", "LE PHARE.", "DER TURM.", "THE LONG MOLE.", "IL FARO.")


def roles(below: str, *, inside: str = "", last: str = "") -> dict[str, str]:
    """Return what the lines below the third of six headings are, ``inside`` its text, and ``last`` behind it."""
    chapters = [f"\n\n\n\n{name}\n\n\n{TEXT}\n{TEXT}" for name in NAMES]
    chapters[2] = f"\n\n\n\n{NAMES[2]}\n\n\n{below}{TEXT}\n{inside}{TEXT}{last}"
    lines = [Line(n, row) for n, row in enumerate("".join(chapters).split("\n"), 1)]
    known = {row.strip() for row in f"{TEXT}\n".split("\n")} | {*NAMES}
    found = {one.line: one.role.value for one in label(lines)}
    return {line.text.strip(): found[line.number] for line in lines if line.text.strip() not in known}


RIGHT = " " * 36


@pytest.mark.parametrize(
    ("below", "wanted"),
    [
        (f"{RIGHT}Mare Nostrum\n\n\n", {"Mare Nostrum": "quote"}),
        (
            f"{RIGHT}Klein, klein bootje,\n{RIGHT}Wat doe je in de zee?\n\n{RIGHT}_Oud Liedje_.\n\n\n",
            {"Klein, klein bootje,": "verse", "Wat doe je in de zee?": "verse", "_Oud Liedje_.": "attribution"},
        ),
        (
            f'{RIGHT}"Les peines du port sont:\n\n{RIGHT}1. La rame;\n{RIGHT}2. La chaîne."\n\n'
            f"{RIGHT}_Code_. L. I.\n\n\n",
            {
                '"Les peines du port sont:': "quote",
                "1. La rame;": "verse",
                '2. La chaîne."': "verse",
                "_Code_. L. I.": "attribution",
            },
        ),
        (f"{RIGHT}Kestle, 3rd May 1811.\n\n\n", {"Kestle, 3rd May 1811.": "letter"}),
        (
            '"He that would put out a lamp had better find first where the oil of\nit is kept."--Orr: "Of Lamps".\n\n',
            {
                '"He that would put out a lamp had better find first where the oil of': "quote",
                'it is kept."--Orr: "Of Lamps".': "quote",
            },
        ),
    ],
)
def test_what_stands_set_in_below_a_heading_is_a_motto_and_who_said_it(below: str, wanted: dict[str, str]) -> None:
    assert roles(below) == wanted


@pytest.mark.parametrize(
    "above",
    ["As the old song has it:", "He had said so to the gulls, and says so still on mornings as late as\nthis, for"],
)
def test_a_line_set_in_within_a_sentence_is_quoted(above: str) -> None:
    found = roles("", inside=f"{above}\n\n\n    My oar is my brother\n\n\nand so it was to him.\n\n")
    assert found["My oar is my brother"] in ("quote", "verse")


def test_lines_in_the_middle_with_no_text_below_are_an_inscription() -> None:
    stone = f"\n\n{' ' * 30}In Memoriam\n{' ' * 26}Hectoris Quarles\n{' ' * 20}_Nat._ III Mai. MDCCCX\n"
    found = roles("", last=f"\n3 May 1811.\n{stone}")
    assert {found[words] for words in ("In Memoriam", "Hectoris Quarles", "_Nat._ III Mai. MDCCCX")} == {"letter"}


@pytest.mark.parametrize(
    ("text", "dated"),
    [
        ("Kestle, 12 Dec. 18--.", True),
        ("_Ost, den 3. Mai 1811._", True),
        ("Lisque, le 4 août 1790", True),
        ("Kestle Hard, Lisk, Monday, 3 May.", True),
        ("PREFACE, SIXTH EDITION; 1883.", False),
        ("THE LAMP, AND 3 OARS", False),
    ],
)
def test_a_place_and_a_day_say_when_something_was_written(text: str, dated: bool) -> None:
    assert is_dateline(text) is dated


def test_a_place_and_a_day_above_the_leave_of_a_letter_belong_to_its_foot() -> None:
    letter = f"Mijn waarde Broeder!\n\n{TEXT}\n\nLisk, 12 Dec. 18--.\n\nUw toegenegen Broeder,\n_Joris Quarles_.\n\n\n"
    found = roles(letter)
    assert found["Lisk, 12 Dec. 18--."] == "letter"
    assert found["_Joris Quarles_."] == "letter"


def front(text: str) -> dict[str, Role]:
    lines = [Line(n, row) for n, row in enumerate(text.split("\n"), 1)]
    found = {one.line: one.role for one in label(lines)}
    return {line.text.strip(): found[line.number] for line in lines if not line.blank}


CHAPTERS = "".join(f"\n\n\n\nCHAPTER {number}\n\n" + f"{TEXT}\n" * 4 for number in ("I", "II", "III"))


def test_the_source_of_a_motto_on_the_title_page_is_no_author() -> None:
    page = f"{' ' * 28}THE FERRY\n\n{' ' * 29}By\n\n{' ' * 26}Edna Quarles\n\n\n"
    motto = f"{' ' * 20}Nec remo licet, sed velo tantum.\n{' ' * 48}Quarlesius.\n\n\n{' ' * 30}1887.\n"
    found = front(f"{page}{motto}{CHAPTERS}")
    assert found["Nec remo licet, sed velo tantum."] is Role.QUOTE
    assert found["Quarlesius."] is Role.ATTRIBUTION
    assert found["1887."] is Role.LETTER


def test_quotations_with_their_sources_in_front_are_epigraphs() -> None:
    said = "".join(
        f'"But of {what} we can at least say so much, that nobody knows\nthem first, or why."--{who}: "On Light".\n\n'
        for what, who in (("lamps", "Orr"), ("oars", "Fenn"))
    )
    found = front(f"THE FERRY\n\nBy Edna Quarles\n\nLisk, 1887\n\n\n\n{said}{CHAPTERS}")
    assert found['them first, or why."--Orr: "On Light".'] is Role.QUOTE
    assert found['them first, or why."--Fenn: "On Light".'] is Role.QUOTE


LISTED = [
    f"The {name} of the Harbour" for name in ("Oar", "Rope", "Lamp", "Mole", "Crane", "Buoy", "Bell", "Net", "Tar")
]


def test_contents_end_where_their_pages_do_though_something_is_said_of_the_entries() -> None:
    first, rest = LISTED[:5], LISTED[5:]
    entries = "".join(f"    {name}. {n}\n" for n, name in enumerate(first, 1))
    more = "".join(f"    {name}. {n}\n" for n, name in enumerate(rest, 20))
    said = "_The Tide_, 1837, 1838; and _Sundry Pieces of the Harbour, gathered by\nnobody_. Lisk, 1840.\n"
    tales = "".join(f"\n\n\n\n{name.upper()}.\n\n\n{TEXT}\n{TEXT}\n" for name in LISTED)
    found = front(f"THE HARBOUR\n\nBy Edna Quarles\n\n\n\n\nCONTENTS.\n\n\n{entries}\n{said}\n{more}\n{tales}")
    assert found["nobody_. Lisk, 1840."] is Role.CONTENTS
    assert {found[f"{name}. {n}"] for n, name in enumerate(rest, 20)} == {Role.CONTENTS}


def test_a_sentence_that_the_contents_do_not_name_heads_nothing() -> None:
    names = [*LISTED, "The Keeper of the Harbour", "The Boy of the Harbour"]
    entries = "".join(f"    {name}. {n}\n" for n, name in enumerate(names, 1))
    tales = [f"\n\n\n\n{name.upper()}.\n\n\n{TEXT}\n{TEXT}\n" for name in names]
    tales[4] += f"\n\n\nBut a lamp without oil!\n\n{TEXT}\n"
    found = front(f"THE HARBOUR\n\nBy Edna Quarles\n\n\n\n\nCONTENTS.\n\n\n{entries}\n{''.join(tales)}")
    assert found["But a lamp without oil!"] is Role.PARAGRAPH
    assert found["THE BOY OF THE HARBOUR."] is Role.TITLE

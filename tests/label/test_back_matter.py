"""What a user may rely on: what stands behind the last line of a book is no chapter of it, nor part of its index."""

from __future__ import annotations

import pytest

from pipeline.label import label
from pipeline.label.furniture import furniture
from pipeline.model import Line, Role
from tests.label.test_headings import book

BOOK = book("THE FERRY.\n\n\n", "\n\n\n\nTHE BRIDGE.\n\n\n", "\n\n\n\nTHE MILL.\n\n\n")
INDEX = "\n\n\n\nINDEX.\n\nAle, 4, 9; price of, 12\nBoats, 3\nLamps, their oil, 14; their\n    cost, 20\nTar, 5\n"


def behind(text: str, rest: str) -> list[tuple[Role, str]]:
    """Return the roles of the lines that stand behind a text."""
    lines = [Line(n, row) for n, row in enumerate(f"{text}{rest}".split("\n"), 1)]
    least = text.count("\n") + 1
    return [(one.role, lines[one.line - 1].text.strip()) for one in label(lines) if one.line >= least]


@pytest.mark.parametrize(
    "rest",
    [
        "\nTHE END.\n\nC. Calder, Printer, Lisk.",
        "\n\nFINIS\n",
        "\n\nADVERTISEMENTS.\n\nTHE HARBOUR INN, LISK. Facing the tide.\nBeds from 2s. 6d.",
        "\n\n* * * * *\n\nSome words of the keeper were not to be read, and stand here\nas they were heard.",
    ],
)
def test_an_index_ends_where_the_book_does(rest: str) -> None:
    entries = [text for role, text in behind(BOOK, INDEX + rest) if role is Role.ITEM]
    assert entries == ["Ale, 4, 9; price of, 12", "Boats, 3", "Lamps, their oil, 14; their", "cost, 20", "Tar, 5"]


@pytest.mark.parametrize(
    "rest", ["\n\nADVERTISEMENTS, 30\nVats, 8", "\n\nVats: see Tar.\nWicks, 2", "\nOars, 7\nUrns, 3"]
)
def test_an_index_goes_on_over_blank_lines(rest: str) -> None:
    assert all(role is Role.ITEM for role, _ in behind(BOOK + INDEX, rest))


@pytest.mark.parametrize(
    "name",
    ["GLOSSARY OF THE WORDS THAT BOATMEN USE.", "WOORDENLIJST VAN SCHEEPSTERMEN", "GLOSSAIRE DES MOTS DE MER", "INDEX"],
)
def test_back_matter_that_names_itself_is_a_division_of_its_own(name: str) -> None:
    rest = f"\n\n{name}\n\nALE.--What boatmen drink before they go out, and when they come in\nagain from the sea.\n"
    made = label([Line(n, row) for n, row in enumerate(f"{BOOK}{rest}".split("\n"), 1)])
    level = {one.line: one.level for one in made if one.role in (Role.TITLE, Role.HEADING)}
    first, *_ = level.values()
    assert level.get(BOOK.count("\n") + 3) == first == 1


SOLD = {
    "THE END": "_Calder & Co., Printers, Quay Street, Lisk._\n\n\n\nNEW AND POPULAR NOVELS.\n\n"
    "IN CLOTH, 3_s._ 6_d._ EACH.\n\n\n"
    'THE LAMP ON THE STAIR. By Ada Orr.\n\n"It may be read."--_The Tide._\n\n_WEIR & FENN, LISK._',
    "ENDE": "Druck von G. Ohm in Weiler.\n\n\n\nIM GLEICHEN VERLAG ERSCHIENEN:\n\n"
    "DIE LAMPE.\nRoman. Geh. 3 M., geb. 4 M.\n\n"
    "DER TURM.\nNovellen. Geb. 5 M.",
    "FIN": "LISQUE.--IMPRIMERIE CALDER ET CIE.\n\n\n\nDU MÊME AUTEUR\n\n"
    "LA LAMPE. 1 vol. in-18, 3 fr. 50\n\nLE PHARE. 1 vol. in-18, 3 fr. 50",
}


@pytest.mark.parametrize("end", SOLD)
def test_who_printed_a_book_and_what_else_is_sold_are_one_division(end: str) -> None:
    found = behind(f"{BOOK}\n\n\n{end}\n\n\n", SOLD[end])
    heads = [text for role, text in found if role in (Role.TITLE, Role.HEADING)]
    assert len(heads) <= 1
    assert {role for role, _ in found} <= {Role.TITLE, Role.HEADING, Role.PARAGRAPH, Role.QUOTE}


def test_a_tale_behind_the_end_of_another_is_not_sold() -> None:
    text = BOOK.replace("THE MILL.", "THE END\n\n\n\n\nTHE MILL.\n\n\nI\n\n")
    heads = [text for role, text in behind("", text) if role in (Role.TITLE, Role.HEADING)]
    assert "THE MILL." in heads


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("End of the Project Gutenberg EBook of The Lamp, by\nAda Orr", 0),
        ("End of Project Gutenberg's The Lamp, by Ada Orr", 0),
        ("It was the end of the project, said Gutenberg, and went.", 1),
    ],
)
def test_an_old_transcription_ends_with_words_alone(text: str, kept: int) -> None:
    lines = [Line(n, row) for n, row in enumerate(f"{BOOK}\n\n\n{text}".split("\n"), 1)]
    assert len(set(furniture(lines).values())) == 1 - kept


@pytest.mark.parametrize(
    "words",
    [
        "[This file was first posted on 9 May 2003. Proofread by C.]",
        "[Most recently updated: May 9, 2021]",
        "Edizione elettronica tratta da: La lampada, Lisca 1889.",
        "Élaboré en ligne.",
    ],
)
def test_who_made_a_file_is_not_said_in_the_book(words: str) -> None:
    lines = [Line(n, row) for n, row in enumerate(f"{words}\n\n\nTHE LAMP\n\n\n{BOOK}".split("\n"), 1)]
    assert set(furniture(lines)) == (set() if words.startswith("É") else {1})


@pytest.mark.parametrize(
    ("note", "out"),
    [
        ("Nota del Trascrittore\n\nOrtografia e punteggiatura sono state mantenute.", True),
        ("Lijst van verbeteringen\n\nDe volgende verbeteringen zijn in den tekst aangebracht:\n\nlampp lamp", True),
        ("Verbeteringen\n\nBladz. 12, regel 3: lees lamp.", False),
        ("To the reader\n\nOf the orthography of our harbour much has been said.", False),
    ],
)
def test_a_transcriber_speaks_in_his_own_language(note: str, out: bool) -> None:
    lines = [Line(n, row) for n, row in enumerate(f"{BOOK}\n\n\n{note}".split("\n"), 1)]
    assert (set(furniture(lines).values()) == {"transcribers-note"}) is out


CONTENTS = """

ÍNDICE

Páginas.

Prólogo............................... V

CAPÍTULO PRIMERO.--En que la lámpara
se apaga.............................. 1

CAP. II.--Lo que dijo el farero...... 23

CAP. III.--La cuenta................. 41

CAPÍTULO ÚLTIMO...................... 60
"""


def test_the_rows_of_a_list_of_contents_at_the_end_may_stand_apart() -> None:
    text = book(
        "PRÓLOGO\n\n",
        "\n\nCAPÍTULO PRIMERO\n\n",
        "\n\nCAPÍTULO II\n\n",
        "\n\nCAPÍTULO III\n\n",
        "\n\nCAPÍTULO ÚLTIMO\n\n",
    )
    assert {role for role, _ in behind(f"{text}\n\nFIN\n", CONTENTS)} == {Role.CONTENTS}


def test_a_list_of_contents_below_notes_is_no_note() -> None:
    text = book("PRÓLOGO\n\n", "\n\nCAPÍTULO PRIMERO\n\n", "\n\nCAPÍTULO ÚLTIMO\n\n")
    notes = "\n\nLa lámpara[1] no se apagó.\n\nFIN\n\n\nNOTA\n\n[1] La del farero.\n"
    rows = CONTENTS.replace(
        "CAP. II.--Lo que dijo el farero...... 23\n\nCAP. III.--La cuenta................. 41\n\n", ""
    )
    found = behind(text + notes, rows)
    assert {role for role, _ in found} == {Role.CONTENTS}


def test_an_index_whose_pages_do_not_rise_is_no_list_of_contents() -> None:
    rest = "\n\nÍNDICE\n\nPrólogo............ 30\n\nCuentas............. 9\n\nLámparas........... 20\n\n"
    rest += "Puentes............. 4\n\nTorres............. 11\n"
    assert Role.CONTENTS not in {role for role, _ in behind(book("PRÓLOGO\n\n", "\n\nI\n\n", "\n\nII\n\n"), rest)}

"""First heads below title pages, titles that their sisters have, and what stands within text and heads nothing."""

import pytest

from tests.label.test_headings import PROSE, book, headings

GAP = "\n\n\n\n"
STANZA = "  The lamp is lit, and no one climbs the stair,\n  The oil is paid for, and the wick is spare;\n"
CHAPTERS = book("CHAPTER I\n\n", f"{GAP}CHAPTER II\n\n")


def centred(*rows: str) -> str:
    """Set rows in the middle, a blank line between each two."""
    return "\n\n".join(" " * (35 - len(row) // 2) + row for row in rows)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            f"{centred('THE KETTLE;', 'OR,', 'THE LAMP', 'By', 'ORLA PENN')}{GAP}\n"
            f"{centred('INTRODUCTION.')}\n\n{PROSE}{GAP}\n{CHAPTERS}",
            [(1, "THE KETTLE; | OR, | THE LAMP"), (1, "INTRODUCTION."), (1, "CHAPTER I"), (1, "CHAPTER II")],
            id="a title page ends far above a head that stands over text",
        ),
        pytest.param(
            f"{centred('THE KETTLE', 'BY', 'ORLA PENN')}{GAP}\n"
            f"""{centred("THE 'LAMP OF THE NATION'")}\n\n{PROSE}{GAP}\n{CHAPTERS}""",
            [(1, "THE KETTLE"), (1, "THE 'LAMP OF THE NATION'"), (1, "CHAPTER I"), (1, "CHAPTER II")],
            id="so it does above a head in quotation marks",
        ),
        pytest.param(
            f"THE KETTLE AND OTHER POEMS\n\nBY ORLA PENN{GAP}{book('PREFACE' + chr(10) * 2)}{GAP}"
            f"{centred('THE WICK;', 'OR,', 'THE POT OF OIL.', 'A STORY FROM OST.')}\n\n\n{STANZA}{GAP}"
            f"{centred('THE WEIR.')}\n\n\n{STANZA}",
            [
                (1, "THE KETTLE AND OTHER POEMS"),
                (1, "PREFACE"),
                (1, "THE WICK; | OR, | THE POT OF OIL. | A STORY FROM OST."),
                (1, "THE WEIR."),
            ],
            id="rows in the middle, with “or” between, are a head and no title page",
        ),
        pytest.param(
            book(
                "REMARKS ON NETS.\n\n",
                f"{GAP}{centred('REMARKS ON VARIOUS SUBJECTS.', 'I. On Oil.')}\n\n",
                f"\n{centred('II. On the Wicks of Lamps.')}\n\n",
                f"\n{centred('III. Of Airs.')}\n\n",
            ),
            [
                (1, "REMARKS ON NETS."),
                (1, "REMARKS ON VARIOUS SUBJECTS."),
                (2, "I. On Oil."),
                (2, "II. On the Wicks of Lamps."),
                (2, "III. Of Airs."),
            ],
            id="titles in the middle that count up, with a stop",
        ),
        pytest.param(
            book(
                "PREFACE\n\n",
                f"{GAP}INTRODUCTION\n\nOf the Idea of a Lamp\n\n",
                f"{GAP}FIRST PART\n\nELEMENTS OF PURE LIGHT\n{GAP}BOOK I\n\nThe Use of Oil\n\n\n\n"
                "CHAPTER I\n\nOf Wicks in General\n\n",
                "\n\n\nCHAPTER II\n\nOf Jars\n\n",
                f"{GAP}BOOK II\n\nThe Use of Water\n\n\n\nCHAPTER I\n\nOf Weirs\n\n",
                f"{GAP}SECOND PART\n\nMETHOD OF PURE LIGHT\n\n",
            ),
            [
                (1, "PREFACE"),
                (1, "INTRODUCTION | Of the Idea of a Lamp"),
                (1, "FIRST PART | ELEMENTS OF PURE LIGHT"),
                (2, "BOOK I | The Use of Oil"),
                (3, "CHAPTER I | Of Wicks in General"),
                (3, "CHAPTER II | Of Jars"),
                (2, "BOOK II | The Use of Water"),
                (3, "CHAPTER I | Of Weirs"),
                (1, "SECOND PART | METHOD OF PURE LIGHT"),
            ],
            id="what one part has below its number as its title, the others have too, and a preface",
        ),
        pytest.param(
            book(
                *(
                    f"{GAP}BOOK {sign}\n\n{title}\n\n\nI\n\n{PROSE}\n\n\nII\n\n{PROSE}\n\n\nIII\n\n"
                    for sign, title in (("I", "The Quay"), ("II", "The Weir"), ("III", "Orla's Boys"))
                )
            ),
            [
                one
                for title in ("BOOK I | The Quay", "BOOK II | The Weir", "BOOK III | Orla's Boys")
                for one in ((1, title), (2, "I"), (2, "II"), (2, "III"))
            ],
            id="all books have titles, and the chapters in them none",
        ),
        pytest.param(
            f"THE KETTLE\n\nBY ORLA PENN{GAP}"
            + book(
                "PREFACE\n\n",
                f"\n\n\nLETTER FROM JONAS TRANTER, ESQ.\n\n{' ' * 40}OST, April 22, 1845.\n\nMy Dear Friend:\n\n",
            )
            + f"\n      Yours truly,\n            JONAS TRANTER.\n{GAP}{CHAPTERS}",
            [
                (1, "THE KETTLE"),
                (1, "PREFACE"),
                (1, "LETTER FROM JONAS TRANTER, ESQ."),
                (1, "CHAPTER I"),
                (1, "CHAPTER II"),
            ],
            id="a letter that is named as a part of the book",
        ),
        pytest.param(
            book("CHAPTER I\n\n")
            + "\nOn the shed one could read, in white letters taller than a man:\n\n     T. B. C. Co.\n\n"
            "which might have meant anything; and under it, lower down and much\nsmaller, some sailor had put a sign.\n"
            + book(f"{GAP}CHAPTER II\n\n", f"{GAP}CHAPTER III\n\n"),
            [(1, "CHAPTER I"), (1, "CHAPTER II"), (1, "CHAPTER III")],
            id="what is read within a sentence heads nothing",
        ),
        pytest.param(
            "LETTERS TO A NEPHEW\n\nBY ORLA PENN"
            + f"{GAP}{book('SPECIAL INTRODUCTION' + chr(10) * 2)}\n{' ' * 50}O. P.\n{GAP}{centred('1746-1747')}{GAP}"
            + book(
                f"{centred('LETTER I')}\n\n",
                f"{GAP}{centred('LETTER II')}\n\n",
                f"{GAP}{centred('LETTER III')}\n\n",
                f"{GAP}{centred('1748')}{GAP}{centred('LETTER IV')}\n\n",
            ),
            [
                (1, "LETTERS TO A NEPHEW"),
                (1, "SPECIAL INTRODUCTION"),
                (1, "1746-1747"),
                (2, "LETTER I"),
                (2, "LETTER II"),
                (2, "LETTER III"),
                (1, "1748"),
                (2, "LETTER IV"),
            ],
            id="years far below a signature head the letters of those years",
        ),
        pytest.param(
            "IL LUME\n\n\n"
            + "\n\n".join(
                f"\n{title}\n\n{day}\n\n{PROSE}"
                for title, day in (
                    ("La scuola", "17, lunedì"),
                    ("Il maestro", "18, martedì"),
                    ("La lampada", "21, venerdì"),
                    ("Il molo", "25, martedì"),
                    ("La rete", "28, venerdì"),
                )
            ),
            [(1, "IL LUME"), *((1, one) for one in ("La scuola", "Il maestro", "La lampada", "Il molo", "La rete"))],
            id="days right below titles head nothing",
        ),
        pytest.param(
            centred("HISTORY OF THE", "CONQUEST OF OST", "BY")
            + f"\n{centred('ORLA PENN')}\n\n"
            + centred('"Lumina nocte ferens alium mansurus in orbem."')
            + f"\n{centred('LUMEN, Carmina, lib. v.')}\n\n{centred('IN TWO VOLUMES')}\n{centred('VOL. I')}{GAP}\n"
            + book(
                f"{centred('BOOK I.', 'INTRODUCTION.', 'VIEW OF THE FERRY.')}\n{GAP}"
                f"{centred('CHAPTER I.', 'OF NETS.')}\n\n",
                f"{GAP}{centred('CHAPTER II.', 'OF ROPES.')}\n\n",
                f"{GAP}{centred('BOOK II.', 'OF THE WEIR.')}\n{GAP}{centred('CHAPTER I.', 'OF OIL.')}\n\n",
            ),
            [
                (1, "HISTORY OF THE | CONQUEST OF OST"),
                (1, "BOOK I. | INTRODUCTION. | VIEW OF THE FERRY."),
                (2, "CHAPTER I. | OF NETS."),
                (2, "CHAPTER II. | OF ROPES."),
                (1, "BOOK II. | OF THE WEIR."),
                (2, "CHAPTER I. | OF OIL."),
            ],
            id="volumes below a motto are of the title page; two rows below a number are its title",
        ),
    ],
)
def test_a_book_keeps_its_heads_and_what_is_none_stays_text(text: str, expected: list[tuple[int, str]]) -> None:
    assert headings(text) == expected

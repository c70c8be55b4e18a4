"""Parts over pieces, titles torn from their numbers, and what stands as its sisters do."""

import pytest

from pipeline.label import label
from pipeline.model import Line, Role
from tests.label.test_headings import PROSE, book, headings

GAP = "\n\n\n\n"


def displayed(number: str, indent: int) -> str:
    rows = (f"THE {number} BOOK OF THE", "KETTLE", "_Telling_", "THE LEGEND OF THE RED WEIR,", "OR", "OF PATIENCE.")
    return "\n".join(" " * (indent - len(row) // 2) + row for row in rows)


DISPLAYED = " | ".join(
    ("THE {} BOOK OF THE", "KETTLE", "_Telling_", "THE LEGEND OF THE RED WEIR,", "OR", "OF PATIENCE.")
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            book(
                "PART I.\n\nOF NETS.\n\n      ------\n\nCHAPTER I. KNOTS\n\n",
                "\n\n\nCHAPTER II. ROPES\n\n",
                f"{GAP}PART II.\n\nOF BOATS.\n\n      ------\n\nCHAPTER III. TILLERS\n\n",
                "\n\n\nCHAPTER IV. SAILS\n\n",
            ),
            [
                (1, "PART I. | OF NETS."),
                (2, "CHAPTER I. KNOTS"),
                (2, "CHAPTER II. ROPES"),
                (1, "PART II. | OF BOATS."),
                (2, "CHAPTER III. TILLERS"),
                (2, "CHAPTER IV. SAILS"),
            ],
            id="a rule drawn below a head parts nothing",
        ),
        pytest.param(
            book(
                "PROLOGUE\n\n",
                f"{GAP}FIRST WATCH\n\nTHE LAMP IS LIT (1848)\n\n_Told by the keeper_\n\n\nCHAPTER I\n\n",
                "\n\n\nCHAPTER II\n\n",
                f"{GAP}SECOND WATCH\n\nTHE LAMP IS OUT (1849)\n\n_Told by several_\n\n\nCHAPTER I\n\n",
                "\n\n\nCHAPTER II\n\n",
                f"{GAP}EPILOGUE\n\n",
            ),
            [
                (1, "PROLOGUE"),
                (1, "FIRST WATCH | THE LAMP IS LIT (1848)"),
                (2, "CHAPTER I"),
                (2, "CHAPTER II"),
                (1, "SECOND WATCH | THE LAMP IS OUT (1849)"),
                (2, "CHAPTER I"),
                (2, "CHAPTER II"),
                (1, "EPILOGUE"),
            ],
            id="what is counted in words has its title below, and chapters that begin again",
        ),
        pytest.param(
            book(
                "                 A LETTER OF THE AUTHOR\n\n\n",
                f"\n                         Yours most humbly,\n{' ' * 36}_O. Penn_.\n    23. January. 1589.\n{GAP}"
                f"{displayed('FIRST', 32)}{GAP}CANTO I\n\n",
                f"{GAP}CANTO II\n\n",
                f"{GAP}{displayed('SECOND', 32)}{GAP}CANTO I\n\n",
            ),
            [
                (1, "A LETTER OF THE AUTHOR"),
                (1, DISPLAYED.format("FIRST")),
                (2, "CANTO I"),
                (2, "CANTO II"),
                (1, DISPLAYED.format("SECOND")),
                (2, "CANTO I"),
            ],
            id="a head of many rows in the middle, below a signature",
        ),
        pytest.param(
            book(
                "SECTION I.\n\nOF NETS.\n\n",
                f"{GAP}SECTION II.\n\nOF ROPES.\n\n",
                f"{GAP}SECTION III.\n\nOF LAMPS.\n\n\nPART I.\n\n",
                "\n\n\nPART II.\n\n",
                f"{GAP}SECTION IV.\n\nOF OIL.\n\n\nPART I.\n\n",
                "\n\n\nPART II.\n\n",
            ),
            [
                (1, "SECTION I. | OF NETS."),
                (1, "SECTION II. | OF ROPES."),
                (1, "SECTION III. | OF LAMPS."),
                (2, "PART I."),
                (2, "PART II."),
                (1, "SECTION IV. | OF OIL."),
                (2, "PART I."),
                (2, "PART II."),
            ],
            id="parts that begin again in sections lie in these",
        ),
        pytest.param(
            "KETTLES\n\nCONTENTS.\n\nBeginnings:\n    I. The Potter            3\n   II. The Smith            21\n\n"
            f"The Quay                    43\nThe Lamp                    52\nThe Weir                    80{GAP}"
            + book(
                "BEGINNINGS.\n\n\nI.\n\nTHE POTTER.\n\n",
                f"{GAP}\nII.\n\nTHE SMITH.\n\n",
                f"{GAP}\nTHE QUAY.\n\n",
                f"{GAP}\nTHE LAMP.\n\n",
                f"{GAP}\nTHE WEIR.\n\n",
            ),
            [
                (1, "KETTLES"),
                (1, "BEGINNINGS."),
                (2, "I. | THE POTTER."),
                (2, "II. | THE SMITH."),
                (1, "THE QUAY."),
                (1, "THE LAMP."),
                (1, "THE WEIR."),
            ],
            id="numbers that the contents set in below the part right above them",
        ),
        pytest.param(
            "KETTLES\n\nCONTENTS\n\nPREFACE                   3\nOF NETS                   9\n"
            "    The Long Net         11\n    The Short Net        12\nOF BOATS                 20\n"
            f"    The Old Hull         21{GAP}"
            + book(
                "PREFACE\n\n",
                f"{GAP}OF NETS\n\nThe Long Net.\n\n",
                "\nThe Short Net.\n\n",
                f"{GAP}OF BOATS\n\nThe Old Hull.\n\n",
            ),
            [
                (1, "KETTLES"),
                (1, "PREFACE"),
                (1, "OF NETS"),
                (2, "The Long Net."),
                (2, "The Short Net."),
                (1, "OF BOATS"),
                (2, "The Old Hull."),
            ],
            id="side heads close to the text that the contents set in",
        ),
        pytest.param(
            f"THE FERRY MONTHLY.\n\nMAY, 1886.{GAP}"
            + book(
                "THE AGE OF NETS.\n\nBY ORLA PENN.\n\n\n",
                f"{GAP}THE AGE OF ROPES.\n\nBY IB TRANTER.\n\n\n",
                f"{GAP}THE AGE OF OIL.\n\nBY M. OLDACRE.\n\n\n",
                f"{GAP}{' ' * 25}THE KEEPER'S TABLE.\n\n{' ' * 23}_A PLEA FOR LAMPS._\n\n",
                f"\n\n{' ' * 21}_THE COUNT OF THE GULLS._\n\n",
            ),
            [
                (1, "THE FERRY MONTHLY."),
                (1, "THE AGE OF NETS."),
                (1, "THE AGE OF ROPES."),
                (1, "THE AGE OF OIL."),
                (1, "THE KEEPER'S TABLE."),
                (2, "_A PLEA FOR LAMPS._"),
                (2, "_THE COUNT OF THE GULLS._"),
            ],
            id="the first article of a magazine, and pieces in italics in the middle",
        ),
        pytest.param(
            "KETTLES\n\nCONTENTS\n\nPREFACE\nLIFE OF TRANTER\n\nTHE FERRY TALES\n    The Potter's Tale\n"
            f"    The Smith's Tale{GAP}"
            + book(
                "PREFACE.\n\n",
                f"{GAP}\nTHE FERRY TALES.{GAP}THE POTTER'S TALE.\n\n",
                f"{GAP}THE SMITH'S TALE.\n\n",
                f"{GAP}LIFE OF JONAS TRANTER.\n\n",
            ),
            [
                (1, "KETTLES"),
                (1, "PREFACE."),
                (1, "THE FERRY TALES."),
                (2, "THE POTTER'S TALE."),
                (2, "THE SMITH'S TALE."),
                (1, "LIFE OF JONAS TRANTER."),
            ],
            id="an entry that leaves a word out in the midst",
        ),
        pytest.param(
            book(
                f"FIRST PART{GAP}I\n\n",
                f"{GAP}II\n\n",
                f"{GAP}SECOND PART{GAP}I\n\n",
                f"{GAP}II\n\n",
                f"{GAP}PLEAS AND VERDICT\n{GAP}PLEA OF THE MILLER\n\n",
                f"{GAP}VERDICT\n\n",
            ),
            [
                (1, "FIRST PART"),
                (2, "I"),
                (2, "II"),
                (1, "SECOND PART"),
                (2, "I"),
                (2, "II"),
                (1, "PLEAS AND VERDICT"),
                (2, "PLEA OF THE MILLER"),
                (2, "VERDICT"),
            ],
            id="a leaf behind the parts of the book stands over what follows it",
        ),
    ],
)
def test_parts_stand_over_their_pieces_and_keep_their_titles(text: str, expected: list[tuple[int, str]]) -> None:
    assert headings(text) == expected


@pytest.mark.parametrize(
    ("order", "heads"),
    [(("First", "Second"), True), (("First", "Second", "First"), False), (("Second", "Third"), False)],
)
def test_what_is_counted_in_order_over_prose_is_a_heading(order: tuple[str, ...], heads: bool) -> None:
    text = book("OF OIL\n\n", f"{GAP}OF NETS\n\n", *(f"\n{one} Watch.\n\n" for one in order), f"{GAP}OF WEIRS\n\n")
    found = [words for _, words in headings(text)]
    assert [f"{one} Watch." in found for one in order] == [heads] * len(order)


def test_whence_a_piece_is_stands_between_its_number_and_its_title() -> None:
    text = book(
        "CHAPTER I\n\nTHE QUAY\n\n\n",
        f"{GAP}CHAPTER II\n\nTHE WEIR\n\n\n",
        f"{GAP}APPENDIX A\n\n(FROM THE OST HERALD OF MARCH 29, 1882)\n\nVOYAGE OF THE RELIEF BOAT\n\n",
        f"{GAP}APPENDIX B\n\nTHE WEIR COMMISSION\n\n",
    )
    assert headings(text)[2:] == [
        (1, "APPENDIX A | (FROM THE OST HERALD OF MARCH 29, 1882) | VOYAGE OF THE RELIEF BOAT"),
        (1, "APPENDIX B | THE WEIR COMMISSION"),
    ]


def test_what_a_list_of_pictures_names_heads_nothing() -> None:
    listed = "\n\n".join(("THE PUNT UNDER WAY, _Frontispiece._", "ORLA PENN", "THE WEIR, EVENING", "A LAMP OF OST"))
    text = f"KETTLES\n\nBY ORLA PENN{GAP}LIST OF ILLUSTRATIONS\n\n\n{listed}{GAP}" + book(
        "CHAPTER I\n\n", f"{GAP}CHAPTER II\n\n", f"{GAP}CHAPTER III\n\n"
    )
    lines = [Line(number, line) for number, line in enumerate(text.split("\n"), 1)]
    found = {lines[one.line - 1].text: one.role for one in label(lines)}
    assert {found[row] for row in listed.split("\n\n")} == {Role.ITEM}


def test_no_address_or_day_is_a_sister_of_headings() -> None:
    heads = [f"The {what} of the Ferry" for what in ("Rope", "Lamp", "Oil", "Hull")]
    rows = ("Dear Madam,", "Yours Truly,", "Tuesday, 4 May")
    text = "\n\n".join(f"{one}\n\n{PROSE}" for pair in zip(heads, (*rows, ""), strict=True) for one in pair if one)
    assert not {row for _, row in headings(text)} & {*rows}

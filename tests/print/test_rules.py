"""What is decided before the press runs: sizes by name, titles that fit, spaces that do not break, joined ranges."""

from __future__ import annotations

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import Exit, OctavoError
from pipeline.fonts import foreign
from pipeline.forms.elements import JOINER, is_letter
from pipeline.forms.french import NBSP
from pipeline.forms.lowered import SmallLetters, are_sentences
from pipeline.print.boxes import letters_in
from pipeline.print.heads import first_words, short_title
from pipeline.print.index import ranges
from pipeline.print.sheet import STYLES, TRIMS, gutter, sheet_named
from pipeline.print.typography import compose, hold, part, tie


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("trim", TRIMS)
def test_every_style_fits_every_trim_size(style: str, trim: str) -> None:
    sheet = sheet_named(style, trim)
    assert sheet.measure + gutter(1000) < sheet.width
    assert sheet.lines * sheet.line < sheet.height * 0.9


@pytest.mark.parametrize(
    ("style", "trim", "expected"),
    [
        ("", "", ("classic", "A5")),
        ("Large-Print", "", ("large-print", "B5")),
        ("screen", "", ("screen", "tablet")),
        ("classic", "us-trade", ("classic", "6x9")),
        ("classic", "6×9", ("classic", "6x9")),
        ("classic", "a4", ("classic", "A4")),
    ],
)
def test_names(style: str, trim: str, expected: tuple[str, str]) -> None:
    sheet = sheet_named(style, trim)
    assert (sheet.style, sheet.trim) == expected


def test_large_print_has_nothing_under_sixteen_points() -> None:
    sheet = sheet_named("large-print")
    assert min(sheet.size, sheet.note_size) >= 16


@pytest.mark.parametrize(("style", "trim", "near"), [("clasic", "", "classic"), ("", "B6", "B5")])
def test_an_unknown_name_is_an_error_that_names_the_nearest(style: str, trim: str, near: str) -> None:
    with pytest.raises(OctavoError, match=near) as caught:
        sheet_named(style, trim)
    assert caught.value.exit_code == Exit.SETTINGS


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("The Lamp Room.", "The Lamp Room"),
        ("A Lamp Nobody Asked For, or How the Village of Orle Lit Its Own Headland", "A Lamp Nobody Asked For"),
        (
            "The Price of Whale Oil at the Harbour in the Years before the Fire",
            "The Price of Whale Oil at the Harbour in the Years before the Fire",
        ),
        ("Part Two: The Keepers", "Part Two: The Keepers"),
        (
            "Part Three: The Keepers of the Upper Light, of the Lower Light, and of the Ledger",
            "The Keepers of the Upper Light",
        ),
        ("Lamps " * 30, ""),
        (
            "Of the Absence of Fish of All Kinds in the Upper Reaches of the River Orle",
            "Of the Absence of Fish of All Kinds",
        ),
        (
            "FRESH, SALTED, AND DRIED FISH AND ITS KEEPING ON LONG VOYAGES IN WINTER",
            "FRESH, SALTED, AND DRIED FISH AND ITS KEEPING",
        ),
        ("灯" * 90, ""),
        ("THE LAMPS THAT WERE LIT: A TALE OF THE UPPER AND OF THE LOWER LIGHT", "THE LAMPS THAT WERE LIT"),
        (
            "A SHORT ACCOUNT OF THE QUARREL OF MILLERS ON THE HEIGHT OF WEIRS",
            "A SHORT ACCOUNT OF THE QUARREL OF MILLERS",
        ),
        (
            "THE YEARLY COST OF THE UPKEEP OF THE LAMP UPON THE ROCKS AND THE SHOALS",
            "THE YEARLY COST OF THE UPKEEP OF THE LAMP",
        ),
        (
            "ON THE CAUSES OF THE SCARCITY OF FRESHWATER MUSSELS OF EVERY KIND IN ORLE",
            "ON THE CAUSES OF THE SCARCITY OF FRESHWATER MUSSELS",
        ),
        ("PRICES OF OIL AND OF THE TRIMMING OR MENDING OF THE LAMPS AT ORLE WEIR", "PRICES OF OIL"),
        (
            "WOODEN, MOSSY, AND LOW-BUILT GATES ARE THE MOST COSTLY OF ALL GATES",
            "WOODEN, MOSSY, AND LOW-BUILT GATES ARE THE MOST COSTLY",
        ),
        ("A LIST OF THE COMMON FERRY WORDS USED IN ALL THE LOWER PARISHES", "A LIST OF THE COMMON FERRY WORDS"),
        ("WATCHMAN No. 2. Of the Strange Boats and of All the Harm That They Have Done", "WATCHMAN No. 2"),
    ],
)
def test_running_heads_end_where_a_phrase_of_the_title_ends(title: str, expected: str) -> None:
    assert short_title(title, sheet_named("classic")) == expected


@pytest.mark.parametrize(
    ("lang", "title", "expected"),
    [
        (
            "fr",
            "Des effets probables de l’action de la rivière sur les berges et sur ceux qui y demeurent",
            "Des effets probables de l’action de la rivière",
        ),
        (
            "fr",
            "ESQUISSE HISTORIQUE DES PROGRÈS DE L’OPINION SUR L’ORIGINE DES BARRAGES",
            "ESQUISSE HISTORIQUE DES PROGRÈS DE L’OPINION",
        ),
        (
            "de",
            "HISTORISCHE SKIZZE DER FORTSCHRITTE IN DEN ANSICHTEN VON DEN WEHREN",
            "HISTORISCHE SKIZZE DER FORTSCHRITTE",
        ),
        (
            "nl",
            "GESCHIEDENIS VAN HET ONTSTAAN DER MEENINGEN OVER DE STUWEN IN DE RIVIER",
            "GESCHIEDENIS VAN HET ONTSTAAN DER MEENINGEN",
        ),
        ("es", "BOSQUEJO HISTÓRICO DE LOS PROGRESOS DE LA OPINIÓN SOBRE LAS PRESAS", "BOSQUEJO HISTÓRICO"),
        ("it", "COMPENDIO STORICO DEI PROGRESSI DELL’OPINIONE SULL’ORIGINE DELLE CHIUSE", "COMPENDIO STORICO"),
        ("fi", "KATSAUS PATOJEN SYNTYÄ KOSKEVIEN KÄSITYSTEN VAIHEISIIN VIIME VUOSINA", ""),
    ],
)
def test_phrases_are_those_of_the_language(lang: str, title: str, expected: str) -> None:
    assert short_title(title, sheet_named("classic"), lang) == expected


def test_where_no_phrase_is_short_enough_the_first_words_say_the_book_s_title() -> None:
    assert first_words("Lamps " * 30, sheet_named("classic")) == " ".join(["Lamps"] * 11)
    assert first_words("灯" * 90, sheet_named("classic")) == f"{'灯' * 29}…"


@pytest.mark.parametrize(
    "tied",
    [
        "19~January 1938",
        "January~19, 1938",
        "J.~V.~Keeper",
        "J.V.~Keeper",
        "p.~144",
        "vol.~XII",
        "No.~5",
        "Dr.~Watson",
        "5~million lamps",
        "a lamp~– and a wick",
    ],
)
def test_what_belongs_together_is_tied(tied: str) -> None:
    assert tie(tied.replace("~", " ")) == tied.replace("~", NBSP)


@pytest.mark.parametrize(
    "loose", ["the winter of 1938 was long", "May he come.", "I am. You are.", "no 5 lamps", "Gen. Brackenwatersby"]
)
def test_what_does_not_is_not(loose: str) -> None:
    assert tie(loose) == loose


@pytest.mark.parametrize(
    ("text", "parted"),
    [
        ("the watermill at the embankment", 0),
        ("Weir-keeper’s—embankment-and-sluicegate—correspondence", 0),
        ("https://mills.example/of-the-weir/and-of-the-embankment", 0),
        ("0123456789abcdef" * 3, 5),
        ("the\u00a0weir\u202fwas\u00a0low " * 20, 0),  # no three lines are held together
        ("a\u00a0" * 150, 150),
    ],
)
def test_only_what_has_no_place_to_break_is_given_some(text: str, parted: int) -> None:
    assert part(text).count("\u200b") == parted
    assert part(text).replace("\u200b", "") == text


@given(st.text())
def test_tying_changes_nothing_but_spaces(text: str) -> None:
    assert tie(text).replace(NBSP, " ").replace(JOINER, "") == text.replace(NBSP, " ").replace(JOINER, "")


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        ([], []),
        ([3], [(3, 3)]),
        ([3, 3, 4, 5, 9], [(3, 5), (9, 9)]),
        ([9, 1, 2], [(1, 2), (9, 9)]),
    ],
)
def test_pages_that_follow_each_other_are_joined(pages: list[int], expected: list[tuple[int, int]]) -> None:
    assert [(first, last) for first, last, _ in ranges((page, "") for page in pages)] == expected


def test_letters_that_the_body_face_lacks() -> None:
    assert foreign("Straße, слово, ελληνικά, œuvre — “é”\u00a0\n") == []
    assert foreign("ბა") == ["ა", "ბ"]


@given(st.text() | st.text("a \u00a0\u200b\u2060\u2010\x1c"))
def test_letters_are_counted_at_once_as_one_by_one(text: str) -> None:
    assert letters_in(text) == sum(map(is_letter, text))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("雨は借りを忘れず、橋は約束を忘れない。" * 4, 1),
        ("ฝนไม่เคยลืมหนี้ของใคร" * 4, 1),
        ("0123456789" * 4, 5),
    ],
)
def test_words_as_long_as_a_line_may_part_but_scripts_without_spaces_know_where(text: str, parts: int) -> None:
    assert len(part(text).split("\u200b")) == parts


def test_a_heading_is_not_broken_within_a_compound() -> None:
    body = lxml.html.fragment_fromstring(
        "<h1>The Upper-Orle <em>lamp-room</em> of 1871-74</h1><p>The lamp-room</p>"
        "<h2>Semi-circumnavigation-of-islands</h2>",
        create_parent="main",
    )
    compose(body)
    joined = "".join(body.itertext())
    assert joined.replace("\u2060", "|") == (
        "The Upper-|Orle lamp-|room of 1871-74The lamp-roomSemi-circumnavigation-of-islands"
    )


@pytest.mark.parametrize(("words", "passages"), [(11, 11), (12, 1), (40, 1)])
def test_words_marked_one_by_one_are_one_passage(words: int, passages: int) -> None:
    row = " ".join(f"<em>weir{n}</em>" for n in range(words))
    body = lxml.html.fragment_fromstring(f"<p>The {row}, it ran.</p>", create_parent="main")
    said = body.text_content()
    compose(body)
    assert len(body.findall(".//em")) == passages
    assert body.text_content() == said


def test_words_that_something_stands_between_are_passages_of_their_own() -> None:
    row = "<em>a</em> b " * 12 + "<em lang='de'>c</em> <em>d</em> " * 12 + "<em>e</em><em>f</em>" * 12
    body = lxml.html.fragment_fromstring(f"<p>{row}</p>", create_parent="main")
    compose(body)
    assert len(body.findall(".//em")) == 60


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("the lamp—which nobody lit—went out", "the lamp~—which nobody lit~—went out"),
        ("— What lamp? —Who knows", "— What lamp? —Who knows"),
        ("Mrs. B——", "Mrs. B~——"),
    ],
)
def test_no_line_begins_with_a_dash_that_has_no_space(text: str, held: str) -> None:
    assert tie(text).replace(NBSP, " ").replace(JOINER, "~") == held


def test_no_line_of_a_title_ends_in_a_small_word() -> None:
    assert hold("The Count of the Isle and a Lamp-Room").replace(NBSP, "~").replace(JOINER, "") == (
        "The Count of~the~Isle and~a~Lamp-Room"
    )


def test_long_subheads_in_capitals_are_listed_as_sentences() -> None:
    book = SmallLetters(["The keeper of the lamp at Orle read what Miss Marrow wrote of the weir and I saw it."])
    for capitals, sentence in (
        ("OF THE LAMP AT ORLE; THE KEEPER’S WEIR.", "Of the lamp at Orle; the keeper’s weir."),
        ("THE WEIR. WHAT MISS MARROW SAW", "The weir. What Miss Marrow saw"),
        ("HOW I READ CHAPTER XIV Of the LAMP", "How I read chapter XIV of the lamp"),
    ):
        assert book.sentence(capitals) == sentence
    assert are_sentences(["WHAT THE KEEPER READ OF THE LAMP AND OF THE WEIR", "The Weir"])
    assert not are_sentences(["THE WEIR", "What the keeper read of the lamp and of the weir at Orle"])

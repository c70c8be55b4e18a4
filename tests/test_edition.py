"""The identifier that all editions of a book have."""

from __future__ import annotations

import itertools
import re

import pytest

from pipeline.edition import Original, filed, identifier, imprint, shown_title
from pipeline.language import words_for

FACTS = ("The Weir Keepers", "", "Orla Mell", "en", "")


def test_two_books_of_one_title_and_author_on_a_shelf_have_identifiers_of_their_own() -> None:
    plain = identifier("", FACTS, "")
    one, other = (identifier("", FACTS, name) for name in ("weirs-one", "weirs-two"))
    assert len({plain, one, other}) == 3
    assert all(found.startswith("urn:uuid:") for found in (plain, one, other))
    assert one == identifier("", iter(FACTS), "weirs-one")
    assert identifier("x-1", FACTS, "weirs-one") == "x-1"


WHOLE = Original("Lowmouth", "Harbour & Sons", "Second edition", "1874")
BARE = Original("Lowmouth", "Harbour & Sons", "", "1874")
PLACED, DATED = Original("Lowmouth", date="1874"), Original(date="1874")


@pytest.mark.parametrize(
    ("original", "lang", "said"),
    [
        (Original(), "en", ""),
        (WHOLE, "en", "Made from the edition published by Harbour & Sons, Lowmouth, 1874 (Second edition)"),
        (
            Original("", "Harbour & Sons", "Second edition", "", "text no. 12"),
            "en",
            "Made from the edition published by Harbour & Sons (Second edition; text no. 12)",
        ),
        (PLACED, "en", "Made from the edition published in Lowmouth, 1874"),
        (DATED, "en", "Made from the edition of 1874"),
        (Original("Lowmouth", "Privately printed"), "en", "Edition followed: Privately printed, Lowmouth"),
        (Original(edition="Second Lowmouth Edition"), "en", "Edition followed: Second Lowmouth Edition"),
        (Original(source="text no. 12"), "en", "Source: text no. 12"),
        (BARE, "fr", "D’après l’édition publiée par Harbour & Sons, Lowmouth, 1874"),
        (PLACED, "fr", "D’après l’édition publiée à Lowmouth, 1874"),
        (Original(edition="Deuxième édition"), "fr", "Édition suivie\u00a0: Deuxième édition"),
        (BARE, "de", "Nach der Ausgabe von Harbour & Sons, Lowmouth, 1874"),
        (PLACED, "de", "Nach der Ausgabe Lowmouth, 1874"),
        (BARE, "nl", "Naar de uitgave van Harbour & Sons, Lowmouth, 1874"),
        (PLACED, "nl", "Naar de uitgave verschenen te Lowmouth, 1874"),
        (BARE, "es", "A partir de la edición de Harbour & Sons, Lowmouth, 1874"),
        (DATED, "it", "Dall’edizione del 1874"),
        (PLACED, "pt", "A partir da edição publicada em Lowmouth, 1874"),
        (BARE, "sv", "Efter utgåvan från Harbour & Sons, Lowmouth, 1874"),
        (Original(edition="Toinen painos"), "fi", "Pohjana käytetty painos: Toinen painos"),
        (BARE, "ru", "Печатается по изданию: Harbour & Sons, Lowmouth, 1874"),
        (DATED, "cs", "Podle vydání z roku 1874"),
        (BARE, "ja", "底本：Harbour & Sons、Lowmouth、1874"),
        (BARE, "zh-Hant", "底本：Harbour & Sons，Lowmouth，1874"),
        (BARE, "ar", "عن طبعة Harbour & Sons، Lowmouth، 1874"),
    ],
)
def test_an_imprint_says_in_a_sentence_what_the_book_was_made_from(original: Original, lang: str, said: str) -> None:
    assert original.made_from(words_for(lang)) == said


LANGUAGES = ["en", "fr", "de", "es", "it", "pt", "nl", "la", "ru", "uk", "pl", "cs", "sv", "da", "fi", "nb"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_whatever_is_unknown_of_the_edition_the_sentence_is_whole(lang: str) -> None:
    words = words_for(lang)
    for given in itertools.product((True, False), repeat=5):
        facts = ("Lowmouth", "Harbour & Sons", "Second edition", "1874", "text no. 12")
        original = Original(*(fact * has for fact, has in zip(facts, given, strict=True)))
        said = original.made_from(words)
        assert all((fact in said) is has for fact, has in zip(facts, given, strict=True))
        assert not re.search(r"[{}]|  |^\W|[,;:] *$|, *,|\( *\)", said)
        assert bool(said) is any(given)


def test_a_book_that_nobody_publishes_anew_shows_the_imprint_of_its_original() -> None:
    original = Original("Lowmouth", "Harbour and Sons", "", "1874")
    assert imprint("", "", original) == ["Lowmouth", "Harbour and Sons", "1874"]
    assert imprint("Weir Press", "2026", original) == ["Weir Press", "2026"]
    assert imprint("", "", Original()) == []


def test_a_volume_is_not_said_twice_on_a_title_page() -> None:
    assert shown_title("The Salt Road, Volume I", "Volume I (1845–1846)") == "The Salt Road"
    assert shown_title("The Salt Road, Volume I", "Volume II") == "The Salt Road, Volume I"
    assert shown_title("The Salt Road", "A Chronicle") == "The Salt Road"


@pytest.mark.parametrize(
    ("name", "lang", "sorted_by"),
    [
        ("Ada Quill", "en", "Quill, Ada"),
        ("A. J. Marrow", "en", "Marrow, A. J."),
        ("Ida van den Berg", "nl", "Berg, Ida van den"),
        ("Jean de La Rive", "fr", "La Rive, Jean de"),
        ("Osip Tarn, Jr.", "en", "Tarn, Osip, Jr."),
        ("Иван Ламповой", "ru", "Ламповой, Иван"),
        ("Quill, Ada", "en", "Quill, Ada"),
        ("Kovács Ilona", "hu", ""),
        ("山田 花子", "ja", ""),
        ("The Weir Board", "en", ""),
        ("Lamp Society", "en", ""),
        ("Ada of Orle", "en", ""),
        ("Lampwright", "en", ""),
        ("", "en", ""),
    ],
)
def test_catalogues_sort_people_by_their_families_where_it_is_sure_which_word_that_is(
    name: str, lang: str, sorted_by: str
) -> None:
    assert filed(name, lang) == sorted_by

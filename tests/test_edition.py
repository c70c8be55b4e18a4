"""The identifier that all editions of a book have."""

from __future__ import annotations

import pytest

from pipeline.edition import Original, identifier, imprint, shown_title
from pipeline.language import words_for

FACTS = ("The Weir Keepers", "", "Orla Mell", "en", "")


def test_two_books_of_one_title_and_author_on_a_shelf_have_identifiers_of_their_own() -> None:
    plain = identifier("", FACTS, "")
    one, other = (identifier("", FACTS, name) for name in ("weirs-one", "weirs-two"))
    assert len({plain, one, other}) == 3
    assert all(found.startswith("urn:uuid:") for found in (plain, one, other))
    assert one == identifier("", iter(FACTS), "weirs-one")
    assert identifier("x-1", FACTS, "weirs-one") == "x-1"


@pytest.mark.parametrize(
    ("original", "lang", "said"),
    [
        (Original(), "en", ""),
        (
            Original("Lowmouth", "Harbour and Sons", "Second edition", "1874"),
            "en",
            "Made from Lowmouth: Harbour and Sons, Second edition, 1874",
        ),
        (Original(edition="Second Lowmouth Edition"), "en", "Made from: Second Lowmouth Edition"),
        (Original(edition="Toinen painos"), "fi", "Lähde: Toinen painos"),
        (Original(source="text no. 12"), "en", "Made from text no. 12"),
    ],
)
def test_what_a_book_was_made_from_is_said_without_an_article(original: Original, lang: str, said: str) -> None:
    assert original.made_from(words_for(lang)) == said


def test_a_book_that_nobody_publishes_anew_shows_the_imprint_of_its_original() -> None:
    original = Original("Lowmouth", "Harbour and Sons", "", "1874")
    assert imprint("", "", original) == ["Lowmouth", "Harbour and Sons", "1874"]
    assert imprint("Weir Press", "2026", original) == ["Weir Press", "2026"]
    assert imprint("", "", Original()) == []


def test_a_volume_is_not_said_twice_on_a_title_page() -> None:
    assert shown_title("The Salt Road, Volume I", "Volume I (1845–1846)") == "The Salt Road"
    assert shown_title("The Salt Road, Volume I", "Volume II") == "The Salt Road, Volume I"
    assert shown_title("The Salt Road", "A Chronicle") == "The Salt Road"

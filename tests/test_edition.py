"""The identifier that all editions of a book have."""

from __future__ import annotations

from pipeline.edition import identifier

FACTS = ("The Weir Keepers", "", "Orla Mell", "en", "")


def test_two_books_of_one_title_and_author_on_a_shelf_have_identifiers_of_their_own() -> None:
    plain = identifier("", FACTS, "")
    one, other = (identifier("", FACTS, name) for name in ("weirs-one", "weirs-two"))
    assert len({plain, one, other}) == 3
    assert all(found.startswith("urn:uuid:") for found in (plain, one, other))
    assert one == identifier("", iter(FACTS), "weirs-one")
    assert identifier("x-1", FACTS, "weirs-one") == "x-1"

"""The index of works: titles as the notes and the bibliography have them."""

from __future__ import annotations

import pytest

from pipeline.housestyle import marks_of
from pipeline.language import words_for
from pipeline.print.index import index_of_works


@pytest.mark.parametrize(
    ("lang", "title", "wanted"),
    [
        ("en", "'I Know the Net Now': Keepers on Stage", "“‘I Know the Net Now’: Keepers on Stage”"),
        ("en", "The Keeper’s “Long Watch”", "“The Keeper’s ‘Long Watch’”"),
        ("en", "The Keeper's Lamp", "“The Keeper’s Lamp”"),
        ("en-GB", "‘I Know the Net Now’: Keepers on Stage", "“‘I Know the Net Now’: Keepers on Stage”"),
        ("de", 'Der "lange" Deich', "„Der ‚lange‘ Deich“"),
    ],
)
def test_marks_within_a_title_are_inner_marks_of_the_book(lang: str, title: str, wanted: str) -> None:
    work = {"id": "one", "type": "article-journal", "title": title, "container-title": "Harbour Review"}
    assert wanted in index_of_works([work], {"one": [(3, "c")]}, words_for(lang), marks_of("", lang))

"""The index of works: titles as the notes and the bibliography have them."""

from __future__ import annotations

import lxml.html
import pytest

from pipeline.housestyle import marks_of
from pipeline.language import words_for
from pipeline.print.index import index_of_works, places


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


def test_what_a_note_at_the_end_cites_is_cited_where_the_note_is_called() -> None:
    body = lxml.html.fragment_fromstring(
        '<div><p>A net<a class="number" id="call-fn1" href="#fn1">1</a>, and a lamp '
        '<span class="citation" data-cites="orr" id="citation-1">(Orr)</span>.</p>'
        '<div class="endnotes"><span class="endnote" id="fn1"><span class="p">'
        '<span class="citation" data-cites="orr penn" id="citation-2">Orr; Penn.</span></span></span></div></div>'
    )
    pages = {"call-fn1": 4, "citation-1": 5, "citation-2": 31}
    assert places([body], pages) == {"orr": [(5, "citation-1"), (4, "call-fn1")], "penn": [(4, "call-fn1")]}

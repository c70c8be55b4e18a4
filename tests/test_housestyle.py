"""Citations in the style of the house: the marks of the text, and a comma only after a name that is turned round."""

from __future__ import annotations

import json
from pathlib import Path

import lxml.html
import pytest

from pipeline.housestyle import QuotationMarks, marks_of
from pipeline.manuscript import set_text

ENGLISH = QuotationMarks(("“", "”"), ("‘", "’"))


@pytest.mark.parametrize(
    ("text", "lang", "marks"),
    [
        ("“Pull,” she said. " * 9, "en-GB", ENGLISH),
        ("‘Pull,’ she said, ‘or ’tis lost.’ " * 9, "en", QuotationMarks(("‘", "’"), ("“", "”"))),
        ("Nobody quotes here; the keeper’s boat’s oar.", "en", ENGLISH),
        ("One “word” alone.", "de", QuotationMarks(("„", "“"), ("‚", "‘"))),
        ("Er rief: »Zieht!« " * 9, "de", QuotationMarks(("»", "«"), ("›", "‹"))),
        ("Er rief: „Zieht!“ und „Los!“ " * 9, "de", QuotationMarks(("„", "“"), ("‚", "‘"))),
        ("Elle dit : «\u202fTirez\u202f!\u202f» " * 9, "fr", QuotationMarks(("«\u202f", "\u202f»"), ("“", "”"))),
    ],
)
def test_a_book_quotes_as_its_text_does(text: str, lang: str, marks: QuotationMarks) -> None:
    assert marks_of(text, lang) == marks


def test_notes_quote_as_the_text_does_and_no_comma_follows_a_name_that_is_not_turned_round(tmp_path: Path) -> None:
    two = [{"family": "Plover"}, {"family": "Dunlin"}]
    turned = [{"family": "Knot", "given": "Eda"}, {"family": "Ruff", "given": "Tam"}]
    works = [
        {"id": "a", "type": "article-journal", "title": "Of Oars", "container-title": "Boats", "author": two},
        {"id": "b", "type": "book", "title": "Sails", "author": turned},
    ]
    (tmp_path / "works.json").write_text(json.dumps(works), encoding="utf-8")
    head = "---\nlang: en-GB\nbibliography: works.json\n---\n\n"
    html = set_text(f"{head}{'“Pull,” she said. ' * 9}[^1]\n\n[^1]: [@a; @b].\n", tmp_path).html
    text = lxml.html.fromstring(html).text_content()
    assert "Plover and Dunlin. “Of Oars”" in text
    assert "Knot, Eda, and Tam Ruff" in text
    assert "‘" not in text

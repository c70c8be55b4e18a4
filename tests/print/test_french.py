"""Signs that a French house sets off from their words, and no other."""

from __future__ import annotations

import lxml.html
import pytest

from pipeline.print.typography import compose
from pipeline.proof.spoken import check_tags
from pipeline.report import Report
from tests.pdfs import printed

THIN, NBSP = "\u202f", "\u00a0"


def composed(html: str, lang: str = "fr", languages: tuple[str, ...] = ("fr",)) -> str:
    body = lxml.html.fragment_fromstring(html, create_parent="main")
    compose(body, lang, languages)
    return body.text_content().replace(THIN, "|").replace(NBSP, "~")


@pytest.mark.parametrize(
    ("typed", "printed_so"),
    [
        ("«Qui vive?» dit-il; puis: rien!", "«|Qui vive|?|» dit-il|; puis~: rien|!"),
        ("« Qui vive ? » dit-il ; rien", "«|Qui vive|?|» dit-il|; rien"),
        ("Vraiment?! À 12:30, sur http://phare.example", "Vraiment|?! À 12:30, sur http://phare.example"),
        ("«<em>La Lampe</em>», <em>phare</em>!", "«|La Lampe|», phare|!"),
        ('Il lut <span lang="en">“No; never!”</span>; puis', "Il lut “No; never!”|; puis"),
        ("Le mot <code>a;b</code> reste", "Le mot a;b reste"),
    ],
)
def test_high_signs_and_guillemets_are_set_off(typed: str, printed_so: str) -> None:
    assert composed(f"<p>{typed}</p>") == printed_so


@pytest.mark.parametrize(("lang", "languages"), [("en", ("fr",)), ("fr-CH", ("fr",)), ("fr", ())])
def test_other_languages_and_styles_set_nothing_off(lang: str, languages: tuple[str, ...]) -> None:
    assert composed("<p>«Qui vive?» dit-il; puis: rien!</p>", lang, languages) == "«Qui vive?» dit-il; puis: rien!"


def test_the_words_of_a_book_in_french_are_the_same() -> None:
    opened = printed("---\nlang: fr\n---\n\n# Qui vive?\n\n«Qui vive?» dit-il; puis: «*rien*»!\n")
    assert opened.codes == []
    report = Report()
    check_tags(opened.book.pdf, opened.book.own, opened.book.html, report)
    assert [finding.code for finding in report.findings] == []
    assert not any(" ?" in line for line in opened.book.html.splitlines())

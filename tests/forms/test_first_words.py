"""The first words of chapters: small capitals where the source has them in capitals, and nothing else."""

from __future__ import annotations

import lxml.html
import pytest

from pipeline.forms.first_words import set_first_words

MORE = "<p>The lamp and a weir have seen what is in it; when we came, nobody had.</p>"


def marked(*openings: str, more: str = MORE) -> list[str]:
    """Return the paragraphs of a book whose chapters open so, with what is small capitals in square brackets."""
    chapters = "".join(f"<section><h1>{n}</h1><p>{text}</p>{more}</section>" for n, text in enumerate(openings))
    body = lxml.html.fragment_fromstring(chapters, create_parent="main")
    before = body.text_content()
    set_first_words(body)
    assert body.text_content() == before
    for span in body.find_class("first-words"):
        span.text = f"[{span.text}]"
    return [section.xpath("string(p)") for section in body]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("THE lamp is lit.", "T[HE] lamp is lit."),
        ("WE HAVE seen the weir.", "W[E HAVE] seen the weir."),
        ("“IN a lamp,” he said.", "“I[N] a lamp,” he said."),
        ("A LAMP is lit.", "A [LAMP] is lit."),
        ("NATO had seen it.", "NATO had seen it."),  # the book has no such word in small letters
        ("THE LAMP. It is lit.", "THE LAMP. It is lit."),  # no sentence opens so
        ("THE LAMP Company lit it.", "THE LAMP Company lit it."),
        ("The lamp is lit.", "The lamp is lit."),
        ("I have seen it.", "I have seen it."),
    ],
)
def test_words_in_capitals_that_open_a_chapter_are_small_but_for_the_first_letter(text: str, shown: str) -> None:
    assert marked("THE weir is shut.", text, "WHEN we came, it was dark.")[1] == shown


def test_what_greets_stands_before_the_first_words() -> None:
    chapter = f"<h1>One</h1><p>To the Keepers of the Weir:</p><p>WE HAVE seen the lamp.</p>{MORE}"
    body = lxml.html.fragment_fromstring(chapter * 2, create_parent="main")
    set_first_words(body)
    assert [one.text for one in body.find_class("first-words")] == ["E HAVE"] * 2


def test_a_single_chapter_that_opens_so_is_no_habit_and_no_other_paragraph_is_meant() -> None:
    assert marked("THE lamp is lit.", "It was dark.") == ["THE lamp is lit.", "It was dark."]
    body = lxml.html.fragment_fromstring(f"<h1>One</h1>{MORE}<p>THE lamp.</p><p>WE have it.</p>", create_parent="main")
    set_first_words(body)
    assert not body.find_class("first-words")

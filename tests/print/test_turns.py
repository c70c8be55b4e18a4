"""No page is turned within a word, if it can be helped."""

from __future__ import annotations

import random
from types import SimpleNamespace

import pytest

from pipeline.print import footnotes
from pipeline.print.turns import Foot, keeping_whole
from tests.pdfs import WORDS, Opened, printed

LONG = (
    "harbourmaster",
    "lightkeeping",
    "correspondence",
    "understanding",
    "considerable",
    "remembering",
    "watch",
    "oil",
)


def book(title: str) -> Opened:
    dice = random.Random(7)
    """A few pages of long words, set ragged: whether a line may take a word less is no matter of its spaces."""
    return printed(f"# {title} {{#turns}}\n\n{' '.join(dice.choice(LONG) for _ in range(900))}.", style="screen")


def broken(opened: Opened) -> list[int]:
    """Return the pages, from 1, that end within a word."""
    ends = ([line for line in text.splitlines() if line.strip()][-2:-1] for text in opened.texts[opened.book.prelims :])
    return [n for n, lines in enumerate(ends, 1) if lines and lines[0].rstrip().endswith(("-", "\u2010", "\ufffe"))]


def test_no_recto_ends_within_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    assert {page % 2 for page in broken(book("Turns"))} == {0}
    monkeypatch.setattr(footnotes, "foot_of", lambda page: Foot())
    assert {page % 2 for page in broken(book("Ends"))} == {0, 1}


def test_the_spaces_of_a_paragraph_save_the_word_at_the_end_of_a_recto(monkeypatch: pytest.MonkeyPatch) -> None:
    dice = random.Random(2)
    words = [*WORDS, *LONG[:7]]
    text = "\n\n".join(" ".join(dice.choice(words) for _ in range(dice.randrange(80, 200))) + "." for _ in range(4))
    opened = printed(f"# Spaced {{#turns}}\n\n{text}")
    assert broken(opened) == []
    monkeypatch.setattr(footnotes, "SPACES", ())
    before = printed(f"# Words {{#turns}}\n\n{text}")
    assert broken(before) == [1]
    assert opened.book.figures.loose <= before.book.figures.loose


class Patterns:
    """Breaks each word behind its third and its fifth letter."""

    def iterate(self, word: str) -> list[tuple[str, str]]:
        return [(word[:at], word[at:]) for at in (5, 3)]


def test_only_a_word_that_breaks_there_is_kept_whole() -> None:
    layout = SimpleNamespace(dictionaries={"en": Patterns()})
    with keeping_whole(layout, ["“har"]):
        assert layout.dictionaries["en"].iterate("harbour") == []
        assert layout.dictionaries["en"].iterate("quayside") == [("quays", "ide"), ("qua", "yside")]
    assert layout.dictionaries["en"].iterate("harbour")[1] == ("har", "bour")

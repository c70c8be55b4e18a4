"""Facing pages end together, where a line less or a paragraph set otherwise makes them."""

from __future__ import annotations

import pytest

from pipeline.print import footnotes
from tests.pdfs import Opened, printed, prose


def openings(opened: Opened) -> list[tuple[int, int]]:
    """Return how many lines of text stand on the verso and the recto of each opening within the chapter."""
    counts = [len([line for line in text.splitlines() if line.strip()]) for text in opened.texts[opened.book.prelims :]]
    return [(counts[n], counts[n + 1] - 1) for n in range(1, len(counts) - 2, 2)]  # a recto has a running head besides


def test_facing_pages_end_together_by_a_line_less_or_a_paragraph_set_otherwise(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = "\n\n".join(prose(30 + 7 * seed % 90, seed) for seed in range(60))

    def uneven(title: str, style: str = "classic") -> int:
        return sum(one != other for one, other in openings(printed(f"# {title} {{#told}}\n\n{told}\n", style=style)))

    after = uneven("Weirs")
    monkeypatch.setattr(footnotes, "fittings", lambda *_: [])
    shortened = uneven("Mills")
    monkeypatch.setattr(footnotes, "beside", lambda *_: 0)
    before = uneven("Locks")
    assert after < shortened <= before

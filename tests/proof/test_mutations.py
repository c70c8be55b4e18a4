"""What a user may rely on: the proof names whatever is spoilt in a finished book, and says nothing of a sound one."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from pipeline import pandoc
from tests.mutations import Finished, finished, unnamed

GOLDEN = Path(__file__).parent.parent / "golden"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Finished:
    return finished(GOLDEN / "wrapped.txt", tmp_path_factory.mktemp("finished"))


def test_nothing_is_said_of_a_sound_book(book: Finished) -> None:
    assert not book.named("markdown", pandoc.to_ast(book.made.markdown))
    assert not book.named("epub", book.epub)
    assert not book.named("pdf", book.pdf)


@pytest.mark.parametrize(("edition", "count"), [("markdown", 150), ("epub", 150), ("pdf", 60)])
def test_a_spoilt_book_is_named(book: Finished, edition: str, count: int) -> None:
    tally: Counter[tuple[str, bool]] = Counter()
    over = unnamed(book, edition, count, 11, tally)
    assert [(one.kind, one.what) for one in over] == []
    assert len(tally) > 15  # so many kinds of faults were tried

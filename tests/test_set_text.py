"""How Pandoc is asked to set a book."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import manuscript, pandoc
from pipeline.manuscript import set_text


@pytest.mark.parametrize(
    ("text", "cites"),
    [
        ("The tide[^1] went *out*.\n\n[^1]: At five.\n", False),
        ("---\nbibliography: works.json\n---\n\nThe tide @moor says.\n", True),
        ("---\nbibliography: works.json\nnocite: '@*'\n---\n\nThe tide.\n", True),
    ],
)
def test_who_cites_nothing_needs_no_citeproc(
    text: str, cites: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "works.json").write_text('[{"id": "moor", "type": "book", "title": "Tides"}]', encoding="utf-8")
    run, asked = pandoc.run, list[bool]()

    def watched(arguments: Sequence[str], given: str, folder: Path | None = None) -> str:
        asked.append("--citeproc" in arguments)
        return run(arguments, given, folder)

    monkeypatch.setenv("OCTAVO_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(pandoc, "run", watched)
    html = set_text(text, tmp_path).html
    assert any(asked) is cites and ("Tides" in html) is cites
    monkeypatch.setattr(manuscript, "_CITING", re.compile(""))
    manuscript._set.cache_clear()
    monkeypatch.setenv("OCTAVO_CACHE", str(tmp_path / "other"))
    assert set_text(text, tmp_path).html == html and asked[-1]


WORDS = st.text("abzÉж7 ,.;:?!’“”«»()—…-", min_size=30, max_size=120)
AROUND = st.sampled_from(
    ["", "*", " [@moor]", "[@moor, p. 4 of the long old book there], ", "[^1]", ' "', " # ", "![", "](a.png)", "**"]
)
PIECES = st.tuples(st.sampled_from(["", "# ", "> ", "- ", "(1) ", "| "]), AROUND, WORDS, AROUND, WORDS, AROUND)


@settings(max_examples=20)
@given(pieces=st.lists(PIECES, min_size=1, max_size=6), style=st.sampled_from(["", "apa"]))
def test_what_was_set_with_other_words_serves_for_these(
    pieces: list[tuple[str, ...]], style: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OCTAVO_CACHE", str(tmp_path / "cache"))
    (tmp_path / "works.json").write_text('[{"id": "moor", "type": "book", "title": "Tides"}]', encoding="utf-8")
    head, end = "---\nbibliography: works.json\n---\n\n", "\n\n[^1]: The keeper of the weir, who saw it all.\n"
    first, other = ("\n\n".join(map("".join, some)) + end for some in (pieces, [_other(one) for one in pieces]))
    assert set_text(head + other, tmp_path, style).html  # what it leaves in the cache
    html = set_text(head + first, tmp_path, style).html
    manuscript._set.cache_clear()
    monkeypatch.setattr(manuscript, "dummied", lambda document: (document, []))
    assert set_text(head + first, tmp_path, style).html == html
    monkeypatch.undo()
    manuscript._set.cache_clear()


def _other(piece: tuple[str, ...]) -> tuple[str, ...]:
    """Write other words where words stand."""
    return tuple(re.sub("[abz]+(?= )", "tide", part) if len(part) > 25 else part for part in piece)


def test_another_word_is_no_work_for_pandoc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OCTAVO_CACHE", str(tmp_path / "cache"))
    text = "The keeper of the weir wrote down, each evening, how high the water stood.[^1]\n\n[^1]: In the book.\n"
    first = set_text(text, tmp_path).html
    run, asked = pandoc.run, list[str]()

    def watched(arguments: Sequence[str], given: str, folder: Path | None = None) -> str:
        asked.append(arguments[0])
        return run(arguments, given, folder)

    monkeypatch.setattr(pandoc, "run", watched)
    assert set_text(text.replace("evening", "morning"), tmp_path).html == first.replace("evening", "morning")
    assert asked == ["-f"]  # it was read, and not set

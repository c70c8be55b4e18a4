"""How Pandoc is asked to set a book."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

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

"""What a user may rely on: files in the forms that apps, archives and people really make, each as the book that it is.

``forms/KIND.txt`` holds cases: after a line ``=== name`` the text as it is given, after the last line ``---`` what
stands in the book, without the ids of headings and divisions and with what a note says in place of its call.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline import build, proof
from pipeline.report import Report
from pipeline.settings import Settings
from pipeline.write import Blocks, write_references
from tests.written import write_markdown

FORMS = Path(__file__).with_name("forms")
_SEEN = str.maketrans({"␉": "\t", "␠": " ", "␌": "\f"})


def cases() -> Iterator[tuple[str, str, str, str]]:
    for path in sorted(FORMS.glob("*.txt")):
        for part in path.read_text(encoding="utf-8").split("\n=== ")[1:]:
            name, _, rest = part.partition("\n")
            text, _, book = rest.rpartition("\n---\n")
            yield path.stem, name, text, book


def as_given(text: str) -> str:
    """Return a text with what nobody sees in it."""
    return text.translate(_SEEN)


def shown(markdown: str) -> str:
    """Return what stands in the book, a line a paragraph."""
    notes = dict(re.findall(r"^\[\^(\w+)\]: (.+)$", markdown, re.MULTILINE))
    body = re.sub(r"\A---\n.*?\n---\n", "", markdown, flags=re.DOTALL)
    body = re.sub(r"^# \S+ \{#bibliography .*", "", body, flags=re.MULTILINE | re.DOTALL)
    body = re.sub(r"^\[\^\w+\]: .*$|^:::.*$", "", body, flags=re.MULTILINE)
    body = re.sub(r" \{#[^}]*\}$", "", body, flags=re.MULTILINE)
    body = re.sub(r"\[\^(\w+)\]", lambda call: f" ({notes[call[1]]})", body)
    return re.sub(r"\n{2,}", "\n", body).strip()


@pytest.mark.parametrize(("kind", "name", "text", "book"), [pytest.param(*case, id=case[1]) for case in cases()])
def test_a_file_becomes_the_book_that_it_is(tmp_path: Path, kind: str, name: str, text: str, book: str) -> None:
    path = tmp_path / f"{name}.txt"
    path.write_text(as_given(text), encoding="utf-8")
    report = Report()
    found = build.read_source(path, Settings(), report, lambda _stage: None)
    assert kind in {claim.kind.replace(" ", "-") for claim in found.claims}
    markdown = write_markdown(found.book, Settings(), lang=found.lang)
    assert shown(markdown) == book.strip()
    references = write_references(found.book.works.values())
    meant = proof.streams_of_ast({"blocks": Blocks.of(found.book).parsed()}, references)
    streams = proof.streams_of_markdown(markdown, references)
    result = proof.check("markdown", streams, found.source, found.changes, report, meant)
    assert (result.lost, result.added) == (0, 0)

"""Paragraphs are measured once, by their content, and what is kept is what would be measured."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import lxml.html
import pytest

from pipeline import standing
from pipeline.print import shelf
from pipeline.print.boxes import Line, Shape
from pipeline.print.layout import Typesetter
from pipeline.print.shelf import MEASURED, Block, Shelf, blocks

if TYPE_CHECKING:
    from weasyprint.document import Page

WORDS = "The keeper of the weir wrote down each evening how high the water stood and who had come to see it. " * 4
RULES = "body { margin: 0 } p + p { text-indent: 20px } .narrow { margin-left: 60px }"


def body(*paragraphs: str) -> list[lxml.html.HtmlElement]:
    inside = "".join(f'<p {MEASURED}="{n}">{words}</p>' for n, words in enumerate(paragraphs, 5))
    return [lxml.html.fragment_fromstring(f'<section class="narrow"><h1>Head</h1>{inside}</section>')]


@pytest.fixture
def press(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Typesetter:
    monkeypatch.setenv("OCTAVO_CACHE", str(tmp_path))
    return Typesetter([RULES], "en")


def test_a_block_has_its_place_among_the_others() -> None:
    words = [f"{number} {WORDS}" for number in range(60)]
    found = list(blocks(body(*words)))
    assert 3 < len(found) < 30
    assert [name for block in found for name in block.names] == [str(number) for number in range(5, 65)]
    assert found[0].html.startswith('<div><section class="narrow"><h1></h1><p data-measured="0">0 The')
    assert found[1].html.startswith('<div><section class="narrow"><p></p><p data-measured="0">')
    assert all(block.html.endswith("</p><p></p></section></div>") for block in found[:-1])


def test_a_paragraph_more_or_less_changes_no_block_but_its_own() -> None:
    words = [f"{number} {WORDS}" for number in range(60)]
    before = {block.html for block in blocks(body(*words))}
    after = {block.html for block in blocks(body(*words[:30], "Somebody came.", *words[30:]))}
    assert len(after - before) <= 2


def test_a_paragraph_is_as_wide_and_indented_as_its_place_makes_it(press: Typesetter) -> None:
    shapes = press.measured(body(WORDS, WORDS), 300)
    assert (shapes["5"].indent, shapes["6"].indent) == (0, 20)
    assert shapes["5"].width == pytest.approx(400 - 60)


def test_only_what_is_new_is_measured(press: Typesetter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "RUN", 1)
    before = press.measured(body(WORDS, WORDS), 300)
    press.keep()
    asked: list[str] = []
    again = Typesetter([RULES], "en")

    def watched(html: str, rules: str) -> list[Page]:
        asked.append(html)
        return press.set(html, rules)

    monkeypatch.setattr(again, "set", watched)
    assert again.measured(body(WORDS, WORDS), 300) == before
    assert not asked
    other = again.measured(body(WORDS, "Nobody came."), 300)
    assert len(asked) == 1
    assert asked[0].count("Nobody came.") == 1
    assert "keeper" not in asked[0]
    assert len(other["6"].lines) == 1


def test_another_measure_or_style_is_another_shelf(press: Typesetter) -> None:
    wide, narrow = (press.measured(body(WORDS), measure)["5"] for measure in (300, 200))
    assert len(narrow.lines) > len(wide.lines)


def test_a_damaged_shelf_is_empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OCTAVO_CACHE", str(tmp_path))
    block = Block("<p>One.</p>", ("1",))
    shelf = Shelf("key")
    shelf.put(block, [Shape(3.25, 0.1, [Line(4, False, 0.0)]), None])
    shelf.keep()
    assert Shelf("key").shapes(block) == [Shape(3.25, 0.1, [Line(4, False, 0.0)]), None]
    path = standing.place() / "shapes" / "key"
    path.write_bytes(path.read_bytes()[:-4])
    assert Shelf("key").shapes(block) is None

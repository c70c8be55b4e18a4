"""Pages that were made once are printed from again, and the book is the same, byte by byte."""

from __future__ import annotations

import os
import pickle
import zlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import bounds, standing
from pipeline.print import formes, impressions, leaves, notearea, plates, tally
from pipeline.print.layout import Typesetter
from pipeline.print.plates import _parted
from tests.pdfs import Opened, long_notes, printed, prose

CHAPTERS = ("The Weir", "The Lock", "The Ford")


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The parts that were laid out since the cache was empty."""
    monkeypatch.setenv("OCTAVO_CACHE", str(tmp_path / "cache"))
    made: list[str] = []
    lay_out = plates.set_part

    def watched(press: Typesetter, part: plates.Part, standing: formes.Formes) -> object:
        made.append(part.html)
        return lay_out(press, part, standing)

    monkeypatch.setattr(plates, "set_part", watched)
    return made


def book(*chapters: tuple[str, str]) -> str:
    parts = [f"# {title} {{#c{number}}}\n\n{words}" for number, (title, words) in enumerate(chapters)]
    return "\n\n".join(("---\ntitle: Three Waters\nlang: en\n---", *parts, "[^a]: Said the keeper of the lock."))


def text(seed: int) -> str:
    return f"{prose(60, seed)}\n\n{prose(40, seed + 1)}[^a]" if seed == 2 else prose(90, seed)


def test_a_second_printing_lays_nothing_out_and_paints_nothing(
    asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = book(*((title, text(seed)) for seed, title in enumerate(CHAPTERS)))
    first = printed(whole)
    assert len(asked) == len(CHAPTERS)
    monkeypatch.setattr(impressions, "_painted", None)
    monkeypatch.setattr(tally, "_counted", None)
    again = printed(whole)
    assert len(asked) == len(CHAPTERS)
    assert again.book.pdf == first.book.pdf
    assert again.book.figures == first.book.figures
    assert again.codes == first.codes


def test_a_twin_keeps_what_is_bound_meanwhile(asked: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "cores", lambda: 2)
    monkeypatch.setenv("OCTAVO_PROCESSES", "2")
    monkeypatch.setattr(plates, "MANY", 0)
    whole = book(*((title, text(seed)) for seed, title in enumerate(CHAPTERS)))
    first = printed(whole)
    assert len(asked) == len(CHAPTERS)
    again = printed(whole)
    assert len(asked) == len(CHAPTERS)
    assert again.book == first.book == afresh(whole).book


def test_a_running_head_that_changes_is_set_anew_on_the_pages_that_stay(asked: list[str]) -> None:
    title = "Of the Absence of Fish in the Upper Reaches of the River"
    whole = book((title, prose(700)), (CHAPTERS[1], text(1)))
    printed(whole)
    short = whole.replace("{#c0}", '{#c0 short="No Fish"}')
    cached = printed(short)
    assert cached.book == afresh(short).book
    assert any("No Fish" in page for page in cached.texts)


def test_a_chapter_that_grows_moves_the_folios_of_the_others(asked: list[str]) -> None:
    short = [(title, text(seed)) for seed, title in enumerate(CHAPTERS)]
    printed(book(*short), openings="recto")  # beside a long chapter, the short ones would open none
    long = [(CHAPTERS[0], prose(1100)), *short[1:]]
    asked.clear()
    cached = printed(book(*long), openings="recto")
    assert len(asked) == 1
    last = cached.texts[-1].split()
    assert last[-1] == str(cached.book.pages - cached.book.prelims)
    assert int(last[-1]) > 5
    assert cached.book == afresh(book(*long), openings="recto").book


def afresh(markdown: str, openings: str = "") -> Opened:
    """Print with an empty cache."""
    before = os.environ["OCTAVO_CACHE"]
    os.environ["OCTAVO_CACHE"] = str(Path(before) / "none" / "such")
    try:
        return printed(markdown, openings=openings)
    finally:
        os.environ["OCTAVO_CACHE"] = before


@pytest.mark.parametrize("harm", ["cut", "strange"])
def test_plates_that_are_not_what_they_were_are_not_printed_from(asked: list[str], harm: str) -> None:
    whole = book((CHAPTERS[0], text(0)))
    first = printed(whole)
    (path,) = (standing.place() / "plates").iterdir()
    if harm == "cut":
        path.write_bytes(path.read_bytes()[:-20])
    else:
        standing.keep("plates", path.name, strange_plates(path.read_bytes()[64:], [Typesetter]))
    assert printed(whole).book.pdf == first.book.pdf
    assert len(asked) == 2


def strange_plates(plates: bytes, boxes: object) -> bytes:
    """Return plates of which all is known that was, with other boxes."""
    head, _ = _parted(plates)
    return b"%d\n" % len(head) + head + zlib.compress(pickle.dumps((boxes, {})))


def test_nothing_but_pages_is_read_from_plates() -> None:
    class Caller:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return os.system, ("exit 1",)

    class Press:
        fonts = None

    for strange in (Caller(), os.getcwd, standing.Told(())):
        assert plates._read(Press(), zlib.compress(pickle.dumps(([strange], {})))) is None  # type: ignore[arg-type]


def test_pages_that_are_let_go_are_laid_open_again(asked: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    chapters = [(title, f"{prose(700, seed)}[^a]") for seed, title in enumerate(CHAPTERS)]
    table = "| a | b |\n|---|---|\n" + "".join(f"| {prose(3, n)} | {prose(3, n + 1)} |\n" for n in range(60))
    whole = book(*chapters, ("The Tables", table))
    first = printed(whole)
    opened: list[int] = []
    lay_open = plates._laid_open

    def watched(*given: Any) -> list[Any]:
        opened.append(1)
        return lay_open(*given)

    monkeypatch.setattr(plates, "_laid_open", watched)
    monkeypatch.setattr(leaves, "MOST", 0)
    monkeypatch.setenv("OCTAVO_CACHE", f"{os.environ['OCTAVO_CACHE']} of another")
    again = printed(whole)
    assert again.book == first.book
    assert len(opened) >= len(asked) / 2
    opened.clear()
    assert printed(whole).book == first.book
    assert opened


def test_a_page_stands_that_did_not_change(asked: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    put_in: list[int] = []
    plain = formes._Text.put_in

    def watched(text: formes._Text, forme: formes._Forme, context: object, page_state: object) -> object:
        put_in.append(forme.state[0])
        return plain(text, forme, context, page_state)

    monkeypatch.setattr(formes._Text, "put_in", watched)
    monkeypatch.setattr(plates, "LEAST", 0)  # the part is laid out once
    paragraphs = "\n\n".join(f"{prose(80, seed)}[^a]" for seed in range(12))
    whole = book((CHAPTERS[0], paragraphs))
    first = printed(whole).book
    pages = first.pages - first.prelims
    edits = {
        ("lamp", "lock"): True,  # as long as it was: the last page is the same again
        ("lamp", f"lamp {prose(90)}"): False,
    }
    for (then, now), again in edits.items():
        place = whole.index(then, len(whole) // 2)
        whole = whole[:place] + now + whole[place + len(then) :]
        put_in.clear()
        cached = printed(whole)
        assert 1 in put_in
        assert len(put_in) < pages
        assert (pages in put_in) is again
        assert cached.book == afresh(whole).book


EDIT = st.tuples(st.integers(0, 2), st.sampled_from(["word", "paragraph", "note", "title", "back"]))


@settings(max_examples=3)
@given(st.lists(EDIT, min_size=1, max_size=3))
def test_a_book_after_edits_is_what_a_fresh_one_is(asked: list[str], edits: list[tuple[int, str]]) -> None:
    before = [(title, text(seed)) for seed, title in enumerate(CHAPTERS)]
    chapters = list(before)
    for place, edit in edits:
        title, words = chapters[place]
        changed = {
            "word": (title, words.replace("lamp", "candle", 1)),
            "paragraph": (title, f"{words}\n\n{prose(300, place)}"),
            "note": (title, f"{words}\n\nHe came back.[^a]"),
            "title": (f"{title} Again", words),
            "back": before[place],
        }
        chapters[place] = changed[edit]
        whole = book(*chapters)
        cached = printed(whole)
    fresh = afresh(whole)
    assert cached.book == fresh.book
    assert cached.codes == fresh.codes


def test_notes_measured_one_by_one_are_as_high_as_together(asked: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    lengths = (20, 60, 200)
    one_by_one = long_notes.__wrapped__(lengths).book.pdf
    monkeypatch.setattr(notearea, "_height_alone", lambda *_: None)
    monkeypatch.setenv("OCTAVO_CACHE", f"{os.environ['OCTAVO_CACHE']} of another")
    assert long_notes.__wrapped__(lengths).book.pdf == one_by_one
    assert len(asked) == 4


class Tried:
    """Sets a part in pages of so many lines on the last, by how much longer its pages are."""

    def __init__(self, **ends: tuple[int, int]) -> None:
        self.ends = ends

    def set(self, html: str, rules: str) -> list[int]:
        pages, last = self.ends[rules.removeprefix("plain") or "plain"]
        return [*[36] * (pages - 1), last]


@pytest.mark.parametrize(
    ("ends", "chosen"),
    [
        ({"plain": (33, 2), "longer": (32, 30)}, (32, 30)),
        ({"plain": (33, 2), "longer": (32, 4), "shorter": (33, 34)}, (33, 34)),  # the longer ones end as badly
        ({"plain": (33, 2), "longer": (32, 4), "shorter": (34, 1), "short": (34, 9)}, (32, 4)),
        ({"plain": (9, 5)}, (9, 5)),
    ],
)
def test_of_longer_and_shorter_pages_those_are_taken_that_end_well(
    ends: dict[str, tuple[int, int]], chosen: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plates, "lines_of_text", lambda page, line: page)
    part = plates.Part("", "plain", 12, "longer", ("shorter", "short"))
    pages = plates.set_part(Tried(**ends), part)  # type: ignore[arg-type]
    assert (len(pages), pages[-1]) == chosen


def test_a_last_page_has_more_than_a_few_lines_where_those_before_it_can_give_some(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = "\n\n".join(prose(72, seed) for seed in range(4))
    chapter = f"# The Weir {{#weir}}\n\n{told}\n\n::: {{.letter .closing .signature}}\n| The Keeper\n:::\n"

    def ends() -> tuple[int, int]:
        """The pages of the chapter, and the lines on its last one without running head, signature and folio."""
        opened = printed(chapter)
        return len(opened.texts) - opened.book.prelims, len([one for one in opened.texts[-1].splitlines() if one]) - 3

    assert ends() == (2, plates.LEAST)
    monkeypatch.setattr(plates, "LEAST", 0)
    assert ends()[1] < 4

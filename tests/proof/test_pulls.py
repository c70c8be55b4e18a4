"""What a user may rely on: what was read of a page is used again only where the page is the same, byte by byte."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Operator, Stream

from pipeline.drawer import Drawer
from pipeline.print.contact import contact_sheet
from pipeline.proof import pdf as reading
from pipeline.proof.pdf import streams_of_pdf
from pipeline.proof.pulls import Pulls, names_of_pages
from pipeline.proof.spoken import _any_contents, _plain_contents
from tests.pdfs import Opened, lamp_register

Spoil = Callable[[pikepdf.Pdf, Any], object]


@pytest.fixture(scope="module")
def opened() -> Opened:
    """A book of which all pages were read before."""
    opened = lamp_register()
    streams_of_pdf(opened.book.pdf, opened.book.own, names_of_pages(opened.book.pdf))
    return opened


def spoilt(opened: Opened, place: int, spoil: Spoil) -> bytes:
    with pikepdf.open(io.BytesIO(opened.book.pdf)) as pdf:
        spoil(pdf, pdf.pages[place].obj)
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def a_face(page: Any) -> Any:
    return next(iter(page.Resources.Font.values()))


def replaced(stream: Any, old: bytes, new: bytes) -> None:
    data = stream.read_bytes()
    assert old in data
    stream.write(data.replace(old, new))


def move_into_a_form(pdf: pikepdf.Pdf, page: Any) -> None:
    box = Array([0, 0, 600, 800])
    form = Stream(pdf, page.Contents.read_bytes(), Type=Name.XObject, Subtype=Name.Form, BBox=box)
    form.Resources = page.Resources
    page.Resources = Dictionary(XObject=Dictionary(Fm=pdf.make_indirect(form)))
    page.Contents = Stream(pdf, b"/Fm Do")


def lay_over(pdf: pikepdf.Pdf, page: Any) -> None:
    page.Contents = Array([page.Contents, Stream(pdf, b"\n1 g 0 0 600 800 re f")])


def narrow_all(pdf: pikepdf.Pdf, page: Any) -> None:
    del page["/MediaBox"]
    pdf.Root.Pages.MediaBox = Array([0, 0, 9, 9])


SPOILT: dict[str, Spoil] = {
    "letters said otherwise": lambda _, page: replaced(a_face(page).ToUnicode, b"<0001> <", b"<0001> <0041"),
    "a face cut": lambda _, page: a_face(page).DescendantFonts[0].FontDescriptor.FontFile2.write(b""),
    "white": lambda _, page: replaced(page.Contents, b"0 0 0 rg", b"1 1 1 rg"),
    "unseen": lambda _, page: replaced(page.Contents, b"BT\n", b"BT\n3 Tr\n"),
    "lain over": lay_over,
    "in a form": move_into_a_form,
    "off the paper": lambda _, page: page.__setattr__("MediaBox", Array([0, 0, 9, 9])),
    "off a paper that it has from above": narrow_all,
    "links gone": lambda _, page: page.__delitem__("/Annots"),
    "places gone": lambda pdf, _: pdf.Root.Names.__delitem__("/Dests"),
}


@pytest.mark.parametrize("what", SPOILT)
def test_of_a_page_that_was_changed_nothing_is_taken_from_what_was_kept(opened: Opened, what: str) -> None:
    text = enumerate(opened.pdf.pages)
    place = next(n for n, page in text if n > opened.book.prelims and "/Annots" in page.obj)
    changed = spoilt(opened, place, SPOILT[what])
    names = names_of_pages(changed)
    assert names[place] != names_of_pages(opened.book.pdf)[place]
    own = opened.book.own
    assert streams_of_pdf(changed, own, names) == streams_of_pdf(changed, own)


@settings(max_examples=12)
@given(data=st.data())
def test_whatever_becomes_of_words_is_read(opened: Opened, data: st.DataObject) -> None:
    place = data.draw(st.integers(opened.book.prelims, opened.book.pages - 1))
    act = data.draw(st.sampled_from(["lost", "twice", "hidden"]))

    def spoil(pdf: pikepdf.Pdf, page: Any) -> None:
        code: list[Any] = list(pikepdf.parse_content_stream(page))
        shown = [at for at, one in enumerate(code) if str(one.operator) == "TJ"]
        if shown:
            at = data.draw(st.sampled_from(shown))
            hidden = [([3], Operator("Tr")), code[at], ([0], Operator("Tr"))]
            code[at : at + 1] = {"lost": [], "twice": [code[at]] * 2, "hidden": hidden}[act]
        page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(code))

    changed = spoilt(opened, place, spoil)
    own = opened.book.own
    assert streams_of_pdf(changed, own, names_of_pages(changed)) == streams_of_pdf(changed, own)


def test_pages_that_are_the_same_are_not_read_again(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    first = streams_of_pdf(opened.book.pdf, opened.book.own)
    monkeypatch.setattr(reading, "_runs", None)
    assert streams_of_pdf(opened.book.pdf, opened.book.own, names_of_pages(opened.book.pdf)) == first


def test_a_page_has_its_name_wherever_it_stands(opened: Opened) -> None:
    """A page more before it, and other numbers of all things in the file, change nothing of it."""

    def spoil(pdf: pikepdf.Pdf, _page: Any) -> None:
        pdf.add_blank_page()
        pdf.pages.insert(0, pdf.pages[-1])

    names, others = names_of_pages(opened.book.pdf), names_of_pages(spoilt(opened, 0, spoil))
    assert all(names)
    assert others[1:-1] == names


def test_a_page_that_lies_within_itself_has_no_name(opened: Opened) -> None:
    def spoil(pdf: pikepdf.Pdf, page: Any) -> None:
        page.Resources = pdf.make_indirect(Dictionary(page.Resources))
        page.Resources.Mine = page.Resources

    place = opened.book.prelims
    names = names_of_pages(spoilt(opened, place, spoil))
    assert names[place] == ""
    assert Pulls(names).runs(place) is None


def test_a_contact_sheet_is_drawn_anew_only_if_a_page_of_it_changed(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = names_of_pages(opened.book.pdf)
    sheet = contact_sheet(opened.book.pdf, (0, 2), names)
    assert sheet == contact_sheet(opened.book.pdf, (0, 2))
    monkeypatch.setattr("pipeline.print.contact._sheet", lambda _pdf, _places: b"drawn")
    assert contact_sheet(opened.book.pdf, (0, 2), names) == sheet
    assert contact_sheet(opened.book.pdf, (0, 2), [*names[:2], "other", *names[3:]]) == b"drawn"


def test_a_drawer_gives_back_what_was_put_in_until_there_is_too_much(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OCTAVO_CACHE", str(tmp_path))
    drawer = Drawer("things", "key", 3)
    for name in "abcd":
        drawer.put(name, f'"{name}"')
    drawer.keep()
    again = Drawer("things", "key", 3)
    assert [again.find(name) for name in "abcde"] == ['"a"', '"b"', '"c"', '"d"', None]
    later = Drawer("things", "key", 3)
    assert "d" in later and later.find("d") and not later.keep()  # type: ignore[func-returns-value]
    later.put("e", "[]")
    later.keep()
    last = Drawer("things", "key", 3)
    assert [name for name in "abcde" if name in last] == ["a", "d", "e"]
    (path,) = (tmp_path / "things").iterdir()
    path.write_bytes(path.read_bytes()[:-2])
    assert "a" not in Drawer("things", "key", 3)


LINES = st.sampled_from(
    (
        *("q", "Q", "BT", "ET", "1 0 0 -1 62.6 -88.976007 Tm", "/a1.0 gs", "0 0 .5 rg", "/F1 13.3 Tf", "/F2 9 Tf"),
        *("/Span\n<</MCID 0>>\nBDC", "/Span\n<</MCID 12>>\nBDC", "/Artifact\n<<>>\nBDC", "EMC", "EMC", "EMC"),
        *("/Artifact\n<</Type /Pagination/Subtype /Header>>\nBDC", "/Artifact BMC", "[] TJ", "[<0020>0<0029>4] TJ"),
        *("[<>-21.15<00010A0b>] TJ", "[-3<0041>] TJ", "<0041> Tj", "(\\000A) Tj", "[(\\000A)] TJ", "[<00>] TJ"),
        *("/Span <</MCID 3>> BDC", "% EMC", "/Im Do", "(EMC\nBDC) Tj", "0 0 3 3 re\nf", "[3] 0 d", "", " q"),
    )
)


@settings(max_examples=300)
@given(st.lists(LINES, max_size=14), st.sampled_from(("", "\n")))
def test_operators_that_are_read_line_by_line_say_what_any_reader_says(lines: list[str], end: str) -> None:
    content = ("\n".join(lines) + end).encode()
    plain = _plain_contents(content)
    if plain is not None:
        with pikepdf.new() as pdf:
            page = pdf.add_blank_page()
            page.obj.Contents = pdf.make_stream(content)
            assert plain == list(_any_contents(page))


def test_our_own_pages_are_read_so(opened: Opened) -> None:
    pages = [page.obj.Contents.read_bytes() for page in opened.pdf.pages]
    assert sum(_plain_contents(page) is not None for page in pages) > len(pages) / 2

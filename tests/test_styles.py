"""Styles: folders that a designer can copy, and what a printer on demand wants of a paperback."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from pipeline import standing, styles
from pipeline.cli import main
from pipeline.errors import Exit, OctavoError
from pipeline.print.jacket import jacket, spine
from pipeline.print.sheet import INCH, STYLES, least_inner, page_rules, sheet_named
from pipeline.report import Report
from pipeline.settings import Settings, with_choices
from tests.pdfs import printed, prose

META = {"title": "The Salt Road", "author": ["Odile Marrow"], "lang": "en", "description": "Of lamps and fish."}


@pytest.mark.parametrize("name", STYLES)
def test_a_style_is_a_page_and_a_sheet(name: str) -> None:
    folder = styles.print_style(name)
    assert sorted(path.name for path in folder.iterdir()) == ["page.toml", "style.css"]
    assert tomllib.loads((folder / "page.toml").read_text(encoding="utf-8"))["trim"] == sheet_named(name).trim


def test_a_designer_copies_a_style_and_changes_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["style", "new", "quayside", "--like", "academic"]) == Exit.OK
    page = tmp_path / "quayside" / "page.toml"
    page.write_text(page.read_text(encoding="utf-8").replace("size = 10.3", "size = 11.3"), encoding="utf-8")
    (tmp_path / "quayside" / "style.css").write_text("h1::before { content: 'Quay ' }", encoding="utf-8")
    chosen = with_choices(Settings(), {"style": "quayside"}, "the command line", tmp_path).style
    sheet = sheet_named(chosen)
    assert (sheet.style, sheet.trim, sheet.size) == ("quayside", "6x9", 11.3)
    assert sheet_named(chosen, "digest").size == sheet_named("classic", "digest").size
    assert "Quay Lamps" in " ".join(printed("# Lamps\n\nOf oil.", style=chosen).text.split())
    assert main(["style", "new", "quayside"]) == Exit.SETTINGS
    assert main(["style", "new", "classic"]) == Exit.SETTINGS
    assert main(["style", "new", "other", "--like", "nothing"]) == Exit.SETTINGS


@pytest.mark.parametrize("text", ["trim = 'A5'", "trim = 'A5'\n[type]\nA5 = { size = 10 }", "[type", "type = 3"])
def test_a_style_that_is_not_whole_is_an_error_that_names_its_file(text: str, tmp_path: Path) -> None:
    (tmp_path / "page.toml").write_text(text, encoding="utf-8")
    with pytest.raises(OctavoError, match=r"page\.toml") as caught:
        sheet_named(str(tmp_path))
    assert caught.value.exit_code is Exit.SETTINGS


@pytest.mark.parametrize(("pages", "inches"), [(150, 0.375), (151, 0.5), (301, 0.625), (501, 0.75), (800, 0.875)])
def test_the_inner_margin_of_a_paperback_is_what_printers_want(pages: int, inches: float) -> None:
    assert least_inner(pages) == inches * INCH
    for trim in ("A5", "6x9", "digest"):
        sheet = sheet_named("paperback", trim)
        rules = page_rules(sheet, pages)
        inner, outer = map(
            float, re.findall(r"@page :right .*margin-left: ([\d.]+)pt; margin-right: ([\d.]+)pt", rules)[0]
        )
        assert inner >= inches * INCH - 0.01
        assert outer >= 0.25 * INCH


def test_a_book_from_right_to_left_is_bound_at_the_right() -> None:
    sheet = sheet_named("classic")
    sides = [
        re.findall(r"@page :(?:right|left) \{ margin-left: ([\d.]+)pt; margin-right: ([\d.]+)pt", rules)
        for rules in (page_rules(sheet, 200), page_rules(sheet, 200, mirrored=True))
    ]
    assert sides[0] == sides[1][::-1]
    assert float(sides[0][0][0]) < float(sides[0][0][1])


@cache
def cover(pages: int) -> bytes:
    return jacket(META, sheet_named("paperback"), pages, Report())


def test_a_cover_is_two_pages_a_spine_and_bleed_all_round() -> None:
    sheet = sheet_named("paperback")
    assert spine(sheet, 240) == pytest.approx(0.6 * INCH)
    with pikepdf.open(io.BytesIO(cover(240))) as pdf:
        (page,) = pdf.pages
        paper, trim = ([float(one) / INCH for one in box] for box in (page.mediabox, page.trimbox))
    whole, cut = ([box[2] - box[0], box[3] - box[1]] for box in (paper, trim))
    assert whole == pytest.approx([0.125 * 2 + 5.5 * 2 + 0.6, 0.125 * 2 + 8.5], abs=0.002)
    assert cut == pytest.approx([5.5 * 2 + 0.6, 8.5], abs=0.002)
    assert trim[0] - paper[0] == pytest.approx(0.125, abs=0.002)


def test_a_thin_spine_has_no_words() -> None:
    def told(pages: int) -> str:
        with pypdfium2.PdfDocument(cover(pages)) as pdf:
            return str(pdf[0].get_textpage().get_text_range())

    assert told(240).count("The Salt Road") == 2
    assert told(60).count("The Salt Road") == 1
    assert "Of lamps and fish." in told(60)


def test_a_paperback_has_its_cover_beside_it(tmp_path: Path) -> None:
    source = tmp_path / "book.md"
    source.write_text(f"---\ntitle: Lamps\n---\n\n# One\n\n{prose(60)}\n", encoding="utf-8")
    assert main(["pdf", str(source), "--style", "paperback", "-q"]) == Exit.OK
    assert (tmp_path / "cover.pdf").read_bytes().startswith(b"%PDF")


def test_a_changed_style_is_a_changed_book(tmp_path: Path) -> None:
    source = tmp_path / "lamps.txt"
    source.write_text("Lamps\n\nOf oil.\n", encoding="utf-8")
    chosen = Settings(style=str(styles.new_style("quayside", "paperback", tmp_path)))
    orders = [standing.order(source, chosen, tmp_path, ("pdf",))]
    (tmp_path / "quayside" / "style.css").write_text("h1 { font-size: 2rem }", encoding="utf-8")
    orders.append(standing.order(source, chosen, tmp_path, ("pdf",)))
    one, other = (order for order in orders if order is not None)
    assert one.key != other.key
    assert "cover.pdf" in one.made


def test_a_draft_asks_for_the_names_of_styles_and_loads_nothing_that_sets_pages() -> None:
    asked = (
        "import sys; from pipeline.build import check_choices; from pipeline.settings import Settings; "
        "check_choices(Settings(style='classic')); "
        "sys.exit(any(name.split('.')[0] in ('weasyprint', 'pikepdf', 'pypdfium2') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0


def test_what_is_set_in_at_the_left_is_at_the_right_in_a_book_from_right_to_left() -> None:
    sheet = ".turn { padding-left: 2em; text-indent: -2em }\n.sent { text-align: right; margin: 0 1em 2em 3em }\n"
    assert styles.mirrored(sheet) == (
        ".turn { padding-right: 2em; text-indent: -2em }\n.sent { text-align: left; margin: 0 3em 2em 1em }\n"
    )
    other = '.verse[dir="rtl"] { left: 0 }\n.points-left { color: red }'
    assert styles.mirrored(other) == '.verse[dir="ltr"] { right: 0 }\n.points-left { color: red }'
    for place in ("epub", "print"):
        text = (styles.folder() / place / "book.css").read_text(encoding="utf-8")
        assert styles.mirrored(styles.mirrored(text)) == text

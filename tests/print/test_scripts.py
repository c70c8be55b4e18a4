"""Letters of many scripts: what font has them, in which order they are read, and what is said where no font does."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

import pypdfium2
import pytest
from fontTools.ttLib import TTFont

from pipeline import cjk, cli, fonts
from pipeline.errors import Exit
from pipeline.proof import streams_of_html, streams_of_pdf
from pipeline.proof.pdf import Flow, _runs
from pipeline.proof.same import compare
from pipeline.proof.sight import Run
from pipeline.proof.spoken import differences, spoken_in_html, spoken_in_tags
from pipeline.report import Report
from pipeline.words import words_of
from tests.pdfs import Opened, printed

BENGALI, HINDI, THAI = "বাতি রাতে জ্বলে শীতের রাত দীর্ঘ", "दीपक रात में जलता है", "ตะเกียงลุกในเวลากลางคืน"
HEBREW = "המגדל עמד על החוף והשומר הדליק את המנורה בכל ערב"


@cache
def many_scripts() -> Opened:
    mixed = f"The pilot wrote {HEBREW} (that is, what keepers do) and went below, for {HEBREW[:18]} is a long watch."
    text = f"Bengali {BENGALI}[।]{{lang=hi}} and Hindi {HINDI}; Thai {THAI}.\n\n{HEBREW} (1874).\n\n{mixed}\n\n"
    text += f"{HEBREW} “The Harbour Post” {HEBREW}."
    return printed(f"# Scripts {{#s}}\n\n{text}\n")


def test_fonts_of_twenty_scripts_come_with_octavo(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_installed", lambda: ())
    for letter in "শदตשბքሀગਕಕកກമမଓසதత":
        assert fonts.family_with(letter), letter
    assert fonts.family_with("\ue123") is None


@pytest.mark.parametrize(("language", "face"), [("ko", "KR"), ("zh-Hant", "TC"), ("zh", "SC"), ("en", "JP")])
def test_chinese_japanese_and_korean_are_set_in_plain_fonts_of_the_book_s_language(language: str, face: str) -> None:
    package = pytest.importorskip("manimgx_fonts_cjk", reason="manimgx-fonts-cjk is not installed")
    (path,) = Path(package.__file__).parent.glob("*.ttc")
    assert cjk.is_variable(path)
    made = {weight: TTFont(io.BytesIO(data)) for weight, data in cjk.static_faces(path, "灯台", language).items()}
    assert [*made] == [400, 600]
    for font in made.values():
        assert "CFF " in font and "fvar" not in font
        assert {*map(chr, font.getBestCmap())} == {*"灯台", " ", "\u00a0", "\u3000"}
        assert font["name"].getDebugName(1).endswith(face)


def test_the_machine_s_own_arabic_comes_first_and_its_serifs(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = (("Quay Serif", ((0x10D0, 0x10FF),)), ("Quay Sans", ((0x0590, 0x06FF),)))
    monkeypatch.setattr(fonts, "_installed", lambda: machine)
    assert fonts.family_with("ბ") == "Quay Serif"
    assert fonts.family_with("ب") == "Quay Sans"
    assert fonts.family_with("ש") == "Octavo NotoSansHebrew"


def test_words_of_every_script_are_read_back_from_the_page() -> None:
    opened = many_scripts()
    assert opened.codes == []
    text = "".join(opened.text.split())  # Thai has no spaces where a line may end
    for words in (BENGALI, HINDI, THAI):
        assert words.replace(" ", "") in text
    found = " ".join(streams_of_pdf(opened.book.pdf, opened.book.own).body)
    assert " ".join(words_of(HEBREW)) in found


def test_lines_that_run_in_both_directions_lose_no_word() -> None:
    opened = many_scripts()
    book = streams_of_html(opened.book.html)
    found = streams_of_pdf(opened.book.pdf, opened.book.own)
    thai = {*words_of(THAI)}  # whose words the lines of a page do not tell
    assert [one.words for one in compare(book, found)[0] if not {*one.words} <= thai] == []


def test_a_korean_word_that_goes_over_a_line_is_one_word() -> None:
    flow = Flow()
    for text, y in (("겨울밤은 ", 365.0), ("길", 365.0), ("고 ", 351.0), ("바다에서 ", 351.0)):
        flow.add(Run(text, 43.0 + len(flow.pieces), y, 10.0))
    assert flow.words() == tuple(words_of("겨울밤은 길고 바다에서"))


def test_a_book_from_right_to_left_may_have_headings_and_notes_of_both_directions() -> None:
    filled = f"{HEBREW}. " * 6
    mixed = f"{filled}(*The Good Tern*, Orle 1874, 12–13) {HEBREW}."
    notes = f"[^a]: See {filled} p. 3.\n\n[^b]: *The Good Tern*, 3.\n"
    heads = ("# 12. The Keepers: a Ledger, 1874[^a] {#a}", "## 2. *The Tern* (1874), 3rd Winter {#b}")
    meta = "---\ntitle: T\nlang: he\n---\n\n"
    opened = printed(f"{meta}{heads[0]}\n\n{filled}[^b]\n\n{filled}\n\n{heads[1]}\n\n{mixed}\n\n{notes}")
    assert opened.codes == [] and opened.book.figures.notes == 2
    book, found = streams_of_html(opened.book.html), streams_of_pdf(opened.book.pdf, opened.book.own)
    assert compare(book, found) == ([], [])


def test_notes_in_which_both_directions_meet_are_read_and_told_as_they_stand() -> None:
    notes = (
        f"[^a]: See {HEBREW[:18]}, {HEBREW[:9]} (1874), 12–15, on the quay.\n\n[^b]: Ida Orle (Orle: Quay, 1874), 3.\n"
    )
    notes += f"\n[^c]: {HEBREW[:9]}, {HEBREW[:18]} (1874), 12–15.\n"
    for lang in ("he", "en"):
        meta = f"---\ntitle: T\nlang: {lang}\n---\n\n# One {{#a}}\n\n"
        opened = printed(f"{meta}{HEBREW}.[^a] The quay ({HEBREW[:9]}, 1874).[^b] {HEBREW}, 1874.[^c]\n\n{notes}")
        book, found = streams_of_html(opened.book.html), streams_of_pdf(opened.book.pdf, opened.book.own)
        assert compare(book, found) == ([], [])
        assert not list(differences(spoken_in_html(opened.book.html), spoken_in_tags(opened.book.pdf, opened.book.own)))


def test_pieces_written_the_other_way_keep_their_order_and_paragraphs_are_set_in_from_the_right() -> None:
    title = "the *Good* **Tern** of Orle"
    told = f"{HEBREW}. {HEBREW} {title} (1874) {HEBREW}."
    opened = printed(f"---\ntitle: T\nlang: he\n---\n\n# א {{#a}}\n\n{told}\n\n{told}\n")
    assert compare(streams_of_html(opened.book.html), streams_of_pdf(opened.book.pdf, opened.book.own)) == ([], [])
    with pypdfium2.PdfDocument(opened.book.pdf) as pdf:
        page = pdf[opened.page_of("Tern")]
        runs = [run for run in _runs(pdf, page) if run.text.strip()]
    pieces = [run for run in runs if any(word in run.text for word in ("the", "Good", "Tern", "of"))]
    assert [" ".join(run.text.split()) for run in pieces[:4]] == ["the", "Good", "Tern", "of Orle"]
    assert [run.x for run in pieces[:4]] == sorted(run.x for run in pieces[:4])
    begins = [run.box.right for run in runs if HEBREW.split()[0] in run.text and run.box.right > 330]
    assert begins[0] - begins[1] > 10  # the first paragraph is not set in


def test_what_hangs_over_its_turned_lines_hangs_at_the_right_in_a_book_from_right_to_left() -> None:
    turn = f"[{HEBREW.split()[0]}:]{{.speaker}} {' '.join([HEBREW] * 5)}."
    opened = printed(f"---\ntitle: T\nlang: he\n---\n\n# א {{#a}}\n\n::: dialogue\n{turn}\n:::\n")
    with pypdfium2.PdfDocument(opened.book.pdf) as pdf:
        rows: dict[float, float] = {}
        for run in _runs(pdf, pdf[len(pdf) - 1]):
            if run.text.strip():
                rows[round(run.y)] = max(rows.get(round(run.y), 0.0), run.box.right)
    rights = [right for _, right in sorted(rows.items(), reverse=True) if right > 330]
    assert len(rights) > 1 and rights[0] - rights[1] > 5


def test_signs_over_letters_are_read_as_what_they_are() -> None:
    if fonts.family_with("ب") != "Noto Naskh Arabic":
        pytest.skip("Noto Naskh Arabic is not installed")
    arabic = "كان النهر هادئًا وكان الجرس معلقًا في مكانه وبابًا قديمًا"
    opened = printed(f"---\ntitle: T\nlang: ar\n---\n\n# ا {{#a}}\n\n{arabic}.\n\n{arabic}.\n")
    assert compare(streams_of_html(opened.book.html), streams_of_pdf(opened.book.pdf, opened.book.own)) == ([], [])
    assert "\u064b" in opened.text
    assert {*fonts.faces_for(arabic, Report()).families} == {"Noto Naskh Arabic"}


def test_a_script_without_a_font_has_an_exit_code_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(fonts, "family_with", lambda _letter: None)
    source = tmp_path / "book.md"
    source.write_text("# Signs {#s}\n\nThree runes: ᚠᚢᚦ.\n", encoding="utf-8")
    assert cli.main(["pdf", str(source), "-q"]) == Exit.NO_FONT
    said = capsys.readouterr().err
    assert "Runic" in said and "ᚠ (U+16A0)" in said and "Noto" in said
    assert (tmp_path / "book.pdf").is_file()

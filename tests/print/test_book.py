"""A printed book as a reader sees it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import count, islice
from pathlib import Path
from typing import TYPE_CHECKING

import lxml.html
import pikepdf
import pypdfium2
import pytest

from pipeline import fonts, styles
from pipeline.model import UNPRINTED, Kind
from pipeline.print import parts
from pipeline.print.boxes import PX, descendants, kind
from pipeline.print.contact import contact_sheet
from pipeline.print.manuscript import read_manuscript
from pipeline.print.pagemap import figures
from pipeline.print.printed import Figures
from pipeline.print.sheet import STYLES
from pipeline.print.tally import Tally
from pipeline.proof.spoken import differences, spoken_in_html, spoken_in_tags
from pipeline.report import Report
from pipeline.settings import Settings
from tests.epubs import build
from tests.pdfs import BOOKS, lamp_register, printed, prose, wharf_album
from tests.print.test_tables import table

if TYPE_CHECKING:
    from weasyprint.document import Page


def test_front_matter_has_roman_folios_and_the_text_begins_with_one() -> None:
    opened = lamp_register()
    with pypdfium2.PdfDocument(opened.book.pdf) as pdf:
        labels = [pdf.get_page_label(place) for place in range(len(pdf))]
    assert labels[: opened.book.prelims] == ["i", "ii", "iii", "iv"]  # so short a text has no half title
    assert labels[opened.book.prelims] == "1"
    assert len(labels) == opened.book.pages


def test_capitals_are_read_back_as_they_are_beside_small_letters() -> None:
    head = "---\ntitle: THE HARBOUR\nsubtitle: or, the LAMPS OF THE NORTH\n---\n\n"
    opened = printed(f"{head}# LAMPMAN No. 1\n\n{prose(900)}\n\n# OF THE OTHER MOLE, AND WHO LIT IT\n\n{prose(900)}")
    text = " ".join(" ".join(opened.texts).split())
    for words in ("or, the LAMPS OF THE NORTH", "LAMPMAN No. 1", "OF THE OTHER MOLE, AND WHO LIT IT"):
        assert words in text
    assert not re.search(r"[a-z][A-Z]", text.replace("WeasyPrint", ""))


def test_divisions_open_on_a_recto_without_a_running_head() -> None:
    head = "---\ntitle: The Lamp Room\n---\n\n"
    opened = printed(f"{head}# One\n\nThe first words.\n\n# Two\n\nLater words.", openings="recto")
    for words in ("The first words.", "Later words."):
        place = opened.page_of(words)
        assert place % 2 == 0
        assert "The Lamp Room" not in opened.texts[place]


def test_where_a_recto_names_the_section_the_verso_names_the_division() -> None:
    head = "---\ntitle: The Lamp Room\n---\n\n"
    long = "".join(f"## {title}\n\n{prose(1700)}\n\n" for title in ("OF OIL", "SUMMARY"))
    opened = printed(f"{head}# THE KEEPERS\n\n{long}# A LETTER\n\n{prose(700)}", fine=False, openings="recto")
    known = ("The Lamp Room", "THE KEEPERS", "OF OIL", "SUMMARY", "A LETTER")
    heads = [[one for one in known if one in text.splitlines()] for text in opened.texts[opened.book.prelims :]]
    assert heads[1:4] == [["THE KEEPERS"], ["OF OIL"], ["THE KEEPERS"]]
    assert ["SUMMARY"] in heads
    assert heads[-2:] == [["The Lamp Room"], ["A LETTER"]]


def test_contents_have_true_page_numbers() -> None:
    opened = lamp_register()
    contents = " ".join(opened.texts[opened.page_of("Contents")].split())
    for words, title in (("Text.1", "Another division"), ("one line of verse", "Second section")):
        folio = opened.page_of(words) - opened.book.prelims + 1
        assert re.search(rf"{title}[ .]*{folio}\b", contents)


def test_the_leader_of_an_entry_never_stands_on_a_line_alone() -> None:
    ends = [f"{'l' * thin}{'m' * wide}" for thin in (8, 9) for wide in range(1, 5)]  # one of them fills the line
    titles = (f"Of lamps and of the harbours and of the winter tide {end}" for end in ends)
    opened = printed("\n\n".join(f"# {title}\n\n{prose(60)}" for title in titles))
    contents = [line.strip() for line in opened.texts[opened.page_of("Contents")].splitlines()]
    assert sum(line.startswith("Of lamps") for line in contents) == len(ends)
    assert [line for line in contents if line.startswith(".")] == []


def test_notes_are_numbered_anew_in_each_division_at_the_foot_of_the_page() -> None:
    opened = lamp_register()
    assert opened.book.figures.strayed == ()
    assert opened.book.figures.notes == 7
    assert "1. A note called in a heading." in opened.texts[opened.page_of("Before the extracts")]
    assert re.search(r"1\. Josephine Keeper, Lamps", opened.texts[opened.page_of("Text.1")])


def test_indexes_name_each_page_once() -> None:
    opened = lamp_register()
    works = opened.texts[opened.page_of("Keeper, Josephine, Lamps")]
    assert "Keeper, Josephine, Lamps of the Outer Quay (1911), 1, 4" in " ".join(works.split())
    assert "Quay, Ambrose, 1" in " ".join(opened.texts[opened.page_of("Quay, Ambrose, 1")].split())


def test_all_fonts_are_embedded_and_no_letter_is_a_box() -> None:
    opened = lamp_register()
    assert "missing-glyph" not in opened.codes
    assert "ბავშვი" in opened.text
    fonts = {}
    for page in opened.pdf.pages:
        fonts.update({str(name): font for name, font in page.Resources.Font.items()})
    for font in fonts.values():
        descendant = font.DescendantFonts[0] if "/DescendantFonts" in font else font
        assert any(key in descendant.FontDescriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))
        assert font.Encoding == pikepdf.Name("/Identity-H")


def test_a_letter_that_no_font_has_is_named_and_its_text_is_true(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "family_with", lambda _letter: None)
    opened = printed("# Signs\n\nA letter \ue123 of nobody’s alphabet.")
    assert opened.codes == ["missing-glyph"]
    assert "\ue123" in opened.text


def test_letters_that_no_font_has_are_one_finding_for_each_script(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "family_with", lambda _letter: None)
    report = Report()
    fonts.faces_for("ბავშვი \ue123 " + "".join(map(chr, range(0x4E00, 0x4E40))), report)
    assert {finding.code for finding in report.findings} == {"missing-glyph"}
    private, georgian, han = sorted(report.findings, key=lambda finding: len(finding.message))
    assert "Georgian" in georgian.message and "ბ (U+10D1)" in georgian.message
    assert "(U+E123)" in private.message
    assert "and 59 more" in han.message and "fonts-noto-cjk" in han.hint


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A machine with three fonts, and a file that has a line for each time that its list was asked for."""
    listed = (
        "Quay Emoji\tTrue\t1f600-1f640 2190",
        "Quay Sans,Quay Sans Light\tFalse\t20-7e 10a0-10ff",
        "Quay Sans\tFalse\t40-50 2190",
        "Quay Serif\t\t10d1-10d3 1f610",
    )
    lines = "\n".join(listed)
    program, asked = tmp_path / "fc-list", tmp_path / "asked"
    program.write_text(f"#!/bin/sh\necho >> '{asked}'\ncat <<'END'\n{lines}\nEND\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.setattr(fonts, "_packaged", lambda: ())
    fonts._installed.cache_clear()
    yield asked
    fonts._installed.cache_clear()


def test_the_machine_is_asked_once_for_its_fonts_and_a_serif_goes_first(asked: Path) -> None:
    found = {letter: fonts.family_with(letter) for letter in "\u10d2\u10e0\x7ez\u2190\u2191"}
    assert list(found.values()) == ["Quay Serif", "Quay Sans", "Quay Sans", "Quay Sans", "Quay Sans", None]
    assert asked.read_text(encoding="utf-8").count("\n") == 1


def test_no_letter_is_taken_from_a_font_of_coloured_pictures(asked: Path) -> None:
    assert fonts.family_with("\U0001f600") is None
    assert fonts.family_with("\U0001f610") == "Quay Serif"


LONG_WORD = "\u00a0".join(["4711"] * 25)  # which nothing may break


@pytest.mark.parametrize(
    ("form", "begins"),
    [
        (f"    Oil and wick {LONG_WORD}", "4711"),
        (f"Oil and wick\n{LONG_WORD}", "4711"),
        (f"- Oil and wick\n{LONG_WORD}", "4711"),
        (f"Called.[^a]\n\n[^a]: Oil and wick\n    {LONG_WORD}", "4711"),
    ],
)
@pytest.mark.parametrize("bleed", ["", "3mm"])
def test_a_line_that_runs_off_the_paper_is_found(form: str, begins: str, bleed: str) -> None:
    opened = printed(f"# Wide {{#wide}}\n\n{form}\n\n# Next {{#next}}\n\n{prose(60)}", bleed=bleed)
    assert opened.codes == ["off-the-page"]
    (line, *_) = opened.book.figures.off
    assert line.startswith(begins) and len(line) <= 40


def test_a_line_that_only_leaves_the_measure_is_not_off_the_paper() -> None:
    assert printed(f"# Wide {{#wide}}\n\n    {LONG_WORD[:66]}").codes == []


def test_words_are_never_parted_by_no_break_spaces_in_the_text_of_the_pdf() -> None:
    assert "\u00a0" not in lamp_register().text


def test_the_same_book_gives_the_same_bytes() -> None:
    markdown = "# One {#one}\n\nA paragraph.[^a]\n\n[^a]: A note."
    assert printed(markdown).book.pdf == printed(markdown).book.pdf


@pytest.mark.parametrize("style", ["large-print", "screen"])
def test_every_style_prints_every_form(style: str) -> None:
    opened = lamp_register(style)
    for words in ("one line of verse", "GUSSEV", "Table of keepers", "Dear Sir", "Harbour archive"):
        assert words.casefold() in opened.text.casefold()
    assert opened.book.figures.strayed == ()


def test_screen_pages_have_no_blanks() -> None:
    assert all(text.strip() for text in lamp_register("screen").texts)


def test_bleed_brings_a_larger_sheet_with_the_trim_inside() -> None:
    opened = printed("# One\n\nText.", bleed="3mm")
    page = opened.pdf.pages[0]
    trim, media = ([float(edge) for edge in box] for box in (page.TrimBox, page.MediaBox))
    assert trim[2] - trim[0] == pytest.approx(419.53, abs=0.1)
    assert media[2] - media[0] > trim[2] - trim[0] + 16


def test_text_outside_all_divisions_is_printed() -> None:
    assert "Only words" in printed("Only words, and no heading.").text


def test_page_starts_are_said_in_words_of_the_manuscript() -> None:
    paragraphs = [prose(110, seed) for seed in range(30)]
    opened = printed("# Long {#long}\n\n" + "\n\n".join(paragraphs))
    words = ["Long", *" ".join(paragraphs).split()]
    starts = opened.book.starts
    assert starts[0].words == 0 and {start.after for start in starts} == {"long"}
    for start, text in zip(starts[1:], opened.texts[opened.book.prelims + 1 :], strict=False):
        assert start.label in text
        assert words[start.words] in text.split()[:2]  # the second, where the first is the end of a broken word


def numbered(words: Iterator[int], number: int) -> str:
    """So many words, each of which stands once in the whole book, and too short to be broken at the end of a line."""
    return " ".join(f"q{word:03x}" for word in islice(words, number))


def forms(name: str, words: Iterator[int]) -> str:
    """Some pages of one form of text, in Markdown."""
    match name:
        case "list":
            return "\n".join(f"{number}. {numbered(words, 9)}\n    - {numbered(words, 4)}" for number in range(1, 60))
        case "verse":
            stanza = (f"| {numbered(words, 6)}\n| {numbered(words, 5)}\n| {numbered(words, 6)}\n" for _ in range(40))
            return "::: verse\n" + "\n".join(stanza) + ":::"
        case "asterisks":
            return "\n\n* * *\n\n".join(numbered(words, 30) for _ in range(40))
        case "table":
            rows = (f"| {numbered(words, 3)} | {numbered(words, 3)} |" for _ in range(120))
            return f"| {numbered(words, 2)} | {numbered(words, 2)} |\n|:--|:--|\n" + "\n".join(rows)
        case "calls":
            parts = (f"{numbered(words, 9)}[^n] {numbered(words, 9)} [^n], {numbered(words, 9)}" for _ in range(24))
            return "\n\n".join(parts) + "\n\n[^n]: So it is."
        case _:
            return f"<div>{'<br>'.join(numbered(words, 5) for _ in range(120))}</div>"


@pytest.mark.parametrize("name", ["list", "verse", "asterisks", "table", "calls", "breaks"])
def test_pages_begin_at_the_same_word_in_print_and_in_the_e_book(name: str) -> None:
    words = count(1)
    markdown = f"# Long {{#long}}\n\n{forms(name, words)}\n\n{numbered(words, 700)}"
    printed_book = printed(markdown)
    starts = printed_book.book.starts
    assert len(starts) > 4 and {start.after for start in starts} == {"long"}
    e_book = build(markdown, settings=Settings(), pages=starts)
    breaks = e_book.find("chapter-01.xhtml", "//*[@role='doc-pagebreak']")
    assert [mark.get("aria-label") for mark in breaks] == [start.label for start in starts]
    unique = re.compile("q[0-9a-f]{3}")
    head = set(unique.findall(markdown.split("|:--")[0])) if name == "table" else set()
    for mark, text in list(zip(breaks, printed_book.texts[printed_book.book.prelims :], strict=False))[1:]:
        on_paper = next(word for word in unique.findall(text) if word not in head)
        on_screen = "".join(str(one) for one in mark.xpath("following::text()"))
        assert on_screen.startswith(on_paper), mark.get("aria-label")


def test_the_contact_sheet_is_a_picture_of_chosen_pages() -> None:
    book = lamp_register().book
    assert contact_sheet(book.pdf, book.contact).startswith(b"\x89PNG")
    assert len(book.contact) >= 6


@pytest.mark.parametrize("style", STYLES)
def test_a_title_of_several_lines_does_not_end_in_a_scrap(style: str) -> None:
    title = "Of the Keepers of the Upper Light and the Lower Light, of Their Ledgers, and of Oil"
    opened = printed(f"# {title} {{#one}}\n\nText.", style=style)
    lines = [line.strip() for line in opened.texts[opened.page_of("Text.")].splitlines()]
    lines = lines[: next(place for place, line in enumerate(lines) if line.startswith("Text"))]
    assert " ".join(lines) == title and len(lines) > 1
    assert len(lines[-1]) > 0.6 * max(map(len, lines))


def test_a_heading_that_runs_on_is_balanced_in_its_own_size() -> None:
    title = "THE METAMORPHOSES OF THE KEEPER"  # which fills two lines in the size of the first
    opened = printed("\n\n".join(f"# {title} {{#d{n}}}\n\nText {n}." for n in range(2)), openings="run-on")
    lines = [line.strip() for line in opened.texts[opened.page_of("Text 1.")].splitlines()]
    assert lines[:5] == ["THE METAMORPHOSES", "OF THE KEEPER", "Text 0.", title, "Text 1."]


def test_the_imprint_says_what_is_known_in_the_language_of_the_book() -> None:
    opened = printed("---\nlang: fr\nrights: Libre.\n---\n\n# Un\n\nTexte.", source="cahier.txt")
    page = " ".join(opened.texts[opened.page_of("Libre.")].split())
    for words in ("Source : cahier.txt", "Composé en Source Serif Pro", "classic, A5", "Pandoc", "WeasyPrint"):
        assert words in page


def test_the_golden_book_has_every_form_that_a_manuscript_may_have() -> None:
    html = lxml.html.fromstring(lamp_register().book.html)
    forms = {kind.value for kind in Kind} - {"paragraph", "turn", "spoken", "quote", "separator", "table", *UNPRINTED}
    for name in (*forms, "extract", "dialogue", "speaker", "stage", "entries", "smallcaps", "pagebreak", "line-block"):
        assert html.find_class(name), name
    for tag in ("h1", "h2", "h3", "blockquote", "hr", "ol", "ul", "dl", "table", "caption", "figure", "pre", "code"):
        assert html.find(f".//{tag}") is not None, tag
    assert html.find('.//td//a[@class="footnote-ref"]') is not None
    assert len(html.xpath('//section[@id="footnotes"]//li/p')) > lamp_register().book.figures.notes


GOLDEN = ("lamp-register", "wharf-album")
OURS = {  # set by the press, not found in a manuscript
    *(
        "author",
        "contents",
        "contributor",
        "dense",
        "edition",
        "foot",
        "half-title",
        "imprint",
        "lead",
        "last",
        "leader",
        "letter-end",
        "numbers",
    ),
    *("page", "prelim", "series", "subtitle", "title", "title-page", "run-on"),
    # a row as high as half a page
    *("continued", "resumed", "together", "endnote", "endnotes"),  # notes that go on, or stand at the end
    *("email", "works-cited"),  # Pandoc's
}


LONG = (
    f"\n# How the Rope Was Thrown, {'and How It Came Short, ' * 8}and What the Board Resolved\n\n"
    "Text: 1o. oil, 2o. wicks.\n\n::: letter\n| ADA PIKE\n:::\n"
)


def test_every_form_that_has_a_style_is_found_in_a_golden_book() -> None:
    sheet = re.sub(r"\{[^{}]*\}", "{}", (styles.folder() / "print" / "book.css").read_text(encoding="utf-8"))
    styled = {*re.findall(r"\.([a-z][a-z0-9-]*)", re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL))}
    found = set[str]()
    books = [((BOOKS / name / "book.md").read_text(encoding="utf-8"), BOOKS / name) for name in GOLDEN]
    ours = "# One\n\nBy Ada Pike\n\nTHE text.\n\n# Two\n\nBy the Editor\n\nTHE text.\n\nApril, 1840.\n\n"
    ours += "# Three\n\n> Terra ultima\n\nText.\n\nTo\n\nDr. Orla Mell\n\nthese pages.\n\n"
    tables = [table(columns, 9, "weir") for columns in (6, 7, 8, 9, 11, 15, 40)]
    tables += [table(2, 1, "a" * 90), table(2, 1, "It was low. " * 100)]
    for text, folder in (*books, (ours + LONG + "\n\n" + "\n\n".join(tables), BOOKS)):
        manuscript = read_manuscript(text, folder, Report(), Settings())
        for part in (one for one in (manuscript.body, manuscript.bibliography) if one is not None):
            found |= {one for element in part.iter("*") for one in element.get("class", "").split()}
    assert styled - found == OURS


@pytest.mark.parametrize("turns", [50, 51, 52])
def test_a_direction_below_the_number_of_a_scene_does_not_end_a_page(turns: int) -> None:
    talk = "\n\n".join(f"[TOLL.]{{.speaker}} So it is {n}." for n in range(turns))
    night = "[\\[Night.\\]]{.stage}\n\n[TOLL.]{.speaker} Late.\n\n[VALE.]{.speaker} Very."
    play = f"# Play\n\n## Scene I\n\n::: dialogue\n{talk}\n:::\n\n## Scene II\n\n::: dialogue\n{night}\n:::\n"
    opened = printed(play, fine=False)
    assert opened.page_of("Night") == opened.page_of("Late")


def test_a_play_a_ballad_a_dictionary_and_an_index_are_set_whole() -> None:
    opened = wharf_album()
    assert opened.codes == []
    assert not list(differences(spoken_in_html(opened.book.html), spoken_in_tags(opened.book.pdf, opened.book.own)))
    assert not any("Second Oblique" in one for one in opened.book.fonts), "small capitals are upright"


def test_pictures_are_printed_and_those_that_are_not_there_leave_their_words() -> None:
    opened = printed("# One\n\nHere ![a lamp](lamp.png) and ![a wick](gone.png).")
    assert opened.codes == ["image-missing"]
    assert "a wick" in opened.text
    assert [str(one.Alt) for one in opened.structure() if one.S == "/Figure"] == ["a lamp"]


@pytest.mark.parametrize("style", STYLES)
def test_lines_stand_on_one_grid_over_calls_and_foreign_letters(style: str, monkeypatch: pytest.MonkeyPatch) -> None:
    heights: set[float] = set()

    def measured(pages: Sequence[Page], line: float, tally: Tally, *, at_foot: bool = True) -> Figures:
        flows = (page._page_box.children[0] for page in pages)
        lines = (box for flow in flows for box in descendants(flow) if kind(box) == "LineBox")
        heights.update(round(box.height * PX / line, 2) for box in lines)
        return figures(pages, line, tally, at_foot=at_foot)

    monkeypatch.setattr(parts, "figures", measured)
    words = "the keeper and the lamp, the oil and the wick[^a] and [ბავშვი]{lang=ka} of the harbour, "
    printed(f"# Lines {{#lines}}\n\n{words * 8}and more.[^b]\n\n[^a]: One.\n\n[^b]: Two.\n", style=style)
    assert heights <= {1.0, 2.0}


@pytest.mark.parametrize("style", STYLES)
def test_no_line_begins_with_the_call_of_a_note(style: str) -> None:
    paragraphs = (f"{prose(6 + number, number)}[^n{number}] {prose(9)}" for number in range(25))
    notes = (f"[^n{number}]: So it is." for number in range(25))
    opened = printed("\n\n".join(("# Calls {#calls}", *paragraphs, *notes)), style=style)
    lines = [line.strip() for text in opened.texts[opened.book.prelims :] for line in text.splitlines()]
    assert sum(bool(re.match(r"\d+\. So it is", line)) for line in lines) == 25
    assert [line for line in lines[1:] if re.match(r"\d+\s+\w\w", line)] == []


def test_no_part_of_a_fine_book_ends_with_a_line_or_two_on_a_page_of_their_own() -> None:
    def lines_at_the_end(lines: int, *, fine: bool) -> int:
        opened = printed("# Long {#long}\n\n" + "\n\n".join(["One line."] * lines), fine=fine)
        return opened.texts[-1].count("One line.")

    lines = 91 - lines_at_the_end(90, fine=False)
    assert lines_at_the_end(lines, fine=False) == 1
    assert lines_at_the_end(lines, fine=True) > 3
    few = lines + 3  # what signs the text is none of its lines
    assert 1 < lines_at_the_end(few - 1, fine=False) < lines_at_the_end(few - 1, fine=True)


def test_lines_of_verse_that_stand_alone_do_not_hang_together() -> None:
    lines = "\n|\n".join(f"| Line {n} of the ballad of the rope." for n in range(14))
    opened = printed(f"# Rope {{#rope}}\n\n{prose(160)}\n\n::: verse\n{lines}\n:::")
    assert "Line 0 of" in opened.texts[opened.page_of("Rope")]


def test_a_word_alone_on_a_line_within_a_paragraph_is_counted() -> None:
    chain = "\u00a0".join(["lamp"] * 13)
    ends_there = printed(f"# One\n\n{prose(80)}\n\nNevertheless\\\n{chain} {prose(30)}\n")
    assert ends_there.book.figures.stubs == 0  # the line was meant to end
    assert printed(f"# One\n\n{prose(80)}\n\nNevertheless {chain} {prose(30)}\n").book.figures.stubs == 1


def test_the_number_of_a_chapter_is_a_line_of_its_own_in_whole_words_and_no_stub() -> None:
    titles = ["CHAPTER I. VARIATION OF OIL AND WICKS UNDER THE KEEPERS OF THE UPPER LIGHT", "Letter Two—To the Harbour"]
    text = "\n\n".join(f"# {title} {{#d{n}}}\n\nText {n}." for n, title in enumerate(titles))
    opened = printed(text, openings="page")
    lines = [line.strip() for line in opened.texts[opened.page_of("Text 0.")].splitlines()]
    assert lines[0] == "CHAPTER I" and opened.book.figures.stubs == 0
    with opened.pdf.open_outline() as outline:
        assert [entry.title for entry in outline.root] == titles


def test_the_numbers_of_lists_keep_their_brackets() -> None:
    words = " ".join(lamp_register().texts)
    assert all(sign in words for sign in ("(a)", "(b)", "iv)", "v)"))


def test_a_heading_may_have_a_short_title_for_the_heads_of_its_pages() -> None:
    title = "A Short Account of the Quarrel of the Millers over the Keeping of Weirs, Locks and Sluices"
    text = "\n\n".join(["The water rose against the gate, and the keeper wrote it down. " * 12] * 14)
    long, given = (printed(f"# {title}{short}\n\n{text}\n") for short in ("", ' {short="Keeping Weirs"}'))
    assert long.codes == ["head-shortened"]
    assert not given.codes
    assert any("Keeping Weirs" in page for page in given.texts)


def test_the_raised_letter_of_an_ordinal_is_read_back_beside_its_number() -> None:
    words = " ".join(printed("1o. De lamp brandt; 2*o*. de olie is op, en niemand weet het.\n").texts)
    assert "1o." in words
    assert "2o." in words

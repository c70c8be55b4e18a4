"""A PDF is read as a text: rows in order, pages, gaps, indents, raised figures, sizes; a scan names the way out."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from weasyprint import HTML

from pipeline.errors import Exit, OctavoError
from pipeline.model import Line
from pipeline.pdf import lines_of_pdf
from pipeline.tagged import elements

PAGE = """<style>@page {{ size: 12cm 9cm; margin: 1cm; @top-left {{ content: counter(page) }}
@top-right {{ content: "THE FERRY LEDGER" }} }} body {{ font: 11pt/14pt serif; margin: 0; hyphens: manual }}
h1 {{ font-size: 20pt; line-height: 24pt; text-align: center; margin: 0 0 14pt }} p {{ margin: 0; text-indent: 2em }}
h1 + p {{ text-indent: 0 }} sup {{ font-size: 7pt; line-height: 0 }}
div {{ columns: 2; column-gap: 1cm; font-size: 8pt; line-height: 10pt }}</style>{}"""


def read(html: str) -> tuple[Line, ...]:
    return lines_of_pdf(HTML(string=PAGE.format(html)).write_pdf(), Path("ferry.pdf"))


def test_rows_come_with_their_pages_gaps_indents_and_sizes() -> None:
    lines = read("<h1>The Ice</h1><p>It froze.<p>It thawed.<h1 style='break-before: page'>The Bill</h1><p>She wrote.")
    full = [line for line in lines if not line.blank]
    assert [line.text.strip() for line in full][1:4] == ["The Ice", "It froze.", "It thawed."]
    assert full[0].text.split() == ["1", "THE", "FERRY", "LEDGER"]
    assert [line.text.strip() for line in lines if line.text.startswith("\f")] == [full[4].text.strip()]
    indents = {line.text.strip(): len(line.text) - len(line.text.lstrip()) for line in full}
    assert indents["The Ice"] > indents["It thawed."] > indents["It froze."]
    sizes = {line.text.strip(): line.look.size for line in full if line.look}
    assert sizes["The Ice"] > 1.5 * sizes["It froze."]
    assert lines[[line.text.strip() for line in lines].index("It froze.") - 1].blank


def test_figures_that_stand_raised_are_raised_figures() -> None:
    texts = [line.text.strip() for line in read("<p>The ferry<sup>12</sup> went in 1848.")]
    assert "The ferry¹² went in 1848." in texts


def test_columns_are_read_one_after_the_other() -> None:
    left = "".join(f"<p style='text-indent: 0'>left row number {n}" for n in range(6))
    right = "".join(f"<p style='text-indent: 0'>right row number {n}" for n in range(6))
    sides = [line.text.split()[0] for line in read(f"<div>{left}{right}</div>") if "row number" in line.text]
    assert sides == ["left"] * 6 + ["right"] * 6


def test_the_second_column_has_the_indents_of_the_first() -> None:
    rows = "".join(f"<p style='text-indent: {n % 2}em'>another row number {n}" for n in range(12))
    lines = [line.text.removeprefix("\f") for line in read(f"<div>{rows}</div>") if "row number" in line.text]
    indents = [len(text) - len(text.lstrip()) for text in lines]
    assert indents[:6] == indents[6:]
    assert indents[1] > indents[0]


def test_notes_below_both_columns_come_last_the_short_ones_too() -> None:
    rows = "".join(f"<p style='text-indent: 0'>another row number {n}" for n in range(14))
    notes = "<p style='font-size: 6pt'>(*) Short.<p style='font-size: 6pt'>(†) " + "As wide as the page is here. " * 3
    texts = [line.text.strip("\f ") for line in read(f"<div>{rows}</div>{notes}") if not line.blank]
    assert [text[:3] for text in texts[-2:]] == ["(*)", "(†)"]


def test_notes_at_the_foot_of_each_column_come_behind_the_text_of_both() -> None:
    rows = [f"<p style='text-indent: 0'>another row number {n}" for n in range(14)]
    for at, sign in ((7, "*"), (15, "†")):
        rows.insert(at, f"<p style='text-indent: 0; font-size: 6pt; line-height: 10pt'>{sign} what the note says")
    folio = "<section style='font-size: 8pt; text-align: center'>12</section>"
    texts = [line.text.strip("\f ") for line in read(f"<div>{''.join(rows)}</div>{folio}") if not line.blank]
    assert [text[0] for text in texts if text[:7] != "another"][-4:] == ["1", "*", "†", "1"]


@pytest.mark.parametrize(
    ("row", "text"),
    [
        ("<sup style='vertical-align: 4pt'>1</sup>Below the landing", "¹Below the landing"),
        ("<span style='font-size: 9.5pt; vertical-align: 4pt'>‖</span>Below the landing", "‖Below the landing"),
        (
            "<span style='font-size: 24pt; line-height: 0'>B</span>elow the landing",
            "Below the landing",
        ),
        (
            "Below<span style='font-size: 13pt; vertical-align: 4.5pt; line-height: 0'>∗</span> the landing",
            "Below∗ the landing",
        ),
        (
            "<span style='font-size: 13pt; vertical-align: 4.5pt; line-height: 0'>∗</span>Below the landing",
            "∗Below the landing",
        ),
        ("Kept<span style='margin-left: .09em'>to</span><span style='margin-left: .09em'>us</span>", "Kept to us"),
        ("Kept to<span style='margin-left: .09em'>us</span>", "Kept tous"),
        ("Kept<span style='margin-left: .09em'>.</span>", "Kept."),
    ],
    ids=[
        "raised label",
        "raised sign",
        "large first letter",
        "large sign",
        "large label",
        "no blanks",
        "with blanks",
        "a sign that closes",
    ],
)
def test_a_row_is_whole_though_its_letters_are_of_several_sizes_or_have_no_blanks(row: str, text: str) -> None:
    lines = [line for line in read(f"<p>{row}") if line.text.strip() == text]
    assert [line.look.size for line in lines if line.look] == [line.look.size for line in read("<p>Kept") if line.look][
        -1:
    ]


OPENINGS = ("Of Lamps.", "Of the Oil.", "Their Wicks.", "The Price.")


@pytest.mark.parametrize(
    ("openings", "every", "parted"),
    [(OPENINGS, 2, 4), (OPENINGS, 1, 0), (("Warden.",) * 4, 2, 0), (OPENINGS[:2], 2, 0)],
    ids=["heads that run in", "entries of a list", "speakers", "too few"],
)
def test_heads_that_run_in_are_rows_of_their_own(openings: tuple[str, ...], every: int, parted: int) -> None:
    text = " The widow wrote down what she was owed, and what she had been paid for it. "
    opened = "".join(f"<p><b>{one}</b>{text}" + f"<p>{text}" * (every - 1) for one in openings)
    lines = [line for line in read(f"<p>{text * 4}{opened}") if not line.blank]
    heads = [line.text.strip() for line in lines if line.look and line.look.runs_in]
    assert heads == list(openings[:parted])
    behind = [line.look.head for line in lines if line.look and line.look.head]
    assert behind == heads


def test_small_capitals_have_the_case_that_their_size_tells() -> None:
    small = "<span style='font-size: 8pt'>{}</span>".format
    row = f"<p>T{small('hE')} R{small('iVer')}"
    assert "The River" in [line.text.strip() for line in read(row)]


def test_words_that_are_set_wide_are_whole() -> None:
    texts = [line.text.strip() for line in read("<p style='letter-spacing: .3em'>THE WIDE RIVER")]
    assert "THE WIDE RIVER" in texts


def test_a_drop_capital_belongs_to_the_first_of_its_rows() -> None:
    drop = "<span style='float: left; font-size: 30pt; line-height: 28pt'>T</span>"
    text = f"<p style='text-indent: 0'>{drop}he ferry at the landing was kept by a widow, who took the fares and wrote"
    rows = [line.text.strip() for line in read(text) if not line.blank]
    assert rows[1].startswith("The ferry at the landing")
    assert not rows[2].startswith("T")


@pytest.mark.parametrize("data", [b"%PDF-1.7\n1 0 obj\n", b"%PDF-1.4"])
def test_a_damaged_pdf_is_refused(data: bytes) -> None:
    with pytest.raises(OctavoError) as caught:
        lines_of_pdf(data, Path("ferry.pdf"))
    assert caught.value.exit_code is Exit.NOT_TEXT


def test_a_scan_without_text_names_what_to_run() -> None:
    picture = "<svg width=200 height=200><rect width=200 height=200 /></svg>"
    with pytest.raises(OctavoError) as caught:
        lines_of_pdf(HTML(string=picture).write_pdf(), Path("shelf/scan.pdf"))
    assert caught.value.exit_code is Exit.NOT_TEXT
    assert "ocrmypdf -l eng scan.pdf scan-ocr.pdf" in f"{caught.value.hint}"


def test_a_tagged_pdf_tells_its_blocks_and_its_bookmarks_tell_its_headings() -> None:
    html = "<h1>The Ice</h1><p>It froze over the whole of the harbour, quay and mole and all, and it thawed.<p>Late."
    data = HTML(string=PAGE.format(html)).write_pdf(pdf_variant="pdf/ua-1")
    looks = {line.text.strip(): line.look for line in lines_of_pdf(data, Path("ferry.pdf")) if line.look}
    tags = [(look.tag, look.level) for look in looks.values()]
    assert tags == [("", 0), ("H1", 1), ("P", 0), ("P", 0), ("P", 0)]  # the running head is in no element
    blocks = [look.block for look in looks.values()]
    assert blocks[2] == blocks[3] != blocks[4]
    assert not any(line.look.tag for line in read(html) if line.look)


@pytest.mark.parametrize("kids", [1, 2])
def test_a_structure_that_turns_in_circles_or_branches_for_ever_says_nothing(kids: int) -> None:
    saved = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        root = pdf.make_indirect(pikepdf.Dictionary())
        node = root if kids == 1 else pdf.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.P, K=0))
        for _ in range(60):
            node = pdf.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.Div, K=pikepdf.Array([node] * kids)))
        root.K = node
        pdf.Root.StructTreeRoot = root
        pdf.save(saved)
    assert elements(saved.getvalue()) == {}


@pytest.mark.parametrize(
    ("style", "told"),
    [
        ("font-weight: bold", (True, False, False)),
        ("font-style: italic", (False, True, False)),
        ("font-family: 'Source Serif Pro'; font-variant: small-caps", (False, False, True)),
    ],
)
def test_a_row_says_how_its_letters_look(style: str, told: tuple[bool, bool, bool]) -> None:
    (look,) = [one.look for one in read(f'<p style="{style}">The Mole</p><p>It froze.</p>') if "Mole" in one.text]
    assert look is not None
    assert (look.bold, look.slanted, look.small_capitals) == told


PROSE = ("The ferry went over at noon.", "The ice held until March.")


def turned(data: bytes, quarters: int, rotate: int, only: int | None = None) -> tuple[Line, ...]:
    """Read a PDF whose pages are drawn turned by so many quarters to the left; ``rotate``: what viewers turn it by."""
    saved = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        for page in [pdf.pages[only]] if only is not None else pdf.pages:
            wide, high = float(page.mediabox[2]), float(page.mediabox[3])
            matrix = {1: f"0 1 -1 0 {high} 0", 2: f"-1 0 0 -1 {wide} {high}", 3: f"0 -1 1 0 0 {wide}"}[quarters]
            page.contents_add(f"q {matrix} cm".encode(), prepend=True)
            page.contents_add(b"Q")
            page.mediabox = pikepdf.Array([0, 0, high, wide] if quarters % 2 else [0, 0, wide, high])
            page.Rotate = rotate
        pdf.save(saved)
    return lines_of_pdf(saved.getvalue(), Path("ferry.pdf"))


@pytest.mark.parametrize(("quarters", "rotate"), [(1, 90), (2, 180), (3, 270), (1, 0), (3, 0)])
def test_a_page_that_lies_on_its_side_is_read_as_if_it_stood(quarters: int, rotate: int) -> None:
    data = HTML(string=PAGE.format("<h1>The Ice</h1><p>" + "<p>".join(PROSE))).write_pdf()
    upright = lines_of_pdf(data, Path("ferry.pdf"))
    assert [line.text for line in turned(data, quarters, rotate)] == [line.text for line in upright]


def test_what_stands_upright_on_a_page_set_sideways_is_its_head_and_folio() -> None:
    side = "position: absolute; left: 3cm; top: 6cm; white-space: nowrap; transform: rotate(-90deg)"
    html = f"<div style='columns: 1; {side}; transform-origin: 0 0'>{'<br>'.join(PROSE)}</div>"
    rows = [line.text.strip() for line in read(html) if not line.blank]
    assert rows[0].split() == ["1", "THE", "FERRY", "LEDGER"]
    assert rows[1:] == [*PROSE]


@pytest.mark.parametrize(
    "text",
    ["המעבורת יצאה בשנת 1848 עם שתי עגלות", "خرجت العبّارة سنة 1848 ومعها عربتان"],
    ids=["Hebrew", "Arabic"],
)
def test_what_runs_from_right_to_left_is_read_in_its_order(text: str) -> None:
    html = f"<div dir=rtl style='columns: 1'><p style='margin-right: 2em'>{text}<p>{text}</div>"
    rows = [line.text for line in read(html) if not line.blank][1:]
    assert [row.strip() for row in rows] == [text, text]
    assert rows[0].startswith("  ")  # it is set in at the right
    assert not rows[1].startswith("  ")


def test_a_word_that_runs_the_other_way_than_its_row_is_whole() -> None:
    text = "He says שלום in the book."
    assert text in [line.text.strip() for line in read(f"<p>{text}")]


@pytest.mark.parametrize(
    ("made", "says"),
    [
        *(("locked", "locked with a password"), ("no pages", "has no pages"), ("attached", "attached to it")),
        *(("blank", "are blank"), ("cut off", "is damaged")),
    ],
)
def test_a_pdf_that_cannot_be_read_says_why(made: str, says: str) -> None:
    saved = BytesIO()
    with pikepdf.new() as pdf:
        if made != "no pages":
            pdf.add_blank_page()
        if made == "attached":
            pdf.attachments["ferry.txt"] = b"The ferry."
        pdf.save(saved, encryption=pikepdf.Encryption(user="quay", owner="mole") if made == "locked" else False)
    data = saved.getvalue()[:60] if made == "cut off" else saved.getvalue()
    with pytest.raises(OctavoError, match=says) as caught:
        lines_of_pdf(data, Path("ferry.pdf"))
    assert caught.value.exit_code is Exit.NOT_TEXT


def test_a_password_that_only_forbids_changes_is_none_for_reading() -> None:
    saved = BytesIO()
    with pikepdf.open(BytesIO(HTML(string=PAGE.format("<p>" + "<p>".join(PROSE))).write_pdf())) as pdf:
        pdf.save(saved, encryption=pikepdf.Encryption(owner="mole", allow=pikepdf.Permissions(extract=False)))
    rows = [line.text.strip() for line in lines_of_pdf(saved.getvalue(), Path("ferry.pdf"))]
    assert {*PROSE} <= {*rows}


def test_bookmarks_that_lead_nowhere_or_name_nothing_on_their_page_say_nothing() -> None:
    saved = BytesIO()
    with pikepdf.open(BytesIO(HTML(string=PAGE.format("<p>" + "<p>".join(PROSE))).write_pdf())) as pdf:
        with pdf.open_outline() as outline:
            nowhere = pikepdf.OutlineItem(PROSE[0], pikepdf.Array([99, pikepdf.Name.Fit]))
            outline.root[:] = [nowhere, pikepdf.OutlineItem("Accounts", 0), pikepdf.OutlineItem("No place")]
        pdf.save(saved)
    assert not any(line.look and line.look.entry for line in lines_of_pdf(saved.getvalue(), Path("ferry.pdf")))

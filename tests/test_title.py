"""What a book is called: by the header of a transcription, or by its own title page, where that says more."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.build import read_source
from pipeline.report import Report
from pipeline.settings import Settings

TEXT = "The ferry was late again that morning, and nobody on the landing\nsaid a word about it to the old man.\n"
CHAPTERS = "".join(f"\n\n\n\nCHAPTER {number}\n\n" + f"{TEXT}\n" * 6 for number in ("I", "II", "III"))


@pytest.mark.parametrize(
    ("header", "page", "title"),
    [
        (
            "On the Growth of Weirs",
            "THE GROWTH OF WEIRS BY MEANS OF MUD;\n\nor, the MAKING OF BANKS",
            "The Growth of Weirs by Means of Mud",
        ),
        ("The Growth of Weirs", "THE GROWTH OF WEIRS\n\nBY MEANS OF MUD", "The Growth of Weirs by Means of Mud"),
        ("Die Wehre", "DIE WEHRE AN DER OST UND IHRE WÄRTER", "Die Wehre"),
        ("Die Wehre", "DIE WEHRE VON DER QUELLE", "Die Wehre von der Quelle"),
        ("The Growth of Weirs", "THE GROWTH OF WEIRS BY ORLA MELL", "The Growth of Weirs"),
        ("The Growth of Weirs", "THE GROWTH OF WEIRS\n\nBy Countess Orla Mell", "The Growth of Weirs"),
        ("The Growth of Weirs", "THE GROWTH OF WEIRS\n\nin several\n\nREACHES OF THE OST", "The Growth of Weirs"),
        ("The Growth of Weirs", "THE GROWTH OF WEIRS\nBY O. P. MELL", "The Growth of Weirs"),
        ("The Growth of Weirs, Volumes 1 and 2", "THE GROWTH OF WEIRS", "The Growth of Weirs"),
        ("The Growth of Weirs (Illustrated)", "THE GROWTH OF WEIRS", "The Growth of Weirs"),
        ("The Growth of Weirs", "THE GROWTH OF WEIRS: OF MUD AND MEN", "The Growth of Weirs"),
        ("The Growth of Weirs", "THE GROWTH OF WEIRS IN TWO PARTS", "The Growth of Weirs"),
        (
            "The Growth of Weirs\n       in the Reaches of Ost",
            "THE GROWTH OF WEIRS IN THE REACHES OF OST",
            "The Growth of Weirs",
        ),
        ("The Growth of Weirs", "THE GROWTH OF WEIRS", "The Growth of Weirs"),
    ],
)
def test_a_title_page_goes_on_where_the_header_breaks_off(tmp_path: Path, header: str, page: str, title: str) -> None:
    head = f"Title: {header}\n\nAuthor: Orla Mell\n\n*** START OF THE PROJECT GUTENBERG EBOOK WEIRS ***\n\n\n\n"
    source = tmp_path / "weirs.txt"
    source.write_text(f"{head}{page}\n\nBY\n\nORLA MELL\n{CHAPTERS}", encoding="utf-8")
    assert read_source(source, Settings(), Report(), lambda _: None).book.title == title


def test_the_oldest_headers_had_the_licence_in_front_of_the_text(tmp_path: Path) -> None:
    source = tmp_path / "weirs.txt"
    head = "Title: The Weirs\nTitle: Weirs\n\nAuthor: Orla Mell [Penn]\n\n" + "The small print.\n" * 250
    rain = "\n\nIt rained on the quay and on the weir." * 500
    page = "THE WEIRS,\nWITH REMARKS ON MUD,\nBY ORLA MELL.\n\n\n\n"
    source.write_text(
        f"{head}\n*END THE SMALL PRINT! FOR ETEXTS*Ver.1*END*\n\n\n\n{page}{CHAPTERS}{rain}", encoding="utf-8"
    )
    read = read_source(source, Settings(), Report(), lambda _: None)
    assert (read.book.title, read.page.fields["subtitle"]) == ("The Weirs", ("With Remarks on Mud",))


def test_a_page_without_a_header_gives_title_and_author_in_one_block(tmp_path: Path) -> None:
    source = tmp_path / "weirs.txt"
    source.write_text(f"THE WEIRS,\nAND THEIR KEEPERS,\nBY ORLA MELL.\n\n\n\n{CHAPTERS}", encoding="utf-8")
    read = read_source(source, Settings(), Report(), lambda _: None)
    assert (read.book.title, read.page.fields["author"]) == ("THE WEIRS, AND THEIR KEEPERS", ("Orla Mell",))


@pytest.mark.parametrize(
    ("header", "page", "title", "subtitle"),
    [
        ("The Weir: A Tale of Mud", "THE WEIR:  A TALE OF MUD", "The Weir", "A Tale of Mud"),
        ("Plays by Orla Mell: The Weir", "THE WEIR\n\nA Play in Two Acts", "The Weir", "A Play in Two Acts"),
        ("The Weir; Or, Mud", "THE WEIR;\n\nOR,\n\nMUD", "The Weir", "Or, Mud"),
        ("Das Wehr oder der Schlamm", "DAS WEHR ODER DER SCHLAMM", "Das Wehr oder der Schlamm", ""),
        (
            "The Weir: A Tale of Mud\n       In Verse",
            "THE WEIR: A TALE OF MUD\n\nIn Verse",
            "The Weir: A Tale of Mud",
            "In Verse",
        ),
    ],
)
def test_a_header_names_title_and_subtitle_in_one_row(
    tmp_path: Path, header: str, page: str, title: str, subtitle: str
) -> None:
    source = tmp_path / "weirs.txt"
    head = f"Title: {header}\n\nAuthor: Orla Mell\n\n*** START OF THE PROJECT GUTENBERG EBOOK W ***\n\n\n\n"
    source.write_text(f"{head}{page}\n\nBY\n\nORLA MELL\n{CHAPTERS}", encoding="utf-8")
    read = read_source(source, Settings(), Report(), lambda _: None)
    assert (read.book.title, " ".join(read.page.fields.get("subtitle", ()))) == (title, subtitle)


def test_what_a_person_calls_the_book_hides_no_other_words(tmp_path: Path) -> None:
    source = tmp_path / "weirs.txt"
    source.write_text(f"THE WET ROPE\n\nBY\n\nORLA MELL\n\n\n\n{CHAPTERS}", encoding="utf-8")
    other = read_source(source, Settings(title="Weirs"), Report(), lambda _: None)
    assert 1 not in other.page.said
    assert 1 in read_source(source, Settings(title="Ropes and the Wet Rope"), Report(), lambda _: None).page.said


def test_a_header_may_leave_out_the_accents_of_a_title(tmp_path: Path) -> None:
    source = tmp_path / "weirs.txt"
    head = (
        "Title: The Weirs of the Cote d'Osiere\n\nAuthor: Orla Mell\n\n*** START OF THE PROJECT GUTENBERG EBOOK W ***"
    )
    page = "THE WEIRS\n\nof\n\nTHE CÔTE D’OSIÈRE.\n\nby\n\nO. MELL.\n\n\n\n"
    source.write_text(f"{head}\n\n\n\n{page}{CHAPTERS}", encoding="utf-8")
    assert "subtitle" not in read_source(source, Settings(), Report(), lambda _: None).page.fields


def test_whose_work_it_is_and_when_he_lived(tmp_path: Path) -> None:
    source = tmp_path / "weirs.txt"
    page = "THE WEIRS\n\n\nA COMEDY\n\nOF ORLA MELL\n(1265-1321)\n\nTRANSLATED BY\nIB PENN\n(1807-1882)\n\n\n\n"
    source.write_text(f"{page}{CHAPTERS}", encoding="utf-8")
    fields = read_source(source, Settings(), Report(), lambda _: None).page.fields
    assert fields == {"subtitle": ("A Comedy",), "author": ("Orla Mell",), "translator": ("Ib Penn",)}


def test_signs_of_a_title_page_are_set_as_those_of_the_text(tmp_path: Path) -> None:
    source = tmp_path / "weirs.txt"
    source.write_text(f"THE WEIR\n\nThe Keeper's Tale\n\nBY\n\nORLA MELL\n{CHAPTERS}", encoding="utf-8")
    read = read_source(source, Settings(), Report(), lambda _: None)
    assert read.page.fields["subtitle"] == ("The Keeper’s Tale",)


@pytest.mark.parametrize("name", ["weirs.md", "weirs.txt"])
def test_fields_above_a_text_say_of_the_book_what_its_title_page_would(tmp_path: Path, name: str) -> None:
    fields = (
        "title: The Growth of Weirs\nsubtitle: A Tale of Mud\nauthor: Orla Mell\ntranslator:\n- Bo Tarn\n- Cy Vale\n"
        "publisher: Tarn Brothers\ndate: 1911\nlanguage: de\ntags: [mud]\n"
    )
    source = tmp_path / name
    source.write_text(f"---\n{fields}---\n\n# Of Mud\n\n{TEXT}\n\n## Of Weirs\n\n{TEXT}\n", encoding="utf-8")
    reading = read_source(source, Settings(), Report(), lambda _: None)
    assert (reading.book.title, reading.authors, reading.lang) == ("The Growth of Weirs", ("Orla Mell",), "de")
    made = reading.page.completed(Settings())
    assert (made.subtitle, made.translator) == ("A Tale of Mud", ("Bo Tarn", "Cy Vale"))
    assert (made.original_publisher, made.original_date) == ("Tarn Brothers", "1911")


@pytest.mark.parametrize(("field", "key"), [("date: 2024-05-01", "original_date"), ("lang: ../../etc", "lang")])
def test_a_day_of_a_note_and_what_is_no_language_say_nothing_of_the_book(tmp_path: Path, field: str, key: str) -> None:
    source = tmp_path / "weirs.md"
    source.write_text(f"---\ntitle: Weirs\n{field}\ntags: [mud]\n---\n\n# Of Mud\n\n{TEXT}\n", encoding="utf-8")
    assert key not in read_source(source, Settings(), Report(), lambda _: None).page.fields

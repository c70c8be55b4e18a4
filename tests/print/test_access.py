"""The inside of the PDF: what a screen reader and an archive find there."""

from __future__ import annotations

from pipeline.proof.spoken import spoken_in_tags
from tests.pdfs import BOOKS, lamp_register, long_notes


def tags() -> list[str]:
    return [str(element.S).lstrip("/") for element in lamp_register().structure()]


def test_every_note_is_an_element_with_an_id_of_its_own() -> None:
    names = [str(element.ID) for element in lamp_register().structure() if element.S == "/Note"]
    assert len(names) == len(set(names)) == lamp_register().book.figures.notes


def test_a_long_note_is_one_element_however_many_pages_it_takes() -> None:
    opened = long_notes((20, 46, 60, 90, 200, 500))
    assert sum(element.S == "/Note" for element in opened.structure()) == opened.book.figures.notes


def test_calls_and_notes_are_linked_both_ways() -> None:
    links = [
        str(annotation.Dest)
        for page in lamp_register().pdf.pages
        for annotation in page.get("/Annots", [])
        if "/Dest" in annotation
    ]
    for number in range(1, 8):
        assert f"fn{number}" in links and f"call-fn{number}" in links


def test_the_forms_have_the_elements_that_the_standard_has_for_them() -> None:
    found = tags()
    for tag in ("Document", "Sect", "H1", "H2", "H3", "P", "TOC", "TOCI", "L", "LI", "Lbl", "LBody", "Table", "TH"):
        assert tag in found, tag
    assert found.count("BlockQuote") >= 4


def test_links_say_in_words_where_they_lead() -> None:
    for page in lamp_register().pdf.pages:
        for annotation in page.get("/Annots", []):
            assert str(annotation.Contents).strip() and not str(annotation.Contents).startswith("#")


def test_running_heads_and_folios_are_artifacts() -> None:
    content = lamp_register().pdf.pages[5].Contents.read_bytes()
    assert b"/Artifact" in content and b"/Header" in content and b"/Footer" in content


def test_foreign_passages_have_their_language() -> None:
    languages = [str(element.Lang) for element in lamp_register().structure() if "/Lang" in element]
    assert "ka" in languages


def test_inserted_hyphens_are_not_read() -> None:
    spoken = [str(e.ActualText) for e in long_notes((20, 46, 60, 90, 200, 500)).structure() if "/ActualText" in e]
    assert spoken and not any(words.endswith(("-", "\u2010")) for words in spoken)


def test_the_sources_of_the_book_are_attached() -> None:
    attachments = lamp_register().pdf.attachments
    for name in ("book.md", "references.json"):
        assert attachments[name].get_file().read_bytes() == (BOOKS / "lamp-register" / name).read_bytes()


def test_metadata_declare_both_standards_and_describe_the_book() -> None:
    packet = lamp_register().pdf.Root.Metadata.read_bytes().decode()
    for words in ("<pdfaid:part>3<", "<pdfaid:conformance>A<", "<pdfuaid:part>1<", "The Lamp Register", "Ivo Sample"):
        assert words in packet
    for words in ("Quiet Press", "Free to share.", "a file of notes", "urn:uuid:0", "Small Series", ">2026<"):
        assert words in packet
    assert packet.count("2026-01-01T00:00:00+00:00") == 2  # made and changed: the date of the book, not the clock's
    assert str(lamp_register().pdf.docinfo.ModDate) == "D:20260101000000Z"


def test_an_entry_of_the_contents_is_one_link_whose_words_are_parted_from_its_folio() -> None:
    entries = [element for element in lamp_register().structure() if element.S == "/TOCI"]
    links = [link for link in lamp_register().structure() if link.S == "/Link"]
    targets = [str(annotation.Dest) for annotation in lamp_register().pdf.pages[2].Annots]
    assert len(entries) == len(targets) == len(set(targets)) < len(links)
    told = spoken_in_tags(lamp_register().book.pdf, range(2)).text
    folio = told[told.index("division") + 1]
    assert folio.isdigit()

"""What a user may rely on: a text is read whatever wrote it; what is no text is refused in one sentence."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import Exit, OctavoError
from pipeline.model import Source
from pipeline.read import read
from pipeline.report import Report

ENGLISH = (
    "The old mill by the river stood empty – “a pity”, said the miller’s wife.\n"
    "Each day she wrote down how much water had passed under the wheel, and kept the café open.\n"
)
FRENCH = "Le vieux moulin près de la rivière était vide, et les enfants y allaient pêcher des écrevisses.\n" * 3
POLISH = "Stary młyn nad rzeką stał pusty, a dzieci chodziły tam łowić żaby. Źródło było blisko, pod kołem.\n" * 3
RUSSIAN = "Старый мост через реку давно никто не чинил, и зимой по нему ходили только дети из деревни.\n" * 3
GREEK = "Ο παλιός μύλος κοντά στο ποτάμι έμενε άδειος και τα παιδιά πήγαιναν εκεί κάθε μέρα.\n" * 3


def source_of(tmp_path: Path, data: bytes, encoding: str = "") -> tuple[Source, Report]:
    path = tmp_path / "mill.txt"
    path.write_bytes(data)
    report = Report()
    return read(path, report, encoding), report


def text_of(source: Source) -> str:
    return "".join(f"{line.text}\n" for line in source.lines)


@pytest.mark.parametrize(
    ("codec", "name", "certain"),
    [
        ("utf-8", "UTF-8", True),
        ("utf-8-sig", "UTF-8", True),
        ("utf-16", "UTF-16", True),
        ("utf-16-le", "UTF-16", False),
        ("utf-16-be", "UTF-16", False),
        ("utf-32", "UTF-32", True),
        ("cp1252", "Windows-1252", False),
    ],
)
def test_encoding_is_found(tmp_path: Path, codec: str, name: str, certain: bool) -> None:
    source, report = source_of(tmp_path, ENGLISH.encode(codec))
    assert text_of(source) == ENGLISH
    assert (source.encoding, source.certain) == (name, certain)
    assert [finding.code for finding in report.findings] == ([] if certain else ["encoding-guessed"])


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (FRENCH, "latin-1"),
        (FRENCH, "cp850"),
        (FRENCH, "mac_roman"),
        (POLISH, "cp1250"),
        (POLISH, "iso8859_2"),
        (RUSSIAN, "koi8_r"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "cp866"),
        (GREEK, "cp1253"),
    ],
)
def test_other_encodings_are_guessed_and_said(tmp_path: Path, text: str, codec: str) -> None:
    source, report = source_of(tmp_path, text.encode(codec))
    assert text_of(source) == text
    assert [finding.code for finding in report.findings] == ["encoding-guessed"]


def test_the_same_book_from_latin_1_and_utf_8(tmp_path: Path) -> None:
    first, _ = source_of(tmp_path, FRENCH.encode("latin-1"))
    second, _ = source_of(tmp_path, FRENCH.encode("utf-8"))
    assert first.lines == second.lines


def test_an_encoding_that_is_named_is_believed(tmp_path: Path) -> None:
    source, report = source_of(tmp_path, POLISH.encode("iso8859_2"), "iso-8859-2")
    assert text_of(source) == POLISH
    assert source.certain
    assert not report.findings


def test_utf_8_with_a_few_wrong_bytes_is_still_utf_8(tmp_path: Path) -> None:
    data = "a café\nthe mill’s wheel\nthe café’s door\n".encode() + b"a caf\xe9 \x93here\x94\nlast\n"
    source, report = source_of(tmp_path, data)
    assert source.lines[3].text == "a café “here”"
    assert source.lines[2].text == "the café’s door"
    assert [(finding.code, finding.line) for finding in report.findings] == [("bytes-mixed", 4)]


@pytest.mark.parametrize(
    ("text", "lines", "newline"),
    [
        ("a\nb\n", ["a", "b"], "LF"),
        ("a\r\nb\r\n", ["a", "b"], "CRLF"),
        ("a\rb\r", ["a", "b"], "CR"),
        ("a\r\nb\nc\rd", ["a", "b", "c", "d"], "mixed"),
        ("a", ["a"], "none"),
        ("\n\na\n\n", ["", "", "a", ""], "LF"),
        ("a\u2028b\x0bc\x0cd\x85e\x1ef\n", ["a\u2028b\x0bc\x0cd\x85e\x1ef"], "LF"),
    ],
)
def test_lines_end_at_cr_lf_and_crlf_only(tmp_path: Path, text: str, lines: list[str], newline: str) -> None:
    source, _ = source_of(tmp_path, text.encode())
    assert [line.text for line in source.lines] == lines
    assert [line.number for line in source.lines] == list(range(1, len(lines) + 1))
    assert source.newline == newline


@pytest.mark.parametrize(
    ("data", "exit_code", "says"),
    [
        (b"", Exit.NO_INPUT, "is empty"),
        (b" \n\t\r\n \xc2\xa0\n", Exit.NO_INPUT, "nothing but blanks"),
        (b"\xef\xbb\xbf", Exit.NO_INPUT, "nothing but blanks"),
        (b"%PDF-1.7\n1 0 obj\n", Exit.NOT_TEXT, "a PDF"),
        (b"{\\rtf1\\ansi a mill}", Exit.NOT_TEXT, "an RTF file"),
        (b"PK\x03\x04\x14\x00\x00\x00\x08\x00" + b"\x00" * 30, Exit.NOT_TEXT, "a ZIP archive"),
        (b"PK\x03\x04" + b"\x00" * 26 + b"mimetypeapplication/epub+zipPK", Exit.NOT_TEXT, "an EPUB"),
        (b"PK\x03\x04" + b"\x00" * 26 + b"[Content_Types].xml \xa2", Exit.NOT_TEXT, "a Word"),
        (b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03abc", Exit.NOT_TEXT, "a gzip archive"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", Exit.NOT_TEXT, "a PNG image"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01", Exit.NOT_TEXT, "a JPEG image"),
        (b"GIF89a\x01\x00\x01\x00\x80\x00\x00", Exit.NOT_TEXT, "a GIF image"),
        (b"MZ\x90\x00\x03\x00\x00\x00\x04\x00", Exit.NOT_TEXT, "a program"),
        (b"A quiet text.\n" * 100 + b"with a \x00 in it\n", Exit.NOT_TEXT, "the first on line 101"),
        (bytes(range(256)) * 4, Exit.NOT_TEXT, "no text"),
        (bytes(range(1, 32)) * 40, Exit.NOT_TEXT, "no text"),
        ("a mill".encode("utf-16") + b"\x00\xd8", Exit.NOT_TEXT, "damaged from byte"),
    ],
)
def test_what_is_no_text_is_named(tmp_path: Path, data: bytes, exit_code: Exit, says: str) -> None:
    with pytest.raises(OctavoError, match=says) as raised:
        source_of(tmp_path, data)
    assert raised.value.exit_code == exit_code
    assert raised.value.hint


@pytest.mark.parametrize("start", ["MZ is a place.", "BZh, he wrote.", "GIF8 is a word.", "ID3 is a tag.", "PK"])
def test_words_that_begin_like_other_files_are_text(tmp_path: Path, start: str) -> None:
    source, _ = source_of(tmp_path, start.encode())
    assert source.lines[0].text == start


def test_missing_and_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "no.txt", tmp_path, tmp_path / "no" / "no.txt"):
        with pytest.raises(OctavoError) as raised:
            read(path, Report())
        assert raised.value.exit_code == Exit.NO_INPUT
        assert str(path) in raised.value.what


def test_no_right_to_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "mill.txt"
    path.write_text("a mill")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)  # root may read everything, so the system is asked to play
    with pytest.raises(OctavoError, match="permission denied") as raised:
        read(path, Report())
    assert raised.value.exit_code == Exit.NO_ACCESS


def test_a_pipe_is_read(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    writer = threading.Thread(target=path.write_text, args=("a mill\n",))
    writer.start()
    assert read(path, Report()).lines[0].text == "a mill"
    writer.join()


@pytest.mark.parametrize(
    ("encoding", "exit_code"),
    [
        ("klingon", Exit.SETTINGS),
        ("rot13", Exit.SETTINGS),
        ("utf-8", Exit.NOT_TEXT),
        ("utf-16", Exit.NOT_TEXT),
    ],
)
def test_an_encoding_that_does_not_fit(tmp_path: Path, encoding: str, exit_code: Exit) -> None:
    with pytest.raises(OctavoError) as raised:
        source_of(tmp_path, b"one\ntwo\ncaf\xe9 x\n", encoding)
    assert raised.value.exit_code == exit_code


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\t"), min_size=1))
def test_reading_utf_8_gives_back_every_letter(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    data = f"mill {text}\n".encode()
    source, report = source_of(tmp_path_factory.mktemp("read"), data)
    assert text_of(source) == f"mill {text}\n"
    assert not report.findings


def test_of_a_gap_without_end_no_more_is_kept_than_any_page_has(tmp_path: Path) -> None:
    path = tmp_path / "weir.txt"
    path.write_bytes(b"The weir." + b"\n" * 100_001 + b"The mill." + b"\n" * 40 + b"The end.\n")
    lines = read(path, Report()).lines
    assert [line.number for line in lines if line.text] == [1, 100_002, 100_042]
    assert len(lines) == 1_000 + 39 + 3

"""What the world outside may rely on: a valid package, true metadata, the same bytes for the same book, a cover."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from pipeline.check import engines, verdict_on_epub
from pipeline.epub.kindle import make_azw3
from pipeline.errors import Exit, OctavoError
from pipeline.settings import Settings
from tests.epubs import BOOKS, Opened, build, long_ledger, weather_ledger

ONE = "# One\n\nRain.\n"


# ---------------------------------------------------------------------------------------------------- validity


def judged(book: Opened, folder: Path) -> str:
    """What epubcheck says of a book."""
    if engines.epubcheck() is None or engines.java() is None:
        pytest.skip("epubcheck is not there: make check installs it")
    path = folder / "book.epub"
    path.write_bytes(book.data)
    verdict = verdict_on_epub(path)
    assert verdict.broken == ()
    return verdict.words()


@pytest.mark.slow
def test_epubcheck_finds_nothing_in_a_long_book_with_a_cover_of_ours(tmp_path: Path) -> None:
    assert judged(long_ledger(), tmp_path) == "passed (epubcheck)"


@pytest.mark.slow
def test_epubcheck_finds_nothing_in_a_book_of_every_kind_of_block_with_all_choices(tmp_path: Path) -> None:
    folder = tmp_path / "ledger"
    shutil.copytree(BOOKS / "weather-ledger", folder)
    Image.new("RGB", (600, 900), "navy").save(folder / "mill.jpg")
    settings = Settings(embed_fonts=True, cover=str(folder / "mill.jpg"), identifier="978-3-16-148410-0", lang="he")
    text = (folder / "book.md").read_text(encoding="utf-8")
    book = build(f"{text}\n![A mill](mill.jpg)\n\n<br>\n", folder, settings)
    assert judged(book, tmp_path) == "passed (epubcheck)"
    assert book.find("content.opf", "//opf:spine/@page-progression-direction") == ["rtl"]


# ---------------------------------------------------------------------------------------------------- metadata


def test_the_package_says_what_the_book_is() -> None:
    book = weather_ledger()
    facts = {name: [one.text for one in book.find("content.opf", f"//dc:{name}")] for name in ("title", "creator")}
    assert facts["title"] == ["The Weather Ledger", "What was written down at the mill"]
    assert facts["creator"] == ["Ada Quill", "Osip Tarn"]
    assert book.meta("file-as") == ["Quill, Ada", "Tarn, Osip"]
    assert book.meta("belongs-to-collection") == ["Ledgers"] and book.meta("group-position") == ["2"]
    assert book.meta("dcterms:modified") == ["1951-03-01T00:00:00Z"]
    assert "pageNavigation" in book.meta("schema:accessibilityFeature")
    assert book.meta("dcterms:conformsTo") == []


def test_settings_win_over_the_manuscript() -> None:
    old = f"---\ntitle: Old\nlang: en\nsubject: [frost, mills]\n---\n\n{ONE}"
    assert build(old).find("content.opf", "//dc:subject/text()") == ["frost", "mills"]
    book = build(old, settings=Settings(title="New", author=("A", "B"), lang="de", subject=("thaw",)))
    assert book.find("content.opf", "//dc:subject/text()") == ["thaw"]
    assert book.find("content.opf", "//dc:title/text()") == ["New"]
    assert book.find("content.opf", "//dc:creator/text()") == ["A", "B"]
    assert book.find("nav.xhtml", "//x:h1/text()") == ["Inhalt"]


@pytest.mark.parametrize(
    ("identifier", "written"),
    [("978-3-16-148410-0", "urn:isbn:9783161484100"), ("urn:isbn:316148410X", "urn:isbn:316148410X"), ("x-1", "x-1")],
)
def test_an_identifier_that_was_given_is_kept(identifier: str, written: str) -> None:
    book = build(ONE, settings=Settings(identifier=identifier))
    assert book.find("content.opf", "//dc:identifier/text()") == [written]
    assert book.find("toc.ncx", "//ncx:meta[@name='dtb:uid']/@content") == [written]


def test_a_new_text_of_the_same_book_keeps_its_identifier() -> None:
    found = [
        build(f"# One\n\n{words}\n", settings=Settings(title=title)).find("content.opf", "//dc:identifier/text()")
        for words, title in (("Rain.", "Weather"), ("Snow.", "Weather"), ("Snow.", "Climate"))
    ]
    assert found[0] == found[1] != found[2]


@pytest.mark.parametrize(
    ("date", "published", "modified"),
    [
        ("1951", ["1951"], "1951-01-01T00:00:00Z"),
        ("1951-03", ["1951-03"], "1951-03-01T00:00:00Z"),
        ("spring 1951", [], "2001-09-09T01:46:40Z"),
        ("1951-13-40", [], "2001-09-09T01:46:40Z"),
    ],
)
def test_the_date_of_change_comes_from_the_book(
    date: str, published: list[str], modified: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    book = build(ONE, settings=Settings(date=date))
    assert book.meta("dcterms:modified") == [modified]
    assert book.find("content.opf", "//dc:date/text()") == published


# ------------------------------------------------------------------------------------------------ reproducible


def test_the_archive_begins_with_its_kind_and_tells_nothing_of_its_making() -> None:
    with zipfile.ZipFile(io.BytesIO(weather_ledger().data)) as archive:
        entries = archive.infolist()
    assert entries[0].filename == "mimetype" and entries[0].compress_type == zipfile.ZIP_STORED
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert len({entry.external_attr for entry in entries}) == 1


@pytest.mark.slow
def test_the_same_book_is_the_same_bytes_elsewhere_and_later(tmp_path: Path) -> None:
    source = BOOKS / "weather-ledger"
    program = (
        "import hashlib, sys; from pathlib import Path; from tests.epubs import build; folder = Path(sys.argv[1]); "
        "book = build((folder / 'book.md').read_text('utf-8'), folder, cover=''); "
        "print(hashlib.sha256(book.data).hexdigest())"
    )
    digests = {hashlib.sha256(weather_ledger().data).hexdigest()}
    for number, (zone, locale) in enumerate([("Asia/Kathmandu", "C"), ("America/St_Johns", "tr_TR.UTF-8")]):
        folder = tmp_path / f"elsewhere {number}"
        folder.mkdir()
        for path in source.iterdir():
            (folder / path.name).write_bytes(path.read_bytes())
            os.utime(folder / path.name, (time.time() + 3600, 86400 * 365 * number))
        environment = {**os.environ, "TZ": zone, "LC_ALL": locale, "LANG": locale, "PYTHONHASHSEED": str(number)}
        environment["PYTHONPATH"] = str(Path(__file__).parent.parent.parent)
        done = subprocess.run(
            [sys.executable, "-c", program, str(folder)],
            env=environment,
            cwd=folder,
            capture_output=True,
            text=True,
            check=True,
        )
        digests.add(done.stdout.strip())
    assert len(digests) == 1


# -------------------------------------------------------------------------------------------------------- cover


@pytest.mark.parametrize(
    "title",
    [
        "Rain",
        "An Account of All the Rain That Ever Fell " * 6,
        "Niederschlagswahrscheinlichkeitsvorhersagetabellen",
        "Погода на мельнице",
    ],
)
def test_a_cover_is_set_for_any_title(title: str) -> None:
    book = build(ONE, settings=Settings(title=title.strip(), author=("Ada Quill",)), cover="")
    with Image.open(io.BytesIO(book.files["cover.png"])) as cover:
        assert cover.size == (1600, 2560)
        gray = cover.convert("L")
        inks = {colour for _, colour in sorted(cover.convert("RGB").getcolors() or [], reverse=True)[:3]}
    assert inks == {(0x23, 0x31, 0x3F), (0xF4, 0xEC, 0xDC), (0xC9, 0xB3, 0x7E)}  # as the style sheet has them
    # Light letters stand between the rules, and none outside the frame.
    lightest = [max(gray.crop(box).tobytes()) for box in ((200, 300, 1400, 2300), (0, 0, 1600, 80), (0, 0, 80, 2560))]
    assert lightest[0] > 200 and max(lightest[1:]) < 80
    assert len(book.files["cover.png"]) < 150_000 and book.codes == []


def test_the_users_picture_is_the_cover(tmp_path: Path) -> None:
    Image.new("RGB", (60, 90), "navy").save(tmp_path / "mill.jpg")
    book = build(ONE, settings=Settings(cover=str(tmp_path / "mill.jpg")))
    assert book.files["cover.jpg"] == (tmp_path / "mill.jpg").read_bytes()


@pytest.mark.parametrize(("name", "code"), [("none.png", Exit.NO_ACCESS), ("words.png", Exit.SETTINGS)])
def test_a_cover_that_cannot_be_used_is_refused(name: str, code: Exit, tmp_path: Path) -> None:
    (tmp_path / "words.png").write_text("no picture")
    with pytest.raises(OctavoError) as caught:
        build(ONE, settings=Settings(cover=str(tmp_path / name)))
    assert caught.value.exit_code is code


def test_without_calibre_azw3_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(OctavoError, match="calibre") as caught:
        make_azw3(weather_ledger().data)
    assert caught.value.exit_code is Exit.MISSING_PROGRAM


def test_faces_are_embedded_only_if_asked_for() -> None:
    plain, embedded = build(ONE), build(ONE, settings=Settings(embed_fonts=True))
    assert not [name for name in plain.files if name.endswith(".otf")]
    assert [name for name in embedded.files if name.endswith(".otf")]
    assert b"font-face" in embedded.files["style.css"] and b"font-family" not in plain.files["style.css"]

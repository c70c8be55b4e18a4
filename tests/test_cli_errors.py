"""When things go wrong: one clear sentence, an exit code of its own, and the earlier book as it was."""

import errno
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from pipeline import build, pandoc
from pipeline.cli import main
from pipeline.errors import Exit, OctavoError
from pipeline.files import together, write_whole

ROOT = Path(__file__).parent.parent
TEXT = "Of Lamps\n\n\nA lamp is lit at dusk.\nWray, Nathaniel. The Fog Bell. London: Pellow, 1911, p. 2\n"


def zipped() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "a")
    return out.getvalue()


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "lamps.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def said(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str]:
    """Run the command; return its exit code and what it said on stderr, which holds no traceback."""
    code = main([str(one) for one in arguments])
    stderr = capsys.readouterr().err
    assert "Traceback" not in stderr
    return code, stderr


def one_sentence(stderr: str) -> str:
    """Check that stderr is one line that begins with the command's name; return it."""
    assert stderr.startswith("octavo: ")
    assert stderr.count("\n") == 1
    return stderr


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        (b"", Exit.NO_INPUT, "is empty"),
        (b" \n\n\t\n", Exit.NO_INPUT, "nothing but blanks"),
        (b"%PDF-1.7\n1 0 obj\n", Exit.NOT_TEXT, "is a PDF"),
        (zipped(), Exit.NOT_TEXT, "is a ZIP"),
        (bytes(range(256)) * 8, Exit.NOT_TEXT, "no text"),
    ],
    ids=["empty", "blanks", "pdf", "zip", "bytes"],
)
def test_a_source_that_is_no_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, code: Exit, words: str
) -> None:
    path = tmp_path / "source.txt"
    path.write_bytes(content)
    got, stderr = said(capsys, "draft", path, "--out", tmp_path / "out")
    assert got == code
    assert words in one_sentence(stderr)
    assert str(path) in stderr
    assert not (tmp_path / "out").exists()


def test_a_page_whose_parts_lie_hundreds_deep_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "page.html"
    path.write_text(f"<html><body>{'<div>' * 900}<p>Words.</p></body></html>", encoding="utf-8")
    got, stderr = said(capsys, "draft", path, "--out", tmp_path / "out")
    assert got == Exit.TOO_LARGE
    assert "nested deeper" in one_sentence(stderr)


def test_a_source_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, stderr = said(capsys, "pdf", tmp_path / "nowhere.txt", "--out", tmp_path / "out")
    assert code == Exit.NO_INPUT
    assert "nowhere.txt" in one_sentence(stderr)


def test_a_folder_as_the_source(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, stderr = said(capsys, "epub", tmp_path, "--out", tmp_path / "out")
    assert code == Exit.NO_INPUT
    assert "is a folder" in one_sentence(stderr)


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        ("title = Of Lamps", "not valid TOML"),
        ('titel = "Of Lamps"', "“title”"),
        ("title = 7", "“title”"),
        ('embed_fonts = "yes"', "true or false"),
        ('encoding = "utf-9"', "utf-9"),
    ],
)
def test_settings_that_cannot_be_meant(text: Path, capsys: pytest.CaptureFixture[str], toml: str, words: str) -> None:
    text.with_suffix(".toml").write_text(toml, encoding="utf-8")
    code, stderr = said(capsys, "draft", text, "--out", text.parent / "out")
    assert code == Exit.SETTINGS
    assert words in one_sentence(stderr)


def test_settings_named_but_not_there(text: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, stderr = said(capsys, "draft", text, "--settings", text.parent / "none.toml")
    assert code in (Exit.SETTINGS, Exit.NO_ACCESS)
    assert "none.toml" in one_sentence(stderr)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read and write everything")
class TestRights:
    def test_no_right_to_read(self, text: Path, capsys: pytest.CaptureFixture[str]) -> None:
        text.chmod(0)
        code, stderr = said(capsys, "draft", text, "--out", text.parent / "out")
        assert code == Exit.NO_ACCESS
        assert str(text) in one_sentence(stderr)

    def test_no_right_to_write(self, text: Path, capsys: pytest.CaptureFixture[str]) -> None:
        out = text.parent / "out"
        out.mkdir(0o555)
        code, stderr = said(capsys, "draft", text, "--out", out)
        assert code == Exit.NO_ACCESS
        assert str(out) in one_sentence(stderr)


class TestClosedFolders:
    """Folders that may not even be looked into, tried so that root sees it too."""

    def test_of_the_source(
        self, text: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        close(text.parent, monkeypatch)
        code, stderr = said(capsys, "draft", text, "--out", Path.cwd() / "build")
        assert code == Exit.NO_ACCESS
        assert str(text) in one_sentence(stderr)

    def test_of_the_book(self, text: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        close(text.parent, monkeypatch)
        with pytest.raises(OctavoError) as caught, together(text.parent / "out"):
            pytest.fail("came in")
        assert caught.value.exit_code is Exit.NO_ACCESS


def close(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stat = Path.stat

    def closed(path: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        if path.is_relative_to(folder):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return stat(path, follow_symlinks=follow_symlinks)

    monkeypatch.setattr(Path, "stat", closed)


def test_a_file_where_the_folder_should_be(text: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, stderr = said(capsys, "draft", text, "--out", text)
    assert code == Exit.NO_ACCESS
    assert str(text) in one_sentence(stderr)
    assert text.read_text(encoding="utf-8") == TEXT


@pytest.fixture
def earlier(text: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, bytes]:
    """An earlier book in ``out``; what its files hold."""
    assert main(["draft", str(text), "--out", str(text.parent / "out")]) == Exit.OK
    capsys.readouterr()
    return holds(text.parent / "out")


def holds(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def disk_full_after(files: int) -> Callable[[int], None]:
    left = iter(range(files))

    def fsync(_handle: int) -> None:
        if next(left, None) is None:
            raise OSError(errno.ENOSPC, "No space left on device")

    return fsync


@pytest.mark.parametrize("files", [0, 1, 3])
def test_a_full_disk_leaves_the_earlier_book(
    text: Path,
    earlier: dict[str, bytes],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    files: int,
) -> None:
    text.write_text(TEXT.replace("dusk", "dawn"), encoding="utf-8")
    monkeypatch.setattr(os, "fsync", disk_full_after(files))
    code, stderr = said(capsys, "draft", text, "--out", text.parent / "out")
    assert code == Exit.DISK_FULL
    assert "No space left" in one_sentence(stderr)
    assert ".making" not in stderr
    assert holds(text.parent / "out") == earlier


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n"], ids=["empty", "pdf"])
def test_a_bad_source_leaves_the_earlier_book(
    text: Path, earlier: dict[str, bytes], capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    text.write_bytes(content)
    said(capsys, "draft", text, "--out", text.parent / "out")
    assert holds(text.parent / "out") == earlier


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        (["--citation-style", "/etc/passwd"], Exit.SETTINGS, "no citation style"),
        (["--citation-style", "lamps.csl"], Exit.SETTINGS, "lamps.csl"),
        (["--citation-style", "nowhere.csl"], Exit.SETTINGS, "nowhere.csl"),
        (["--cover", "x" * 999], Exit.NO_ACCESS, "cover"),
        (["--cover", "lamps.csl"], Exit.SETTINGS, "neither PNG nor JPEG"),
        (["--verdicts", "x" * 999], Exit.SETTINGS, "no file of verdicts"),
        (["--slug", "x" * 101], Exit.SETTINGS, "slug"),
        (["--title", "a\udce9"], Exit.SETTINGS, "U+DCE9"),
        (["--out", "x" * 999], Exit.NO_ACCESS, "too long"),
    ],
)
def test_a_draft_refuses_what_an_edition_would(
    text: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    options: list[str],
    code: Exit,
    words: str,
) -> None:
    monkeypatch.chdir(text.parent)
    Path("lamps.csl").write_text("<lamps/>", encoding="utf-8")
    got, stderr = said(capsys, "draft", text, *options)
    assert got == code
    assert words in one_sentence(stderr)
    assert not Path("build").exists()


@pytest.mark.parametrize("name", ["", ".", "/", "/dev/null", "loop"])
@pytest.mark.parametrize("command", ["draft", "cite", "explain"])
def test_what_is_no_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str, command: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("loop").symlink_to("loop")
    code, stderr = said(capsys, command, name, *(["1"] if command == "explain" else []))
    assert code in (Exit.NO_INPUT, Exit.NO_ACCESS)
    one_sentence(stderr)


@pytest.mark.parametrize(
    "arguments",
    [
        ("draft", "lamps.txt", "--out", "loop"),
        ("draft", "lamps.txt", "--out", "loop/deep"),
        ("draft", "loop/lamps.txt"),
        ("shelf", "make", "loop", "--out", "shelf"),
        ("shelf", "make", ".", "--out", "loop"),
        ("draft", "wick.txt"),  # its settings are such a link
    ],
)
def test_a_link_that_leads_in_a_circle_is_named(
    text: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    monkeypatch.chdir(text.parent)
    Path("loop").symlink_to("loop")
    Path("wick.txt").write_text(TEXT, encoding="utf-8")
    Path("wick.toml").symlink_to("loop")
    code, stderr = said(capsys, *arguments)
    assert code in (Exit.NO_INPUT, Exit.NO_ACCESS)
    one_sentence(stderr)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (MemoryError(), Exit.TOO_LARGE),
        (RecursionError(), Exit.TOO_LARGE),
        (ImportError("etree.so: failed to map segment from shared object"), Exit.TOO_LARGE),
        (ImportError("libpango.so: cannot open shared object file"), Exit.MISSING_PROGRAM),
        (OSError(errno.ENOSPC, "No space left on device"), Exit.DISK_FULL),
        (OSError(errno.EIO, "Input/output error", "lamps"), Exit.NO_ACCESS),
        (OSError(errno.ENAMETOOLONG, "File name too long", b"\xe9"), Exit.NO_ACCESS),
    ],
)
def test_what_the_machine_refuses_anywhere_is_a_sentence(
    text: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, error: Exception, code: Exit
) -> None:
    def refused(*_arguments: object) -> None:
        raise error

    monkeypatch.setattr(build, "read_source", refused)
    got, stderr = said(capsys, "draft", text, "--out", text.parent / "out")
    assert got == code
    one_sentence(stderr)


def interrupted(*_arguments: object) -> None:
    raise KeyboardInterrupt


def pandoc_is_away() -> str:
    raise OSError("No pandoc was found")


def test_a_missing_program_is_named(
    text: Path, earlier: dict[str, bytes], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pandoc.program.cache_clear()
    monkeypatch.setattr(pandoc, "find_spec", lambda name: None)
    monkeypatch.setattr("pypandoc.get_pandoc_path", pandoc_is_away)
    code, stderr = said(capsys, "draft", text, "--fresh", "--out", text.parent / "out")
    monkeypatch.undo()
    pandoc.program.cache_clear()
    assert code == Exit.MISSING_PROGRAM
    assert "Pandoc" in one_sentence(stderr)
    assert holds(text.parent / "out") == earlier


def test_a_book_that_pandoc_cannot_read(text: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = text.parent / "book.md"
    book.write_text("---\ntitle: [\n---\n\nA lamp.\n", encoding="utf-8")
    code, stderr = said(capsys, "epub", book)
    assert code == Exit.TOOL_FAILED
    assert "Pandoc" in one_sentence(stderr)


def test_stopped_from_the_keyboard(
    text: Path, earlier: dict[str, bytes], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "read_source", interrupted)
    code, _ = said(capsys, "draft", text, "--fresh", "--out", text.parent / "out")
    assert code == Exit.INTERRUPTED
    assert holds(text.parent / "out") == earlier


def test_a_line_that_the_source_has_not(text: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, stderr = said(capsys, "explain", text, "99")
    assert code == Exit.USAGE
    assert "lines 1 to 5" in one_sentence(stderr)


@pytest.mark.parametrize("arguments", [[], ["bind", "a.txt"], ["pdf"], ["pdf", "a.txt", "--titel", "x"]])
def test_a_command_line_that_is_not_understood(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == Exit.USAGE
    assert "usage: octavo" in capsys.readouterr().err


@pytest.mark.parametrize(
    "name",
    [
        *("a" * 250 + ".txt", "\ufdfa" * 80 + ".txt", "caf\udce9.txt"),
        *("a name with spaces.txt", "it's “quoted” & more.txt", "-dash.txt", "λύχνος.txt", "no extension"),
    ],
)
def test_any_name_will_do_for_a_source(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (tmp_path / name).write_text(TEXT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert said(capsys, "draft", "--out", "a folder", "--", name) == (Exit.OK, "")
    assert len(list((tmp_path / "a folder").glob("*/book.md"))) == 1


def test_nothing_stays_where_nothing_was_made(
    text: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", disk_full_after(2))
    code, _ = said(capsys, "draft", text, "--out", text.parent / "out")
    assert code == Exit.DISK_FULL
    assert list(text.parent.rglob("out/*")) == []


def test_a_file_appears_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "book.md"
    write_whole(path, "earlier")
    crash: Callable[[int], None] = interrupted
    monkeypatch.setattr(os, "fsync", crash)
    with pytest.raises(KeyboardInterrupt):
        write_whole(path, "later")
    assert path.read_text(encoding="utf-8") == "earlier"
    assert [one.name for one in tmp_path.iterdir()] == ["book.md"]


def test_output_that_nobody_reads_and_a_terminal_without_curly_quotes(text: Path) -> None:
    command = [sys.executable, "-m", "pipeline", "explain", str(text), "5", "4"]
    shown = subprocess.run(
        command, capture_output=True, cwd=ROOT, check=False, env={**os.environ, "PYTHONIOENCODING": "ascii"}
    )
    assert shown.returncode == 0, shown.stderr
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT) as unread:
        assert unread.stdout is not None
        assert unread.stderr is not None
        unread.stdout.close()
        assert b"Traceback" not in unread.stderr.read()

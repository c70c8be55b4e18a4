"""Read: the bytes of a source file become numbered lines, and the report learns how they were decoded.

UTF-8 is certain, for other bytes hardly ever are UTF-8 by accident; so is a byte-order mark, and an encoding
that the user names. Everything else is a guess, and a finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from string import ascii_letters

from pipeline.bounds import LINES, SIZE
from pipeline.errors import Exit, OctavoError
from pipeline.model import Line, Source
from pipeline.places import named
from pipeline.report import Report

ENCODINGS = {
    "utf-8": "UTF-8",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-32-le": "UTF-32",
    "utf-32-be": "UTF-32",
    "cp1252": "Windows-1252",
    "cp1250": "Windows-1250",
    "cp1251": "Windows-1251",
    "cp1253": "Windows-1253",
    "cp1254": "Windows-1254",
    "cp1255": "Windows-1255",
    "koi8_r": "KOI8-R",
    "cp866": "DOS code page 866",
    "cp850": "DOS code page 850",
    "mac_roman": "Mac Roman",
    "cp932": "Shift JIS",
    "euc_jp": "EUC-JP",
    "gb18030": "GB 18030",
    "big5": "Big5",
    "cp949": "Korean code page 949",
    "iso8859_2": "ISO 8859-2",
    "iso8859_5": "ISO 8859-5",
    "iso8859_7": "ISO 8859-7",
}
"""The encodings that are tried, by Python's name, with the name that people know."""

BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),  # before UTF-16, whose mark is the beginning of this one
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)

PDF = b"%PDF-"
"""Stands within the first 1,024 bytes of a PDF (ISO 32000-1, Annex H); what stands before it is not read."""

NOT_TEXTS = (
    (0, b"{\\rtf", "an RTF file"),
    (0, b"%!PS", "a PostScript file"),
    (30, b"mimetypeapplication/epub+zip", "an EPUB"),
    (30, b"mimetypeapplication/vnd.oasis.opendocument", "an OpenDocument file"),
    (30, b"[Content_Types].xml", "a Word, Excel or PowerPoint file"),
    (0, b"PK\x03\x04", "a ZIP archive"),
    (0, b"PK\x05\x06", "an empty ZIP archive"),
    (0, b"\x1f\x8b", "a gzip archive"),
    (0, b"BZh", "a bzip2 archive"),
    (0, b"\xfd7zXZ\x00", "an xz archive"),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (0, b"Rar!\x1a\x07", "a RAR archive"),
    (0, b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (257, b"ustar", "a tar archive"),
    (0, b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (0, b"\xff\xd8\xff", "a JPEG image"),
    (0, b"GIF8", "a GIF image"),
    (0, b"II*\x00", "a TIFF image"),
    (0, b"MM\x00*", "a TIFF image"),
    (8, b"WEBP", "a WebP image"),
    (0, b"AT&TFORM", "a DjVu file"),
    (60, b"BOOKMOBI", "a Kindle book (MOBI or AZW3)"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word, Excel or PowerPoint file"),
    (0, b"SQLite format 3\x00", "an SQLite database"),
    (0, b"\x7fELF", "a program"),
    (0, b"MZ", "a program"),
    (0, b"ID3", "a sound file"),
    (0, b"OggS", "a sound or video file"),
    (4, b"ftyp", "a video or image file"),
)
"""Offset, bytes that stand there, and the name of what begins like that."""

WIDEST_GAP = 1_000
"""Blank lines in a row that are kept: no page is so long, and more of them say no more."""

LINE_END = re.compile(r"\r\n|\r|\n")
CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\v\f\r\x1a\x1b")) + b"\x7f"
BLANKS = re.compile(r"[\s\x00\x1a\xad\u200b-\u200f\u2060\ufeff]*\Z")


def read(path: Path, report: Report, encoding: str = "") -> Source:
    """Read the text file ``path``.

    Args:
        path: a file; a pipe will do.
        report: gets a finding when the encoding is a guess, and one for each line with bytes that do not fit.
        encoding: any name that Python knows; empty: find out.

    Returns:
        The lines, split at CR, LF and CRLF and at nothing else, numbered from 1, without a byte-order mark and without
        what is beyond :data:`WIDEST_GAP` of a gap.
        ``newline`` is "LF", "CRLF", "CR", "mixed", or "none" if there is only one line.

    Raises:
        OctavoError: NO_INPUT (missing, a folder, nothing in it), NO_ACCESS, NOT_TEXT, or SETTINGS for an
            encoding that nobody knows.

    """
    data = read_bytes(path)
    if PDF in data[:1024]:
        from pipeline.pdf import lines_of_pdf

        return Source(named(path), lines_of_pdf(data, path), "PDF", True, "LF")
    if encoding:
        text, name, certain = _forced(data, encoding, path), encoding, True
    else:
        text, codec, certain = _decoded(data, path, report)
        name = ENCODINGS[codec]
        if not certain:
            report.find("encoding-guessed", encoding=name, settings=f"{Path(named(path)).stem}.toml")
    if BLANKS.match(text):
        raise OctavoError(Exit.NO_INPUT, f"{path} has nothing but blanks in it.", "Give a text with words.")
    lines = LINE_END.split(text)
    if lines[-1] == "":
        lines.pop()
    return Source(named(path), tuple(_numbered(lines, path)), name, certain, _newline(text))


def _numbered(lines: Iterable[str], path: Path) -> Iterator[Line]:
    """Yield the lines with their numbers; of a gap, what is beyond :data:`WIDEST_GAP` counts, and is not kept.

    Raises:
        OctavoError: TOO_LARGE (:data:`pipeline.bounds.LINES`), by those that are kept.

    """
    left = LINES.value
    gap = 0
    for number, text in enumerate(lines, 1):
        gap = gap + 1 if (not text or text.isspace()) and "\f" not in text else 0
        if gap <= WIDEST_GAP:
            if not left:
                raise LINES.refusal(f"{path} has")
            left -= 1
            yield Line(number, text)


def read_bytes(path: Path, *, empty: bool = False) -> bytes:
    """Return what is in the file, if it can be a text at all; nothing in it is an error unless it may be ``empty``.

    Raises:
        OctavoError: NO_INPUT (missing, a folder, empty), NO_ACCESS, TOO_LARGE (:data:`pipeline.bounds.SIZE`).

    """
    most = SIZE.value * 1_000_000
    try:
        if path.is_dir():
            raise OctavoError(Exit.NO_INPUT, f"{path} is a folder.", "Name the text file in it.")
        if path.exists() and not (path.is_file() or path.is_fifo()):
            raise OctavoError(Exit.NO_INPUT, f"{path} is not a file.", "Name a text file.")
        with path.open("rb") as file:
            data = file.read(most + 1)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise OctavoError(Exit.NO_INPUT, f"There is no file {path}.", "Check its name and folder.") from error
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise OctavoError(
            Exit.NO_ACCESS,
            f"Cannot read {path}: {reason}.",
            "Mend its rights, or copy it to a place of your own.",
        ) from error
    if not data and not empty:
        raise OctavoError(Exit.NO_INPUT, f"{path} is empty.", "Give a text with words.")
    if len(data) > most:
        raise SIZE.refusal(f"{path} has")
    return data


def _forced(data: bytes, encoding: str, path: Path) -> str:
    """Decode with the encoding that the user named."""
    try:
        text = data.decode(encoding)
    except LookupError as error:
        raise OctavoError(
            Exit.SETTINGS,
            f"Nobody knows the encoding “{encoding}”.",
            "Try utf-8, windows-1252, koi8-r or utf-16.",
        ) from error
    except UnicodeError as error:
        where = ""
        if isinstance(error, UnicodeDecodeError):
            number = len(re.findall(rb"\r\n|\r|\n", data[: error.start])) + 1
            where = f": the bytes on line {number} do not fit"
        raise OctavoError(
            Exit.NOT_TEXT, f"{path} is not in {encoding}{where}.", "Leave encoding out, and Octavo finds out."
        ) from error
    return text.removeprefix("\ufeff")


def _decoded(data: bytes, path: Path, report: Report) -> tuple[str, str, bool]:
    """Find the encoding: the text, the codec, and whether that is certain."""
    for offset, sign, what in NOT_TEXTS[:2]:  # these have no byte that a text has not
        if data.startswith(sign, offset):
            raise _not_text(path, what)
    for mark, codec in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            if codec == "utf-8":
                return _mixed(data[len(mark) :], codec, report), codec, True
            return _wide(data[len(mark) :], codec, path), codec, True
    if wide := _wide_pattern(data):
        return _wide(data, wide, path), wide, False
    _refuse_binary(data, path)
    try:
        return data.decode(), "utf-8", True
    except UnicodeDecodeError:
        codec = _guess(data)
    if not codec:
        raise _not_text(path, "no text in any encoding that Octavo knows")
    return _mixed(data, codec, report), codec, codec == "utf-8"


def _wide_pattern(data: bytes) -> str:
    """Return the codec if this looks like UTF-16 without its mark: every second byte of Latin is zero."""
    if len(data) % 2:
        return ""
    even, odd = data[0:20_000:2], data[1:20_000:2]
    if odd.count(0) > 0.4 * len(odd) and even.count(0) < 0.05 * len(even):
        return "utf-16-le"
    if even.count(0) > 0.4 * len(even) and odd.count(0) < 0.05 * len(odd):
        return "utf-16-be"
    return ""


def _wide(data: bytes, codec: str, path: Path) -> str:
    """Decode UTF-16 or UTF-32."""
    try:
        text = data.decode(codec)
    except UnicodeDecodeError as error:
        raise OctavoError(
            Exit.NOT_TEXT,
            f"{path} begins as {ENCODINGS[codec]}, but its bytes are damaged from byte {error.start} on.",
            "Save it again as UTF-8.",
        ) from error
    if "\0" in text:
        raise _not_text(path, "bytes that are no text")
    return text


def _refuse_binary(data: bytes, path: Path) -> None:
    """Refuse bytes that no text has, and name what they are."""
    zero = data.find(0)
    if zero < 0 and len(data) - len(data.translate(None, CONTROLS)) <= 2 + len(data) // 20:
        return
    for offset, sign, what in NOT_TEXTS:
        if data.startswith(sign, offset):
            raise _not_text(path, what)
    if zero >= 0 and data.count(0) <= len(data) // 1000:
        number = len(re.findall(rb"\r\n|\r|\n", data[:zero])) + 1
        raise _not_text(path, f"damaged, or not a text: it has zero bytes, the first on line {number}")
    raise _not_text(path, "bytes that are no text")


def _not_text(path: Path, what: str) -> OctavoError:
    return OctavoError(Exit.NOT_TEXT, f"{path} is {what}.", "Give a plain text file.")


def _guess(data: bytes) -> str:
    """Guess the codec of bytes that are not UTF-8; empty if nothing fits.

    Windows-1252 (of which Latin-1 is a part) comes first when the text reads well in it, because it is by far
    the most frequent and detectors take it for its neighbours when the few accents of a text fit both.
    """
    multibyte = re.findall(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}", data)
    stray = sum(1 for _ in _surrogates(data.decode("utf-8", "surrogateescape")))
    if len(multibyte) > stray:
        return "utf-8"
    if _reads_well(data.decode("cp1252", "surrogateescape")):
        return "cp1252"
    from charset_normalizer import from_bytes  # few texts need it, and it takes long to load

    best = from_bytes(data, cp_isolation=[name for name in ENCODINGS if not name.startswith("utf")]).best()
    return best.encoding if best is not None else ""


def _reads_well(text: str) -> bool:
    """Tell whether text decoded as Windows-1252 looks like a western language.

    In another encoding the same bytes give signs, capitals or nothing in the middle of words; or far more
    accents than the one letter in twelve of the languages that have many.
    """
    high = re.findall(r"[^\x00-\x7f]", text)
    accents = sum(letter.isalpha() for letter in high)
    letters = accents + sum(map(text.count, ascii_letters))
    within = re.findall(r"(?<=[A-Za-z])[^\x00-\x7f‘’–—­\xa0ªº](?=[a-z])", text)
    odd = sum(not letter.islower() for letter in within) + sum(1 for _ in _surrogates(text))
    return odd <= 0.05 * len(high) and accents <= 0.1 * letters


def _mixed(data: bytes, codec: str, report: Report) -> str:
    """Decode; bytes that do not fit are read as Windows-1252 or Latin-1, with a finding for their line."""
    text = data.decode(codec, "surrogateescape")
    if not any(_surrogates(text)):
        return text
    ends = [end.start() for end in LINE_END.finditer(text)]
    number, told = 0, 0
    for stray in _surrogates(text):
        while number < len(ends) and ends[number] < stray.start():
            number += 1
        if told != number + 1:
            told = number + 1
            report.find("bytes-mixed", told, encoding=ENCODINGS[codec])
    return re.sub("[\udc80-\udcff]", lambda stray: _western(stray[0]), text)


def _surrogates(text: str) -> Iterator[re.Match[str]]:
    """Find the stand-ins of bytes that could not be decoded."""
    return re.finditer("[\udc80-\udcff]", text)


def _western(stray: str) -> str:
    byte = bytes([ord(stray) - 0xDC00])
    try:
        return byte.decode("cp1252")
    except UnicodeDecodeError:
        return byte.decode("latin-1")


def _newline(text: str) -> str:
    """Name the line ends."""
    windows = text.count("\r\n")
    counts = {"CRLF": windows, "CR": text.count("\r") - windows, "LF": text.count("\n") - windows}
    found = [name for name, count in counts.items() if count]
    return found[0] if len(found) == 1 else "mixed" if found else "none"

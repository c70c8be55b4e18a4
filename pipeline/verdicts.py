"""Verdicts: a person overrules the program, line by line, with a reason.

A verdict names a line by its number and its first words, so that it survives a new run, and finds its line again when
lines were inserted above. One that fits no line, or changes nothing, is an error: it would be a lie in the file.
"""

from __future__ import annotations

import difflib
import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import Exit, OctavoError
from pipeline.model import Line, Role, place_of
from pipeline.places import beside
from pipeline.report import Report, codes
from pipeline.settings import Settings
from pipeline.values import read_toml, text

_ACTS = ("role", "join", "drop", "level", "shown", "covers", "work", "apart", "fields", "read", "accept")
_KEYS = ("line", "starts", "why", "everywhere", *_ACTS)
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,99}")
_HEADER = re.compile(r"\s*\[\[\s*verdict\s*\]\]")
DEEPEST = 6
"""The deepest level of a heading, as in HTML."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One verdict, its line found. ``acts`` holds what it says, by the keys that ``docs/verdicts.md`` explains.

    ``everywhere``: what ``read`` corrects is corrected on every line, not only on this one.
    """

    line: int
    why: str
    acts: Mapping[str, Any]
    everywhere: bool = False

    def __str__(self) -> str:
        return f"the verdict on line {self.line} ({', '.join(self.acts)})"


def file_of_verdicts(source: Path, settings: Settings) -> Path | None:
    """Return the file of verdicts: as named, else ``NAME.verdicts.toml`` or ``verdicts.toml`` beside the source.

    Raises:
        OctavoError: SETTINGS when a named file is not there.

    """
    if settings.verdicts:
        path = Path(settings.verdicts)
        if not os.path.isfile(path):  # noqa: PTH113 - says no, too, of a name that is too long
            raise OctavoError(Exit.SETTINGS, f"There is no file of verdicts {path}.", "Mend the name, or leave it out.")
        return path
    return beside(source, ".verdicts.toml", name="verdicts.toml")


def read_verdicts(path: Path, lines: Sequence[Line], report: Report) -> tuple[Verdict, ...]:
    """Read a file of verdicts and find the line of each.

    Raises:
        OctavoError: SETTINGS for a file that is no TOML, an unknown key or a value of the wrong kind; VERDICT for one
            whose line cannot be found, and for two that contradict each other.

    """
    table = read_toml(path)
    rows = table.get("verdict", [])
    if set(table) - {"verdict"} or not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise OctavoError(Exit.SETTINGS, f"{path} may hold only [[verdict]] tables.", "See docs/verdicts.md.")
    verdicts = tuple(_verdict(row, n, path, lines, report) for n, row in enumerate(rows, 1))
    _agree(verdicts, path)
    return verdicts


def _verdict(row: dict[str, Any], n: int, path: Path, lines: Sequence[Line], report: Report) -> Verdict:
    where = f"verdict {n} in {path}"
    for key in row:
        if key not in _KEYS:
            near = difflib.get_close_matches(key, _KEYS, n=1)
            hint = f"Did you mean “{near[0]}”?" if near else f"Known keys: {', '.join(_KEYS)}."
            raise OctavoError(Exit.SETTINGS, f"Unknown key “{key}” in {where}.", hint)
    acts = {key: row[key] for key in _ACTS if key in row}
    kinds = {"line": int, "starts": str, "why": str, "join": bool, "drop": bool, "work": str, "accept": str}
    kinds |= {"everywhere": bool, "read": dict, "level": int, "shown": str, "apart": str}
    for key, kind in kinds.items():
        if key not in row:
            continue
        if kind is str:
            text(row[key], key, where)
        elif type(row[key]) is not kind:
            raise OctavoError(Exit.SETTINGS, f"“{key}” in {where} has the wrong kind of value.")
    if not row.get("why") or not row.get("starts") or "line" not in row or not acts:
        raise OctavoError(
            Exit.SETTINGS,
            f"{where} is not whole.",
            f"It needs line, starts, why and one of: {', '.join(_ACTS)}.",
        )
    if "role" in acts and acts["role"] not in list(Role):
        raise OctavoError(Exit.SETTINGS, f"“{acts['role']}” in {where} is no role.", f"Roles: {', '.join(Role)}.")
    if not 1 <= acts.get("level", 1) <= DEEPEST:
        raise OctavoError(Exit.SETTINGS, f"“level” in {where} must be a number from 1 to {DEEPEST}.")
    if not acts.get("shown", "shown").strip():
        raise OctavoError(Exit.SETTINGS, f"“shown” in {where} must say words.", "To leave a line out: drop = true.")
    if not _ID.fullmatch(acts.get("apart", "id")):
        raise OctavoError(
            Exit.SETTINGS,
            f"“apart” in {where} must be an id of small letters, digits and hyphens.",
            "Such as pell1920.",
        )
    words = acts.get("read", {})
    if not all(isinstance(meant, str) and said.strip() and meant.strip() for said, meant in words.items()):
        raise OctavoError(Exit.SETTINGS, f"“read” in {where} must say words.", 'For example: read = { tlie = "the" }.')
    if "accept" in acts and acts["accept"] not in codes():
        raise OctavoError(Exit.SETTINGS, f"“{acts['accept']}” in {where} is no finding.", "See: octavo codes.")
    found = _find(row["line"], row["starts"], lines, where)
    if found != row["line"]:
        report.find("verdict-moved", found, number=row["line"])
        acts = _moved(acts, found - row["line"])
    return Verdict(found, row["why"], acts, row.get("everywhere", False))


def _agree(verdicts: Sequence[Verdict], path: Path) -> None:
    """Refuse two acts on one line that cannot both hold: which of them was meant, nobody knows."""
    said: dict[tuple[int, str], tuple[int, str, str]] = {}
    for n, verdict in enumerate(verdicts, 1):
        for key, act, meant in _statements(verdict):
            first, other, before = said.setdefault((verdict.line, key), (n, act, meant))
            if before != meant:
                headers = _headers(path)
                one, two = (f"verdict {number}{headers.get(number, '')} says " for number in (first, n))
                two = two if n != first else ""
                raise OctavoError(
                    Exit.VERDICT,
                    f"{path}: {one}{other} of line {verdict.line}, and {two}{act}: both cannot hold.",
                    "Delete one of them.",
                )


def _statements(verdict: Verdict) -> Iterator[tuple[str, str, str]]:
    """Say what a verdict states of its line: of what, in the words of its file, and what that comes to."""
    for act, value in verdict.acts.items():
        words = f"{act} = {str(value).lower() if isinstance(value, bool) else json.dumps(value, ensure_ascii=False)}"
        if act == "level":
            yield "role", words, Role.TITLE if value == 1 else Role.HEADING
            yield "level", words, str(value)
        elif act == "role":
            yield "role", words, value
        elif act == "drop" and value:
            yield "role", words, Role.BOILERPLATE
        elif act in ("work", "apart"):
            yield "work", words, str(value)
        elif act in ("join", "shown", "covers"):
            yield act, words, str(value)
        elif act in ("fields", "read") and isinstance(value, dict):
            yield from ((f"{act}.{key}", f"{key} = {one!r}", repr(one)) for key, one in value.items())


def _headers(path: Path) -> Mapping[int, str]:
    """Return where each verdict begins in its file, as a message says it."""
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    found = [number for number, line in enumerate(lines, 1) if _HEADER.match(line)]
    return {n: f" (line {number} of the file)" for n, number in enumerate(found, 1)}


def _find(number: int, starts: str, lines: Sequence[Line], where: str) -> int:
    """Find the line: the one with the number if it begins so, else the only one that does."""
    wanted = _plain(starts)
    at = place_of(lines, number)
    if at < len(lines) and lines[at].number == number and _plain(lines[at].text).startswith(wanted):
        return number
    others = [line.number for line in lines if _plain(line.text).startswith(wanted)]
    if len(others) == 1:
        return others[0]
    what = f"{len(others)} other lines begin" if others else "no line begins"
    raise OctavoError(
        Exit.VERDICT,
        f"{where}: line {number} does not begin with “{starts}”, and {what} so.",
        "Mend its line and first words, or delete it.",
    )


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _moved(acts: dict[str, Any], by: int) -> dict[str, Any]:
    covers = acts.get("covers")
    if not isinstance(covers, list) or not all(type(n) is int for n in covers):
        return acts  # what is wrong with it is said where it is applied
    return {**acts, "covers": [n + by for n in covers]}

"""The file of verdicts, written by the desk: one act, one table; what else stands in the file stays as it is."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomlkit
from filelock import FileLock
from tomlkit.exceptions import ParseError
from tomlkit.items import AoT

from pipeline import files
from pipeline.errors import Exit, OctavoError

LIKE = "as line "
"""How the reason begins that verdicts of one stroke have in common: they are undone together."""

Check = Callable[[Path], None]

_NO_ACT = ("line", "starts", "why", "everywhere")
_SAME = ({"role", "level", "drop"}, {"work", "apart"})
"""Acts of which one line can have but one."""


@dataclass(frozen=True, slots=True)
class _Stroke:
    """What one stroke did: the file before it, the state after it, and the lines that it spoke of."""

    before: str
    state: str
    lines: tuple[int, ...]


class Ledger:
    """The verdicts at ``path``. Each change is tried first, and written only if the text can be read with it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = FileLock(path.with_name(f".{path.name}.lock"))
        self._past: list[_Stroke] = []

    def state(self) -> str:
        """Return what the file is known by: another text has another state."""
        return _state(self._text())

    def enter(self, rows: Iterable[Mapping[str, Any]], check: Check) -> None:
        """Add verdicts in one stroke; one that rules the same of the same line takes the place of the earlier.

        Args:
            rows: the verdicts.
            check: is given a file with them, and raises what speaks against it.

        Raises:
            OctavoError: when the file is no TOML, or a verdict would change nothing; the file is then as it was.

        """
        rows = list(rows)
        with self._lock:
            before = self._text()
            with self._opened(check) as verdicts:
                for row in rows:
                    for n in reversed(range(len(verdicts))):
                        for act in _overruled(row, verdicts[n]):
                            _without(verdicts, n, act)
                    table = tomlkit.table()
                    table.update(row)
                    verdicts.append(table)
            self._past.append(_Stroke(before, self.state(), tuple(row["line"] for row in rows)))

    def last(self) -> tuple[int, ...]:
        """Return the lines of the verdicts that :meth:`undo` takes out: the last one, with those of the same stroke."""
        if self._past and self._past[-1].state == self.state():
            return self._past[-1].lines
        return tuple(int(row.get("line", 0)) for row in self._last_rows())

    def undo(self, seen: str, check: Check) -> tuple[int, ...]:
        """Take out the last stroke, if the file is still in the state that the person has ``seen``; return its lines.

        What the stroke took the place of stands there again, if this desk wrote it.

        Raises:
            OctavoError: VERDICT when the file has changed since.

        """
        with self._lock:
            lines = self.last()
            if not lines or self.state() != seen:
                raise OctavoError(
                    Exit.VERDICT, "The file of verdicts has changed meanwhile.", "Nothing was undone; look again."
                )
            if self._past and self._past[-1].state == seen:
                self._write(self._past[-1].before, check)
                self._past.pop()
            else:
                with self._opened(check) as verdicts:
                    for _ in lines:
                        del verdicts[len(verdicts) - 1]
        return lines

    def _last_rows(self) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = _parsed(self._text(), self.path).unwrap().get("verdict", [])
        n = len(rows) - 1
        why = str(rows[-1].get("why", "")) if rows else ""
        while why.startswith(LIKE) and n and rows[n - 1].get("why") == why:
            n -= 1
        return rows[max(n, 0) :]

    def _text(self) -> str:
        try:
            return self.path.read_text(encoding="utf-8-sig") if self.path.is_file() else ""
        except UnicodeDecodeError as error:
            raise OctavoError(Exit.SETTINGS, f"{self.path} is not UTF-8.", "Save it as UTF-8.") from error
        except OSError as error:
            raise OctavoError(Exit.NO_ACCESS, f"Cannot read {self.path}.", "Mend its rights.") from error

    @contextmanager
    def _opened(self, check: Check) -> Iterator[AoT]:
        """Give the verdicts to be changed, try them, and write them in one step."""
        with self._lock:
            document = _parsed(self._text(), self.path)
            if "verdict" not in document:
                document["verdict"] = tomlkit.aot()
            verdicts = document["verdict"]
            if not isinstance(verdicts, AoT):
                raise OctavoError(Exit.SETTINGS, f"{self.path} may hold only [[verdict]] tables.")
            yield verdicts
            if not verdicts:
                del document["verdict"]
            self._write(tomlkit.dumps(document), check)

    def _write(self, text: str, check: Check) -> None:
        trial = self.path.with_name(f".{self.path.name}.trial")
        try:
            files.write_whole(trial, text)
            check(trial)
        except OctavoError as error:
            said = error.what.replace(str(trial), str(self.path))
            raise OctavoError(error.exit_code, said, error.hint) from error
        finally:
            trial.unlink(missing_ok=True)
        files.write_whole(self.path, text)


def _state(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _parsed(text: str, path: Path) -> tomlkit.TOMLDocument:
    try:
        return tomlkit.parse(text)
    except ParseError as error:
        raise OctavoError(Exit.SETTINGS, f"{path} is not valid TOML: {error}.", "Mend that line.") from error


def _overruled(row: Mapping[str, Any], earlier: Mapping[str, Any]) -> list[str]:
    """Return the acts of an earlier verdict that a new one takes the place of."""
    if earlier.get("line") != row["line"]:
        return []
    acts = {key for key in row if key not in _NO_ACT}
    acts = acts.union(*(same for same in _SAME if same & acts))
    if "read" in acts and set(earlier.get("read", {})) != set(row["read"]):
        acts -= {"read"}  # another word of the line
    return [act for act in acts if act in earlier]


def _without(verdicts: AoT, n: int, act: str) -> None:
    """Take one act out of a verdict, and the verdict if it says nothing else."""
    if set(verdicts[n]) - {*_NO_ACT, act}:
        del verdicts[n][act]
    else:
        del verdicts[n]

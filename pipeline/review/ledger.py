"""The file of verdicts, written by the desk: one act, one table; what else stands in the file stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
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


class Ledger:
    """The verdicts at ``path``. Each change is tried first, and written only if the text can be read with it."""

    def __init__(self, path: Path, check: Check) -> None:
        self.path = path
        self._check = check

    def enter(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Add verdicts; one that does the same act on the same line takes the place of the earlier.

        Raises:
            OctavoError: when the file is no TOML, or a verdict would change nothing; the file is then as it was.

        """
        with self._opened() as verdicts:
            for row in rows:
                act = next(key for key in row if key not in ("line", "starts", "why"))
                for n in reversed(range(len(verdicts))):
                    if verdicts[n].get("line") == row["line"] and act in verdicts[n]:
                        _without(verdicts, n, act)
                table = tomlkit.table()
                table.update(row)
                verdicts.append(table)

    def last(self) -> list[dict[str, Any]]:
        """Return the verdicts that :meth:`undo` takes out: the last one, with those of the same stroke."""
        rows: list[dict[str, Any]] = self._read().unwrap().get("verdict", [])
        if not rows:
            return []
        n = len(rows) - 1
        why = str(rows[-1].get("why", ""))
        while why.startswith(LIKE) and n and rows[n - 1].get("why") == why:
            n -= 1
        return rows[n:]

    def undo(self, seen: list[dict[str, Any]]) -> None:
        """Take out the last stroke, if it still is the one that the person has ``seen``.

        Raises:
            OctavoError: VERDICT when the file has changed since.

        """
        with self._opened() as verdicts:
            if not seen or self.last() != seen:
                raise OctavoError(
                    Exit.VERDICT, "The file of verdicts has changed meanwhile.", "Nothing was undone; look again."
                )
            for _ in seen:
                del verdicts[len(verdicts) - 1]

    def _read(self) -> tomlkit.TOMLDocument:
        try:
            return tomlkit.parse(self.path.read_text(encoding="utf-8-sig") if self.path.is_file() else "")
        except (ParseError, UnicodeDecodeError) as error:
            raise OctavoError(Exit.SETTINGS, f"{self.path} is not valid TOML: {error}.", "Mend that line.") from error
        except OSError as error:
            raise OctavoError(Exit.NO_ACCESS, f"Cannot read {self.path}.", "Mend its rights.") from error

    @contextmanager
    def _opened(self) -> Iterator[AoT]:
        """Hold the file for ourselves, give its verdicts to be changed, try them, and write them in one step."""
        trial = self.path.with_name(f".{self.path.name}.trial")
        with FileLock(self.path.with_name(f".{self.path.name}.lock")):
            document = self._read()
            if "verdict" not in document:
                document["verdict"] = tomlkit.aot()
            verdicts = document["verdict"]
            if not isinstance(verdicts, AoT):
                raise OctavoError(Exit.SETTINGS, f"{self.path} may hold only [[verdict]] tables.")
            yield verdicts
            if not verdicts:
                del document["verdict"]
            text = tomlkit.dumps(document)
            try:
                files.write_whole(trial, text)
                self._check(trial)
            finally:
                trial.unlink(missing_ok=True)
            files.write_whole(self.path, text)


def _without(verdicts: AoT, n: int, act: str) -> None:
    """Take one act out of a verdict, and the verdict if it says nothing else."""
    if set(verdicts[n]) - {"line", "starts", "why", "everywhere", act}:
        del verdicts[n][act]
    else:
        del verdicts[n]

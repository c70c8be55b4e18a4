"""What is compiled once for all: patterns, templates, methods; kept beside Python's bytecode, and as bytecode is.

Python keeps each module compiled, but compiles its patterns anew at every start, a thousand for a draft, which is a
third of it, and the methods that it writes for dataclasses, a fourth of loading. For the command (:func:`begin`; who
imports Octavo is left alone) what the compiler made of a pattern is kept under the pattern itself and read back into
``_sre.compile``, which looks it over as it does whatever Python hands to it. What cannot be read is compiled; nothing
is written where Python writes no bytecode, and nothing is done where Python's compiler has other insides than those of
3.11 to 3.14.
"""

from __future__ import annotations

import atexit
import contextlib
import dataclasses
import hashlib
import marshal
import os
import re
import sys
from array import array
from importlib import import_module
from importlib.util import cache_from_source
from pathlib import Path
from types import CodeType
from typing import Any

WORTH = 20
"""Patterns that were not known: with fewer, nothing is written; a text has a few of its own."""

MOST = 4_000
"""Patterns that are kept; beyond them only those of the last start stay."""

_SIZE = hashlib.sha256().digest_size
_UNIT = "I"

_Made = tuple[int, bytes, int, dict[str, int]]
"""Of a pattern: its flags, what it was compiled to, how many groups it has, and their names."""


def place(name: str) -> Path:
    """Return where something compiled is kept, as Python chooses the place of bytecode."""
    return Path(cache_from_source(str(Path(__file__).with_name(f"{name}.py")))).with_suffix(".compiled")


def kept(name: str) -> bytes | None:
    """Return what is kept under a name, if it is there and whole."""
    try:
        content = place(name).read_bytes()
    except (OSError, NotImplementedError):
        return None
    whole = hashlib.sha256(content[_SIZE:]).digest() == content[:_SIZE]
    return content[_SIZE:] if whole else None


def keep(name: str, content: bytes) -> None:
    """Keep something compiled, in one step; where Python keeps no bytecode, it is compiled again the next time."""
    if sys.dont_write_bytecode:
        return
    with contextlib.suppress(OSError, NotImplementedError):
        where = place(name)
        where.parent.mkdir(parents=True, exist_ok=True)
        part = where.with_name(f"{where.name}.{os.getpid()}")
        part.write_bytes(hashlib.sha256(content).digest() + content)
        part.replace(where)


class Patterns:
    """The patterns that are known, and the compiler of Python's for the others."""

    def __init__(self) -> None:
        self._compiler: Any = import_module("re._compiler")
        self._parser: Any = import_module("re._parser")
        self._sre: Any = import_module("_sre")
        self._plain = self._compiler.compile
        self._code, self._parse = self._compiler._code, self._parser.parse
        self._known: dict[tuple[str, int], _Made] | None = None
        self._asked: dict[tuple[str, int], _Made] = {}
        self._new = 0

    def answer(self) -> None:
        """Let ``re`` ask here, and keep at the end what was new."""
        self._compiler.compile = self.compile
        atexit.register(self.keep, WORTH)

    def compile(self, pattern: Any, flags: int = 0) -> re.Pattern[Any]:
        """Compile a pattern as ``re._compiler.compile`` does."""
        if type(pattern) is not str or flags & re.DEBUG:
            plain: re.Pattern[Any] = self._plain(pattern, flags)
            return plain
        if self._known is None:
            self._known = self._read()
        key = (pattern, int(flags))
        made = self._known.get(key)
        if made is None:
            made = self._made(pattern, flags)
            self._new += 1
        self._asked[key] = made
        try:
            return self._pattern(pattern, made)
        except (RuntimeError, TypeError, ValueError, OverflowError):
            return self._pattern(pattern, self._made(pattern, flags))

    def _made(self, pattern: str, flags: int) -> _Made:
        parsed = self._parse(pattern, flags)
        code = array(_UNIT, self._code(parsed, flags))
        state = parsed.state
        return int(flags | state.flags), code.tobytes(), state.groups - 1, dict(state.groupdict)

    def _pattern(self, pattern: str, made: _Made) -> re.Pattern[Any]:
        flags, code, groups, named = made
        names: list[str | None] = [None] * (groups + 1)
        for name, number in named.items():
            names[number] = name
        compiled: re.Pattern[Any] = self._sre.compile(
            pattern, flags, array(_UNIT, code).tolist(), groups, named, tuple(names)
        )
        return compiled

    def _read(self) -> dict[tuple[str, int], _Made]:
        content = kept("patterns")
        if content is None:
            return {}
        of, known = marshal.loads(content)
        return known if of == self._of() else {}

    def keep(self, worth: int) -> None:
        """Keep the patterns if at least so many were new."""
        if self._new >= worth:
            known = {**(self._known or {}), **self._asked}
            keep("patterns", marshal.dumps((self._of(), known if len(known) <= MOST else self._asked)))

    def _of(self) -> tuple[str, int, int]:
        """Return what tells the compiler from another one."""
        return sys.version, self._sre.MAGIC, self._sre.CODESIZE


class Methods:
    """The methods that ``dataclasses`` writes as text for each class, and has compiled at every start."""

    def __init__(self) -> None:
        self._known: dict[str, CodeType] | None = None
        self._asked: dict[str, CodeType] = {}
        self._new = 0

    def answer(self) -> None:
        """Let ``dataclasses`` ask here, and keep at the end what was new."""
        vars(dataclasses)["exec"] = self.execute
        atexit.register(self.keep, WORTH)

    def execute(self, text: str, *places: Any) -> None:
        """Execute a text as ``exec`` does."""
        if self._known is None:
            self._known = self._read()
        code = self._known.get(text)
        if code is None:
            code = compile(text, "<string>", "exec", dont_inherit=True)
            self._new += 1
        self._asked[text] = code
        exec(code, *places)

    def _read(self) -> dict[str, CodeType]:
        content = kept("methods")
        if content is None:
            return {}
        by, known = marshal.loads(content)
        return known if by == sys.version else {}

    def keep(self, worth: int) -> None:
        """Keep the methods if at least so many were new."""
        if self._new >= worth:
            known = {**(self._known or {}), **self._asked}
            keep("methods", marshal.dumps((sys.version, known if len(known) <= MOST else self._asked)))


def begin() -> None:
    """Take patterns and methods from what is kept, if Python's compiler is one that is known."""
    with contextlib.suppress(ImportError, AttributeError):
        Patterns().answer()
    Methods().answer()


def ahead() -> None:
    """Compile all modules of Octavo and their patterns, as at set-up; those that want an extra may stay away."""
    import pkgutil

    import pipeline

    sys.dont_write_bytecode = False
    begin()
    for module in pkgutil.walk_packages(pipeline.__path__, "pipeline.", onerror=lambda _: None):
        with contextlib.suppress(ImportError, OSError):
            import_module(module.name)

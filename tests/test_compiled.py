"""Patterns that were compiled before are those that Python compiles; what is kept may be damaged, or be another's."""

import dataclasses
import re
import sys
from importlib import import_module
from pathlib import Path

import pytest

from pipeline import compiled
from pipeline.compiled import Methods, Patterns

# What a pattern may hold, and a text that it finds something in.
PATTERNS = [
    (r"(?P<day>\d\d?)\. (?P<month>\w+)(?: (\d{4}))?", 0, "am 3. März 1871 zu Köln"),
    (r"(?<=[“„])[^”]*(?=”)", 0, "er rief „halt” und ging"),
    (r"(?i)ÉTÉ|hiver", re.UNICODE, "un été, un HIVER"),
    (r"^[\u0410-\u042f\U00010400-\U00010427]+$", re.MULTILINE, "abc\nДОМ\nxyz"),
    (r"(a|b)\1(?:c{2,3}?)+", re.ASCII, "xx aacccc"),
    (r"(?x) \s* # a space\n -", re.DOTALL, "a  -b"),
]


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Keep in a folder of the test's own all of ``PATTERNS``; return its file."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(compiled, "place", lambda name: tmp_path / "kept" / name)
    first = Patterns()
    for pattern, flags, _ in PATTERNS:
        first.compile(pattern, flags)
    first.keep(len(PATTERNS))
    return tmp_path / "kept" / "patterns"


def same(patterns: Patterns) -> None:
    """Compare ``PATTERNS`` with what Python makes of them."""
    for pattern, flags, text in PATTERNS:
        ours, theirs = patterns.compile(pattern, flags), patterns._plain(pattern, flags)
        assert (ours, ours.groups, ours.groupindex) == (theirs, theirs.groups, theirs.groupindex)
        found, wanted = ours.search(text), theirs.search(text)
        assert found and wanted and (found.span(), found.groupdict()) == (wanted.span(), wanted.groupdict())


def test_what_was_kept_is_not_compiled_again(written: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    again = Patterns()
    same(again)
    assert not again._new and written.stat().st_size > 1000
    with pytest.raises(re.error):
        again.compile("(", 0)
    assert again.compile(rb"\d", 0).match(b"7")


def test_who_imports_octavo_is_left_alone() -> None:
    assert import_module("re._compiler").compile.__module__ == "re._compiler"


@pytest.mark.parametrize("content", [b"", b"x" * 2000, None], ids=["empty", "strange", "cut off"])
def test_what_is_damaged_is_compiled_again(written: Path, content: bytes | None) -> None:
    written.write_bytes(written.read_bytes()[:-9] if content is None else content)
    again = Patterns()
    same(again)
    assert again._new == len(PATTERNS)


def test_what_another_python_compiled_is_not_used(written: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version", "another")
    again = Patterns()
    same(again)
    assert again._new == len(PATTERNS)


def test_a_few_are_not_kept_nor_is_anything_where_python_keeps_nothing(
    written: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = written.read_bytes()
    few = Patterns()
    few.compile("one of a text's own", 0)
    few.keep(2)
    assert written.read_bytes() == before
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    few.keep(1)
    assert written.read_bytes() == before


def test_methods_of_dataclasses_are_those_that_python_writes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(compiled, "place", lambda name: tmp_path / name)
    for new in (True, False):
        methods = Methods()
        monkeypatch.setitem(vars(dataclasses), "exec", methods.execute)
        made = dataclasses.make_dataclass("Lamp", [("oil", int), ("lit", bool, False)], frozen=True)
        assert (made(3), hash(made(3))) == (made(oil=3, lit=False), hash(made(3, False)))
        assert made(3) != made(4) and repr(made(3)).endswith("Lamp(oil=3, lit=False)")
        with pytest.raises(dataclasses.FrozenInstanceError):
            made(3).oil = 4
        assert bool(methods._new) is new
        methods.keep(1)
    (tmp_path / "methods").write_bytes((tmp_path / "methods").read_bytes()[:-9])
    again = Methods()
    found: dict[str, bool] = {}
    again.execute("lit = True", {}, found)
    assert found == {"lit": True} and again._new == 1

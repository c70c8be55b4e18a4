"""How the house is built: which room asks which, and that no room reads the names of another's rules."""

from __future__ import annotations

import ast
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from pipeline.kinds import OVERLAYS, ROOMS
from pipeline.label import SETTLING
from pipeline.label.headlines import Form
from pipeline.label.rules import RULES

PACKAGE = Path(__file__).parent.parent / "pipeline"
_LARGEST = 500_000  # bytes: the weights of a model, packed

STEPS: dict[str, set[str]] = {
    "read": set(),
    "repair": set(),
    "kinds": {"cite", "label", "repair"},  # what a coding hides is mended when it is decoded
    "label": {"cite"},
    "cite": set(),
    "arrange": {"cite", "label"},
    "write": set(),
    "print": set(),
    "epub": set(),
    "proof": set(),
    "check": set(),
}
"""The steps of the journey, each with those that it may ask: how they know what they know, never what they decided."""

WORKSHOP = {"label.train", "label.reliability", "kinds.pages.train", "cite.train"}
"""Commands that learn or measure: they go the whole way, and no book is made by them."""

BEHIND = {"kinds.sources": "cite", "kinds.markup": "markup"}
"""Rooms of kinds that hand on to a room of another folder, and share the names of its rules with it."""


def test_steps_ask_only_those_that_they_stand_on() -> None:
    asked: dict[str, set[str]] = {step: set() for step in STEPS}
    for module, other in _imports():
        step, sibling = module.split(".")[0], other.split(".")[0]
        if step != sibling and step in STEPS and sibling in STEPS and module not in WORKSHOP:
            asked[step].add(sibling)
    assert asked == STEPS
    TopologicalSorter(STEPS).prepare()  # and none of them asks one that asks it


@pytest.mark.parametrize("step", ["label", "arrange", "proof", "build", "cite", "write", "print", "epub", "model"])
def test_no_step_knows_a_single_kind(step: str) -> None:
    known = {other for module, other in _imports() if module.split(".")[0] == step and other.startswith("kinds")}
    assert known <= ({"kinds"} if step == "build" else set())


def test_no_kind_reads_a_text_by_another_kind() -> None:
    rooms = {_name(room) for room in (*ROOMS, *OVERLAYS)}
    known = {(module, other) for module, other in _imports() if other in rooms}
    assert {module for module, _ in known if not any(module.startswith(f"{room}.") for room in rooms)} == {"kinds"}


def test_no_room_reads_the_names_of_the_rules_of_another() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for rule in {*SETTLING, *(one.name for one in RULES)}:
        owners[rule].add("label")
    tables = [(_name(room), room.WHY) for room in ROOMS] + [(_name(overlay), overlay.WHY) for overlay in OVERLAYS]
    for room, rules in tables:
        for rule in rules:
            owners[rule] |= {room, BEHIND.get(room, room)}
    assert owners
    strangers = {
        (module, word)
        for module, tree in _modules().items()
        if _sees_rules(tree)
        for word in _words(tree)
        if word in owners and not any(module == room or module.startswith(f"{room}.") for room in owners[word])
    }
    assert strangers == set()


def test_no_room_of_label_reads_the_names_of_the_rules_of_another() -> None:
    """What one knows of another's rule it asks it; how a heading is written (``Form``) is a word that all share."""
    rooms = {name: import_module(f"pipeline.{name}") for name in _modules() if name.startswith("label.")}
    owner = {rule: name for name, room in rooms.items() for rule in getattr(room, "WHY", {}) if rule not in [*Form]}
    assert len(owner) > len(rooms)
    strangers = {
        (name, word)
        for name in rooms
        if name not in WORKSHOP
        for word in _words(_modules()[name])
        if owner.get(word, name) != name
    }
    assert strangers == {("label.observe", "columns")}  # what it sees on a line, and no rule


def test_the_docs_say_what_each_room_of_label_does() -> None:
    told = (PACKAGE.parent / "docs" / "reading.md").read_text(encoding="utf-8")
    rooms = {f"`{name.removeprefix('label.')}.py`" for name in _modules() if name.startswith("label.")}
    assert {room for room in rooms if room not in told} == set()


def _name(room: object) -> str:
    assert isinstance(room, ModuleType)
    return room.__name__.removeprefix("pipeline.")


def _sees_rules(tree: ast.Module) -> bool:
    return any(isinstance(node, ast.Attribute) and node.attr in ("rule", "reasons") for node in ast.walk(tree))


def _words(tree: ast.Module) -> Iterator[str]:
    return (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))


@cache
def _modules() -> dict[str, ast.Module]:
    paths = {".".join(path.relative_to(PACKAGE).with_suffix("").parts): path for path in PACKAGE.rglob("*.py")}
    return {
        name.removesuffix("__init__").rstrip("."): ast.parse(path.read_text(encoding="utf-8"))
        for name, path in paths.items()
    }


@cache
def _imports() -> tuple[tuple[str, str], ...]:
    """Each import of one module of Octavo by another, wherever in the module it stands."""
    return tuple(_found_imports())


def _found_imports() -> Iterator[tuple[str, str]]:
    for module, tree in _modules().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "pipeline":
                for name in node.names:
                    other = f"{node.module}.{name.name}".removeprefix("pipeline.")
                    yield module, other if other in _modules() else (node.module or "").removeprefix("pipeline.")


def test_what_the_house_holds_was_written_or_learnt_here() -> None:
    """No package, font or book of others lies among the sources: they come as dependencies."""
    root = Path(__file__).parents[1]
    listed = subprocess.run(["git", "-C", root, "ls-files", "-z"], capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("this is no clone")
    tracked = [root / name for name in listed.stdout.decode().split("\0") if name]
    assert tracked
    kinds = (".whl", ".gz", ".zip", ".ttf", ".otf", ".woff", ".woff2", ".epub", ".pdf", ".jar")
    assert [one.name for one in tracked if one.suffix in kinds] == []
    assert [one.name for one in tracked if one.is_file() and one.stat().st_size > _LARGEST] == []


def test_who_looks_into_the_cache_has_one_of_its_own() -> None:
    """What lies in the cache that all tests share is seen, and may be spoilt, by those that run beside them."""
    tests = {path: path.read_text(encoding="utf-8") for path in Path(__file__).parent.rglob("test_*.py")}
    looking = {
        path.name: text for path, text in tests.items() if "standing.place()" in text or "standing.keep(" in text
    }
    del looking[Path(__file__).name]
    assert looking
    assert [name for name, text in looking.items() if 'setenv("OCTAVO_CACHE"' not in text] == []

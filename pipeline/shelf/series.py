"""Series: what one volume has settled is evidence for the next, where a list says that they belong together.

A volume settles the forms of its headings and running heads (“chapter #” was a title twelve times, and nothing else),
and the fullest spelling of each name that it cites. In a later volume this speaks where the reading is in doubt itself:
on a line for which the settled role is the runner-up, and on a name that stands shorter than before. It speaks as
verdicts do, in a file that lies beside the book: whoever does not agree sees what was done and why, and overrules it
with a verdict of his own, which always comes first.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.build import Reading
from pipeline.cite.same import fold, same_person
from pipeline.model import Citation, Decision, Line, Name, Role

VERDICTS = "series.verdicts.toml"
"""What a volume was told by earlier ones; it lies in the folder of its book."""

ROLES = (Role.TITLE, Role.HEADING, Role.BOILERPLATE)
"""The roles whose forms a series has in common."""

SURE = 0.9
"""Probability from which a line counts for its form; below it, a line may be helped by what others settled."""

_OFTEN = 3  # times that a form must have stood in earlier volumes; twice is an accident
_NAMES = ("author", "editor", "translator")
_NUMBER = re.compile(r"(?:\d+|(?=[IVXLCDM])M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3}))(?!\w)")
_STARTS = 8  # words by which a verdict knows its line


@dataclass(frozen=True, slots=True)
class Settled:
    """What volumes have settled: how often each form of a line had which role, and the fullest form of each name."""

    forms: dict[str, Counter[str]]
    names: tuple[Name, ...]


def form(text: str) -> str:
    """Return the form of a line: its first words without case, up to the first number, which is “#”; else all of them.

    So “Chapter IV. Of Weirs” has the form “chapter #”, and a running head with its folio that of its words.
    """
    words: list[str] = []
    for word in text.split():
        if found := _NUMBER.match(word.strip("([.,:;—–-")):
            words.append("#")
            if found and len(words) > 1:
                break
        else:
            words.append(re.sub(r"[^\w]+$", "", word).casefold())
    return " ".join(words)


def settle(lines: Iterable[Line], decisions: Iterable[Decision], works: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return ``settled.json`` of a volume: forms with a role each that was sure, and names with a given name in full.

    Args:
        lines: of the source.
        decisions: what they were taken for.
        works: ``references.json``.

    """
    text = {line.number: line.text for line in lines}
    forms: dict[str, Counter[str]] = {}
    for one in decisions:
        if one.score >= SURE and not one.joined and one.line in text and (shape := form(text[one.line])):
            forms.setdefault(shape, Counter())[one.role] += 1
    names = {
        (name["family"], name["given"])
        for work in works
        for key in _NAMES
        for name in work.get(key, ())
        if name.get("family") and _in_full(name.get("given", ""))
    }
    kept = {shape: dict(roles) for shape, roles in sorted(forms.items()) if any(role in roles for role in ROLES)}
    return {"forms": kept, "names": sorted(names)}


def _in_full(given: str) -> bool:
    return any(len(word.strip(".")) > 1 for word in given.split())


def gathered(paths: Iterable[Path]) -> Settled:
    """Read what several volumes have settled, in their order."""
    forms: dict[str, Counter[str]] = {}
    names: dict[Name, None] = {}
    for path in paths:
        told = json.loads(path.read_text(encoding="utf-8"))
        for shape, roles in told["forms"].items():
            forms.setdefault(shape, Counter()).update(roles)
        names |= dict.fromkeys(Name(family, given) for family, given in told["names"])
    return Settled(forms, tuple(names))


def evidence(reading: Reading, settled: Settled) -> Iterator[dict[str, Any]]:
    """Yield the verdicts that earlier volumes speak on a later one, none on a line that a person has ruled on."""
    text = {line.number: line.text for line in reading.source.lines}
    ruled = {verdict.line for verdict in reading.verdicts}
    for one in reading.decisions:
        if one.line not in ruled and (role := _settled_role(one, text.get(one.line, ""), settled)):
            shape = form(text[one.line])
            times = settled.forms[shape][role]
            why = f"In earlier volumes “{shape}” is {role} {times} times and nothing else; here it was in doubt."
            yield {"line": one.line, "starts": _starts(text[one.line]), "why": why, "role": str(role)}
    for citation in reading.citations:
        if citation.line not in ruled and citation.parsed and not citation.also:
            fields, told = _fuller(citation, settled.names)
            if fields and (starts := _starts(text.get(citation.line, ""))):
                why = f"Spelt so in earlier volumes: {told}."
                yield {"line": citation.line, "starts": starts, "why": why, "fields": fields}


def _settled_role(one: Decision, text: str, settled: Settled) -> Role | None:
    """Return the role that the form of a line has always had, if it is the runner-up for a line in doubt."""
    if one.joined or one.score >= SURE or one.rival not in ROLES:
        return None
    roles = settled.forms.get(form(text), Counter())
    return one.rival if list(roles) == [one.rival] and roles[one.rival] >= _OFTEN else None


def _fuller(citation: Citation, names: Sequence[Name]) -> tuple[dict[str, list[str]], str]:
    """Return the names of a citation, by their fields, with those in full that earlier volumes spell so."""
    fields: dict[str, list[str]] = {}
    told = []
    for key in _NAMES:
        people: Sequence[Name] = getattr(citation.fields, key)
        spelt = [_known(name, names) for name in people]
        if any(spelt):
            fields[key] = [_written(full or name) for full, name in zip(spelt, people, strict=True)]
            told += [_written(name) for name in spelt if name]
    return fields, "; ".join(told)


def _known(name: Name, names: Sequence[Name]) -> Name | None:
    """Return the one full name that a shorter one can stand for; nothing where two could be meant."""
    if not name.family or not name.given or _in_full(name.given):
        return None
    fitting = [one for one in names if fold(one.family) == fold(name.family) and same_person(name, one)]
    longest = max(fitting, key=lambda one: len(one.given), default=None)
    return longest if longest and all(same_person(longest, one) for one in fitting) else None


def _written(name: Name) -> str:
    return f"{name.family}, {name.given}" if name.family and name.given else name.family or name.literal


def _starts(text: str) -> str:
    return " ".join(text.split()[:_STARTS])


def as_toml(rows: Iterable[dict[str, Any]], own: str = "") -> str:
    """Return a file of verdicts: those of a person as they stand in his file, then ``rows``."""
    out = [
        own.rstrip("\n"),
        "",
        "# What earlier volumes of the series have settled. A verdict of your own comes first.",
    ]
    for row in rows:
        out += ["", "[[verdict]]", *(f"{key} = {_toml(value)}" for key, value in row.items())]
    return "\n".join(out).lstrip("\n") + "\n"


def _toml(value: Any) -> str:
    """Write a value in TOML, whose strings, numbers and lists are those of JSON."""
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{key} = {_toml(inner)}' for key, inner in value.items())} }}"
    return json.dumps(value, ensure_ascii=False)

"""Verdicts: a person overrules the program, line by line, with a reason.

A verdict names a line by its number and its first words, so that it survives a new run, and finds its line again when
lines were inserted above. One that fits no line, or changes nothing, is an error: it would be a lie in the file.
"""

from __future__ import annotations

import dataclasses
import difflib
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pipeline.errors import Exit, OctavoError
from pipeline.model import Change, ChangeKind, Citation, Copy, Decision, Fields, Line, Name, Reason, Role, Work
from pipeline.places import beside
from pipeline.report import Report, codes
from pipeline.settings import Settings
from pipeline.values import read_toml, text

_ACTS = ("role", "join", "drop", "covers", "work", "fields", "read", "accept")
_KEYS = ("line", "starts", "why", "everywhere", *_ACTS)
_NAMES = ("author", "editor", "translator")
_LATE = ("layout", "tool")  # families of findings that only an edition brings


@dataclass(frozen=True, slots=True)
class Verdict:
    """One verdict, its line found. ``acts`` holds what it says: role, join, drop, covers, work, fields, read, accept.

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
            whose line cannot be found.

    """
    table = read_toml(path)
    rows = table.get("verdict", [])
    if set(table) - {"verdict"} or not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise OctavoError(Exit.SETTINGS, f"{path} may hold only [[verdict]] tables.", "See docs/verdicts.md.")
    return tuple(_verdict(row, n, path, lines, report) for n, row in enumerate(rows, 1))


def _verdict(row: dict[str, Any], n: int, path: Path, lines: Sequence[Line], report: Report) -> Verdict:
    where = f"verdict {n} in {path}"
    for key in row:
        if key not in _KEYS:
            near = difflib.get_close_matches(key, _KEYS, n=1)
            hint = f"Did you mean “{near[0]}”?" if near else f"Known keys: {', '.join(_KEYS)}."
            raise OctavoError(Exit.SETTINGS, f"Unknown key “{key}” in {where}.", hint)
    acts = {key: row[key] for key in _ACTS if key in row}
    kinds = {"line": int, "starts": str, "why": str, "join": bool, "drop": bool, "work": str, "accept": str}
    kinds |= {"everywhere": bool, "read": dict}
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


def _find(number: int, starts: str, lines: Sequence[Line], where: str) -> int:
    """Find the line: the one with the number if it begins so, else the only one that does."""
    wanted = _plain(starts)
    if 1 <= number <= len(lines) and _plain(lines[number - 1].text).startswith(wanted):
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


# ------------------------------------------------------------------------------------------------------- apply


def decide(decisions: Sequence[Decision], verdicts: Iterable[Verdict]) -> tuple[Decision, ...]:
    """Apply verdicts on roles, joins and drops.

    Raises:
        OctavoError: VERDICT for one that changes nothing, or names a blank line.

    """
    table = {decision.line: decision for decision in decisions}
    for verdict in verdicts:
        if not {"role", "join", "drop"} & set(verdict.acts):
            continue
        before = table.get(verdict.line)
        if before is None:
            raise OctavoError(Exit.VERDICT, f"{verdict} names a blank line.", "Mend its line, or delete it.")
        role = Role.BOILERPLATE if verdict.acts.get("drop") else Role(verdict.acts.get("role", before.role))
        joined = bool(verdict.acts.get("join", before.joined))
        if (role, joined) == (before.role, before.joined):
            raise _idle(verdict, f"the line is a {role}{', joined' if joined else ''} anyhow")
        reason = Reason(f"verdict: {verdict.why}", role, 100.0)
        table[verdict.line] = replace(before, role=role, joined=joined, score=1.0, reasons=(*before.reasons, reason))
    return tuple(table[decision.line] for decision in decisions)


def overrule(copy: Copy, lines: Sequence[Line], verdicts: Iterable[Verdict]) -> Copy:
    """Apply verdicts on roles, joins and drops to what the kinds of text have made of it: a person has the last word.

    A line that gets another role, and on which a kind had found a citation, is given back as ``lines`` have it.

    Raises:
        OctavoError: VERDICT, as above.

    """
    verdicts = tuple(verdicts)
    if copy.ready and (ruling := next((one for one in verdicts if set(one.acts) - {"accept"}), None)):
        raise OctavoError(
            Exit.VERDICT,
            f"{ruling} changes nothing: the source's own markup says what its lines are.",
            "Mend the markup there, or the text in book.md.",
        )
    copy = _reread(copy, verdicts)
    decisions = decide(copy.decisions, verdicts)
    before = {decision.line: decision.role for decision in copy.decisions}
    other = {decision.line for decision in decisions if decision.role is not before[decision.line]}
    held = other & {citation.line for citation in copy.citations}
    whole = {line.number: line for line in lines if line.number in held}
    known = [_narrowed(one, decisions) for one in copy.citations if one.line not in held] if other else copy.citations
    idle = {one.line for one in known if one.covers == (0, 0)}
    reason = Reason("verdict: the words that it stands for are kept out", Role.BOILERPLATE, 100.0)
    return replace(
        copy,
        lines=tuple(whole.get(line.number, line) for line in copy.lines),
        decisions=tuple(
            replace(one, role=Role.BOILERPLATE, reasons=(*one.reasons, reason)) if one.line in idle else one
            for one in decisions
        ),
        citations=tuple(citation for citation in known if citation.line not in idle),
        changes=tuple(change for change in copy.changes if change.line not in held),
    )


def _reread(copy: Copy, verdicts: Iterable[Verdict]) -> Copy:
    """Apply verdicts on what a line, or every line, is to be read as: whole words, as they are written."""
    text = {line.number: line.text for line in copy.lines}
    changes: list[Change] = []
    for verdict in verdicts:
        for said, meant in verdict.acts.get("read", {}).items():
            word = re.compile(rf"(?<!\w){re.escape(said)}(?!\w)")
            places = [
                number for number in (text if verdict.everywhere else [verdict.line]) if word.search(text[number])
            ]
            if not places:
                raise _idle(verdict, f"“{said}” does not stand {'in the text' if verdict.everywhere else 'there'}")
            for number in places:
                why = f"a verdict says so: {verdict.why}"
                times = len(word.findall(text[number]))
                changes += [Change(number, ChangeKind.REPAIRED, said, meant, why)] * times
                text[number] = word.sub(meant.replace("\\", r"\\"), text[number])
    lines = tuple(replace(line, text=text[line.number]) for line in copy.lines)
    return replace(copy, lines=lines, changes=(*copy.changes, *changes)) if changes else copy


def _narrowed(citation: Citation, decisions: Sequence[Decision]) -> Citation:
    """Let a citation stand for those of its lines that are left in the book; for ``(0, 0)`` where none is."""
    if citation.covers is None:
        return citation
    first, last = citation.covers
    left = [one.line for one in decisions if first <= one.line <= last and one.role is not Role.BOILERPLATE]
    return replace(citation, covers=(min(left), max(left)) if left else (0, 0))


def correct(citations: Sequence[Citation], verdicts: Iterable[Verdict]) -> tuple[Citation, ...]:
    """Apply verdicts on what a citation covers and on its fields, before works are gathered.

    Raises:
        OctavoError: VERDICT or SETTINGS, as above.

    """
    table = {citation.line: citation for citation in citations}
    for verdict in verdicts:
        if not {"covers", "fields"} & set(verdict.acts):
            continue
        before = _citation_of(table, verdict)
        after = before
        if "covers" in verdict.acts:
            after = replace(after, covers=_span(verdict, before))
        if "fields" in verdict.acts:
            after = replace(after, fields=_fields(before.fields, verdict), parsed=True, score=1.0, doubts=())
        if after == before:
            raise _idle(verdict, "the citation was read so anyhow")
        table[verdict.line] = after
    return tuple(table.values())


def assign(
    citations: Sequence[Citation], works: Sequence[Work], verdicts: Iterable[Verdict]
) -> tuple[tuple[Citation, ...], tuple[Work, ...]]:
    """Apply verdicts on which work a citation names; works that nothing cites any more are taken out.

    Raises:
        OctavoError: VERDICT, as above.

    """
    firsts = {citation.line: citation for citation in reversed(citations)}
    table = dict(firsts)
    known = {work.id for work in works}
    for verdict in verdicts:
        if "work" not in verdict.acts:
            continue
        before, work = _citation_of(table, verdict), verdict.acts["work"]
        if work not in known:
            near = difflib.get_close_matches(work, known, n=1, cutoff=0.4)
            hint = f"Did you mean “{near[0]}”?" if near else "See references.json for the ids."
            raise OctavoError(Exit.VERDICT, f"{verdict} names the work “{work}”, which is not there.", hint)
        if before.work == work:
            raise _idle(verdict, "the citation names that work anyhow")
        table[verdict.line] = replace(before, work=work, parsed=True)
    ruled = tuple(table[one.line] if one is firsts[one.line] else one for one in citations)
    cited = {one.work for citation in ruled for one in (citation, *citation.also)}
    return ruled, tuple(work for work in works if work.id in cited)


def accept(report: Report, verdicts: Iterable[Verdict], editions: Sequence[str]) -> None:
    """Take accepted findings out of the report.

    Raises:
        OctavoError: VERDICT for a finding that is not there (one that only an edition brings is not missed in a draft).

    """
    for verdict in verdicts:
        code = verdict.acts.get("accept")
        if code is None:
            continue
        kept = [one for one in report.findings if (one.code, one.line) != (code, verdict.line)]
        if len(kept) == len(report.findings) and (editions or codes()[code].family not in _LATE):
            raise _idle(verdict, f"there is no finding {code} on that line")
        report.findings = kept


def _citation_of(table: Mapping[int, Citation], verdict: Verdict) -> Citation:
    found = table.get(verdict.line)
    if found is None:
        raise OctavoError(
            Exit.VERDICT,
            f"{verdict} speaks of a citation, but the line is none.",
            'Say role = "citation" as well.',
        )
    return found


def _span(verdict: Verdict, before: Citation) -> tuple[int, int] | None:
    covers = verdict.acts["covers"]
    if covers is False or covers == []:
        return None
    if isinstance(covers, list) and len(covers) == 2 and all(type(n) is int for n in covers):
        first, last = covers
        inside = before.covers is not None and before.covers[0] <= verdict.line <= before.covers[1]
        if 1 <= first <= last and (inside or not first <= verdict.line <= last):
            return first, last
    raise OctavoError(
        Exit.SETTINGS,
        f"“covers” of {verdict} must be two other lines, first and last, or false.",
        "For example: covers = [70, 72].",
    )


def _fields(before: Fields, verdict: Verdict) -> Fields:
    given = verdict.acts["fields"]
    known = {field.name for field in dataclasses.fields(Fields)}
    if not isinstance(given, dict) or set(given) - known:
        raise OctavoError(Exit.SETTINGS, f"“fields” of {verdict} may have: {', '.join(sorted(known))}.")
    changed: dict[str, Any] = {}
    for key, value in given.items():
        if key in _NAMES and isinstance(value, list):
            changed[key] = tuple(_name(one, verdict) for one in value)
        elif key == "copyright_year" and isinstance(value, bool):
            changed[key] = value
        elif key in _NAMES or key == "copyright_year":
            kind = "a list of names" if key in _NAMES else "true or false"
            raise OctavoError(Exit.SETTINGS, f"“{key}” in the fields of {verdict} must be {kind}.")
        else:
            changed[key] = text(value, key, f"the fields of {verdict}")
    return replace(before, **changed)


def _name(value: Any, verdict: Verdict) -> Name:
    """Read "Family, Given", a body's name, or a table as in ``citations.jsonl``."""
    if isinstance(value, str):
        family, _, given = value.partition(",")
        return Name(family=family.strip(), given=given.strip()) if given else Name(literal=value)
    if isinstance(value, dict) and value and not set(value) - {"family", "given", "literal"}:
        return Name(**{key: text(one, key, str(verdict)) for key, one in value.items()})
    raise OctavoError(Exit.SETTINGS, f"A name in {verdict} must be “Family, Given” or a table.")


def _idle(verdict: Verdict, because: str) -> OctavoError:
    return OctavoError(Exit.VERDICT, f"{verdict} changes nothing: {because}.", "Delete it.")

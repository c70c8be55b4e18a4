"""Overrule: verdicts are applied to what was decided, cited and found; one that would change nothing is an error."""

from __future__ import annotations

import dataclasses
import difflib
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pipeline.cite.works import describe
from pipeline.errors import Exit, OctavoError
from pipeline.model import (
    DOUBT,
    Change,
    ChangeKind,
    Citation,
    Copy,
    Decision,
    Fields,
    Leaving,
    Line,
    Name,
    Reason,
    Role,
    Work,
)
from pipeline.report import Report, codes
from pipeline.values import text
from pipeline.verdicts import Verdict

_NAMES = ("author", "editor", "translator")
_LATE = ("layout", "tool")  # families of findings that only an edition brings


def decide(decisions: Sequence[Decision], verdicts: Iterable[Verdict]) -> tuple[Decision, ...]:
    """Apply verdicts on roles, joins, drops and levels of headings.

    Raises:
        OctavoError: VERDICT for one that changes nothing, or names a blank line.

    """
    table = {decision.line: decision for decision in decisions}
    for verdict in verdicts:
        if not {"role", "join", "drop", "level"} & set(verdict.acts):
            continue
        before = table.get(verdict.line)
        if before is None:
            raise OctavoError(Exit.VERDICT, f"{verdict} names a blank line.", "Mend its line, or delete it.")
        role, level = _ruled(verdict, before)
        stays = before.joined and role is before.role  # what becomes something else begins anew
        joined = bool(verdict.acts.get("join", stays))
        if (role, joined, level) == (before.role, before.joined, before.level) and before.score >= DOUBT:
            raise idle(verdict, f"the line is a {role}{', joined' if joined else ''} anyhow")
        table[verdict.line] = replace(_by_verdict(before, role, verdict.why), joined=joined, score=1.0, level=level)
    return tuple(table[decision.line] for decision in decisions)


def _by_verdict(before: Decision, role: Role, why: str) -> Decision:
    """Give a line the role that somebody ruled; if that keeps it out of the book, that is the reason on record."""
    reasons = (*before.reasons, Reason(f"verdict: {why}", role, 100.0))
    leaving = replace(before.leaving or Leaving(), kind=ChangeKind.SET_ASIDE, why=f"A verdict: {why}")
    return replace(before, role=role, reasons=reasons, leaving=leaving)


def _ruled(verdict: Verdict, before: Decision) -> tuple[Role, int]:
    """Return the role and the level that a verdict gives a line."""
    acts = verdict.acts
    if level := acts.get("level"):
        return Role.TITLE if level == 1 else Role.HEADING, level
    role = Role.BOILERPLATE if acts.get("drop") else Role(acts.get("role", before.role))
    return role, before.level if role is before.role else 0


def overrule(copy: Copy, lines: Sequence[Line], verdicts: Iterable[Verdict]) -> Copy:
    """Apply verdicts on roles, joins and drops to what the kinds of text have made of it: a person has the last word.

    A line that gets another role, and on which a kind had found a citation, or which it had set aside, is given back as
    ``lines`` have it. What becomes a heading is part of no extract.

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
    held = {line for line in other if before[line] is Role.BOILERPLATE} | (other & {one.line for one in copy.citations})
    headed = {one.line for one in decisions if one.line in other and one.role in (Role.TITLE, Role.HEADING)}
    whole = {line.number: line for line in lines if line.number in held}
    known = [one for one in copy.citations if one.line not in held]
    if other:
        known = [_narrowed(one, decisions, headed) for one in known]
    idle = {one.line for one in known if one.covers == (0, 0)}
    kept_out = "the words that it stands for are kept out"
    ruled = replace(
        copy,
        lines=tuple(whole.get(line.number, line) for line in copy.lines),
        decisions=tuple(_by_verdict(one, Role.BOILERPLATE, kept_out) if one.line in idle else one for one in decisions),
        citations=tuple(citation for citation in known if citation.line not in idle),
        changes=tuple(change for change in copy.changes if change.line not in held),
        unsourced=tuple(left for span in copy.unsourced if (left := _remaining(span, decisions, headed))),
    )
    return _renamed(ruled, verdicts)


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
                raise idle(verdict, f"“{said}” does not stand {'in the text' if verdict.everywhere else 'there'}")
            for number in places:
                why = f"a verdict says so: {verdict.why}"
                times = len(word.findall(text[number]))
                changes += [Change(number, ChangeKind.REPAIRED, said, meant, why)] * times
                text[number] = word.sub(meant.replace("\\", r"\\"), text[number])
    if not changes:
        return copy
    lines = tuple(replace(line, text=text[line.number]) for line in copy.lines)
    return replace(copy, lines=lines, changes=(*copy.changes, *changes))


def _renamed(copy: Copy, verdicts: Iterable[Verdict]) -> Copy:
    """Apply verdicts on the words that a heading, with the lines joined to it, is shown by."""
    text = {line.number: line.text for line in copy.lines}
    changes: list[Change] = []
    for verdict in verdicts:
        shown = verdict.acts.get("shown", "")
        if not shown:
            continue
        lines = _lines_of(verdict, copy.decisions)
        before = "\n".join(text[number].strip() for number in lines)
        if before == shown:
            raise idle(verdict, "it stands there so")
        changes.append(Change(verdict.line, ChangeKind.REPAIRED, before, shown, f"a verdict says so: {verdict.why}"))
        text |= {number: shown if number == verdict.line else "" for number in lines}
    if not changes:
        return copy
    return replace(
        copy,
        lines=tuple(replace(line, text=text[line.number]) for line in copy.lines),
        decisions=tuple(one for one in copy.decisions if text[one.line].strip()),
        changes=(*copy.changes, *changes),
    )


def _lines_of(verdict: Verdict, decisions: Sequence[Decision]) -> list[int]:
    """Return the line of a verdict, and those that are joined to it."""
    numbers = [one.line for one in decisions]
    if verdict.line not in numbers:
        raise OctavoError(Exit.VERDICT, f"{verdict} names a blank line.", "Mend its line, or delete it.")
    at = numbers.index(verdict.line)
    if decisions[at].role not in (Role.TITLE, Role.HEADING):
        raise OctavoError(
            Exit.VERDICT,
            f"{verdict} renames a heading, but the line is none.",
            "Say level, too; or read, for words.",
        )
    last = next((n for n in range(at + 1, len(numbers)) if not decisions[n].joined), len(numbers))
    return numbers[at:last]


def _narrowed(citation: Citation, decisions: Sequence[Decision], headed: Collection[int]) -> Citation:
    """Let a citation stand for those of its lines that are left in the book; for ``(0, 0)`` where none is.

    Those that became headings (``headed``) are left, but not part of what it stands for.
    """
    if citation.covers is None:
        return citation
    first, last = citation.covers
    left = _remaining(citation.covers, decisions, headed)
    return replace(citation, covers=left or (None if any(first <= line <= last for line in headed) else (0, 0)))


def _remaining(span: tuple[int, int], decisions: Sequence[Decision], headed: Collection[int]) -> tuple[int, int] | None:
    """Return the first and the last line of an extract that are left: those below its last heading, or above it."""
    first, last = span
    left = [one.line for one in decisions if first <= one.line <= last and one.role is not Role.BOILERPLATE]
    heads = [line for line in left if line in headed]
    if heads:
        left = [line for line in left if line > heads[-1]] or [line for line in left if line < heads[0]]
    return (min(left), max(left)) if left else None


def correct(citations: Sequence[Citation], verdicts: Iterable[Verdict]) -> tuple[Citation, ...]:
    """Apply verdicts on what a citation covers and on its fields, before works are gathered.

    Raises:
        OctavoError: VERDICT or SETTINGS, as above.

    """
    table = {citation.line: citation for citation in citations}
    ruled: dict[int, Verdict] = {}
    for verdict in verdicts:
        if not {"covers", "fields"} & set(verdict.acts):
            continue
        before = _citation_of(table, verdict)
        after = before
        if "covers" in verdict.acts:
            after = replace(after, covers=_span(verdict, before))
            ruled[verdict.line] = verdict
        if "fields" in verdict.acts:
            after = replace(after, fields=_fields(before.fields, verdict), parsed=True, score=1.0, doubts=())
        if after == before:
            raise idle(verdict, "the citation was read so anyhow")
        table[verdict.line] = after
    return tuple(_left(one, table, ruled) for one in table.values())


def _left(citation: Citation, table: Mapping[int, Citation], ruled: Mapping[int, Verdict]) -> Citation:
    """Let a citation stand for what verdicts on others leave of its lines: no line has two sources by its place.

    Raises:
        OctavoError: VERDICT where verdicts give the same line to both.

    """
    for line, verdict in ruled.items():
        if citation.covers is None or line == citation.line or not (span := table[line].covers):
            continue
        (first, last), (start, end) = citation.covers, span
        if last < start or end < first:
            continue
        if citation.line in ruled:
            raise OctavoError(
                Exit.VERDICT,
                f"{ruled[citation.line]} and {verdict} both cover line {max(first, start)}: both cannot hold.",
                "Mend one of them; a second source of the same extract says covers = false.",
            )
        left = (end + 1, last) if end < last else (first, start - 1)  # an extract ends at its citation
        citation = replace(citation, covers=left if left[0] <= left[1] else None)
    return citation


def assign(
    citations: Sequence[Citation], works: Sequence[Work], verdicts: Iterable[Verdict]
) -> tuple[tuple[Citation, ...], tuple[Work, ...]]:
    """Apply verdicts on which work a citation names, one that is there or one of its own.

    Works whose citations are others now are described anew; those that nothing cites any more are taken out.

    Raises:
        OctavoError: VERDICT, as above.

    """
    firsts = {citation.line: citation for citation in reversed(citations)}
    table = dict(firsts)
    known = {work.id: work for work in works}
    touched: set[str] = set()
    for verdict in verdicts:
        if not {"work", "apart"} & set(verdict.acts):
            continue
        before = _citation_of(table, verdict)
        work = _named_work(verdict, known)
        if before.work == work:
            raise idle(verdict, "the citation names that work anyhow")
        table[verdict.line] = replace(before, work=work, parsed=True)
        touched |= {work, before.work or work}
    ruled = tuple(table[one.line] if one is firsts[one.line] else one for one in citations)
    cited: dict[str, list[Citation]] = {}
    for one in (one for citation in ruled for one in (citation, *citation.also)):
        if one.work:
            cited.setdefault(one.work, []).append(one)
    known |= {key: describe(key, cited[key]) for key in touched if key in cited}
    return ruled, tuple(known[key] for key in sorted(known) if key in cited)


def _named_work(verdict: Verdict, known: Mapping[str, Work]) -> str:
    """Return the id that a verdict names: of a work that is there, or of one that is not."""
    if "apart" in verdict.acts:
        if verdict.acts["apart"] in known:
            raise OctavoError(
                Exit.VERDICT, f"{verdict} names a work that is there.", "Say work instead of apart, or another id."
            )
        return str(verdict.acts["apart"])
    work = str(verdict.acts["work"])
    if work not in known:
        near = difflib.get_close_matches(work, known, n=1, cutoff=0.4)
        hint = f"Did you mean “{near[0]}”?" if near else "See references.json for the ids."
        raise OctavoError(Exit.VERDICT, f"{verdict} names the work “{work}”, which is not there.", hint)
    return work


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
            raise idle(verdict, f"there is no finding {code} on that line")
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


def idle(verdict: Verdict, because: str) -> OctavoError:
    """Return the error for a verdict that would be a lie in its file."""
    return OctavoError(Exit.VERDICT, f"{verdict} changes nothing: {because}.", "Delete it.")

"""References: a list of works at the end of a text, and the calls in the text that name them.

Two customs: "(Orr 1999, 12)" with a list by author and year, and "[12]" with a numbered list. The works of the list
go to the bibliography and the calls become citations, if the list can be read and most of the calls find their work.
Where a call finds none it stays as it stands, and is reported. An entry with words that a bibliography has no place for
stays in the text, so that nothing is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.cite import parse, unaccounted
from pipeline.cite.same import fold
from pipeline.kinds.calls import Call, marked, paragraphs
from pipeline.language import heads_references
from pipeline.model import ChangeKind, Citation, Copy, Decision, Leaving, Line, Named, Reason, Role, figure
from pipeline.report import Report

NAME = "a list of works and the calls that name them"

WHY: Mapping[str, str] = {
    "reference-heading": "The bibliography has a heading of its own.",
    "reference-entry": "The work stands in the bibliography.",
    "reference-uncalled": "An entry of a list of works that the text does not call: it stands for no extract.",
}
LEAVES = {"reference-heading": Leaving(ChangeKind.SET_ASIDE), "reference-entry": Leaving(ChangeKind.LISTED)}
_NUMBERED = re.compile(r"^\s*(?:\[(?P<bracket>\d{1,3})\]|(?P<point>\d{1,3})[.)])\s+(?=\S)")
_REPEATED = re.compile(r"^(?:[-–—_]{2,}|―+)[.,]?\s*")
_YEAR = r"(?:1[5-9]|20)\d\d[a-z]?"
_PAGES = r"[\dxivlc]+(?:[-–][\dxivlc]+)?(?:,\s[\dxivlc]+(?:[-–][\dxivlc]+)?)*"
_LOCATOR = rf"(?:\s?[,:]\s?(?:(?:pp?|S|s|с|pág|págs)\.\s?)?(?P<pages>{_PAGES}))?"
_PARENTHESES = re.compile(rf"\((?P<inside>[^()]*?\b{_YEAR}[^()]*)\)")
_SEE = (
    r"(?:[Ss]ee(?:\salso)?|[Cc]f\.|[Cc]ompare|e\.g\."
    r"|[Vv]gl\.(?:\sauch)?|[Ss]iehe|[Vv]oir|[Cc]fr\.|[Vv]éase|[Zz]ie|[Vv]er|[Сс]м\.)"
)
_PART = re.compile(
    rf"^(?P<before>{_SEE}(?:,?\se\.g\.)?,?\s)?(?P<names>[^\W\d_a-z][^\d()]*?),?\s(?P<year>{_YEAR}){_LOCATOR}$"
)
_BARE = re.compile(rf"^(?P<year>{_YEAR}){_LOCATOR}$")
_BEFORE = re.compile(
    r"(?P<names>[^\W\d_a-z][\w’'-]+(?:,?\s(?:and|&|et al\.?|et|und|y|e|и|[^\W\d_a-z][\w’'-]+)){0,4})"
    r"(?:\s[a-zß-ÿа-я]{2,12}){0,2}\s*$"  # "Orr (1999)", "Orr says (1999)"
)
_NUMBERS = re.compile(rf"\[(?P<list>\d{{1,3}}(?:\s?[-–,;]\s?\d{{1,3}})*)(?:,\s?(?:pp?|S|с)\.\s?(?P<pages>{_PAGES}))?\]")
_AND = re.compile(r",|;|\s(?:&|and|et|und|y|e|и|u\.)\s|\set\sal\b")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|doi:\s?\S+", re.IGNORECASE)
_FURTHEST = 99  # entries that one call names as a range
_MOST = 0.6  # of the calls find their work, or of the entries can be read


@dataclass(frozen=True, slots=True)
class _Entry:
    lines: tuple[int, ...]
    citation: Citation
    number: int

    @property
    def kept(self) -> bool:
        """Whether all of its words have a place in a bibliography."""
        fields = self.citation.fields
        extra = _ADDRESS.sub("", fields.extra).strip(" .,;")
        return self.citation.parsed and not extra and not unaccounted(self.citation.text, fields)


def lay(copy: Copy, report: Report) -> Copy:
    """Read the lists of works in a text, and the calls that name them."""
    lines, decisions = copy.lines, copy.decisions
    text = {line.number: line.text for line in lines}
    heads, entries = _lists(lines, decisions)
    usable = [entry for entry in entries if entry.kept]
    if len(usable) < 2 or len(usable) < _MOST * len(entries):
        return copy
    inside = {number for head in heads for number in head} | {n for entry in entries for n in entry.lines}
    groups = [group for group in paragraphs(decisions) if not inside & set(group)]
    seek = _Numbered(usable) if all(entry.number for entry in entries) else _ByName(usable)
    found = [(group, list(seek.calls("\n".join(text[n] for n in group)))) for group in groups]
    calls = [call for _, ones in found for call in ones]
    resolved = sum(bool(call.named) for call in calls)
    if not resolved or resolved < _MOST * len(calls):
        return replace(copy, decisions=_uncalled(decisions, entries))
    for group, ones in found:
        for call in ones:
            if not call.named:
                joined = "\n".join(text[n] for n in group)
                line = group[joined[: call.start].count("\n")]
                report.find("call-without-reference", line, call=" ".join(joined[call.start : call.end].split()))
    text, table, changes = marked(text, found)
    decisions = _uncalled(decisions, [entry for entry in entries if not entry.kept])
    gone = {number: "reference-entry" for entry in usable for number in entry.lines}
    if len(usable) == len(entries):
        gone |= {number: "reference-heading" for head in heads for number in head}
    return replace(
        copy,
        lines=tuple(Line(line.number, text[line.number]) for line in lines),
        decisions=tuple(_gone(one, gone[one.line]) if one.line in gone else one for one in decisions),
        citations=tuple(one for one in copy.citations if one.line not in gone),
        entries=tuple(entry.citation for entry in usable),
        calls=table,
        changes=(*copy.changes, *changes),
    )


def _uncalled(decisions: Sequence[Decision], entries: Sequence[_Entry]) -> tuple[Decision, ...]:
    """Take the entries of a list that stays for paragraphs, where they were taken for the sources of extracts."""
    own = {number for entry in entries for number in entry.lines}
    reason = Reason("reference-uncalled", Role.PARAGRAPH, 12.0)
    return tuple(
        replace(one, role=Role.PARAGRAPH, reasons=(reason, *one.reasons))
        if one.line in own and one.role is Role.CITATION
        else one
        for one in decisions
    )


def _gone(decision: Decision, rule: str) -> Decision:
    reason = Reason(rule, Role.BOILERPLATE, 12.0)
    return replace(decision, role=Role.BOILERPLATE, joined=False, reasons=(reason, *decision.reasons))


# ------------------------------------------------------------------------------------------------- the list


def _lists(lines: Sequence[Line], decisions: Sequence[Decision]) -> tuple[list[tuple[int, ...]], list[_Entry]]:
    """Find the headings of lists of works, and the entries under each, up to the next heading."""
    text = {line.number: line.text for line in lines}
    heads: list[tuple[int, ...]] = []
    entries: list[_Entry] = []
    zone: list[int] | None = None
    roles = {decision.line: decision.role for decision in decisions}
    for group in (*paragraphs(decisions), None):
        words = " ".join(text[n].strip() for n in group) if group and len(group) < 3 else ""
        head = heads_references(words)
        if zone is not None and (group is None or head or _opens(roles[group[0]], words)):
            entries += _entries(zone, text)
            zone = None
        if group and head:
            heads.append(group)
            zone = []
        elif group and zone is not None and roles[group[0]] is not Role.BOILERPLATE:
            zone += group
    return heads, entries


def _opens(role: Role, words: str) -> bool:
    """Tell whether a heading opens another part; an entry may look like one."""
    if role not in (Role.TITLE, Role.HEADING):
        return False
    fields = parse(_NUMBERED.sub("", words)).fields
    return not (fields.year and (fields.author or fields.editor) and fields.title)


def _entries(zone: Sequence[int], text: Mapping[int, str]) -> list[_Entry]:
    """Cut the lines of a list into entries: by their numbers, else by blank lines, else by hanging indents."""
    if not zone:
        return []
    numbered = sum(bool(_NUMBERED.match(text[n])) for n in zone) >= 2 and bool(_NUMBERED.match(text[zone[0]]))
    gaps = any(after > before + 1 for before, after in pairwise(zone))
    indents = {n: len(text[n].expandtabs()) - len(text[n].expandtabs().lstrip()) for n in zone}
    hanging = len(set(indents.values())) > 1
    groups: list[list[int]] = []
    for n in zone:
        if numbered:
            starts = bool(_NUMBERED.match(text[n]))
        elif gaps:
            starts = n - 1 not in zone
        else:
            starts = not hanging or indents[n] == min(indents.values())
        if starts or not groups:
            groups.append([])
        groups[-1].append(n)
    out: list[_Entry] = []
    names = ""
    for group in groups:
        words = " ".join(text[n].strip() for n in group)
        match = _NUMBERED.match(words) if numbered else None
        words = words[match.end() :] if match else words
        if names and (again := _REPEATED.match(words)):
            words = f"{names} {words[again.end() :]}"
        elif year := re.search(rf"\s\(?{_YEAR}", words):
            names = words[: year.start()]
        place = figure(match["bracket"] or match["point"]) if match else 0
        out.append(_Entry(tuple(group), replace(parse(words), line=group[0]), place))
    return out


# ------------------------------------------------------------------------------------------------- the calls


class _Numbered:
    """Calls by number: "[12]", "[3, 5]", "[3–5]", "[12, p. 34]"."""

    def __init__(self, entries: Sequence[_Entry]) -> None:
        self._lines = {entry.number: entry.lines[0] for entry in entries}

    def calls(self, text: str) -> Iterator[Call]:
        """Yield the calls of one paragraph, in order; one that names no entry has nothing in ``named``."""
        for found in _NUMBERS.finditer(text):
            numbers = list(self._numbers(found["list"]))
            lines = [self._lines.get(number) for number in numbers]
            named = tuple(Named(line, found["pages"] or "") for line in lines if line is not None)
            yield Call(found.start(), found.end(), named if len(named) == len(numbers) else ())

    @staticmethod
    def _numbers(text: str) -> Iterator[int]:
        for part in re.split(r"\s?[,;]\s?", text):
            ends = [figure(digits) for digits in re.split(r"\s?[-–]\s?", part)]
            yield from range(ends[0], min(ends[-1], ends[0] + _FURTHEST) + 1)


class _ByName:
    """Calls by author and year: "(Orr 1999, 12; Calder 2001)", "Orr (1999)"."""

    def __init__(self, entries: Sequence[_Entry]) -> None:
        self._lines: dict[tuple[str, str], list[int]] = {}
        for entry in entries:
            fields = entry.citation.fields
            people = fields.author or fields.editor or fields.translator
            if people:
                key = fold(people[0].family or people[0].literal), fields.year
                self._lines.setdefault(key, []).append(entry.lines[0])

    def calls(self, text: str) -> Iterator[Call]:
        """Yield the calls of one paragraph, in order; one that names no entry has nothing in ``named``."""
        for found in _PARENTHESES.finditer(text):
            parts = [" ".join(part.split()) for part in found["inside"].split(";")]
            bare = _BARE.match(parts[0]) if len(parts) == 1 else None
            before = _BEFORE.search(text[: found.start()]) if bare else None
            if bare and before:
                line = self._find(before["names"].split()[-1], bare["year"]) or self._find(
                    before["names"], bare["year"]
                )
                if line is not None:
                    yield Call(found.start(), found.end(), (Named(line, bare["pages"] or ""),))
                continue
            matches = [_PART.match(part) for part in parts]
            named: list[Named] = []
            for match in matches:
                line = self._find(match["names"], match["year"]) if match else None
                if match and line is not None:
                    named.append(Named(line, match["pages"] or "", before=(match["before"] or "").strip()))
            if any(matches):
                yield Call(found.start(), found.end(), tuple(named) if len(named) == len(parts) else ())

    def _find(self, names: str, year: str) -> int | None:
        """Find the one entry of this author and year."""
        for name in (names, _AND.split(names)[0]):
            lines = self._lines.get((fold(name), year), [])
            if len(lines) == 1:
                return lines[0]
        return None

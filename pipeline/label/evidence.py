"""Wrapped text, labelled: what is certain stays, the rest is told line by line from all that is seen.

What the rooms of headings, notes and shapes would say of a line is one observation among others (``rule=…``): it has a
weight for each role, and can be outvoted.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from pathlib import Path

from pipeline.label.chapters import END, NAMED, PERSONS, named_by
from pipeline.label.features import CLOSING, SALUTATION, marker
from pipeline.label.headings import contents_of, levels, number_alone
from pipeline.label.labeller import MODEL, Told, tell
from pipeline.label.layout import Convention, Unit
from pipeline.label.levels import is_led, leads_of, led_by, number_of
from pipeline.label.observe import Form, Row, Setting, Whole, label_of_turn, observe, rows_of, written
from pipeline.label.settled import Settled
from pipeline.label.shapes import SCENE
from pipeline.model import Decision, Reason, Role, figure

CERTAIN = frozenset(
    {
        "answers-a-call",
        "caption-goes-on",
        "contents-entry",
        "contents-title",
        "empty-picture",
        "end-of-book",
        "entry-of-index",
        "labelled-note",
        "names-a-picture",
        "note-goes-on",
        "notes-part",
        "notes-title",
        "on-the-title-page",
        "rows-of-signs",
        "title-of-the-book",
    }
)
"""The rules that settle a line of wrapped text by themselves; the others are evidence."""

_AGAIN = 4  # times; a form that comes as often is one
_AGREED = 0.9  # probability of what a form agrees on
_SURE = 0.99  # probability of what is plain
_LOUD = 3.0
_LONGEST = 400  # characters; no heading is longer
_TITLE_GAP = 2  # blank lines between the number of a chapter and its title
_SETTLED = 12.0
_SERIES = 3  # headings that count up
_PLAY = 20  # turns; a text with so many is a play, or has one in it
_LETTER = re.compile(r"\W*(?:letter|lettre|brief|carta|lettera|письмо)\b", re.IGNORECASE)
_CLOSING = 3  # lines of a date or signature that is set to the right
_RIGHT = 0.4  # of the width; a line that begins farther right is set to the right
_MAY_CLOSE = (Role.VERSE, Role.QUOTE, Role.PARAGRAPH, Role.HEADING)
_RUN_ON = 12  # numbered paragraphs
_NUMBERED = re.compile(r"^(?:§ ?)?(?P<number>\d{1,4})\.\s+(?=\S)")
_TELLS_ALL = 400  # characters; a chapter that says what happens in it does so in no more
_TITLE_ROWS = 3
_TITLE_LONGEST = 120  # characters
_TITLE_REACH = 3  # blank lines between the number of a chapter and its title
_MAY_BE_TITLES = (Role.PARAGRAPH, Role.HEADING, Role.LETTER, Role.QUOTE, Role.ITEM, Role.CAPTION)
_COUNTS_UP = 0.7  # share of the steps in a series that go up by one, or begin again
_MOSTLY = 0.6  # share of the names in a line that are speakers'
_NAME = re.compile(r"[^\W\d_]+")
_AND = re.compile(r"[,;:]|\b(?:and|und|et|y|e|en|og|och|и|to them)\b")
_CURTAIN = re.compile(
    r"^\W*(?:the )?(?:(?:quick|slow) )?"
    r"(?:curtain|act drop|tableau|rideau|vorhang|telón|sipario|doek|занавес|tæppet?|ridå)"
    r"(?: (?:falls|rises|tombe|fällt|cae|cala|valt|falder|faller))?\W*$",
    re.IGNORECASE,
)
_FRONT = 40  # units; a title page farther inside the book is evidence only


def wrapped(
    found: Sequence[Unit], settled: Mapping[int, Settled], title: str, model: Path = MODEL
) -> Iterator[Decision]:
    """Decide on the lines of all units that are wrapped at a fixed width.

    Args:
        found: the units of the text.
        settled: what the rooms of headings, notes and shapes say, by index of the unit.
        title: the title of the book, where the source names it.
        model: the weights of the labeller.

    """
    listed = contents_of(found)
    for width, run in groupby(enumerate(found), key=lambda pair: bool(pair[1].width)):
        if width:
            yield from _region(list(run), found, settled, listed, title, model)


def observed(
    region: Sequence[tuple[int, Unit]], settled: Mapping[int, Settled], listed: Mapping[str, int]
) -> tuple[list[Row], Whole]:
    """Return the rows of a region with all that is seen on them, and what was counted in the whole of it."""
    setting = Setting(
        Counter(unit.width for _, unit in region).most_common(1)[0][0],
        Counter(unit.margin for _, unit in region).most_common(1)[0][0],
        listed,
    )
    rows = rows_of(
        [
            (number, text, unit.blanks if n == 0 else 0)
            for _, unit in region
            for n, (number, text) in enumerate(zip(unit.lines, unit.rows, strict=True))
        ]
    )
    whole = observe(rows, setting)
    said = {
        number: f"rule={settled[at].rule}/{'first' if n == 0 else 'inside'}"
        for at, unit in region
        if at in settled
        for n, number in enumerate(unit.lines)
    }
    for row in rows:
        row.seen.append(said.get(row.number, "rule=none"))
    return rows, whole


def certain(region: Sequence[tuple[int, Unit]], settled: Mapping[int, Settled]) -> Iterator[tuple[int, Decision]]:
    """Decide on what an editor is certain of: by line."""
    for at, unit in region:
        shape = settled.get(at)
        if shape is None or shape.rule not in CERTAIN or (shape.rule == "on-the-title-page" and at > _FRONT):
            continue
        for n, line in enumerate(unit.lines):
            joined = shape.goes_on if n == 0 else not shape.by_line or n in shape.joins
            level = shape.level
            if shape.role is Role.NOTE and n and not joined:
                level = 1  # a line of a table or stanza goes on with the note that the first line opens
            yield line, Decision(line, shape.role, joined, 1.0, (Reason(shape.rule, shape.role, _SETTLED),), level)


def _region(
    region: Sequence[tuple[int, Unit]],
    found: Sequence[Unit],
    settled: Mapping[int, Settled],
    listed: Mapping[str, int],
    title: str,
    model: Path,
) -> list[Decision]:
    rows, whole = observed(region, settled, listed)
    fixed = dict(certain(region, settled))
    told: dict[int, Told] = {}
    for known, group in groupby(rows, key=lambda row: row.number in fixed):
        if not known:
            part = list(group)
            told.update(zip((row.number for row in part), tell([row.seen for row in part], model), strict=True))
    told |= _plain(region, settled, told)
    told |= _counted(region, settled, told)
    told |= _numbered(rows, told)
    told |= _prose(rows, told)
    told |= agreed(rows, whole.groups, told)
    told |= _single(rows, told)
    told |= _items(rows, told)
    told |= _persons(rows, told)
    told |= _entrances(rows, told)
    told |= _titles_below(rows, told)
    told |= _titled(rows, told)
    unit_of = {line: at for at, unit in region for line in unit.lines}
    depth = _depths(rows, told, unit_of, found, listed, title)
    out: list[Decision] = []
    above: Role | None = None
    for row in rows:
        decision = fixed.get(row.number) or _decision(row, told[row.number], above, depth)
        above = decision.role
        out.append(decision)
    return out


def _plain(
    region: Sequence[tuple[int, Unit]], settled: Mapping[int, Settled], told: Mapping[int, Told]
) -> dict[int, Told]:
    """Overrule the labeller where an editor need not weigh anything.

    "Chapter IV" alone between blank lines is a heading; where turns open with names that come back, under headings of
    scenes, they are turns, and what stands there in brackets by itself is a direction; and where first lines of
    paragraphs are set in throughout, a line set in begins one.
    """
    out: dict[int, Told] = {}
    turns = sum(one.role is Role.DIALOGUE and not one.goes_on for one in told.values())
    play = turns >= _PLAY or any(shape.rule == "speaker-and-stop" for shape in settled.values())
    for at, unit in region:
        rule = settled[at].rule if at in settled else ""
        role: Role | None = None
        if rule in ("chapter", "part") and number_alone(unit.text):
            role = Role.HEADING
        elif rule == "speaker-and-stop":
            role = Role.DIALOGUE
        elif play and (_CURTAIN.match(unit.text) or (not rule and re.fullmatch(r"\[[^\]]+\]|\([^)]+\)", unit.text))):
            role = Role.STAGE
        elif END.match(unit.text.strip("_* .")) and at + _TITLE_REACH > region[-1][0]:
            role, rule = Role.CAPTION, "end-of-book"
        if role is not None:
            reason = Reason(rule or "bracketed-in-a-play", role, _SETTLED)
            for n, line in enumerate(unit.lines):
                if line in told:
                    out[line] = Told(role, n > 0, _SURE, None, 0.0, (reason,))
        elif (_closes(unit) or _is_formula(unit)) and unit.first in told and told[unit.first].role in _MAY_CLOSE:
            for line in unit.lines:
                if line in told:
                    reason = Reason("set-to-the-right" if _closes(unit) else "letter-formula", Role.LETTER, _SETTLED)
                    out[line] = Told(Role.LETTER, False, _AGREED, told[line].role, 1 - _AGREED, (reason,))
        elif unit.convention is Convention.INDENTED and not unit.blanks and unit.first in told:
            out[unit.first] = replace(told[unit.first], goes_on=False)
    return out


def _closes(unit: Unit) -> bool:
    """Tell whether a unit is a date or a signature set to the right: few short lines, none of them farther left."""
    insets = [len(row) - len(row.lstrip()) - unit.margin for row in unit.rows]
    right = unit.width > 0 and min(insets, default=0) >= _RIGHT * unit.width
    return right and len(insets) <= _CLOSING and bool(unit.blanks) and unit.blank_after


def _is_formula(unit: Unit) -> bool:
    """Tell whether a unit is the salutation of a letter, or the words that close it with the names below them."""
    first = unit.rows[0].strip() if unit.rows else unit.text
    closing = len(unit.rows) <= _CLOSING and CLOSING.match(first) is not None
    return bool(unit.blanks) and (closing or (len(unit.rows) == 1 and SALUTATION.match(first) is not None))


def _single(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take a line that alone would be verse for a paragraph: one line is no stanza, unless verse stands beside it."""
    parts = [list(group) for _, group in groupby(rows, key=lambda row: row.stretch)]
    verse = [any(_role(row, told) is Role.VERSE for row in part) for part in parts]
    out: dict[int, Told] = {}
    for n, part in enumerate(parts):
        beside = verse[max(0, n - 1) : n] + verse[n + 1 : n + 2]
        if len(part) == 1 and verse[n] and not any(beside) and not part[0].indent:
            out[part[0].number] = replace(told[part[0].number], role=Role.PARAGRAPH, goes_on=False, rival=Role.VERSE)
    return out


def _counted(
    region: Sequence[tuple[int, Unit]], settled: Mapping[int, Settled], told: Mapping[int, Told]
) -> dict[int, Told]:
    """Take lines for headings that stand alone, begin with the same words, and have numbers that count up.

    "Night: Watch 5" is one if nothing else is on its line, "SONG 5. The Can" too; what says that it is a chapter or
    part may go on with what happens in it, if there is room above.
    """
    series: dict[str, list[tuple[Unit, int]]] = defaultdict(list)
    for at, unit in region:
        if not (unit.blanks and unit.blank_after and unit.first in told and len(unit.text) <= _TELLS_ALL):
            continue
        named = NAMED.match(unit.text.strip("_*= "))
        number = number_of(named[0]) if named else 0
        if named and number and (unit.blanks > 1 or len(unit.rows) == 1):
            series[named_by(named)[0]].append((unit, number))
        elif len(unit.rows) == 1 and _may_head(settled.get(at)) and (led := led_by(unit.text)):
            series[led[0]].append((unit, led[1]))
    out: dict[int, Told] = {}
    for members in series.values():
        values = [value for _, value in members]
        steps = sum(after - before == 1 or after == 1 for before, after in pairwise(values))
        if min(len(members), max(values)) < _SERIES or steps < _COUNTS_UP * (len(members) - 1):
            continue
        for unit, _ in members:
            reason = Reason("counts-up", Role.HEADING, _SETTLED)
            for n, line in enumerate(unit.lines):
                if line in told:
                    out[line] = Told(Role.HEADING, n > 0, _SURE, None, 0.0, (reason,))
    return out


def _may_head(shape: Settled | None) -> bool:
    return shape is None or shape.role in (Role.TITLE, Role.HEADING)


def _numbered(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take items whose numbers run on from chapter to chapter for paragraphs: a list begins again."""
    chain: list[list[Row]] = []
    parts = last = 0
    heads = False
    for _, group in groupby(rows, key=lambda row: row.stretch):
        part = list(group)
        role = _role(part[0], told)
        heads = heads or role is Role.HEADING
        found = _NUMBERED.match(part[0].text)
        number = figure(found["number"]) if found else 0
        if number and role in (Role.ITEM, Role.PARAGRAPH) and last < number <= last + 2:
            parts += heads and bool(chain)
            chain.append(part)
            last, heads = number, False
    if len(chain) < _RUN_ON or parts < _SERIES:
        return {}
    reason = Reason("numbers-run-on", Role.PARAGRAPH, _SETTLED)
    return {
        row.number: Told(Role.PARAGRAPH, n > 0, _SURE, Role.ITEM, 1 - _SURE, (reason,))
        for part in chain
        for n, row in enumerate(part)
        if _role(row, told) is Role.ITEM
    }


def _titles_below(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take short stretches for titles that stand right below the numbers of chapters, if most numbers have one."""
    parts = [list(group) for _, group in groupby(rows, key=lambda row: row.stretch)]
    numbers = below = 0
    titles: list[list[Row]] = []
    for n in range(len(parts) - 2):
        words = " ".join(row.text for row in parts[n])
        heads = all(_role(row, told) is Role.HEADING for row in parts[n])
        if not heads or not number_alone(words) or _LETTER.match(words):  # below "Letter 5" stands where it was written
            continue
        numbers += 1
        title, after = parts[n + 1], parts[n + 2]
        text = " ".join(row.text for row in title)
        short = len(title) <= _TITLE_ROWS and len(text) <= _TITLE_LONGEST and title[0].gap <= _TITLE_REACH
        if short and after[0].gap >= title[0].gap and all(_role(row, told) in _MAY_BE_TITLES for row in title):
            below += 1
            titles.append(title)
    if below < _SERIES or below < _COUNTS_UP * numbers:
        return {}
    reason = Reason("goes-on-with-heading", Role.HEADING, _SETTLED)
    return {row.number: Told(Role.HEADING, True, _SURE, None, 0.0, (reason,)) for title in titles for row in title}


def _items(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Let a line of a list that begins with the next number begin an item, also without room above."""
    out: dict[int, Told] = {}
    last, stretch = "", -1
    for row in rows:
        sign, number = marker(row.text) or ("", 0)
        one = told.get(row.number)
        if one and one.role is Role.ITEM and sign and last == f"{sign}{number - 1}" and row.stretch == stretch:
            out[row.number] = replace(one, goes_on=False)
        if sign and one and one.role is Role.ITEM:
            last, stretch = f"{sign}{number}", row.stretch
    return out


def _speakers(rows: Sequence[Row], told: Mapping[int, Told]) -> set[str]:
    """Return the names with which turns begin, in small letters; none where there are no two."""
    labels = {row.text[:cut] for row in rows if _role(row, told) is Role.DIALOGUE and (cut := label_of_turn(row.text))}
    names = {name for label in labels if len(name := " ".join(_NAME.findall(label.casefold()))) > 2}
    return names if len(names) > 1 else set()


def _persons(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take the lines below the heading "Persons" of a play for a list: an item a line, and one set in goes on."""
    out: dict[int, Told] = {}
    if not any(PERSONS.match(row.text.strip("_*=. ")) for row in rows) or not _speakers(rows, told):
        return out
    listed = False
    reason = Reason("list-of-persons", Role.ITEM, _SETTLED)
    for _, group in groupby(rows, key=lambda row: row.stretch):
        part = list(group)
        if PERSONS.match(part[0].text.strip("_*=.: ")):
            listed = True
            for row in part[1:]:  # the list begins right below its title
                out[row.number] = Told(Role.ITEM, False, _SURE, None, 0.0, (reason,))
            continue
        text = " ".join(row.text for row in part)
        prose = len(part) > 1 and _role(part[0], told) is Role.PARAGRAPH and text[-1] in ".!?" and len(text) > _LONGEST
        if not listed or prose or _role(part[0], told) is Role.HEADING or SCENE.match(text):
            listed = False
            continue
        for row in part:
            goes_on = row is not part[0] and row.indent >= part[0].indent + 2
            if row.number in told and told[row.number].role is not Role.NOTE:
                out[row.number] = Told(Role.ITEM, goes_on, _SURE, told[row.number].role, 1 - _SURE, (reason,))
    return out


def _entrances(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take what stands in a play right below the number of a scene for a direction: where it is, who enters."""
    speakers = _speakers(rows, told)
    out: dict[int, Told] = {}
    if not speakers:
        return out
    scene = False
    for row in rows:
        heads = _role(row, told) is Role.HEADING
        if heads and scene and (_are_persons(row.text, speakers) or written(row.text) != "capitals"):
            reason = Reason("persons-enter", Role.STAGE, _SETTLED)
            out[row.number] = replace(told[row.number], role=Role.STAGE, goes_on=False, reasons=(reason,))
        scene = heads and (number_alone(row.text) or row.number in out)
    return out


def _role(row: Row, told: Mapping[int, Told]) -> Role | None:
    return told[row.number].role if row.number in told else None


def _are_persons(text: str, speakers: Collection[str]) -> bool:
    """Tell whether a line has nothing but names of those who speak, whole or as their labels shorten them."""
    parts = [
        _NAME.findall(part) for part in re.split(r"[,;:]|\b(?:and|und|et|y|e|en|og|och|и|to them)\b", text.casefold())
    ]
    named = [part for part in parts if part]

    def speaks(part: Sequence[str]) -> bool:
        return any(all(any(word.startswith(short) for word in part) for short in who.split()) for who in speakers)

    return bool(named) and sum(map(speaks, named)) >= _MOSTLY * len(named)


def _prose(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take wrapped sentences, and what is longer than any heading, out of the headings."""
    out: dict[int, Told] = {}
    for _, group in groupby(rows, key=lambda row: row.stretch):
        part = list(group)
        if not any((one := told.get(row.number)) and one.role is Role.HEADING for row in part):
            continue
        text = " ".join(row.text for row in part)
        sentence = len(part) > 1 and written(text) == "sentence" and text[-1] in ".!?;:," and not NAMED.match(text)
        if sentence or len(text) > _LONGEST:
            for n, row in enumerate(part):
                one = told.get(row.number)
                if one and one.role is Role.HEADING:
                    out[row.number] = replace(one, role=Role.PARAGRAPH, goes_on=n > 0, rival=one.role)
    return out


def agreed(rows: Sequence[Row], forms: Sequence[Form], told: Mapping[int, Told]) -> dict[int, Told]:
    """Let short stretches of one form be headings together, or none of them.

    Lines in capitals, italics or title case that come again and again, each with words of its own, are headings all,
    if they are set off farther from what is above, or if the labeller takes a good part of them for headings. Lines
    that stand closer to what is above than to what is below sign it.
    """
    out: dict[int, Told] = {}
    for form in forms:
        members = [part for part in form.members if _open(told.get(rows[part[0]].number))]
        if len(members) < _AGAIN or not form.name.startswith(("capitals", "title", "mostly-capitals")):
            continue
        chances = [_chance(told[rows[start].number]) for start, _ in members]
        mean = sum(chances) / len(chances)
        capitals = form.name.startswith("capitals")
        set_off = form.wider > 0.85 and form.unlike > 0.8 and ("italics" in form.name or capitals)
        if form.closer > 0.8 and not capitals and form.over_text < 0.8:
            for start, end in members:
                for row in rows[start:end]:
                    if told[row.number].role is Role.HEADING:
                        out[row.number] = _signs(told[row.number])
        elif form.unlike > 0.6 and "open" not in form.name and ((mean > 0.3 and capitals) or (set_off and mean > 0.02)):
            for start, end in members:
                for n, row in enumerate(rows[start:end]):
                    if row.number in told:
                        out[row.number] = _heads(told[row.number], n > 0)
    return out


def _open(told: Told | None) -> bool:
    """Tell whether a line may still be a heading: nothing that is certain says that it is something else."""
    return told is not None and (
        told.role is Role.HEADING or told.reasons[:1] == () or told.reasons[0].weight < _SETTLED
    )


def _titled(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Let a heading that stands right below the number of a chapter go on with it: its title."""
    out: dict[int, Told] = {}
    above: list[Row] = []
    heads = [row.text for row in rows if (one := told.get(row.number)) and one.role is Role.HEADING]
    leads = leads_of(heads)

    def alone(text: str) -> bool:
        return number_alone(text) or is_led(text, leads)

    for row in rows:
        one = told.get(row.number)
        if one is None or one.role is not Role.HEADING:
            above = []
            continue
        if above and row.gap and not one.goes_on:
            words = " ".join(part.text for part in above)
            if row.gap <= _TITLE_GAP and alone(words) and not alone(row.text):
                out[row.number] = replace(one, goes_on=True)
            else:
                above = []
        above.append(row)
    return out


def _chance(told: Told) -> float:
    return told.score if told.role is Role.HEADING else told.rival_score if told.rival is Role.HEADING else 0.0


def _heads(told: Told, goes_on: bool) -> Told:
    if told.role is Role.HEADING:
        return replace(told, goes_on=goes_on, score=max(told.score, _AGREED))
    reason = Reason("form-agrees", Role.HEADING, _LOUD)
    return Told(Role.HEADING, goes_on, _AGREED, told.role, 1 - _AGREED, (reason, *told.reasons))


def _signs(told: Told) -> Told:
    role = told.rival if told.rival and told.rival is not Role.HEADING else Role.LETTER
    return Told(role, False, _AGREED, Role.HEADING, 1 - _AGREED, (Reason("form-signs", role, _LOUD), *told.reasons))


def _decision(row: Row, told: Told, above: Role | None, depth: Mapping[int, int]) -> Decision:
    role, joined = told.role, told.goes_on and told.role is above_role(above)
    level = 0
    if role is Role.HEADING and row.number not in depth:
        role, joined = Role.PARAGRAPH, False
    if role is Role.HEADING:
        level = depth[row.number]
        role = Role.TITLE if level == 1 else Role.HEADING
    return Decision(row.number, role, joined, told.score, told.reasons, level, told.rival, told.rival_score)


def above_role(above: Role | None) -> Role | None:
    """Return the role with which a line may go on; a title is a heading too."""
    return Role.HEADING if above is Role.TITLE else above


def _depths(
    rows: Sequence[Row],
    told: Mapping[int, Told],
    unit_of: Mapping[int, int],
    found: Sequence[Unit],
    listed: Mapping[str, int],
    title: str,
) -> dict[int, int]:
    """Return the level of each line of a heading."""
    groups: list[list[Row]] = []
    above: Role | None = None
    for row in rows:
        one = told.get(row.number)
        role = one.role if one else None
        if one and role is Role.HEADING:
            if one.goes_on and above is Role.HEADING:
                groups[-1].append(row)
            else:
                groups.append([row])
        above = role
    groups = [group for group in groups if not _runs_on(" ".join(row.text for row in group))]
    deep = levels(
        [
            (
                unit_of[group[0].number],
                unit_of[group[-1].number],
                " ".join(row.text for row in group),
                group[0].gap,
            )
            for group in groups
        ],
        found,
        listed,
        title,
    )
    return {row.number: level for group, level in zip(groups, deep, strict=True) for row in group}


def _runs_on(text: str) -> bool:
    """Tell whether a line in small letters ends as no heading does: in a comma or semicolon."""
    return text.endswith((",", ";")) and text.upper() != text

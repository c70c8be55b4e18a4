"""All that is seen, weighed: what is certain stays, the rest is told line by line.

What the rooms of headings, notes and shapes would say of a line is one observation among others (``rule=…``): it has a
weight for each role, and can be outvoted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from pipeline.label import (
    acts,
    alike,
    alphabetical,
    attributions,
    below_headings,
    chapter_titles,
    closings,
    couplets,
    display,
    enclosed,
    endmatter,
    enumerations,
    half_titles,
    hymns,
    joins,
    letters,
    mottos,
    outline,
    passages,
    pictures,
    plays,
    scenes,
    sentences,
    series,
    sideheads,
    signed,
    speakers,
    stanzas,
    talk,
)
from pipeline.label.contents import contents_of
from pipeline.label.front import TITLE_PAGE
from pipeline.label.headings import END_OF_BOOK, headings, is_close, levels
from pipeline.label.headlines import WIDE, Form, number_alone, ordered_alone, ordered_of
from pipeline.label.labeller import MODEL, Told, tell
from pipeline.label.layout import Unit
from pipeline.label.notes import notes
from pipeline.label.observe import observe
from pipeline.label.rows import Row, Rows, rows_of
from pipeline.label.settled import Settled
from pipeline.label.shapes import shapes
from pipeline.label.told import SETTLED, SURE, overruled
from pipeline.label.whole import Setting, Whole
from pipeline.model import Decision, Reason, Role
from pipeline.parts import END, NUMBER

WHY = {
    "bracketed-in-a-play": "In brackets by itself, among the turns of a play: a direction.",
}
"""The rules that need the words of several rooms, each with what an editor would say."""

_BRACKETED = re.compile(r"\[[^\]]+\]|\([^)]+\)")
_LAST = 3  # units at the end of a text
_FRONT = 40  # units; a title page farther inside the book is evidence only
_BETWEEN = (Role.BOILERPLATE, Role.SEPARATOR)  # may stand between the number of a chapter and its title


Overrule = Callable[[Sequence[Row], Mapping[int, Told]], dict[int, Told]]
"""What overrules the labeller: of the rows of a text and what is told of them so far, it returns what it tells anew."""

_HEADINGS: tuple[Overrule, ...] = (
    series.counting_on,
    series.letters_and_years,
    series.sections,
    endmatter.appendices,
    alike.displayed,
    alike.above_text,
    alike.signed,
    series.opening,
    chapter_titles.named_over_titles,
    series.in_words,
    series.in_order,
    series.run_in,
    sentences.alone,
    sentences.numbered,
    sentences.within,
    sentences.entries,
    alphabetical.headwords,
)
"""Headings that go together."""
_SPEECH: tuple[Overrule, ...] = (
    scenes.turns,
    talk.scenes,
    talk.in_turn,
    talk.staged,
    talk.voices,
    talk.alternating,
    talk.elsewhere,
    talk.questions,
    talk.in_court,
    talk.hearings,
    talk.said,
    talk.recited,
    plays.tales,
    plays.places,
    plays.prologues,
    plays.introduced,
    plays.sung,
)
"""Who speaks, and where."""
_VERSE: tuple[Overrule, ...] = (
    passages.stanzas,
    passages.long_lines,
    passages.filled,
    joins.sentences,
    joins.hanging,
    passages.broken,
    passages.among_verse,
    passages.speeches,
    couplets.couplets,
    couplets.shared,
    passages.single,
    passages.first_lines,
    passages.set_in,
    passages.leading_up,
    passages.ornaments,
    passages.line_numbers,
    passages.sources,
    passages.poems,
    couplets.numbered,
    couplets.last_lines,
    couplets.as_stanzas,
    couplets.in_quotes,
)
"""Verse and prose, and what stands between them."""
_LISTS: tuple[Overrule, ...] = (
    enumerations.announced,
    enumerations.enumerated,
    enumerations.short_and_numbered,
    enumerations.bullets_apart,
    enumerations.glosses,
    enumerations.below_their_name,
    alphabetical.lists,
    enumerations.bulleted,
    enumerations.amounts,
    enumerations.stopped,
    enumerations.items,
)
"""Items of lists, and entries."""
_DISPLAY: tuple[Overrule, ...] = (
    display.drawn,
    display.centred,
    display.led,
    display.columned,
    display.side_by_side,
    enumerations.lots,
    display.headed,
    display.word_lists,
    display.formulas,
    display.captioned,
    display.led_up,
    display.notices,
    display.boxes,
    hymns.hymns,
    plays.persons,
    plays.entrances,
    plays.settings,
    plays.playbills,
    pictures.listed,
    letters.letters,  # once more, of what turned out to be verse or a table only since
    enclosed.quoted,
    enclosed.labels,
    alike.set_off_alike,
    alike.sisters,
)
"""Tables, notices, hymns; once more persons, and letters."""
_RIGHT_BELOW: tuple[Overrule, ...] = (
    mottos.mottos,
    attributions.sources,
    outline.sections,
    sideheads.sisters,
    chapter_titles.apart,
    chapter_titles.dated,
    chapter_titles.again,
    chapter_titles.wrapped,
    below_headings.synopses,
    below_headings.greetings,
    below_headings.alternatives,
    below_headings.rests,
    below_headings.by_lines,
    below_headings.same_words,
    below_headings.written_alike,
    below_headings.scripture,
    below_headings.kinds_over_titles,
    acts.titled,
    sideheads.heads,
    stanzas.numbers,
)
"""What stands right below headings; of the rows of the book alone, for a picture may stand between."""
_AT_ENDS: tuple[Overrule, ...] = (
    signed.ends,
    below_headings.closings,
    endmatter.sold,
    talk.unstaged,
    sentences.unstopped,
    joins.parted,
)
"""What ends a book or a part, what is sold behind it; and what ran on from one into the other."""


def settle(found: Sequence[Unit], title: str) -> dict[int, Settled]:
    """Return what the rooms of headings, notes and shapes say of the units of a text, by index.

    ``title``: the title of the book, where the source names it.
    """
    settled = headings(found, title)
    settled |= notes(found, settled)
    return settled | shapes(found, settled)


def observed(found: Sequence[Unit], settled: Mapping[int, Settled], listed: Mapping[str, int]) -> tuple[Rows, Whole]:
    """Return the rows of all units with all that is seen on them, and what was counted in the whole text."""
    setting = Setting(
        Counter(unit.width for unit in found).most_common(1)[0][0],
        Counter(unit.margin for unit in found).most_common(1)[0][0],
        listed,
    )
    rows = rows_of(
        (number, text, unit.blanks if n == 0 else 0)
        for unit in found
        for n, (number, text) in enumerate(zip(unit.lines, unit.rows, strict=True))
    )
    whole = observe(rows, setting)
    said = {
        number: f"rule={settled[at].rule}/{'first' if n == 0 else 'inside'}"
        for at, unit in enumerate(found)
        if at in settled
        for n, number in enumerate(unit.lines)
    }
    for row in rows:
        row.seen += whole.observations.numbers((said.get(row.number, "rule=none"),))
    return rows, whole


def certain(found: Sequence[Unit], settled: Mapping[int, Settled]) -> Iterator[tuple[int, Decision]]:
    """Decide on what an editor is certain of: by line."""
    for at, unit in enumerate(found):
        shape = settled.get(at)
        if shape is None or not shape.sure or (shape.sure < 1 and at > _FRONT):
            continue
        sure = shape.sure
        for n, line in enumerate(unit.lines):
            if shape.rows and n >= shape.rows:
                role = Role.ATTRIBUTION if shape.role in (Role.QUOTE, Role.VERSE) else Role.LETTER  # of a motto
                reason = Reason(TITLE_PAGE, role, SETTLED)
                yield line, Decision(line, role, False, sure, (reason,))
                continue
            joined = shape.goes_on if n == 0 else not shape.by_line or n in shape.joins
            level = shape.level
            if shape.role is Role.NOTE and n and not joined:
                level = 1  # a line of a table or stanza goes on with the note that the first line opens
            why = (Reason(shape.rule_of(n), shape.role, SETTLED),)
            yield line, Decision(line, shape.role, joined, sure, why, level)


def weighed(found: Sequence[Unit], settled: Mapping[int, Settled], title: str, model: Path = MODEL) -> list[Decision]:
    """Decide on the lines of all units of a text that is set to a measure.

    Args:
        found: the units of the text.
        settled: what the rooms of headings, notes and shapes say, by index of the unit.
        title: the title of the book, where the source names it.
        model: the weights of the labeller.

    """
    if not found:
        return []  # nothing but the words of the library around it
    listed = contents_of(found)
    rows, whole = observed(found, settled, listed)
    fixed = dict(certain(found, settled))
    told: dict[int, Told] = {}
    for known, group in groupby(rows, key=lambda row: row.number in fixed):
        if not known:
            part = list(group)
            answers = tell([row.seen for row in part], whole.observations.of, model)
            told.update(zip((row.number for row in part), answers, strict=True))
            for row in part:
                del row.seen[:]  # nobody asks again, and it is more than all else that is known of a line
    close = whole.close or is_close(found)
    plain = _plain(found, settled, told)
    told |= plain
    told |= closings.closings(found, told, plain.keys())
    told |= talk.run_in_heads(rows, told)
    told |= letters.letters(rows, told)  # before their datelines and names can count or agree as headings do
    told |= series.counted(found, settled, told)
    told |= series.named_alike(rows, told)
    told |= series.contents_say(rows, listed, told, close)
    told |= enumerations.numbered(rows, told)
    told |= enumerations.entries(rows, told)
    told |= alphabetical.entries(rows, told)
    told |= sentences.prose(rows, told, close)
    told |= alike.agreed(rows, whole.groups, told, close)
    for overrule in (*_HEADINGS, *_SPEECH, *_VERSE, *_LISTS, *_DISPLAY):
        told |= overrule(rows, told)
    read = Rows(_of_the_book(rows, fixed, told))
    told |= chapter_titles.titles_below(read, told, close)  # a picture may stand between a number and its title
    told |= chapter_titles.titled(read, told)
    for overrule in _RIGHT_BELOW:
        told |= overrule(read, told)
    told |= chapter_titles.listed_apart(read, told, listed)
    told |= half_titles.half_titles(read, told, listed, found, settled)
    told |= sentences.unlisted(read, listed, told)
    told |= below_headings.signatures(rows, told, listed)
    for overrule in _AT_ENDS:
        told |= overrule(rows, told)
    unit_of = {line: at for at, unit in enumerate(found) for line in unit.lines}
    depth = _depths(read, told, unit_of, found, listed, title)
    torn = joins.torn(rows, told, {line for line, one in fixed.items() if one.role is Role.NOTE})
    told |= torn
    out: list[Decision] = []
    above: Role | None = None
    for row in rows:
        if row.number in torn:
            above = torn[row.number].role
        decision = fixed.get(row.number) or _decision(row, told[row.number], above, depth)
        if not (decision.role in _BETWEEN and above_role(above) is Role.HEADING):
            above = decision.role
        out.append(decision)
    return out


def _of_the_book(rows: Sequence[Row], fixed: Mapping[int, Decision], told: Mapping[int, Told]) -> Iterator[Row]:
    """Yield the rows that stand in the book: no pictures, and no rule or ornament right below a heading."""
    above: Role | None = None
    for row in rows:
        role = fixed[row.number].role if row.number in fixed else told[row.number].role
        if role is Role.BOILERPLATE or (role is Role.SEPARATOR and above_role(above) is Role.HEADING):
            continue
        above = role
        yield row


def _plain(found: Sequence[Unit], settled: Mapping[int, Settled], told: Mapping[int, Told]) -> dict[int, Told]:
    """Overrule the labeller where an editor need not weigh anything.

    "Chapter IV" alone between blank lines is a heading; where turns open with names that come back, under headings of
    scenes, they are turns, and what stands there in brackets by itself is a direction.
    """
    out: dict[int, Told] = {}
    turns = sum(one.role is Role.DIALOGUE and not one.goes_on for one in told.values())
    play = turns >= plays.PLAY or any(shape.role is Role.DIALOGUE for shape in settled.values())
    close = is_close(found)
    for at, unit in enumerate(found):
        shape = settled.get(at)
        rule = shape.rule if shape else ""
        role: Role | None = None
        if rule in (Form.CHAPTER, Form.PART) and number_alone(unit.text):
            role = Role.HEADING
        elif shape and shape.role is Role.DIALOGUE:
            role = Role.DIALOGUE
        elif (turns >= plays.SCENE_TURNS and speakers.CURTAIN.match(unit.text)) or (
            play and not rule and _BRACKETED.fullmatch(unit.text)
        ):
            role = Role.STAGE
        elif (
            rule == Form.MATTER
            and (close or unit.blanks >= WIDE)
            and unit.blank_after
            and unit.first in told
            and told[unit.first].role is Role.PARAGRAPH
        ):
            role = Role.HEADING
        elif END.match(unit.text.strip("_* .")) and at + _LAST > len(found) - 1:
            role, rule = Role.CAPTION, END_OF_BOOK
        if role is not None:
            reason = Reason(rule or "bracketed-in-a-play", role, SETTLED)
            for n, line in enumerate(unit.lines):
                if line in told:
                    out[line] = overruled(reason, None, goes_on=n > 0, score=SURE)
    return out


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
    for group in groups:
        while group and _runs_on(" ".join(row.text for row in group)):
            group.pop()  # what goes on below a heading is no part of it
    groups = [group for group in groups if group]
    small = [group[0].text[0].islower() and not NUMBER.match(group[0].text.strip("_*= .")) for group in groups]
    if 2 * sum(small) <= len(groups):  # a book may set all its headings in small letters
        groups = [group for group, begins_small in zip(groups, small, strict=True) if not begins_small]
    ordered = ordered_of(group[0].text for group in groups)
    deep = levels(
        [
            (
                unit_of[group[0].number],
                _above_rules(unit_of[group[-1].number], found),
                _said(group, ordered),
                group[0].gap,
            )
            for group in groups
        ],
        found,
        listed,
        title,
    )
    return {row.number: level for group, level in zip(groups, deep, strict=True) for row in group}


def _said(group: Sequence[Row], ordered: Mapping[str, int]) -> str:
    """Return the words of a heading; between "The Second Day" and its title stands a stop."""
    first, *rest = (row.text for row in group)
    stop = "." if rest and ordered_alone(first, ordered) and first[-1] not in ".:" else ""
    return " ".join((first + stop, *rest))


def _above_rules(at: int, found: Sequence[Unit]) -> int:
    """Return the last of the rules and ornaments right below the unit ``at``, where some stand there, or that."""
    while at + 1 < len(found) and not any(map(str.isalnum, found[at + 1].text)):
        at += 1
    return at


def _runs_on(text: str) -> bool:
    """Tell whether a line in small letters ends as no heading does: in a comma or semicolon."""
    return text.endswith((",", ";")) and text.upper() != text

"""What can be seen on a line of wrapped text, around it and in the whole text: the evidence, before any decision.

Each observation is a short word such as ``gap=2`` or ``opener=often``. The labeller (:mod:`pipeline.label.labeller`)
has a weight for each of them and each role; ``octavo explain`` prints those that spoke. ``SEEN`` says in words what
the first part of each means. Nothing here decides anything, and nothing looks at more than a line, its neighbours,
its stretch (the lines between two blank ones) and counts made once for the whole text, so the time is linear.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from pipeline.label.headlines import letters_of
from pipeline.label.looks import MOVES, end_of, mark_of, named_in, signs_around, start_of, written
from pipeline.label.notes import calls, note_label
from pipeline.label.openers import STOPS, opener
from pipeline.label.rows import MANY, Row
from pipeline.label.steps import INDENT, OFTEN, SHARE, STRETCH, USED, WORDS, bucket
from pipeline.label.whole import FIRST_WORD, Alike, Setting, Whole

SEEN: Mapping[str, str] = {
    "gap": "blank lines above it",
    "below": "blank lines below it",
    "stretch": "lines between the blank lines around it",
    "place": "its place among those lines",
    "indent": "how far it is set in from the margin of the running text",
    "step": "set in farther or less far than the line above",
    "next-step": "the line below is set in farther or less far",
    "set": "in the middle or at the right",
    "length": "how much of the line is used",
    "room": "the line above still had room for its first word",
    "room-own": "the line above had room for its first word, by the width of its own stretch",
    "gives-room": "it had room for the first word of the line below",
    "full": "how many lines of the stretch are full",
    "full-own": "how many lines of the stretch are full, by its own width",
    "capitals": "how many lines of the stretch begin with a capital",
    "least": "how far the whole stretch is set in",
    "widest": "how wide the stretch is",
    "ragged": "lines of the stretch set in at different depths",
    "begins": "what it begins with",
    "ends": "what it ends with",
    "above-ends": "what the line above ends with",
    "words": "number of words",
    "letters": "capitals and small letters",
    "wrapped-in": "signs that stand around the whole line or stretch",
    "says": "what its words say that it is",
    "mark": "the number or sign that it begins with",
    "counts": "its number goes on with that of the line of the same form before it, or the next goes on with its",
    "opener": "how often stretches of this text begin with the same words and sign, as turns of a play do",
    "turn": "how like a turn of a play it begins",
    "opener-inside": "the same, for a line that a stop stands above",
    "known-name": "its first word is one with which turns begin in this text",
    "alone-again": "how often the same line stands alone in this text",
    "short": "a short stretch: its lines, letters, end and the gap above",
    "stretch-letters": "capitals and small letters of the whole stretch",
    "form": "how often short stretches of the same form stand alone in this text",
    "form-over-text": "how often stretches of the same form stand right over running text",
    "form-wider": "how often they are set off farther from what is above than from what is below",
    "form-unlike": "how unlike they are",
    "form-all": "the last three together",
    "form-gap": "the gap that stretches of the same form have above them",
    "first-word": "how often short lines that stand alone begin with its first word",
    "listed": "the list of contents has it",
    "columns": "wide gaps or bars in the lines of its stretch",
    "italics-open": "italics were opened above and are not closed",
    "bracket-open": "a bracket was opened above, in the same stretch, and is not closed",
    "called": "it begins with the label of a note that the text above calls",
    "habit": "what is usual in this text",
    "turns": "how many stretches of the text open as turns of a play do",
    "rule": "what the layout alone says",
    "gaps": "the gaps above and below",
    "under-ends": "what the text above ends with",
    "over-gap": "the gap below",
    "over-set": "the text below is set in farther or less far",
    "under": "what stands above it, a blank line or more away",
    "over": "what stands below it, a blank line or more away",
}
"""What the first part of each observation means, in an editor's words."""


def observation(seen: str, rules: Mapping[str, str]) -> str:
    """Say in words what an observation means; ``rules``: those of the rooms that give evidence, with their words."""
    names, _, value = seen.partition("=")
    if names == "rule":
        return rules.get(value.partition("/")[0], "no rule speaks of it")
    told = " and ".join(SEEN.get(name, name) for name in names.split("+"))
    return f"{told}: {value}" if told else ""


_GAPS = re.compile(r"\S {3,}\S")


def observe(rows: Sequence[Row], setting: Setting) -> Whole:
    """Write on each row what can be seen there (``row.seen``); return what was counted in the whole, and the words."""
    whole = Whole(rows, setting)
    start = 0
    called: set[str] = set()
    for end in range(1, len(rows) + 1):
        if end == len(rows) or rows[end].gap:
            _stretch(rows, start, end, whole, called)
            start = end
    _neighbours(rows, whole)
    whole.groups = tuple(_forms(rows, whole))
    return whole


def _stretch(rows: Sequence[Row], start: int, end: int, whole: Whole, called: set[str]) -> None:
    setting = whole.setting
    group = rows[start:end]
    size = end - start
    widest = max(row.end for row in group)
    least = min(row.indent for row in group)
    tall = bucket(size, STRETCH)
    room = [row.end + 1 + after.need <= setting.width - 1 for row, after in pairwise(group)]
    own = [row.end + 1 + after.need <= widest for row, after in pairwise(group)]
    common = [
        f"stretch={tall}",
        f"least={bucket(least - setting.margin, INDENT)}",
        f"widest={bucket(widest / max(1, setting.width), USED)}",
    ]
    if size > 1:
        capital = sum(row.text.lstrip("\"“„«'‘_—-([")[:1].isupper() for row in group) / size
        common += [
            f"full={bucket(1 - sum(room) / len(room), SHARE)}/{'2' if size == 2 else '3+'}",
            f"full-own={bucket(1 - sum(own) / len(own), SHARE)}/{'2' if size == 2 else '3+'}",
            f"capitals={bucket(capital, SHARE)}/{'2' if size == 2 else '3+'}",
            f"full+capitals={bucket(1 - sum(room) / len(room), SHARE)}{bucket(capital, SHARE)}",
        ]
        depths = len({row.indent for row in group})
        if depths > 1:
            first_in = group[0].indent > least and depths == 2
            hangs = group[0].indent == least
            common.append(f"ragged={min(depths, 4)}{'f' if first_in else 'h' if hangs else ''}")
        gaps = sum("   " in row.text and bool(_GAPS.search(row.text)) for row in group) / size
        bars = sum(row.text.count("|") > 1 for row in group) / size
        if gaps or bars:
            common.append(f"columns={bucket(max(gaps, bars), SHARE)}")
    whole_text = group[0].text if size == 1 else f"{group[0].text} {group[-1].text}"
    if around := signs_around(whole_text):
        common.append(f"wrapped-in=stretch-{around}")
    common += whole.habits
    if alone := whole.short(rows, start):
        how = written(" ".join(row.text for row in group))
        common.append(f"short={min(alone, 3)}{how}{end_of(group[-1].text)}{whole.gap(group[0].gap)}")
    if size > 1:
        common.append(f"stretch-letters={written(' '.join(row.text for row in group[:4]))}")
    of_stretch = whole.observations.numbers(common)
    put = whole.observations.put
    brackets = italics = 0
    above_ends = ""
    for n, row in enumerate(group):
        text = row.text
        gap, below = whole.gap(row.gap), whole.gap(row.below)
        place = "only" if size == 1 else "first" if n == 0 else "last" if n == size - 1 else "middle"
        inset = bucket(row.indent - setting.margin, INDENT)
        letters = written(text)
        begins, ends = start_of(text), end_of(text)
        length, words = bucket(row.end / max(1, setting.width), USED), bucket(text.count(" ") + 1, WORDS)
        row.seen = of_stretch + put(_stands, gap, below, place, inset, begins, ends, letters, length, words)
        if n:
            stepped, had = _step(row.indent - group[n - 1].indent), _ROOM[room[n - 1]]
            row.seen += put(_follows, stepped, had, _ROOM[own[n - 1]], above_ends, begins, inset)
        if n + 1 < size:
            row.seen += put(_goes_before, _step(group[n + 1].indent - row.indent), _ROOM[room[n]])
        seen: list[str] = []
        left, right = row.indent - setting.margin, setting.width - row.end
        if left > 3 and abs(left - right) <= max(4, 0.2 * (left + right)):
            seen.append(f"set=middle-{place}")
        elif left > 0.35 * setting.width and right < 0.3 * left:
            seen.append("set=right")
        if around := signs_around(text):
            seen.append(f"wrapped-in={around}")
        short = len(text) < 100
        if short:
            says = list(named_in(text))
            seen += [f"says={what}/{place}" for what in says]
            seen += [
                f"says+gap={what}{gap}"
                for what in says
                if what in ("chapter", "chapter-alone", "part", "part-alone", "matter", "date")
            ]
        else:
            says = []
        if MOVES.match(text):
            seen.append(f"says=stage/{place}")
        if mark := mark_of(text):
            seen += [f"mark={mark}", f"mark+place={mark}{place}"]
        if brackets > 0:
            seen.append("bracket-open=yes")
        if italics % 2:
            seen.append("italics-open=yes")
        brackets += text.count("[") + text.count("(") - text.count("]") - text.count(")")
        italics += text.count("_")
        label, _ = note_label(text) if text[0] in "[(*+†‡§¶¹²³⁴⁵⁶⁷⁸⁹" else ("", "")
        if label and (label in called or not (label[0] == "(" and label[1].isalpha())):  # lists have letters, too
            form = "figure" if label[0].isdigit() else "letter" if label[0].isalpha() else label[0]
            seen.append(f"called={'yes' if label in called else 'no'}-{form}/{'first' if n == 0 else 'inside'}")
        called.update(name for at, _, name in calls(text) if at or n)
        shape = begins
        if whole.names[row.first.strip('_*[("“.,:;').casefold()] > 3:
            seen.append(f"known-name={place}{around or ''}")
        if n and size > 1:
            name = opener(text) if group[n - 1].text[-1] in STOPS else ""
            seen.append(f"opener-inside={bucket(whole.openers[name], OFTEN)}{name[-1]}" if name else "opener-inside=no")
        if n == 0:
            name = opener(text)
            times = bucket(whole.openers[name], OFTEN) if name else "none"
            seen += [
                f"opener={times}{name[-1:]}{'-alone' if name and alone == 1 else ''}",
                f"opener+turns={times}{whole.habits[0].rpartition('-')[2]}",
                f"turn={whole.turn(text)}",
            ]
            if name:
                seen.append(f"opener+letters={times}{written(name)}")
            if counted := whole.counted.get(start):
                seen += [f"counts={counted}", f"counts+place={counted}{place}{letters}"]
            if alone:
                form = whole.form(row, rows, start)
                usual = whole.gaps[form].most_common(1)[0][0]
                own_gap = min(row.gap, MANY)
                often = bucket(whole.forms[form], OFTEN)
                seen += [
                    f"alone-again={bucket(whole.alone[text.casefold()], OFTEN)}",
                    f"form={often}",
                    f"form-gap={whole.gap(usual)}{'=' if usual == own_gap else '>' if own_gap > usual else '<'}",
                    f"form+gap={often}{gap}",
                    f"letters+gap={letters}{gap}",
                    f"letters+ends+gap={letters}{ends}{gap}",
                ]
                if around:
                    seen.append(f"wrapped-in+gap={around}{gap}")
                row.form = form
                if found := FIRST_WORD.search(text):
                    seen.append(
                        f"first-word={bucket(whole.words[found[0]], OFTEN)}{'1' if whole.counted.get(start) else ''}"
                    )
                shape = f"alone-{letters}{'-' + mark if mark else ''}"
                if says:
                    shape = f"alone-{says[0]}"
            elif size > 1:
                shape = (
                    "text"
                    if 1 - sum(room) / len(room) > 0.6
                    else f"lines-{'in' if least > setting.margin + 1 else 'out'}"
                )
            if setting.listed and len(text) < 120:
                key = letters_of(text)
                seen.append(f"listed={'yes' if len(key) > 3 and key in setting.listed else 'no'}/{place}")
        row.shape, above_ends = shape, ends
        row.seen += whole.observations.numbers(seen)


_ROOM = ("full", "room")


def _step(columns_in: int) -> str:
    return "same" if columns_in == 0 else "in" if columns_in > 0 else "out"


def _stands(
    gap: str, below: str, place: str, inset: str, begins: str, ends: str, letters: str, length: str, words: str
) -> Sequence[str]:
    """Say how a line stands in its stretch, and how it looks."""
    return (
        f"gap={gap}",
        f"below={below}",
        f"place={place}",
        f"indent={inset}",
        f"begins={begins}",
        f"ends={ends}",
        f"letters={letters}",
        f"length={length}",
        f"words={words}",
        f"place+indent={place}{inset}",
        f"place+begins={place}{begins}",
    )


def _follows(stepped: str, had: str, had_own: str, above_ends: str, begins: str, inset: str) -> Sequence[str]:
    """Say how a line follows the one above."""
    return (
        f"step={stepped}",
        f"room={had}",
        f"room-own={had_own}",
        f"above-ends={above_ends}",
        f"room+begins={had}{begins}",
        f"room+step={had}{stepped}",
        f"room+above-ends+begins={had}{above_ends}{begins}",
        f"step+indent={stepped}{inset}",
    )


def _goes_before(stepped: str, had: str) -> Sequence[str]:
    """Say how the line below follows."""
    return f"next-step={stepped}", f"gives-room={had}"


def _neighbours(rows: Sequence[Row], whole: Whole) -> None:
    """Tell each row what stands in the stretches above and below it."""
    starts = [at for at, row in enumerate(rows) if not at or row.gap]
    for n, at in enumerate(starts):
        end = starts[n + 1] if n + 1 < len(starts) else len(rows)
        above = rows[starts[n - 1]] if n else None
        below = rows[end] if end < len(rows) else None
        words = []
        if above is not None:
            words += [f"under={above.shape}", f"under-ends={end_of(rows[at - 1].text)}"]
        else:
            words.append("under=nothing")
        if below is not None:
            words += [
                f"over={below.shape}",
                f"over-gap={whole.gap(below.gap)}",
                f"over-set={bucket(below.indent - rows[at].indent, INDENT)}",
                f"gaps={whole.gap(rows[at].gap)}{whole.gap(below.gap)}{'1' if end - at == 1 else ''}",
            ]
        else:
            words.append("over=nothing")
        numbers = whole.observations.numbers(words)
        for row in rows[at:end]:
            row.seen += numbers


def _forms(rows: Sequence[Row], whole: Whole) -> list[Alike]:
    """Tell each short stretch where those of its form stand.

    Headings of one form stand over text and are unlike each other; signatures come back and close a piece.
    """
    stretches: dict[str, list[tuple[int, int]]] = defaultdict(list)
    starts = [at for at, row in enumerate(rows) if not at or row.gap]
    ends = [*starts[1:], len(rows)]
    for start, end in zip(starts, ends, strict=True):
        if rows[start].form:
            stretches[rows[start].form].append((start, end))
    out: list[Alike] = []
    for name, members in stretches.items():
        size = len(members)
        inner = [(rows[start], rows[end]) for start, end in members if end < len(rows)]
        form = Alike(
            name,
            tuple(members),
            sum(below.shape == "text" for _, below in inner) / size,
            sum(row.gap > below.gap for row, below in inner) / size,
            sum(row.gap < below.gap for row, below in inner) / size,
            len({rows[start].text.casefold() for start, _ in members}) / size,
        )
        out.append(form)
        often = bucket(size, OFTEN)
        over_text, wider, unlike = (bucket(share, SHARE) for share in (form.over_text, form.wider, form.unlike))
        words = (
            f"form-over-text={often}{over_text}",
            f"form-wider={often}{wider}",
            f"form-unlike={often}{unlike}",
            f"form-all={often}{over_text}{wider}{unlike}",
        )
        numbers = whole.observations.numbers(words)
        for start, end in members:
            for row in rows[start:end]:
                row.seen += numbers
    return out

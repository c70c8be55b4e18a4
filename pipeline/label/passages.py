"""Passages: stanzas, poems and their titles, what people say, sentences that go on from row to row."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain, groupby, pairwise

from pipeline.label.features import marker
from pipeline.label.labeller import Told
from pipeline.label.layout import begins_with_capital
from pipeline.label.looks import written
from pipeline.label.notes import without_call
from pipeline.label.rows import Row
from pipeline.label.told import SETTLED, SURE, overruled, role_of, stretches
from pipeline.model import Reason, Role
from pipeline.parts import END, NAMED, NUMBER, ORDER

WHY = {
    "stands-in-verse": "Its lines are set as the verse beside them.",
    "lines-turned-over": "Long lines that turn over with an indent, most with a comma at the end: verse.",
    "filled-rows": "Each of its rows is full and most go on in small letters: prose, though it is set in as verse is.",
    "signs-a-poem": "Initials, a name in capitals or a title in italics, far to the right below verse: who wrote it.",
    "dash-and-name": "A dash and a name, set in by themselves below verse or a quotation: who wrote it.",
    "title-of-a-poem": "A short line right above verse, as most poems of the book have one: its title.",
    "set-in-whole": "All its rows are set in alike, where paragraphs stand at the margin: a quotation.",
    "leads-up-to-verse": "A colon or comma ends it, and it is not set in as the verse below it: it leads up to that.",
    "first-line-by-itself": "A sentence alone, set in as first lines are, or counting with those beside it: prose.",
    "stars-in-verse": "Stars on a line of verse by themselves: an ornament that parts the verses.",
    "signs-in-prose": "Stars or dots on a row of prose by themselves part it, though no blank line stands around them.",
    "number-of-a-line": "The number of a fifth line of verse, alone far to the right: it belongs to the line above.",
    "broken-lines": "Its lines break within sentences and leave room for the next word: verse.",
    "speech-begins": "A sentence ends above with room in its row, where quotation marks open other rows like this one.",
}
"""The rules of passages, each with what an editor would say."""

_FILLED = 3  # rows; fewer are filled by chance
_CAPITALS = 6  # rows; fewer begin with capitals by chance, in German before all
_TURNED = 2  # columns by which a line that is turned over is set in
_ALIKE = 0.4  # of the width
_SOURCE = re.compile(r"(?:--+|[—–])\s?[^\W\d_a-zà-öø-ÿ][^\n.!?;:]{1,50}\.?$")
_FAR = 12  # columns by which who wrote a poem stands farther right than its lines
_SIGNED = re.compile(
    r"_[^\W\d_a-z][^_]{2,36}\._|(?:_\w{2,8}\._ )?(?:(?:[^\W\d_a-z]\. ?){1,3}[^\W\d_a-z][\w’'-]+"
    r"|(?:[^\W\d_a-z]\. ?){2,4}"
    r"|[^\W\d_a-z]{2,}(?:[ '’-][^\W\d_a-z]{2,}\.?){0,3})\.?"
)
_MAY_NAME = (Role.PARAGRAPH, Role.QUOTE, Role.VERSE, Role.LETTER, Role.DIALOGUE)
_OVER = 2  # blank lines between the title of a poem and its first line
_POEMS = 3  # titles; fewer lines above verse lead to it by chance
_TITLE = 50  # characters of the title of a poem
_TWO = 2  # items make a list, speeches a talk
_ROOM = 2  # columns besides those of the next word
_FULL = 5  # rows; in verse of one measure so many may be full by chance
_BROKEN = 3  # one line in so many breaks within a sentence
_NARROW = 45  # columns; nobody wraps prose to less
_VERSE = 60  # columns; what is wider may be prose
STOPPED = re.compile(r"[.!?…:;][\"'“”‘’«»)\]_]*$")
"""How a row ends where a sentence, or a part of one, does."""
_COUNTS = re.compile(
    rf"\(_?(?:[a-z]|\d{{1,2}}|[ivx]{{1,4}})_?\) |(?:{'|'.join(ORDER)})(?:ly)?(?:, and lastly)?[.,:;—-]"
    r"|\d{1,2}(?:st|nd|rd|th)[.,:;—-]",
    re.IGNORECASE,
)
"""How rows count that are no verse: "(a) ", "Secondly, "."""
_SPEAKS = re.compile(r"[\"“„«»‘'—–]")
_WHOLE_SPEECH = re.compile(r"[\"“„«»‘'].+[.!?…][\"”“«»’']\W?")
_MOSTLY = 0.6  # of the rows of paragraphs stand at the margin, or
_SOME = 0.2  # in a book of quotations
_NO_FRAME = (Role.PARAGRAPH, Role.DIALOGUE, Role.HEADING, Role.TITLE)
"""Beside a quotation they stand at the margin; below a heading an argument is set in, above one a moral."""
_DEEPEST = 12  # columns by which a quotation is set in
_ORNAMENT = re.compile(r"[*•·☆✶](?:\s*[*•·☆✶])*")
_FIFTH = re.compile(r"\d{0,3}[05]")
_PARTS = re.compile(r"[*•·☆✶](?:\s*[*•·☆✶]){2,}|\.(?:\s+\.){2,}")
_MAY_BE_PARTED = (Role.PARAGRAPH, Role.QUOTE, Role.DIALOGUE, Role.LETTER)
_DEPTH = 4  # columns; stanzas of one poem are not farther from each other


def stanzas(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Let the lines of a stanza be verse together, and stretches between stanzas that are set as these are.

    Lines of verse leave room for the next word, and each begins a line of its own. In a text that is mostly verse, many
    lines that all begin with capitals are verse, too, though they happen to be of one length; and so they are anywhere
    if some of them read as verse: no stanza is half prose.
    """
    parts = [_below_its_number(part, told) for part in stretches(rows)]
    verse = [2 * sum(role_of(row, told) is Role.VERSE for row in part) >= len(part) for part in parts]
    mostly = 2 * sum(len(part) for part, one in zip(parts, verse, strict=True) if one) > len(rows)
    measure = right_margin(rows, told)
    out: dict[int, Told] = {}
    for n, part in enumerate(parts):
        beside = [parts[k] for k in (n - 1, n + 1) if 0 <= k < len(parts) and verse[k]]
        like = any(_are_alike(part, one) for one in beside)
        lines = len(part) > 1 and (all(is_line(row) for row in part) or any(_is_set_as(part, one) for one in beside))
        some = mostly or any(role_of(row, told) is Role.VERSE for row in part)
        if not (verse[n] or (lines and like) or (some and _all_capitals(part)) or (mostly and _breaks_off(part))):
            continue
        if not verse[n] and _leads_on(part, beside, measure):
            continue
        for row in part:
            one = told.get(row.number)
            if one is not None and one.role is Role.PARAGRAPH and len(part) > 1:
                reason = Reason("stands-in-verse", Role.VERSE, SETTLED)
                out[row.number] = overruled(reason, one.role)
    return out


def right_margin(rows: Sequence[Row], told: Mapping[int, Told]) -> int:
    """Return the column that few rows of paragraphs pass; 0 where there are none."""
    ends = sorted(row.end for row in rows if role_of(row, told) is Role.PARAGRAPH)
    return ends[9 * len(ends) // 10] if ends else 0


def _leads_on(part: Sequence[Row], beside: Sequence[Sequence[Row]], measure: int) -> bool:
    """Tell whether rows go to the right margin of the text, and verse beside them is set farther in: prose between."""
    full = len(part) > 1 and all(row.end + 1 + after.need > measure for row, after in pairwise(part))
    deeper = [min(row.indent for row in one) >= max(row.indent for row in part) + _TURNED for one in beside]
    return bool(measure) and full and len(deeper) == _TWO and all(deeper)


def _is_set_as(part: Sequence[Row], one: Sequence[Row]) -> bool:
    """Tell whether the lines of two stanzas are set in by the same steps."""
    steps, other = ([row.indent - rows[0].indent for row in rows] for rows in (part, one))
    return steps == other and any(steps)


def _all_capitals(part: Sequence[Row]) -> bool:
    """Tell whether each of many lines begins with a capital, as lines of prose do not by chance."""
    return len(part) >= _CAPITALS and all(begins_with_capital(row.text) for row in part)


def _below_its_number(part: list[Row], told: Mapping[int, Told]) -> list[Row]:
    """Return a stretch without the number of a poem that stands right above its lines."""
    numbered = len(part) > 1 and role_of(part[0], told) is Role.HEADING and NUMBER.match(part[0].text)
    return part[1:] if numbered else part


def _breaks_off(part: Sequence[Row]) -> bool:
    """Tell whether lines that all begin with capitals are broken within a sentence, where a word more had room."""
    widest = max(row.end for row in part)
    broken = any(
        above.end + 1 + row.need + _ROOM <= widest and not STOPPED.search(above.text) for above, row in pairwise(part)
    )
    return len(part) >= _FILLED and broken and all(map(is_line, part))


def broken(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take lines that break within sentences though the next word had room for verse: prose would have gone on.

    Of what is quoted that is the room between its own indent and another as deep at the right; two lines that begin
    with capitals tell, too. Many rows that are all full are prose, however narrow.
    """
    out: dict[int, Told] = {}
    reason = Reason("broken-lines", Role.VERSE, SETTLED)
    usual = right_margin(rows, told)
    for part in stretches(rows):
        role = role_of(part[0], told)
        if role not in (Role.PARAGRAPH, Role.QUOTE) or not all(role_of(row, told) is role for row in part):
            continue
        inset = min(row.indent for row in part) if role is Role.QUOTE else 0
        room = sum(row.end + 1 + after.need <= _NARROW + inset for row, after in pairwise(part))
        inside = sum(not STOPPED.search(row.text) for row in part[:-1])
        widest = max(row.end for row in part)
        full = inset and len(part) > _FULL and all(row.end + 1 + after.need > widest for row, after in pairwise(part))
        lines = len(part) >= _FILLED and room == len(part) - 1 and _BROKEN * inside >= len(part) - 1 and not full
        if lines or (inset and len(part) == _TWO and inside and _are_couplet(part, usual - inset)):
            line = overruled(reason, role)
            out |= dict.fromkeys((row.number for row in part), line)
    return out


def _are_couplet(part: Sequence[Row], margin: int) -> bool:
    """Tell whether two rows begin with capitals, and the first had room for more than the second's first word."""
    first, second = part
    return all(map(is_line, part)) and first.indent == second.indent and first.end + 1 + second.need + _ROOM <= margin


def among_verse(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take lines that break before they are full for verse, where verse as wide stands before and behind.

    Titles may stand between. In a text that is mostly verse, the verse at one side is enough.
    """
    parts = [part for part in stretches(rows) if not _stands_over(part, told)]
    verse = [role_of(part[0], told) is Role.VERSE for part in parts]
    lines = sum(len(part) for part, one in zip(parts, verse, strict=True) if one)
    mostly = 2 * lines > sum(map(len, parts))
    usual = max((_width(part) for part, one in zip(parts, verse, strict=True) if one), default=0)
    out: dict[int, Told] = {}
    measure = right_margin(rows, told)
    line = overruled(Reason("stands-in-verse", Role.VERSE, SETTLED), Role.PARAGRAPH)
    for n, part in enumerate(parts):
        near = [parts[k] for k in (n - 1, n + 1) if 0 <= k < len(parts) and verse[k]]
        widths = [usual if mostly else _width(one) for one in near]
        beside = [
            one
            for one, width in zip(near, widths, strict=True)
            if abs(one[0].indent - part[0].indent) <= _DEPTH
            and _width(part) <= (1 + _ALIKE) * width
            and (all(map(is_line, part)) or not all(map(is_line, one)))
        ]
        plain = len(part) > 1 and all(role_of(row, told) is Role.PARAGRAPH for row in part)
        plain = plain and not _leads_on(part, near, measure)
        if not plain or len(beside) < (1 if mostly else _TWO):
            continue
        widest = max(usual if mostly else 0, *(row.end for one in (part, *beside) for row in one))
        room = sum(row.end + 1 + after.need <= widest or is_line(after) for row, after in pairwise(part))
        if widest <= _VERSE and 2 * room >= len(part) - 1:
            verse[n] = True
            out |= dict.fromkeys((row.number for row in part), line)
    return out


def set_in(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take paragraphs all whose rows are full and set in alike for quotations, between paragraphs at the margin."""
    parts = [part for part in stretches(rows) if role_of(part[0], told) is not None]  # notes may stand between
    plain = [all(role_of(row, told) is Role.PARAGRAPH for row in part) for part in parts]
    inner = Counter(row.indent for part, one in zip(parts, plain, strict=True) if one for row in part[1:])
    margin = min((indent for indent, times in inner.items() if times >= _SOME * inner.total()), default=0)
    mostly = inner[margin] >= _MOSTLY * inner.total()
    reason = Reason("set-in-whole", Role.QUOTE, SETTLED)
    out: dict[int, Told] = {}
    least = _TURNED if mostly else _DEPTH  # where much is quoted, it stands clear of the margin
    quoted = [one and _is_set_in(part, margin, least) for part, one in zip(parts, plain, strict=True)]
    columns = {part[0].indent for part, one in zip(parts, quoted, strict=True) if one}
    for n in range(1, len(parts)):  # a short paragraph goes on with what is quoted
        short = plain[n] and not quoted[n] and {row.indent for row in parts[n]} <= columns
        quoted[n] = quoted[n] or (quoted[n - 1] and short and parts[n][0].indent == parts[n - 1][0].indent)
    beside = [
        one and not inside and part[-1].indent == margin for part, one, inside in zip(parts, plain, quoted, strict=True)
    ]
    for _, group in groupby(range(len(parts)), key=lambda n: quoted[n]):
        run = list(group)
        around = [n for n in (run[0] - 1, run[-1] + 1) if 0 <= n < len(parts)]
        if not quoted[run[0]] or not any(beside[n] for n in around):
            continue
        if not all(beside[n] or role_of(parts[n][0], told) not in _NO_FRAME for n in around):
            continue
        for part in (parts[n] for n in run):
            for n, row in enumerate(part):
                out[row.number] = overruled(reason, Role.PARAGRAPH, goes_on=n > 0)
    return out


def _is_set_in(part: Sequence[Row], margin: int, least: int) -> bool:
    inset = {row.indent - margin for row in part}
    widest = max(row.end for row in part)
    full = all(row.end + 1 + after.need > widest for row, after in pairwise(part))
    wide = widest - part[0].indent > _NARROW and full and len(part) >= _TWO
    return wide and len(inset) == 1 and least <= inset.pop() <= _DEEPEST and not marker(part[0].text)


def leading_up(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take a line for prose that leads up to verse set in farther: between stanzas, with a colon at its end.

    Below prose a comma may end it, too, and a quotation may follow.
    """
    out: dict[int, Told] = {}
    reason = Reason("leads-up-to-verse", Role.PARAGRAPH, SETTLED)
    for above, part, below in zip(parts := stretches(rows), parts[1:], parts[2:], strict=False):
        row = part[0]
        verse = all(role_of(one[0], told) is Role.VERSE for one in (above, part, below))
        least = min(one.indent for one in (*above, *below))
        if verse and len(part) == 1 and row.indent + _TURNED <= least and row.text.rstrip("-—–")[-1:] == ":":
            out[row.number] = overruled(reason, Role.VERSE)
        role, sign = role_of(row, told), without_call(row.text, rounded=True).rstrip("-—–")[-1:]
        opens = role in (Role.VERSE, Role.QUOTE) and role_of(below[0], told) is role and len(part) == 1
        prose = role_of(above[-1], told) in (Role.PARAGRAPH, Role.HEADING, Role.NOTE, None)
        inset = row.indent + _TURNED <= min(one.indent for one in below)
        if opens and prose and inset and (sign == ":" or (sign == "," and role is Role.VERSE)):
            out[row.number] = overruled(reason, role)
    return out


def ornaments(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Let a row of stars, among prose one of dots too, part what stands around it without a blank line.

    A row of dots among verse stands for lines that are left out.
    """
    out: dict[int, Told] = {}
    for above, row in zip((None, *rows), rows, strict=False):
        role = role_of(row, told)
        verse = role is Role.VERSE and _ORNAMENT.fullmatch(row.text)
        prose = role in _MAY_BE_PARTED and _PARTS.fullmatch(row.text)
        if verse or prose:
            reason = Reason("stars-in-verse" if verse else "signs-in-prose", Role.SEPARATOR, SETTLED)
            out[row.number] = overruled(reason, role, score=SURE)
        elif above and above.number in out and row.number in told and told[row.number].goes_on:
            out[row.number] = replace(told[row.number], goes_on=False)
    return out


def line_numbers(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Let the number of a fifth line that has a row of its own, far to the right, go on with the line above it."""
    out: dict[int, Told] = {}
    reason = Reason("number-of-a-line", Role.VERSE, SETTLED)
    for above, row in pairwise(rows):
        verse = role_of(above, told) is role_of(row, told) is Role.VERSE and above.stretch == row.stretch
        if verse and _FIFTH.fullmatch(row.text) and row.indent >= above.end:
            out[row.number] = overruled(reason, None, goes_on=True, score=SURE)
    return out


def speeches(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Let a paragraph begin below a sentence that leaves room in its row, where what people say begins so."""
    out: dict[int, Told] = {}
    for part in stretches(rows):
        whole = all(_WHOLE_SPEECH.fullmatch(row.text) for row in part)  # each is a speech, and nothing else
        if not all(role_of(row, told) in (Role.PARAGRAPH, *((Role.LETTER,) if whole else ())) for row in part):
            continue
        widest = max(row.end for row in part)

        def ended(above: Row, row: Row, widest: int = widest) -> bool:
            room = above.end + 1 + row.need + _ROOM <= widest
            return room and bool(STOPPED.search(above.text)) and not row.text[0].islower()

        begins = part if whole else [row for above, row in pairwise(part) if ended(above, row)]
        if sum(bool(_SPEAKS.match(row.text)) for row in begins) >= _TWO:
            for row in begins:
                one = told[row.number]
                reason = Reason("speech-begins", Role.PARAGRAPH, SETTLED)
                out[row.number] = replace(one, role=Role.PARAGRAPH, goes_on=False, reasons=(reason, *one.reasons))
    return out


def filled(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take filled rows that go on in small letters for prose, however far they are set in: verse breaks its lines."""
    out: dict[int, Told] = {}
    reason = Reason("filled-rows", Role.QUOTE, SETTLED)
    for part in stretches(rows):
        if len(part) < _FILLED or not all(role_of(row, told) is Role.VERSE for row in part):
            continue
        widest = max(row.end for row in part)
        full = all(row.end + 1 + after.need > widest for row, after in pairwise(part))
        small = sum(row.text[:1].islower() for row in part[1:])
        if full and 2 * small >= len(part) - 1:
            for n, row in enumerate(part):
                out[row.number] = overruled(reason, Role.VERSE, goes_on=n > 0)
    return out


def long_lines(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take long lines that turn over with an indent for verse and not for entries, if commas end most of them.

    Entries of a list have a mark, a stop or a figure at their end.
    """
    out: dict[int, Told] = {}
    reason = Reason("lines-turned-over", Role.VERSE, SETTLED)
    for part in stretches(rows):
        lines: list[list[Row]] = []
        for row in part:
            if role_of(row, told) not in (Role.ITEM, Role.PARAGRAPH, Role.VERSE) or marker(row.text):
                break
            if lines and row.indent >= part[0].indent + _TURNED:
                lines[-1].append(row)
            else:
                lines.append([row])
        else:
            turned = sum(len(line) > 1 for line in lines)
            commas = sum(line[-1].text[-1] in ",;:!?—-" for line in lines)
            figures = any(line[-1].text.rstrip(".,;")[-1:].isdigit() for line in lines)
            capitals = sum(is_line(row) for line in lines for row in line[1:])
            if (
                len(lines) >= _FILLED
                and turned > 2 * capitals  # what is set in and begins with a capital is a line of its own
                and all(is_line(line[0]) for line in lines)
                and 2 * commas >= len(lines)
                and not figures
            ):
                for line in lines:
                    for n, row in enumerate(line):
                        out[row.number] = overruled(reason, told[row.number].role, goes_on=n > 0)
    return out


def _are_alike(part: Sequence[Row], other: Sequence[Row]) -> bool:
    """Tell whether two stretches are set alike: as far in, and nearly as wide."""
    near = abs(other[0].indent - part[0].indent) <= _DEPTH
    return near and abs(_width(other) - _width(part)) <= _ALIKE * _width(other)


def _width(part: Sequence[Row]) -> int:
    return max(row.end - row.indent for row in part)


def is_line(row: Row) -> bool:
    """Tell whether a row begins with a capital, as a line of verse does, behind quotation marks and the like."""
    return row.text.lstrip("\"“„«»'‘’_—-([ ")[:1].isupper()


def sources(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take a name set in by itself below verse or a quotation for who wrote it: behind a dash, or far to the right.

    Where people speak, a name far to the right may be that of a speaker.
    """
    out: dict[int, Told] = {}
    dashed = Reason("dash-and-name", Role.ATTRIBUTION, SETTLED)
    signed = Reason("signs-a-poem", Role.ATTRIBUTION, SETTLED)
    spoken = any(one.role is Role.DIALOGUE for one in told.values())
    parts = stretches(rows)
    last = [(part[:-1], part[-1:]) for part in parts if len(part) > 1]  # with no room between
    for above, part in (*pairwise(parts), *last):
        row, role = part[0], role_of(part[0], told)
        below = role_of(above[-1], told) in (Role.VERSE, Role.QUOTE) and row.gap <= 1
        if not below or len(part) > 1 or row.indent <= above[0].indent or role not in _MAY_NAME:
            continue
        far = not spoken and row.indent >= max(one.indent for one in above) + _FAR
        bare = row.text.strip("_ .")
        other = END.match(bare) or NAMED.match(row.text) or NUMBER.match(bare)  # "II" stands over the next stanza
        name = far and _SIGNED.fullmatch(row.text) and not other
        if name or (row.gap and _SOURCE.match(row.text)):
            reason = signed if name else dashed
            out[row.number] = overruled(reason, role)
    return out


def poems(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take short lines right above verse for the titles of poems, where most verse of a book of poems has such."""
    parts = stretches(rows)
    verse = [role_of(part[0], told) is Role.VERSE for part in parts]
    verse = [one and not _may_title(part, told) for part, one in zip(parts, verse, strict=True)]
    over = [n for n in range(len(parts) - 1) if verse[n + 1] and not verse[n] and parts[n + 1][0].gap <= _OVER]
    headed = [n for n in over if role_of(parts[n][-1], told) is Role.HEADING]

    def apart(n: int) -> bool:
        return not (n and verse[n - 1]) or parts[n][0].gap > parts[n + 1][0].gap

    close = not all(map(apart, headed))  # no more room above a title than below
    titles = [n for n in over if _may_title(parts[n], told)]
    titles = [n for n in titles if apart(n) or (close and written(parts[n][0].text) in ("title", "capitals"))]
    prose = sum(role_of(part[0], told) is Role.PARAGRAPH for part in parts) - len(titles)
    again = len({parts[n][0].text for n in titles}) < len(titles)  # a refrain comes again
    if (
        again
        or len(titles) + len(headed) < _POEMS
        or 2 * (len(titles) + len(headed)) < len(over)
        or sum(verse) <= prose
    ):
        return {}
    reason = Reason("title-of-a-poem", Role.HEADING, SETTLED)
    return {
        row.number: overruled(reason, told[row.number].role, goes_on=k > 0)
        for n in titles
        for k, row in enumerate(parts[n])
    }


def _stands_over(part: Sequence[Row], told: Mapping[int, Told]) -> bool:
    """Tell whether a stretch is a heading, may be the title of a poem, or is the number of one."""
    number = len(part) == 1 and NUMBER.match(part[0].text.strip("_*= ")) is not None
    return role_of(part[0], told) is Role.HEADING or _may_title(part, told) or number


def _may_title(part: Sequence[Row], told: Mapping[int, Told]) -> bool:
    """Tell whether a line may be the title of the poem below it: short, by itself, and no sentence."""
    text = " ".join(part[0].text.strip("_*= ").split())  # "2.      _Lissa._      8.7.8.7."
    role = role_of(part[0], told)
    apart = role is Role.VERSE and _OVER <= part[0].gap > part[-1].below > 0  # no line of the poem above
    loud = apart and all(written(row.text) == "capitals" for row in part)
    aside = len(part) == _TWO and apart and (loud or part[1].text[0] in "([")
    plain = (len(part) == 1 or aside) and (role in (Role.PARAGRAPH, Role.QUOTE) or apart)
    titled = text[:1].isupper() and text[-1:] not in ",;:.!-–—"
    return plain and part[0].gap > 0 and len(text) <= _TITLE and (titled or loud or (apart and text[:1].isdigit()))


def single(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take a line that alone would be verse for a paragraph: one line is no stanza, unless verse stands beside it.

    Where no two lines of verse stand right below one another in the whole text, none at the margin is verse.
    """
    parts = stretches(rows)
    lines = [[row for row in part if role_of(row, told) is Role.VERSE] for part in parts]
    if max(map(len, lines), default=0) < _TWO:
        plain = (row for row in chain(*lines) if not row.indent)
        return {row.number: replace(told[row.number], role=Role.PARAGRAPH, goes_on=False) for row in plain}
    verse = [bool(own) for own in lines]
    out: dict[int, Told] = {}
    for n, part in enumerate(parts):
        beside = verse[max(0, n - 1) : n] + verse[n + 1 : n + 2]
        if len(part) == 1 and verse[n] and not any(beside) and not part[0].indent:
            out[part[0].number] = replace(told[part[0].number], role=Role.PARAGRAPH, goes_on=False, rival=Role.VERSE)
    return out


def first_lines(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take a sentence on a row by itself for a paragraph if it is set in as the first lines of paragraphs are here.

    So are rows that count in words, or by letters in brackets, one below the other with no verse beside them.
    """
    parts = stretches(rows)
    begun = [
        part[0].indent - part[1].indent
        for part in parts
        if len(part) > 1 and all(role_of(row, told) is Role.PARAGRAPH for row in part)
    ]
    usual, times = Counter(begun).most_common(1)[0] if begun else (0, 0)
    inset = usual if 2 * times > len(begun) else 0
    alone = [len(part) == 1 and role_of(part[0], told) in (Role.VERSE, Role.QUOTE) for part in parts]
    counts = [one and _COUNTS.match(part[0].text) is not None for one, part in zip(alone, parts, strict=True)]
    stanza = [len(part) > 1 and role_of(part[-1], told) is Role.VERSE for part in parts]
    reason = Reason("first-line-by-itself", Role.PARAGRAPH, SETTLED)
    out: dict[int, Told] = {}
    for n, part in enumerate(parts):
        row = part[0]
        if not alone[n] or any(stanza[max(0, n - 1) : n + 2]) or not STOPPED.search(row.text):
            continue
        counted = counts[n] and any(counts[max(0, n - 1) : n] + counts[n + 1 : n + 2])
        set_in = 0 < inset == row.indent and written(row.text) in ("sentence", "some")
        if counted or set_in:
            out[row.number] = overruled(reason, role_of(row, told))
    return out

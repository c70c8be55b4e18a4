"""Headings: the forms in which books write them, which of them a book really uses, and how deep each one lies.

A form alone is not enough ("1." may open a paragraph, capitals a shout): the gap above it, its neighbours in the same
series and the list of contents have their say.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from pipeline.label.cast import numbers_a_scene
from pipeline.label.contents import contents
from pipeline.label.front import (
    BOOK_TITLE,
    ON_THE_PAGE,
    TITLE_UNITS,
    close_page,
    credits_another,
    is_printed,
    opening,
    title_page,
    up_to_credited,
)
from pipeline.label.headlines import (
    WIDE,
    Form,
    Headline,
    letters_of,
    names_itself,
    number_alone,
    ordered_of,
    plain,
    shouts,
    value_of,
)
from pipeline.label.layout import Unit
from pipeline.label.levels import levels_of
from pipeline.label.middle import in_the_middle
from pipeline.label.notes import ENCLOSED, is_labelled, without_call
from pipeline.label.settled import Settled
from pipeline.label.shapes import SCENE, is_far_right, is_table, is_verse
from pipeline.model import Leaving, Role
from pipeline.parts import BY, CLOSES, END, FRONT_OR_BACK, NAMED, NUMBER, NUMBERED, NUMBERED_BARE, PERSONS, RIGHTS
from pipeline.titlewords import AUTHORED

TITLE_AGAIN = "title-again"
GOES_ON = "goes-on-with-heading"
END_OF_BOOK = "end-of-book"

WHY = {
    Form.PART: "It says that it is a part, book or act, with its number.",
    Form.CHAPTER: "It says that it is a chapter, scene or letter, with its number.",
    Form.MATTER: "It names a part that books have in front or at the back: a preface, an index.",
    Form.NUMBER: "A number alone between blank lines, one of a series.",
    Form.NUMBERED: "A short line with a number of a series, set off by blank lines.",
    Form.CAPITALS: "In capitals, set off by blank lines.",
    Form.ITALICS: "In italics, alone between blank lines, set off from the text above.",
    Form.UNDERLINED: "A line of signs is drawn under it.",
    Form.CENTRED: "Alone in the middle of the line, set off by a wide gap.",
    Form.SHORT: "Short, without a full stop, most words with capitals, set off by two blank lines or more.",
    Form.LISTED: "The list of contents has it.",
    TITLE_AGAIN: "The title of the piece once more, which stood on a page of its own: its heading has it.",
    GOES_ON: "It stands right below the number of a chapter: its title.",
    END_OF_BOOK: "It says that the book ends.",
}
"""The rules of headings, each with what an editor would say."""

LEAVES = {TITLE_AGAIN: Leaving()}


_SENTENCE = re.compile(r"[.!?…;:,][\"'”’»)\]_*]*$")
_EMPHASIS = re.compile(r"^_[^_]+_\.?$")
_SLANTED = re.compile(r"^_?[IVXLC\d]+_?\.?_? *[—–-]* *_[^_]+_\.?$")
_DRAWN = re.compile(r"^\s*([=~-])\1{2,}\s*$|^\s*([—–_*])\2{3,}\s*$")
_LONGEST = 100  # characters of one heading
_DEPTHS = range(2, 5)  # of entries of the contents that are set in by depth
_CENTRED_RUN = 3  # units; more centred lines than that in a row are a title page
_TITLE_UNITS = 40  # units; a title page has no more
_LAST = 2  # units; what says that the book ends may stand by itself
_SURELY, _NEARLY, _ENDING = 8, 5, 2  # letters that two titles share, at least; and by which their words may differ
_VOLUME = re.compile(r"(?:vol(?:ume|\.)?|tom[eo]?|band|deel|bind|том)\b", re.IGNORECASE)  # may stand on a title page
_ROOM = 2  # blank lines that set a heading off, and
_WIDER = 0.005  # share of units above which such gaps stand in a text that has one blank line everywhere


@dataclass(frozen=True, slots=True)
class _Candidate:
    at: int
    form: Form
    gap: int
    key: str  # letters and digits of its words
    sign: str = ""  # its number, if it has one


def headings(found: Sequence[Unit], title: str = "") -> dict[int, Settled]:
    """Settle headings, the list of contents and the title page.

    Args:
        found: the units of the text.
        title: the title of the book, where the source names it.

    Returns:
        What is settled, by the index of the unit. Level 1 opens a division.

    """
    out, listed = contents(found)
    candidates = [one for at in range(len(found)) if at not in out and (one := _candidate(found, at, listed))]
    room = 1 if is_close(found) else _ROOM
    accepted = [one for one in _in_series(candidates, found, room) if _accept(one, found, listed, room)]
    accepted = _without_lists(accepted, found)
    accepted = [one for one in accepted if one.at >= TITLE_UNITS or not is_printed(found[one.at])]
    keys = {one.key for one in accepted}
    accepted = [one for one in accepted if not (one.at < TITLE_UNITS and credits_another(found[one.at], keys))]
    end = close_page(found, out)
    if accepted and accepted[0].at < end:  # who wrote the book stands in capitals right above its text
        accepted = [one for one in accepted if one.at >= end]
    if not accepted:
        opening(found, out)
        return out
    first = _first_of_text(accepted, found)
    if not found[first].width and first and len(found[0].text) < 80 and 0 not in out:
        out[0] = Settled(Role.TITLE, BOOK_TITLE, 1, sure=1.0)
    elif found[first].width and first:
        title_page(found, min([first, *out]), title, out)
    if not first or 0 not in out:
        opening(found, out)
    _inner_title_pages(accepted, found, out)
    accepted, below = _merged([one for one in accepted if one.at not in out], found, out)
    told = [(one.at, max([one.at, *below[one.at]]), found[one.at].text.strip(), one.gap) for one in accepted]
    for one, level in zip(accepted, levels(told, found, listed, title), strict=True):
        role = Role.TITLE if level == 1 else Role.HEADING
        words = plain(found[one.at].text)
        if CLOSES.match(words) or (END.match(words) and one.at + _LAST >= len(found)):
            out[one.at] = Settled(Role.CAPTION, END_OF_BOOK, sure=1.0)
            continue
        out[one.at] = Settled(role, one.form.value, level)
        for after in below[one.at]:
            out[after] = Settled(role, GOES_ON, level, goes_on=True)
    return out


def _first_of_text(accepted: Sequence[_Candidate], found: Sequence[Unit]) -> int:
    """Return the unit of the first heading that is not on the title page: prose follows, or its form says so.

    Where none is told by that, it is the next one that stands far below the first.
    """
    told = (Form.CHAPTER, Form.MATTER, Form.NUMBER, Form.NUMBERED, Form.UNDERLINED, Form.LISTED)
    for one in accepted:
        below = found[one.at + 1] if one.at + 1 < len(found) else None
        prose = below is not None and len(below.text) > 200 and below.blanks < one.gap + 1
        words = plain(found[one.at].text)
        if not one.at and below is not None and BY.match(below.text.strip()) and len(below.rows) == 1:
            continue  # who wrote it stands below: the title of the book, which a tale of it may have too
        volume = _VOLUME.match(words)
        acted = bool(SCENE.match(words)) and number_alone(words)
        part = one.form is Form.PART and (one.gap > WIDE or not one.at or acted) and not volume
        if one.form in told or part or (prose and not _centred(found[one.at])):
            return one.at
    below_title = accepted if accepted[0].at else accepted[1:]
    return next((one.at for one in below_title if one.gap > WIDE), accepted[0].at)


def _inner_title_pages(accepted: Sequence[_Candidate], found: Sequence[Unit], out: dict[int, Settled]) -> None:
    """Settle title pages inside the book: several centred lines in a row, or a title that soon stands again."""
    for one, after in pairwise(accepted):
        if one.key == after.key and after.at - one.at <= 3 and one.gap >= WIDE:
            out.setdefault(one.at, ON_THE_PAGE)
    front = next((n for n in sorted(out) if out[n].rule == BOOK_TITLE), -1) + 1
    run: list[int] = []
    for at in range(len(found) + 1):
        centred = at < len(found) and found[at].width and _centred(found[at]) and len(found[at].rows) < 4
        if centred and not _plays(plain(found[at].text)):
            if not found[at].text.lstrip().startswith("["):  # a picture among them
                run.append(at)
            continue
        run = _above_head(found, up_to_credited(found, run), at)
        if len(run) > _CENTRED_RUN and (run[0] < front or any(_credits(found[n]) for n in run)):
            texts = [plain(found[n].text) for n in run]
            printed = any(is_printed(found[n]) for n in run)
            opens = (k for k, text in enumerate(texts) if not printed and (number_alone(text) or NAMED.match(text)))
            for n in run[: next(opens, len(run))]:  # the first part or chapter is none of it
                out.setdefault(n, ON_THE_PAGE)
        run = []


def _above_head(found: Sequence[Unit], run: list[int], text: int) -> list[int]:
    """Cut rows in the middle above those that stand far below what says who made the book, and close above a text.

    They are its headings: the name of a part, and that of its first piece. A preface far below is one by its name.
    """
    last = next((k for k in range(len(run) - 1, -1, -1) if _credits(found[run[k]])), 0)
    close = text < len(found) and found[text].blanks < WIDE and found[text].width > 0
    for k in range(1, len(run)):
        unit = found[run[k]]
        if unit.blanks >= WIDE and ((close and k > last) or FRONT_OR_BACK.match(plain(unit.text).partition(" ")[0])):
            return run[:k]
    return run


def _credits(unit: Unit) -> bool:
    """Tell whether a unit says who made a book, or who printed it and when, as a title page inside a book does, too."""
    rows = [plain(row) for row in unit.rows or (unit.text,)]
    return is_printed(unit) or any(BY.match(row) or AUTHORED.match(row) or RIGHTS.match(row) for row in rows)


def _plays(text: str) -> bool:
    """Tell whether a line is of a play and of no title page: it stands over the persons, or numbers an act or scene."""
    return bool(PERSONS.match(text)) or numbers_a_scene(text)


def _merged(
    accepted: Sequence[_Candidate], found: Sequence[Unit], out: Mapping[int, Settled]
) -> tuple[list[_Candidate], dict[int, list[int]]]:
    """Take the titles right below a number out of the candidates; return the rest, and which units each one takes."""
    by_unit = {one.at: one for one in accepted}
    kept: list[_Candidate] = []
    below: dict[int, list[int]] = {}
    taken: set[int] = set()
    for one in accepted:
        if one.at not in taken:
            kept.append(one)
            below[one.at] = _goes_on(one, found, out, by_unit)
            taken.update(below[one.at])
    return kept, below


# ----------------------------------------------------------------------------------------------- candidates


def _candidate(found: Sequence[Unit], at: int, listed: Mapping[str, int]) -> _Candidate | None:
    unit = found[at]
    if len(unit.text) > 2 * _LONGEST or (unit.blanks == 0 and at) or len(unit.rows) > 4:
        return None
    if unit.rows and len(unit.rows) > 1 and _DRAWN.match(unit.rows[-1]):
        drawn = " ".join(row.strip() for row in unit.rows[:-1])
        return _Candidate(at, Form.UNDERLINED, unit.blanks, letters_of(drawn), unit.rows[-1].strip()[0])
    if len(unit.rows) > 1 and (is_table(unit.rows) or unit.width == 0):
        return None
    text = unit.text.strip()
    words = plain(text)
    key = letters_of(words)
    if not key or len(words) > _LONGEST + 40 or text.startswith("[") or is_labelled(text) or ENCLOSED.match(text):
        return None
    if not unit.blank_after and not (at + 1 < len(found) and is_far_right(found[at + 1])):
        return None

    def made(form: Form, sign: str = "") -> _Candidate:
        return _Candidate(at, form, unit.blanks, key, sign)

    named = NAMED.match(words) if len(words) < _LONGEST else None
    if named and not (len(unit.rows) > 3 or (unit.indent > unit.margin + 2 and is_verse(unit))):
        part = named["part"] or named["part2"]
        return made(Form.PART if part else Form.CHAPTER)
    matter = FRONT_OR_BACK.match(words) or PERSONS.match(words)
    if len(unit.rows) == 1 and matter and not text.endswith((",", ";", ":")):
        return made(Form.MATTER)
    number = NUMBER.match(text)
    if number:
        return made(Form.NUMBER, number["sign"])
    numbered = NUMBERED.match(text.replace("_", "")) or (NUMBERED_BARE.match(text) if len(unit.rows) == 1 else None)
    if numbered and len(text) < _LONGEST and len(unit.rows) < 3:
        return made(Form.NUMBERED, numbered["sign"])
    if not unit.width:
        return made(Form.LISTED) if key in listed and len(key) > 3 else None
    if shouts(text) and len(text) < _LONGEST + 20:
        return made(Form.CAPITALS)
    if _EMPHASIS.match(text) and len(words) < 70 and unit.indent <= unit.margin and len(unit.rows) == 1:
        return made(Form.ITALICS)
    if len(unit.rows) > 1 or len(words) > 70:
        return made(Form.LISTED) if key in listed else None
    if key in listed and len(key) > 3:
        return made(Form.LISTED)
    inset = unit.indent - unit.margin
    if inset > 8 and abs(inset - (unit.width - inset - len(text))) <= 6:
        return made(Form.CENTRED)
    capitals = re.findall(r"\b[^\W\d_]{4,}|\b[A-Z]\w*", words)
    if inset <= 0 and capitals and sum(word[0].isupper() for word in capitals) >= 0.6 * len(capitals):
        return made(Form.SHORT)
    return None


def _in_series(candidates: Sequence[_Candidate], found: Sequence[Unit], room: int) -> list[_Candidate]:
    """Keep numbers only where they are of a series: the next number, or the one before, stands in the same form.

    ``room``: blank lines that set a heading off in this text; more say nothing else.
    """
    series: dict[tuple[Form, bool, int, int], list[_Candidate]] = defaultdict(list)
    for one in candidates:
        if one.form in (Form.NUMBER, Form.NUMBERED):
            # A title in italics shows by itself that it is one, a number alone nearly so; otherwise the gap above must
            # be the same.
            gap = 0 if _slanted(found[one.at]) else min(one.gap, 1 if one.form is Form.NUMBER else room)
            series[one.form, one.sign[:1].isdigit(), one.sign.count("."), gap].append(one)
    kept: set[int] = set()
    for members in series.values():
        values = [value_of(one.sign) for one in members]
        for n, one in enumerate(members):
            before = values[n - 1] if n else None
            after = values[n + 1] if n + 1 < len(values) else None
            if (before is not None and values[n] == before + 1) or (after is not None and after == values[n] + 1):
                kept.add(one.at)
    mixed = [one for one in candidates if one.form in (Form.NUMBER, Form.NUMBERED) and one.gap >= WIDE]
    for one, following in pairwise(mixed):
        if value_of(following.sign) == value_of(one.sign) + 1:  # "I." and then "II. A Title"
            kept |= {one.at, following.at}
    return [one for one in candidates if one.form not in (Form.NUMBER, Form.NUMBERED) or one.at in kept]


def _slanted(unit: Unit) -> bool:
    return bool(_SLANTED.match(unit.text.strip()))


def is_close(found: Sequence[Unit]) -> bool:
    """Tell whether a text has one blank line everywhere behind its front, so that it may part chapters too."""
    front = min(_TITLE_UNITS, len(found) // 4)
    return sum(unit.blanks > 1 for unit in found[front + 1 : -_LAST]) <= _WIDER * len(found)


def _accept(one: _Candidate, found: Sequence[Unit], listed: Mapping[str, int], room: int) -> bool:
    """Decide on a candidate from the room around it; ``room``: blank lines that set a heading off in this text."""
    unit = found[one.at]
    text = unit.text.strip()
    if one.form in (Form.PART, Form.CHAPTER):
        return len(plain(text)) < 70 or one.gap >= room
    if one.form is Form.UNDERLINED:
        return True
    if one.form is Form.LISTED:
        return one.gap >= 2 or (one.gap >= 1 and (_centred(unit) or not _SENTENCE.search(text)))
    if one.form is Form.MATTER:
        return one.gap >= room or shouts(text) or bool(not unit.width and one.key in listed)
    if not unit.width:
        return (one.form is Form.NUMBER and len(text) < 8) or (
            one.form is Form.NUMBERED and one.gap >= 2 and not _SENTENCE.search(text)
        )
    if one.form is Form.NUMBER:
        return one.gap >= room or unit.indent > 8 or text.isupper()
    if one.form is Form.CAPITALS:
        if unit.indent > unit.margin + 1 and one.gap < WIDE and not _centred(unit):
            return False
        after_heading = one.at > 0 and shouts(found[one.at - 1].text) and found[one.at - 1].blanks >= 2
        return not text.endswith(",") and (one.gap >= room or one.key in listed or after_heading)
    if one.form is Form.CENTRED:
        return one.gap >= WIDE and not text.endswith((",", ";"))
    if one.form is Form.SHORT:
        below = found[one.at + 1] if one.at + 1 < len(found) else None
        ends = text.endswith((",", ";", ":", "!", "?", "”", '"')) or (text.endswith(".") and len(text.split()) > 6)
        return one.gap >= _ROOM and below is not None and below.blanks < one.gap + 1 and not ends
    if one.form is Form.NUMBERED and room < _ROOM:
        return not _SENTENCE.search(text)
    return one.gap >= _ROOM or (one.form is Form.NUMBERED and _slanted(unit))


def _centred(unit: Unit) -> bool:
    inset = unit.indent - unit.margin
    return in_the_middle(inset, unit.width - inset - len(unit.text.strip()))


def _without_lists(accepted: Sequence[_Candidate], found: Sequence[Unit]) -> list[_Candidate]:
    """Leave out lines that follow one another with nothing between: a list, not headings.

    Of what names itself a chapter or an act that is so where each goes on with its title, three times and more.
    """
    places = {one.at for one in accepted}
    titled = {
        one.at for one in accepted if one.form in (Form.PART, Form.CHAPTER) and not number_alone(found[one.at].text)
    }
    out = []
    for one in accepted:
        beside = (one.at - 1 in places) + (one.at + 1 in places)
        if one.form in (Form.SHORT, Form.CENTRED) and beside == 2 and one.at - 2 in places:
            continue
        if any({near, near + 1, near + 2} <= titled for near in (one.at - 2, one.at - 1, one.at)):
            continue
        out.append(one)
    return out


# ----------------------------------------------------------------------------------------------------- levels


def levels(
    told: Sequence[tuple[int, int, str, int]], found: Sequence[Unit], listed: Mapping[str, int], title: str
) -> list[int]:
    """Say how deep each heading lies.

    Args:
        told: for each heading the indexes of its first and last unit, its words, and the blank lines above it.
        found: the units of the text.
        listed: the entries of the list of contents.
        title: the title of the book, where the source names it.

    Returns:
        For each heading its level; 1 opens a division.

    """
    column_of = _columns([_key(text) for _, _, text, _ in told], listed)
    heads: list[Headline] = []
    ordered = ordered_of(text for _, _, text, _ in told)
    for at, last, text, gap in told:
        one = _candidate(found, at, listed)
        form, sign = (one.form, one.sign) if one else _written(text)
        if form in (Form.PART, Form.CHAPTER) and not names_itself(plain(text), ordered):
            form = _in_letters(text)
        if form is Form.LISTED or (
            heads and PERSONS.match(plain(text))
        ):  # inside the book persons belong to a play of it
            form, _ = _written(text)
        key = _key(text)
        heads.append(Headline(at, last, text, form, gap, sign, column_of.get(key, -1), key in listed))
    return levels_of(heads, letters_of(title))


def _written(text: str) -> tuple[Form, str]:
    """Name the form in which a heading is written, and its number; where it stands says nothing."""
    words = plain(text)
    if named := NAMED.match(words):
        return Form.PART if named["part"] or named["part2"] else Form.CHAPTER, ""
    if FRONT_OR_BACK.match(words):
        return Form.MATTER, ""
    if number := NUMBER.match(text.strip("_*= ")):
        return Form.NUMBER, number["sign"]
    if numbered := NUMBERED.match(text.replace("_", "")):
        return Form.NUMBERED, numbered["sign"]
    return _in_letters(text), ""


def _in_letters(text: str) -> Form:
    return Form.CAPITALS if shouts(text) else Form.ITALICS if text.startswith("_") else Form.SHORT


def _key(text: str) -> str:
    """Return the letters of a heading, without the call of a note at its end."""
    return letters_of(without_call(text))


def nearly(listed: Iterable[str], keys: Iterable[str]) -> dict[str, str]:
    """Return for each heading that no entry of the contents is, the first that nearly is, if there is one.

    Such an entry is shorter than the heading, in another number, has a first word more, or leaves words out in the
    midst: "Life of Vautrin" for "LIFE OF JACQUES VAUTRIN". Each is looked up by its beginnings and ends: headings times
    entries would be too many questions for a long book.

    Args:
        listed: the entries, in their order.
        keys: the letters of the headings.

    """
    places = {entry: n for n, entry in enumerate(dict.fromkeys(listed))}
    sought = {key for key in keys if len(key) >= _NEARLY} - places.keys()
    first: dict[str, int] = {}
    sizes = sorted({*map(len, sought)})
    for n, entry in enumerate(places):
        ends = (entry[-size:] for size in takewhile(len(entry).__gt__, sizes))
        for part in (*ends, *(entry[:-more] for more in range(1, _ENDING + 1))):
            if part in sought:
                first.setdefault(part, n)
    sizes = sorted({len(entry) for entry in places if len(entry) >= _NEARLY})
    for key in sought:
        for size in takewhile(len(key).__gt__, sizes):
            if (size > _SURELY or len(key) - size <= _ENDING) and (n := places.get(key[:size], -1)) >= 0:
                first[key] = min(n, first.get(key, n))
    ends_of: dict[tuple[str, str], list[str]] = defaultdict(list)
    for entry in places:
        ends_of[entry[:_NEARLY], entry[-_NEARLY:]].append(entry)
    for key in sought:
        for entry in ends_of.get((key[:_NEARLY], key[-_NEARLY:]), ()):
            if len(entry) >= 2 * _NEARLY and _shared(key, entry) + _shared(key[::-1], entry[::-1]) >= len(entry):
                first[key] = min(places[entry], first.get(key, places[entry]))
    entries = [*places]
    return {key: entries[n] for key, n in first.items()}


def _shared(one: str, other: str) -> int:
    """Count the letters with which both begin."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _columns(keys: Sequence[str], listed: Mapping[str, int]) -> dict[str, int]:
    """Return where the contents set the headings in that they have, if their entries are set in at several depths."""
    columns: dict[str, int] = {}
    alike = nearly(listed, keys)
    for key in keys:
        entry = key if key in listed else alike.get(key, "")
        if entry and listed[entry] >= 0:
            columns[key] = listed[entry]
    depths: dict[int, int] = {}  # a quotation mark before an entry, or a row that begins a column off, is no depth
    for column in sorted(set(columns.values())):
        depths[column] = depths.get(column - 1, column)
    return {key: depths[column] for key, column in columns.items()} if len({*depths.values()}) in _DEPTHS else {}


def _goes_on(
    one: _Candidate, found: Sequence[Unit], out: Mapping[int, Settled], accepted: Mapping[int, _Candidate]
) -> list[int]:
    """Return the units right below a number that are its title and subtitle."""
    number_only = one.form is Form.NUMBER or (
        one.form in (Form.PART, Form.CHAPTER) and NAMED.fullmatch(plain(found[one.at].text)) is not None
    )
    rest: list[int] = []
    at = one.at + 1
    while number_only or rest:
        if at >= len(found) or found[at].blanks > 1 or not found[at].blank_after or len(rest) == 2:
            break
        unit, below = found[at], found[at + 1] if at + 1 < len(found) else None
        if below is None or len(unit.text) > _LONGEST + 20 or len(unit.rows) > 3 or at in out:
            break
        other = accepted.get(at)
        titling = (Form.CAPITALS, Form.LISTED, Form.ITALICS, Form.CENTRED, Form.MATTER, Form.SHORT)
        if other is not None and other.form not in titling:
            break
        if unit.text.startswith("[") or not (shouts(unit.text) or other is not None or _reads_as_title(unit)):
            break
        if rest and not shouts(unit.text):
            break
        rest.append(at)
        at += 1
    return rest


def _reads_as_title(unit: Unit) -> bool:
    words = re.findall(r"[^\W\d_]{4,}", unit.text)
    named = bool(words) and sum(word[0].isupper() for word in words) >= 0.6 * len(words)
    return len(unit.text) < 70 and named and not re.search(r"[,;:!?”\"»]$", unit.text.strip()) and len(unit.rows) < 3

"""The cast: by what form of label a play says who speaks, found in the whole text.

Printers have a dozen ways: "NORA. What?", "Nora: What?", "_Nora._ What?", the name by itself right above the speech or
a blank line away, in capitals, in italics, in the middle. Within one play there is one. A form whose names come back in
turn with one another, over or before short speeches, is that form, whatever it looks like; then each line that has it
opens a turn (:mod:`pipeline.label.scenes`).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise

from pipeline import parts
from pipeline.label.labeller import Told
from pipeline.label.rows import Row, rows_of
from pipeline.label.speakers import (
    BARE,
    MARKS,
    SCENE_ALONE,
    Label,
    Listed,
    candidates,
    label,
    of_the_list,
)
from pipeline.label.told import role_of, stretches
from pipeline.model import Line, Role
from pipeline.parts import NAMED, PERSONS

APART = 8
"""Stretches between two turns of one scene, at most."""

COUNTED = re.compile(r" [ivxlc]+$| \d+$")
"""The end of a name that counts: a song, not a person."""

DOES = re.compile(r"[\W_]*(?:re-?)?(?:enter|exit|exeunt|manet|manent|entrent|sortent)(?:\b|_)", re.IGNORECASE)
"""What begins as a direction that says who enters or leaves."""

_AND = frozenset({"and", "und", "et", "og", "och", "en", "y", "e", "i", "и"})
_BARE = re.compile(r",? ?_?[(\[~][^)\]]*[)\]~]_?(?=\W*$)")  # what is done the while
_NAMES = 2  # at least, that come back
_AGAIN = 3  # times that a name comes back
_LEAST = 10  # labels of one form; where persons are listed or acts and scenes have numbers
_STAGED = 4  # so many do, and
_AGAIN_STAGED = 2  # so many times
_STAGING = 2  # acts and scenes with numbers, and the list of persons
_MANY = 20  # labels of one form
_USUAL = 6  # names over speech, which tell how others stand
_BACK = 3  # times that a name follows itself but one
_DASHED = re.compile(r"(?:--|[—–])\W*$")
_CHANGES = 0.75  # of the labels next to one another name another speaker
_CHANGES_AT_LEAST = 0.5  # the same, where names open nearly all there is: two speeches of one, with a pause between
_COVER_ALL = 0.8  # of the stretches, there
_SPEECH = 800  # characters, in the middle of all speeches; a section of a handbook is longer
_COVER = 0.5  # of the stretches between the first turn and the last open turns or lie below a name
_COVER_STAGED = 0.25
_NEAR = 2  # stretches between turns
_FAR = 8  # columns; a name that begins farther to the right is set apart by it
_ENTERS = re.compile(r"\. enter_? ", re.IGNORECASE)  # "A garden. Enter"
_PIECE = re.compile(
    r"(?:an? |the )?(?:fragment|scene|page)s? (?:of|from) (?:an? |the )?(?:\w+ )?(?:play|drama|comedy|tragedy|farce)"
    r"|(?:an? )?dialogue(?: (?:for|between|in) .{2,40})?"
    r"|(?:fragment|szene|scène|escena|scena) .{2,20}(?:drama|drame|spiel|comédie|tragédie|comedia|commedia|tragedia)s?",
    re.IGNORECASE,
)
_HEAD = 60  # characters of the heading of a scene
_SCENE_WORD = re.compile(rf"\b{parts.ACT_OR_SCENE}\b", re.IGNORECASE)


def is_play(lines: Sequence[Line]) -> bool:
    """Tell whether a text is a play: persons are listed or acts and scenes numbered, and who speaks shows all through.

    What looks like a source below a quotation is a name over a speech there, or a direction.
    """
    if sum(_stages(line.text.strip(MARKS)) for line in lines) < _STAGING:
        return False
    gaps = _gaps(lines)
    return bool(speaking(rows_of([(line.number, line.text, gap) for line, gap in gaps]), None))


def _stages(text: str) -> bool:
    """Tell whether a line is the heading of the persons of a play, or of a piece of one, or numbers an act or scene."""
    return bool(PERSONS.match(text)) or numbers_a_scene(text) or bool(_PIECE.fullmatch(text))


def _gaps(lines: Sequence[Line]) -> Iterator[tuple[Line, int]]:
    """Return the lines that have words, with the number of blank lines above."""
    blanks = 0
    for line in lines:
        if line.blank:
            blanks += 1
        else:
            yield line, blanks
            blanks = 0


def speaking(rows: Sequence[Row], told: Mapping[int, Told] | None) -> dict[int, Label]:
    """Return who speaks on the lines of all forms that prove to be forms of labels, by the number of the line.

    ``told``: the roles of the lines as far as they are known.
    """
    seen = dict(candidates(rows, told))
    listed = Listed(rows, seen)
    for row in rows[listed.first : listed.end] if listed.ended else ():
        seen.pop(row.number, None)  # who is listed does not speak there
    by_form: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        if row.number in seen:
            one = seen[row.number]
            dashed = one.alone and one.loud and _DASHED.search(row.text)  # "TOLL.--" over verse, and before prose
            by_form[("in", *one.form[1:]) if dashed else one.form].append(row)
    enters = any(DOES.match(row.text) or _ENTERS.search(row.text) for row in rows)
    staged = sum(_stages(row.text.strip(MARKS)) for row in rows) + enters >= _STAGING
    out: dict[int, Label] = {}
    for form, own in by_form.items():
        if form == BARE:
            continue
        out |= _proven(rows, own, seen, told, staged=staged)
    forms = Counter(one.form[:3] for one in out.values())
    if forms["over", "small", "_"] < forms["over", "capitals", ""]:  # italics over nothing else are directions there
        out = {number: one for number, one in out.items() if one.form[:3] != ("over", "small", "_")}
    out |= dict(_in_a_row(rows, seen, out))
    out |= dict(of_the_list(rows, listed, seen, out))
    out |= dict(_once(rows, seen, out))
    out |= {row.number: seen[row.number] for row in _braced(rows, seen, out)}
    out |= dict(_opening(rows, seen, out))
    return out | dict(_run_on(rows, out, listed))


def _proven(
    rows: Sequence[Row], own: Sequence[Row], seen: Mapping[int, Label], told: Mapping[int, Told] | None, *, staged: bool
) -> dict[int, Label]:
    """Return the labels of one form, if names of that form come back in turn; ``own``: the rows that have it."""
    names = Counter(seen[row.number].name for row in own)
    known = {name for name, times in names.items() if times >= (_AGAIN_STAGED if staged else _AGAIN)}
    if len(known) < _NAMES or sum(names[name] for name in known) < (_STAGED if staged else _LEAST):
        return {}
    if not _in_turn(rows, own, seen, known, told, staged=staged):
        return {}
    above = {after.number: row.number for row, after in pairwise(rows)}
    right_above = {after.number: row.number for row, after in pairwise(rows) if row.stretch == after.stretch}
    words = {word for name in known for word in name.split()} | _AND
    places = [n for n, row in enumerate(own) if seen[row.number].name in known]
    first = places[0]
    while first and _is_whole_of(own[first - 1], own[first], seen, words):
        first -= 1
    out: dict[int, Label] = {}
    for n, row in enumerate(own[first:], first):
        one = seen[row.number]
        together = len(one.name.split()) > 1 and words.issuperset(one.name.split())  # "TOLL and ORM"
        if n > places[-1] and ((one.alone and not together) or row.stretch - own[places[-1]].stretch > APART):
            continue
        if one.alone and not one.loud and right_above.get(row.number) in out:
            continue  # it stands right below a name: what is said, though it begins where the last speaker's line ends
        far = one.alone and row.indent >= _FAR
        shown = far or (one.loud and not COUNTED.search(one.name))  # "AIR IV." is a song
        if shown or (
            (one.name in known or words.issuperset(one.name.split()) or n < places[0])
            and not (one.alone and above.get(row.number) in out)  # right below a name: what is said
        ):
            out[row.number] = one
    return out


def _in_a_row(
    rows: Sequence[Row], seen: Mapping[int, Label], known: Mapping[int, Label]
) -> Iterator[tuple[int, Label]]:
    """Yield names that open one stretch after another, marked as those are that open most of what is said elsewhere.

    In a prologue of a play all may speak but once.
    """
    forms = Counter(one.form for one in known.values() if one.loud and not one.alone)
    for form in (form for form, times in forms.items() if times >= _MANY and form[2]):
        parts = [part[0] for part in stretches(rows)]
        run: list[Row] = []
        for row in (*parts, None):
            if row is not None and row.number in seen and seen[row.number].form == form:
                run.append(row)
                continue
            if len({seen[one.number].name for one in run}) >= _NAMES:
                yield from ((one.number, seen[one.number]) for one in run)
            run = []


def _once(rows: Sequence[Row], seen: Mapping[int, Label], known: Mapping[int, Label]) -> Iterator[tuple[int, Label]]:
    """Yield the names that open a stretch and stand over more in it as those who are known to speak do.

    Who speaks but once ("Second Citizen.") has his name over his words as the others have theirs, with the same stop.
    """
    parts = [part for part in stretches(rows) if len(part) > 1 and part[0].number in seen]
    for form in {known[part[0].number].form for part in parts if part[0].number in known}:
        told = [part[0] for part in parts if seen[part[0].number].alone and seen[part[0].number].form == form]
        over = [row for row in told if row.number in known]
        if len(over) < _USUAL or 2 * len(over) < len(told):
            continue
        stopped = 2 * sum(_BARE.sub("", row.text).endswith(".") for row in over) > len(over)
        column = Counter(row.indent for row in over).most_common(1)[0][0]
        for row in told:
            near = over[0].stretch - _NEAR <= row.stretch <= over[-1].stretch + _NEAR
            if near and row.indent == column and _BARE.sub("", row.text).endswith(".") is stopped:
                yield row.number, seen[row.number]


def _opening(rows: Sequence[Row], seen: Mapping[int, Label], known: Mapping[int, Label]) -> Iterator[tuple[int, Label]]:
    """Yield who speaks first in a scene, below its number and what directs it, though he speaks nowhere else.

    His name is written as those of the others are; one alone stands over words that nobody else's name opens, another
    right above the next turn.
    """
    forms = {form for form, times in Counter(one.form for one in known.values()).items() if times >= _USUAL}
    parts = stretches(rows)
    opens = placed = False
    for part, below in zip(parts, (*parts[1:], []), strict=True):
        text = " ".join(row.text for row in part).strip()
        one = seen.get(part[0].number)
        one = one if one and one.form in forms and part[0].number not in known else None
        if len(part) == 1 and numbers_a_scene(text.strip(MARKS)):
            opens, placed = True, False
        elif opens and not placed and len(part) == 1 and not (one and one.loud):
            placed = True  # where it is
        elif not (opens and text[0] in "[(_" and text.rstrip(".")[-1] in "])_"):  # a direction
            after = part[1] if len(part) > 1 else below[0] if below else None
            if opens and one and after:
                speaks = after.number not in seen if one.alone else bool(below) and below[0].number in known
                if speaks and not numbers_a_scene(after.text.strip(MARKS)):
                    yield part[0].number, one
            opens = False


def _braced(rows: Sequence[Row], seen: Mapping[int, Label], known: Mapping[int, Label]) -> Iterator[Row]:
    """Yield the rows that a brace binds to one who is known to speak: they say it together."""
    for pair in pairwise(rows):
        bound = pair[0].stretch == pair[1].stretch and all("{" in row.text for row in pair)
        if bound and any(row.number in known for row in pair):
            yield from (row for row in pair if row.number in seen)


def _run_on(rows: Sequence[Row], known: Mapping[int, Label], listed: Listed) -> Iterator[tuple[int, Label]]:
    """Yield names in plain letters right below what is said, where turns stand without room between them."""
    spoken = [(above, row) for above, row in pairwise(rows) if row.number in known]
    names = {one.name for one in known.values() if not (one.loud or one.alone)}
    if 2 * sum(above.stretch == row.stretch for above, row in spoken) < len(spoken) or not names:
        return
    first, last = spoken[0][1], spoken[-1][1]
    for row in rows:
        within = first.number < row.number and row.stretch <= last.stretch and row.number not in known
        one = label(row.text) if within else None
        if one and not one.alone and (one.name in names or listed.names(one)):
            yield row.number, one


def _is_whole_of(row: Row, below: Row, seen: Mapping[int, Label], short: Collection[str]) -> bool:
    """Tell whether a label near those that are known is a name that they shorten: "THERON:" above "THER."."""
    begins = any(seen[row.number].name.startswith(word) for word in short if len(word) > 1)
    return seen[row.number].loud and begins and below.stretch - row.stretch <= _NEAR


def numbers_a_scene(text: str) -> bool:
    """Tell whether a line is the number of an act or a scene, or the word with another before it ("Last Scene")."""
    if len(text) > _HEAD or not _SCENE_WORD.search(text):
        return False
    return bool(NAMED.match(text) or SCENE_ALONE.fullmatch(text))


def _in_turn(
    rows: Sequence[Row],
    own: Sequence[Row],
    seen: Mapping[int, Label],
    known: Collection[str],
    told: Mapping[int, Told] | None,
    *,
    staged: bool,
) -> bool:
    """Tell whether names come back in turn with one another, with short speeches between."""
    numbers = {row.number for row in own if seen[row.number].name in known}
    heads: list[str] = []
    speech: list[int] = []
    for row in rows:
        if row.number in numbers:
            heads.append(seen[row.number].name)
            speech.append(0 if seen[row.number].alone else len(row.text))
        elif speech:
            speech[-1] += len(row.text)
            if (
                told
                and role_of(row, told) is Role.HEADING
                and not (row.number in seen and seen[row.number].form == seen[own[0].number].form)
            ):
                heads.append("")
    spoken = [name for name in heads if name]
    changes = sum(a != b for a, b in pairwise(spoken))
    back = sum(a == c != b and a != "" for a, b, c in zip(heads, heads[1:], heads[2:], strict=False))
    rarely = changes < _CHANGES * (len(spoken) - 1)
    if back < (1 if staged else _BACK) or changes < _CHANGES_AT_LEAST * (len(spoken) - 1):
        return False
    if sorted(speech[:-1])[len(speech[:-1]) // 2] > _SPEECH:
        return False
    labelled: set[int] = set()
    pending = False
    strayed = 0
    among = [row.stretch for row in own if row.number in numbers]
    first, last = among[0], among[-1]
    for part in stretches(rows):
        if not first <= part[0].stretch <= last:
            continue
        labels = [row for row in part if row.number in numbers]
        if labels:
            labelled.add(part[0].stretch)
            pending = labels[-1] is part[-1] and seen[part[-1].number].alone
        elif pending:
            labelled.add(part[0].stretch)
            pending = False
        else:
            strayed += 1
    cover = _COVER_ALL if rarely else _COVER_STAGED if staged else _COVER
    return len(labelled) >= cover * (len(labelled) + strayed)

"""The cast: by what form of label a play says who speaks, found in the whole text, and the turns that follow from it.

Printers have a dozen ways: "NORA. What?", "Nora: What?", "_Nora._ What?", the name by itself right above the speech or
a blank line away, in capitals, in italics, in the middle. Within one play there is one. A form whose names come back in
turn with one another, over or before short speeches, is that form, whatever it looks like; then each line that has it
opens a turn, and what stands between two turns is spoken or done.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise

from pipeline import parts
from pipeline.label.labeller import Told
from pipeline.label.levels import number_alone
from pipeline.label.rows import Row, rows_of
from pipeline.label.speakers import (
    BARE,
    CURTAIN,
    MARKS,
    MUSIC,
    NUMBER_OF_MUSIC,
    TOGETHER,
    WORDS,
    Label,
    Listed,
    candidates,
    label,
    of_the_list,
)
from pipeline.label.told import SETTLED, SURE, role_of, stretches
from pipeline.model import Line, Reason, Role
from pipeline.parts import END, FRONT_OR_BACK, NAMED, PERSONS

WHY = {
    "known-label": "It begins with a name as turns of this play do: who speaks.",
    "name-over-speech": "A name that stands alone over short speeches and comes back in turn with others: who speaks.",
    "spoken-below-a-name": "It stands below the name of who speaks: what is said.",
    "done-between-turns": "In brackets or italics by itself between the turns of a play: what is done.",
    "curtain": "The curtain rises or falls.",
    "end-of-an-act": "It says that an act or the play ends.",
    "sung-in-a-play": "Set in below who sings, or all in italics, its lines leave room: a song.",
    "spoken-on": "It stands between the turns of a play, and no name before it: the last speaker goes on.",
    "scene-of-a-play": "The number of an act or scene, alone on a line between the turns of a play.",
    "where-a-scene-is": "It stands in a play right below the number of a scene, unspoken: where it is, and who.",
}
"""The rules of who speaks, each with what an editor would say."""

_BY_NAME = WHY.keys() - {"spoken-on", "curtain", "end-of-an-act", "sung-in-a-play"}
_AND = frozenset({"and", "und", "et", "og", "och", "en", "y", "e", "i", "и"})
_BARE = re.compile(r",? ?_?[(\[~][^)\]]*[)\]~]_?(?=\W*$)")  # what is done the while
_NAMES = 2  # at least, that come back
_AGAIN = 3  # times that a name comes back
_LEAST = 10  # labels of one form; where persons are listed or acts and scenes have numbers
_STAGED = 4  # so many do, and
_AGAIN_STAGED = 2  # so many times
_STAGING = 2  # acts and scenes with numbers, and the list of persons
_USUAL = 6  # names over speech, which tell how others stand
_BACK = 3  # times that a name follows itself but one
_CHANGES = 0.75  # of the labels next to one another name another speaker
_SPEECH = 800  # characters, in the middle of all speeches; a section of a handbook is longer
_COVER = 0.5  # of the stretches between the first turn and the last open turns or lie below a name
_COVER_STAGED = 0.25
_APART = 8  # stretches between two turns of one scene, or
_ROWS = 60  # lines
_NEAR = 2  # stretches between turns
_BEHIND = 2  # stretches behind the last turn, of which the last is a direction
_FAR = 8  # columns; a name that begins farther to the right is set apart by it
_COUNTED = re.compile(r" [ivxlc]+$| \d+$")
_DOES = re.compile(r"[\W_]*(?:re-?)?(?:enter|exit|exeunt|manet|manent|entrent|sortent)(?:\b|_)", re.IGNORECASE)
_ENTERS = re.compile(r"\. enter_? ", re.IGNORECASE)  # "A garden. Enter"
_PIECE = re.compile(
    r"(?:an? |the )?(?:fragment|scene|page)s? (?:of|from) (?:an? |the )?(?:\w+ )?(?:play|drama|comedy|tragedy|farce)"
    r"|(?:an? )?dialogue(?: (?:for|between|in) .{2,40})?"
    r"|(?:fragment|szene|scène|escena|scena) .{2,20}(?:drama|drame|spiel|comédie|tragédie|comedia|commedia|tragedia)s?",
    re.IGNORECASE,
)
_ITALICS = re.compile(r"_[^_]+_")
_PLAIN = 0.4  # of the letters of a direction in italics are not, at most: names
_SIGHS = 6  # letters in italics and fewer are a word that is stressed, or an "Oh" before a name
_WHOLLY = re.compile(r"(?:_[^_]+_|_?\[[^\]]+\]_?|_?\([^)]+\)_?|\*[^*]+\*|\[[^\]]+)\W?")  # "[Exit." is not always closed
_CAPITAL = re.compile(r"_?[^\W\d_a-zß-öø-ÿа-яё]")
_BRACKET = re.compile(r"[(\[]")
_BRACKETED = re.compile(r"_?\[[^\]]+\]_?\.?|_?\([^)]+\)_?\.?")
_PLACE = 250  # characters of a direction over several rows
_SET_IN = 2  # columns
_HANGS = 4  # columns by which a song is set in, and no speech
_LINES = 2  # of a song, at least, where something leads up to it; or
_SONG = 3
_GAP = re.compile(r"\S {3,}\S")
_ROOM = 0.9  # of the width of the play; a row of a direction goes farther
_HEAD = 60  # characters of the heading of a scene
_ABOVE = 4  # stretches between the number of a scene and its first turn
_SCENE_WORD = re.compile(rf"\b{parts.ACT_OR_SCENE}\b", re.IGNORECASE)
_SCENE_ALONE = re.compile(rf"\W*(?:\w{{1,12}}\.? )?(?:{parts.SCENE}|{parts.ACT})\W*$", re.IGNORECASE)
_UNSTAGED = (Role.QUOTE, Role.LETTER, Role.CITATION, Role.CAPTION)
_UNSPOKEN = (Role.PARAGRAPH, *_UNSTAGED)
_MAY_SPEAK = frozenset(Role) - {Role.NOTE, Role.BOILERPLATE, Role.TABLE}


def turns(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take what the cast of a play says for turns, and what stands between them for speech, directions and scenes."""
    labels = _labels(rows, told)
    out: dict[int, Told] = {}
    width = max((row.end for row in rows), default=0)
    for first, last in _scenes(rows, labels):
        out |= _Scene(rows[first : last + 1], labels, told, width).decided()
    reason = Reason("curtain", Role.STAGE, SETTLED)
    for row in rows if labels else ():
        if row.number in told and CURTAIN.match(row.text):
            out[row.number] = Told(Role.STAGE, False, SURE, told[row.number].role, 1 - SURE, (reason,))
    return out


def is_play(lines: Sequence[Line]) -> bool:
    """Tell whether a text is a play: persons are listed or acts and scenes numbered, and who speaks shows all through.

    What looks like a source below a quotation is a name over a speech there, or a direction.
    """
    if sum(_stages(line.text.strip(MARKS)) for line in lines) < _STAGING:
        return False
    gaps = _gaps(lines)
    return bool(_labels(rows_of([(line.number, line.text, gap) for line, gap in gaps]), None))


def names_who_speaks(told: Told) -> bool:
    """Tell whether the cast decided on a line: a label, or what is said below one."""
    return any(reason.rule in _BY_NAME for reason in told.reasons)


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


def _labels(rows: Sequence[Row], told: Mapping[int, Told] | None) -> dict[int, Label]:
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
            by_form[seen[row.number].form].append(row)
    enters = any(_DOES.match(row.text) or _ENTERS.search(row.text) for row in rows)
    staged = sum(_stages(row.text.strip(MARKS)) for row in rows) + enters >= _STAGING
    out: dict[int, Label] = {}
    for form, own in by_form.items():
        if form == BARE:
            continue
        out |= _proven(rows, own, seen, told, staged=staged)
    forms = Counter(one.form[:3] for one in out.values())
    if forms["over", "small", "_"] < forms["over", "capitals", ""]:  # italics over nothing else are directions there
        out = {number: one for number, one in out.items() if one.form[:3] != ("over", "small", "_")}
    out |= dict(of_the_list(rows, listed, seen, out))
    out |= dict(_once(rows, seen, out))
    out |= {row.number: seen[row.number] for row in _braced(rows, seen, out)}
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
        if n > places[-1] and (one.alone or row.stretch - own[places[-1]].stretch > _APART):
            continue
        if one.alone and not one.loud and right_above.get(row.number) in out:
            continue  # it stands right below a name: what is said, though it begins where the last speaker's line ends
        far = one.alone and row.indent >= _FAR
        shown = far or (one.loud and not _COUNTED.search(one.name))  # "AIR IV." is a song
        if shown or (
            (one.name in known or words.issuperset(one.name.split()) or n < places[0])
            and not (one.alone and above.get(row.number) in out)  # right below a name: what is said
        ):
            out[row.number] = one
    return out


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
    return bool(NAMED.match(text) or _SCENE_ALONE.fullmatch(text))


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
    if back < (1 if staged else _BACK) or changes < _CHANGES * (len(spoken) - 1):
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
    return len(labelled) >= (_COVER_STAGED if staged else _COVER) * (len(labelled) + strayed)


def _scenes(rows: Sequence[Row], labels: Mapping[int, Label]) -> Iterator[tuple[int, int]]:
    """Return the first and the last row of each scene: turns near one another, and what the last speaker says."""
    places = [n for n, row in enumerate(rows) if row.number in labels]
    first = 0
    for n, place in enumerate(places):
        after = places[n + 1] if n + 1 < len(places) else None
        if (
            after is None
            or rows[after].stretch - rows[place].stretch > _APART
            or (after - place > _ROWS and rows[after].stretch == rows[place].stretch)
        ):
            speech = rows[place].stretch + (
                labels[rows[place].number].alone
                and (place + 1 == len(rows) or rows[place + 1].stretch != rows[place].stretch)
            )
            yield _start_of_scene(rows, places[first]), _end_of_scene(rows, place, speech)
            first = n + 1


def _start_of_scene(rows: Sequence[Row], place: int) -> int:
    """Return the first row of a scene whose first turn is at ``place``: that of its number, if it stands near."""
    first = place
    for n in range(place - 1, -1, -1):
        if rows[n].stretch < rows[first].stretch - (_ABOVE if first == place else 1):
            break  # the number of the act stands right above that of its first scene
        text = rows[n].text.strip(MARKS)
        alone = first == place or number_alone(text) or _SCENE_ALONE.fullmatch(text)
        if (numbers_a_scene(text) and alone) or NUMBER_OF_MUSIC.fullmatch(text):
            first = n
    return first


def _end_of_scene(rows: Sequence[Row], place: int, speech: int) -> int:
    """Return the last row of a scene whose last turn is at ``place``: of its speech, or of a direction close behind."""
    last = next((n for n in range(place, len(rows)) if rows[n].stretch > speech + _BEHIND), len(rows))
    end = place
    for part in stretches(rows[place:last]):
        place += len(part)
        if END.match(part[0].text.strip(MARKS)):
            return place - 1
        if part[0].stretch <= speech or directs(" ".join(row.text for row in part)):
            end = place - 1
    return end


def directs(text: str) -> bool:
    """Tell whether a text is a direction: in brackets or italics, who enters, or italics around names in capitals."""
    if _WHOLLY.fullmatch(text) or _DOES.match(text):
        return True
    if _COUNTED.search(text.casefold().partition(".")[0]):
        return False  # "AIR IV. O _Pretty Polly_"
    plain, runs = _ITALICS.subn(" ", text)
    if runs > 1 and text.startswith("_") and text.rstrip(".").endswith("_") and len(plain) < _PLAIN * len(text):
        return True  # "_The maid announces_ Mr. Orm. _He enters, bowing._"
    stressed = sum(sign.isalpha() for run in _ITALICS.findall(text) for sign in run) <= _SIGHS
    words = re.findall(r"[^\W\d_]+", plain)
    return runs > 0 and not stressed and bool(words) and len(words) <= WORDS * runs and all(map(str.isupper, words))


def _is_song(part: Sequence[Row], width: int) -> bool:
    """Tell whether rows in italics from the first to the last are lines: each begins anew, and leaves room above."""
    begin = all(_CAPITAL.match(row.text.lstrip("\"“„«'‘")) for row in part)
    room = all(above.end + 1 + row.need <= _ROOM * width for above, row in pairwise(part))
    text = " ".join(row.text for row in part)
    return len(part) > 1 and begin and room and bool(_ITALICS.fullmatch(text)) and not _DOES.match(text)


def _is_done(part: Sequence[Row], row: Row) -> bool:
    """Tell whether a line within a speech says what is done, in a bracket that never closes: "[Exit."."""
    if not row.text.startswith("["):
        return False
    text = " ".join(one.text for one in part if one.number >= row.number)
    return "]" not in text[1:].partition("[")[0]


def _closed(part: Sequence[Row]) -> int:
    """Return how many rows a direction in brackets has that opens a stretch with more rows below it; else 0."""
    if part[0].text[0] not in "[(":
        return 0
    text = ""
    for n, row in enumerate(part[:-1], 1):
        text = f"{text} {row.text}".strip()
        if _BRACKETED.fullmatch(text):
            return n
    return 0


class _Scene:
    """The lines from the first turn of a scene to the last."""

    def __init__(self, rows: Sequence[Row], labels: Mapping[int, Label], told: Mapping[int, Told], width: int) -> None:
        self.rows, self.labels, self.told, self.width = rows, labels, told, width
        self.speakers = {word for one in labels.values() for word in one.name.split() if len(word) > 1}
        own = [labels[row.number].alone for row in rows if row.number in labels]
        self.alone = 2 * sum(own) > len(own)  # names stand alone over what is said
        said = Counter(row.indent for row in rows if row.number not in labels)
        self.usual = said.most_common(1)[0][0] if said else 0
        below = [
            after.indent >= row.indent + _SET_IN
            for row, after in pairwise(rows)
            if row.number in labels and after.number not in labels and after.stretch == row.stretch
        ]
        self.set_in = 2 * sum(below) > len(below) > _LINES  # as the rest of what is said is
        self.out: dict[int, Told] = {}

    def decided(self) -> dict[int, Told]:
        waits = False  # who speaks has been named, and said nothing yet
        speaks = False  # somebody does, since the last heading
        numbered = False  # which was the number of a scene, right above,
        placed = False  # or only where it is stands between
        for part in stretches(self.rows):
            text = " ".join(row.text for row in part)
            if END.match(text.strip(MARKS)) and role_of(part[0], self.told) in _UNSPOKEN:
                self._say(part, Role.CAPTION, "end-of-an-act")
            if role_of(part[0], self.told) not in _MAY_SPEAK or END.match(text.strip(MARKS)):
                continue
            opens = part[0].number in self.labels
            if not opens and (not waits or numbers_a_scene(text.strip(MARKS))) and self._heads(part):
                waits = False
                speaks = False
                numbered = numbers_a_scene(text.strip(MARKS))
                continue
            if opens and numbered and self._is_there(part):
                self._say(part, Role.STAGE, "where-a-scene-is")
                numbered = False
                continue
            below: str | None = None
            done = 0 if opens or waits else _closed(part)
            if done and speaks and not self._enter(part[done:]):
                self._say(part[:done], Role.STAGE, "done-between-turns")
                self._say(part[done:], Role.DIALOGUE, "spoken-on", goes_on=False)
                numbered = False
                continue
            if opens:
                below = "spoken-below-a-name"
            elif (
                waits
                and not self.alone
                and len(part) > 1
                and all(role_of(row, self.told) is Role.VERSE for row in part)
            ):
                self._say(part, Role.VERSE, "sung-in-a-play", lines=True)  # the others speak behind their names
            elif waits and not MUSIC.fullmatch(text):
                self._say(part, Role.DIALOGUE, "spoken-below-a-name", goes_on=True)
                below = "spoken-below-a-name"
            elif _is_song(part, self.width) or (not waits and self._is_set_in(part)):
                self._say(part, Role.VERSE, "sung-in-a-play", lines=True)
            elif directs(text) or MUSIC.fullmatch(text):
                self._say(part, Role.STAGE, "done-between-turns")
            elif (numbered and (self._enter(part) or (not speaks and self._may_tell(part)))) or (
                placed and self._enter(part) and not _BRACKET.search(text)
            ):
                self._say(part, Role.STAGE, "where-a-scene-is")
            elif role_of(part[0], self.told) in (_UNSPOKEN if speaks else _UNSTAGED):
                self._say(part, *((Role.DIALOGUE, "spoken-on") if speaks else (Role.STAGE, "where-a-scene-is")))
            waits = waits and bool(_WHOLLY.fullmatch(text) or MUSIC.fullmatch(text))
            placed = numbered and not opens and not placed and self._is_place(part)
            numbered = False
            sung = self._sung(part)
            done_last = self._done_last(part)
            for row in part:
                one = self.labels.get(row.number)
                if row.number in sung:
                    if _WHOLLY.fullmatch(row.text):
                        self._tell(row, Role.STAGE, "done-between-turns")
                    else:
                        self._tell(row, Role.VERSE, "sung-in-a-play")
                    waits = False
                elif one:
                    self._tell(row, Role.DIALOGUE, "name-over-speech" if one.alone else "known-label")
                    waits, speaks = one.alone, True
                    below = "spoken-below-a-name"
                elif row is not part[0] and numbers_a_scene(row.text.strip(MARKS)):
                    self._tell(row, Role.HEADING, "scene-of-a-play")
                    below = None
                elif below and row is not part[0] and (row.number in done_last or _is_done(part, row)):
                    self._tell(row, Role.STAGE, "done-between-turns")
                    below = "spoken-on"
                elif below and row is not part[0]:
                    self._tell(row, Role.DIALOGUE, below, goes_on=True)
                    waits = False
        return self.out

    def _is_set_in(self, part: Sequence[Row]) -> bool:
        """Tell whether rows by themselves are lines, set in farther than what is said: a song."""
        named = any(row.first.strip(f"{MARKS},").casefold() in self.speakers for row in part)
        if len(part) < _LINES or role_of(part[0], self.told) is Role.HEADING or named:
            return False
        begin = all(_CAPITAL.match(row.text.lstrip("\"“„«'‘")) for row in part)
        room = all(above.end + 1 + row.need <= self.width for above, row in pairwise(part))
        return begin and room and min(row.indent for row in part) >= self.usual + _SET_IN

    def _done_last(self, part: Sequence[Row]) -> set[int]:
        """Return the numbers of the last rows of a speech that are directions in brackets, each on a row of its own.

        The row above leaves room for them; in prose they would stand there.
        """
        last = len(part)
        while last > 1 and _BRACKETED.fullmatch(part[last - 1].text) and part[last - 1].number not in self.labels:
            last -= 1
        above = part[last - 1]
        named = above.number in self.labels and self.labels[above.number].alone
        if last == len(part) or named or above.end + 1 + part[last].need > self.width:
            return set()
        return {row.number for row in part[last:]}

    def _enter(self, part: Sequence[Row]) -> bool:
        """Tell whether a line names somebody who speaks: who is there, or enters."""
        return len(part) == 1 and bool(self.speakers & set(re.findall(r"[^\W\d_]+", part[0].text.casefold())))

    def _is_there(self, part: Sequence[Row]) -> bool:
        """Tell whether a row names persons and nobody speaks below it before the next name: "MARCEL, then LISE."."""
        one = self.labels[part[0].number]
        named = self.speakers & {*re.findall(r"[^\W\d_]+", part[0].text.casefold())}
        after = next((row for row in self.rows if row.number > part[-1].number), None)
        several = len(named) > 1 or TOGETHER.fullmatch(one.name) is not None
        return len(part) == 1 and one.alone and several and after is not None and after.number in self.labels

    def _is_place(self, part: Sequence[Row]) -> bool:
        """Tell whether a stretch was taken for a direction."""
        return part[0].number in self.out and self.out[part[0].number].role is Role.STAGE

    def _may_tell(self, part: Sequence[Row]) -> bool:
        """Tell whether a stretch may say where a scene is: one row, or in italics; what tells more is a paragraph."""
        role = role_of(part[0], self.told)
        long = sum(len(row.text) for row in part) > _PLACE
        if len(part) > 1 and (long or part[-1].text.rstrip(".")[-1] not in "_)]"):
            return False
        return role in (*_UNSPOKEN, Role.DIALOGUE, Role.STAGE) or (role is Role.VERSE and len(part) == 1)

    def _sung(self, part: Sequence[Row]) -> set[int]:
        """Return the numbers of the last rows of a turn that are set in as no other speech is: lines of a song.

        Speeches that stand below the names, or that hang from their first word, are set in, too.
        """
        opens = [n for n, row in enumerate(part) if row.number in self.labels]
        if not opens or self.set_in or (self.labels[part[opens[-1]].number].alone and self.alone):
            return set()
        head = part[opens[-1]]
        first = next((n for n in range(opens[-1] + 1, len(part)) if part[n].indent >= head.indent + _SET_IN), len(part))
        run = part[first:]
        lines = [row for row in run if not _WHOLLY.fullmatch(row.text)]
        behind = _GAP.search(head.text)
        led = any(_WHOLLY.fullmatch(row.text) for row in run) or (first and part[first - 1].text.endswith(":"))
        few = len(lines) < (_LINES if led else _SONG)  # two lines with which a scene ends are of the speech
        if few or behind or not all(row.indent >= head.indent + _SET_IN for row in run):
            return set()
        # Speeches in verse hang from the name too, by a little, and go on with what stands behind it.
        if first and min(row.indent for row in lines) < head.indent + _HANGS and not part[first - 1].text.endswith(":"):
            return set()
        begin = all(_CAPITAL.match(row.text.lstrip("\"“„«'‘")) for row in lines)
        room = all(above.end + 1 + row.need <= self.width for above, row in pairwise(lines))
        return {row.number for row in run} if begin and room else set()

    def _heads(self, part: Sequence[Row]) -> bool:
        """Tell whether a stretch is a heading: it has been told, or is the number of an act or scene."""
        whole = " ".join(row.text for row in part)
        text = whole.strip(MARKS)
        if role_of(part[0], self.told) is Role.HEADING:
            numbered = NAMED.match(text) or number_alone(text) or FRONT_OR_BACK.match(text)
            return bool(numbered) or not directs(whole)
        if len(part) == 1 and (numbers_a_scene(text) or NUMBER_OF_MUSIC.fullmatch(text)):
            self._say(part, Role.HEADING, "scene-of-a-play")
            return True
        return False

    def _say(self, part: Sequence[Row], role: Role, why: str, *, goes_on: bool = False, lines: bool = False) -> None:
        for n, row in enumerate(part):
            self._tell(row, role, why, goes_on=goes_on or (n > 0 and not lines))

    def _tell(self, row: Row, role: Role, why: str, *, goes_on: bool = False) -> None:
        was = self.told.get(row.number)
        if was is not None:
            self.out[row.number] = Told(role, goes_on, SURE, was.role, 1 - SURE, (Reason(why, role, SETTLED),))

"""The scenes of a play: the turns that the cast says, and what between them is spoken, sung, done, or says where it is.

Where each turn begins the whole text shows (:mod:`pipeline.label.cast`); a scene is a run of turns near one another.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from pipeline.label.cast import APART, COUNTED, DOES, numbers_a_scene, speaking
from pipeline.label.headlines import number_alone
from pipeline.label.labeller import Told
from pipeline.label.rows import Row
from pipeline.label.speakers import (
    CURTAIN,
    MARKS,
    MUSIC,
    NUMBER_OF_MUSIC,
    NUMBERED_SONG,
    SCENE_ALONE,
    TOGETHER,
    WORDS,
    Label,
)
from pipeline.label.told import SETTLED, SURE, overruled, role_of, stretches
from pipeline.model import Reason, Role
from pipeline.parts import END, FRONT_OR_BACK, NAMED

WHY = {
    "known-label": "It begins with a name as turns of this play do: who speaks.",
    "name-over-speech": "A name that stands alone over short speeches and comes back in turn with others: who speaks.",
    "spoken-below-a-name": "It stands below the name of who speaks: what is said.",
    "done-between-turns": "In brackets or italics by itself between the turns of a play: what is done.",
    "done-by-name": "Between turns, it names first somebody who speaks, and says what he does: a direction.",
    "curtain": "The curtain rises or falls.",
    "end-of-an-act": "It says that an act or the play ends.",
    "sung-in-a-play": "Set in below who sings, or all in italics, its lines leave room: a song.",
    "spoken-on": "It stands between the turns of a play, and no name before it: the last speaker goes on.",
    "scene-of-a-play": "The number of an act, a scene or a song, alone on a line between the turns of a play.",
    "where-a-scene-is": "It stands in a play right below the number of a scene, unspoken: where it is, and who.",
}
"""The rules of who speaks, each with what an editor would say."""

_BY_NAME = WHY.keys() - {"spoken-on", "curtain", "end-of-an-act", "sung-in-a-play"}
LABELLED = "known-label"
_ROWS = 60  # lines between two turns of one stretch, in one scene
_BEHIND = 2  # stretches behind the last turn, of which the last is a direction
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
_FAR_IN = 8  # columns by which lines are set in, and no speech
_DOES = re.compile(
    r"(?P<who>[^\W\d_a-zß-öø-ÿ][\w’'-]{2,}(?: [^\W\d_a-zß-öø-ÿ][\w’'-]+)?)"
    r"(?:(?:, [^\W\d_a-zß-öø-ÿ][\w’'-]+)* (?:and|und|et|y|e|en|og|och) [^\W\d_a-zß-öø-ÿ][\w’'-]+)? [a-zß-öø-ÿ]{2,}"
)
_SAYS_I = re.compile(
    r"[\"“”„«»?!]|\b(?:I|[Mm]y|[Mm]e|[Yy]ou|[Yy]our|[Ww]e|[Uu]s|[Oo]ur|ich|mich|mir|mein\w*|[Dd]u|[Ww]ir|[Jj]e|[Mm]oi|[Vv]ous|[Tt]u|[Nn]ous"
    r"|[Yy]o|[Mm]i|[Uu]sted|[Ii]o|[Vv]oi|[Ii]k|[Mm]ij|[Jj]eg|[Jj]ag)\b"
)
_LINES = 2  # of a song, at least, where something leads up to it; or
_SONG = 3
_GAP = re.compile(r"\S {3,}\S")
_ROOM = 0.9  # of the width of the play; a row of a direction goes farther
_ABOVE = 4  # stretches between the number of a scene and its first turn
_UNSTAGED = (Role.QUOTE, Role.LETTER, Role.CITATION, Role.CAPTION)
_UNSPOKEN = (Role.PARAGRAPH, *_UNSTAGED)
_MAY_SPEAK = frozenset(Role) - {Role.NOTE, Role.BOILERPLATE, Role.TABLE}


def turns(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take what the cast of a play says for turns, and what stands between them for speech, directions and scenes."""
    labels = speaking(rows, told)
    out: dict[int, Told] = {}
    width = max((row.end for row in rows), default=0)
    for first, last in _scenes(rows, labels):
        out |= _Scene(rows[first : last + 1], labels, told, width).decided()
    reason = Reason("curtain", Role.STAGE, SETTLED)
    for row in rows if labels else ():
        if row.number in told and CURTAIN.match(row.text):
            out[row.number] = overruled(reason, told[row.number].role, score=SURE)
    return out


def names_who_speaks(told: Told) -> bool:
    """Tell whether the cast decided on a line: a label, or what is said below one."""
    return any(reason.rule in _BY_NAME for reason in told.reasons)


def _scenes(rows: Sequence[Row], labels: Mapping[int, Label]) -> Iterator[tuple[int, int]]:
    """Return the first and the last row of each scene: turns near one another, and what the last speaker says."""
    places = [n for n, row in enumerate(rows) if row.number in labels]
    first = 0
    for n, place in enumerate(places):
        after = places[n + 1] if n + 1 < len(places) else None
        if (
            after is None
            or rows[after].stretch - rows[place].stretch > APART
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
        alone = first == place or number_alone(text) or SCENE_ALONE.fullmatch(text)
        if (numbers_a_scene(text) and alone) or NUMBER_OF_MUSIC.fullmatch(text):
            first = n
    above = stretches(rows[max(0, first - _ROWS) : first])
    for part in above[: -_ABOVE - 1 : -1]:
        if not directs(" ".join(row.text for row in part)):
            break
        first -= len(part)  # where it is, and who is there, stands above the first word
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
    if _WHOLLY.fullmatch(text) or DOES.match(text):
        return True
    if COUNTED.search(text.casefold().partition(".")[0]):
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
    return len(part) > 1 and begin and room and bool(_ITALICS.fullmatch(text)) and not DOES.match(text)


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
        self.names = {one.name.casefold().strip(MARKS) for one in labels.values()} - {""}
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
            sings = numbers_a_scene(text.strip(MARKS)) or NUMBERED_SONG.fullmatch(text.strip(MARKS))
            if not opens and (not waits or sings) and self._heads(part):
                waits = False
                speaks = speaks and bool(NUMBERED_SONG.fullmatch(text.strip(MARKS)))  # who sings it speaks on below
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
                and (self._is_far_in(part) or all(role_of(row, self.told) is Role.VERSE for row in part))
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
            elif speaks and self._is_deed(part):
                self._say(part, Role.STAGE, "done-by-name")
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
                    self._tell(row, Role.DIALOGUE, "name-over-speech" if one.alone else LABELLED)
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

    def _is_far_in(self, part: Sequence[Row]) -> bool:
        """Tell whether rows are lines set in as far as no speech is."""
        begin = all(_CAPITAL.match(row.text.lstrip("\"“„«'‘")) for row in part)
        room = all(above.end + 1 + row.need <= self.width for above, row in pairwise(part))
        return begin and room and min(row.indent for row in part) >= self.usual + _FAR_IN

    def _is_deed(self, part: Sequence[Row]) -> bool:
        """Tell whether a stretch says what somebody does who speaks elsewhere: it names him, and addresses nobody.

        So does what stands without brackets or italics between two turns: "Orla goes to the lamp and puts it out."
        """
        text = " ".join(row.text for row in part)
        found = _DOES.match(text)
        prose = role_of(part[0], self.told) is not Role.VERSE
        if found is None or text[-1] != "." or not prose or _SAYS_I.search(text):
            return False
        who = found["who"].casefold()
        return any(who in (name, name.split()[-1], name.split()[0]) for name in self.names)

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
        numbered = numbers_a_scene(text) or NUMBER_OF_MUSIC.fullmatch(text) or NUMBERED_SONG.fullmatch(text)
        if len(part) == 1 and numbered:
            self._say(part, Role.HEADING, "scene-of-a-play")
            return True
        return False

    def _say(self, part: Sequence[Row], role: Role, why: str, *, goes_on: bool = False, lines: bool = False) -> None:
        for n, row in enumerate(part):
            self._tell(row, role, why, goes_on=goes_on or (n > 0 and not lines))

    def _tell(self, row: Row, role: Role, why: str, *, goes_on: bool = False) -> None:
        was = self.told.get(row.number)
        if was is not None:
            self.out[row.number] = overruled(Reason(why, role, SETTLED), was.role, goes_on=goes_on, score=SURE)

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
from dataclasses import dataclass
from itertools import pairwise

from pipeline import parts
from pipeline.label.labeller import Told
from pipeline.label.levels import number_alone
from pipeline.label.observe import Row, directed, label_of_turn, rows_of, written
from pipeline.label.told import SETTLED, SURE, role_of, stretches
from pipeline.model import Line, Reason, Role
from pipeline.parts import ADDRESS, END, FRONT_OR_BACK, NAMED, PERSONS

WHY = {
    "known-label": "It begins with a name as turns of this play do: who speaks.",
    "name-over-speech": "A name that stands alone over short speeches and comes back in turn with others: who speaks.",
    "spoken-below-a-name": "It stands below the name of who speaks: what is said.",
    "done-between-turns": "In brackets or italics by itself between the turns of a play: what is done.",
    "curtain": "The curtain rises or falls.",
    "spoken-on": "It stands between the turns of a play, and no name before it: the last speaker goes on.",
    "scene-of-a-play": "The number of an act or scene, alone on a line between the turns of a play.",
    "where-a-scene-is": "It stands in a play right below the number of a scene, unspoken: where it is, and who.",
}
"""The rules of who speaks, each with what an editor would say."""

CURTAIN = re.compile(
    r"^\W*(?:(?:the |der |le |el |il |o )?(?:(?:quick|slow) )?"
    r"(?:curtain|act drop|tableau|rideau|vorhang|telón|sipario|pano|doek|занавес|tæppet?|ridå)"
    r"(?: (?:falls|rises|tombe|se lève|fällt|cae|cala|desce|valt|falder|faller))?"
    r"|(?:cala|si alza) (?:la tela|il sipario)|(?:cae|baja) el telón|(?:cai|desce) o pano)\W*$",
    re.IGNORECASE,
)
"""What says that the curtain rises or falls."""

_SIGNS = ".:—–-"  # behind a name
_LONGEST = 40  # characters of a name, and
_DIRECTION = 80  # of what is done the while
_BY_NAME = WHY.keys() - {"spoken-on", "curtain"}
_MARKS = "_*=.: "  # around a name or the number of a scene
_WORDS = 4  # of a name, and
_NAMES = 2  # at least, that come back
_AGAIN = 3  # times that a name comes back
_LEAST = 10  # labels of one form; where persons are listed or acts and scenes have numbers
_STAGED = 4  # so many do, and
_AGAIN_STAGED = 2  # so many times
_STAGING = 2  # acts and scenes with numbers, and the list of persons
_BACK = 3  # times that a name follows itself but one
_CHANGES = 0.75  # of the labels next to one another name another speaker
_SPEECH = 800  # characters, in the middle of all speeches; a section of a handbook is longer
_COVER = 0.5  # of the stretches between the first turn and the last open turns or lie below a name
_COVER_STAGED = 0.25
_APART = 8  # stretches between two turns of one scene, or
_ROWS = 60  # lines
_BEHIND = 2  # stretches behind the last turn, of which the last is a direction
_FAR = 8  # columns; a name that begins farther to the right is set apart by it
_JOINING = r"(?:and|et|und|og|och|en|y|e|i|и|the|la|le|les|der|die|das|de|den|det|of|von|van|du|des|di|à)"
_SHORT = re.compile(rf"(?:{ADDRESS}|[^\W\d_]{{1,2}})\.")
_JOINS = re.compile(_JOINING)
_WORD = r"[^\W\d_][^\W\d_’'.-]*\.?(?:[’'-][^\W\d_]+)*"
_PERSON = rf"{_WORD}(?:,? (?:{_JOINING} )*{_WORD}){{0,4}}"
_ACTS = r",? ?_?[\[(][^\])]{2,90}[\])]_?"  # "(rising)": what is done the while
_OVER = re.compile(
    rf"^(?P<mark>_|\*\*|=)?(?P<name>{_PERSON}?)(?:[.:]|\.?--?|\.?—)?(?P=mark)?[.:]?"
    rf"(?:{_ACTS}[.:]?)?$"
)
_CAPITAL = re.compile(r"[_*=]{0,2}[^\W\d_a-zß-öø-ÿа-яё]")
_SHOUTED = re.compile(r"[_*=]|[^\W\d_a-zß-öø-ÿа-яё]{2}|[^\W\d_][.’']")
_COUNTED = re.compile(r" [ivxlc]+$| \d+$")
_DOES = re.compile(r"[\W_]*(?:re-?)?(?:enter|exit|exeunt|manet|manent|entrent|sortent)(?:\b|_)", re.IGNORECASE)
_ITALICS = re.compile(r"_[^_]+_")
_SIGHS = 6  # letters in italics and fewer are a word that is stressed, or an "Oh" before a name
_MARK = re.compile(r"_|\*\*|=")
_DIRECTED = re.compile(rf"{_ACTS}(?P<sign>[.:—–-]?)")
_WHOLLY = re.compile(r"(?:_[^_]+_|_?\[[^\]]+\]_?|_?\([^)]+\)_?|\*[^*]+\*|\[[^\]]+)\W?")  # "[Exit." is not always closed
_MUSIC = re.compile(
    r"(?:songs?|airs?|arias?|ariette|recitativ[eo]?|récitatif|rezitativ|arie|duett?o?|duo|terzett?o?|trio|quartett?o?"
    r"|quatuor|cavatin[ae]|cabaletta|romanza|romance|couplets|lied|finale)(?: (?:[ivx]+|\d+))?"
    r"(?:\W*|[.:—–-]* ?(?:_[^_]+_|\([^)]+\))[.:]?|[.:—–-]+ ?(?-i:[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ .,&’'-]+))",
    re.IGNORECASE,
)
_ENDED = re.compile(r"[.!?…:;)\]\"”»_*—–-]\W*$")
_HEAD = 60  # characters of the heading of a scene
_ABOVE = 4  # stretches between the number of a scene and its first turn
_SCENE_WORD = re.compile(rf"\b(?:{parts.SCENE}|{parts.ACT})\b", re.IGNORECASE)
_NUMBER_OF_MUSIC = re.compile(r"(?:no|nr|n[º°o])\.? ?\d+[.:—–-]* ?\S.{2,60}", re.IGNORECASE)
_SCENE_ALONE = re.compile(rf"\W*(?:\w{{1,12}} )?(?:{parts.SCENE}|{parts.ACT})\W*$", re.IGNORECASE)
_NOBODY = re.compile(
    r"(?:verse|chorus|refrain|strophe|antistrophe|couplet|stanza|coda|bridge|solo|tutti|ingredients?|method|directions?"
    r"|zutaten|zubereitung|préparation|remarks?|notes?|question|answer|solution|proof|theorem|lemma|example|exercise"
    r"|exemple|beispiel|january|february|march|april|may|june|july|august|september|october|november|december"
    r"|(?:sun|mon|tues|wednes|thurs|fri|satur)day|morning|evening|the end|amen)s?",
    re.IGNORECASE,
)
_ENTRY = re.compile(r"_?[^\W\d_a-zß-öø-ÿа-яё]{2}[^,(_{]*?(?= {2}|[,(_{.]|$)")
_LISTED = 5  # labels that the list of persons names
_TOGETHER = re.compile(
    r"(?:all|both|omnes|chorus|soli|tutti|coro|tous|toutes|tous deux|chœur|choeur|alle|beide|chor|todos|todas|ambos"
    r"|allen|koor|alla|kör|kor)(?: (?:the )?\w+)?"
)
_UNSTAGED = (Role.QUOTE, Role.LETTER, Role.CITATION, Role.CAPTION)
_UNSPOKEN = (Role.PARAGRAPH, *_UNSTAGED)
_MAY_SPEAK = frozenset(Role) - {Role.NOTE, Role.BOILERPLATE, Role.TABLE}


@dataclass(frozen=True, slots=True)
class _Label:
    """Who speaks, as a line may say it: ``form``, how it is written; ``alone``: nothing is said on that line."""

    form: tuple[str, ...]
    name: str
    alone: bool
    loud: bool


def turns(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take what the cast of a play says for turns, and what stands between them for speech, directions and scenes."""
    labels = _labels(rows, told)
    out: dict[int, Told] = {}
    for first, last in _scenes(rows, labels):
        out |= _Scene(rows[first : last + 1], labels, told).decided()
    reason = Reason("curtain", Role.STAGE, SETTLED)
    for row in rows if labels else ():
        if row.number in told and CURTAIN.match(row.text):
            out[row.number] = Told(Role.STAGE, False, SURE, told[row.number].role, 1 - SURE, (reason,))
    return out


def is_play(lines: Sequence[Line]) -> bool:
    """Tell whether a text is a play: persons are listed or acts and scenes numbered, and who speaks shows all through.

    What looks like a source below a quotation is a name over a speech there, or a direction.
    """
    if sum(_stages(line.text.strip(_MARKS)) for line in lines) < _STAGING:
        return False
    gaps = _gaps(lines)
    return bool(_labels(rows_of([(line.number, line.text, gap) for line, gap in gaps]), None))


def names_who_speaks(told: Told) -> bool:
    """Tell whether the cast decided on a line: a label, or what is said below one."""
    return any(reason.rule in _BY_NAME for reason in told.reasons)


def _stages(text: str) -> bool:
    """Tell whether a line is the heading of the persons of a play, or the number of an act or scene."""
    return bool(PERSONS.match(text)) or numbers_a_scene(text)


def _gaps(lines: Sequence[Line]) -> Iterator[tuple[Line, int]]:
    """Return the lines that have words, with the number of blank lines above."""
    blanks = 0
    for line in lines:
        if line.blank:
            blanks += 1
        else:
            yield line, blanks
            blanks = 0


def _labels(rows: Sequence[Row], told: Mapping[int, Told] | None) -> dict[int, _Label]:
    """Return who speaks on the lines of all forms that prove to be forms of labels, by the number of the line.

    ``told``: the roles of the lines as far as they are known.
    """
    seen = dict(_candidates(rows, told))
    by_form: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        if row.number in seen:
            by_form[seen[row.number].form].append(row)
    staged = sum(_stages(row.text.strip(_MARKS)) for row in rows) >= _STAGING
    above = {after.number: row.number for row, after in pairwise(rows)}
    out: dict[int, _Label] = {}
    for own in by_form.values():
        names = Counter(seen[row.number].name for row in own)
        known = {name for name, times in names.items() if times >= (_AGAIN_STAGED if staged else _AGAIN)}
        if len(known) < _NAMES or sum(names[name] for name in known) < (_STAGED if staged else _LEAST):
            continue
        if _in_turn(rows, own, seen, known, told, staged=staged):
            words = {word for name in known for word in name.split()}
            places = [n for n, row in enumerate(own) if seen[row.number].name in known]
            for n, row in enumerate(own[places[0] :], places[0]):
                one = seen[row.number]
                if n > places[-1] and (one.alone or row.stretch - own[places[-1]].stretch > _APART):
                    continue
                shown = row.indent >= _FAR or (one.loud and not _COUNTED.search(one.name))  # "AIR IV." is a song
                if shown or (
                    (one.name in known or words.issuperset(one.name.split()))
                    and not (one.alone and above.get(row.number) in out)  # right below a name: what is said
                ):
                    out[row.number] = one
    return out | dict(_of_the_list(rows, seen, out))


def _of_the_list(
    rows: Sequence[Row], seen: Mapping[int, _Label], known: Mapping[int, _Label]
) -> Iterator[tuple[int, _Label]]:
    """Return who else speaks, because the list of persons names him, whole or shortened, or because all do."""
    entries: list[list[str]] = []  # the words of each name

    def names(label: _Label) -> bool:
        words = label.name.split()
        return any(all(any(own.startswith(word) for own in entry) for word in words) for entry in entries)

    head = next((n for n, row in enumerate(rows) if PERSONS.match(row.text.strip(_MARKS))), len(rows))
    end = head + 1
    for row in rows[end : end + _ROWS]:
        one = seen.get(row.number)
        if one and names(one):
            break  # nobody is listed twice
        end += 1
        if entry := _ENTRY.match(row.text):
            entries.append(re.findall(r"[^\W\d_]+", entry[0].casefold()))
    found = [(row.number, one) for row in rows[end:] if (one := seen.get(row.number)) and one.loud and names(one)]
    if len({one.name for _, one in found}) < _NAMES or len(found) < _LISTED:
        return
    yield from found
    for row in rows[end:]:
        one = seen.get(row.number)
        if one and one.loud and row.number not in known and _TOGETHER.fullmatch(one.name):
            yield row.number, one


def numbers_a_scene(text: str) -> bool:
    """Tell whether a line is the number of an act or a scene, or the word with another before it ("Last Scene")."""
    if len(text) > _HEAD or not _SCENE_WORD.search(text):
        return False
    return bool(NAMED.match(text) or _SCENE_ALONE.fullmatch(text))


def _candidates(rows: Sequence[Row], told: Mapping[int, Told] | None) -> Iterator[tuple[int, _Label]]:
    above: Row | None = None
    for row in rows:
        opens = above is None or above.stretch != row.stretch
        after, above = above, row
        if told is not None and row.number not in told:
            continue
        within = not (opens or (after is not None and _ENDED.search(after.text)))
        if not (_SHOUTED if within else _CAPITAL).match(row.text):  # most rows, and soon told
            continue
        one = _label(row.text)
        if one and (one.loud or not within):
            yield row.number, one


def _label(text: str) -> _Label | None:
    """Return who may speak on a line: a name by itself, with what he does the while, or a name before what is said."""
    if cut := directed(text):
        return _named(text[:cut], "", "", alone=True)
    if len(text) <= _LONGEST + _DIRECTION and (over := _OVER.match(text)):
        one = _named(over["name"], over["mark"] or "", "", alone=True)
        if one is not None:
            return one
    if not (cut := label_of_turn(text)):
        return None
    mark = _MARK.match(text)
    behind = _DIRECTED.match(text[cut:])
    sign = behind["sign"] if behind else text[:cut].rstrip("_*= ")[-1:]
    alone = not text[cut:].strip("_ ")
    return _named(text[:cut], mark[0] if mark else "", sign if sign in _SIGNS else "", alone=alone)


def _named(name: str, mark: str, sign: str, *, alone: bool) -> _Label | None:
    """Return the label with this name; nothing where the words name nobody."""
    bare = name.strip(f"{_MARKS},{_SIGNS}")
    if not bare or len(bare) > _LONGEST or not bare[0].isupper() or number_alone(bare):
        return None
    if any(form.fullmatch(bare) for form in (_NOBODY, _MUSIC)):
        return None
    if any(form.match(bare) for form in (END, CURTAIN, NAMED, FRONT_OR_BACK, _SCENE_ALONE)):
        return None
    if any(word.endswith(".") and not _SHORT.fullmatch(word) for word in bare.split()):
        return None  # a sentence begins behind it
    words = [word for word in bare.split() if not _JOINS.fullmatch(word)]
    if len(words) > _WORDS or 2 * sum(word[0].isupper() for word in words) < len(words):
        return None
    capitals = written(" ".join(words)) == "capitals"
    loud = capitals or bool(mark)
    form = ("over" if alone else "in", "capitals" if capitals else "small", mark, "" if alone or loud else sign)
    return _Label(form, re.sub(r"[^\w ]", "", bare.casefold()), alone, loud)


def _in_turn(
    rows: Sequence[Row],
    own: Sequence[Row],
    seen: Mapping[int, _Label],
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
    first, last = own[0].stretch, own[-1].stretch
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


def _scenes(rows: Sequence[Row], labels: Mapping[int, _Label]) -> Iterator[tuple[int, int]]:
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
    for n in range(place - 1, -1, -1):
        if rows[n].stretch < rows[place].stretch - _ABOVE:
            break
        text = rows[n].text.strip(_MARKS)
        if numbers_a_scene(text) or _NUMBER_OF_MUSIC.fullmatch(text):
            return n
    return place


def _end_of_scene(rows: Sequence[Row], place: int, speech: int) -> int:
    """Return the last row of a scene whose last turn is at ``place``: of its speech, or of a direction close behind."""
    end = place
    for n in range(place, len(rows)):
        if rows[n].stretch > speech + _BEHIND:
            break
        if rows[n].stretch <= speech or _directs(rows[n].text):
            end = n
    return end


def _directs(text: str) -> bool:
    """Tell whether a text is a direction: in brackets or italics, who enters, or italics around names in capitals."""
    if _WHOLLY.fullmatch(text) or _DOES.match(text):
        return True
    if _COUNTED.search(text.casefold().partition(".")[0]):
        return False  # "AIR IV. O _Pretty Polly_"
    plain, runs = _ITALICS.subn(" ", text)
    stressed = sum(sign.isalpha() for run in _ITALICS.findall(text) for sign in run) <= _SIGHS
    words = re.findall(r"[^\W\d_]+", plain)
    return runs > 0 and not stressed and bool(words) and len(words) <= _WORDS * runs and all(map(str.isupper, words))


def _is_done(part: Sequence[Row], row: Row) -> bool:
    """Tell whether a line within a speech says what is done, in a bracket that never closes: "[Exit."."""
    if not row.text.startswith("["):
        return False
    text = " ".join(one.text for one in part if one.number >= row.number)
    return "]" not in text[1:].partition("[")[0]


class _Scene:
    """The lines from the first turn of a scene to the last."""

    def __init__(self, rows: Sequence[Row], labels: Mapping[int, _Label], told: Mapping[int, Told]) -> None:
        self.rows, self.labels, self.told = rows, labels, told
        self.speakers = {word for one in labels.values() for word in one.name.split() if len(word) > 1}
        self.out: dict[int, Told] = {}

    def decided(self) -> dict[int, Told]:
        waits = False  # who speaks has been named, and said nothing yet
        speaks = False  # somebody does, since the last heading
        numbered = False  # which was the number of a scene, right above
        for part in stretches(self.rows):
            text = " ".join(row.text for row in part)
            if role_of(part[0], self.told) not in _MAY_SPEAK or END.match(text.strip(_MARKS)):
                continue
            opens = part[0].number in self.labels
            if not opens and (not waits or numbers_a_scene(text.strip(_MARKS))) and self._heads(part):
                waits = False
                speaks = False
                numbered = numbers_a_scene(text.strip(_MARKS))
                continue
            below: str | None = None
            if opens:
                below = "spoken-below-a-name"
            elif waits:
                self._say(part, Role.DIALOGUE, "spoken-below-a-name", goes_on=True)
                below = "spoken-below-a-name"
            elif _directs(text) or _MUSIC.fullmatch(text):
                self._say(part, Role.STAGE, "done-between-turns")
            elif numbered and len(part) == 1 and self.speakers & set(re.findall(r"[^\W\d_]+", text.casefold())):
                self._say(part, Role.STAGE, "where-a-scene-is")
            elif role_of(part[0], self.told) in (_UNSPOKEN if speaks else _UNSTAGED):
                self._say(part, *((Role.DIALOGUE, "spoken-on") if speaks else (Role.STAGE, "where-a-scene-is")))
            waits = waits and bool(_WHOLLY.fullmatch(text))
            numbered = False
            for row in part:
                one = self.labels.get(row.number)
                if one:
                    self._tell(row, Role.DIALOGUE, "name-over-speech" if one.alone else "known-label")
                    waits, speaks = one.alone, True
                    below = "spoken-below-a-name"
                elif row is not part[0] and numbers_a_scene(row.text.strip(_MARKS)):
                    self._tell(row, Role.HEADING, "scene-of-a-play")
                    below = None
                elif below and row is not part[0] and _is_done(part, row):
                    self._tell(row, Role.STAGE, "done-between-turns")
                    below = "spoken-on"
                elif below and row is not part[0]:
                    self._tell(row, Role.DIALOGUE, below, goes_on=True)
                    waits = False
        return self.out

    def _heads(self, part: Sequence[Row]) -> bool:
        """Tell whether a stretch is a heading: it has been told, or is the number of an act or scene."""
        whole = " ".join(row.text for row in part)
        text = whole.strip(_MARKS)
        if role_of(part[0], self.told) is Role.HEADING:
            numbered = NAMED.match(text) or number_alone(text) or FRONT_OR_BACK.match(text)
            return bool(numbered) or not _directs(whole)
        if len(part) == 1 and (numbers_a_scene(text) or _NUMBER_OF_MUSIC.fullmatch(text)):
            self._say(part, Role.HEADING, "scene-of-a-play")
            return True
        return False

    def _say(self, part: Sequence[Row], role: Role, why: str, *, goes_on: bool = False) -> None:
        for n, row in enumerate(part):
            self._tell(row, role, why, goes_on=goes_on or n > 0)

    def _tell(self, row: Row, role: Role, why: str, *, goes_on: bool = False) -> None:
        was = self.told.get(row.number)
        if was is not None:
            self.out[row.number] = Told(role, goes_on, SURE, was.role, 1 - SURE, (Reason(why, role, SETTLED),))

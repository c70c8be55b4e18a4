"""Plays: turns, the list of persons, who enters, and prose before and behind the play."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline import parts
from pipeline.label.cast import names_who_speaks, numbers_a_scene
from pipeline.label.display import stands_in_columns
from pipeline.label.labeller import Told
from pipeline.label.levels import number_alone
from pipeline.label.observe import Row, directed, label_of_turn, written
from pipeline.label.shapes import SCENE
from pipeline.label.told import AGREED, SETTLED, SURE, role_of, stretches
from pipeline.model import Reason, Role
from pipeline.parts import ADDRESS, NAMED, PERSONS

WHY = {
    "nobody-speaks": "It has no label of who speaks, and stands below a heading or prose, or goes on for long: a tale.",
    "names-in-capitals": "A name in capitals and a colon, as in what stands right before or after it: a scene.",
    "scene-and-place": "It numbers a scene and says where it plays, right above turns of the play.",
    "persons-enter": "It stands in a play right below the number of a scene: where that is, and who enters.",
    "verse-of-a-play": "Its lines begin with capitals and leave room, as the speeches of this play do: a prologue.",
    "list-of-persons": "It stands below the heading of those who appear in the play: each line is one of them.",
}
"""The rules of plays, each with what an editor would say."""

PLAY = 20
"""Turns; a text with so many is a play, or has one in it."""

SCENE_TURNS = 6
"""Turns; with so many, what says that the curtain falls is of a play."""

_AGAIN = 3  # turns with one label; it is a speaker's then
_TALE = 6  # paragraphs without a label in a row, and
_LONG = 2500  # characters of them: no speech is as long without a word of direction
_LONGEST = 400  # characters
_PAIRS = 6  # lines of speech below lines of speech, and
_IN_VERSE = 0.9  # of them begin with capitals: a play in verse
_MOSTLY = 0.5  # share of the names in a line that are speakers'
_SENTENCES = re.compile(r"[^\W\d_]{3}[.!?] [^\W\d_a-zß-öø-ÿа-я].*[.!?]$")  # say where it plays
_SET = re.compile(
    r"[\W_]*(?:\w+ )?(?:scene|scène|escena|scena|cena|szene|schauplatz|(?:ort|zeit)(?: der handlung)?|to?oneel"
    r"|handlingen|place|time|action|handlung|azione|acción)\b"
    r"(?=:| (?:is|est|es|è|é|ist|spielt|passes?|se pass|si svolge|pass|foregaar|speelt|takes))",
    re.IGNORECASE,
)  # where and when the play is set
_TITLE = re.compile(rf"\b({ADDRESS})\.")
_SAME = re.compile(
    r"^\W*(?:the same|les (?:mêmes|précédents)|die vorigen|de forrige|de vorigen"
    r"|(?:los )?(?:mismos|dich[oa]s)|detti|те же)\W*$"
)
_BETWEEN = re.compile(r"[,;:.]|\b(?:and|und|et|y|e|en|og|och|и|to them)\b")
_NAME = re.compile(r"[^\W\d_]+")
_LOUD_LABEL = re.compile(r"(?:\[[^\]]+\] )?[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ .’'-]{2,30}(?: \(_?[^)]{2,160}\))?:(?: |$)")
_ROUNDS = 3  # times
_NEAR = 4  # stretches between two turns of a scene
_PLACE = 160  # characters of a scene and its place
_SCENE_ALONE = re.compile(rf"\W*{parts.SCENE}\W*", re.IGNORECASE)
_MAY_BE_TURNS = (Role.PARAGRAPH, Role.QUOTE, Role.LETTER, Role.CAPTION)


def scenes(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take a scene inside a tale for turns: names in capitals with a colon, one soon after the other."""
    parts = stretches(rows)
    texts = [" ".join(row.text for row in part) for part in parts]
    loud = [n for n, text in enumerate(texts) if _LOUD_LABEL.match(text) and not NAMED.match(text)]
    if in_rounds([row.text.partition(":")[0] for row in rows if _LOUD_LABEL.match(row.text)]):
        return {}
    groups: list[list[int]] = []
    for n in loud:
        if groups and n - groups[-1][-1] <= _NEAR:
            groups[-1].append(n)
        else:
            groups.append([n])
    shown = {n for group in groups if len(group) >= _AGAIN for n in group}
    reason = Reason("names-in-capitals", Role.DIALOGUE, SETTLED)
    out: dict[int, Told] = {}
    for n, part in enumerate(parts):
        opens = [bool(_LOUD_LABEL.match(row.text)) for row in part]
        together = opens[0] and sum(opens) >= _AGAIN  # turn below turn, with no room between
        if not (together or n in shown):
            continue
        for at, row in enumerate(part):
            if role_of(row, told) in (*_MAY_BE_TURNS, Role.HEADING, Role.VERSE, Role.DIALOGUE, Role.ITEM):
                goes_on = not opens[at] if together else at > 0
                out[row.number] = Told(Role.DIALOGUE, goes_on, AGREED, told[row.number].role, 1 - AGREED, (reason,))
    return out


def places(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take what numbers a scene and says where it plays for a heading, right above the turns of a play."""
    parts = stretches(rows)
    if sum(role_of(part[0], told) is Role.DIALOGUE for part in parts) < SCENE_TURNS:
        return {}
    out: dict[int, Told] = {}
    reason = Reason("scene-and-place", Role.HEADING, SETTLED)
    for part, below in pairwise(parts):
        text = " ".join(row.text for row in part)
        numbered = SCENE.match(text) and NAMED.match(text.strip("_*= "))
        plays = role_of(below[0], told) in (Role.DIALOGUE, Role.STAGE)
        if numbered and plays and len(text) <= _PLACE and role_of(part[0], told) in (*_MAY_BE_TURNS, Role.VERSE):
            for n, row in enumerate(part):
                out[row.number] = Told(Role.HEADING, n > 0, AGREED, told[row.number].role, 1 - AGREED, (reason,))
    return out


def prologues(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take paragraphs for verse whose lines are as those of the speeches, where a play is in verse."""
    parts = stretches(rows)
    spoken = [
        (above, row)
        for part in parts
        for above, row in pairwise(part)
        if role_of(above, told) is role_of(row, told) is Role.DIALOGUE and told[row.number].goes_on
    ]
    if len(spoken) < _PAIRS or sum(_in_capital(row.text) for _, row in spoken) < _IN_VERSE * len(spoken):
        return {}
    widest = max(row.end for pair in spoken for row in pair)
    out: dict[int, Told] = {}
    reason = Reason("verse-of-a-play", Role.VERSE, SETTLED)
    for part in parts:
        lines = all(_in_capital(row.text) for row in part)
        room = all(above.end + 1 + row.need <= widest for above, row in pairwise(part))
        if len(part) > 1 and lines and room and all(role_of(row, told) is Role.PARAGRAPH for row in part):
            for row in part:
                out[row.number] = Told(Role.VERSE, False, AGREED, Role.PARAGRAPH, 1 - AGREED, (reason,))
    return out


def _in_capital(text: str) -> bool:
    return next((sign for sign in text if sign.isalpha()), "a").isupper()


def in_rounds(names: Sequence[str]) -> bool:
    """Tell whether three names and more come in the same order again and again: fields of a form, and nobody speaks."""
    size = len(set(names))
    return len(names) >= _ROUNDS * size > _ROUNDS * 2 and all(a == b for a, b in zip(names, names[size:], strict=False))


def tales(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take speech for paragraphs that nobody speaks.

    It begins without a label below a heading or a paragraph, or goes on for long without one: a preface, a tale, an
    afterword.
    """
    labels = _labels(rows, told)
    out: dict[int, Told] = {}
    run: list[Row] = []
    paragraphs = 0
    reason = Reason("nobody-speaks", Role.PARAGRAPH, SETTLED)

    def nobody(part: Sequence[Row]) -> None:
        for row in part:
            one = told[row.number]
            goes_on = one.goes_on and not row.gap
            out[row.number] = replace(one, role=Role.PARAGRAPH, goes_on=goes_on, rival=one.role, reasons=(reason,))

    above: Role | None = None
    for part in [*stretches(rows), []]:
        speech = bool(part) and all(
            role_of(row, told) is Role.DIALOGUE and not names_who_speaks(told[row.number]) for row in part
        )
        label = _label(part) if part else ""
        if speech and above in (Role.HEADING, Role.PARAGRAPH) and not label:
            nobody(part)
            above = Role.PARAGRAPH
            continue
        if speech and labels[label] < _AGAIN:
            run += part
            paragraphs += 1
        else:
            if paragraphs >= _TALE and sum(len(row.text) for row in run) >= _LONG:
                nobody(run)
            run, paragraphs = [], 0
        if part and role_of(part[-1], told) not in (Role.LETTER, Role.QUOTE):  # what somebody reads out, or not
            above = role_of(part[-1], told)
    return out


def _labels(rows: Sequence[Row], told: Mapping[int, Told]) -> Counter[str]:
    """Count the labels with which turns begin."""
    found = (_label(part) for part in stretches(rows) if role_of(part[0], told) is Role.DIALOGUE)
    return Counter(label for label in found if label)


def _label(part: Sequence[Row]) -> str:
    """Return the label with which a stretch begins as a turn does ("NORA."), or nothing."""
    return part[0].text[: directed(part[0].text) or label_of_turn(part[0].text)]


def _speakers(rows: Sequence[Row], told: Mapping[int, Told]) -> set[str]:
    """Return the names with which turns begin, in small letters; none where there are no two."""
    spoken = [row.text for row in rows if role_of(row, told) is Role.DIALOGUE]
    labels = {text[:cut] for text in spoken if (cut := label_of_turn(text))}
    names = {name for label in labels if len(name := " ".join(_NAME.findall(label.casefold()))) > 1}
    return names if len(names) > 1 else set()


def persons(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take the lines below the heading "Persons" of a play for a list: an item a line, and one set in goes on."""
    out: dict[int, Told] = {}
    speakers = _speakers(rows, told)
    if not any(PERSONS.match(row.text.strip("_*=. ")) for row in rows) or not speakers:
        return out
    listed = False
    entries: list[str] = []
    reason = Reason("list-of-persons", Role.ITEM, SETTLED)
    for part in stretches(rows):
        if PERSONS.match(part[0].text.strip("_*=.: ")):
            listed = True
            if role_of(part[0], told) is Role.PARAGRAPH:
                out[part[0].number] = Told(Role.HEADING, False, SURE, Role.PARAGRAPH, 1 - SURE, (reason,))
            for row in part[1:]:  # the list begins right below its title
                out[row.number] = Told(Role.ITEM, False, SURE, None, 0.0, (reason,))
            continue
        text = " ".join(row.text for row in part)
        role = role_of(part[0], told)
        prose = len(part) > 1 and role is Role.PARAGRAPH and text[-1] in ".!?" and len(text) > _LONGEST
        named = any(name in text.casefold() for name in speakers) and not NAMED.match(text)
        named = named and (len(part) == 1 or len(text) < _LONGEST)
        apart = bool(part[0].gap) and text[-1] == "." and not any(entry.endswith(".") for entry in entries)
        over = not named and len(entries) > 1 and (apart or _SENTENCES.search(text) is not None)
        place = over or _SET.match(text) is not None
        who = _label(part).strip("_.: ").casefold()
        speaks = bool(who) and any(entry.startswith(who) for entry in entries)  # nobody is listed twice
        among = text.startswith("_") and text.endswith("_") and bool(entries)  # "_Lords, Ladies, and Attendants._"
        heads = (role is Role.HEADING and not named and not among) or SCENE.match(text) or numbers_a_scene(text)
        if not listed or prose or place or speaks or heads:
            listed = False
            continue
        entries += [row.text.strip("_ ").casefold() for row in part]
        table = role is Role.TABLE or stands_in_columns(part)  # who plays them, or their voices, beside the persons
        for row in part:
            if table and row.number in told:
                out[row.number] = Told(Role.TABLE, False, SURE, told[row.number].role, 1 - SURE, (reason,))
                continue
            goes_on = row is not part[0] and row.indent >= part[0].indent + 2
            if row.number in told and told[row.number].role is not Role.NOTE:
                out[row.number] = Told(Role.ITEM, goes_on, SURE, told[row.number].role, 1 - SURE, (reason,))
    return out


def entrances(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take what stands in a play right below the number of a scene for a direction: where it is, who enters."""
    speakers = _speakers(rows, told)
    out: dict[int, Told] = {}
    if not speakers:
        return out
    scene = False
    reason = Reason("persons-enter", Role.STAGE, SETTLED)
    for row in rows:
        role = role_of(row, told)
        heads = role is Role.HEADING
        unnumbered = bool(_SCENE_ALONE.fullmatch(row.text))  # "Scene", and below it where it is
        if heads and not NAMED.match(row.text):
            enter = unnumbered or (scene and (_are_persons(row.text, speakers) or written(row.text) != "capitals"))
        else:  # one alone is who speaks
            named = scene and role in (Role.DIALOGUE, *_MAY_BE_TURNS) and written(row.text) in ("title", "capitals")
            enter = named and _are_persons(row.text, speakers, others=False)
        if enter:
            out[row.number] = replace(told[row.number], role=Role.STAGE, goes_on=False, reasons=(reason,))
        scene = heads and (number_alone(row.text) or row.number in out)
    return out


def _are_persons(text: str, speakers: Collection[str], *, others: bool = True) -> bool:
    """Tell whether a line has nothing but names of those who speak, whole or as their labels shorten them.

    ``others``: names of some that never speak may be among them, or it may be a single name.
    """
    whole = _TITLE.sub(r"\1", text.casefold())
    named = [part for part in _BETWEEN.split(whole) if _NAME.search(part)]

    def speaks(part: str) -> bool:
        words = _NAME.findall(part)
        named = any(all(any(word.startswith(short) for word in words) for short in who.split()) for who in speakers)
        return named or _SAME.match(part) is not None

    spoken = sum(map(speaks, named))
    return spoken >= _MOSTLY * len(named) > 0 if others else spoken == len(named) > 1

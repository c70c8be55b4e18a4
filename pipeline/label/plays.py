"""Plays: turns, the list of persons, who enters, and prose before and behind the play."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline import parts
from pipeline.label.cast import numbers_a_scene
from pipeline.label.display import stands_in_columns
from pipeline.label.headlines import number_alone
from pipeline.label.labeller import Told
from pipeline.label.layout import begins_with_capital
from pipeline.label.looks import written
from pipeline.label.openers import directed, label_of_turn
from pipeline.label.rows import Row
from pipeline.label.scenes import directs, names_who_speaks
from pipeline.label.shapes import SCENE
from pipeline.label.speakers import MARKS, NUMBERED_SONG, SET
from pipeline.label.told import SETTLED, SURE, overruled, role_of, stretches
from pipeline.model import Reason, Role
from pipeline.parts import HONORIFIC, NAMED, PERSONS, PERSONS_NAMED

WHY = {
    "nobody-speaks": "It has no label of who speaks, and stands below a heading or prose, or goes on for long: a tale.",
    "scene-and-place": "It numbers a scene and says where it plays, right above turns of the play.",
    "where-a-play-is-set": "It says where the play is set, or stands where that is said: above a scene, or its turns.",
    "persons-enter": "It stands in a play right below the number of a scene: where that is, and who enters.",
    "verse-of-a-play": "Its lines begin with capitals and leave room, as the speeches of this play do: a prologue.",
    "before-or-behind-a-play": "A prologue or an epilogue by its name, and below it by whom it is spoken: its heading.",
    "who-sings": "A song, a chorus, a duet by its name, over verse of a play: who sings.",
    "stanza-of-a-song": "It stands below the title of a song in a play, set in, and each line begins with a capital.",
    "on-the-playbill": "In front of a play, below the name of a theatre: who managed it, and when the play was given.",
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
_TITLES = 2  # words beside a name: "Captain", "the old"
_MOSTLY = 0.5  # share of the names in a line that are speakers'
_SENTENCES = re.compile(r"[^\W\d_]{3}[.!?] [^\W\d_a-zß-öø-ÿа-я].*[.!?]$")  # say where it plays
_GROUP = re.compile(
    r"(?:the )?(?:m[ea]n|wom[ea]n|children|ladies|gentlemen|mortals|immortals|gods|spirits|fairies|chorus"
    r"|hommes|femmes|enfants|männer|frauen|kinder|hombres|mujeres|uomini|donne|homens|mulheres|mænd|kvinder|män|kvinnor"
    r"|mannen|vrouwen)",
    re.IGNORECASE,
)
"""Whom a list of persons puts together, above their names."""
_OTHERS = re.compile(
    r"[\W_]*(?:[^\W\d_a-zß-öø-ÿ][\w’'-]*(?: [\w’'-]+){0,3}, (?:(?:and|und|et|y|e|og|och|en) )?"
    r"(?:(?:an?|the|eine?|une?|una|ett|een) )?){1,12}"
    r"(?:[^\W\d_a-zß-öø-ÿ][\w’'-]*(?: [\w’'-]+){0,3}|etc|&c)\.?[\W_]*"
)
"""Who else is there, in one row below the list: "Sailors, Keepers, and a Ferryman"."""
_TITLE = re.compile(rf"\b({HONORIFIC})\.")
_ACTS = re.compile(r" ?[(\[][^)\]]{2,90}[)\]](?=\W*$)")
_SAME = re.compile(
    r"^\W*(?:the same|les (?:mêmes|précédents)|die vorigen|de forrige|de vorigen"
    r"|(?:los )?(?:mismos|dich[oa]s)|detti|те же)\W*$"
)
_THERE = re.compile(
    r"\W*(?:the same|la même chose|même décor|l[ae] mism[ao]|la stessa|dasselbe|ebenda|de samme|hetzelfde)\b"
    r"(?=[.,:;]|\W*$)",
    re.IGNORECASE,
)  # where the last scene was
_SPOKEN_BY = re.compile(
    r"[\W_]*(?:spoken|written|sung|read|gesprochen|gesungen|dit|prononcé|récité|recitad[oa]|detto|recitato|uitgesproken)\b"
    r".{0,70}",
    re.IGNORECASE,
)
_WRITTEN_BY = re.compile(
    r"[\W_]*(?:(?:written|composed|gedichtet|verfa(?:ß|ss)t|composé|écrit|escrito|scritto|skrevet|geschreven) )?"
    r"(?:by|von|par|por|da|di|av|af|door) (?-i:[A-ZÀ-ÖØ-Þ]).{2,60}",
    re.IGNORECASE,
)
"""Who wrote a prologue, below its name."""
_AROUND_A_PLAY = re.compile(r"(?:the )?(?:pro|epi|épi|pró|prò|epí)log(?:ue|o|us|en)?|(?:an )?induction", re.IGNORECASE)
_SUNG = re.compile(
    r"(?:OPENING |CLOSING |GRAND |FULL |LAST )?(?:CHORUS|SONG|DUET|TRIO|QUARTETT?E?|QUINTETT?E?|SEXTETT?E?"
    r"|RECIT(?:ATIVE)?|SOLO|ENSEMBLE|FINALE|BALLAD|GLEE|CATCH|ARIA|BARCAROLLE|SERENADE|CHOR|LIED|DUETT|TERZETT|ROMANZE"
    r"|CHŒUR|CHANSON|COUPLETS|DUO|CORO|CANCIÓN|DÚO|CANZONE|DUETTO|KOR|SANG|VISE|KOOR|LIEDJE)\b"
    r"(?!\W*(?:[IVXLC]+|\d+)\b)"
)
_SET_BY = re.compile(
    r"(?:set|music|words|the words|air|sung|composed|written|tune|musik|weise|musique|paroles|air)\b.{0,60}",
    re.IGNORECASE,
)
"""What stands below the title of a song: who set it, or to what tune."""
_BEGINS_LINE = re.compile(r"[\W_]*[^\W\d_a-zß-öø-ÿ].{0,60}$")
_WORD = re.compile(r"[^\W\d_]+")
_WITH = frozenset(("of", "and", "with", "und", "et", "y", "e", "og", "och", "en"))
_BETWEEN = re.compile(r"[,;:.]|\b(?:and|und|et|y|e|en|og|och|и|to them)\b")
_NAME = re.compile(r"[^\W\d_]+")
_BILLED = 3  # rows of what a playbill says of the house or the day
_PLACES = 2  # headings without numbers below which it is said so
_PLACE = 160  # characters of a scene and its place
_ELSE = (Role.HEADING, Role.LETTER, Role.VERSE)  # may stand between the numbers of act and scene, too: a title
_BRACKETED = re.compile(r"_?\([^)]+\)_?|_?\[[^\]]+\]_?")
_YEAR = re.compile(r"\b\d{4}\b")
_THEATRE = re.compile(
    r"\b(?:theat(?:re|er)s?|théâtre|teatro|teatr|teater|schauspielhaus|opera[- ]house|opernhaus|schouwburg|playhouse"
    r"|teatteri|театръ?)\b",
    re.IGNORECASE,
)
_ACTED = re.compile(r"\S(?: {4,}|\.{6,} *)\S")
_SCENE_ALONE = re.compile(rf"\W*{parts.SCENE}\W*", re.IGNORECASE)
_MAY_BE_TURNS = (Role.PARAGRAPH, Role.QUOTE, Role.LETTER, Role.CAPTION)


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
                out[row.number] = overruled(reason, told[row.number].role, goes_on=n > 0)
    return out


def settings(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take for a direction what says where a play is set.

    It says so, or stands between the number of an act and of a scene, or between that of a part and the first turn.
    """
    parts = stretches(rows)
    turns = [n for n, part in enumerate(parts) for row in part if _speaks(row, told)]
    if len(turns) < SCENE_TURNS:
        return {}
    out: dict[int, Told] = {}
    reason = Reason("where-a-play-is-set", Role.STAGE, SETTLED)
    heads = [numbers_a_scene(part[0].text.strip(MARKS)) and len(part) == 1 for part in parts]
    acted = 2 * len(set(turns)) >= len(parts)  # mostly turns: what else opens a part of it says where that is
    led = {n for n in range(1, len(parts)) if _leads_to_speech(parts[n - 1 : n + 3], told)}
    listed = False
    for n, part in enumerate(parts):
        text = " ".join(row.text for row in part)
        above = n > 0 and (heads[n - 1] or parts[n - 1][-1].number in out or _is_listed(parts[n - 1][-1], told))
        below = n + 1 < len(parts) and heads[n + 1]
        listed = listed or _is_listed(part[0], told)
        says = SET.match(text) or PERSONS_NAMED.match(text) or (listed and n < turns[0] and directs(text))
        headed = n > 0 and role_of(parts[n - 1][-1], told) in (Role.HEADING, Role.TITLE)
        says = says or (headed and _THERE.match(text)) or False
        front = n < turns[0] or above or (headed and bool(says))
        plain = not heads[n] and not _is_listed(part[0], told) and role_of(part[0], told) not in _ELSE
        between = above and below and plain
        numbered = n > 0 and (NAMED.match(parts[n - 1][-1].text) or _SCENE_ALONE.fullmatch(parts[n - 1][-1].text))
        opens = acted and plain and n in led and (numbered or len(led) >= _PLACES)
        says_so = says and front and not heads[n] and not _is_listed(part[0], told)
        if not (says_so or between or opens) or len(text) > _LONGEST:
            continue
        for at, row in enumerate(part):
            if (role := role_of(row, told)) in (*_MAY_BE_TURNS, Role.HEADING, Role.DIALOGUE, Role.VERSE, Role.ITEM):
                out[row.number] = overruled(reason, role, goes_on=at > 0, score=SURE)
    return out


def _leads_to_speech(parts: Sequence[Sequence[Row]], told: Mapping[int, Told]) -> bool:
    """Tell whether the second of these stretches stands between a heading and a turn, or a direction above one."""
    over, part, *after = parts
    speech = bool(after) and (_speaks(after[0][0], told) or (_directs(after[0]) and _speaks(after[-1][0], told)))
    known = part[0].number in told and not names_who_speaks(told[part[0].number]) and not _speaks(part[0], told)
    return role_of(over[-1], told) is Role.HEADING and speech and known


def _directs(part: Sequence[Row]) -> bool:
    return directs(" ".join(row.text for row in part))


def _is_listed(row: Row, told: Mapping[int, Told]) -> bool:
    return row.number in told and any(reason.rule == "list-of-persons" for reason in told[row.number].reasons)


def _speaks(row: Row, told: Mapping[int, Told]) -> bool:
    """Tell whether a line begins a turn with who speaks."""
    spoken = role_of(row, told) is Role.DIALOGUE and not told[row.number].goes_on
    return spoken and (names_who_speaks(told[row.number]) or bool(_label([row])))


def prologues(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take paragraphs for verse whose lines are as those of the speeches, where a play is in verse."""
    parts = stretches(rows)
    spoken = [
        (above, row)
        for part in parts
        for above, row in pairwise(part)
        if role_of(above, told) is role_of(row, told) is Role.DIALOGUE and told[row.number].goes_on
    ]
    if len(spoken) < _PAIRS or sum(begins_with_capital(row.text) for _, row in spoken) < _IN_VERSE * len(spoken):
        return {}
    widest = max(row.end for pair in spoken for row in pair)
    out: dict[int, Told] = {}
    reason = Reason("verse-of-a-play", Role.VERSE, SETTLED)
    for part in parts:
        lines = all(begins_with_capital(row.text) for row in part)
        room = all(above.end + 1 + row.need <= widest for above, row in pairwise(part))
        if len(part) > 1 and lines and room and all(role_of(row, told) is Role.PARAGRAPH for row in part):
            for row in part:
                out[row.number] = overruled(reason, Role.PARAGRAPH)
    return out


def introduced(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take the names of a prologue and an epilogue for headings, where it stands below by whom they are spoken."""
    out: dict[int, Told] = {}
    parts = stretches(rows)
    for n, part in enumerate(parts):
        named = len(part) == 1 and _AROUND_A_PLAY.fullmatch(part[0].text.strip("_*= .,:"))
        if not named or part[0].number not in told:
            continue
        found = [(part[0], Role.HEADING)]
        for below in parts[n + 1 : n + 3]:
            row = below[0]
            spoken, written_by = _SPOKEN_BY.fullmatch(row.text), _WRITTEN_BY.fullmatch(row.text)
            if len(below) > 1 or row.gap > 2 or row.number not in told or not (spoken or written_by):
                break
            found.append((row, Role.PARAGRAPH if written_by else Role.STAGE))
        if len(found) > 1:
            for row, now in found:
                out[row.number] = overruled(Reason("before-or-behind-a-play", now, SETTLED), told[row.number].role)
    return out


def sung(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take the name of a song, with who sings it, over the verse of a play for a direction, and for no heading."""
    if sum(one.role is Role.DIALOGUE and not one.goes_on for one in told.values()) < SCENE_TURNS:
        return {}
    reason = Reason("who-sings", Role.STAGE, SETTLED)
    parts = stretches(rows)
    out: dict[int, Told] = {}
    for n, (part, below) in enumerate(pairwise(parts)):
        if part[0].number not in told or not _names_singers(part[0].text.strip("_*= .:")):
            continue
        if len(part) == 1 and role_of(below[0], told) in (Role.VERSE, Role.DIALOGUE):
            out[part[0].number] = overruled(reason, told[part[0].number].role)
        if all(_SET_BY.match(row.text.strip("_ ")) for row in part[1:]):
            out |= _stanzas(part, parts[n + 1 :], told)
    return out


def _stanzas(title: Sequence[Row], below: Sequence[Sequence[Row]], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take the stanzas of a song for verse, and its title for a direction, where they stand below it, set in.

    Their numbers stand over them, by themselves; what is not set in is said again.
    """
    song: dict[int, Role] = {}
    stanzas = 0
    for part in below:
        if len(part) == 1 and number_alone(part[0].text.strip()) and part[0].indent:
            song[part[0].number] = Role.STAGE
        elif len(part) > 1 and all(row.indent and _BEGINS_LINE.match(row.text.strip()) for row in part):
            song |= {row.number: Role.VERSE for row in part}
            stanzas += 1
        else:
            break
    if not stanzas:
        return {}
    song = {row.number: Role.STAGE for row in title} | song
    while song[max(song)] is Role.STAGE:
        del song[max(song)]  # a number over what is no stanza
    return {
        number: overruled(Reason("stanza-of-a-song", now, SETTLED), told[number].role)
        for number, now in song.items()
        if number in told
    }


def _names_singers(text: str) -> bool:
    """Tell whether a line names a song, and behind it nothing but who sings, in capitals."""
    song = _SUNG.match(text)
    return song is not None and all(
        word.isupper() or word.casefold() in _WITH for word in _WORD.findall(text, song.end())
    )


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


def playbills(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take for lines what stands in front of the first act below the name of a theatre, up to who played whom.

    A playbill is one page: what it says of managers, places and days heads nothing.
    """
    parts = stretches(rows)
    if sum(role_of(part[0], told) is Role.DIALOGUE for part in parts) < SCENE_TURNS:
        return {}
    out: dict[int, Told] = {}
    reason = Reason("on-the-playbill", Role.LETTER, SETTLED)
    billed = False
    for part in parts:
        text, role = " ".join(row.text for row in part), role_of(part[0], told)
        named = NAMED.match(text.strip(MARKS)) or numbers_a_scene(text)
        if role is Role.HEADING and named:
            return out  # the play begins
        if role is Role.HEADING and _THEATRE.search(text) and not billed:
            billed = True
        elif len(part) > _BILLED or len(text) > _PLACE or PERSONS.match(text.strip(MARKS)) or role is Role.ITEM:
            billed = False
        elif billed and role in (Role.HEADING, Role.PARAGRAPH, Role.LETTER):
            for row in part:
                out[row.number] = overruled(reason, told[row.number].role)
    return {}


def persons(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take the lines below the heading "Persons" of a play for a list: an item a line, and one set in goes on."""
    out: dict[int, Told] = {}
    speakers = _speakers(rows, told)
    if not any(PERSONS.match(row.text.strip(MARKS)) for row in rows) or not speakers:
        return out
    listed = False
    entries: list[str] = []
    inner = 0
    reason = Reason("list-of-persons", Role.ITEM, SETTLED)
    title, cast = replace(reason, role=Role.HEADING), replace(reason, role=Role.TABLE)
    for part in stretches(rows):
        if PERSONS.match(part[0].text.strip(MARKS)):
            listed = True
            if (role := role_of(part[0], told)) in (*_MAY_BE_TURNS, Role.VERSE, Role.DIALOGUE, Role.STAGE, Role.TABLE):
                out[part[0].number] = overruled(title, role, score=SURE)
            for row in part[1:]:  # the list begins right below its title
                out[row.number] = overruled(reason, None, score=SURE)
            continue
        if not listed:
            continue
        text = " ".join(row.text for row in part)
        role = role_of(part[0], told)
        prose = len(part) > 1 and role is Role.PARAGRAPH and text[-1] in ".!?" and len(text) > _LONGEST
        said = text.casefold()
        named = any(name in said for name in speakers) and not NAMED.match(text)
        named = named and (len(part) == 1 or len(text) < _LONGEST)
        apart = bool(part[0].gap) and text[-1] == "." and not any(entry.endswith(".") for entry in entries)
        others = bool(entries) and len(part) == 1 and "," in text and _OTHERS.fullmatch(text) and not NAMED.match(text)
        over = not named and not others and len(entries) > 1 and (apart or _SENTENCES.search(text) is not None)
        place = over or SET.match(text) is not None or _YEAR.search(text) is not None
        who = _label(part).strip("_.: ").casefold()
        speaks = bool(who) and any(entry.startswith(who) for entry in entries)  # nobody is listed twice
        among = text.startswith("_") and text.endswith("_") and bool(entries)  # "_Lords, Ladies, and Attendants._"
        alike = len(entries) > _AGAIN and part[0].gap == inner and len(part) == 1 and written(text) == "capitals"
        among = among or (alike and not number_alone(text) and not NAMED.match(text))  # "A COOK" below the others
        grouped = len(part) == 1 and _GROUP.fullmatch(text.strip(MARKS)) is not None  # "MEN." over their names
        among = among or grouped or bool(others)
        heads = (role is Role.HEADING and not named and not among) or SCENE.match(text) or numbers_a_scene(text)
        spoken = part[0].number in told and names_who_speaks(told[part[0].number]) and role is Role.DIALOGUE
        begins = bool(entries) and part[0].gap > max(inner, 1) and (spoken or _BRACKETED.fullmatch(text) is not None)
        if prose or place or speaks or heads or begins:
            listed = False
            continue
        if grouped:
            continue
        inner = part[0].gap if entries else 0  # within the list; farther below it the play begins
        entries += [row.text.strip("_ ").casefold() for row in part]
        acted = len(part) > 1 and all(_ACTED.search(row.text) for row in part)
        table = role is Role.TABLE or acted or stands_in_columns(part)  # who plays them, or their voices, beside them
        for row in part:
            if table and row.number in told:
                out[row.number] = overruled(cast, told[row.number].role, score=SURE)
                continue
            goes_on = row is not part[0] and row.indent >= part[0].indent + 2
            if row.number in told and told[row.number].role is not Role.NOTE:
                out[row.number] = overruled(reason, told[row.number].role, goes_on=goes_on, score=SURE)
    return out


def entrances(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take what stands in a play right below the number of a scene for a direction: where it is, who enters."""
    speakers = _speakers(rows, told)
    out: dict[int, Told] = {}
    if not speakers:
        return out
    scene = False
    reason = Reason("persons-enter", Role.STAGE, SETTLED)
    for row, below in zip(rows, (*rows[1:], None), strict=True):
        role = role_of(row, told)
        heads = role is Role.HEADING
        if not (heads or scene):
            continue
        spoken = role_of(below, told) is Role.DIALOGUE if below else False
        unnumbered = bool(_SCENE_ALONE.fullmatch(row.text)) and not spoken  # "Scene", and below it where it is
        numbers = number_alone(row.text) or numbers_a_scene(row.text.strip(MARKS))
        if heads and NUMBERED_SONG.fullmatch(row.text.strip(MARKS)):
            enter = False
        elif heads and not NAMED.match(row.text) and (unnumbered or not numbers):
            enter = unnumbered or (scene and (_are_persons(row.text, speakers) or written(row.text) != "capitals"))
        else:  # one alone is who speaks
            text = _ACTS.sub("", row.text)  # "The same. LENA (in the door)."
            named = scene and role in (Role.DIALOGUE, *_MAY_BE_TURNS) and written(text) in ("title", "capitals")
            says = "(" in text or "[" in text  # to whom, and then what is said
            enter = named and not says and _are_persons(text, speakers, others=False)
        if enter:
            out[row.number] = replace(told[row.number], role=Role.STAGE, goes_on=False, reasons=(reason,))
        goes_on = scene and (role is Role.STAGE or row.number in out)  # where it is, and then who enters
        scene = goes_on or (heads and (numbers or row.number in out))
    return out


def _are_persons(text: str, speakers: Collection[str], *, others: bool = True) -> bool:
    """Tell whether a line has nothing but names of those who speak, whole or as their labels shorten them.

    ``others``: names of some that never speak may be among them, or it may be a single name.
    """
    whole = _TITLE.sub(r"\1", text.casefold())
    named = [part for part in _BETWEEN.split(whole) if _NAME.search(part)]

    def speaks(part: str) -> bool:
        words = _NAME.findall(part)
        named = any(
            all(any(word.startswith(short) for word in words) for short in who.split())
            and (others or len(words) <= len(who.split()) + _TITLES)
            for who in speakers
        )
        return named or _SAME.match(part) is not None

    spoken = sum(map(speaks, named))
    return spoken >= _MOSTLY * len(named) > 0 if others else spoken == len(named) > 1

"""Talk within a text of another kind: a scene in a tale, questions and answers in a lesson, the record of a trial.

And what looks like it: the words that open each part of a receipt, or of a law.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.label.cast import COUNTED
from pipeline.label.labeller import Told
from pipeline.label.layout import begins_with_capital
from pipeline.label.letters import greets
from pipeline.label.looks import written
from pipeline.label.notes import is_notes_title
from pipeline.label.openers import PAGE, label_of_turn
from pipeline.label.rows import Row
from pipeline.label.scenes import LABELLED, directs, names_who_speaks
from pipeline.label.speakers import SET, TOGETHER, Label, is_numbered, label, names_nobody
from pipeline.label.told import SETTLED, is_settled, overruled, role_of, stretches
from pipeline.model import Decision, Reason, Role
from pipeline.parts import NAMED, PERSONS

WHY = {
    "nobody-is-named": "No row of the text names who speaks: it is told, not said in turn.",
    "nobody-is-on-stage": "Where nobody speaks by name no bracket directs anybody: prose, quoted if set in.",
    "run-in-heads": "The words that open such paragraphs come in rounds, or have numbers: nobody speaks in turn.",
    "names-in-capitals": "A name in capitals and a colon, as in what stands right before or after it: a scene.",
    "names-in-turn": "It begins with a name as those beside it do, and one of them comes back behind another: a scene.",
    "done-in-a-scene": "In brackets or italics by itself between the turns of a scene: what is done.",
    "question-and-answer": "It begins with the letter of a question, or of the answer to the one above.",
    "who-is-heard": "It says who is sworn, and questions and answers follow: the head of what a witness says.",
    "who-asks": "It says who asks from here on.",
    "said-among-speech": "In quotation marks from end to end, among what else is said, with no more room: no heading.",
    "recited-in-a-turn": "Set in below a colon that ends what is said, its lines begin with capitals: verse recited.",
    "ends-a-quotation": "A quotation mark closes it that none opens: a name below what was quoted.",
}
"""The rules of talk within other texts, each with what an editor would say."""

_BY_NAME = (LABELLED, "names-in-capitals", "names-in-turn")
_LOUD_LABEL = re.compile(
    r"(?:\[[^\]]+\] )?(?:I|[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ .’'-]{2,30})(?: \(_?[^)]{2,160}\))?:(?: |$)"  # "I:" tells it
)
_ROMAN = re.compile(r"(?!I:)[IVXLC]+:")
_AROUND = "_*=.:—– -"  # a name
_DASH = re.compile(r"[_*]*(?:--|[—–-])")
_NAME = 40  # characters of a name on a row of its own, written
_AS_NAMES = ("capitals", "title")
_ROUNDS = 3  # times
_AGAIN = 3  # turns of a scene
_STOPPED = 4  # the same, where a full stop stands behind the name, as behind many a word
_BETWEEN = 1  # stretches between two turns of a scene, or
_NEAR = 4  # stretches between two turns of one with colons
_WIDE = 2  # blank lines above a voice, at most
_VOICES = 3  # stretches from one voice to the next, at most,
_WORDS = 400  # characters of what each says, and
_TWICE = 2  # times that one comes back
_SAID = re.compile(r"[.!?…:—-][_*)\]\"”»’']*$")
_UNCALLED = re.compile(r" ?(?:\[[^\]]{1,4}\]|\(\d{1,3}\)|\*{1,3}|[†‡])$")  # the call of a note behind the last word
_ASKED = re.compile(r"(?:\d{1,3}\. +)?[_*]*(?P<sign>[QFDPVS])(?P<stop>[.:]) ?[_*]*")
_ANSWERED = re.compile(r"[_*]*(?P<sign>[ARV])(?P<stop>[.:]) ?[_*]*")
_ANSWERS = {"Q": "A", "F": "A", "D": "R", "P": "R", "V": "A", "S": "V"}
_HEARD = re.compile(
    r"[_*]*[^\W\d_a-z][\w.’'-]+(?: [^\W\d_a-z][\w.’'-]*){0,6},?[_*]* \(?_?(?:was )?(?:duly )?"
    r"(?:sworn|affirmed|recalled|called(?: and sworn)?|examined|vereidigt|assermentée?"
    r"|jurament(?:ado|ada))(?![^\W_])[^.]{0,40}[.)_]*",
)
_ASKS = re.compile(
    r"[\W_]*(?:(?:cross|re)-?\s?)?examin(?:ed|ation)\b[^.?!]{0,4}(?:\.|by\b[^?!]{2,60})[.:)_]*", re.IGNORECASE
)
_OPENS = "\"“„«»‘'—–"
_QUOTED = re.compile(r"[\"“„«»][^\"“”„«»]+[\"“”»«]")
_CLOSED = re.compile(r"[^\"“”„«»]{2,40}[\"”»“]")
_DONE = re.compile(r"_?\(_?[^()]{8,}_?\)_?\.?|_?\[_?[^\[\]]{8,}_?\]_?\.?")
_ACTS = re.compile(r"\(_[^()_]{2,90}_[.!?]?\)|\[_[^\[\]_]{2,90}_[.!?]?\]|\(_[^()_]{2,90}[.!?]_\)")
_HEARING = 4  # turns near which witnesses are heard
_LINES = 2  # of verse, at least, that stand
_SET_IN = 2  # columns farther in than what is said, and
_VERSE = 60  # columns; what is wider may be prose
_QUOTED_IN = 3  # columns by which a quotation is set in
_BELOW = 3  # stretches between the name of a witness and the first question
_MAY_BE_TURNS = (
    Role.PARAGRAPH,
    Role.QUOTE,
    Role.LETTER,
    Role.CAPTION,
    Role.HEADING,
    Role.VERSE,
    Role.DIALOGUE,
    Role.ITEM,
)


def begins_with_a_name(decision: Decision) -> bool:
    """Tell whether a turn begins with a name before what is said, by what is usual in the text or beside it."""
    return any(reason.rule in _BY_NAME for reason in decision.reasons)


def in_rounds(names: Sequence[str]) -> bool:
    """Tell whether three names and more come in the same order again and again: fields of a form, and nobody speaks."""
    size = len(set(names))
    return len(names) >= _ROUNDS * size > _ROUNDS * 2 and all(a == b for a, b in zip(names, names[size:], strict=False))


def run_in_heads(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take turns for paragraphs where nobody speaks: no name comes back behind another.

    "Mode." is what stands over a part of each receipt, "Art. 2." over a part of a law.
    """
    turns = [part for part in stretches(rows) if role_of(part[0], told) is Role.DIALOGUE]
    named = [(part, cut) for part in turns if (cut := label_of_turn(part[0].text))]
    names = [
        "" if is_numbered(part[0].text, cut) or names_nobody(part[0].text[:cut]) else part[0].text[:cut].strip(_AROUND)
        for part, cut in named
    ]
    if not named:
        return _unspoken(rows, told)
    if any(a == c != b and a and b for a, b, c in zip(names, names[1:], names[2:], strict=False)):
        return {}
    reason = Reason("run-in-heads", Role.PARAGRAPH, SETTLED)
    out: dict[int, Told] = {}
    for part in stretches(rows):
        for row in part:
            if (one := told.get(row.number)) is None or one.role is not Role.DIALOGUE:
                continue
            heads = len(part) == 1 and one.rival is Role.HEADING  # as the labeller would have it next
            role = Role.HEADING if heads else Role.PARAGRAPH
            rival = Role.DIALOGUE if one.rival is role else one.rival
            goes_on = one.goes_on and row is not part[0]
            out[row.number] = replace(one, role=role, goes_on=goes_on, rival=rival, reasons=(reason,))
    return out


def _unspoken(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take turns for paragraphs where no row of the text names who speaks, neither before what is said nor above it."""
    spoken = [row for row in rows if role_of(row, told) is Role.DIALOGUE]
    begun = [row.text for row in spoken if not told[row.number].goes_on]
    named = any(len(text) <= _NAME and text[-1] not in ",;!?" and written(text) in _AS_NAMES for text in begun)
    if named or any(map(_DASH.match, begun)):
        return {}
    reason = Reason("nobody-is-named", Role.PARAGRAPH, SETTLED)
    return {
        row.number: replace(one, role=Role.PARAGRAPH, rival=Role.DIALOGUE, reasons=(reason,))
        for row in spoken
        if (one := told[row.number])
    }


def scenes(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take a scene inside a tale for turns: names in capitals with a colon, one soon after the other."""
    parts = stretches(rows)
    texts = [" ".join(row.text for row in part) for part in parts]
    loud = [n for n, text in enumerate(texts) if _is_loud(text)]
    if in_rounds([row.text.partition(":")[0] for row in rows if _LOUD_LABEL.match(row.text)]):
        return {}
    groups: list[list[int]] = []
    for n in loud:
        if groups and n - groups[-1][-1] <= _NEAR:
            groups[-1].append(n)
        else:
            groups.append([n])
    shown = {n for group in groups if len(group) >= _AGAIN for n in group}
    out: dict[int, Told] = {}
    for n, part in enumerate(parts):
        opens = [bool(_LOUD_LABEL.match(row.text)) for row in part]
        together = opens[0] and sum(opens) >= _AGAIN  # turn below turn, with no room between
        if together or n in shown:
            going = [not one for one in opens] if together else [at > 0 for at in range(len(part))]
            out |= _turns(part, going, told, "names-in-capitals")
    for group in (group for group in groups if len(group) >= _AGAIN):
        out |= _done([parts[n] for n in range(group[0], min(group[-1] + 2, len(parts))) if n not in shown], told)
    return out


def _is_loud(text: str) -> bool:
    if not _LOUD_LABEL.match(text):
        return False
    name = text.partition(":")[0]
    parts = NAMED.match(text) or _ROMAN.match(text) or PERSONS.match(name) or is_notes_title(name)
    return not (parts or SET.match(text))


def in_turn(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take stretches for turns that begin with names of one form, of which one comes back right behind another.

    A dash stands behind the name, or a mark of emphasis around it: "LENA.--Who knocks?", "_Lena._ Who knocks?"
    """
    parts = stretches(rows)
    labels = [_label(part) for part in parts]
    out: dict[int, Told] = {}
    for group in _groups(labels):
        names = [one.name for _, one in group]
        least = _STOPPED if group[0][1].form[-1] == "." else _AGAIN
        back = any(a == c != b for a, b, c in zip(names, names[1:], names[2:], strict=False))
        spoken = [parts[n] for n, _ in group]
        whole = all(_SAID.search(part[-1].text) for part in spoken)
        if back and whole and len(group) >= least:
            for part in spoken:
                out |= _turns(part, [at > 0 for at in range(len(part))], told, "names-in-turn")
            out |= _done([part for part in parts[group[0][0] : group[-1][0]] if part not in spoken], told)
    return out


def _done(parts: Sequence[Sequence[Row]], told: Mapping[int, Told]) -> dict[int, Told]:
    """Return what is done between the turns of a scene as directions."""
    reason = Reason("done-in-a-scene", Role.STAGE, SETTLED)
    return {
        row.number: overruled(reason, role, goes_on=at > 0)
        for part in parts
        if (role := role_of(part[0], told)) in _MAY_BE_TURNS and directs(" ".join(row.text for row in part))
        for at, row in enumerate(part)
        if row.number in told
    }


def _label(part: Sequence[Row]) -> Label | None:
    """Return who may speak: a name with a mark, or in capitals with a dash behind it, before what is said."""
    text = part[0].text
    cut = label_of_turn(text)
    if not cut or names_nobody(text[:cut]) or (one := label(text)) is None or one.alone or not one.loud:
        return None
    sign = text[:cut].rstrip("_* ")[-1:]
    shown = sign in ("-", "—") or (sign in (".", ":") and one.form[2])
    return replace(one, form=(*one.form[:-1], sign)) if shown else None


def _groups(labels: Sequence[Label | None]) -> Iterator[list[tuple[int, Label]]]:
    """Yield labels of one form that stand near one another, each with its place."""
    group: list[tuple[int, Label]] = []
    for n, one in enumerate(labels):
        if one is None:
            continue
        if group and (n - group[-1][0] > _BETWEEN + 1 or group[-1][1].form != one.form):
            yield group
            group = []
        group.append((n, one))
    if group:
        yield group


def questions(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take a question and the answer right below it for turns, where letters say which they are: "Q.", "A."."""
    parts = stretches(rows)
    out: dict[int, Told] = {}
    asked: re.Match[str] | None = None
    above: Sequence[Row] = ()
    for part in parts:
        answered = _ANSWERED.match(part[0].text)
        if asked and answered and _ANSWERS[asked["sign"]] == answered["sign"] and asked["stop"] == answered["stop"]:
            for one in (above, part):
                out |= _turns(one, [at > 0 for at in range(len(one))], told, "question-and-answer")
        asked = _ASKED.match(part[0].text) if part[-1].text.rstrip("_*").endswith(("?", ".", "!", "--", "—")) else None
        above = part
    return out


def _turns(part: Sequence[Row], going: Sequence[bool], told: Mapping[int, Told], why: str) -> dict[int, Told]:
    """Return a stretch as turns; ``going``: which of its rows go on with the one above."""
    reason = Reason(why, Role.DIALOGUE, SETTLED)
    return {
        row.number: overruled(reason, told[row.number].role, goes_on=goes_on)
        for row, goes_on in zip(part, going, strict=True)
        if role_of(row, told) in _MAY_BE_TURNS and not names_who_speaks(told[row.number])
    }


def hearings(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take the names of witnesses for headings, and who asks for a rubric, where questions and answers stand below."""
    parts = stretches(rows)
    spoken = [role_of(part[0], told) is Role.DIALOGUE for part in parts]
    if sum(spoken) < _HEARING:
        return {}
    out: dict[int, Told] = {}
    for n, part in enumerate(parts):
        role = role_of(part[0], told)
        if len(part) > 1 or role is None or not any(spoken[n + 1 : n + 1 + _BELOW]):
            continue
        text = part[0].text
        heard = _HEARD.fullmatch(text)
        if heard or _ASKS.fullmatch(text):
            now, why = (Role.HEADING, "who-is-heard") if heard else (Role.RUBRIC, "who-asks")
            reason = Reason(why, now, SETTLED)
            out[part[0].number] = overruled(reason, role)
    return out


def in_court(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take who puts a word in where witnesses are heard for a speaker ("COURT."), and questions and answers alone."""
    parts = stretches(rows)
    heard = [_is_told(part[0], told, "question-and-answer") for part in parts]
    if sum(heard) < _HEARING:
        return {}
    out: dict[int, Told] = {}
    names: set[str] = set()
    for near in (True, False):  # who is known by a question beside him speaks elsewhere, too
        for n, part in enumerate(parts):
            lettered = bool(_ASKED.match(part[0].text) or _ANSWERED.match(part[0].text))
            one = None if lettered else label(part[0].text)
            named = one is not None and one.form[:2] == ("in", "capitals") and one.loud
            beside = any(heard[max(0, n - 1) : n + 2])
            if heard[n] or not (lettered or (one and named and (beside if near else one.name in names))):
                continue
            names.add(one.name if one else "")
            out |= _turns(part, [at > 0 for at in range(len(part))], told, "question-and-answer")
            heard[n] = part[0].number in out
    return out


def _is_told(row: Row, told: Mapping[int, Told], why: str) -> bool:
    return row.number in told and any(reason.rule == why for reason in told[row.number].reasons)


def staged(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take stretches for turns that names in capitals with a full stop open, in a tale that goes over into a play.

    One of the names comes back, or all speak together, and what is done stands in brackets among them.
    """
    parts = stretches(rows)
    out: dict[int, Told] = {}
    for group in _groups([_called(part) for part in parts]):
        places = [n for n, _ in group]
        names = [one.name for _, one in group]
        again = len(set(names)) < len(names) or any(TOGETHER.fullmatch(name) for name in names)
        first = places[0]
        while first and role_of(parts[first - 1][0], told) is not Role.HEADING and places[0] - first < _BETWEEN + 1:
            first -= 1
        among = [n for n in range(first, places[-1] + 1) if n not in places]
        done = [n for n in among if _DONE.fullmatch(" ".join(row.text for row in parts[n]))]
        acts = sum(bool(_ACTS.search(" ".join(row.text for row in parts[n]))) for n in places)
        rounds = in_rounds(names)
        heads = [told[parts[n][0].number] for n in places if parts[n][0].number in told]
        if any(map(names_who_speaks, heads)):
            continue  # a play, whose cast is known
        if len(group) < _STOPPED or len(set(names)) < _AGAIN or not again or not (done or acts > 1) or rounds:
            continue
        for n in (n for n in places if role_of(parts[n][0], told) is not Role.DIALOGUE):
            out |= _turns(parts[n], [at > 0 for at in range(len(parts[n]))], told, "names-in-turn")
        for n in done:
            reason = Reason("done-in-a-scene", Role.STAGE, SETTLED)
            for at, row in enumerate(parts[n]):
                if (role := role_of(row, told)) in _MAY_BE_TURNS:
                    out[row.number] = overruled(reason, role, goes_on=at > 0)
    return out


def voices(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take names in capitals for those of voices, each alone over few words, of which two answer each other twice.

    No chapter is as short, and none is named as the last but one was.
    """
    parts = stretches(rows)
    group: list[tuple[int, Label]] = []
    groups = [group]
    for n, part in enumerate(parts):
        one = label(part[0].text) if len(part) == 1 and role_of(part[0], told) in _MAY_BE_TURNS else None
        if one is None or not one.alone or one.form[1] != "capitals" or _names_a_part(part[0], told):
            continue
        if group and (n - group[-1][0] > _VOICES or part[0].gap > _WIDE):
            groups.append(group := [])
        group.append((n, one))
    out: dict[int, Told] = {}
    for group in groups:
        names = [one.name for _, one in group]
        back = sum(a == c != b for a, b, c in zip(names, names[1:], names[2:], strict=False))
        places = [n for n, _ in group]
        known = any(names_who_speaks(told[parts[n][0].number]) for n in places)
        short = [sum(len(row.text) for part in parts[a + 1 : b] for row in part) for a, b in pairwise(places)]
        if back < _TWICE or known or not all(0 < size <= _WORDS for size in short):
            continue
        for n, _ in group:
            out |= _turns(parts[n], [False], told, "names-in-turn")
            for below in parts[n + 1 : n + 2]:
                out |= _turns(below, [True] * len(below), told, "names-in-turn")
        out |= _done(
            [parts[n] for n in range(max(0, places[0] - 1), places[-1]) if parts[n][0].number not in out], told
        )
    return out


def _names_a_part(row: Row, told: Mapping[int, Told]) -> bool:
    """Tell whether a row in capitals is the heading of what has a number, or what no person is called."""
    text = row.text.strip(_AROUND)
    counted = NAMED.match(text) or COUNTED.search(text.casefold()) or is_settled(told[row.number])
    return bool(counted or names_nobody(row.text) or greets(text))


def alternating(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take stretches for turns that names in capitals with a full stop open, of which two answer each other.

    So a dialogue stands among poems or essays: below its title nothing else does, but notes.
    """
    parts = stretches(rows)
    out: dict[int, Told] = {}
    for group in _groups([None if role_of(part[0], told) is Role.NOTE else _called(part) for part in parts]):
        for run in _unbroken(group, parts, told):
            names = [one.name for _, one in run]
            back = sum(a == c != b for a, b, c in zip(names, names[1:], names[2:], strict=False))
            spoken = [parts[n] for n, _ in run]
            known = any(names_who_speaks(told[part[0].number]) for part in spoken if part[0].number in told)
            whole = all(_SAID.search(_UNCALLED.sub("", part[-1].text)) for part in spoken)
            if len(run) >= _STOPPED and back > 1 and whole and not known and not in_rounds(names):
                for part in spoken:
                    out |= _turns(part, [at > 0 for at in range(len(part))], told, "names-in-turn")
    return out


def _unbroken(
    group: Sequence[tuple[int, Label]], parts: Sequence[Sequence[Row]], told: Mapping[int, Told]
) -> Iterator[list[tuple[int, Label]]]:
    """Part labels where a heading stands between, but one that is itself the first of them."""
    run: list[tuple[int, Label]] = []
    for n, one in group:
        between = parts[run[-1][0] + 1 : n] if run else ()
        if any(role_of(part[0], told) is Role.HEADING for part in between):
            yield run
            run = []
        run.append((n, one))
    yield run


def elsewhere(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take for turns what opens with the name of somebody who speaks again and again in other places of the text."""
    parts = stretches(rows)
    labels = [None if role_of(part[0], told) is Role.NOTE else _called(part) for part in parts]
    places = [group for group in _groups(labels) if len({one.name for _, one in group}) > 1]
    answered = {
        b.name
        for group in places
        for (_, a), (_, b), (_, c) in zip(group, group[1:], group[2:], strict=False)
        if a.name == c.name != b.name
    }
    spoken = Counter(
        one.name
        for part, one in zip(parts, labels, strict=True)
        if one and role_of(part[0], told) is Role.DIALOGUE and not told[part[0].number].goes_on
    )
    known = {name for name, times in spoken.items() if times >= _AGAIN}
    met = Counter(name for group in places for name in {one.name for _, one in group})
    meets = {name for name, times in met.items() if times >= _AGAIN and name in answered}
    if in_rounds([one.name for group in places for _, one in group]):
        return {}
    turns = {n for n, one in enumerate(labels) if one and one.name in known} if len(known) > 1 else set()
    turns |= {n for group in places if meets & {one.name for _, one in group} for n, _ in group}
    out: dict[int, Told] = {}
    for part in (parts[n] for n in sorted(turns)):
        prose = all(role_of(row, told) is Role.PARAGRAPH for row in part)
        if prose and _SAID.search(_UNCALLED.sub("", part[-1].text)):
            out |= _turns(part, [at > 0 for at in range(len(part))], told, "names-in-turn")
    return out


def _called(part: Sequence[Row]) -> Label | None:
    """Return who may speak: a name in capitals with a full stop, or what is done behind it, before what is said."""
    text = PAGE.sub("", part[0].text)
    cut = label_of_turn(text)
    if not cut or names_nobody(text[:cut]) or (one := label(text)) is None or one.alone or one.form[1] != "capitals":
        return None
    shown = text[:cut].rstrip("_* ").endswith(".") or text[cut:].lstrip().startswith(("(", "["))
    return one if shown and not one.form[2] else None


def recited(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take lines of speech for verse that are set in below a colon with which a turn in prose ends for now."""
    out: dict[int, Told] = {}
    reason = Reason("recited-in-a-turn", Role.VERSE, SETTLED)
    for above, part in pairwise(stretches(rows)):
        spoken = all(role_of(row, told) is Role.DIALOGUE for row in (above[-1], *part))
        labelled = any(names_who_speaks(told[row.number]) for row in part) if spoken else True
        if labelled or len(part) < _LINES or not above[-1].text.rstrip("-—–").endswith((":", ",")):
            continue
        inset = min(row.indent for row in part) >= max(row.indent for row in above) + _SET_IN
        lines = all(begins_with_capital(row.text.lstrip("\"“„«'‘_")) for row in part)
        if inset and lines and max(row.end - row.indent for row in part) <= _VERSE:
            for row in part:
                out[row.number] = overruled(reason, Role.DIALOGUE)
    return out


def said(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take what stands in quotation marks among speech for what is said, and what but closes them for a name below."""
    out: dict[int, Told] = {}
    parts = stretches(rows)
    for n in range(1, len(parts) - 1):
        row, above, below = parts[n][0], parts[n - 1], parts[n + 1]
        if len(parts[n]) > 1 or role_of(row, told) is not Role.HEADING or row.gap > 1:
            continue
        speech = above[0].text[0] in _OPENS or below[0].text[0] in _OPENS
        if speech and _QUOTED.fullmatch(row.text) and below[0].gap <= row.gap:
            role, why = Role.PARAGRAPH, "said-among-speech"
        elif _CLOSED.fullmatch(row.text) and role_of(above[-1], told) is not Role.HEADING:
            role, why = Role.LETTER, "ends-a-quotation"
        else:
            continue
        out[row.number] = overruled(Reason(why, role, SETTLED), Role.HEADING)
    return out


def unstaged(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take what seemed a direction for prose where no turn is: a bracket of another kind, a translation, a remark."""
    staged = [part for part in stretches(rows) if role_of(part[0], told) is Role.STAGE]
    if not staged or any(one.role is Role.DIALOGUE for one in told.values()):
        return {}
    margin = Counter(row.indent for row in rows).most_common(1)[0][0]
    out: dict[int, Told] = {}
    for part in staged:
        role = Role.QUOTE if min(row.indent for row in part) >= margin + _QUOTED_IN else Role.PARAGRAPH
        reason = Reason("nobody-is-on-stage", role, SETTLED)
        for n, row in enumerate(part):
            if role_of(row, told) is Role.STAGE:
                out[row.number] = overruled(reason, Role.STAGE, goes_on=n > 0)
    return out

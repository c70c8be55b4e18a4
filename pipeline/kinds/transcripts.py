"""Transcripts: what people said, turn by turn: interviews, podcasts, debates, sittings of courts and parliaments.

A turn is opened by a label (:mod:`pipeline.kinds.labels`); a paragraph without one belongs to the turn that is open.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from itertools import pairwise

from pipeline.cite.detect import looks_like_citation
from pipeline.kinds.devices import is_date, when
from pipeline.kinds.galley import Galley, styled
from pipeline.kinds.interviews import Interview, interview_of
from pipeline.kinds.labels import BUSINESS, INSIDE, ONLY_TIME, Label, candidate, entry_of, is_honoured, shouts, turns_of
from pipeline.kinds.pages.heads import furniture
from pipeline.kinds.pages.leaves import FEED, leaves
from pipeline.kinds.paragraphs import goes_on, paragraphs, width_of
from pipeline.label import label
from pipeline.label.cast import numbers_a_scene
from pipeline.label.furniture import header_fields
from pipeline.label.layout import begins_with_capital
from pipeline.label.looks import written
from pipeline.label.speakers import CURTAIN, MARKS
from pipeline.label.titles import ASKED_OFTEN
from pipeline.model import ChangeKind, Claim, Copy, Leaving, Line, Role, Style
from pipeline.parts import BY_LINE, CONTENTS, FRONT_OR_BACK, NAMED, PERSONS, PERSONS_NAMED
from pipeline.report import Report
from pipeline.settings import Settings

NAME = "a transcript of what was said"
WHY: Mapping[str, str] = {
    "turn-opens": "A label that comes again and again opens a turn: who speaks.",
    "turn-goes-on": "No label opens it: it belongs to the turn above.",
    "turn-answers": "It stands below a question under the sign of who asks: who answers has no label.",
    "interview-asks": "It asks, and nobody is named who does: a question, set off from the answers.",
    "interview-answers": "It stands below a question: the answer, up to the next question.",
    "turn-wrapped": "The line above was full: it goes on with its paragraph.",
    "stage-direction": "All of it stands in brackets: it says what happened, not what was said.",
    "order-of-the-day": "In capitals, or named and numbered, between two turns: the next business.",
    "who-examines": "It says who asks from here on.",
    "transcript-title": "It opens the text, above the first turn.",
    "transcript-front": "It stands above the first turn.",
    "transcript-contents": "An entry of the list of contents, with leaders and a page, or a head over such entries.",
    "transcript-head": "Short and alone between two paragraphs, without the stop that all others end with: a heading.",
    "time-code": "A time of the recording; it is kept in the record.",
}
LEAVES = {"transcript-contents": Leaving(ChangeKind.SET_ASIDE)}
_STAGE = re.compile(r"^(?:[(\[（【]|\*(?!\*)).{1,400}[)\]）】*][.。]?$")
_SAID = re.compile(
    r"[(\[（](?:[^)\]）(\[（]{0,80}\b)?(?:laugh|applau|chuckl|pause|cross\s?talk|inaudible|cough|sigh|music|silence|beifall|heiterkeit"
    r"|zuruf|lach(?:t|en)|unruhe|rires|applaudi|silence|risas|aplausos|risos|palmas|applausi|risate|gelach|śmiech|oklaski"
    r"|смех|смеётся|аплодисм|шум|笑|掌声|鼓掌|拍手|웃음|박수)[^)\]）]{0,80}[)\]）]",
    re.IGNORECASE,
)
_BEHIND = re.compile(r"(?<=[.!?…] )\([^\W\d_a-z][^()]{2,60}\)(?=\.?$)")  # "It is not true. (Murmurs.)"
_STAGED = re.compile(
    r"^\W*(?:scene|scène|szene|escena|scena|сцена)\s?[:.—–-]\s?\S"
    r"|\b(?:farce|comedy|tragedy|drama|play|proverb|opera|interlude|comédie|drame|tragédie|komödie|lustspiel|schauspiel"
    r"|trauerspiel|posse|comedia|sainete|commedia|dramma|comédia|farsa|комедия|драма|пьеса|фарс|blijspel|treurspel|lustspil|lystspil|lustspel|skuespil|skådespel|sorgespil|sorgespel)\s(?:in|en|em|в|i)\s\S+\s"
    r"(?:acts?|scenes?|actes?|scènes?|akt(?:e|en)?|aufzüg\w+|actos?|att[oi]|atos?|действ\w+|акт\w*|сцен\w*|jornadas?|bedrijven|akter|handlingar)\b"
    r"|^\W*comedia famosa\b",
    re.IGNORECASE,
)
_PUT_INTO = re.compile(
    r"(?:translated|done into|englished|traduit|traducid[oa]|tradott[oa]|traduzid[oa]|übersetzt|vertaald"
    r"|oversat|översatt)\b",
    re.IGNORECASE,
)  # another language
_OF_A_BOOK = 2  # things that one alone does not show
_COLUMN = re.compile(r"\S(?:.{0,40}?\S)?\s{3,}(?=\S)")  # a name, and the room up to what is said
_STEP = 4  # columns
_SEAT = re.compile(r"^(?:[(（][^()（）]{1,60}[)）]\s*)+$")  # below a name: for which place, of which party
_DASHED = re.compile(r"^[—–―-]\s?(?=\S)")
_HEARING = re.compile(r"^BY\s[^\W\d_a-z].*:$")
_DASHES = 6
_ALL = 0.8
_SAMPLE = 2000  # lines; a long transcript has turns among its first
_MOST = 0.5  # of the text stands below the first turn
_SEVERAL = 12  # turns; where there are fewer, they open
_OPENING = 0.4  # of the paragraphs from the first turn on
_SITTING = 0.3  # where nearly all who speak have titles: a sitting, whose head and prayers may be long
_SOURCE = 330  # characters; the source of an extract is not longer
_LIKELY = 0.5
_HABIT = 0.02  # of the lines name sources, where that is a habit
_STOPPED = re.compile(r"[.!?…:;。！？।][\"”»’')\]*_」』）]*$")
_PARAGRAPHS = 6  # fewer show no habit
_STOPPING = 0.55  # of them end with a stop, headings and names apart
_HEADING = 60  # characters
_ENTRIES = 2
_LIST = 3  # lines that open like items; fewer in the front are none
_MARKED = re.compile(r"^\s*(?:[-–—•*]|\(?\d{1,2}[.)])\s")
_LONG = 40  # columns; a line that ends so far out, inside a sentence, goes on below
_QUOTES = '"“„«»'
_QUOTED = 0.08  # of the lines open with a quotation mark; in a transcript fewer do
_VERSE = 66  # columns of a row of verse, at most, and
_BREAKING = 3  # one row in so many stops within a sentence
_SHORT = 90  # characters; no heading of a business is longer


def recognise(lines: Sequence[Line]) -> Claim | None:
    """Claim a text in which the same few labels open one turn after another."""
    if header_fields(lines) or any(_of_a_play(line.text) for line in lines if len(line.text) < _SHORT):
        return None  # a printed book, a play
    if _shares_verses(lines):
        return None
    if any(line.text.startswith(FEED) for line in lines):
        printed = furniture(leaves(lines))
        lines = [line for line in lines if line.number not in printed]  # running heads come again and again, too
    seen = turns_of(lines) if len(lines) <= 2 * _SAMPLE or turns_of(lines[:_SAMPLE]) else None
    if seen is None:
        return _asked(lines) or _unnamed(lines)
    listed = _listed(lines)
    filled = [line.number for line in lines if not line.blank and line.number not in listed]
    turns = min(seen.opens)
    share = sum(number >= turns for number in filled) / len(filled)
    honoured = sum(is_honoured(one.name) or is_honoured(one.aside.strip("()")) for one in seen.opens.values())
    most = _SITTING if honoured >= _ALL * len(seen.opens) else _MOST
    below = sum(part[0].number >= turns for part in paragraphs(lines))
    if len(seen.opens) < _SEVERAL and len(seen.opens) < _OPENING * below:
        return None  # a lesson with questions and answers in it
    if share < most or _has_sources(lines) or _is_book(lines, turns) or _is_tale(lines, [*seen.opens.values()]):
        return None
    if _are_sources(lines, seen.opens) or _in_verse(lines, seen.opens):
        return None
    if any(line.number <= turns and len(line.text) < _SHORT and ASKED_OFTEN.search(line.text) for line in lines):
        return None  # nobody was asked: a site, a leaflet
    reason = f"{len(seen.opens)} turns of {seen.speakers} speakers, whose names come again and again"
    first = next(line.number for line in lines if not line.blank)
    return Claim(NAME, first, filled[-1], 0.5 + share * 0.45, (reason,))


def _are_sources(lines: Sequence[Line], opens: Mapping[int, Label]) -> bool:
    """Tell whether labels stand alone on their lines, over quotation marks: they say whose the words are."""
    filled = [line for line in lines if not line.blank]
    over = (after for line, after in pairwise(filled) if line.number in opens and not opens[line.number].words)
    return sum(after.text.strip()[0] in _QUOTES for after in over) >= _ALL * len(opens)


def _in_verse(lines: Sequence[Line], opens: Mapping[int, Label]) -> bool:
    """Tell whether names stand alone over verse: its rows begin with capitals, leave room and stop within sentences."""
    speeches = [part[1:] for part in paragraphs(lines) if part[0].number in opens and not opens[part[0].number].words]
    rows = [[line.text.strip() for line in part] for part in speeches if len(part) > 1]
    links = [pair for part in rows for pair in pairwise(part)]
    if len(rows) < _LIST or len(links) < _PARAGRAPHS:
        return False
    capitals = sum(begins_with_capital(after) for _, after in links)
    broken = sum(not _STOPPED.search(row) for row, _ in links)
    room = all(len(row) <= _VERSE for part in rows for row in part)
    return room and capitals >= _ALL * len(links) and _BREAKING * broken >= len(links)


def _is_tale(lines: Sequence[Line], labels: Sequence[Label]) -> bool:
    """Tell whether names alone head the chapters of a book: it lists them, or people speak in quotation marks.

    What a transcript says is not in quotation marks, but where somebody is quoted.
    """
    if 2 * sum(one.form == "alone" for one in labels) < len(labels):
        return False
    text = [line.text.strip() for line in lines if not line.blank]
    quoted = sum(words[0] in _QUOTES for words in text)
    return quoted >= max(_ENTRIES, _QUOTED * len(text)) or any(CONTENTS.match(words) for words in text)


def _asked(lines: Sequence[Line]) -> Claim | None:
    """Claim an interview whose turns all open with a dash, every other one a question."""
    turns = [part for part in paragraphs(lines) if _DASHED.match(part[0].text.strip())]
    every = paragraphs(lines)
    if len(turns) < _DASHES or len(turns) < _ALL * len(every):
        return None
    asks = [part[-1].text.rstrip(" *_").endswith(("?", "？")) for part in turns]
    one, other = sum(asks[::2]) / len(asks[::2]), sum(asks[1::2]) / len(asks[1::2])
    if max(one, other) < _ALL or min(one, other) > 1 - _ALL:
        return None
    reason = f"{len(turns)} paragraphs open with a dash, and every other one asks"
    return Claim(NAME, every[0][0].number, every[-1][-1].number, 0.9, (reason,))


def _unnamed(lines: Sequence[Line]) -> Claim | None:
    """Claim an interview in which nobody is named before what is asked."""
    seen = interview_of(lines)
    if seen is None:
        return None
    filled = [line.number for line in lines if not line.blank]
    return Claim(NAME, filled[0], filled[-1], 0.9, (seen.reason,))


def _of_a_play(text: str) -> bool:
    """Tell whether a line is of a play: the number of a scene, the title of those who appear, the curtain."""
    bare = text.strip(MARKS)
    listed = PERSONS.match(bare) or PERSONS_NAMED.match(bare)
    return bool(numbers_a_scene(bare) or _STAGED.search(text) or listed or CURTAIN.match(text))


def _is_book(lines: Sequence[Line], turns: int) -> bool:
    """Tell whether a text has two things of a book: who wrote or translated it, a preface, books with numbers.

    Who asked may stand above an interview, too, and words of introduction; both stand above a dialogue in a book.
    ``turns``: the line of the first turn.
    """
    alone = [part[0] for part in paragraphs(lines) if len(part) == 1 and len(part[0].text) < _SHORT]
    heads = [(one.number, one.text.strip(MARKS)) for one in alone]
    named = any(NAMED.match(text) and not BUSINESS.match(text) for _, text in heads)
    front = [text for number, text in heads if number < turns]
    credited = any(BY_LINE.fullmatch(text) or _PUT_INTO.match(text) for text in front)
    prefaced = any(FRONT_OR_BACK.fullmatch(text) for text in front)
    return named + credited + prefaced >= _OF_A_BOOK


def _shares_verses(lines: Sequence[Line]) -> bool:
    """Tell whether speeches begin farther right than others, where the line above ended: they share a verse."""
    filled = [line.text.rstrip() for line in lines if not line.blank]
    begins = [found.end() if (found := _COLUMN.match(text)) else 0 for text in filled]
    usual = max(set(begins) - {0}, key=begins.count, default=0)
    ends = [len(text) for text in filled]
    steps = (at > usual + _STEP and abs(at - end - 1) <= _STEP for end, at in zip(ends, begins[1:], strict=False))
    return usual > 0 and sum(steps) >= _ENTRIES


def _has_sources(lines: Sequence[Line]) -> bool:
    """Tell whether the text has the sources of extracts: then its turns stand in extracts."""
    filled = [line.text.strip() for line in lines if not line.blank]
    sources = sum(len(text) < _SOURCE and looks_like_citation(text) > _LIKELY for text in filled)
    return sources > max(2, _HABIT * len(filled))


def read(lines: Sequence[Line], settings: Settings, report: Report) -> Copy:
    """Read a transcript: turns with their speakers, directions, headings; times of the recording on record."""
    seen = turns_of(lines)
    opens = seen.opens if seen else {}
    first = min(opens, default=0)
    if seen is None:
        unnamed = interview_of(lines)
        return _interview(lines, unnamed) if unnamed and not _asked(lines) else _dialogue(lines)
    galley = Galley()
    heads = _heads(lines)
    _front([line for line in lines if line.number < first], heads, galley)
    titled = any(one.role is Role.TITLE for one in galley.decisions)
    width = width_of(lines)
    above: Line | None = None
    last: Line | None = None  # the same, over blank lines
    role, asked = Role.PARAGRAPH, False
    for line in lines:
        if line.number < first:
            continue
        if line.blank:
            galley.blank(line)
            above = None
            continue
        text = line.text.strip()
        words = INSIDE.sub("", text).strip()
        one = opens.get(line.number)
        if one:
            galley.put(line, Role.DIALOGUE, "turn-opens", _turn(one), why="a time of the recording")
            role, asked = Role.DIALOGUE, one.form == "mark"
            above = last = line
            if one.form == "alone" or not one.words:
                above = last = Line(line.number, "")
                role = Role.LETTER  # what stands below goes on with the label
            continue
        if ONLY_TIME.match(text) or not words:
            galley.aside(line, "time-code", "a time of the recording")
            continue
        if role is Role.LETTER and _SEAT.match(words):
            seat = styled(words, Style.STAGE)
            galley.put(line, Role.DIALOGUE, "turn-goes-on", seat, joined=True)
        elif role is Role.LETTER:
            galley.put(line, Role.DIALOGUE, "turn-goes-on", _spoken(words), why="a time of the recording", joined=True)
            role, above, last = Role.DIALOGUE, line, line
        elif (
            last
            and role is Role.DIALOGUE
            and not BUSINESS.match(words)
            and ((above and goes_on(above.text, text, width)) or _unfinished(last.text, text, apart=above is None))
        ):
            galley.put(line, role, "turn-wrapped", _spoken(words), why="a time of the recording", joined=True, level=1)
            above = last = line
        elif _STAGE.match(words):
            galley.put(line, Role.STAGE, "stage-direction", words, why="a time of the recording")
            above = None
        elif _HEARING.match(words):
            galley.put(line, Role.RUBRIC, "who-examines", words)
            above = None
        elif _is_business(words):
            galley.put(
                line, Role.HEADING if titled else Role.TITLE, "order-of-the-day", words, level=2 if titled else 0
            )
            above, role = None, Role.PARAGRAPH
        elif line.number in heads:
            galley.put(line, Role.HEADING, "transcript-head", words, level=2)
            above, role = None, Role.PARAGRAPH
        elif role is Role.PARAGRAPH:
            galley.put(line, role, "transcript-front", words, joined=bool(above and goes_on(above.text, text, width)))
            above = line
        else:
            rule, level = ("turn-answers", 0) if asked else ("turn-goes-on", 1)
            galley.put(line, Role.DIALOGUE, rule, _spoken(words), why="a time of the recording", level=level)
            role, asked, above, last = Role.DIALOGUE, False, line, line
    return galley.copy()


def _dialogue(lines: Sequence[Line]) -> Copy:
    """Read an interview whose turns open with a dash."""
    galley = Galley()
    above: Line | None = None
    width = width_of(lines)
    for line in lines:
        text = line.text.strip()
        if line.blank:
            galley.blank(line)
        elif _DASHED.match(text):
            galley.put(line, Role.DIALOGUE, "turn-opens", _spoken(text))
        elif not any(one.role is Role.DIALOGUE for one in galley.decisions):
            role, rule = (Role.PARAGRAPH, "transcript-front") if galley.decisions else (Role.TITLE, "transcript-title")
            galley.put(line, role, rule)
        else:
            joined = above is not None and goes_on(above.text, text, width)
            rule = "turn-wrapped" if joined else "turn-goes-on"
            galley.put(line, Role.DIALOGUE, rule, _spoken(text), joined=joined, level=1)
        above = None if line.blank else line
    return galley.copy()


def _interview(lines: Sequence[Line], seen: Interview) -> Copy:
    """Read an interview whose questions have no label: they are set off, in bold or italics as the text has them."""
    galley = Galley()
    _front([line for line in lines if line.number < seen.first], set(), galley)
    asked = False
    for line in lines:
        if line.number < seen.first:
            continue
        text = line.text.strip()
        opens = line.number in seen.opens
        asked = line.number in seen.asks if opens else asked
        if line.blank:
            galley.blank(line)
        elif text.startswith("#"):
            galley.put(line, Role.HEADING, "transcript-head", text.lstrip("# "), level=2)
        elif asked:
            style = Style.STRONG if text.startswith(("**", "__")) else Style.EMPHASIS
            words = styled(re.sub(r"^[*_]{1,3}|[*_]{1,3}$", "", text), style)
            galley.put(line, Role.DIALOGUE, "interview-asks", words, joined=not opens)
        elif _STAGE.match(text) and opens:
            galley.put(line, Role.STAGE, "stage-direction")
        elif name := seen.names.get(line.number):
            words = f"{styled(name, Style.SPEAKER)} {_spoken(text.removeprefix(name).strip())}"
            galley.put(line, Role.DIALOGUE, "turn-opens", words)
        elif opens and (one := candidate(text)) and one.form == "colon" and one.words:
            galley.put(line, Role.DIALOGUE, "turn-opens", _turn(one))
        else:
            galley.put(line, Role.DIALOGUE, "interview-answers", _spoken(text), joined=not opens)
    return galley.copy()


def _unfinished(above: str, text: str, *, apart: bool) -> bool:
    """Tell whether a sentence goes on from one line to the next, ``apart``: over a blank line."""
    if _STOPPED.search(above.rstrip()) or not above.strip():
        return False
    return text[:1].islower() if apart else len(above.rstrip()) >= _LONG


def _heads(lines: Sequence[Line]) -> set[int]:
    """Return short lines that stand alone and without a stop, where nearly every other paragraph ends with one."""
    parts = paragraphs(lines)
    ended = sum(bool(_STOPPED.search(part[-1].text.strip())) for part in parts)
    if len(parts) < _PARAGRAPHS or ended < _STOPPING * len(parts):
        return set()
    alone = (part[0] for part in parts if len(part) == 1)
    return {line.number for line in alone if _may_head(line.text.strip())}


def _may_head(text: str) -> bool:
    if when(text) and not is_date(text):
        return False  # "Recorded on 3 June 1988"
    short = len(text) <= _HEADING and not re.search(r"[.!?…:;,。！？)\]\"”»’*_-]$", text)
    return short and bool(text[:1].isupper()) and len(re.findall(r"[^\W\d_]{2,}", text)) > 1


def _listed(lines: Sequence[Line]) -> set[int]:
    """Return the lines of the list of contents: from its title, or else its first entry, to its last entry."""
    filled = [line for line in lines if not line.blank]
    entries = [n for n, line in enumerate(filled) if entry_of(line.text)]
    if len(entries) < _ENTRIES:
        return set()
    titles = (
        n for n, line in enumerate(filled[: entries[0]]) if CONTENTS.match(line.text.strip().rstrip(".: ").casefold())
    )
    return {line.number for line in filled[next(titles, entries[0]) : entries[-1] + 1]}


def _front(lines: Sequence[Line], heads: Set[int], galley: Galley) -> None:
    """Put what stands above the first turn: its title first; the list of contents aside; the rest as any text."""
    listed = _listed(lines)
    for line in lines:
        if line.number in listed:
            galley.put(line, Role.CONTENTS, "transcript-contents")
    lines = [line for line in lines if line.number not in listed]
    roles = {one.line: one for one in label(lines)} if any(not line.blank for line in lines) else {}
    filled = [line for line in lines if not line.blank]
    width = width_of(lines)
    before = {line.number: above for above, line in pairwise(lines)}
    marked = [line.number for line in filled if roles[line.number].role is Role.ITEM and _MARKED.match(line.text)]
    items = set(marked) if len(marked) >= _LIST else set()
    displayed = {
        line.number
        for above, line, below in zip(lines, lines[1:], (*lines[2:], Line(0, "")), strict=False)
        if above.blank and below.blank and _is_display(line.text.strip())
    }
    for line in lines:
        if line.blank:
            galley.blank(line)
        elif ONLY_TIME.match(line.text.strip()) or not INSIDE.sub("", line.text).strip():
            galley.aside(line, "time-code", "a time of the recording")
        elif _STAGE.match(line.text.strip()) and not line.text.lstrip().startswith("*"):
            galley.put(line, Role.STAGE, "stage-direction")
        elif line is filled[0] and len(line.text.strip()) <= _SHORT and not re.search(r"[.!?:。]$", line.text.strip()):
            galley.put(line, Role.TITLE, "transcript-title", line.text.strip().lstrip("#* ").rstrip("* "))
        else:
            one = roles[line.number]
            same = one.role in (Role.PARAGRAPH, Role.HEADING, Role.STAGE) or line.number in items
            role = one.role if same else Role.PARAGRAPH
            if line.number in heads or (role is Role.PARAGRAPH and line.number in displayed):
                galley.put(line, Role.HEADING, "transcript-head", level=2)
                continue
            above = before.get(line.number)
            joined = one.joined and same and above is not None and goes_on(above.text, line.text, width)
            galley.put(line, role, "transcript-front", joined=joined, level=one.level if same else 0)


def _is_display(text: str) -> bool:
    """Tell whether a line that stands alone is a title: in capitals, or its words with them; or the number of one."""
    titled = written(text) in ("capitals", "title") and text[-1].isalpha() and not re.search(r"[\d:;,]", text)
    return titled or re.fullmatch(r"\d{1,3}\.?", text) is not None


def _turn(one: Label) -> str:
    """Set the label of a turn, and its first words."""
    words = _spoken(INSIDE.sub("", one.words).strip())
    if one.form == "mark":
        return f"{one.name}{words}"
    space = "" if one.stop == "：" else " "
    if one.aside:
        return f"{styled(one.name, Style.SPEAKER)} {styled(one.aside, Style.STAGE)}{one.stop}{space}{words}".strip()
    return f"{styled(one.name + one.stop, Style.SPEAKER)}{space}{words}".strip()


def _spoken(words: str) -> str:
    """Mark what stands in brackets and was not said."""
    words = _SAID.sub(lambda found: styled(found[0], Style.STAGE), words)
    return _BEHIND.sub(lambda found: styled(found[0], Style.STAGE), words)


def _is_business(words: str) -> bool:
    """Tell whether a paragraph between two turns names the next business."""
    if len(words) > _SHORT or re.search(r"[?!,;…]$", words):
        return False
    return bool(BUSINESS.match(words)) or (shouts(words) and len(re.findall(r"[^\W\d_]{2,}", words)) > 1)

"""Subtitles: the words of a film or a recording, cue by cue, become sentences and paragraphs again.

A cue is a counter, a line of two times, and a line or two of words (SubRip, WebVTT, SubViewer); a line of its own with
all of them (SubStation Alpha, MicroDVD, the words of songs); or a line with the moment, and the words below, as they
are copied off the screen. Cues are cut by what fits on a screen; what was said is put together across them. A new
paragraph begins with a new speaker, at a dash, after a pause, and where one has grown long and a sentence ends.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.kinds.attribution import NAME_FORM
from pipeline.kinds.galley import Galley, styled
from pipeline.kinds.labels import candidate
from pipeline.model import Claim, Copy, Line, Role, Style
from pipeline.report import Report
from pipeline.settings import Settings

NAME = "subtitles"
WHY: Mapping[str, str] = {
    "cue-time": "From when to when a cue is shown.",
    "cue-number": "The number of a cue.",
    "cue-form": "It belongs to the form of the file.",
    "cue-front": "It stands above the first words.",
    "cue-again": "The same words as in the cue before, which stayed on the screen.",
    "cue-opens": "A new speaker, a pause or a sentence's end: a paragraph begins.",
    "cue-goes-on": "It goes on with the words of the cue before.",
    "cue-own": "Who made the subtitles says so, in the first cues or the last; nobody in the film does.",
    "cue-sound": "All of it stands in brackets or between notes: what is heard, not what is said.",
}
_CLOCK = r"(?:\d{1,3}:)?\d{1,2}:\d{1,2}[,.]\d{1,3}"
_TIMES = re.compile(rf"^\s*(?P<start>{_CLOCK})(?:\s*-->\s*|,)(?P<end>{_CLOCK})(?:\s+\S+:\S+)*\s*$")
_EVENT = re.compile(
    rf"^Dialogue:\s*[^,]*,(?P<start>{_CLOCK}),(?P<end>{_CLOCK}),[^,]*,(?P<name>[^,]*),(?:[^,]*,){{4}}(?P<words>.*)$"
)  # of SubStation Alpha
_WHISPERED = re.compile(
    rf"^\[(?P<start>{_CLOCK})\s*-->\s*(?P<end>{_CLOCK})\](?P<name>)\s*(?P<words>.*)$"
)  # of a program that hears what is said
_FRAMES = re.compile(r"^\{(?P<start>\d+)\}\{(?P<end>\d*)\}(?P<words>.*)$")  # of MicroDVD
_SENT = re.compile(r"[^:]{1,30}: |<[^<>]{1,30}>\s|\*{1,3}\s|-\w+-\s")  # by somebody in a chat
_LYRIC = re.compile(r"^(?:\[\d{1,3}:\d\d(?:[.:]\d{1,3})?\])+\s*(?P<words>.*)$")  # of a song: from when its line is sung
_TAGGED = re.compile(r"^\[(?P<key>ti|ar|al|au|by|la|re|ve|length|offset):(?P<value>.*)\]$")
_CODE = re.compile(r"\{[A-Za-z]:[^{}]*\}")  # how words look
_RATE = 25  # frames a second, where the file does not say it
_MOMENT = re.compile(r"^(?:\d{1,2}:)?\d{1,2}:\d{2}$")  # of a transcript copied off the screen: from when
_INLINE = re.compile(r"^(?P<start>(?:\d{1,2}:)?\d{1,2}:\d{2})(?P<end>)(?P<name>)\s+(?P<words>\S.*)$")  # with its words
_FIRST = 60  # seconds; a recording begins with words, a programme of the day does not begin at its first minute
_STEP = 120  # seconds between two moments, at most
_BROKEN = re.compile(r"\\[Nnh]")  # the end of a line, within the words of SubStation Alpha
_ASIDE = re.compile(r"^（[^（）]{1,12}）(?=\S)")  # who speaks, or how, before the words of Japanese subtitles
_TAG = re.compile(r"</?(?:[ibucv]|font|ruby|rt|lang|b)(?:[. ][^<>]*)?>|<\d[\d:.]*>|\{\\[^{}]*\}", re.IGNORECASE)
_VOICE = re.compile(r"<v(?:\.\S+)?\s+(?P<name>[^<>]+)>")
_SOUND = re.compile(r"^(?:[\[(（【♪♫#].*[\])）】♪♫#]|[♪♫].*)$")
_CHANGE = re.compile(r"^(?:[-–—‐]\s?(?=\S)|>>+\s*)")
_ENDED = re.compile(r"[.!?…。！？][\"'”’»)\]」』]*$")
_OWN = re.compile(
    r"^\W*(?:(?:(?:english|original) )?(?:subtitles?|subtitling|captions?|captioning|subs|transcript"
    r"|sync(?:hroni[sz]ation|ed)?|corrections?"
    r"|ripped|encoded|translat(?:ed|ion)|(?:deutsche )?untertitel(?:ung)?|übersetzung|sous-titr(?:es|age)|traduction"
    r"|subt[íi]tulos|traducción|sottotitoli|traduzione|legendas?|tradução|ondertitel(?:s|ing)|vertaling|undertexter"
    r"|tekstet|napisy|tłumaczenie|субтитры|перевод|altyazı|çeviri|字幕|자막)\W*"
    r"(?:[\w&]+ ){0,3}(?:by|von|par|por|di|door|av|af|przez|:|：)\s*\S.{0,60}"
    r"|.{0,60}(?:\bwww\.\S+|\b[\w-]+\.(?:com|org|net|tv|info)\b).{0,40})$",
    re.IGNORECASE,
)
_AT_ENDS = 3  # cues at the beginning and at the end, in which it says so
_PAUSE = 2.0  # seconds without words, after a sentence's end, part two paragraphs
_LONG = 400  # characters; a paragraph that has grown so long ends with its sentence
_CUES = 2
_MOMENTS = 4
_LINES = 0.8  # of a file whose cues have a line each
_ROLLING = 0.5  # of the cues begin with words of the one before


@dataclass(slots=True)
class _Run:
    """What is being put together: when the last words went, how much the paragraph has, how it ended."""

    end: float = 0.0
    length: int = 0
    last: str = ""
    speaker: str = ""
    said: tuple[str, ...] = ()


def recognise(lines: Sequence[Line]) -> Claim | None:
    """Claim a text of cues: lines of two times with words below or behind them, or of moments that go on."""
    filled = [line for line in lines if not line.blank]
    if not filled:
        return None
    times = sum(bool(_TIMES.match(line.text) or _event(line.text)) for line in filled)
    if times >= _CUES and times >= len(filled) / 8:
        return Claim(NAME, filled[0].number, filled[-1].number, 1.0, (f"{times} cues with their times",))
    framed = sum(bool(_FRAMES.match(line.text)) for line in filled)
    sung = sum(bool(_LYRIC.match(line.text.strip())) for line in filled)
    tagged = sum(bool(_TAGGED.match(line.text.strip())) for line in filled)
    if framed >= max(_CUES, _LINES * len(filled)):
        return Claim(NAME, filled[0].number, filled[-1].number, 1.0, (f"{framed} cues with their frames",))
    if sung >= _MOMENTS and sung + tagged >= _LINES * len(filled) and _is_sung(filled, tagged):
        return Claim(NAME, filled[0].number, filled[-1].number, 0.99, (f"{sung} lines with the time of a song",))
    if told := _inline(lines):
        return Claim(NAME, filled[0].number, filled[-1].number, 0.97, (f"{told} lines begin with a time, each later",))
    moments = _moments(filled)
    if len(moments) < _MOMENTS or 3 * len(moments) < len(filled):
        return None
    reason = f"{len(moments)} lines hold nothing but a time, each later than the one before"
    return Claim(NAME, filled[0].number, filled[-1].number, 0.97, (reason,))


def _event(text: str) -> re.Match[str] | None:
    """Match a line that has both times of a cue and its words."""
    return _EVENT.match(text) or _WHISPERED.match(text)


def _inline(lines: Sequence[Line]) -> int:
    """Return how many lines have a moment and then words, in a text of nothing else; 0: it is none."""
    filled = [line for line in lines if not line.blank]
    found = [_seconds(one["start"]) for line in filled if (one := _INLINE.match(line.text.strip()))]
    if len(found) < max(_MOMENTS, _LINES * len(filled)) or found[0] > _FIRST:
        return 0
    return len(found) if all(0 <= b - a <= _STEP for a, b in pairwise(found)) else 0


def _is_sung(lines: Sequence[Line], tagged: int) -> bool:
    """Tell whether lines with a time are of a song: tags say so, or times to the hundredth, and nobody is named."""
    fine = sum(bool(re.match(r"\[\d{1,3}:\d\d[.:]\d\d", line.text.strip())) for line in lines)
    named = sum(bool(_SENT.match(found["words"])) for line in lines if (found := _LYRIC.match(line.text)))
    return bool(tagged) or (2 * fine > len(lines) and 2 * named < len(lines))


def _moments(lines: Sequence[Line]) -> list[float]:
    """Return the seconds of the lines that hold nothing but a time; nothing where one is before another."""
    out = [_seconds(line.text.strip()) for line in lines if _MOMENT.match(line.text.strip())]
    return out if out == sorted(out) else []


def _rolls(lines: Sequence[Line]) -> bool:
    """Tell whether words stay on the screen while the next come: many cues begin with words of the one before."""
    cues: list[list[str]] = []
    for line in lines:
        if _TIMES.match(line.text):
            cues.append([])
        elif cues and not line.blank:
            cues[-1].append(_TAG.sub("", line.text).strip())
    again = sum(bool(cue) and cue[0] in above for above, cue in pairwise(cues))
    return again >= _ROLLING * len(cues)


def read(lines: Sequence[Line], settings: Settings, report: Report) -> Copy:
    """Read subtitles: words joined across cues, speakers as turns; numbers and times on record."""
    if sum(bool(_LYRIC.match(line.text.strip()) or _TAGGED.match(line.text.strip())) for line in lines) >= _MOMENTS:
        return _song(lines)
    galley = Galley()
    run = _Run()
    start, inside, shown = 0.0, False, list[str]()
    inline = _inline(lines)
    names, own = _names(lines), _own(lines)
    rolls, copied = _rolls(lines), not any(_TIMES.match(line.text) or _event(line.text) for line in lines)
    for n, line in enumerate(lines):
        times = _TIMES.match(line.text)
        event = _event(line.text) or (_INLINE.match(line.text.strip()) if inline else None)
        frames = _FRAMES.match(line.text)
        follows = n + 1 < len(lines) and _TIMES.match(lines[n + 1].text)
        if line.number in own:
            galley.aside(line, "cue-own", "whoever made the subtitles says it")
        elif line.blank:
            galley.blank(line)
            if not follows and inside and shown and not copied:
                inside, run.said = False, tuple(shown)
        elif copied and _MOMENT.match(line.text.strip()):
            galley.aside(line, "cue-time", "the time of a cue")
            inside = True
        elif frames:
            if frames["start"] == frames["end"]:
                galley.aside(line, "cue-form", "the form of the file")  # how many frames are shown a second
                continue
            pause, run.end = int(frames["start"]) / _RATE - run.end, int(frames["end"] or frames["start"]) / _RATE
            _say(line, _TAG.sub("", _CODE.sub("", frames["words"].replace("|", " "))).strip(), pause, run, galley)
        elif event:
            pause, run.end = _seconds(event["start"]) - run.end, _seconds(event["end"] or event["start"])
            name = f"{event['name']}: " if event["name"].strip() else ""
            words = _TAG.sub("", _BROKEN.sub(" ", event["words"])).strip()
            _say(line, f"{name}{words}", pause, run, galley)
        elif times:
            galley.aside(line, "cue-time", "the time of a cue")
            run.said = tuple(shown) if rolls else ()
            start, inside, shown = _seconds(times["start"]), True, []
            begun, run.end = run.end, _seconds(times["end"])
            start -= begun
        elif follows and (line.text.strip().isdigit() or not inside):
            galley.aside(line, "cue-number", "the number of a cue")
        elif copied and not inside:
            galley.put(line, Role.PARAGRAPH if galley.decisions else Role.TITLE, "cue-front")
        elif not inside:
            galley.aside(line, "cue-form", "the form of the file")
        else:
            if line.number in names:
                _name(line, run, galley)
                continue
            text = _TAG.sub("", _VOICE.sub(lambda found: f"{found['name']}: ", line.text)).strip()
            bare = _TAG.sub("", line.text).strip()
            shown.append(bare)
            if bare in run.said:
                galley.aside(line, "cue-again", "said once; the words stayed on the screen")
            elif not text:
                galley.aside(line, "cue-form", "the form of the file")
            else:
                _say(line, text, start, run, galley)
                start = 0.0
    return galley.copy()


def _song(lines: Sequence[Line]) -> Copy:
    """Read the words of a song, a line each; its title is the book's."""
    galley = Galley()
    title, authors = "", tuple[str, ...]()
    for line in lines:
        text = line.text.strip()
        if line.blank:
            galley.blank(line)
        elif tag := _TAGGED.match(text):
            title = tag["value"].strip() if tag["key"] == "ti" else title
            authors = (tag["value"].strip(),) if tag["key"] == "ar" else authors
            galley.aside(line, "cue-form", "the form of the file")
        elif (sung := _LYRIC.match(text)) and sung["words"]:
            galley.put(line, Role.VERSE, "cue-opens", sung["words"], why="the time of a line")
        else:
            galley.aside(line, "cue-time", "the time of a line")
    return galley.copy(title, authors)


def _own(lines: Sequence[Line]) -> set[int]:
    """Return the lines of the first and last cues in which whoever made the subtitles names himself or his site."""
    cues: list[list[Line]] = []
    for line in lines:
        if _TIMES.match(line.text):
            cues.append([])
        elif cues and not line.blank and not line.text.strip().isdigit():
            cues[-1].append(line)
    ends = [*cues[:_AT_ENDS], *cues[max(_AT_ENDS, len(cues) - _AT_ENDS) :]]
    return {line.number for cue in ends for line in cue if _OWN.match(_TAG.sub("", line.text).strip())}


def _names(lines: Sequence[Line]) -> set[int]:
    """Return the lines that name the speaker above the words of a cue, where most cues begin so."""
    cues = [
        (line, words)
        for times, line, words in zip(lines, lines[1:], lines[2:], strict=False)
        if _TIMES.match(times.text) and not (line.blank or words.blank or _TIMES.match(words.text))
    ]
    times = sum(bool(_TIMES.match(line.text)) for line in lines)
    counts = Counter(line.text.strip() for line, _ in cues)
    named = {line.number for line, _ in cues if NAME_FORM.fullmatch(line.text.strip())}
    again = [
        number for number in named if counts[next(one.text.strip() for one, _ in cues if one.number == number)] > 1
    ]
    return named if 2 * len(named) > times and 3 * len(again) >= len(named) else set()


def _name(line: Line, run: _Run, galley: Galley) -> None:
    """Put the name of a speaker that stands above the words of a cue."""
    name = line.text.strip()
    if name == run.speaker:
        galley.aside(line, "cue-again", "who speaks stands above")
        return
    galley.put(line, Role.DIALOGUE, "cue-opens", styled(f"{name}:", Style.SPEAKER), why="the form of the file")
    run.speaker, run.length, run.last = name, 0, name


def _say(line: Line, text: str, pause: float, run: _Run, galley: Galley) -> None:
    """Put words into the book: a turn, a paragraph or the rest of one."""
    why = "the form of the file"
    changes = _CHANGE.match(text)
    words = text[changes.end() :] if changes else text
    label = candidate(words) if ":" in words or "：" in words else None
    if label and label.name == run.speaker:
        words, label = label.words, None
    rests = not run.last or bool(_ENDED.search(run.last))
    if _SOUND.match(words):
        galley.put(line, Role.STAGE, "cue-sound", words, why=why)
        run.last, run.length = "", 0
        return
    if label and label.form == "colon" and (rests or changes):
        space = "" if label.stop == "：" else " "
        name = f"{label.name} {label.aside}".strip()
        head = styled(name + label.stop, Style.SPEAKER)
        galley.put(line, Role.DIALOGUE, "cue-opens", f"{head}{space}{label.words}".strip(), why=why)
        run.speaker, run.length = label.name, 0
    elif changes or _ASIDE.match(words) or (rests and (not run.last or pause >= _PAUSE or run.length > _LONG)):
        role = Role.DIALOGUE if run.speaker else Role.PARAGRAPH
        dash = "– " if changes and not changes[0].startswith(">") else ""
        level = 1 if run.speaker else 0
        shown = _ASIDE.sub(lambda found: styled(found[0], Style.STAGE), words)
        galley.put(line, role, "cue-opens", f"{dash}{shown}", why=why, level=level)
        run.length = 0
    else:
        role = Role.DIALOGUE if run.speaker else Role.PARAGRAPH
        galley.put(line, role, "cue-goes-on", words, why=why, joined=True)
    run.last = words
    run.length += len(words)


def _seconds(clock: str) -> float:
    """Return the seconds of a time such as ``01:02:03,450``."""
    seconds = 0.0
    for part in clock.replace(",", ".").split(":"):
        seconds = seconds * 60 + float(part)
    return seconds

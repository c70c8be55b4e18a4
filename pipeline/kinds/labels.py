"""Labels of turns: who speaks, as transcripts of all sorts write it, and which of the likely ones are labels indeed.

``MARSH:``, ``Ann Marsh (Harbour):``, ``Marsh, Mayor:``, ``Q.`` and ``A.``, ``M. Marsh. –``, ``林　``, a name alone on
its line, each perhaps with the time of the recording; ``――`` before what a Japanese interviewer asks. That something is
a label shows over the whole text: the same few names come again and again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from pipeline.daybook import noted
from pipeline.label.talk import in_rounds
from pipeline.model import Line
from pipeline.parts import FRONT_OR_BACK, NAMED

__all__ = [
    "BUSINESS",
    "INSIDE",
    "ONLY_TIME",
    "Label",
    "Turns",
    "candidate",
    "entry_of",
    "is_honoured",
    "shouts",
    "turns_of",
]

_TIME = r"(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
STAMP = rf"(?:[\[(]\s*{_TIME}(?:\s*(?:-->|[-–—])\s*{_TIME})?\s*[\])]|{_TIME}(?:\s*(?:-->|[-–—])\s*{_TIME})?(?![\w:]))"
INSIDE = re.compile(rf"\s*[\[(]\s*{_TIME}(?:\s*(?:-->|[-–—])\s*{_TIME})?\s*[\])]")
ONLY_TIME = re.compile(rf"^{STAMP}$")
_COLON = re.compile(
    rf"^(?:[*_]{{1,3}}|>>+\s*|[-–—•]\s+)?(?:{STAMP}\s*[-–—|]?\s*)?(?P<name>(?:T?\d{{1,3}}\.\s)?[^\s:：()\[\]“”\"«»!?;][^:：()\[\]“”\"«»!?;]{{0,58}}?)"
    rf"(?P<aside>(?:\s*[(\[（][^)\]）]{{1,90}}[)\]）])*)?(?:\s*{STAMP})?\s*[*_]{{0,3}}\s?[:：]\s*[*_]{{0,3}}\s*"
    rf"(?:{STAMP}\s*)?(?P<words>.*)$"
)
_INITIALS_COLON = re.compile(r"^(?P<name>(?:[^\W\d_a-z]\.\s?){2,4})\s?:\s*(?P<words>.*)$")  # "C. M. :"
_LETTER = re.compile(rf"^(?:{STAMP}\s*)?(?P<name>[^\W\d_a-z])(?:\.\s+|\s{{2,}}|\t\s*)(?P<words>\S.*)$")
_TABBED = re.compile(
    r"^(?P<name>[^\W\d_][\w.’'-]*(?: [\w.’'-]+){0,3})(?P<aside>\s?\([^()]{1,60}\))?[:.]?\t+\s*(?P<words>\S.*)$"
    r"|^(?P<initials>[^\W\d_a-z]{1,4})\s{3,}(?P<rest>\S.*)$"
)  # "HB", a tab, and what was said
_STOP = re.compile(
    r"^(?P<name>[^\W\d_a-z][\w-]+ [^\W\d_a-z]\. ?[^\W\d_a-z]"
    r"|(?:(?:MM?|Mmes?|Mr|Mrs|Ms|Dr|Sra?|The)\.?\s[^\W\d_]|[^\W\d_a-z])[^.:()]{1,50}?)"
    r"(?P<aside>\s*\([^)]{1,60}\))?\.(?:\s*[–—-])?\s+(?P<words>[^\W\d_a-z].*|[«“\"‘¿¡(].*)$"
)
_DASH = re.compile(
    r"^(?P<name>[^\W\d_a-z][^:()–—]{1,50}?)(?P<aside>\s*\([^)]{1,60}\))?(?<!\.)\s[–—-]\s(?P<words>\S.*)$"
)
_SET_OFF = re.compile(r"[–—-](?<=\s.)\s")
_CIRCLE = re.compile(
    r"^[○◯〇◎●]\s?(?P<name>[가-힣]+\s[가-힣]{2,4}|[^\s（(]{1,20})(?P<aside>[（(][^）)]{1,30}[）)])?君?[\s\u3000]+(?P<words>\S.*)$"
)
_SPACED = re.compile(r"^(?P<name>[^\W\d_]{1,8})\u3000(?P<words>\S.*)$")
_MARKED = re.compile(r"^(?P<name>[―—─]{2})\s*(?P<words>\S.*)$")
_ALONE = re.compile(
    rf"^(?:[*_]{{1,3}})?(?:{STAMP}\s*[-–—|]?\s*)?(?P<name>[^\W\d_][^:：.!?…;,]{{0,50}}?)"
    r"(?P<aside>(?:\s*[(\[（][^)\]）]{1,60}[)\]）])*)"
    rf"(?P<time>\s*[-–—|]?\s*{STAMP})?[*_]{{0,3}}$"
)
BUSINESS = re.compile(
    r"^(?:(?:tagesordnungspunkt|zusatzpunkt|top|item|agenda item|question|motion|part|session|order of the day"
    r"|point|punto|ponto|пункт|вопрос|punkt|議題|议程)\s+[\divxlc]+\b.*|§\s*\d+.*)$",
    re.IGNORECASE,
)
_PART_OF_HEARING = re.compile(r"^BY\s|EXAMINATION")
_LED = re.compile(r"^(?P<words>.*?)\s*(?:\.{3,}|(?:\s\.){3,}|…{2,})[\s.…]*(?P<page>\d+(?:\s?[A-D])?)$")
_LEADERS = re.compile(r"\.\.|\. \.|…")
_QUESTION = re.compile(r"^T?\d{1,3}\.\s")  # the number of a question, before who asks it
_HONOUR = re.compile(r"^(?:mm?|mmes?|mr|mrs|ms|dr|sr|sra|prof|herr|frau|hon|rev|st|the)$", re.IGNORECASE)
_TITLED = re.compile(
    r"^(?:El|La|Los|Las|O|A|Os|As|De|Il|Lo)\s(?:señor(?:a|es|as)?|sr(?:a|es|as)?\.?|heer|mevrouw|signor(?:a|i)?|presidente|senhora?)\s",
    re.IGNORECASE,
)
"""An article and a title before a name: "El señor Marsh", "O SR. MARSH"."""

_PARTICLE = re.compile(
    r"^(?:of|for|the|de|da|do|dos|von|van|der|den|du|di|del|la|le|el|al|y|e|and|und|et|pro|tempore|zu|af|bin)$"
)
_UNCASED = re.compile(r"[\u0590-\u06ff\u0900-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]")
_FIELDS = frozenset(
    re.findall(
        r"\S+",
        """from to cc bcc subject date sent received reply-to message-id von an betreff datum gesendet de a à
        objet envoyé asunto para enviado fecha assunto data da oggetto inviato van aan onderwerp
        verzonden od do temat wysłano от кому тема дата отправлено note notes highlight page
        location source author title tags tag chapter url link http https isbn book color created
        added section id figure table fig step example exercise theorem lemma proof definition
        remark seite notiz markierung quelle autor titel kapitel beispiel nota página capítulo
        fuente título autor ejemplo auteur titre chapitre exemple remarque place location posted
        category keywords abstract p.s ps nb n.b warning tip ingredients method directions serves
        preparation instructions zutaten zubereitung ingrédients préparation ingredientes preparación
        elaboración preparo preparação ingredienti preparazione procedimento ingrediënten bereiding
        bereidingswijze ингредиенты приготовление
        contents 发件人 收件人 主题 日期 发送时间 作者 标题 来源 笔记 标注 页 章""",
    )
)
_PAGED = re.compile(r",\s(?:pp?|[SsСс]|стр|pág|blz|str|ch)\.\s?\d|,\s\d{1,4}(?:[-–]\d{1,4})?$", re.IGNORECASE)
_CROWD = re.compile(
    r"^(?:some|several|an?|many) hon(?:ou?rable|\.)? (?:members?|senators?|gentlem[ae]n)$", re.IGNORECASE
)
_CHAIR = re.compile(
    r"^(?:председатель(?:ствующ(?:ий|ая))?|ведущ(?:ий|ая)|голова|presidente?|präsident(?:in)?)$", re.IGNORECASE
)
_FIGURE = re.compile(r"(?=[ivxlc])c{0,3}(?:xc|xl|l?x{0,4})(?:ix|iv|v?i{0,4})")  # a number in Roman figures
_INITIALED = re.compile(r"^[^\W\d_a-z][\w-]+ [^\W\d_a-z]\. ?[^\W\d_a-z]$")  # "Орлова А. П" before its stop
_STOPS = {"letter": ".", "stop": ".", "dash": " –", "circle": "：", "space": "：", "mark": ""}
_LONGEST = 160  # characters; no label is longer, with all that stands beside it
_NAMES = 4  # words; a name has no more
_LETTERS = 14  # characters, in which initials end
_INITIALS = 2  # letters; a word in capitals that is longer is a word
_BETWEEN = 2  # lines; so near stand fields of one run, one that is known as such perhaps between
_FEW_TURNS = 4
_PAIR = 2
_BACK = 8  # one name in so many comes back after one other
_TAKING = 0.7  # of the turns of two are another's than the one before
_FEW_MARKS = 3  # questions under a sign of their own
_TURNS = 0.12  # of all paragraphs; a speaker who goes on for longer is no conversation
_KNOWN = 0.4  # of what looks like a label comes again


@dataclass(frozen=True, slots=True)
class Label:
    """A label and what stands beside it. ``form``: colon, letter, stop, dash, circle, space, mark or alone."""

    form: str
    name: str
    aside: str
    words: str
    stop: str = ":"
    person: str = ""
    dashed: bool = False  # a dash stands behind its stop

    @property
    def key(self) -> str:
        """The name without what varies from turn to turn."""
        return _key(self.person or self.name)


@lru_cache(maxsize=1024)
def _key(name: str) -> str:
    """Return a name without signs of print, the number of a question, office and party."""
    name = re.sub(r"[(,].*$", "", _QUESTION.sub("", re.sub(r"[*_]", "", name)))
    return " ".join(name.split()).casefold().rstrip(".")


def entry_of(text: str) -> re.Match[str] | None:
    """Match an entry of a list of contents: its ``words``, leaders, and the ``page`` (and its column) of it."""
    return _LED.match(text.strip()) if len(text) < 2 * _LONGEST and _LEADERS.search(text) else None


@noted
def candidate(text: str) -> Label | None:
    """Take a line apart that may open a turn; the first of a long text are asked about twice."""
    text = text.strip()
    if BUSINESS.match(text) or _PART_OF_HEARING.match(text) or NAMED.match(text) or FRONT_OR_BACK.match(text):
        return None
    short = len(text) < _LONGEST
    timed = _ALONE.match(text) if short else None
    head = text[:_LONGEST]
    patterns = [("colon", _INITIALS_COLON)] if text[1:2] == "." and ":" in head[:_LETTERS] else []
    patterns += [("letter", _LETTER)] if text[:1] in "QA[(0123456789" else []
    patterns += [("colon", _COLON)] if ":" in head or "：" in head else []
    patterns += [("tab", _TABBED)] if "\t" in head or "   " in text[:9] else []
    patterns += [("dash", _DASH)] if _SET_OFF.search(head) else []
    patterns += [("stop", _STOP)] if ". " in head else []
    patterns += [("letter", _LETTER)] if text[1:2] == "." and text[:1].isupper() else []
    patterns += [("mark", _MARKED)] if text[:1] in "―—─" else []
    patterns += [("space", _SPACED)] if "\u3000" in text[:9] and _UNCASED.match(text) else []
    patterns += [("circle", _CIRCLE)] if text[:1] in "○◯〇◎●" else []
    patterns += [("alone", _ALONE)] if short else []
    for form, pattern in (("alone", _ALONE),) if timed and timed["time"] else patterns:
        found = timed if pattern is _ALONE else pattern.match(text)
        if found is None:
            continue
        parts = found.groupdict()
        wide = form == "colon" and "：" in text[: found.start("words")]
        apart = form == "colon" and re.search(r"\s:[\s*_]*$", text[: found.start("words")])  # as French sets it
        stop = _STOPS.get(form, "：" if wide else " :" if apart else ":")
        aside = INSIDE.sub("", parts.get("aside") or "").strip()
        name, words = parts["name"] or parts.get("initials") or "", parts.get("words") or parts.get("rest") or ""
        dashed = form == "stop" and bool(_SET_OFF.search(text[found.end("name") : found.start("words")]))
        one = Label(form, name.strip(" *_"), aside, words, stop, dashed=dashed)
        if form in ("letter", "circle", "space") or (form == "mark" and _UNCASED.search(one.words)) or _is_name(one):
            return one
    return None


def _is_name(one: Label) -> bool:
    """Tell whether a label can be a name or an office: short, its words of weight with capitals."""
    if one.form == "colon" and _CROWD.match(one.name):
        return True
    if _PAGED.search(one.name):
        return False  # "Ada Orr, The Mill Book, p. 3:" names a source
    name = one.name.split(",")[0]
    words = _QUESTION.sub("", name).split()
    letter = len(name) == 1 and name.isupper()  # "F:" and "A:", question and answer
    if not words or len(words) > 7 or (one.key in _FIELDS and not letter) or one.words.startswith("//"):
        return False
    if any(word.endswith(".") and len(word) > 3 and not _HONOUR.match(word[:-1]) for word in words[:-1]):
        return False  # a sentence ends inside
    if _UNCASED.search(name):
        return len(name) <= 16 and not re.search(r"[，。、]", name)
    if re.search(r"\d$", name) and re.match(r"\d\d\b", one.words):
        return False  # a time of the day
    if words[0][:1].isdigit() or not re.search(r"[^\W\d_]", name):
        return False
    if one.form in ("stop", "dash"):
        office = words[0] == "The" and any(word.isupper() and len(word) > _INITIALS for word in words)
        if one.dashed and len(words) <= _NAMES and all(word[0].isupper() or _PARTICLE.match(word) for word in words):
            return True  # "Ada Orr (LIB). – Madam President …"
        honour = one.form == "stop" and words[0] != "The" and bool(_HONOUR.match(words[0].rstrip(".")))
        if honour and len(words) == 1:
            return False  # "Mr. Marsh cut the string": the stop is that of the title
        return shouts(name) or office or honour or bool(_CHAIR.match(name) or _INITIALED.match(name))
    name = _TITLED.sub("", name)
    words = name.split() or words
    weighty = [word for word in words if not _PARTICLE.match(word) and not word.isdigit()]
    capitals = sum(not word[0].islower() for word in weighty)
    if one.form == "colon" and not one.words and len(words) <= _INITIALS and words[0][0].isupper():
        return True  # an office alone on its line: "De voorzitter:"
    return bool(weighty) and not weighty[0][0].islower() and capitals >= 0.6 * len(weighty)


def shouts(name: str) -> bool:
    """Tell whether a name is in capitals."""
    letters = [letter for letter in name if letter.isalpha()]
    return len(letters) > 1 and sum(letter.isupper() for letter in letters) >= 0.8 * len(letters)


@dataclass(frozen=True, slots=True)
class Turns:
    """The labels of a text: which names come again, in which forms, and on which lines a turn opens."""

    opens: Mapping[int, Label]
    speakers: int


def turns_of(lines: Sequence[Line]) -> Turns | None:
    """Find the labels of a text; nothing where it is no transcript."""
    filled = [line for line in lines if not line.blank]
    found = {line.number: one for line in filled if (one := candidate(line.text))}
    text = {line.number: line.text.strip() for line in filled}
    stands = {line.number: n for n, line in enumerate(filled)}
    names = {one.key for one in found.values()}
    listed = {_key(entry["words"]) for line in filled if (entry := entry_of(line.text))}
    found = {number: one for number, one in found.items() if not entry_of(text[number])}
    for number, one in found.items():  # "The Secretary of State (Ann Marsh)" is Ann Marsh
        if (who := one.aside.strip("()")) and who.casefold() in names:
            found[number] = replace(one, person=who)
    for number in [number for number, one in found.items() if one.form == "alone"]:
        at = stands[number]
        after = filled[at + 1].number if at + 1 < len(filled) else 0
        ends = number - 1 in text and number + 1 not in text  # a run of lines: it belongs to those above
        if not after or ends or (found.get(after) and found[after].form != "alone") or after - number > 2:
            del found[number]  # nothing is said below it
    numbers = {form for one in found.values() if one.key == "iii" for form in (one.form, "letter")}
    found = {  # "I.", "II.", "III." count paragraphs; nobody is called the third of them
        number: one for number, one in found.items() if one.form not in numbers or not _FIGURE.fullmatch(one.key)
    }
    counts = Counter((one.form, one.key) for one in found.values())
    counts.update(pair for pair in [*counts] if pair[1] in listed)  # the list of contents names who speaks
    again = {pair for pair, times in counts.items() if times > 1}
    honoured = [(one.form, one.key) for one in found.values() if one.form == "colon" and is_honoured(one.name)]
    sitting = sum(bool(one.aside) and not one.words for one in found.values() if is_honoured(one.name)) > 1
    if len(honoured) >= _FEW_TURNS or sitting:  # "Mr. Tom Marsh (Weir North, Ind.):", alone on its line
        again.update(honoured)  # in a short sitting most speak once
    forms = Counter(form for form, _ in again for _ in range(counts[form, _]))
    kept = {number: one for number, one in found.items() if (one.form, one.key) in again}
    if not _alternate([one.key for one in kept.values() if one.form == "letter"]):
        kept = {number: one for number, one in kept.items() if one.form != "letter"}
    asked = forms["mark"] >= _FEW_MARKS
    for form in list(forms):
        speakers = {key for other, key in again if other == form}
        seats = (one for one in found.values() if one.form == form and one.aside)
        seated = {
            one.key for one in seats if form == "colon" or one.dashed or (form in ("stop", "dash") and shouts(one.name))
        } - speakers
        alone = sum(not one.words for one in found.values() if one.form == form) if sitting and form == "colon" else 0
        turns = max(forms[form], alone and alone + 1) + (
            len(seated) if speakers and len(seated) > 1 else 0
        )  # who speaks once, for a party
        sure = asked or (len(speakers | seated) > 1 and turns >= _FEW_TURNS and form != "mark")
        share = forms[form] / max(1, sum(times for (other, _), times in counts.items() if other == form))
        keys = [one.key for one in found.values() if one.form == form]
        takes_turns = not in_rounds(keys) and (form != "alone" or _come_back(keys))
        if not (sure and takes_turns) or share < _KNOWN or (form == "alone" and not _conversation(speakers, kept)):
            kept = {number: one for number, one in kept.items() if one.form != form}
    if not kept or _say_the_same(kept.values()) or _are_fields(kept, text):
        return None
    main = Counter(one.form for one in kept.values()).most_common(1)[0][0]
    first = min(kept)
    last_entry = max((number for number, row in text.items() if entry_of(row)), default=first)
    # A speaker who speaks once has a label of the same form, or one in capitals.
    kept |= {
        number: one
        for number, one in found.items()
        if number not in kept and (first <= number or _office(one, number > last_entry)) and _speaks_once(one, main)
    }
    first = min(kept)
    inside = [line for line in filled if first <= line.number]
    if len(kept) < _TURNS * len(inside):
        return None
    return Turns(kept, len({one.key for one in kept.values()}))


def _say_the_same(labels: Iterable[Label]) -> bool:
    """Tell whether most labels have words that another has under the same name: so tables do, not people."""
    said = [(one.key, one.words.casefold().strip()) for one in labels if one.words.strip()]
    words = {words for _, words in said}
    bare = all(row[-1:].isalnum() and " " not in row for row in words)  # "depart", "arrive": a timetable
    return len(said) > _FEW_TURNS - 1 and (2 * len(set(said)) <= len(said) or (bare and 2 * len(words) <= len(said)))


def is_honoured(name: str) -> bool:
    """Tell whether a label gives somebody a title, as sittings do: "Mr. Marsh", "Frau Abgeordnete Lund"."""
    if _TITLED.match(name):
        return True
    first, *rest = name.split() or [""]
    return bool(rest) and first.rstrip(".").casefold() not in ("the", "st") and bool(_HONOUR.match(first.rstrip(".")))


def _are_fields(kept: Mapping[int, Label], text: Mapping[int, str]) -> bool:
    """Tell whether labels are fields: the same in the same order in each run of lines, with no sentence behind them."""
    runs: list[list[Label]] = []
    numbers: list[list[int]] = []
    above = -_BETWEEN
    for number, one in sorted(kept.items()):
        if number > above + _BETWEEN or any(n not in text for n in range(max(above, 0) + 1, number)):
            runs.append([])
            numbers.append([])
        runs[-1].append(one)
        numbers[-1].append(number)
        above = number
    keys = [[one.key for one in run] for run in runs]
    alike = len(runs) > 1 and len(set(keys[0])) > 1 and all(row == keys[0] for row in keys)
    listed = len(set(keys[0])) == len(keys[0]) > _PAIR and all(
        after == before + 1 for run in numbers for before, after in pairwise(run)
    )
    others = len(text) > len(kept) and len(runs) > 1
    if alike and listed and others:
        return True  # a line each, under what they are said of: "Voice: a sharp whistle."
    said = [one.words.strip() for one in kept.values()]
    return alike and 5 * sum(words[-1:] in "?!.…。？！؟" for words in said) <= len(said)


def _come_back(keys: Sequence[str]) -> bool:
    """Tell whether people speak again after one other; parts of a handbook, and poems that are listed, do not."""
    back = sum(a == c != b for a, b, c in zip(keys, keys[1:], keys[2:], strict=False))
    return _BACK * back >= len(keys)


def _alternate(keys: Sequence[str]) -> bool:
    """Tell whether letters are question and answer: "q" and "a", or two others that take turns."""
    turns = sum(one != other for one, other in pairwise(keys))
    return set(keys) <= {"q", "a"} or (len(set(keys)) == _PAIR and turns >= _TAKING * (len(keys) - 1))


def _office(one: Label, below: bool) -> bool:
    """Tell whether a label is of who opens a sitting: an office, or alone on its line and ``below`` the contents."""
    titled = shouts(one.name) and bool(_HONOUR.match(one.name.split()[0].rstrip(".")))
    holds = bool(one.aside) and is_honoured(one.aside.strip("()[] "))  # "The Minister of Works (Mr. Marsh):"
    return one.form == "colon" and " " in one.name and (titled or holds or (below and not one.words))


def _speaks_once(one: Label, main: str) -> bool:
    """Tell whether a label that does not come again is one, in a text whose labels mostly have the form ``main``."""
    few = len(one.name.split()) <= _NAMES
    if one.form == "colon":
        capitals = any(word.isupper() and len(word) > _INITIALS for word in one.name.split())
        office = bool(one.aside) and (one.name.startswith("The ") or capitals)  # "The Keeper of Lamps (Ada Fenn):"
        return (few or office) and (main == "colon" or shouts(one.name))
    honoured = bool(_HONOUR.match(one.name.split()[0].rstrip(".")))  # "Mr Speaker"
    return one.form == main and (few or bool(one.aside)) and (one.form != "alone" or bool(one.aside) or honoured)


def _conversation(speakers: set[str], kept: Mapping[int, Label]) -> bool:
    """Tell whether names alone on their lines are speakers: a few, who come back often."""
    turns = sum(one.form == "alone" for one in kept.values())
    return turns >= _FEW_TURNS and turns >= 1.5 * len(speakers)

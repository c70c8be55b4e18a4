"""Who may speak on a line of a play, and who speaks by the list of its persons.

A label is a name by itself over a speech, with what he does the while, or a name before what is said. Whether it is one
the whole text shows (:mod:`pipeline.label.cast`), or the list of persons, which names everybody once at the front.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline import parts
from pipeline.label.headlines import number_alone
from pipeline.label.labeller import Told
from pipeline.label.looks import written
from pipeline.label.openers import NTH, bare_label, directed, label_of_turn
from pipeline.label.rows import Row
from pipeline.parts import END, FRONT_OR_BACK, HONORIFIC, NAMED, PERSONS

CURTAIN = re.compile(
    r"^\W*(?:(?:the |der |le |el |il |o |het )?(?:(?:quick|slow) )?"
    r"(?:curtain|act drop|tableau|rideau|vorhang|telón|sipario|pano|doek|занавес|tæppet?|teppet?|ridå)"
    r"(?: (?:falls|rises|tombe|se lève|fällt|cae|cala|desce|valt|falder|faller))?"
    r"|(?:cala|si alza) (?:la tela|il sipario)|(?:cae|baja) el telón|(?:cai|desce) o pano)\W*$",
    re.IGNORECASE,
)
"""What says that the curtain rises or falls."""

MUSIC = re.compile(
    r"(?:songs?|airs?|arias?|ariette|recit(?:ativ[eo]?)?|récitatif|rezitativ|arie|duett?o?|duo|terzett?o?|trio|quartett?o?"
    r"|quatuor|cavatin[ae]|cabaletta|romanza|romance|couplets|lied|finale"
    r"|ensemble|reprise(?: d[eu] .{2,20})?)(?: (?:[ivx]+|\d+))?"
    r"(?:\W*|[.:—–-]* ?(?:_[^_]+_|\([^)]+\))[.:]?|[.:—–-]+ ?(?-i:[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ .,&’'-]+))",
    re.IGNORECASE,
)
"""What says that a song begins, and which."""

NUMBERED_SONG = re.compile(
    r"(?:airs?|songs?|arias?|ariette|duett?o?|trio|couplets|lied|chanson|canción|canzone|sang|vise)"
    r" (?:n[ro]\.? ?)?(?:[ivxlc]+|\d+)\b\W.{2,80}",
    re.IGNORECASE,
)
"""The number of a song, with its first words or its tune: "AIR IV. The Miller's Daughter, &c."."""

SET = re.compile(
    r"[\W_]*(?:\w+ )?(?:scene|scène|escena|scena|cena|szene|schauplatz|(?:ort|zeit)(?: der handlung)?|to?oneel"
    r"|handlingen|place|time|action|handlung|azione|acción)\b"
    r"(?=\W*[:—–]|\W*--|, _"
    r"| (?:is|est|es|en|è|é|ist|spielt|passes?|se pass|si (?:svolge|rappresenta|finge)|se representa|pass|foregaar"
    r"|speelt|takes|lies))",
    re.IGNORECASE,
)
"""What says where and when a play is set."""

NUMBER_OF_MUSIC = re.compile(r"(?:no|nr|n[º°o])\.? ?\d+[.:—–-]* ?\S.{2,60}", re.IGNORECASE)
"""The number of a piece of music, with what it is."""

SCENE_ALONE = re.compile(rf"\W*(?:\w{{1,12}}\.? )?(?:{parts.SCENE}|{parts.ACT})\W*$", re.IGNORECASE)
"""The number of an act or a scene, alone on its line."""

MARKS = "_*=.: "
"""What stands around a name or the number of a scene."""

WORDS = 4
"""Words of a name, at most."""

JOINING = r"(?:and|et|und|og|och|en|y|e|i|и|the|la|le|les|der|die|das|de|den|det|of|von|van|du|des|di|à)"
_SIGNS = ".:—–-"  # behind a name
_LONGEST = 40  # characters of a name, and
_DIRECTION = 80  # of what is done the while
_SHORT = re.compile(rf"(?:{HONORIFIC}|[^\W\d_]{{1,2}})\.")
_SHORTENED = re.compile(r"[^\W\d_a-zß-öø-ÿ]{1,4}\.")  # in a name in capitals: "ATT. MOTH"
_JOINS = re.compile(JOINING)
_WORD = r"[^\W\d_][^\W\d_’'.-]*\.?(?:[’'-][^\W\d_]+)*"
_PERSON = rf"{_WORD}(?:,? (?:{JOINING} )*{_WORD}){{0,4}}"
_ACTS = r",? ?_?[\[(][^\])]{2,90}[\])]_?"  # "(rising)": what is done the while
_OVER = re.compile(
    rf"^(?P<mark>_|\*\*|=)?(?P<name>{_PERSON}?)(?:[.:]|\.?--?|\.?—)?(?P=mark)?[.:]?"
    rf"(?:{_ACTS}[.:]?)?$"
)
_CAPITAL = re.compile(r"[_*=]{0,2}(?:\d{1,2}(?i:st|nd|rd|th)\.? )?[^\W\d_a-zß-öø-ÿа-яё]")
_SHOUTED = re.compile(r"[_*=]|[^\W\d_a-zß-öø-ÿа-яё]{2}|[^\W\d_][.’']")
_MAY_OPEN = re.compile(rf"{_CAPITAL.pattern}|{_SHOUTED.pattern}")
_MARK = re.compile(r"_|\*\*|=")
_DIRECTED = re.compile(rf"{_ACTS}(?P<sign>[.:—–-]?)")
_OPEN = re.compile(r"[(\[][^)\]]*$")
_NUMBERED = re.compile(r"[_*]?\s*_?(?:\d+|[IVXLC]{2,}|[ivxlc]{2,})(?:[.:)]|\s*$)")
_ENDED = re.compile(r"[.!?…:;)\]\"”»_*—–-]\W*$")
_ADDRESSED = re.compile(rf"\b{HONORIFIC}\.$")
_NOBODY = re.compile(
    r"(?:verse|chorus|refrain|strophe|antistrophe|couplet|stanza|coda|bridge|solo|tutti|ingredients?|method|directions?"
    r"|mode|time|average cost|sufficient|seasonable|obs(?:ervation)?|line|page|art(?:icle)?|sec(?:tion)?"
    r"|singular|plural|zutaten|zubereitung|préparation|remarks?|notes?|question|answer|solution|proof|theorem|lemma|example|exercise"
    r"|exemple|beispiel|january|february|march|april|may|june|july|august|september|october|november|december"
    r"|(?:sun|mon|tues|wednes|thurs|fri|satur)day|morning|evening|the end|amen"
    r"|(?:the|this) same|les? mêmes?|die?selben?|l[oa]s? mism[oa]s?|gli stessi|de samme|dezelfden?)s?",
    re.IGNORECASE,
)
_GOES = re.compile(r"(?:re-?)?(?:enter|exit|exeunt|manet|manent)(?: (?:all|both|omnes|severally))?", re.IGNORECASE)
"""Who comes or goes is done, and said by nobody: "_Exeunt._"."""
_ARTICLE = re.compile(
    r"^(?:the|an?|der|die|das|eine?|le|la|les|une?|el|los|las|il|lo|gli|i|de|den|det|en|et|een|ett|o|os|as|uma?)"
    r"\b ?(?=.)",
    re.IGNORECASE,
)
_CELL = re.compile(r"\s{2,}|\t|\.{3,}|(?: \.){2,}|[;,({}\[:=]|--|—| – ")  # behind it: who that is, or who plays him
_SEVERAL = re.compile(r"(?<=[^\W\d_]{2})\.\s+|;\s*")  # "Theron.  Phaedra.  Lysis, a cobbler."
_LISTED = 5  # labels that the list of persons names
_NAMES = 2  # of them
_ROWS = 60  # lines of a list
_GAP = 2  # blank lines in it, at most
_COVERED = 0.4  # of the stretches between the first and the last begin with a name, where it is in plain letters
_USUAL = 0.1  # of the names in plain letters have this sign behind them
_CLEAR = 3  # letters that a shortened name in plain letters has
_STEM = 4  # letters of a name that an ending may follow: "KAPTAJN", "KAPTAJNEN"
_ENDING = 3
TOGETHER = re.compile(
    r"(?:all|both|omnes|chorus|soli|tutti|coro|tous|toutes|tous deux|chœur|choeur|alle|beide|chor|todos|todas|ambos"
    r"|allen|koor|alla|kör|kor)(?: (?:the )?\w+)?"
)
"""Names of several who speak together, in small letters."""


BARE = ("in", "capitals", "", "bare")
"""The form of a label that has no sign behind it: a paragraph may open so; only the list of persons tells."""


@dataclass(frozen=True, slots=True)
class Label:
    """Who speaks, as a line may say it: ``form``, how it is written; ``alone``: nothing is said on that line.

    ``loud``: the name is in capitals or marked, as a word that begins a sentence is not.
    """

    form: tuple[str, ...]
    name: str
    alone: bool
    loud: bool


def candidates(rows: Sequence[Row], told: Mapping[int, Told] | None) -> Iterator[tuple[int, Label]]:
    """Yield what may say who speaks, with the number of the line; ``told``: the roles as far as they are known."""
    above: Row | None = None
    bare = _bare_names(rows)
    depth = 0  # brackets that are open since one opened a stretch
    for row, below in zip(rows, (*rows[1:], None), strict=True):
        opens = above is None or above.stretch != row.stretch
        after, above = above, row
        inside = 0 if opens else depth
        depth = max(0, inside + _opened(row.text)) if inside or (opens and row.text[0] in "([") else 0
        if inside:
            continue  # "[Enter ORM and the body of", "TOLL, borne by fishermen.]"
        if (told is not None and row.number not in told) or not _MAY_OPEN.match(row.text):  # most rows, and soon told
            continue
        ended = after is not None and _ENDED.search(after.text) and not _ADDRESSED.search(after.text)
        within = not (opens or ended)
        if not (_SHOUTED if within else _CAPITAL).match(row.text):
            continue
        one = label(row.text)
        if opens and below is not None and below.stretch == row.stretch and _OPEN.search(row.text):
            one = label(f"{row.text} {below.text}") or one  # what he does goes on in the next row
        if bare and not (one and one.loud) and (other := _bare(row.text)) and other.name in bare:
            one = other  # "MARCHESE Arlecchino." calls him
        if one and (one.loud or not within):
            yield row.number, one


def _opened(text: str) -> int:
    """Return how many more brackets a text opens than it closes."""
    return text.count("(") + text.count("[") - text.count(")") - text.count("]")


def label(text: str) -> Label | None:
    """Return who may speak on a line: a name by itself, with what he does the while, or a name before what is said."""
    if cut := directed(text):
        return _named(text[:cut], "", "", alone=True)
    if len(text) <= _LONGEST + _DIRECTION and (over := _OVER.match(text)):
        one = _named(over["name"], over["mark"] or "", "", alone=True)
        if one is not None:
            return one
    if not (cut := label_of_turn(text)):
        return _bare(text)
    if is_numbered(text, cut):
        return None
    mark = _MARK.match(text)
    behind = _DIRECTED.match(text[cut:])
    closes = text.find(mark[0], len(mark[0])) if mark else 0
    if mark and (closes < 0 or (closes > cut and len(text.rstrip(".:")) <= closes + len(mark[0]))):
        return None  # the italics go on to the end of the line
    sign = behind["sign"] if behind else text[:cut].rstrip("_*= ")[-1:]
    alone = not text[cut:].strip("_ {}")
    return _named(text[:cut], mark[0] if mark else "", sign if sign in _SIGNS else "", alone=alone)


def _bare(text: str) -> Label | None:
    """Return the name in capitals behind which what is said follows without a stop."""
    found = _named(text[: bare_label(text)], "", "", alone=False)
    return replace(found, form=BARE) if found else None


def _bare_names(rows: Sequence[Row]) -> frozenset[str]:
    """Return the names that stand so before what is said, where a list of persons is and most speak so."""
    if not any(PERSONS.match(row.text.strip(MARKS)) for row in rows):
        return frozenset()
    found = Counter(one.name for row in rows if row.text[:2].isupper() and (one := _bare(row.text)))
    known = frozenset(name for name, times in found.items() if times > 1)
    return known if len(known) >= _NAMES and sum(found[name] for name in known) >= _LISTED else frozenset()


def is_numbered(text: str, cut: int) -> bool:
    """Tell whether a number stands behind the first words of a line, which end at ``cut``: "Art. 2.", "Line 14."."""
    return _NUMBERED.match(text, cut) is not None


def names_nobody(text: str) -> bool:
    """Tell whether a word is that over a part of a receipt, a lesson, a song, and no name."""
    return _NOBODY.fullmatch(text.strip(f"{MARKS},{_SIGNS}")) is not None


def _named(name: str, mark: str, sign: str, *, alone: bool) -> Label | None:
    """Return the label with this name; nothing where the words name nobody."""
    bare = name.strip(f"{MARKS},{_SIGNS}")
    counted, bare = bare, NTH.sub("", bare)
    if not bare or len(bare) > _LONGEST or not bare[0].isupper() or number_alone(bare):
        return None
    if any(form.fullmatch(bare) for form in (_NOBODY, MUSIC, _GOES)):
        return None
    short = _SHORTENED if bare.isupper() else _SHORT
    if any(word.endswith(".") and not (short.fullmatch(word) or _SHORT.fullmatch(word)) for word in bare.split()):
        return None  # a sentence begins behind it
    words = [word for word in bare.split() if not _JOINS.fullmatch(word.casefold() if bare.isupper() else word)]
    if len(words) > WORDS or 2 * sum(word[0].isupper() for word in words) < len(words):
        return None
    if any(form.match(bare) for form in (END, CURTAIN, NAMED, FRONT_OR_BACK, SCENE_ALONE)):
        return None
    capitals = written(" ".join(words)) == "capitals"
    loud = capitals or bool(mark)
    form = ("over" if alone else "in", "capitals" if capitals else "small", mark, "" if alone or loud else sign)
    return Label(form, re.sub(r"[^\w ]", "", counted.casefold()), alone, loud)


class Listed:
    """The list of the persons of a play: whom it names, and its rows from the title to the last person.

    It ends where somebody is named again, for nobody is listed twice, or where an act or scene begins.
    """

    def __init__(self, rows: Sequence[Row], seen: Mapping[int, Label]) -> None:
        self.entries: list[list[str]] = []  # the words of each name
        self.first = next(
            (n for n, row in enumerate(rows) if (row.gap or not n) and PERSONS.match(row.text.strip(MARKS))), len(rows)
        )
        self.end = self.first + 1
        self.ended = False
        for row in rows[self.end : self.end + _ROWS]:
            one = seen.get(row.number)
            over = bool(self.entries) and row.gap > _GAP
            begins = NAMED.match(row.text.strip(MARKS)) or SET.match(row.text) or NUMBER_OF_MUSIC.fullmatch(row.text)
            if over or begins or (one and self.names(one)):
                self.ended = True
                break
            self.end += 1
            self.entries += _entries(row.text)

    def names(self, one: Label) -> bool:
        """Tell whether the list names a speaker, whole or shortened, or without an ending."""
        clear = 1 if one.loud else _CLEAR
        words = _ARTICLE.sub("", one.name, count=1).split()
        return bool(words) and any(
            all(any(_is_short_for(word, own, clear) for own in entry) for word in words) for entry in self.entries
        )


def _entries(text: str) -> Iterator[list[str]]:
    """Yield the words of each name in a line of the list."""
    for entry in _SEVERAL.split(text):
        name = _CELL.split(entry.strip("_* "), maxsplit=1)[0].strip("_*. ")
        bare = _ARTICLE.sub("", name, count=1)
        words = re.findall(r"[^\W\d_]+", bare)
        named = bare != name or any(word[0].isupper() for word in words)  # "En vakt."
        if words and named and len(words) <= WORDS + 1:
            yield [word.casefold() for word in words]


def _is_short_for(word: str, own: str, clear: int) -> bool:
    if own.startswith(word):
        return len(word) >= clear or word == own
    return len(own) >= _STEM and word.startswith(own) and len(word) <= len(own) + _ENDING


def of_the_list(
    rows: Sequence[Row], listed: Listed, seen: Mapping[int, Label], known: Mapping[int, Label]
) -> Iterator[tuple[int, Label]]:
    """Yield who else speaks, because the list of persons names him, or because all do.

    A name in plain letters may be the first word of a sentence: it speaks where such names open most of what is said.
    """
    found = [(row, one) for row in rows[listed.end :] if (one := seen.get(row.number)) and listed.names(one)]
    signs = Counter(one.form[-1] for _, one in found if not one.loud)
    usual = {sign for sign, times in signs.items() if times >= _USUAL * sum(signs.values())} | {""}
    found = [(row, one) for row, one in found if one.loud or one.form[-1] in usual]
    if not _covers(rows, found):
        found = [(row, one) for row, one in found if one.loud]
    if len({one.name for _, one in found}) < _NAMES or len(found) < _LISTED:
        return
    yield from ((row.number, one) for row, one in found)
    forms = {one.form[1:3] for _, one in found}
    for row in rows[listed.end :]:
        one = seen.get(row.number) or _together(row.text)
        if one and one.form[1:3] in forms and row.number not in known and TOGETHER.fullmatch(one.name):
            yield row.number, one


def _together(text: str) -> Label | None:
    """Return the label of a chorus; over a poem, in a text that lists no persons, it is a refrain."""
    bare = text.strip(MARKS)
    shown = written(bare) == "capitals" and TOGETHER.fullmatch(bare.casefold())
    return Label(("over", "capitals", "", ""), bare.casefold(), alone=True, loud=True) if shown else None


def _covers(rows: Sequence[Row], found: Sequence[tuple[Row, Label]]) -> bool:
    """Tell whether names open most stretches, or rows, from the first of them to the last."""
    if len(found) < _LISTED:
        return False
    first, last = found[0][0], found[-1][0]
    within = {row.stretch for row in rows if first.number <= row.number <= last.number}
    return len(found) >= _COVERED * len(within)

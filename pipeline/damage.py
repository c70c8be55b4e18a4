"""Damage: where the wording of the source itself looks damaged. Nothing is changed; a person is told, and decides.

The rules know no work and no author. Each is kept so narrow that most of what it finds is worth a look.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from pipeline.daybook import noted
from pipeline.model import Decision, Line, Role, unstyled
from pipeline.report import Report

NOT_READ = {Role.TABLE, Role.CONTENTS, Role.BOILERPLATE, Role.SEPARATOR}
PARTED = ("-", "—", "\xad")  # at the end of a line: no space follows
LEFT_OUT = {Role.CONTENTS, Role.BOILERPLATE}
SENTENCES = {Role.PARAGRAPH, Role.NOTE}

UNBROKEN = re.compile(r"\S+")
WEB = re.compile(r"://|www\.|@")
PAIRS = (("quote-unpaired", ("“", "”")), ("bracket-unpaired", ("(", ")")), ("bracket-unpaired", ("[", "]")))
ENUMERATED = re.compile(r"(?:^|\s)[^\W_]{1,3}\)$")
"""The labels of lists: “a)”, “12)”."""

SINGLE_OPEN = re.compile(r"(?:(?<=[\s(“–—])|^)‘(?!(?:em|tis|twas|til|cause|s)\b)(?=[^\W\d_])")
SINGLE_CLOSE = re.compile(r"(?<=[\w.,;:?!…])’(?![\w’])")
APOSTROPHE = re.compile(r"(?:[sxz]|\b\w{1,3}|in|\d)’$")
"""The possessive of a plural, and letters left out (“an’ ”, “doin’ ”)."""
SAID = re.compile(r"[sxz]’, [A-Z]\w+ [a-z]")
"""What somebody said, and who; a possessive has no comma behind it."""

UNDERSCORE = re.compile(r"_(?:(?<=[^\W_]_)(?=[^\W_])|_+(?=\w)|(?<=\s_)(?=\s))")
MANY = 10
"""Paragraphs with an underscore, a loose hyphen, an open direction; with more it is markup, a dash, a habit."""

SPACED_OFF = re.compile(r" (?=[ ;:?!])(?<=[\w”’] ) *[;:?!](?=\s|$)")
NOTE_NUMBER = re.compile(r"\[(?<=[\w.,;”’]\[)(\d{1,3})\]")

THE, HE = re.compile(r"the (?<=\bthe )([A-Z]{2,})\b"), re.compile(r"he (?<=\bhe )([A-Z]{2,})\b")
OFTEN = 3
"""A body in capitals that so often has an article before it ("the BBC") has lost a letter of it in “he BBC”."""

DIRECTION = re.compile(r"\[_?[^\W\d_][^\[\]]*$")
"""What is done in a play, in a bracket that many plays open and never close: "[Exeunt."."""

FAR = 40
LONG = 80
"""How many paragraphs on the partner of a sign is looked for; and letters from which a paragraph is a sentence."""

SHOWN = 24
"""Letters shown on either side of a damaged place."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph in one piece, and where its lines begin in it."""

    role: Role
    text: str
    starts: tuple[int, ...]
    lines: tuple[int, ...]

    @classmethod
    def of(cls, role: Role, lines: Sequence[Line]) -> Paragraph:
        """Put ``lines`` together, with a space between two; a hyphen or dash at the end of one stands by the next."""
        rows = [line.text.strip() for line in lines]
        rows = [*(row.removesuffix("\xad") if row.endswith(PARTED) else f"{row} " for row in rows[:-1]), *rows[-1:]]
        starts = accumulate((len(row) for row in rows[:-1]), initial=0)
        return cls(role, "".join(rows), tuple(starts), tuple(line.number for line in lines))

    def line_at(self, place: int) -> int:
        """Return the number of the line on which the letter at ``place`` stands."""
        return self.lines[bisect_right(self.starts, place) - 1]


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern that hardly ever stands in sound text.

    ``lang`` empty: in any language. ``where``: what is sooner found, and stands wherever the pattern does.
    """

    code: str
    pattern: re.Pattern[str]
    lang: str = ""
    where: re.Pattern[str] | None = None

    def places(self, text: str) -> Iterator[re.Match[str]]:
        """Yield where the pattern stands in a paragraph."""
        return self.pattern.finditer(text) if self.where is None or self.where.search(text) else iter(())


SMALL = "of|to|and|is|was|were|are|that|with|for|from|by|at|the|in|on|has|had|have|be|been|up|as|it|he|they|we"
TWICE = "had|that|her|very|no|so|many|much|long|now|ha|yes|well|nous|vous|die|der|das|sie|bye|far|again|never"
SUSPENDED = (
    "and|or|to|than|und|oder|bis|bzw|sowie|wie|als|ja|nicht|et|ou|e|o|y|en|of|tot|naar|dan|as|nor|but|och|eller|samt|men"
    "|än|till|og|end|til|ja|tai|sekä|kaj"
)
"""What may follow the first of two compounds that share their end (“pre- and post-war”)."""

L = r"[^\W\d_]"  # a letter
LOOSE_HYPHEN = re.compile(rf"- (?<=[a-zß-ÿ]..)(?!(?:{SUSPENDED})\b)(?=[a-zß-ÿ])| -(?<={L}{{2}} -)(?={L}{{2,}}\b(?!-))")

NOTE_LABEL = re.compile(
    r"^\[(?:foot-?note|note|n\.b|fu(?:ß|ss)note|anmerkung|note de bas de page|nota(?: al pie)?|voetnoot|noot|fotnot"
    r"|fodnote|alaviite|przypis|poznámka|примечание|сноска)\]:?(?=\s)",
    re.IGNORECASE,
)
"""A label that a transcriber, or a page of the web, sets before a note that nothing calls."""

RULES = (
    Rule("note-label-left", NOTE_LABEL),
    Rule("quote-turned", re.compile(rf"”(?<!\S”) ?(?={L})")),
    Rule("quote-turned", re.compile(rf"“(?:(?=\s|”|“)|(?<={L}“)(?={L}|$))|””")),
    Rule("sign-doubled", re.compile(r"\.\.(?<!\.\.\.)(?![.a-z])")),
    Rule("sign-doubled", re.compile(r",(?:[,;:]|\.(?!\.))|;[;,]|::")),
    Rule("space-odd", re.compile(r" [’‘]s\b")),
    Rule("space-odd", re.compile(rf"[,;](?:(?<={L}{{2}}.)(?={L}{{2}})|(?<=\w\w,)(?=(?:1[5-9]|20)\d\d\b))")),
    Rule("space-odd", re.compile(r"[.?!](?<=[a-z]{3}.)(?=[A-Z][a-z])")),
    Rule("space-odd", re.compile(rf"[)\]](?<=[a-z].)(?={L}{{2}})")),
    Rule("space-odd", re.compile(r"[12](?<=[a-z]{3}.)(?:[5-9]|(?<=2)0)\d\d\b")),
    Rule("hyphen-odd", re.compile(rf"[–—](?:(?<={L}.) (?={L})|(?<={L} .)(?={L}))")),
    Rule("word-doubled", re.compile(rf"\b({L}{{2,}}+|a) (?=\1\b)(?!(?:{TWICE})\b)\1(?![-’'])")),
    Rule("letter-odd", re.compile(r"[\ufffd`]")),
    Rule(
        "letter-odd",
        re.compile(r"[0lI1](?:(?<=\b0)[a-z]{2,}|(?<=[A-Za-z]{2}0)[a-z]|(?<=\b[lI])9\d\d\b|(?<=\b1)[89][lO]\d\b)"),
    ),
    Rule(
        "letter-odd",
        re.compile(r"\b(?=[a-z]{2,}[A-Z])(?!mc|mac|de|di|la|le|van|von)[a-z]{2,}[A-Z][a-z]+\b"),
        where=re.compile("[A-Z](?<=[a-z].)"),
    ),
    Rule(
        "word-odd",
        re.compile(rf"(?:t(?<=\bt)he|a(?<=\ba)n?(?! (?:be|been|had|have)\b)) (?:{SMALL})\b(?![-’'.”)])"),
        "en",
    ),
    Rule("word-odd", re.compile(r"as (?<=\bas )(?:(?:[a-z]+ly )?been|(?:soon|well|far|long|much|many) is)\b"), "en"),
    Rule("word-odd", re.compile(r"It (?:(?<=^It )|(?<=[.!?:”] It ))(?:his|their|my|our|your)\b"), "en"),
    Rule("word-odd", re.compile(r"\b(?:as|if|since|that) (?:you|we|they|he|she|it) been\b"), "en", re.compile(" been")),
    Rule(
        "word-odd",
        re.compile(r"\b(?:had|has|have|was|were|with|for) and (?=[AEIOU][a-z])"),
        "en",
        re.compile(" and [AEIOU]"),
    ),
    Rule("sign-doubled", re.compile(r"”(?: (?:said|asked|replied|answered|cried))(,) (?=[A-Z])"), "en"),
    Rule("word-odd", re.compile(r"a(?<=\ba)(?: (?!e|one|once|u)[aeio]|n [bcdfgjklmnpqrtvwz])[a-z]{2,}\b"), "en"),
)
"""Order does not matter; a line gets each finding once."""


def inspect_text(paragraphs: Sequence[Paragraph], report: Report, lang: str = "") -> None:
    """Look for damage, paragraph by paragraph; each finding is of the family “text”.

    Args:
        paragraphs: those of the text, as :func:`paragraphs_of` gives them.
        report: gets the findings.
        lang: the language, for the rules that know words.

    """
    told: set[tuple[str, int]] = set()
    for code, paragraph, place in _places(paragraphs, lang.split("-")[0]):
        line = paragraph.line_at(place)
        if (code, line) not in told:
            told.add((code, line))
            report.find(code, line, text=_shown(paragraph.text, place))


def paragraphs_of(lines: Sequence[Line], decisions: Sequence[Decision]) -> list[Paragraph]:
    """Return the paragraphs of a text, without what is left out of the book.

    Args:
        lines: the lines, repaired.
        decisions: what they are; empty: each line is a paragraph.

    """
    return list(_paragraphs(lines, decisions))


def _paragraphs(lines: Sequence[Line], decisions: Sequence[Decision]) -> Iterator[Paragraph]:
    """Put joined lines together."""
    decided = {one.line: one for one in decisions}
    role, current = Role.PARAGRAPH, list[Line]()
    for line in lines:
        if line.blank:
            continue
        decision = decided.get(line.number)
        if decision is not None and decision.role in LEFT_OUT:  # a paragraph may go on behind furniture
            continue
        if current and not (decision is not None and decision.joined):
            yield Paragraph.of(role, current)
            current = []
        if not current:
            role = decision.role if decision else Role.PARAGRAPH
        words = unstyled(line.text)
        current.append(line if words is line.text else replace(line, text=words))
    if current:
        yield Paragraph.of(role, current)


def _places(paragraphs: Sequence[Paragraph], lang: str) -> Iterator[tuple[str, Paragraph, int]]:
    spaced = _sets_off(paragraphs)
    notes = {found[1] for one in paragraphs for found in re.finditer(r"^\[(?:Footnote )?(\d+)", one.text)}
    texts = [one.text for one in paragraphs]
    times = Counter(name for text in texts for name in THE.findall(text))
    named = {name for name, often in times.items() if often >= OFTEN}
    italics = sum("_" in text for text in texts) > MANY
    open_directions = sum(bool(DIRECTION.search(text)) for text in texts) > MANY
    dashes = sum(bool(LOOSE_HYPHEN.search(text)) for text in texts) > MANY
    for number, paragraph in enumerate(paragraphs):
        if paragraph.role in NOT_READ:
            continue
        text = _without_addresses(paragraph.text)
        spaces = not spaced and paragraph.role is not Role.CITATION
        for code, place in _alone(text, lang, spaces, not dashes, not italics):
            yield code, paragraph, place
        for found in NOTE_NUMBER.finditer(text):
            if found[1] not in notes:
                yield "note-number-left", paragraph, found.start()
        if lang == "en" and named:
            for found in HE.finditer(text):
                if found[1] in named:
                    yield "word-odd", paragraph, found.start()
        for code, signs in PAIRS:
            for place in _unpaired(text, signs, texts, number):
                if not (signs[0] == "[" and open_directions and DIRECTION.search(text)):
                    yield code, paragraph, place
        for place in _single_quotes(text) if "‘" in text or "’" in text else ():
            yield "quote-unpaired", paragraph, place
        if paragraph.role in SENTENCES and _is_cut(paragraph.text, paragraphs[number + 1 : number + 2]):
            yield "sentence-cut", paragraph, len(text) - 1


def _without_addresses(text: str) -> str:
    """Return a text of the same length in which no sign of an address of the net is taken for damage."""
    if "/" in text or "@" in text or "www." in text:
        return UNBROKEN.sub(lambda found: "w" * len(found[0]) if WEB.search(found[0]) else found[0], text)
    return text


@noted
def _alone(text: str, lang: str, spaces: bool, hyphens: bool, underscores: bool) -> tuple[tuple[str, int], ...]:
    """Return what a paragraph shows by itself, each code with its place.

    Args:
        text: of the paragraph.
        lang: for the rules that know words.
        spaces: a space before a sign is damage: no citation, whose signs are set anew, and no French.
        hyphens: so is one beside a hyphen.
        underscores: so are these.

    """
    found = [
        (rule.code, place.start())
        for rule in RULES
        if not rule.lang or rule.lang == lang
        for place in rule.places(text)
    ]
    if spaces:
        found += [("space-odd", place.start()) for place in SPACED_OFF.finditer(text)]
    if hyphens:
        found += [("hyphen-odd", place.start()) for place in LOOSE_HYPHEN.finditer(text)]
    if underscores:
        found += [("letter-odd", place.start()) for place in UNDERSCORE.finditer(text)]
    return tuple(found)


def _sets_off(paragraphs: Sequence[Paragraph]) -> bool:
    """Tell whether the text sets its signs off by a space, as French does: then that is no damage."""
    text = "\n".join(one.text for one in paragraphs)
    return len(re.findall(r"[;:?!](?<=\w\s.)", text)) > len(re.findall(r"[;:?!](?<=\w.)", text)) / 10


def _unpaired(text: str, signs: tuple[str, str], texts: Sequence[str], number: int) -> Iterator[int]:
    """Give the places of signs without a partner. A pair may begin in one paragraph and end in a later one."""
    opening, closing = signs
    if (opening not in text and closing not in text) or "„" in text:
        return
    opened: list[int] = []
    begun: bool | None = None  # in an earlier paragraph; looked up once
    for found in re.finditer(re.escape(opening) + "|" + re.escape(closing), text):
        place, sign = found.start(), found[0]
        if sign == opening:
            if opened and opening == "“":
                yield place
            opened.append(place)
        elif opened and opening == "“":
            opened.clear()
        elif opened:
            opened.pop()
        elif closing == ")" and ENUMERATED.search(text, max(0, place - 4), place + 1):
            continue
        else:
            if begun is None:
                begun = _goes_on(texts[max(0, number - FAR) : number][::-1], closing, opening, -1)
            if not begun:
                yield place
    if not opened or (opening == "“" and texts[number + 1 : number + 2] and texts[number + 1].startswith("“")):
        return
    if not _goes_on(texts[number + 1 : number + 1 + FAR], opening, closing, 1):
        yield opened[-1]


def _goes_on(texts: Sequence[str], same: str, partner: str, way: int) -> bool:
    """Tell whether, reading on in this way (1 or -1), the partner of a sign comes before another of the same."""
    for text in texts:
        first, second = (text.rfind(same), text.rfind(partner)) if way < 0 else (text.find(same), text.find(partner))
        if first >= 0 or second >= 0:
            return first < 0 or (second >= 0 and (second - first) * way < 0)
    return False


@noted
def _single_quotes(text: str) -> tuple[int, ...]:
    """Return the places of single quotation marks without a partner, as far as they can be told from apostrophes."""
    return tuple(_lone_quotes(text))


def _lone_quotes(text: str) -> Iterator[int]:
    opened: int | None = None
    for found in re.finditer("[‘’]", text):
        place = found.start()
        if SINGLE_OPEN.match(text, place):
            if opened is not None:
                yield opened
            opened = place
        elif SINGLE_CLOSE.match(text, place):
            possessive = APOSTROPHE.search(text, max(0, place - 4), place + 1)
            if opened is None and (not possessive or SAID.match(text, place - 1)):
                yield place
            opened = None
    if opened is not None:
        yield opened


def _is_cut(text: str, following: Sequence[Paragraph]) -> bool:
    """Tell whether a paragraph breaks off: it is long, has no end, and the next does not go on with it."""
    if following and following[0].role is Role.CITATION and text.rstrip("…").endswith(":"):
        return True
    end = text.rstrip("”’\"'*_ ")[-1:]
    goes_on = following and following[0].text[:1].islower()
    return len(text) > LONG and (end.isalpha() or end in ",(") and not goes_on


def _shown(text: str, place: int) -> str:
    start, end = max(0, place - SHOWN), place + SHOWN
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")

"""Shapes: verse, tables, quotations, addresses and captions, told by how their lines lie on the page.

Only in regions that are wrapped at a fixed width: there a line that ends early was meant to end.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline import parts
from pipeline.label.features import marker, speaker
from pipeline.label.layout import Unit, columns, filled, is_full
from pipeline.label.settled import Settled
from pipeline.model import ChangeKind, Leaving, Role
from pipeline.parts import END, HONORIFIC
from pipeline.words import words_of

WHY = {
    "columns": "Wide gaps or bars stand in its lines, one under another: the columns of a table.",
    "lines-meant": "Its lines end before they are full and begin with capitals: verse.",
    "beside-verse": "It is set in like the verse beside it.",
    "set-in": "Wrapped prose, set in from the margin: a quotation.",
    "short-lines": "A few short lines, most words with capitals: an address, a signature, a title page.",
    "far-right": "It stands at the right: a signature or a date.",
    "source-at-right": "It stands at the right, below a quotation or verse: who wrote it.",
    "names-a-picture": "In brackets, named as an illustration or as music: the caption of what is not in the text.",
    "caption-goes-on": "It goes on with the caption above, whose bracket is still open.",
    "empty-picture": "In brackets, an illustration that the text does not have and says nothing of.",
    "speaker-and-stop": "A name in capitals and a full stop open it, in a text that has scenes: a turn of a play.",
    "entry-of-index": "It is an entry of an index.",
    "rows-of-signs": "No letter on it: an ornament between two parts.",
}
"""The rules of shape, each with what an editor would say."""

LEAVES = {"empty-picture": Leaving(ChangeKind.SET_ASIDE, picture=True)}

_BEFORE_WORDS = re.compile(r"^[\W_]+")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")  # letters of somebody's own font

PICTURE = re.compile(
    r"^\[\s*(?P<label>illustrations?|vignette|figure|fig\.|plate|image|picture|map|diagram|portrait|photo\w*|decoration"
    r"|ornament|music(?:al notation)?|musique|musik|música|musica|abbildung|afbeelding|illustrazione|ilustración"
    r"|gravure|иллюстрация|рисунок|ноты)\b\s*(?P<rest>[^\w\]].*)?\]?$",
    re.IGNORECASE | re.DOTALL,
)
TURN = re.compile(
    rf"^(?P<name>(?:{HONORIFIC}\. )?[A-ZÀ-ÞА-Я][A-ZÀ-ÞА-Я’' -]{{1,30}})"
    r"(?P<aside> (?:\([^)]{2,120}\)|\[[^\]]{2,120}\]))?(?P<stop>\.?)"
    r"(?(aside)(?:\s+|$)|(?<=\.)\s+(?=[^\W\d]|[\"“«„(\[_‘']))(?P<words>.*)$"
)
_SHORTENED = re.compile(r"\w (?:ST|STE|MRS?|DR|REV|HON|CAPT|COL|GEN|PROF|MME|MLLE)$")
_COUNTED = re.compile(r"^(?:AIR|ARIA|SONG|DUET|TRIO|CHORUS|ROUND|LIED|CHANSON|CORO|KOOR|SANG) (?:[IVXLC]+|\d+)$")
_ADDRESSED = re.compile(HONORIFIC)
SCENE = re.compile(rf"^\W*(?:{parts.ACT}|{parts.SCENE})\b", re.IGNORECASE)
SAYS_NOTHING = {
    *("illustration", "illustrations", "abbildung", "afbeelding", "illustrazione", "ilustración", "gravure"),
    *("иллюстрация", "рисунок"),
}
"""What only says that there is a picture; "Map" and "Portrait" say of what kind it is."""
_GAP = re.compile(r"(?<=\S)(?: {3,}|\t+)(?=\S)")
_INDEX = re.compile(r"\b(?:index|register|indice|índice|указатель)\b", re.IGNORECASE)
_PAGE = re.compile(r"\d|\b[ivxlc]+\.?$|\b(?:see|vide|siehe|voir|véase|vedi|zie|ver|s\.|см\.)\s", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")
_UNDER = re.compile(r"\s*(?:--|[—–])")
_RULE = re.compile(r"^[\s|+:=_.*-]*$")
_INITIALS = re.compile(r"^(?:[A-Z]\. ?)+[A-Z][a-z]")
_SPEAKERS = re.compile(r"^[A-Z]\.\s*(?:--|—|–|«|“)")  # "M.  --He is coming": who speaks, not which item
_NOTHING = Settled(Role.PARAGRAPH, "")
_RIGHT = 0.4  # of the width; a line that begins farther right is set to the right
_DOTS = 3  # in a row that is no leader
_APART = 2  # blank lines between an index and what is none of its entries
_LETTERS = 3  # by which the entries of an index stand in order; and of a group of them: "A", "XYZ"
_SHORT = 0.72  # of the width; lines of an address are shorter


def shapes(found: Sequence[Unit], settled: Mapping[int, Settled]) -> dict[int, Settled]:
    """Settle what units are by their shape.

    Args:
        found: the units of the text.
        settled: what is settled already, by index.

    Returns:
        What the shapes add to it, by index.

    """
    out: dict[int, Settled] = {}
    index: _Index | None = None
    speakers = _speakers(found)
    open_caption = False
    for at, unit in enumerate(found):
        if open_caption and at not in settled:
            out[at] = Settled(Role.CAPTION, "caption-goes-on", level=1, sure=1.0)
            open_caption = "]" not in unit.text
            continue
        among = index is not None and _is_among_entries(found, out, at)
        if at in settled and settled[at].role in (Role.TITLE, Role.HEADING) and not among:
            index = _Index(_longest(found, settled, at + 1)) if _INDEX.search(unit.text) else None
        if index and not among and unit.rows and index.ends(unit):
            index = None
        if (at not in settled or among) and unit.width:
            shape = _entries(unit, index.longest) if index and words_of(unit.text) else None
            if index and shape:
                index.add(unit)
            turn = _turn(unit) if speakers else None
            if turn and turn["name"] in speakers:
                shape = Settled(Role.DIALOGUE, "speaker-and-stop")
            shape = shape or _shape(unit, out.get(at - 1))
            if shape:
                out[at] = shape
                if index and shape.rule == "rows-of-signs":
                    index.parted = True
                open_caption = shape.rule == "names-a-picture" and "]" not in unit.text
    _beside_verse(found, out)
    return out


def _shape(unit: Unit, above: Settled | None) -> Settled | None:
    text = unit.text
    picture = PICTURE.match(text) if text.startswith("[") else None
    if picture and ("]" not in text or text.endswith("]")):
        if picture["rest"] or picture["label"].lower() not in SAYS_NOTHING:
            return Settled(Role.CAPTION, "names-a-picture", sure=1.0)
        return Settled(Role.BOILERPLATE, "empty-picture", sure=1.0)
    if not re.search(r"[^\W_]", text) and not _PRIVATE.search(text) and not words_of(text):  # "™" says a word
        return Settled(Role.SEPARATOR, "rows-of-signs", sure=1.0)
    if is_table(unit.rows):
        return Settled(Role.TABLE, "columns", by_line=True)
    if (marker(text) and not _INITIALS.match(text) and not _SPEAKERS.match(text)) or speaker(text):
        return None
    inset = unit.indent - unit.margin
    if len(unit.rows) == 1:
        return _single(unit, inset, above)
    if is_verse(unit):
        return Settled(Role.VERSE, "lines-meant", by_line=True)
    least = min(len(row) - len(row.lstrip()) for row in unit.rows)
    if max(len(row.strip()) for row in unit.rows) <= _SHORT * unit.width and not _own_filled(unit):
        if least - unit.margin >= 2 and not _named(unit.rows):
            return Settled(Role.VERSE, "lines-meant", by_line=True)
        return Settled(Role.LETTER, "short-lines", by_line=True)
    if least - unit.margin >= 2:
        return Settled(Role.PARAGRAPH, "set-in", level=1)
    return None


def _turn(unit: Unit) -> re.Match[str] | None:
    """Match a turn of a play; who speaks has no more than the first row.

    A name that counts is that of a song ("AIR IV."), and one that is but an address names nobody ("MR. FENN").
    """
    turn = TURN.match(unit.text)
    if turn is None or _COUNTED.search(turn["name"]) or _ADDRESSED.fullmatch(turn["name"]):
        return None
    title = unit.text.isupper() and _SHORTENED.search(turn["name"])  # "THE TALE OF ST. ORM"
    return turn if not title and (not unit.rows or turn.end("name") <= len(unit.rows[0].strip())) else None


def _speakers(found: Sequence[Unit]) -> set[str]:
    """Return the names in capitals that open turns of a play: two at least come back, and the text has scenes."""
    if not any(SCENE.match(unit.text) for unit in found if len(unit.text) < 80):
        return set()
    names = Counter(turn["name"] for unit in found if (turn := _turn(unit)))
    back = {name for name, times in names.items() if times > 1}
    return set(names) if len(back) > 1 else set()


def _longest(found: Sequence[Unit], settled: Mapping[int, Settled], start: int) -> int:
    """Return the columns of the longest line from a unit to the next heading."""
    heads = (at for at in range(start, len(found)) if at in settled and settled[at].role in (Role.TITLE, Role.HEADING))
    rows = (row for unit in found[start : next(heads, len(found))] for row in unit.rows)
    return max((columns(row.rstrip()) for row in rows), default=0)


def _entries(unit: Unit, longest: int) -> Settled | None:
    """Settle a stretch of an index: an entry a line; a line set in farther goes on if the one above has no page yet.

    But not if that had room for its first word, as the ``longest`` line of the index shows: then it is a sub-entry.
    What begins with a dash is an entry of its own too, below the first: "Pigeons, breeds of / --origin of".
    """
    under = [bool(_UNDER.match(row)) for row in unit.rows]
    if not any(re.search(r"\d", row) for row in unit.rows) and len(unit.rows) > 2 and 2 * sum(under) < len(under):
        return None
    least = min(len(row) - len(row.lstrip()) for row in unit.rows)
    joins = {
        n
        for n, (above, row) in enumerate(pairwise(unit.rows), 1)
        if len(row) - len(row.lstrip()) > least
        and not under[n]
        and not re.search(r"\d[\w)\].]*$", above.rstrip())
        and (above.rstrip().endswith((",", "-")) or is_full(above, row, longest))
    }
    if (turned := _turned(unit.rows, under)) is not None:
        joins.add(turned)
    return Settled(Role.ITEM, "entry-of-index", level=1, by_line=True, joins=frozenset(joins), sure=1.0)


def _turned(rows: Sequence[str], under: Sequence[bool]) -> int | None:
    """Return the one row of an entry standing by itself that goes on with its first, which turned over.

    It begins with a small letter where the entry begins with a capital; neither it nor what stands below has a sign.
    """
    own = [n for n, below in enumerate(under) if not below]
    if own != [0, 1] or re.search(r"\d[\w)\].]*$", rows[0].rstrip()):
        return None
    return 1 if rows[0].lstrip()[:1].isupper() and rows[1].lstrip()[:1].islower() else None


@dataclass(slots=True)
class _Index:
    """An index that is being read: what it has so far, by which one tells what stands behind its last entry."""

    longest: int
    entries: int = 0
    paged: int = 0
    last: str = ""  # the letters with which the last entry begins
    parted: bool = False  # a row of signs stands above

    def ends(self, unit: Unit) -> bool:
        """Tell whether a unit is none of its entries: the end of the book, or what stands behind that.

        Such stands apart, names no page, and is in capitals or falls out of the order of the alphabet.
        """
        if END.match(unit.text.strip("_*= .")):
            return True
        apart = unit.blanks >= _APART or self.parted
        if not self.entries or not apart or any(map(_PAGE.search, unit.rows)):
            return False
        if len(unit.rows) == 1 and len(_LETTER.findall(unit.text)) > _LETTERS and unit.text == unit.text.upper():
            return True
        return 2 * self.paged >= self.entries and (self.parted or _begins(unit.rows[0]) < self.last)

    def add(self, unit: Unit) -> None:
        """Count a unit of entries."""
        self.entries += 1
        self.paged += any(map(_PAGE.search, unit.rows))
        self.last, self.parted = _begins(_heads(unit)[-1]), False


def _heads(unit: Unit) -> Sequence[str]:
    """Return the rows of a unit of an index that are not set in below another."""
    return [row for row in unit.rows if len(row) - len(row.lstrip()) == unit.indent] or unit.rows


def _begins(row: str) -> str:
    """Return the first letters of a row, by which an index has its order."""
    return "".join(words_of(row))[:_LETTERS]


def _is_among_entries(found: Sequence[Unit], out: Mapping[int, Settled], at: int) -> bool:
    """Tell whether a line of an index that has the words of a chapter stands in its place of the alphabet: an entry."""
    if not 0 < at < len(found) - 1 or out.get(at - 1, _NOTHING).rule != "entry-of-index":
        return False
    above, unit, below = (found[n] for n in (at - 1, at, at + 1))
    first, *_ = words_of(unit.text) or [""]
    if END.match(unit.text.strip("_*= .")):
        return False
    # No index is in order throughout.
    letters = [_begins(row)[:1] for row in (_heads(above)[-1], unit.rows[0], below.rows[0])]
    return unit.indent == above.indent == below.indent and len(first) > 1 and letters == sorted(letters)


def _single(unit: Unit, inset: int, above: Settled | None) -> Settled | None:
    if is_far_right(unit):
        below_quotation = above is not None and (above.role is Role.VERSE or above.level == 1)
        if below_quotation and unit.blanks < 2:
            return Settled(Role.ATTRIBUTION, "source-at-right")
        return Settled(Role.LETTER, "far-right")
    if inset >= 2 and inset < _RIGHT * unit.width:
        return Settled(Role.PARAGRAPH, "set-in", level=1)
    return None


def _beside_verse(found: Sequence[Unit], out: dict[int, Settled]) -> None:
    """Make single lines set in verse too, where verse stands among them and nothing but one blank line between."""
    run: list[int] = []
    for at in range(len(found) + 1):
        one = out.get(at)
        lines = one is not None and (one.role is Role.VERSE or _single_set_in(one, found[at]))
        if lines and (not run or found[at].blanks == 1):
            run.append(at)
            continue
        if any(out[n].role is Role.VERSE for n in run):
            out.update({n: Settled(Role.VERSE, "beside-verse", by_line=True) for n in run if out[n].level})
        run = [at] if lines else []


def _single_set_in(one: Settled, unit: Unit) -> bool:
    return one.rule == "set-in" and len(unit.rows) == 1 and len(unit.rows[0].strip()) <= _SHORT * unit.width


def is_far_right(unit: Unit) -> bool:
    """Tell whether a single line is set to the right."""
    inset = unit.indent - unit.margin
    ends = len(unit.rows[0].rstrip()) > 0.75 * unit.width
    return len(unit.rows) == 1 and unit.width > 0 and inset >= _RIGHT * unit.width and ends


_LEADERS = re.compile(r" ?(?:\.{4,}|\.(?: {1,8}\.){3,}) *(?=[$£€]?\d[\d.,:/-]*\W?$)|(?<=\w) ?\.{6,} *(?=\S.{0,30}$)")
LEADERS = re.compile(r"(?<=\S) ?(?:\.{5,}|\.(?: {1,8}\.){4,}) *(?=[^\s.])")
"""Dots that lead to a figure or to words; more than an ellipsis has."""
BRACE = re.compile(r"^[^{]*[\s\d]\}(?:\s|$)|(?:^|\s)\{\s[^}]*$|\{\s*\d{0,3}\s*\}(?:\s|$)")
"""A piece of a brace that is drawn over several rows: it opens or closes nothing on its own."""


def without_leaders(row: str) -> str:
    """Return a row with spaces for the dots that lead to its figure, or to who plays somebody; they are no words."""
    return _LEADERS.sub(lambda dots: " " * len(dots[0]), row) if row.count(".") > _DOTS else row


def is_table(rows: Sequence[str]) -> bool:
    """Tell whether rows are a table: bars, braces, or wide gaps one under another, in most of them."""
    told = [without_leaders(row) for row in rows if not _RULE.match(row)]
    if len(told) < 2:
        return False
    if sum([("{" in row or "}" in row) and BRACE.search(row) is not None for row in told]) >= max(2, 0.6 * len(told)):
        return True
    bars = sum(["|" in row and ("|" in row.strip().strip("|") or row.count("|") > 1) for row in told])
    if bars >= max(2, 0.6 * len(told)):
        return True
    gaps = [[gap.end() for gap in _GAP.finditer(row.rstrip())] if "   " in row or "\t" in row else [] for row in told]
    if sum(map(bool, gaps)) < max(2, 0.5 * len(told)):
        return False
    starts = Counter(place for places in gaps for place in places)
    ends = Counter(len(row.rstrip()) for row, places in zip(told, gaps, strict=True) if places)
    common = max(starts[place - 1] + times + starts[place + 1] for place, times in list(starts.items()))
    return max(common, *ends.values()) >= max(2, 0.4 * len(told))


def is_verse(unit: Unit) -> bool:
    """Tell whether the lines of a unit were meant to end where they do: they had room left, and begin with capitals."""
    rows = unit.rows
    begins = [_BEFORE_WORDS.sub("", row)[:1] for row in rows]
    capitals = sum(letter.isupper() for letter in begins) / len(rows)
    room = 1.0 - filled(rows, _block_width(unit))
    inset = min(len(row) - len(row.lstrip()) for row in rows) - unit.margin
    levels = {len(row) - len(row.lstrip()) for row in rows}
    own = 1.0 - filled(rows, max(len(row.rstrip()) for row in rows))
    if inset >= 2:
        if capitals == 1.0 and (len(rows) > 3 or (len(rows) == 3 and len(levels) > 1)):
            return not _named(rows)
        if capitals >= 0.6 and room >= 0.5 and (own >= 0.25 or len(rows) < 4 or (room >= 0.9 and capitals >= 0.8)):
            return not _named(rows)
        return capitals >= 0.4 and len(levels) > 1 and len(rows) > 3 and own >= 0.5 and room >= 0.6
    return capitals >= 0.8 and len(rows) >= 3 and room >= 0.9 and own >= 0.3 and not _named(rows)


def _named(rows: Sequence[str]) -> bool:
    """Tell whether most words are names: lines of an address or a title page, not of verse."""
    words = re.findall(r"[^\W\d_]{2,}", " ".join(rows))
    return not words or sum(word[0].isupper() for word in words) > 0.6 * len(words)


def _block_width(unit: Unit) -> int:
    """Return the columns that a block had: set in at the left, it is mostly set in as far at the right."""
    return unit.width - max(0, min(unit.indent - unit.margin, 6)) - 2


def _own_filled(unit: Unit) -> bool:
    rows = [row.strip() for row in unit.rows]
    return len(rows) > 2 and filled(rows, max(len(row) for row in rows)) >= 0.9

"""Levels: how deep each heading lies.

Headings that are written alike are of one style, and a style has one level. Which of two styles lies over the other is
told by what an editor looks at: the words ("Part" over "Chapter"), numbers that begin again (scenes under acts), which
of them stands right above the other, the columns of the contents, and the room above.
"""

from __future__ import annotations

import re
from bisect import bisect, bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from statistics import median

from pipeline.label.headlines import (
    ARGUMENT,
    CHAPTER,
    IN_ORDER,
    SERIES,
    WIDE,
    Form,
    Headline,
    Named,
    appended_as,
    heads_a_letter,
    is_argument,
    leads_of,
    letters_of,
    named,
    ordered_of,
)
from pipeline.label.notes import is_notes_title
from pipeline.parts import NAMED, NUMBER, NUMBERED

_DEEPEST = 6
_STROKES = "=-—–~_*"  # lines drawn under headings, from the highest level down
_NO_EXCEPTION = 0.25  # share of the headings of one style
_CLOSE = 2  # blank lines; fewer part sections, and one more of them says something
_NEARLY_ALL = 0.8  # of the headings of a style
_MOSTLY = 0.6  # share of the places where an upper heading stands between two numbers
_OVER_OTHERS = " over others"
"""How the names of styles end whose headings stand right over others of the same style."""
_LOW = {CHAPTER, CHAPTER + 1}  # the ranks of numbers alone, and of what names itself a section or scene
_UNKNOWN = -1.0  # the gap above a style that never has text above it
_ALPHABET = 3  # headings of one letter that are no Roman figures: a dictionary's
_INSIDE = 2  # the level of what lies in a division
_TWICE = 2  # times that one style stands right above another


_COUNTED = "number"
"""How the names of styles begin whose headings begin with numbers."""
_CITED = "cited"
"""The name of the style of headings that say where in another book the words below them stand."""
_WITHIN = re.compile(r", [^\W\d_]{1,9}\.? ?(?:\d{1,3}|[ivxlc]{1,7})\.?", re.IGNORECASE)
_UNNAMED = ("number", Form.CAPITALS, Form.ITALICS, Form.CENTRED, Form.SHORT, Form.UNDERLINED)
"""How the names of styles begin that do not say what they are: they may be sections of a preface."""


@dataclass(slots=True)
class _Style:
    """Headings that are written alike: which of the book's headings they are, their numbers, the usual gap above."""

    name: str
    rank: int | None = None  # parts 1, chapters 2, scenes 3; None where no word says so
    members: list[int] = field(default_factory=list)
    values: list[int] = field(default_factory=list)
    gap: float = _UNKNOWN
    column: float = -1
    listed: float = 0.0  # the share of its headings that the contents have


def levels_of(heads: Sequence[Headline], title: str = "") -> list[int]:
    """Say how deep each heading lies; 1 opens a division.

    Args:
        heads: the headings of a text, in its order.
        title: the title of the book as :func:`letters_of` gives it, where the source names it.

    """
    styles, style_of = _styles(heads, title)
    roomy = min(2, max((one.gap for one in heads[1:]), default=2))  # what parts the chapters of a close text
    below = {n for n in range(1, len(heads)) if heads[n - 1].last + 1 == heads[n].at}
    directly = Counter((style_of[n - 1], style_of[n]) for n in below)

    pieces = _pieces(heads, styles, title)

    @cache
    def over(upper: str, lower: str) -> bool:
        if upper == lower or (lower, upper) in pieces:
            return False
        if (upper, lower) in pieces:
            return True
        if lower.startswith(_UNNAMED) and styles[upper].name == Form.MATTER and not chaptered(lower):
            return False
        return _over(styles[upper], styles[lower], directly)

    def chaptered(lower: str) -> bool:
        """Tell whether sections lie in chapters, or in several prefaces: else they are the chapters."""
        others = [style for name, style in styles.items() if name not in (lower, Form.MATTER)]
        return (
            any(_over(style, styles[lower], directly) for style in others)
            or len({bisect(styles[Form.MATTER].members, n) for n in styles[lower].members}) > 1
        )

    parents: dict[str, Counter[str]] = defaultdict(Counter)
    stack: list[str] = []
    for one, style in zip(heads, style_of, strict=True):
        if _stands_alone(one, title):
            stack = [style]
            continue
        while stack and not over(stack[-1], style):
            stack.pop()
        parents[style][stack[-1] if stack else ""] += 1
        stack.append(style)

    def depth(style: str, below: frozenset[str] = frozenset()) -> int:
        above = {parent: n for parent, n in parents[style].items() if parent and parent not in below}
        scattered = max(above.values(), default=0) < _NO_EXCEPTION * parents[style].total()
        if scattered and 2 * sum(above.values()) > parents[style].total():
            return 1 + min(depth(parent, below | {style}) for parent in above)  # below many others, seldom below none
        return 1 + max(
            # The first chapters may stand before the first part: each parent that is no exception counts.
            (
                depth(parent, below | {style}) if parent and parent not in below else 0
                for parent, n in parents[style].items()
                if n >= _NO_EXCEPTION * parents[style].total()
            ),
            default=0,
        )

    deep = {style: depth(style) for style in styles}
    noted = [n for n, one in enumerate(heads) if is_notes_title(one.text)]
    # The notes of the whole book stand once, behind its last chapter; those of a chapter come again.
    ends = noted[0] if len(noted) == 1 and _is_last(heads, noted[0]) else 0
    out: list[int] = []
    appended: dict[str, int] = {}
    for n, one in enumerate(heads):
        word = appended_as(one.text)
        if word in appended:
            level = appended[word]  # the second appendix lies as deep as the first
        elif not _stands_alone(one, title):
            level = deep[style_of[n]]
        elif is_notes_title(one.text) and n and not (n == ends and out.count(1) > 1):
            level = 2
        elif n in below and _rank(styles[style_of[n - 1]]) < CHAPTER:
            level = out[-1] + 1  # the introduction of a part
        else:
            level = 1 if one.gap >= roomy or not n or n in below else 2
        out.append(min(level, _DEEPEST))
        if word:
            appended[word] = out[-1]
    _between_sisters(out, heads, style_of, styles)
    _fill_empty(out, style_of, sorted(below))
    out = _without_gaps(out)
    first = out.index(1) if 1 in out else 0  # what stands above all divisions are divisions too, and what is in them
    out = [level - min(out[:first]) + 1 for level in out[:first]] + out[first:]
    return _without_part(out, heads, style_of)


def _without_part(levels: list[int], heads: Sequence[Headline], style_of: Sequence[str]) -> list[int]:
    """Let chapters before the first part be divisions, if the contents have them: they are no sections of a preface."""
    part = next((n for n, level in enumerate(levels) if level == 1 and heads[n].form is not Form.MATTER), 0)
    within = {style for style, level in zip(style_of[part:], levels[part:], strict=True) if level == _INSIDE}
    early = [n for n in range(part) if levels[n] == _INSIDE and style_of[n] in within]
    if 2 * sum(heads[n].listed for n in early) <= len(early):
        return levels
    return [level - (early[0] <= n < part and level > 1) for n, level in enumerate(levels)]


def _without_gaps(levels: Sequence[int]) -> list[int]:
    """Let no level be left out: the chapters of an epilogue without books lie right below it."""
    out: list[int] = []
    stack: list[int] = []  # the levels above a heading, as they were told
    for level in levels:
        while stack and stack[-1] >= level:
            stack.pop()
        stack.append(level)
        out.append(len(stack))
    return out if out[:1] == [*levels[:1]] else [*levels]


def _between_sisters(
    out: list[int], heads: Sequence[Headline], style_of: Sequence[str], styles: Mapping[str, _Style]
) -> None:
    """Set the only title of its style as deep as the sisters it stands between, with as much room above, over text."""
    for n in range(1, len(heads) - 1):
        style, before, after = styles[style_of[n]], style_of[n - 1], style_of[n + 1]
        alone = style.members == [n] and style.rank is None and not style.values and style.name.startswith(_UNNAMED)
        alone = alone and style.column < 0 and heads[n].form is not heads[n - 1].form
        same = before == after and styles[before].rank is None and not styles[before].values
        room = heads[n - 1].gap == heads[n].gap == heads[n + 1].gap
        apart = heads[n - 1].last + 1 < heads[n].at and heads[n].last + 1 < heads[n + 1].at
        if alone and same and room and apart and out[n - 1] == out[n + 1]:
            out[n] = out[n - 1]


def _fill_empty(out: list[int], style_of: Sequence[str], below: Sequence[int]) -> None:
    """Set what stands alone of its form right below a heading into that, as others like it have divisions in them.

    Else the upper one would be empty: "Part One" over "The Keeper's Preface", and the chapters below that.
    """
    inside = Counter(style_of[m] for m in range(len(out) - 1) if out[m + 1] == out[m] + 1)  # with divisions in them
    alike = Counter(zip(style_of, out, strict=True))
    for n in below:
        upper, style, level = style_of[n - 1], style_of[n], out[n]
        if level != out[n - 1] or style in (upper, Form.MATTER) or not inside[upper] or alike[style, level] != 1:
            continue
        out[n] = min(level + 1, _DEEPEST)
        if n + 1 < len(out):
            inside[style] += (out[n + 1] == out[n] + 1) - (out[n + 1] == level + 1)
        inside[upper] += out[n] > level
        alike[style, level] -= 1
        alike[style, out[n]] += 1


def _is_last(heads: Sequence[Headline], at: int) -> bool:
    """Tell whether behind a heading stands but what books have at the back, and the names of chapters once more."""
    before = {letters_of(one.text) for one in heads[:at]}
    return all(one.form is Form.MATTER or letters_of(one.text) in before for one in heads[at + 1 :])


def _stands_alone(one: Headline, title: str) -> bool:
    """Tell whether a heading has its level by itself: the title of the book, a preface, an index."""
    return (one.form is Form.MATTER and not is_argument(one.text)) or letters_of(one.text) == title


def _styles(heads: Sequence[Headline], title: str = "") -> tuple[dict[str, _Style], list[str]]:
    """Gather the headings by style; return the styles by name, and the style of each heading."""
    leads = leads_of(one.text for one in heads)
    alphabet = [letters_of(one.text) for one in heads if heads_a_letter(one.text.strip("_*= "))]
    surely = sum(letters[0] not in "ivxlcdm" for letters in alphabet)  # "C" may be a hundred
    in_order = all(one < after for one, after in pairwise(alphabet))
    if surely >= (_TWICE if in_order and len(alphabet) >= _ALPHABET else _ALPHABET):
        leads[""] = SERIES
    wide = _wide_gap(heads)
    ordered = ordered_of(one.text for one in heads)
    names = _apart(heads, _lettered(heads, [named(one, leads, ordered) for one in heads]))
    names = _over_others(heads, _alone_on_pages(heads, _elsewhere(heads, names), title))
    names = _over_chapters(heads, names)
    sized = [n > 0 and heads[n - 1].last + 1 < one.at for n, one in enumerate(heads)]
    usual: dict[str, Counter[bool]] = defaultdict(Counter)
    listed: dict[str, Counter[bool]] = defaultdict(Counter)
    for n, one in enumerate(heads):
        if names[n][1:] == (None, None) and sized[n]:
            usual[names[n].style][one.gap >= wide] += 1
            listed[names[n].style][one.gap >= wide] += one.listed
    uneven = {name for name in usual if _is_uneven(heads, names, name, wide)}
    manners: list[str] = []
    for n, one in enumerate(heads):
        name, value, rank = names[n]
        if value is None and rank is None and one.form not in (Form.UNDERLINED, Form.MATTER):
            # Right below another heading the gap says nothing: it is of the style that is more usual.
            roomy = one.gap >= wide or name in uneven
            if one.listed and min(listed[name].values(), default=0) and one.column < 0:
                roomy = listed[name].most_common(1)[0][0]  # what the contents have alike is of one style
            if not sized[n] and not roomy:
                usually = bool(usual[name]) and usual[name].most_common(1)[0][0]
                roomy = usually and not _opens_section(heads, names, n, wide)
            name += " wide" if roomy else ""
        manners.append(name)
    all_of = Counter(manners)
    set_in = Counter(name for name, one in zip(manners, heads, strict=True) if one.column >= 0)
    styles: dict[str, _Style] = {}
    style_of: list[str] = []
    for one, manner, (_, value, rank) in zip(heads, manners, names, strict=True):
        # Few of many that the contents have by chance say nothing of the others.
        unnamed = value is None and rank is None and one.form not in (Form.UNDERLINED, Form.MATTER)
        placed = unnamed and one.column >= 0 and 2 * set_in[manner] >= all_of[manner]
        full = f"{manner} at {one.column}" if placed else manner
        style = styles.setdefault(full, _Style(full, rank))
        style.members.append(len(style_of))
        if value is not None:
            style.values.append(value)
        style_of.append(full)
    for style in styles.values():
        gaps = [min(heads[n].gap, wide) for n in style.members if sized[n]]
        # What names itself a chapter or a preface opens the book; of other words nothing is known.
        unknown = wide if style.rank is not None or style.name == Form.MATTER else _UNKNOWN
        style.gap = median(gaps) if gaps else unknown
        columns = [heads[n].column for n in style.members if heads[n].column >= 0]
        style.column = median(columns) if columns else -1
        style.listed = sum(heads[n].listed for n in style.members) / len(style.members)
    return styles, style_of


def _is_uneven(heads: Sequence[Headline], names: Sequence[Named], name: str, wide: int) -> bool:
    """Tell whether the first headings of a style have one blank line more than all others: below a title page."""
    gaps = [one.gap for n, one in enumerate(heads) if names[n].style == name and n]
    first = next((n for n, gap in enumerate(gaps) if gap < wide), len(gaps))
    rest = gaps[first:]
    return 0 < first < len(rest) and {*gaps[:first]} == {wide} and {*rest} == {wide - 1} and wide > _CLOSE


def _opens_section(heads: Sequence[Headline], names: Sequence[Named], n: int, wide: int) -> bool:
    """Tell whether the next heading that is written like this one stands over a section, with no wide gap above it."""
    after = next((k for k in range(n + 1, len(heads)) if names[k].style == names[n].style), n)
    return after > n and heads[after - 1].last + 1 < heads[after].at and heads[after].gap < wide


def _lettered(heads: Sequence[Headline], names: Sequence[Named]) -> list[Named]:
    """Let letters that go on with the alphabet be no Roman figures: "A. GODS", "B. SHIPS", "C. SONGS"."""
    out = list(names)
    letter = 0
    for n, one in enumerate(heads):
        found = NUMBER.match(one.text.strip("_*= ")) or NUMBERED.match(one.text.replace("_", ""))
        sign = found["sign"] if found else ""
        value = ord(sign) - ord("A") + 1 if len(sign) == 1 and sign.isupper() and sign.isascii() else 0
        if value == letter + 1 or value == 1:
            out[n], letter = Named("number A", value, CHAPTER), value
    last = max((value or 0 for name, value, _ in out if name == "number A"), default=0)
    return out if last >= _ALPHABET else [*names]


def _elsewhere(heads: Sequence[Headline], names: Sequence[Named]) -> list[Named]:
    """Let what stands twice running be no part of this book: "Book I, Ch. 5." says whence the words below it come."""
    places = {n for n, one in enumerate(heads) if _is_place(one.text)}
    again = any(n + 1 in places and letters_of(heads[n].text) == letters_of(heads[n + 1].text) for n in places)
    return [Named(_CITED, None, CHAPTER + 1) if again and n in places else one for n, one in enumerate(names)]


def _is_place(text: str) -> bool:
    """Tell whether a heading names a part of a book, and behind a comma by word and number what it has in it."""
    part = NAMED.match(text)
    return part is not None and _WITHIN.fullmatch(text, part.end()) is not None


def _apart(heads: Sequence[Headline], names: Sequence[Named]) -> list[Named]:
    """Part numbers with titles from numbers alone where together they do not count up: "I. LIFE" over "I.", "II."."""
    out = list(names)
    for name in {name for name, _, _ in names if name.startswith("number ")}:
        both = [n for n, one in enumerate(names) if one.style == name]
        titled = [n for n in both if heads[n].form is Form.NUMBERED]
        alone = [n for n in both if heads[n].form is Form.NUMBER]
        if min(len(titled), len(alone)) < _TWICE:
            continue
        if _counting(names, both) < min(_counting(names, titled), _counting(names, alone)):
            for n in titled:
                out[n] = names[n]._replace(style=f"{name} titled")
    return out


def _alone_on_pages(heads: Sequence[Headline], names: Sequence[Named], title: str) -> list[Named]:
    """Part titles with no text of their own, and as much room below as above, from those of their style.

    So a leaf that says "POEMS", and nothing more, stands over all that follows up to the next such leaf, and beside
    what stands before the first. One alone does so where two titles stand before it, one of them of its style, or the
    parts of the book; over numbers a leaf only says so where others stand over titles.
    """
    out = list(names)
    said = Counter(letters_of(one.text) for one in heads)
    for name in {name for name, value, rank in names if value is None and rank is None and name.startswith(_UNNAMED)}:
        members = [n for n, one in enumerate(names) if one.style == name]
        within = {*members}
        leaves = [
            n
            for n in members
            if n + 1 < len(heads)
            and heads[n].last + 1 == heads[n + 1].at
            and (not n or heads[n - 1].last + 1 < heads[n].at)
            and heads[n + 1].gap >= heads[n].gap >= WIDE
            and (n + 1 in within or names[n + 1].number == 1)
            and said[letters_of(heads[n].text)] == 1
            and letters_of(heads[n].text) != title
        ]
        others = [n for n in leaves if n + 1 in within]
        pieces = sum(n > leaves[0] for n in members if n not in leaves) if leaves else 0
        parted = bool(leaves) and any((names[n].rank or CHAPTER) < CHAPTER for n in range(leaves[0]))
        behind = bool(leaves) and leaves[0] >= _TWICE and (members[0] < leaves[0] or parted)
        if others and pieces >= _TWICE and (len(leaves) >= _TWICE or behind):
            for n in members:
                if n in leaves or n < leaves[0]:
                    out[n] = Named(f"{name}{_OVER_OTHERS}")
    return out


def _over_others(heads: Sequence[Headline], names: Sequence[Named]) -> list[Named]:
    """Part titles that stand right over another of their style from these: parts of a book, each over a poem."""
    out = list(names)
    for name in {name for name, value, rank in names if value is None and rank is None and name.startswith(_UNNAMED)}:
        members = [n for n, one in enumerate(names) if one.style == name]
        within = {*members}
        upper = [n for n in members if n + 1 in within and heads[n].last + 1 == heads[n + 1].at]
        apart = all(b - a > _TWICE for a, b in pairwise([*upper, len(heads)]))  # two pieces at least in each
        if len(upper) >= _TWICE and apart:
            for n in upper:
                out[n] = Named(f"{name}{_OVER_OTHERS}")
    for name in {name for name, value, _ in names if value is not None and name.startswith(_COUNTED)}:
        members = [n for n, one in enumerate(names) if one.style == name]
        within = {*members}
        # "II. EVENING" right over "I. THE LAMP": parts that count, and what counts anew in each
        upper = [
            n for n in members if n + 1 in within and heads[n].last + 1 == heads[n + 1].at and names[n + 1].number == 1
        ]
        if len(upper) >= _TWICE and [names[n].number for n in upper] == list(range(1, len(upper) + 1)):
            for n in upper:
                out[n] = Named(f"parts {name}", names[n].number, 1)
    return out


def _over_chapters(heads: Sequence[Headline], names: Sequence[Named]) -> list[Named]:
    """Rank what is counted in words with the parts where chapters begin right below it: "FIRST EPILOGUE"."""
    right_below = [n for n in range(len(heads) - 1) if heads[n].last + 1 == heads[n + 1].at]
    over = Counter(
        names[n].style
        for n in right_below
        if names[n].style.startswith(IN_ORDER) and (names[n + 1].number, names[n + 1].rank) == (1, CHAPTER)
    )
    return [one._replace(rank=CHAPTER - 1) if over[one.style] >= _TWICE else one for one in names]


def _counting(names: Sequence[Named], members: Sequence[int]) -> float:
    """Return at how many of the steps from heading to heading the numbers go up by one or begin again, as a share."""
    values = [names[n].number or 0 for n in members]
    return sum(after - before == 1 or after == 1 for before, after in pairwise(values)) / (len(values) - 1)


def _wide_gap(heads: Sequence[Headline]) -> int:
    """Return how many blank lines open a chapter in this text."""
    if any(one.gap >= WIDE or one.form in (Form.PART, Form.CHAPTER) for one in heads):
        return WIDE
    return max((one.gap for one in heads), default=2)


def _over(upper: _Style, lower: _Style, directly: Mapping[tuple[str, str], int]) -> bool:
    """Tell whether one style lies over another."""
    if upper.name.startswith("underlined") and lower.name.startswith("underlined"):
        return _STROKES.find(upper.name[-1]) < _STROKES.find(lower.name[-1])
    if upper.name.startswith("number 1") and lower.name.startswith("number 1") and upper.name != lower.name:
        return upper.name.count(".") < lower.name.count(".")  # "2.1" lies below "2"
    if ARGUMENT in (upper.name, lower.name):
        return lower.name == ARGUMENT and directly[upper.name, lower.name] > 0
    if Form.MATTER in (upper.name, lower.name):
        if _listed(lower) and max(lower.members) > max(upper.members):
            return False  # what the contents have to the end of the book is no section of its preface
        return lower.name.startswith(_UNNAMED) and upper.gap > lower.gap > _UNKNOWN
    if _OVER_OTHERS in f"{upper.name}{lower.name}":
        above, below = upper.name.removesuffix(" wide"), lower.name.removesuffix(" wide")
        if _OVER_OTHERS in upper.name and above.removesuffix(_OVER_OTHERS) == below:
            return True
        if _OVER_OTHERS in lower.name and below.removesuffix(_OVER_OTHERS) == above:
            return False
    several = min(len(upper.members), len(lower.members)) >= _TWICE
    chapters = upper.rank is None and lower.rank is not None and len(lower.members) >= _TWICE
    if chapters and max(upper.members) < min(lower.members):
        return False  # what comes once, above all chapters, is a preface, or the title of the book
    told, untold = len(lower.members) >= SERIES and _listed(lower), _listed(upper) is False
    if told and untold and lower.column < 0 and _rank(upper) >= CHAPTER:
        return False  # the contents would have what lies over what they have, but for parts
    if (upper.rank is None) != (lower.rank is None) and upper.column == lower.column >= 0:
        return False  # the contents set them alike: the last part may have no number
    again, back = _begins_again(upper, lower), _begins_again(lower, upper)
    if again != back and _COUNTED in (upper.name.split()[0], lower.name.split()[0]):
        return again  # a number says nothing of its own depth
    if _counts_within_one(upper, lower) or _counts_within_one(lower, upper):
        return _counts_within_one(upper, lower)
    if _counts_inside(upper, lower) or _counts_inside(lower, upper):
        return _counts_inside(upper, lower)
    if upper.values and lower.values and upper.gap != lower.gap:  # "Part I", "Part II" with little room in one chapter
        for one, other, answer in ((upper, lower, True), (lower, upper, False)):
            if one.gap > other.gap and other.values[0] == 1 and _within_one(one, other):
                return answer
    one_counted = upper.name.startswith(_COUNTED) != lower.name.startswith(_COUNTED)
    if one_counted and {_rank(upper), _rank(lower)} == _LOW and upper.gap != lower.gap:
        return upper.gap > lower.gap  # "SECTION II" over numbers that run on through the book
    named = upper.rank is not None and lower.rank is not None
    if named and upper.rank != lower.rank and again == back:
        return bool(upper.rank < lower.rank)  # type: ignore[operator]
    unnumbered = upper.rank is None and lower.rank is None
    if unnumbered and several and _shouts_over(upper, lower, directly):
        return True
    if unnumbered and min(upper.column, lower.column) >= 0:
        return upper.column < lower.column
    if unnumbered and several and {_listed(upper), _listed(lower)} == {True, False}:
        return bool(_listed(upper))  # what the contents have lies over what they have not
    if again != back:
        return again
    down, up = directly[upper.name, lower.name], directly[lower.name, upper.name]
    roomier = max(upper.gap, lower.gap) > min(upper.gap, lower.gap) + 1 and (upper.gap > lower.gap) != (down > up)
    if max(down, up) >= _TWICE and min(down, up) == 0 and not (roomier and min(upper.gap, lower.gap) > _UNKNOWN):
        return down > up
    if upper.values and lower.values and down and not up:  # "Story I", and "1" right below it
        return True
    inside = upper.rank is not None and lower.rank is None and upper.gap >= lower.gap
    if inside and (_parts(upper, lower) or _within_one(upper, lower)):
        return True
    return upper.gap > lower.gap > _UNKNOWN


def _shouts_over(upper: _Style, lower: _Style, directly: Mapping[tuple[str, str], int]) -> bool:
    """Tell whether a title in capitals stands right above the first of those in small letters, and another below them.

    So a work stands over its chapters, where the book holds a second.
    """
    capitals = upper.name.startswith(Form.CAPITALS) and lower.name.startswith((Form.SHORT, Form.ITALICS))
    first, last = min(lower.members), max(lower.members)
    right_above = directly[upper.name, lower.name] > 0 and first - 1 in upper.members
    return capitals and right_above and max(upper.members) > last and not directly[lower.name, upper.name]


def _rank(style: _Style) -> int:
    """Return the rank of a style; what has none may be a chapter."""
    return CHAPTER if style.rank is None else style.rank


def _listed(style: _Style) -> bool | None:
    """Tell whether the contents have the headings of a style; None where they have some of them."""
    return True if style.listed >= _NEARLY_ALL else None if style.listed else False


def _counts_inside(upper: _Style, lower: _Style) -> bool:
    """Tell whether numbers that say nothing else count from one inside chapters, which do so by name."""
    if not lower.name.startswith(_COUNTED) or upper.name.startswith(_COUNTED) or lower.values[:1] != [1]:
        return False
    chapters = upper.rank == CHAPTER and len(upper.values) > 1 and upper.values[0] == 1
    return chapters and min(upper.members) < min(lower.members)


def _counts_within_one(upper: _Style, lower: _Style) -> bool:
    """Tell whether numbers of one sort count from one between two neighbours of another: "A.", "B." below "II."."""
    if not (upper.name.startswith(_COUNTED) and lower.name.startswith(_COUNTED)) or len(lower.members) < _TWICE:
        return False
    counts = lower.values == list(range(1, len(lower.members) + 1))
    first, last = min(lower.members), max(lower.members)
    known = len(upper.values) == len(upper.members)
    numbered = pairwise(zip(upper.members, upper.values, strict=True)) if known else ()
    return counts and any(
        above < first and last < below and after == value + 1 for (above, value), (below, after) in numbered
    )


def _pieces(heads: Sequence[Headline], styles: Mapping[str, _Style], title: str) -> set[tuple[str, str]]:
    """Return a style of titles and one of numbers where all these count inside one piece, right below its title.

    The title of the book stands over its chapters so too; it is known, or stands twice, and they fill most of the text.
    """
    out: set[tuple[str, str]] = set()
    texts = Counter(letters_of(one.text) for one in heads)
    for lower in styles.values():
        first, last = min(lower.members), max(lower.members)
        head = first - 1
        told = head > 0 and is_argument(heads[head].text)  # what the piece tells stands between it and its numbers
        head -= told
        over = letters_of(heads[head].text)
        numbered = lower.name.startswith((_COUNTED, IN_ORDER)) or bool(lower.rank)
        begins = numbered and lower.values[:1] == [1]
        counts = (begins or lower.name in ("year", "letter")) and len(lower.members) > 1
        right_below = heads[first - 1].last + 1 == heads[first].at or told
        if not (counts and first and right_below) or over == title or texts[over] > 1:
            continue
        for upper in styles.values():
            inside = head in upper.members and not any(first < n < last for n in upper.members)
            # Behind it another of its style stands, or the index; what room the first has above says nothing.
            close = styles.get(upper.name.removesuffix(" wide"), upper) if upper.members == [0] else upper
            after = min(
                (
                    n
                    for n in range(last + 1, len(heads))
                    if n in upper.members or n in close.members or heads[n].form is Form.MATTER
                ),
                default=0 if last + 1 < len(heads) else last,
            )
            if upper.rank is None and inside and after:
                part = heads[after].at - heads[first].at
                if part < _MOSTLY * heads[-1].last or heads[head].listed:
                    out.add((upper.name, lower.name))
            if head in upper.members and 0 <= heads[head].column < lower.column:
                out.add((upper.name, lower.name))  # the contents set its chapters in
    return out


def _within_one(upper: _Style, lower: _Style) -> bool:
    """Tell whether several headings without numbers stand in one of the chapters that have some, and nowhere else."""
    first, last = min(lower.members), max(lower.members)
    return len(lower.members) >= _TWICE and any(
        above < first and last < below for above, below in pairwise(upper.members)
    )


def _parts(upper: _Style, lower: _Style) -> bool:
    """Tell whether headings without numbers stand in most of the chapters that headings with numbers open."""
    last = max(*upper.members, *lower.members) + 1
    inside = sum(_any_between(lower.members, above, below) for above, below in pairwise([*upper.members, last]))
    return (
        len(upper.members) > 1 and len(lower.members) >= len(upper.members) and inside >= _MOSTLY * len(upper.members)
    )


def _any_between(members: Sequence[int], above: int, below: int) -> bool:
    """Tell whether any of the ``members`` of a style, which are in order, stands between two headings."""
    after = bisect_right(members, above)
    return after < len(members) and members[after] < below


def _begins_again(upper: _Style, lower: _Style) -> bool:
    """Tell whether the numbers of the lower style begin again below headings of the upper one, and mostly there."""
    if len(lower.values) != len(lower.members):
        return False
    parted = ends = apart = 0
    for (before, first), (after, second) in pairwise(zip(lower.members, lower.values, strict=True)):
        between = _any_between(upper.members, before, after)
        ends += second <= first
        parted += between
        apart += between and second <= first
    return bool(ends) and apart == ends and apart >= _MOSTLY * parted

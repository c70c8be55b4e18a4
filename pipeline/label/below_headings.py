"""What would be taken for headings: what a chapter tells, who wrote it, where a book ends, and who printed it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Container, Mapping, Sequence, Set
from itertools import pairwise, takewhile

from pipeline.label.formulas import is_day, says_when
from pipeline.label.headlines import letters_of, number_alone, plain
from pipeline.label.labeller import Told
from pipeline.label.looks import written
from pipeline.label.notes import without_call
from pipeline.label.rows import Row
from pipeline.label.told import SETTLED, is_plain, overruled, role_of, stretches
from pipeline.model import Reason, Role
from pipeline.parts import (
    BELOW,
    BY,
    BY_LINE,
    CLOSES,
    CONTENTS,
    END,
    FRONT_OR_BACK,
    INDEX_TITLE,
    NAMED,
    NUMBER,
    NUMBERED,
    OR,
    PERSONS,
    by_names,
    is_name,
    phrases,
)
from pipeline.shortened import SHORTENED
from pipeline.titlewords import CONTRIBUTORS, DEDICATES

WHY = {
    "what-is-told": "Phrases with dashes or stops between, below the headings of chapters: what is told in each.",
    "text-of-a-sermon": "Book, chapter and verse, right below a heading: the text that is preached upon.",
    "closes-the-book": "It says that a book, a part or a play ends, or who printed it.",
    "other-title": "A title, “or” alone on a row, and another title: one heading.",
    "title-goes-on": "A title right below one that ends with a comma, colon or dash: the rest of it.",
    "titles-its-kind": "Right below a word that says what follows, and no more, an essay, a prayer: its title.",
    "same-words-elsewhere": "Below a heading, and the same words stand elsewhere in this text and are none.",
    "same-place-below-headings": "A day, or to whom it is, below a heading; most such rows below others head nothing.",
    "greets-each-time": "The same words with a colon or comma below several headings: a greeting, above its text.",
    "by-line": "Below the titles of several pieces: by whom each is.",
    "belongs-to-what-is-above": "Close below text, and the next heading stands far below: it signs what is above.",
}
"""The rules of what is no heading, each with what an editor would say."""

_LONGEST = 700  # characters of a synopsis
_VERSE = re.compile(
    r"(?:[1-3I]{1,3}\.? )?[^\W\d_]{3,}\.?,? (?:[ivxlcIVXLC]+|\d{1,3})[.:,] ?\d{1,3}(?: ?[-–,] ?\d{1,3})*(?:, ?etc)?\.?"
)
_ENDS = re.compile(
    r"(?:the )?end of |fin (?:de |du |des |del )|ende (?:des |der |von )|fine (?:di |del |della )|fim (?:de |do |da )"
    r"|eind?e van |slut(?:ning)? (?:på|paa) ",
    re.IGNORECASE,
)
_ENDS_PART = re.compile(  # "FIN DE LA SECONDE ET DERNIÈRE PARTIE."
    r"(?:(?:the|la|le|du|des?|die|della|da|do|van|het|den) )?(?:[\w’'-]+ ){0,4}(?:part|book|volume|act|canto|partie"
    r"|livre|tome|acte|chant|theils?|teils?|bandes?|buche?s|aktes|aufzuge?s|parte|libro|volumen?|tomo|atto|acto|deel"
    r"|boek|bedrijf|del|bind)(?: [\w’'-]+){0,2}",
    re.IGNORECASE,
)
_BY = re.compile(r",? by ", re.IGNORECASE)
_LONGEST_TITLE = 100  # characters
_AUTHOR_AND_HELPER = 2  # rows
_CHAPTERS = 2  # that have one, or a by-line; or
_MANY = 5  # phrases of one by itself
_FRAGMENTS = 3  # with stops between, each with a capital
_ABBREVIATED = re.compile(rf"\b(?:{SHORTENED}|mrs?|dr|st|mme|mlle|capt|col|[^\W\d_])\.", re.IGNORECASE)
_FRAGMENT = re.compile(r"[.;:]\s+(?=[^\W\d_a-zß-öø-ÿа-яё])")
_SENTENCES = re.compile(r"\w+ \w+[.;:]\s+[^\W\d_a-zß-öø-ÿа-яё]")
_WORDS = 8  # of a fragment, on the average; a sentence has more
_MAY_TELL = {Role.HEADING, Role.PARAGRAPH, Role.LETTER}
_FEW = 3  # lines that would be verse
_WORD = re.compile(r"[^\W\d_]{3,}")
_BESIDES = ("and", "with", "und", "avec", "written")
_FIGURES = re.compile(r"\W*\d{1,2}\b(?=.*[^\W\d_]{3})")
_DIGITS = re.compile(r"\d+")
_LETTERS = re.compile(r"[^\W\d_]+")
_SIGNED = 40  # characters of a signature
_NEARLY_ALL = 0.8  # of the days that stand alone
_FAR_IN = 20  # columns; what stands as far in, at the right, is no heading beside another row
_NOTICE = 3  # rows that sign a notice, which is set in as it is
_DAY_AND_NAME = 2  # rows of a signature, one of which says when
_FARTHER = 2  # times as much room below a signature as above it, and as many blank lines more, at the least
_SIGNS = 3  # times that a name stands by itself, above and below what was written
_TEXT = (Role.PARAGRAPH, Role.LETTER, Role.QUOTE)
_QUOTED = re.compile(r"[_*]*[\"“„«‘][^\"“”„«»]+[\"”“»’][.,]?[_*]*")
_KIND = re.compile(
    r"(?:an? |the )?(?:argument|essay|tale|story|fable|poem|ballad|ode|sermon|lecture|homily|prayer|parable|legend"
    r"|dialogue|oration|address|appendix|supplement|memoir|sketch|fragment|anhang|appendice|aanhangsel|bijlage|tillæg|bilaga|apéndice"
    r"|conte|nouvelle|fable|poème|ode|märchen|erzählung|fabel|gedicht|novelle|cuento|fábula|poema|racconto|favola|novella"
    r"|verhaal|sprookje|eventyr|fortælling|saga|berättelse|gebet|prière|oración|preghiera|gebed|bøn|bön)",
    re.IGNORECASE,
)
_NEAR = 2  # blank lines within a title
_OR = re.compile(rf"_?(?:{OR})[,:;]?_?", re.IGNORECASE)
_OPEN = (":", ";", "--", "—", "–")  # ends no title
_LAST = 8  # stretches behind the end of a book: a printer, advertisements
_PRINTED = re.compile(
    r"\b(?:printed (?:by|at|and|in)|printers|imprim|imp\.|typ\.|tip\.|typograph|tipograf|gedruckt|druck (?:von|der)"
    r"|gedrukt|drukkerij|trykt|bogtrykkeri|tryckt|boktryckeri|impreso|stamperia|press of)",
    re.IGNORECASE,
)


def synopses(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take what tells, in phrases, what happens in a chapter for a paragraph, where several chapters have such."""
    found: list[Sequence[Row]] = []
    most = 0
    parts = stretches(rows)
    for above, part, after in zip(parts, parts[1:], [*parts[2:], []], strict=False):
        text = " ".join(row.text for row in part)
        roles = {role_of(row, told) for row in part}
        if roles == {Role.VERSE} and after and role_of(after[0], told) is Role.VERSE:
            continue  # the first stanza of a poem
        below = role_of(above[-1], told) is Role.HEADING and (roles <= _MAY_TELL or len(part) <= _FEW)
        if not below or len(text) > _LONGEST or NAMED.match(text) or not roles <= {*_MAY_TELL, Role.VERSE}:
            continue
        count = len(phrases(text))
        if count == _FRAGMENTS and written(text) == "capitals":
            continue  # a title of three words
        apart = len(part) > 1 and all(row.text[-1] == "." and not _SENTENCES.search(row.text) for row in part)  # a list
        if not count and not apart and Role.LETTER not in roles:
            count = _fragments(text)
        if count:
            found.append(part)
            most = max(most, count)
    if len(found) < _CHAPTERS and most < _MANY:
        return {}
    reason = Reason("what-is-told", Role.PARAGRAPH, SETTLED)
    return {
        row.number: overruled(reason, told[row.number].role, goes_on=n > 0)
        for part in found
        for n, row in enumerate(part)
        if role_of(row, told) is not Role.PARAGRAPH
    }


def _fragments(text: str) -> int:
    """Count the fragments of a text with stops between; 0 where they are sentences, or too few."""
    parts = _FRAGMENT.split(_ABBREVIATED.sub("", text))
    short = len(text.split()) <= _WORDS * len(parts) and written(text) != "capitals"
    return len(parts) if len(parts) >= _FRAGMENTS and short else 0


def alternatives(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take a title, "OR," alone on a row, and the other title for one heading, if either of them is one."""
    out: dict[int, Told] = {}
    reason = Reason("other-title", Role.HEADING, SETTLED)
    parts = stretches(rows)
    for above, part, below in zip(parts, parts[1:], parts[2:], strict=False):
        alone = len(above) == len(part) == 1 and _OR.fullmatch(part[0].text) is not None
        if not alone or part[0].gap > _NEAR or below[0].gap > _NEAR:
            continue
        loud = all(row.text.isupper() for row in (above[0], *below))
        roles = [role_of(row, told) for row in (above[0], part[0], *below)]
        if loud and Role.HEADING in (roles[0], roles[-1]) and {*roles} <= {*_MAY_TELL, Role.VERSE}:
            first = out.get(above[0].number, told[above[0].number])
            goes_on = first.role is Role.HEADING and first.goes_on
            for n, row in enumerate((above[0], part[0], *below)):
                out[row.number] = overruled(reason, told[row.number].role, goes_on=n > 0 or goes_on)
    return out


def rests(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Join a heading to one right above it that ends with a comma, colon or dash: it is the rest of that title.

    Behind a colon or dash it has no number, and is no part of a book, of its own; a short row on display is the rest
    there too.
    """
    reason = Reason("title-goes-on", Role.HEADING, SETTLED)
    return {
        row.number: overruled(reason, told[row.number].role, goes_on=True)
        for above, part in pairwise(stretches(rows))
        if part[0].gap <= _NEAR and all(role_of(row, told) is Role.HEADING for row in above)
        if _is_rest(part, " ".join(row.text for row in above).rstrip("_*= "), {role_of(row, told) for row in part})
        for row in part
    }


def _is_rest(part: Sequence[Row], title: str, known: set[Role | None]) -> bool:
    """Tell whether a stretch right below ``title`` goes on with it; ``known``: what its rows are so far."""
    text = " ".join(row.text for row in part)
    headed = known == {Role.HEADING}
    if title.endswith(","):
        return headed
    if not title.endswith(_OPEN) or NAMED.match(plain(text)) or only_names_itself(text) or only_names_itself(title):
        return False
    return headed or (known <= _MAY_TELL and len(part) == 1 and _is_displayed(text))


def only_names_itself(text: str) -> bool:
    """Tell whether a heading is a number, has one, or is a part of a book by its name, and nothing more."""
    words = plain(text).rstrip(".: —–-")
    counts = NUMBER.match(words) or NUMBERED.match(words)
    return bool(counts or number_alone(words) or FRONT_OR_BACK.match(words) or CONTENTS.match(words))


def _is_displayed(text: str) -> bool:
    """Tell whether a short row is in capitals or written as a title."""
    return len(text) <= _LONGEST_TITLE and written(text) in ("capitals", "title") and text[-1] not in ",;:!?"


def by_lines(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take who wrote a piece, below its title, for no heading, where several pieces have such a line."""
    found: list[Row] = []
    credited: list[Row] = []  # who wrote it, and who translated it: no two rows of a title are like that
    parts = stretches(rows)
    for above, part, below in zip(parts, parts[1:], [*parts[2:], []], strict=False):
        title = " ".join(row.text for row in above)
        titled = role_of(above[0], told) is Role.HEADING and not number_alone(plain(title))
        whole = NAMED.match(title)
        if titled and not (whole and whole.end() == len(title)) and len(part) == 1 and BY_LINE.fullmatch(part[0].text):
            found.append(part[0])
        names = [*part, *(below if len(part) == 1 else ())]
        if titled and len(names) == _AUTHOR_AND_HELPER and BY_LINE.fullmatch(names[0].text) and _credits(names[1].text):
            credited += names
    if len(found) < _CHAPTERS:
        found = _names(rows, told)
        found = [] if _come_back(parts, found, told) else found
    found += credited
    reason = Reason("by-line", Role.PARAGRAPH, SETTLED)
    return {
        row.number: overruled(reason, told[row.number].role)
        for row in found
        if role_of(row, told) in (Role.HEADING, Role.LETTER, Role.VERSE, Role.CAPTION, Role.QUOTE)
        if not (told[row.number].role is Role.HEADING and is_plain(told[row.number]))  # the contents name it
    }


def _come_back(parts: Sequence[Sequence[Row]], names: Sequence[Row], told: Mapping[int, Told]) -> bool:
    """Tell whether other headings in capitals come back in the same words as often as names, as sections do."""
    words = {letters_of(row.text) for row in names}
    heads = (part[0].text for part in parts if len(part) == 1 and role_of(part[0], told) is Role.HEADING)
    again = Counter(letters_of(text) for text in heads if text.isupper() and letters_of(text) not in words)
    often = max(_SIGNS, len(names) - 1)
    return sum(times >= often for times in again.values()) >= _CHAPTERS


def same_words(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take a row alone below a heading for what the same words are elsewhere, where mostly they are none.

    So it is with who wrote a paper of a series, or where it first stood.
    """
    alone: dict[str, list[tuple[Row, bool]]] = defaultdict(list)
    parts = stretches(rows)
    for n, part in enumerate(parts):
        if len(part) == 1 and role_of(part[0], told) is not None and len(part[0].text) <= _LONGEST_TITLE:
            near = any(role_of(one[0], told) is Role.HEADING for one in parts[max(0, n - BELOW) : n])
            alone[part[0].text.casefold()].append((part[0], near))
    out: dict[int, Told] = {}
    for places in alone.values():
        known = Counter(told[row.number].role for row, _ in places)
        (role, times), *_ = known.most_common(1)
        if role is Role.HEADING or times < _CHAPTERS or not known[Role.HEADING] or 2 * times <= len(places):
            continue
        reason = Reason("same-words-elsewhere", role, SETTLED)
        for row, near in places:
            if near and told[row.number].role is Role.HEADING:
                out[row.number] = overruled(reason, Role.HEADING)
    return out


def written_alike(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take a day or a dedication, right below a heading, for what most that are written so there are.

    "18, martedì", "_To Orla Penn._": none is a heading where its sisters are none; nor are days of which nearly all
    stand so, below titles and not below numbers: each tells when that was.
    """
    shapes: dict[str, list[Row]] = defaultdict(list)
    dated: list[Row] = []
    days = 0
    for above, part in pairwise(stretches(rows)):
        text = part[0].text
        alone = len(part) == 1 and role_of(part[0], told) is not None and len(text) <= _SIGNED
        days += alone and is_day(text)
        if not alone or role_of(above[-1], told) is not Role.HEADING:
            continue
        if is_day(text) and not number_alone(plain(above[-1].text)):
            dated.append(part[0])
        if _FIGURES.match(text):
            shapes[_LETTERS.sub("a", _DIGITS.sub("1", text))].append(part[0])
        elif text[0] == "_" and DEDICATES.match(text.strip("_")):
            shapes["to"].append(part[0])
    out: dict[int, Told] = {}
    for places in shapes.values():
        (role, times), *_ = Counter(told[row.number].role for row in places).most_common(1)
        if role is Role.HEADING or times < _CHAPTERS or 2 * times <= len(places):
            continue
        reason = Reason("same-place-below-headings", role, SETTLED)
        for row in places:
            if told[row.number].role is Role.HEADING:
                out[row.number] = overruled(reason, Role.HEADING)
    if len(dated) >= _SIGNS and len(dated) >= _NEARLY_ALL * days:
        reason = Reason("same-place-below-headings", Role.LETTER, SETTLED)
        for row in dated:
            if row.number not in out and told[row.number].role is Role.HEADING:
                out[row.number] = overruled(reason, Role.HEADING)
    return out


def greetings(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take the same words, with a colon or comma, below headings again and again, for a greeting.

    So papers of a series open: "To the People of the State:".
    """
    places: dict[str, list[Row]] = defaultdict(list)
    for part in stretches(rows):
        if len(part) == 1 and part[0].text.rstrip("_")[-1:] in (":", ",") and len(part[0].text) <= _LONGEST_TITLE:
            places[letters_of(part[0].text)].append(part[0])
    reason = Reason("greets-each-time", Role.LETTER, SETTLED)
    return {
        row.number: overruled(reason, Role.HEADING)
        for same in places.values()
        if len(same) >= _SIGNS
        for row in same
        if role_of(row, told) is Role.HEADING
    }


def _credits(text: str) -> bool:
    """Tell whether a row says who translated, edited or drew something."""
    return any(pattern.match(text) for pattern in CONTRIBUTORS.values())


def _names(rows: Sequence[Row], told: Mapping[int, Told]) -> list[Row]:
    """Return the names of who wrote each piece that stand alone below its title, or below when and where it was."""
    parts = [
        part
        for part in stretches(rows)
        if not (role_of(part[0], told) is Role.HEADING and told[part[0].number].goes_on)  # the rest of a title
    ]
    alone = Counter(part[0].text for part in parts if len(part) == 1)
    heads = [
        n for n, part in enumerate(parts) if role_of(part[0], told) is Role.HEADING and alone[part[0].text] < _CHAPTERS
    ]
    titles = [n for n in heads if not _stands_below(n, heads, parts)]
    signers = Counter(letters_of(row.text) for row in rows if role_of(row, told) is Role.LETTER)
    signed = [parts[n][0] for n in range(1, len(parts)) if _signs_too(parts[n], told, signers, alone)]
    below: list[list[Row]] = []
    for at, end in pairwise([*titles, len(parts)]):
        near = [part for part in parts[at + 1 : min(end, at + 2 + BELOW)] if part[0].text[0] not in "(["]  # a subtitle
        below.append([part[0] for part in takewhile(lambda part: len(part) == 1, near[:BELOW])])
    named = by_names([[row.text for row in near] for near in below])
    found = [near[n] for near, n in zip(below, named, strict=True) if n is not None]
    authors = _authors(rows, told)
    return signed + found + [row for near in below for row in near if _is_author(row.text, authors)]


def _authors(rows: Sequence[Row], told: Mapping[int, Told]) -> set[str]:
    """Return the words of the rows of the title page that say by whom the book is."""
    page = (row.text for row in takewhile(lambda row: row.number not in told, rows))
    return {word for text in page if BY.match(text) for word in _WORD.findall(text.casefold())}


def _is_author(text: str, authors: Set[str]) -> bool:
    """Tell whether a row is but names, in capitals, that the title page says the book is by."""
    words = [word for word in _WORD.findall(text.casefold()) if word not in _BESIDES]
    return bool(words) and is_name(text) and {*words} <= authors


def _stands_below(at: int, heads: Sequence[int], parts: Sequence[Sequence[Row]]) -> bool:
    """Tell whether a heading may be a name that stands below another: single rows are between, and no text."""
    before = bisect_left(heads, at)
    between = parts[heads[before - 1] + 1 : at + 1] if before else []
    return (
        bool(before)
        and len(between) <= BELOW
        and all(len(part) == 1 for part in between)
        and is_name(between[-1][0].text)
    )


def _signs_too(
    part: Sequence[Row], told: Mapping[int, Told], signers: Mapping[str, int], alone: Mapping[str, int]
) -> bool:
    """Tell whether a heading says who wrote a piece: the same words sign pieces, and it heads several."""
    row = part[0]
    name = len(part) == 1 and role_of(row, told) is Role.HEADING and not NAMED.match(row.text)
    return name and signers.get(letters_of(row.text), 0) + alone[row.text] >= _SIGNS and letters_of(row.text) in signers


def scripture(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take where the text of a sermon stands ("LUKE iii. 2."), and its words, right below its heading, for none."""
    reason = Reason("text-of-a-sermon", Role.PARAGRAPH, SETTLED)
    parts = stretches(rows)
    found: list[Row] = []
    for above, part, below in zip(parts, parts[1:], [*parts[2:], []], strict=False):
        if len(part) > 1 or role_of(above[-1], told) is not Role.HEADING:
            continue
        if not _VERSE.fullmatch(part[0].text.strip("_*= ")):
            continue
        found += [part[0], *(below if len(below) == 1 and _QUOTED.fullmatch(below[0].text) else ())]
    return {row.number: overruled(reason, Role.HEADING) for row in found if role_of(row, told) is Role.HEADING}


def kinds_over_titles(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Join a title to the word above it that only says what it is the title of: "ESSAY.", "PREFACE", "A PRAYER".

    Where more headings like it follow without more room, that word stands over all of them. What is written and set as
    the titles below numbers are is one below a preface, too.
    """
    parts = stretches(rows)
    headed = [all(role_of(row, told) is Role.HEADING for row in part) for part in parts]
    heads = [n for n, head in enumerate(headed) if head]
    titles = Counter(
        written(parts[n][0].text) for n in heads if parts[n][0].gap == 1 and told[parts[n][0].number].goes_on
    )
    out: dict[int, Told] = {}
    for n in heads:
        above, part = parts[n], parts[n + 1] if n + 1 < len(parts) else []
        words = without_call(above[0].text, rounded=True).strip("_*= .:")
        names = FRONT_OR_BACK.match(words) and not (PERSONS.match(words) or INDEX_TITLE.match(words))
        if (
            len(above) > 1
            or not part
            or part[0].gap > 1
            or above[0].gap < _NEAR
            or not (names or _KIND.fullmatch(words))
        ):
            continue
        title = " ".join(row.text for row in part)
        alike = len(part) == 1 and role_of(part[0], told) is Role.PARAGRAPH and title[-1] not in ".,;:!?"
        if not headed[n + 1] and not (names and alike and titles[written(title)] >= _CHAPTERS):
            continue
        after = next((parts[m] for m in heads if m > n + 1), None)
        sister = after is not None and after[0].gap < above[0].gap and written(after[0].text) == written(title)
        if (not headed[n + 1] or not sister) and not number_alone(title) and not FRONT_OR_BACK.match(plain(title)):
            reason = Reason("titles-its-kind", Role.HEADING, SETTLED)
            for row in part:
                out[row.number] = overruled(reason, told[row.number].role, goes_on=True)
    return out


def signatures(rows: Sequence[Row], told: Mapping[int, Told], listed: Container[str] = frozenset()) -> dict[int, Told]:
    """Take a short row for a signature that stands close below text, and far above a heading, contents or the end.

    A heading stands closer to what it heads; what has a number, or a name of a part of a book, stands in the contents
    or begins the heading below it, heads something nonetheless.

    ``listed``: the entries of the list of contents.
    """
    reason = Reason("belongs-to-what-is-above", Role.LETTER, SETTLED)
    out: dict[int, Told] = {}
    parts = stretches(rows)
    for part in parts:  # who else signs stands right below, as far in
        for signs, other in pairwise(part):
            first = role_of(signs, told) is Role.LETTER or signs.number in out
            if first and role_of(other, told) is Role.HEADING and other.indent == signs.indent > _FAR_IN:
                out[other.number] = overruled(reason, Role.HEADING)
    for above, part, below in zip(parts, parts[1:], parts[2:], strict=False):
        row = part[0]
        one = told.get(row.number)
        notice = role_of(above[-1], told) is Role.QUOTE and len(part) <= _NOTICE and all(row.indent for row in part)
        signed = len(part) == 1 or (len(part) == _DAY_AND_NAME and any(says_when(row.text) for row in part)) or notice
        if one is None or one.role is not Role.HEADING or not signed or any(len(row.text) > _SIGNED for row in part):
            continue
        far = below[0].gap >= max(_FARTHER * row.gap, row.gap + (1 if notice else _FARTHER))
        after = below[0].text.strip("_*= .")
        apart = far and (role_of(below[0], told) is Role.HEADING or CONTENTS.match(after) is not None)
        apart = apart or END.match(after) is not None  # it has nothing to head
        text_above = role_of(above[-1], told) in _TEXT and len(above) > 1
        named = only_names_itself(row.text) or NAMED.match(plain(row.text)) or row.text[-1] in ":;"
        key = letters_of(row.text)
        named = named or key in listed or letters_of(below[0].text).startswith(key)  # "INFERNO", and "Inferno: I"
        if apart and text_above and not named and not is_plain(one):
            for row in part:
                out[row.number] = overruled(reason, Role.HEADING)
        elif _is_source(above, part, below, told) and not named and not is_plain(one):
            out[row.number] = overruled(Reason("belongs-to-what-is-above", Role.ATTRIBUTION, SETTLED), Role.HEADING)
    return out


def _is_source(above: Sequence[Row], part: Sequence[Row], below: Sequence[Row], told: Mapping[int, Told]) -> bool:
    """Tell whether a row says whence the words above it are: set in as they are, and right above a chapter's number."""
    row, words = part[0], above[-1]
    if len(part) > 1 or not row.indent or row.gap > 1 or role_of(below[0], told) is not Role.HEADING:
        return False
    named = NAMED.match(plain(below[0].text)) or NUMBER.match(plain(below[0].text))
    cited = role_of(words, told) in (Role.VERSE, Role.QUOTE) or words.text[-1] in '"”’»'
    return bool(named) and cited and above[0].indent == row.indent and written(row.text) == "title"


def closings(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take "END OF PART I" for what closes a part, and who printed the book, behind its end, for a paragraph.

    What is said to end may be a title that stands above, "Fin de la Barque de Lune"; behind the text, anything.
    """
    out: dict[int, Told] = {}
    parts = stretches(rows)
    titles: set[str] = set()
    for at, part in enumerate(parts):
        text = " ".join(row.text for row in part)
        named = _ENDS.match(text.strip("_*= ."))
        last = at + _LAST >= len(parts)
        text_below = any(role_of(one[0], told) is Role.PARAGRAPH for one in parts[at + 1 :]) if named and last else True
        part_ends = named is not None and _ENDS_PART.fullmatch(text[named.end() :].strip("_*= .!"))
        ended = named is not None and (
            part_ends or not text_below or letters_of(_BY.split(text[named.end() :])[0]) in titles
        )
        if len(text) <= _LONGEST_TITLE:
            titles.add(letters_of(text))
        if role_of(part[0], told) is not Role.HEADING:
            continue
        if ended or CLOSES.match(text.strip("_*= .")):
            role = Role.CAPTION
        elif last and _PRINTED.search(text.replace("_", "")):
            role = Role.PARAGRAPH
        else:
            continue
        reason = Reason("closes-the-book", role, SETTLED)
        for n, row in enumerate(part):
            out[row.number] = overruled(reason, Role.HEADING, goes_on=n > 0)
    return out

"""The front of a book: its title page, which stands above the first heading, or the title that opens a text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from itertools import pairwise

from pipeline.cite.places import is_place
from pipeline.label.formulas import SALUTATION
from pipeline.label.furniture import NAMES_TRANSCRIBER
from pipeline.label.headlines import WIDE, led_by, letters_of, number_alone, number_of, plain, shouts
from pipeline.label.incipit import QUOTED, begins
from pipeline.label.layout import Unit
from pipeline.label.settled import Settled
from pipeline.label.shapes import SCENE
from pipeline.label.titles import (
    ARTICLED,
    GENRE,
    goes_on,
    is_genitive,
    is_name,
    joins_only,
    names_kind,
    small_words,
    title_rows,
)
from pipeline.label.told import AGREED
from pipeline.model import Decision, Role
from pipeline.parts import BY, BY_LINE, FRONT_OR_BACK, NAMED, NUMBER, NUMBERED, PERSONS, RIGHTS, named_by
from pipeline.titlewords import (
    ARTICLE,
    AUTHORED,
    CONTRIBUTORS,
    CREDIT,
    DEDICATES,
    DEGREES,
    EDITION,
    HOUSE,
    PERFORMED,
    PRICE,
    SAME_AUTHOR,
    SERIES,
    SET_OF,
    UNDER_TITLES,
    VOLUME,
    WORKS_OF,
    YEAR,
)

BOOK_TITLE = "title-of-the-book"
TITLE_PAGE = "on-the-title-page"
HALF_TITLE = "half-title"

WHY = {
    BOOK_TITLE: "It opens the text, above the first chapter: the title page.",
    TITLE_PAGE: "It stands on the title page, below the title.",
    HALF_TITLE: "It says the title of the book once more, right above its first chapter.",
}
"""The rules of title pages, each with what an editor would say."""

ON_THE_PAGE = Settled(Role.LETTER, TITLE_PAGE, by_line=True, sure=AGREED)
"""What stands on a title page below the title; where the page ends is known by its form alone."""

_PROSE = re.compile(r"[a-zà-öø-ÿа-яё]{3}[.!?] [A-ZÀ-ÖØ-ÞА-ЯЁ][a-zà-öø-ÿа-яё]")
_LONGEST = 100  # characters of one heading
TITLE_UNITS = 40  # units; a title page has no more
_PAGE_UNITS = 8  # units of a title page without room around it
_WORKED = re.compile(r"(?:written )?(?:by|par|por|door|af|av)\b", re.IGNORECASE)  # no genitive
_VOLUME = re.compile(r"(?:vol(?:ume|\.)?|tom[eo]?|band|deel|bind|том)\b", re.IGNORECASE)  # may stand on a title page
_PRINTED = re.compile(r"[^\d]{0,60}\b1[5-9]\d\d\W*|[^\d]{0,60}\b20\d\d\W*")
_FIRST_ENTRY = re.compile(r"(?:I|1)[.)]\s+\S")
_STANZA = 3  # rows
_PIECES = 2  # that have titles over numbers
_MOTTO = 8  # rows
_MOTTO_WORDS = 4
_SOURCE = 60  # characters
_INSET = 6  # columns by which the source of a motto is set in from its words
_ANNOUNCED = 3  # columns, where a dash stands behind the words
_DASH_BEHIND = re.compile(r"(?:--|[—–])\s*$")
_DASHED = re.compile(r"(?:--|[—–])\s?_?[^\W\d_]")
_HEAD_UNITS = 3  # of a heading above the first text
_TITLE_ROWS = 5  # of a unit
_TITLE_LONGEST = 400  # characters of a unit
_SENTENCE_WORDS = 9
_ROOM = 2  # blank lines that set a heading off, and
_WORDY = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_TELLING = 8  # letters with which the title of the book begins
_NAMES = 3  # letters of a title, in scripts whose letters are no words


def names_book(decision: Decision) -> bool:
    """Tell whether a line is the title of the book on its title page, and nobody has ruled otherwise."""
    return decision.role is Role.TITLE and any(reason.rule == BOOK_TITLE for reason in decision.reasons)


def on_title_page(decision: Decision) -> bool:
    """Tell whether a line stands on the title page, below the title, or says that again; and nobody ruled otherwise."""
    return decision.role is Role.LETTER and any(reason.rule in (TITLE_PAGE, HALF_TITLE) for reason in decision.reasons)


def title_page(found: Sequence[Unit], front: int, title: str, out: dict[int, Settled]) -> None:
    """Settle what stands above the first heading, if it is a title page; sentences there are none of it."""
    page = _without_note(found, _above_text(found, min(front, TITLE_UNITS)))
    volumes = any(_VOLUME.match(text := plain(unit.text)) and number_alone(text) for unit in found[front:])
    while len(page) > 1 and _opens_part(plain(found[page[-1]].text), volumes):
        page.pop()  # a part that begins right below the title
    page = _up_to_part(found, page)
    if _opens_piece(found, page):
        page.pop()
    page = up_to_credited(found, page)
    page = _up_to_epistle(found, page)
    small = small_words(unit.text for unit in found)
    wanted = letters_of(title)
    keys = {n: letters_of(found[n].text) for n in page}
    at = next((n for n in page if wanted and keys[n] in (wanted, f"the{wanted}")), -1)
    if at < 0:
        at = next((n for n in page if wanted and letters_of(found[n].rows[0]) == wanted), -1)
    if at < 0:
        at = next((n for n in page if len(keys[n]) >= _TELLING and wanted.startswith(keys[n])), -1)
    if at < 0:
        names = [n for n in _may_be_title(found, page, small) if _may_name(keys[n])]
        shouting = (n - _says_kind(found, n, names) for n in names if shouts(found[n].text))
        at = next(shouting, next((n for n in names if len(found[n].rows[0].strip()) < _LONGEST), -1))
        below = page[page.index(at) :] if at >= 0 else []
        if below and at == names[0] and _below_author(found, below, small):
            at = below[1]
    while (
        at > 0
        and at > page[0]
        and not wanted
        and joins_only(plain(found[at - 1].text))
        and _alike(found[at - 1], found[at])
    ):
        at -= 1  # "AN", and below it "ENQUIRY"
    if at >= 0 and page[-1] > at + 1 and keys[page[-1]] == letters_of(found[at].rows[0]):
        page.pop()  # the title stands again over the text
    if at >= 0:
        out[at] = _titled(found[at], small)
    alone = [text for n in page if BY.fullmatch(text := plain(found[n].text).casefold())]
    if at >= 0 and out[at].rows and found[at].rows[out[at].rows].split()[0].casefold() in alone:
        out[at] = replace(out[at], rows=0)  # "door" at the head of a row is "through" where it stands below as "by"
    rest = page[page.index(at) + 1 :] if at >= 0 and not out[at].rows else []
    above = plain(found[at].rows[-1])
    whole, whose = above, False
    author = bool(page) and page[0] < at and is_name(plain(found[page[0]].text), small)
    for n in rest:  # a title goes on below a row that ends in an article, a preposition or a conjunction
        text = plain(found[n].text)
        through = alone.count(above.casefold()) > 1 or (n == rest[0] and alone.count(text.casefold()) > 1)
        if len(found[n].rows) > 1 or text.isupper() != above.isupper() or wanted:
            break
        under = plain(found[n + 1].text) if n + 1 in rest else ""
        of, whose = whose, is_genitive(above, text, under, small, named=author)
        listed = above.endswith(",") and _lists_on(found, rest[rest.index(n) :])
        if not (goes_on(whole, text) or through or of or whose or listed):
            break  # "door" that stands twice is "through" first, and then "by"
        out[n] = Settled(Role.TITLE, BOOK_TITLE, 1, goes_on=True, sure=1.0)
        above, whole = text, f"{whole} {text}"
    for n in page:
        if n not in out and keys[n]:
            out[n] = (_motto(found[n]) if n > at >= 0 else None) or ON_THE_PAGE


def _lists_on(found: Sequence[Unit], page: Sequence[int]) -> bool:
    """Tell whether rows that end in commas go on up to an "and": "THE LAMP," "THE WEIR," "AND" "OTHER POEMS"."""
    rows = (plain(found[n].text) for n in page)
    last = next((row for row in rows if not row.endswith(",")), "")
    return joins_only(last)


def _says_kind(found: Sequence[Unit], at: int, names: Sequence[int]) -> bool:
    """Tell whether a row says what kind of book it is, right below the row that names it: "Aldine", "A TRAGEDY"."""
    text = plain(found[at].text)
    above = at - 1 in names and len(found[at - 1].rows) == 1 and not found[at - 1].text.endswith((",", ":", ";"))
    return above and names_kind(text) and not goes_on(plain(found[at - 1].text), text)


def _alike(one: Unit, other: Unit) -> bool:
    """Tell whether two rows stand both in capitals or both not."""
    return len(one.rows) == 1 and plain(one.text).isupper() == plain(other.rows[0]).isupper()


def _may_be_title(found: Sequence[Unit], page: Sequence[int], small: frozenset[str]) -> list[int]:
    """Return which units of a title page may be the title: it stands over who wrote the book.

    A list of the author's other books, the name of a series, and the number of a volume are none where others may.
    """
    first = next((n for n in page[1:] if found[n].blanks >= WIDE), -1)
    if first < 0 or not SAME_AUTHOR.fullmatch(_bare(found[page[0]].rows[0])):
        first = page[0] if page else 0
    rows = [(n, _bare(row)) for n in page if n >= first for row in found[n].rows]
    author = next((n for (n, row), (_, after) in pairwise([*rows, (0, "")]) if _says_by(row, after, small)), -1)
    names = [n for n in page if n == page[0] or not BY.match(plain(found[n].text))]
    above = [n for n in names if first <= n <= max(author, first if author >= 0 else len(found))]
    own = [n for k, n in enumerate(above) if not (above[k + 1 :] and _is_series(found, n, above[k + 1 :]))]
    return own or above or names


def _bare(row: str) -> str:
    """Return the words of a row without what sets them off."""
    return re.sub(r"[_*=~]+", "", plain(row)).strip()


def _says_by(row: str, after: str, small: frozenset[str]) -> bool:
    """Tell whether a row says by whom the book is, there or on the row ``after`` it."""
    by = BY.match(row)
    if by is None:
        return False
    name = row[by.end() :].strip()
    return is_name(_undecorated(after if not name or ARTICLE.fullmatch(name) else name), small)


def _undecorated(name: str) -> str:
    """Take off what stands behind a name: degrees, and a comma or stop."""
    bare = name.strip()
    while (shorter := DEGREES.sub("", bare)) not in ("", bare):
        bare = shorter
    return bare if re.search(r"(?:\b\w|\b[JS]r)\.$", bare) else bare.rstrip(" .,")


def _is_series(found: Sequence[Unit], at: int, below: Sequence[int]) -> bool:
    """Tell whether a unit names a series, the works of one author in volumes, or a volume; the title is ``below``."""
    row = _bare(found[at].rows[0])
    if VOLUME.fullmatch(row):
        return True
    beneath = [_bare(found[n].rows[0]) for n in below]
    titled = [text for text in beneath if not (VOLUME.match(text) or names_kind(text) or UNDER_TITLES.match(text))]
    if not titled:
        return False
    volumes = any(map(VOLUME.fullmatch, beneath))
    return bool((WORKS_OF.fullmatch(row) and volumes) or (SERIES.fullmatch(row) and not names_kind(beneath[0])))


def is_printed(unit: Unit) -> bool:
    """Tell whether a unit says who printed a book, with place and year, or whose right it is: no heading does."""
    rows = [_bare(row) for row in unit.rows]
    if len(rows) > _TITLE_ROWS or not rows:
        return False
    if re.match(r"copyright\b.*\d{4}", rows[0], re.IGNORECASE):
        return True
    house = HOUSE.search(unit.text) or re.search(r"\bprinted (?:for|by)\b", unit.text, re.IGNORECASE)
    return len(rows) > 1 and bool(house) and YEAR.search(rows[-1]) is not None


def credits_another(unit: Unit, keys: Set[str]) -> bool:
    """Tell whether a row says who wrote the introduction, which stands farther below as a heading of its own.

    ``keys``: the letters of what may be headings.
    """
    text = plain(unit.text)
    credit = any((found := pattern.match(text)) and found["names"] for pattern in CONTRIBUTORS.values())
    front, by, _ = text.casefold().partition(" by ")
    return credit and bool(by) and letters_of(front) in keys


def _below_author(found: Sequence[Unit], page: Sequence[int], small: frozenset[str]) -> bool:
    """Tell whether the title stands below the name of its author: what kind of book it is stands right below that.

    So it does where no row says "by", the row below the name is none, and the year of the edition is farther down.
    """
    if len(page) <= _HEAD_UNITS - 1 or len(found[page[0]].rows) > 1:
        return False
    above, title, below = (plain(found[n].text).strip("()[] ") for n in page[:3])
    if not is_name(above, small) or goes_on(above, title):
        return False
    named = is_name(title, small) and not ARTICLED.match(title)
    rows = [_bare(row) for n in page for row in found[n].rows]
    titles = ["", "", *rows[1:]]  # above each row; the first is the author
    told = any(AUTHORED.match(row) for row in rows) or any(
        _says_by(row, after, small) and not (named and is_genitive(named, row, after, small, named=True))
        for named, row, after in zip(titles, rows, [*rows[1:], ""], strict=False)
    )
    if not told and len(rows) > _HEAD_UNITS and is_genitive(title, rows[2], rows[3], small, named=True):
        return True  # "de" stands between the title and whom it tells of
    if not told and any(_PRINTED.fullmatch(row) or YEAR.fullmatch(row) for row in rows):
        return not (named and len(found[page[1]].rows) == 1) and not names_kind(title)
    kind = GENRE.fullmatch(below) or names_kind(below)
    single = len(found[page[1]].rows) == 1
    return single and bool(kind) and not (named and names_kind(title))


def _without_note(found: Sequence[Unit], page: list[int]) -> list[int]:
    """Leave out the note of who transcribed the text, where one stands in front, up to the next wide gap."""
    if not page or not NAMES_TRANSCRIBER.match(plain(found[page[0]].text)):
        return page
    return next((page[k:] for k in range(1, len(page)) if found[page[k]].blanks >= WIDE), page)


def _opens_part(words: str, volumes: bool) -> bool:
    """Tell whether words number a part or chapter; a volume, where others follow in the same text (``volumes``)."""
    return (number_alone(words) or NAMED.match(words) is not None) and (volumes or not _VOLUME.match(words))


def _up_to_part(found: Sequence[Unit], page: list[int]) -> list[int]:
    """Leave out the first part, chapter or ode, whose title stands below its number: the second follows far below."""
    later: list[tuple[str, int, str]] = []
    for unit in found[page[-1] + 1 :] if page else ():
        if unit.blanks >= _ROOM and len(unit.rows) <= _TITLE_ROWS and (counted := _counted(unit)):
            later.append((*counted, letters_of(unit.rows[0])))
    for k, n in enumerate(page):
        printed = _VOLUME.match(plain(found[n].text)) and any(_is_imprint(found[m]) for m in page[k + 1 :])
        counted = _counted(found[n]) if k and found[n].blanks >= _ROOM and not printed else None
        if counted and not any(key == letters_of(found[n].rows[0]) and counted[1] for *_, key in later):
            word, number = counted
            if any(one == word and value == number + bool(number) for one, value, _ in later):
                return page[:k]
    return page


def _up_to_epistle(found: Sequence[Unit], page: list[int]) -> list[int]:
    """Cut a page above a letter that dedicates the book: to whom it is, in capitals, far below, and its greeting."""
    for k, n in enumerate(page):
        text = plain(found[n].text)
        to = k > 0 and found[n].blanks >= WIDE and text.isupper() and DEDICATES.match(text) is not None
        if to and n + 1 < len(found) and SALUTATION.match(found[n + 1].text.strip(" _")):
            return page[:k]
    return page


def _opens_piece(found: Sequence[Unit], page: Sequence[int]) -> bool:
    """Tell whether the last row heads the first of several pieces: far below, right above a number, as others are."""
    if len(page) < _HEAD_UNITS - 1 or page[-1] != page[-2] + 1:
        return False
    last = found[page[-1]]
    if last.blanks < WIDE or last.blanks <= max((found[n].blanks for n in page[1:-1]), default=0):
        return False
    heads = [
        unit.text
        for unit, below in pairwise(found[page[-1] :])
        if len(unit.rows) == 1 and unit.blanks >= _ROOM and _is_numbered(below) and not _is_numbered(unit)
    ]
    alike = [text for text in heads if shouts(text) == shouts(last.text) and _display(text)]
    return len(alike) >= _PIECES and alike[0] == last.text


def up_to_credited(found: Sequence[Unit], page: list[int]) -> list[int]:
    """Cut a page above the first of several pieces that each have a title, far below, and right below it their author.

    So a magazine opens, whose first article stands on the page of its own title.
    """
    first = next((k for k, n in enumerate(page[:-1]) if k and _is_credited(found, n)), len(page))
    later = sum(_is_credited(found, n) for n in range(page[-1] + 1, len(found) - 1)) if first < len(page) else 0
    return page[:first] if later >= _PIECES else page


def _is_credited(found: Sequence[Unit], at: int) -> bool:
    """Tell whether a unit is a title far below what is above it, and the next says who wrote the piece."""
    title, author = found[at], found[at + 1]
    single = len(title.rows) == len(author.rows) == 1 and title.blanks >= WIDE > author.blanks
    return single and shouts(title.text) and BY_LINE.fullmatch(author.text.strip()) is not None


def _is_numbered(unit: Unit) -> bool:
    words = plain(unit.text)
    return len(unit.rows) == 1 and bool(NUMBER.match(words) or NUMBERED.match(words) or NAMED.match(words))


def _counted(unit: Unit) -> tuple[str, int] | None:
    """Return by which word and number the first row of a unit counts itself ("BOOK I.", "ODE I."); None if it does not.

    The number is 0 where it stands in words.
    """
    row = plain(unit.rows[0] if unit.rows else unit.text)
    if (named := NAMED.match(row)) and (len(row) == named.end() or not row[named.end()].isspace()):
        return named_by(named)[0], number_of(named[0])
    return led_by(row)


def _may_name(key: str) -> bool:
    """Tell whether letters are enough to be a title: two of a script whose letters are words."""
    return sum(map(str.isalpha, key)) >= _NAMES or (len(key) > 1 and bool(_WORDY.match(key)))


def _titled(unit: Unit, small: frozenset[str]) -> Settled:
    rows = title_rows(unit.rows, small) if len(unit.rows) > 1 else 0
    return Settled(Role.TITLE, BOOK_TITLE, 1, rows=rows if rows < len(unit.rows) else 0, sure=1.0)


def opening(found: Sequence[Unit], out: dict[int, Settled]) -> None:
    """Settle a title that opens a text without a title page, if what book it is or who wrote it stands right below."""
    if not found or 0 in out or len(found[0].text) > _LONGEST or len(found) < _HEAD_UNITS:
        return
    if number_alone(found[0].text) or begins(found, 0):
        return
    small = small_words(unit.text for unit in found)
    rows = [row.strip() for row in found[0].rows]
    title = _titled(found[0], small)
    if title.rows and any(BY.match(row) or names_kind(row) or is_name(row, small) for row in rows[title.rows :]):
        out[0] = title
    end = next(
        (
            n
            for n in range(1, _HEAD_UNITS + 1)
            if n in out
            or letters_of(found[n].text) == letters_of(rows[0])
            or not _below_title(found[n], small)
            or _begins_years(found, n)
        ),
        _HEAD_UNITS + 1,
    )
    end = max(end, close_page(found, out))
    if not title.rows and end > 1 and not rows[-1].endswith((".", ",", ":")):
        out[0] = title
        out |= dict.fromkeys(range(1, end), ON_THE_PAGE)


def close_page(found: Sequence[Unit], out: Mapping[int, Settled]) -> int:
    """Return where a title page ends whose rows stand no farther from one another than paragraphs do; 0: there is none.

    Rows below the title are of it up to the last that says who made the book, of what kind it is, or goes on with the
    title in a preposition: "For the Use of Schools". What stands behind that may be the heading of the text.
    """
    if not found:
        return 0  # nothing but the words of the library around it
    title = found[0]
    if title.width and title.blank_after and (len(title.rows) > 2 or not _display(title.text)):
        return 0
    last = 0
    waiting = False
    for n in range(1, min(_PAGE_UNITS, len(found) - 1)):
        unit, text = found[n], plain(found[n].text)
        if n in out or unit.text.lstrip().startswith("[") or unit.blanks >= WIDE:
            break
        if len(unit.rows) > _STANZA or not _display(text) or FRONT_OR_BACK.match(text):
            break
        if not UNDER_TITLES.match(text) and _opens_part(text, volumes=False):
            break
        if waiting or _says_what(text) or any(_says_what(plain(row)) for row in unit.rows):
            last = n
        waiting = bool(AUTHORED.fullmatch(text) or BY.fullmatch(text) or _announces(text))
    return last + 1 if last else 0


def _display(text: str) -> bool:
    """Tell whether a row is set as those of title pages are: short, in capitals or with most words capital."""
    bare = plain(text).strip()
    words = [word for word in re.findall(r"[^\W\d_]+", bare) if len(word) > 3]
    capital = sum(word[0].isupper() for word in words)
    return (
        len(bare) <= _LONGEST
        and not _PROSE.search(bare)
        and 2 * capital >= len(words)
        and bool(bare[:1].isupper() or _WORKED.match(bare))
    )


def _says_what(text: str) -> bool:
    """Tell whether a row says who wrote, translated or drew, of what kind a book is, for whom, when, or with what."""
    credited = any(pattern.match(text) for pattern in CONTRIBUTORS.values())
    worded = _WORKED.match(text) or AUTHORED.match(text) or CREDIT.match(text) or RIGHTS.match(text)
    kind = names_kind(text) or EDITION.fullmatch(text) or VOLUME.match(text) or GENRE.match(text)
    return bool(credited or worded or kind or UNDER_TITLES.match(text) or _PRINTED.fullmatch(text))


def _announces(text: str) -> bool:
    """Tell whether a row is a credit whose name stands below."""
    return any(
        (found := pattern.match(text)) and (not found["names"] or ARTICLE.fullmatch(found["names"]))
        for pattern in CONTRIBUTORS.values()
    )


def _below_title(unit: Unit, small: frozenset[str]) -> bool:
    """Tell whether a unit below the title says who wrote the book, of what kind it is, or when it was printed."""
    text = unit.text.strip()
    by = BY.match(text)
    if (by and by.end() == len(text)) or (len(unit.rows) <= _TITLE_ROWS and _PRINTED.fullmatch(text)):
        return True
    return len(unit.rows) == 1 and (is_name(text[by.end() :].strip() if by else text, small) or names_kind(text))


def _above_text(found: Sequence[Unit], front: int) -> list[int]:
    """Return the units above the first text without pictures and their captions.

    What stands set off right above the text, as headings do, is not of them.
    """
    out: list[int] = []
    open_bracket = False
    for n in range(front):
        text = found[n].text.strip()
        of_book = RIGHTS.match(plain(text).strip("[]_ ")) or PRICE.fullmatch(plain(text))
        caption = open_bracket or (text.startswith("[") and not of_book)
        open_bracket = caption and not text.rstrip(".").endswith("]")
        if caption:
            continue
        if out and SCENE.match(plain(text)) and number_alone(text):
            return out  # the play begins
        if not out and begins(found, n):
            return out
        more = _says_more(found[n]) and not (PERFORMED.match(plain(text)) or is_printed(found[n]))
        if out and more and _is_motto(found[n]) and any(map(_is_imprint, found[n + 1 : min(front, n + _PAGE_UNITS)])):
            continue  # the page goes on below it
        if more or PERSONS.match(plain(found[n].rows[0])):
            last = next((k for k in range(len(out) - 1, 0, -1) if found[out[k]].blanks >= WIDE), len(out))
            if last == len(out) > 1 and (_set_off(found, out) or (_is_verse(found[n]) and _titles(found[out[-1]]))):
                last -= 1
            near = found[n].blanks < WIDE and len(out) - last <= _HEAD_UNITS
            printed = any(
                is_printed(found[m]) or RIGHTS.match(_bare(found[m].rows[0])) or _is_of_edition(found, m)
                for m in out[last:]
            )
            return out[:last] if near and not printed else out
        out.append(n)
    return out


def _is_motto(unit: Unit) -> bool:
    """Tell whether few rows are what somebody else said: in quotation marks, or with a source set far to the right."""
    rows = [row for row in unit.rows if row.strip()]
    if unit.width == 0 or len(rows) > _MOTTO:
        return False
    indents = [len(row) - len(row.lstrip()) for row in rows]
    signed = len(rows) > 1 and indents[-1] >= max(indents[:-1]) + _INSET
    said = QUOTED.fullmatch(" ".join(row.strip() for row in rows[:-1])) or QUOTED.fullmatch(unit.text.strip())
    return signed or bool(said or _DASHED.match(rows[-1].strip()))


def _motto(unit: Unit) -> Settled | None:
    """Return what a motto on the title page is: a sentence, or verse, with its source far to the right below it."""
    indents = [len(row) - len(row.lstrip()) for row in unit.rows]
    if not 1 < len(unit.rows) <= _MOTTO:
        return None
    announced = _DASH_BEHIND.search(unit.rows[-2]) is not None
    if indents[-1] < max(indents[:-1]) + (_ANNOUNCED if announced else _INSET):
        return None
    *words, source = (plain(row) for row in unit.rows)
    said = " ".join(words).split()
    small = sum(word[0].islower() for word in said)
    credited = any(_says_what(row) or BY.fullmatch(row) for row in words) or _says_what(source)
    if credited or len(said) < _MOTTO_WORDS or 2 * small < len(said) or len(source) > _SOURCE:
        return None
    verse = len(words) > 1 and all(row.lstrip("\"“„«»‘'_(")[:1].isupper() for row in words)
    return Settled(Role.VERSE if verse else Role.QUOTE, TITLE_PAGE, by_line=verse, rows=len(words), sure=AGREED)


def _is_imprint(unit: Unit) -> bool:
    """Tell whether a unit says when the book was printed, or in how many volumes."""
    if len(unit.rows) > _TITLE_ROWS:
        return False
    if unit.rows and all(SET_OF.fullmatch(row) or VOLUME.fullmatch(row) for row in map(_bare, unit.rows)):
        return True
    return bool(_PRINTED.fullmatch(plain(unit.text)) or (len(unit.rows) > 1 and YEAR.fullmatch(_bare(unit.rows[-1]))))


def _is_of_edition(found: Sequence[Unit], at: int) -> bool:
    """Tell whether a unit says where or in which year the edition was made."""
    text = _bare(found[at].text)
    return is_place(text.rstrip(".")) or (YEAR.match(text) is not None and not _begins_years(found, at))


def _begins_years(found: Sequence[Unit], at: int) -> bool:
    """Tell whether a unit is a year, and other years head parts of the text below it."""
    below = (YEAR.match(_bare(unit.text)) for unit in found[at + 1 :] if unit.blanks >= _ROOM)
    return YEAR.match(_bare(found[at].text)) is not None and any(below)


def _set_off(found: Sequence[Unit], page: Sequence[int]) -> bool:
    """Tell whether the last unit of what may be a title page stands farther from it than its own lines do.

    Who wrote the book, where it was printed, and in which year, stands on the page.
    """
    last, text = found[page[-1]].blanks, plain(found[page[-1]].text)
    within = max((found[n].blanks for n in page[1:-1]), default=_ROOM)
    return last >= _ROOM and last > within and not (BY.match(text) or _PRINTED.fullmatch(text))


def _is_verse(unit: Unit) -> bool:
    """Tell whether most rows begin with small letters, as those of a title page do not: a poem, or prose."""
    small = sum(row.strip()[:1].islower() for row in unit.rows)
    return unit.width > 0 and len(unit.rows) >= _STANZA and 2 * small > len(unit.rows)


def _titles(unit: Unit) -> bool:
    """Tell whether a unit above the first poem is its title: one row that says nothing of the book."""
    text = unit.text.strip()
    says = BY.match(text) or _PRINTED.fullmatch(text) or names_kind(text) or is_name(text, frozenset())
    says = says or is_place(text)
    return len(unit.rows) == 1 and len(text) < _LONGEST and not says


def _phrases(unit: Unit) -> int:
    """Return how many rows a unit would have if none went on below: "THE / TRIAL / OF / A GOAT" is one."""
    return len(unit.rows) - sum(goes_on(_bare(above), _bare(row)) for above, row in pairwise(unit.rows))


def _says_more(unit: Unit) -> bool:
    """Tell whether a unit above the first heading is text: a paragraph, a sentence, a long row of lines."""
    text = unit.text.strip()
    words = text.split()
    sentence = len(words) > _SENTENCE_WORDS and sum(word[0].islower() for word in words) > 0.5 * len(words)
    return (
        (unit.width > 0 and (_phrases(unit) > _TITLE_ROWS or len(text) > _TITLE_LONGEST))
        or (len(text) > _LONGEST and bool(_PROSE.search(text)))
        or bool(_FIRST_ENTRY.match(text) or PERSONS.match(plain(text)))
        or _is_verse(unit)
        or (sentence and text.rstrip('_"”').endswith((".", ":")))
    )

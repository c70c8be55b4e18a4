"""The title page of the edition that a text was taken from: what it says of the book.

A title page has its own grammar, the same in all languages that Octavo reads: title, subtitle, "by" and names, who
translated, edited or drew, then place, publisher and year, and behind it printers and rights (Chicago Manual of Style,
1.18–1.22). What the new title page and imprint say need not be printed again as a first chapter, and what the old
edition's printers and lawyers say is not true of the new one: such lines are only kept in ``book.md``. Everything else
that stands there (an epigraph, a dedication, a sentence) stays text.
"""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any
from unicodedata import combining, normalize

from pipeline.arrange.typography import custom, set_signs
from pipeline.cite.places import is_place
from pipeline.label.features import SMALL
from pipeline.label.front import names_book, on_title_page
from pipeline.label.furniture import header_fields
from pipeline.label.headlines import letters_of
from pipeline.label.titles import GENRE, goes_on, is_name, kind_by, names_kind, small_words
from pipeline.model import Decision, Line
from pipeline.parts import BY, FRONT_OR_BACK, OR, RIGHTS
from pipeline.settings import Settings
from pipeline.titlewords import (
    AND,
    ARTICLE,
    AT,
    AT_PLACE,
    AUTHORED,
    BEHIND,
    CONTRIBUTORS,
    CREDIT,
    DEDICATES,
    DEGREES,
    EDITION,
    FINNISH,
    GOES_ON,
    HIMSELF,
    HOUSE,
    HOUSE_TOO,
    ISSUE,
    KIN,
    LICENCE,
    LIFE_OF,
    LIVED,
    MUSIC,
    NOT_BY,
    OF,
    OFFICE,
    OTHERS,
    OTHERS_TOO,
    OWN_WORDS,
    PART_OF_SET,
    PERFORMED,
    PICTURES,
    POSSESSIVE,
    PRICE,
    PRINTED,
    PRINTED_FOR,
    PRIVATE,
    PUBLISHED,
    REVISED,
    ROLE,
    SAME_AUTHOR,
    SAYING,
    SAYS,
    SELF,
    SELLER,
    SERIES,
    SERIES_OF,
    SET_OF,
    SOME_OF,
    STREET,
    TITLED,
    TOO,
    TRADE,
    TRANSLATES,
    TRANSLATION,
    UNDER_TITLES,
    UNKNOWN_PLACE,
    UNNAMED,
    VOLUME,
    WORKS_OF,
    YEAR,
)

_PERSON = re.compile(
    r"(?!(?:The|An?|In|Of|To|For|À|Al|Le|La|Les|Der|Die|Das|El|Il|De|Het)\b)\w[\w.’'-]*(?: \w[\w.’'-]*){1,3}"
)
_COLUMNS = re.compile(r"\w\s{3,}\w")
_DEFINITE = re.compile(r"the\s+(?=(?:late|rev|right|rt|hon|very|ven|most)\b)", re.IGNORECASE)
_OF = re.compile(r"\b(?:of|de|du|des|der|in|at|to|von|van|della|del|à|i)\b", re.IGNORECASE)
_SHOUTED = re.compile(r"(?<![\w.])(?![IVXLCDM]+\b)[^\W\d_a-zß-öø-ÿ]{3,}(?!\w)")
_SOLD = re.compile(
    r"(?P<place>[^\W\d_a-z][^,:]{1,30}),?\s+(?i:bij|chez|bei|bey|presso|hos|printed (?:by|for)|by)\s+(?P<house>.{3,60})"
)
_PARTICLE = re.compile(r"(?<= )D(?=['’][^\W\d_a-z])")
_NAME = re.compile(r"(?:[^\W\d_]{2,5}: )?[^\W\d_][\w.’', -]+(?: \([\w.’', -]+\))?$")  # "Wm: Orr", "A. Orr (Anna)"
_SMALL = SMALL | {
    "à",
    "au",
    "aux",
    "dans",
    "par",
    "pour",
    "sur",
    "zu",
    "zum",
    "zur",
    "en",
    "och",
    "og",
    "van",
    "af",
    "av",
    "della",
    "delle",
    "del",
    "dei",
    "fra",
    "un",
    "una",
    "uno",
    "une",
}
_SHOP = re.compile(
    r",\s*(?:at|in|near|under|au|im)\s|,?\s+(?:à l[’']enseigne|(?:and|und|et) (?:are )?(?:to be )?sold)\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"\d{1,4}[a-z]?,? [^:,]{0,30}\b(?:street|row|lane|square|strand|road|place|court|yard|buildings)\W{1,2}"
    r"(?P<place>[^\W\d].{2,30})",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(r"(?:copyright|©|\(c\))\W+(?:\w+ )?(?P<year>1[5-9]\d\d|20\d\d)\b", re.IGNORECASE)
_FOR = re.compile(r"for (?P<house>[^\W\d].{2,60})", re.IGNORECASE)
_RANKED = re.compile(rf", (?:the )?{TITLED}\b", re.IGNORECASE)  # "Jean, Duc de Lisk, Prince de Quay" is one man
_LONGEST = 60  # characters of such a name
_ASIDE = re.compile(r"\s+(?:\([^()]*[^\W\d_]{4}[^()]*\)|\[[^\[\]]*[^\W\d_]{4}[^\[\]]*\])")
"""By what other name somebody is known: "Orla Penn (Mary Osier)"."""
_PARTED = re.compile(rf"(?P<title>[^:;]{{2,60}}?)(?::|[;,](?= (?:{OR})\b))\s+(?P<subtitle>\S.{{2,120}})", re.IGNORECASE)
_SUBTITLE = 120  # characters
_PHRASE = 5  # words; a row with a verb that has more is a sentence
_SURNAME = 4  # letters
_SPACED = re.compile(r"^\S(?:[\s\u00a0]+\S){3,}$")
_JOINED = {"subtitle": " ", "original_place": " and "}


@dataclass(frozen=True, slots=True)
class TitlePage:
    """What a title page says: the settings that it gives, and the lines that need not be printed again."""

    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    said: Collection[int] = frozenset()

    def set_as(self, lang: str) -> TitlePage:
        """Return the page with its quotation marks, apostrophes and dashes as a language sets them."""
        own = custom(())
        fields = {key: tuple(set_signs(one, lang, own, Counter()) for one in said) for key, said in self.fields.items()}
        return TitlePage(fields, self.said)

    def completed(self, settings: Settings) -> Settings:
        """Return ``settings`` with what the title page says where they say nothing."""
        found: dict[str, Any] = {
            key: values if isinstance(getattr(settings, key), tuple) else _JOINED.get(key, ", ").join(values)
            for key, values in self.fields.items()
            if values and not getattr(settings, key)
        }
        return dataclasses.replace(settings, **found)


def title_page(lines: Sequence[Line], decisions: Sequence[Decision], title: str, lang: str = "") -> TitlePage:
    """Read the title page of a text.

    Args:
        lines: the repaired text.
        decisions: what each line is; those that the layout calls lines of the title page are read.
        title: the title of the book, as it is known so far.
        lang: the language of the book, a BCP 47 tag.

    """
    text = {line.number: line.text for line in lines}
    page = [one for one in decisions if names_book(one) or on_title_page(one)]
    if not any(map(names_book, page)):
        return TitlePage()
    header = header_fields(lines)
    told = [_plain(text[one.line].strip()) for one in page]
    reader = _Reader(_letters(title), [_close(_letters(name)) for name in names_in(header.get("author", ""))])
    reader.lang, reader.under = lang, header.get("subtitle", "") or parted(header.get("title", ""))[1]
    if not reader.authors:
        reader.small = small_words(line.text for line in lines)
        rest = [row for row, one in zip(told, page, strict=True) if not names_book(one)]
        by = [
            row
            for above, row in pairwise(["", *rest])
            if BY.match(row) and not (NOT_BY.match(row) or SAME_AUTHOR.fullmatch(row) or _credits(above))
        ]
        reader.announced = bool(by) or any(AUTHORED.match(row) for row in told)
    for one, below in zip(page, [*told[1:], ""], strict=True):
        reader.after = below
        raw = text[one.line].strip()
        if _COLUMNS.search(raw) and _plain(raw) == " ".join(raw.split()) and not names_book(one):
            continue  # what stands in columns is a table or a menu
        first = names_book(one)
        reader.slanted = reader.slanted or (first and raw.startswith("_"))
        reader.read(one.line, _plain(raw), first=first, slanted=raw.startswith("_") and not reader.slanted)
    return reader.page()


@dataclass(slots=True)
class _Reader:
    """What was read so far; ``waiting``: whose names the next line gives, below one that ends with "by"."""

    title: str
    authors: Sequence[str]
    fields: dict[str, list[str]] = field(default_factory=dict)
    said: list[int] = field(default_factory=list)
    named: str = ""  # the letters of the title that were read
    waiting: str = ""
    credit: int = 0  # the line that announced whose names wait
    imprint: str = ""  # what the line above named of the old edition: "place", "house" or "rights"
    pending: tuple[tuple[int, ...], str] = ((), "")  # lines that may begin a credit: "With an introduction"
    unread: tuple[int, str] = (0, "")  # the last line that says nothing by itself
    announced: bool = False  # somewhere on the page a row says "by"
    kin: bool = False  # who is waited for was called a nephew or a widow
    person: int = 0  # the last line that named somebody
    small: frozenset[str] = frozenset()  # the words that the text writes small, where no header names the authors
    slanted: bool = False  # the title stands in italics
    over: bool = False  # the subtitle stands above names and imprint
    lang: str = ""
    under: str = ""  # the subtitle, as a header of the transcription has it
    said_last: str = ""  # the row above
    above: tuple[str, str] = ("", "")  # that, and the one above it
    works: int = 0  # the last line of a list of other books
    subtitled: tuple[int, str] = (0, "")  # the last line of the subtitle
    copyright: str = ""  # the year of the rights
    titled: list[str] = field(default_factory=list)  # the rows of the title
    after: str = ""  # the row below
    himself: bool = False  # who wrote it is the one whose life it tells
    inscribed: tuple[int, int] = (
        0,
        0,
    )  # the last line of a dedication that opens with "To" alone, and how near the next

    def page(self) -> TitlePage:
        whole = " ".join(self.titled)
        bare = DEGREES.sub("", whole).rstrip(" .,")
        unknown = not self.authors and "author" not in self.fields
        works = (WORKS_OF.fullmatch(bare) or OWN_WORDS.fullmatch(bare)) if unknown else None
        life = LIFE_OF.fullmatch(whole) if unknown and self.himself else None
        if life and is_name(life["name"].strip(), self.small):
            self.fields["author"] = list(_people(life["name"]))
        if works and is_name(works[works.lastindex or 0], self.small):
            self.fields["author"] = list(_people(works[works.lastindex or 0]))
        if subtitle := self.fields.get("subtitle"):
            subtitle[-1:] = [row.rstrip(",") for row in subtitle[-1:]]
        if self.copyright:
            self.fields.setdefault("original_date", [self.copyright])
        if houses := self.fields.get("original_publisher"):
            self.fields["original_publisher"] = [name for house in houses if (name := _house_name(house))]
        if 0 < len(self.under) <= _SUBTITLE and self.named:
            known = self.fields.setdefault("subtitle", [self.under])
            rest = _letters(self.under).removeprefix(_letters(known[0]))
            if rest.isdigit():  # its years stand on a row of their own
                known[0] = f"{self.under.rstrip('.')}." if known[1:] else self.under
        if self.lang.startswith("fr"):  # the particle of a name is small there
            for key in ("author", *CONTRIBUTORS):
                if key in self.fields:
                    self.fields[key] = [_PARTICLE.sub("d", name) for name in self.fields[key]]
        return TitlePage({key: tuple(values) for key, values in self.fields.items()}, frozenset(self.said))

    def read(self, line: int, text: str, *, first: bool, slanted: bool) -> None:
        """Read one line; ``first``: the layout calls it the title; ``slanted``: it stands in italics."""
        if self._inscribes(line, text):
            return
        letters = _letters(text)
        (above, self.imprint), (announced, credit) = (self.imprint, ""), (self.pending)
        self.pending = ((), "")
        row_above, self.said_last = self.said_last, text
        self.above = (row_above, self.above[0])
        works, self.works = self.works, 0
        if announced and not self.over and self.named and not _credits(credit):
            self._subtitle(announced[0], credit)  # nobody is named below "with some remarks upon hoar frost"
            self.said += announced[1:]
        if self.kin and (not _PERSON.fullmatch(text) or HOUSE.search(text) or _is_place(text)):
            self.waiting, self.kin = "", False
        open_above = bool(self.said) and self.said[-1] == line - 1 and _is_open(row_above)
        theirs = (by := BY.match(text)) is not None and POSSESSIVE.match(text[by.end() :].strip()) is not None
        played = PERFORMED.match(row_above) is not None and (row_above.endswith(",") or theirs)
        if (
            not letters
            or played
            or (LIVED.match(text) and self.said)
            or (open_above and (text[0].islower() or text[0] == "&"))
        ):
            self.said.append(line)  # "with Sketches by the Author, and", "a Map"
        elif self.waiting and BY.fullmatch(text):
            self.said.append(line)  # "EDITED", "by", and the name below
        elif self.waiting:
            self._names(line, text)
        elif (above == "seller" and _is_short(text)) or (
            above == "place" and BY.match(text) and not BY.fullmatch(text) and self.person
        ):
            self._house(line, text)
        elif self._of_title(letters) or (first and self.named != self.title and self._resembles_title(text)):
            goes_on_here = self.title.startswith(self.named + letters)
            self.named = (self.named if goes_on_here else "") + letters
            self.titled = [*(self.titled if goes_on_here else ()), text]
            self.said.append(line)
            self.over = self.over and bool({"original_place", "original_publisher"} & set(self.fields))
        elif self.under and letters == _letters(self.under):
            self._subtitle(line, text)
        elif SAME_AUTHOR.fullmatch(text) or (works and line - works <= 2 and _is_subtitle(text)):
            self.said.append(line)
            self.works = line
        elif self._collected(line, text):
            pass
        elif found := ISSUE.fullmatch(text):
            self._take(line, "original_date", (as_title(found["when"].strip(" .,")),))
        elif found := PUBLISHED.fullmatch(text):
            self._add("original_date", found["year"])
            self.said.append(line)
            self.over = True
        elif credit and (BEHIND.match(text) or TOO.match(text)) and self._contributor(line, f"{credit} {text}"):
            self.said += announced
        elif (of := OF.fullmatch(text)) and LIVED.match(self.after) and not self.authors and (people := _people(of[1])):
            self._take(line, "author", people)
        elif self._contributor(line, text) or self._by(line, text, above) or self._author(line, text, letters):
            pass
        elif above == "house" and PRINTED_FOR.match(row_above) and (printed := _FOR.match(text)):
            self.fields["original_publisher"][-1:] = []  # who only printed it
            self._house(line, printed["house"])
        elif (address := _ADDRESS.fullmatch(text)) and self._lives(line, address["place"]):
            self.over = True
        elif above == "place" and (printed := PRINTED_FOR.match(text)):
            self._house(line, printed["house"] + (f", {when['year']}" if (when := YEAR.search(text)) else ""))
            self.over = True
        elif (seller := self._bookseller(text)) and "original_publisher" not in self.fields:
            self._house(line, seller)
            self.over = True
        elif HOUSE_TOO.match(text) and self._imprint(line, text, "place"):
            self.over = True
        elif not self._dates(text) and (
            RIGHTS.match(text.lstrip("[("))
            or (
                above == "rights"
                and ((HOUSE.search(text) and not _ends_in_place(text)) or GOES_ON.match(text) or _is_open(row_above))
            )
        ):
            self.imprint = "rights"
            self.over = True
            self.said.append(line)
            if found := _COPYRIGHT.match(text):
                self.copyright = self.copyright or found["year"]
        elif self._imprint(line, text, above):
            self.over = True
        elif above in ("place", "house") and (self.said[-1] == line - 1 or STREET.match(text)):
            self.said.append(line)  # where the printer lives, what his house sells
            if "original_date" not in self.fields and (when := YEAR.search(text)):
                self.fields["original_date"] = [when["year"].strip(" .")]
            self.imprint = above
        elif (self.named and PICTURES.match(text)) or LICENCE.match(text):
            self.over = True
            self.pending = ((line,), text)  # who drew them may stand below
            self.said.append(line)
        elif REVISED.match(text) and "original_edition" in self.fields:
            self.said.append(line)
        elif (
            self.person
            and (self.person == line - 1 or OFFICE.match(text))
            and _is_subtitle(text)
            and not EDITION.fullmatch(text)
        ):
            self.said.append(line)  # the office of who is named above
            self.person = line
        elif SERIES_OF.fullmatch(text) and self.named and not (self.over or self.fields.get("subtitle")):
            self._subtitle(line, text)  # "ESSAYS", "FIRST SERIES"
        elif (
            SET_OF.fullmatch(text)
            or PART_OF_SET.fullmatch(text)
            or (not self.named and (VOLUME.match(text) or SERIES.fullmatch(text)))
        ):
            self.said.append(line)  # how many volumes the old edition had, and of which series it was
        elif PRICE.fullmatch(text):
            self.said.append(line)
            self.over = True
        elif VOLUME.match(text):
            self._subtitle(line, text)
        elif PERFORMED.match(text):
            self.said.append(line)  # where it was played first; who played it may stand below
        elif EDITION.fullmatch(text) and not SAYS.search(text):
            self._take(line, "original_edition", (as_title(text.rstrip(".")),))
            self.over = True
        elif CREDIT.match(text) or (TRANSLATION.fullmatch(text) and BY.match(self.after)):
            self.over = self.over or _credits(text)
            self.pending = ((*announced, line), f"{credit} {text}".strip()) if TOO.match(text) else ((line,), text)
        elif self._unannounced(line, text):
            pass
        elif GENRE.fullmatch(text.rstrip(".")) and self.named and "subtitle" not in self.fields:
            self._subtitle(line, text)  # the kind of book alone, below its author too
        elif MUSIC.match(text):
            self.unread = (line, text)
        elif (
            not self.over
            and (not slanted or _says_what(text) or self._subtitle_is_open(text))
            and self.named
            and _is_subtitle(text)
            and self.unread[0] != line - 1  # a sentence goes on
        ):
            self._subtitle(line, text)
        else:
            self.unread = (line, text)

    def _dates(self, text: str) -> bool:
        """Tell whether a line is the year of an imprint of which the place stands above."""
        wanted = "original_place" in self.fields and "original_date" not in self.fields
        return wanted and YEAR.fullmatch(text) is not None

    def _subtitle_is_open(self, text: str) -> bool:
        """Tell whether the subtitle goes on in a line: "A", "_Legend in Verse_"."""
        known = self.fields.get("subtitle", [])
        return bool(known) and goes_on(known[-1], text)

    def _inscribes(self, line: int, text: str) -> bool:
        """Tell whether a row is of a dedication: "To" alone below the title, and the rows right under it."""
        last, near = self.inscribed
        article = text.casefold() in ("a", "an") and self.lang[:2] not in ("ca", "es", "it", "pt")
        begins = bool(self.named) and DEDICATES.fullmatch(text) is not None and not article
        begins = begins and not self._of_title(_letters(text))
        inscribes = begins or (last > 0 and line - last <= near)
        self.inscribed = (line, 2 if begins else 1) if inscribes else (0, 0)
        return inscribes

    def _of_title(self, letters: str) -> bool:
        """Tell whether a line is a part of the title, or of the title said once more."""
        return bool(self.title) and (
            self.title.startswith((self.named + letters, letters))
            or letters in (self.named, f"the{self.title}")
            or any(letters.startswith(self.title) and letters.endswith(one) for one in self.authors)
        )

    def _resembles_title(self, text: str) -> bool:
        """Tell whether a row has a word of the title as it is known: else nothing on the new title page says it."""
        words = {word for part in text.split() if len(word := _letters(part)) >= _SURNAME or len(text.split()) == 1}
        return not self.title or any(word in self.title for word in words)

    def _author(self, line: int, text: str, letters: str) -> bool:
        """Take a line that is the name of the author whom the header names, or the last part of it."""
        close = _close(letters)
        if "author" in self.fields or len(close) < _SURNAME:
            return False
        if "(" in text and any(close.startswith(one) for one in self.authors):  # "Orla Penn (1838–1926, a novelist)"
            text = text[: text.index("(")]
        elif not any(one.endswith(close) for one in self.authors):
            return False
        self.over = True
        self._take(line, "author", _people(text))
        return True

    def _collected(self, line: int, text: str) -> bool:
        """Take the author from the name of his works, which stands over the title: "The Collected Works of …"."""
        found = WORKS_OF.fullmatch(text) if not self.named else None
        if found is None or not (people := _people(found[found.lastindex or 0])):
            return False
        if not self.authors and not self.announced:
            self._take(line, "author", people)
        self.said.append(line)
        return True

    def _by(self, line: int, text: str, above: str) -> bool:
        kind, name = kind_by(text)
        if kind and "author" not in self.fields and not self.authors and (people := _people(name)):
            self._take(line, "author", people)
            self._subtitle(line, kind)
            self.over = True
            return True
        found = AUTHORED.match(text) or BY.match(text)
        if found is None or NOT_BY.match(text) or (self.lang == "la" and BY.match(text)):
            return False
        if above == "rights":
            self.said.append(line)
            self.imprint = "rights"
            return True
        whole = text[found.end() :].strip()
        if POSSESSIVE.match(whole):
            return False  # "By Their Majesties' Servants", who act
        if HIMSELF.fullmatch(whole.rstrip(" .,")):
            self.himself = True
            self.said.append(line)
            return True
        names = whole if ARTICLE.fullmatch(whole) else _DEFINITE.sub("", whole, count=1)
        self.over = True
        if not names or ARTICLE.fullmatch(names):
            self.waiting, self.credit = self._helper(line) if self.fields.get("author") else "author", line
        elif not self.authors and "author" not in self.fields and UNNAMED.fullmatch(names):
            named = as_title(names.upper() if _SHOUTED.search(names) else names).rstrip(".,")
            self._take(line, "author", (named[:1].lower() + named[1:],))
        elif people := _people(names):
            self._take(line, "author", people)
            self.pending = ((), text) if TRANSLATES.match(text) else self.pending
        else:
            return False
        return True

    def _helper(self, line: int) -> str:
        """Say what "by" alone on a row announces below the author: what the two rows above speak of, or nobody."""
        for n, row in enumerate(self.above, 1):
            kind = next((kind for kind, pattern in CONTRIBUTORS.items() if pattern.match(f"{row} by ")), "")
            if kind:
                self.said += range(line - n, line)
                return kind
        return ""

    def _unannounced(self, line: int, text: str) -> bool:
        """Take a name that stands without "by": below what the book is ("A Novel"), or of words the text has not."""
        if self.authors or self.announced or "author" in self.fields or not (self.named or is_name(text, self.small)):
            return False
        if GENRE.match(text) or DEDICATES.match(text) or UNDER_TITLES.match(text):
            return False
        people, known = _people(text), " ".join(self.fields.get("subtitle", ()))
        below = bool(GENRE.search(known)) and all(map(_PERSON.fullmatch, people))
        if not people or not (below or is_name(text, self.small)):
            return False
        self.over = True
        self._take(line, "author", people)
        return True

    def _contributor(self, line: int, text: str) -> bool:
        for kind, pattern in CONTRIBUTORS.items():
            found = pattern.match(text)
            if found is None:
                continue
            self.over = True
            if not found["names"] or ARTICLE.fullmatch(found["names"]):
                self.waiting, self.credit = kind, line
            elif KIN.match(found["names"]) or SOME_OF.fullmatch(found["names"]):
                self.waiting, self.credit, self.kin = kind, line, KIN.match(found["names"]) is not None
                self.said.append(line)  # his or her name may stand below
            elif people := _people(found["names"]):
                self._take(line, kind, people)
            elif SELF.fullmatch(re.sub(r",? (?:and|et|und|en|y|e)$", "", found["names"])) and (
                authors := self.fields.get("author")
            ):
                self._take(line, kind, authors)
            return True
        return False

    def _names(self, line: int, text: str) -> None:
        """Take the names that the line above has announced."""
        if people := _people(text):
            self.said.append(self.credit)
            self._take(line, self.waiting, people)
        self.waiting, self.kin = "", False

    def _lives(self, line: int, place: str) -> bool:
        """Take an address with its place, where nothing but a short name stands right above: the publisher's."""
        subtitle = self.fields.get("subtitle", [])
        above, name = self.subtitled if subtitle and self.subtitled[0] == line - 1 else self.unread
        if above != line - 1 or "original_publisher" in self.fields or not _is_short(name) or SAYS.search(name):
            return False
        self.fields["original_publisher"] = [as_title(name.strip(" .,"))]
        if _is_place(place):
            self._add("original_place", as_title(place.strip(" .,")))
        if above == self.subtitled[0]:
            subtitle.pop()
        self.said += [above, line]
        self.imprint = "house"
        return True

    def _bookseller(self, text: str) -> str:
        """Return for whom a book was printed, where the row names no place: "Printed for Ib Tranter, at the Anchor"."""
        found = PRINTED_FOR.match(text) if self.named else None
        sold = found is not None and text[: found.start("house")].lower().endswith("for ")
        return found["house"] if found and sold and is_name(found["house"], frozenset()) else ""

    def _house(self, line: int, text: str) -> None:
        """Take a line that can only be the printer, for his place stands above, or "printed for"."""
        year = YEAR.search(text)
        bare = text[: year.start()] if year else text
        bare = BEHIND.sub("", bare, count=1) if BEHIND.match(bare) else bare
        self._add("original_publisher", as_title(bare.strip(" .,")))
        if year:
            self._add("original_date", year["year"].strip(" ."))
        self.said.append(line)
        self.imprint = "house"

    def _imprint(self, line: int, text: str, above: str) -> bool:
        """Read place, publisher and year, on one line or on several."""
        rest = text
        if SAYS.search(text) and len(text.split()) > _PHRASE:
            return False  # a sentence
        year = YEAR.search(rest)
        if year is not None:
            rest = rest[: year.start()].strip(" ,:;")
        rest = re.sub(r"^(?:druck und |printed and |trykt og )", "", rest, flags=re.IGNORECASE)
        if PRIVATE.fullmatch(rest.strip(" .,")):
            self._house(line, text)
            return True
        if (seller := SELLER.search(rest)) and seller.start():
            self._add("original_place", as_title(AT.sub("", rest[: seller.start()].strip(" ,"))))
            self.said.append(line)
            self.imprint = "seller"
            return True
        known = False
        if (at := AT.match(rest)) and (_is_place(rest[at.end() :]) or (self.over and AT_PLACE.fullmatch(rest))):
            known = True
            rest = rest[at.end() :]
        known = known or bool(FINNISH.fullmatch(rest) and (year or self.over))
        known = known or bool(year and UNKNOWN_PLACE.fullmatch(rest) and PRINTED.match(self.after))
        if above == "house" and year and UNKNOWN_PLACE.fullmatch(rest) and "original_place" not in self.fields:
            known = True
        sold = _SOLD.fullmatch(rest)
        if sold and (known or _is_place(sold["place"]) or (year and self.over)):
            rest, known = f"{AT.sub('', sold['place'])}: {sold['house']}", True
        place, colon, house = (part.strip(" ,") for part in rest.partition(":"))
        if not (
            known
            or _is_place(place)
            or (
                UNKNOWN_PLACE.fullmatch(place)
                and (HOUSE.search(house) or PRINTED_FOR.match(house) or self._names_house(house, bool(year)))
            )
        ):
            place, house = next(((head, tail) for head, tail in _splits(rest) if _is_place(head)), ("", rest))
        dated = YEAR.fullmatch(self.after) is not None or (year is not None and is_name(house, self.small))
        beside = above == "place" or (place and (colon or (self.over and dated)))
        is_house = bool(house) and bool(_is_house(house) or (beside and _is_short(house)))
        if house and not is_house:
            return False
        if not (place or house or (year is not None and not rest)):
            return False
        house = "" if TRADE.fullmatch(house) else house
        if house and not place and self.unread[0] == line - 1 and (where := _where(self.unread[1])):
            place, when = where  # nothing but a place stands right above its printer, or a place and the year
            self.said.append(line - 1)
            if when:
                self._add("original_date", when)
        elif house and not place and self.subtitled[0] == line - 1 and _may_be_place(self.subtitled[1]):
            place = self.fields["subtitle"].pop()  # one word right above its printer
        elif year and not rest and self.unread[0] == line - 1 and UNKNOWN_PLACE.fullmatch(self.unread[1]):
            place = self.unread[1]
            self.said.append(line - 1)
        for key, value in (("place", place), ("publisher", house), ("date", year["year"] if year else "")):
            if value:
                value = value.strip(" .,")
                self._add(f"original_{key}", value if key == "date" else as_title(value))
        self.said.append(line)
        self.imprint = "place" if place and not house else "house"
        return True

    def _names_house(self, text: str, dated: bool) -> bool:
        """Tell whether what stands behind a place and a colon is its printer: a short name, with the year behind it."""
        dated = dated or YEAR.fullmatch(self.after) is not None
        return bool(self.named) and dated and _is_short(text) and not (GENRE.search(text) or SAYS.search(text))

    def _subtitle(self, line: int, text: str) -> None:
        known = self.fields.setdefault("subtitle", [])
        if len(" ".join([*known, text])) <= _SUBTITLE:
            if known and VOLUME.match(text):
                known[-1] = known[-1].rstrip(".,") + "."  # its number is no part of the phrase
            known.append(as_title(text.rstrip(".,:;")) + ("," if text.endswith(",") else ""))
            self.subtitled = (line, text)
            self.said.append(line)

    def _add(self, key: str, value: str) -> None:
        """Add what the page names of the old edition; what it has named already is not said twice."""
        known = self.fields.setdefault(key, [])
        if _letters(value) not in map(_letters, known):
            known.append(value)

    def _take(self, line: int, key: str, values: Sequence[str]) -> None:
        if key in ("author", *CONTRIBUTORS):
            self.person = line
        self.fields.setdefault(key, []).extend(value for value in values if value not in self.fields.get(key, ()))
        self.said.append(line)


def parted(title: str) -> tuple[str, str]:
    """Part the title of a header from the subtitle that stands behind a colon, or begins with "or"."""
    found = _PARTED.fullmatch(title)
    return (found["title"], found["subtitle"][:1].upper() + found["subtitle"][1:]) if found else (title, "")


def _letters(text: str) -> str:
    """Return the letters and digits of a row without accents: headers of transcriptions often leave them out."""
    return "".join(sign for sign in normalize("NFKD", letters_of(normalize("NFC", text))) if not combining(sign))


def _plain(text: str) -> str:
    plain = re.sub(r"[_*=]+", "", text.replace("\u00a0", " ")).strip()
    if _SPACED.match(plain):  # letters set apart: "L E I P Z I G"
        plain = " ".join(re.sub(r"\s", "", word) for word in re.split(r"\s{2,}", plain))
    return " ".join(plain.split())


def _is_place(text: str) -> bool:
    """Tell whether a text names known places, also in capitals."""
    bare = text.strip(" .,:;")
    parts = re.split(r"\s*(?:,|&|·|/|\band\b|\bund\b|\bet\b|\by\b)\s*", bare, flags=re.IGNORECASE)
    return bool(bare) and all(is_place(part) or is_place(as_title(part)) for part in parts if part)


def _may_be_place(text: str) -> bool:
    """Tell whether a row may be a place that nobody knows: one word, and none for a kind of book."""
    return bool(UNKNOWN_PLACE.fullmatch(text)) and len(text.split()) == 1 and not GENRE.search(text)


def _ends_in_place(text: str) -> bool:
    """Tell whether the last words of a row are a known place, behind a comma."""
    head, comma, last = text.rpartition(",")
    return bool(head and comma) and _is_place(last)


def _where(text: str) -> tuple[str, str] | None:
    """Return what may be an unknown place, and the year behind it; nothing where a row says more."""
    year = YEAR.search(text)
    place = text[: year.start()].strip(" ,:;") if year else text
    if not UNKNOWN_PLACE.fullmatch(place):
        return None
    return place, year["year"].strip(" .") if year else ""


def _splits(text: str) -> list[tuple[str, str]]:
    words = text.split()
    return [(" ".join(words[:cut]), " ".join(words[cut:])) for cut in range(min(3, len(words)), 0, -1)] + [
        (" ".join(words[cut:]), " ".join(words[:cut])) for cut in range(max(1, len(words) - 4), len(words))
    ]


def _is_house(text: str) -> bool:
    """Tell whether a text names a printer or publisher; where most of its words are small it says something else."""
    long = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) > 3]
    said = re.search(r"\b(?:published|printed|chez|presso|bey|en casa)\b", text, re.IGNORECASE)
    return bool(HOUSE.search(text) and (said or 2 * sum(map(str.islower, long)) <= len(long)))


def _is_short(text: str) -> bool:
    return len(text) < 60 and text[:1].isupper()


def _is_subtitle(text: str) -> bool:
    """Tell whether a line may be a subtitle: it is short, neither a sentence nor a quotation, and names no preface."""
    if FRONT_OR_BACK.match(re.sub(r"\s*[(\[].*", "", text)):
        return False
    return len(text) <= _SUBTITLE and text[:1] not in "\"“«»'‘—-[" and not SAYING.search(text)


def names_in(text: str) -> list[str]:
    """Part the names of several people: "Ann Orr, Ib Tranter, M.A., and M. Oldacre"; their degrees go.

    Also what the header of a transcription says of the authors.
    """
    bare = re.sub(r"[\[\]]", "", _ASIDE.sub("", text.strip()) or text.strip())
    while (shorter := DEGREES.sub("", bare)) not in ("", bare):
        bare = shorter
    parts = (
        name.strip(" .,")
        for part in AND.split(bare)
        for name in re.split(
            rf",\s+(?!Jr\b|Sr\b|(?i:junior|senior|fils|père|aîné|the (?:elder|younger)|(?:the )?{TITLED})\b)", part
        )
    )
    names = [name if not re.search(r"\b(?:[A-Z]|Jr|Sr)$", name) else f"{name}." for name in parts if name]
    return [name for n, name in enumerate(names) if not (n and OFFICE.match(name) and _OF.search(name))]


def _says_what(text: str) -> bool:
    """Tell whether a row says of what kind a book is, or what it holds, for whom or where it was made."""
    return bool(GENRE.fullmatch(text) or UNDER_TITLES.match(text)) or names_kind(text)


def _house_name(text: str) -> str:
    """Return the name of a house alone: nothing of "printed for", nor of the street and sign of his shop."""
    if PRIVATE.fullmatch(text.strip(" .,")):
        return text
    bare = re.sub(
        r"^(?:(?:printed|published|sold)\b.{0,12}? (?:for|by)|imprimé (?:par|pour))\s+",
        "",
        text,
        flags=re.IGNORECASE,
    )
    bare = _SHOP.split(bare)[0]
    parts = re.split(r",\s+", bare)
    streets = 0
    while len(parts) > 1 and (
        STREET.match(parts[-1]) or parts[-1].isdigit() or (streets and TRADE.fullmatch(parts[-1]))
    ):
        streets += bool(parts.pop())
    name = as_title(re.sub(r"\s+(?:in|à|en|te|at)$", "", ", ".join(parts)).strip(" .,;"))
    return re.sub(r"[^\W\d_]{5,}", lambda word: as_title(word[0]), name)


def _credits(text: str) -> bool:
    """Tell whether a line without a name may speak of who translated, edited or drew: "With an introduction"."""
    rows = [f"{text} {by} " for by in ("by", "par", "von", "por", "da", "dal", "door", "af", "av")]
    return any(pattern.match(row) for pattern in CONTRIBUTORS.values() for row in rows)


def _is_open(text: str) -> bool:
    """Tell whether a row ends within a phrase."""
    return bool(re.search(r"(?:,|\b(?:by|in|of|the|at|and|von|par|de|et|und|en|og|och|y|e))$", text, re.IGNORECASE))


def _close(letters: str) -> str:
    return re.sub(r"^(?:sir|mrs?|dr|rev)", "", letters)


def _people(text: str) -> tuple[str, ...]:
    """Return the names in a text; nothing if it is anything else but names."""
    found = [name for n, name in enumerate(names_in(text)) if not (n and OTHERS_TOO.fullmatch(name))]
    names = [_SHOUTED.sub(lambda one: as_title(one[0]), name) for name in map(as_title, found)]
    names = _with_surname(names, text)
    fit = all(
        _NAME.match(name)
        and len(name) < (_LONGEST if _RANKED.search(name) else 45)
        and name[0].isupper()
        and len(name.split()) < 9
        for name in names
    )
    return (
        tuple(names)
        if names and fit and not ROLE.search(text) and not OTHERS.search(text) and not HOUSE.search(text)
        else ()
    )


def _with_surname(names: list[str], text: str) -> list[str]:
    """Give two people the surname that stands once for both: "Ada and Jonas Orrin"."""
    if len(names) != 2 or len(names[0].split()) > 1 or names[0].endswith(".") or "," in text:
        return names
    given, *others = names[1].split()
    surname = next((others[n:] for n, word in enumerate(others) if word[0].islower()), others[-1:])
    return [" ".join([names[0], *surname]), names[1]] if given[:1].isupper() and surname else names


def as_title(text: str) -> str:
    """Set words that stand all in capitals as a title has them; others stay as they are."""
    if text.upper() != text or not re.search(r"[^\W\d_]{2}", text):
        return text
    words = [
        word.lower()
        if n and word.strip(",.").lower() in _SMALL and not re.fullmatch(r"\w\.", word)
        else re.sub(r"[^\W\d_]+(?:['’][^\W\d_](?![^\W\d_]))?", lambda found: found[0].capitalize(), word)
        if not re.fullmatch(r"[IVXLCDM]+[.,]?|(?:[A-Z]\.)+", word)
        else word
        for n, word in enumerate(text.split())
    ]
    return " ".join(words)

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
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.cite.places import is_place
from pipeline.label.features import SMALL
from pipeline.label.furniture import header_fields
from pipeline.label.headings import names_book, on_title_page
from pipeline.label.levels import letters_of
from pipeline.label.titles import GENRE, is_name, small_words
from pipeline.model import Decision, Line
from pipeline.parts import BY, FRONT_OR_BACK, RIGHTS
from pipeline.settings import Settings

_CONTRIBUTORS: Mapping[str, re.Pattern[str]] = {
    kind: re.compile(rf"(?:{pattern})[ :]*(?P<names>.*)$", re.IGNORECASE)
    for kind, pattern in {
        "translator": r"(?:(?:newly |freely )?(?:translated|done|rendered|englished)\b.{0,40}?\bby"
        r"|traduit\b.{0,40}?\bpar"
        r"|traduction (?:de|par)|(?:aus dem .{3,30} )?(?:übersetzt|übertragen)\b.{0,30}?\bvon|deutsch von"
        r"|traducid[oa]\b.{0,40}?\bpor|traducción de|tradott[oa]\b.{0,30}?\bda|traduzione di|vertaald\b.{0,30}?\bdoor"
        r"|oversat\b.{0,30}?\baf|översatt\b.{0,30}?\bav|перевод)",
        "editor": r"(?:(?:selected and )?edited\b.{0,40}?\bby|publié\b.{0,30}?\bpar|herausgegeben\b.{0,30}?\bvon"
        r"|edición de|edited|a cura di|под редакцией)",
        "introducer": r"(?:(?:with )?(?:an |the )?(?:\w+ )?(?:introduction|preface|foreword)s?\b.{0,30}?\bby"
        r"|(?:avec une )?(?:préface|introduction) (?:de|par)|mit einem .{3,20}wort von|prólogo de|prefazione di"
        r"|met een (?:inleiding|voorwoord) van|предисловие)",
        "illustrator": r"(?:(?:(?:and )?(?:with )?(?:\w+ )?(?:illustrations|drawings|pictures|plates)"
        r"|illustrated|drawn|pictured)\b.{0,40}?\bby|illustrations de|illustré\b.{0,20}?\bpar"
        r"|(?:illustriert|mit .{3,30}bildern)\b.{0,20}?\bvon|ilustrad[oa] por|illustrat[oa] da|geïllustreerd door)",
    }.items()
}
_YEAR = re.compile(r"\W*(?:anno )?(?P<year>1[5-9]\d\d|20\d\d|MD?C{0,4}[DCLXVI. ]{2,14})\W*$")
_HOUSE = re.compile(
    r"(?:& ?co\b|and co\b|\bcompany\b|\bbrothers\b|\bbros\b|& ?sons?\b|and sons?\b|\bpress\b|\bpublish(?:ers?|ing)\b"
    r"|\bbooksellers?\b|\bverlag|\bbuchhandlung|\bédit(?:eurs?|ions)\b|\blibrairie\b|\beditorial\b|\beditores?\b"
    r"|\blibrería\b|\beditore\b|\buitgever|\bforlag|\bförlag|\berven\b|\blimited\b|\bltd\b|\bincorporated\b"
    r"|издательство)",
    re.IGNORECASE,
)
_UNKNOWN_PLACE = re.compile(r"[^\W\d_a-z][\w’'-]+(?:[ -][^\W\d_][\w’'-]+){0,2}[.,:]?")
_PERSON = re.compile(r"(?!(?:The|An?|In|Of|Le|La|Les|Der|Die|Das|El|Il|De|Het)\b)\w[\w.’'-]*(?: \w[\w.’'-]*){1,3}")
_TRADE = re.compile(r"(?:publishers?|éditeurs?|verleger|editores|uitgevers?)\W*", re.IGNORECASE)
_EDITION = re.compile(
    r".{0,40}\b(?:edition|impression|printing|thousand|druk|auflage|ausgabe|édition|edición|edizione|edição|upplaga"
    r"|udgave|oplag|eldono|издание)\b.{0,60}",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"(?:and |with |mit |avec |con |met )(?:an? |the |une? |einem |een )?[^.,:;]{4,40}$"
    r"|(?:music|edited|translated|illustrated|herausgegeben|übersetzt|traduit)$",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"(?:AT|BY|FOR|BEI|PAR|POUR|DOOR)$|(?:[^\W\d_]+ )?[\d ,.;-]+$|[a-zà-öø-ÿ]|.*[”\"]")
_VOLUME = re.compile(
    r"(?:(?:complete )?in \w+ volumes?|(?:vol(?:ume|\.)?|tome|tomo|band|teil|deel|bind|том) ?\w*"
    r"|\w+ (?:volume|tome|tomo|band|teil|deel|delen|bind|том))\W*$",
    re.IGNORECASE,
)
_DEGREES = re.compile(
    r"(?:,\s*(?!Jr\b|Sr\b)(?:[A-Z][A-Za-z]{0,3}\.\s?){1,4})+,?$|\s*\((?:[^)]*\d[^)]*)\)\.?$|,\s*Esq\.?$"
)
_LIVED = re.compile(r"\(?\d{4} ?[-–—] ?\d{4}\)?\.?$")
_NAME = re.compile(r"[^\W\d_][\w.’' -]+$")
_SMALL = SMALL | {"en", "och", "og", "van"}
_OTHERS = re.compile(r"\b(?:others?|members|author|himself)\b", re.IGNORECASE)
_SELF = re.compile(
    r"(?:the author(?:ess)?|l[’']auteur|vom verfasser|el autor|l[’']autore|de schrijver)\W*", re.IGNORECASE
)
_SAYING = re.compile(r"[a-z]{3}[.!?] |[”\"»]$|^To ")
_AND = re.compile(r"\s*(?:,?\s+(?:and|und|et|y|e|en|og|och|и)\s+|&|;)\s*")
_SAYS = re.compile(r"\b(?:is|are|was|were|has|ist|est|es)\b")
_SUBTITLE = 120  # characters
_SURNAME = 4  # letters
_SPACED = re.compile(r"^\S(?:[\s\u00a0]+\S){3,}$")
_JOINED = {"subtitle": " ", "original_place": " and "}


@dataclass(frozen=True, slots=True)
class TitlePage:
    """What a title page says: the settings that it gives, and the lines that need not be printed again."""

    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    said: Collection[int] = frozenset()

    def completed(self, settings: Settings) -> Settings:
        """Return ``settings`` with what the title page says where they say nothing."""
        found: dict[str, Any] = {
            key: values if isinstance(getattr(settings, key), tuple) else _JOINED.get(key, ", ").join(values)
            for key, values in self.fields.items()
            if values and not getattr(settings, key)
        }
        return dataclasses.replace(settings, **found)


def title_page(lines: Sequence[Line], decisions: Sequence[Decision], title: str) -> TitlePage:
    """Read the title page of a text.

    Args:
        lines: the repaired text.
        decisions: what each line is; those that the layout calls lines of the title page are read.
        title: the title of the book, as it is known so far.

    """
    text = {line.number: line.text for line in lines}
    page = [one for one in decisions if names_book(one) or on_title_page(one)]
    if not any(map(names_book, page)):
        return TitlePage()
    header = header_fields(lines)
    reader = _Reader(letters_of(title), [_close(letters_of(name)) for name in names_in(header.get("author", ""))])
    if not reader.authors:
        reader.small = small_words(line.text for line in lines)
    for one in page:
        raw = text[one.line].strip()
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
    pending: tuple[int, str] = (0, "")  # a line that may begin a credit: "With an introduction"
    unread: tuple[int, str] = (0, "")  # the last line that says nothing by itself
    small: frozenset[str] = frozenset()  # the words that the text writes small, where no header names the authors
    slanted: bool = False  # the title stands in italics
    over: bool = False  # the subtitle stands above names and imprint

    def page(self) -> TitlePage:
        return TitlePage({key: tuple(values) for key, values in self.fields.items()}, frozenset(self.said))

    def read(self, line: int, text: str, *, first: bool, slanted: bool) -> None:
        """Read one line; ``first``: the layout calls it the title; ``slanted``: it stands in italics."""
        letters = letters_of(text)
        (above, self.imprint), (announced, credit) = (self.imprint, ""), (self.pending)
        self.pending = (0, "")
        if not letters or (_LIVED.match(text) and self.said):
            self.said.append(line)
        elif self.waiting:
            self._names(line, text)
        elif self._of_title(letters) or (first and self.named != self.title):
            self.named = (self.named if self.title.startswith(self.named + letters) else "") + letters
            self.said.append(line)
        elif credit and BY.match(text):
            if self._contributor(line, f"{credit} {text}"):
                self.said.append(announced)
        elif self._contributor(line, text) or self._by(line, text, above) or self._author(line, text, letters):
            pass
        elif RIGHTS.match(text) or (above == "rights" and (_HOUSE.search(text) or _GOES_ON.match(text))):
            self.imprint = "rights"
            self.over = True
            self.said.append(line)
        elif self._imprint(line, text, above):
            self.over = True
        elif _VOLUME.match(text):
            self._subtitle(line, text)
        elif _EDITION.fullmatch(text) and not _SAYS.search(text):
            self._take(line, "original_edition", (_lowered(text.rstrip(".")),))
        elif _CREDIT.match(text):
            self.over = True
            self.pending = (line, text)
        elif self._unannounced(line, text):
            pass
        elif not (self.over or slanted) and self.named and _is_subtitle(text):
            self._subtitle(line, text)
        else:
            self.unread = (line, text)

    def _of_title(self, letters: str) -> bool:
        """Tell whether a line is a part of the title, or of the title said once more."""
        return bool(self.title) and (
            self.title.startswith((self.named + letters, letters))
            or letters in (self.named, f"the{self.title}")
            or any(letters.startswith(self.title) and letters.endswith(one) for one in self.authors)
        )

    def _author(self, line: int, text: str, letters: str) -> bool:
        """Take a line that is the name of the author whom the header names, or the last part of it."""
        close = _close(letters)
        if "author" in self.fields or not any(one.endswith(close) for one in self.authors) or len(close) < _SURNAME:
            return False
        self.over = True
        self._take(line, "author", _people(text))
        return True

    def _by(self, line: int, text: str, above: str) -> bool:
        found = BY.match(text)
        if found is None:
            return False
        if above == "rights":
            self.said.append(line)
            self.imprint = "rights"
            return True
        names = text[found.end() :].strip()
        self.over = True
        if not names:
            self.waiting, self.credit = "author", line
        elif people := _people(names):
            self._take(line, "author", people)
        else:
            return False
        return True

    def _unannounced(self, line: int, text: str) -> bool:
        """Take a name that stands without "by": below what the book is ("A Novel"), or of words the text has not."""
        if self.authors or "author" in self.fields or not self.named:
            return False
        people, known = _people(text), " ".join(self.fields.get("subtitle", ()))
        below = bool(GENRE.search(known)) and all(map(_PERSON.fullmatch, people))
        if not people or not (below or is_name(text, self.small)):
            return False
        self.over = True
        self._take(line, "author", people)
        return True

    def _contributor(self, line: int, text: str) -> bool:
        for kind, pattern in _CONTRIBUTORS.items():
            found = pattern.match(text)
            if found is None:
                continue
            self.over = True
            if not found["names"]:
                self.waiting, self.credit = kind, line
            elif people := _people(found["names"]):
                self._take(line, kind, people)
            elif _SELF.fullmatch(found["names"]) and (authors := self.fields.get("author")):
                self._take(line, kind, authors)
            return True
        return False

    def _names(self, line: int, text: str) -> None:
        """Take the names that the line above has announced."""
        if people := _people(text):
            self.said.append(self.credit)
            self._take(line, self.waiting, people)
        self.waiting = ""

    def _imprint(self, line: int, text: str, above: str) -> bool:
        """Read place, publisher and year, on one line or on several."""
        rest = text
        year = _YEAR.search(rest)
        if year is not None:
            rest = rest[: year.start()].strip(" ,:;")
        place, _, house = (part.strip(" ,") for part in rest.partition(":"))
        if not (_is_place(place) or (_UNKNOWN_PLACE.fullmatch(place) and _HOUSE.search(house))):
            place, house = next(((head, tail) for head, tail in _splits(rest) if _is_place(head)), ("", rest))
        is_house = bool(house) and (bool(_HOUSE.search(house)) or (above == "place" and _is_short(house)))
        if house and not is_house:
            return False
        if not (place or house or (year is not None and not rest)):
            return False
        house = "" if _TRADE.fullmatch(house) else house
        if house and not place and self.unread[0] == line - 1 and _UNKNOWN_PLACE.fullmatch(self.unread[1]):
            place = self.unread[1]  # nothing but a place stands right above its printer
            self.said.append(line - 1)
        for key, value in (("place", place), ("publisher", house), ("date", year["year"] if year else "")):
            if value:
                self.fields.setdefault(f"original_{key}", []).append(_lowered(value.strip(" .,")))
        self.said.append(line)
        self.imprint = "place" if place and not house else "house"
        return True

    def _subtitle(self, line: int, text: str) -> None:
        known = self.fields.setdefault("subtitle", [])
        if len(" ".join([*known, text])) <= _SUBTITLE:
            known.append(_lowered(text.rstrip(".,:;")) + ("," if text.endswith(",") else ""))
            self.said.append(line)

    def _take(self, line: int, key: str, values: Sequence[str]) -> None:
        self.fields.setdefault(key, []).extend(value for value in values if value not in self.fields.get(key, ()))
        self.said.append(line)


def _plain(text: str) -> str:
    plain = re.sub(r"[_*=]+", "", text.replace("\u00a0", " ")).strip()
    if _SPACED.match(plain):  # letters set apart: "L E I P Z I G"
        plain = " ".join(re.sub(r"\s", "", word) for word in re.split(r"\s{2,}", plain))
    return " ".join(plain.split())


def _is_place(text: str) -> bool:
    """Tell whether a text names known places, also in capitals."""
    bare = text.strip(" .,:;")
    parts = re.split(r"\s*(?:,|&|·|/|\band\b|\bund\b|\bet\b|\by\b)\s*", bare, flags=re.IGNORECASE)
    return bool(bare) and all(is_place(part) or is_place(_lowered(part)) for part in parts if part)


def _splits(text: str) -> list[tuple[str, str]]:
    words = text.split()
    return [(" ".join(words[:cut]), " ".join(words[cut:])) for cut in range(min(3, len(words)), 0, -1)] + [
        (" ".join(words[cut:]), " ".join(words[:cut])) for cut in range(max(1, len(words) - 4), len(words))
    ]


def _is_short(text: str) -> bool:
    return len(text) < 60 and text[:1].isupper()


def _is_subtitle(text: str) -> bool:
    """Tell whether a line may be a subtitle: it is short, neither a sentence nor a quotation, and names no preface."""
    if FRONT_OR_BACK.match(re.sub(r"\s*[(\[].*", "", text)):
        return False
    return len(text) <= _SUBTITLE and text[:1] not in "\"“«»'‘—-[" and not _SAYING.search(text)


def names_in(text: str) -> list[str]:
    """Part the names of several people: "Ann Orr, Ib Tranter, M.A., and M. Oldacre"; their degrees go.

    Also what the header of a transcription says of the authors.
    """
    bare = re.sub(r"[\[\]]", "", text.strip())
    while (shorter := _DEGREES.sub("", bare)) not in ("", bare):
        bare = shorter
    parts = (name.strip(" .,") for part in _AND.split(bare) for name in re.split(r",\s+(?!Jr\b|Sr\b)", part))
    return [name if not re.search(r"\b(?:[A-Z]|Jr|Sr)$", name) else f"{name}." for name in parts if name]


def _close(letters: str) -> str:
    return re.sub(r"^(?:sir|mrs?|dr|rev)", "", letters)


def _people(text: str) -> tuple[str, ...]:
    """Return the names in a text; nothing if it is anything else but names."""
    names = [_lowered(name) for name in names_in(text)]
    fit = all(_NAME.match(name) and len(name) < 45 and name[0].isupper() and len(name.split()) < 7 for name in names)
    return tuple(names) if names and fit and not _OTHERS.search(text) and not _HOUSE.search(text) else ()


def _lowered(text: str) -> str:
    """Set words that stand all in capitals as a title has them; others stay as they are."""
    if text.upper() != text or not re.search(r"[^\W\d_]{2}", text):
        return text
    words = [
        word.lower()
        if n and word.strip(",.").lower() in _SMALL
        else re.sub(r"[^\W\d_]+(?:['’][^\W\d_]+)?", lambda found: found[0].capitalize(), word)
        if not re.fullmatch(r"[IVXLCDM]+[.,]?|(?:[A-Z]\.)+", word)
        else word
        for n, word in enumerate(text.split())
    ]
    return " ".join(words)

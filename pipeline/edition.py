"""What all editions of a book have in common, whenever and wherever they are made: its identifier and its date."""

from __future__ import annotations

import os
import re
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from pipeline.language import AddedWords
from pipeline.titlewords import PRIVATE
from pipeline.values import isbn

UNDATED = datetime(2000, 1, 1, tzinfo=UTC)
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$")


def identifier(given: str, facts: Iterable[str], name: str) -> str:
    """Return what was given, or a UUID (version 5) of the facts: a new printing keeps its identifier.

    ``name``: of the book's folder, if it was given one, as all books on a shelf are: it tells two of the same title
    and author apart.
    """
    if figures := isbn(given):
        return f"urn:isbn:{figures}"
    told = [*facts, name] if name else facts
    return given or f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, chr(10).join(told))}"


def day(date: str) -> datetime | None:
    """Return the day of an ISO 8601 date, the first of a year or a month; None if it is no such date."""
    match = _DATE.match(date)
    if not match:
        return None
    year, month, day = (int(part or 1) for part in match.groups())
    try:
        return datetime(year, month, day, tzinfo=UTC)
    except ValueError:
        return None


def modified(date: str) -> datetime:
    """Return the date of the book; else ``SOURCE_DATE_EPOCH`` (reproducible-builds.org); else a fixed day."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return day(date) or (datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else UNDATED)


CONTRIBUTORS = {"editor": "edt", "translator": "trl", "introducer": "aui", "illustrator": "ill"}
"""Who else a title page names, in this order, with the code of the MARC relators."""


def contributions(people: Mapping[str, Sequence[str]], words: AddedWords) -> list[str]:
    """Return the lines of a title page that name editors, translators, who wrote the introduction, and illustrators."""
    return [f"{getattr(words, kind)} {and_list(people[kind], words)}" for kind in CONTRIBUTORS if people.get(kind)]


_FAMILY_FIRST = frozenset(("hu", "ja", "ko", "vi", "zh"))
_BEHIND = re.compile(r"(?:Jr|Sr)\.?|I{2,3}|IV|fils|père")
_NAME = re.compile(r"[^\W\d_][\w.’'‐-]*")
_BODY = re.compile(r"(?:Soci|Compa|Institut|Universi|Academ|Associa|Committ|Commission|Depart|Minist|Verein)\w*")
_NO_NAME = frozenset(("and", "by", "of", "the", "Board", "Office", "Press", "Project", "Staff", "The"))


def filed(name: str, lang: str) -> str:
    """Return what catalogues sort a person by: “Quill, Ada”, “Berg, Ida van den”; nothing where that is not sure.

    It is not where families come first, for one word alone, for a body (“The Weir Board”), and for “Ada of Orle”. Small
    particles go with the given name, as in most catalogues.
    """
    words = name.split()
    behind = words.pop().rstrip(",") if words and _BEHIND.fullmatch(words[-1]) else ""
    if words and behind:
        words[-1] = words[-1].rstrip(",")
    if any(map(_BODY.fullmatch, words)) or not _NO_NAME.isdisjoint(words) or not all(map(_NAME.fullmatch, words)):
        return name if name.count(",") == 1 and not behind else ""
    last = next((at for at, word in enumerate(words) if at and word[:1].isupper() and _PARTICLE.fullmatch(word)), -1)
    family, given = words[last:], words[:last]
    if (
        not given
        or lang.split("-")[0] in _FAMILY_FIRST
        or not all(word[0].isupper() for word in (given[0], family[-1]))
    ):
        return ""
    return ", ".join(filter(None, (" ".join(family), " ".join(given), behind)))


_PARTICLE = re.compile(r"V[ao]n|De[nr]?|D[aiu]|L[ae]s?|Te[nr]|Mac|St\.|Saint")


def and_list(names: Sequence[str], words: AddedWords) -> str:
    """Join names as prose does: “A, B and C”."""
    return f" {words.both} ".join(filter(None, (", ".join(names[:-1]), names[-1])))


@dataclass(frozen=True, slots=True)
class Original:
    """The edition that a book was made from, as far as it is known, and the ``source`` that it came in."""

    place: str = ""
    publisher: str = ""
    edition: str = ""
    date: str = ""
    source: str = ""

    def __str__(self) -> str:
        """Name the edition, and the source behind it."""
        named = (": ".join(filter(None, (self.place, self.publisher))), self.edition, self.date)
        known = ", ".join(filter(None, named))
        return f"{known} ({self.source})" if known and self.source else known or self.source

    def made_from(self, words: AddedWords) -> str:
        """Say in a sentence what the book was made from; nothing if that is not known.

        The sentence is that of the first thing known: who published it, where, when, which edition it was; what else
        is known of it follows, and behind it, in brackets, the edition and the source.
        """
        private = PRIVATE.fullmatch(self.publisher) is not None  # nobody published it
        cases = (
            (words.from_edition if private else words.from_house, self.publisher),
            (words.from_place, self.place),
            (words.from_year, self.date),
            (words.from_edition, self.edition),
            (words.from_source, self.source),
        )
        sentence = next((form for form, known in cases if known), "")
        named = words.comma.join(filter(None, (self.publisher, self.place, self.date)))
        behind = [*filter(None, (self.edition, self.source))]
        if not named:
            named = behind.pop(0) if behind else ""
        brackets = f" ({'; '.join(behind)})" if behind else ""
        return f"{sentence.format(named)}{brackets}"


def imprint(publisher: str, date: str, original: Original) -> list[str]:
    """Return what stands at the foot of a title page: publisher and date, or place, publisher and date of the original.

    A book that nobody publishes anew shows the imprint that it was made from, as reprints do.
    """
    own = [*filter(None, (publisher, date))]
    return own or [*filter(None, (original.place, original.publisher, original.date))]


def shown_title(title: str, subtitle: str) -> str:
    """Return the title as it stands above its subtitle: without a last clause with which that begins (“, Volume I”)."""
    before, _, last = title.rpartition(", ")
    again = before and re.match(rf"{re.escape(last)}(?!\w)", subtitle, re.IGNORECASE)
    return before if again else title

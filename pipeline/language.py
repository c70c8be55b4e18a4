"""Languages: which one a text is in, and what is known of each (``languages.toml``): its signs and a few words."""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.daybook import noted
from pipeline.model import Decision, Line, Role
from pipeline.report import Report
from pipeline.settings import Settings

_WORD = re.compile(r"[^\W\d_]+")
_WHOLE = re.compile(r"[^\W\d_]+(?:[-´`·][^\W\d_´`·-]*)*")  # syllables with hyphens between are one word
_OUTSIDE = frozenset({Role.BOILERPLATE, Role.CITATION, Role.RUBRIC})
_ENOUGH = 200_000  # letters; more text does not make the answer better
_FEW = 12  # words; fewer do not show that a passage is in another language
_TELLING = 4  # small words, different ones
_HEADING = re.compile(r"^\W*(?:(?:\d+|[IVXLC]+)\.?\s+)?(?P<words>[^\d:]{4,40}?)\W*$")
_SHORT = 60  # characters; no heading over a list of works is longer
_SHARE = 0.22  # of the words of running prose that are small words: 0.3 to 0.5 in its own language


@dataclass(frozen=True, slots=True)
class Signs:
    """How a language writes quotation marks and dashes: see the head of ``languages.toml``.

    ``closed`` is empty where a dash between words always has spaces; ``hugs``: a closed dash keeps the space that it
    has on one side, for it stands at the words that it sets aside.
    """

    quotes: tuple[str, str]
    inner: tuple[str, str]
    single: tuple[str, str]
    dash: str
    closed: str
    hugs: bool
    clipped: frozenset[str]


@dataclass(frozen=True, slots=True)
class AddedWords:
    """The words that an edition adds of its own ("Contents", "Cover" …), and the language they are in.

    ``both`` stands between two names, ``others`` after the first of many, ``page``
    before the number of a page in a citation (the abbreviation of the citation styles' own tables), ``set_in`` before
    the name of a typeface; ``from_house`` to ``from_source`` are sentences that say what a book was made
    from, by what is known of it first (``{}``: publisher, place, year, edition or source), ``comma`` parts these;
    ``editor``, ``translator``, ``introducer`` and ``illustrator`` stand before their names.
    """

    lang: str
    cover: str
    title_page: str
    contents: str
    landmarks: str
    text: str
    pages: str
    page: str
    bibliography: str
    works: str
    authors: str
    both: str
    others: str
    note: str
    notes: str
    from_house: str
    from_place: str
    from_year: str
    from_edition: str
    from_source: str
    comma: str
    set_in: str
    editor: str
    translator: str
    introducer: str
    illustrator: str


@cache
def _table() -> dict[str, dict[str, Any]]:
    return tomllib.loads((Path(__file__).parent / "languages.toml").read_text(encoding="utf-8"))


def _row(lang: str) -> dict[str, Any] | None:
    """Return what is known of ``lang``: the row of its language, and what differs in its region."""
    language, _, region = lang.replace("_", "-").partition("-")
    row = _table().get(language.lower())
    return None if row is None else row | _table().get(f"{language.lower()}-{region.upper()}", {})


def is_known(tag: str) -> bool:
    """Tell whether the table has this very tag."""
    return tag in _table()


@cache
def words_for(lang: str) -> AddedWords:
    """Return the words for a book in ``lang`` (BCP 47): its own where we have them, otherwise English."""
    row = _row(lang)
    own, used = (lang, row) if row is not None else ("en", _table()["en"])
    return AddedWords(own, **{key: used[key] for key in AddedWords.__slots__ if key != "lang"})


def name_of(lang: str) -> str:
    """Return the English name of a language, such as “French” or “French (CH)”; its tag where we have no name."""
    base, _, region = lang.partition("-")
    known = _table().get(base, {}).get("name", "")
    return f"{known} ({region})" if known and region else known or lang


@cache
def signs_for(lang: str) -> Signs:
    """Return the signs of a language; those of English where we know nothing of it."""
    row = _row(lang) or _table()["en"]
    quotes, inner, single = ((row[key][0], row[key][1]) for key in ("quotes", "inner", "single"))
    clipped = frozenset(row["clipped"].split())
    return Signs(quotes, inner, single, row["dash"], row.get("closed", ""), row.get("hugs", False), clipped)


def heads_references(text: str) -> bool:
    """Tell whether a line is a heading that stands over a list of works, in any language, with a number or without."""
    found = _HEADING.match(text) if len(text) < _SHORT else None
    return found is not None and found["words"].strip().casefold() in _headings_of_references()


@cache
def _headings_of_references() -> frozenset[str]:
    return frozenset(
        words.casefold() for row in _table().values() for words in row.get("references", "").split("|") if words
    )


# ------------------------------------------------------------------------------------------------ recognition


@cache
def _weights() -> dict[str, dict[str, float]]:
    """For each small word the languages that have it; a word of one language alone tells the most."""
    owners: dict[str, list[str]] = {}
    for tag, row in _table().items():
        for word in row.get("small", "").split():
            owners.setdefault(word, []).append(tag)
    return {word: dict.fromkeys(tags, 1.0 / len(tags)) for word, tags in owners.items()}


@cache
def small_words(lang: str) -> frozenset[str]:
    """Return the commonest small words of a language: articles, prepositions, pronouns and the like."""
    row = _row(lang)
    return frozenset(row["small"].split()) if row else frozenset()


@dataclass(frozen=True, slots=True)
class Phrases:
    """The small words by which one knows where a phrase of a title begins: ``begin`` it, say whose it is, or which.

    ``both`` are “and” and “or”, which join two of a kind. Words that end in an apostrophe stand before another
    without a space.
    """

    begin: frozenset[str]
    genitive: frozenset[str]
    articles: frozenset[str]
    both: frozenset[str]

    def begins(self, word: str) -> bool:
        """Tell whether a word, in small letters, begins a phrase."""
        return _is_of(word, self.begin) or self.is_genitive(word)

    def is_genitive(self, word: str) -> bool:
        """Tell whether a word says whose something is."""
        return _is_of(word, self.genitive)

    def has_article(self, word: str) -> bool:
        """Tell whether a word is a definite article, or has one before it; or a genitive with one in it ("du")."""
        return _is_of(word, self.articles)


def _is_of(word: str, words: frozenset[str]) -> bool:
    return word in words or any(one[-1:] == "’" and word.replace("'", "’").startswith(one) for one in words)


@cache
def phrases_of(lang: str) -> Phrases:
    """Return the words with which phrases begin in a language; none where we know nothing of it."""
    row = _row(lang) or {}
    begin, genitive, articles = (frozenset(row.get(key, "").split()) for key in ("phrases", "genitive", "articles"))
    return Phrases(begin, genitive, articles, frozenset((row.get("both", ""), row.get("either", ""))) - {""})


def book_language(lines: Iterable[Line], decisions: Iterable[Decision], settings: Settings, report: Report) -> str:
    """Return the language of a text as a BCP 47 tag: as given, else by its script or its small words, else English.

    Args:
        lines: the repaired text.
        decisions: what each line is; what a library put around the text says nothing of its language, nor do sources
            and rubrics: a reader's device writes them in its own.
        settings: may hold the language.
        report: learns of a language that was not given.

    """
    if settings.lang:
        return settings.lang
    counts: Counter[str] = Counter()
    letters: Counter[str] = Counter()
    read = 0
    outside = {decision.line for decision in decisions if decision.role in _OUTSIDE}
    for line in lines:
        if line.number in outside:
            continue
        counts.update(_WORD.findall(line.text.casefold()))
        letters.update(line.text)
        read += len(line.text)
        if read > _ENOUGH:
            break
    found = language_of_script(letters) or language_of(counts) or "en"
    row = _row(found)
    report.find("language-guessed", name=row["name"] if row else _OTHERS[found], tag=found)
    return found


_OTHERS = {
    "th": "Thai",
    "hi": "Hindi",
    "ka": "Georgian",
    "hy": "Armenian",
    "bn": "Bengali",
    "pa": "Punjabi",
    "gu": "Gujarati",
    "or": "Odia",
    "ta": "Tamil",
    "te": "Telugu",
    "kn": "Kannada",
    "ml": "Malayalam",
    "si": "Sinhala",
    "lo": "Lao",
    "bo": "Tibetan",
    "my": "Burmese",
    "am": "Amharic",
    "km": "Khmer",
}
_SCRIPTS = {
    "ja": re.compile("[\u3040-\u30ff]"),
    "zh": re.compile("[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]"),
    "ko": re.compile("[\u1100-\u11ff\uac00-\ud7af]"),
    "he": re.compile("[\u05d0-\u05ea]"),
    "ar": re.compile("[\u0620-\u06ff]"),
    "th": re.compile("[\u0e00-\u0e7f]"),
    "hi": re.compile("[\u0900-\u097f]"),
    "bn": re.compile("[\u0980-\u09ff]"),
    "pa": re.compile("[\u0a00-\u0a7f]"),
    "gu": re.compile("[\u0a80-\u0aff]"),
    "or": re.compile("[\u0b00-\u0b7f]"),
    "ta": re.compile("[\u0b80-\u0bff]"),
    "te": re.compile("[\u0c00-\u0c7f]"),
    "kn": re.compile("[\u0c80-\u0cff]"),
    "ml": re.compile("[\u0d00-\u0d7f]"),
    "si": re.compile("[\u0d80-\u0dff]"),
    "lo": re.compile("[\u0e80-\u0eff]"),
    "bo": re.compile("[\u0f00-\u0fff]"),
    "my": re.compile("[\u1000-\u109f]"),
    "am": re.compile("[\u1200-\u137f]"),
    "km": re.compile("[\u1780-\u17ff]"),
    "ka": re.compile("[\u10d0-\u10ff]"),
    "hy": re.compile("[\u0530-\u058f]"),
}
_TRADITIONAL = re.compile("[們這個來說時國為對學會過還後無裡麼點開關長門間話語書]")
_SIMPLIFIED = re.compile("[们这个来说时国为对学会过还后无里么点开关长门间话语书]")
_PERSIAN = re.compile("[پچژگکی]")
_SHORT_WORDS = 0.4  # of the letters; in scripts whose words have a letter or two, fewer letters say as much
_KANA = 0.05  # of the Chinese characters; a text in Chinese has none


def language_of_script(letters: Counter[str]) -> str:
    """Return the language that the script of a text tells by itself; nothing where the script has many languages.

    Args:
        letters: how often each letter stands in the text.

    """
    total = sum(times for letter, times in letters.items() if letter.isalpha())
    count = {
        tag: sum(times for letter, times in letters.items() if script.match(letter)) for tag, script in _SCRIPTS.items()
    }
    if count["ja"] > _KANA * count["zh"]:
        count["ja"] += count.pop("zh")
    tag = max(count, key=lambda tag: count[tag])
    if not total or count[tag] < _SHORT_WORDS * total:
        return ""
    if tag == "zh":
        old, new = (sum(letters[one] for one in letters if signs.match(one)) for signs in (_TRADITIONAL, _SIMPLIFIED))
        return "zh-Hant" if old > new else "zh"
    if tag == "ar" and sum(letters[one] for one in letters if _PERSIAN.match(one)) > _KANA * count[tag]:
        return "fa"
    return tag


_RIGHT_TO_LEFT = {"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ku-arab", "ps", "sd", "syr", "ug", "ur", "yi"}


def right_to_left(lang: str) -> bool:
    """Tell whether a language (BCP 47) is written from right to left."""
    known = lang.lower()
    return known.split("-")[0] in _RIGHT_TO_LEFT or known in _RIGHT_TO_LEFT


_LETTERS = {
    letter: tag
    for tag, letters in {
        "cs": "řů",
        "de": "ß",
        "eo": "ĉĝĥĵŝŭ",
        "es": "ñ",
        "hu": "őű",
        "pl": "łąęś",
        "pt": "ãõ",
        "ro": "țș",
        "tr": "ığ",
    }.items()
    for letter in letters
}  # that one language alone has, among those whose small words are known
_FEW_SMALL = 4.0  # small words that say less than that leave it to the letters


def language_of(words: Iterable[str] | Counter[str]) -> str:
    """Return the language of words in small letters; nothing where neither they nor their letters tell."""
    counts = words if isinstance(words, Counter) else Counter(words)
    scores: defaultdict[str, float] = defaultdict(float)
    for word, times in counts.items():
        for tag, weight in _weights().get(word, {}).items():
            scores[tag] += times * weight
    if sum(scores.values()) < _FEW_SMALL:
        for word, times in counts.items():
            for tag in {_LETTERS[letter] for letter in word if letter in _LETTERS}:
                scores[tag] += times
    return max(scores, key=lambda tag: (scores[tag], tag == "en"), default="") or of_alphabet("".join(counts))


def of_alphabet(text: str) -> str:
    """Return the language in which most letters of ``text`` are commonest; nothing where many languages have them.

    Cyrillic is Russian, unless letters that only Ukrainian has are there.
    """
    letters = [letter for letter in text.casefold() if letter.isalpha()]
    cyrillic = sum("\u0400" <= letter <= "\u052f" for letter in letters)
    greek = sum("\u0370" <= letter <= "\u03ff" or "\u1f00" <= letter <= "\u1fff" for letter in letters)
    if 2 * cyrillic > len(letters):
        return "uk" if any(letter in "іїєґ" for letter in letters) else "ru"
    return "el" if 2 * greek > len(letters) else ""


_BEGINNING = 600  # characters; a paragraph says by then in what language it goes on


@noted
def foreign_passage(text: str, lang: str) -> str:
    """Return the language of a paragraph where it surely is another than ``lang``, the book's; otherwise nothing.

    Sure means: a dozen words or more, a good share of them small words of that language, several different ones, and
    hardly any of the book's own.
    """
    own = small_words(lang)
    if not own:
        return ""
    words = _WHOLE.findall(text[:_BEGINNING].casefold())
    if len(words) < _FEW:
        return ""
    ours = sum(word in own for word in words)
    if ours > _SHARE * len(words):
        return ""
    found = language_of(words)
    if not found or found == lang.split("-")[0].lower():
        return ""
    theirs = [word for word in words if word in small_words(found)]
    sure = len(theirs) >= _SHARE * len(words) and len(set(theirs)) >= _TELLING and len(theirs) >= 2 * ours + 2
    return found if sure else ""

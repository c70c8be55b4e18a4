"""What reading devices write between a title and its words: what an entry is, its page, its place, its date.

The words are those of Kindle in fifteen languages (en, de, fr, es, ca, it, pt, nl, ru, pl, tr, hi, zh, ja, ko) and
of KOReader.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pipeline.daybook import noted
from pipeline.model import figure

_KINDS = {
    "bookmark": (
        r"bookmark|lesezeichen|signet|marcador|segnalibro|bladwijzer|закладк|zakładk|yer i[şs]aret|ブックマーク|しおり"
        r"|书签|書籤|북마크|책갈피|बुकमार्क"
    ),
    "note": r"\bnotes?\b|notiz|\bnotas?\b|notiti|заметк|примечан|notatk|\bnot(?:unuz)?\b|メモ|笔记|筆記|메모|노트|नोट",
    "highlight": (
        r"highlight|clip|markierung|hervorhebung|surlign|passage|subrayad|resaltad|evidenzia|sottolinea|destaque|destacad|realce"
        r"|markering|gemarkeer|выделен|отрывок|цитат|podkreśl|wyróżni|zaznacz|vurgu|alıntı|ハイライト|标注|標註|標注|重點|划线"
        r"|하이라이트|강조|밑줄|हाइलाइट|subratllat"
    ),
}
HIGHLIGHTED = "[^\\W\\d_]{0,6}(?:" + _KINDS["highlight"] + ")[^\\W\\d_]{0,5}"
"""The word with which an app names a highlight, in any of the languages, as a pattern."""

_KIND = {kind: re.compile(words, re.IGNORECASE) for kind, words in _KINDS.items()}
_NUMBERS = r"(?<!\d)\d++(?:\s?(?:[-–—~]|t/m)\s?\d++)?"  # whole: of a row of figures without end each would begin one
_PAGE = re.compile(
    rf"(?:\bpages?|\bseite|\bp[áàa]gina|\bp[aá]g\.|\bp\.|страниц\w*|стр\.|\bstron\w+|\bsayfa|पृष्ठ|第)\s*:?\s*"
    rf"(?P<page>{_NUMBERS}|[ivxlcdm]+\b)|(?P<leaf>{_NUMBERS}|\b[ivxlc]+)(?:\.\s?sayfa\w*|\s*(?:ページ|页|頁|페이지|쪽))",
    re.IGNORECASE,
)
_PLACES = (
    r"location|loc\.|\bpos\.|\bempl\.|position|posición|posizione|posição|emplacement|locatie|мест\w|позици\w+|pozycj\w+|miejsc\w+"
    r"|lokalizacj\w+|posició|konum\w*|स्थान|위치|位置(?:No\.)?|ロケーション"
)
_PLACE = re.compile(
    rf"(?P<word>{_PLACES})\s*[#:]?\s*(?P<place>{_NUMBERS})|(?P<before>{_NUMBERS})\.?\s*(?P<behind>konum\w*|위치)",
    re.IGNORECASE,
)
_NOMINATIVE = {"месте": "место", "места": "место", "pozycji": "pozycja", "miejscu": "miejsce"}
_DASH = re.compile(r"^[-–—―‐‑−*•]\s*")
LIMIT = re.compile(r"<[^<>]*(?:\b(?:limit|límite|grenze|limiet|sınır|лимит)|限制|上限|한도)[^<>]*>$", re.IGNORECASE)
"""What a device puts in place of words that it was not allowed to keep."""

_MONTHS = (
    "jan|янв|sty|oca|ene|gen|1月",
    "feb|fév|фев|lut|şub|fev",
    "mar|mär|mrt|мар",
    "apr|avr|abr|апр|kwi|nis",
    "may|mai|мая|май|maj|mag|mei",
    "jun|juin|июн|cze|haz|giu",
    "jul|juil|июл|lip|tem|lug",
    "aug|aoû|авг|sie|ağu|ago",
    "sep|set|сен|wrz|eyl",
    "oct|okt|окт|paź|eki|ott|out",
    "nov|ноя|lis|kas",
    "dec|dez|déc|дек|gru|ara|dic",
)
_DEVANAGARI = ("जनवर", "फ", "मार्च", "अप्रैल", "मई", "जून", "जुला", "अगस्त", "सित", "अक", "नव", "दिस")
_WEEKDAYS = frozenset({"mardi", "martes", "martedì", "maandag", "segunda", "sexta", "terça", "quarta", "quinta"})
_LITTLE = frozenset({"de", "of", "den", "le", "il", "am", "the", "st", "nd", "rd", "th"})  # inside a date
_SIGNS = re.compile(r"^[\s>*•#_-]+|[*_]+$")
_FIGURE = re.compile(r"\d")
_STOPPED = re.compile(r"[.!?…。！？][\"”»’')\]」』]*$")
_LINE = 110  # characters; what an app says of a highlight is not longer
_OPENING = 24  # characters, in which it says what it is
_WORDS = 9  # of three letters and more
_DATE = 40  # characters; no date is longer
_WORD = re.compile(r"[^\W\d_]{3,}")
_ASIAN = re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_CLOCK = re.compile(r"(\d{1,2}):(\d\d)(?::(\d\d))?")
_AFTERNOON = re.compile(r"\bPM\b|下午|午後|오후", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class About:
    """What the second line of an entry says; each part as the device wrote it, or empty.

    ``place``: with its word ("Location 170-172"); ``first``, ``last``: the numbers to sort by, of the location or
    else of the page; ``date``: the words with the date, ``when`` the date as numbers, from the year to the second.
    """

    kind: str
    page: str
    place: str
    first: int
    last: int
    date: str
    when: tuple[int, ...]


def about(text: str) -> About | None:
    """Read the second line of an entry; nothing where a line says not at all what it is, or where."""
    text = text.strip()
    found = _DASH.match(text)
    words = text[found.end() :] if found else text
    kind = next((kind for kind, pattern in _KIND.items() if pattern.search(words)), "")
    page, place = _PAGE.search(words), _PLACE.search(words)
    dated = bool(re.search(r"\d", words)) and (kind != "" or "|" in words)
    if not (dated if found else kind and (page or place) and "|" in words):
        return None
    parts = [part.strip() for part in re.split(r"[|¦｜]", words)]
    date = next((part for part in reversed(parts) if re.search(r"\d{4}|\d:\d\d", part) and len(parts) > 1), "")
    at = place["place"] or place["before"] if place else ""
    leaf = _plain(page["page"] or page["leaf"]) if page else ""
    ends = [figure(digits) for digits in re.findall(r"\d+", at or leaf)]
    first = ends[0] if ends else 0
    last = ends[-1] if ends else 0
    if 0 < last < first:  # "1043-45"
        last = figure(str(first)[: -len(str(last))] + str(last))
    return About(kind or "highlight", leaf, _place(place) if place else "", first, max(first, last), date, when(date))


@noted
def placed(text: str) -> About | None:
    """Read a line that an app writes over a highlight: what it is and where, and nothing else, in any of the languages.

    "Markierung (Gelb) - Seite 12 · Position 170", "* Highlight, page 12".
    """
    if not _FIGURE.search(text):
        return None
    text = _SIGNS.sub("", text.strip())
    if len(text) > _LINE or _STOPPED.search(text):
        return None
    kind = next((kind for kind, pattern in _KIND.items() if pattern.search(text[:_OPENING])), "")
    page, place = _PAGE.search(text), _PLACE.search(text)
    if not kind or not (page or place) or len(_WORD.findall(text)) > _WORDS:
        return None
    said = about(f"- {text}") or About(kind, "", "", 0, 0, "", ())
    return replace(said, kind=kind)


def _place(found: re.Match[str]) -> str:
    word = found["word"] or found["behind"] or ""
    word = "konum" if word.casefold().startswith("konum") else _NOMINATIVE.get(word.casefold(), word)
    place = _plain(found["place"] or found["before"])
    return f"{word[:1].upper()}{word[1:]} {place}"


def _plain(numbers: str) -> str:
    """Write "33-33" as "33"."""
    ends = re.split(r"\s?(?:[-–—~]|t/m)\s?", numbers)
    return ends[0] if len(set(ends)) == 1 else numbers


def when(text: str) -> tuple[int, ...]:
    """Return year, month, day, hour, minute and second of a date in any of the languages; nothing if there is none."""
    day: tuple[int, int, int] | None = None
    if found := (_ASIAN.search(text) or _ISO.search(text)):
        day = int(found[1]), int(found[2]), int(found[3])
    elif (year := re.search(r"\b(\d{4})\b", text)) and (month := _month(text)):
        rest = [int(n) for n in re.findall(r"\b(\d{1,2})\b(?!:)(?<!:\d\d)", _CLOCK.sub(" ", text))]
        day = int(year[1]), month, next((n for n in rest if 0 < n < 32), 0)
    if day is None:
        return ()
    clock = _CLOCK.search(text)
    hour, minute, second = (int(part or 0) for part in clock.groups()) if clock else (0, 0, 0)
    if _AFTERNOON.search(text) and hour < 12:
        hour += 12
    return (*day, hour, minute, second)


def is_date(text: str) -> bool:
    """Tell whether a line is a date and nothing else: day, month and year, a weekday before them, in any language."""
    text = text.strip()
    if len(text) > _DATE or not re.search(r"\d", text) or not when(text):
        return False
    words = [word for word in re.findall(r"[^\W\d_]{2,}", _ASIAN.sub(" ", text)) if word.casefold() not in _LITTLE]
    return len(words) <= (3 if "," in text else 2) and not re.search(r"[.!?]$", text.removesuffix("г."))


def _month(text: str) -> int:
    """Return the month that a word of a date begins to name; weekdays come before it, so the last counts."""
    out = 0
    for word in _WORD.findall(text.casefold()):
        for number, starts in enumerate(_MONTHS, 1):
            if word.startswith(tuple(starts.split("|"))) and word not in _WEEKDAYS:
                out = number
    hindi = re.search(r"\d\s+([\u0900-\u097f]+)\s+\d{4}", text)
    if hindi:
        out = next((n for n, starts in enumerate(_DEVANAGARI, 1) if hindi[1].startswith(starts)), 0)
    return out

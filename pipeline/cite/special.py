"""Sources that are named by forms of their own: law, films and talks, classics, scripture, shelves of an archive.

Each discipline has a form that says at once what it is. What has a title becomes a work; verses of scripture,
shelfmarks, judgments, interviews and papers that go by their day alone are cited in notes and stand in no bibliography,
so their words stay as they are.
"""

from __future__ import annotations

import re

from pipeline.cite.dates import DAY
from pipeline.cite.draft import as_work, word_for_word
from pipeline.cite.eastern import eastern
from pipeline.cite.ends import before_lost_link, is_holder
from pipeline.cite.law import law
from pipeline.cite.names import UPPER, form, is_known_person
from pipeline.cite.screen import screen
from pipeline.cite.words import any_of
from pipeline.daybook import noted
from pipeline.model import Citation, Name

_PART = rf"(?:{any_of('parts')}\.?\s)"
_PLACE = (
    rf"{_PART}?(?:\d{{1,4}}[a-e]?(?:[.:]\s?|,|,\s{_PART})|[ivxlcIVXLC]+[.:,]\s?{_PART}?)(?:\d+[a-e]?|[ivxlc]+)"
    rf"(?:[.,:–-]\s?{_PART}?\d+[a-e]?)*(?:\s?ff?\.)?"
    r"|\d{2,4}[a-e]\d{0,2}(?:\s?[-–]\s?\d{0,4}[a-e]?\d{1,2}|\s?[-–]\s?[a-e])?"
)
_CLASSIC = re.compile(
    rf"^(?P<author>(?:St\.?\s)?[{UPPER}][\w’']+(?:\s(?:of\s|the\s|von\s|d[ei]\s)?[{UPPER}][\w’']+)?),\s"
    rf"(?P<title>[{UPPER}«„“][^,\d.;:]{{2,60}}?|[{UPPER}][a-z]{{0,9}}\.),?\s(?P<place>{_PLACE})\.?$"
)
_ABBREVIATED = re.compile(
    rf"^(?:{any_of('ancients')}\.|{any_of('ancient_names')},?)\s(?:[A-Z][a-z]{{0,9}}\.?\s){{0,3}}(?:[ivxlcIVXLC]+\.?|\d+[a-e]?)(?:[.,:]\s?\d+[a-e]?){{0,3}}"
    r"(?:\s?[-–]\s?\d+[a-e]?(?:\.\d+)*)?\.?$"
)
_VERSE = re.compile(
    rf"^\(?(?:(?:[1-5]|I{{1,3}})\.?\s?)?{any_of('scripture')}\.?,?\s\d{{1,3}}(?:[ab]|[:,.]\s?\d{{1,3}}[a-d]?)"
    r"(?:\s?[-–,.;]\s?\d{1,3}(?:[:,]\d{1,3})?[a-d]?)*(?:\s?ff?\.?)?(?:\s\([\w .-]{2,30}\))?\)?\.?$"
    r"|^(?:Ps(?:alm)?|Salmo|Psaume|Псалом|Sur[ae]h?)\.?\s\d{1,3}\.?$"
)
_SHELF = re.compile(
    rf"^{any_of('sigla')}[,.]\s(?=.*\d)(?:[A-Z]{{2,5}},\s){{0,3}}(?:[A-Z]{{1,4}}\s?\d|[A-Z]+/\d|Ф\.\s?\d|Fonds?\s|\d+\s?[A-Z]{{1,2}}\s?\d|RG\s?\d|Bestand|Abt\.\s?\d|I+\.\sHA\b|[Aa]rch\.\s\d|[Tt]oegang\s|Rep\.|NL\s"
    r"|F\d+\s\d|Add\.|(?:MSS?|mss?)\.?\s|[A-Z][a-záéíóúç]+(?:\s[A-Z][a-záéíóúç]+)?,\s(?:leg|lib|busta|b\.|reg|filza|cx|maço|liv|(?!(?:1[5-9]|20)\d\d\b)\d)).{0,110}$"
)
_PAPER = re.compile(
    rf"^[«„“\"‘]?(?P<paper>[{UPPER}][^.;:!?()\[\]\d“”\"«»„]{{1,60}}?)[»”\"’“]?(?:\s\([^()\d]{{2,30}}\))?,?\s"
    r"(?:vom\s|del?\s|du\s)?"
    rf"(?:{DAY}|{any_of('months')}\s\d{{1,2}},\s(?:1[5-9]|20)\d\d)"
    r"(?P<page>(?:,\s(?:[a-z]+\sed\.|sec\.\s\w+))?[,:]\s(?:(?:pp?|S|s|с|С|pág)\.\s?)?[A-Z]?\d{1,3}(?:[-–]\d+)?"
    r"(?:,\s(?:col|Sp)s?\.\s\d+)?)?\.?$"
)
_PAPER_WORD = re.compile(rf"\b{any_of('papers')}\b")
_CODEX = re.compile(r"^(?:MSS?|Ms|Cod(?:ex|\.)|Hs)\.?\s[^.;!?]{2,70}?,\s(?:fols?|ff?|f°|Bl)\.?\s?\d[\w\s–-]{0,12}\.?$")
_LETTER = re.compile(
    rf"^(?:Letter|Memo(?:randum)?|Telegram|Brief|Schreiben|Lettre|Carta|Lettera|Письмо)\s(?:from|by|von|de|d[’']|di|del|van|к|от)?\s?"
    rf"[{UPPER}].{{3,120}}\b(?:1[5-9]|20)\d\d\b.{{0,110}}$"
)
_PLACES = (
    r"(?:[ivxl]+,\s)?(?:(?:ll?|lines?|Z|v|vv|nos?|nrs?|№|col|cols|Sp|p|pp|S|fr|frr|bars?|T|mm?|cl|claims?|paras?|Tab|Abschn|Art|art|§§?|chap|ch"
    r"|Rn|Tz|[Сс]тб|с|С|nr)\.?\s?)?(?:[ivxl]+,\s)?[\w²³]*\d[\w.²³]*(?:\s?[-–]\s?\w*\d\w*)?"
)
_NUMBERED = tuple(  # what goes by a siglum and a number, and is the whole of a source
    re.compile(form)
    for form in (
        # CIL VI 10234; P.Oxy. XIV 1631, ll. 9–12; PL 22, col. 416; BWV 988
        rf"(?P<title>{any_of('corpora')})(?:\s(?P<volume>[IVXL]+[²³]?(?:[./]\d)?|\d+(?:[./]\d)?(?=[,\s]))[,.]?)?"
        rf"\s(?P<cited>{_PLACES}(?:,\s{_PLACES}){{0,2}})",
        # ПСРЛ. Т. 2. Стб. 14
        rf"(?P<title>{any_of('corpora')})[.,]\s(?P<volume>(?:Т|т|Bd|[Vv]ol|t)\.\s[IVXL\d]+)[.,]\s(?P<cited>{_PLACES})",
        # ISO 2307:2010, § 4; UN Doc. A/RES/61/295, 13 September 2007, para. 9; US Patent 3,112,456 (1963), claim 3
        rf"(?P<title>{any_of('numbered')}\s?\(?\d{{0,4}}\)?\s?[\w./:,-]*\d[\w./:-]*(?:\sfinal)?)"
        rf"(?:,?\s\(?(?:[a-z]+\s)?(?P<date>{DAY}|(?:1[5-9]|20)\d\d)\)?)?(?:,\s(?P<cited>{_PLACES}(?:,\s{_PLACES})?))?",
    )
)
_LEMMA = re.compile(  # of a dictionary
    rf"^[{UPPER}][^.;:“”«»]{{2,80}}?(?:,\s[\w.]{{1,6}}\s(?:edn?|ed|Aufl|éd)\.?)?,\s"
    r"(?:s\.\s?vv?\.|sub voce|voce|voz|Art\.|art\.)\s[“„«‘\"].{2,60}[”“»’\"].{0,40}$"
)
_SIGLUM = re.compile(rf"^{any_of('sigla')}[,.]\s")
_NUMBERED_SHELF = re.compile(
    r"(?<!\w)(?:cx|caixa|maço|liv|leg(?:ajo)?|busta|b|mazzo|fasc|reg|filza|[CcKk]art(?:on|ella)?|Bl|fols?|ff?|fls?|cc?|inv\.?\s?nr"
    r"|Best(?:and)?|Abt|Rep|[Bb]ox|[Mm]appe|cota|dossier|liasse|[Фф]|[Оо]п)\.?\s?\d"
)
_SIGN = re.compile(rf"\b{any_of('shelves')}")
_SHORTEST = 8  # letters; a siglum with a small number may be anything
_LONGEST = 190  # letters; no case, statute, shelf or verse is longer


@noted
def special(text: str) -> Citation | None:
    """Read a source that has a form of its own; return nothing for any other.

    Returns:
        A work of the kind ``legal_case``, ``legislation``, ``motion_picture`` or ``classic``; or a citation of one of
        these kinds, or ``interview``, ``manuscript`` or ``article-newspaper``, that is not ``parsed``: no work is
        named, and its note has the words as they stand.

    """
    bare = text.strip()
    if not 4 < len(bare) <= _LONGEST or not _FIGURE.search(bare):
        return None
    if one := eastern(bare) or law(bare) or screen(bare):
        return one
    if match := _CLASSIC.match(bare):
        author = Name(literal=match["author"])
        return as_work(text, "classic", match["title"].strip(" «»„“”"), author=(author,), extra=match["place"])
    if _VERSE.match(bare) or _ABBREVIATED.match(bare):
        return word_for_word(text, "classic")
    if (match := _PAPER.match(bare)) and (match["page"] or _PAPER_WORD.search(match["paper"])):
        return word_for_word(text, "article-newspaper")
    if _LEMMA.match(bare):
        return word_for_word(text, "entry-dictionary")
    if len(bare) > _SHORTEST and numbered(bare):
        return word_for_word(text, "document")
    lies = (_CODEX.match(bare) or _is_letter(bare) or _is_shelf(bare)) and not before_lost_link(bare)
    return word_for_word(text, "manuscript") if lies else None


_FIGURE = re.compile(r"[\d⁰¹²³⁴-⁹₀-₉]|\b[IVXLC]+\b")


def numbered(text: str) -> re.Match[str] | None:
    """Match a source that goes by a siglum and a number: an inscription, a norm, a paper of a parliament."""
    bare = text.rstrip(".")
    return next((match for form in _NUMBERED if (match := form.fullmatch(bare))), None)


def is_special(text: str) -> bool:
    """Tell whether a line is a source that has a form of its own."""
    return special(text) is not None


def _is_letter(text: str) -> bool:
    """Tell whether a line names a letter and where it lies: "Brief von A. Orr an C. Lee, 3. 4. 1911, Nachlass Lee"."""
    return bool(_LETTER.match(text)) and (is_holder(text) or bool(_SIGN.search(text)))


def _is_shelf(text: str) -> bool:
    """Tell whether a line names the shelf of an archive: the house first, by its name or siglum, and then the shelf."""
    if _SHELF.match(text) or ((siglum := _SIGLUM.match(text)) and _NUMBERED_SHELF.search(text, siglum.end())):
        return True
    if not is_holder(text):
        return False
    house, *others = re.split(r"[,.;:]\s", text)
    named = (house.strip() and is_known_person(house)) or form(", ".join([house, *others[:1]])) == "inverted"
    where = (
        house if is_holder(house) or named else next(filter(is_holder, others), house)
    )  # "Minutes, 1799, Record Office, P 12"
    behind = text[text.index(where) + len(where) :]
    return bool(behind) and is_holder(where) and len(where) < 70 and bool(_SIGN.search(behind))

"""Attributions: the words behind a quotation that say whose it is, and from which work, as far as they say so."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from pipeline.cite import looks_like_citation, parse, unaccounted
from pipeline.cite.names import is_known_person, read_names
from pipeline.daybook import noted
from pipeline.model import Fields, Name
from pipeline.parts import NAMED

DASH = r"(?:[—–―⸺⸻]+|(?<![-–—])-{1,3}(?!-)|~)"
"""A dash that may stand before an attribution."""

_INSIDE = r"(?:[^()（）]|[(（][^()（）]*[)）])+"
"""What stands in brackets, in which a title may have its own: "(Ada Orr, The Lamp Room (Book 2), p. 4)"."""

_LEAD = re.compile(rf"^{DASH}\s*|^[(\[（]\s*(?=.*[)\]）]\.?$)")
_BEHIND = re.compile(
    rf"(?P<ended>[.!?…。！？][\"”»«“’'」』״)\]]*|(?<!^)[\"”»«“’」』״])\s*(?:{DASH}\s*(?P<dash>\S.*)|[(（](?P<bracket>{_INSIDE})[)）]\.?"
    r"|\[(?P<square>[^\[\]]+,[^\[\]]+)\]\.?)$"
)
_LED = re.compile(
    rf"^(?:{DASH}\s*(?P<dash>\S.*)|[(\[（](?P<bracket>[^()（）\[\]]+)[)\]）]\.?|[(（](?P<nested>{_INSIDE})[)）]\.?)$"
)
_SMALL = "a-zß-öø-ÿāăąćčďđēėęěğģīįķłļńňőœřśşšťūůűųźżžа-яёіїєґα-ωά-ώ"
NAME_FORM = re.compile(
    rf"[^\W\d_{_SMALL}][\w.’'-]*(?:\s(?:[^\W\d_{_SMALL}][\w.’'-]*|de|da|di|del|van|von|der|la|le|du|of|the)){{0,4}}"
)
_QUOTED = re.compile(r"^(?P<words>[\"“„«「].*[\"”“»」])\s+(?P<dash>[^\W\d_a-z][^\"”“„«»「」]{6,200}?)\.?$")
_TAIL = re.compile(
    r"^(?P<words>(?:[\"“„«「『].*[\"”“»」』]|».*«)),?\s*(?P<said>[*_]{0,3}[^\W\d_][^\"”“„«»「」]{2,120}?)$"
)
_CLOSED = re.compile(r"^(?P<words>[^\"“„«»「」]*[\"”“»«」]),?\s*(?P<said>[*_]{0,3}[^\W\d_][^\"”“„«»「」]{2,120}?)$")
_BEFORE = re.compile(
    r"^(?P<said>[^\"“„«「:]{4,160}(?:: [^\"“„«「:]{3,120})?)\s?:\s+(?P<words>[\"“„«「].*[\"”“»」]\.?)"
    r"(?:\s*[(\[](?P<page>(?:pp?\.\s?|[Ss]\.\s?)?\d{1,4}(?:[-–]\d{1,4})?)[)\]]\.?)?$"
)
_COLON_AND_MARK = re.compile(r":\s+[\"“„«「]")
_BEFORE_DASH = re.compile(rf"^(?P<said>[^\"“„«「:—–]{{4,60}}?)\s{DASH}\s*(?P<words>[\"“„«「].*[\"”“»」]\.?)$")
_MAY = re.compile(r"[—–―⸺⸻~/-]|[)）\]]\.?$")
_SPACED = re.compile(rf"\s(?:{DASH}|/)\s+(?P<dash>[^\W\d_a-z].*)$")
_SENTENCE = re.compile(r"[^\W\d_]{4,}[.!?…](?:\s+[^\W\d_a-z]|[\"”»’]?\s+[(\[](?!\d{4}))|[!?…;！？]$|[^》』]{10}。$")
_NOTE = re.compile(
    r"(?:foot)?note\b|anmerkung\b|fußnote\b|nota\b|сноска\b|illustration\b", re.IGNORECASE
)  # of the text itself
_LONGEST = 200  # characters
_SPEAKING = "—–―"  # the dashes with which speech opens
_SENTENCE_WORDS = 4  # behind its first, and
_SMALL_SHARE = 0.8  # of them at least small
_TAG = re.compile(r"</?(?:cite|blockquote|footer|small|em|strong|br|[bipqu])(?:\s[^<>]*)?/?>", re.IGNORECASE)
_TITLE_BY = re.compile(
    r"^(?P<title>[^\W\d_].*?[^\s,])(?: (?:by|von|par|di|door) (?P<by>[^()]+)| \((?P<inside>[^()\d]+)\)"
    r"| [—–-] (?P<behind>[^()—–]+))$"
)
_PAGED = re.compile(r"(?:^|[.,]\s)(?:pp?|[SsСс]|стр|pág|blz|str)\.?\s?\d{1,4}(?:[-–]\d{1,4})?\.?$", re.IGNORECASE)
_WORK_BY = re.compile(r"^(?:(?:From|Aus|De|Da|Uit|Из) )?(?P<title>[^\W\d_].*?) (?:by|von|par|di|door) (?P<by>[^():]+)$")
_INITIALS = 2  # letters; a name is longer
_TOLD = re.compile(
    r"\b(?:1[4-9]|20)\d\d\b|[.,:(]\s*\D{0,8}\d{1,4}(?:\s?[-–]\s?\d{1,4})?\)?$|[“\"«„《『][^”\"»“》』]+[”\"»“》』]"
    r"|(?<!\w)([*_])[^*_]+\1(?!\w)"
)
_PLACE = re.compile(
    r"[,;]\s*(?P<place>(?:chapters?|ch\.|chap\.|kapitel|kap\.|chapitre|cap[íi]tulo|cap\.|capitolo|hoofdstuk|rozdział|bölüm"
    r"|глава|гл\.|book|act|scene|line|letter|no\.|canto|verse|§)\s*[\dIVXLC]+[^,]*)$",
    re.IGNORECASE,
)
_TITLE_MARKS = re.compile(
    r"^(?P<names>[^《》〈〉『』]*?)[\s，,、:：]*[《『](?P<title>[^《》『』]+)[》』][\s，,、:：]*(?P<rest>.*)$"
)
_INITIALED = re.compile(r"^[^\W\d_a-z][\w’'-]+(?: [^\W\d_a-z]\.)+ (?:[^\W\d_a-z][\w’'-]+ ?){1,2}$")
_PAIR = re.compile(
    rf"^(?P<one>{NAME_FORM.pattern}) (?:and|&|und|et|y|e|en|och|i|и) (?P<two>{NAME_FORM.pattern}), (?P<rest>\S.+)$"
)
_SERIES = re.compile(r"(?<=[^\W\d_]) \([^()\d,]{3,40} \d{1,3}\)(?=,\s(?:pp?\.|[SsСс]\.|\d))")
"""Behind a title, its series and its number in it."""

_NAME_AND_MARKS = re.compile(
    rf"^(?P<names>{NAME_FORM.pattern})[.,:]?\s+[«“„\"](?P<title>[^«»“”„\"]+)[»”“\"](?P<rest>.*)$"
)
"""A name, and behind it the title in marks of quotation: "Анна Орр. «Лампа»"."""

_LEAF = re.compile(
    r"^第?\s*(?P<page>\d+(?:[-–~]\d+)?)\s*(?:页|頁|ページ|쪽)$|^(?:p{1,2}\.)\s*(?P<pages>\d+(?:[-–]\d+)?)$"
)

_LEFTWARD = re.compile(
    r"^(?P<author>[\u0590-\u06ff][^,،؛:]{2,50})[,،]\s*(?P<title>[^,،؛]{2,80}?)"
    r"(?:[,،]?\s*[(]?(?:עמ['’׳]|עמוד|ص(?:فحة|فحه)?)\.?\s?(?P<page>[\d٠-٩۰-۹]{1,4}(?:[-–][\d٠-٩۰-۹]{1,4})?)[)]?)?\.?$"
)
"""Name, title and page in Hebrew, Arabic or Persian: the commas may be those of the script, so may the figures."""

_FAMILY_FIRST = re.compile(
    r"^(?P<family>[^\W\d_a-z][\w’'-]+), (?P<title>[^\W\d_a-z][^,.;:]*\s[^,.;:]+), "
    r"(?:(?:pp?|[SsСс]|стр|pág|blz|str)\.?\s?(?=\d)|(?=\d{1,3}\b(?![-–]\d{4})))(?P<page>\d{1,4}(?:[-–]\d{1,4})?)\.?$"
)
"""A family's name alone, a title of several words, and a page, as people write for themselves."""

_WRITTEN_LEAF = re.compile(r"第?[〇一二三四五六七八九十百]+[页頁章回卷巻節]")
_YEAR_IN_BRACKETS = re.compile(r"(?<=\w)[*_]? \((?P<year>1[4-9]\d\d|20\d\d)\)(?=,\s)")


def is_attribution(text: str) -> bool:
    """Tell whether words can say whose words stand before them: a name or a title, no sentence, no "Chapter II"."""
    words = _LEAD.sub("", text.strip())
    first = words.lstrip("\"“„«*_《'‘([〔【")[:1]
    named = first.isalpha() and (not first.islower() or "," in words or "*" in words)
    if not named or len(words) > _LONGEST or _is_head(words):
        return False
    return not _SENTENCE.search(words) or _in_sentences(words) or _paged(words)


def _is_head(words: str) -> bool:
    """Tell whether words are but the name of a chapter and its number."""
    head = NAMED.match(words)
    return head is not None and not words[head.end() :].strip(" .:")


def _paged(words: str) -> bool:
    """Tell whether words begin with a person's name and end with a page: a title between them may have stops."""
    name = re.split("[,:]", words, maxsplit=1)[0].strip("*_ ")
    return " " in name and NAME_FORM.fullmatch(name) is not None and _PAGED.search(words) is not None


def _in_sentences(words: str) -> bool:
    """Tell whether an attribution has stops where others have commas: "Anna Orr. The Long Net. P. 12"."""
    name, _, rest = words.partition(". ")
    return bool(NAME_FORM.fullmatch(name)) and " " in name and _PAGED.search(rest) is not None


def names(text: str) -> bool:
    """Tell whether words show by their form that they name a person or a work: a name, pages, a year, a title set off.

    They may be others: that they are an attribution, their place must say.
    """
    if NAME_FORM.fullmatch(text) and (" " in text or len(text) > _INITIALS):
        return True
    told = _TOLD.search(text)
    head = re.split(r"[,،(:：]", text, maxsplit=1)[0].strip()
    return bool(told or (head != text and NAME_FORM.fullmatch(head))) or fields_of(text) is not None


def untagged(text: str) -> str:
    """Return a line without the tags of HTML that people write in Markdown, such as ``<cite>``."""
    return _TAG.sub("", text).strip() if "<" in text else text


def work_of(text: str) -> Fields | None:
    """Read a heading that names a work: as an attribution does, or title and author: "… by …", "… (…)", "… – …"."""
    plain = re.sub(r"(?<!\w)[*_]+|[*_]+(?!\w)", "", text.strip("#= ")).strip(" :")
    if fields := titled_first(plain) or fields_of(plain):
        return fields
    found = _TITLE_BY.match(plain)
    if found is None:
        name, _, title = plain.partition(". ")
        whole = title and "." not in title and " " in name and _personal(name)
        return Fields(author=people(name), title=title) if whole else None  # "Ann Marsh. The Long Net"
    author = found["by"] or found["inside"] or found["behind"] or ""
    title = found["title"]
    if found["behind"] and _personal(title) > _personal(author):
        return Fields(author=people(title), title=author)  # "Ann Marsh – Weirs"
    return Fields(author=people(author), title=title) if NAME_FORM.fullmatch(author.replace(",", "")) else None


def _personal(text: str) -> int:
    """Weigh by what words can be a person's name: of several words, no article among them, a known name first."""
    named = bool(NAME_FORM.fullmatch(text)) and not _ARTICLE.search(text)
    return named * (1 + (" " in text) + 2 * is_known_person(text)) if text else 0


_TITLED = re.compile(
    r"^(?P<title>[^\W\d_][^.:;]*), (?P<author>[^\W\d_a-z][^,:;\d]{2,50}?)"
    r"(?P<page>(?:,\s|\s\(?)(?:pp?|S|с|стр|s)\.\s?\d.*)?$"
)
_ARTICLE = re.compile(
    r"^(?:the|an?|der|die|das|ein|eine|les?|la|un|une|el|los|las|il|lo|gli|een|het)\s|^(?:l|un)['’]"
    r"|\s(?:of|at|in)\s",
    re.IGNORECASE,
)


def titled_first(text: str) -> Fields | None:
    """Read "Title, Author" where the words say that this is their order: an article, capitals, a given name."""
    found = _TITLED.match(text)
    if found is None:
        return None
    title, author = found["title"], found["author"]
    if not (" " in author and NAME_FORM.fullmatch(author)) or _ARTICLE.search(author) or is_known_person(title):
        return None
    if not is_known_person(author) and not (title.isupper() and " " in title and not author.isupper()):
        return None
    page = re.search(r"\d+(?:[-–]\d+)?", found["page"] or "")
    return Fields(author=people(author), title=title, locator=page[0] if page else "")


def source_of(text: str) -> Fields | None:
    """Read a source as an attribution, or as a title with "by" and a person behind it, perhaps with "From" before."""
    if fields := fields_of(text):
        return fields
    found = _WORK_BY.match(text.rstrip(" :"))
    if found is None or " " not in found["by"] or not NAME_FORM.fullmatch(found["by"]):
        return None
    return Fields(author=people(found["by"]), title=found["title"].strip('"“”*_'))


_SPEECH = re.compile(r"[¿¡]|\s(?:--|[—–])\s?[a-zà-öø-ÿа-яё]|[!?…]$")  # "—Come in —said the keeper"


def leads(text: str) -> str:
    """Return what stands behind the dash that a line begins with, or in its brackets, if that can be an attribution."""
    text = text.strip()
    found = _LED.match(text)
    if found is None:
        return ""
    words = found["dash"] or found["bracket"] or found["nested"]
    listed = text.startswith(("- ", "-\t")) and words[:1] in '"“„«‘「'  # a hyphen before words of a list
    own = found["bracket"] and (_NOTE.match(words) or _is_direction(words))
    own = own or (text[0] in _SPEAKING and _is_said(words))
    if listed or own or _SPEECH.search(words):
        return ""
    return words if is_attribution(words) or looks_like_citation(words) >= _CERTAIN else ""


_CERTAIN = 0.8  # of what a citation looks like: a source by its form alone, whatever it begins with


def _is_said(words: str) -> bool:
    """Tell whether words behind a dash are a sentence in small letters, as people say it in a tale."""
    first, *rest = re.findall(r"[^\W\d_][\w’'-]*", words) or [""]
    small = sum(word[0].islower() for word in rest)
    return bool(first) and words[-1:] in ".!?…" and len(rest) >= _SENTENCE_WORDS and small >= _SMALL_SHARE * len(rest)


def _is_direction(words: str) -> bool:
    """Tell whether words in brackets are a sentence, as directions in a play are: "A trumpet within."."""
    name = words.rstrip(".")
    return words[-1:] in ".!" and not (" " in name and NAME_FORM.fullmatch(name)) and fields_of(words) is None


def parted(text: str) -> tuple[str, str] | None:
    """Part a line into words and the attribution behind them; nothing where none is there."""
    text = text.strip()
    tail = text[-_LONGEST - 20 :]
    found = None
    if not _MAY.search(tail) and text[:1] not in '"“„«「':
        return None
    for match in (*_candidates(_BEHIND, tail), *_candidates(_SPACED, tail)):
        words = match["dash"] or match.groupdict().get("bracket") or match.groupdict().get("square") or ""
        sure = match.re is _BEHIND or bool(NAME_FORM.fullmatch(words)) or fields_of(words) is not None
        if found is None and sure and is_attribution(words):
            found = match, words
    if found is None and (quoted := _QUOTED.match(text)):
        fields = fields_of(quoted["dash"])
        if fields is not None and (fields.locator or fields.year):
            return quoted["words"], quoted["dash"]
    if found is None:
        return None
    match, words = found
    before = text[: len(text) - len(tail) + match.start()] + (match.groupdict().get("ended") or "")
    return before.rstrip(), words


def tail(text: str) -> tuple[str, str] | None:
    """Part a line into words in quotation marks and what stands behind them, where that can be a name."""
    return _named_behind(_TAIL.match(text.strip()))  # it may be set off: "“…” **Ann Marsh**"


def closed(text: str) -> tuple[str, str] | None:
    """Part the last line of words in quotation marks, which opened above, and a name behind it, as :func:`tail`."""
    return _named_behind(_CLOSED.match(text.strip()))


def _named_behind(found: re.Match[str] | None) -> tuple[str, str] | None:
    if found is None:
        return None
    said = found["said"].strip(" ,")
    plain = re.sub(r"(?<!\w)[*_]+|[*_]+(?!\w)", "", said)
    if plain[:1].islower():
        return None
    named = (is_attribution(plain) and names(plain)) or fields_of(plain) is not None
    return (found["words"], said) if named else None


def led(text: str, *, named: bool = False) -> tuple[str, str] | None:
    """Part a line into words in quotation marks and what stands before them, where that names a work whole.

    ``named``: or where it is a name of several words.
    """
    found = _BEFORE.match(text.strip()) if _COLON_AND_MARK.search(text) else None
    found = found or (_BEFORE_DASH.match(text.strip()) if named else None)
    if found is None:
        return None
    said = found["said"].strip()
    page = found.groupdict().get("page")
    name = named and " " in said and NAME_FORM.fullmatch(said)
    if page and fields_of(f"{said}, {page}"):
        return found["words"], f"{said}, {page}"
    return (found["words"], said) if not page and (name or fields_of(said)) else None


def _candidates(pattern: re.Pattern[str], text: str) -> list[re.Match[str]]:
    """Return the last place where the pattern fits: what is nearest to the end is the attribution."""
    found = list(_anywhere(pattern).finditer(text))
    matches = (pattern.match(text, match.start()) for match in reversed(found))
    return [match for match in matches if match][:1]


@cache
def _anywhere(pattern: re.Pattern[str]) -> re.Pattern[str]:
    return re.compile(rf"(?=({pattern.pattern.removesuffix('$')}))")


@noted
def fields_of(text: str) -> Fields | None:
    """Read an attribution; nothing where it does not name a work, or more than could be taken apart.

    ``text``: without the dash before it.
    """
    plain = re.sub(r"(?<!\w)[*_]+|[*_]+(?!\w)", "", text).strip().removesuffix(":").strip()
    if marked := _TITLE_MARKS.match(plain):
        leaf = _LEAF.match(marked["rest"])
        written = "" if leaf else marked["rest"]
        if written and not _WRITTEN_LEAF.fullmatch(written):
            return None
        names = marked["names"].strip()
        page = (leaf["page"] or leaf["pages"]) if leaf else ""
        return Fields(author=people(names), title=marked["title"], locator=page, extra=written)
    if titled := titled_in_marks(plain):
        return titled
    if _in_sentences(plain) and (paged := _PAGED.search(plain)):
        plain = _AUTHOR_STOP.sub(", ", f"{plain[: paged.start()]}, {paged[0].lstrip('., ')}", count=1)
    plain = re.sub(r"(?<=\w\w), (?=\d{1,3}$)", ", p. ", plain)
    plain = _YEAR_IN_BRACKETS.sub(r", \g<year>", plain)  # before a page; it would be an article's
    if _INITIALED.match(plain):
        return None  # a name and nothing else
    if leftward := _LEFTWARD.match(plain):
        author, title, page = leftward["author"].strip(), leftward["title"].strip(), leftward["page"]
        return Fields(author=people(author), title=title, locator=page or "")
    if (own := _FAMILY_FIRST.match(plain)) and not (
        NAME_FORM.fullmatch(own["title"]) and is_known_person(own["title"])
    ):
        return Fields(author=people(own["family"]), title=own["title"], locator=own["page"])
    name, colon, title = plain.partition(": ")
    if colon and NAME_FORM.fullmatch(name):
        plain = f"{name}, {title}"
    if (pair := _PAIR.match(plain)) and (fields := fields_of(f"{pair['one']}, {pair['rest']}")):
        return replace(fields, author=people(f"{pair['one']};{pair['two']}"))
    if series := _SERIES.search(plain):  # "Salt (River Lives 2), p. 4"
        fields = fields_of(plain[: series.start()] + plain[series.end() :])
        return replace(fields, title=f"{fields.title}{series[0]}") if fields else None
    place = None if parse(plain).fields.issue else _PLACE.search(plain)  # "Sea Notes 7, no. 2 (1961)" is no chapter
    found = parse(plain[: place.start()] if place else plain)
    fields = replace(found.fields, extra=found.fields.extra or (place["place"] if place else ""))
    named = bool(fields.author or fields.editor) and bool(fields.title)
    whole = not found.fields.extra and not unaccounted(found.text, found.fields) and not fields.container.islower()
    if not (found.parsed and named and whole) or fields.title[:1].islower() or fields.title[:1].isdigit():
        return None
    return fields


def titled_in_marks(text: str) -> Fields | None:
    """Read a name and behind it a title in marks of quotation, perhaps with a page: "Анна Орр. «Лампа», с. 4"."""
    found = _NAME_AND_MARKS.match(text)
    page = _PAGED.search(found["rest"]) if found else None
    if found is None or (found["rest"].strip(" .,") and (page is None or page.start())):
        return None
    leaf = re.search(r"\d[\d–-]*", page[0]) if page else None
    return Fields(author=people(found["names"]), title=found["title"].rstrip(".,"), locator=leaf[0] if leaf else "")


_AUTHOR_STOP = re.compile(r"(?<=[^\W\d_]{2})\. ")  # not that of an initial


def with_author(title: str, author: str, line: str) -> str:
    """Return what a line says of a work: its title, and its author if he stands behind it."""
    _, behind, rest = line.partition(title)
    place = rest.find(author) if author and behind else -1
    end = place + len(author)
    return title if place < 0 else f"{title}{rest[: end + (rest[end : end + 1] == ')')]}"


def people(text: str) -> tuple[Name, ...]:
    """Read the names before or below a title; one that cannot be read stays as it is."""
    out: list[Name] = []
    for one in re.split(r"\s*[;；]\s*|\s*/\s*", text.strip()):
        persons = one.split(", ")
        if len(persons) > 1 and all(" " in person for person in persons) and is_known_person(persons[0]):
            out += people(";".join(persons))  # "Ole Brandt, Amy Zed", no family name before a given one
        elif one:
            out += read_names(one) or (Name(literal=one),)
    return tuple(out)

"""The first lines of a book: which are its title, and which the name of who wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import chain

from pipeline.label.features import SMALL
from pipeline.parts import BY, FRONT_OR_BACK, NAMED, OR
from pipeline.titlewords import CONTRIBUTORS

ASKED_OFTEN = re.compile(
    r"\bfrequently asked\b|\bfaqs?\b|\bquestions (?:and|&) answers\b"
    r"|\bhäufig(?:e|\sgestellte)?\s(?:gestellte\s)?fragen\b|\bfragen und antworten\b"
    r"|\b(?:foire aux questions|questions fréquentes|preguntas (?:y respuestas|frecuentes)|perguntas frequentes"
    r"|domande frequenti|veelgestelde vragen|(?:часто задаваемые )?вопросы и ответы|часто задаваемые вопросы"
    r"|najczęściej zadawane|sıkça sorulan)"
    r"|常见问题|よくある(?:ご)?質問|자주 묻는",
    re.IGNORECASE,
)
"""A title says that what follows are questions that nobody was asked in an interview."""

_SMALL_WORD = re.compile(r"(?<![\w'’])[^\W\d_]{3,}")
_PARTICLES = frozenset(
    ("de", "da", "di", "do", "du", "des", "del", "della", "van", "von", "der", "den", "la", "le", "y", "e")
)
_PART_OF_NAME = re.compile(r"(?:[^\W\d_]\.){1,3}|[^\W\d_][^\W\d_]*(?:['’-][^\W\d_]+)*\.?,?")
_LATIN_PLURAL = re.compile(r"(?:[ao]r[uv]m|ib[uv]s)$")  # the case says whose, or with what: "commentariorum"
_NAME = range(2, 6)  # words of a name
_LONGEST = 40  # characters of a name
_SOME = (
    r"(?:novels|novellas|romances|memoirs|tales|stories|sketches|poems|verses|songs|hymns|essays|letters|sermons|plays"
    r"|erzählungen|novellen|gedichte|märchen|lieder|contes|nouvelles|poèmes|poésies|récits|novelas|cuentos"
    r"|poemas|poesías"
    r"|racconti|novelle|poesie|verhalen|gedichten|рас?сказы|разсказы|стихи|стихотворен[иі]я|сказки)"
)
_ONE = (
    r"(?:novel|novella|romance|tale|story|poem|comedy|tragedy|farce|play|drama|memoir|essay"
    r"|dialogue|opera|operetta|legend|epic|ballad|burlesque|masque|opéra|opérette|légende|vaudeville|sainete"
    r"|zarzuela|juguete|leyenda|operette|singspiel|schwank|posse|sage|legende|leggenda|blijspel|treurspel|tooneelspel"
    r"|klucht|lystspil|sørgespil|skuespil|digt|fortælling|lustspel|sorgespel|skådespel|berättelse|kertomus|näytelmä"
    r"|roman|erzählung|novelle"
    r"|lustspiel|trauerspiel|märchen|récit|comédie|tragédie|drame|novela|cuento|comedia|romanzo|racconto"
    r"|commedia|dramma"
    r"|роман|пов[еѣ]сть|комед[иі]я|драма|трагед[иі]я)"
)
_FROM = re.compile(
    rf"(?:{_SOME}|brieven|briefe|lettres|lettere|cartas|breve|brev|письма)"
    r"(?P<out>\s+(?:from|uit|aus|fra|från|dalla?|desde|из)\s.+)?",
    re.IGNORECASE,
)
_OUT = re.compile(r"(?:from|uit|aus|fra|från|dalla?|desde|из)\s", re.IGNORECASE)
_TO = re.compile(r"(?:to|aan|an|til|till|alla?|à|к)\s", re.IGNORECASE)
GENRE = re.compile(rf"\b(?:{_SOME}|{_ONE})\b", re.IGNORECASE)
"""A word that says of what kind a book is."""
ARTICLED = re.compile(
    r"(?:the|der|die|das|les?|la|los?|las|el|il|gli|i|l[’'](?=\w)|os?|as|het|de)(?:(?<=[’'])|\s)", re.IGNORECASE
)
"""A title may open with an article; a name hardly does."""
_KIND = re.compile(
    r"(?:an?|eine?|une?|um|uma|una|een|en|ett?)\s+\w+|(?:a |the )?(?:novel|poem|comedy|tragedy|play)\b"
    rf"|.*\b{_SOME}$",
    re.IGNORECASE,
)
_NAMES_GENRE = re.compile(
    rf"(?!the |die |les |los |las |le |i )(?:[\w’'-]+ ){{0,3}}{_SOME}"
    r"|(?:a|the) (?:little |short )?(?:book|collection|volume|series) of \w+(?: \w+){0,3}"
    rf"|(?:an?|eine?|une?|una|un) (?:\w+ ){{0,2}}{_ONE}(?: in .+)?",
    re.IGNORECASE,
)
_KIND_BY = re.compile(
    rf"(?:[\w’'-]+ ){{0,3}}(?:{_SOME}|{_ONE}) {BY.pattern}"
    r"(?!\s*(?:la|las|los|el|les?|l[’']|une?|una|il|lo|gli|het|de[nrm]?|das)\b)",  # of what the tales are
    re.IGNORECASE,
)
_TALES = re.compile(rf"{_SOME}\b", re.IGNORECASE)
_OPEN = re.compile(r"[,:;—–-]$")
_JOINING = SMALL | frozenset(
    re.findall(
        r"\w+",
        """della dello dell dei degli delle del nel nella al alla un una uno une au aux ou het een van der den dem des
        ein eine einer eines zu zur zum für oder och og en til till fra från om det
        upon do da dos das em no na и о из на über""",
    )
)
_GENITIVE = re.compile(
    r"(?:of|del|della|dello|dell[’'].+|dei|degli|delle|des|der|eines|einer|d[’'](?:une?\b.*|.+)|aus de[rmn]"
    r"|(?:de|di|van|von)\s+(?:un[ae]?|la|las|los|el|le|les|l[’'].+|het|een|de|den|der|dem|einer|einem))(?:\s|$)",
    re.IGNORECASE,
)
_ALTERNATIVE = re.compile(rf"(?:{OR}|and|und|et|og|och|en|y|e)\W*", re.IGNORECASE)


def goes_on(above: str, row: str) -> bool:
    """Tell whether a row of a title page goes on in the next: it ends in an article, preposition or conjunction.

    So does what the next row begins with a genitive ("of words", "della Repubblica", "de un ocioso"); and a word for
    pieces where the next says whence they are, and the one below that to whom: "Letters / from the ferry / to a lady".
    A word that says whose work the book is ("by", "von") and stands alone on its row is none of these.
    """
    if not above or not row or _credits(row):
        return False
    if (pieces := _FROM.fullmatch(above)) and (_TO if pieces["out"] else _OUT).match(row):
        return True
    last = re.sub(r"\W", "", above.split()[-1]).casefold()
    return (last in _JOINING and not _credits(above)) or bool(
        _GENITIVE.match(row) or _ALTERNATIVE.fullmatch(row) or joins_only(row)
    )


def is_genitive(above: str, row: str, below: str, small: frozenset[str], named: bool = False) -> bool:
    """Tell whether "di" or "de" alone on a row is of the title: "Le avventure / di / Tizzone".

    It says by whom the book is where a person is named below, or the title is no more than a kind of book. Where the
    author is ``named`` above the title, the name below is of the title.
    """
    if row.strip().casefold() not in ("di", "de") or GENRE.search(above):
        return False
    return bool(below) and (named or (ARTICLED.match(above) is not None and not is_name(below, small)))


def joins_only(row: str) -> bool:
    """Tell whether a row has nothing but articles, prepositions and conjunctions: "INTO THE"."""
    words = row.strip(" .,").casefold().split()
    return bool(words) and all(word in _JOINING for word in words)


def _credits(row: str) -> bool:
    """Tell whether a row is a "by" alone; "fra" alone is "from" where a title goes on below it."""
    return BY.fullmatch(row.strip()) is not None and row.strip().casefold() != "fra"


def small_words(texts: Iterable[str]) -> frozenset[str]:
    """Return the words of three letters and more that texts write with a small letter somewhere."""
    words = set(chain.from_iterable(map(_SMALL_WORD.findall, texts)))
    return frozenset(filter(str.islower, words))


def names_kind(text: str) -> bool:
    """Tell whether a line says of what kind a book is: "A Novel", "Nine Tales", "Poems by Ada Orrin"."""
    bare = text.strip("_*= ")
    return len(text) <= _LONGEST and bool(_NAMES_GENRE.fullmatch(bare) or _KIND_BY.match(bare))


def kind_by(text: str) -> tuple[str, str]:
    """Part "Poems by Ada Orrin" into the kind of book and the name; nothing where a line says anything else."""
    found = _KIND_BY.match(text)
    if found is None or not text[found.end() :].strip():
        return "", ""
    return text[: found.end()].rsplit(None, 1)[0], text[found.end() :].strip()


def is_name(text: str, small: frozenset[str]) -> bool:
    """Tell whether a line is the name of a person: a few words with capitals, none of which the text writes small."""
    words = text.split()
    if (
        len(words) not in _NAME
        or len(text) > _LONGEST
        or any(no_name.match(text) for no_name in (BY, _KIND, _TALES, NAMED, FRONT_OR_BACK))
    ):
        return False
    bare = [word.strip(".,").lower() for word in words]
    own = [word for word in words if word.lower() not in _PARTICLES]
    return (
        len(own) >= _NAME.start
        and all(_PART_OF_NAME.fullmatch(word) and word[0].isupper() for word in own)
        and len(bare[-1]) > 1
        and not any(map(_LATIN_PLURAL.search, bare))
        and not any(word in small or word in SMALL for word in bare if len(word) > 1 and word not in _PARTICLES)
    )


def title_rows(rows: Sequence[str], small: frozenset[str]) -> int:
    """Return how many of the rows at the head of a book are its title.

    What says what kind of book it is, or who wrote it, stands below; so does what is not written as the first row is.

    Args:
        rows: the rows of one paragraph.
        small: the words that the text writes small.

    """
    plain = [row.strip().strip("_*= ") for row in rows]
    for n in range(1, len(plain)):
        above, row = plain[n - 1], plain[n]
        if not row or _OPEN.search(above) or goes_on(above, row) or row.split()[0].casefold() in ("and", "or", "oder"):
            continue
        below = plain[n + 1] if n + 1 < len(plain) else ""
        if is_genitive(above, row, below, small) or (n > 1 and is_genitive(plain[n - 2], above, row, small)):
            continue
        if (
            BY.match(row)
            or _KIND.match(row)
            or _KIND_BY.match(row)
            or GENRE.fullmatch(row)
            or any(pattern.match(row) for pattern in CONTRIBUTORS.values())
            or row.isupper() != plain[0].isupper()
            or is_name(row, small)
        ):
            return n
    return len(plain)

"""What stands behind the text of a book: its appendices, who printed it, and what else its publisher sells."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from pipeline.label.headlines import value_of
from pipeline.label.labeller import Told
from pipeline.label.rows import Row
from pipeline.label.told import SETTLED, overruled, role_of, stretches
from pipeline.model import Reason, Role
from pipeline.parts import CLOSES, CONTENTS, END, FRONT_OR_BACK, NAMED, ORDER

WHY = {
    "appendix-with-others": "It counts on with another appendix, or schedule, which is a heading: so is this.",
    "behind-the-end": "It stands behind the end of the book, where it says who printed it, or what else is sold.",
}
"""The rules of end matter, each with what an editor would say."""

_BEHIND = 0.5  # of the stretches; what closes a volume stands before others
_LINE = 120  # characters in which a printer is named
_PRINTER = re.compile(
    r"\b(?:print(?:ed (?:by|at|in|and|for)|ers?\b)|publish(?:ers?|ed by)\b|imprim|imp\.|typ\.|tip\.|typograph|tipograf"
    r"|gedruckt|(?:buch)?druck(?:erei| von| der)|verlag|gedrukt|drukkerij|uitgever|éditeurs?\b|trykt|bogtryk|forlag"
    r"|tryckt|boktryck|förlag|impres[oa]|editor(?:es|ial)\b|stamperia|stabilimento|editor[ei]\b|press of|типограф)"
    r"|& (?:co|sons?|cie|comp)\b\.?",
    re.IGNORECASE,
)
_SOLD = re.compile(
    r"\b\d+s\.(?: \d+d\.)?|[$£]\s?\d|\b\d+ (?:cents|centimes|pfennig|pence|net\b)"
    r"|\b\d+ ?(?:fr|mk|m|pf|ptas|kr|rs)\."
    r"|\b(?:4to|8vo|12mo|16mo|18mo|32mo|in-(?:4|8|12|16|18)º?|oktav|broch[ée]|relié|geheftet|gebunden|geb\.|gebonden"
    r"|ingenaaid|legato|rilegato|en rústica|cloth|postpaid|paper covers|per vol(?:ume)?|vols?\.|neue auflage)\b",
    re.IGNORECASE,
)
_OFFERS = re.compile(
    r"\W*(?:advertisements|(?:other |new (?:and \w+ )?|popular )*(?:works|books|novels|publications|volumes)"
    r"(?:,? \w+){0,2} (?:by|of|from|published|uniform).*|by the same author|uniform with .*|d[ue]s? m[êe]mes? auteurs?"
    r"|ouvrages d.*|vo[mn] (?:dem)?selben verfasser.*|von demselben .*|anzeigen|del mismo autor|obras d.*"
    r"|dello stesso autore|opere d.*|van denzelfden schrijver|do mesmo auctor|obras do mesmo .*|af samme forfatter)\W*",
    re.IGNORECASE,
)
_FEW = 8  # stretches behind the end of a book; of more
_SIGNS = 0.2  # have a price, a format or a printer's name
_APPENDIX = re.compile(
    r"(?:(?P<word>appendix|appendice|ap[ée]ndice|apêndice|annexe?|schedule|anhang|anlage|beilage|bijlage|bilag|bilaga"
    r"|supplement|приложение)[,.:]?\s+(?:(?:no|nr)\.?\s|[nN][°º]\s?)?(?P<sign>[ivxlc]+|\d{1,2}|[a-z])(?=$|[.:,;—–-]|\s)"
    r"|(?P<order>[^\W\d_]+) (?P<named>appendix|schedule|annexe?|anhang|anlage|beilage|bijlage|bilag|bilaga))",
    re.IGNORECASE,
)
_TITLE = 100  # characters of the title of an appendix
_DISPLAYED = (Role.HEADING, Role.VERSE, Role.LETTER, Role.DIALOGUE, Role.CAPTION)


def appendices(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take lines for headings that number appendices from one, or from A, if one of them is a heading."""
    series: dict[str, list[tuple[int, Row]]] = defaultdict(list)
    for part in stretches(rows):
        found = _APPENDIX.match(part[0].text.strip("_*= "))
        if found and len(part) == 1 and part[0].gap and len(part[0].text) <= _TITLE:
            word = (found["word"] or found["named"]).casefold()
            number = value_of(found["sign"].upper()) if found["sign"] else ORDER.get(found["order"].casefold(), 0)
            if number == len(series[word]) + 1:
                series[word].append((number, part[0]))
    reason = Reason("appendix-with-others", Role.HEADING, SETTLED)
    return {
        row.number: overruled(reason, told[row.number].role)
        for members in series.values()
        if len(members) > 1 and any(role_of(row, told) is Role.HEADING for _, row in members)
        for _, row in members
        if role_of(row, told) in (Role.PARAGRAPH, Role.VERSE, Role.LETTER, Role.QUOTE, Role.ITEM, Role.DIALOGUE)
    }


def sold(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take what stands behind the end of a book for one division, if it says who printed that, or what else is sold.

    Its first title heads it; the titles and praises of other books are paragraphs, and so is the name of the printer.
    """
    out: dict[int, Told] = {}
    reason = Reason("behind-the-end", Role.PARAGRAPH, SETTLED)
    for part, heads in _behind(stretches(rows), told):
        if heads:
            continue
        for row in part:
            if (role := role_of(row, told)) in _DISPLAYED:
                out[row.number] = overruled(reason, role)
    return out


def _behind(parts: Sequence[Sequence[Row]], told: Mapping[int, Told]) -> Iterator[tuple[Sequence[Row], bool]]:
    """Yield the stretches behind the end that are of printer and publisher; and whether one is their heading."""
    first = int(_BEHIND * len(parts))
    lone = {n: part[0].text for n, part in enumerate(parts) if n >= first and len(part) == 1}
    stops = {n for n, text in lone.items() if _ends(text) or _is_of_the_book(text)}
    begins = [(n if _offers(text) else n + 1) for n, text in lone.items() if _ends(text) or _offers(text)]
    done = 0
    for begin in begins:
        end = min((n for n in stops if n >= begin), default=len(parts))
        if begin < done or not _sells(parts[begin:end]):
            continue
        done, headed = end, False
        for part in parts[begin:end]:
            text = _words(part)
            title = role_of(part[0], told) is Role.HEADING and not (_PRINTER.search(text) or _SOLD.search(text))
            yield part, title and not headed
            headed = headed or title


def _sells(parts: Sequence[Sequence[Row]]) -> bool:
    """Tell whether stretches say who printed the book, or name formats and prices, many of them if they are many."""
    words = [_words(part) for part in parts]
    signs = sum(bool(_SOLD.search(text) or (_PRINTER.search(text) and len(text) <= _LINE)) for text in words)
    return signs >= max(1, _SIGNS * len(parts) if len(parts) > _FEW else 0)


def _words(part: Sequence[Row]) -> str:
    """Return the rows of a stretch without the signs of italics, which part no words."""
    return "\n".join(row.text for row in part).replace("_", "")


def _offers(text: str) -> bool:
    """Tell whether a line is the title of what a publisher, or the author, has to offer."""
    return _OFFERS.fullmatch(text) is not None


def _ends(text: str) -> bool:
    words = text.strip("_*=[] .")
    return bool(CLOSES.match(words) or END.match(words))


def _is_of_the_book(text: str) -> bool:
    """Tell whether a stretch opens another part of the book behind what seemed its end: an appendix, a chapter."""
    words = text.strip("_*=. ")
    back = FRONT_OR_BACK.match(words) or CONTENTS.match(words)
    return bool(NAMED.match(words) or (back and not _offers(words)))

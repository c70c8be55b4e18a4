"""Excerpts: passages that Apple Books or Kindle copies or sends, each with the lines that it puts below them.

“The lamps were trimmed at dusk.” — then "Excerpt From: Ada Orr. “The Lamp Room.” Apple Books." on one line, or title,
author and an address on lines of their own, in the language of the device, and a sentence about copyright. Or, of
Kindle: "Orr, Ada. The Lamp Room (p. 12). Pellow. Kindle Edition."
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.kinds.attribution import people
from pipeline.kinds.desk import Desk
from pipeline.model import Claim, Copy, Fields, Line
from pipeline.report import Report
from pipeline.settings import Settings

NAME = "excerpts copied from a reading app"
WHY: Mapping[str, str] = {
    "excerpt-words": "The words of an excerpt.",
    "excerpt-source": "What the app puts below an excerpt: the work, and its own name and address.",
}
_LEAD = re.compile(
    r"^(?:excerpts? from|from|auszug aus|aus|extrait de|fragmento de|pasaje de|extracto de|estratto da|passo di"
    r"|brano tratto da|da|de|trecho de|excerto de|passagem de|fragment uit|uittreksel uit|passage uit|uit|отрывок из"
    r"|fragment książki|fragment|wyjątek z|şuradan alıntı|alıntı|şu kitaptan alıntı"
    r"|摘录来自|摘錄自|以下書籍摘錄|抜粋|引用元|다음에서 발췌|발췌)\s*[:：]?\s*",
    re.IGNORECASE,
)
_SHOP = re.compile(r"[,.]?\s*\b(?:Apple Books|iBooks|Apple Bücher|Libros de Apple|Livres d.Apple)\b\.?", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?://)?(?:itunes|books)\.apple\.com\S*|https?://itun\.es\S*")
_RIGHTS = re.compile(
    r"copyright|urheberrecht|droits? d.auteur|derechos de autor|diritti d.autore|direitos? autora|auteursrecht"
    r"|авторск|praw\w* autorsk|telif|版权|版權|著作権|저작권",
    re.IGNORECASE,
)
_QUOTES = '“”„"«»‘’「」『』《》'
_TITLED = re.compile(
    rf"^(?P<names>.*?)[.,:：]?\s*[“„\"«‘「『《](?P<title>[^{_QUOTES}]+(?:’\w[^{_QUOTES}]*)*)[”“\"»’」』》]\.?$"
)
_KINDLE = re.compile(
    r"^(?P<author>[^()]{3,120}?(?<!\s\w)(?<!\s[JS]r))\.\s+(?P<title>\S.*?)\s*"
    r"[(（](?:(?:pp?|S|pág|s|с|стр|str)\.\s?(?P<page>\d+(?:\s?[-–]\s?\d+)?|[ivxlc]+)"
    r"|(?P<place>[^()（）]*?(?:Locations?|Positionen|Emplacements|Posiciones|Posizioni|Posições|Locaties|Место"
    r"|位置(?:No\.)?|Posición en Kindle|Emplacement Kindle|Posizione Kindle|Posição Kindle)"
    r"\s?\d+(?:\s?[-–]\s?\d+)?))[)）]\.\s*(?:(?P<publisher>\S.*?)\.\s*)?"
    r"(?:Kindle[- ](?:Edition|Version|版|editie)|Édition du Kindle|Edición de Kindle|Edizione del Kindle"
    r"|Edição do Kindle|Издание Kindle)\.?\s*$"
)
_PREPOSITION = 4  # letters; "From" alone says little
_AGAIN = 3  # passages; fewer show no habit
_LEAST, _MOST_ROWS = 4, 6  # lines of a source between words of the app
_RIGHTS_LENGTH = 120  # characters; the sentence about copyright is not longer


@dataclass(frozen=True, slots=True)
class _Excerpt:
    words: tuple[int, ...]
    source: tuple[int, ...]
    fields: Fields | None
    text: str


def recognise(lines: Sequence[Line]) -> Claim | None:
    """Claim the text up to the last line that the app put there, if such lines stand below its passages."""
    found = _excerpts(lines)
    if not found:
        return None
    first = next(line.number for line in lines if not line.blank)
    return Claim(NAME, first, found[-1].source[-1], 0.985, (f"{len(found)} passages have the app's lines below them",))


def read(lines: Sequence[Line], settings: Settings, report: Report) -> Copy:
    """Read the excerpts, each with its work."""
    desk = Desk(lines)
    for one in _excerpts(lines):
        desk.prose(one.words, "excerpt-words")
        desk.source(one.source, "excerpt-source")
        desk.cite(one.words, one.fields, one.text, one.source[0])
    for line in lines:
        if not line.blank and not desk.decided(line.number):
            desk.prose([line.number], "excerpt-words", own=True)
    return desk.copy(desk.by(settings.order, report))


def _excerpts(lines: Sequence[Line]) -> list[_Excerpt]:
    """Cut the text where a source ends; passages without one go with the next that has."""
    out: list[_Excerpt] = []
    words: list[int] = []
    around = _around(lines)
    n = 0
    while n < len(lines):
        end = _source_end(lines, n) or around.get(n, n)
        if end > n and words:
            part = [line for line in lines[n:end] if not line.blank]
            rows = [line.text.strip() for line in part]
            fields = _fields(rows[1:-1], bare=True) if n in around and rows[1:-1] else _fields(rows)
            text = " ".join(line.text.strip() for line in part)
            out.append(_Excerpt(tuple(words), tuple(line.number for line in part), fields, text))
            words, n = [], end
            continue
        if not lines[n].blank:
            words.append(lines[n].number)
        n += 1
    return out


def _around(lines: Sequence[Line]) -> dict[int, int]:
    """Return where sources begin and end whose first and last lines are the same again and again.

    In whatever language: below quotation marks, the app's words, title and author, perhaps an address, its words again.
    """
    found: dict[tuple[str, str], dict[int, int]] = {}
    for n in range(1, len(lines)):
        if not lines[n - 1].blank or lines[n].blank:
            continue
        end = next((m for m in range(n, len(lines)) if lines[m].blank), len(lines))
        if not _LEAST <= end - n <= _MOST_ROWS or lines[n].text.strip()[:1] in _QUOTES:
            continue
        above = next((lines[m].text.strip() for m in range(n - 1, -1, -1) if not lines[m].blank), "")
        if above[-1:] in _QUOTES:
            found.setdefault((lines[n].text.strip(), lines[end - 1].text.strip()), {})[n] = end
    again = max(found.values(), key=len, default={})
    return again if len(again) >= _AGAIN else {}


def _source_end(lines: Sequence[Line], start: int) -> int:
    """Return where the source that begins at ``start`` ends; 0 where none does."""
    text = lines[start].text.strip()
    if "Kindle" in text and _KINDLE.match(text):
        return start + 1
    lead = _LEAD.match(text)
    if not lead:
        return 0
    end = start
    strong = len(lead[0].strip()) > _PREPOSITION or not lead[0].isascii()
    ours = False
    while end < len(lines) and not lines[end].blank and end - start < 7:
        row = lines[end].text.strip()
        rights = bool(_RIGHTS.search(row)) and len(row) < _RIGHTS_LENGTH and (ours or (strong and end - start > 1))
        mark = rights or bool(_SHOP.search(row) or _ADDRESS.search(row))
        if ours and not mark:
            break
        ours = ours or mark
        end += 1
    if not ours:
        return 0
    after = end
    while after < len(lines) and lines[after].blank:
        after += 1
    if after < len(lines) and after == end + 1:
        row = lines[after].text.strip()
        if _RIGHTS.search(row) and len(row) < _RIGHTS_LENGTH and row[0] not in _QUOTES:
            return after + 1
    return end


def _fields(rows: list[str], *, bare: bool = False) -> Fields | None:
    """Read what the app says of the work, without its own name, address and sentence about copyright.

    ``bare``: its words are off already.
    """
    if kindle := _KINDLE.match(rows[0]):
        place = re.sub(r"(?: en)? ?Kindle", "", kindle["place"] or "").strip(" -の")
        return Fields(
            author=people(kindle["author"]),
            title=re.sub(r"\s\([^()]* Edition\)$", "", kindle["title"].strip()),
            publisher=kindle["publisher"] or "",
            locator=(kindle["page"] or "").replace(" ", ""),
            extra=re.sub(r"(?<=[^\W\d])(?=\d)", " ", place),
        )
    rows = rows[:1] + [row for row in rows[1:] if not (_RIGHTS.search(row) and len(row) < _RIGHTS_LENGTH)]
    rows = [_SHOP.sub("", _ADDRESS.sub("", row)).strip() for row in rows]
    alone = len([row for row in rows if row]) > 2 and not any(sign in rows[0] for sign in _QUOTES)
    rows[0] = rows[0] if bare else "" if alone else _LEAD.sub("", rows[0]).strip()
    left = [row for row in rows if row]
    if not left:
        return None
    if len(left) == 1 or _TITLED.match(" ".join(left)):
        found = _TITLED.match(" ".join(left).strip())
        return Fields(author=people(found["names"].strip(" .,")), title=found["title"].strip(" .,")) if found else None
    return Fields(author=people(left[1].rstrip(".")), title=left[0].strip(_QUOTES + ".,"))

"""Furniture: what a transcription or a scanner put round the text and into it, and what is no part of the book.

Headers and licences, who made the transcription and how, page numbers and running heads: kept out of the body, each
line with the reason.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from pipeline.label.looks import written
from pipeline.label.remarks import NOTE_RULE, PUBLISHER, below_header, without_header
from pipeline.model import ChangeKind, Leaving, Line, figure

WHY = {
    "transcription-header": "It stands above the line where the transcription says that the book starts.",
    "transcription-licence": "It stands below the line where the transcription says that the book ends.",
    "page-number": "A page number of the source's own edition; an invisible page mark takes its place.",
    "running-head": "The same words stand beside page numbers again and again: a running head.",
}
"""The rules of furniture, each with what an editor would say."""

LEAVES = {
    "transcription-header": Leaving(ChangeKind.SET_ASIDE),
    "transcription-licence": Leaving(ChangeKind.SET_ASIDE),
    "page-number": Leaving(turns=True),
    "running-head": Leaving(turns=True),
}
"""How lines leave the book by these rules."""

_START = re.compile(r"^\*\*\*\s*START OF TH(?:E|IS) PROJECT GUTENBERG|^\*END\*? ?THE SMALL PRINT", re.IGNORECASE)
_END = re.compile(r"^\*\*\*\s*END OF TH(?:E|IS) PROJECT GUTENBERG", re.IGNORECASE)
_END_NAMED = re.compile(r"^\s*End of (?:the |this )?Project Gutenberg", re.IGNORECASE)
_NOTE_OPENS = re.compile(
    r"^\s*\[\s*(?:Transcriber[’']?s?[’']? notes?\b"
    r"|(?:this|the following|these|in this) (?:e-?text|e-?book|electronic|text (?:uses|file)|file)\b)",
    re.IGNORECASE,
)
_NOTE_NAME = (
    r"(?:(?:(?:new|original|further|additional) )?(?:transcriber|preparer)[’']?s?[’']? (?:foot-?|end-?)?notes?"
    r"|transcription notes?"
    r"|(?:pg|project gutenberg|e-?text|e-?book|digital)[’']?s? (?:\w+[’']?s?[’']? )?notes?"
    r"|(?:pg (?:editor|producer)|proof-?reader|digiti[sz]er)[’']?s?[’']? notes?"
    r"|notes? (?:by|from|of) (?:the|your) (?:transcriber|proof-?reader)s?"
    r"|notes? (?:on|to|about) (?:the|this) transcription"
    r"|notes? (?:au |du |de (?:la )?|sur (?:la )?|à la )transcript(?:eur|rice|ion)(?: électronique)?"
    r"|(?:an|be)merkungen? (?:zur|der|zu dieser) (?:transkription|digitalen \w+|elektronischen \w+)"
    r"|(?:anmerkung(?:en)?|notiz(?:en)?|hinweise?) (?:(?:zur|der) (?:transkription|bearbeitung)"
    r"|des (?:bearbeiters|transkri\w+))|notas? (?:del? |de la |d[oa] |de |sobre la )?trans?cri(?:p|pt|t|ç)\w+"
    r"|not[ae] (?:del(?:la)? |di |alla |sulla )?trascri\w+"
    r"|(?:op|aan)merking(?:en)? (?:van|bij|over) (?:de )?(?:bewerk|transcri)\w+"
    r"|huomautuksia|(?:bemærkninger|noter) (?:til|om) trans?skri\w+"
    r"|trans?skri\w+ (?:noter?|bemærkning\w*|anmärkning\w*)"
    r"|(?:noteringar|anmärkning(?:ar)?) (?:till|om|av) transkri\w+)"
)
NAMES_TRANSCRIBER = re.compile(_NOTE_NAME, re.IGNORECASE)
"""How the title of a transcriber's note begins, in the languages that Octavo reads best."""

_NOTE_TITLE = re.compile(
    rf"^\W*(?:{_NOTE_NAME}"
    r"|(?:errors?|errata|corrections?|changes|anomalies|variants?)\b[\w ,]{0,40}\btranscri\w+"
    r"|au lecteur|to the reader|errata|(?:lijst van )?verbeteringen)\W*$",
    re.IGNORECASE,
)
_NOTE_NAMED = re.compile(rf"^\W*{_NOTE_NAME}\W*$", re.IGNORECASE)
_NOTE_RUNS_IN = re.compile(rf"^\W*{_NOTE_NAME}\s*[:.—–-]+\s*\S", re.IGNORECASE)
_BOX = re.compile(r"^\s*[+*|=][-=+*]{8,}[+*|=]?\s*$")
_BOXED = re.compile(r"^\s*[|*].*[|*]?\s*$")
_NOTE_SPEAKS = re.compile(
    r"e-?text|e-?book|electronic|électronique|elektronisch|underscore|_ital|_thus_|transcri|typograph|utf-8|unicode"
    r"|original (?:text )?(?:has|had|reads)|missing in original|corrected|verbeteringen zijn\b.{0,20}\baangebracht"
    r"|gesperrt|sperrung|transkri|buchausgabe",
    re.IGNORECASE,
)
_NOTE_SPELLS = re.compile(
    r"spelling|punctuat|hyphenat|misprint|trascri|numérisation|ortogr[aá]f|orthogra(?:ph|f)|rechtschreib|druckfehler|zeichensetzung|schreibweise"
    r"|(?:offensichtlich|offenkundig)\w* \w*fehler|tipogr[áa]fic|puntuación|punteggiatura|pontuação|ponctuation"
    r"|coquilles?\b|fautes? (?:d[’']impression|typo)|corrigé|italique"
    r"|drukfout|gecorrigeerd|cursi[ef]|oorspronkelijke|errat[ao]s|corregid|cursiva|refusi\b|corrett|corsiv"
    r"|corrigid|itálico|trykfejl|rettet|kursiv|tryckfel|rättat|stavning|painovirhe|korjattu|kursivoi",
    re.IGNORECASE,
)  # of what else a transcriber speaks, under a title that names him
_PAGE = re.compile(
    r"^\s*(?:[\[{](?:pg?\.?|page|seite|s\.|pág(?:ina)?\.?|pag(?:ina)?\.?|стр\.?)?\s?(\d{1,4}|[ivxlc]{1,8})[\]}]"
    r"|-?\s*(\d{1,4}|[ivxlc]{1,8})\s*-?)\s*$",
    re.IGNORECASE,
)
_PAGE_HERE = re.compile(r"[\[{](?:pg\.?|page|p\.|seite|стр\.?)\s?(\d{1,4}|[ivxlc]{1,8})[\]}]", re.IGNORECASE)
_BRACED = re.compile(r"\{(\d{1,4})\}")
_LABEL = re.compile(r"[\s\[(*^_]*(?:[^\W\d_]{1,12} )?(\d{1,4})[\s\])._*:]")  # of a note
_HEAD = re.compile(r"^\s*(?:(\d{1,4})\s+(\D{4,60}?)|(\D{4,60}?)\s+(\d{1,4}))\s*$")
_FIGURE_AT_EDGE = re.compile(r"^\s*\d|\d\s*$")
_FAR = re.compile(r"\d\s{3,}\D|\D\s{3,}\d")
_OF_VOLUME = re.compile(
    r"(?P<title>.{3,}?)[,:;.]?\s+[(\[]?(?P<volume>(?:vol(?:ume|\.)?|tom[eo]?|band|bd\.?|teil|deel|bind|том)"
    r"\s(?:\d{1,3}|[ivxlc]+)\b\.?(?:,?\s\(?(?:of|de|von|van|di|af|av)\s\w+\)?)?)[)\]]?",
    re.IGNORECASE,
)
_REMARK = re.compile(
    r"(?:[,—–-]+ ?| )(?:[(\[](?:complete|illustrated)[)\]]|complete|illustrated"
    r"|volumes? (?:\d{1,2}|[ivx]{1,4})(?: (?:and|to|&) | ?[-–] ?)(?:\d{1,2}|[ivx]{1,4}))$",
    re.IGNORECASE,
)
"""What a library says of its own edition behind the title."""
_HEADER = 600  # lines; the oldest had the licence in front of the text
_FRONT = 0.25  # of the lines; a transcription's header is not longer
_TAIL = 4  # groups of lines at the end of a transcription
_NOTE_ROWS = 400  # lines of a transcriber's note, in brackets or in front
_NARROW = 2  # blank lines; more are a wide gap
_BACK = 0.6  # of the lines; notes of a transcriber below this run to the end
_APART = 4  # lines; two page numbers are not nearer to each other
_LEAP = 3  # pages; more do not stay without a number
_CHAIN = 4  # page numbers that follow one another; fewer are no page numbers
_TORN = 0.15  # of the page ends; fewer sentences do not run over them, where they are page ends
_TWICE = 2  # page ends: a single line of verse ends without a stop above a number, too
_WORDY = 40  # characters; a shorter line may end without a stop
_STOPPED = re.compile(r"[.!?…:;*][\"'”’»)\]_]*\s*$")
_HEADS = 3  # times; a running head stands as often


def furniture(lines: Sequence[Line]) -> dict[int, str]:
    """Find what is no part of the book: each such line, with the rule (a key of ``WHY``) that says so."""
    found: dict[int, str] = {}
    first, last = _frame(lines, found)
    inside = lines[first:last]
    _notes(inside, found, len(lines))
    found.update(_page_lines([line for line in inside if line.number not in found and not line.blank]))
    return found


def page_number(text: str) -> str:
    """Return the number of the page that a line of furniture marks, or nothing."""
    found = _PAGE.match(text) or _HEAD.match(text)
    return next((group for group in found.groups() if group and group.strip("[]{} ").isalnum()), "") if found else ""


def page_marks(text: str, *, braced: bool = False) -> Iterator[re.Match[str]]:
    """Find the page marks in running text ("[Pg 12]", and "{12}" where figures are ``braced``); group 1 is the page."""
    found = [*_PAGE_HERE.finditer(text), *(_BRACED.finditer(text) if braced else ())]
    return iter(sorted(found, key=re.Match.start))


def braces_pages(texts: Iterable[str]) -> bool:
    """Tell whether figures in braces are page numbers: many, each higher than the one before.

    A call of a note has its number twice, there and with the note, which may write it in another form.
    """
    rows = list(texts)
    values = [int(found[1]) for row in rows if "{" in row for found in _BRACED.finditer(row)]
    if len(values) < _CHAIN or any(one >= other for one, other in pairwise(values)):
        return False
    labels = {int(found[1]) for row in rows if (found := _LABEL.match(row))}
    return 2 * len(labels & {*values}) < len(values)


def _frame(lines: Sequence[Line], found: dict[int, str]) -> tuple[int, int]:
    """Mark the header and the licence of a transcription; return where the text between begins and ends."""
    first, last = 0, len(lines)
    for at, line in enumerate(lines):
        if line.text.startswith("*") and _START.match(line.text) and at < max(80, _FRONT * len(lines)):
            first = at + 1
            while first < last and not lines[first - 1].text.rstrip().endswith("***") and not lines[first].blank:
                first += 1
        elif line.text.startswith("*") and _END.match(line.text) and at >= first:
            last = at
            break
    if last == len(lines):
        last = _last_words(lines, first)
    end = last
    while end > first and last < len(lines):
        above = end - 1
        while above > first and lines[above].blank:
            above -= 1
        top = above
        while top > first and not lines[top - 1].blank:
            top -= 1
        if not _END_NAMED.match(lines[top].text):
            break
        end = last = top
    _mark(lines[:first], "transcription-header", found)
    _mark(lines[last:], "transcription-licence", found)
    for group, rule in below_header(lines[first:last]) if first else without_header(lines):
        _mark([line for line in group if line.number not in found], rule, found)
    return first, last


def _last_words(lines: Sequence[Line], first: int) -> int:
    """Return where the last words of an old transcription begin that says by nothing else where it ends."""
    starts = [at for at in range(first, len(lines)) if not lines[at].blank and (at == first or lines[at - 1].blank)]
    tail = starts[-_TAIL:]
    at = next((n for n in tail if _END_NAMED.match(lines[n].text)), len(lines))
    behind = [n for n in tail if n > at]
    return at if all(PUBLISHER.search(lines[n].text) for n in behind) else len(lines)


def _mark(lines: Sequence[Line], rule: str, found: dict[int, str]) -> None:
    for line in lines:
        if not line.blank:
            found[line.number] = rule


def _notes(lines: Sequence[Line], found: dict[int, str], total: int) -> None:
    """Mark what the transcriber says: in brackets where it stands, or under a title of its own."""
    at = 0
    while at < len(lines):
        text = lines[at].text
        end = at + 1
        if text.lstrip().startswith("[") and _NOTE_OPENS.match(text):
            depth = _depth(text)
            while end < len(lines) and depth > 0 and end - at < _NOTE_ROWS:
                depth += _depth(lines[end].text)
                end += 1
            if depth > 0:  # nothing closes it
                end = _end_of_note(lines, at, 2 * lines[-1].number)
            _mark(lines[at:end], NOTE_RULE, found)
        elif (
            _BOX.match(text) and (boxed := _box(lines, at)) and any(_names_note(line.text) for line in lines[at:boxed])
        ):
            end = boxed
            _mark(lines[at:end], NOTE_RULE, found)
        elif _NOTE_RUNS_IN.match(text) and (at == 0 or lines[at - 1].blank):
            end = next((n for n in range(at, len(lines)) if lines[n].blank), len(lines))
            _mark(lines[at:end], NOTE_RULE, found)
        elif len(text) < 60 and text.strip() and _NOTE_TITLE.match(text) and (at == 0 or lines[at - 1].blank):
            end = _end_of_note(lines, at, total)
            words = "\n".join(line.text for line in lines[at + 1 : end])
            if _NOTE_SPEAKS.search("\n".join((text, words))) or (
                _NOTE_NAMED.match(text) and _NOTE_SPELLS.search(words)
            ):
                _mark(lines[at:end], NOTE_RULE, found)
            else:
                end = at + 1
        at = end


def _box(lines: Sequence[Line], at: int) -> int:
    """Return where a box ends that is drawn around a note and begins at ``at``; 0 where it is none."""
    end = at + 1
    while end < len(lines) and _BOXED.match(lines[end].text) and not _BOX.match(lines[end].text):
        end += 1
    return end + 1 if end < len(lines) and end > at + 1 and _BOX.match(lines[end].text) else 0


def _names_note(row: str) -> bool:
    inner = row.strip().strip("|*").strip()
    return bool(_NOTE_TITLE.match(inner) or _NOTE_RUNS_IN.match(inner))


def _depth(text: str) -> int:
    return text.count("[") - text.count("]")


def _end_of_note(lines: Sequence[Line], at: int, total: int) -> int:
    """Find where a titled note of the transcriber ends: with the text, or at the next wide gap.

    In front, where the text has no wide gap near, it ends at the next that is wider than the gaps within it.
    """
    if lines[at].number > _BACK * total:
        return len(lines)
    blanks, narrow = 0, 0
    for end in range(at + 1, min(at + _NOTE_ROWS, len(lines))):
        if blanks == _NARROW and not lines[end].blank and end > at + 1 + blanks:
            narrow = narrow or end
        blanks = blanks + 1 if lines[end].blank else 0
        if blanks == _NARROW + 1:
            return end
    return narrow or next(
        (n for n in range(at + 2, len(lines)) if lines[n].blank and not lines[n - 1].blank), len(lines)
    )


def _page_lines(lines: Sequence[Line]) -> dict[int, str]:
    """Mark page numbers that stand on lines of their own, and running heads with or beside them."""
    heads: dict[int, tuple[str, int]] = {}
    for line in lines:
        if len(line.text) < 75 and _FIGURE_AT_EDGE.search(line.text) and (head := _HEAD.match(line.text)):
            words = (head[2] or head[3]).strip()
            if words and not re.search(r"[.:;|–—]{2}|\s{3}|^\W", words):
                heads[line.number] = words.casefold(), int(head[1] or head[4])
    times = Counter(words for words, _ in heads.values())
    alone = Counter(line.text.strip().casefold() for line in lines if len(line.text) < 75)
    numbers = [
        (line.number, value) for line in lines if len(line.text) < 75 and (value := _number(line, heads, times, alone))
    ]
    chained = _chained(numbers)
    if not (
        _stand_apart(lines, chained, heads) or _torn(lines, chained)
    ):  # the numbers of chapters follow one another too
        chained = set()
    named = {line.number for line in lines if len(line.text) < 40 and _PAGE_HERE.fullmatch(line.text.strip())}
    if braces_pages(line.text for line in lines):
        named |= {line.number for line in lines if _BRACED.fullmatch(line.text.strip())}
    out = {number: "running-head" if number in heads else "page-number" for number in chained | named}
    words = {heads[number][0] for number in chained if number in heads}
    return out | _beside(lines, set(out), words)


def _stand_apart(lines: Sequence[Line], between: Container[int], heads: Container[int]) -> bool:
    """Tell whether words stand beside all of these numbers, and far from them, as running heads do and no title."""
    chained = [line for line in lines if line.number in between]
    return bool(chained) and all(line.number in heads and _FAR.search(line.text) for line in chained)


def _torn(lines: Sequence[Line], between: Container[int]) -> bool:
    """Tell whether these lines stand where pages end: not all sentences end above them, nor begin below.

    Twice the same words, or numbers that count up, is one kind of evidence; a line leaves the book only with a second.
    """
    times = Counter(line.text.strip().casefold() for line in lines if len(line.text) < 75)
    seen = torn = fed = 0
    for at, line in enumerate(lines):
        if line.number not in between:
            continue
        seen += 1
        above = next((lines[n].text for n in range(at - 1, -1, -1) if lines[n].number not in between), "")
        below = next((lines[n].text for n in range(at + 1, len(lines)) if lines[n].number not in between), "")
        goes_on = below.lstrip("\"“‘'(_ ")[:1].islower()
        runs_on = len(above.strip()) > _WORDY and not _STOPPED.search(above)
        once = times[below.strip().casefold()] == 1  # what is numbered; a running head comes again
        titled = once and len(line.text.split()) == 1 and written(below) in ("capitals", "title")
        torn += goes_on or (runs_on and not titled)
        fed += "\f" in line.text
    return torn + fed >= max(_TORN * seen, 1 if fed else _TWICE)


def _number(
    line: Line, heads: Mapping[int, tuple[str, int]], times: Mapping[str, int], alone: Mapping[str, int]
) -> int:
    """Return the page that a line may name: its number, alone or beside words that stand there again and again."""
    words, value = heads.get(line.number, ("", 0))
    return value if words and times[words] + alone[words] >= _HEADS else _value(line.text)


def _beside(lines: Sequence[Line], pages: set[int], heads: Container[str]) -> dict[int, str]:
    """Mark the lines right above or below page numbers that are always the same, or the words of running heads."""
    if not pages:
        return {}
    order = {line.number: at for at, line in enumerate(lines)}
    near = [
        lines[at]
        for page in pages
        for at in (order[page] - 1, order[page] + 1)
        if 0 <= at < len(lines) and abs(lines[at].number - page) < 4 and len(lines[at].text.strip()) < 70
    ]
    counts = Counter(line.text.strip().casefold() for line in near)
    return {
        line.number: "running-head"
        for line in near
        if counts[line.text.strip().casefold()] > _HEADS or line.text.strip().casefold() in heads
    }


def _value(text: str) -> int:
    found = _PAGE.match(text.strip())
    if found is None:
        return 0
    sign = found[1] or found[2]
    return figure(sign)


def _chained(numbers: Sequence[tuple[int, int]]) -> set[int]:
    """Return the lines whose numbers follow one another as page numbers do."""
    chains: list[list[tuple[int, int]]] = []
    for line, value in numbers:
        last = chains[-1][-1] if chains else None
        if last and 0 < value - last[1] <= _LEAP and line - last[0] > _APART:
            chains[-1].append((line, value))
        else:
            chains.append([(line, value)])
    return {line for chain in chains if len(chain) >= _CHAIN for line, _ in chain}


def header_fields(lines: Sequence[Line]) -> dict[str, str]:
    """Return what the header of a transcription says of the book: title, author, language; nothing without a header.

    A second row of the title is the subtitle, and so is the number of the volume at its end, which no title has.
    """
    out: dict[str, str] = {}
    above = ""
    for line in lines[:_HEADER]:
        if line.text.startswith("*") and _START.match(line.text):
            if "title" in out:
                out["title"] = _REMARK.sub("", out["title"])
            if volume := _OF_VOLUME.fullmatch(out.get("title", "")):
                out["title"] = volume["title"]
                out["subtitle"] = f"{volume['volume']}{'. ' * ('subtitle' in out)}{out.get('subtitle', '')}"
            return out
        field = re.match(r"^(Title|Author|Language):\s+(\S.*)$", line.text)
        if field:
            out.setdefault(field[1].lower(), field[2].strip())
        elif above == "title" and re.match(r"\s{2,}\S", line.text):
            out["subtitle"] = f"{out.get('subtitle', '')} {line.text.strip()}".strip()
            continue
        above = field[1].lower() if field else ""
    return {}

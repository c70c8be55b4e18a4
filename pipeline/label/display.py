"""What is displayed within running text and is no heading: tables with leaders, captions of tables, notices."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain, pairwise, takewhile

from pipeline.label.labeller import Told
from pipeline.label.looks import written
from pipeline.label.middle import around
from pipeline.label.rows import Row
from pipeline.label.shapes import LEADERS, without_leaders
from pipeline.label.told import SETTLED, overruled, role_of, stretches
from pipeline.model import Reason, Role
from pipeline.parts import NAMED

WHY = {
    "led-to-figures": "Dots lead from its words to a figure, or to other words, as on the lines beside it: a table.",
    "columns-in-line": "A wide space parts its words, and the words behind it stand below one another: a table.",
    "side-by-side": "Paragraphs in two columns, each pair between blank lines: they are read side by side.",
    "heads-its-columns": "Right above a table, its words stand over the columns: their names.",
    "words-in-columns": "Wide spaces part three words and more on a line by itself: a list in columns, no title.",
    "formula": "Set in by itself, signs and letters around a sign of equality: a formula.",
    "names-a-table": "It names a figure, or a table that stands right below, with its number: its caption.",
    "leads-up-to-a-table": "A colon ends it, right above a table: it says what that is of.",
    "drawn-box": "A frame of hyphens and bars is drawn around it: a notice, a card, a board.",
    "drawn": "Strokes, bars and slashes: a figure drawn with the signs of a typewriter, line by line.",
    "set-in-the-middle": "Lines of many lengths, each in the middle of the page: a dedication, an inscription.",
    "announced-notice": "In capitals, below a colon: what stood on a board, a letter, a stone.",
}
"""The rules of what stands apart, each with what an editor would say."""

_MOSTLY = 0.6  # share of the rows of a table that have leaders
_TWO = 2  # rows make a table
_THREE = 3  # rows in columns are no title and no speech
_BELOW = 0.5  # share of the rows of a table that go on below words of a later column
_RULE = re.compile(r"[\s=_+|-]*[=_-]{2}[\s=_+|-]*")
_BOXED = re.compile(r"[|+][^|]*[|+]")
FRAME = re.compile(r"[+*|=:.#'`,/\\ -]*(?:[-=_]{5,}|[*#]{5,})[+*|=:.#'`,/\\ -]*")
"""The upper or lower edge of a box."""

FRAMED = re.compile(r"(?P<bar>[|*!:#])(?P<words>[^|]*)(?P=bar)")
"""What stands between the other two edges."""

_WORD_GAP = re.compile(r"(?<=[^\W\d_]) {3,}(?=[^\W\d_])")
_AMOUNT_LED = re.compile(rf"{LEADERS.pattern}[$£€]?\s?\d")
_AMOUNT = re.compile(r" {2,}[$£€]?\s?\d[\d.,:/]*[¼½¾]?(?=\s|$)")
_MEASURE = re.compile(r"\d[\d/., ]*[^\W\d_][^=]{0,30} = \d[\d/., ]*[^\W\d_][^=]{0,30}")
"""What a measure or a coin is worth, on a row of a table: "12 inches = 1 foot"."""
_EQUALS = re.compile(r"(?:\S|\s)\s?[=<>≤≥≈]\s?\S")
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_MAYBE = (Role.VERSE, Role.PARAGRAPH, Role.QUOTE, Role.ITEM, Role.HEADING, Role.LETTER)
_MAY_STAND_IN_COLUMNS = (Role.VERSE, Role.PARAGRAPH, Role.QUOTE, Role.ITEM)
_FRAMED = 3  # rows of a table in a frame, and what stands over it
_NOTICE = 6  # rows; a board has no more
_ALIGNED = 0.75  # share of the rows whose second column begins, or ends, where the others' does
_WIDE = 4  # columns between the columns of a table at its widest place; a space between sentences has two
_COLUMNS = re.compile(r"(?<=\S) {2,}(?=\S)")
_SIDE = 16  # columns; no side is narrower
_CELL = 30  # characters; two rows with more behind a space are words that ran together
_STROKES = frozenset("/\\|_<>=#+-")
_STROKED = 0.35  # of the signs of a drawing are strokes
_LINES = 4  # lines in the middle of the page, or more; of fewer the middle may be by chance
_LINE_NUMBER = re.compile(r" {2,}\d+$")
_TABLE = re.compile(
    r"\W*(?:table|tab\.|tabelle|tableau|tabla|tabella|tabela|tabel|tabell|таблица|табл\.)\s*(?:nr?\.?\s*)?[\dIVXLC]+\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"\W*(?i:fig|abb|рис)\. ?\d{1,3}\b.*[^\W\d_]{3}")
_COLON = re.compile(r":[\W_]*$")
_LEADS_UP = re.compile(r":(?:--?|[—–])?$")
_OPEN = (Role.PARAGRAPH, Role.VERSE, Role.ITEM, Role.LETTER, Role.QUOTE, Role.HEADING, Role.DIALOGUE)


def led(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take rows right below one another for a table if dots lead to a figure in most of them.

    So are the rows of an account: dots lead to what most things cost, with a remark behind it or none.
    """
    out: dict[int, Told] = {}
    reason = Reason("led-to-figures", Role.TABLE, SETTLED)
    for part in stretches(rows):
        leaders = sum(without_leaders(row.text) != row.text for row in part)
        told_of = leaders >= max(_TWO, _MOSTLY * len(part)) or (len(part) >= _TWO and all(map(_leads, part)))
        if told_of or _is_account(part):
            for row in part:
                if (role := role_of(row, told)) in _OPEN:
                    out[row.number] = overruled(reason, role)
    return out


def _is_account(part: Sequence[Row]) -> bool:
    """Tell whether dots lead to an amount on half of the rows, and the others have one too, or go on below."""
    own = [row for row in part if any(map(str.isalnum, row.text))]  # a rule stands over a sum
    led_to = [_AMOUNT_LED.search(row.text) is not None for row in own]
    amounts = [one or _AMOUNT.search(row.text) is not None for one, row in zip(led_to, own, strict=True)]
    if sum(led_to) < _TWO or 2 * sum(led_to) < len(own):
        return False
    turned = [below.indent > row.indent for row, below in pairwise(own)]
    return all(one or goes_on for one, goes_on in zip(amounts, [*turned, False], strict=True))


def _leads(row: Row) -> bool:
    """Tell whether dots lead once on a row, from its words to others."""
    return len(LEADERS.findall(row.text)) == 1


def columned(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take rows right below one another for a table if a wide space parts each, at one place in nearly all."""
    out: dict[int, Told] = {}
    reason = Reason("columns-in-line", Role.TABLE, SETTLED)
    for part in stretches(rows):
        if not stands_in_columns(part):
            continue
        plain: tuple[Role, ...] = _MAY_STAND_IN_COLUMNS
        gaps = sum(_COLUMNS.search(row.text) is not None for row in part)
        if gaps >= _THREE and all(_goes_on_with_turn(row, told) or role_of(row, told) in _MAYBE for row in part):
            plain = (*plain, Role.HEADING, Role.DIALOGUE)
        for row in part:
            if (role := role_of(row, told)) in plain:
                out[row.number] = overruled(reason, role)
    return out


def side_by_side(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take paragraphs that stand side by side in two columns for a table, where several pairs of them do.

    Each row has words up to a gap before the second column, or there, or both; one column may be the longer.
    """
    out: dict[int, Told] = {}
    run: list[Sequence[Row]] = []
    place = 0
    for part in stretches(rows):
        if run and part[0].gap == 1 and _stands_beside(part, place):
            run.append(part)
            continue
        _settle_sides(run, told, out)
        starts = Counter(row.indent + found.end() for row in part for found in _COLUMNS.finditer(row.text))
        place = starts.most_common(1)[0][0] if starts else 0
        run = [part] if place >= _SIDE and _stands_beside(part, place) else []
    _settle_sides(run, told, out)
    return out


def _stands_beside(part: Sequence[Row], place: int) -> bool:
    """Tell whether all rows of a stretch have their words before a gap, behind it, or both; some row has both."""
    sides = [_sides(row, place) for row in part]
    return all(sides) and "both" in sides


def _sides(row: Row, place: int) -> str:
    """Say on which side of a gap a row has its words: "left", "right", "both"; nothing, if it reaches over it."""
    if row.indent >= place:
        return "right" if row.indent == place else ""
    if row.end < place:
        return "left"
    gap = next((found for found in _COLUMNS.finditer(row.text) if row.indent + found.end() == place), None)
    several = len(_COLUMNS.findall(row.text)) > 1
    return "both" if gap and not several else ""


def _settle_sides(run: Sequence[Sequence[Row]], told: Mapping[int, Told], out: dict[int, Told]) -> None:
    """Settle a run of pairs, if in several of them the cells run over lines, mostly in small letters."""
    gaps = [[len(found[0]) for row in part for found in _COLUMNS.finditer(row.text)] for part in run]
    over = [part for part, own in zip(run, gaps, strict=True) if len(own) >= _TWO and max(own) >= _WIDE]
    below = [text for part in over for row in part[1:] for text in _COLUMNS.split(row.text)]
    small = sum(text.lstrip("_\"'“‘(")[:1].islower() for text in below)
    if len(run) < _TWO or len(over) < _TWO or small < _ALIGNED * len(below):
        return
    reason = Reason("side-by-side", Role.TABLE, SETTLED)
    for row in (row for part in run for row in part):
        if (role := role_of(row, told)) is not None:
            out[row.number] = overruled(reason, role)


def _goes_on_with_turn(row: Row, told: Mapping[int, Told]) -> bool:
    """Tell whether a row is taken for part of a speech, and does not begin it: names stand in a column, too."""
    return role_of(row, told) is Role.DIALOGUE and told[row.number].goes_on


def stands_in_columns(part: Sequence[Row]) -> bool:
    """Tell whether rows of one stretch have a second column: a wide space in each, at one place in nearly all.

    A rule may stand over a sum, and words that begin below those of a later column go on with them.
    """
    if not any("  " in row.text for row in part):
        return False
    part = [row for row in part if not _RULE.fullmatch(row.text)]
    if all(_BOXED.fullmatch(row.text) for row in part):
        return False  # a box around a paragraph
    gaps = [list(_COLUMNS.finditer(row.text)) if "  " in row.text else [] for row in part]
    second = min((row.indent + own[0].end() for row, own in zip(part, gaps, strict=True) if own), default=0)
    below = [row for row, own in zip(part, gaps, strict=True) if row.indent >= second - _TWO]
    if below and len(below) <= _BELOW * len(part):
        part = [row for row in part if row not in below]
        gaps = [list(_COLUMNS.finditer(row.text)) for row in part]
    pages = all(len(own) == 1 and _LINE_NUMBER.search(row.text) for row, own in zip(part, gaps, strict=True))
    if len(part) < _TWO or not all(gaps) or pages:
        return False
    if len(part) == _TWO and any(len(row.text) - own[-1].end() > _CELL for row, own in zip(part, gaps, strict=True)):
        return False
    begins = Counter(row.indent + gap.end() for row, own in zip(part, gaps, strict=True) for gap in own)
    ends = Counter(row.end for row in part)
    wide = max(len(gap[0]) for own in gaps for gap in own) >= _WIDE
    common = max(begins[place - 1] + times + begins[place + 1] for place, times in list(begins.items()))
    return wide and max(common, *ends.values()) >= max(_TWO, _ALIGNED * len(part))


def headed(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take what stands right above a table, with its words over the columns of that, for their names."""
    out: dict[int, Told] = {}
    reason = Reason("heads-its-columns", Role.TABLE, SETTLED)
    for part, below in pairwise(stretches(rows)):
        role = role_of(part[0], told)
        table = len(below) >= _TWO and all(role_of(row, told) is Role.TABLE for row in below)
        if len(part) > _TWO or role not in _OPEN or not table or below[0].gap > 1:
            continue
        places = [row.indent + gap.end() for row in below for gap in _COLUMNS.finditer(row.text)]
        begins = [[row.indent, *(row.indent + gap.end() for gap in _COLUMNS.finditer(row.text))] for row in part]
        if all(len(own) > 1 and all(_is_over(at, places) for at in own[-1:]) for own in begins):
            for row in part:
                out[row.number] = overruled(reason, role_of(row, told))
    return out


def _is_over(at: int, places: Sequence[int]) -> bool:
    return any(abs(at - place) <= _WIDE for place in places)


def word_lists(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take three words and more on a line by itself, wide spaces between them, for a list in columns, not a title."""
    out: dict[int, Told] = {}
    reason = Reason("words-in-columns", Role.TABLE, SETTLED)
    for part in stretches(rows):
        row = part[0]
        role = role_of(row, told)
        parted = (
            len(part) == 1
            and len(_WORD_GAP.findall(row.text)) >= _TWO
            and role in (Role.HEADING, Role.VERSE, Role.PARAGRAPH)
        )
        if parted and _RULE.fullmatch(row.text) is None and any(map(str.isalpha, row.text)):
            out[row.number] = overruled(reason, role)
    return out


def formulas(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take what is set in by itself, signs and letters around a sign of equality, for a formula; measures, too."""
    out: dict[int, Told] = {}
    reason = Reason("formula", Role.QUOTE, SETTLED)
    for part in stretches(rows):
        if not all(row.indent >= _WIDE and _EQUALS.search(row.text) for row in part):
            continue
        measures = len(part) >= _TWO and all(_MEASURE.fullmatch(row.text) for row in part)
        if measures or (len(part) <= _THREE and all(len(_LONG_WORD.findall(row.text)) == 0 for row in part)):
            for row in part:
                if (role := role_of(row, told)) in _OPEN:
                    out[row.number] = overruled(reason, role)
    return out


def led_up(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take a line that a colon ends, above a table, for the words that lead up to it."""
    out: dict[int, Told] = {}
    reason = Reason("leads-up-to-a-table", Role.PARAGRAPH, SETTLED)
    for part, below in pairwise(stretches(rows)):
        role = role_of(part[0], told)
        table = role_of(below[0], told) is Role.TABLE and below[0].gap == 1
        if (
            table
            and len(part) == 1
            and role in (Role.LETTER, Role.VERSE, Role.QUOTE)
            and _LEADS_UP.search(part[0].text)
        ):
            out[part[0].number] = overruled(reason, role)
    return out


def captioned(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take what names a table and stands right above one for its caption.

    So do few rows in capitals, in the middle of the page and no heading; and one row over the frame of a table. What
    names a figure with its number heads nothing either.
    """
    out: dict[int, Told] = {}
    parts = stretches(rows)
    for part, below in zip(parts, [*parts[1:], []], strict=True):
        role = role_of(part[0], told)
        table = bool(below) and role_of(below[0], told) is Role.TABLE
        if table and (
            (role in _OPEN and _TABLE.match(part[0].text)) or (below[0].gap == 1 and _is_over_table(part, told))
        ):
            _caption(part, told, out)
        elif len(part) > _FRAMED and role is Role.TABLE and _is_over_frame(part):
            _caption(part[:1], told, out)
        elif role is Role.HEADING and _FIGURE.match(part[0].text):
            _caption(part, told, out)
    return out


def _caption(part: Sequence[Row], told: Mapping[int, Told], out: dict[int, Told]) -> None:
    reason = Reason("names-a-table", Role.CAPTION, SETTLED)
    for n, row in enumerate(part):
        was = role_of(row, told)
        out[row.number] = overruled(reason, was, goes_on=n > 0)


def _is_over_table(part: Sequence[Row], told: Mapping[int, Told]) -> bool:
    """Tell whether a few rows in capitals stand set in above a table, and are read as something that it is not."""
    quoted = all(role_of(row, told) in (Role.QUOTE, Role.VERSE, Role.LETTER, Role.ATTRIBUTION) for row in part)
    loud = written(" ".join(row.text for row in part)) == "capitals"
    return quoted and loud and len(part) <= _THREE and all(row.indent >= _WIDE for row in part)


def _is_over_frame(part: Sequence[Row]) -> bool:
    """Tell whether a frame with corners is drawn from the second row on, and words stand in the middle above it."""
    words, frame = part[:2]
    drawn = FRAME.fullmatch(frame.text) is not None and frame.text[:1] + frame.text[-1:] == "++"
    single = not any(sign in words.text for sign in "|+") and _COLUMNS.search(words.text) is None
    return drawn and single and frame.indent < words.indent and words.end < frame.end


def is_box(rows: Sequence[str]) -> bool:
    """Tell whether a frame is drawn around rows, the first and last of which are edges, and no column parts them."""
    inside = [found["words"].strip() if (found := FRAMED.fullmatch(row)) else None for row in rows[1:-1]]
    edges = len(rows) > _TWO and all(FRAME.fullmatch(row) for row in (rows[0], rows[-1]))
    parted = sum(words is not None and _WORD_GAP.search(words) is not None for words in inside)
    return edges and None not in inside and any(inside) and parted < _TWO


def boxes(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take what stands in a box for a quotation: neither a table of one column, nor headings."""
    out: dict[int, Told] = {}
    reason = Reason("drawn-box", Role.QUOTE, SETTLED)
    for part in stretches(rows):
        if is_box([row.text for row in part]):
            for row in part:
                if row.number in told:
                    role = told[row.number].role
                    out[row.number] = overruled(reason, role)
    return out


def notices(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take a few rows in capitals below a colon for what somebody reads, not for a heading."""
    out: dict[int, Told] = {}
    reason = Reason("announced-notice", Role.QUOTE, SETTLED)
    parts = stretches(rows)
    for at, above in enumerate(parts):
        if role_of(above[-1], told) is not Role.PARAGRAPH or not _COLON.search(above[-1].text):
            continue
        read = list(takewhile(lambda part: _is_notice(part, told), parts[at + 1 : at + 1 + _NOTICE]))
        heads = any(role_of(part[0], told) is Role.HEADING for part in read)
        if heads and sum(map(len, read)) <= _NOTICE:
            for row in chain.from_iterable(read):
                out[row.number] = overruled(reason, role_of(row, told))
    return out


def _is_notice(part: Sequence[Row], told: Mapping[int, Told]) -> bool:
    """Tell whether a stretch is display in capitals, no more room above it than a line, and names no chapter."""
    text = " ".join(row.text for row in part)
    shown = all(role_of(row, told) in (Role.HEADING, Role.PARAGRAPH, Role.QUOTE, Role.VERSE) for row in part)
    return shown and part[0].gap <= _TWO and written(text) == "capitals" and not NAMED.match(text.strip("_*= "))


def drawn(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take figures that are drawn with strokes for lines that stay as they are, with the letters at their edges."""
    out: dict[int, Told] = {}
    reason = Reason("drawn", Role.VERSE, SETTLED)
    parts = stretches(rows)
    drawings = [len(part) >= _THREE and not is_box([row.text for row in part]) and _is_drawn(part) for part in parts]
    for n, part in enumerate(parts):
        beside = any(
            near and max(part[0].gap, parts[n + 1][0].gap if n + 1 < len(parts) else 0) <= _TWO
            for near in (drawings[n - 1 : n] + drawings[n + 1 : n + 2])
        )
        if drawings[n] or (beside and (_is_label(part) or _is_drawn(part))):
            for row in part:
                if (role := role_of(row, told)) is not None:
                    out[row.number] = overruled(reason, role)
    return out


def _is_label(part: Sequence[Row]) -> bool:
    """Tell whether rows are letters, or words in columns, as they stand at the edge of a drawing."""
    return all(row.indent >= _WIDE and (len(row.text) <= _TWO or _COLUMNS.search(row.text)) for row in part)


def _is_drawn(part: Sequence[Row]) -> bool:
    signs = sum(not sign.isspace() for row in part for sign in row.text)
    strokes = sum(sign in _STROKES for row in part for sign in row.text)
    slanted = sum(any(sign in "/\\|" for sign in row.text) for row in part)
    columns = sum(row.text.count("|") > 1 for row in part)  # of a table
    return strokes >= _STROKED * signs and 2 * slanted > len(part) and 2 * columns <= len(part)


def centred(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take lines of many lengths around one middle for lines, not for a paragraph that runs on."""
    out: dict[int, Told] = {}
    reason = Reason("set-in-the-middle", Role.LETTER, SETTLED)
    for part in stretches(rows):
        if len(part) < _LINES or not {role_of(row, told) for row in part} <= {Role.PARAGRAPH, Role.QUOTE}:
            continue
        spans = sorted(((row.indent, row.end) for row in part), key=sum)
        middle = sum(spans[len(spans) // 2]) / 2
        indents = {row.indent for row in part}
        if min(indents) > 0 and len(indents) >= _THREE and around(spans, middle):
            for row in part:
                role = told[row.number].role
                out[row.number] = overruled(reason, role)
    return out

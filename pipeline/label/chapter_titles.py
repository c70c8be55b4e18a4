"""What stands right below the number of a chapter or part: its title, or the first heading inside it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.label.formulas import is_dateline
from pipeline.label.headings import GOES_ON, TITLE_AGAIN
from pipeline.label.headlines import (
    IN_ORDER,
    is_led,
    leads_of,
    led_by,
    letters_of,
    names_itself,
    number_alone,
    number_of,
    ordered_alone,
    ordered_of,
    shouts,
    value_of,
)
from pipeline.label.labeller import Told
from pipeline.label.looks import written
from pipeline.label.notes import without_call
from pipeline.label.rows import Row
from pipeline.label.series import (
    COUNTS_UP,
    DAY,
    LETTER,
    MAY_BE_TITLES,
    NO_TITLE,
    NUMBER_AND_TITLE,
    NUMBER_FIRST,
    TITLE_GAP,
    TITLE_LONGEST,
    TITLE_ROWS,
)
from pipeline.label.told import SETTLED, SURE, is_settled, overruled, role_of, stretches
from pipeline.model import Reason, Role
from pipeline.parts import CARDINALS, FRONT_OR_BACK, LAST, NAMED, NUMBER, NUMBERED, named_by

_ALL_TITLED = 5  # chapters, each of which has a sentence right below its number
_COUNTS_UP = 0.7  # share of the numbers of chapters that have a title below
_DASHES = re.compile(r"(?:--|[—–]).*(?:--|[—–])")
_DISPLAY_REACH = 5  # blank lines between the number of a chapter and its title, where it is written as one, and
_TITLE_REACH = 3  # where it is not
_SENTENCE_WORDS = 10  # of a line with many capitals that ends with a stop; a title in title case has fewer
_SERIES = 3  # titles below numbers
_TWICE = 2
_STOPS = ("。", "।", "॥", "။", "។", "።")  # of Chinese, Indian, Burmese, Khmer, Ethiopian sentences
_UNSTOPPED = re.compile("[\u0e00-\u0eff]")  # of Thai and Lao, whose sentences have no stop:
_NAME = 24  # letters of a title there, at most
_TELLS = re.compile(  # how a chapter says what happens in it
    r"(?:in which|wherein|containing|showing (?:how|that)|treat(?:ing|s) of|tells (?:how|of)|of how|of the manner"
    r"|dans lequel|où (?:l[’']on|il)|comment |worin|in welchem|wie |en (?:que|el cual|donde)|donde se|de como"
    r"|nel quale|dove si|come |em que|waarin|hvori|i hvilke)\b",
    re.IGNORECASE,
)
_WITHIN = re.compile(r"(?P<number>\d+(?:\.\d+)+)\.?\s+(?P<words>\S.*)")
_YEARS = re.compile(
    r"[(\[]?(?:a\. ?d\. |(?:b|d|c|ca|fl)\. ?)?\d{3,4}\??(?: ?(?:--|[-–—]) ?(?:\d{2,4}\??)?|(?<=[a-z]\. \d{4}))[)\].]*",
    re.IGNORECASE,
)
_TITLE_LETTERS = 5
_ASIDES = ("(", "_")
_KIND = 40  # characters; what kind of tale it is takes no more
_CHAPTER = 2  # the rank of what names itself a chapter; parts lie above
_COUNTED = re.compile(r"(?P<words>[^\d]*)\((?:\d{1,3}|[IVXLC]+)\)")  # "The Ferry (II)"


def named_over_titles(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take the number of a chapter and the title right below it for its heading, where all chapters have such.

    "Chapter Two" stands alone on its row there, a short title on the next, and nothing else before a blank line.
    """
    pairs = [part for part in stretches(rows) if len(part) == NUMBER_AND_TITLE and len(part[1].text) <= TITLE_LONGEST]
    named = [part for part in pairs if NAMED.match(part[0].text.strip("_*= ")) and part[1].text[-1] not in NO_TITLE]
    found = [part for part in named if number_alone(part[0].text)]
    loud = [
        (part, value_of(number["sign"]))
        for part in pairs
        if (number := NUMBER.match(part[0].text.strip("_*= "))) and shouts(part[1].text) and part[0].gap > 1
    ]
    if len(loud) >= _SERIES and [value for _, value in loud] == list(range(1, len(loud) + 1)):
        found += [part for part, _ in loud]
    if len(found) < _TWICE:
        return {}
    reason = Reason(COUNTS_UP, Role.HEADING, SETTLED)
    return {
        row.number: overruled(reason, told[row.number].role, goes_on=n > 0, score=SURE)
        for part in found
        for n, row in enumerate(part)
        if role_of(row, told) in (*MAY_BE_TITLES, Role.VERSE, Role.DIALOGUE)
    }


def titles_below(rows: Sequence[Row], told: Mapping[int, Told], close: bool) -> dict[int, Told]:
    """Take short stretches for titles that stand right below the numbers of chapters, if most numbers have one.

    ``close``: the text has one blank line everywhere, so that the room around a sentence does not make it a title.
    """
    parts = stretches(rows)
    heads = [all(role_of(row, told) is Role.HEADING for row in part) for part in parts]
    leads = leads_of(" ".join(row.text for row in part) for part, head in zip(parts, heads, strict=True) if head)
    numbers = 0
    runs: list[list[list[Row]]] = []  # the title below each number, or nothing, since the numbers began again
    value = 0
    titles: list[list[Row]] = []
    sentences: list[list[Row]] = []
    sorts: Counter[str] = Counter()  # of numbers: of books, of chapters
    by_sort: dict[str, list[list[Row]]] = defaultdict(list)
    for n, (head, title, after) in enumerate(zip(parts, parts[1:], parts[2:], strict=False)):
        words = " ".join(row.text for row in head)
        # Below "Letter 5" stands where it was written.
        if not heads[n] or not (number_alone(words) or is_led(words, leads)) or LETTER.match(words):
            continue
        numbers += 1
        sort = _sort(words)
        sorts[sort] += 1
        before, value = value, number_of(words)
        if not runs or value <= before:
            runs.append([])
        runs[-1].append([])
        text = " ".join(row.text for row in title)
        reach = _TITLE_REACH if written(text) in ("sentence", "some") else _DISPLAY_REACH
        telling = _TELLS.match(text) is not None or _DASHES.search(text) is not None
        plain = close or (title[0].gap == after[0].gap == 1 and not heads[n + 2])
        sentence = (
            any(stop in text for stop in _STOPS)
            or len(_UNSTOPPED.findall(text)) > _NAME
            or (plain and not telling and _is_sentence(text))
        )
        listed = len(title) > 1 and all(NUMBERED.match(row.text) for row in title)  # questions below a heading
        short = (
            text[0] != "["
            and not listed
            and len(title) <= TITLE_ROWS
            and len(text) <= TITLE_LONGEST
            and title[0].gap <= reach
        )
        room = after[0].gap >= title[0].gap or reach > _TITLE_REACH
        short = short and not (role_of(title[0], told) is Role.LETTER and DAY.search(text))  # the head of a letter
        by_itself = len(title) == 1 < len(after)  # no stanza is one line, where those below it have several
        may_be = (*MAY_BE_TITLES, Role.VERSE) if by_itself and title[0].text[-1] not in ",;:" else MAY_BE_TITLES
        if short and room and all(role_of(row, told) in may_be for row in title):
            if not sentence:
                titles.append(title)
                runs[-1][-1] = title
                by_sort[sort].append(title)
            elif not heads[n + 2]:  # else it is all that the chapter says
                sentences.append(title)
    if len(titles) + len(sentences) == numbers >= _ALL_TITLED and all(map(_may_be_title, sentences)):
        titles += sentences  # no book begins each of its chapters with a paragraph of one row
    if len(titles) < _SERIES or len(titles) < _COUNTS_UP * numbers:
        # The songs of one part may all have titles, and the sayings of the next none; capitals say it of themselves.
        whole = [title for run in runs if len(run) >= _SERIES and all(run) for title in run]
        # So may all books have titles, and none of the chapters in them.
        whole += [
            title
            for sort, found in by_sort.items()
            if len(found) == sorts[sort] >= _SERIES
            for title in found
            if title not in whole
        ]
        loud = _loud(parts, titles)
        titles = whole + [title for title in loud if title not in whole]
    reason = Reason(GOES_ON, Role.HEADING, SETTLED)
    return {row.number: overruled(reason, None, goes_on=True, score=SURE) for title in titles for row in title}


def _sort(words: str) -> str:
    """Return of what a heading is the number: "book", or which figures stand alone."""
    bare = words.strip("_*= .")
    if named := NAMED.match(bare):
        return named_by(named)[0]
    return "1" if bare[:1].isdigit() else "I" if NUMBER.match(bare) else bare.partition(" ")[0].casefold()


def _loud(parts: Sequence[Sequence[Row]], titles: Sequence[list[Row]]) -> list[list[Row]]:
    """Return the titles of one row in capitals, where several numbers have such and no other row says the same."""
    said = Counter(_letters(part[0].text) for part in parts)
    loud = [title for title in titles if len(title) == 1 and shouts(title[0].text)]
    loud = [title for title in loud if said[_letters(title[0].text)] == 1]
    return loud if len(loud) >= _SERIES else []


def _letters(text: str) -> str:
    """Return the letters of a line, but for the call of a note at its end: one "ARGUMENT.(40)" may have it."""
    return letters_of(without_call(text, rounded=True) or text)


def _is_last(above: str, text: str) -> bool:
    """Tell whether what says that it is the last chapter is the title of a number: "XX", and "Dernier chapitre"."""
    return NUMBER.match(above.strip("_*= ")) is not None and LAST.search(text) is not None


def _is_sentence(text: str) -> bool:
    """Tell whether a line is written as a sentence, and ends as one; in German most nouns have capitals."""
    form = written(text)
    return text[-1] in '.!?:;,”"«' and (form == "sentence" or (form == "some" and len(text.split()) >= _SENTENCE_WORDS))


def _may_be_title(part: Sequence[Row]) -> bool:
    """Tell whether a sentence may be the title of a chapter: it takes one row, or says what happens, with dashes."""
    text = " ".join(row.text for row in part)
    return (
        not any(stop in text for stop in _STOPS)
        and text[-1] == "."
        and (len(part) == 1 or _DASHES.search(text) is not None)
    )


def titled(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Let a heading that stands right below the number of a chapter go on with it: its title."""
    out: dict[int, Told] = {}
    above: list[Row] = []
    heads = [row.text for row in rows if (one := told.get(row.number)) and one.role is Role.HEADING]
    leads, ordered = leads_of(heads), ordered_of(heads)

    def alone(text: str) -> bool:
        return number_alone(text) or is_led(text, leads) or bool(ordered_alone(text, ordered))

    for row in rows:
        one = told.get(row.number)
        if one is None or one.role is not Role.HEADING:
            above = []
            continue
        if above and row.gap:
            # Whence a piece is, in brackets, may stand between its number and its title.
            words = " ".join(part.text for n, part in enumerate(above) if not n or part.text[0] not in _ASIDES)
            if LETTER.match(words) and (DAY.search(row.text) or is_dateline(row.text)):  # where and when it was written
                out[row.number] = replace(one, role=Role.LETTER, goes_on=False, rival=Role.HEADING)
                above = []
                continue
            numbered = not _is_last(words, row.text) and (
                alone(row.text) or names_itself(row.text, ordered) is not None
            )
            if alone(words) and numbered:
                out[row.number] = replace(one, goes_on=False)  # the first chapter of a part
                above = []
            elif not one.goes_on and row.gap <= TITLE_GAP and alone(words):
                out[row.number] = replace(one, goes_on=True)
            elif not one.goes_on:
                above = []
        above.append(row)
    return out


def wrapped(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take the full first row of a paragraph, which the labeller took for a title, to the paragraph."""
    out: dict[int, Told] = {}
    for part in stretches(rows):
        one, after = told.get(part[0].number), told.get(part[1].number) if len(part) > 1 else None
        if one and after and one.role is Role.HEADING and after.role is Role.PARAGRAPH:
            full = part[0].end + 1 + part[1].need > max(row.end for row in part)
            if full and written(part[0].text) in ("sentence", "some"):
                out[part[0].number] = replace(one, role=Role.PARAGRAPH, goes_on=False, rival=Role.HEADING)
                out[part[1].number] = replace(after, goes_on=True)
    return out


@dataclass(slots=True)
class _Headed:
    """The rows of a heading between two blank lines: whether it is joined to the one right above, and which that is."""

    rows: list[Row]
    joined: bool
    above: _Headed | None

    @property
    def text(self) -> str:
        return " ".join(row.text for row in self.rows)


def apart(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Part headings that stand right below others, and are no titles of these.

    Where those written like one mostly stand over text by themselves, it is the first heading inside what stands above
    it. Below a number so is what counts for itself; what most chapters with such numbers have not; and below the number
    of a part what heads its chapters, and "The Argument" that stands below several. A sentence below few of the numbers
    is text.
    """
    heads = _headed(rows, told)
    series = _Series(
        leads_of(head.text for head in heads),
        ordered_of(head.text for head in heads),
        Counter(found["words"].casefold() for head in heads if (found := _COUNTED.fullmatch(head.text))),
    )
    numbers = Counter(series.numbers(head.text) for head in heads)
    over = {id(head.above): series.counts(head.text) for head in heads if head.above}
    alone = Counter((_manner(head.text), over.get(id(head))) for head in heads if not head.joined)
    sections = _sections(heads, series)
    by_itself = Counter(_manner(head.text) for head in heads if not head.joined)
    words = Counter(_letters(head.text) for head in heads)  # "The Argument" in each book
    joined = Counter(_manner(head.text) for head in heads if head.joined)
    below: dict[str, list[_Headed]] = defaultdict(list)
    surely: dict[str, set[str]] = defaultdict(set)  # how titles are written that stand below such numbers for sure
    subtitles = _subtitles(rows, heads, series, by_itself, told)
    out = dict(subtitles)
    for head in heads:
        above = head.above
        while (
            above and above.above and above.text[0] in _ASIDES and (above.joined or above.rows[0].number in subtitles)
        ):
            above = above.above  # whence it is, in brackets or italics
        number = series.numbers(above.text) if above else ""
        if head.rows[0].number in subtitles:
            surely[number].add(_manner(head.text))
            continue
        if number:
            below[number].append(head)
        elif head.joined and by_itself[_manner(head.text)] >= _TWICE * joined[_manner(head.text)]:
            out |= _begins(head, told)
    for number, titles in below.items():
        few = numbers[number] >= _SERIES and len(titles) < _COUNTS_UP * numbers[number]
        named = NAMED.match(titles[0].above.text.strip("_*= ")) if titles[0].above else None
        part = named is not None and named_by(named)[1] < _CHAPTER
        manners = {id(head): _manner(head.text) for head in titles}
        # A chapter inside the part, if most that are written like it stand over the same: text, or numbers.
        over_same = {
            id(head): alone[manners[id(head)], over.get(id(head))] if over.get(id(head)) is not False else 0
            for head in titles
        }
        named_so = surely[number] | {  # what one part has below its number as its title, the others have too
            manner
            for manner in manners.values()
            if any(over_same[one] <= len(titles) for one, same in manners.items() if same == manner)
        }
        for head in titles:
            if few and head.text[-1] in '.!?…”"' and written(head.text) in ("sentence", "some"):
                out |= {
                    row.number: replace(told[row.number], role=Role.PARAGRAPH, goes_on=n > 0, rival=Role.HEADING)
                    for n, row in enumerate(head.rows)
                }
                continue
            manner = manners[id(head)]
            inside = manner not in named_so if part else few and 2 * sections[number, manner] >= numbers[number]
            counts = series.counts(head.text) and not (head.above and _is_last(head.above.text, head.text))
            bare = without_call(head.text, rounded=True).strip("_*= .")
            named_again = words[_letters(head.text)] >= _TWICE and FRONT_OR_BACK.match(bare)
            if head.joined and (counts or inside or named_again):
                out |= _begins(head, told)
    return out


def _subtitles(
    rows: Sequence[Row], heads: Sequence[_Headed], series: _Series, by_itself: Counter[str], told: Mapping[int, Told]
) -> dict[int, Told]:
    """Join what stands right below a heading, closer to that than to the text, as no heading by itself does."""
    room = {one.number: after.gap for one, after in pairwise(rows)}
    least: dict[str, int] = {}  # the room above such headings by themselves
    for head in heads:
        if not head.above:
            manner, gap = _manner(head.text), head.rows[0].gap
            least[manner] = min(gap, least.get(manner, gap))
    out: dict[int, Told] = {}
    for head in heads:
        manner, gap = _manner(head.text), head.rows[0].gap
        if not head.above or series.counts(head.text) or FRONT_OR_BACK.match(head.text.strip("_*= .")):
            continue
        first = head.rows[0].number
        sister = is_settled(told[first]) and not head.joined  # others like it head text
        slanted = head.text[0] in "_(" and by_itself[manner] == (not head.joined) and not sister  # no other
        if gap == 1 and (slanted or (room.get(head.rows[-1].number, 0) > gap and least.get(manner, TITLE_GAP) > gap)):
            out[first] = replace(told[first], goes_on=True)
    return out


def listed_apart(rows: Sequence[Row], told: Mapping[int, Told], listed: Mapping[str, int]) -> dict[int, Told]:
    """Part a heading from the title above it where the list of contents has both: a part, and its first chapter."""
    out: dict[int, Told] = {}
    above: list[Row] = []
    for part in stretches(rows):
        if not all(role_of(row, told) is Role.HEADING for row in part):
            above = []
            continue
        first = part[0].number
        words = " ".join(row.text for row in above)
        both = letters_of(" ".join(row.text for row in part)) in listed and letters_of(words) in listed
        if above and told[first].goes_on and both and not number_alone(words):
            out[first] = replace(told[first], goes_on=False)
        above = [*(above if told[first].goes_on and first not in out else ()), *part]
    return out


def dated(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Let the years that a part of a history tells of, or in which a poet lived, go on with the heading above them."""
    reason = Reason(GOES_ON, Role.HEADING, SETTLED)
    return {
        part[0].number: overruled(reason, None, goes_on=True, score=SURE)
        for above, part in pairwise(stretches(rows))
        if len(part) == 1
        and part[0].gap == 1
        and role_of(above[-1], told) is Role.HEADING
        and role_of(part[0], told) in MAY_BE_TITLES
        and _YEARS.fullmatch(part[0].text.strip("_*= "))
    }


def again(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Leave out titles that stand again over their text, below a page of their own, where several pieces have such.

    What stands on that page below the title is its subtitle: "A TALE".
    """
    parts = stretches(rows)
    found: list[tuple[Sequence[Row], Sequence[Row]]] = []
    for n, title in enumerate(parts[:-1]):
        if role_of(title[0], told) is not Role.HEADING:
            continue
        key = letters_of(" ".join(row.text for row in title))
        if len(key) < _TITLE_LETTERS:
            continue
        none: Sequence[Row] = ()
        for between, text in ((none, parts[n + 1]), (parts[n + 1], parts[n + 2] if n + 2 < len(parts) else none)):
            same = bool(text) and text[0].gap >= TITLE_GAP and letters_of(" ".join(row.text for row in text)) == key
            short = len(between) <= 1 and all(len(row.text) <= _KIND and row.text[-1] not in ".,;:" for row in between)
            if same and short and all(role_of(row, told) in MAY_BE_TITLES for row in (*between, *text)):
                found.append((between, text))
                break
    if len(found) < _TWICE:
        return {}
    heading, left = (
        Reason(GOES_ON, Role.HEADING, SETTLED),
        Reason(TITLE_AGAIN, Role.BOILERPLATE, SETTLED),
    )
    return {
        row.number: overruled(heading, None, goes_on=True, score=SURE) for between, _ in found for row in between
    } | {
        row.number: overruled(left, None, goes_on=n > 0, score=SURE) for _, text in found for n, row in enumerate(text)
    }


def _headed(rows: Sequence[Row], told: Mapping[int, Told]) -> list[_Headed]:
    """Return the headings of a text, as they stand between blank lines."""
    out: list[_Headed] = []
    above: _Headed | None = None
    for row in rows:
        one = told.get(row.number)
        if one is None or one.role is not Role.HEADING:
            above = None
        elif above and not row.gap:
            above.rows.append(row)
        else:
            above = _Headed([row], one.goes_on and above is not None, above)
            out.append(above)
    return out


def _sections(heads: Sequence[_Headed], series: _Series) -> Counter[tuple[str, str]]:
    """Count for each sort of number and each manner the chapters inside which such headings stand by themselves."""
    out: Counter[tuple[str, str]] = Counter()
    inside: dict[str, set[str]] = {}
    for head in heads:
        if number := series.numbers(head.text):
            inside[number] = set()
        elif not head.joined:
            for number, found in inside.items():
                out[number, _manner(head.text)] += _manner(head.text) not in found
                found.add(_manner(head.text))
    return out


def _begins(head: _Headed, told: Mapping[int, Told]) -> dict[int, Told]:
    first = head.rows[0].number
    return {first: replace(told[first], goes_on=False)}


@dataclass(frozen=True, slots=True)
class _Series:
    """The words that headings of a text have before or behind their numbers, and how often."""

    leads: Mapping[str, int]
    ordered: Mapping[str, int]
    bracketed: Mapping[str, int]  # words before a number in brackets; by itself it may call a note

    def numbers(self, text: str) -> str:
        """Return of what a heading is the number, and nothing more: "chapter", which figures; nothing if it is none."""
        words = text.strip("_*= .")
        if named := names_itself(words, self.ordered):
            return named_by(named)[0] if number_alone(text) else ""
        if number := NUMBER.match(words):
            return "1" if number["sign"].isdigit() else "I"
        led = led_by(text) if is_led(text, self.leads) else None
        if led:
            return led[0]
        if word := ordered_alone(text, self.ordered):
            return f"{IN_ORDER}{word}"
        return "word" if words.casefold() in CARDINALS else "appendix" if number_alone(text) else ""

    def counts(self, text: str) -> bool:
        """Tell whether a heading has a number of its own, so that it is no title of what stands above."""
        words = text.strip("_*= ")
        named = names_itself(words, self.ordered) or NUMBERED.match(words)
        counted = _COUNTED.fullmatch(text)
        again = counted is not None and self.bracketed[counted["words"].casefold()] >= _TWICE
        return again or bool(self.numbers(text) or named)


def _manner(text: str) -> str:
    """Say how a heading is written: its signs, its number, its capitals."""
    found = NUMBER_FIRST.match(text) or _WITHIN.match(text)
    number = (
        re.sub(r"\d+", "1", re.sub(r"\b[IVXLC]+\b", "I", found[0][: found.end() - len(found["words"] or "")]))
        if found
        else ""
    )
    return f"{text[0] if text[0] in '_=*#' else ''}{number}{written(text)}"

"""Feet: the notes at the foot of each page, and the calls in the text that they answer.

A note at the foot begins with its label, a number or a sign, and somewhere above it on its page the same label stands
at the end of a word. One of both alone is nothing: a row may begin with any number. Where a machine read the print, a
raised figure became whatever is as small (``’``, ``*``, ``°``); there the notes are told by the sentence that they
interrupt, and their calls by signs that nothing else explains.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from itertools import pairwise, takewhile
from statistics import median

from pipeline.kinds.pages.leaves import Row
from pipeline.kinds.pages.measure import Measure
from pipeline.kinds.pages.spoilt import spoilt
from pipeline.model import RAISED_SIGNS

__all__ = ["HIGH", "RAISED", "Foot", "calls_in", "feet", "is_raised", "set_loose", "tagged_feet"]

HIGH = "".join(sign for plain, sign in RAISED_SIGNS.items() if plain.isalpha())
_RAISED = frozenset(RAISED_SIGNS.values())
RAISED = str.maketrans({sign: plain for plain, sign in RAISED_SIGNS.items()})
_SIGNS = r"[*∗†‡§¶‖]{1,9}"  # a page that has used them all doubles them, and so on
_OPENS = re.compile(
    rf"^(?:\[(?P<square>[\d⁰¹²³⁴-⁹]{{1,3}}|{_SIGNS}|[a-z])\]|\((?P<round>[\d⁰¹²³⁴-⁹]{{1,3}}|{_SIGNS}|[a-z])\)"
    rf"|(?P<raised>[¹²³⁰⁴-⁹]{{1,3}})\)?|(?P<sign>{_SIGNS})\)?|(?P<letter>[a-z])\)(?=\s)"
    rf"|(?P<high>[{HIGH}])"
    r"|(?P<stopped>\d{1,3})[.):](?=\s)|(?P<plain>\d{1,3})(?=[\s“\"‘'(\[—–]|[^\W\d]|$))\s*"
)
_CALL = re.compile(
    rf"\[(?P<square>[\d⁰¹²³⁴-⁹]{{1,3}}|{_SIGNS}|[a-z])\]|(?<=[^\s(\[])\((?P<round>[\d⁰¹²³⁴-⁹]{{1,3}}|{_SIGNS}|[a-z])\)"
    rf"|(?<=[^\s¹²³⁰⁴-⁹])(?P<raised>[¹²³⁰⁴-⁹]{{1,3}})|(?<=\S)\s?(?P<sign>{_SIGNS})(?=$|[\s.,;:!?)\]”’\"'—–])"
    r"|(?<=[^\W\d_]|[.,;:!?”\"’')\]…—–])(?P<letter>[a-z])\)"
    rf"|(?<=\S)(?P<high>[{HIGH}])(?![^\W\d_]|[{HIGH}])"
    r"|(?<=[^\W\d_]|[.,;:!?”\"’')\]…—–])(?:(?<!\d[.,:])|(?<=\d{4}[.,:]))(?P<plain>\d{1,3})(?=$|[\s.,;:!?)\]”’\"'—–])"
)
_ANSWERS = {
    "square": {"square", "raised"},  # at the foot; in the text it may stand raised without
    "round": {"round", "plain", "raised", "sign", "letter"},  # at the foot; in the text it may stand raised without
    "raised": {"plain", "raised", "round"},
    "plain": {"plain", "raised", "round"},
    "stopped": {"plain", "raised", "round"},
    "sign": {"sign", "round"},
    "letter": {"letter", "round", "high"},
    "high": {"high"},
}
"""The forms of calls in the text that a label of each form at the foot answers."""

_NUMBERS = {"plain", "raised", "stopped"}
_COUNTS = re.compile(r"\b(?:pp?|nos?|nr|vols?|bd|t|figs?|abb|chs?|cap|chapter|part|page|section|§)$", re.IGNORECASE)
_ENDED = re.compile(r"[.!?…:;][\"'”’»)\]*\d]*$")
_SMALLER = 0.93  # of the size of most rows of the page
_LARGER = 1.06  # times the size of the text; no note is set so large
_SHORT = 0.75  # of the widest row; a shorter one is the last of its note
_MOSTLY = 0.8  # of the notes that a file tells of have their calls
_SOME = 0.3  # of the rows with a label that is called
_TWICE = 2  # notes; one alone of another form is an accident
_DEEPEST = 0.75  # of the rows of a page; notes hardly take more


@dataclass(slots=True)
class Foot:
    """A note at the foot of a page: its label, its rows, and the call: the line, and the place of the label on it.

    ``goes_on``: rows on the pages after. ``opening``: how many letters of the first row are the label. ``behind``: it
    stands in a list of notes behind its chapter or book.
    """

    label: str
    rows: list[Row]
    opening: int
    call: tuple[int, int, int] | None = None
    sure: bool = True
    goes_on: list[Row] = field(default_factory=list)
    behind: bool = False


@dataclass(frozen=True, slots=True)
class _Label:
    form: str
    text: str
    end: int


def feet(
    pages: Sequence[Sequence[Row]], measure: Measure, answered: Set[tuple[int, int]], *, read_by_machine: bool
) -> list[Foot]:
    """Find the notes at the feet of the pages.

    Args:
        pages: the rows of each page without its furniture.
        measure: how wide the rows of running text are.
        answered: the calls that other notes answer already: their lines, and where they begin there.
        read_by_machine: the text is OCR's: labels may be lost.

    """
    out: list[Foot] = []
    last = 0
    body = _text_size(pages)
    habit = _habit(pages, body, answered)
    lost = spoilt(pages, measure) if read_by_machine and not body else []
    misread = sum(note.seen for notes in lost for note in notes)
    if misread > habit.hits + 1:
        habit = _Habit()  # most labels are lost, and those that are not may be something else
    else:
        lost = [notes if all(note.seen for note in notes) else [] for notes in lost]
    waiting: list[_Called] = []
    for at, page in enumerate(pages):
        tail = _tail(page, body) if habit.small else 0
        found = _on_page(page, habit, last, waiting, tail) if habit.forms else []
        if not found and lost:
            found = [Foot("?", note.rows, note.opening, note.call, sure=False) for note in lost[at]]
        if out and (*out[-1].rows, *out[-1].goes_on)[-1].page == at - 1:
            _go_on(out[-1], page, found, measure, body)
        out += found
        last = next((int(foot.label) for foot in reversed(found) if foot.label.isdigit()), last)
        rows = {row.number for foot in found for row in foot.rows}
        set_loose(found, [row for row in page if row.number not in rows])
        bound = {foot.call[:2] for foot in found if foot.call}
        text = [row for row in page if row.number not in rows]
        waiting = [call for call in _called(text, habit) if _place(call) not in bound]
    return out


def tagged_feet(pages: Sequence[Sequence[Row]], notes: Sequence[Sequence[Row]]) -> list[Foot]:
    """Bind the notes that the file itself says are some; nothing if calls are not found for most of them.

    Args:
        pages: the rows of each page without its furniture.
        notes: the rows of each note.

    """
    noted = {row.number for rows in notes for row in rows}
    text = [[row for row in page if row.number not in noted] for page in pages]
    where = {row.number: at for at, page in enumerate(pages) for row in page}
    answered: set[tuple[int, int]] = set()
    out: list[Foot] = []
    for rows in notes:
        first = rows[0]
        label = _label(first.words)
        if label is None or first.number not in where:
            continue
        at = where[first.number]
        own = [row for row in rows if row.page == first.page]
        foot = Foot(label.text, own, label.end, goes_on=[row for row in rows if row.page != first.page])
        near = [*(text[at - 1] if at else ()), *text[at]]
        calls = [call for call in calls_in(near, label.form) if call[3] == label.text]
        calls = [call for call in calls if (call[0].number, call[1]) not in answered]
        calls.sort(key=lambda call: call[0].page != first.page)  # those of its own page first
        if calls:
            row, start, end, _ = calls[0]
            foot.call = (row.number, start, end)
            answered.add((row.number, start))
            out.append(foot)
    return out if len(out) > _MOSTLY * len(notes) else []


_Called = tuple[Row, int, int, str]


@dataclass(frozen=True, slots=True)
class _Habit:
    """How notes are labelled in a book: the forms; how often the commonest one has both note and call.

    ``small``: they are set smaller than the text; ``raised``: their calls stand raised;
    ``lifted``: so do nearly all of their labels. ``answered``: calls that other notes answer.
    """

    forms: Set[str] = frozenset()
    hits: int = 0
    small: bool = False
    raised: bool = False
    lifted: bool = False
    answered: Set[tuple[int, int]] = frozenset()


def _label(text: str) -> _Label | None:
    found = _OPENS.match(text)
    if found is None:
        return None
    form = str(found.lastgroup)
    return _Label(form, found[form].translate(RAISED).replace("∗", "*"), found.end())


def calls_in(page: Sequence[Row], form: str) -> list[_Called]:
    """Return what may be calls on a page that a label of this form answers, in order: row, start, end, label."""
    out = []
    depth = 0  # of brackets; the last letter before one that closes is no call
    for row in page:
        at = 0
        for found in _CALL.finditer(row.text):
            depth = max(0, depth + _opened(row.text[at : found.start()]))
            at = found.start()
            inside = found.lastgroup in ("square", "raised", "high") or row.text[: found.start()].strip()
            if found.lastgroup in _ANSWERS[form] and inside and not (found.lastgroup == "letter" and depth):
                label = found[found.lastgroup].translate(RAISED).replace("∗", "*")
                closed = row.text[found.end() : found.end() + 1] == ")" and not depth  # "12)" is all a call
                out.append((row, found.start(), found.end() + closed, label))
        depth = max(0, depth + _opened(row.text[at:]))
    return out


class _Calls:
    """What may be calls on a page, looked for once: of how many rows it has no text says how few."""

    def __init__(self, page: Sequence[Row]) -> None:
        self._page = page
        self._place = {row.number: at for at, row in enumerate(page)}
        self._found: dict[str, dict[str, list[_Called]]] = {}

    def above(self, at: int, label: _Label) -> list[_Called]:
        """Return those on the rows above the one at a place that its label answers, in order."""
        if label.form not in self._found:
            by_label = self._found[label.form] = defaultdict(list)
            for call in calls_in(self._page, label.form):
                by_label[call[3]].append(call)
        return list(takewhile(lambda call: self._place[call[0].number] < at, self._found[label.form][label.text]))


def set_loose(notes: Sequence[Foot], text: Sequence[Row]) -> None:
    """Bind notes whose calls came out apart from their words ("the 5 river"), where the order leaves one place.

    Args:
        notes: in order; those that have calls bound the places of the others.
        text: the rows that the calls may stand on, in order.

    """
    place = {row.number: at for at, row in enumerate(text)}
    bound = [(place.get(note.call[0], -1), note.call[1]) if note.call else None for note in notes]
    for n, note in enumerate(notes):
        if note.call is not None or not note.label.isdigit():
            continue
        first = next((one for one in reversed(bound[:n]) if one), (0, -1))
        last = next((one for one in bound[n + 1 :] if one), (len(text), 0))
        alone = re.compile(rf"(?<=[^\W\d_])[.,;:!?]?[”\"’']?\s(?P<loose>{note.label})(?=\s+[^\W\d_]|$)")
        found = [
            (row, sign.start("loose") - 1, sign.end())
            for row in text[first[0] : last[0] + 1]
            for sign in alone.finditer(row.text)
            if first < (place[row.number], sign.start("loose")) < last and not _COUNTS.search(row.text[: sign.start()])
        ]
        if len(found) == 1:
            row, start, end = found[0]
            note.call = (row.number, start, end)
            bound[n] = (place[row.number], start)


def _opened(text: str) -> int:
    return text.count("(") - text.count(")")


def _place(call: _Called) -> tuple[int, int]:
    return call[0].number, call[1]


def _habit(pages: Sequence[Sequence[Row]], body: float, answered: Set[tuple[int, int]]) -> _Habit:
    """Return the form of labels that most often has both a note and its call on one page, and how often it has.

    A note that had no room on its page stands on the next; there only rows in smaller letters are notes for sure.
    Where most notes are set smaller than the text, none is set as large, and labels of other forms may stand among
    them, as where an editor's notes stand below an author's.
    """
    hits: dict[str, list[bool]] = {}
    raised: list[bool] = []
    for before, page in pairwise([(), *pages]):
        usual = median(row.size for row in page) if page else 0.0
        here, both = _Calls(page), _Calls([*before, *page])
        for at, row in enumerate(page):
            label = _label(row.words) if at and row.size <= _LARGER * body else None
            small_row = row.size < _SMALLER * usual
            calls = (both.above(len(before) + at, label) if small_row else here.above(at, label)) if label else []
            calls = [call for call in calls if _place(call) not in answered]
            if label and calls:
                hits.setdefault(label.form, []).append(row.size < _SMALLER * body)
                raised.append(any(is_raised(call) for call in calls))
    smaller = {form: [hit for hit in found if hit] for form, found in hits.items()}
    small = sum(map(len, smaller.values())) > _SOME * sum(map(len, hits.values()))  # the others may be items of lists
    found = smaller if small else hits
    numbers = sum(len(found.get(one, ())) for one in _NUMBERS)
    form = max(found, key=lambda one: (numbers if one in _NUMBERS else len(found[one]), len(found[one])), default="")
    lifted = form == "raised" and len(found[form]) > _MOSTLY * numbers
    forms = {form} if form else set()
    if small:
        forms |= {one for one in found if len(found[one]) >= _TWICE}
    if form in _NUMBERS:  # with and without a stop, where a machine lost some; a few with one are items of lists
        forms |= _NUMBERS - ({"stopped"} if len(found.get("stopped", ())) < _SOME * numbers else set())
    most = numbers if form in _NUMBERS else len(found.get(form, ()))
    return _Habit(frozenset(forms), most, small, sum(raised) > 0.5 * len(raised), lifted, answered)


def _tail(page: Sequence[Row], body: float) -> int:
    """Return where the rows begin that stand at the foot of a page in smaller letters than the text."""
    tail = len(page)
    while tail and page[tail - 1].size < _SMALLER * body:
        tail -= 1
    return tail


def _called(rows: Sequence[Row], habit: _Habit) -> list[_Called]:
    """Return what may be calls in a book with this habit, in order; where they stand raised, other figures are none."""
    unique = {(call[0].number, call[1]): call for form in habit.forms for call in calls_in(rows, form)}
    place = {row.number: at for at, row in enumerate(rows)}
    free = [call for call in unique.values() if _place(call) not in habit.answered]
    calls = [call for call in free if not (habit.raised and call[3].isdigit()) or is_raised(call)]
    return sorted(calls, key=lambda call: (place[call[0].number], call[1]))


def is_raised(call: _Called) -> bool:
    """Tell whether what may be a call stands raised."""
    row, start, end, _ = call
    return any(sign in _RAISED for sign in row.text[start:end])


def _on_page(page: Sequence[Row], habit: _Habit, last: int, waiting: Sequence[_Called], tail: int) -> list[Foot]:
    """Find the notes of one page: the rows from the first label that a call wants to the foot.

    ``waiting``: calls of the page before whose note had no room there; ``tail``: where
    the notes begin at the earliest.
    """
    best: tuple[int, list[Foot]] = (0, [])
    forms = {*habit.forms}  # of labels
    if habit.lifted and page and page[0].size:
        forms -= _NUMBERS - {"raised"}
    where = {row.number: at for at, row in enumerate(page)}
    every: list[_Called] | None = None
    for start in range(max(1, int(len(page) * (1 - _DEEPEST)), tail), len(page)):
        label = _label(page[start].words)
        if label is None or label.form not in forms:
            continue
        every = _called(page, habit) if every is None else every
        here = every[: bisect_left(every, start, key=lambda call: where[call[0].number])]
        opens = next((call[3] for call in here), "")  # on its page; where the notes of pages before were not found
        if not (habit.small or label.text == opens or _begins(label.text, last)):
            continue
        calls = [*waiting, *here]
        alone = [row for row in page[start:] if _alone(row, forms)]
        zone = _parted_zone(page[start:], alone, calls) if alone else _zone(page, start, forms, calls)
        bound, at = 0, 0
        for foot in zone:
            place = next((n for n in range(at, len(calls)) if calls[n][3] == foot.label), None)
            if place is None:
                place = next((n for n in range(len(calls)) if calls[n][3] == foot.label), None)
            if place is not None:
                row, first, end, _ = calls[place]
                foot.call = (row.number, first, end)
                bound, at = bound + 1, place + 1
        if zone and zone[0].call and bound >= 0.5 * len(zone) and bound >= best[0]:
            best = bound, zone  # of two the later: the rows between them are of the text
    return [foot for foot in best[1] if len(foot.rows) > 1 or foot.rows[0].words[foot.opening :]]


def _alone(row: Row, forms: set[str]) -> bool:
    """Tell whether a row has nothing but a label: it stood raised, and the text came out apart from it."""
    label = _label(row.words)
    return label is not None and label.form in forms and label.end == len(row.words)


def _parted_zone(rows: Sequence[Row], alone: Sequence[Row], calls: Sequence[_Called]) -> list[Foot]:
    """Put labels that stand alone, in whatever order they came out, before the texts in the order of their calls.

    A text begins below a label, and where labels are left over, below the shortest rows that end a sentence.
    """
    lone = {row.number for row in alone}
    texts = [row for row in rows if row.number not in lone]
    below = {row.number for above, row in pairwise(rows) if above.number in lone and row.number not in lone}
    starts = {n for n, row in enumerate(texts) if n == 0 or row.number in below}
    widest = max((len(row.words) for row in texts), default=0)
    ended = [
        n
        for n, (above, row) in enumerate(pairwise(texts), 1)
        if n not in starts
        and not row.words[:1].islower()
        and (_ENDED.search(above.words) or len(above.words) < _SHORT * widest)
    ]
    starts |= set(sorted(ended, key=lambda n: len(texts[n - 1].words))[: max(0, len(alone) - len(starts))])
    order = {label: n for n, (_, _, _, label) in reversed([*enumerate(calls)])}
    known = {row.number: _label(row.words) for row in alone}
    labels = sorted(alone, key=lambda row: (order.get(_text(known[row.number]), len(order)), row.number))
    out: list[Foot] = []
    for n, row in enumerate(texts):
        if n in starts and labels:
            label = labels.pop(0)
            out.append(Foot(_text(known[label.number]), [label, row], len(label.words)))
        elif out:
            out[-1].rows.append(row)
    if out:
        out[-1].rows += labels  # labels without a text
    return out


def _text(label: _Label | None) -> str:
    return label.text if label else ""


def _begins(label: str, last: int) -> bool:
    """Tell whether a page's notes may begin with this label: the next number, or the first."""
    return not label.isdigit() or int(label) == 1 or 0 < int(label) - last <= 3


def _zone(page: Sequence[Row], start: int, forms: set[str], calls: Sequence[_Called]) -> list[Foot]:
    """Cut the rows from ``start`` into notes: a new one where the next label stands, or a sign that is called."""
    order = [label for _, _, _, label in calls]
    out: list[Foot] = []
    for row in page[start:]:
        label = _label(row.words)
        if (
            label
            and label.form in forms
            and (
                not out
                or _follows(out[-1].label, label.text, order)
                or (
                    label.form not in ("plain", "stopped")
                    and order.count(label.text) > sum(one.label == label.text for one in out) > 0
                )
            )
        ):
            out.append(Foot(label.text, [row], label.end))
        else:
            out[-1].rows.append(row)
    return out


def _follows(before: str, label: str, called: Sequence[str]) -> bool:
    if before.isdigit() and label.isdigit():
        return int(label) == int(before) + 1
    if label.isalpha():
        return len(before) == len(label) == 1 and ord(label) == ord(before) + 1
    return label in called and (before not in called or called.index(before) <= called.index(label))


def _text_size(pages: Sequence[Sequence[Row]]) -> float:
    """Return the size of the letters of most rows in the upper halves of pages: notes may be longer than the text."""
    sizes = Counter(row.size for page in pages for row in page[: (len(page) + 1) // 2])
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _go_on(foot: Foot, page: Sequence[Row], found: Sequence[Foot], measure: Measure, body: float) -> None:
    """Let an unfinished note of the page before go on at the foot of this one: rows set smaller than the text.

    Where sizes are known, a note goes on behind a full stop, too, if those of this page follow it without a gap.
    """
    rows = [*foot.rows, *foot.goes_on]
    end = next((n for n, row in enumerate(page) if found and row.number == found[0].rows[0].number), len(page))
    ended = bool(_ENDED.search(rows[-1].words))
    if body:
        start = end
        while start and page[start - 1].size < _SMALLER * body:
            start -= 1
        if start < end and (not ended or (found and not page[end].blanks)):
            foot.goes_on += page[start:end]
        return
    if ended:
        return
    start = end
    while start > 1 and _small(page[start - 1], start - 1 == end - 1, measure):
        start -= 1
        if page[start].blanks:
            break
    if start < end and (page[start].blanks or end - start > 1) and page[start].words[:1].islower():
        foot.goes_on += page[start:end]


def _small(row: Row, last: bool, measure: Measure) -> bool:
    return last or measure.share(row.words) > 1.08

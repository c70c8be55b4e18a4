"""What is counted once in a whole text: forms that recur, words that open stretches, numbers that count up, habits."""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise

from pipeline.label.looks import end_of, signs_around, written
from pipeline.label.openers import STOPS, label_of_turn, opener
from pipeline.label.rows import MANY, Row
from pipeline.label.steps import SHARE, STRETCH, bucket

_WIDE = 0.002  # share of lines above which two blank lines and more stand in a text that has one everywhere
FIRST_WORD = re.compile(r"[^\W\d_]+")
"""The first letters that stand together."""

_ROMAN = re.compile(r"^[IVXLCDM]+$|^[ivxlcdm]+$")
_COUNTED = re.compile(
    r"^[^\w]*(?:([^\W\d_]{3,12})\.? )?(?:§ ?)?(\d{1,4}|[IVXLCDM]{1,8}|[ivxlcdm]{1,8})(?=[.,:;)\]\s—–-]|$)"
)


class Words:
    """The observations of a text by numbers, which take a quarter of the room: some forty stand on each line.

    All in all a few thousand differ, for each says one thing in few steps.
    """

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._words: list[str] = []
        self._put: dict[tuple[object, ...], array[int]] = {}

    def put(self, form: Callable[..., Sequence[str]], *values: str) -> array[int]:
        """Return numbers for what ``form`` says of ``values``: most lines are like others, of which it was said."""
        key = (form, *values)
        if (known := self._put.get(key)) is None:
            known = self._put[key] = self.numbers(form(*values))
        return known

    def numbers(self, words: Iterable[str]) -> array[int]:
        """Return numbers for observations."""
        numbers = self._numbers
        out = array("H", [numbers.setdefault(word, len(numbers)) for word in words])
        if len(numbers) > len(self._words):
            self._words += islice(numbers, len(self._words), None)
        return out

    def of(self, numbers: Iterable[int]) -> list[str]:
        """Return the observations with these numbers."""
        return [*map(self._words.__getitem__, numbers)]


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known of the region: its width and margin in columns, and the keys of its list of contents."""

    width: int
    margin: int
    listed: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Alike:
    """Short stretches that are written alike: where they begin and end, and shares of them, from 0 to 1.

    ``over_text``: running text follows; ``wider``: set off farther from what is above than from what is below;
    ``closer``: the other way round; ``unlike``: different words.
    """

    name: str
    members: tuple[tuple[int, int], ...]
    over_text: float
    wider: float
    closer: float
    unlike: float


def _number(text: str) -> tuple[str, int]:
    """Read the number that a line consists of, begins with or ends its first words with: its kind and value."""
    found = _COUNTED.match(text)
    if found is None:
        return "", 0
    word, sign = (found[1] or "").casefold(), found[2]
    if sign.isdigit():
        return f"{word}1", int(sign)
    if not _ROMAN.match(sign) or (len(sign) == 1 and sign not in "IVXivx"):
        return "", 0
    return f"{word}I", _roman(sign.casefold())


def _roman(text: str) -> int:
    values = [{"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}[letter] for letter in text]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))


class Whole:
    """What is counted once in the whole text: forms that recur, openers, habits."""

    def __init__(self, rows: Sequence[Row], setting: Setting) -> None:
        self.setting = setting
        self.observations = Words()
        self.openers: Counter[str] = Counter()
        self.names: Counter[str] = Counter()
        self.alone: Counter[str] = Counter()
        self.forms: Counter[str] = Counter()
        self.gaps: dict[str, Counter[int]] = {}
        self.words: Counter[str] = Counter()
        self.counted: dict[int, str] = {}
        self._count(rows)
        self.habits = tuple(self._habits(rows))
        self.close = sum(row.gap > 1 for row in rows[1:]) <= _WIDE * len(rows) + 1
        self.groups: tuple[Alike, ...] = ()

    def _count(self, rows: Sequence[Row]) -> None:
        last: dict[str, tuple[int, int]] = {}
        for at, row in enumerate(rows):
            opens = not at or row.gap > 0
            if (opens or rows[at - 1].text[-1] in STOPS) and (name := opener(row.text)):
                self.openers[name] += 1
                if name[-1] != "$":
                    self.names[name.split()[0].rstrip(".:[,").casefold()] += 1
            short = opens and self.short(rows, at)
            if short:
                self.alone[row.text.casefold()] += 1
                form = self.form(row, rows, at)
                self.forms[form] += 1
                self.gaps.setdefault(form, Counter())[min(row.gap, MANY)] += 1
                if found := FIRST_WORD.search(row.text):
                    self.words[found[0]] += 1
            if opens:
                kind, value = _number(row.text)
                if value:
                    kind += f"{'alone' if short else 'text'}{end_of(row.text) if row.below else ''}"
                    before = last.get(kind)
                    if before and value == before[1] + 1:
                        self.counted[at] = "on"
                        self.counted.setdefault(before[0], "next")
                    elif before and value == before[1]:
                        self.counted[at] = "same"
                    elif value == 1:
                        self.counted[at] = "one"
                    last[kind] = at, value

    def gap(self, lines: int) -> str:
        """Name a gap of so many blank lines: in a text that has no wider ones, a single line may part chapters."""
        return "close" if lines == 1 and self.close else str(min(lines, MANY))

    def turn(self, text: str) -> str:
        """Say how like a turn of a play a stretch begins: with a label, in capitals, one that comes back."""
        end = label_of_turn(text)
        if not end or (end == len(text.rstrip("_")) and text[end - 1] not in ".:_"):
            return "no"
        label = text[:end]
        back = self.openers[opener(text)] > 2
        return f"{'capitals' if label.upper() == label else 'small'}-{'back' if back else 'once'}"

    def short(self, rows: Sequence[Row], at: int) -> int:
        """Return the number of lines of a stretch that is short enough for a heading; 0: it is not."""
        length = 0
        for size in range(1, 5):
            row = rows[at + size - 1]
            length += len(row.text)
            if length > (90 if size == 1 else 220):
                return 0
            if row.below:
                return size
        return 0

    def form(self, row: Row, rows: Sequence[Row], at: int) -> str:
        """Describe how a short stretch is written, so that those of the same form count together."""
        inset = row.indent - self.setting.margin
        number = "R" if _ROMAN.match(row.first.strip("._")) else "9" if row.first[:1].isdigit() else ""
        last = rows[at + self.short(rows, at) - 1]
        ends = end_of(last.text)
        around = signs_around(row.text if last is row else f"{row.text} {last.text}")
        return f"{written(row.text)}{number}{around}{'c' if inset > 3 else ''}{ends if ends in '.,:?!' else ''}"

    def _habits(self, rows: Sequence[Row]) -> Iterator[str]:
        """Name what is usual in the text: turns, lines that are not filled, first lines set in, wide gaps."""
        stretches = max(1, sum(row.gap > 0 for row in rows))
        turns = sum(times for times in self.openers.values() if times > 3) / stretches
        yield f"habit=turns-{bucket(turns, SHARE)}"
        short = full = inset = pairs = 0
        width = self.setting.width
        for row, after in pairwise(rows):
            if after.gap:
                continue
            pairs += 1
            room = row.end + 1 + after.need <= width - 2
            short += room and after.text[0].isupper()
            full += not room
            inset += (
                self.setting.margin + 1 < after.indent < self.setting.margin + 9 and row.indent <= self.setting.margin
            )
        yield f"habit=short-lines-{bucket(short / max(1, pairs), SHARE)}"
        yield f"habit=first-lines-set-in-{bucket(inset / max(1, pairs), ((0.01, 'no'), (0.06, 'some'), (1.0, 'yes')))}"
        yield f"habit=lines-a-stretch-{bucket(len(rows) / stretches, STRETCH)}"

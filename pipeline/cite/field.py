"""A conditional random field: the best sequence of labels for words, by the weights of what is seen of each.

CRFsuite finds the weights (``train.py``). To hand it what is seen of each word takes ten times as long as to find the
sequence, so this is done here: what is seen of a word weighs one number, in which each label has its own 32 bits. Such
numbers are kept with the word, and a line costs a few additions a word. The arithmetic is that of whole numbers, the
same on each machine.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import exp, log
from operator import add, mul
from struct import Struct

BEGINS = "*"  # before the label of the first word of a reference, where there may be several
FIRST = "+"  # before the label of the first word of any other part
SCALE = 1024  # a weight is a whole number of this part
_BITS = 32  # for the sum of a label's weights
_MOST = (1 << 15) - 1  # what a weight is at most, in parts
_PLACE = 7  # bits for the place of a label, below a sum
_SUM = -1 << _PLACE
_WHOLE = SCALE << _PLACE  # the sum of a weight of 1
_NEVER = 1 << 30  # as a sum: no label can stand there


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of a field, in parts of ``SCALE``.

    Attributes:
        labels: the names of the labels.
        between: for each label, and each label in front of it, what the one weighs behind the other.
        seen: for the name of what may be seen of a word, the places of labels that have a weight for it, and these.

    """

    labels: tuple[str, ...]
    between: tuple[tuple[int, ...], ...]
    seen: dict[str, tuple[tuple[int, ...], tuple[int, ...]]]

    def packed(self) -> bytes:
        """Return the weights as bytes: a line that says what there is, names, numbers of weights, labels, weights."""
        names = sorted(self.seen)
        places = [place for name in names for place in self.seen[name][0]]
        weights = [weight for row in self.between for weight in row]
        weights += [weight for name in names for weight in self.seen[name][1]]
        text = "\n".join(names).encode()
        head = json.dumps({"labels": self.labels, "names": len(names), "letters": len(text), "weights": len(places)})
        numbers = bytes(len(self.seen[name][0]) for name in names)
        values = Struct(f"<{len(weights)}h").pack(*weights)
        return b"".join((head.encode(), b"\n", text, numbers, bytes(places), values))


def part(weight: float) -> int:
    """Return a weight in parts of ``SCALE``."""
    return max(-_MOST, min(_MOST, round(weight * SCALE)))


class Field:
    """The weights as they are asked: of each name as one number, of each line of such numbers the best labels.

    Args:
        packed: what ``Weights.packed`` made.

    """

    def __init__(self, packed: bytes) -> None:
        line, _, body = packed.partition(b"\n")
        head = json.loads(line)
        self.labels: tuple[str, ...] = tuple(head["labels"])
        names, letters, size = head["names"], head["letters"], len(self.labels)
        self._places = dict(zip(body[:letters].decode().split("\n"), range(names), strict=True)) if names else {}
        at = letters + names
        self._starts = list(accumulate(body[letters:at], initial=at))
        weights = Struct(f"<{size * size + head['weights']}h").unpack_from(body, at + head["weights"])
        between = [weights[j * size : (j + 1) * size] for j in range(size)]
        self._packed: dict[int, int] = {}
        self._body, self._weights, self._shift = body, weights, size * size - at
        inside = [j for j, label in enumerate(self.labels) if FIRST + label in self.labels]
        bare = [label.lstrip(BEGINS + FIRST) for label in self.labels]
        stands = [[j not in inside or bare[i] == bare[j] for i in range(size)] for j in range(size)]
        # A way's sum has the place of its last label in its lowest bits: the best sum says which way it is.
        self._rows = [[(row[i] << _PLACE) + i for i in range(size)] for row in between]
        self._columns = [[weight << _PLACE for weight in column] for column in zip(*between, strict=True)]
        self._inside = [(j, *([i for i in range(size) if stands[j][i]] * 3)[:3]) for j in inside]
        self._on = [0] * size  # what it weighs to go on with a part, behind each of its labels
        for j, *behind in self._inside:
            for i in behind:
                self._on[i] = self._rows[j][i]
        self._is_inside = [j in inside for j in range(size)]
        free = [row for j, row in enumerate(between) if j not in inside]
        self._reach = [[max(row[i] - row[best] for row in free) << _PLACE for i in range(size)] for best in range(size)]
        self._between = between
        odds = [[exp(weight / SCALE) for weight in row] for row in between]
        self._odds = [(j, odds[j]) for j in range(size) if j not in inside]
        self._behind = [(j, [i for i in range(size) if stands[j][i]]) for j in inside]
        self._odds_on = [0.0] * size
        for j, behind in self._behind:
            for i in behind:
                self._odds_on[i] = odds[j][i]
        self._unpack = Struct(f"<{size}i").unpack
        self._bytes = size * _BITS // 8
        self._signs = sum(1 << (_BITS * j + _BITS - 1) for j in range(size))

    def weight(self, *names: str) -> int:
        """Return what the names of what is seen weigh together, as one number; such numbers may be added."""
        places, packed, total = self._places, self._packed, 0
        for name in names:
            if (place := places.get(name)) is not None:
                total += packed.get(place) or self._pack(place)
        return total

    def _pack(self, place: int) -> int:
        """Work out the number of a name that is asked for the first time."""
        total = 0
        start, end, shift = self._starts[place], self._starts[place + 1], self._shift
        for label, weight in zip(self._body[start:end], self._weights[start + shift : end + shift], strict=True):
            total += weight << (_BITS * label + _PLACE)
        self._packed[place] = total
        return total

    def best(self, sums: Iterable[int]) -> list[str]:
        """Return the best labels for words, by the sum of what each weighs (Viterbi's search).

        A word inside a part has that part in front of it. For one that begins another part, what stands in front is
        sought among those that are not so far behind the best that no part can be worth the difference.
        """
        ways: list[int] = []  # the sum of the best way to each label of a word
        steps: list[list[int]] = []
        for total in sums:
            values = self._values(total)
            if not ways:
                ways = [value - _NEVER * inside for value, inside in zip(values, self._is_inside, strict=True)]
                continue
            most = max(ways)
            best = ways.index(most)
            near = [i for i, way in enumerate(map(add, ways, self._reach[best])) if way >= most]
            if len(near) == 1:
                here, step = list(map(add, self._columns[best], values)), [best] * len(values)
            else:
                front = [(ways[i] - most, i) for i in near]
                said = [max([way + row[i] for way, i in front]) for row in self._rows]
                here = [(way & _SUM) + value for way, value in zip(said, values, strict=True)]
                step = [way & ~_SUM for way in said]
            on = list(map(add, ways, self._on))
            for j, one, other, third in self._inside:
                way = max(on[one], on[other], on[third])
                here[j] = (way & _SUM) - most + values[j]
                step[j] = way & ~_SUM
            ways = here
            steps.append(step)
        if not ways:
            return []
        label = ways.index(max(ways))
        out = [label]
        for step in reversed(steps):
            label = step[label]
            out.append(label)
        return [self.labels[label] for label in reversed(out)]

    def probability(self, sums: Sequence[int], labels: Sequence[str]) -> float:
        """Return how probable the labels are for words, by the sum of what each weighs; of no words, 0."""
        if not labels:
            return 0.0
        said = [self.labels.index(label) for label in labels]
        ways: list[float] = []
        whole = share = 0.0  # logarithms of the sum of all ways and, less the same, of this one
        before = -1
        for values, label in zip(map(self._values, sums), said, strict=True):
            most = max(values)
            odds = [exp((value - most) / _WHOLE) for value in values]
            if not ways:
                odds = [0.0 if inside else one for inside, one in zip(self._is_inside, odds, strict=True)]
            else:
                on = list(map(mul, ways, self._odds_on))
                for j, row in self._odds:
                    odds[j] *= sum(map(mul, ways, row))
                for j, behind in self._behind:
                    odds[j] *= sum([on[i] for i in behind])
                share += self._between[label][before] / SCALE
            share += (values[label] - most) / _WHOLE
            level = sum(odds)
            whole += log(level)
            ways = [one / level for one in odds]
            before = label
        return min(1.0, exp(share - whole))

    def _values(self, total: int) -> tuple[int, ...]:
        """Return the sum of each label: its 32 bits as a number with a sign."""
        return self._unpack(((total + self._signs) ^ self._signs).to_bytes(self._bytes, "little"))

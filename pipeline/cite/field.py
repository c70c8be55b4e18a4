"""A conditional random field: the best labels for a line of words, by the weights of what is seen of each word.

CRFsuite finds the weights (``train.py``) and, in a field that has them, the best labels and how probable they are. Of a
word some sixty things are seen, and CRFsuite takes ten times as long to look up their names as to search. So what they
weigh is added up here, and CRFsuite is handed the sums, one for each word and label.

What is seen of a word weighs one whole number, in which each label has 32 bits of its own. Such a number can be kept
with the word, and where two are added, the sums of all labels are.
"""

from __future__ import annotations

import json
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from struct import Struct, pack_into
from threading import Lock

from pycrfsuite import ItemSequence, Tagger, Trainer

BEGINS = "*"  # before the label of the first word of a reference, where there may be several
FIRST = "+"  # before the label of the first word of any other part
SIDES = ("", "-1", "+1", "-2", "+2")  # before a name: seen on a word's own place, or so many places before or behind it
SCALE = 1024  # a weight is a whole number of this part
_SUM = Struct("<i")  # of a label's weights
_BITS = 8 * _SUM.size
_MOST = (1 << 15) - 1  # what a weight is at most, in parts
_NEVER = -(1 << 20)  # weighs more than all that can be seen in a line: no label can stand there


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
        """Return the weights as bytes: a line that says what there is, names, numbers of weights, places, weights.

        What one name weighs on all sides lies together: it is asked for together. Behind it lies CRFsuite's model.
        """
        sides: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for name, (places, weights) in self.seen.items():
            side, bare = _side(name)
            sides[bare] += zip((side * len(self.labels) + place for place in places), weights, strict=True)
        names = sorted(sides)
        pairs = [pair for name in names for pair in sorted(sides[name])]
        numbers = [len(sides[name]) for name in names], [place for place, _ in pairs], [weight for _, weight in pairs]
        text = "\n".join(names).encode()
        head = json.dumps({"labels": self.labels, "names": len(names), "letters": len(text), "weights": len(pairs)})
        return b"".join(
            (
                head.encode(),
                b"\n",
                text,
                *(Struct(f"<{len(said)}{form}").pack(*said) for (_, form), said in zip(_NUMBERS, numbers, strict=True)),
                _search(self.labels, self.between),
            )
        )


def part(weight: float) -> int:
    """Return a weight in parts of ``SCALE``."""
    return max(-_MOST, min(_MOST, round(weight * SCALE)))


def inside(labels: Sequence[str]) -> list[str]:
    """Return the labels that no part begins with: there is another for its first word."""
    return [label for label in labels if FIRST + label in labels]


class Field:
    """The weights as they are asked: what is seen of a word as one number, of a line of such numbers the best labels.

    Args:
        packed: what ``Weights.packed`` made.

    """

    def __init__(self, packed: bytes) -> None:
        line, _, body = packed.partition(b"\n")
        head = json.loads(line)
        names, size = head["names"], len(head["labels"])
        at = head["letters"]
        self._places = dict(zip(body[:at].decode().split("\n"), range(names), strict=True)) if names else {}
        numbers, places, weights = (Struct(f"<{head[key]}{form}") for key, form in _NUMBERS)
        self._starts = list(accumulate(numbers.unpack_from(body, at), initial=0))
        at += numbers.size
        self._of_label = places.unpack_from(body, at)
        at += places.size
        self._weights = weights.unpack_from(body, at)
        self._model = body[at + weights.size :]  # CRFsuite reads it where it lies
        self._search = Tagger()
        self._search.open_inmemory(self._model)
        self._held: ItemSequence | None = None  # the line that CRFsuite holds
        self._lock = Lock()
        self._rows: dict[str, int | None] = dict.fromkeys(self._places)  # of a name that was not asked for yet: none
        self._unpack = Struct(f"<{size}i").iter_unpack
        self._bits = size * _BITS
        self._bytes = self._bits // 8
        self._signed = list(accumulate((1 << (_BITS * (n + 1) - 1) for n in range(size * len(SIDES))), initial=0))
        self._signs, self._all_signs = self._signed[size], self._signed[-1]
        self._one = (1 << self._bits) - 1  # all bits of one side
        self._labels = [_sign(n) for n in range(size)]

    def weight(self, *names: str) -> int:
        """Return what the names of what is seen weigh together, as one number; such numbers may be added."""
        total, rows = 0, self._rows
        for name in names:
            row = rows.get(name, 0)
            if row is None:
                row = self._row(name)
            if row:
                total += row if row.bit_length() < self._bits else self.parted(row)[0]  # seen from no other side
            elif name[:1] in ("-", "+"):
                side, bare = _side(name)
                if bare in rows:
                    total += self.parted(self.around(bare))[side]
        return total

    def around(self, *names: str) -> int:
        """Return what names weigh together on all sides, as one number; such numbers may be added."""
        total, rows = 0, self._rows
        for name in names:
            row = rows.get(name, 0)
            total += self._row(name) if row is None else row
        return total

    def parted(self, around: int) -> list[int]:
        """Part a number of all sides into one for a word's own place and for each of the other ``SIDES``."""
        bits, one, signs = self._bits, self._one, self._signs
        around += self._all_signs  # with no label below nothing, none borrows from the next
        return [((around >> bits * side) & one) - signs for side in range(len(SIDES))]

    def _row(self, name: str) -> int:
        """Work out the number of a name that is asked for the first time: all sides, one above the other."""
        place = self._places[name]
        one = slice(self._starts[place], self._starts[place + 1])
        row: int = 0
        before = self._of_label[one.stop - 1]
        for label, weight in zip(reversed(self._of_label[one]), reversed(self._weights[one]), strict=True):
            row = (row << _BITS * (before - label)) + weight
            before = label
        row <<= _BITS * before
        self._rows[name] = row
        return row

    def handed(self, sums: Iterable[int]) -> ItemSequence:
        """Return a line as CRFsuite takes it: for each word, by the sum of what it weighs, a number for each label."""
        labels, signs, size = self._labels, self._signs, self._bytes
        packed = b"".join([((total + signs) ^ signs).to_bytes(size, "little") for total in sums])
        words: list[dict[bytes, int]] = [dict(zip(labels, row, strict=True)) for row in self._unpack(packed)]
        if words:
            words[0][_AT_START] = SCALE
        return ItemSequence(words)

    def best(self, line: ItemSequence) -> list[str]:
        """Return the best labels for the words of a line."""
        if not len(line):
            return []
        with self._lock:  # CRFsuite holds one line
            self._search.set(line)
            self._held = line
            return list(self._search.tag())

    def probability(self, line: ItemSequence, labels: Sequence[str]) -> float:
        """Return how probable the labels are for the words of a line, all of them together; of no words, 0."""
        if not len(line):
            return 0.0
        with self._lock:
            if line is not self._held:
                self._search.set(line)
                self._held = line
            return min(1.0, float(self._search.probability(labels)))


def _side(name: str) -> tuple[int, str]:
    """Return the side that a name is seen from, by its place in ``SIDES``, and the name without it."""
    side = SIDES.index(name[:2]) if name[:1] in ("-", "+") else 0
    return side, name[2:] if side else name


_NUMBERS = (("names", "H"), ("weights", "H"), ("weights", "h"))  # how many places each name has, these, and the weights


_AT_START = b"^"  # stands at the first word of a line


def _sign(label: int) -> bytes:
    return b"%d" % label


# In CRFsuite's file of a model the eighth number says where the weights lie. Their head is of three numbers, the last
# how many there are, and each is its kind, from, to and what it weighs.
_HEAD = Struct("<8I")
_WEIGHTS_HEAD = Struct("<3I")
_WEIGHT = Struct("<3Id")
_BETWEEN = 1  # the kind of a weight from label to label; the other is that of a sign for a label


def _search(labels: Sequence[str], between: Sequence[Sequence[int]]) -> bytes:
    """Return a model for CRFsuite where each label has a sign that speaks for it alone, with the weights ``between``.

    CRFsuite takes no weights from without. So it learns some, of lines in which each label and sign stands, and in what
    it has written they are replaced.

    Raises:
        RuntimeError: CRFsuite did not write a weight for each two labels and each sign.

    """
    trainer = Trainer("lbfgs", {"max_iterations": 1, "feature.possible_transitions": True}, verbose=False)
    trainer.append([{_sign(n): 1.0} for n in range(len(labels))], labels)
    goes_on = inside(labels)
    trainer.append([{_AT_START: 1.0} for _ in goes_on], goes_on)
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "model"
        trainer.train(str(raw))
        model = bytearray(raw.read_bytes())
    head = _HEAD.unpack_from(model)[-1]
    number, start = _WEIGHTS_HEAD.unpack_from(model, head)[-1], head + _WEIGHTS_HEAD.size
    if number != len(labels) * len(labels) + len(labels) + len(goes_on):
        raise RuntimeError(f"CRFsuite wrote {number} weights for {len(labels)} labels")
    bare = [label.lstrip(BEGINS + FIRST) for label in labels]
    for at in range(start, start + number * _WEIGHT.size, _WEIGHT.size):
        kind, one, label, _ = _WEIGHT.unpack_from(model, at)
        if kind != _BETWEEN:
            value = 1 / SCALE if one < len(labels) else _NEVER / SCALE
        elif labels[label] in goes_on and bare[one] != bare[label]:
            value = _NEVER
        else:
            value = between[label][one] / SCALE
        pack_into("<d", model, at + _WEIGHT.size - 8, value)
    return bytes(model)

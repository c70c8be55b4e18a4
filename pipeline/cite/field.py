"""A conditional random field: the best labels for a line of words, by the weights of what is seen of each word.

CRFsuite finds the weights (``train.py``), and in use the best labels and how probable they are. The model that it has
written is not the one that is used: of its weights the small ones are left out, the names of what is seen are
replaced by short ones, which are looked up faster, and no label can stand where it makes no sense.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from struct import Struct, pack_into
from threading import Lock

from pycrfsuite import ItemSequence, Tagger, Trainer

BEGINS = "*"  # before the label of the first word of a reference, where there may be several
FIRST = "+"  # before the label of the first word of any other part
_NEVER = -1024.0  # weighs more than all that can be seen in a line: no label can stand there
_AT_START = b"^"  # stands at the first word of a line


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of a field.

    Attributes:
        labels: the names of the labels.
        between: for each label, and each label in front of it, what the one weighs behind the other.
        seen: for the name of what may be seen of a word, what it weighs for the labels of these places.

    """

    labels: tuple[str, ...]
    between: tuple[tuple[float, ...], ...]
    seen: dict[str, dict[int, float]]

    def packed(self) -> bytes:
        """Return the weights as bytes: a line with the length of the names, these, and a model as CRFsuite reads it."""
        names = sorted(self.seen)
        text = "\n".join(names).encode()
        return b"%d\n%b%b" % (len(text), text, self._model(names))

    def _model(self, names: Sequence[str]) -> bytes:
        """Return a model for CRFsuite that knows each name by the short one of its place.

        CRFsuite takes no weights from without. So it learns some, of lines in which each name stands with each label
        that it has a weight for, and in what it has written they are replaced.

        Raises:
            RuntimeError: CRFsuite did not write all weights that there are.

        """
        labels = self.labels
        trainer = Trainer("lbfgs", {"max_iterations": 1, "feature.possible_transitions": True}, verbose=False)
        for name, short in zip(names, _short(len(names)), strict=True):
            places = sorted(self.seen[name])
            trainer.append([{short: 1.0}] * len(places), [labels[place] for place in places])
        goes_on = inside(labels)
        trainer.append([{b"%d" % place: 1.0} for place in range(len(labels))], labels)  # none without a weight
        trainer.append([{_AT_START: 1.0} for _ in goes_on], goes_on)
        with tempfile.TemporaryDirectory() as folder:
            raw = Path(folder) / "model"
            trainer.train(str(raw))
            model = bytearray(raw.read_bytes())
            tagger = Tagger()
            tagger.open(str(raw))
            order = [self.labels.index(label) for label in tagger.labels()]
            tagger.close()
        head = _HEAD.unpack_from(model)[-1]
        number, start = _WEIGHTS_HEAD.unpack_from(model, head)[-1], head + _WEIGHTS_HEAD.size
        if number != len(labels) ** 2 + sum(map(len, self.seen.values())) + len(labels) + len(goes_on):
            raise RuntimeError(f"CRFsuite wrote {number} weights for {len(labels)} labels")
        for at in range(start, start + number * _WEIGHT.size, _WEIGHT.size):
            kind, one, label, _ = _WEIGHT.unpack_from(model, at)
            here = order[label]
            if kind == _BETWEEN:
                value = self._behind(order[one], here)
            elif one < len(names):
                value = self.seen[names[one]][here]
            else:
                value = 0.0 if one < len(names) + len(labels) else _NEVER
            pack_into("<d", model, at + _WEIGHT.size - 8, value)
        return bytes(model)

    def _behind(self, before: int, here: int) -> float:
        """Return what a label weighs behind another: inside of a part nothing else can stand in front."""
        label = self.labels[here]
        if label in inside(self.labels) and self.labels[before].lstrip(BEGINS + FIRST) != label:
            return _NEVER
        return self.between[here][before]


def inside(labels: Sequence[str]) -> list[str]:
    """Return the labels that no part begins with: there is another for its first word."""
    return [label for label in labels if FIRST + label in labels]


class Field:
    """The weights as they are asked: of what is seen of the words of a line the best labels.

    ``short`` gives for a name of what is seen its short one, and for a name that has no weight nothing.

    Args:
        packed: what ``Weights.packed`` made.

    """

    def __init__(self, packed: bytes) -> None:
        size, _, body = packed.partition(b"\n")
        names = body[: int(size)].decode().split("\n") if int(size) else []
        self.short = dict(zip(names, _short(len(names)), strict=True)).get
        self._model = body[int(size) :]  # CRFsuite reads it where it lies
        self._search = Tagger()
        self._search.open_inmemory(self._model)
        self._held: ItemSequence | None = None  # the line that CRFsuite holds
        self._lock = Lock()

    def handed(self, rows: Sequence[Sequence[bytes]]) -> ItemSequence:
        """Return a line as CRFsuite takes it: for each word the short names of what is seen of it."""
        return ItemSequence([[_AT_START, *row] if n == 0 else row for n, row in enumerate(rows)])

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


def _short(number: int) -> list[bytes]:
    """Return so many names of four bytes each."""
    return [chr(_FIRST_SHORT + n).encode() for n in range(number)]


_FIRST_SHORT = 0x10000  # the first letter that takes four bytes


# In CRFsuite's file of a model the eighth number says where the weights lie. Their head is of three numbers, the last
# how many there are, and each is its kind, from, to and what it weighs.
_HEAD = Struct("<8I")
_WEIGHTS_HEAD = Struct("<3I")
_WEIGHT = Struct("<3Id")
_BETWEEN = 1  # the kind of a weight from label to label; the other is that of a name for a label

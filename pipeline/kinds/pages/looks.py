"""Looks: how rows are set beside the text, and what each look is used for in this book, in names as in :mod:`.observe`.

A look is the size and the face of a row, its weight and slant, whether it is in capitals, and whether it is centred. A
heading's look is a habit of its book: it stands over the text again and again, in few rows, under gaps, and may count.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean

from pipeline.kinds.pages.leaves import Row
from pipeline.model import Look
from pipeline.parts import NAMED, NUMBER, NUMBERED

__all__ = ["SetRow", "is_apart", "looks", "rows_as_set", "text_look"]

_SIZES = ((0.93, "small"), (1.06, ""), (1.3, "large"))  # times the text's
_GAPS = ((1.2, "none"), (1.6, "a little"), (2.3, "a row"), (3.6, "two rows"))
_EVEN = 1.2  # em; rooms at both ends that differ by no more are alike
_SET_IN = 1.5  # em
_CAPITALS = re.compile(r"^[^a-zà-öø-ÿа-я]*[A-ZÀ-ÖØ-ÞА-Я][^a-zà-öø-ÿа-я]*$")
_RARE, _SOME = 0.01, 0.06  # of the rows of a book
_FEW_ROWS = 2.5  # rows that stand together in one look, on the average
_MOSTLY = 0.6
_COUNTS = 3  # times; fewer numbers do not count


@dataclass(frozen=True, slots=True)
class SetRow:
    """A row as it is set: what is different from the text ("" for nothing), where it stands, the gap above it."""

    size: float
    unlike: str
    place: str
    gap: str

    @property
    def look(self) -> tuple[float, str, bool]:
        """Its size, what is different from the text, and whether it is centred."""
        return round(2 * self.size) / 2, self.unlike, self.place == "centred"


def looks(rows: Sequence[Row], body: float) -> list[list[str]]:
    """Return for each row the names of how it is set; none for rows whose look is not known.

    Args:
        rows: of running text, in order.
        body: the size of the text's letters, in points.

    """
    as_set = rows_as_set(rows, body)
    habits = _habits(rows, as_set)
    out: list[list[str]] = []
    for at, here in enumerate(as_set):
        if here is None:
            out.append([])
            continue
        before = as_set[at - 1] if at else None
        after = as_set[at + 1] if at + 1 < len(rows) else None
        opens = at == 0 or rows[at - 1].page != rows[at].page
        out.append(list(_names(here, before, after, habits.get(here.look, ""), opens=opens)))
    return out


def rows_as_set(rows: Sequence[Row], body: float) -> list[SetRow | None]:
    """Return how each row is set; None where its look is not known. ``body``: the size of the text's letters."""
    faces = Counter((row.look.face, row.look.bold, row.look.slanted) for row in rows if row.look)
    usual = faces.most_common(1)[0][0] if faces else ("", False, False)
    return [_as_set(row, row.look, body, usual) if row.look else None for row in rows]


def text_look(as_set: Sequence[SetRow | None]) -> tuple[float, str, bool] | None:
    """Return the look of most rows; None where no look is known."""
    count = Counter(one.look for one in as_set if one)
    return count.most_common(1)[0][0] if count else None


def _names(here: SetRow, before: SetRow | None, after: SetRow | None, habit: str, *, opens: bool) -> Iterator[str]:
    gap = f"page, {here.gap}" if opens else here.gap
    unlike = here.unlike or "as the text"
    yield f"look {unlike}"
    if here.unlike:
        yield f"look unlike the text, room above {gap}"
        yield f"look unlike the text, {here.place}"
    yield f"look {unlike}, {here.place}"
    yield f"stands {here.place}"
    yield f"stands {here.place}, room above {gap}"
    yield f"room above {gap}"
    yield f"room below {after.gap if after else 'end'}"
    if habit:
        yield f"its look {habit}"
        yield from (f"its look {name}" for name in habit.split(", ") if name)
        yield f"its look {habit}, room above {gap}"
    if before is not None:
        same = before.look == here.look
        yield f"look {'as above' if same else 'changes'}, room above {gap}"
        if same and habit:
            yield f"look as above, {habit}, room above {here.gap}"
    if after is not None and after.look != here.look:
        yield f"look changes below, room {after.gap}"


def _as_set(row: Row, look: Look, body: float, usual: tuple[str, bool, bool]) -> SetRow:
    ratio = look.size / (body or 1.0)
    face, bold, slanted = usual
    unlike = (
        next((name for most, name in _SIZES if ratio < most), "very large"),
        "bold" if look.bold and not bold else "light" if bold and not look.bold else "",
        "slanted" if look.slanted and not slanted else "upright" if slanted and not look.slanted else "",
        "in small capitals" if look.small_capitals else "in capitals" if _CAPITALS.match(row.words) else "",
        "of another face" if look.face != face else "",
    )
    gap = next((name for most, name in _GAPS if look.above < most), "more")
    return SetRow(look.size, " ".join(name for name in unlike if name), _place(look), gap)


def _place(look: Look) -> str:
    if look.left > _SET_IN and abs(look.left - look.right) < _EVEN:
        return "centred"
    if look.right < _EVEN:
        return "full" if look.left < _EVEN else "at the right" if look.left > 4 * _SET_IN else "indented, full"
    return "at the left" if look.left < _EVEN / 2 else "indented" if look.left < 2 * _SET_IN else "set in"


def _habits(rows: Sequence[Row], as_set: Sequence[SetRow | None]) -> dict[tuple[float, str, bool], str]:
    """Say of each look that is not the text's how often, in how many rows, and where it stands; whether it counts."""
    count = Counter(one.look for one in as_set if one)
    text = text_look(as_set)
    if text is None:
        return {}
    runs: dict[tuple[float, str, bool], list[tuple[int, int]]] = {}
    for at, one in enumerate(as_set):
        if one is None or one.look == text:
            continue
        last = runs.setdefault(one.look, [])
        if last and last[-1][1] == at:
            last[-1] = (last[-1][0], at + 1)
        else:
            last.append((at, at + 1))
    out: dict[tuple[float, str, bool], str] = {}
    for look, places in runs.items():
        share = count[look] / len(rows)
        often = "once" if len(places) == 1 else "rare" if share < _RARE else "some" if share < _SOME else "often"
        short = fmean(end - start for start, end in places) < _FEW_ROWS
        over = fmean(end < len(rows) and _is(as_set[end], text) for _, end in places) > _MOSTLY
        apart = fmean(is_apart(rows, as_set, start) for start, _ in places) > _MOSTLY
        numbers = sum(_is_numbered(rows[start].words) for start, _ in places)
        counts = numbers >= _COUNTS and numbers > _MOSTLY * len(places)
        out[look] = ", ".join(
            (often, "short" if short else "long", "over the text" if over else "", "apart" if apart else "")
            + (("it counts",) if counts else ())
        )
    return out


def _is(one: SetRow | None, look: tuple[float, str, bool]) -> bool:
    return one is not None and one.look == look


def is_apart(rows: Sequence[Row], as_set: Sequence[SetRow | None], at: int) -> bool:
    """Tell whether a row stands below a gap, or opens its page."""
    one = as_set[at]
    return at == 0 or rows[at - 1].page != rows[at].page or (one is not None and one.gap not in ("none", "a little"))


def _is_numbered(words: str) -> bool:
    return bool(NUMBER.match(words) or NUMBERED.match(words) or NAMED.match(words))

"""Finding the words of one text again in another, in order, in about the time that it takes to read them.

Runs of words that stand once in both texts are the anchors (the idea of Bram Cohen's patience diff);
between two anchors little is left, and there the longest common subsequence is exact.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import compress, count, islice, pairwise
from operator import lt, ne

from rapidfuzz.distance import LCSseq

RUNS = (12, 6, 3, 1)
"""Lengths of the runs that are tried as anchors, one after the other, until a gap is small."""

SMALL = 4_000_000
"""Words of one text times words of the other: so much the exact way does in milliseconds."""

WIDTH = array("I").itemsize
"""Bytes of the number of a word."""

ISLAND = 3
STRAIT = 4
"""Fewer words in a row than ISLAND, with STRAIT foreign words on either side, were found by chance."""

REACH = 8
"""Words beside a gap that are looked at again with it: the same word next door may have been taken for its own."""

MISSING = -1


def align(wanted: Sequence[str], given: Sequence[str]) -> list[int]:
    """Find ``wanted`` in ``given``, in order.

    Returns:
        For each word of ``wanted`` its place in ``given``, or MISSING. The places rise.

    """
    found = [MISSING] * len(wanted)
    numbers: tuple[bytes, bytes] | None = None
    gaps = [(0, len(wanted), 0, len(given), 0)]
    while gaps:
        start, end, low, high, level = gaps.pop()
        alike = _alike(wanted[start:end], given[low:high])
        found[start : start + alike] = range(low, low + alike)
        start, low = start + alike, low + alike
        while start < end and low < high and wanted[end - 1] == given[high - 1]:
            end, high = end - 1, high - 1
            found[end] = high
        if start == end or low == high:
            continue
        if (end - start) * (high - low) <= SMALL:
            _exactly(wanted, given, (start, end, low, high), found)
            continue
        anchors: list[tuple[int, int]] = []
        while level < len(RUNS) and not anchors:
            numbers = numbers or _numbered(wanted, given)
            anchors = _anchors(*numbers, (start, end, low, high), RUNS[level])
            level += not anchors
        if anchors:
            gaps += _around(anchors, (start, end, low, high), level, found)
        else:
            gaps += _halves(start, end, low, high, level)
    if _drop_islands(found, len(given)):
        _close_up(wanted, given, found)
    return found


def _alike(wanted: Sequence[str], given: Sequence[str]) -> int:
    """Return with how many of the same words both begin."""
    return next(compress(count(), map(ne, wanted, given)), min(len(wanted), len(given)))


def _numbered(wanted: Sequence[str], given: Sequence[str]) -> tuple[bytes, bytes]:
    """Write each word of two texts as a number of WIDTH bytes: a run of words is a piece of that, soon found again."""
    numbers: dict[str, int] = {}
    fresh = count()
    here, there = (array("I", map(numbers.setdefault, words, fresh)).tobytes() for words in (wanted, given))
    return here, there


def _anchors(wanted: bytes, given: bytes, gap: tuple[int, int, int, int], length: int) -> list[tuple[int, int]]:
    """Return the places of runs of ``length`` words that stand once in both, as many as keep their order."""
    start, end, low, high = gap
    here = _once(wanted, start, end, length)
    there = _once(given, low, high, length)
    found = list(map(there.get, here))
    return _rising([(place, other) for place, other in zip(here.values(), found, strict=True) if other is not None])


def _once(words: bytes, start: int, end: int, length: int) -> dict[bytes, int]:
    """Return the runs of ``length`` words that stand once, in order, with their places."""
    size = WIDTH * length
    runs = [words[at : at + size] for at in range(WIDTH * start, WIDTH * (end - length) + 1, WIDTH)]
    places = dict(zip(runs, count(start), strict=False))  # of a run that stands twice the last place; others are left
    if len(places) < len(runs):
        for place in set(range(start, start + len(runs))).difference(places.values()):
            places.pop(runs[place - start], None)
    return places


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest part of ``pairs`` in which the second numbers rise as the first do."""
    places = [there for _, there in pairs]
    if all(map(lt, places, islice(places, 1, None))):
        return pairs
    tails: list[int] = []
    heads: list[int] = []
    before = [MISSING] * len(pairs)
    for index, (_, there) in enumerate(pairs):
        pile = bisect_left(tails, there)
        if pile:
            before[index] = heads[pile - 1]
        tails[pile : pile + 1] = [there]
        heads[pile : pile + 1] = [index]
    chain: list[tuple[int, int]] = []
    index = heads[-1] if heads else MISSING
    while index != MISSING:
        chain.append(pairs[index])
        index = before[index]
    return chain[::-1]


def _around(
    anchors: list[tuple[int, int]], gap: tuple[int, int, int, int], level: int, found: list[int]
) -> list[tuple[int, int, int, int, int]]:
    """Put the anchors' words in their places, and return the gaps between them."""
    start, end, low, high = gap
    length = RUNS[level]
    gaps = []
    at = 0
    for last in _diagonals(anchors):
        while at < last:  # of anchors in a row the first that can be taken takes the others with it
            here, there = anchors[at]
            skip = max(start - here, low - there, 0)  # anchors overlap
            if skip and (skip >= length or (here + skip, there + skip) != (start, low)):
                at += 1
                continue
            if not skip:
                gaps.append((start, here, low, there, level))
            size = last - at - 1 + length
            found[here + skip : here + size] = range(there + skip, there + size)
            start, low, at = here + size, there + size, last
    gaps.append((start, end, low, high, level))
    return gaps


def _diagonals(anchors: Sequence[tuple[int, int]]) -> list[int]:
    """Return where runs of anchors end of which each is one word behind the one before, in both texts."""
    steps = enumerate(pairwise(anchors), 1)
    return [*(at for at, ((here, there), (on, off)) in steps if on - here != 1 or off - there != 1), len(anchors)]


def _halves(start: int, end: int, low: int, high: int, level: int) -> list[tuple[int, int, int, int, int]]:
    """Cut a gap with nothing to hold on to: the texts have hardly anything in common there."""
    middle, centre = (start + end) // 2, (low + high) // 2
    return [(start, middle, low, centre, level), (middle, end, centre, high, level)]


def _exactly(wanted: Sequence[str], given: Sequence[str], gap: tuple[int, int, int, int], found: list[int]) -> None:
    start, end, low, high = gap
    for block in LCSseq.opcodes(wanted[start:end], given[low:high]).as_matching_blocks():
        for i in range(block.size):
            found[start + block.a + i] = low + block.b + i


def _drop_islands(found: list[int], size: int) -> bool:
    """Give up words that were found by chance, alone among words that are not wanted; tell whether there were any."""
    dropped = False
    runs: list[tuple[int, int]] = []
    first = 0
    breaks = [at for at, (one, other) in enumerate(pairwise(found), 1) if other != one + 1 or one == MISSING]
    for last in (*breaks, len(found)):
        if first < last and found[first] != MISSING:
            runs.append((first, last))
        first = last
    edges = [(found[first], found[last - 1] + 1) for first, last in runs]
    for number, (first, last) in enumerate(runs):
        before = edges[number][0] - (edges[number - 1][1] if number else 0)
        after = (edges[number + 1][0] if number + 1 < len(runs) else size) - edges[number][1]
        if last - first < ISLAND and before >= STRAIT and after >= STRAIT:
            found[first:last] = [MISSING] * (last - first)
            dropped = True
    return dropped


def _close_up(wanted: Sequence[str], given: Sequence[str], found: list[int]) -> None:
    """Find words that were given up where they do stand: beside the words next to them."""
    taken = set(found)
    for index in range(len(found) - 2, -1, -1):
        place = found[index + 1] - 1
        if found[index] == MISSING and place >= 0 and place not in taken and given[place] == wanted[index]:
            found[index] = place
            taken.add(place)
    for index in range(1, len(found)):
        place = found[index - 1] + 1
        if found[index] == MISSING and 0 < place < len(given) and place not in taken and given[place] == wanted[index]:
            found[index] = place
            taken.add(place)


WIDEST = 40  # words: a gap that is wider, with what lies around it, is no word broken at the end of a line


def locate(wanted: Sequence[str], given: Sequence[str], *, spaced: bool = True) -> list[int]:
    """Find ``wanted`` in ``given`` as :func:`align` does.

    If not ``spaced``, a word of ``given`` may be several of ``wanted`` written as one: in print, an author's hyphen
    at the end of a line looks like the typesetter's. Words found like that all get the same place.
    """
    found = align(wanted, given)
    if spaced:
        return found
    for start, end in gaps(found):
        for reach in range(REACH):
            first, last = max(0, start - reach), min(len(found), end + reach)
            while first and found[first - 1] == MISSING:
                first -= 1
            while last < len(found) and found[last] == MISSING:
                last += 1  # of two words alike the wrong one may have been found, and parted one gap in two
            if last - first > WIDEST:
                break
            low = found[first - 1] + 1 if first else 0
            high = found[last] if last < len(found) else len(given)
            if places := _spelt(wanted[first:last], given[low:high]):
                found[first:last] = [low + place for place in places]
                break
    return found


def unused(found: Sequence[int], size: int) -> Iterator[tuple[int, int]]:
    """Yield start and end of each run of words, of ``size`` in all, in which nothing was found."""
    reached = 0
    for place in found:
        if reached < place:
            yield reached, place
        reached = max(reached, place + 1)
    if reached < size:
        yield reached, size


def gaps(found: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield start and end of each run of missing words; what is settled on the way ahead of a run is seen."""
    end = 0
    while end < len(found):
        try:
            start = end = found.index(MISSING, end)
        except ValueError:
            return
        while end < len(found) and found[end] == MISSING:
            end += 1
        yield start, end


def _spelt(wanted: Sequence[str], given: Sequence[str]) -> list[int]:
    """Say where all of ``wanted``, one or several at a time, are some words of ``given``, in order; else nothing.

    Each stands as it is, if all do.
    """
    ways: dict[int, list[int]] = {0: []}  # by how many of the words are found, where each is
    for most in (1, len(wanted)):
        for place, word in enumerate(given):
            for start, way in list(ways.items()):
                end, rest = start, word
                while rest and end < min(start + most, len(wanted)) and rest.startswith(wanted[end]):
                    rest = rest[len(wanted[end]) :]
                    end += 1
                if not rest:
                    ways.setdefault(end, [*way, *[place] * (end - start)])
        if len(wanted) in ways:
            return ways[len(wanted)]
        ways = {0: []}
    return []

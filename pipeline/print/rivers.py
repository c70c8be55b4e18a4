"""Rivers: spaces between words that lie below one another line after line, so that the eye runs down a white crack.

Where the spaces of a line lie is worked out from the widths of the letters in the body face and from how wide the words
came out: near enough to see a space below a space.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache, reduce
from operator import and_
from typing import TYPE_CHECKING, Any

from pipeline.fonts import advances

if TYPE_CHECKING:
    from pipeline.print.boxes import Line

MOST = 4  # lines: a river that runs through more is seen
BED = 12  # hundredths of an em: spaces that share less of the measure do not flow into each other
SAFE = 9  # the same, where a paragraph is tried again: where its spaces lie is reckoned, and may be a little beside it
OTHER = 0.5  # em: about the width of a letter that the body face does not have
_SPACE = re.compile("[ \u00a0]")


def spaces_of(texts: Sequence[Any], space: float) -> tuple[int, ...]:
    """Return where the spaces of a line begin, in hundredths of an em from the left edge of its page.

    ``texts`` are the TextBoxes of the line, ``space`` is the natural word space of their face in em.
    """
    found: list[int] = []
    for box in texts:
        words = _SPACE.split(box.text)
        if len(words) < 2:
            continue
        size, italic = box.style["font_size"], box.style["font_style"] != "normal"
        step = space * size + box.style["word_spacing"] + box.justification_spacing
        natural = [_width(word, italic) for word in words]
        stretch = (box.width - step * (len(words) - 1)) / (sum(natural) or 1)
        at = box.position_x
        for width in natural[:-1]:
            at += width * stretch
            found.append(round(at / size * 100))
            at += step
    first = _SPACE.split(texts[0].text)[0] if texts else ""
    if first and not any(map(str.isalnum, first)):
        found = found[1:]  # behind the dash that opens a speech, as behind those above and below
    ends_in_space = bool(texts) and _SPACE.fullmatch(texts[-1].text[-1:]) is not None
    return tuple(found[:-1] if ends_in_space else found)


def may_run(lines: Sequence[Line], natural: float, wide: int, through: int) -> bool:
    """Tell whether some river runs ``through`` so many lines, if no two of them are set ragged.

    ``natural`` and ``wide`` are what they are below. Of most lines that is told much sooner than how long it is.
    """
    beds: list[int] = []  # of each line, a bit for each hundredth of an em at which a river as wide may begin
    for line in lines:
        width = round(100 * (line.gap or natural)) - wide
        if line.spaces and line.spaces[0] < 0:
            return True
        bits = 0
        if width > 0:
            white = (1 << width) - 1
            for start in line.spaces:
                bits |= white << start
        beds.append(bits)
    return any(reduce(and_, beds[at : at + through]) for at in range(len(beds) - through + 1))


def longest_river(lines: Sequence[Line], natural: float, wide: int = BED) -> int:
    """Return through how many ``lines`` the longest river runs, if it is nowhere narrower than ``wide``.

    ``natural``: the space, in em, of a line that is not stretched.
    Of two lines below one another that are not stretched, one is set ragged: its spaces lie where they must.
    """
    longest, stretched = 0, True
    flowing: list[tuple[int, int, int]] = []  # from, to, lines so far: the most of those that end up as wide; in order
    above = 0  # how wide the spaces of the line above are
    for line in lines:
        if not line.gap and not stretched:
            flowing = []
        stretched = bool(line.gap)
        width = round(100 * (line.gap or natural))
        on = {(start, start + width): 1 for start in line.spaces}
        for start, end in list(on):
            for at in range(bisect_left(flowing, (start + wide - above,)), bisect_left(flowing, (end - wide,))):
                left, right, length = flowing[at]
                bed = max(start, left), min(end, right)
                if bed[1] - bed[0] > wide:
                    on[bed] = max(on.get(bed, 0), length + 1)
                    longest = max(longest, length + 1)
        flowing = sorted((left, right, length) for (left, right), length in on.items())
        above = width
    return longest


@cache
def _width(word: str, italic: bool) -> float:
    widths = advances(italic)
    return sum(widths.get(letter, OTHER) for letter in word)

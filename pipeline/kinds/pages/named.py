"""Named: headings that the running heads of the pages below say again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.kinds.pages.heads import key
from pipeline.kinds.pages.leaves import Row

__all__ = ["named"]

_NEXT = 2  # pages; the running head of a chapter begins no later
_ROWS = 3  # of one heading
_SHORTEST = 3  # letters; what is shorter, such as a number, says too little


def named(rows: Sequence[Row], heads: Sequence[Row]) -> Mapping[int, str]:
    """Return the rows, by place, that are headings because running heads say them: their labels.

    Args:
        rows: of running text.
        heads: the running heads, in order.

    A heading stands under a gap or at the head of its page, is the first row to say its words, and the page after it,
    or the next but one, says them in its running head for the first time.

    """
    first: dict[str, int] = {}
    for head in heads:
        first.setdefault(key(_bare(head.words)), head.page)
    out: dict[int, str] = {}
    said: set[str] = set()
    for at, row in enumerate(rows):
        opens = row.blanks > 0 or at == 0 or rows[at - 1].page != row.page or at - 1 in out
        words = ""
        for count, part in enumerate(rows[at : at + _ROWS]) if opens else ():
            words += key(part.words)
            page = first.get(words, -1)
            if len(words) > _SHORTEST and words not in said and row.page <= page <= row.page + _NEXT:
                said.add(words)
                out |= {at + n: "heading+" if n else "heading" for n in range(count + 1)}
                break
    return out


def _bare(text: str) -> str:
    """Return the words of a running head without its folio."""
    return text.strip(" \t0123456789[]()–—-·|")

"""Named: headings that the list of contents has, or that the running heads of the pages below say again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.kinds.pages.heads import key
from pipeline.kinds.pages.leaves import Row
from pipeline.parts import NUMBERED

__all__ = ["named"]

_NEXT = 2  # pages; the running head of a chapter begins no later
_ROWS = 4  # of one heading
_SHORTEST = 3  # letters; what is shorter, such as a number, says too little
_TELLING = 20  # letters; so many tell a heading that the list of contents shortens


def named(rows: Sequence[Row], heads: Sequence[Row], entries: Sequence[str] = ()) -> Mapping[int, str]:
    """Return the rows, by place, that are headings because others say so: their labels.

    Args:
        rows: of running text.
        heads: the running heads, in order.
        entries: what the entries of the list of contents say.

    A heading stands under a gap or at the head of its page and is the first row to say its words; the list of contents
    has them, or the page after it, or the next but one, says them in its running head for the first time.

    """
    first: dict[str, int] = {}
    for head in heads:
        first.setdefault(key(_bare(head.words)), head.page)
    listed = {name for entry in entries for name in _names(entry) if len(name) > _SHORTEST}
    out: dict[int, str] = {}
    said: set[str] = set()
    for at, row in enumerate(rows):
        opens = row.blanks > 0 or at == 0 or rows[at - 1].page != row.page or at - 1 in out
        words = ""
        for count, part in enumerate(rows[at : at + _ROWS]) if opens else ():
            words += key(part.words)
            name = words if words in listed else next((one for one in listed if _shortened(one, words)), "")
            page = first.get(words, -1)
            running = len(words) > _SHORTEST and row.page <= page <= row.page + _NEXT
            if (name and name not in said) or (running and words not in said):
                said |= {words, name}
                out |= {at + n: "heading+" if n else "heading" for n in range(count + 1)}
                break
            if not any(one.startswith(words) for one in (*listed, *first)):
                break
    return out


def _names(entry: str) -> tuple[str, ...]:
    """Return the letters of an entry, with its number and without."""
    found = NUMBERED.match(entry)
    return (key(entry), key(found["rest"])) if found else (key(entry),)


def _shortened(entry: str, words: str) -> bool:
    return len(entry) >= _TELLING and words.startswith(entry)


def _bare(text: str) -> str:
    """Return the words of a running head without its folio."""
    return text.strip(" \t0123456789[]()–—-·|")

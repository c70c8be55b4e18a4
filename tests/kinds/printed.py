"""Printed: pages as a printer sets them and a program takes their text off again, with what makes them hard to read.

``python -m tests.kinds.printed --out FOLDER`` writes ``NAME.txt`` and ``NAME.truth.json`` (the blocks that were set, as
``python -m pipeline.kinds.pages.train`` and scorers of structure read them) for each of :data:`PRESSES`.
"""

from __future__ import annotations

import argparse
import json
import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

CHAPTERS = (
    (
        "The Weir House",
        (
            "When the commissioners came to measure the weir, they found a boy of nine who knew the height of the "
            "water on every Sunday since he had learnt to count. He had cut it into the door of the boat shed, "
            "and they copied the door as it was, with a hinge.",
            "Their report, which nobody read, gave the whole credit to an engineer named Harbottle; and Harbottle, who "
            "was an honest man, sent the boy a spirit level in a velvet case, with a letter that began “My dear "
            "colleague” and did not mention the report at all.",
            "The level lay on the kitchen shelf beside the tea. It was consulted when the stove was moved, and once, "
            "by mistake, in an argument about the vicar.",
        ),
    ),
    (
        "Of the Lower Meadow",
        (
            "Three families had the use of the lower meadow, and no two of them agreed on what the use was. The first "
            "said hay, the second said geese; the third, who had neither hay nor geese, said that a meadow was for "
            "looking at, and put a bench there.",
            "Whoever sat on the bench was thought to side with the third family. Strangers, who knew nothing of it, "
            "sat down to rest and were surprised to be greeted so warmly by one half of the village and not at all by "
            "the other.",
            "In the wet year the meadow settled the matter by becoming a lake, and all three families fished in it "
            "from the bench, which floated.",
        ),
    ),
)
"""A small book: its chapters, each with its title and its paragraphs."""

Pages = list[list[str]]


@dataclass(frozen=True, slots=True)
class Press:
    """One way to print the book and to take it off the page: what is done to its rows, and to each page of them."""

    width: int = 58
    rows: int = 11
    open_chapter: Callable[[str], Sequence[str]] = lambda title: (title, "")
    set_paragraph: Callable[[str, int, bool], list[str]] = lambda text, width, _first: textwrap.wrap(text, width)
    set_page: Callable[[list[str], int], list[str]] = lambda rows, _number: rows

    def printed(self) -> str:
        """Return the text that is taken off the pages, a form feed between two of them."""
        out: list[str] = []
        for number, page in enumerate(self._pages(), 7):
            head = f"{number}    THE WEIR HOUSE" if number % 2 == 0 else f"A VILLAGE HISTORY    {number}"
            body = self.set_page(page, number)
            out.append("\n".join([head, "", *body, ""]))
        return "\f".join(out)

    def _pages(self) -> Pages:
        rows: list[str] = []
        for title, paragraphs in CHAPTERS:
            rows += ["", *self.open_chapter(title)] if rows else self.open_chapter(title)
            for n, text in enumerate(paragraphs):
                rows += self.set_paragraph(text, self.width, n == 0)
        return [rows[at : at + self.rows] for at in range(0, len(rows), self.rows)]


def blocks() -> Iterator[dict[str, object]]:
    """Yield what was set, in order."""
    for title, paragraphs in CHAPTERS:
        yield {"role": "heading", "text": title, "level": 1}
        for text in paragraphs:
            yield {"role": "para", "text": text}


# ------------------------------------------------------------------------------------------------- what printers do


def indented(text: str, width: int, first: bool) -> list[str]:
    """Set a paragraph with its first row set in, unless it opens a chapter."""
    return textwrap.wrap(text, width, initial_indent="" if first else "   ")


def dropped(text: str, width: int, first: bool) -> list[str]:
    """Set the first letter of a chapter large: it comes out apart from its word, which is in capitals."""
    word, _, rest = text.partition(" ")
    shown = f"{word[0]} {word[1:].upper()} {rest}" if first else f"   {text}"
    return textwrap.wrap(shown, width, drop_whitespace=True, replace_whitespace=False)


def dropped_alone(text: str, width: int, first: bool) -> list[str]:
    """Set the first letter of a chapter so large that it comes out on a row of its own."""
    if not first:
        return indented(text, width, first)
    return [text[0], *textwrap.wrap(text[1:], width)]


def ligatured(text: str, width: int, first: bool) -> list[str]:
    """Set ligatures, as old founts have them."""
    rows = indented(text, width, first)
    return [row.replace("ffi", "ﬃ").replace("fi", "ﬁ").replace("fl", "ﬂ") for row in rows]


def broken(hyphen: str) -> Callable[[str, int, bool], list[str]]:
    """Break words at the ends of rows, where they have room for three letters of the next."""

    def set_paragraph(text: str, width: int, first: bool) -> list[str]:
        rows: list[str] = ["" if first else "   "]
        for word in text.split():
            room = width - len(rows[-1])
            if len(word) + 1 <= room:
                rows[-1] += word if not rows[-1].strip() else f" {word}"
            elif room > 5 and len(word) > 7 and word.isalpha():
                rows[-1] += f" {word[: room - 3]}{hyphen}"
                rows.append(word[room - 3 :])
            else:
                rows.append(word)
        return rows

    return set_paragraph


def spaced(title: str) -> tuple[str, ...]:
    """Set a chapter's title in capitals with spaces between them."""
    return ("   ".join(" ".join(word.upper()) for word in title.split()), "")


def numbered(step: int) -> Callable[[list[str], int], list[str]]:
    """Print a number in the margin of every row, or of every fifth."""

    def set_page(rows: list[str], _number: int) -> list[str]:
        out, count = [], 0
        for row in rows:
            count += bool(row)
            out.append(f"{count if row and count % step == 0 else '':>4}  {row}".rstrip())
        return out

    return set_page


def in_columns(rows: list[str], _number: int) -> list[str]:
    """Set a page in two columns, side by side."""
    half = (len(rows) + 1) // 2
    left, right = rows[:half], [*rows[half:], ""]
    return [f"{one:<40}{other}".rstrip() for one, other in zip(left, right, strict=False)]


PRESSES = {
    "plain": Press(),
    "indented": Press(set_paragraph=indented),
    "a drop capital": Press(set_paragraph=dropped),
    "a drop capital alone": Press(set_paragraph=dropped_alone),
    "ligatures": Press(set_paragraph=ligatured),
    "hyphens": Press(width=44, set_paragraph=broken("-")),
    "soft hyphens": Press(width=44, set_paragraph=broken("\xad")),
    "spaced letters": Press(open_chapter=spaced, set_paragraph=indented),
    "a number on every row": Press(set_paragraph=indented, set_page=numbered(1)),
    "a number on every fifth row": Press(set_paragraph=indented, set_page=numbered(5)),
    "two columns": Press(width=34, rows=40, set_paragraph=indented, set_page=in_columns),
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the texts and their truth."""
    parser = argparse.ArgumentParser(prog="python -m tests.kinds.printed", description="Print pages to be read again.")
    parser.add_argument("--out", type=Path, required=True, help="where the texts and their truth are written")
    folder: Path = parser.parse_args(arguments).out
    folder.mkdir(parents=True, exist_ok=True)
    truth = json.dumps({"blocks": [*blocks()], "notes": {}}, ensure_ascii=False, indent=1)
    for name, press in PRESSES.items():
        stem = name.replace(" ", "-")
        (folder / f"{stem}.txt").write_text(press.printed(), encoding="utf-8")
        (folder / f"{stem}.truth.json").write_text(f"{truth}\n", encoding="utf-8")


if __name__ == "__main__":
    main()

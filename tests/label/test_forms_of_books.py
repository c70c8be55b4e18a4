"""Whole small books, composed of the forms in which books write their parts, chapters, sections and contents.

Each form alone is easy; what goes wrong is one form beside another, at one blank line or at four. A book is named by
its forms; its headings and their levels are known, because it was composed of them.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

import pytest

from pipeline.label import label
from pipeline.model import Line, Role

TEXTS = (
    "The ferry at Lower Lindle went twice a day, and on market days three\ntimes, though nobody had asked for it and"
    " the ferryman was seldom paid\nfor his trouble.",
    "Old Pell set out for the salt road in the spring of that year, and was\nnot seen again until the snow lay thick on"
    " the orchard wall.",
    '"You may keep the lamp," said the miller. "It is late."',
    "When the bell had rung, Dorrie came back by the way of the lock house.\nShe would not speak of what she had seen"
    " there, and her brother did not\nask her.",
)
TITLES = (
    "The Long Wager", "Of the Ladder and the Key", "Silver Roads", "How the Mirror Was Found", "The Empty Lamp",
    "Winter Harvest", "Broken Bridges", "Of the Ferry and the Mill", "The Narrow Debt", "Hollow Promises",
    "The Distant Orchard", "Green Windows", "How the Ladder Was Lost", "The Burning Meadow", "Quiet Keys",
    "Of the Storm and the Road", "The Open Letters", "Bitter Voyages", "The Hidden Mill", "Last Visitors",
    "How the Lamp Was Sold", "The Long Meadow", "Of the Debt and the Storm", "Silver Keys", "The Winter Road",
    "Broken Windows", "The Green Wager", "Narrow Roads", "How the Road Was Closed", "The Empty Mill",
    "Of the Key and the Lamp", "Open Harvests", "The Bitter Orchard", "Hidden Bridges", "The Distant Mirror",
    "Burning Letters", "The Quiet Voyage", "Hollow Lamps", "How the Debt Was Paid", "The Silver Storm",
)  # fmt: skip
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")
WORDS = ("One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight")
ORDINALS = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth")

Form = Callable[[int, str], str]
FORMS: dict[str, Form] = {
    "PART I": lambda n, _: f"PART {ROMAN[n]}",
    "PART ONE, TITLE": lambda n, title: f"PART {WORDS[n].upper()}\n\n{title.upper()}",
    "Part 1: Title": lambda n, title: f"Part {n + 1}: {title}",
    "BOOK THE FIRST": lambda n, _: f"BOOK THE {ORDINALS[n].upper()}",
    "VOLUME I.": lambda n, _: f"VOLUME {ROMAN[n]}.",
    "CHAPTER I": lambda n, _: f"CHAPTER {ROMAN[n]}",
    "CHAPTER I, TITLE": lambda n, title: f"CHAPTER {ROMAN[n]}\n\n{title.upper()}",
    "CHAPTER I, Title": lambda n, title: f"CHAPTER {ROMAN[n]}\n\n{title}",
    "CHAPTER I. Title": lambda n, title: f"CHAPTER {ROMAN[n]}. {title}",
    "CHAPTER THE FIRST": lambda n, title: (
        f"CHAPTER THE {ORDINALS[n].upper()}\n\nIn which {title.lower()} is seen, and what the ferryman said of it\n"
        "to the boy when they were alone."
    ),
    "I": lambda n, _: ROMAN[n],
    "I.": lambda n, _: f"{ROMAN[n]}.",
    "I, TITLE": lambda n, title: f"{ROMAN[n]}\n\n{title.upper()}",
    "I. Title": lambda n, title: f"{ROMAN[n]}. {title}",
    "1": lambda n, _: str(n + 1),
    "1. Title": lambda n, title: f"{n + 1}. {title}",
    "1 Title": lambda n, title: f"{n + 1} {title}",
    "[ 1 ]": lambda n, _: f"[ {n + 1} ]",
    "§ 1. Title": lambda n, title: f"§ {n + 1}. {title}",
    "SECTION I. TITLE": lambda n, title: f"SECTION {ROMAN[n]}. {title.upper()}.",
    "ONE": lambda n, _: WORDS[n].upper(),
    "THE FIRST TALE": lambda n, _: f"THE {ORDINALS[n].upper()} TALE",
    "TITLE": lambda _, title: title.upper(),
    "TITLE.": lambda _, title: f"{title.upper()}.",
    "Title": lambda _, title: title,
    "_Title._": lambda _, title: f"_{title}._",
    "=Title=": lambda _, title: f"={title}=",
}
"""How a heading is written, from its number (counted from 0) and a title."""

BOOKS = (
    # what stands above what, blank lines above a chapter, whether a list of contents names parts and chapters
    ("PART I / CHAPTER I", 1, False), ("PART I / CHAPTER I, TITLE", 3, True), ("PART I / I", 1, False),
    ("PART I / TITLE", 2, False), ("PART I / Title", 3, True), ("PART I / 1. Title", 2, False),
    ("PART ONE, TITLE / CHAPTER I", 3, False), ("PART ONE, TITLE / I", 3, False),
    ("PART ONE, TITLE / 1. Title", 2, True), ("PART ONE, TITLE / § 1. Title", 4, True),
    ("Part 1: Title / CHAPTER I", 3, True), ("Part 1: Title / I. Title", 3, False), ("Part 1: Title / 1", 2, False),
    ("BOOK THE FIRST / Title", 4, True), ("BOOK THE FIRST / CHAPTER I. Title", 4, True),
    ("BOOK THE FIRST / ONE", 2, False), ("BOOK THE FIRST / [ 1 ]", 4, False),
    ("BOOK THE FIRST / THE FIRST TALE", 2, True),
    ("VOLUME I. / CHAPTER I, Title", 3, False), ("VOLUME I. / TITLE.", 1, True), ("VOLUME I. / I, TITLE", 3, True),
    ("CHAPTER I", 1, False), ("CHAPTER I, Title", 1, True), ("CHAPTER THE FIRST", 1, False),
    ("I, TITLE", 4, True), ("1 Title", 2, True), ("[ 1 ]", 3, False), ("Title", 2, False), ("TITLE.", 1, False),
    ("CHAPTER I. Title / _Title._", 1, False), ("CHAPTER I, Title / 1", 2, True), ("CHAPTER I / TITLE", 1, False),
    ("CHAPTER I. Title / Title", 2, False), ("I / TITLE.", 3, False), ("I, TITLE / TITLE.", 4, False),
    ("ONE / TITLE", 1, True), ("SECTION I. TITLE / I.", 3, False), ("1 Title / TITLE.", 4, True),
    ("1. Title / _Title._", 2, True), ("TITLE / 1", 2, True), ("Title / I.", 2, True),
    ("PART I / CHAPTER I. Title / _Title._", 2, False), ("VOLUME I. / CHAPTER I / TITLE.", 3, True),
)  # fmt: skip


def headings(text: str) -> list[tuple[int, str]]:
    """Return the headings of a text, each with its level; the lines of one are joined."""
    lines = [Line(number, line) for number, line in enumerate(text.split("\n"), 1)]
    out: list[tuple[int, str]] = []
    for one in label(lines):
        words = lines[one.line - 1].text.strip()
        if one.role in (Role.TITLE, Role.HEADING):
            if one.joined:
                out[-1] = (out[-1][0], f"{out[-1][1]} {words}")
            else:
                out.append((one.level, words))
    return out


def composed(forms: Sequence[str], above: int, listed: bool) -> tuple[str, list[tuple[int, str]]]:
    """Compose a book: four chapters, in each of two parts if it has parts, three sections in each if it has sections.

    Text stands below each heading but those of parts; sections have a blank line less above them than chapters.

    Returns:
        Its text, and its headings.

    """
    titles, texts = iter(TITLES * 2), iter(TEXTS * 200)
    parted = forms[0].casefold().startswith(("part", "book", "volume"))
    heads: list[tuple[int, str]] = [(1, "PREFACE")] if above > 1 else []

    def inside(depth: int) -> Iterator[tuple[int, str]]:
        for n in range(2 if parted and not depth else 4 if depth == parted else 3):
            yield depth + 1, FORMS[forms[depth]](n, next(titles))
            if depth + 1 < len(forms):
                yield from inside(depth + 1)

    heads += inside(0)
    out = "THE LAMP HOUSE\n\nby\n\nAnsel Corvane\n\n\n"
    if listed:
        rows = [words.replace("\n\n", " ") for level, words in heads if level <= parted + 1]
        out += "\n\n\nCONTENTS\n\n" + "".join(
            f"{row} {'.' * (50 - len(row))} {7 * n + 3:3}\n" for n, row in enumerate(rows)
        )
    for level, words in heads:
        out += "\n" * (above if level <= parted + 1 else max(1, above - 1)) + f"{words}\n"
        if words == "PREFACE" or level > parted:
            out += "\n" + "\n\n".join(islice(texts, 3)) + "\n"
    return out, [(1, "THE LAMP HOUSE"), *((level, " ".join(words.split())) for level, words in heads)]


@pytest.mark.parametrize(("forms", "above", "listed"), BOOKS, ids=[f"{forms} at {n}" for forms, n, _ in BOOKS])
def test_a_book_has_the_headings_that_it_was_composed_of(forms: str, above: int, listed: bool) -> None:
    text, expected = composed(forms.split(" / "), above, listed)
    assert headings(text) == expected

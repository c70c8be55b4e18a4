"""Text taken off printed pages: by pdftotext, by "select all, copy", by a machine that read a scan, or out of a PDF.

Pages are cut (leaves), what the printer put around the text is set aside (heads), the notes at the feet are bound to
their calls (feet), and each row that is left gets its label (observe, sequence) by weights that were fitted (train).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.kinds.margin import freed
from pipeline.kinds.pages.binding import bound
from pipeline.kinds.pages.figures import in_columns
from pipeline.kinds.pages.heads import WHY as HEADS
from pipeline.kinds.pages.heads import furniture
from pipeline.kinds.pages.leaves import FEED, Row, leaves, number_of, page_label
from pipeline.kinds.pages.pressed import Pressed, pressed
from pipeline.kinds.pages.ranks import ranks
from pipeline.kinds.pages.sequence import SIZED, Labelled, label_rows, weights
from pipeline.kinds.pages.slips import find_slips
from pipeline.kinds.pages.whole import whole
from pipeline.label.front import BOOK_TITLE, TITLE_PAGE
from pipeline.label.notes import is_labelled
from pipeline.label.remarks import without_header
from pipeline.model import ChangeKind, Claim, Copy, Decision, Leaving, Line, Reason, Role
from pipeline.report import Report
from pipeline.settings import Settings

__all__ = ["LEAVES", "NAME", "WHY", "read", "recognise"]

NAME = "a text taken off printed pages"
WHY: Mapping[str, str] = {
    **HEADS,
    "page-contents": "An entry of the list of contents, with its page; the typesetter makes it anew.",
    "page-note": "At the foot of its page, under a label that is called above.",
    "page-note-behind": "In a list of notes behind its chapter, or its book, under a label that is called above.",
    "page-notes-named": "It names the notes below it, which stand at their calls.",
    "page-note-label": "The label of the note below, on a row of its own; the note's number takes its place.",
    "page-note-goes-on": "It goes on with the note above.",
    "page-named": "The list of contents has it, or the running heads of the pages below say it again: a heading.",
    "page-said": "The file says so itself, in its structure tree or its bookmarks.",
    "page-habit": "The book sets its headings so, apart from the text or run in with it, again and again.",
    "page-counted": "Its number goes on from that of a row above, with text between them: a heading.",
    "page-speaker": "One of few names in capitals that stand on rows of their own again and again: somebody speaks.",
    "page-row": "Its width, indent, end and beginning, and those of the rows around it, with fitted weights.",
}
LEAVES = {
    "folio": Leaving(edge=True, turns=True),
    "running-head-folio": Leaving(edge=True, turns=True),
    "running-head-again": Leaving(edge=True),
    "running-head-echo": Leaving(edge=True),
    "running-head-alike": Leaving(edge=True),
    "running-head-artifact": Leaving(edge=True, turns=True),
    "page-label": Leaving(turns=True),
    "page-note-label": Leaving(ChangeKind.SET_ASIDE),
    "page-notes-named": Leaving(ChangeKind.SET_ASIDE),
    "sheet-signature": Leaving(ChangeKind.SET_ASIDE),
    "page-contents": Leaving(ChangeKind.SET_ASIDE),
}
_ROLES = {
    "para": (Role.PARAGRAPH, 0),
    "quote": (Role.PARAGRAPH, 1),
    "heading": (Role.HEADING, 2),
    "verse": (Role.VERSE, 0),
    "drama": (Role.DIALOGUE, 0),
    "stage": (Role.PARAGRAPH, 0),
    "letter": (Role.LETTER, 0),
    "item": (Role.ITEM, 1),
    "caption": (Role.CAPTION, 0),
    "table": (Role.TABLE, 0),
}
_NAMED_NOTES = 2  # "[Footnote 1: …]"
_SETTLED = 12.0  # weight of what the page's form settles, as in label
_FEWEST = 2  # pages with furniture, or that break a sentence; one alone is an accident
_PRINTED = 0.6  # a claim above that of what fits any text, below those of kinds with marks of their own
_ALONE = 0.8  # of what stands at the edges of pages: folios without running heads
_CHAPTERS = 3  # page ends; of fewer none may tear a sentence by chance
_LEAPS = 2  # times as many pages as have a mark: of most pages nothing says where they begin
_SLANTED = re.compile(r"(?<![\w_])_[^\W_](?:[^_]*[^\s_])?_(?![\w_])")
_IN_BRACKETS = re.compile(r"\s*\[[^\W\d_]{4,}(?:[.:] |\]$)")
_TORN = re.compile(r"[^\W\d_][-\xad‐,]?$")


def recognise(lines: Sequence[Line]) -> Claim | None:
    """Claim a text by its pages: how many of them have a folio, a running head, or break off inside a sentence."""
    pages = [page for page in leaves(lines) if page]
    printed = any(line.look for line in lines)  # a PDF has pages, though none has a folio
    if len(pages) < _FEWEST or _typed(lines):
        return None
    aside = furniture(pages)
    marked = sum(any(row.number in aside for row in page) for page in pages)
    texts = [[row for row in page if row.number not in aside] for page in pages]
    torn = sum(_torn(one, other) for one, other in pairwise(texts))
    few = max(marked, torn) < min(_FEWEST, len(pages) - 1)
    if not printed and (few or (not torn and _are_chapters(lines, pages, aside))):
        return None
    share = min(1.0, max(marked / len(pages), torn / (len(pages) - 1)))
    full = [line for line in lines if not line.blank]
    reasons = (
        f"{len(pages)} pages",
        f"{marked} of them with a folio or running head",
        f"{torn} that break off inside a sentence",
    )
    return Claim(NAME, full[0].number, full[-1].number, max(0.5 + share / 2, _PRINTED * printed), reasons)


def _are_chapters(lines: Sequence[Line], pages: Sequence[Sequence[Row]], aside: Mapping[int, str]) -> bool:
    """Tell whether numbers alone cut a text into many parts: where no sentence runs over them, chapters end there."""
    folios = sum(rule == "folio" for rule in aside.values())
    numbers = folios > 0 and folios >= _ALONE * len(aside)
    return numbers and len(pages) > _CHAPTERS and not any(line.text.startswith(FEED) for line in lines)


def _torn(page: Sequence[Row], after: Sequence[Row]) -> bool:
    return bool(page and after and _TORN.search(page[-1].words) and after[0].words[:1].islower())


def _typed(lines: Sequence[Line]) -> bool:
    """Tell whether people typed the text anew, page marks and all: then its paragraphs are whole already.

    Who does so says of notes that they are some ("[Footnote 1: …]"), which no page says.
    """
    if any(line.look for line in lines):
        return False
    if sum(is_labelled(line.text) for line in lines) >= _NAMED_NOTES:
        return True
    named = [line for line in lines if page_label(line.text)]
    if len(named) > 1 and all(line.text.lstrip().startswith("[") for line in named) and _transcribed(lines, named):
        return True
    inside = sum("[Pg " in line.text for line in lines)
    return inside > len(named) or any(line.text.startswith("*** START OF") for line in lines[:400])


def _transcribed(lines: Sequence[Line], named: Sequence[Line]) -> bool:
    """Tell whether pages named in brackets ("[Pg 12]") are marks that somebody set into a text typed anew.

    So they are where the text says who made it, has pictures in brackets or words in underscores, as who types has and
    no page; and where most pages have no mark, so that nothing can be cut by them.
    """
    numbers = [number_of(page_label(line.text)) for line in named]
    few = max(numbers) - min(numbers) >= _LEAPS * len(numbers)
    slanted = sum(bool(_SLANTED.search(line.text)) for line in lines)
    pictures = any(_IN_BRACKETS.match(line.text) and not page_label(line.text) for line in lines)
    return few or pictures or slanted > 1 or any(True for _ in without_header(lines))


def read(lines: Sequence[Line], settings: Settings, report: Report) -> Copy:
    """Read the stretch: its text in the order of reading, notes behind the paragraph that their page ends in."""
    lines, numbers = freed(lines, of_pages=True)
    lines, mended = whole(lines)
    page = pressed(lines)
    find_slips(page.rows, report)
    binding = bound(page, {line.number: line for line in lines}, report)
    fitted = weights(SIZED) if any(row.size for row in page.rows) else weights()
    labelled = label_rows(page.seen, fitted, page.settled)
    decisions = dict(_decided(page, labelled))
    for number, rule in page.furniture.items():
        role = Role.CONTENTS if rule == "page-contents" else Role.BOILERPLATE
        decisions[number] = Decision(number, role, reasons=(Reason(rule, role, _SETTLED),))
    for number, titles in page.front.items():
        role = Role.TITLE if titles else Role.LETTER
        reasons = (Reason(BOOK_TITLE if titles else TITLE_PAGE, role, _SETTLED),)
        decisions[number] = Decision(number, role, reasons=reasons, level=int(titles))
    for foot in page.notes:
        for n, row in enumerate((*foot.rows, *foot.goes_on)):
            rule = "page-note-goes-on" if n else "page-note-behind" if foot.behind else "page-note"
            reasons = (Reason(rule, Role.NOTE, _SETTLED),)
            decisions[row.number] = Decision(row.number, Role.NOTE, n > 0, 1.0 if foot.sure else 0.6, reasons)
    order = list(_order(lines, page, labelled))
    return Copy(
        tuple(_plain(binding.lines[number], decisions[number].role) for number in order),
        tuple(decisions[number] for number in order),
        changes=(*numbers, *mended, *binding.changes),
    )


def _plain(line: Line, role: Role) -> Line:
    """Return a line without its look; what the page told by places, it tells by columns."""
    return replace(line, text=in_columns(line.text) if role is Role.TABLE else line.text, look=None)


def _decided(page: Pressed, labelled: Sequence[Labelled]) -> Iterator[tuple[int, Decision]]:
    level = ranks(page, labelled)
    shaped = any(row.indent or row.size for row in page.rows)  # without, nothing tells that a quotation is set apart
    for at, (row, one) in enumerate(zip(page.rows, labelled, strict=True)):
        label = one.label.removesuffix("+")
        role, depth = _ROLES["para" if label == "quote" and not shaped else label]
        if role is Role.HEADING:
            depth = level[row.number]
            role, depth = (Role.TITLE, 0) if depth == 1 else (Role.HEADING, depth)
        reasons = tuple(Reason(name, role, round(weight, 2)) for name, weight in one.reasons)
        yield (
            row.number,
            Decision(
                row.number,
                role,
                one.label.endswith("+"),
                one.likely,
                (*reasons, Reason(_rule(page, at), role, 0.0)),
                depth,
            ),
        )


def _rule(page: Pressed, at: int) -> str:
    if at in page.named:
        return "page-named"
    return page.rules.get(at, "page-row")


def _order(lines: Sequence[Line], page: Pressed, labelled: Sequence[Labelled]) -> Iterator[int]:
    """Return the lines in the order of the book: a page's furniture before its text, its notes behind the paragraph."""
    of = {row.number: row.page for row in page.every}
    notes: dict[int, list[int]] = {}
    for foot in page.notes:
        notes.setdefault(foot.rows[0].page, []).extend(row.number for row in (*foot.rows, *foot.goes_on))
    aside: dict[int, list[int]] = {}
    for number in sorted((*page.furniture, *page.front)):
        aside.setdefault(of[number], []).append(number)
    waiting: list[int] = []
    at = -1
    for row, one in zip(page.rows, labelled, strict=True):
        if waiting and not one.label.endswith("+"):
            yield from waiting
            waiting = []
        while at < row.page:
            waiting += notes.get(at, [])
            if waiting and not one.label.endswith("+"):
                yield from waiting
                waiting = []
            at += 1
            yield from aside.get(at, [])
        yield row.number
    while at <= max(of.values(), default=-1):
        waiting += notes.get(at, [])
        at += 1
        waiting += aside.get(at, [])
    yield from waiting

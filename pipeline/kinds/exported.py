"""Exported: by what the file is told that a reading app has written; :mod:`pipeline.kinds.exports` reads it."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from itertools import pairwise, takewhile

from pipeline.kinds import apps
from pipeline.kinds.attribution import NAME_FORM, leads
from pipeline.kinds.devices import placed, when
from pipeline.kinds.leafed import leafed
from pipeline.kinds.refrain import refrains
from pipeline.markup.foreword import parted
from pipeline.model import Claim, Line

__all__ = ["ADDRESS", "HEAD", "NAME", "again_and_again", "chapters_over", "mail_head", "recognise", "under_fields"]

NAME = "highlights exported from a reading app"
_APP = 120  # characters; an app's own lines are short
_FIRST = 15  # lines; an app says at the top whose the file is
_SHARE = 0.1  # of the lines are the app's, or it says so at the top
_MOST = 0.8  # of the lines below a title are quotations, heads and notes
_FEW = 3
_SHARE_AGAIN = 0.6  # of what comes most often; each passage has the same lines beside it
HEAD = 80  # characters; no title, author or chapter without a sign is longer
ADDRESS = re.compile(r"^<?https?://\S+>?$")
_CLOSING = '"”“»」』'
_FIELDS = 60  # lines; nobody names more above a text
_SIGNED = 0.6  # of the lines below
_HEADED = re.compile(r"^#+ (?:highlights|annotations|quotes|markierungen|surlignements|subrayados)$", re.IGNORECASE)
_DOUBLED = re.compile(r"^[A-Za-z][\w-]*:: ?\S")  # a field of Logseq
_MAIL = re.compile(r"^(?:From|To|Date|Subject|Cc|Von|An|Datum|Betreff|De|À|Objet|Para|Asunto): ", re.IGNORECASE)
_SIGN = re.compile(r"\s*(?:[▪◆]|>{1,2}\s)")
_STRONG = (apps.COUNTED, apps.LINKED)


def recognise(lines: Sequence[Line]) -> Claim | None:
    """Claim the text if an app has left its words in it, and there are signs of highlights."""
    filled = [line for line in lines if not line.blank]
    if len(filled) < 2:
        return None
    short = [line for line in filled if len(line.text) < _APP]
    told = apps.telling(short)
    places = [line for line in short if placed(line.text)]
    if len(places) >= _FEW - 1 and len(places) >= _SHARE * len(filled):
        told += places
    signs = sum(bool(_SIGN.match(line.text)) for line in filled)
    if not any(line in told for line in filled[:_FIRST]) and len(told) + signs < _SHARE * len(filled):
        told = []
    if signs:
        told += [line for line in filled[:3] if any(pattern.match(line.text.strip()) for pattern in _STRONG)]
    head = [line.text.strip() for line in filled[:2]]
    named = bool(apps.BOOK_MARKS.match(head[0]) or (head[0].startswith("# ") and apps.AUTHORED.match(head[1])))
    if under_fields(lines):
        marks = f"{signs} signs of highlights" if signs else "passages, each with its day,"
        reason = f"{marks} stand below the fields that name their work"
        return Claim(NAME, filled[0].number, filled[-1].number, 0.98, (reason,))
    rows = [line.text.strip() for line in filled]
    named = named or _under_title(rows)
    marked = signs >= 2 or (rows[0].startswith("# ") and _bracketed(rows))
    marked = marked or sum(row.startswith(("- ", "* ")) and bool(apps.BEHIND.search(row)) for row in rows) > 1
    told = told or again_and_again(filled)
    if not told and (quoted := _all_quoted(lines)):
        reason = f"{quoted} passages in quotation marks stand below a title and who wrote it, or where it is"
        return Claim(NAME, filled[0].number, filled[-1].number, 0.96, (reason,))
    if not told and (leaves := leafed(lines)):
        side = "above" if leaves.above else "below"
        reason = f"{len(leaves.pages)} lines {side} passages say where they stand, under a title and its author"
        return Claim(NAME, filled[0].number, filled[-1].number, 0.96, (reason,))
    if not told and not (marked and named and _mostly_signed(lines)) and not _noted(rows):
        return None
    words = told[0].text.strip()[:40] if told else filled[0].text.strip()[:40]
    reason = f"the app's words (“{words}”), and {signs} signs of chapters and highlights"
    return Claim(NAME, filled[0].number, filled[-1].number, 0.98 if told else 0.975, (reason,))


def _mostly_signed(lines: Sequence[Line]) -> bool:
    """Tell whether most of what stands below a title and its author has a sign of a highlight, or is a note on one.

    In an article, below its title and who wrote it, some lines are quoted and some listed.
    """
    filled = [line for line in lines if not line.blank]
    opening = [
        line.text.strip()
        for above, line in pairwise(filled)
        if line.number > above.number + 1 or apps.SIGN.match(line.text.strip())
    ]
    opening = opening[len(list(takewhile(apps.PROPERTY.match, opening))) :]
    told = [row for row in opening if not (row.startswith("#") or apps.AUTHORED.match(row) or apps.FORM.match(row))]
    signed = sum(bool(_SIGN.match(row) or apps.SIGN.match(row) or apps.NOTE.match(row)) for row in told)
    return signed >= _SIGNED * len(told)


def under_fields(lines: Sequence[Line]) -> int:
    """Return the number of the last line of the fields above a text whose highlights are of the work that they name.

    Such stand between two rules, or have two colons ("title:: The Lamp Room"); below them are passages under a sign
    that say no source of their own. 0: there are none.
    """
    filled = [line for line in lines if not line.blank][:_FIELDS]
    if not filled:
        return 0
    doubled = list(takewhile(lambda line: _DOUBLED.match(line.text), filled))
    if doubled:
        above, last = doubled, doubled[-1].number
    else:
        foreword, _ = parted(lines)
        if foreword is None:
            return 0
        above, last = list(foreword.lines), max(line.number for line in foreword.lines)
    keys = {found["key"].casefold() for line in above if (found := apps.NAMED.match(line.text.strip()))}
    if not any(re.search(r"tit|书名|назв", key) for key in keys) or len(keys) < 2:
        return 0
    below = [line.text.strip() for line in lines if line.number > last and not line.blank]
    stamps = sum(bool((made := apps.MADE.match(row.strip("*_"))) and when(made["date"])) for row in below)
    plain = [
        row for row in below if not (row.startswith("#") or apps.NOTE.match(row) or apps.MADE.match(row.strip("*_")))
    ]
    if stamps > 1 and 2 * stamps >= len(plain):
        return last  # below each passage stands when it was marked
    told = [row for row in below if not row.startswith("#") and not apps.FORM.match(row) and not apps.NOTE.match(row)]
    signed = [row for row in told if apps.SIGN.match(row)]
    sourced = sum(leads(re.sub(r"^(?:[-*+]\s|>\s?)+", "", row)) != "" for row in told)
    if len(signed) > 1 and any(_HEADED.match(row) for row in below[:2]) and not sourced:
        return last  # the heading says that highlights follow
    quoted = sum(">" in row[:4] or bool(apps.BEHIND.search(row)) for row in signed)
    return last if signed and len(signed) >= _SIGNED * len(told) and 2 * quoted >= len(signed) > 2 * sourced else 0


def _all_quoted(lines: Sequence[Line]) -> int:
    """Return how many passages in quotation marks, and nothing else, stand below a title and its author or address."""
    filled = [line for line in lines if not line.blank]
    rows = [line.text.strip() for line in filled]
    if len(rows) < _FEW + 1 or len(rows[0]) > HEAD or apps.ENDED.search(rows[0]) or rows[0][0] in apps.QUOTED:
        return 0
    adjacent = filled[1].number == filled[0].number + 1
    person = adjacent and (NAME_FORM.fullmatch(rows[1]) or apps.ITALIC.match(rows[1]) or apps.AUTHORED.match(rows[1]))
    if not (person or ADDRESS.match(rows[1])):
        return 0
    below = rows[2:]
    whole = [row for row in below if row[0] in apps.QUOTED and row[-1] in _CLOSING]
    return len(whole) if len(whole) >= _FEW - 1 and len(whole) == len(below) else 0


def again_and_again(lines: Sequence[Line]) -> list[Line]:
    """Return the lines that come again beside every passage below a title and an author: an app writes them."""
    author = next((n for n, line in enumerate(lines[1:3], 1) if apps.AUTHORED.match(line.text.strip())), 0)
    named = len(lines) > 1 and lines[1].number == lines[0].number + 1 and NAME_FORM.fullmatch(lines[1].text.strip())
    if not author and named and not apps.ENDED.search(lines[0].text.strip()):
        author = 1
    numbers = refrains(lines[author + 1 :], _SHARE_AGAIN) if author else set()
    below = [line for line in lines[author + 1 :] if line.number >= min(numbers, default=0)]
    heads = chapters_over(lines, numbers)
    words = [line for line in below if line.number not in numbers | heads]
    ended = sum(bool(apps.ENDED.search(line.text.strip())) for line in words)
    again = [line for line in below if line.number in numbers]
    counting = 2 * len({line.text.strip() for line in again}) > len(
        again
    )  # pages, dates; the lines of a song are alike
    whole = len(numbers) >= max(_FEW, len(words) / 2) and ended >= _MOST * len(words) and counting
    return again if whole else []


def mail_head(lines: Sequence[Line]) -> int:
    """Return the number of the last line of the head of the mail in which an app sent its file; 0: there is none."""
    head = list(takewhile(lambda line: not line.blank, lines))
    keys = {line.text.partition(":")[0].casefold() for line in head if _MAIL.match(line.text)}
    return head[-1].number if len(keys) > 2 and len(head) < _FIRST else 0


def chapters_over(lines: Sequence[Line], again: Set[int]) -> set[int]:
    """Return the short lines, no sentences, right above the first of the lines that come ``again`` by a passage."""
    return {
        line.number
        for line, below in pairwise(lines)
        if below.number in again
        and line.number not in again
        and below.number == line.number + 1
        and len(line.text) < HEAD
        and not apps.ENDED.search(line.text.strip())
        and not apps.AUTHORED.match(line.text.strip())
    }


def _under_title(rows: Sequence[str]) -> bool:
    """Tell whether below a title and its author, or the title again with an address, all are quotations and notes."""
    titled = rows[0].startswith("# ") and (apps.TITLE_BY.match(rows[0][2:]) or _bracketed(rows))
    below = rows[1 if titled else 2 :]
    addressed = apps.ADDRESSED.match(rows[1]) or rows[1].casefold().startswith("source:")
    authored = apps.AUTHOR_HEAD.match(rows[1]) and sum(row.startswith("## ") for row in rows) == 1
    named = apps.ITALIC.match(rows[1]) or authored
    if not rows[0].startswith("# ") or not (named or addressed or len(below) == len(rows) - 1):
        return False
    told = sum(
        row[0] in ">#-" or bool(apps.NOTE.match(row) or apps.FORM.match(row) or apps.DATE.match(row)) for row in below
    )
    quoted = sum(row[0] == ">" for row in below)
    return told >= _MOST * len(below) or (bool(addressed) and 2 * quoted >= len(below))


def _bracketed(rows: Sequence[str]) -> bool:
    """Tell whether all headings are titles with authors in brackets, and items below them have pages."""
    heads = [row for row in rows if row.startswith("#")]
    paged = sum(bool(apps.BEHIND.search(row)) for row in rows if row.startswith(("- ", "> ", "* ")))
    return all(map(apps.BRACKETED.match, heads)) and 2 * paged >= len(rows) - len(heads)


def _noted(rows: Sequence[str]) -> bool:
    """Tell whether all below a title are passages in quotation marks or under pages, short heads, and notes on them."""
    below = rows[1:]
    notes = sum(bool(apps.NOTE.match(row)) for row in below)
    if not notes or len(rows[0]) > HEAD or apps.ENDED.search(rows[0]):
        return False
    quoted = sum(row[0] in apps.QUOTED for row in below)
    paged = sum(apps.is_place(row) for row in below)
    heads = sum(len(row) < HEAD and not apps.ENDED.search(row) for row in below) - paged
    return (quoted > 1 and quoted + notes + heads >= len(below)) or (paged > 1 and 2 * paged + notes >= len(below))

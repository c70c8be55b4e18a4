"""Passages that are written the other way than their book say so, where nobody has said it for them.

Without it a full stop at the end of an Arabic paragraph would stand at its beginning, and its lines on the left; and
the number of an English heading in an Arabic book would stand behind it.
"""

from __future__ import annotations

import unicodedata

from lxml.etree import _Element

from pipeline.forms.trees import HEADINGS, classes, named, text_of

BLOCKS = ("p", "li", "td", "th", "dt", "dd", *HEADINGS)
RIGHT = ("R", "AL")


def set_directions(body: _Element, leftward: bool) -> None:
    """Give ``dir`` to the blocks of ``body`` that mostly have letters written the other way than the book.

    Args:
        body: the manuscript.
        leftward: whether the book is written from right to left.

    The first strong letter alone would do by the Unicode Bidirectional Algorithm (rule P2), but turns an English
    paragraph that begins with a Hebrew word.

    """
    signs = set("".join(body.itertext()))
    if not leftward and not any(unicodedata.bidirectional(sign) in RIGHT for sign in signs):
        return
    for block in [*named(body, *BLOCKS), *(one for one in named(body, "div") if "line-block" in classes(one))]:
        if block.get("dir") or any(one.get("dir") for one in block.iterancestors()):
            continue
        strong = [unicodedata.bidirectional(sign) for sign in text_of(block)]
        right, left = sum(one in RIGHT for one in strong), sum(one == "L" for one in strong)
        if left > right if leftward else right > left:
            block.set("dir", "ltr" if leftward else "rtl")

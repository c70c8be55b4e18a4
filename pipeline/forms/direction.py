"""Passages that are written from right to left say so, where nobody has said it for them.

Without it a full stop at the end of an Arabic paragraph would stand at its beginning, and its lines on the left.
"""

from __future__ import annotations

import unicodedata

from lxml.etree import _Element

from pipeline.forms.trees import HEADINGS, classes, local, named, text_of

BLOCKS = ("p", "li", "td", "th", "dt", "dd", *HEADINGS)
RIGHT = ("R", "AL")


def turn_right_to_left(body: _Element) -> None:
    """Give ``dir`` to the blocks of ``body`` that begin with, and mostly have, letters written from right to left.

    The first strong letter alone would do by the Unicode Bidirectional Algorithm (rule P2), but turns an English
    paragraph that begins with a Hebrew word.
    """
    if local(body) and not any(unicodedata.bidirectional(sign) in RIGHT for sign in set("".join(body.itertext()))):
        return
    for block in [*named(body, *BLOCKS), *(one for one in named(body, "div") if "line-block" in classes(one))]:
        if block.get("dir") or any(one.get("dir") for one in block.iterancestors()):
            continue
        strong = [unicodedata.bidirectional(sign) for sign in text_of(block)]
        right = sum(one in RIGHT for one in strong)
        if right > sum(one == "L" for one in strong):
            block.set("dir", "rtl")

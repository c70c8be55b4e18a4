"""Ordinal numbers that end in an o, as Romance languages, Latin and Dutch write them: “1o.”, “2o.”.

Where figures stand beside one another the letter reads as a nought. It is raised, as in manuscripts and good print; the
letter stays what it is.
"""

from __future__ import annotations

import re

from lxml.etree import _Element

from pipeline.forms.trees import add_class, local, named, set_apart, text_of

ORDINAL = "ordinal"
"""Class of the letter."""
_LETTER = re.compile(r"(?:(?<=(?<!\w)\d)|(?<=(?<!\w)\d\d))o(?=[.)]|\s[^\W\d_])")


def set_ordinals(body: _Element) -> None:
    """Mark the letter of each ordinal number of ``body``."""
    if not _LETTER.search(text_of(body)):
        return
    for element in [one for one in body.iter() if local(one) not in ("", "code", "pre") and _has_letter(one)]:
        set_apart(element, _LETTER, ORDINAL)
    for element in named(body, "em"):  # set apart by italics already
        above, parent = element.getprevious(), element.getparent()
        if element.text == "o" and not len(element) and parent is not None:
            before = (parent.text if above is None else above.tail) or ""
            if _LETTER.search(f"{before[-3:]}o{(element.tail or '')[:2]}", len(before[-3:])):
                add_class(element, ORDINAL)


def _has_letter(element: _Element) -> bool:
    return any(_LETTER.search(text) for text in (element.text or "", *(child.tail or "" for child in element)))

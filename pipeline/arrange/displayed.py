"""Lines on display: a heading has no full stop at its end (Hart's Rules 1.2.5), unless it ends an abbreviation."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.model import PRIVATE
from pipeline.shortened import SHORTENED

_STOPPED = re.compile(rf"\.(?P<behind>[)\]_*=]*[{PRIVATE}\s]*)$")
_WORD = re.compile(r"[a-zà-öø-ÿ]{3}$")
_ABBREVIATED = re.compile(
    rf"(?:^|[\W_])(?:[^\W\d_]|[b-df-hj-np-tv-xzçß]+|(?:\w\.)+\w|{SHORTENED})$", re.IGNORECASE
)  # an initial, letters without a vowel, or a word that is known to be cut
_FEW = 3  # headings; of fewer nothing is known
_MOST = 0.8  # of the headings of a book end with a stop: it is how they are set


def stopped(headings: Sequence[str]) -> bool:
    """Tell whether a book ends its headings with a full stop, so that it says nothing there of the last word."""
    ends = sum(_STOPPED.search(text) is not None for text in headings)
    return ends >= _FEW and ends >= _MOST * len(headings)


def displayed(text: str, *, usual: bool) -> str:
    """Take the full stop off the end of a heading, also one before a bracket that closes or the call of a note.

    ``usual``: the headings of this book end with one. A heading all in capitals keeps it here: the editions set it in
    small capitals, and take the stop off there, so that the words stay in their text as they are.
    """
    found = _STOPPED.search(text)
    if found is None or text.isupper():
        return text
    above = text[: found.start()]
    word = _WORD.search(above) and not found["behind"].startswith((")", "]"))  # "(Linn.)"
    ends = (usual or word) and not _ABBREVIATED.search(above)
    return above + found["behind"] if ends else text

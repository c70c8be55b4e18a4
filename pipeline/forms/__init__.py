"""Forms: what both editions make of the manuscript that Pandoc set, before each goes its own way.

Verse, plays, letters, headings and the parts of a book have forms that the trade knows, and the printed page and the
e-book agree on where they are. So they are found here, once, and marked by classes; the style sheets say how they look.
All of it works on trees with and without namespaces: the page is made from HTML, the e-book from XHTML.
"""

from __future__ import annotations

from lxml.etree import _Element

from pipeline.forms.braces import set_braces
from pipeline.forms.cast import mark_cast
from pipeline.forms.closings import mark_closings
from pipeline.forms.direction import set_directions
from pipeline.forms.divisions import mark_divisions
from pipeline.forms.first_words import set_first_words
from pipeline.forms.headings import set_capitals, set_numbers
from pipeline.forms.letters import mark_letters
from pipeline.forms.lists import mark_lists
from pipeline.forms.ordinals import set_ordinals
from pipeline.forms.plays import mark_plays
from pipeline.forms.synopses import mark_by_lines, mark_subtitles, mark_synopses
from pipeline.language import right_to_left


def set_forms(body: _Element, title: str = "", lang: str = "en") -> None:
    """Mark the forms of the manuscript of a book with that ``title``, in the language ``lang`` (a BCP 47 tag).

    Lines of verse are left as they are (see ``verse``).
    """
    set_directions(body, right_to_left(lang))
    set_capitals(body)
    mark_divisions(body, title)
    set_numbers(body)
    mark_synopses(body)
    mark_by_lines(body)
    mark_subtitles(body)
    mark_plays(body)
    mark_cast(body)
    mark_letters(body)
    mark_closings(body)
    mark_lists(body)
    set_braces(body)
    set_ordinals(body)
    set_first_words(body)

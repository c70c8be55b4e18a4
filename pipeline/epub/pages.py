"""Page breaks: those of the printed book from its map of pages, else those that the source marked.

So "page 212" is the same words on paper and on screen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.epub.navigation import PageLink
from pipeline.epub.xhtml import HEADINGS, Element, classes, find, local, make, remove
from pipeline.forms.elements import is_letter, is_parted
from pipeline.model import PageStart


@dataclass(frozen=True, slots=True)
class _Word:
    """Where a word begins: at a letter of an element's own text or, ``after`` it, of what follows."""

    element: Element
    after: bool
    at: int


@dataclass(slots=True)
class _Count:
    """The words of the text, told apart as print does, and how many come before each id."""

    words: list[_Word] = field(default_factory=list)
    before: dict[str, int] = field(default_factory=dict)
    in_word: bool = False

    def read(self, element: Element) -> None:
        """Count through ``element``, notes and their calls left out."""
        self.before.setdefault(element.get("id", ""), len(self.words))
        names = classes(element)
        if "call" in names:
            return
        parted = is_parted(local(element), names)
        self.in_word = self.in_word and not parted
        self._read_text(element, False, element.text or "")
        for inner in element:
            if local(inner):
                self.read(inner)
            self._read_text(inner, True, inner.tail or "")
        self.in_word = self.in_word and not parted

    def _read_text(self, element: Element, after: bool, text: str) -> None:
        for at, sign in enumerate(text):
            if sign.isspace():
                self.in_word = False
            elif is_letter(sign):
                if not self.in_word:
                    self.words.append(_Word(element, after, at))
                self.in_word = True


def mark_pages(body: Element, starts: Sequence[PageStart] | None) -> bool:
    """Put a page break where each page begins, and say whether there are any.

    Args:
        body: The whole text, its notes taken out.
        starts: The pages of the printed book; without them the page marks of the source are made breaks.

    """
    marks = find(body, ".//x:span[contains(concat(' ', @class, ' '), ' pagebreak ')]")
    if starts:
        for mark in marks:
            remove(mark)
        return _break(body, starts)
    for mark in marks:
        name = mark.get("id", "")
        label = mark.get("title") or name.removeprefix("page-")
        mark.attrib.clear()
        mark.attrib.update(_break_at(label, name or f"page-{label}").attrib)
    return bool(marks)


def page_links(documents: Mapping[str, Sequence[Element]]) -> list[PageLink]:
    """List all page breaks, in order."""
    return [
        PageLink(mark.get("aria-label", ""), f"{name}#{mark.get('id')}")
        for name, content in documents.items()
        for root in content
        for mark in find(root, ".//x:span[@role='doc-pagebreak']")
    ]


def _break_at(label: str, name: str) -> Element:
    return make("span", epub_type="pagebreak", role="doc-pagebreak", id=name, aria_label=label)


def _break(body: Element, starts: Sequence[PageStart]) -> bool:
    count = _Count()
    count.read(body)
    count.before[""] = 0
    found = [
        (count.words[at], start.label)
        for start in starts
        if start.after in count.before and (at := count.before[start.after] + start.words) < len(count.words)
    ]
    # From the end: a break cuts a text in two, and places before it stay what they were.
    for word, label in reversed(found):
        _insert(word, _break_at(label, f"printed-page-{label}"))
    return bool(found)


def _insert(word: _Word, mark: Element) -> None:
    element = word.element
    if word.after:
        text = element.tail or ""
        element.tail, mark.tail = text[: word.at], None
        element.addnext(mark)
        mark.tail = text[word.at :]
    elif local(element) in HEADINGS and not (element.text or "")[: word.at].strip():
        element.addprevious(mark)  # a page number read out in the midst of a heading would be taken for its words
    else:
        text = element.text or ""
        element.text, mark.tail = text[: word.at], text[word.at :]
        element.insert(0, mark)

"""Footnotes of a page: a call and a note that lead to each other become a note of the book.

Word, LibreOffice, WordPress, wikis and many programs write a page's notes so: behind the call's number a link to the
note, in the note a link back, as its number or as an arrow. Pandoc's reader knows such notes where they say in EPUB's
words (``noteref``, ``footnote``) what they are; here they get these.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import lxml.html
from lxml.html import HtmlElement

__all__ = ["with_notes"]

_LINK = re.compile(r"<a\s[^<>]*href\s*=\s*[\"']?[^\"'<>\s]*#", re.IGNORECASE)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCK = frozenset(("p", "li", "div", "dd", "td", "aside", "section", *_HEADINGS))
_NUMBER = re.compile(r"^[\[({]?(?:note\s)?(?:\d{1,4}|[*†‡§¶]{1,4}|[a-z]|[ivxlc]{1,6})[\])}.]?$")
"""A call: a number or a sign, perhaps in brackets."""

_CALL = 12  # characters; a call is not longer
_RETURN = re.compile(r"^[\s\[\](){}\d.,*†‡§^↑↩⤴⏎↵←\ufe0e\ufe0fa-z]{0,8}$")
"""What leads back from a note: its number, an arrow, a letter for each call."""

_LABEL = re.compile(r"^[\s\xa0]*(?P<label>[\[({]?(?:\d{1,4}|[*†‡§^↑]|[a-z]{1,6}(?=[.)]))[\])}]?[.:)]?)[\s\xa0]*")
_NAMED = re.compile(
    r"^\W*(?:foot|end)?notes?\W*$|^\W*(?:fußnoten|anmerkungen|notas|note|voetnoten|сноски|прим[еѣ]чан[иі]я|przypisy)\W*$",
    re.I,
)


def with_notes(page: str) -> str:
    """Return a page whose calls and notes say what they are.

    Args:
        page: all of it; it is returned as it is where no call and note lead to each other.

    """
    if not _LINK.search(page):
        return page
    whole = lxml.html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*>", "", page))
    named: dict[str, HtmlElement] = {}
    for one in whole.iter():
        for name in (one.get("id"), one.get("name") if one.tag == "a" else None):
            if name:
                named.setdefault(name, one)
    links = [(one, _leads_to(one)) for one in whole.iter("a") if _leads_to(one)]
    places = {one: n for n, one in enumerate(whole.iter())}
    pairs = [(call, name) for call, name in links if _is_call(call, named.get(name), named, places)]
    targets = {name: named[name] for _, name in pairs}
    notes = {name: _whole(one, set(targets.values()), {call for call, _ in pairs}) for name, one in targets.items()}
    if not pairs or any(one is None for one in notes.values()):
        return page
    labels = {name: _bare(call.text_content()) for call, name in pairs}
    for call, name in pairs:
        _call(call, f"{name}-note")
    for name, note in notes.items():
        if note is not None:
            _note(note, f"{name}-note", labels[name])
    return str(lxml.html.tostring(whole, encoding="unicode"))


def _is_call(
    link: HtmlElement, target: HtmlElement | None, named: dict[str, HtmlElement], places: dict[HtmlElement, int]
) -> bool:
    """Tell whether a link leads down to something from whose paragraph another leads back to it."""
    if target is None or places[target] < places[link] or not _NUMBER.match(link.text_content().strip()):
        return False
    note = _block(target)
    if note.tag in _HEADINGS:
        return False  # a list of contents and its chapters lead to each other, too
    here = [one for one in (link, *link.iterancestors()) if one.get("id") or one.get("name")][:2]
    names = {name for one in (*here, *link.iter()) for name in (one.get("id"), one.get("name")) if name}
    before = link.getprevious()
    names |= {before.get("id") or before.get("name") or ""} if before is not None and before.tag == "a" else set()
    back = [one for one in note.iter("a") if _leads_to(one) in names]
    return any(_RETURN.match(one.text_content()) for one in back) and link not in note.iter()


def _leads_to(link: HtmlElement) -> str:
    """Return the name of the place on the page to which a link leads; nothing where it leads elsewhere."""
    return (link.get("href") or "").partition("#")[2]


def _block(one: HtmlElement) -> HtmlElement:
    """Return the paragraph, item or division that an element stands in, or is."""
    return next((two for two in (one, *one.iterancestors()) if two.tag in _BLOCK), one)


def _whole(target: HtmlElement, targets: set[HtmlElement], calls: set[HtmlElement]) -> HtmlElement | None:
    """Return all of a note: what holds its paragraphs and no other note, and no call; nothing where there is none."""
    note = _block(target)
    if sum(_block(one) is note for one in targets) > 1 or note.tag == "td":
        return None
    while (over := note.getparent()) is not None and over.tag in ("div", "li", "aside"):
        inside = set(over.iter())
        if sum(one in inside for one in targets) > 1 or inside & calls or note.getprevious() is not None:
            break
        note = over
    return note


def _call(call: HtmlElement, name: str) -> None:
    """Say of a link that it calls a note; what only sets it above the line goes."""
    over = call.getparent()
    if over is not None and over.tag in ("sup", "span") and len(over.text_content().strip()) <= _CALL:
        above = over.getparent()
        if above is not None:
            tail, over.tail = over.tail, None
            above.replace(over, call)
            call.tail = tail
    for one in list(call):
        call.remove(one)
    call.text = "*"
    call.attrib.clear()
    call.set("type", "noteref")
    call.set("href", f"#{name}")


def _bare(label: str) -> str:
    """Return a number without what stands around it."""
    return label.strip(" \xa0\t\n[](){}.:")


def _unlabelled(text: str, label: str) -> str:
    """Return the beginning of a note without its number, if it is that of its call, or an arrow."""
    found = _LABEL.match(text)
    return text[found.end() :] if found and _bare(found["label"]) in (label, "^", "↑") else text


def _note(note: HtmlElement, name: str, label: str) -> None:
    """Say of a paragraph that it is a note; its number and what leads back go."""
    for one in list(note.iter("a")):
        if _leads_to(one) and _RETURN.match(one.text_content()):
            _drop(one, note)
    for one in (note, *note.iter("p", "li", "span", "cite")):
        if one.text and one.text.strip():
            one.text = _unlabelled(one.text, label)
            break
        if len(one) and one[0].tail and one[0].tail.strip() and not one[0].text_content().strip():
            one[0].tail = _unlabelled(one[0].tail, label)
            break
    aside = lxml.html.Element("aside", {"type": "footnote", "id": name})
    over = note.getparent()
    if over is None:
        return
    if note.tag == "li" or note.tag == "dd":
        inner = lxml.html.Element("div")
        inner.text = note.text
        inner.extend(list(note))
        aside.append(inner)
    place = over.index(note)
    aside.tail, note.tail = note.tail, None
    over.remove(note)
    over.insert(place, aside)
    if note.tag not in ("li", "dd"):
        note.attrib.pop("id", None)
        aside.append(note)
    for above in _above(aside):
        above.drop_tree()
    if over.tag in ("ol", "ul"):  # a list of notes is none when they have gone
        over.tag = "div"


def _above(first: HtmlElement) -> Iterator[HtmlElement]:
    """Yield what stands over the first of the notes and is nothing without them: a rule, a heading that says so."""
    at: HtmlElement | None = first
    while at is not None and at.getprevious() is None and (over := at.getparent()) is not None and over.tag != "body":
        at = over
    before = at.getprevious() if at is not None else None
    below = at.getnext() if at is not None else None
    while below is not None and below.tag == "aside":
        below = below.getnext()
    ends = below is None or below.tag in _HEADINGS
    while before is not None and (
        before.tag == "hr"
        or (before.tag == "br" and not (before.tail or "").strip())
        or (before.tag in _HEADINGS and ends)
        or (before.tag in (*_HEADINGS, "p", "strong") and _NAMED.match(before.text_content()))
    ):
        yield before
        before = before.getprevious()


def _drop(one: HtmlElement, note: HtmlElement) -> None:
    """Take a link out, and what raised it, but not what stands behind it."""
    over = one.getparent()
    while (
        over is not None
        and over is not note
        and over.tag in ("sup", "span", "b")
        and (over.text_content().strip() == one.text_content().strip())
    ):
        one, over = over, over.getparent()
    one.drop_tree()

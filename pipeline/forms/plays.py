"""Plays and transcripts: who speaks, what is said, what is done, and who is in it.

In ``book.md`` a turn stands in a ``dialogue``, its first words the ``speaker``; directions are ``stage``, within the
speech or by themselves. A speech in verse is a line block below the name of who speaks it.
"""

from __future__ import annotations

import re

from lxml.etree import _Element

from pipeline import parts
from pipeline.forms.trees import HEADINGS, add_class, classes, local, make, named, set_apart, text_of
from pipeline.forms.verse import LEADS, SONG, SONG_TITLE, is_song_title

_CAST = re.compile(
    r"^(?:(?:list of )?(?:the )?(?:characters|persons)\b.*|dramatis person[aæ]e?.*|the cast|cast of characters"
    r"|personnages|les personnages|personen|die personen|personajes|personaggi|действующие лица|personer"
    r"|personerne|hlutverk|personages"
    r"|(?:synopsis of |the )?scenes? of the (?:play|drama)|scenes|synopsis of scenes|schauplatz|lieux? de la scène)$",
    re.IGNORECASE,
)
"""What stands above a list of the persons of a play, or of its scenes."""
SCENE = re.compile(rf"^{parts.SCENE}\b|\b{parts.SCENE}[.:]?$", re.IGNORECASE)
"""The heading of a scene: “Scene II. A wood”, “Zweiter Auftritt”."""
MOST = 120  # letters in an entry of a list of persons


_BETWEEN = r"(?:(?<=[.!?…—–]\s)|(?<=[.!?…][”»’“\"]\s))"
_BEFORE = r"(?=\s*$|\s+(?:…|\.\.\.)|\s+\W*[^\W\d_a-zß-öø-ÿа-яё])"
DIRECTIONS = {
    "[": rf"\[(?=[A-ZÀ-ÞА-Я])[^\[\]]{{2,300}}[.!?…]\]|{_BETWEEN}\[(?=[A-ZÀ-ÞА-Я])[^\[\]\d]{{2,300}}\]{_BEFORE}",
    "(": rf"\((?=[A-ZÀ-ÞА-Я])[^()]{{2,300}}[.!?…]\)|{_BETWEEN}\((?=[A-ZÀ-ÞА-Я])[^()\d]{{2,300}}\){_BEFORE}",
}
"""A direction within a speech, by its bracket: a sentence, not what somebody says in passing.

It ends with a stop, or stands by itself between two sentences, or behind the last one.
"""
_NUMBER = re.compile(r"[IVXLC]+|\d{1,2}")
_ABOVE_SONG = 3  # rows: its title, who set it, the number of a stanza


def heads_persons(words: str) -> bool:
    """Tell whether a heading stands above the persons of a play, or its scenes."""
    return bool(_CAST.match(words.strip().rstrip(".:")))


def mark_plays(body: _Element) -> None:
    """Mark the turns of speech in ``body``, names that stand alone above verse, directions, and lists of persons."""
    _mark_directions(body)
    for speaker in [one for one in named(body, "span") if "speaker" in classes(one)]:
        if text_of(speaker).isupper():
            add_class(speaker, "caps")
        paragraph = speaker.getparent()
        if paragraph is None or local(paragraph) != "p" or (paragraph.text or "").strip():
            continue
        if paragraph.index(speaker) == 0:
            add_class(paragraph, "turn")
            if text_of(paragraph).strip() == text_of(speaker).strip():
                add_class(paragraph, "alone")
    for block in [one for one in named(body, "div") if "stage" in classes(one)]:
        for turned in named(block, "em"):
            add_class(turned, "turned")  # italics within italics
    for verse in [one for one in named(body, "div") if "verse" in classes(one)]:
        if any(beside is not None and _is_of_a_play(beside) for beside in (verse.getprevious(), verse.getnext())):
            add_class(verse, SONG)
            above = verse.getprevious()
            if above is not None and local(above) == "blockquote" and is_song_title(text_of(above)):
                add_class(above, SONG_TITLE)
            elif above is not None and "dialogue" in classes(above):
                _mark_song_titles(above)
    for heading in named(body, *HEADINGS):
        words = text_of(heading).strip()
        if heads_persons(words):
            _mark_persons(heading)
        elif SCENE.search(words) and (section := heading.getparent()) is not None and _is_played(section):
            add_class(section, "scene")


def _mark_song_titles(block: _Element) -> None:
    """Mark the directions at the end of speech that lead to a song: its title, who set it, the number of its stanza."""
    rows: list[_Element] = []
    for paragraph in reversed([one for one in block if local(one) == "p"]):
        stage = [one for one in paragraph if "stage" in classes(one)]
        if len(rows) == _ABOVE_SONG or len(stage) != 1 or text_of(stage[0]).strip() != text_of(paragraph).strip():
            break
        rows.append(paragraph)
    said = [text_of(one).strip(" .[]()") for one in rows]
    last = max((n for n, words in enumerate(said) if _NUMBER.fullmatch(words) or is_song_title(words)), default=-1)
    for row in rows[: last + 1]:
        add_class(row, SONG_TITLE)
    if last + 1 == len(block):
        add_class(block, LEADS)


def _mark_directions(body: _Element) -> None:
    """Mark the directions within speeches, if those at their heads are marked and stand in the same brackets.

    What somebody who speaks does, in square brackets, is one in the middle of a sentence too: “Come, [Ada rises] dear”.
    """
    marked = [one for one in named(body, "span") if "stage" in classes(one)]
    brackets = {text_of(one).strip()[:1] for one in marked} & {*DIRECTIONS}
    if not brackets:
        return
    speakers = {text_of(one).strip(" .:,\u00a0") for one in named(body, "span") if "speaker" in classes(one)}
    names = "|".join(re.escape(name) for name in sorted(speakers, key=len, reverse=True) if name)
    does = [rf"\[(?:{names})\s+[a-zß-öø-ÿа-яё][^\[\]\d]{{2,300}}\]"] if names and "[" in brackets else []
    pattern = re.compile("|".join([*(DIRECTIONS[bracket] for bracket in sorted(brackets)), *does]))
    spoken = [one for block in named(body, "div") if "dialogue" in classes(block) for one in named(block, "p", "div")]
    for speech in [one for one in spoken if local(one) == "p" or "line-block" in classes(one)]:
        set_apart(speech, pattern, "stage")


def _is_played(section: _Element) -> bool:
    return any(_is_of_a_play(one) for one in named(section, "div"))


def _is_of_a_play(block: _Element) -> bool:
    return bool({"dialogue", "stage"} & {*classes(block)})


def _mark_persons(heading: _Element) -> None:
    """Make the lines below a heading of persons a list, if they are one: short paragraphs or a block of lines."""
    section = heading.getparent()
    if section is None or "persons" in classes(section):
        return
    add_class(section, "persons")
    rows = []
    for block in section[section.index(heading) + 1 :]:
        if local(block) == "div" and "entries" in classes(block):
            for listed in named(block, "ul"):
                add_class(listed, "persons")
        if local(block) != "p" or len(text_of(block)) > MOST or "turn" in classes(block):
            break
        rows.append(block)
    if len(rows) < 2:
        return
    listed = make(section, "ul", "persons")
    rows[0].addprevious(listed)
    for row in rows:
        item = make(section, "li")
        item.text, item.tail = row.text, "\n"
        item.extend(list(row))
        listed.append(item)
        section.remove(row)

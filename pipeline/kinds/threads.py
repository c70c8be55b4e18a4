"""Threads: messages that a program saves as JSON (Telegram, Slack, Discord, Messenger, Matrix), each an object.

An object is a message that has words, a sender and the time of a clock, whatever the program calls them. They become
turns under their days, the earliest first; the line with the words stays, all others of the file go on record.
"""

from __future__ import annotations

import json
import re
from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from typing import Any

from pipeline.kinds.galley import Galley, styled
from pipeline.model import NEW_LINE, Copy, Line, Role, Style
from pipeline.repair import mended

__all__ = ["Thread", "set_thread", "thread_of"]

_WORDS = ("text", "content", "message", "body")
_SENDERS = ("from", "sender_name", "sender", "user", "username", "author")
_TIMES = ("date", "timestamp", "ts", "timestamp_ms", "time", "datetime", "origin_server_ts", "created_at", "createdAt")
_NAMES = ("real_name", "display_name", "nickname", "global_name", "name", "displayName", "username", "first_name")
_PROFILE = "user_profile"  # in which Slack names a person
_TITLES = ("title", "name", "channel", "topic", "chat", "room_name")
_CLOCK = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d")
_SECONDS = 10  # digits of a time in seconds; more are thousandths
_FEW = 2
_MOST = 0.5  # of the objects are messages; the others say who came and went


@dataclass(frozen=True, slots=True)
class _Message:
    """A message: the number of the line with its words, its sender, its words, and when it was sent."""

    line: int
    sender: str
    words: str
    when: str


@dataclass(frozen=True, slots=True)
class Thread:
    """The messages of a file, the earliest first, and what the file calls the thread."""

    messages: tuple[_Message, ...]
    title: str


def thread_of(lines: Sequence[Line]) -> Thread | None:
    """Read a file of messages; nothing where it is no JSON, or its objects are none."""
    text = "\n".join(line.text for line in lines)
    if not text.lstrip().startswith(("[", "{")):
        return None
    try:
        held = json.loads(text)
        at, objects = _listed(held, text)
        if not any(isinstance(one, dict) and _taken(one) for one in objects):
            return None
        messages = list(_messages(objects, text, at, lines))
    except (ValueError, RecursionError, OverflowError):  # no JSON, or a time outside of all years
        return None
    if (
        len(messages) < _FEW
        or len(messages) < _MOST * len(objects)
        or len({one.line for one in messages}) < len(messages)
    ):
        return None
    title = next((named for key in _TITLES if isinstance(held, dict) and (named := _named(held.get(key)))), "")
    return Thread(tuple(sorted(messages, key=lambda one: one.when)), title)


def set_thread(lines: Sequence[Line], thread: Thread) -> Copy:
    """Set the messages as turns, under the days on which they were sent."""
    galley = Galley()
    line_of = {line.number: line for line in lines}
    day = ""
    for one in thread.messages:
        fresh = one.when[:10] != day
        if fresh:
            day = galley.heads[one.line] = one.when[:10]
        words = NEW_LINE.join(mended(row).strip() for row in one.words.split("\n") if row.strip())
        text = f"{styled(one.sender + ':', Style.SPEAKER)} {words}"
        why = "the program's names for its fields are the form of the file"
        galley.put(
            line_of[one.line], Role.DIALOGUE, "message-opens", text, why=why, said=f"{day} {text}" if fresh else text
        )
    with_words = {one.line for one in thread.messages}
    for line in lines:
        if line.blank:
            galley.blank(line)
        elif line.number not in with_words:
            galley.aside(line, "message-form", "the form of the file")
    return galley.copy(thread.title)


def _listed(held: Any, text: str) -> tuple[int, list[Any]]:
    """Return the list of most objects, and where in the text it opens."""
    if isinstance(held, list):
        return text.index("["), held
    lists = {key: value for key, value in held.items() if isinstance(value, list)} if isinstance(held, dict) else {}
    key = max(lists, key=lambda one: (one == "messages", len(lists[one])), default="")
    if not key:
        return 0, []
    found = re.search(re.escape(json.dumps(key, ensure_ascii=False)) + r"\s*:\s*\[", text)
    return (found.end() - 1 if found else 0), lists[key]


def _messages(objects: Sequence[Any], text: str, at: int, lines: Sequence[Line]) -> Iterator[_Message]:
    """Find each object in the text again, and in it the line with its words."""
    ends = [one.end() for one in re.finditer(r"\n|$", text)]
    decoder, place = json.JSONDecoder(), at + 1
    for one in objects:
        place = re.compile(r"[\s,]*").match(text, place).end()  # type: ignore[union-attr]
        _, end = decoder.raw_decode(text, place)
        if isinstance(one, dict) and (taken := _taken(one)):
            key, sender, words, when = taken
            inside = range(bisect(ends, place), bisect(ends, end - 1) + 1)
            said = next((n for n in inside if f'"{key}"' in lines[n].text), inside[0])
            yield _Message(lines[said].number, sender, words, when)
        place = end


def _taken(one: Mapping[str, Any]) -> tuple[str, str, str, str] | None:
    """Return the name of the field with the words, sender, words and time of an object; nothing if one is missing."""
    key = next((key for key in _WORDS if key in one), "")
    if str(one.get("subtype", "")).startswith(("channel_", "group_")):
        return None  # who joined, or what it is called
    words = _said(one.get(key))
    words = unescape(words) if "ts" in one else words  # Slack writes "&amp;" for its own signs
    when = next((time for key in _TIMES if (time := _time(one.get(key)))), "")
    profile = _named(one.get(_PROFILE))
    sender = profile or next((named for key in _SENDERS if (named := _named(one.get(key)))), "")
    quoted = isinstance(one.get("author"), str) and key not in ("message", "body")  # a collection of quotations
    return (key, sender, words, when) if words and sender and when and not quoted else None


def _said(value: Any) -> str:
    """Return the words of a message: a text, or pieces of one, some of them links."""
    if isinstance(value, list):
        return "".join(map(_said, value))
    if isinstance(value, dict):
        return _said(value.get("text") or value.get("body"))
    return value.strip("\n") if isinstance(value, str) else ""


def _named(value: Any) -> str:
    if isinstance(value, dict):
        return next((named for key in _NAMES if (named := _named(value.get(key)))), "")
    return " ".join(mended(value).split()) if isinstance(value, str) else ""


def _time(value: Any) -> str:
    """Return a time as "2021-05-03T10:11:12": as it stands there, or of the seconds or thousandths since 1970."""
    text = str(value)
    if isinstance(value, str) and _CLOCK.match(text):
        return text[:19].replace(" ", "T")
    found = re.fullmatch(r"(\d{10,13})(?:\.\d+)?", text)
    if found is None:
        return ""
    seconds = int(found[1]) / (1000 if len(found[1]) > _SECONDS else 1)
    return datetime.fromtimestamp(seconds, UTC).isoformat()[:19]

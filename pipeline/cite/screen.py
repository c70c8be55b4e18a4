"""Screen and voice: films, broadcasts and interviews, in eight languages.

A film is a work, and its director stands where other works have their author. What was said to somebody, or was seen
and heard once, is cited in notes only: its words stay as they are.
"""

from __future__ import annotations

import re

from pipeline.cite.dates import read_day
from pipeline.cite.draft import STOPS, Cued, as_work, word_for_word
from pipeline.cite.names import form, read_names
from pipeline.cite.places import is_place, is_region
from pipeline.cite.words import any_of
from pipeline.model import Citation

_FILM = Cued(
    rf"^(?P<title>[^()]{{2,110}}?)(?:\s\((?P<early>\d{{4}})\))?[\s,.;/(\[]+{any_of('directed')}\s(?P<rest>.{{4,190}})$",
    "irected ir. ir: ir egi R: éal irigi ealiz реж Реж",
)
_LEADS_A_BOOK = re.compile(r"\b(?:sous la|bajo la|sob a|sotto la)$")  # "sous la dir. de Anne Roux": an editor
_NAME_ENDS = re.compile(r"[,;)\]]|\.\s|\.?$|\s(?=[(\d])")
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_DIGIT = re.compile(r"\d")
_PERSON = ("natural", "inverted", "families", "trailing")
_INTERVIEW = Cued(
    rf"^(?P<who>[^()\d]{{0,70}}?)(?:^|[,.:;(\s“\"]+){any_of('talks')}(?=\W)(?P<rest>.{{3,160}})$",
    "nterview onversation ommunication istory espräch ntretien ntrevista ntervist esprek нтервью еседа",
)
_CAST = re.compile(
    r"(?:(?:[Pp]erf(?:ormances|ormed|\.)(?:\sby)?|[Pp]rod(?:uced|\.)(?:\sby)?|[Ss]tarring|[Ww]ith)"
    r"\s[^.]{3,140}?[.,]\s(?=[^.,]*(?:,\s[^.]*)?[.,\s]*$|[Pp]erf|[Pp]rod))+"
)
_STATION = re.compile(rf"\b{any_of('stations')}\b")


def screen(text: str) -> Citation | None:
    """Read a film or an interview; return nothing for anything else.

    Args:
        text: one citation, stripped.

    """
    if not _DIGIT.search(text):
        return None
    return _film(text) or _interview(text)


def is_broadcast(container: str) -> bool:
    """Tell whether the programme or station that something was heard on is on the air: "Panorama, BBC One"."""
    return _STATION.search(container) is not None


def _film(text: str) -> Citation | None:
    match = _FILM.search(text)
    if not match or _LEADS_A_BOOK.search(match["title"]):
        return None
    said = match["rest"]
    end = next((end for end in _NAME_ENDS.finditer(said) if form(said[: end.start()]) in _PERSON), None)
    if end is None:
        return None
    rest = said[end.end() :].strip(STOPS + "()[]")
    year = _YEAR.search(rest)
    if not (year or match["early"]):
        return None
    made, behind = (rest[: year.start()], rest[year.end() :]) if year else ("", rest)
    if cast := _CAST.match(made):
        made, behind = made[cast.end() :], f"{cast[0].strip(STOPS)}. {behind.strip(STOPS)}"
    place, colon, studio = made.strip(STOPS + "()[]").rpartition(":")
    if not colon and (is_place(studio) or is_region(studio)):
        place, studio = studio, ""
    return as_work(
        text,
        "motion_picture",
        match["title"].strip(STOPS + '“”"«»„'),
        author=read_names(said[: end.start()]),
        place=place.strip(STOPS),
        publisher=studio.strip(STOPS),
        year=match["early"] or (year[0] if year else ""),
        extra=behind.strip(STOPS + "()[]"),
    )


def _interview(text: str) -> Citation | None:
    match = _INTERVIEW.search(text)
    if not match or not (read_day(match["rest"]) or _YEAR.search(match["rest"])):
        return None
    who = match["who"].strip(STOPS)
    if who and form(who) not in _PERSON:
        return None
    return word_for_word(text, "interview")

"""Works as Chinese and Japanese cite them: the title in its own marks, figures with the word for what they count.

"林某：《灯芯》，北京：渡口出版社，1934年，第22页。"; "林某『灯芯』渡船社、1934年、22頁。"
An article's title stands in marks too, and that of its journal, or book, behind it.
"""

from __future__ import annotations

import re

from pipeline.cite.draft import as_work, word_for_word
from pipeline.model import Citation, Name

_TITLE = r"(?:《(?P<{0}cn>[^《》]+)》|『(?P<{0}jp>[^『』]+)』|「(?P<{0}art>[^「」]+)」|〈(?P<{0}short>[^〈〉]+)〉)"
_WORK = re.compile(
    rf"^(?P<who>[^\s《》『』「」〈〉，。、；0-9][^《》『』「」〈〉，。；0-9]{{0,40}}?)?[：:、，,\s]*{_TITLE.format('a')}"
    rf"(?:[，,、\s]*(?:载|見|见|収録|所収)?[，,、：:\s]*(?:(?P<editor>[^《》『』「」，。、；0-9]{{1,24}}?)(?:主?[编編]|編著)[，,、\s]*)?{_TITLE.format('b')})?"
    r"(?P<rest>.*)$"
)
_YEAR = re.compile(r"(?P<year>(?:1[5-9]|20)\d\d)\s?年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:版|刊|出版)?")
_VOLUME = re.compile(r"第?\s?(?P<volume>\d+|[一二三四五六七八九十]+)\s?[卷巻]")
_ISSUE = re.compile(r"第?\s?(?P<issue>\d+)\s?[期号號]")
_PAGES = re.compile(r"第?\s?(?P<pages>\d+(?:\s?[-–—~～至、]\s?\d+)*)\s?(?:[页頁]|版(?=[。．]?$))")
_TRANSLATOR = re.compile(r"(?:^|[，,、。])\s?(?P<who>[^，,、。：:《》\d]{1,20}?)[译譯訳](?=[，,、。])")
_IMPRINT = re.compile(r"^(?:(?P<place>[^：:，,、。]{1,12})[：:])?(?P<publisher>[^：:，,、。\d]{2,24})$")
_SHELF = re.compile(
    r"^[^，,、。；：《「『\s\d]{2,20}(?:[档檔]案[馆館]|公文[书書][馆館]|[图圖図][书書][馆館]|史料[馆館])[，,、].*\d.{0,12}$"
)
_STOPS = " ，,、。；;：:（）()．."


def is_eastern(text: str) -> bool:
    """Tell whether a citation begins in Chinese or Japanese and has a title in marks: no other reading fits it."""
    return text[:1] > "\u2fff" and _MARKS.search(text) is not None


_MARKS = re.compile("[《『「〈]")


def eastern(text: str) -> Citation | None:
    """Read a work with its title in Chinese or Japanese marks, and a year or pages; return nothing for anything else.

    Args:
        text: one citation, stripped.

    """
    if text[:1] > "\u2fff" and _SHELF.match(text):
        return word_for_word(text, "manuscript")
    match = _WORK.match(text) if is_eastern(text) else None
    if match is None:
        return None
    rest = match["rest"]
    said: dict[str, str] = {}
    translated = _TRANSLATOR.search(rest)
    if translated:
        rest = f"{rest[: translated.start()]}，{rest[translated.end() :]}"
    for key, pattern in (("year", _YEAR), ("volume", _VOLUME), ("issue", _ISSUE), ("pages", _PAGES)):
        if found := pattern.search(rest):
            said[key] = re.sub(r"\s", "", found[key])
            rest = f"{rest[: found.start()]}，{rest[found.end() :]}"
    left = [part for part in (one.strip(_STOPS) for one in re.split(r"[，,、。；;（）()]", rest)) if part]
    imprint = _IMPRINT.match(left[0]) if left else None
    if not {"year", "pages"} & said.keys() or len(left) > 1 or (left and imprint is None):
        return None
    first, second = (_said(match, key) for key in "ab")
    return as_work(
        text,
        ("article-journal" if said.get("issue") or said.get("volume") else "chapter") if second else "book",
        first,
        container=second,
        author=_people(match["who"]),
        editor=_people(match["editor"]),
        translator=_people(translated["who"] if translated else None),
        place=(imprint["place"] or "") if imprint else "",
        publisher=imprint["publisher"] if imprint else "",
        year=said.get("year", ""),
        volume=said.get("volume", ""),
        issue=said.get("issue", ""),
        locator=said.get("pages", ""),
    )


def _said(match: re.Match[str], which: str) -> str:
    """Return the title in whichever marks it stands."""
    return next((match[f"{which}{marks}"] for marks in ("cn", "jp", "art", "short") if match[f"{which}{marks}"]), "")


def _people(text: str | None) -> tuple[Name, ...]:
    """Return the names before a title, each whole: family and given name are one word there."""
    names = re.split(r"[、，,]|\s和\s|・(?=\S{4,})", re.sub(r"(?:著|編|编|等)$", "", (text or "").strip(_STOPS)))
    return tuple(Name(literal=one.strip()) for one in names if one.strip())

"""Several works in one citation: "See …, p. 9; and for another view, …, pp. 30–4": each with its own pages."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.cite.agree import read_in_book
from pipeline.cite.back import page_behind, points_back, without_author_again
from pipeline.cite.detect import looks_like_citation
from pipeline.cite.ends import split_locator
from pipeline.cite.names import form
from pipeline.cite.parse import parse
from pipeline.daybook import noted
from pipeline.model import Citation

_SEMICOLON = re.compile(r"\s?;\s+")
_SIGNAL = (
    r"(?:[Ss]ee(?:,?\s(?:also|further|especially|for example|e\.g\.|generally))*|[Cc]f\.|[Cc]ompare"
    r"|[Bb]ut\s(?:see|cf\.)|[Vv]gl\.(?:\sauch|\sdazu)?"
    r"|[Ss]iehe(?:\sauch)?|[Vv]oir(?:\saussi)?|[Cc]fr\.|[Vv]éase|[Zz]ie(?:\sook)?|[Vv]er|[Сс]м\.(?:\sтакже)?:?"
    r")"
)
_OPENS = r"(?:[^\W\d_a-zà-öø-ÿа-я]|[“\"«„‘])"
_QUOTED_IN = (
    r"(?i:(?:here\s|hier\s|as\s)?(?:(?:quoted|cited|reprinted|reproduced) (?:in|from|by|after)|qtd\. in"
    r"|zit(?:iert|\.)?\s(?:nach|bei|in)|abgedruckt in|citée? (?:par|dans|d[’']après)|citad[oa] (?:en|por|em)"
    r"|cit(?:at[oa]|\.) (?:in|da)|(?:geciteerd|aangehaald) (?:in|bij|naar)|apud|цит\. по))"
)
_QUOTED_IN_HEAD = re.compile(rf"^(?P<lead>{_QUOTED_IN}):?\s+(?P<rest>{_OPENS}.*)$")
_QUOTED_IN_MIDST = re.compile(rf"(?P<stop>[,;.(]|\))?\s\(?(?P<lead>{_QUOTED_IN}):?\s+(?={_OPENS})")
_LEAD = re.compile(
    rf"^(?P<lead>(?:(?:[a-zà-öø-ÿ][\w’'-]*[,:]?\s+)*(?:{_SIGNAL},?\s+)?)(?:[a-zà-öø-ÿ][\w’'-]*[,:]?\s+)*)(?P<rest>{_OPENS}.*)$"
)
_PARTICLES = re.compile(r"(?:^|\s)(?:v[ao]n|de[rnl]?|d[aiu]|la|le|el|ibn|al|zu[mr]?)\s(?:\S+\s)?$")
_SHORT = 90  # letters; no short form is longer
_DOUBT = 0.4  # what each part must look like a citation by, so that a semicolon in a title parts nothing


_LABEL = re.compile(
    r"^(?:[(\[]\d{1,3}[)\]]|\d{1,3}[.)]|[-–—―](?=\s)|[*†‡]{1,3}|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})\s*(?=[^\W\d_]|[“\"«„‘])"
)


@noted
def taken_apart(text: str) -> Citation:
    """Take a citation apart that may name several works; the further ones stand in ``also``.

    The words in front of a work ("See", "and for the contrary view,") are its ``lead``.
    """
    first, *others = (replace(read_in_book(part), lead=lead) for lead, part in parted(text))
    return replace(first, text=text, also=tuple(others))


def parted(text: str) -> list[tuple[str, str]]:
    """Part a citation into the works that it names: of each the words in front of it, and its own words."""
    whole = " ".join(text.split())
    if ";" in whole:
        split = [with_lead(part) for part in _whole(_SEMICOLON.split(whole))]
        named = [_names_a_work(part) for _, part in split]
        if (
            len(split) > 1
            and (any(named) or any(lead for lead, _ in split))
            and all(one or _is_short(part) for one, (_, part) in zip(named, split, strict=True))
        ):
            return [one for lead, part in split for one in _led(lead, _quoted_in(part) or [("", part)])]
    if quoted := _quoted_in(whole):
        return quoted
    lead, first = with_lead(whole)
    return [(lead, first)] if lead and not points_back(whole) and parse(first).parsed else [("", whole)]


def unlabelled(text: str) -> str:
    """Take the number or sign of a note, or a dash, off its head: "(1) Compare …", "12. See …", "— Orr, …"."""
    return _LABEL.sub("", text.strip(), count=1)


def _led(lead: str, works: list[tuple[str, str]]) -> list[tuple[str, str]]:
    (own, first), *others = works
    return [(f"{lead} {own}".strip(), first), *others]


def _quoted_in(text: str) -> list[tuple[str, str]]:
    """Part what was seen only in another work: "Anna Orr, The Net (London, 1931), 4, quoted in Ruth Quill, …".

    Where the words in front name no work (a speaker, a letter), they are the lead of the work that quotes them.
    """
    for match in _QUOTED_IN_MIDST.finditer(text):
        stop = match["stop"] or ""
        before = text[: match.start() + (stop == ")")].strip(" ,;(")
        behind = text[match.end() :].rstrip(")" if text.count(")") > text.count("(") else "")
        if not (_names_a_work(behind) or points_back(behind)):
            continue
        lead, first = with_lead(before)
        if _names_a_work(first) and not points_back(first):
            return [(lead, first), (match["lead"], behind)]
        return [(f"{before}{stop.strip('()')} {match['lead']}", behind)]
    return []


def with_lead(text: str) -> tuple[str, str]:
    """Part the words in front of a work from the work: "and for the contrary view, Anna Orr, …"."""
    match = _QUOTED_IN_HEAD.match(text) or _LEAD.match(text)
    if not match or not match["lead"].strip() or _PARTICLES.search(match["lead"]):
        return "", text
    return match["lead"].strip(), match["rest"]


def _whole(parts: list[str]) -> list[str]:
    """Put together again what a semicolon parted inside of brackets or quotation marks."""
    out: list[str] = []
    for part in parts:
        if out and (
            out[-1].count("(") > out[-1].count(")") or out[-1].count("“") > out[-1].count("”") or out[-1].count('"') % 2
        ):
            out[-1] = f"{out[-1]}; {part}"
        else:
            out.append(part)
    return out


def _is_short(part: str) -> bool:
    """Tell whether a part names a work in a short form, with its pages: "Orr, Net, p. 21"."""
    stem, pages, _ = split_locator(part)
    if not pages and (match := page_behind(part)):
        stem, pages = match["stem"], match["pages"]
    return bool(pages) and len(part) <= _SHORT and form(stem.partition(", ")[0]) in ("family", "families", "natural")


def _names_a_work(part: str) -> bool:
    if points_back(part):
        return True
    bare = without_author_again(part)
    one = parse(bare)
    fields = one.fields
    by_somebody = bool(bare != part or fields.author or fields.editor or fields.container)
    named = bool(fields.title or fields.container) and by_somebody
    dated = bool(fields.year or fields.publisher or fields.url or fields.locator)
    return one.parsed and named and dated and looks_like_citation(part) >= _DOUBT

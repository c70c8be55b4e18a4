"""Several works in one citation: "See …, p. 14; and for the contrary view, …, pp. 22–5": each with its own pages."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.cite.back import points_back
from pipeline.cite.detect import looks_like_citation
from pipeline.cite.parse import parse
from pipeline.model import Citation

_SEMICOLON = re.compile(r";\s+")
_SIGNAL = (
    r"(?:[Ss]ee(?:,?\s(?:also|further|especially|for example|e\.g\.|generally))*|[Cc]f\.|[Cc]ompare"
    r"|[Bb]ut\s(?:see|cf\.)|[Vv]gl\.(?:\sauch|\sdazu)?"
    r"|[Ss]iehe(?:\sauch)?|[Vv]oir(?:\saussi)?|[Cc]fr\.|[Vv]éase|[Zz]ie(?:\sook)?|[Vv]er|[Сс]м\.(?:\sтакже)?:?"
    r")"
)
_OPENS = r"(?:[^\W\d_a-zà-öø-ÿа-я]|[“\"«„‘])"
_QUOTED_IN = (
    r"(?i:(?:here\s|hier\s|as\s)?(?:(?:quoted|cited|reprinted|reproduced) (?:in|from|by|after)|qtd\. in"
    r"|zit(?:iert|\.)?\s(?:nach|bei|in)|abgedruckt in|cité (?:par|dans|d[’']après)|citado (?:en|por|em)"
    r"|cit(?:ato|\.) (?:in|da)|geciteerd (?:in|bij|naar)|apud|цит\. по))"
)
_QUOTED_IN_HEAD = re.compile(rf"^(?P<lead>{_QUOTED_IN}):?\s+(?P<rest>{_OPENS}.*)$")
_QUOTED_IN_MIDST = re.compile(rf"(?P<stop>[,;.(]|\))?\s\(?(?P<lead>{_QUOTED_IN}):?\s+(?={_OPENS})")
_LEAD = re.compile(
    rf"^(?P<lead>(?:(?:[a-zà-öø-ÿ][\w’'-]*[,:]?\s+)*(?:{_SIGNAL},?\s+)?)(?:[a-zà-öø-ÿ][\w’'-]*[,:]?\s+)*)(?P<rest>{_OPENS}.*)$"
)
_PARTICLES = re.compile(r"(?:^|\s)(?:v[ao]n|de[rnl]?|d[aiu]|la|le|el|ibn|al|zu[mr]?)\s(?:\S+\s)?$")
_DOUBT = 0.4  # what each part must look like a citation by, so that a semicolon in a title parts nothing


def taken_apart(text: str) -> Citation:
    """Take a citation apart that may name several works; the further ones stand in ``also``.

    The words in front of a work ("See", "and for the contrary view,") are its ``lead``.
    """
    whole = " ".join(text.split())
    if one := _quoted_in(whole):
        return replace(one, text=text)
    lead, first = with_lead(whole)
    parts = _SEMICOLON.split(whole) if ";" in whole else []
    if len(parts) > 1:
        split = [with_lead(part) for part in _whole(parts)]
        if len(split) > 1 and all(_names_a_work(part) for _, part in split):
            ones = [replace(parse(part), lead=words) for words, part in split]
            return replace(ones[0], text=text, also=tuple(ones[1:]))
    if lead and not points_back(whole):
        one = parse(first)
        if one.parsed:
            return replace(one, text=text, lead=lead)
    return parse(text)


def _quoted_in(text: str) -> Citation | None:
    """Read what was seen only in another work: "Anna Orr, The Net (London, 1931), 4, quoted in Ruth Quill, …".

    Where the words in front name no work (a speaker, a letter), they are the lead of the work that quotes them.
    """
    for match in _QUOTED_IN_MIDST.finditer(text):
        stop = match["stop"] or ""
        before = text[: match.start() + (stop == ")")].strip(" ,;(")
        behind = text[match.end() :].rstrip(")" if text.count(")") > text.count("(") else "")
        other = parse(behind)
        if not (_names_a_work(behind) or points_back(behind)):
            continue
        lead, first = with_lead(before)
        if _names_a_work(first) and not points_back(first):
            return replace(parse(first), lead=lead, also=(replace(other, lead=match["lead"]),))
        return replace(other, lead=f"{before}{stop.strip('()')} {match['lead']}")
    return None


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


def _names_a_work(part: str) -> bool:
    if points_back(part):
        return True
    one = parse(part)
    fields = one.fields
    named = bool(fields.title or fields.container) and bool(fields.author or fields.editor or fields.container)
    dated = bool(fields.year or fields.publisher or fields.url or fields.locator)
    return one.parsed and named and dated and looks_like_citation(part) >= _DOUBT

"""Law: cases and statutes, as lawyers of eight languages name them.

A case or an act that is named by its title becomes a work. A judgment that goes by its court, day and file number, and
a section of a code, are cited in notes and stand in no bibliography: their words stay as they are.
"""

from __future__ import annotations

import re

from pipeline.cite.draft import as_work, word_for_word
from pipeline.cite.words import any_of
from pipeline.model import Citation

_YEAR = r"(?:1[5-9]|20)\d\d"
_PARTY = r"[A-Z][^,\d(\[]{0,70}?"
_CASE = re.compile(
    r"^(?P<title>(?:In re|Re|Ex parte)\s[A-Z][^,\d]{2,70}"
    rf"|(?:R\s\([^()]{{2,40}}\)|{_PARTY})\sv(?:\.|s\.?)?\s{_PARTY}),?\s"
    rf"(?P<rest>(?=.*\b{_YEAR}\b)(?:[\[(]{_YEAR}[\])]|\d+\s[A-Z]|\[?{_YEAR}\]?\s[A-Z]).{{2,90}})$"
)
_EUROPEAN = re.compile(
    r"^(?:[A-Z][A-Za-z]{2,4},?\s)?(?:Joined\s)?(?:Cases?|Rs\.|[Aa]ff\.|[Aa]sunto|[Cc]ausa|[Zz]aak|[Pp]rocesso)\s"
    rf"[CTF]-\d.{{0,90}}\b{_YEAR}\b.{{0,60}}$"
    r"|^ECLI:[A-Z]{2}:\S+$"
)
_ACT = re.compile(
    r"^(?P<title>(?:The\s)?[A-Z][^,.;:]{3,90}?\s(?:Act|Ordinance|Bill|Code))(?:,?\s\(?(?P<year>(?:1[2-9]|20)\d\d)\)?)"
    r"(?P<rest>,?\s(?:\(\w+\)|c\.\s?\d+|ss?\.?\s?\d|sec|§|art|sch|pt|Part).{0,60})?\.?$"
)
_AMERICAN = re.compile(
    r"^(?P<title>[A-Z][^,.;:\d]{3,90}?\sAct(?:\sof\s\d{4})?),\s(?P<rest>\d+\s(?:U\.S\.C\.|Stat\.).{1,40}?"
    rf"(?:\((?P<year>{_YEAR})\))?)\.?$"
)
_JUDGMENT = re.compile(
    rf"^{any_of('courts')}(?:[\s,]\D{{0,45}})?[,\s]+(?:{any_of('rulings')}|\d{{1,2}}(?:re|er?)?)\W.{{0,60}}\d.{{0,60}}$"
    rf"|^{any_of('reports')}[,\s]\s?\d+[,\s].{{1,40}}$"
    r"|^(?:Постановление|Определение|Решение)\s.{0,90}[Сс]уда\s.{0,60}\d.{0,30}$"
    rf"|^Sentencia\s.{{4,80}}\b{_YEAR}\b.{{0,40}}$|^(?:STS|STC|SAP)\s\d+/\d{{4}}\b.{{0,60}}$"
    r"|^(?:STF|STJ|TST|TJ[A-Z]{2}),\s[A-Z][A-Za-z]{1,5}\s(?:n\.?º?\s)?\d[\d./-]+.{0,90}$"
    r"|^(?:HR|Hof|Rb\.)\s.{0,30}?\d{1,2}\s\w+\s\d{4}\b.{0,60}$"
)
_ARTICLE = r"(?:§§?|[Aa]rt(?:ikel|icle|ículo|icolo|igo|t)?s?\.?|[Сс]т(?:\.|атья))\s?(?:[LRD]\.?\s?)?\d[\w.:-]*"
_CLAUSE = (
    r"(?:(?:Abs\.|S\.|Satz|Nr\.|lit\.|al\.|co\.|comma|párr\.|lid|n\.\sº|ч\.|п\.|and|und|et|bis|ff?\.)\s?[\w.()]{0,6}"
    r"|[\w.()]{1,6})"
)
_SECTION = re.compile(
    rf"^{_ARTICLE}(?:[\s,]+{_CLAUSE}){{0,6}}[\s,]+(?:(?:du|de\sla|of\sthe|del|della|d[aeo]|des)\s)?{any_of('codes')}"
    r"(?:\s\([^()]{1,30}\))?\.?$"
    rf"|^{any_of('codes')},?\s{_ARTICLE}(?:[\s,]+(?:§\s?\d|{_CLAUSE})){{0,6}}\.?$"
    r"|^(?:GG|BGB|U\.S\.\sConst\.|ECHR|TFEU),?\s(?:[Aa]rt\.|§)\s?[\dIVXLC].{0,30}$"
    r"|^\d+\s(?:U\.S\.C\.|C\.F\.R\.)\s§{1,2}\s?\d.{0,40}$"
)
_LAW = re.compile(
    rf"^{any_of('laws')}\s(?=.*\d)"
    r"(?:n[°º.]|nº|núm\.|\(E[CU]|\d|van|vom|zu[rm]|über|du|de\s|del|от|РФ|СССР|\w+\s\d{1,2}\s).{3,140}$"
)
_OLD_STATUTE = re.compile(
    r"^\d{1,2}(?:\s?&\s?\d{1,2})?\s(?:Hen|Edw|Eliz|Jac|Jas|Car|Chas|Geo|Will|Wm|Vict|Ann|Ric|Phil)(?:\.|[a-z]*\.?)"
    r"(?:\s(?:[IVX]+|\d)\.?)?,?\s(?:c|cap|ch)\.\s?\d+.{0,30}$"
)
_CASES = (" v", "In re ", "Re ", "Ex parte ")
_ACTS = (" Act", " Ordinance", " Bill", " Code")


def law(text: str) -> Citation | None:
    """Read a case or a statute; return nothing for anything else.

    Args:
        text: one citation, stripped.

    """
    if any(part in text for part in _CASES) and (match := _CASE.match(text)):
        year = re.search(rf"\b{_YEAR}\b", match["rest"])
        return as_work(
            text, "legal_case", match["title"], year=year[0] if year else "", extra=match["rest"].rstrip(". ")
        )
    if any(word in text for word in _ACTS) and (match := _ACT.match(text) or _AMERICAN.match(text)):
        extra = (match["rest"] or "").strip(" ,.")
        return as_work(text, "legislation", match["title"], year=match["year"] or "", extra=extra)
    if _EUROPEAN.match(text) or _JUDGMENT.match(text):
        return word_for_word(text, "legal_case")
    if _SECTION.match(text) or _LAW.match(text) or _OLD_STATUTE.match(text):
        return word_for_word(text, "legislation")
    return None

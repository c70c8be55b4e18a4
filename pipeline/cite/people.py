"""Who wrote, edited and translated it; and where the names at the head end and the title begins."""

from __future__ import annotations

import re

from pipeline.cite.draft import STOPS, Cued, Draft, keep_initial
from pipeline.cite.ends import year_behind
from pipeline.cite.names import AND, UPPER, form, goes_past_names, is_given, is_known_person, read_names
from pipeline.model import Name

_EDITOR = (
    r"(?:[Ee]d(?:itor)?s?\b|[Hh]rsgg?\b|[Hh]gg?\b|orgs?\b|[Rr]edd?\b|[Éé]ds?\b|dir\b|comps?\b|compilers?\b"
    r"|coords?\b|сост\b|ред\b)\.?"
)
_TRANSLATOR = r"(?:[Tt]rans(?:lators?|l)?\b|[Tt]r\b|Übers\b|trad\b|пер\b)\.?"
_FROM = re.compile(r"from the \w+|aus dem \w+")  # the language that it was translated from
_IS_EDITOR, _IS_TRANSLATOR = re.compile(_EDITOR), re.compile(_TRANSLATOR)
_ROLE = rf"(?:{_EDITOR}|{_TRANSLATOR})"
_HEAD_ROLE = Cued(
    rf"[\s,.]*\s[(\[]?(?P<role>{_ROLE}(?:\s?(?:and|&|,|et|und)\s?{_ROLE})*)[)\]]?[.,:]*\s+(?=\S)",
    "ed Ed éd Éd rsg hg Hg org dir omp oord ост ред rans tr Tr bers rad ер",
)
_TRANSLATED_BY = (
    r"[Tt]ranslated (?:from the \w+ )?by"
    r"|[Tt]rans(?:l)?\.(?: from the \w+)?(?: by)?|tr\.(?: from the \w+)? by|übers(?:etzt|\.) v(?:on|\.)"
    r"|aus dem \w+ von|[Tt]raduit (?:de \S+ |du \w+ )?par|[Tt]rad\.(?: par| de)?|[Пп]ер\. с \w+\.?|[Пп]ер(?:евод|\.)"
)
_EDITED_BY = (
    r"[Ee]dited by|[Ee]ds?\.(?: by)?|(?:hg|hrsg)\. v(?:on|\.)|[Hh]erausgegeben von|[Hh]rsg\.|[Hh]g\."
    r"|a cura di|onder redactie van|organizado por|coord(?:inado|\.) por|edición de"
    r"|sous la dir(?:ection|\.) de|éd(?:ité|\.) par|[Ee]d\. de|[Ee]ditado por|[Пп]од ред(?:акцией|\.)|[Сс]ост\."
)
_BOTH_BY = r"[Tt]rans(?:lated|\.)? and [Ee]d(?:ited|\.)?(?: by)?|[Ee]d(?:ited|\.)? and [Tt]rans(?:lated|\.)?(?: by)?"
_ROLE_BY = Cued(
    rf"[\s,.;:/(]+(?P<what>(?P<both>{_BOTH_BY})|(?P<translator>{_TRANSLATED_BY})|(?P<editor>{_EDITED_BY}))"
    r"\s+(?P<who>.+)$",
    "ed Ed éd rans tr. bers aus rad ер hg Hg rsg erausg cura rganiz oord sous ост",
)
_NAMES_ROLE = Cued(
    rf"[.,]\s(?P<who>[^.,()]+(?:\.[^.,()]+)*)\s\((?P<role>{_ROLE}(?:\s?(?:and|&|,)\s?{_ROLE})*)\)[\s.,]*$", ")"
)
_SAYS_BY = re.compile(r"\s(?:by|v(?:on|\.)|par|por|de)$|ред")
_HEAD_YEAR = re.compile(
    r"\((?P<year>(?:1[5-9]|20)\d\d[a-z]?)(?:,\s(?P<date>[^()]*))?\)[.,:]?\s+"
    r"|[.,]\s(?P<bare>(?:1[5-9]|20)\d\d[a-z]?)[.,]?\s+(?=[^\W\d_a-z]|[“\"«‘'<])"
)
_GOES_ON = re.compile(rf"{AND}\s")
_LAST_OF_LIST = re.compile(rf",\s{AND}\s")  # "Orr, Anna, Ziva Kotar, and Carl Lee."
_JOINED = re.compile(rf"\s{AND}\s")
_LAST_SENTENCE = re.compile(r"(?:[.?!]|,? by)\s(?P<who>[^.]+(?:\.[^.]+)*)$")
_ANONYMOUS = re.compile(
    r"\[?(?P<who>Anon(?:ymous|\.)|Anonyme?|o\.\s?[AV]\.|Аноним|AA?\.?\s?VV?\.|VV\.?\s?AA\.)\]?[.,:]?\s+(?=\S)"
)
_HALF_NAME = re.compile(rf"{AND}\s(?:v[ao]n|de[rn]?|Van|Von|De[rn]?|El|Al|Ibn|Bin|Abu|St\.|La|Le)\s(?:\w+\s)?[\w’'-]+$")
_HEAD = 180  # letters; no list of names is longer


def _set_roles(draft: Draft, role: str, who: str) -> None:
    """Set the names as editors, translators or both, as the words in ``role`` say."""
    names = read_names(who)
    if _IS_EDITOR.search(role):
        draft.editor = names
    if _IS_TRANSLATOR.search(role):
        draft.translator = names


def anonymous(draft: Draft) -> None:
    """Find the words that say that nobody knows who wrote it: "[Anon.], …", "o. V.: …", "AA. VV., …"."""
    if match := _ANONYMOUS.match(draft.rest):
        draft.author = (Name(literal=match["who"]),)
        draft.rest = draft.rest[match.end() :]


def year_behind_author(draft: Draft) -> None:
    """Find the year of the author–date styles: "Orr, A. (2001). Title", "Orr, Anna. 2001. Title"."""
    if "year" in draft.words or not (match := _HEAD_YEAR.search(draft.rest)):
        return
    last = year_behind(draft.rest)
    if last and match["bare"] and last["year"] != match["bare"]:
        return  # "Orr, Anna. 1911: A Year of Ice. Leith: Quay, 1998"
    end = len(draft.rest[: match.start()].rstrip(" ,.:")) if match["year"] else match.start()
    who = draft.rest[: keep_initial(draft.rest, end)]
    role = _HEAD_ROLE.search(who + " x")
    if role:
        who = who[: keep_initial(who, role.start())]
    if not form(who):
        return
    if role:
        _set_roles(draft, role["role"], who)
        draft.headed = True
    else:
        draft.author = read_names(who)
    draft.words["year"] = match["year"] or match["bare"]
    draft.extra.append(match["date"] or "")
    draft.rest = draft.rest[match.end() :]


def roles(draft: Draft) -> None:
    """Find editors and translators: behind the names ("Orr, Eds."), or in front of them ("translated by Orr")."""
    head = None if draft.author else _HEAD_ROLE.search(draft.rest)
    if head and not ((by := _ROLE_BY.search(draft.rest)) and _SAYS_BY.search(by["what"])):
        who = draft.rest[: keep_initial(draft.rest, head.start())]
        if form(who) and (_are_known(who) or not _is_person(draft.rest[head.end() :])):
            _set_roles(draft, head["role"], who)
            draft.headed = True
            draft.rest = draft.rest[head.end() :]
    while (match := _ROLE_BY.search(draft.rest)) and match.start() > 0:
        who, after = _names_first(match["who"])
        abbreviated = match["what"].endswith(".")
        titled = draft.article or not form(draft.rest[: match.start()])
        if not who or (abbreviated and not _is_person(who) and not titled):
            break
        if match["both"] or match["translator"]:
            draft.translator = read_names(who)
            if language := _FROM.search(match["what"]):
                draft.extra.append(language[0])
        if match["both"] or match["editor"]:
            draft.editor = read_names(who)
        draft.rest = draft.rest[: match.start()] + (f". {after}" if after else "")
    if match := _NAMES_ROLE.search(draft.rest):
        who = match["who"].strip(STOPS)
        if form(who) in ("natural", "inverted") and match.start() > 0:
            _set_roles(draft, match["role"], who)
            draft.cut(match)


def _names_first(text: str) -> tuple[str, str]:
    """Split off the names at the head of ``text``; the longest part, up to a stop, that reads as names."""
    text = re.sub(r"[)\]][.,;\s]*$", "", text)
    for end in (len(text), *(match.start() for match in reversed(list(re.finditer(r"[.,;)]\s", text))))):
        who = text[: keep_initial(text, end)].strip(" ,;:()[]")
        if form(who):
            return who, text[end:].strip(STOPS + ")")
    return "", text


def _are_known(text: str) -> bool:
    """Tell whether ``text`` is family names alone, or names whose given names are all common ones or initials."""
    names = read_names(text)
    return all(is_given(word.rstrip(",")) for name in names for word in name.given.split())


def _is_person(text: str) -> bool:
    """Tell whether ``text`` is one person's name and nothing else: "A. Orr", "Anna Orr"."""
    bare = text.strip(STOPS)
    return form(bare) in ("natural", "inverted", "trailing") and is_given(bare.split()[0].rstrip(","))


def author(draft: Draft) -> None:
    """Find where the names at the head end: the first stop up to which they read as names."""
    if draft.author or draft.headed or (draft.article and "title" in draft.words and "publisher" not in draft.words):
        return
    rest = draft.rest.strip()
    best: tuple[int, int] | None = None
    for match in re.finditer(r"[.,:;]\s", rest[:_HEAD]):
        end = keep_initial(rest, match.start())
        head, after = rest[:end], rest[match.end() :]
        kind = form(head)
        if not kind and goes_past_names(head):
            break
        if not kind or not after.strip(STOPS) or _GOES_ON.match(after):
            continue
        stop = match[0][0]
        if stop == "." and is_given(f"{head.split()[-1]}."):
            continue  # "Thos. Orr"
        if _may_end(kind, head, stop, after) and (best is None or _is_better(rest[: best[0]], head, stop)):
            best = end, match.end()
    if best:
        draft.author = read_names(rest[: best[0]])
        draft.rest = rest[best[1] :]
    else:
        _author_behind_title(draft)


def _may_end(kind: str, head: str, stop: str, after: str) -> bool:
    """Tell whether a head of this form can be the author's when it ends with this stop."""
    if kind in ("inverted", "families", "trailing"):
        return stop != ";"
    if kind == "natural":
        known = is_known_person(head)
        return known if stop in ".:" else stop == "," and (known or len(head.split()) <= 4)
    if kind == "body":  # with a comma it may be the beginning of a title: "Church, Army and Sea"
        whole = stop == "." or (stop == "," and not re.match(rf"{AND}\s|[^,]+,\s{AND}\s", after) and " " in after)
        return whole and " " in head
    if stop == "," and head.endswith("et al."):
        return True
    return stop == "." and head[-1] != "." and not re.match(r"\d{4}\b", after)  # one family name: "Orr. Title"


def _is_better(so_far: str, head: str, stop: str) -> bool:
    """Tell whether the longer ``head`` is the better end than ``so_far``."""
    before, now, more = form(so_far), form(head), head[len(so_far) :]
    if re.fullmatch(r",\s(?:[JS]r|et al|I{2,3}|IV)\.?", more):
        return True
    if now == "inverted" and _HALF_NAME.search(so_far) and re.fullmatch(r",\s[^,]+", more):
        return True  # "Orr, Anna & Ibn Yusuf", and then ", Omar"
    if now == "inverted" and before == "natural":
        return not is_given(so_far.split()[0])  # "García Orr", and then "García Orr, Juan"
    if before == now == "trailing" or (before == now == "inverted" and _only_initials(head, so_far)):
        return True  # "Orr A", and then "Orr A, Lee C"; "Orr, A.", and then "Orr, A., Lee, C."
    if before in ("family", "families") and now in ("inverted", "families"):
        return True  # "Orr", and then "Orr, Anna"
    if _JOINED.search(more):
        others = [bool(name.given) and is_given(name.given.split()[0]) for name in _others(head, so_far)]
        listed = stop == "." and now == before == "inverted" and _LAST_OF_LIST.search(more)
        return now == "families" or all(others) or (bool(listed) and any(others))
    # Initials, and one more word before the next stop: "Orr, J." and then "Orr, J. Anders".
    return stop in ".," and so_far.endswith(".") and bool(re.fullmatch(rf"\s[{UPPER}][\w’'-]*\.?", more))


def _only_initials(head: str, so_far: str) -> bool:
    """Tell whether all names that ``head`` has more than ``so_far`` have initials for given names."""
    others = _others(head, so_far)
    return bool(others) and all(re.fullmatch(rf"(?:[{UPPER}]\.[ -]?)+", name.given) for name in others)


def _others(head: str, so_far: str) -> tuple[Name, ...]:
    """Return the names that ``head`` has more than ``so_far``."""
    return read_names(head)[len(read_names(so_far)) :]


def _author_behind_title(draft: Draft) -> None:
    """Find the author behind the title: "Title of a pamphlet. Anna Orr, 2001"."""
    rest = draft.rest.strip(STOPS)
    match = _LAST_SENTENCE.search(rest)
    if match and form(match["who"]) == "natural" and is_given(match["who"].split()[0]) and match.start() > 3:
        draft.author = read_names(match["who"])
        draft.rest = rest[: match.start() + (rest[match.start()] in "?!")]

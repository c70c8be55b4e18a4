"""The title of a book for which none was given, and its language: from the text itself, else from the file's name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pipeline.model import Decision, Line, Role
from pipeline.report import Report
from pipeline.settings import Settings

_FUNCTION_WORDS = {
    "en": "the of and to in that was is his for with as he it on by not",
    "fr": "le la les des et que est dans une pour qui il au du ne pas sur",
    "de": "der die das und ist nicht ein den von mit sich dem auf zu im es",
    "es": "el la los que de y en un las por con una no se del lo",
    "it": "il di che la e un per non una sono del della con si i le",
    "pt": "o a os que de e do da em um não uma para com se no",
    "nl": "de het een van en in dat is niet op te zijn met voor hij",
    "la": "et in est non ad cum ut qui quod sed ex per hoc enim esse",
    "ru": "и в не на что он с как это по но из к у за от",
    "pl": "i w nie na się że z do jest to o jak ale po co",
    "cs": "a se v na je že to s z do o i jako by za",
    "sv": "och att det som en på är av för med den till inte han var",
    "da": "og at det en den til er som på de med han af for ikke",
    "el": "και το της να την του με που η για τα στην ο οι είναι από",
}
_WORD = re.compile(r"[^\W\d_]+")
_ENOUGH = 200_000  # letters; more text does not make the answer better


def book_language(lines: Sequence[Line], settings: Settings) -> str:
    """Return the language of the text as a BCP 47 tag: as given, else by its commonest small words, else English."""
    if settings.lang:
        return settings.lang
    read, counts = 0, Counter[str]()
    for line in lines:
        counts.update(_WORD.findall(line.text.casefold()))
        read += len(line.text)
        if read > _ENOUGH:
            break
    scores = {tag: sum(counts[word] for word in words.split()) for tag, words in _FUNCTION_WORDS.items()}
    best = max(scores, key=lambda tag: scores[tag])
    return best if scores[best] else "en"


def book_title(
    lines: Sequence[Line], decisions: Sequence[Decision], settings: Settings, name: str, report: Report
) -> str:
    """Return the title: as given; else what the titles of the divisions share; else the only title; else the name.

    Args:
        lines: the repaired text.
        decisions: what each line is.
        settings: may hold the title.
        name: the source file's name without its extension.
        report: learns where a title that was not given was found.

    """
    if settings.title:
        return settings.title
    text = {line.number: line.text.strip() for line in lines}
    titles = [text[decision.line] for decision in decisions if decision.role is Role.TITLE and not decision.joined]
    openings = Counter(re.split(r"(?<=\w)[.:](?=\s)", title)[0].strip() for title in titles)
    shared = [opening for opening, times in openings.most_common(1) if times > 1 and 2 * times >= len(titles)]
    if shared:
        found, origin = shared[0], "divisions' titles"
    elif len(titles) == 1:
        found, origin = titles[0].rstrip("."), "text's own title"
    else:
        found, origin = re.sub(r"[_\s-]+", " ", name).strip() or "Untitled", "file's name"
        found = found[0].upper() + found[1:]
    report.find("title-guessed", title=found, origin=origin, settings=f"{name}.toml")
    return found

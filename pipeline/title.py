"""The title of a book for which none was given: from the text itself, else from the file's name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pipeline.label.front import names_book
from pipeline.label.furniture import header_fields
from pipeline.model import Decision, Line, Role
from pipeline.parts import ANSWER
from pipeline.report import Report
from pipeline.settings import Settings
from pipeline.titlepage import names_in


def book_title(
    lines: Sequence[Line], decisions: Sequence[Decision], settings: Settings, name: str, report: Report
) -> str:
    """Return the title: as given; else as the header of a transcription names it; else what the text's own titles say.

    That is what the titles of the divisions share; else the only title; else the name of the file.

    Args:
        lines: the repaired text.
        decisions: what each line is.
        settings: may hold the title.
        name: the source file's name without its extension.
        report: learns where a title that was not given was found.

    """
    if settings.title:
        return settings.title
    named = header_fields(lines).get("title", "")
    if named:
        return named
    text = {line.number: line.text.strip() for line in lines}
    page = [one.line for one in decisions if names_book(one)]
    if page:
        found = " ".join(text[number] for number in page).rstrip(".,;:")
        report.find("title-guessed", title=found, origin="title page", settings=f"{name}.toml")
        return found
    tops = [decision.line for decision in decisions if decision.role is Role.TITLE and not decision.joined]
    titles = [ANSWER.sub("", text[line]) for line in tops]
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


def book_authors(lines: Sequence[Line], settings: Settings) -> tuple[str, ...]:
    """Return the authors: as given, else as the header of a transcription names them."""
    return settings.author or tuple(names_in(header_fields(lines).get("author", "")))

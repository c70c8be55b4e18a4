"""The compositor: sets each paragraph of a text in the signs of its language, and keeps count of what was set."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pipeline.arrange.markup import Markup, evidence, mark
from pipeline.arrange.typography import custom, set_signs
from pipeline.language import foreign_passage
from pipeline.model import Role
from pipeline.report import Report

_RUNNING = frozenset({Role.PARAGRAPH, Role.ITEM, Role.NOTE, Role.DIALOGUE})
_INSIDE_WORD = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")
_COLUMNS = re.compile(r"\S(?: {3,}|\t+)\S")
_TOUCHABLE = re.compile(r"\d-\d| - |[\"'`_*=+]|--|\.\.\.|\. \. \.| [;:!?»,.)\]]|[«(\[] ")


class Compositor:
    """Sets the paragraphs of one text.

    ``languages`` has the language of each paragraph that is in another one than the text, and nothing for the others.

    Args:
        roles: what each of ``texts`` is.
        texts: all paragraphs of the text, each as one line: what is markup, and what not, shows over the whole.
        lang: the language of the text, a BCP 47 tag.

    """

    def __init__(self, roles: Sequence[Role], texts: Sequence[str], lang: str) -> None:
        self._lang = lang
        self.languages = [
            foreign_passage(text, lang) if role in _RUNNING else "" for role, text in zip(roles, texts, strict=True)
        ]
        self._own = custom(texts)
        self._markup: Markup = evidence(roles, texts)
        self._counts: Counter[str] = Counter()
        self._roles, self._texts = roles, texts

    def paragraphs(self) -> list[str]:
        """Return all paragraphs, set; in those that stand in columns nothing but apostrophes inside words."""
        marked = mark(self._roles, self._texts, self._markup, self._counts)
        return [
            _INSIDE_WORD.sub("’", text) if role is Role.TABLE or _columns(text) else self._set(text, lang or self._lang)
            for role, text, lang in zip(self._roles, marked, self.languages, strict=True)
        ]

    def phrase(self, text: str) -> str:
        """Return a text that stands by itself, set: a title, the words of a citation."""
        if not _TOUCHABLE.search(text):
            return text
        return self._set(mark((Role.PARAGRAPH,), (text,), self._markup, Counter())[0], self._lang)

    def cell(self, text: str) -> str:
        """Return the text of a cell with its dashes set: out of its row, its columns count no more."""
        if text == "--":
            return "—"
        return self._set(text, self._lang) if "--" in text and '"' not in text else text

    def tell(self, report: Report) -> None:
        """Enter in the report how many signs of each kind were set."""
        for kind, times in sorted(self._counts.items()):
            if times:
                report.counts[f"set: {kind}"] = times
        done = ", ".join(f"{times:,} {kind}" for kind, times in self._counts.most_common() if times)
        if done:
            report.find("typography-set", done=done)

    def _set(self, text: str, lang: str) -> str:
        return set_signs(text, lang, self._own, self._counts) if _TOUCHABLE.search(text) else text


def _columns(text: str) -> bool:
    """Tell whether this is a row of a table: several columns, or figures in most of them."""
    if "   " not in text and "\t" not in text:
        return False
    gaps = len(_COLUMNS.findall(text))
    return gaps > 1 or (gaps == 1 and 2 * sum(map(str.isdigit, text)) > sum(map(str.isalnum, text)))

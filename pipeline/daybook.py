"""The daybook: what was found in single lines and paragraphs when a text was last read.

Who corrects a book changes a line and builds it again; all the other lines are asked once more what they were asked the
last time. What a question has to say depends on nothing but the words that it is asked about, our code and Python, so
that its answer may stand in the daybook of the text. One that is not there is found as if there were no such book.
"""

from __future__ import annotations

import io
import pickle
from collections import Counter
from collections.abc import Callable, Hashable
from dataclasses import is_dataclass
from functools import partial, wraps
from itertools import islice
from typing import Any, ParamSpec, TypeVar, cast

Asked = ParamSpec("Asked")
Found = TypeVar("Found")
Answers = dict[Hashable, Any]

_MOST = 16_000  # answers to one question that are noted; what is small costs more to note than to find
_LETTERS = 4_000_000  # of such questions: some four novels
_LONGEST = 100_000  # letters of a question that is noted: no paragraph has more, but a text without a blank line may
_MISSING = object()
_OURS = __name__.partition(".")[0]

_answers: dict[str, Answers] = {}
_news: dict[str, list[Hashable]] = {}  # what was asked, where the answer is new
_asked: Counter[str] = Counter()  # letters that the questions have
_open = False


def noted(function: Callable[Asked, Found]) -> Callable[Asked, Found]:
    """Note what a function says.

    It must depend on nothing but the strings and flags that it is called with, in their order; what it returns is
    plain, or of our own dataclasses, and nobody changes it.
    """
    name = f"{function.__module__}.{function.__qualname__}"
    answers = _answers.setdefault(name, {})

    @wraps(function)
    def ask(*about: Any) -> Found:
        key = about[0] if len(about) == 1 else about
        found: Found = answers.get(key, _MISSING)
        return recall(name, key, lambda: function(*about)) if found is _MISSING else found  # type: ignore[call-arg]

    return cast("Callable[Asked, Found]", ask)


def recall(question: str, about: Hashable, find: Callable[[], Found]) -> Found:
    """Return what is noted of a ``question`` and what it is ``about``; what is not, is found and noted."""
    answers, news = _answers.setdefault(question, {}), _news.setdefault(question, [])
    found: Found = answers.get(about, _MISSING)
    if found is _MISSING:
        found = find()
        letters = _letters(about)
        if letters > _LONGEST or not _has_room(question):
            return found
        answers[about] = found
        news.append(about)
        _asked[question] += letters
    return found


def _letters(about: Hashable) -> int:
    """Count the letters that a question is about."""
    return sum(len(one) for one in (about if isinstance(about, tuple) else (about,)) if isinstance(one, str))


def _is_full(question: str) -> bool:
    return len(_answers[question]) >= _MOST or _asked[question] >= _LETTERS


def _has_room(question: str) -> bool:
    """Tell whether more may be noted; where no book is open, there is room again."""
    full = _is_full(question)
    if full and not _open:
        _answers[question].clear()
        _news[question].clear()
        _asked[question] = 0
    return not (full and _open)


def begin(content: bytes | None) -> None:
    """Open a daybook, which has the ``content`` that was :func:`written`; without one, begin with empty pages."""
    global _open
    _close()
    _open = True
    if content is None:
        return
    try:
        kept = _Reader(io.BytesIO(content)).load()
        for name, answers in kept.items():
            _answers.setdefault(name, {}).update(answers)
            _asked[name] = sum(map(_letters, answers))
    except Exception:  # whatever is amiss with it: nothing in it is needed
        _close()


def written() -> bytes | None:
    """Close the daybook and return what it holds; nothing, if nothing in it is new.

    Where there is no room for more, the older half gives way: what is still asked is found and noted again.
    """
    global _open
    _open = False
    if not any(_news.values()):
        return None
    kept = {name: _younger(answers) if _is_full(name) else answers for name, answers in _answers.items() if answers}
    return pickle.dumps(kept, pickle.HIGHEST_PROTOCOL)


def turn() -> None:
    """Turn to a new page: what has been found so far is no news. A twin begins so."""
    for asked in _news.values():
        asked.clear()


def news() -> dict[str, Answers]:
    """Return the answers that are news: what a twin has found, the other may want to know."""
    return {name: {key: _answers[name][key] for key in asked} for name, asked in _news.items() if asked}


def enter(found: dict[str, Answers]) -> None:
    """Enter what a twin has found."""
    for name, answers in found.items():
        for about, one in answers.items():
            recall(name, about, partial(_same, one))


def _younger(answers: Answers) -> Answers:
    return dict(islice(answers.items(), len(answers) // 2, None))


def _close() -> None:
    for answers in _answers.values():
        answers.clear()
    _asked.clear()
    turn()


def _same(found: Found) -> Found:
    return found


class _Reader(pickle.Unpickler):
    """Reads what functions may return, and nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        if module.partition(".")[0] == _OURS:
            found = super().find_class(module, name)
            if isinstance(found, type) and is_dataclass(found):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} stands in no daybook")

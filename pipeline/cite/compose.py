"""Compose footnotes for training: works from tagged references, named in the forms that footnotes have.

There are many tagged references and few tagged footnotes. ``footnotes.toml`` says how footnotes of eight languages name
works, point back, begin and go on; names, titles and journals come from the tagged references.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from pipeline.cite.field import BEGINS, FIRST
from pipeline.cite.names import read_names
from pipeline.model import Name

INSIDE = "-"  # a word inside of a reference that belongs to none of its parts
OUTSIDE = "o"  # running text
_FORMS = Path(__file__).parent / "footnotes.toml"
_SLOT = re.compile(r"\{(\w+)(?::(\w))?\}")
_EDGES = " \t.,;:()[]“”„‟«»\"'‘’‚‹›–—-/"
_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
_AUTHORS = {"author", "editor", "translator"}

TaggedNote = tuple[list[str], list[str]]


@dataclass(frozen=True, slots=True)
class _Stock:
    """What tagged references name: people, titles, journals, books with chapters, places and publishers."""

    people: list[Name]
    titles: list[str]
    journals: list[str]
    books: list[str]
    imprints: list[tuple[str, str]]

    @property
    def full(self) -> bool:
        """Whether there is something of each kind to name."""
        return bool(self.people and self.titles and self.journals and self.imprints)


def compose(tagged: Sequence[Sequence[tuple[str, str]]], number: int, seed: int) -> Iterator[TaggedNote]:
    """Compose ``number`` footnotes, the same for the same ``seed``.

    Args:
        tagged: references, each as its labelled parts.
        number: how many footnotes are wanted.
        seed: where the choices begin.

    Yields:
        The words of a footnote, and the label of each: a part of a reference (``*`` in front where the reference
        begins), ``-`` for other words inside of a reference, ``o`` for running text.

    """
    random = Random(seed)
    table = tomllib.loads(_FORMS.read_text(encoding="utf-8"))
    latin = _stock([one for one in tagged if not _CYRILLIC.search(" ".join(text for _, text in one))])
    cyrillic = _stock([one for one in tagged if _CYRILLIC.search(" ".join(text for _, text in one))])
    languages = sorted(table)
    weights = [table[lang]["weight"] for lang in languages]
    for _ in range(number):
        lang = random.choices(languages, weights)[0]
        yield _note(table[lang], cyrillic if lang == "ru" and cyrillic.full else latin, random)


def _stock(tagged: Sequence[Sequence[tuple[str, str]]]) -> _Stock:
    parts: dict[str, list[str]] = {}
    imprints: list[tuple[str, str]] = []
    for reference in tagged:
        said = {label: text.strip(_EDGES) for label, text in reference}
        for label, text in said.items():
            if 2 < len(text) < 160:
                parts.setdefault(label, []).append(text)
        if "location" in said and "publisher" in said:
            imprints.append((said["location"], said["publisher"]))
    people = [
        name
        for text in parts.get("author", [])
        for name in read_names(text)
        if name.family
        and name.given
        and len(name.given) < 20
        and not any(c in name.family + name.given for c in ",()[]")
    ]
    books = [re.sub(r"^(?:[Ii]n:?|dans)\s+", "", text) for text in parts.get("container-title", [])]
    return _Stock(people, parts.get("title", []), parts.get("journal", []), books, imprints)


def _note(forms: dict[str, Any], stock: _Stock, random: Random) -> TaggedNote:
    """Compose one footnote: a number, words in front, references with words between, words behind."""
    tokens, labels = list[str](), list[str]()

    def say(text: str, label: str = OUTSIDE) -> None:
        for word in text.split():
            tokens.append(word)
            labels.append(label)

    if random.random() < 0.5:
        say(random.choice(("{}", "{}", "{}.", "[{}]", "({})")).format(random.randint(1, 240)))
    listed = random.random() < 0.04
    wanted = random.randint(4, 12) if listed else random.choices((0, 1, 2, 3, 4), (6, 62, 20, 8, 4))[0]
    front = random.choices((0, 1, 2), (70, 22, 8))[0] if wanted else random.choice((1, 2, 3))
    for sentence in random.sample(forms["prose"], 0 if listed else min(front, len(forms["prose"]))):
        say(sentence)
    kinds = random.choice((("article", "book", "chapter"), ("short", "short", "book", "article"), ("back", "short")))
    if listed:
        kinds = ("article", "book", "chapter")
    house = random.getrandbits(32)
    for n in range(wanted):
        glue = random.choice(forms["glue"]).rstrip() if n and not listed else ""
        if glue and tokens:  # a stop goes to the word before, what follows it stands alone
            stop, _, words = glue.partition(" ") if glue[0] in ".;," else ("", "", glue)
            tokens[-1] = tokens[-1].rstrip(".;,") + stop if stop else tokens[-1]
            say(words)
        elif not n and not listed and random.random() < 0.5:
            say(random.choice(forms["signals"]))
        kind = random.choice(kinds)
        pick = Random(house) if random.random() < 0.7 else random  # one house style through a note, for the most part
        form, _, back = pick.choice(forms[kind]).partition("|ref=")
        words, said = _reference(form, back, forms["and"], stock, random)
        tokens += words
        labels += said
    if wanted and not listed and random.random() < (0.25 if kind == "short" else 0.1):
        tokens[-1] = tokens[-1].rstrip(".")
        say(random.choice(forms["tails"]))
    if wanted and not listed and random.random() < 0.15:
        say(random.choice(forms["prose"]))
    return tokens, labels


def _reference(form: str, back: str, joiner: str, stock: _Stock, random: Random) -> TaggedNote:
    """Name one work in ``form``; ``back`` are the words of it that point back."""
    place, publisher = random.choice(stock.imprints)
    first = random.choice((random.randint(1, 700), random.randint(1, 2100)))
    last = first + random.randint(3, 40)
    numbers = {"n": str(random.randint(1, 120)), "issue": str(random.randint(1, 12))}
    title = random.choice(stock.titles)
    texts = numbers | {
        "title": title,
        "short": _cut_short(title, random),
        "journal": random.choice(stock.journals),
        "container": random.choice(stock.books or stock.titles),
        "date": random.choice(("{}", "{}", "{}", "{}", "{}", "{}", "{}a", "{}b", "{}/75", "forthcoming")).format(
            random.randint(1830, 2019)
        ),
        "volume": random.choice((str(random.randint(1, 140)), str(random.randint(1, 40)), random.choice(_ROMAN))),
        "page": f"{first}{random.choice('-–—')}{last}"
        if re.search(r"(?:pp\.|págs\.|S\.|: ?)\s?\{page\}", form)
        else str(first),
        "cited": _pages(first + 2, random),
        "place": place,
        "publisher": publisher,
    }
    made, marks = "", list[str]()  # one mark a character: which slot it came from
    end = 0
    for slot in _SLOT.finditer(form):
        key, shape = slot[1], slot[2] or "n"
        literal = form[end : slot.start()]
        text = _people(shape, joiner, stock, random) if key in _AUTHORS else texts[key]
        if text.endswith(".") and form[slot.end() : slot.end() + 1] == ".":
            text = text[:-1]
        made += literal + text
        label = {"journal": "container", "short": "title", "n": INSIDE, "translator": INSIDE}.get(key, key)
        marks += [INSIDE] * len(literal) + [label] * len(text)
        end = slot.end()
    made += form[end:]
    marks += [INSIDE] * (len(form) - end)
    tokens, labels = list[str](), list[str]()
    for word in re.finditer(r"\S+", made):
        inside = [label for label in marks[word.start() : word.end()] if label != INSIDE]
        tokens.append(word[0])
        labels.append(max(dict.fromkeys(inside), key=inside.count) if inside else INSIDE)
    _mark_back(tokens, labels, back.replace("{n}", numbers["n"]).split())
    _widen(tokens, labels)
    first_said = next((i for i, label in enumerate(labels) if label != INSIDE), 0)
    labels[first_said] = BEGINS + labels[first_said]
    labels = opened(labels)
    labels[:first_said] = [OUTSIDE] * first_said
    return tokens, labels


def opened(labels: Sequence[str], parted: Collection[int] = ()) -> list[str]:
    """Mark the first word of each part; ``parted`` are the words that begin another part of the same label."""
    out, before = list[str](), OUTSIDE
    for i, label in enumerate(labels):
        first = label not in (INSIDE, OUTSIDE) and not label.startswith(BEGINS) and (label != before or i in parted)
        out.append(FIRST + label if first else label)
        before = label.removeprefix(BEGINS)
    return out


_ROMAN = ("I", "II", "III", "IV", "VI", "VII", "IX", "XII", "XIV", "XXI")


def _mark_back(tokens: list[str], labels: list[str], back: list[str]) -> None:
    for start in range(len(tokens) - len(back) + 1 if back else 0):
        if tokens[start : start + len(back)] == back:
            labels[start : start + len(back)] = ["ref"] * len(back)
            return


def _widen(tokens: list[str], labels: list[str]) -> None:
    """Give the words that belong to a number ("at p. 12", "S. 5 ff.", "vol. 3", "no. 2") its label."""
    for i in range(len(labels) - 1, 0, -1):
        before = _BEFORE.get(labels[i])
        if before and labels[i - 1] == INSIDE and before.fullmatch(tokens[i - 1]):
            labels[i - 1] = labels[i]
    for i in range(1, len(labels)):
        if labels[i - 1] == "cited" and labels[i] == INSIDE and re.fullmatch(r"(?:ff?|sqq?)\.?,?", tokens[i]):
            labels[i] = "cited"


_PAGES = re.compile(
    r"\(?(?:pp?|S|s|С|с|pág|págs|blz|at|para|paras|ch|chs|Rn|insbesondere|hier|especially|spéc|ici|aldaar)\.?"
)
_BEFORE = {
    "cited": _PAGES,
    "page": _PAGES,
    "volume": re.compile(r"(?:vol|Bd|t|v|Т)\.", re.IGNORECASE),
    "issue": re.compile(r"(?:no|H|n|núm|№|n°|n\.º)\.?", re.IGNORECASE),
}


def _pages(first: int, random: Random) -> str:
    second = first + random.randint(1, 9)
    few = (f"{first}", f"{first}", f"{first}", f"{first}–{second}", f"{first}-{second}", f"{first}–{str(second)[-1]}")
    return random.choice((*few, f"{first}—{second}", f"{first} and {second}", f"{first}, {second}", f"{first} f."))


def _cut_short(title: str, random: Random) -> str:
    """Return what a short form has of a title: a few words, up to its first stop, without an article in front."""
    words = re.split(r"[.:;,?!–—(]", _ARTICLE.sub("", title).strip(_EDGES))[0].split()
    return " ".join(words[: random.randint(1, 4)]) or title


_ARTICLE = re.compile(r"^(?:The|An?|D(?:er|ie|as)|L[ea]s?|Il|El|Los|De|Het|Os?|As)\s|^L[’']")


def _people(shape: str, joiner: str, stock: _Stock, random: Random) -> str:
    number = random.choices((1, 2, 3), (74, 19, 7))[0]
    names = random.sample(stock.people, number)
    if shape == "s":
        return "/".join(name.family for name in names)
    written = [_written(name, shape) for name in names]
    if shape == "v" and number > 1 and random.random() < 0.5:
        return "/".join(written)
    if shape == "t":
        return ", ".join(written)
    *most, last = written
    return f"{', '.join(most)} {joiner if random.random() < 0.8 else '&'} {last}" if most else last


def _written(name: Name, shape: str) -> str:
    initials = "".join(f"{part[0]}." for part in re.split(r"[\s.-]+", name.given) if part)
    forms = {
        "n": f"{name.given} {name.family}",
        "i": f"{initials} {name.family}",
        "v": f"{name.family}, {name.given}",
        "w": f"{name.family}, {initials}",
        "t": f"{name.family} {initials}",
        "f": name.family,
    }
    return forms[shape]

"""The page of a shelf: one file that shows all its books, and finds them without a server and without script."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from urllib.parse import quote

from pipeline import styles
from pipeline.edition import and_list
from pipeline.language import name_of, right_to_left, words_for
from pipeline.shelf.catalogue import Card, by_words, letters

FILES = {"book.epub": "EPUB", "book.pdf": "PDF", "book.azw3": "Kindle", "book.md": "Manuscript"}
_HERE = Path(__file__).parent
_FEW = 60  # books that need no letters between them


def script() -> str:
    """Return the script of the search."""
    return (_HERE / "catalogue.js").read_text(encoding="utf-8")


def document(title: str, body: Iterable[str], *, head: str = "", scripted: bool = False) -> str:
    """Return a page of the shelf as HTML that needs no other file but the pictures of covers."""
    css = (styles.folder() / "report" / "report.css").read_text(encoding="utf-8")
    own = (_HERE / "catalogue.css").read_text(encoding="utf-8")
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{escape(title)}</title><link rel="icon" href="data:,">{head}'
        f"<style>{css}{own}</style></head>\n"
        f"<body><main>{''.join(body)}</main>{f'<script>{script()}</script>' if scripted else ''}</body></html>\n"
    )


def index_page(title: str, cards: Sequence[Card]) -> str:
    """Return ``index.html``: the books of a shelf by title, each with its cover and editions."""
    feeds = (
        '<link rel="alternate" type="application/atom+xml;profile=opds-catalog;kind=navigation" href="opds/root.xml">'
        '<link rel="alternate" type="application/opds+json" href="opds/root.json">'
    )
    return document(title, _index(title, cards), head=feeds, scripted=True)


def _index(title: str, cards: Sequence[Card]) -> Iterator[str]:
    languages = sorted({card.lang for card in cards}, key=name_of)
    yield f"<h1>{escape(title)}</h1>"
    yield f'<p class="soft">{count(len(cards), "book")} in {count(len(languages), "language")}</p>'
    choices = "".join(f'<option value="{escape(one)}">{escape(name_of(one))}</option>' for one in languages)
    yield (
        '<form hidden role="search"><label>Title, author, subject or language'
        '<input name="q" type="search" autocomplete="off"></label>'
        f'<label>In<select name="lang"><option value="">any language</option>{choices}</select></label></form>'
        '<p id="found" class="soft" role="status"></p>'
    )
    groups = list(letters(cards)) if len(cards) > _FEW else [("Books", cards)]
    if len(groups) > 1:
        links = "".join(f'<li><a href="#{_letter(one)}">{escape(one)}</a></li>' for one, _ in groups)
        yield f'<nav aria-label="By title"><ul>{links}</ul></nav>'
    yield _lookup("By author", cards, lambda card: card.author, by_family)
    yield _lookup("By subject", cards, lambda card: card.subject)
    yield _lookup("By language", cards, lambda card: [name_of(card.lang)])
    for letter, group in groups:
        name = _letter(letter)
        yield f'<section class="letter" aria-labelledby="{name}"><h2 id="{name}">{escape(letter)}</h2>'
        yield '<ul class="books">'
        yield from map(_book, group)
        yield "</ul></section>"
    more = {
        "works.html": "The works that are cited here",
        "report.html": "How sure the reading is",
        "catalogue.csv": "The catalogue as a table",
        "catalogue.jsonl": "as JSON-LD",
        "opds/root.xml": "OPDS 1.2",
        "opds/root.json": "OPDS 2.0",
    }
    links = "".join(f'<li><a href="{file}">{words}</a></li>' for file, words in more.items())
    yield f'<nav aria-label="More of this shelf"><ul>{links}</ul></nav>'


def _letter(letter: str) -> str:
    return f"title-{letter if letter.isalnum() else 'other'}"


def _lookup(
    title: str, cards: Sequence[Card], values: Callable[[Card], Iterable[str]], key: Callable[[str], str] = by_words
) -> str:
    """Return a folded list that leads from each value to its books: the search of those who have no script."""
    found: dict[str, list[Card]] = {}
    for card in cards:
        for value in values(card):
            found.setdefault(value, []).append(card)
    if not found:
        return ""
    rows = (
        f"<dt>{escape(value)}</dt><dd>{'; '.join(_link(card) for card in found[value])}</dd>"
        for value in sorted(found, key=key)
    )
    return f"<details><summary>{title} ({len(found)})</summary><dl>{''.join(rows)}</dl></details>"


def _link(card: Card) -> str:
    return f'<a href="#{escape(card.name)}"{_lang(card)}>{escape(card.title)}</a>'


def by_family(name: str) -> str:
    """Return what a list of names is sorted by: the last word first, where the name is not turned round already."""
    given, _, family = name.rpartition(" ")
    return by_words(name if "," in name else f"{family} {given}")


def _book(card: Card) -> str:
    find = words_of(card)
    cover = f'<span class="blank" aria-hidden="true">{escape(card.title[:1])}</span>'
    if card.cover:
        cover = f'<img src="{address(card, card.cover)}" alt="" loading="lazy" width="88" height="141">'
    subtitle = f"<p{_lang(card)}>{escape(card.subtitle)}</p>" if card.subtitle else ""
    by = f"<p>{escape(and_list(card.author, words_for('en')))}</p>" if card.author else ""
    series = " ".join(filter(None, (card.series, card.series_number)))
    facts = (name_of(card.lang), card.date[:4], series, ", ".join(card.subject))
    links = "".join(
        f'<a href="{address(card, file)}" aria-label="{FILES[file]} of {escape(card.title)}">{FILES[file]}</a>'
        for file, _ in card.offered
    )
    return (
        f'<li id="{escape(card.name)}" data-lang="{escape(card.lang)}" data-find="{escape(find)}">{cover}<div>'
        f"<h3{_lang(card)}>{escape(card.title)}</h3>{subtitle}{by}"
        f'<p class="facts">{escape(" · ".join(filter(None, facts)))}</p><p class="get">{links}</p></div></li>'
    )


def words_of(card: Card) -> str:
    """Return the words by which a book is found, as :func:`plain` has them."""
    told = (card.title, card.subtitle, *card.author, *card.editor, *card.translator, *card.subject, card.series)
    return plain(" ".join((*told, card.lang, name_of(card.lang))))


def _lang(card: Card) -> str:
    return f' lang="{escape(card.lang)}"' + (' dir="rtl"' if right_to_left(card.lang) else "")


def address(card: Card, file: str) -> str:
    """Return the address of one of a book's files, from that of the shelf."""
    return quote(f"{card.place}{file}")


def plain(text: str) -> str:
    """Return ``text`` as it is searched: in lower case, without accents."""
    split = unicodedata.normalize("NFKD", text)
    return "".join(one for one in split if not unicodedata.category(one).startswith("M")).lower()


def count(number: int, noun: str) -> str:
    """Return “1 book” or “2 books”."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]], caption: str = "") -> str:
    """Return a table of cells that are HTML already; nothing where there are no rows."""
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    if not body:
        return ""
    heads = "".join(f'<th scope="col">{escape(one)}</th>' for one in head)
    named = f"<caption>{escape(caption)}</caption>" if caption else ""
    return f'<div class="wide"><table>{named}<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>'


def facts(pairs: Mapping[str, str]) -> str:
    """Return a list of names and values that are HTML already."""
    return f"<dl>{''.join(f'<dt>{escape(name)}</dt><dd>{value}</dd>' for name, value in pairs.items())}</dl>"

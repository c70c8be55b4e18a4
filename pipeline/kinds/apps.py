"""What reading apps say in their files: titles, counts, places, dates, signs of chapters, highlights and notes.

Of Moon+ Reader, WeRead, KOReader, Google Play Books, Readwise, Kindle's notebook, Apple Books, Kobo, BOOX, PocketBook,
calibre and Instapaper; and how such lines are told from the words of a book.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.kinds.devices import HIGHLIGHTED, placed
from pipeline.model import Line

COUNTED = re.compile(
    r"^(?P<title>.+?)(?:\s+[-–—]\s+(?P<author>[^-–—]+?))?\s*[(（][^\W\d]+\s?[:：]\s?\d+(?:[;；,]\s?[^\W\d]+\s?[:：]\s?\d+)*[)）]$"
)
BOOK_MARKS = re.compile(r"^《(?P<title>[^《》]+)》(?P<author>[^《》]*)$")
LINKED = re.compile(r"^#\s+\[(?P<title>[^\]]+)\]\((?P<address>\S+)\)$")
NAMED = re.compile(
    r"^(?:[-*]\s+)?(?:\*\*)?(?P<key>(?:full |book )?title|authors?|by|作者|书名|titel|titre|título|titolo"
    r"|autore?|auteur|автор|название)"
    r"(?:\*\*)?\s*(?:::|[:：])\s*(?P<value>.+)$",
    re.IGNORECASE,
)
LABEL = re.compile(
    r"^(?:[^\W\d_][\w-]{1,15} ){1,4}(?:[^\W\d_A-ZÄÖÜ]{1,4}|notas de)(?: para)?\s?:?$"
    r"|^(?:笔记本|筆記本|ノートブック|노트북)[:：]?$|^Notatnik$|^Not Defteri$"
)
"""What an app says above the title: "Notebook for", "Cuaderno para"; the last word wants another."""

ITALIC = re.compile(r"^([*_])(?P<name>[^\W\d_][^*_:>#]{2,60})\1$")
ITALIC_NOTE = re.compile(r"^([*_])[^*_]+\1$")
AUTHOR_HEAD = re.compile(r"^##\s+(?:by\s+|von\s+|par\s+)?(?P<name>[^\W\d_a-z][\w.’'-]*(?: [\w.’'-]+){1,4})$")
"""The author as a heading of Markdown, right below the title's."""

NAME_HEAD = re.compile(r"^(?P<sign>#{2,6})\s+(?P<name>[^\W\d_a-z][\w.’'-]*,?(?: [^\W\d_a-z][\w.’'-]*){1,4})$")
"""A name as a heading of a depth of its own, right below the title's: the author."""

ADDRESSED = re.compile(r"^\[(?P<title>[^\]]+)\]\(https?://\S+\)$")
FORM = re.compile(
    r"^(?:this document is overwritten|options$|your kindle notes for|last accessed|\d+ highlight\(s\)"
    r"|you should make a copy|created by\b|last (?:synced|annotated|read)|you have \d+"
    r"|(?:letzte|dernière|última|ultima) (?:synchronisation|sincronización|sincronizzazione|sincronização)\b"
    r"|(?:du hast|sie haben|vous avez|tienes|hai|você tem|je hebt|masz|у вас) \d+ [^\W\d]+$"
    r"|\d+\s?(?:notes?|highlights?|annotations?|passages?|notizen|markierungen|surlignements|条笔记|個筆記|条划线)\b.*"
    r"|\d+\s?个笔记|\d+ [^\W\d]+/[^\W\d]+(?: [^\W\d]+){0,2}$|erstellt von\b|créé par\b|creado por\b"
    r"|.*\b(?:apple books|ibooks)\.?$|this material may be protected|-+\s?来自微信读书"
    r"|(?:>\s*|-\s+)?⏱.*|highlights:?$"
    r"|notebook (?:for|export)|notes from|notes and highlights for$|all excerpts from"
    r"|(?:highlights?|notes?|annotations?)(?: (?:and|&) [a-z]+)? from (?:kobo|kindle|(?:apple|google play) books|ibooks"
    r"|readwise|instapaper|koreader|moon\+ reader|pocketbook|calibre)$"
    r"|[^\W\d_][^:()]{1,20}\((?:apa|mla|chicago)[^)]*\)"
    r"|export(?:ed)? (?:date|from|on)\b|exported(?: at)?:\s?\d|source:\s?https?:"
    r"|generated (?:at|on|by)\b"
    r"|#+ (?:metadata|(?:new )?highlights|notes|annotations)\b"
    r"|[-*] (?:category|url|source|document tags?|tags?|summary|published|updated)\s?:"
    r"|\[[^\]]+\]\((?!https?:)[a-z][a-z+-]*://[^()\s]*\)$"
    r"|[^\W\d_][^:.!?]{2,30}[:：]\s?\d{1,3}(?:[.,]\d+)?\s?%$"
    r"|(?:highlights?|annotations?|bookmarks?|notes?)(?: (?:and|&) (?:highlights?|annotations?|notes?|bookmarks?))+:?$"
    r"|[a-z][\w-]*::(?:\s.*)?$|tags?\s?:|colou?r\s?:|highlight count|(?:\[source\]|\[link\])\(|!\[.*\]\(.*\)|(?:https?|calibre)://\S+$"
    r"|(?:#+ )?(?:all your|alle (?:deine|ihre)|tous vos|toutes vos|todas tus|tutte le tue|todas as suas|al je"
    r"|wszystkie twoje) \S+(?:/|$)|(?:time|时间|時間)\s?[:：]\s?\d"
    r"|(?:dieses dokument wird|ce document est|este documento se) .*play "
    r"|_{5,}|[-=*~─━—]{3,}|(?:\*\s*){3,}$|(?:-=)+-?$)",
    re.IGNORECASE,
)
CHAPTER = re.compile(r"^(?:[◆◇■]\s*|#{2,4}\s+)(?P<text>\S.*)$")
SIGN = re.compile(
    r"^(?:[▪▫•●○‣·]|>{1,2}(?:\s?[🟡🔴🟢🔵🟠🟣])?|[-*+](?=\s)|(?:" + HIGHLIGHTED + r"|原文)\s*[:：])\s*(?P<text>\S.*)$",
    re.IGNORECASE,
)

NOTE = re.compile(
    r"^\s*(?:[-*]\s+)?(?:\*\*|[*_])?"
    r"(?P<label>💭|(?:my |your |meine |ma |mi |la mia |minha |моя |moja )?(?:notes?|comments?|annotation|notiz|remarque"
    r"|nota|notitie|заметка|комментарий|notatka|not|想法|笔记|点评|批注|メモ|메모))(?:\*\*)?"
    r"\s*(?:(?<!💭)[:：]|(?<=💭 ))\s*(?P<text>\S.*)$",
    re.IGNORECASE,
)
PLACE = re.compile(
    r"^(?:#{2,4}\s+|--\s+)?(?:(?:yellow |blue |pink |orange |red |green )?"
    r"(?P<kind>highlight|note|bookmark|markierung|notiz|surlignement|subrayado|evidenziazione|destaque)"
    r"\s?(?:\([^)]*\))?\s?[-–—:|]\s?.*\d.*|(?:highlight|markierung|surlignement"
    r"|subrayado|evidenziazione|destaque)\s?\(\d[^)]*\):?|"
    r"(?:(?:time|时间|時間)\s?[:：]\s?)?\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d)?\s*\|\s*\D{1,14}\d+"
    r"|(?:page|seite|página|pagina|strona|страница|sayfa|sida|side):?\s\d+\s?(?:,\s?[^\W\d_]+ "
    r"(?:on|am|le|el|il|em|op|dnia)\b.*\d|\|.*)|p(?:age|\.)\s\d+|"
    r"(?:page|seite|página|pagina|strona|страница|sayfa|sida|side|第):?\s?\d+\s?\S?\s?@.*|"
    r"(?:seite|página|pagina|стр\.|страница|strona|第)\s?\d+.{0,3})$",
    re.IGNORECASE,
)
PAGE = re.compile(
    r"(?:\b(?:page(?: no)?|seite|página|pagina|p|стр|страница|strona|页码|頁碼)\b[.:：]{0,2}|第)\s*"
    r"(?P<page>\d+(?:[-–]\d+)?|[ivxlc]+\b)",
    re.I,
)
LOCATION = re.compile(r"\b(?P<place>(?:location|loc\.|position):?\s+(?:\d{1,3}(?:,\d{3})+|\d+)(?:[-–][\d,]+)?)", re.I)
SHOP = re.compile(r"\bapple books\.?$", re.IGNORECASE)
"""The name of a shop behind a work, which closes its file."""

FILE = re.compile(r"\.(?:pdf|epub|mobi|azw3?|djvu|fb2)$", re.IGNORECASE)
"""What a title has that is the name of a file."""

BEHIND = re.compile(
    r"\s*(?:\(\[?(?P<place>(?:(?:Location|View Highlight|Page|loc\.)[^\])]*|p\.\s?\d+(?:[-–]\d+)?))\]?(?:\([^)]*\))?\)"
    r"|Read more at location (?P<more>\d+).*)$",
    re.IGNORECASE,
)
DATE = re.compile(
    r"^(?:[^\W\d_]{3,10}\.?,?\s)?(?:[^\W\d_]{3,10}\.?\s\d{1,2},?\s\d{4}|\d{1,2}\.?\s(?:de\s)?[^\W\d_]{3,10}\.?\s(?:de\s)?\d{4}"
    r"|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{4}年\d{1,2}月\d{1,2}日)(?:[,\s]+\d{1,2}:\d\d.*)?$"
)
MADE = re.compile(r"^(?:created|added|date|modified|updated)(?: (?:at|on))?\s?[:：]\s*(?P<date>\S.*)$", re.IGNORECASE)
"""When a highlight was made, on a line of its own below it."""

DATED_PAGE = re.compile(r"^(?:>\s*)+(?P<date>[^·|>]*\d{4})\s*[·|]\s*\[?(?P<page>\d+|[ivxlc]+)\]?(?:\(\S*\))?$")
"""Below the words, under the same sign: the day, and the page with its address, as Google Play Books sets them."""

_OPENING = re.compile(
    r"\d+ notes/highlights|\d+\s?个笔记|#+ metadata$|highlight \(\d{4}\D"
    r"|-- [^\W\d_]{4,10}: \d+, [^\W\d_]+ [^\W\d_]{2,4}\b|(?:#+ )?\S+ ?\d+ ?\S? ?@ .*\d:\d\d|notebook (?:for|export)"
    r"|highlight\s?\([a-z]+\)|" + HIGHLIGHTED + r"\s?[:：]\s"
    r"|your kindle notes for|(?:yellow|blue|pink|orange|red|green) highlight\b.*\||\d+ highlight\(s\)|highlight:\s"
    r"|notes from$|notes and highlights for$|all excerpts from"
    r"|(?:>\s*)?📌 |exported from|highlights? from\b|boox\s?(?:reading notes|读书笔记|讀書筆記)|calibre://",
    re.IGNORECASE,
)
_WITHIN = re.compile(
    r"\b(?:in|dans|en|su|no|em|w|в) (?:google )?play (?:books|bücher|livres|libros|libri|livros|boeken)\b"
    r"|来自微信读书|read more at location \d|\bapple books\.?$|^\[[^\]]+\]\((?!https?:)[a-z][a-z+-]*://[^()\s]*\)$"
    r"|you have \d+ highlighted|generated .* by (?:koreader|kohighlights)",
    re.IGNORECASE,
)
_HINTS = ("apple books", "](", "play ", "来自微信读书", "location ", " highlighted", "generated ")
"""Of what apps say inside a line: each has one of these, and most lines none."""
AUTHORED = re.compile(r"^(?:#{5}\s+|by\s+|von\s+|par\s+|(?:[-*]\s+)?(?:\*\*)?authors?(?:\*\*)?:)\s*\S", re.IGNORECASE)
ENDED = re.compile(r"[.!?…。！？][\"”»’')\]]*$")

BOOX = re.compile(
    r"^BOOX\s?(?:Reading Notes|读书笔记|讀書筆記)\s?[|｜]\s?(?:<<|《)(?P<title>.+?)(?:>>|》)(?P<author>.*)$"
)
FIELD = re.compile(
    r"^【(?:(?P<words>original text|原文)|(?P<note>annotations?|notes?|批注|批註|笔记)"
    r"|(?P<page>page number|page|页码|頁碼))】\s*(?P<text>.*)$",
    re.IGNORECASE,
)
"""The fields of BOOX: what was marked, what was noted on it, on which page."""

PAGED = re.compile(r"^(?P<text>\S.*\S), (?:p\.|page|S\.|Seite|pág\.|стр\.)\s?(?P<page>\d+)$")
"""A chapter and the page of the highlight below it, as Apple Books writes them."""

PINNED = re.compile(r"^📌\s*")
"""What stands before a highlight of WeRead, where a plugin writes Markdown."""

SHOPPED = re.compile(
    r"^(?P<author>[^\W\d_][^“”\"]{1,80}?)[.,]? [“\"„«](?P<title>[^“”\"»]+?)\.?[”\"“»]\.?\s*(?:Apple Books|iBooks)\b.*$"
)
"""Author and title as Apple Books names them, perhaps with an address behind."""

TITLE_OF = re.compile(
    r"^(?:annotations|highlights|notes)(?: (?:and|&) [a-z]{5,11})? (?:from|for|in|on) (?P<title>\S.*)$",
    re.IGNORECASE,
)
"""“Annotations from The Lamp Room”: what the app says before the title."""

TITLE_BY = re.compile(r"^(?P<title>\S.*\S) by (?P<author>[^\W\d_a-z][\w.’'-]*(?: [^\W\d_a-z][\w.’'-]*){1,3})$")
"""“The Lamp Room by Ada Orr”."""

BRACKETED = re.compile(r"^#\s+(?P<title>[^#()]+?)\s+\((?P<author>[^\W\d_a-z][^()\d]{3,60})\)$")
"""The title of a work as a heading of Markdown, its author in brackets."""

HEADED = re.compile(
    r"^#\s+(?:(?i:highlights|notes|annotations) (?:for|from|on|in) )?[\"“'‘]?(?P<title>.+?)[\"”'’]?"
    r"(?:\s+(?:by|[-–—])\s+(?P<author>[^\W\d_a-z].*))?$"
)
"""The title of a work as a heading of Markdown, perhaps with its author behind it."""

CLOSES = re.compile(r"^(?:-=)+-?$")
"""The rule with which KOReader closes each highlight in a plain text, which names no author."""

PROPERTY = re.compile(r"^[^\W\d_a-z][\w ]{1,18}: \S.{0,80}$")
"""What a program for notes says of a page, right below its title: "Status: Read"."""

STARRED = re.compile(r"^\*(?!\*)(?P<text>.+)$")
QUOTED = '"“„«「'

NOTED_BELOW = re.compile(
    r"\bplay (?:books|bücher|livres|libros|libri|livros|boeken)\b|^all excerpts from|\bapple books\.?$", re.IGNORECASE
)
"""Of an app that gives each highlight a line, and the note on it the lines below."""


def is_place(text: str) -> bool:
    """Tell whether a line says where the highlight below it stands."""
    said = NOTE.match(text)
    if said and not (PAGE.match(said["text"]) or LOCATION.match(said["text"]) or placed(text)):
        return False  # "Note: compare chapter 2"
    return PLACE.match(text) is not None or placed(text) is not None


def telling(lines: Sequence[Line]) -> list[Line]:
    """Return the lines in which an app speaks of itself."""
    return [line for line in lines if _tells(line.text.strip())]


def _tells(text: str) -> bool:
    if _OPENING.match(text.lstrip("*_")):
        return True
    folded = text.casefold()
    return any(map(folded.__contains__, _HINTS)) and _WITHIN.search(text) is not None

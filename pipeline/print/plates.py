"""Plates: the pages of a part of the book as they were laid out, kept so that the same part is printed from them again.

A part that begins a page of its own depends on nothing but its own words, the rules and the faces: so its pages are
made once for each content, in whatever process, and folios are set on them afterwards. What is kept are the boxes that
WeasyPrint lays out. They are read back with nothing but the classes of WeasyPrint and of what it is made of.
"""

from __future__ import annotations

import contextlib
import copyreg
import gc
import io
import json
import pickle
import re
import zlib
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from pipeline import hellbox, standing
from pipeline.print.boxes import descendants
from pipeline.print.footnotes import notes_with_their_calls
from pipeline.print.formes import Formes, Row, heard, say
from pipeline.print.leaves import Leaf, Sheaf, facts_of
from pipeline.print.pagemap import lines_of_text

if TYPE_CHECKING:
    from weasyprint.document import Page

    from pipeline.print.layout import Typesetter

LEAST = 5  # lines of text on a last page, what signs it not counted: a page with fewer is avoided
LETTERS = 2_500  # of HTML on a page, about
MANY = 40  # pages: to cast so many is worth a twin, where nobody waits for their plates
_MADE_OF = ("weasyprint", "tinycss2", "xml", "collections", "pathlib")
_NAME = re.compile(' id="([^"]*)"')
_PLAIN = frozenset(("set", "frozenset", "slice", "complex", "bytearray"))


@dataclass(frozen=True, slots=True)
class Part:
    """What a part of the book is set from: its HTML and style rules, and the leading in points.

    ``longer`` and ``shorter``: rules by which all its pages have a line more or some less; empty where they may not.
    """

    html: str
    rules: str
    line: float
    longer: str = ""
    shorter: tuple[str, ...] = ()


def set_part(press: Typesetter, part: Part, formes: Formes | None = None) -> list[Page]:
    """Lay out a part; its pages are all a line longer or shorter where only a few lines would stand on the last.

    So the lines of facing pages still end together (Bringhurst, 2.4.9). A part of two or three pages has little to
    give: there they may be two lines shorter. Where nothing helps, the last page has as many lines as may be. Pages
    that stand in ``formes`` are put in.
    """

    def made(rules: str) -> list[Page]:
        with formes.of(rules) if formes is not None else contextlib.nullcontext():
            return press.set(part.html, rules)

    with notes_with_their_calls(part.line, facing=bool(part.longer)):
        pages = made(part.rules)
        had = lines_of_text(pages[-1], part.line)
        if not part.longer or len(pages) < 2 or had >= LEAST:
            return pages
        count = len(pages)
        for rules in (part.longer, *part.shorter):
            other = made(part.rules + rules)
            fits = len(other) < count if rules == part.longer else len(other) == count
            if fits and (has := lines_of_text(other[-1], part.line)) > had:
                pages, had = other, has
            if had >= LEAST:
                break
    return pages


def printed_from(press: Typesetter, part: Part) -> list[Page | Leaf]:
    """Return the pages of a part, from its plates if there are any; else they are laid out, and plates of them kept."""
    key = _key(press, part)
    plates = standing.kept("plates", key)
    if plates is not None and (pages := read(press, part, plates)) is not None:
        return pages
    plates = press.beside.plates(part)
    if plates is not None and (pages := read(press, part, plates)) is not None:
        _keep_plates(press, part, plates)
        return pages
    press.stands.make_room(len(part.html) // LETTERS)
    formes = _formes(press, part)
    with heard() as said:
        laid = set_part(press, part, formes)
    if len(laid) > MANY and not press.beside.lends(part) and press.twins.has_room():
        press.twins.begin(partial(_keep, press, part, laid, said, formes))
        return [*laid]
    plates = cast(press, laid, said, formes)
    if plates is None:
        return [*laid]
    press.beside.lend(part, plates)
    _keep_plates(press, part, plates)
    return read(press, part, plates, laid) or [*laid]


def _keep(press: Typesetter, part: Part, pages: Sequence[Page], said: Sequence[str], formes: Formes) -> None:
    """Cast plates of a part and keep them; a twin does so, which has its pages as they are now."""
    plates = cast(press, pages, said, formes)
    if plates is not None:
        _keep_plates(press, part, plates)


def _keep_plates(press: Typesetter, part: Part, plates: bytes) -> None:
    key = _key(press, part)
    standing.keep("plates", key, plates)
    standing.keep("last", _place(press, part), key.encode())


def _key(press: Typesetter, part: Part) -> str:
    return standing.digest(press.key, astuple(part), LEAST)


def missing(press: Typesetter, parts: Sequence[Part]) -> list[Part]:
    """Return those of ``parts`` of which there are no plates."""
    return [part for part in parts if not standing.has("plates", _key(press, part))]


def cast_of(press: Typesetter, part: Part) -> tuple[list[Page | Leaf], bytes | None]:
    """Lay out a part; return its pages, and plates of them."""
    press.stands.make_room(len(part.html) // LETTERS)
    formes = _formes(press, part)
    with heard() as said:
        pages = set_part(press, part, formes)
        plates = cast(press, pages, said, formes)
        leaves = read(press, part, plates, pages) if plates is not None else None
        return leaves or [*pages], plates


def _place(press: Typesetter, part: Part) -> str:
    """Return what a part and what it was before somebody edited it have in common: where it stands in its book."""
    named = _NAME.search(part.html)
    return standing.digest(press.key, part.rules, part.line, named[1] if named else "")


def _formes(press: Typesetter, part: Part) -> Formes:
    """Return the formes of a part as it was the last time; none if there are no plates of it."""
    key = standing.kept("last", _place(press, part))
    plates = standing.kept("plates", key.decode()) if key is not None else None
    found = _read(press, _parted(plates)[1]) if plates is not None else None
    return Formes(found[1] if found is not None else None)


def _fonts() -> Any:
    """Stand for the faces of a press, which are those of the press that reads."""
    raise TypeError("plates are read at a press")


class _Caster(pickle.Pickler):
    def reducer_override(self, thing: Any) -> Any:  # asked of fewer things than a name that stays
        match type(thing).__name__:
            case "FontConfiguration":
                return _fonts, ()
            case "AbsolutePlaceholder":  # it answers for its box, also when it is asked how to be kept
                return type(thing), (thing._box,)
            case "ComputedStyle":
                return _settled(thing)
            case "AnonymousStyle":
                return copyreg.__newobj__, (type(thing),), _bare(thing), None, iter(thing.items())  # type: ignore[attr-defined]
        return NotImplemented


def _settled(style: Any) -> Any:
    """Return how a style is kept: what its rules say with variables has been worked out, so that they may go."""
    for key in (waiting := [key for key, (value, _) in style.cascaded.items() if isinstance(value, _pending())]):
        with contextlib.suppress(KeyError):
            style[key]
    state = _bare(style) | {"cascaded": {key: rule for key, rule in style.cascaded.items() if key not in waiting}}
    return copyreg.__newobj__, (type(style),), state, None, iter(style.items())  # type: ignore[attr-defined]


def _bare(style: Any) -> dict[str, Any]:
    """Return what a style knows but what follows from it: that is worked out again where it is asked."""
    return {name: value for name, value in vars(style).items() if not name.startswith("octavo_")}


@cache
def _pending() -> Any:
    from weasyprint.css.tokens import Pending

    return Pending


class _Reader(pickle.Unpickler):
    def __init__(self, file: io.BytesIO, fonts: Any) -> None:
        super().__init__(file)
        self.fonts = fonts

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == (__name__, _fonts.__name__):
            return lambda: self.fonts
        if module.partition(".")[0] in _MADE_OF or (module == "builtins" and name in _PLAIN):
            found = super().find_class(module, name)
            if isinstance(found, type):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no part of a page")


def cast(press: Typesetter, pages: Sequence[Page], said: Sequence[str], formes: Formes) -> bytes | None:
    """Return plates of ``pages``, and what was said of them; nothing where something on them cannot be kept.

    Before the boxes of all pages, by themselves, stands what the book must know of each of them.
    """
    facts = [facts_of(page, press.tally) for page in pages]
    boxes = [page._page_box for page in pages]
    standing_pages = (child for rows in formes.made.values() for row in rows for child in row[-2])
    for box in (part for page in (*boxes, *standing_pages) for part in descendants(page)):
        box.footnote = None  # the note as it was before it was set
    out = io.BytesIO()
    try:
        _Caster(out, protocol=5).dump((boxes, formes.made))
        head = json.dumps([list(said), facts if None not in facts else None], separators=(",", ":"))
    except (pickle.PicklingError, TypeError, AttributeError, RecursionError, ValueError):
        return None
    known = zlib.compress(head.encode(), 1)
    return b"%d\n" % len(known) + known + zlib.compress(out.getvalue(), 1)


def read(press: Typesetter, part: Part, plates: bytes, laid: Sequence[Page] = ()) -> list[Page | Leaf] | None:
    """Return the pages that ``plates`` were cast of, and say again what was said; nothing if they cannot be read.

    Pages of which enough is known without their boxes are leaves, which are laid open when they are wanted. ``laid``:
    those pages, if they stand already, of which nothing is said again.
    """
    from weasyprint.document import Page

    try:
        head, body = _parted(plates)
        said, facts = json.loads(zlib.decompress(head))
        if facts is not None:
            place = press.put_aside(body)
            sheaf = Sheaf(len(facts), partial(_laid_open, press, part, place), press.stands, _boxes(laid))
            pages: list[Page | Leaf] = [Leaf(sheaf, number, row) for number, row in enumerate(facts)]
            for row in facts:
                press.tally.enter(row["name"], row["row"])
        elif laid:
            pages = [*laid]
        else:
            with hellbox.lasting():
                found = _read(press, body)
                pages = [Page(box) for box in found[0]] if found is not None else []
        if not laid:
            say(said)
    except Exception:  # of another version, or written by somebody else
        return None
    return pages or None


def _boxes(pages: Sequence[Page]) -> list[Any]:
    return [page._page_box for page in pages]


def _laid_open(press: Typesetter, part: Part, place: tuple[int, int]) -> list[Any]:
    """Return the boxes of pages whose plates were put aside; what cannot be read is set again."""
    with hellbox.lasting():
        found = _read(press, press.put_by(place))
    if found is not None:
        return found[0]
    with heard(alone=True):
        return _boxes(set_part(press, part, Formes()))


def _parted(plates: bytes) -> tuple[bytes, bytes]:
    """Return what is known of pages, and their boxes."""
    size, _, rest = plates.partition(b"\n")
    return rest[: int(size)], rest[int(size) :]


def _read(press: Typesetter, body: bytes) -> tuple[list[Any], dict[str, list[Row]]] | None:
    """Return the boxes of pages, and formes."""
    gathering = gc.isenabled()
    gc.disable()  # nothing of it is garbage
    try:
        boxes, formes = _Reader(io.BytesIO(zlib.decompress(body)), press.fonts).load()
    except Exception:  # of another version, or written by somebody else
        return None
    finally:
        if gathering:
            gc.enable()
    return boxes, formes

"""The pages of the desk, for a browser on the same machine; each state has its address, each act writes verdicts."""

from __future__ import annotations

import contextlib
import re
import secrets
from collections.abc import Awaitable, Callable, Sequence
from itertools import groupby
from typing import Any
from urllib.parse import parse_qs, urlencode

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from pipeline import styles
from pipeline.cite.doubles import EDITED, titles
from pipeline.cite.exchange import bibtex, ris
from pipeline.errors import OctavoError
from pipeline.explain import explain
from pipeline.lexicon import Lexicon
from pipeline.model import DOUBT, Heading, Role
from pipeline.review import card, contents
from pipeline.review.acts import Acts
from pipeline.review.desk import Desk, seen_of
from pipeline.review.pages import pages
from pipeline.review.sheet import Sheet
from pipeline.write import write_references

KEYS = {
    "t": Role.TITLE, "h": Role.HEADING, "p": Role.PARAGRAPH, "c": Role.CITATION, "a": Role.ATTRIBUTION,
    "r": Role.RUBRIC, "i": Role.ITEM, "d": Role.DIALOGUE, "l": Role.LETTER, "n": Role.NOTE, "v": Role.VERSE,
    "q": Role.QUOTE, "s": Role.STAGE, "x": Role.BOILERPLATE, "o": Role.CONTENTS, "e": Role.SEPARATOR,
    "b": Role.TABLE, "g": Role.CAPTION,
}  # fmt: skip
"""One key for each role."""

PAGE = 100
"""Places, works or suspects on one page: a text of 100,000 lines is never one page."""

_FREQUENT = 500  # words of the list on one page
_SHOWN = 60  # letters on either side of a word in its places
_HOSTS = ("127.0.0.1", "localhost")
_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
_MEDIA = {"desk.js": "text/javascript", "desk.css": "text/css", "icon.svg": "image/svg+xml"}


def desk_app(desk: Desk, token: str) -> Starlette:
    """Return the pages of the desk, all under ``/token/``; other tokens, hosts and origins are refused."""
    views = _Views(desk, f"/{token}")
    routes = [
        Route("/{token}/", views.doubts),
        Route("/{token}/lines", views.lines),
        Route("/{token}/structure", views.structure),
        Route("/{token}/works", views.works),
        Route("/{token}/words", views.words),
        Route("/{token}/book", views.book),
        Route("/{token}/cover", views.cover),
        Route("/{token}/{of}/{number:int}.png", views.leaf),
        Route("/{token}/printing", views.printing),
        Route("/{token}/reading", views.reading),
        Route("/{token}/references.{form}", views.export),
        Route("/{token}/asset/{name}", views.asset),
        Route("/{token}/do/{act}", views.act, methods=["POST"]),
    ]
    app = Starlette(routes=routes, exception_handlers={OctavoError: views.trouble})

    async def guard(request: Request, call: Callable[[Request], Awaitable[Response]]) -> Response:
        host = request.headers.get("host", "")
        origin = request.headers.get("origin", f"http://{host}")
        given = request.url.path.split("/")[1]
        if (
            host.rpartition(":")[0] not in _HOSTS
            or origin != f"http://{host}"
            or not secrets.compare_digest(given.encode(), token.encode())
        ):
            return PlainTextResponse("The desk is not open at this address.", 403)
        answer = await call(request)
        answer.headers["Content-Security-Policy"] = _POLICY
        answer.headers["Referrer-Policy"] = "same-origin"
        answer.headers["X-Content-Type-Options"] = "nosniff"
        answer.headers["Cache-Control"] = "no-store"
        return answer

    app.add_middleware(BaseHTTPMiddleware, dispatch=guard)
    return app


class _Views:
    """What is shown at each address."""

    def __init__(self, desk: Desk, base: str) -> None:
        self.desk = desk
        self.base = base
        self.acts = Acts(desk, base)

    def page(self, request: Request, name: str, status: int = 200, **words: Any) -> Response:
        query = request.query_params
        here = request.url.path.removeprefix(f"{self.base}/")
        kept = urlencode([(key, value) for key, value in query.multi_items() if not key.startswith("said")])
        known = {"said": query.get("said", ""), "said_line": _number(query.get("said_line"))}
        known |= {"back": f"{here}?{kept}" if kept else here, "here": here, "base": self.base}
        known |= {"source": self.desk.source.name, "keys": KEYS, "sure": DOUBT, "last": (), "state": ""}
        with contextlib.suppress(OctavoError):  # a file that cannot be read: the page says so
            known |= {"last": self.desk.ledger.last(), "state": self.desk.ledger.state()}
        return HTMLResponse(pages().get_template(name).render(**known, **words), status)

    def doubts(self, request: Request) -> Response:
        (sheet, since), query = self.desk.glance(), request.query_params
        order = [one.line for one in sheet.doubts if one.line not in since]
        at = _number(query.get("line")) or (order[0] if order else 0)
        if at in since:
            sheet = self.desk.sheet()
        if at not in sheet.texts:
            return self.page(request, "doubts.html", line=0)
        place = order.index(at) if at in order else -1
        decision = sheet.decisions.get(at)
        return self.page(
            request,
            "doubts.html",
            line=at,
            place=place + 1,
            total=len(order),
            before=order[place - 1] if place > 0 else None,
            after=order[place + 1] if place + 1 < len(order) and order[place + 1] != at else None,
            around=sheet.around(at),
            findings=[one for one in sheet.findings if one.line == at],
            decision=decision,
            readings=sheet.likeliest(decision) if decision else [],
            reasons=explain(sheet.reading, at)[1:],
            alike=len(sheet.alike(at)) if decision else 1,
            seen=seen_of(sheet, at),
        )

    def lines(self, request: Request) -> Response:
        sheet, query = self.desk.sheet(), request.query_params
        choice = {key: query.get(key, "") for key in ("role", "only", "words", "kind", "code")}
        found = sheet.chosen(**choice)
        at = _number(query.get("line"))
        wanted = sum(one.rows[-1].number < at for one in found) // PAGE * PAGE if at else None
        some, place = _paged(found, query.get("from"), choice, PAGE, wanted)
        shown = self.desk.leaves(some)
        leaf = next((one for line, one in shown.items() if line >= at), None) or next(iter(shown.values()), None)
        return self.page(
            request, "lines.html", some=some, choice=choice, at=at, **place,
            roles=[(role.value, role.value) for role in Role],
            codes=[(code, f"{code} ({times})") for code, times in sorted(sheet.codes.items())],
            kinds=[(kind, kind) for kind in sheet.kinds],
            pages=shown,
            leaf=leaf,
            behind=leaf is not None and self.desk.is_behind(leaf.of),
            here_at=at or (some[0].rows[0].number if some else 0),
            stay=urlencode({key: value for key, value in choice.items() if value}),
            printing=self.desk.printing(),
        )  # fmt: skip

    def structure(self, request: Request) -> Response:
        sheet = self.desk.sheet()
        ready = not any(isinstance(one, Heading) for one in sheet.reading.book.elements) and not sheet.reading.decisions
        return self.page(request, "structure.html", heads=contents.entries(sheet), ready=ready)

    def works(self, request: Request) -> Response:
        (sheet, since), query = self.desk.glance(), request.query_params
        choice = {key: query.get(key, "") for key in ("words", "only")}
        known = titles(sheet.reading.book.works.values(), sheet.reading.citations)
        wanted = choice["words"].casefold()
        tests = {"double": lambda one: bool(one.doubles), "disagree": lambda one: bool(one.disagree)}
        chosen = [
            one
            for one in known
            if (choice["only"] not in tests or tests[choice["only"]](one)) and wanted in one.words()
        ]
        some, place = _paged(chosen, query.get("from"), choice, PAGE)
        place["found"], place["total"] = place["total"], len(known)
        missing = [one for one in sheet.findings if one.code == "source-missing"]
        ids = [one.work.id for one in known]
        return self.page(
            request, "works.html", some=some, choice=choice, ids=ids, unsourced=missing, edited=EDITED, since=since,
            **place,
        )  # fmt: skip

    def words(self, request: Request) -> Response:
        sheet, query = self.desk.sheet(), request.query_params
        lexicon = Lexicon.of(sheet.reading.lines, sheet.reading.decisions)
        if word := query.get("word", ""):
            meant = query.get("meant", word)
            places = _places(sheet, word)
            some, place = _paged(places, query.get("from"), {"word": word, "meant": meant}, PAGE)
            return self.page(request, "words.html", word=word, meant=meant, places=some, **place)
        choice = {"words": query.get("words", "")}
        some, place = _paged(lexicon.by_frequency(choice["words"]), query.get("from"), choice, _FREQUENT)
        suspects = [
            (why.value, list(ones)) for why, ones in groupby(lexicon.suspects(sheet.findings), lambda one: one.why)
        ]
        return self.page(
            request, "words.html", word="", some=some, choice=choice, suspects=suspects, most=PAGE, **place
        )

    def book(self, request: Request) -> Response:
        sheet, settings = self.desk.sheet(), self.desk.choose()
        values = card.values(settings, sheet.reading)
        return self.page(
            request, "book.html", values=values, options=card.options(), stand=card.stand(self.desk.file),
            file=self.desk.file.name,
        )  # fmt: skip

    def cover(self, _request: Request) -> Response:
        made = card.cover(self.desk.choose(), self.desk.sheet().reading)
        return Response(made.content, media_type=made.media_type)

    def leaf(self, request: Request) -> Response:
        of, number = request.path_params["of"], request.path_params["number"]
        pdf = self.desk.printed(of)
        if pdf is None or not 1 <= number <= pdf.pages:
            return PlainTextResponse("There is no such page.", 404)
        return Response(pdf.picture(number), media_type="image/png")

    def printing(self, _request: Request) -> Response:
        return PlainTextResponse(self.desk.printing())

    def reading(self, _request: Request) -> Response:
        return PlainTextResponse("reading" if self.desk.is_reading() else "")

    def export(self, request: Request) -> Response:
        sheet, form = self.desk.sheet(), request.path_params["form"]
        made = {
            "json": lambda: write_references(sheet.reading.book.works.values()),
            "bib": lambda: bibtex(sheet.of_works()),
            "ris": lambda: ris(sheet.of_works()),
        }
        if form not in made:
            return PlainTextResponse("There is no such form.", 404)
        kept = {"Content-Disposition": f'attachment; filename="references.{form}"'}
        return PlainTextResponse(made[form](), headers=kept)

    def asset(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name not in _MEDIA:
            return PlainTextResponse("There is no such file.", 404)
        names = ("report.css", name) if name == "desk.css" else (name,)
        text = "".join((styles.folder() / "report" / one).read_text(encoding="utf-8") for one in names)
        return Response(text, media_type=_MEDIA[name])

    def trouble(self, request: Request, error: Exception) -> Response:
        return self.page(request, "trouble.html", 409, trouble=str(error))

    async def act(self, request: Request) -> Response:
        given = parse_qs((await request.body()).decode("utf-8", "replace"), keep_blank_values=True)
        try:
            return await run_in_threadpool(self.acts.do, request.path_params["act"], given)
        except (KeyError, ValueError):
            return self.page(request, "trouble.html", 400, trouble="This form is not whole. Nothing was written.")


def _paged(
    found: Sequence[Any], start: str | None, choice: dict[str, str], most: int, wanted: int | None = None
) -> tuple[Sequence[Any], dict[str, Any]]:
    """Return one page of what was found, and what a template says of it: how many, its neighbours' addresses."""
    last = max(0, (len(found) - 1) // most * most)
    first = min(_number(start) if wanted is None else wanted, last)
    kept = {key: value for key, value in choice.items() if value}
    before, after = max(0, first - most), first + most
    return found[first : first + most], {
        "total": len(found),
        "first": first,
        "before": urlencode({**kept, "from": before}) if first else None,
        "after": urlencode({**kept, "from": after}) if after < len(found) else None,
    }


def _places(sheet: Sheet, word: str) -> list[tuple[int, str, str]]:
    """Return the lines on which a word stands, with the words around it."""
    pattern = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)")
    return [
        (line.number, line.text[max(0, found.start() - _SHOWN) : found.start()], line.text[found.end() :][:_SHOWN])
        for line in sheet.reading.lines
        if (found := pattern.search(line.text))
    ]


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0

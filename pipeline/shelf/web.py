"""The answers of a shelf over HTTP: its files, and a search in the language of OPDS. Nothing is ever written.

On the loopback interface only requests that name it are answered: a page of another site that has its name lead here
learns nothing.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from pipeline.model import figure
from pipeline.shelf import feeds
from pipeline.shelf.catalogue import Card, cards
from pipeline.shelf.page import plain, script, words_of
from pipeline.shelf.stamp import FAILED

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
"""The names of this machine for itself, as a request has them."""


class Found:
    """The cards of a shelf, read again when its catalogue has changed."""

    def __init__(self, shelf: Path) -> None:
        self.shelf = shelf
        self._read: tuple[int, list[tuple[str, Card]]] = (0, [])

    @property
    def title(self) -> str:
        """The title of the shelf."""
        return str(json.loads((self.shelf / "report.json").read_text(encoding="utf-8"))["title"])

    def cards(self) -> list[tuple[str, Card]]:
        """Return all cards, each with the words by which it is found."""
        changed = (self.shelf / "catalogue.jsonl").stat().st_mtime_ns
        if self._read[0] != changed:
            self._read = changed, [(words_of(card), card) for card in cards(self.shelf)]
        return self._read[1]

    def search(self, words: str) -> Sequence[Card]:
        """Return the books in whose title, people, subjects, series or language each of the words stands."""
        wanted = plain(words[:500]).split()
        return [card for text, card in self.cards() if all(word in text for word in wanted)]


def shelf_app(shelf: Path, *, only_loopback: bool) -> Starlette:
    """Return the application that answers requests for a shelf.

    What begins with a dot is not shown, nor are the texts that failed.
    """
    found = Found(shelf)
    allowed = f"img-src 'self' data:; style-src 'unsafe-inline'; script-src '{_hash(script())}'"
    policy = f"default-src 'self'; {allowed}; base-uri 'none'"

    def root(request: Request) -> Response:
        ways = feeds.roots([card for _, card in found.cards()])
        if request.path_params["suffix"] == "xml":
            content = feeds.atom_ways(found.title, ways, {"self": "root.xml"}, "search.xml")
            return Response(content, media_type=feeds.NAVIGATION)
        content = feeds.json_ways(found.title, ways, {"self": "root.json"}, "search.json{?query,page}")
        return Response(content, media_type=feeds.JSON)

    def description(request: Request) -> Response:
        template = f"{request.url.replace(path='/opds/find.xml', query='')}?query={{searchTerms}}&page={{startPage?}}"
        return Response(feeds.search_description(found.title, template), media_type=feeds.DESCRIPTION)

    def find(request: Request) -> Response:
        words, number = request.query_params.get("query", ""), request.query_params.get("page", "1")
        hits = found.search(words)
        pages = feeds.parted(hits)
        at = min(max(1, figure(number)), len(pages))
        title, name = f"Search: {words[:200]}", request.url.path.rpartition("/")[2]
        links = {
            rel: f"{name}?query={quote(words[:500])}&page={to}"
            for rel, to in {"self": at, "first": 1, "previous": at - 1, "next": at + 1, "last": len(pages)}.items()
            if 1 <= to <= len(pages)
        }
        if name.endswith(".xml"):
            return Response(feeds.atom_page(title, pages[at - 1], links, total=len(hits)), media_type=feeds.ACQUISITION)
        return Response(feeds.json_page(title, pages[at - 1], links, len(hits)), media_type=feeds.JSON)

    async def guard(request: Request, call: Callable[[Request], Awaitable[Response]]) -> Response:
        steps = request.url.path.split("/")
        if only_loopback and _without_port(request.headers.get("host", "")) not in LOOPBACK:
            return PlainTextResponse("The shelf is not open at this address.", 403)
        if any(step.startswith(".") for step in steps) or steps[1] == FAILED:
            return PlainTextResponse("Not Found", 404)
        answer = await call(request)
        kinds = {".xml": feeds.ACQUISITION, ".json": feeds.JSON}
        if steps[1] == feeds.FOLDER and answer.status_code in (200, 206) and "etag" in answer.headers:
            answer.headers["Content-Type"] = kinds.get(Path(steps[-1]).suffix, "application/octet-stream")
        answer.headers["Content-Security-Policy"] = policy
        answer.headers["X-Content-Type-Options"] = "nosniff"
        answer.headers["Cache-Control"] = "no-cache"  # asked again each time, and answered by the etag
        return answer

    return Starlette(
        routes=[
            Route("/opds/root.{suffix}", root),
            Route("/opds/search.xml", description),
            Route("/opds/find.xml", find),
            Route("/opds/search.json", find),
            Mount("/", StaticFiles(directory=shelf, html=True)),
        ],
        middleware=[Middleware(BaseHTTPMiddleware, dispatch=guard)],
    )


def _without_port(host: str) -> str:
    name, colon, port = host.rpartition(":")
    return name if colon and port.isdigit() else host


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"

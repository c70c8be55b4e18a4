"""The desk: pages for a browser on the same machine, over one source and its file of verdicts."""

from __future__ import annotations

import json
import secrets
import threading
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode

from jinja2 import Environment, PackageLoader
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from pipeline import styles
from pipeline.build import read_source
from pipeline.cite.exchange import bibtex, ris
from pipeline.damage import inspect_text
from pipeline.errors import Exit, OctavoError
from pipeline.explain import explain
from pipeline.model import Role
from pipeline.overrule import accept
from pipeline.report import Report
from pipeline.review.ledger import LIKE, Ledger
from pipeline.review.sheet import PAGE, Sheet
from pipeline.settings import Settings
from pipeline.verdicts import file_of_verdicts
from pipeline.write import write_references

KEYS = {
    "t": Role.TITLE, "h": Role.HEADING, "p": Role.PARAGRAPH, "c": Role.CITATION, "a": Role.ATTRIBUTION,
    "r": Role.RUBRIC, "i": Role.ITEM, "d": Role.DIALOGUE, "l": Role.LETTER, "n": Role.NOTE, "v": Role.VERSE,
    "q": Role.QUOTE, "s": Role.STAGE, "x": Role.BOILERPLATE, "o": Role.CONTENTS, "e": Role.SEPARATOR,
    "b": Role.TABLE, "g": Role.CAPTION,
}  # fmt: skip
"""One key for each role."""

_HOSTS = ("127.0.0.1", "localhost")
_POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; form-action 'self'; frame-ancestors 'none'"
_STARTS = 8  # words by which a line is known again


class Desk:
    """One source on the desk. What was decided stands in the file of verdicts, and nowhere else."""

    def __init__(self, source: Path, settings: Settings) -> None:
        self.source = source
        self.settings = settings
        self.path = file_of_verdicts(source, settings) or source.with_suffix(".verdicts.toml")
        self.ledger = Ledger(self.path, lambda trial: self._check(trial))
        self._lock = threading.Lock()
        self._read: tuple[tuple[bytes | None, ...], Sheet] | None = None

    def sheet(self) -> Sheet:
        """Return the text as it is read now, read again if its file or its verdicts have changed.

        Raises:
            OctavoError: whatever a draft would raise.

        """
        with self._lock:
            now = tuple(path.read_bytes() if path.is_file() else None for path in (self.source, self.path))
            if self._read is None or self._read[0] != now:
                self._read = now, self._sheet(self.settings)
            return self._read[1]

    def _sheet(self, settings: Settings) -> Sheet:
        report = Report()
        reading = read_source(self.source, settings, report, lambda _stage: None)
        inspect_text(reading.lines, reading.decisions, report, reading.lang)
        accept(report, reading.verdicts, ())
        return Sheet(reading, report.findings)

    def _check(self, trial: Path) -> None:
        self._sheet(replace(self.settings, verdicts=str(trial)))

    def decide(self, line: int, act: str, value: Any, why: str, seen: str, *, alike: bool = False) -> int:
        """Write a verdict on a line, or on all lines of its form; return how many.

        Raises:
            OctavoError: VERDICT when the line is not what the person has ``seen``, or the verdict would change nothing.

        """
        sheet = self.sheet()
        if line not in sheet.texts or self.seen(sheet, line) != seen:
            raise OctavoError(
                Exit.VERDICT,
                f"Line {line} has changed since this page was shown, in the source or by another verdict.",
                "Nothing was written; look again.",
            )
        lines = [line]
        if alike:
            lines = [n for n in sheet.alike(line) if act != "role" or sheet.decisions[n].role != value]
            why = f"{LIKE}{line}: {why}"
        self.ledger.enter(self._row(sheet, n, act, value, why) for n in lines)
        return len(lines)

    def merge(self, work: str, into: str, why: str) -> int:
        """Write that all citations of ``work`` name the work ``into``; return how many.

        Raises:
            OctavoError: VERDICT when either is not there (any more).

        """
        sheet = self.sheet()
        lines = [one.line for one in sheet.reading.citations if one.work == work]
        if not lines or work == into:
            raise OctavoError(Exit.VERDICT, f"No citation of its own names “{work}”.", "Nothing was written.")
        self.ledger.enter(self._row(sheet, n, "work", into, f"{LIKE}{lines[0]}: {why}") for n in lines)
        return len(lines)

    def seen(self, sheet: Sheet, line: int) -> str:
        """Return what a person sees of a line: its words, and what it is."""
        decision = sheet.decisions.get(line)
        return f"{decision.role if decision else ''}|{sheet.texts[line]}"

    def _row(self, sheet: Sheet, line: int, act: str, value: Any, why: str) -> dict[str, Any]:
        starts = " ".join(sheet.texts[line].split()[:_STARTS])
        return {"line": line, "starts": starts, "why": why, act: str(value)}


def desk_app(desk: Desk, token: str) -> Starlette:
    """Return the pages of the desk, all under ``/token/``; other tokens, hosts and origins are refused."""
    pages = Environment(loader=PackageLoader("pipeline.review", "."), autoescape=True)
    base = f"/{token}"

    def page(name: str, status: int = 200, **words: Any) -> Response:
        text = pages.get_template(name).render(base=base, source=desk.source.name, keys=KEYS, **words)
        return HTMLResponse(text, status)

    def back(to: str, **query: Any) -> Response:
        return RedirectResponse(f"{base}/{to}?{urlencode(query)}", 303)

    def doubts(request: Request) -> Response:
        sheet, query = desk.sheet(), request.query_params
        order = [one.line for one in sheet.doubts]
        at = _number(query.get("line"), order[0] if order else 0)
        if at not in sheet.texts:
            return page("doubts.html", doubt=None, total=0, said=query.get("said", ""), last=desk.ledger.last())
        place = order.index(at) if at in order else -1
        around = [row for row in sheet.rows if abs(row.number - at) <= 6]
        decision = sheet.decisions.get(at)
        return page(
            "doubts.html",
            doubt=at,
            place=place + 1,
            total=len(order),
            before=order[place - 1] if place > 0 else None,
            after=order[place + 1] if place + 1 < len(order) else None,
            around=around,
            findings=[one for one in sheet.findings if one.line == at],
            decision=decision,
            readings=sheet.likeliest(decision) if decision else [],
            reasons=explain(sheet.reading, at)[1:],
            alike=len(sheet.alike(at)),
            seen=desk.seen(sheet, at),
            last=desk.ledger.last(),
            said=query.get("said", ""),
        )

    def lines(request: Request) -> Response:
        sheet, query = desk.sheet(), request.query_params
        choice = {key: query.get(key, "") for key in ("role", "only", "words", "kind")}
        rows = sheet.chosen(**choice)
        first = min(max(0, _number(query.get("from"), 0)), max(0, (len(rows) - 1) // PAGE * PAGE))
        if "line" in query:
            first = sum(row.number < _number(query["line"], 0) for row in rows) // PAGE * PAGE
        link = {key: value for key, value in choice.items() if value}
        return page(
            "lines.html", rows=rows[first : first + PAGE], first=first, total=len(rows), choice=choice,
            roles=list(Role),
            kinds=sorted({claim.kind for claim in sheet.reading.claims}),
            before=urlencode({**link, "from": first - PAGE}) if first else "",
            after=urlencode({**link, "from": first + PAGE}) if first + PAGE < len(rows) else "",
        )  # fmt: skip

    def works(request: Request) -> Response:
        found = desk.sheet().reading.book.works
        said = request.query_params.get("said", "")
        return page("works.html", works=list(found.values()), said=said, last=desk.ledger.last())

    def export(request: Request) -> Response:
        sheet, form = desk.sheet(), request.path_params["form"]
        if form == "json":
            text = write_references(sheet.reading.book.works.values())
        else:
            text = (bibtex if form == "bib" else ris)(sheet.of_works())
        kept = {"Content-Disposition": f'attachment; filename="references.{form}"'}
        return PlainTextResponse(text, headers=kept)

    def act(path: str, form: dict[str, str]) -> Response:
        if path == "merge":
            count = desk.merge(form["work"], form["into"], form.get("why") or "the same work")
            return back("works", said=f"{count} citations now name {form['into']}.")
        if path == "undo":
            seen = json.loads(form["seen"])
            desk.ledger.undo(seen)
            gone = ", ".join(str(row["line"]) for row in seen)
            return back("", line=seen[-1]["line"], said=f"Taken out: the verdict on line {gone}.")
        line, kind = int(form["line"]), "accept" if "accept" in form else "role"
        why = form.get("why") or "decided at the desk"
        count = desk.decide(line, kind, form[kind], why, form["seen"], alike="alike" in form)
        now = desk.sheet().decisions.get(line)
        what = f"finding {form[kind]} accepted" if kind == "accept" else f"{now.role if now else ''}"
        return back("", line=line, said=f"Line {line}: {what} ({count} verdict{'' if count == 1 else 's'} written).")

    async def post(request: Request) -> Response:
        form = {key: values[-1] for key, values in parse_qs((await request.body()).decode()).items()}
        try:
            return await run_in_threadpool(act, request.path_params["act"], form)
        except (KeyError, ValueError):
            return page("trouble.html", 400, trouble="This form is not whole. Nothing was written.")

    def trouble(_request: Request, error: Exception) -> Response:
        return page("trouble.html", 409, trouble=str(error))

    def asset(request: Request) -> Response:
        if request.path_params["name"] == "keys.js":
            text = (Path(__file__).parent / "keys.js").read_text(encoding="utf-8")
            return Response(text, media_type="text/javascript")
        css = styles.folder() / "report" / "report.css"
        own = Path(__file__).parent / "desk.css"
        return Response(css.read_text(encoding="utf-8") + own.read_text(encoding="utf-8"), media_type="text/css")

    routes = [
        Route("/{token}/", doubts),
        Route("/{token}/lines", lines),
        Route("/{token}/works", works),
        Route("/{token}/references.{form}", export),
        Route("/{token}/asset/{name}", asset),
        Route("/{token}/do/{act}", post, methods=["POST"]),
    ]
    app = Starlette(routes=routes, exception_handlers={OctavoError: trouble})

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
        answer.headers["Cache-Control"] = "no-store"
        return answer

    from starlette.middleware.base import BaseHTTPMiddleware

    app.add_middleware(BaseHTTPMiddleware, dispatch=guard)
    return app


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else otherwise

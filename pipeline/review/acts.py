"""The acts of the desk: what each form of its pages says becomes verdicts, and where the person is led then."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode

from starlette.responses import RedirectResponse, Response

from pipeline.cite.doubles import as_fields, titles
from pipeline.model import Role
from pipeline.review import card
from pipeline.review.desk import Desk
from pipeline.review.sheet import Sheet

_BACK = re.compile(r"[a-z]*(\?[\w=&%+.-]*)?(#\w[\w-]*)?")


class Acts:
    """What a person may do at a desk whose pages lie below ``base``."""

    def __init__(self, desk: Desk, base: str) -> None:
        self.desk = desk
        self.base = base

    def do(self, act: str, given: dict[str, list[str]]) -> Response:
        """Do what a form says, and lead back to a page of the desk.

        Raises:
            KeyError, ValueError: for a form that is not whole, or none of the desk's; nothing is written then.
            OctavoError: VERDICT for what would change nothing, or speaks of what has changed meanwhile.

        """
        acts = {
            "decide": self._decide, "undo": self._undo, "correct": self._correct, "merge": self._merge,
            "apart": self._apart, "fields": self._fields, "settings": self._save, "print": self._set_pages,
        }  # fmt: skip
        return acts[act](_Form(given))

    def _back(self, to: str, said: str = "", line: int = 0) -> Response:
        """Return to a page of the desk, and to no other, with what was done."""
        place, sign, anchor = (to if _BACK.fullmatch(to) else "").partition("#")
        told = urlencode({"said": said, **({"said_line": line} if line else {})}) if said else ""
        told = told and f"{'&' if '?' in place else '?'}{told}"
        return RedirectResponse(f"{self.base}/{place}{told}{sign}{anchor}", 303)

    def _decide(self, form: _Form) -> Response:
        line = int(form["line"])
        acts = _acts(form)
        why = form.get("why").strip() or "decided at the desk"
        count = self.desk.decide(line, acts, why, form["seen"], alike="alike" in form)
        (act, value), *_ = acts.items()
        shown = {"accept": f"the finding {value} is no fault", "shown": f"shown as “{value}”"}
        shown |= {"join": "joined" if acts.get("join") else "parted", "level": f"a heading of level {value}"}
        said = f"Line {line}: {shown.get(act, value)} ({_counted(count)} written)."
        following = f"?line={int(form['next'])}" if form.get("next") else ""
        return self._back(form.get("back") or following, said, line)

    def _undo(self, form: _Form) -> Response:
        lines = self.desk.undo(form["seen"])
        to = form.get("back") or f"?line={lines[-1]}"
        return self._back(
            to, f"Taken out: {_counted(len(lines))}, on line {', '.join(map(str, lines[:8]))}.", lines[-1]
        )

    def _correct(self, form: _Form) -> Response:
        said, meant = form["said"].strip(), form["meant"].strip()
        lines = [] if "everywhere" in form else [int(one) for one in form.all("line")]
        if not said or not meant or said == meant or ("everywhere" not in form and not lines):
            raise ValueError(said)
        count = self.desk.correct(said, meant, lines, form.get("why") or "a slip of the source")
        where = "everywhere" if not lines else f"in {len(lines)} place{'' if len(lines) == 1 else 's'}"
        return self._back(form.get("back"), f"“{said}” is read as “{meant}” {where} ({_counted(count)} written).")

    def _merge(self, form: _Form) -> Response:
        lines = [one.line for one in self._sheet_of(form["work"]).reading.citations if one.work == form["work"]]
        count = self.desk.cite(lines, {"work": form["into"]}, form.get("why") or "the same work")
        return self._back(f"works#{form['into']}", f"{_naming(count)} {form['into']}.")

    def _sheet_of(self, work: str) -> Sheet:
        """Return the text as it was read last, or as it is now if that work was changed since."""
        sheet, since = self.desk.glance()
        touched = {one.work for one in sheet.reading.citations if one.line in since}
        return self.desk.sheet() if work in touched or work not in sheet.reading.book.works else sheet

    def _apart(self, form: _Form) -> Response:
        known = self.desk.sheet().reading.book.works  # with those that were parted a moment ago
        name = next(key for n in range(2, 10_000) if (key := f"{form['work']}-{n}") not in known)
        count = self.desk.cite([int(n) for n in form["lines"].split(",")], {"apart": name}, "another work")
        return self._back(f"works#{name}", f"{_naming(count)} a work of their own, {name}.")

    def _fields(self, form: _Form) -> Response:
        sheet = self._sheet_of(form["work"])
        known = titles(sheet.reading.book.works.values(), sheet.reading.citations)
        one = next((one for one in known if one.work.id == form["work"]), None)
        changed = as_fields(form.plain(), one.values) if one else {}
        if one is None or not changed:
            return self._back("works", "Nothing was changed.")
        count = self.desk.cite(one.lines, {"fields": changed}, form.get("why") or "set at the desk")
        return self._back("works", f"{', '.join(changed).capitalize()} set for {_citations(count)}.")

    def _save(self, form: _Form) -> Response:
        changed = card.save(self.desk.file, form["seen"], form.plain(), self.desk.choose(), self.desk.sheet().reading)
        return self._back("book", f"Saved: {', '.join(changed)}." if changed else "Nothing was changed.")

    def _set_pages(self, form: _Form) -> Response:
        line, to = int(form["line"]), form.get("back")
        if "whole" in form:
            self.desk.print_again()
        else:
            self.desk.print_around(line)
        return self._back(f"{to}{'&' if '?' in to else '?'}line={line}#l{line}")


class _Form:
    """What a form says: the last value of each field, or all of them."""

    def __init__(self, given: dict[str, list[str]]) -> None:
        self._given = given

    def __getitem__(self, key: str) -> str:
        return self._given[key][-1]

    def __contains__(self, key: str) -> bool:
        return key in self._given

    def get(self, key: str) -> str:
        return self._given.get(key, [""])[-1]

    def all(self, key: str) -> list[str]:
        return self._given.get(key, [])

    def plain(self) -> dict[str, str]:
        return {key: values[-1].replace("\r\n", "\n") for key, values in self._given.items()}


def _acts(form: _Form) -> dict[str, Any]:
    """Return what a form decides of a line, as a verdict says it."""
    if "accept" in form:
        return {"accept": form["accept"]}
    if "join" in form:
        return {"join": form["join"] == "yes"}
    if "level" in form:
        return {"level": int(form["level"])}
    if "rename" in form:
        return {"shown": form["shown"].strip()}
    return {"role": Role(form["role"]).value}


def _counted(count: int) -> str:
    return f"{count} verdict{'' if count == 1 else 's'}"


def _naming(count: int) -> str:
    return f"{_citations(count)} now name{'s' if count == 1 else ''}"


def _citations(count: int) -> str:
    return f"{count} citation{'' if count == 1 else 's'}"

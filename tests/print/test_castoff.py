"""Where a line ends by the widths of its words is where Pango ends it."""

from __future__ import annotations

from html import escape
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline import fonts
from pipeline.print import castoff
from pipeline.print.layout import Typesetter
from pipeline.report import Report

RULES = """
@page { size: 420px 3000px; margin: 0 }
p { margin: 0; font-size: 14px; hyphens: auto; hyphenate-limit-chars: 5 2 3; text-align: justify }
.tight { word-spacing: -.7px } .wide { word-spacing: .3em; font-size: 13.86px } .whole { hyphens: manual }
.small { font-variant-caps: small-caps } .loose { letter-spacing: .1px } .anywhere { overflow-wrap: anywhere }
"""
WORDS = (
    *("weir", "the", "of", "millers", "Thursday", "watercourses", "representatives", "l’homme", "doesn’t", "party’s"),
    *(
        "“No,”",
        "(see",
        "below)",
        "‘so’",
        "self-made",
        "1911",
        "12,",
        "1929–30.",
        "…",
        "—",
        "and—so",
        "either/or",
        "20s",
    ),
    *(
        "dit\u202f:",
        "«\u202fnon\u202f»",
        "I\u00a0am",
        "p.\u00a042",
        "é\u2060lan",
        "Ærø",
        "Łódź",
        "Ω",
        "да",
        "漢",
        "fi",
        "%",
    ),
    *("soft\u00adly", "!", "?", "a!b", "straßenbahnhaltestelle", "“(so", "R&D", "[sic]", "’tis", "wait…go", "‚dort‘"),
)
CLASSES = ("tight", "wide", "tight whole", "tight small", "tight loose", "wide anywhere", "")
LANGUAGES = ("en-GB", "de", "fr", "xx")


@pytest.fixture(scope="module")
def press() -> Typesetter:
    """A press with the faces of a book."""
    return Typesetter([fonts.faces_for("".join(WORDS), Report(), "en").rules, RULES], "en")


@settings(max_examples=25)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(CLASSES),
            st.sampled_from(LANGUAGES),
            st.integers(60, 400),
            st.lists(st.sampled_from(WORDS), min_size=1, max_size=60),
        ),
        min_size=1,
        max_size=8,
    )
)
@example([("tight", "en-GB", width, [*WORDS[:24]] * 2) for width in range(150, 410, 20)])
def test_it_is_where_pango_ends_it(
    press: Typesetter, monkeypatch: pytest.MonkeyPatch, some: list[tuple[str, str, int, list[str]]]
) -> None:
    from weasyprint.text.line_break import split_first_line

    reckoned = castoff.ends

    def ends(founts: Any, text: str, style: Any, context: Any, width: float | None, spacing: float) -> Any:
        found = reckoned(founts, text, style, context, width, spacing)
        if found is not None:
            meant = split_first_line(text, style, context, width, spacing)
            assert (vars(found[0]), found[1:]) == (vars(meant[0]), meant[1:]), text
        return found

    monkeypatch.setattr(castoff, "ends", ends)
    body = "".join(
        f'<p class="{name}" lang="{lang}" style="width: {width}px">{escape(" ".join(words))}</p>'
        for name, lang, width, words in some
    )
    press.lines.clear()
    press.set(body)


def test_most_lines_of_plain_words_are_reckoned(press: Typesetter, monkeypatch: pytest.MonkeyPatch) -> None:
    reckoned, told = castoff.ends, list[bool]()

    def ends(*asked: Any) -> Any:
        told.append((found := reckoned(*asked)) is not None)
        return found

    monkeypatch.setattr(castoff, "ends", ends)
    press.lines.clear()
    press.set(f'<p class="tight" lang="en-GB">{" ".join(WORDS[:7] * 20)}</p>')
    assert told.count(True) > 0.7 * len(told) > 7

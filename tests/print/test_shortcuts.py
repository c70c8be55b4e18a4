"""Short cuts through WeasyPrint lead to what it finds without them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from typing import Any

import pytest

from pipeline.machine import weasyprint
from pipeline.print.shortcuts import short_cuts

RULES = """
@page { size: 300px 400px; margin: 10% 20px; @bottom-center { content: counter(page); margin: auto } }
:root { --gap: 3px; font-size: 10px; line-height: 1.4; color: #123 }
.way { direction: rtl; margin-inline-start: 12px; padding-inline-end: 5% }
.sum { width: calc(50% - 4px); margin: calc(1px + 2px) auto; min-height: 2em; max-width: 90% }
.var { margin-top: var(--gap); padding: var(--none, 2px); border: 1px solid; text-indent: 1em }
.box { box-sizing: border-box; width: 80px; height: 40px; padding: 6px; border: 2px solid red }
.let { float: left; width: 30%; margin-right: 1ex; font-size: 200%; vertical-align: 20% }
.off { position: absolute; left: 5%; bottom: 7px; text-decoration: underline }
.old { position: relative; top: 2px; font-variant: small-caps; border-radius: 4px }
table { border-collapse: collapse; width: 100%; margin-block-end: 4px } td { border: 1px solid; padding: 2% }
.fn { float: footnote; margin: 1px; text-transform: uppercase }
ul { columns: 2; list-style: square inside; height: 30% } li { min-width: 20px; break-inside: avoid }
"""
WORDS = "The <em>tide</em> went <b class='var'>out</b> again. "
BODY = (
    "".join(
        f"<div class='{name}'><p>{WORDS * 4}</p></div>" for name in ("way", "sum", "var", "box", "let", "off", "old")
    )
    + f"<table><tr><td class='sum'>{WORDS}</td><td>two</td></tr></table><p>{WORDS}<span class='fn'>below</span></p>"
    + f"<ul><li>{WORDS}</li><li class='var'>{WORDS}</li></ul>"
)


def boxes(box: Any) -> Iterator[Any]:
    """Yield a box and all in it."""
    box = getattr(box, "_box", box)
    yield box
    for child in getattr(box, "children", ()):
        yield from boxes(child)


def told(way: Any, body: str) -> list[tuple[object, ...]]:
    """Lay out ``body``; return of each box what it is, where it stands, its lengths and all of its style."""
    from weasyprint.css.properties import INITIAL_VALUES

    engine = weasyprint()
    with way:
        document = engine.HTML(string=body).render(stylesheets=[engine.CSS(string=RULES)])
    found = [box for page in document.pages for box in boxes(page._page_box)]
    plain = (int, float, str)
    lengths = [{name: one for name, one in vars(box).items() if isinstance(one, plain)} for box in found]
    names = [name for name in INITIAL_VALUES if "block_" not in name and "inline_" not in name]  # physical ones
    styles = [{name: repr(box.style[name]) for name in names} for box in found]
    return list(zip([type(box).__name__ for box in found], lengths, styles, strict=True))


@pytest.mark.parametrize("way", ["ltr", "rtl"])
def test_the_same_boxes_with_the_same_styles(way: str) -> None:
    body = f"<html lang=en dir={way}><body>{BODY}</body></html>"
    plain = told(nullcontext(), body)
    assert len(plain) > 200
    assert told(short_cuts(), body) == plain


def test_they_end_with_their_time_and_within_each_other() -> None:
    weasyprint()
    from weasyprint.css import ComputedStyle
    from weasyprint.layout import block, inline

    def functions() -> tuple[object, ...]:
        return ComputedStyle.__missing__, block.resolve_percentages, inline.resolve_percentages, inline.strut

    before = functions()
    with short_cuts():
        taken = functions()
        assert not set(taken) & set(before)
        with short_cuts():
            assert functions() == taken
        assert functions() == taken
    assert functions() == before


@pytest.mark.parametrize(
    "body",
    [
        f"<main><section id='a'><h2>On <i>tides</i></h2><p>{WORDS}&amp; &lt;back&gt;\u00a0— “so”</p></section></main>",
        "<p>One<br>two<img src='a.png' alt='x &quot;y&quot;'> three</p> \n<hr><ul><li>a<ul><li>b</li></ul></li></ul>",
        "<table><thead><tr><th>a</th></tr></thead><tbody>\n<tr><td>b</td></tr></tbody></table><dl><dt>c</dt><dd>d</dd></dl>",
        "<table><tr><td>without a body</td></tr></table><table>loose<tbody><tr><td>words</td></tr></tbody></table>",
        "<p>One <span>word <div>a block in a line</div> more</span> and on</p>",
        "<p>A <a href='#b'>link <a href='#c'>in a link</a></a></p><h1>a<h2>b</h2></h1>",
        "<pre>\n\nkept  as it is</pre><!-- said aside --><p>next</p>",
        "<p>x <svg viewBox='0 0 1 1'><path d='M0 0'/></svg> <math><mi>n</mi></math></p>",
        "<p>a form feed \x0c and \ufffe a sign that XML does not have</p>",
        "",
    ],
)
def test_html_is_read_as_by_its_own_rules(body: str) -> None:
    engine = weasyprint()
    html = f'<!doctype html><html lang="en"><title></title><body>{body}</body></html>'

    def tree(element: Any) -> list[object]:
        words = (element.tag, dict(element.attrib), element.text or "", element.tail or "")
        return [words, [tree(child) for child in element]]

    plain = tree(engine.HTML(string=html).etree_element)
    with short_cuts():
        assert tree(engine.HTML(string=html).etree_element) == plain


def test_a_sheet_in_the_text_is_found() -> None:
    body = "<style>p { margin: 7px; color: #456 }</style><p>One</p>"
    assert told(short_cuts(), body) == told(nullcontext(), body)

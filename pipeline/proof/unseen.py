"""What stands in an e-book or in ``book.md`` and is not seen: hidden by a style, pushed off the page, or covered.

No style sheet of ours hides text; so whatever hides some is a fault, and its words do not count as printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import cssselect2
import tinycss2
from lxml import etree

Hidden = frozenset[etree._Element]

HIDING = {
    "display": re.compile("none"),
    "visibility": re.compile("hidden|collapse"),
    "content-visibility": re.compile("hidden"),
    "opacity": re.compile(r"0*\.?0*%?"),
    "font-size": re.compile(r"0*\.?0*[a-z%]*"),
    "color": re.compile(r"transparent|white|#f{3}(?:f{3})?|#(?:[0-9a-f]{3}0|[0-9a-f]{6}00)|.*,\s*0*\.?0*%?\s*\)"),
    "position": re.compile("absolute|fixed|relative|sticky"),
    "text-indent": re.compile(r"-\d{3,}.*|-\d\d(?:\.\d+)?(?:r?em|ch|vw|%)"),
    "margin-left": re.compile(r"-\d{3,}.*|-\d\d(?:\.\d+)?(?:r?em|ch|vw|%)"),
    "clip": re.compile(r"rect\(.*"),
    "clip-path": re.compile(r"(?!none).*"),
    "transform": re.compile(r"scale(?:[xy])?\(\s*0*\.?0*\s*[,)].*"),
    "max-height": re.compile(r"0*\.?0*[a-z%]*"),
    "height": re.compile(r"0*\.?0*[a-z%]*"),
    "width": re.compile(r"0*\.?0*[a-z%]*"),
    "max-width": re.compile(r"0*\.?0*[a-z%]*"),
}
"""Values of properties by which text is not seen, or (``position``) may come to lie over other text."""


def unseen(style: str) -> bool:
    """Tell whether the declarations of a ``style`` attribute hide what has it."""
    return _hides(tinycss2.parse_blocks_contents(style, skip_comments=True, skip_whitespace=True))


def _hides(declarations: Iterable[tinycss2.ast.Node]) -> bool:
    for one in declarations:
        if one.type == "declaration" and one.lower_name in HIDING:
            value = tinycss2.serialize(one.value).strip().lower()
            if HIDING[one.lower_name].fullmatch(value):
                return True
    return False


class Sheet:
    """What the style sheets of an e-book hide."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Read the sheets."""
        self._matcher = cssselect2.Matcher()
        self._any = False
        for text in texts:
            for selector in _hiding(tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)):
                self._matcher.add_selector(selector, None)
                self._any = True

    def hidden(self, document: etree._Element) -> Hidden:
        """Return the elements of ``document`` that are not seen, by a sheet, a style of their own or ``hidden``."""
        found = {
            element
            for element in document.iter(etree.Element)
            if element.get("hidden") is not None or (element.get("style") and unseen(element.get("style", "")))
        }
        inner = Sheet(element.text or "" for element in document.iter("{*}style"))
        for sheet in (self, inner):
            if sheet._any:
                for wrapped in cssselect2.ElementWrapper.from_xml_root(document).iter_subtree():
                    if sheet._matcher.match(wrapped):
                        found.add(wrapped.etree_element)
        # What has no words of its own can but cover those beside it.
        covered = {one.getparent() for one in found if not "".join(one.itertext()).strip()}
        return frozenset(found | {one for one in covered if one is not None})


def _hiding(rules: Iterable[tinycss2.ast.Node]) -> Iterator[cssselect2.compiler.CompiledSelector]:
    for rule in rules:
        if rule.type == "at-rule" and rule.lower_at_keyword in ("media", "supports", "layer") and rule.content:
            yield from _hiding(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True))
        if rule.type == "qualified-rule" and _hides(
            tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
        ):
            try:
                yield from cssselect2.compile_selector_list(rule.prelude)
            except cssselect2.SelectorError:
                continue  # what is no selector selects nothing

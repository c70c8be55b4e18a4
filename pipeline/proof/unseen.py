"""What stands in an e-book or in ``book.md`` and is not seen: hidden by a style, pushed off the page, or covered.

No style sheet of ours hides text; so whatever hides some is a fault, and its words do not count as printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import cssselect2
import tinycss2
from cssselect2.compiler import ascii_lower, split_whitespace
from lxml import etree

Hidden = frozenset[etree._Element]

HIDING = {
    "display": re.compile("none"),
    "visibility": re.compile("hidden|collapse"),
    "content-visibility": re.compile("hidden"),
    "opacity": re.compile(r"0*\.?0*%?"),
    "font-size": re.compile(r"0*\.?0*[a-z%]*"),
    "color": re.compile(r"transparent|white|#f{3}(?:f{3})?|#(?:[0-9a-f]{3}0|[0-9a-f]{6}00)|.*,\s*0*\.?0*%?\s*\)"),
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
"""Values of properties by which text is not seen."""

LYING_OVER = {"position": re.compile("absolute|fixed|relative|sticky")}
"""Values of properties by which a thing may come to lie where other text is."""


def unseen(style: str) -> bool:
    """Tell whether the declarations of a ``style`` attribute hide what has it."""
    return _has(HIDING | LYING_OVER, _declarations(style))


def _declarations(text: str | list[tinycss2.ast.Node]) -> list[tinycss2.ast.Node]:
    found = tinycss2.parse_blocks_contents(text, skip_comments=True, skip_whitespace=True)
    return [one for one in found if one.type == "declaration"]


def _has(values: Mapping[str, re.Pattern[str]], declarations: Iterable[tinycss2.ast.Node]) -> bool:
    """Tell whether one of the ``declarations`` is among ``values``."""
    return any(
        one.lower_name in values and values[one.lower_name].fullmatch(tinycss2.serialize(one.value).strip().lower())
        for one in declarations
    )


class Sheet:
    """What the style sheets of an e-book hide."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Read the sheets."""
        self._matcher = cssselect2.Matcher()
        self._selectors: list[cssselect2.compiler.CompiledSelector] = []
        for text in texts:
            for over, selector in _rules(tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)):
                self._matcher.add_selector(selector, over)
                self._selectors.append(selector)

    def hidden(self, document: etree._Element) -> Hidden:
        """Return the elements of ``document`` that are not seen, by a sheet, a style of their own or ``hidden``."""
        found = {element for element in document.iter(etree.Element) if element.get("hidden") is not None}
        over: set[etree._Element] = set()
        for element in document.iter(etree.Element):
            if style := element.get("style"):
                declared = _declarations(style)
                if _has(HIDING, declared):
                    found.add(element)
                if _has(LYING_OVER, declared):
                    over.add(element)
        for sheet in (self, Sheet(element.text or "" for element in document.iter("{*}style"))):
            for element, lies_over in sheet._matched(document):
                (over if lies_over else found).add(element)
        # What has no words of its own may cover those beside it.
        covered = {one if "".join(one.itertext()).strip() else one.getparent() for one in over}
        return frozenset(found | {one for one in covered if one is not None})

    def _matched(self, document: etree._Element) -> Iterator[tuple[etree._Element, bool]]:
        if self._may_match(document):
            for wrapped in cssselect2.ElementWrapper.from_xml_root(document).iter_subtree():
                for _, _, _, over in self._matcher.match(wrapped):
                    yield wrapped.etree_element, over

    def _may_match(self, document: etree._Element) -> bool:
        """Tell whether ``document`` has an element with an id, a class or a name that one of the selectors asks for."""
        if not self._selectors:
            return False
        elements = list(document.iter(etree.Element))
        names = {ascii_lower(etree.QName(element).localname) for element in elements}
        kinds = {one for element in elements for one in split_whitespace(element.get("class", ""))}
        ids = {element.get("id") for element in elements}
        return any(
            one.id in ids
            if one.id is not None
            else one.class_name in kinds
            if one.class_name is not None
            else one.lower_local_name is None or one.lower_local_name in names
            for one in self._selectors
        )


def _rules(rules: Iterable[tinycss2.ast.Node]) -> Iterator[tuple[bool, cssselect2.compiler.CompiledSelector]]:
    """Yield the selectors of what is hidden, and (with true) of what may lie over other text."""
    for rule in rules:
        if rule.type == "at-rule" and rule.lower_at_keyword in ("media", "supports", "layer") and rule.content:
            yield from _rules(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True))
        if rule.type != "qualified-rule":
            continue
        declared = _declarations(rule.content)
        for over, values in ((False, HIDING), (True, LYING_OVER)):
            if _has(values, declared):
                try:
                    yield from ((over, selector) for selector in cssselect2.compile_selector_list(rule.prelude))
                except cssselect2.SelectorError:
                    continue  # what is no selector selects nothing

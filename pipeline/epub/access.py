"""What the book says about how it can be read: the metadata of EPUB Accessibility 1.1."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.epub.navigation import PageLink

_FEATURES = (
    "tableOfContents",
    "readingOrder",
    "structuralNavigation",
    "displayTransformability",
    "alternativeText",
    "ARIA",
)
_SUMMARY = (
    "Flowing text with headings, notes linked both ways and a table of contents. "
    "The only picture is the cover, whose words are given as text. Type, size and colours are the reader's. "
    "{pages}It has been checked by machine only."
)


def statements(pages: Sequence[PageLink], index: bool) -> list[tuple[str, str]]:
    """Return the ``meta`` properties: modes, features, hazards, summary.

    No conformance is claimed (``dcterms:conformsTo``): a person has to look at a book for that.
    """
    features = [*_FEATURES, *(["index"] if index else [])]
    features += ["pageNavigation", "pageBreakMarkers"] if pages else []
    said = "Page numbers are those of the printed edition. " if pages else ""
    return [
        ("schema:accessMode", "textual"),
        ("schema:accessMode", "visual"),
        ("schema:accessModeSufficient", "textual"),
        *(("schema:accessibilityFeature", feature) for feature in features),
        ("schema:accessibilityHazard", "none"),
        ("schema:accessibilitySummary", _SUMMARY.format(pages=said)),
    ]

"""What the book says about how it can be read: the metadata of EPUB Accessibility 1.1."""

from __future__ import annotations

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
    "The words of the cover are given as text. Type, size and colours are the reader's. "
    "{pages}It has been checked by machine only."
)


def statements(page_source: str, index: bool) -> list[tuple[str, str]]:
    """Return the ``meta`` properties: modes, features, hazards, summary.

    ``page_source`` is the edition whose pages the page list has (nothing without one), ``index`` whether there is an
    index.

    No conformance is claimed (``dcterms:conformsTo``): a person has to look at a book for that.
    """
    features = [*_FEATURES, *(["index"] if index else [])]
    features += ["pageNavigation", "pageBreakMarkers"] if page_source else []
    said = f"Page numbers are those of this edition: {page_source}. " if page_source else ""
    return [
        ("schema:accessMode", "textual"),
        ("schema:accessMode", "visual"),
        ("schema:accessModeSufficient", "textual"),
        *(("schema:accessibilityFeature", feature) for feature in features),
        ("schema:accessibilityHazard", "none"),
        ("schema:accessibilitySummary", _SUMMARY.format(pages=said)),
    ]

"""How Sphinx makes the site of the documentation: ``make docs``. Nothing on it is fetched from elsewhere."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from pipeline import __version__

project = "Octavo"
author = "the Octavo project"
project_copyright = author
release = version = __version__
language = "en"

extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
exclude_patterns: list[str] = []
myst_heading_anchors = 3
smartquotes = False  # the pages have their quotation marks; options keep their hyphens
nitpicky = True

html_theme = "furo"
html_title = "Octavo"
html_static_path = ["site"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sphinx = False
html_theme_options = {
    "light_css_variables": {"color-brand-primary": "#7a2e1d", "color-brand-content": "#7a2e1d"},
    "dark_css_variables": {"color-brand-primary": "#e0a08c", "color-brand-content": "#e0a08c"},
}


def _level(_app: Any, _page: str, _template: str, context: dict[str, Any], _tree: Any) -> None:
    """Say how deep the captions of the navigation lie: Sphinx calls them headings, and a screen reader asks."""
    key = "furo_navigation_tree"
    context[key] = context.get(key, "").replace('role="heading"', 'role="heading" aria-level="2"')


def setup(app: Any) -> None:
    """Let Sphinx ask us before it writes a page, after the theme."""
    app.connect("html-page-context", _level, priority=900)

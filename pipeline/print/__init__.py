"""The printed book: ``book.md`` in, a PDF out, with a map of its pages."""

from pipeline.print.press import print_book
from pipeline.print.printed import PageStart, PrintedBook

__all__ = ["PageStart", "PrintedBook", "print_book"]

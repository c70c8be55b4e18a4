"""The printed book: ``book.md`` in, a PDF out, with a map of its pages."""

from pipeline.print.contact import contact_sheet
from pipeline.print.press import print_book
from pipeline.print.preview import preview
from pipeline.print.printed import PrintedBook

__all__ = ["PrintedBook", "contact_sheet", "preview", "print_book"]

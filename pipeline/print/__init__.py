"""The printed book: ``book.md`` in, a PDF out (:mod:`pipeline.print.press`), with a map of its pages.

Nothing is loaded here: a draft asks for the names of styles, and must not wait for what sets pages.
"""

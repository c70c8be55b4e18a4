"""The shelf: a catalogue of books, made of a folder or a list of texts, on an engine that others keep.

In the order of the work: ``listing`` (which texts there are), ``stamp`` (what a book is made from, and whether it still
stands), ``task`` and ``bench`` (one book, in a process of its own, within bounds), ``engine`` (where the tasks run),
``series`` (what one volume settles for the next), ``making`` (the run), and of what then stands in the files:
``catalogue``, ``page``, ``feeds``, ``bibliography``, ``summary``, ``display``, ``serve`` and ``web``.
"""

"""Octavo: a raw text goes in at one end, a real book comes out at the other."""

__version__ = "0.1.0"

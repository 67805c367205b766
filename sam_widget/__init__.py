"""The face of the package: names only. Whatever imports torch loads on first touch."""

__version__ = "0.1.0"

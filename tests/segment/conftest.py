"""The reference and the stirred weights, for the tests of the networks in use."""

from tests.reference import reference, stir

__all__ = ["reference", "stir"]

"""The reference, the stirred weights, both predictors, and a folder that is not there yet."""

import pytest

from tests.reference import reference, stir
from tests.segment.predictors import both, coffee, pair

__all__ = ["both", "coffee", "folder", "pair", "reference", "stir"]


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "deep" / "embeddings"

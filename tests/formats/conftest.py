"""What the formats' tests share."""

import pytest

OLD_COCO = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")
"""pycocotools' own arrays are built for numpy 1."""

"""The models that come with the package, by name, and the one that is taken. No torch in here."""

from __future__ import annotations

from pathlib import Path

WEIGHTS = Path(__file__).parent / "weights"
PACKAGED = {name: WEIGHTS / f"{name}.safetensors" for name in ("small", "mini")}
DEFAULT = "small"
"""The better of the two; ``mini`` is for slow machines. What each costs: weights/README.md."""

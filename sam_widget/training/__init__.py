"""Learning: data, losses, simulated clicks, the loop, the frozen evaluation. Knows no screen."""

from importlib.util import find_spec

if any(find_spec(name) is None for name in ("matplotlib", "pycocotools", "scipy")):
    raise ImportError("training needs a few packages more: pip install 'sam_widget[training]'")

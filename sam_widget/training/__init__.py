"""Learning: data, lessons, runs, the frozen evaluation. Knows no screen.

In reading order:

- ``fine_tune``: a few annotated photos make a model better; ``few_photos`` are its steps
- ``__main__``: ``python -m sam_widget.training``: a whole run, put together by ``command``
- ``data``: photos with masks, in every layout
- ``clicks``: simulated users
- ``lesson``: what one step teaches: prompts, losses, teachers
- ``run``: how a run goes on, through kills and over processes
- ``start``: where a fresh model starts; ``forms``: a model in use as one that learns
- ``mae``: masked autoencoders
- ``words``: phrases become prompt tokens of a model that stays
- ``evaluate``: the frozen evaluation; ``measure`` makes means and tables of it
- ``gain``: what fine-tuning gives and costs
- ``gallery``: pictures of answers
- ``strictness``: thresholds of everything mode
- ``mix``: a model between an old and a new one
- ``pseudo``: labels by a model itself
- ``options``: command lines from dataclasses; ``numbers`` looks at what is given
"""

from importlib.util import find_spec

if any(find_spec(name) is None for name in ("matplotlib", "pycocotools", "scipy")):
    raise ImportError("training needs a few packages more: pip install 'sam_widget[training]'")

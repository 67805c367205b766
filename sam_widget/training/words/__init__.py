"""Teaching a model words: a phrase's vector becomes prompt tokens. Knows no screen.

In reading order:

- ``vocabulary``: which labels are words, which are held out, which photos teach
- ``learn``: the run: one linear layer learns, the model stays
- ``judge``: the score on photos and on words that never taught
- ``__main__``: ``python -m sam_widget.training.words``
"""

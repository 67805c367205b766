"""Everything in an image, without a click: SAM's automatic mask generation. Knows no screen.

In reading order:

- ``search``: how to look: the grid of points, the crops, which boxes are one. No model
- ``sieve``: what shows of all that was found, and which filter drops the rest. No model
- ``funnel``: how many masks each filter drops
- ``in_windows``: a huge picture's windows, and what two of them see once. No model
- ``find``: the looking itself, and what of it is kept
"""

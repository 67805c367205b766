"""The objects' colours, for Python and, by ``js/typegen.py``, for the page. Values alone."""

PALETTE = (
    (230, 159, 0),
    (86, 180, 233),
    (0, 158, 115),
    (240, 228, 66),
    (0, 114, 178),
    (213, 94, 0),
    (204, 121, 167),
)
"""Okabe and Ito's, made for every kind of colour vision, black left out: red, green, blue, 0..255.

``Object.color`` counts in them, round and round.
"""

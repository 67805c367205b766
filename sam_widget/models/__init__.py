"""The network. torch only; imports nothing else of ours.

Axes: B prompts (or images), C channels, H and W rows and columns, N points or tokens.
"""

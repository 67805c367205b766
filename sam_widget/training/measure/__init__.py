"""What is made of the evaluation's scores. No model, no photo.

In reading order:

- ``scores``: one photo's scores, and means over sources
- ``differences``: two models on the same masks, with intervals
- ``report``: tables
"""

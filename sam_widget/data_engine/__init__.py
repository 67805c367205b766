"""The paper's data engine (section 4): stages that annotate, and what is between them.

In reading order:
"""

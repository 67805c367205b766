"""What lessons draw: each view computes its values from a live model, then draws them as frames.

In reading order:

- ``candidates``: three answers to one click, and their tree
- ``landscape``: for every place, what a click there would select
- ``positions``: where a point is, as the prompt encoder says it
- ``words``: phrases as prompts: who is near whom, and where on a photo they are
"""

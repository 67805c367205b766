"""What lessons draw: each view computes its values from a live model, then draws them as frames.

In reading order:

- ``words``: phrases as prompts: who is near whom, and where on a photo they are
"""

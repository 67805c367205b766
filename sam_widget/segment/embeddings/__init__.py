"""What a model sees in an image, made once and kept: on the GPU, in memory, on disk. No clicks.

In reading order:

- ``cache``: embeddings by picture and model, each made once; the one that a process shares
- ``tiers``: where they are kept, the quickest first
- ``disk``: the slowest tier, a folder that other processes share
- ``behind``: its writing, done by a thread of its own
- ``file``: an Embedding as bytes, sealed, and back
"""

"""How prompts of a session get their answers, off the caller's thread. Knows no screen.

In reading order:

- ``answerer``: keeps each object's Answer true to its prompts
- ``status``: how far the model is, in words
- ``worker``: the one thread of a model, the newest wish first
- ``logits``: what an answer left to feed back to the model
"""

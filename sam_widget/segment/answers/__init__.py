"""How prompts of a session get their answers, off the caller's thread. Knows no screen.

In reading order:

- ``answerer``: keeps each object's Answer true to its prompts
- ``eye``: a model before one picture; ``wide_eye``: before a huge one, through windows
- ``peeks``: what a click would give, while the hand moves
- ``survey``: what a click would give, everywhere on a grid
- ``failing``: what a model fails with, in words
- ``status``: how far the model is, in words
- ``worker``: the one thread of a model, the newest wish first
- ``asking``: what a model is asked about an object, and what it said
- ``logits``: what late answers left: to feed back, to cut anew
"""

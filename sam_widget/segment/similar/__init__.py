"""One example, and what is like it: proposals with scores, on one photo and on many. No screen.

In reading order:

- ``features``: what a mask looks like, as a row of numbers
- ``likeness``: how like the examples a row is, in closed form
- ``hunt``: one picture: where to ask next, and what of what came is proposed
- ``chase``: a hunt that begins when the model is there, as a survey's course
- ``proposal``: what is proposed, for people
- ``saving``: clicks and what they gave
- ``find``: examples and many pictures
"""

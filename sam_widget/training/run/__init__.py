"""How a run goes on, step by step, through kills and over processes. Knows no loss.

In reading order:

- ``plan``: what a run does, as one value
- ``run``: its clock, bar, log and checkpoint
- ``loop``: its steps: batch, lesson, optimiser, average
- ``stepper``: the optimiser's step, and what is not finite
- ``optimise``: what learns, how fast; the average of the weights
- ``precision``: where, and in which number type
- ``processes``: several processes, one model
- ``results``: where the result is left, safely
- ``curves``: the log as a picture
"""

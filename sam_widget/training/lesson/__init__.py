"""What one step teaches: prompts, answers, losses. No optimiser, no files.

In reading order:

- ``rounds``: one step's conversation: first prompts, corrections
- ``prompting``: many photos' prompts as one batch
- ``losses``: focal, dice, predicted IoU, the lowest of three
- ``replay``: photos that were dear to look at, asked about again
- ``distill``: another model says what is right
- ``memory``: what the model itself said before, to be said still
- ``drop_path``: residual branches left out now and then
"""

"""What lessons draw: each view computes its values from a live model, then draws them as frames.

In reading order:

- ``patches``: who looks at whom in an image encoder, in a window and everywhere
- ``embedding``: an embedding as colours
- ``masking``: masked autoencoding: what is hidden is guessed
- ``attention``: who looks where in the two-way decoder, and the mask without a step
- ``candidates``: three answers to one click, and their tree
- ``kernels``: a mask as a kernel times feature maps, summed up one by one
- ``landscape``: for every place, what a click there would select
- ``positions``: where a point is, as the prompt encoder says it
- ``given_mask``: a mask as a prompt, layer by layer
- ``losses``: focal and dice, and what they pull at; ``heads``: the best of three is taught
- ``grid``: everything mode, filter by filter
- ``turning``: the data engine as a wheel
- ``words``: phrases as prompts: who is near whom, and where on a photo they are
"""

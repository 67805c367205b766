"""Masked autoencoders (He et al. 2022): an image encoder learns from photos without masks.

``python -m sam_widget.training.mae`` trains one. In reading order:

- ``model``: the autoencoder round SAM's ViT
- ``run``: its steps and pictures
- ``compare``: what it gives a small SAM, ``python -m sam_widget.training.mae.compare``
"""

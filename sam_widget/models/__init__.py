"""The network, and how weights become one. torch only; knows nothing of its use.

Axes: B prompts (or images), C channels, H and W rows and columns, N points or tokens.

In reading order:

- ``sam``: Segment Anything whole
- ``encoder``: what every image encoder is; ``features`` is what it says
- ``vit``: the ViT encoder of the paper; ``tiny_vit`` and ``mini`` are smaller ones
- ``prompt_encoder``: points, boxes, masks to tokens
- ``mask_decoder``: four masks and their predicted IoU
- ``transformer``: its two-way attention; ``attention`` and ``layers`` are the parts
- ``fast``: what a CPU does faster another way; ``padding``: what need not be computed
- ``devices``: where and in which number type
- ``thresholds``: how a model's own estimates are to be taken
- ``checkpoints``: `load_model`: names, files and hub ids to models
- ``names``: what may name a model; ``packaged`` and ``known_models`` are those with names
- ``hosted``: networks that ``transformers`` runs, told by their configuration
- ``locate``: a name to its files; ``hub``, ``download``, ``transfer`` fetch what is elsewhere
- ``files``: bytes to tensors; ``inert``: what else a torch file holds
- ``fingerprints``: SHA-256 of files, remembered
- ``architectures``: keys and shapes to the network; ``foreign`` is as others name them
- ``onnx``: exported encoders and decoders to the network
- ``export``: the way out, with ``export_graphs``
- ``convert``: any of it as one small file
- ``errors``: what can go wrong with a model's files
"""

"""What is learnt from: photos with masks in every layout, and what is made of them. No model.

In reading order:

- ``readers``: `open_photos`: every layout
- ``photos``: shards, and how often each photo is drawn
- ``folders``: SA-1B's layout on disk
- ``coco``: COCO's file, its ``segmentations``; ``annotation_files`` tells what a JSON is
- ``given``: what people give as masks; ``labels``: pixels that say which thing
- ``sizes``: masks of one size on a photo of another: the cause
- ``augment``: a photo becomes an example
- ``stream``: examples in batches, an endless row
- ``scenes``: composed scenes; ``demo``: drawn shapes
- ``crops``: squares for MAE
"""

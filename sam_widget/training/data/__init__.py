"""What is learnt from: photos with masks in every layout, and what is made of them. No model.

In reading order:

- ``readers``: `open_photos`: every layout
- ``photos``: shards, and how often each photo is drawn
- ``folders``: SA-1B's layout on disk
- ``coco``: COCO's file and its pictures; what it says ``sam_widget.formats`` reads
- ``annotated``: labelme's, YOLO's and Pascal VOC's
- ``given``: what people give as masks; ``labels``: pixels that say which thing
- ``augment``: a photo becomes an example
- ``stream``: examples in batches, an endless row
- ``scenes``: composed scenes; ``demo``: drawn shapes
- ``crops``: squares for MAE
"""

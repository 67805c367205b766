"""Annotations as files, in and out: what the rest of the world reads. No model, no screen.

In reading order:

- ``annotated``: `Annotated`: one image's name, size and regions; what readers yield, writers take
- ``loss``: `Loss`: what a file does not give back
- ``provenance``: what is known of a region, as JSON, where a format has room
- ``files``: JSON and bytes, read with care and written whole
- ``sa1b``: SA-1B's JSON, one file an image
- ``coco``: COCO's file of instances
- ``records``: one annotation of these two; ``segmentations``: its mask, in COCO's three ways
- ``sizes``: masks of one size on a photo of another: the cause
- ``layouts``: whose a JSON is, by its keys
- ``errors``: `DataError`
"""

"""Annotations as files, in and out: what the rest of the world reads. No model, no screen.

In reading order:

- ``doors``: `read_annotations`, `write_annotations`: every format by one name
- ``annotated``: `Annotated`: one image's name, size and regions; what readers yield, writers take
- ``loss``: `Loss`: what a file does not give back
- ``details``: `polygon_details`: how fine polygons shall be
- ``provenance``: what is known of a region, as JSON, where a format has room
- ``files``: JSON and bytes, read with care and written whole
- ``sa1b``: SA-1B's JSON, one file an image
- ``coco``: COCO's file of instances
- ``labelme``: masks and polygons, one file an image
- ``geojson``: polygons, in pixels or on the ground
- ``yolo``: a line for each object
- ``voc``: Pascal VOC's two PNGs; ``label_image``: one, of numbers
- ``npz``: numpy's arrays; ``cutouts``: the objects themselves, on nothing
- ``records``: one annotation of SA-1B or COCO; ``segmentations``: its mask, in COCO's three ways
- ``rasters``: several regions in one picture of numbers; ``pictures``: PNGs that carry them
- ``folders``: a file for each image
- ``sizes``: masks of one size on a photo of another: the cause
- ``layouts``: whose a JSON is, by its keys
- ``errors``: `DataError`
"""

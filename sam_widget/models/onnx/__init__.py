"""A SAM that was exported to ONNX, read back into the network of this package. Runs no ONNX.

In reading order:

- ``files``: an encoder's and a decoder's file -> a SAM
- ``graph``: a file's operators, parsed
- ``layers``: operators -> the layers that they came from
- ``weights``: those layers' numbers -> the places in a SAM
"""

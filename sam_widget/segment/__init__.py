"""The network in use: clicks, everything, caches, ``segment_anything``'s names. Knows no screen."""

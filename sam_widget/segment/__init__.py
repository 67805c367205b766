"""The network in use: segmenter, embedding cache, answerer. Knows no screen."""

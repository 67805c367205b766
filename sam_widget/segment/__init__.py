"""The network in use: clicks, everything, caches, ``segment_anything``'s names. Knows no screen.

In reading order:

- ``model``: what a model is to those who use one: protocols
- ``prompts``: what is asked and what is said: values
- ``segmenter``: an image becomes an Embedding, prompts a Prediction
- ``network``: what a segmenter stands on; ``engine`` is a Sam as one, and what it knows of the last
  images; ``transformers`` has SAM 2.1, SAM-HQ, EdgeTAM and SAM 3's tracker
- ``placing``: pictures and prompts as users have them to what a network takes
- ``kinds``: kinds of prompts to what a model is asked; ``mask_prompt``: a mask that a person gives
- ``posing``: one question or several, and one answer; ``closer``: a look from nearer;
  ``windows``: which part of a huge picture is looked at
- ``choice``: which of the candidates leads; ``naming`` calls them whole, part, subpart
- ``next_click``: the click that would settle most; ``clicks``: the papers' simulated annotator
- ``enlarge``: masks at the image's size; ``upscale`` does whole logits, ``drawing`` smooths
- ``embeddings``: the cache: GPU, memory, disk
- ``loaded``: what a process has once: models by name, embeddings by picture
- ``answers``: prompts of a session get their answers
- ``everything``: everything in an image, without a click
- ``similar``: what is like an example, on one image and on many
- ``text``: phrases to masks, through engines that read text
- ``precompute``: many pictures' embeddings made ahead
- ``portable``: a decoder and a photo's embedding as files, for a page without a kernel
- ``trace``: every named value of one prediction; ``overheard`` is a click's, ``switches`` leave out
  steps of the mask decoder
- ``compat``: ``segment_anything``'s own interface
"""

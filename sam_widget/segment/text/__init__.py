"""Phrases to masks: a text engine says where, a SAM draws what. Knows no screen.

SAM's paper prompts it with text, and that part was never released (Kirillov et al. 2023, section
7.5). So a phrase goes to an engine, whose name is always shown, and its places go to SAM.

In reading order:

- ``engine``: what an engine is: a name, and ``propose(image, phrase)``
- ``proposals``: what it may say: boxes, a heat map, masks; each knows how it becomes masks
- ``pen``: the SAM that draws them
- ``found``: what was found, with raw scores: the confidence may change later
- ``find``: ``find_text``: phrases through an engine
- ``phrases``: what a user types; ``korean`` has a small table of nouns
- ``engines``: an engine by name
- ``words``: our own, which works offline: a re-creation of the paper's idea at a small size, of
  ``minilm`` (phrases to vectors), ``phrase_tokens`` (vectors to prompt tokens) and ``taught`` (the
  file that holds what was learnt)
- ``theirs``: what the engines of ``transformers`` share; ``grounding_dino``, ``owlv2``, ``clipseg``
  and ``sam3`` are these
"""

"""What the user made: records, edits, history, one session. No numpy, no wire, no screen.

In reading order:

- ``records``: what there is: image, object, prompt, answer
- ``edits``: the one language of change, and its algebra
- ``rules``: what a person's edit may do, each rule with its sentence
- ``rebase``: what was meant on an older document, made again on today's
- ``history``: undo and redo; ``steps``: what each act makes of it
- ``memory``: answers that were true once
- ``blobs``: bytes by their hash
- ``patch``: one change as it came to be
- ``chronicle``: what was done on a photo, and when; ``recorded`` reads it again
- ``told``: the same in words
- ``session``: the one owner of it all
- ``journal``: its changes in a folder, and back
- ``plain``: any of these values as JSON, and back
"""

"""What the user made: records, edits, history, one session. Standard library only.

In reading order: ``records`` (what there is), ``edits`` (how it changes), ``rules`` (what a person
may change), ``history`` (back and forth), ``memory`` and ``blobs`` (answers and bytes),
``session`` (the one owner of it all). ``plain`` turns any of their values into JSON and back.
"""

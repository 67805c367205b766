"""What the user made: records, edits, history, one session. No numpy, no wire, no screen.

In reading order: ``records`` (what there is), ``edits`` (how it changes), ``rules`` (what a person
may change), ``history`` (back and forth), ``memory`` and ``blobs`` (answers and bytes),
``session`` (the one owner of it all), ``journal`` (its changes in a folder). ``plain`` turns any
of their values into JSON and back.
"""

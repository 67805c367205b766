"""The paper's data engine (section 4): stages that annotate, and what is between them.

In reading order:

- ``measured``: what a stage brought and cost, and what the paper's did
- ``assisted``: assisted-manual: masks made click by click, of a person or simulated
- ``efforts``: a person's clicks and seconds, from a history or a journal
- ``annotator``: the simulated annotator, and what its acts cost
- ``semi``: semi-automatic: what the model is sure of is filled in, the rest is added by hand
- ``going``: photo after photo, with a bar
- ``automatic``: fully automatic: one photo without a click, and what each filter dropped
- ``annotate``: a folder so, here or on a cluster; ``workers`` do it, ``job`` is one photo's work
- ``run``: what has been done on a folder; ``report`` is its page, ``cost`` what many would take
- ``command``: the same from a shell
- ``ledger``: the record beside the results; ``places``: folders anywhere
- ``retrain``: learn from what is collected, judge on what is not, keep the better
- ``reanswer``: a better model answers all clicks again, people see what changed much
- ``replay``, ``seen``: one mask's clicks, asked as a widget asks
- ``beside``: before beside after, as pictures
- ``loop``: all stages, one after the other, simulated; ``python -m sam_widget.data_engine``
- ``log``, ``charts``: what was done so far, as values, tables, figures
- ``wheel``: the same in a notebook, while it goes; the one room that knows the screen
"""

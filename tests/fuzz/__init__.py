"""Things that no person would give, made by the thousand. What holds: an answer or one sentence.

In reading order: `rule` what must hold, `alarm` the limits that a child process works under,
`pictures`, `checkpoints`, `annotations`, `arguments` what is made and which doors it goes through,
`child` one process of one area, `__main__` many of them: ``python -m tests.fuzz --cases 20000``.
"""

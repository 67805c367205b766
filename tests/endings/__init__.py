"""How a script may end while work is under way, and what becomes of it in children.

In reading order: ``script`` one process that ends in one way, ``test_endings`` the table,
``__main__`` twenty runs of each, ``test_children`` forks, spawns, pools and threads.
"""

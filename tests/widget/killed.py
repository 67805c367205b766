"""A person at work on a folder, in a process of its own, until it is killed.

Says each piece of work before it begins the next, and draws what to do by chance.
"""

import random
import sys

from sam_widget.widget import SamWidget
from tests.segment.fake import FakeSegmenter


def main(folder, seed):
    chance = random.Random(seed)
    w = SamWidget(folder, FakeSegmenter())
    made = 0
    while True:
        what = chance.choice(["mark", "mark", "next", "previous", "judge", "undo"])
        if what == "mark":
            made += 1
            w.add_point(chance.randrange(4, 56), chance.randrange(4, 36))
            w.accept()
            w.rename(w.objects[-1].id, f"{seed}n{made}")
            print(f"{w.photo} {seed}n{made}", flush=True)
        elif what == "judge":
            w.verdict = chance.choice(["accept", "fail", "defer"])
            print(f"{w.photo} {w.verdict}", flush=True)
        elif what == "undo":
            labels = {each.label for each in w.objects if each.locked}
            w.undo()
            for gone in labels - {each.label for each in w.objects if each.locked}:
                print(f"{w.photo} -{gone}", flush=True)
        else:
            getattr(w, what)()
            print(f"{w.photo} here", flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))

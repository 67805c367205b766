"""Writes pictures/N.webp, one for each lesson, as the table of contents shows them.

    python examples/lessons/pictures.py          # all; or some: python ... 2 8

Each is a stage of its lesson, drawn by the model that the lesson uses.
"""

import sys
from pathlib import Path

from sam_widget.lessons import Frame, Stage, Study

HERE = Path(__file__).parent
PHOTOS = HERE.parent / "photos"
WIDTH = 480  # px


def pointing():
    study = Study.of(PHOTOS / "coffee.jpg", "mini")
    said = study.ask((290, 150))
    drawn = study.tinted(said.mask(1), "#3b82f6")
    return Stage([Frame((study.picture,), (drawn, *study.dot(290, 150)))], study.size)


def three_answers():
    from sam_widget.lessons.views.landscape import landscape_on

    stage = landscape_on(Study.of(PHOTOS / "coffee.jpg", "mini"), spacing=12).fill()
    return stage


def prompt_encoder():
    from sam_widget.lessons.views.positions import positions_on

    return positions_on(Study.of(PHOTOS / "coffee.jpg", "mini"), 290, 170)


def two_way_decoder():
    from sam_widget.lessons.views.kernels import kernels_on

    stage = kernels_on(Study.of(PHOTOS / "coffee.jpg", "mini"), 290, 170)
    stage.step = 31
    return stage


def image_encoder():
    from sam_widget.lessons.views.embedding import embeddings_on

    stage = embeddings_on(Study.of(PHOTOS / "chelsea.jpg", "small"))
    stage.step = 1
    return stage


def losses():
    from sam_widget.lessons.views.losses import gradients_on

    study = Study.of(PHOTOS / "coffee.jpg", "mini")
    answer = study.cropped(study.ask((290, 150)).logits[1])
    truth = study.cropped(study.ask((290, 150), (240, 290), (300, 250)).logits[0]) > 0
    stage = gradients_on(study, answer, truth)
    stage.step = 1
    return stage


def everything():
    from sam_widget.lessons.views.grid import Sieve, sieve_on

    study = Study.of(PHOTOS / "coffee.jpg", "mini")
    stage = sieve_on(study, Sieve.of(study))
    stage.step = 4
    return stage


def words():
    from sam_widget.images import read_image
    from sam_widget.lessons.views.words import phrases_on

    return phrases_on(read_image(PHOTOS / "coffee.jpg").pixels, ["plate"])


def build_your_own():
    study = Study.of(PHOTOS / "chelsea.jpg", "mini")
    said = study.ask((120, 222))
    drawn = study.tinted(said.mask(said.best), "#3b82f6")
    return Stage([Frame((study.picture,), (drawn, *study.dot(120, 222)))], study.size)


PICTURES = {
    1: pointing,
    2: three_answers,
    3: prompt_encoder,
    4: image_encoder,
    5: two_way_decoder,
    6: losses,
    7: everything,
    8: words,
    9: build_your_own,
}


def main():
    wanted = [int(each) for each in sys.argv[1:]] or sorted(PICTURES)
    (HERE / "pictures").mkdir(exist_ok=True)
    for number in wanted:
        image = PICTURES[number]().image()
        image.thumbnail((WIDTH, WIDTH))
        image.save(HERE / "pictures" / f"{number}.webp", quality=80)


if __name__ == "__main__":
    main()

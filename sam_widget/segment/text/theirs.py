"""What the text engines of ``transformers`` share: loading, and how their absence is said."""

from __future__ import annotations

from abc import ABC, abstractmethod
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Self

import torch
from PIL import Image

from sam_widget.errors import SamError, in_short, shown
from sam_widget.lifetime import busy
from sam_widget.segment.transformers import silence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from .proposals import Proposals

EXTRA = "pip install 'sam_widget[transformers]'"


class Theirs(ABC):
    """An open-vocabulary network of ``transformers``, run as its documentation has it.

    No published weights were at hand where this was written: small random ones give here what they
    give there (``tests/segment/text``), and how good it is nobody has measured here.

    Parameters
    ----------
    model : transformers.PreTrainedModel
        In evaluation mode.
    processor : transformers.ProcessorMixin
        What reads pictures and phrases for it.
    name : str
        What it was loaded by.
    """

    kind: ClassVar[str]  # the model's class there
    confidence: ClassVar[float]

    def __init__(self, model: Any, processor: Any, name: str) -> None:
        self.model, self.processor = model, processor
        self.name = f"{self.kind} {name}".strip()

    @classmethod
    def load(cls, name: str | Path) -> Self:
        """Load it from a folder, or by its hub id.

        Raises
        ------
        SamError
            ``transformers`` is missing, or the files are; in one sentence.
        """
        here = Path(name).is_dir()
        try:
            import transformers as untyped  # noqa: PLC0415  an extra

            transformers: Any = untyped
            with busy(), silence():
                model, told = getattr(transformers, cls.kind).from_pretrained(
                    str(name), local_files_only=here, output_loading_info=True, dtype=torch.float32
                )
                processor = cls.reader(transformers, str(name), here)
        except (ImportError, AttributeError) as error:
            said = f"is a {cls.kind}, which transformers runs, of a version that has it"
            raise SamError(f"{shown(str(name))} {said}: {EXTRA} ({in_short(error)}).") from error
        except Exception as error:  # whatever its code of the day raises
            if here:
                said = f"does not hold a whole {cls.kind} with its tokenizer and processor"
            else:
                said = "could not be fetched from the hub; offline, give a folder with its files"
            raise SamError(f"{shown(str(name))} {said} ({in_short(error)}).") from error
        lacks = sorted(told["missing_keys"])
        if lacks:
            more = f"it lacks {lacks[0]} and {len(lacks) - 1} more"
            raise SamError(f"{shown(str(name))} does not hold a whole {cls.kind}: {more}.")
        return cls(model.eval().requires_grad_(requires_grad=False), processor, Path(name).name)

    @classmethod
    def reader(cls, transformers: Any, name: str, here: bool) -> Any:
        """Return what reads pictures and phrases for it."""
        return transformers.AutoProcessor.from_pretrained(name, local_files_only=here)

    @busy()
    @torch.inference_mode()
    def propose(self, image: NDArray[np.uint8], phrase: str) -> Proposals:
        """Say where a phrase is, as ``TextEngine``."""
        return self.said(Image.fromarray(image), phrase)

    @abstractmethod
    def said(self, image: Image.Image, phrase: str) -> Proposals:
        """Ask its processor, model and post-processing."""

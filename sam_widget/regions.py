"""Region: a mask with what is known of it. Decides nothing, finds nothing, writes no format."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from .outlines import polygons, simplified
from .pictured import picture_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import DTypeLike, NDArray

    from .document.corrections import Correction
    from .document.records import Prompt
    from .made import Made
    from .masks import Mask
    from .outlines import Polygon, Ring

    Detail = float | Literal["exact"]


def _renamed(old: str, new: str) -> Any:
    """Return a property that reads what has another name now, and says so."""

    def read(region: Region) -> Any:
        said = f"Region.{old} is called {new} now; the old name goes with the next release."
        warnings.warn(said, DeprecationWarning, stacklevel=2)
        return getattr(region, new)

    return property(read)


@dataclass(frozen=True, repr=False)
class Region:
    """A part of one image and what is known of it: an object of a widget, a thing that was found.

    Equal and hashed by content; an array to numpy and matplotlib, as its mask is.

    Attributes
    ----------
    mask : Mask
        Which pixels belong to it, as run lengths.
    label : str
        What it is; empty where nobody has said.
    predicted_iou : float or None
        The model's own estimate of the mask's IoU with what was meant, about 0..1; None where no
        model drew it.
    stability_score : float or None
        IoU of the mask cut at a higher and at a lower logit, 0..1, NaN where both are empty; None
        where no model drew it.
    prompts : tuple of Point, Box and MaskPrompt
        What the model was asked with, in order, in image pixels, pixel centres at .5.
    crop : tuple of int or None
        x0, y0, x1, y1, half open, in image pixels: the part of the image that the model saw, where
        that was said.
    id : str
        Of an object of a widget: its id in ``w.document``. Else empty.
    locked : bool
        Of an object of a widget: whether it is accepted. Else False.
    corrections : tuple of Brush, CleanUp and Combine
        Of an object of a widget: what was done to the mask by hand, in order. Predicted IoU and
        stability are of the mask before it.
    parent : str
        Of an object of a widget: the id of the one that it is a part of. Else empty.
    protected : bool
        Of an object of a widget: whether it is locked against change (``w.lock``).
    made : Made or None
        How it came to be: by which model, in how many seconds and clicks; None where nobody said.
    """

    mask: Mask
    label: str = ""
    predicted_iou: float | None = None
    stability_score: float | None = None
    prompts: tuple[Prompt, ...] = ()
    crop: tuple[int, int, int, int] | None = None
    id: str = ""
    locked: bool = False
    corrections: tuple[Correction, ...] = ()
    made: Made | None = None
    parent: str = ""
    protected: bool = False

    def array(self) -> NDArray[np.bool_]:
        """Return the mask as a new (H, W) bool array, True on the region."""
        return self.mask.to_array()

    def window(self, x0: int, y0: int, x1: int, y1: int) -> NDArray[np.bool_]:
        """Return a window of the mask alone, (y1 - y0, x1 - x0) bool, as ``Mask.window`` does."""
        return self.mask.window(x0, y0, x1, y1)

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) of the image, in pixels."""
        return self.mask.size

    @property
    def box(self) -> tuple[int, int, int, int]:
        """x0, y0, x1, y1 of the mask in image pixels, half open; zeros when it is empty."""
        return self.mask.box

    @property
    def area(self) -> int:
        """Pixels in the mask."""
        return self.mask.area

    def polygons(self, detail: Detail = "exact") -> tuple[Polygon, ...]:
        """Return the mask's outlines as polygons with holes.

        Parameters
        ----------
        detail : "exact" or float
            "exact": rasterised, they are the mask again, to the pixel. A number: fewer corners,
            none farther from the exact outline than so many pixels; no piece and no hole goes.
            What a file loses by it, ``write_annotations`` returns.

        Returns
        -------
        tuple of tuple of ndarray
            One polygon for each piece, from top to bottom; pixels that touch at a corner alone are
            of different pieces. A polygon is its outer ring, then its holes. A ring is (N, 2)
            int64: x and y of the pixels' corners at which it turns, in image pixels (the first
            pixel reaches from 0, 0 to 1, 1). The last corner is joined to the first; none comes
            twice. On the screen outer rings go clockwise and holes counter-clockwise.

        Raises
        ------
        SamError
            ``detail`` is neither, or a number without shapely (``sam_widget[formats]``).
        """
        exact = polygons(self.mask)
        return exact if detail == "exact" else simplified(exact, detail)

    @property
    def __geo_interface__(self) -> dict[str, Any]:
        """Its exact outlines as a GeoJSON geometry in image pixels, for shapely and geopandas.

        A MultiPolygon of closed rings; shoelace sums are positive for outer rings, with y as it is.
        """
        rings = (tuple(map(_closed, polygon)) for polygon in self.polygons())
        return {"type": "MultiPolygon", "coordinates": tuple(rings)}

    def __array__(
        self, dtype: DTypeLike | None = None, copy: bool | None = None
    ) -> NDArray[np.generic]:
        """Decode for ``np.asarray(region)``, as a Mask does."""
        return self.mask.__array__(dtype, copy)

    def __repr__(self) -> str:
        said = [f"{self.area} px in {self.box}"]
        if self.predicted_iou is not None:
            said.append(f"predicted IoU {self.predicted_iou:.2f}")
        if self.stability_score is not None:
            said.append(f"stability {self.stability_score:.2f}")
        if self.id:
            said.append("accepted" if self.locked else "open")
        name = f" {self.label!r}" if self.label else ""
        return f"<Region{name}: {', '.join(said)}>"

    def _repr_png_(self) -> bytes:
        return picture_of(self.mask)

    score = _renamed("score", "predicted_iou")
    stability = _renamed("stability", "stability_score")
    runs = _renamed("runs", "mask")

    @property
    def point(self) -> tuple[float, float]:
        """Of what `find_everything` found: x and y of its one point. Goes with the next release."""
        said = "Region.point is (prompts[0].x, prompts[0].y) now; it goes with the next release."
        warnings.warn(said, DeprecationWarning, stacklevel=2)
        first: Any = self.prompts[0]
        return first.x, first.y


def _closed(ring: Ring) -> tuple[tuple[int, int], ...]:
    places = [(x, y) for x, y in ring.tolist()]
    return (*places, places[0])


def formerly(module: str, old: str, asked: str) -> type[Region]:
    """Return Region for a name that a module had for it; AttributeError of any other name."""
    if asked != old:
        raise AttributeError(f"module {module!r} has no attribute {asked!r}")
    said = f"{old} is sam_widget.Region now; the old name goes with the next release."
    warnings.warn(said, DeprecationWarning, stacklevel=3)
    return Region

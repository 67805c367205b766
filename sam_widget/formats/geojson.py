"""GeoJSON: a FeatureCollection for each image, in its pixels or on the ground. Reprojects nothing.

As RFC 7946 has it, but for the coordinates: they are the image's pixels, or what an affine
transform makes of them. Which, stands under ``sam_widget`` in the collection; what is known of a
region stands in its feature's properties.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

import numpy as np

from sam_widget.errors import SamError, shown
from sam_widget.fills import filled
from sam_widget.paths import as_path
from sam_widget.regions import Region

from .annotated import Annotated, covering
from .errors import DataError
from .files import read_json, write_json
from .folders import found, named, placed
from .loss import Loss
from .provenance import BLOCK, everything, heard
from .records import size_of, text_in

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from sam_widget.outlines import Polygon
    from sam_widget.regions import Detail

    Transform = Sequence[float]  # a, b, c, d, e, f: x' = a x + b y + c, y' = d x + e y + f

WANTED = "GeoJSON, a FeatureCollection"
SUFFIX = ".geojson"
PIXELS = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)
FARTHEST = 1e7  # px from the image


def write(
    images: Iterable[Annotated],
    path: str | os.PathLike[str],
    *,
    detail: Detail = "exact",
    transform: Transform | Mapping[str, Transform] = PIXELS,
    crs: str = "",
) -> Loss:
    """Write one FeatureCollection for each image, below a folder, under the image's own name.

    Parameters
    ----------
    images : iterable of Annotated
        Coordinates are of the picture as ``read_image`` gives it, turned as its EXIF says.
    path : str or path
        The folder; "mugs/a.jpg" goes to "mugs/a.geojson" in it.
    detail : "exact" or float
        As ``Region.polygons`` takes it, in pixels. Holes are kept.
    transform : sequence of float, or mapping of them by image's name
        The affine transform from pixels (the first reaches from 0, 0 to 1, 1) to the coordinates
        that are written: ``rasterio.open(...).transform`` or its first six numbers, a, b, c, d, e,
        f: x' = a x + b y + c, y' = d x + e y + f. (GDAL's own order is c, a, b, f, d, e.)
    crs : str
        Of these coordinates, such as "EPSG:32652": it is written as GDAL does. RFC 7946 knows
        longitude and latitude alone, and needs no name for them.

    Returns
    -------
    Loss
        With a pixel inside when its centre is.
    """
    kind, losses = "GeoJSON" + ("" if detail == "exact" else f", {detail} px"), list[Loss]()
    for each, file in placed(images, as_path(path), SUFFIX):
        own = transform.get(each.name, PIXELS) if isinstance(transform, Mapping) else transform
        matrix = _matrix(own, "transform")
        outlines = [region.polygons(detail) for region in each.regions]
        features = [
            _feature(region, polygons, matrix)
            for region, polygons in zip(each.regions, outlines, strict=True)
        ]
        value = {
            "type": "FeatureCollection",
            **({"crs": {"type": "name", "properties": {"name": crs}}} if crs else {}),
            "features": features,
            BLOCK: {
                "image": PurePosixPath(each.name).name,
                "width": each.size[0],
                "height": each.size[1],
                "transform": matrix[:2].ravel().tolist(),
            },
        }
        write_json(file, value)
        losses.append(Loss.of(kind, each, [filled(some, each.size) for some in outlines]))
    return Loss.joined(kind, losses)


def feature(
    region: Region, *, detail: Detail = "exact", transform: Transform = PIXELS
) -> dict[str, Any]:
    """Return one region as a GeoJSON Feature, on the ground where a transform leads there.

    ``geopandas.GeoDataFrame.from_features([feature(each, transform=...) for each in w.objects])``.

    Parameters
    ----------
    region : Region
    detail, transform
        As ``write`` takes them.

    Returns
    -------
    dict
        Its geometry a Polygon or MultiPolygon, outer rings counter-clockwise (RFC 7946, 3.1.6),
        its properties "label", "area" in pixels, and what else is known of it.
    """
    return _feature(region, region.polygons(detail), _matrix(transform, "transform"))


def _feature(
    region: Region, polygons: Sequence[Polygon], matrix: NDArray[np.float64]
) -> dict[str, Any]:
    turned = np.linalg.det(matrix) < 0  # outer rings go counter-clockwise, whichever way y goes
    coordinates = [
        [_written(ring[::-1] if turned else ring, matrix) for ring in polygon]
        for polygon in polygons
    ]
    one = len(coordinates) == 1
    geometry = {
        "type": "Polygon" if one else "MultiPolygon",
        "coordinates": coordinates[0] if one else coordinates,
    }
    known = everything(region)
    said = {"label": region.label, "area": region.area} | ({BLOCK: known} if known else {})
    return {"type": "Feature", "geometry": geometry, "properties": said}


def read(
    path: str | os.PathLike[str],
    *,
    size: tuple[int, int] | None = None,
    transform: Transform | None = None,
) -> Iterator[Annotated]:
    """Yield what a file says, or each ``.geojson`` in a folder and the folders below it.

    Polygons and MultiPolygons are regions, a pixel in them when its centre is; "label", else "name"
    or "class", of the properties is its label. Other geometries have no area: they are left out,
    with a warning.

    Parameters
    ----------
    path : str or path
    size : tuple of int, optional
        (width, height) of the image in pixels; by default as ``write`` noted it in the file.
    transform : sequence of float, optional
        From pixels to the file's coordinates, as ``write`` takes it; by default as noted, else
        none: they are pixels.

    Raises
    ------
    DataError
        There is no such file, or one contradicts itself, or does not say the image's size.
    """
    for file, below in found(as_path(path), SUFFIX, ".json"):
        value = read_json(file, WANTED)
        features = value.get("features") if isinstance(value, dict) else None
        if not isinstance(features, list):
            raise DataError(f"{file} is not {WANTED}: it has no list of features.")
        noted = value.get(BLOCK)
        noted = noted if isinstance(noted, dict) else {}
        whole = size or size_of(noted)
        if whole is None:
            raise DataError(f"{file} does not say its image's size: give size=(width, height).")
        matrix = _matrix(transform or noted.get("transform", PIXELS), f"{file}: transform")
        regions = [
            _region(each, whole, matrix, f"{file}, feature {number}")
            for number, each in enumerate(features)
        ]
        if left_out := regions.count(None):
            said = f"{file}: {left_out} features that are no polygons are left out."
            warnings.warn(said, stacklevel=2)
        drawn = (
            (region, bool(each["geometry"]["coordinates"]))
            for each, region in zip(features, regions, strict=True)
            if region is not None
        )
        there = covering(drawn, str(file))
        yield Annotated(named(noted.get("image"), file, below), whole, there)


def _written(ring: Any, matrix: NDArray[np.float64]) -> list[list[float]]:
    closed = np.concatenate([ring, ring[:1]])
    if (matrix == _matrix(PIXELS, "")).all():
        return list(closed.tolist())
    return list((closed @ matrix[:2, :2].T + matrix[:2, 2]).tolist())


def _region(
    feature: Any, size: tuple[int, int], matrix: NDArray[np.float64], where: str
) -> Region | None:
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    if not isinstance(geometry, dict):
        return None
    coordinates, kind = geometry.get("coordinates"), text_in(geometry, "type")
    if kind not in {"Polygon", "MultiPolygon"}:
        return None
    polygons: Any = [coordinates] if kind == "Polygon" else coordinates
    try:
        rings = [[_pixels(ring, matrix) for ring in polygon] for polygon in polygons]
        mask = filled(rings, size)
    except SamError as error:
        raise DataError(f"{where}: {error}") from error
    except (TypeError, ValueError, OverflowError):
        raise DataError(f"{where}: a ring is a list of x and y, which this is not.") from None
    properties = feature.get("properties")
    properties = properties if isinstance(properties, dict) else {}
    label = next((text_in(properties, key) for key in ("label", "name", "class") if
                  text_in(properties, key)), "")  # fmt: skip
    return Region(mask, **({"label": label} | heard(properties.get(BLOCK), where)))


def _pixels(ring: Any, matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    there = np.array([(float(x), float(y)) for x, y, *_ in ring]).reshape(-1, 2)
    if not np.isfinite(there).all():
        raise DataError("a ring holds a number that is not a finite one.")
    back = np.linalg.inv(matrix)
    with np.errstate(over="ignore", invalid="ignore"):  # said below: far outside
        pixels: NDArray[np.float64] = there @ back[:2, :2].T + back[:2, 2]
    if not (np.abs(pixels) < FARTHEST).all():
        raise DataError("a ring lies far outside of its image.")
    return pixels


def _matrix(transform: Any, where: str) -> NDArray[np.float64]:
    """Return an affine transform as a 3 x 3 matrix that can be turned round; else DataError."""
    try:
        numbers = [float(each) for each in transform][:6]
    except (TypeError, ValueError, OverflowError):
        numbers = []
    if len(numbers) != 6 or not all(map(math.isfinite, numbers)):
        raise DataError(f"{where} is six numbers, a, b, c, d, e, f, not {shown(transform)}.")
    matrix = np.array([*numbers, 0, 0, 1], np.float64).reshape(3, 3)
    if abs(np.linalg.det(matrix)) < 1e-30:
        raise DataError(f"{where} leads to a line, not to a plane: {shown(numbers)}.")
    return matrix

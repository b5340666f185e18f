"""The coastline of clipped land: the polygons' edges without those the clipping made."""

import numpy as np
import numpy.typing as npt
import shapely

Geometries = npt.NDArray[np.object_]


def clipped_land(
    world: shapely.Geometry, area_deg: tuple[float, float, float, float]
) -> Geometries:
    """Return the polygons of the world's land inside west, south, east, north, made valid."""
    west, south, east, north = area_deg
    polygons = shapely.get_parts(world)
    bounds = shapely.bounds(polygons)
    near = (
        (bounds[:, 0] <= east)
        & (bounds[:, 2] >= west)
        & (bounds[:, 1] <= north)
        & (bounds[:, 3] >= south)
    )
    # Valid before the cut, since clipping trusts its input, and again after it.
    clipped = shapely.clip_by_rect(shapely.make_valid(polygons[near]), *area_deg)
    parts = shapely.get_parts(shapely.get_parts(shapely.make_valid(clipped)))
    is_polygon = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    return np.asarray(parts[is_polygon & ~shapely.is_empty(parts)], dtype=np.object_)


def coastline_of(
    polygon: shapely.Geometry, area_deg: tuple[float, float, float, float]
) -> Geometries:
    """Return the polygon's edges as lines, without the edges along the area's sides.

    A ring that meets no side stays one closed line.
    """
    lines: list[shapely.Geometry] = []
    for ring in shapely.get_rings(polygon):
        lon_lat_deg = shapely.get_coordinates(ring)
        lines += [shapely.LineString(run) for run in _runs(lon_lat_deg, area_deg)]
    return np.array(lines, dtype=np.object_)


def split_by_area(
    line: shapely.Geometry, areas: list[tuple[str, shapely.Geometry]]
) -> list[tuple[str, shapely.Geometry]]:
    """Return the pieces of a line with the code of the area each lies in."""
    pieces: list[tuple[str, shapely.Geometry]] = []
    for code, area in areas:
        inside = shapely.line_merge(shapely.intersection(line, area))
        pieces += [
            (code, part)
            for part in shapely.get_parts(inside)
            if shapely.get_type_id(part) == shapely.GeometryType.LINESTRING
        ]
    return pieces


def _runs(
    lon_lat_deg: npt.NDArray[np.float64], area_deg: tuple[float, float, float, float]
) -> list[npt.NDArray[np.float64]]:
    """Return the runs of a closed ring's vertices between the edges along the area's sides."""
    west, south, east, north = area_deg
    lon_deg, lat_deg = lon_lat_deg[:, 0], lon_lat_deg[:, 1]
    on_side = np.zeros(len(lon_lat_deg) - 1, dtype=bool)
    for at_side in (lon_deg == west, lon_deg == east, lat_deg == south, lat_deg == north):
        on_side |= at_side[:-1] & at_side[1:]
    if not on_side.any():
        return [lon_lat_deg]
    # Start the ring at an edge that is left out, so that no run goes over its end.
    first = int(np.flatnonzero(on_side)[0])
    is_coast = ~np.roll(on_side, -first)
    ring = np.roll(lon_lat_deg[:-1], -first, axis=0)
    ring = np.vstack([ring, ring[:1]])
    change = np.diff(np.concatenate([[False], is_coast, [False]]).astype(np.int8))
    starts, ends = np.flatnonzero(change == 1), np.flatnonzero(change == -1)
    return [ring[start : end + 1] for start, end in zip(starts, ends, strict=True)]

"""Whose waters, worked out a second time with nothing of the program's own but its data.

The coast is measured in transverse Mercator strips of a degree, in which no distance of 12 NM is
out by more than a metre; the boundary and its perpendiculars are drawn by shapely in EPSG:3395.
"""

import csv
import io
from dataclasses import dataclass
from typing import Final

import geopandas
import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Transformer

from channelplot.resources import read_text, resource_path

TWELVE_NM_M: Final = 12 * 1852.0
_FAR_M: Final = 3.0e6
_STRIP_DEG: Final = 1.0
_REACH_DEG: Final = 0.6
_REACH_M: Final = 24_000.0
_NOWHERE_M: Final = 1.0e6
"""For a state with no coast within reach of a strip."""

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Independent:
    """Answers about many positions.

    states: a code, "" for none; is_legal; to_line_m: not less than how far each is from the
    nearest line at which the answer changes, in metres (boundary, perpendiculars, the 12 NM from
    a coast, the middle between two states' coasts, the coastline, the borders on land).
    """

    states: npt.NDArray[np.str_]
    is_legal: npt.NDArray[np.bool_]
    to_line_m: Numbers


def independent_answers(lon_lat_deg: Numbers) -> Independent:
    """Return whose waters positions are in, (n, 2) lon, lat."""
    coast = _coast_distances_m(lon_lat_deg)
    names = np.array(sorted(coast))
    distances = np.column_stack([coast[name] for name in names])
    order = np.argsort(distances, axis=1)
    rows = np.arange(len(lon_lat_deg))
    nearest, second = distances[rows, order[:, 0]], distances[rows, order[:, 1]]
    either = np.minimum(coast["GB"], coast["FR"])
    side, to_zone_m = _sides(lon_lat_deg)
    land, to_border_m = _land(lon_lat_deg)
    is_legal = (side != "") & (either <= TWELVE_NM_M)
    by_coast = np.where(nearest <= TWELVE_NM_M, names[order[:, 0]], "")
    states = np.where(is_legal, side, np.where(land != "", land, by_coast))
    to_line_m = np.min(
        np.column_stack(
            (
                to_zone_m,
                np.abs(nearest - TWELVE_NM_M),
                np.abs(either - TWELVE_NM_M),
                (second - nearest) / 2.0,
                nearest,
                to_border_m,
            )
        ),
        axis=1,
    )
    return Independent(states, is_legal, to_line_m)


def _layer(name: str) -> geopandas.GeoDataFrame:
    return geopandas.read_file(resource_path("basemap/basemap.gpkg"), layer=name)


def _coast_distances_m(lon_lat_deg: Numbers) -> dict[str, Numbers]:
    """Return the distance of each position to each state's coast, ``_NOWHERE_M`` beyond reach."""
    coastline = _layer("coastline")
    found = {state: np.full(len(lon_lat_deg), _NOWHERE_M) for state in coastline["state"].unique()}
    for west in np.arange(-7.0, 4.5, _STRIP_DEG):
        rows = np.flatnonzero((lon_lat_deg[:, 0] >= west) & (lon_lat_deg[:, 0] < west + _STRIP_DEG))
        middle = west + _STRIP_DEG / 2
        to_strip = Transformer.from_crs(
            4326, f"+proj=tmerc +lon_0={middle} +ellps=WGS84 +units=m", always_xy=True
        )
        points = shapely.points(*to_strip.transform(*lon_lat_deg[rows].T))
        box = (west - _REACH_DEG, 47.0, west + _STRIP_DEG + _REACH_DEG, 53.0)
        near = coastline.clip_by_rect(*box)
        for state in found:
            lines = shapely.get_parts(near[(coastline["state"] == state).to_numpy()].to_numpy())
            ends_deg = _segments(lines[~shapely.is_empty(lines)])
            if len(ends_deg) == 0:
                continue
            x_m, y_m = to_strip.transform(ends_deg[..., 0], ends_deg[..., 1])
            pieces = np.asarray(shapely.linestrings(np.stack((x_m, y_m), axis=-1)), dtype=object)
            (asked, _), distances = shapely.STRtree(pieces).query_nearest(
                points, max_distance=_REACH_M, return_distance=True, all_matches=False
            )
            found[state][rows[asked]] = distances
    return found


def _segments(lines: npt.NDArray[np.object_]) -> Numbers:
    """Return every two neighbouring vertices of lines: (k, 2, 2)."""
    x_y, of_line = shapely.get_coordinates(lines, return_index=True)
    pairs = np.stack((x_y[:-1], x_y[1:]), axis=1)
    segments: Numbers = pairs[of_line[:-1] == of_line[1:]]
    return segments


def _sides(lon_lat_deg: Numbers) -> tuple[npt.NDArray[np.str_], Numbers]:
    """Return the side of the 1988 line between the perpendiculars, "" past them.

    And how far each position is from the line and the perpendiculars, in metres on the ground.
    """
    to_chart = Transformer.from_crs(4326, 3395, always_xy=True)
    rows = list(csv.DictReader(io.StringIO(read_text("basemap/boundary_1988.csv"))))
    corners = np.column_stack(
        to_chart.transform(
            [float(r["lon_wgs84"]) for r in rows], [float(r["lat_wgs84"]) for r in rows]
        )
    )
    ends = corners[[0, -1]] + (corners[[0, -1]] - corners[[1, -2]]) * 1e-5
    line = shapely.LineString(np.vstack((ends[:1], corners[1:-1], ends[1:])))
    zone = shapely.intersection(
        _half_plane(corners[0], corners[1] - corners[0]),
        _half_plane(corners[-1], corners[-2] - corners[-1]),
    )
    rings = shapely.polygonize([shapely.unary_union([shapely.boundary(zone), line])])
    parts = np.atleast_1d(shapely.get_parts(rings))
    assert len(parts) == 2
    dover = shapely.Point(*to_chart.transform(1.33, 51.10))
    british = parts[shapely.contains(parts, dover)][0]
    french = parts[~shapely.contains(parts, dover)][0]
    x_y = np.column_stack(to_chart.transform(*lon_lat_deg.T))
    points = shapely.points(x_y)
    sides = np.where(
        shapely.contains_xy(british, *x_y.T),
        "GB",
        np.where(shapely.contains_xy(french, *x_y.T), "FR", ""),
    )
    on_ground = np.cos(np.radians(lon_lat_deg[:, 1])) * 0.995
    edges = shapely.unary_union([shapely.boundary(zone), line])
    return sides, shapely.distance(points, edges) * on_ground


def _half_plane(corner: Numbers, inward: Numbers) -> shapely.Polygon:
    """Return a square on one side of the perpendicular to a direction at a corner."""
    along = inward / np.hypot(*inward) * _FAR_M
    across = np.array([-along[1], along[0]])
    return shapely.Polygon(
        [corner + across, corner - across, corner - across + along, corner + across + along]
    )


def _land(lon_lat_deg: Numbers) -> tuple[npt.NDArray[np.str_], Numbers]:
    """Return whose land positions are on, "" at sea; on land, how far a border is in metres."""
    points = np.asarray(shapely.points(lon_lat_deg), dtype=object)
    # The land asks for the points: GEOS prepares what asks, and the continent has many vertices.
    _, found = shapely.STRtree(points).query(_layer("land").geometry.to_numpy(), "intersects")
    asked = np.unique(found)
    states = np.full(len(points), "", dtype="U2")
    areas = _layer("states")
    for state, area in zip(areas["state"], areas.geometry, strict=True):
        shapely.prepare(area)
        inside = asked[shapely.intersects_xy(area, *lon_lat_deg[asked].T)]
        states[inside[states[inside] == ""]] = state
    borders_deg = shapely.unary_union([shapely.boundary(a) for a in areas.geometry])
    to_border_m = np.full(len(points), np.inf)
    to_border_m[asked] = shapely.distance(points[asked], borders_deg) * 60_000.0
    return states, to_border_m

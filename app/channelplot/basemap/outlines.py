"""The outlines of the land: what of them is coast, and how they are thinned.

Land and coastline of one scale must lie on one another, so both come from the same thinned
outlines, and all outlines are thinned together, so that none crosses another or loses
its area. Thinning polygon by polygon without regard to crossings is quicker, but GEOS then
mends them with a buffer of nothing, and that lost peninsulas of several kilometres.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import shapely

from channelplot.basemap.projected import projected
from channelplot.basemap.read import Geometries
from channelplot.geodesy.bounds import Bounds

Numbers = npt.NDArray[np.float64]
Indices = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Outlines:
    """The rings of land polygons in chart metres, cut where they meet the chart's edge.

    pieces: LineStrings, in the order they follow one another along a ring; a ring that
    meets no edge is one closed piece. ring_of_piece, polygon_of_ring: indices, never
    falling; a polygon's first ring is its shell. is_coast: False for a piece that runs
    along the edge of the chart, where land goes on. ring_sides_m: the longer side of
    each ring's extent.
    """

    pieces: Geometries
    ring_of_piece: Indices
    is_coast: Flags
    polygon_of_ring: Indices
    ring_sides_m: Numbers

    def coast(self) -> Geometries:
        """Return the coastline with every vertex: LineStrings."""
        return np.asarray(self.pieces[self.is_coast], dtype=np.object_)

    def thinned(self, tolerance_m: float, smallest_m: float) -> tuple[Geometries, Geometries]:
        """Return land (valid Polygons) and coast (LineStrings) with fewer vertices.

        No vertex of the full coast is further than tolerance_m from the thinned one, but
        those of rings smaller than smallest_m in both directions, which are left out. The
        coast is the edge of the land. Both in chart metres.
        """
        is_kept = (self.ring_sides_m >= smallest_m)[self.ring_of_piece]
        together = shapely.multilinestrings(self.pieces[is_kept])
        thinned = shapely.simplify(together, tolerance_m, preserve_topology=True)
        pieces = np.asarray(shapely.get_parts(thinned), dtype=np.object_)
        land = _polygons(pieces, self.ring_of_piece[is_kept], self.polygon_of_ring)
        return land, np.asarray(pieces[self.is_coast[is_kept]], dtype=np.object_)


def outlines_of(land: Geometries, area: Bounds) -> Outlines:
    """Return the outlines of land polygons, in lon, lat degrees, that lie in an area."""
    rings, polygon_of_ring = shapely.get_rings(land, return_index=True)
    lon_lat_deg, ring_of_vertex = shapely.get_coordinates(rings, return_index=True)
    sides = _sides(lon_lat_deg, area)
    meets_edge = np.zeros(len(rings), dtype=np.bool_)
    meets_edge[ring_of_vertex[sides > 0]] = True

    is_whole = ~meets_edge[ring_of_vertex]
    whole = shapely.linestrings(lon_lat_deg[is_whole], indices=_numbered(ring_of_vertex[is_whole]))
    pieces = list(np.asarray(whole, dtype=np.object_))
    ring_of_piece = np.flatnonzero(~meets_edge).tolist()
    is_coast = [True] * len(pieces)
    for ring in np.flatnonzero(meets_edge).tolist():
        here = ring_of_vertex == ring
        for piece_deg, is_coast_piece in _cut_at_edge(lon_lat_deg[here], sides[here]):
            pieces.append(shapely.LineString(piece_deg))
            ring_of_piece.append(ring)
            is_coast.append(is_coast_piece)

    order = np.argsort(ring_of_piece, kind="stable")
    west_m, south_m, east_m, north_m = shapely.bounds(projected(rings)).T
    return Outlines(
        pieces=projected(np.array(pieces, dtype=np.object_)[order]),
        ring_of_piece=np.array(ring_of_piece, dtype=np.intp)[order],
        is_coast=np.array(is_coast, dtype=np.bool_)[order],
        polygon_of_ring=polygon_of_ring,
        ring_sides_m=np.maximum(east_m - west_m, north_m - south_m),
    )


def _sides(lon_lat_deg: Numbers, area: Bounds) -> Indices:
    """Return for each vertex the sides of the area it lies on: a bit for each, 0 for none."""
    lon_deg, lat_deg = lon_lat_deg[:, 0], lon_lat_deg[:, 1]
    limits = (
        lon_deg == area.west_deg,
        lon_deg == area.east_deg,
        lat_deg == area.south_deg,
        lat_deg == area.north_deg,
    )
    return np.asarray(np.array([1, 2, 4, 8], dtype=np.intp) @ np.array(limits), dtype=np.intp)


def _cut_at_edge(lon_lat_deg: Numbers, sides: Indices) -> Iterator[tuple[Numbers, bool]]:
    """Yield a closed ring's pieces between the vertices on an edge, and whether each is coast."""
    first = int(np.flatnonzero(sides)[0])
    ring = np.roll(lon_lat_deg[:-1], -first, axis=0)
    ring_sides = np.roll(sides[:-1], -first)
    cuts = [*np.flatnonzero(ring_sides).tolist(), len(ring)]
    ring, ring_sides = np.vstack([ring, ring[:1]]), np.append(ring_sides, ring_sides[0])
    for start, end in pairwise(cuts):
        runs_along = end - start == 1 and bool(ring_sides[start] & ring_sides[end])
        yield ring[start : end + 1], not runs_along


def _polygons(pieces: Geometries, ring_of_piece: Indices, polygon_of_ring: Indices) -> Geometries:
    """Return the polygons whose rings follow the pieces."""
    x_y_m, piece_of_vertex = shapely.get_coordinates(pieces, return_index=True)
    rings = shapely.linearrings(x_y_m, indices=_numbered(ring_of_piece[piece_of_vertex]))
    polygon_of_kept_ring = polygon_of_ring[np.unique(ring_of_piece)]
    polygons = shapely.polygons(
        np.asarray(rings, dtype=np.object_), indices=_numbered(polygon_of_kept_ring)
    )
    return np.asarray(polygons, dtype=np.object_)


def _numbered(groups: Indices) -> Indices:
    """Return rising group numbers as 0, 1, 2, ... without the gaps."""
    return np.asarray(np.cumsum(np.diff(groups, prepend=groups[:1]) != 0), dtype=np.intp)

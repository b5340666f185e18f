"""Basemap geometries in chart metres (EPSG:3395), and long lines in short pieces."""

from itertools import pairwise

import numpy as np
import shapely

from channelplot.basemap.read import Geometries
from channelplot.geodesy.projection import to_chart_m


def projected(geometries: Geometries) -> Geometries:
    """Return the geometries, given in lon, lat degrees, in chart metres."""
    return np.asarray(shapely.transform(geometries, to_chart_m), dtype=np.object_)


def in_pieces(lines: Geometries, most_vertices: int) -> Geometries:
    """Return the lines cut into pieces of so many vertices at most, 2 or more.

    The pieces of a line follow one another and share the vertex they meet at; together
    they are the line. Lines that are short enough are returned as they are.
    """
    pieces: list[shapely.LineString] = []
    is_long = shapely.get_num_coordinates(lines) > most_vertices
    for line, long in zip(lines, is_long, strict=True):
        if not long:
            pieces.append(line)
            continue
        x_y_m = shapely.get_coordinates(line)
        cuts = [*range(0, len(x_y_m) - 1, most_vertices - 1), len(x_y_m) - 1]
        pieces += [shapely.LineString(x_y_m[start : end + 1]) for start, end in pairwise(cuts)]
    return np.array(pieces, dtype=np.object_)

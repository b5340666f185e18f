"""Edges that several shapes share, each kept once: two dashed lines on one another look unbroken.

No Qt.
"""

from typing import Final

import numpy as np
import shapely

from channelplot.chart.reference import Geometries

NEAR_M: Final = 80.0
"""Chart metres, 50 on the ground: what one publisher draws twice is often some metres apart."""
MOST_VERTICES: Final = 250_000
"""Of pairs of shapes whose boxes meet, all together: under a second, once for a file. The limits
that Shom publishes have half of it."""
_SHORTEST: Final = 4.0
"""Times what is near: what is left of a line where two of them part is no line."""


def edges_once(
    lines: Geometries, areas: Geometries | None = None, near_m: float = NEAR_M
) -> Geometries:
    """Return what of each line (n,) is not near an earlier one, nor near any of the areas.

    lines, areas: in chart metres; near_m: chart metres. The result has a geometry for each line,
    empty where nothing is left. Where too many lie on one another all lines are returned whole.
    """
    areas = np.empty(0, dtype=np.object_) if areas is None else areas
    near_areas, near_lines = neighbours(lines, areas, near_m), neighbours(lines, lines, near_m)
    if near_areas is None or near_lines is None:
        return lines
    grown_areas = shapely.buffer(areas, near_m, quad_segs=2)
    taken: list[shapely.Geometry] = []
    left = np.empty(len(lines), dtype=np.object_)
    for number, line in enumerate(lines):
        near = [grown_areas[other] for other in near_areas[number]]
        near += [taken[other] for other in near_lines[number] if other < number]
        rest = line
        if near:
            rest = _without_crumbs(shapely.difference(line, shapely.union_all(near)), near_m)
        left[number] = rest
        taken.append(shapely.buffer(rest, near_m, quad_segs=2))
    return left


def neighbours(
    shapes: Geometries, others: Geometries, near_m: float = NEAR_M
) -> list[list[int]] | None:
    """Return for each shape the numbers of the others that come as near as that.

    None where so many do that cutting them apart would take longer than a moment.
    """
    vertices, other_vertices = map(shapely.get_num_coordinates, (shapes, others))
    tree = shapely.STRtree(others)
    boxes = shapely.box(*(shapely.bounds(shapes) + near_m * np.array((-1.0, -1.0, 1.0, 1.0))).T)
    pairs = tree.query(boxes)
    if int((vertices[pairs[0]] + other_vertices[pairs[1]]).sum()) > MOST_VERTICES:
        return None
    found: list[list[int]] = [[] for _ in shapes]
    is_near = shapely.dwithin(shapes[pairs[0]], others[pairs[1]], near_m)
    for shape, other in pairs[:, is_near].T.tolist():
        found[shape].append(other)
    return found


def _without_crumbs(line: shapely.Geometry, near_m: float) -> shapely.Geometry:
    parts = shapely.get_parts(merged(shapely.get_parts(line)))
    return shapely.MultiLineString(list(parts[shapely.length(parts) >= _SHORTEST * near_m]))


def merged(lines: Geometries) -> shapely.Geometry:
    """Return LineStrings as one geometry, those that follow one another joined, none empty."""
    kept = lines[(shapely.get_dimensions(lines) == 1) & ~shapely.is_empty(lines)]
    together = np.array([shapely.MultiLineString(list(kept))], dtype=np.object_)
    joined: shapely.Geometry = np.asarray(shapely.line_merge(together), dtype=np.object_)[0]
    return joined

"""Made-up reference layers in the Strait: a traffic separation scheme, limits, regions, shapes.

None of it is anywhere in the world: the lanes run where it suits the picture.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import shapely

from channelplot.basemap.mbtiles import MbTiles
from channelplot.chart.layers import reference_id
from channelplot.chart.reference import Cell, ReferenceFeatures, features_of
from channelplot.chart.scene import Scene
from channelplot.chart.viewport import Viewport
from channelplot.model.plot import Plot
from channelplot.model.reference_layer import ReferenceLayer, ReferenceSchema, ReferenceStyle
from helpers.charts import a_scene

LANE_DEG = 45.0
"""True course of the north-eastbound lane of the made-up scheme."""


def features(
    shapes: Sequence[shapely.Geometry | None], **columns: Sequence[Cell]
) -> ReferenceFeatures:
    """Return shapes in lon, lat degrees with columns, ready to be drawn."""
    found = np.empty(len(shapes), dtype=np.object_)
    found[:] = list(shapes)
    return features_of(found, {name: tuple(cells) for name, cells in columns.items()})


def strip(
    along_deg: tuple[float, float], off_deg: tuple[float, float], corner: tuple[float, float]
) -> shapely.Polygon:
    """Return a strip that runs north-east from a corner, in steps of degrees of latitude.

    along_deg: from where to where; off_deg: how far to the right of the line through the corner.
    """
    lon_per_lat = 1.58
    (west, south), east_of = corner, lon_per_lat * 0.7071
    points = [(along_deg[0], off_deg[0]), (along_deg[1], off_deg[0]), (along_deg[1], off_deg[1]),
              (along_deg[0], off_deg[1])]  # fmt: skip
    return shapely.Polygon(
        [(west + east_of * (along + off), south + 0.7071 * (along - off)) for along, off in points]
    )


def a_scheme() -> ReferenceFeatures:
    """Return two lanes with a zone between them, an inshore zone, and areas of every other kind."""
    corner = (1.12, 50.84)
    coast = [(1.45, 51.02), (1.452, 51.024), (1.457, 51.025), (1.46, 51.03), (1.468, 51.031)]
    shapes = [
        strip((0.0, 0.28), (0.0, 0.05), corner),
        strip((0.28, 0.5), (0.0, 0.05), corner),
        strip((0.0, 0.5), (0.05, 0.07), corner),
        strip((0.0, 0.5), (0.07, 0.12), corner),
        shapely.Polygon([(1.12, 50.92), (1.3, 51.12), *coast, (1.6, 51.16), (1.2, 50.88)]),
        shapely.Polygon([(1.86, 51.06), (2.0, 51.06), (2.0, 51.14), (1.86, 51.14)]),
        shapely.Point(1.2, 51.17).buffer(0.03),
        strip((0.0, 0.2), (0.17, 0.2), corner),
        strip((0.24, 0.44), (0.17, 0.2), corner),
        shapely.Point(1.95, 50.86),
        shapely.LineString([(1.72, 50.83), (1.9, 50.95)]),
    ]
    kinds = [
        "Traffic Separation Scheme Lanes", "Traffic Separation Scheme Lanes",
        "Traffic Separation Zones", "Traffic Separation Scheme Lanes", "Inshore Traffic Zones",
        "Precautionary Areas", "Areas to be Avoided", "Deep Water Route Part", "Two-way Routes",
        None, "Traffic Separation Lines",
    ]  # fmt: skip
    orient = [225.0, 225.0, 0.0, LANE_DEG, 0.0, 0.0, 0.0, 45.0, 45.0, 300.0, 0.0]
    return features(shapes, feature=kinds, orient=orient, scheme=["Off Nowhere"] * len(shapes))


def some_limits() -> ReferenceFeatures:
    """Return a limit of every kind, one below the other, and one that is published twice."""
    kinds = [
        "agreed_boundary", "indicative_equidistance", "straight_baseline", "territorial_sea_12M",
        "contiguous_24M", "Exclusive Economic Zone", "continental_shelf", "something else",
        "territorial_sea_12M",
    ]  # fmt: skip
    lines = [
        shapely.LineString([(1.1, lat), (1.6, lat - 0.02), (2.1, lat)])
        for lat in (*np.linspace(51.2, 50.85, 8), 51.2)
    ]
    return features(lines, kind=kinds, name=["Made-up limit"] * len(kinds))


def two_regions() -> ReferenceFeatures:
    """Return two regions that meet along a meridian, and an area of another service."""
    shapes = [
        shapely.box(1.0, 50.82, 1.6, 51.2),
        shapely.box(1.6, 50.82, 2.2, 51.2),
        shapely.box(1.75, 50.9, 1.95, 51.0),
    ]
    return features(
        shapes, kind=["SRR", "SRR", "VTS"], name=["RCC Nowhere", "RCC Elsewhere", "VTS Somewhere"]
    )


def plain_shapes() -> ReferenceFeatures:
    """Return an area with a hole, a crooked line, and points; the last row has no shape."""
    hole = [(1.3, 51.05), (1.5, 51.05), (1.5, 51.15), (1.3, 51.15)]
    shapes = [
        shapely.Polygon([(1.15, 50.98), (1.65, 50.98), (1.65, 51.2), (1.15, 51.2)], [hole]),
        shapely.LineString([(1.2, 50.85), (1.4, 50.95), (1.7, 50.86), (2.05, 50.97)]),
        shapely.MultiPoint([(1.75, 51.1), (1.9, 51.15), (2.05, 51.08)]),
        shapely.Point(1.9, 51.03),
        None,
    ]
    return features(shapes, what=["an area", "a line", "points", "a point", "nothing"])


def scene_with(
    loaded: Mapping[ReferenceSchema, ReferenceFeatures | MbTiles],
    viewport: Viewport | None = None,
    style: ReferenceStyle | None = None,
) -> Scene:
    """Return a scene with one reference layer for each schema, whose uid is the schema."""
    plot = Plot()
    for schema in loaded:
        layer = ReferenceLayer(
            uid=str(schema), name=str(schema), path="made-up.gpkg", schema=schema,
            style=style or ReferenceStyle(),
        )  # fmt: skip
        plot = plot.with_reference_layer(layer)
    scene = a_scene(plot, viewport)
    return replace(
        scene,
        references={str(schema): each for schema, each in loaded.items()},
        layering=scene.layering.with_layers([reference_id(str(schema)) for schema in loaded]),
    )

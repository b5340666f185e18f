"""Shapes of a file that no polygon should have: a chart with them is drawn all the same."""

from collections.abc import Mapping, Sequence

import pytest
import shapely
from PySide6.QtGui import QPainter

from channelplot.chart.blank_image import blank_image
from channelplot.chart.cancel import Cancel
from channelplot.chart.reference import Cell, ReferenceFeatures
from channelplot.chart.renderers import reference_layers
from channelplot.chart.routeing import MeasureKind, lane_arrows_m, measures_of
from channelplot.geodesy.bounds import Bounds
from channelplot.model.reference_layer import ReferenceSchema, ReferenceStyle
from helpers.charts import STRAIT, view
from helpers.images import pixels
from helpers.made_up_references import features, scene_with

CROSSING = shapely.Polygon([(1.2, 50.8), (1.6, 51.1), (1.6, 50.8), (1.2, 51.1)])
HOLE_BESIDE = shapely.Polygon(
    shapely.box(1.2, 50.8, 1.6, 51.1).exterior.coords,
    [shapely.box(1.5, 51.0, 1.8, 51.2).exterior.coords],
)
OVER_EACH_OTHER = shapely.MultiPolygon(
    [shapely.box(1.2, 50.8, 1.6, 51.1), shapely.box(1.4, 50.9, 1.8, 51.2)]
)
SHAPES = (
    CROSSING,
    HOLE_BESIDE,
    OVER_EACH_OTHER,
    shapely.Polygon([(1.2, 50.8), (1.6, 50.8), (1.4, 50.8)]),
    shapely.Polygon([(1.2, 50.8)] * 4),
    shapely.GeometryCollection([CROSSING, shapely.LineString([(1.2, 50.8), (1.6, 51.1)])]),
    shapely.GeometryCollection([shapely.GeometryCollection([OVER_EACH_OTHER, HOLE_BESIDE])]),
    shapely.LineString([(1.3, 50.9), (1.3, 50.9)]),
    shapely.LinearRing([(1.3, 50.9)] * 4),
    shapely.Point(),
    None,
)
ROUTEING = (
    "Traffic Separation Scheme Lanes",
    "Traffic Separation Zones",
    "Inshore Traffic Zones",
    "Precautionary Areas",
    "Two-way Routes",
    "Recommended Tracks",
)
FILES: Mapping[ReferenceSchema, Mapping[str, Sequence[Cell]]] = {
    ReferenceSchema.PLAIN: {"name": ["Wrong"]},
    ReferenceSchema.ROUTEING: {"feature": list(ROUTEING), "orient": [45.0]},
    ReferenceSchema.SEA_LIMITS: {"kind": ["territorial_sea_12M_FR", "straight_baseline_FR"]},
    ReferenceSchema.SAR_REGIONS: {"kind": ["SRR"], "name": ["CROSS Somewhere"]},
}


def file_of(schema: ReferenceSchema) -> ReferenceFeatures:
    """Every shape with every combination of words of a schema that its columns can have."""
    most = max(map(len, FILES[schema].values()))
    columns = {
        name: [cells[number % len(cells)] for number in range(most) for _ in SHAPES]
        for name, cells in FILES[schema].items()
    }
    return features(SHAPES * most, **columns)


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("schema", ReferenceSchema)
@pytest.mark.parametrize("bounds", [STRAIT, Bounds(1.3, 50.85, 1.4, 50.9)])
def test_wrong_shapes_are_drawn_and_named(schema: ReferenceSchema, bounds: Bounds) -> None:
    style = ReferenceStyle(label_column="name")
    scene = scene_with({schema: file_of(schema)}, view(bounds, 600.0, 400.0), style)
    image = blank_image(scene)
    with QPainter(image) as painter:
        reference_layers.renderer_of(f"reference:{schema}")(painter, scene, Cancel())
    list(reference_layers.labels(scene))
    assert bounds is not STRAIT or pixels(image).any()


@pytest.mark.parametrize("shape", [CROSSING, HOLE_BESIDE, OVER_EACH_OTHER])
def test_a_lane_whose_outline_crosses_itself_has_no_arrows(shape: shapely.Geometry) -> None:
    (lane,) = features([shape]).geometries_m
    assert not lane.is_valid
    assert len(lane_arrows_m(lane, 45.0, lane.bounds, 20.0)) == 0


def test_of_a_collection_the_areas_are_the_measure() -> None:
    line = shapely.LineString([(1.2, 50.8), (1.6, 51.1)])
    box = shapely.box(1.2, 50.8, 1.6, 51.1)
    inner = shapely.GeometryCollection([shapely.MultiPolygon([box]), line])
    measures = measures_of(
        features([shapely.GeometryCollection([inner, line])], feature=[ROUTEING[0]], orient=[45.0])
    )
    (lane,) = measures.shapes.geometries_m
    assert lane.geom_type == "MultiPolygon"
    assert lane.bounds == features([box]).geometries_m[0].bounds
    assert measures.kinds == (MeasureKind.LANE,)

"""Routeing measures: what is what, where arrows stand and point, and which edges are drawn."""

import math
import random
from dataclasses import replace

import numpy as np
import pytest
import shapely
from PySide6.QtGui import QPainter

from channelplot.chart.blank_image import blank_image
from channelplot.chart.cancel import Cancel
from channelplot.chart.palette import DAY
from channelplot.chart.reference import ReferenceFeatures
from channelplot.chart.renderers import reference_layers, routeing, routeing_names
from channelplot.chart.renderers.routeing import arrow_outline
from channelplot.chart.renderers.routeing_arrows import Arrow, arrows_of
from channelplot.chart.routeing import (
    ARROW_PX,
    MeasureKind,
    kind_of,
    lane_arrows_m,
    measures_of,
)
from channelplot.chart.scene import Scene
from channelplot.chart.shared_edges import NEAR_M, edges_once, neighbours
from channelplot.chart.viewport import Viewport
from channelplot.geodesy.bounds import Bounds
from channelplot.geodesy.measure import destination
from channelplot.geodesy.position import Position
from channelplot.geodesy.projection import position_from_chart_m, position_to_chart_m
from channelplot.model.reference_layer import ReferenceSchema
from helpers.charts import STRAIT, a_scene, view
from helpers.images import count_of, pixels
from helpers.made_up_references import a_scheme, features, scene_with
from helpers.reference_files import REAL

pytestmark = pytest.mark.usefixtures("qtbot")

REAL_FILE = REAL / "tss.gpkg"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Traffic Separation Scheme Lanes", MeasureKind.LANE),
        ("Traffic Separation Scheme Lane Parts", MeasureKind.LANE),
        ("Traffic Separation Zones", MeasureKind.ZONE),
        ("Traffic Separation Lines", MeasureKind.LINE),
        ("Traffic Separation Scheme Boundaries", MeasureKind.BOUNDARY),
        ("Traffic Separation Scheme Roundabouts", MeasureKind.ROUNDABOUT),
        ("Inshore Traffic Zones", MeasureKind.INSHORE),
        ("Deep Water Route Part", MeasureKind.DEEP_WATER),
        ("Precautionary Areas", MeasureKind.PRECAUTIONARY),
        ("Areas to be Avoided", MeasureKind.AVOID),
        ("Two-way Routes", MeasureKind.TWO_WAY),
        ("Recommended Routes", MeasureKind.RECOMMENDED),
        ("TSSLPT", MeasureKind.LANE),
        ("separation_zone(polygon)", MeasureKind.ZONE),
        ("separation_lane", MeasureKind.LANE),
        ("separation_boundary", MeasureKind.BOUNDARY),
        ("inshore_traffic_zone", MeasureKind.INSHORE),
        ("", MeasureKind.OTHER),
        ("a cable", MeasureKind.OTHER),
    ],
)
def test_measures_are_known_by_their_names(name: str, kind: MeasureKind) -> None:
    assert kind_of(name) is kind


def test_a_point_with_a_direction_is_an_arrow() -> None:
    measures = measures_of(features([shapely.Point(1.5, 51.0)], feature_ty=[None], orient=["312"]))
    assert measures.kinds == (MeasureKind.ARROW,)
    scene = a_scene(viewport=view(STRAIT))
    (arrow,) = arrows_of(measures, 0, scene)
    assert (arrow.x_px, arrow.y_px) == pytest.approx(scene.viewport.pixel_of(Position(1.5, 51.0)))
    assert arrow.bearing_deg == 312.0


@pytest.mark.parametrize("orient", [None, "", "north", 400.0, -1.0])
def test_without_a_direction_there_is_no_arrow(orient: str | float | None) -> None:
    measures = measures_of(
        features([shapely.box(1.2, 50.9, 1.6, 51.0)], feature=["TSSLPT"], orient=[orient])
    )
    assert arrows_of(measures, 0, a_scene(viewport=view(STRAIT))) == []


def drawn_arrow(bearing_deg: float) -> np.ndarray:
    """Return where the ink of one arrow in the middle of a picture is: weights (n, n)."""
    viewport = Viewport(0.0, 0.0, 50.0, 101.0, 101.0)
    scene = replace(a_scene(viewport=viewport), device_pixel_ratio=2.0)
    image = blank_image(scene)
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        routeing._draw_arrows(painter, scene, [Arrow(50.5, 50.5, bearing_deg)], Cancel())
    return pixels(image)[..., 3].astype(np.float64)


@pytest.mark.parametrize("bearing_deg", [0.0, 30.0, 90.0, 135.5, 180.0, 223.0, 270.0, 312.0])
@pytest.mark.parametrize("place", [Position(-5.0, 48.2), Position(1.5, 51.0), Position(3.0, 52.1)])
def test_an_arrow_points_where_a_ship_on_that_course_goes(
    place: Position, bearing_deg: float
) -> None:
    """The ink of the picture against the geodesic: the same angle to half a degree."""
    viewport = Viewport(0.0, 0.0, 50.0, 101.0, 101.0).centred_on(place)
    ahead_x, ahead_y = viewport.pixel_of(destination(place, bearing_deg, 1_000.0))
    here_x, here_y = viewport.pixel_of(place)
    course_deg = math.degrees(math.atan2(ahead_x - here_x, here_y - ahead_y))

    ink = drawn_arrow(bearing_deg)
    rows, columns = np.mgrid[0 : ink.shape[0], 0 : ink.shape[1]] + 0.5
    total = ink.sum()
    east, north = columns - (columns * ink).sum() / total, (rows * ink).sum() / total - rows
    spread = np.cov(np.stack((east.ravel(), north.ravel())), aweights=ink.ravel())
    along = np.linalg.eigh(spread)[1][:, 1]
    # The head is broader than the tail: what lies far off the axis lies ahead.
    on_axis = east * along[0] + north * along[1]
    off_axis = east * along[1] - north * along[0]
    if (ink * on_axis * (np.abs(off_axis) > 3.0 * 2.0)).sum() < 0.0:
        along = -along
    drawn_deg = math.degrees(math.atan2(along[0], along[1]))
    assert (drawn_deg - course_deg + 180.0) % 360.0 - 180.0 == pytest.approx(0.0, abs=0.5)


def test_the_outline_of_an_arrow_points_up() -> None:
    one_way, both = arrow_outline(False), arrow_outline(True)
    assert one_way[one_way[:, 1].argmin()].tolist() == [0.0, -ARROW_PX / 2.0]
    assert one_way[one_way[:, 0].argmax(), 1] < 0.0, "the head is broader than the tail"
    assert sorted(both.tolist()) == sorted((-both).tolist())


def shafts_of(places: np.ndarray, orient_deg: float, m_per_px: float) -> list[shapely.LineString]:
    turn = math.radians(orient_deg)
    along = np.array((math.sin(turn), math.cos(turn))) * ARROW_PX / 2.0 * m_per_px
    return [shapely.LineString((xy - size * along, xy + size * along)) for *xy, size in places]


@pytest.mark.parametrize("seed", range(12))
def test_every_arrow_lies_inside_its_lane(seed: int) -> None:
    """In bent lanes of any shape and at any scale, and none stands on another."""
    lot = random.Random(seed)
    orient_deg = lot.uniform(0.0, 360.0)
    middle = shapely.LineString(
        [(0.0, 0.0), (lot.uniform(-4e3, 4e3), 2e4), (lot.uniform(-8e3, 8e3), 4e4)]
    )
    lane = shapely.affinity.rotate(
        middle.buffer(lot.uniform(1_500.0, 6_000.0), cap_style="flat"), -orient_deg, origin=(0, 0)
    )
    for m_per_px in (400.0, 170.0, 60.0, 11.0):
        places = lane_arrows_m(lane, orient_deg, lane.bounds, m_per_px)
        for shaft in shafts_of(places, orient_deg, m_per_px):
            assert lane.covers(shaft)
        gaps = [math.dist(a, b) for n, a in enumerate(places[:, :2]) for b in places[:n, :2]]
        assert min(gaps, default=math.inf) > ARROW_PX * m_per_px
        if m_per_px < 100.0:
            assert len(places)


def test_arrows_stay_where_they_are_while_the_chart_is_panned() -> None:
    lane = shapely.box(0.0, 0.0, 60_000.0, 8_000.0)
    whole = lane_arrows_m(lane, 90.0, lane.bounds, 20.0)
    part = lane_arrows_m(lane, 90.0, (20_000.0, 0.0, 30_000.0, 8_000.0), 20.0)
    assert 0 < len(part) < len(whole)
    rows = {tuple(row) for row in whole.tolist()}
    assert all(tuple(row) in rows for row in part.tolist())


def test_arrows_keep_their_distance_on_the_screen_at_every_scale() -> None:
    lane = shapely.box(0.0, 0.0, 400_000.0, 9_000.0)
    for m_per_px in (150.0, 100.0, 70.0, 50.0, 20.0):
        places = lane_arrows_m(lane, 90.0, lane.bounds, m_per_px)
        in_a_row = np.unique(np.round(places[:, 0]))
        gaps_px = np.diff(in_a_row) / m_per_px
        assert gaps_px.min() > 95.0
        assert gaps_px.max() < 230.0


def test_a_broad_lane_has_arrows_abreast() -> None:
    lane = shapely.box(0.0, 0.0, 10_000.0, 10_000.0)
    places = lane_arrows_m(lane, 0.0, lane.bounds, 8.0)
    assert len(np.unique(np.round(places[:, 0]))) == 3


def test_a_lane_too_narrow_for_an_arrow_has_none() -> None:
    lane = shapely.box(0.0, 0.0, 100.0, 10_000.0)
    assert len(lane_arrows_m(lane, 0.0, lane.bounds, 50.0)) == 0


def test_lanes_that_are_lines_point_along_them() -> None:
    line = shapely.LineString([(1.2, 50.9), (1.2, 51.1), (1.6, 51.1)])
    measures = measures_of(features([line], type=["separation_lane"]))
    scene = a_scene(viewport=view(STRAIT, 1200.0, 800.0))
    bearings = [arrow.bearing_deg for arrow in arrows_of(measures, 0, scene)]
    assert bearings == pytest.approx([0.0, 90.0], abs=1e-6)


def test_zones_that_are_lines_around_them_become_areas() -> None:
    ring = shapely.box(1.2, 50.9, 1.6, 51.0).exterior
    measures = measures_of(features([ring, ring], type=["separation_zone", "separation_boundary"]))
    assert shapely.get_dimensions(measures.shapes.geometries_m).tolist() == [2, 1]


def edges_of(measures_kind: MeasureKind, file: ReferenceFeatures) -> list[shapely.Geometry]:
    edges = measures_of(file).edges
    return [
        shape
        for shape, kind in zip(edges.geometries_m, edges.column("kind"), strict=True)
        if kind == measures_kind
    ]


def test_no_limit_runs_between_a_lane_and_its_zone_or_across_a_bend() -> None:
    scheme = a_scheme()
    first, second = edges_of(MeasureKind.LANE, scheme)[:2]
    lane, bend, zone = scheme.geometries_m[:3]
    assert shapely.distance(first, shapely.boundary(lane)) < 1e-6
    inner = shapely.intersection(shapely.boundary(lane), shapely.buffer(zone, 1.0))
    joint = shapely.intersection(shapely.boundary(lane), shapely.buffer(bend, 1.0))
    for edge in (first, second):
        assert shapely.intersection(edge, shapely.buffer(inner, 1.0)).length == 0.0
        assert shapely.intersection(edge, shapely.buffer(joint, 1.0)).length == 0.0
    assert shapely.length(first) > 0.4 * shapely.boundary(lane).length


def test_the_coast_is_no_limit_of_an_inshore_zone() -> None:
    scheme = a_scheme()
    (edge,) = edges_of(MeasureKind.INSHORE, scheme)
    coast = shapely.Point(position_to_chart_m(Position(1.457, 51.025)))
    seaward = shapely.Point(position_to_chart_m(Position(1.53, 51.0957)))
    assert shapely.distance(edge, coast) > 500.0
    assert shapely.distance(edge, seaward) < 500.0


def test_an_edge_that_two_share_is_kept_once() -> None:
    left, right = shapely.box(0, 0, 5_000, 5_000), shapely.box(5_000, 0, 10_000, 5_000)
    lines = np.array([left.exterior, right.exterior], dtype=np.object_)
    first, second = edges_once(lines)
    assert first.length == 20_000.0
    assert second.length == pytest.approx(15_000.0 - 2.0 * NEAR_M, abs=1.0)
    assert shapely.intersection(first, second).length == 0.0


def test_nothing_is_left_of_a_line_that_is_there_already() -> None:
    line = shapely.LineString([(0, 0), (9_000, 4_000)])
    _, second = edges_once(np.array([line, line], dtype=np.object_))
    assert second.is_empty


def test_what_would_take_too_long_to_cut_apart_is_left_whole() -> None:
    """A thousand circles on one another, as a file that means harm might have them."""
    circles = [shapely.Point(10.0 * n, 0.0).buffer(5_000.0, quad_segs=25) for n in range(1000)]
    lines = shapely.boundary(np.array(circles, dtype=np.object_))
    assert neighbours(lines, lines) is None
    assert edges_once(lines) is lines
    lanes = features(
        [shapely.Point(1.5 + n / 1e4, 51.0).buffer(0.1, quad_segs=25) for n in range(300)],
        feature=["TSSLPT"] * 300, orient=[90.0] * 300,
    )  # fmt: skip
    assert len(measures_of(lanes).edges) == 300


def test_names_of_schemes_and_words_in_areas_are_labels() -> None:
    scene = scene_with({ReferenceSchema.ROUTEING: a_scheme()}, view(STRAIT, 1200.0, 800.0))
    labels = routeing_names.labels(scene, scene.plot.reference_layers["routeing"], a_scheme())
    texts = {label.line.text for label in labels}
    assert {"Off Nowhere", "Inshore Traffic Zone", "Precautionary Area"} <= texts


def test_far_out_no_name_is_longer_than_what_it_names() -> None:
    far = view(Bounds(-7.0, 48.0, 4.5, 52.2), 600.0, 400.0)
    scene = scene_with({ReferenceSchema.ROUTEING: a_scheme()}, far)
    assert list(reference_layers.labels(scene)) == []


def drawn(scene: Scene) -> np.ndarray:
    image = blank_image(scene)
    with QPainter(image) as painter:
        reference_layers.renderer_of("reference:routeing")(painter, scene, Cancel())
    return pixels(image)


def test_a_layer_that_is_not_loaded_or_was_cancelled_draws_nothing() -> None:
    scene = scene_with({ReferenceSchema.ROUTEING: a_scheme()})
    assert drawn(scene).any()
    assert not drawn(replace(scene, references={})).any()
    cancel = Cancel()
    cancel.cancel()
    image = blank_image(scene)
    with QPainter(image) as painter:
        reference_layers.renderer_of("reference:routeing")(painter, scene, cancel)
    assert not pixels(image).any()
    assert count_of(image, DAY.routeing) == 0


def test_only_reference_layers_have_such_a_renderer() -> None:
    with pytest.raises(ValueError, match="no reference layer"):
        reference_layers.renderer_of("coast")


@pytest.mark.skipif(not REAL_FILE.exists(), reason="the published file is not here")
def test_every_lane_as_published_has_arrows_that_lie_in_it() -> None:
    pyogrio = pytest.importorskip("pyogrio")
    table = pyogrio.read_dataframe(REAL_FILE, layer="ukho_areas")
    columns = {name: tuple(table[name]) for name in ("feature", "scheme", "orient")}
    measures = measures_of(features(list(table.geometry), **columns))
    lanes = measures.rows(MeasureKind.LANE)
    assert len(lanes) == 31
    for row in lanes:
        lane = measures.shapes.geometries_m[row]
        west_m, south_m, east_m, north_m = shapely.bounds(lane)
        m_per_px = max(east_m - west_m, north_m - south_m) / 700.0
        centre = position_from_chart_m((west_m + east_m) / 2.0, (south_m + north_m) / 2.0)
        viewport = Viewport(0.0, 0.0, m_per_px, 800.0, 800.0).centred_on(centre)
        if viewport.centre != centre:
            continue  # north of the chart
        found = arrows_of(measures, int(row), a_scene(viewport=viewport))
        assert found, measures.names[row]
        for arrow in found:
            place = viewport.position_at(arrow.x_px, arrow.y_px)
            assert place is not None
            assert lane.covers(shapely.Point(position_to_chart_m(place)))
            assert arrow.bearing_deg == measures.orient_deg[row]

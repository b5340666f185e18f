"""Error circles on the chart: whose, how large in pixels, and what it takes to draw them."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtGui import QColor

from channelplot.analysis.error_circle import ErrorModel, error_model
from channelplot.chart.cancel import Cancel
from channelplot.chart.error_circles import ErrorCircle, error_circles, outline_px
from channelplot.chart.layers import DEFAULT_LAYERING, Layer
from channelplot.chart.palette import DAY
from channelplot.chart.renderers import error_circles as renderer
from channelplot.chart.renderers.labels import labels_of
from channelplot.chart.scene import Scene
from channelplot.chart.viewport import Viewport
from channelplot.geodesy.measure import destination
from channelplot.geodesy.position import Position
from channelplot.geodesy.units import m_from_nm
from channelplot.model.codes import Craft, ReportKind, SourceKind, TrackStatus
from channelplot.model.plot import Plot
from channelplot.model.track import Track
from helpers.builders import R1, R2, R3, R5, R6, SANGATTE, a_plot, a_report, a_track, at
from helpers.charts import view_around
from helpers.images import drawn_by

MODEL: ErrorModel = error_model(lambda setting: setting.default)


def boats() -> dict[str, Track]:
    """A with three positions, B closed, C with a last report that has no position, a cutter."""
    return {
        "A": a_track(
            "A",
            [
                a_report("0130", uid="launch", position=SANGATTE, kind=ReportKind.LAUNCH),
                a_report("0210", uid="first", position=R1, source=SourceKind.AIRCRAFT),
                a_report("0228", uid="last", position=R2, source=SourceKind.VESSEL),
            ],
        ),
        "B": a_track("B", [a_report("0252", position=R5)], status=TrackStatus.RETURNED),
        "C": a_track(
            "C", [a_report("0245", uid="c", position=R3), a_report("0300", position=None)]
        ),
        "CUTTER": a_track("CUTTER", [a_report("0252", position=R6)], craft=Craft.RESCUE_VESSEL),
        "EMPTY": a_track("EMPTY"),
    }


def circles_of(selected: str | None, now: str) -> list[tuple[str, float, bool]]:
    """Report, radius in nautical miles to 0.01, and whether it is the selected boat's."""
    tracks = boats()
    plot = a_plot(*tracks.values())
    found = error_circles(plot, tracks[selected] if selected else None, at(now), MODEL)
    names = {r.uid: r.uid if len(r.uid) < 9 else t.name for t in tracks.values() for r in t.reports}
    return [(names[c.report_uid], round(c.radius_m / 1852.0, 2), c.is_of_selected) for c in found]


def test_each_open_boat_has_one_around_its_last_fix() -> None:
    # A ship's word is good to 1 NM, an unknown source's too. A made 4.23 kn, C may make 12 kn.
    assert circles_of(None, "0245")[1] == ("c", 1.0, False)
    told = circles_of(None, "0228")
    assert told[0] == ("last", 1.0, False)
    hour_later = {name: nm for name, nm, _ in circles_of(None, "0328")}
    assert hour_later["last"] == pytest.approx((1.0 + 4.23**2) ** 0.5, abs=0.02)
    assert hour_later["c"] == pytest.approx((1.0 + (12.0 * 43.0 / 60.0) ** 2) ** 0.5, abs=0.02)


def test_of_the_selected_boat_earlier_positions_are_as_wide_as_they_were_told() -> None:
    wide = {name: nm for name, nm, is_selected in circles_of("A", "0328") if is_selected}
    assert wide["first"] == pytest.approx(0.1, abs=0.01), "an aircraft's"
    assert wide["last"] > 4.0


def test_every_position_of_the_selected_boat_has_one() -> None:
    assert [name for name, _, is_selected in circles_of("A", "0228") if is_selected] == [
        "launch",
        "first",
        "last",
    ]
    assert [name for name, _, is_selected in circles_of("CUTTER", "0300") if is_selected] == [
        "CUTTER"
    ]
    assert "B" in [name for name, _, _ in circles_of("B", "0300")], "a closed boat on request"


@pytest.mark.parametrize("m_per_px", [10.0, 80.0, 400.0])
def test_its_radius_in_pixels_is_geodesic_on_all_sides(m_per_px: float) -> None:
    viewport = view_around(R1, m_per_px)
    radius_m = m_from_nm(2.5)
    outline = outline_px(ErrorCircle("r", "t", R1, radius_m, False), viewport)
    for course_deg, edge in (
        (0.0, outline[np.argmin(outline[:, 1])]),
        (90.0, outline[np.argmax(outline[:, 0])]),
        (180.0, outline[np.argmax(outline[:, 1])]),
        (270.0, outline[np.argmin(outline[:, 0])]),
    ):
        x_px, y_px = viewport.pixel_of(destination(R1, course_deg, radius_m))
        assert edge == pytest.approx((x_px, y_px), abs=1.0)
        distance_px = np.hypot(*(edge - np.array(viewport.pixel_of(R1))))
        # 51° N: a chart metre is 0.6306 metres on the ground.
        assert distance_px == pytest.approx(2.5 * 1852.0 / 0.6306 / m_per_px, rel=2e-3)


def test_it_reaches_farther_north_than_south_on_a_mercator_chart() -> None:
    viewport = view_around(R1, 1000.0)
    outline = outline_px(ErrorCircle("r", "t", R1, m_from_nm(60.0), False), viewport)
    middle = viewport.pixel_of(R1)[1]
    assert middle - outline[:, 1].min() > 1.015 * (outline[:, 1].max() - middle)


@pytest.mark.parametrize("m_per_px", [1.0, 20.0, 400.0])
def test_its_straight_pieces_run_close_to_the_circle(m_per_px: float) -> None:
    viewport = view_around(R1, m_per_px)
    outline = outline_px(ErrorCircle("r", "t", R1, 1852.0, False), viewport)
    corners = outline - np.array(viewport.pixel_of(R1))
    middles = (corners[:-1] + corners[1:]) / 2.0
    away = np.hypot(*corners.T)
    gap = (away[:-1] + away[1:]) / 2.0 - np.hypot(*middles.T)
    assert 0.0 < gap.max() < 0.3


def test_what_is_far_out_of_view_is_not_even_reckoned() -> None:
    far = ErrorCircle("r", "t", Position(-4.0, 49.0), m_from_nm(5.0), False)
    assert len(outline_px(far, view_around(R1, 80.0))) == 0
    reaching = replace(far, radius_m=m_from_nm(300.0))
    assert len(outline_px(reaching, view_around(R1, 80.0))) > 0


def one_circle(radius_m: float, viewport: Viewport, *, is_selected: bool = False) -> Scene:
    track = a_track("A", [a_report("0210", uid="r", position=R1)], uid="t")
    circle = ErrorCircle("r", "t", R1, radius_m, is_selected)
    return Scene(plot=a_plot(track), viewport=viewport, error_circles=(circle,))


@pytest.mark.usefixtures("qapp")
class TestDrawing:
    def test_the_ring_runs_where_the_radius_says_in_the_track_s_colour(self) -> None:
        viewport = view_around(R1, 20.0)
        image = drawn_by(one_circle(1852.0, viewport), renderer.draw)
        expected_px = 1852.0 / 0.6306 / 20.0
        ink = QColor(DAY.tracks[0])
        found = [
            (x, y)
            for x in range(image.width())
            for y in range(image.height())
            if abs(image.pixelColor(x, y).red() - ink.red()) < 40
            and abs(image.pixelColor(x, y).blue() - ink.blue()) < 40
        ]
        middle = viewport.pixel_of(R1)
        radii = [np.hypot(x + 0.5 - middle[0], y + 0.5 - middle[1]) for x, y in found]
        assert len(found) > 300, "dashes all around"
        assert min(radii) > expected_px - 1.5
        assert max(radii) < expected_px + 1.5

    def test_a_hidden_layer_and_a_track_that_is_gone_draw_nothing(self) -> None:
        scene = one_circle(1852.0, view_around(R1, 20.0))
        blank = drawn_by(replace(scene, error_circles=()), renderer.draw)
        hidden = replace(scene, layering=DEFAULT_LAYERING.hiding({Layer.ERROR_CIRCLES}))
        assert drawn_by(hidden, renderer.draw) == blank
        assert drawn_by(replace(scene, plot=Plot()), renderer.draw) == blank
        assert drawn_by(scene, renderer.draw) != blank

    def test_the_selected_boat_s_circle_is_labelled_with_its_radius(self) -> None:
        viewport = view_around(R1, 20.0)
        plain = one_circle(1852.0, viewport)
        selected = one_circle(1852.0, viewport, is_selected=True)

        def texts(scene: Scene) -> list[str]:
            return [label.lines[0].text for label, _ in labels_of(scene, Cancel())]  # type: ignore[union-attr]

        assert "1.00 NM" in texts(selected)
        assert "1.00 NM" not in texts(plain)
        hidden = replace(selected, layering=DEFAULT_LAYERING.hiding({Layer.ERROR_CIRCLES}))
        assert "1.00 NM" not in texts(hidden)

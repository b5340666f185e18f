"""Chartwork as drawn: labels, colours, what hides it, and what never covers a report."""

from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from channelplot.analysis.dead_reckoning import PositionKind
from channelplot.analysis.drift import Conditions, Stream, Validity, Wind
from channelplot.chart.cancel import Cancel
from channelplot.chart.chart_lines import BearingLine, ChartLine, MeasuredLine, Rings
from channelplot.chart.conditions_note import note_of
from channelplot.chart.layers import DEFAULT_LAYERING, Layer
from channelplot.chart.overlay import GhostCircle, GhostPath, Overlay
from channelplot.chart.palette import DAY
from channelplot.chart.renderers import (
    chart_lines,
    conditions_note,
    limits,
    reckoning,
    searches,
    tracks,
)
from channelplot.chart.renderers.halo_text import Halo
from channelplot.chart.renderers.label import LineLabel, PointLabel
from channelplot.chart.renderers.labels import labels_of
from channelplot.chart.renderers.overlay import draw_overlay, overlay_rect
from channelplot.chart.renderers.symbols import REPORT_PX
from channelplot.chart.renderers.table import Group, Renderer, steps_of
from channelplot.chart.scene import Scene
from channelplot.geodesy.bounds import Bounds
from channelplot.geodesy.measure import destination
from channelplot.model.codes import LimitPurpose, TrackStatus
from channelplot.model.limit import LoadedLimit
from channelplot.model.plot import Plot
from helpers.builders import R1, R3, R6, a_plot, a_report, a_track, at, ddm
from helpers.chart_things import DATUM, marks_of_all, square_search, waters_limit
from helpers.charts import STRAIT, a_scene, view, view_around
from helpers.chartwork_builders import a_limit, an_area
from helpers.images import count_of, drawn_by, pixels
from helpers.night_boats import boat_a, report_1, report_2, report_3
from helpers.night_chartwork import NIGHT_CONDITIONS

pytestmark = pytest.mark.usefixtures("qapp")

MIDDLE = Bounds(1.45, 50.94, 1.80, 51.08)


def night_scene(
    *, is_selected: bool = True, conditions: Conditions | None = None, hhmm: str = "0300"
) -> Scene:
    """Boat A of the night at a time, reckoned."""
    plot = a_plot(boat_a(report_1(), report_2(), report_3()))
    uid = "boat-a" if is_selected else None
    marks = marks_of_all(plot, at(hhmm), uid, conditions)
    return replace(a_scene(plot, view(MIDDLE, 900, 600)), reckoned=marks)


def texts(scene: Scene) -> set[str]:
    """Every line of every label that found room."""
    found = set()
    for label, _ in labels_of(scene, Cancel()):
        lines = label.lines if isinstance(label, PointLabel) else (label.line,)
        found |= {line.text for line in lines}
    return found


def place_of(scene: Scene, text: str) -> tuple[float, float]:
    """The middle of a label, in pixels."""
    for label, place in labels_of(scene, Cancel()):
        lines = label.lines if isinstance(label, PointLabel) else (label.line,)
        if text in [line.text for line in lines]:
            boxes = label.candidate.places[place]
            low, high = boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)
            return tuple(map(float, (low + high) / 2.0))  # type: ignore[return-value]
    raise AssertionError(text)


class TestReckoning:
    def test_the_labels_say_what_it_is_and_when_and_whose_waters_begin(self) -> None:
        assert {"A DR 0300Z", "UK 0334Z"} <= texts(night_scene())
        drifting = texts(night_scene(conditions=NIGHT_CONDITIONS))
        assert {"A DR 0300Z", "A EP 0300Z if adrift"} <= drifting

    def test_what_is_supposed_and_what_nobody_knows_is_said(self) -> None:
        scene = night_scene()
        (mark,) = scene.reckoned
        supposed = replace(mark, is_supposed=True)
        assert "A DR 0300Z supposed" in texts(replace(scene, reckoned=(supposed,)))
        drifting = replace(mark, kind=PositionKind.EP, is_if_adrift=True)
        assert "A EP 0300Z if adrift" in texts(replace(scene, reckoned=(drifting,)))
        carried = replace(mark, kind=PositionKind.EP, is_supposed=True)
        assert "A EP 0300Z supposed" in texts(replace(scene, reckoned=(carried,)))

    def test_an_indicative_limit_has_a_question_mark(self) -> None:
        scene = night_scene()
        (mark,) = scene.reckoned
        assert mark.change is not None
        doubtful = replace(mark, change=replace(mark.change, is_legal=False))
        assert "UK? 0334Z" in texts(replace(scene, reckoned=(doubtful,)))

    def test_hidden_layers_and_labels_hide_it(self) -> None:
        scene = night_scene()
        hidden = replace(scene, layering=DEFAULT_LAYERING.hiding({Layer.RECKONING}))
        assert not any("DR" in text for text in texts(hidden))
        blank = drawn_by(replace(scene, reckoned=()), reckoning.draw)
        assert drawn_by(hidden, reckoning.draw) == blank
        assert drawn_by(scene, reckoning.draw) != blank

    def test_nothing_of_it_lies_on_the_fix_it_comes_from(self) -> None:
        scene = night_scene(conditions=NIGHT_CONDITIONS)
        empty = pixels(drawn_by(replace(scene, reckoned=()), reckoning.draw))
        drawn = pixels(drawn_by(scene, reckoning.draw))
        x_px, y_px = scene.viewport.pixel_of(R3)
        rows, columns = np.mgrid[0 : drawn.shape[0], 0 : drawn.shape[1]]
        near = np.hypot(columns + 0.5 - x_px, rows + 0.5 - y_px) < REPORT_PX + 1.0
        assert near.sum() > 50
        assert (drawn[near] == empty[near]).all()

    def test_a_symbol_that_would_lie_on_its_fix_is_left_out_with_its_label(self) -> None:
        scene = night_scene(hhmm="0246")
        far = replace(scene, viewport=view(STRAIT, 320, 200))
        assert len(reckoning.symbols_px(far)) == 0
        assert "A DR 0246Z" not in texts(far)
        close = replace(scene, viewport=view_around(R3, 2.0, 800.0))
        assert len(reckoning.symbols_px(close)) == 1
        assert "A DR 0246Z" in texts(close)

    def test_its_error_circle_is_as_wide_as_reckoned(self) -> None:
        scene = night_scene()
        (mark,) = scene.reckoned
        image = drawn_by(scene, reckoning.draw)
        for course_deg in range(0, 360, 5):
            edge = destination(mark.position, float(course_deg), mark.radius_m)
            x_px, y_px = (round(value) for value in scene.viewport.pixel_of(edge))
            if count_of(image.copy(x_px - 2, y_px - 2, 5, 5), DAY.chartwork, 30):
                break
        else:
            pytest.fail("no dash of the circle where it should run")
        inside = destination(mark.position, 45.0, mark.radius_m * 0.6)
        x_px, y_px = (round(value) for value in scene.viewport.pixel_of(inside))
        assert count_of(image.copy(x_px - 4, y_px - 4, 9, 9), DAY.chartwork, 30) == 0

    def test_what_is_out_of_view_is_left_out(self) -> None:
        scene = replace(night_scene(), viewport=view_around(ddm(49, 0, -4, 0), 20.0))
        assert list(reckoning.labels(scene)) == []
        assert drawn_by(scene, reckoning.draw) == drawn_by(
            replace(scene, reckoned=()), reckoning.draw
        )

    def test_among_very_many_only_the_selected_one_has_circle_and_way_ahead(self) -> None:
        scene = night_scene(is_selected=False)
        (one,) = scene.reckoned
        chosen = replace(one, is_selected=True, track_uid="chosen")
        crowd = tuple(
            replace(one, track_uid=str(n), name=str(n)) for n in range(reckoning.MOST_AHEAD)
        )
        crowded = replace(scene, reckoned=(*crowd, replace(one, name="last")))
        assert one.change is not None
        x_px, y_px = (round(value) for value in scene.viewport.pixel_of(one.change.position))
        at_change, in_crowd = (
            count_of(drawn_by(each, reckoning.draw).copy(x_px - 10, y_px - 10, 21, 21), DAY.sea, 0)
            for each in (scene, crowded)
        )
        assert at_change < in_crowd == 21 * 21
        assert not any("Z" in text and "UK" in text for text in texts(crowded))
        with_chosen = replace(scene, reckoned=(*crowd, chosen))
        assert "UK 0334Z" in texts(with_chosen)

    def test_a_label_of_many_gives_way_to_reports_of_the_selected(self) -> None:
        ranks = {label.candidate.priority[0] for label in reckoning.labels(night_scene())}
        assert ranks == {reckoning.SELECTED_RANK, reckoning.TICK_RANK}
        others = {
            float(label.candidate.priority[0])
            for label in reckoning.labels(night_scene(is_selected=False))
        }
        assert min(others) > 1.0


class TestSearches:
    def scene(self, track_status: TrackStatus = TrackStatus.REPORTED) -> Scene:
        track = a_track("C", [a_report("0245", position=R3)], uid="c", status=track_status)
        plot = a_plot(track).with_search(square_search("c"))
        return a_scene(plot, view(Bounds(1.55, 50.95, 1.95, 51.09), 900, 600))

    def test_it_is_named_with_its_datum_its_start_and_the_numbers_of_its_legs(self) -> None:
        written = texts(self.scene())
        assert {"S1 for C", "datum 0500Z  R 2.03 NM", "CSP", "1", "5", "8"} <= written

    def test_a_search_for_nobody_has_its_name_alone(self) -> None:
        plot = Plot().with_search(square_search())
        scene = a_scene(plot, view(STRAIT, 900, 600))
        assert "S1" in texts(scene)

    def test_where_it_is_small_its_name_is_enough(self) -> None:
        scene = replace(self.scene(), viewport=view(Bounds(-7, 48, 4.5, 52.2), 900, 600))
        written = texts(scene)
        assert "S1 for C" in written
        assert not any("datum" in text or text == "CSP" for text in written)

    def test_the_legs_run_through_the_waypoints_of_the_night(self) -> None:
        scene = self.scene()
        image = drawn_by(scene, searches.draw)
        for position in (
            ddm(51, 1.54, 1, 43.25),
            ddm(51, 2.48, 1, 43.79),
            ddm(51, 1.80, 1, 46.77),
            ddm(50, 59.92, 1, 45.69),
            ddm(51, 0.94, 1, 41.22),
        ):
            x_px, y_px = (round(value) for value in scene.viewport.pixel_of(position))
            assert count_of(image.copy(x_px - 3, y_px - 3, 7, 7), DAY.search, 40) > 3

    def test_the_circle_holds_the_radius_and_is_lightly_filled(self) -> None:
        scene = self.scene()
        image = drawn_by(scene, searches.draw)
        inside = destination(DATUM, 45.0, 0.9 * 2.03 * 1852.0)
        outside = destination(DATUM, 180.0, 1.06 * 2.03 * 1852.0)
        filled, empty = (
            image.pixelColor(*(round(v) for v in scene.viewport.pixel_of(place))).name()
            for place in (inside, outside)
        )
        assert empty == DAY.sea
        assert filled not in (DAY.sea, DAY.search)

    def test_a_search_for_a_closed_boat_is_faint(self) -> None:
        count = count_of(drawn_by(self.scene(), searches.draw), DAY.search, 8)
        faint = drawn_by(self.scene(TrackStatus.LANDED), searches.draw)
        assert count > 200
        assert count_of(faint, DAY.search, 8) == 0

    def test_a_hidden_layer_draws_and_writes_nothing(self) -> None:
        scene = replace(self.scene(), layering=DEFAULT_LAYERING.hiding({Layer.SEARCHES}))
        blank = drawn_by(replace(scene, plot=Plot()), searches.draw)
        assert drawn_by(scene, searches.draw) == blank
        assert list(searches.labels(scene)) == []

    def test_a_search_without_legs_is_its_datum_and_circle(self) -> None:
        plot = Plot().with_search(replace(square_search(), waypoints=()))
        scene = a_scene(plot, view(STRAIT, 900, 600))
        assert count_of(drawn_by(scene, searches.draw), DAY.search, 8) > 20
        assert "CSP" not in texts(scene)


class TestLimits:
    def scene(self, *loaded: LoadedLimit) -> Scene:
        plot = Plot()
        for limit in loaded:
            plot = plot.with_limit(limit)
        return a_scene(plot, view(STRAIT, 1200, 800))

    def test_either_side_of_a_line_is_named_on_its_own_side(self) -> None:
        line = replace(waters_limit(), points=(ddm(51, 10, 1, 20), ddm(51, 10, 2, 0)))
        scene = self.scene(line)
        line_y_px = scene.viewport.pixel_of(line.points[0])[1]
        assert place_of(scene, "UK waters · Median")[1] < line_y_px, "to the left of eastward"
        assert place_of(scene, "FR waters")[1] > line_y_px
        back = self.scene(replace(line, points=line.points[::-1]))
        assert place_of(back, "UK waters · Median")[1] > line_y_px
        assert place_of(back, "FR waters")[1] < line_y_px

    @pytest.mark.parametrize("is_clockwise", [True, False])
    def test_an_area_is_named_on_its_inside(self, is_clockwise: bool) -> None:
        corners = (ddm(50, 55, 1, 20), ddm(51, 8, 1, 20), ddm(51, 8, 1, 58), ddm(50, 55, 1, 58))
        ring = (*corners, corners[0])
        area = replace(
            an_area(points=ring if is_clockwise else ring[::-1]), left="BE", is_legal=True
        )
        scene = self.scene(area)
        x_px, y_px = place_of(scene, "BE waters · Box")
        west, north = scene.viewport.pixel_of(corners[1])
        east, south = scene.viewport.pixel_of(corners[3])
        assert west < x_px < east
        assert north < y_px < south

    def test_what_is_no_limit_by_law_says_so(self) -> None:
        indicative = replace(waters_limit(), is_legal=False)
        assert limits.side_texts(indicative) == ("UK waters · Median (indicative)", "FR waters")

    def test_regions_have_a_style_and_words_of_their_own(self) -> None:
        region = a_limit("Channel")
        assert region.purpose is LimitPurpose.SAR_REGION
        assert limits.side_texts(region) == (
            "UK search and rescue · Channel",
            "FR search and rescue",
        )
        image = drawn_by(self.scene(region), limits.draw)
        assert count_of(image, DAY.sar_region, 40) > 100
        assert count_of(image, DAY.boundary, 20) == 0
        image = drawn_by(self.scene(waters_limit()), limits.draw)
        assert count_of(image, DAY.boundary, 40) > 100
        assert count_of(image, DAY.sar_region, 20) == 0

    def test_the_layer_of_the_boundary_hides_them(self) -> None:
        scene = self.scene(waters_limit(), a_limit())
        hidden = replace(scene, layering=DEFAULT_LAYERING.hiding({Layer.BOUNDARY}))
        assert list(limits.labels(scene))
        assert list(limits.labels(hidden)) == []
        blank = drawn_by(replace(scene, plot=Plot()), limits.draw)
        assert drawn_by(hidden, limits.draw) == blank

    def test_an_outline_of_very_many_points_is_named_all_the_same(self) -> None:
        angles = np.linspace(0.0, 2.0 * np.pi, 5001)
        ring = [ddm(51, 2 + 9 * np.cos(a), 1, 38 + 17 * np.sin(a)) for a in angles]
        scene = self.scene(replace(an_area(points=ring), left="FR"))
        close = replace(scene, viewport=view(Bounds(1.50, 51.05, 1.75, 51.22), 1200, 800))
        assert "FR waters · Box (indicative)" in texts(close)

    def test_names_stay_where_they_are_while_the_chart_is_panned(self) -> None:
        scene = self.scene(waters_limit(), a_limit())
        panned = replace(scene, viewport=scene.viewport.panned(24.0, 16.0))
        before, after = (
            {
                (label.line.text, round(x_px - dx_px, 3), round(y_px - dy_px, 3))
                for label in limits.labels(each)
                for x_px, y_px, _ in label._spots
            }
            for each, dx_px, dy_px in ((scene, 0.0, 0.0), (panned, 24.0, 16.0))
        )
        assert before & after
        assert len(before ^ after) <= 4, "but for some at the edge"


class TestLines:
    EBL = BearingLine(1, ddm(50, 58.6, 1, 47.5), 292.5, 9.95 * 1852.0, "EBL 1 292.5°T 9.95 NM")
    VRM = Rings(1, R6, (1852.0, 3.0 * 1852.0), "VRM 1 3.00 NM")
    MEASURED = MeasuredLine((R1, R3, R6), False, ("", "2.94 NM", "total 7.03 NM"))

    def scene(self, *lines: ChartLine) -> Scene:
        return replace(a_scene(Plot(), view(STRAIT, 900, 600)), lines=lines)

    def test_a_bearing_line_ends_at_the_geodesic_s_end(self) -> None:
        scene = self.scene(self.EBL)
        (outline_px,) = chart_lines.outlines_px(self.EBL, scene)
        end = destination(self.EBL.origin, 292.5, 9.95 * 1852.0)
        assert outline_px[0] == pytest.approx(scene.viewport.pixel_of(self.EBL.origin), abs=0.01)
        assert outline_px[-1] == pytest.approx(scene.viewport.pixel_of(end), abs=0.01)

    def test_rings_are_true_on_the_ground(self) -> None:
        scene = self.scene(self.VRM)
        inner, outer = chart_lines.outlines_px(self.VRM, scene)
        assert inner[0] == pytest.approx(scene.viewport.pixel_of(destination(R6, 0.0, 1852.0)))
        away_px = scene.viewport.pixel_of(destination(R6, 180.0, 3.0 * 1852.0))[1]
        assert outer[:, 1].max() == pytest.approx(away_px, abs=0.3)

    def test_a_measured_line_is_drawn_as_what_it_is(self) -> None:
        wide = replace(self.scene(), viewport=view(Bounds(-7, 48, 4.5, 52.2), 900, 600))
        ends = (ddm(48, 30, -6, 0), ddm(51, 30, 4, 0))
        geodesic, rhumb = (
            chart_lines.outlines_px(MeasuredLine(ends, is_rhumb, ("", "")), wide)[0]
            for is_rhumb in (False, True)
        )
        assert len(rhumb) == 2
        on_rhumb_y_px = np.interp(geodesic[:, 0], rhumb[:, 0], rhumb[:, 1])
        assert (on_rhumb_y_px - geodesic[:, 1]).max() > 4.0, "it bends to the north"

    def test_all_labels_find_room_and_none_lies_on_another(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        drawn: list[str] = []

        def note(label: LineLabel | PointLabel, painter: QPainter, place: int, halo: Halo) -> None:
            line = label.lines[0] if isinstance(label, PointLabel) else label.line
            drawn.append(line.text)

        monkeypatch.setattr(LineLabel, "draw", note)
        monkeypatch.setattr(PointLabel, "draw", note)
        drawn_by(self.scene(self.EBL, self.VRM, self.MEASURED), chart_lines.draw)
        assert sorted(drawn) == [
            "2.94 NM", "EBL 1 292.5°T 9.95 NM", "VRM 1 3.00 NM", "total 7.03 NM"
        ]  # fmt: skip

    def test_a_line_too_short_for_its_label_has_it_beside_its_end(self) -> None:
        short = replace(self.EBL, distance_m=900.0)
        (label,) = chart_lines._labels(short, self.scene(short))
        assert isinstance(label, PointLabel)
        (label,) = chart_lines._labels(self.EBL, self.scene(self.EBL))
        assert isinstance(label, LineLabel)

    def test_a_line_or_ring_that_is_out_of_view_has_no_label(self) -> None:
        far = ddm(48, 30, -5, 0)
        for line in (replace(self.EBL, origin=far), replace(self.VRM, centre=far)):
            assert list(chart_lines._labels(line, self.scene(line))) == []

    def test_a_hidden_layer_draws_none(self) -> None:
        scene = self.scene(self.EBL, self.VRM, self.MEASURED)
        blank = drawn_by(self.scene(), chart_lines.draw)
        hidden = replace(scene, layering=DEFAULT_LAYERING.hiding({Layer.LINES}))
        assert drawn_by(hidden, chart_lines.draw) == blank
        assert drawn_by(scene, chart_lines.draw) != blank

    @pytest.mark.parametrize("line", [EBL, VRM, MEASURED], ids=lambda line: type(line).__name__)
    def test_all_of_it_lies_within_its_rectangle(self, line: ChartLine) -> None:
        scene = self.scene(line)
        rect = chart_lines.lines_rect((line,), scene)
        assert_within(rect, scene, drawn_by(self.scene(), chart_lines.draw),
                      drawn_by(scene, chart_lines.draw))  # fmt: skip

    def test_no_lines_take_no_room(self) -> None:
        assert chart_lines.lines_rect((), self.scene()).isEmpty()


def assert_within(rect: QRectF, scene: Scene, blank: QImage, drawn: QImage) -> None:
    """Fail unless two pictures differ, and nowhere outside a rectangle."""
    differing = (pixels(blank) != pixels(drawn)).any(axis=-1)
    rows, columns = np.nonzero(differing)
    assert len(rows) > 50
    assert rect.left() <= columns.min()
    assert columns.max() <= rect.right()
    assert rect.top() <= rows.min()
    assert rows.max() <= rect.bottom()


class TestGhosts:
    def draw(self, *shapes: GhostPath | GhostCircle) -> Renderer:
        def draw(painter: QPainter, scene: Scene, cancel: Cancel) -> None:
            draw_overlay(painter, Overlay(shapes), scene)

        return draw

    @pytest.mark.parametrize(
        "shape",
        [
            GhostPath(square_search().waypoints, "S1"),
            GhostPath((R1, R6)),
            GhostCircle(DATUM, 2.03 * 1852.0, "R 2.03 NM"),
        ],
        ids=["search", "line", "circle"],
    )
    def test_it_is_drawn_within_its_rectangle(self, shape: GhostPath | GhostCircle) -> None:
        scene = a_scene(Plot(), view(STRAIT, 900, 600))
        assert_within(
            overlay_rect(Overlay((shape,)), scene),
            scene,
            drawn_by(scene),
            drawn_by(scene, self.draw(shape)),
        )

    def test_an_empty_path_and_a_circle_out_of_view_draw_nothing(self) -> None:
        scene = a_scene(Plot(), view(STRAIT, 900, 600))
        shapes = (GhostPath(()), GhostCircle(ddm(48, 30, -6, 0), 1852.0, "far"))
        assert overlay_rect(Overlay(shapes), scene).isEmpty()
        assert drawn_by(scene, self.draw(*shapes)) == drawn_by(scene)

    def test_a_ghost_of_a_search_runs_where_the_search_will(self) -> None:
        search = square_search()
        plot = Plot().with_search(search)
        scene = a_scene(plot, view(Bounds(1.60, 50.97, 1.90, 51.07), 600, 400))
        ghost = drawn_by(scene, self.draw(GhostPath(search.waypoints)))
        solid = drawn_by(scene, searches.draw)
        away = np.abs(pixels(ghost).astype(int) - pixels(drawn_by(scene)).astype(int)).sum(axis=-1)
        teal = np.abs(pixels(solid)[..., :3].astype(int) - (0x0B, 0x6E, 0x75)).max(axis=-1) < 60
        strong = away > 300
        assert strong.sum() > 300
        grown = np.zeros_like(teal)
        for row in (-2, -1, 0, 1, 2):
            for column in (-2, -1, 0, 1, 2):
                grown |= np.roll(teal, (row, column), axis=(0, 1))
        assert (strong & grown).sum() > 0.95 * strong.sum()


class TestConditionsNote:
    def pieces(self, hhmm: str, conditions: Conditions = NIGHT_CONDITIONS) -> str:
        note = note_of(conditions, at(hhmm))
        return "".join(
            f"~{text}~" if is_struck else text
            for text, is_struck in conditions_note.note_pieces(note)
        )

    def test_it_tells_stream_wind_and_until_when_they_hold(self) -> None:
        said = "Stream 060° 1.9 kn · wind 290° 14 kn · leeway 4 % · until 0515Z"
        assert self.pieces("0300") == said
        assert self.pieces("0515") == said

    def test_what_does_not_hold_is_struck_through(self) -> None:
        assert self.pieces("0516") == (
            "~Stream 060° 1.9 kn~ · ~wind 290° 14 kn · leeway 4 %~ · expired 0515Z"
        )
        assert self.pieces("0200").endswith("· from 0245Z on")
        assert self.pieces("0200").startswith("~Stream")

    def test_each_is_struck_through_by_itself(self) -> None:
        streams = (Stream(set_deg=240.0, rate_kn=2.0, valid=Validity(at("0500"), at("0700"))),)
        later = Conditions(streams=streams, winds=NIGHT_CONDITIONS.winds)
        assert self.pieces("0600", later) == (
            "Stream 240° 2.0 kn · ~wind 290° 14 kn · leeway 4 %~ · expired 0515Z"
        )

    def test_one_alone_and_one_without_a_time(self) -> None:
        wind = Conditions(winds=(Wind(from_deg=0.0, speed_kn=7.5, leeway_percent=3.5),))
        assert self.pieces("0600", wind) == "Wind 000° 7.5 kn · leeway 3.5 %"

    def test_it_names_the_craft_that_it_was_given_for_alone(self) -> None:
        note = note_of(NIGHT_CONDITIONS, at("0300"), "A")
        assert conditions_note.note_pieces(note)[0] == ("A", False)

    def test_it_is_the_same_within_a_minute_and_the_next(self) -> None:
        moment: datetime = at("0300")
        later = moment + timedelta(minutes=1)
        assert note_of(NIGHT_CONDITIONS, moment) == note_of(NIGHT_CONDITIONS, later)

    def test_it_stands_in_the_lower_left_above_the_scale_bar(self) -> None:
        scene = a_scene(Plot(), view(STRAIT, 900, 600))
        noted = replace(scene, conditions=note_of(NIGHT_CONDITIONS, at("0300")))
        blank = drawn_by(scene, conditions_note.draw)
        differing = (pixels(blank) != pixels(drawn_by(noted, conditions_note.draw))).any(axis=-1)
        rows, columns = np.nonzero(differing)
        assert columns.max() < 460
        assert rows.min() > 480
        assert rows.max() < 560


def test_chartwork_lies_below_the_tracks() -> None:
    """A track drawn after it hides nothing of its own symbols."""
    steps = [step for group in Group for step in steps_of(DEFAULT_LAYERING)[group]]
    order = [renderer for step in steps for renderer in step.renderers]
    for renderer in (limits.draw, searches.draw, reckoning.draw):
        assert order.index(renderer) < order.index(tracks.draw_lines)
    assert list(Group)[-1] is Group.LABELS

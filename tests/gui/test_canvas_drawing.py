"""The chart widget: what it draws, when, and that it is never blank meanwhile."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from channelplot.analysis.error_circle import error_model
from channelplot.chart.canvas import SETTLED_S, ChartCanvas
from channelplot.chart.error_circles import error_circles
from channelplot.chart.home import home_viewport
from channelplot.chart.layers import DEFAULT_LAYERING, Layer
from channelplot.chart.overlay import Box, Ghost, Overlay
from channelplot.chart.palette import DAY
from channelplot.chart.pictures import MARGIN
from channelplot.chart.render_job import Picture, RenderJobs
from channelplot.chart.renderers import scale_bar
from channelplot.chart.renderers.frame import inside_px
from channelplot.chart.renderers.panels import panels_px
from channelplot.chart.renderers.table import Group
from channelplot.chart.urgency import Urgency
from channelplot.chart.viewport import Viewport
from channelplot.model.plot import Plot
from helpers.builders import R1, R2, a_beach, a_plot, a_report, a_track, at, ddm
from helpers.charts import CALAIS, STRAIT, a_scene, basemap, levels, night_plot
from helpers.images import count_of, pixels, rgb

WAIT_MS = 20_000
CALAIS_ENTRANCE = ddm(50, 58.4, 1, 50.4)


@pytest.fixture
def canvas(qtbot: QtBot) -> Iterator[ChartCanvas]:
    """The Strait on screen, drawn to the end, its overview too."""
    widget = ChartCanvas()
    qtbot.addWidget(widget)
    widget.resize(640, 400)
    widget.set_basemap(basemap(), levels())
    widget.show()
    wait_drawn(qtbot, widget)
    qtbot.waitUntil(lambda: widget._drawing._pictures.has_overview, timeout=WAIT_MS)
    yield widget
    widget.close()


def wait_drawn(qtbot: QtBot, canvas: ChartCanvas) -> None:
    qtbot.waitUntil(lambda: canvas.is_drawn, timeout=WAIT_MS)


def on_screen(canvas: ChartCanvas) -> QImage:
    return canvas.grab().toImage()


@contextmanager
def draws_only(qtbot: QtBot, canvas: ChartCanvas, *groups: Group) -> Iterator[None]:
    """What is done inside makes the chart draw these groups, in this order, and no others."""
    seen: list[Group | None] = []

    def note(picture: Picture) -> None:
        seen.append(picture.group)

    canvas._drawing._jobs.picture_finished.connect(note)
    yield
    assert not canvas.is_drawn
    wait_drawn(qtbot, canvas)
    qtbot.waitUntil(lambda: len(seen) >= len(groups), timeout=WAIT_MS)
    canvas._drawing._jobs.picture_finished.disconnect(note)
    assert seen == list(groups)


def test_the_chart_says_when_it_is_drawn(qtbot: QtBot) -> None:
    canvas = ChartCanvas()
    qtbot.addWidget(canvas)
    canvas.resize(400, 300)
    assert canvas.drawn_at_s is None
    begun_s = time.monotonic()
    with qtbot.waitSignal(canvas.chart_drawn, timeout=WAIT_MS):
        canvas.set_basemap(basemap(), levels())
        canvas.show()
    wait_drawn(qtbot, canvas)
    drawn_at_s: float | None = canvas.drawn_at_s
    assert drawn_at_s is not None
    assert begun_s < drawn_at_s <= time.monotonic()
    assert count_of(on_screen(canvas), DAY.land) > 400 * 300 // 20
    canvas.close()


def test_without_a_chart_file_the_sea_alone_is_drawn(qtbot: QtBot) -> None:
    canvas = ChartCanvas()
    qtbot.addWidget(canvas)
    canvas.resize(400, 300)
    canvas.show()
    wait_drawn(qtbot, canvas)
    assert count_of(on_screen(canvas), DAY.sea) > 400 * 300 // 3
    canvas.close()


@pytest.mark.parametrize("factor", [0.25, 0.6, 1.7, 6.0])
def test_the_chart_is_never_blank_while_the_scale_changes(
    qtbot: QtBot, canvas: ChartCanvas, factor: float
) -> None:
    """What shows before the new picture is there has land where the new one will have it."""
    x_px, y_px = canvas.viewport.pixel_of(CALAIS_ENTRANCE)
    canvas.set_viewport(canvas.viewport.zoomed(factor, x_px, y_px))
    meanwhile = on_screen(canvas)
    assert not canvas.is_drawn
    wait_drawn(qtbot, canvas)
    finished = on_screen(canvas)
    land_before, land_after = (
        (abs(pixels(image)[..., :3].astype(int) - rgb(DAY.land)) < 6).all(axis=-1)
        for image in (meanwhile, finished)
    )
    assert land_after.mean() > 0.05
    assert (land_before == land_after).mean() > 0.9


def test_panning_far_shows_land_and_sea_at_once(qtbot: QtBot, canvas: ChartCanvas) -> None:
    canvas.set_viewport(canvas.viewport.panned(-600.0, 0.0))
    assert not canvas.is_drawn
    meanwhile = on_screen(canvas)
    wait_drawn(qtbot, canvas)
    for colour in (DAY.land, DAY.sea):
        there, after = count_of(meanwhile, colour, 6), count_of(on_screen(canvas), colour, 6)
        assert there > 0.8 * after > 0.0


def test_panning_inside_the_margin_shows_the_finished_chart_and_draws_nothing(
    canvas: ChartCanvas,
) -> None:
    job = canvas._drawing._jobs.number
    before = pixels(on_screen(canvas))
    canvas.set_viewport(canvas.viewport.panned(40.0, -24.0))
    assert canvas.is_drawn
    after = pixels(on_screen(canvas))
    # Inside the frame, the scale bar and the credits, which stay where they are.
    assert (before[80:300, 60:500] == after[56:276, 100:540]).all()
    assert canvas._drawing._jobs.number == job


def test_panning_towards_the_margins_end_draws_the_next_picture_in_time(
    qtbot: QtBot, canvas: ChartCanvas
) -> None:
    job = canvas._drawing._jobs.number
    canvas.set_viewport(canvas.viewport.panned(MARGIN * 640 - 10.0, 0.0))
    assert canvas.is_drawn
    qtbot.waitUntil(lambda: canvas._drawing._jobs.number > job, timeout=WAIT_MS)
    wait_drawn(qtbot, canvas)


def test_a_drag_lets_a_picture_that_will_do_be_finished(qtbot: QtBot, canvas: ChartCanvas) -> None:
    canvas.set_viewport(canvas.viewport.zoomed(1.5, 320.0, 200.0))
    qtbot.waitUntil(lambda: canvas._drawing._order is not None, timeout=WAIT_MS)
    job = canvas._drawing._jobs.number
    for _ in range(5):
        canvas.set_viewport(canvas.viewport.panned(4.0, 3.0))
        canvas._drawing._start_job()
    assert canvas._drawing._jobs.number == job
    wait_drawn(qtbot, canvas)


def test_a_job_that_is_not_wanted_any_more_is_followed_by_the_right_one(
    qtbot: QtBot, canvas: ChartCanvas
) -> None:
    before = canvas.viewport
    canvas.set_viewport(before.zoomed(3.0, 320.0, 200.0))
    qtbot.waitUntil(lambda: canvas._drawing._order is not None, timeout=WAIT_MS)
    canvas.set_viewport(before)
    wait_drawn(qtbot, canvas)
    assert canvas._drawing._pictures._pictures[Group.BASE].viewport.m_per_px == before.m_per_px


def test_a_new_report_draws_tracks_and_labels_only(qtbot: QtBot, canvas: ChartCanvas) -> None:
    track = a_track("A", [a_report(position=R1)])
    canvas.set_plot(a_plot(track))
    wait_drawn(qtbot, canvas)
    plot = a_plot(track).with_report(a_report("0228", position=R2, track_uid=track.uid))
    with draws_only(qtbot, canvas, Group.TRACKS, Group.LABELS):
        canvas.set_plot(plot)


def test_a_new_beach_draws_the_shore_and_labels_only(qtbot: QtBot, canvas: ChartCanvas) -> None:
    with draws_only(qtbot, canvas, Group.SHORE, Group.LABELS):
        canvas.set_plot(a_plot(beaches=[a_beach()]))


def test_an_example_is_marked_across_the_chart(qtbot: QtBot, canvas: ChartCanvas) -> None:
    before = pixels(on_screen(canvas))
    with draws_only(qtbot, canvas, Group.BASE):
        canvas.set_plot(Plot(is_example=True))
    assert (pixels(on_screen(canvas)) != before).any(axis=-1).mean() > 0.03


def test_a_pending_report_is_drawn_otherwise_than_a_saved_one(
    qtbot: QtBot, canvas: ChartCanvas
) -> None:
    track = a_track("A", [a_report(position=R1)])
    pending = frozenset({track.reports[0].uid})
    canvas.set_plot(a_plot(track), pending)
    wait_drawn(qtbot, canvas)
    before = pixels(on_screen(canvas))
    canvas.set_plot(a_plot(track), frozenset())
    wait_drawn(qtbot, canvas)
    assert (pixels(on_screen(canvas)) != before).any()


def test_a_selection_and_hidden_layers_show(qtbot: QtBot, canvas: ChartCanvas) -> None:
    plot = night_plot()
    canvas.set_plot(plot)
    wait_drawn(qtbot, canvas)
    assert count_of(on_screen(canvas), DAY.selection, 40) == 0
    canvas.set_selection(frozenset({next(iter(plot.tracks))}))
    wait_drawn(qtbot, canvas)
    assert count_of(on_screen(canvas), DAY.selection, 40) > 100
    canvas.set_layering(DEFAULT_LAYERING.hiding({Layer.TRACKS, Layer.COAST}))
    wait_drawn(qtbot, canvas)
    assert count_of(on_screen(canvas), DAY.selection, 40) == 0
    assert count_of(on_screen(canvas), DAY.land) == 0


def test_overdue_boats_are_marked_and_only_a_change_is_drawn(
    qtbot: QtBot, canvas: ChartCanvas
) -> None:
    track = a_track("A", [a_report(position=R1)])
    canvas.set_plot(a_plot(track))
    wait_drawn(qtbot, canvas)
    with draws_only(qtbot, canvas, Group.TRACKS, Group.LABELS):
        canvas.set_overdue({track.uid: Urgency.URGENT})
    assert count_of(on_screen(canvas), DAY.urgent, 8) > 20
    canvas.set_overdue({track.uid: Urgency.URGENT})
    assert canvas.is_drawn, "the same again is no change"
    with draws_only(qtbot, canvas, Group.TRACKS, Group.LABELS):
        canvas.set_overdue({})
    assert count_of(on_screen(canvas), DAY.urgent, 8) == 0


def test_error_circles_are_drawn_below_the_tracks_and_leave_the_rest(
    qtbot: QtBot, canvas: ChartCanvas
) -> None:
    track = a_track("A", [a_report(position=R1)])
    canvas.set_plot(a_plot(track))
    wait_drawn(qtbot, canvas)
    model = error_model(lambda setting: setting.default)
    thin, labelled = (
        error_circles(a_plot(track), selected, at("0400"), model) for selected in (None, track)
    )
    plain = count_of(on_screen(canvas), DAY.tracks[0], 8)
    with draws_only(qtbot, canvas, Group.SHORE):
        canvas.set_error_circles(thin)
    assert count_of(on_screen(canvas), DAY.tracks[0], 8) > plain
    canvas.set_error_circles(thin)
    assert canvas.is_drawn, "the same again is no change"
    with draws_only(qtbot, canvas, Group.SHORE, Group.LABELS):
        canvas.set_error_circles(labelled)
    with draws_only(qtbot, canvas, Group.SHORE, Group.LABELS):
        canvas.set_layering(DEFAULT_LAYERING.hiding({Layer.ERROR_CIRCLES}))
    assert count_of(on_screen(canvas), DAY.tracks[0], 8) == plain


def test_other_colours_reach_every_pixel_of_land(qtbot: QtBot, canvas: ChartCanvas) -> None:
    canvas.set_chart_palette(replace(DAY, land="#336699"))
    wait_drawn(qtbot, canvas)
    assert count_of(on_screen(canvas), DAY.land) == 0
    assert count_of(on_screen(canvas), "#336699") > 1000


def test_other_colours_come_all_together(qtbot: QtBot, canvas: ChartCanvas) -> None:
    """The pictures, and the frame that is painted with them, are never of two palettes."""
    other = replace(DAY, land="#336699", frame_dark="#662299")
    canvas.set_chart_palette(other)
    seen = []

    def is_drawn_and_never_mixed() -> bool:
        image = on_screen(canvas)
        colours = (DAY.land, DAY.frame_dark, other.land, other.frame_dark)
        seen.append(tuple(count_of(image, name, 0) > 100 for name in colours))
        return canvas.is_drawn

    qtbot.waitUntil(is_drawn_and_never_mixed, timeout=WAIT_MS)
    assert set(seen) == {(True, True, False, False), (False, False, True, True)}


def test_larger_text_takes_a_wider_frame(qtbot: QtBot, canvas: ChartCanvas) -> None:
    usual, large = (inside_px(canvas.viewport, factor)[0] for factor in (1.0, 1.5))
    assert large > usual
    before = pixels(on_screen(canvas))
    canvas.set_text_factor(1.5)
    wait_drawn(qtbot, canvas)
    after = pixels(on_screen(canvas))
    dark = rgb(DAY.frame_dark)
    assert not (before[100:300, int(large) - 1, :3] == dark).all()
    assert (after[100:300, int(large) - 1, :3] == dark).all()


def test_the_overlay_shows_at_once_and_goes_at_once(canvas: ChartCanvas) -> None:
    before = pixels(on_screen(canvas))
    canvas.set_overlay(Overlay((Ghost(R1, label="0210"), Box(100.0, 100.0, 180.0, 160.0))))
    assert canvas.is_drawn
    assert count_of(on_screen(canvas), DAY.ghost, 60) > 100
    canvas.set_overlay(Overlay())
    assert (pixels(on_screen(canvas)) == before).all()


def test_a_picture_of_a_job_that_was_followed_by_another_is_dropped(
    canvas: ChartCanvas,
) -> None:
    before = pixels(on_screen(canvas))
    wrong = QImage(1000, 1000, QImage.Format.Format_ARGB32_Premultiplied)
    wrong.fill(0xFFFF0000)
    late = Picture(canvas._drawing._jobs.number - 1, Group.BASE, wrong, canvas.viewport, 0.0)
    canvas._drawing._jobs.picture_finished.emit(late)
    assert canvas.is_drawn
    assert (pixels(on_screen(canvas)) == before).all()


def test_a_cancelled_job_sends_nothing_more(qtbot: QtBot) -> None:
    jobs = RenderJobs()
    seen: list[int] = []

    def note(picture: Picture) -> None:
        seen.append(picture.job_number)

    jobs.picture_finished.connect(note)
    scene = a_scene()
    first = jobs.start(scene, tuple(Group))
    second = jobs.start(scene, (Group.TRACKS,))
    qtbot.waitUntil(lambda: second in seen, timeout=WAIT_MS)
    # The first may have got one picture out before it was told; never all of them.
    assert seen.count(first) < len(Group)
    third = jobs.start(scene, tuple(Group), has_overview=True)
    jobs.cancel()
    fourth = jobs.start(scene, (Group.SHORE,))
    qtbot.waitUntil(lambda: fourth in seen, timeout=WAIT_MS)
    assert seen.count(third) < len(Group)
    jobs.stop()


def test_a_failing_renderer_is_reported_and_the_next_job_goes_on(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs = RenderJobs()
    scene = a_scene()
    with qtbot.captureExceptions() as raised:
        jobs.start(replace(scene, levels=object()), (Group.BASE,))  # type: ignore[arg-type]
        qtbot.waitUntil(lambda: len(raised) == 1, timeout=WAIT_MS)
    with qtbot.waitSignal(jobs.picture_finished, timeout=WAIT_MS):
        jobs.start(scene, (Group.SHORE,))
    jobs.stop()


def test_a_hidden_chart_draws_nothing_and_draws_when_it_is_shown(
    qtbot: QtBot, canvas: ChartCanvas
) -> None:
    canvas.hide()
    job = canvas._drawing._jobs.number
    canvas.set_plot(night_plot())
    qtbot.wait(20)
    assert canvas._drawing._jobs.number == job
    canvas.show()
    wait_drawn(qtbot, canvas)


def wait_looked_at(qtbot: QtBot, canvas: ChartCanvas) -> None:
    """Wait until the first picture has been there so long that somebody may look at it."""
    qtbot.waitUntil(lambda: canvas.drawn_at_s is not None, timeout=WAIT_MS)
    qtbot.wait(int(SETTLED_S * 1000) + 100)


def test_before_its_first_picture_the_centre_of_a_chart_stays(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 500)
    canvas = ChartCanvas(window)
    canvas.resize(640, 400)
    window.show()
    canvas.zoom_to(CALAIS)
    before = canvas.viewport
    canvas.resize(640, 380)
    assert canvas.viewport.centre == before.centre, "nobody can have looked yet"


def test_what_opens_beside_a_chart_that_is_looked_at_leaves_its_top_left_corner(
    qtbot: QtBot,
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 500)
    canvas = ChartCanvas(window)
    canvas.resize(640, 400)
    canvas.set_basemap(basemap(), levels())
    window.show()
    canvas.zoom_to(CALAIS)
    wait_looked_at(qtbot, canvas)
    before = canvas.viewport
    corner = before.position_at(0.0, 0.0)
    canvas.resize(600, 300)
    assert corner is not None
    assert canvas.viewport.pixel_of(corner) == pytest.approx((0.0, 0.0), abs=1e-6)
    assert canvas.viewport.m_per_px == before.m_per_px
    assert (canvas.viewport.width_px, canvas.viewport.height_px) == (600, 300)
    wait_drawn(qtbot, canvas)
    canvas.close()


def test_in_a_window_that_is_resized_the_centre_stays(qtbot: QtBot, canvas: ChartCanvas) -> None:
    canvas.zoom_to(CALAIS)
    wait_looked_at(qtbot, canvas)
    before = canvas.viewport
    canvas.resize(900, 500)
    assert canvas.viewport.centre == before.centre
    assert canvas.viewport.m_per_px == before.m_per_px
    assert (canvas.viewport.width_px, canvas.viewport.height_px) == (900, 500)
    wait_drawn(qtbot, canvas)


def test_until_a_view_is_chosen_the_home_view_shows(canvas: ChartCanvas) -> None:
    canvas.resize(900, 500)
    shown = canvas.viewport.bounds()
    assert shown.west_deg <= STRAIT.west_deg + 1e-6
    assert shown.east_deg >= STRAIT.east_deg - 1e-6


def test_home_shows_all_open_tracks(qtbot: QtBot, canvas: ChartCanvas) -> None:
    canvas.set_plot(night_plot())
    canvas.zoom_to(CALAIS)
    with qtbot.waitSignal(canvas.viewport_changed) as changed:
        canvas.home()
    assert changed.args == [canvas.viewport]
    assert canvas.viewport == home_viewport(night_plot(), canvas.viewport)
    assert canvas.viewport.contains(R1)


def test_a_view_of_another_size_is_shown_in_the_widgets_own(canvas: ChartCanvas) -> None:
    kept = Viewport(0.0, 0.0, 50.0, 1000.0, 900.0).centred_on(R1)
    canvas.set_viewport(kept)
    assert canvas.viewport.centre == kept.centre
    assert (canvas.viewport.width_px, canvas.viewport.height_px) == (640, 400)


def test_the_scene_of_the_screen_can_be_taken_for_a_snapshot(canvas: ChartCanvas) -> None:
    plot = night_plot()
    canvas.set_plot(plot)
    scene = canvas.scene()
    assert scene.plot is plot
    assert scene.viewport == canvas.viewport
    assert scene.basemap is basemap()


def test_the_chart_has_a_name_for_assistive_technology(canvas: ChartCanvas) -> None:
    assert canvas.accessibleName() == "Chart"
    assert canvas.focusPolicy() == Qt.FocusPolicy.StrongFocus


def labels_under_panels(canvas: ChartCanvas) -> bool:
    """Return whether a label of the picture on screen lies under a panel."""
    picture, scene = canvas._drawing._pictures.labels, canvas.scene()
    assert picture is not None
    assert picture.labels is not None
    drawn = replace(scene, viewport=picture.viewport, on_screen=scene.viewport)
    return picture.labels.touch(panels_px(drawn))


def test_a_label_that_comes_to_lie_under_a_panel_is_moved_or_hidden(
    qtbot: QtBot, canvas: ChartCanvas
) -> None:
    """By a pan within the picture that there is; nothing else is drawn anew."""
    above_bar = canvas.viewport.position_at(60.0, scale_bar.panel_px(canvas.scene()).top() - 25.0)
    assert above_bar is not None
    canvas.set_plot(a_plot(a_track("A", [a_report("0210", position=above_bar)])))
    wait_drawn(qtbot, canvas)
    assert not labels_under_panels(canvas)
    with draws_only(qtbot, canvas, Group.LABELS):
        canvas.set_viewport(canvas.viewport.panned(0.0, 20.0))
        assert labels_under_panels(canvas)
        qtbot.waitUntil(lambda: not canvas.is_drawn, timeout=WAIT_MS)
    assert not labels_under_panels(canvas)

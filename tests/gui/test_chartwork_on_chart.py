"""Chartwork on the chart widget: which pictures it draws anew, and what is painted at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from PySide6.QtCore import QRectF
from pytestqt.qtbot import QtBot

from channelplot.chart.canvas import ChartCanvas
from channelplot.chart.chart_lines import BearingLine, Rings
from channelplot.chart.conditions_note import note_of
from channelplot.chart.layers import DEFAULT_LAYERING, Layer
from channelplot.chart.palette import DAY
from channelplot.chart.render_job import Picture
from channelplot.chart.renderers.table import Group
from channelplot.snapshot.pages import Source, pages_of
from channelplot.snapshot.png import drawn
from channelplot.snapshot.settings import SheetSettings
from helpers.builders import R5, a_plot, at, ddm
from helpers.chart_things import marks_of_all, square_search, waters_limit
from helpers.charts import STRAIT, basemap, levels
from helpers.images import count_of
from helpers.night_boats import boat_a, report_1, report_2, report_3
from helpers.night_chartwork import NIGHT_CONDITIONS

WAIT_MS = 20_000
EBL = BearingLine(1, ddm(50, 58.6, 1, 47.5), 292.5, 9.95 * 1852.0, "EBL 1 292.5°T 9.95 NM")
VRM = Rings(1, R5, (3.0 * 1852.0,), "VRM 1 3.00 NM")
PLOT = a_plot(boat_a(report_1(), report_2(), report_3()))


@pytest.fixture
def canvas(qtbot: QtBot) -> Iterator[ChartCanvas]:
    """The Strait with boat A, drawn to the end."""
    widget = ChartCanvas()
    qtbot.addWidget(widget)
    widget.resize(640, 400)
    widget.set_basemap(basemap(), levels())
    widget.set_plot(PLOT)
    widget.zoom_to(STRAIT)
    widget.show()
    wait_drawn(qtbot, widget)
    qtbot.waitUntil(lambda: widget._drawing._pictures.has_overview, timeout=WAIT_MS)
    yield widget
    widget.close()


def wait_drawn(qtbot: QtBot, canvas: ChartCanvas) -> None:
    qtbot.waitUntil(lambda: canvas.is_drawn, timeout=WAIT_MS)


def ink(canvas: ChartCanvas, colour: str) -> int:
    return count_of(canvas.grab().toImage(), colour, 8)


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


def test_a_reckoning_leaves_the_coast_and_the_tracks_as_they_are(
    qtbot: QtBot, canvas: ChartCanvas
) -> None:
    assert ink(canvas, DAY.chartwork) == 0
    with draws_only(qtbot, canvas, Group.SHORE, Group.LABELS):
        canvas.set_reckoned(marks_of_all(PLOT, at("0300"), "boat-a"))
    assert ink(canvas, DAY.chartwork) > 20
    canvas.set_reckoned(marks_of_all(PLOT, at("0300"), "boat-a"))
    assert canvas.is_drawn, "the same again is no change"
    with draws_only(qtbot, canvas, Group.SHORE, Group.LABELS):
        canvas.set_reckoned(marks_of_all(PLOT, at("0301"), "boat-a"))
    with draws_only(qtbot, canvas, Group.SHORE, Group.LABELS):
        canvas.set_layering(DEFAULT_LAYERING.hiding({Layer.RECKONING}))
    assert ink(canvas, DAY.chartwork) == 0


def test_searches_and_limits_leave_the_coast_as_it_is(qtbot: QtBot, canvas: ChartCanvas) -> None:
    with draws_only(qtbot, canvas, Group.SHORE, Group.LABELS):
        canvas.set_plot(PLOT.with_search(square_search()))
    assert ink(canvas, DAY.search) > 20
    with draws_only(qtbot, canvas, Group.SHORE, Group.LABELS):
        canvas.set_plot(PLOT.with_limit(waters_limit()))
    assert ink(canvas, DAY.search) == 0
    assert canvas.scene().plot.limits


def test_lines_and_the_note_are_painted_at_once_and_draw_no_picture(canvas: ChartCanvas) -> None:
    job = canvas._drawing._jobs.number
    canvas.set_lines((EBL,))
    one = ink(canvas, DAY.chartwork)
    assert one > 60
    canvas.set_lines((EBL, VRM))
    assert ink(canvas, DAY.chartwork) > one + 100
    canvas.set_conditions(note_of(NIGHT_CONDITIONS, at("0516")))
    assert ink(canvas, DAY.overdue) > 0, "expired"
    canvas.set_layering(DEFAULT_LAYERING)
    assert canvas.is_drawn
    canvas.set_lines(())
    canvas.set_conditions(None)
    assert ink(canvas, DAY.chartwork) == ink(canvas, DAY.overdue) == 0
    assert canvas._drawing._jobs.number == job


def test_no_more_is_painted_than_the_line_that_changes(
    canvas: ChartCanvas, monkeypatch: pytest.MonkeyPatch
) -> None:
    canvas.set_lines((EBL, VRM))
    painted: list[QRectF] = []
    monkeypatch.setattr(canvas, "update", lambda rect: painted.append(QRectF(rect)))
    canvas.set_lines((EBL, replace(VRM, radii_m=(1852.0,), label="VRM 1 1.00 NM")))
    (rect,) = painted
    assert 60 < rect.width() < canvas.width()
    assert 60 < rect.height() < canvas.height() / 2


def test_a_sheet_has_searches_and_limits_and_nothing_of_the_moment(canvas: ChartCanvas) -> None:
    plot = PLOT.with_search(square_search()).with_limit(waters_limit())
    canvas.set_plot(plot)
    canvas.set_reckoned(marks_of_all(plot, at("0300"), "boat-a", NIGHT_CONDITIONS))
    canvas.set_lines((EBL, VRM))
    scene = canvas.scene()
    settings = SheetSettings(extent=STRAIT, layering=scene.layering, cut_off_utc=at("0515"))
    source = Source(scene.plot, scene.basemap, scene.levels, pending_uids=scene.pending_uids)
    sheet = drawn(pages_of(settings, source, 137.0)[0])
    assert count_of(sheet, DAY.search, 8) > 100
    assert count_of(sheet, DAY.chartwork, 4) == 0

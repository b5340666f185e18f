"""Labels on the chart widget: they stay where they are while it is moved and plotted on."""

from collections.abc import Iterator

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from channelplot.chart.canvas import ChartCanvas
from channelplot.chart.label_memory import LastPicture
from channelplot.chart.renderers.frame import inside_px
from helpers.builders import R2, a_report
from helpers.charts import STRAIT, basemap, levels, night_plot, view

WAIT_MS = 20_000


@pytest.fixture
def canvas(qtbot: QtBot) -> Iterator[ChartCanvas]:
    """The night in the Strait on screen, drawn."""
    widget = ChartCanvas()
    qtbot.addWidget(widget)
    widget.resize(900, 600)
    widget.set_basemap(basemap(), levels())
    widget.set_plot(night_plot())
    widget.show()
    widget.set_viewport(view(STRAIT, 900, 600))
    qtbot.waitUntil(lambda: widget.is_drawn, timeout=WAIT_MS)
    yield widget
    widget.close()


def last_picture(canvas: ChartCanvas) -> LastPicture:
    memory = canvas.scene().label_memory
    assert memory is not None
    assert memory.last is not None
    return memory.last


def stood_elsewhere(before: LastPicture, after: LastPicture) -> list[tuple[str, ...]]:
    """Return which labels of the last picture stood elsewhere in the one before it."""
    return [
        key
        for key, now in after.stood.items()
        if now.is_last
        and key in before.stood
        and max(abs(now.x_m - before.stood[key].x_m), abs(now.y_m - before.stood[key].y_m))
        > 0.5 * after.m_per_px
    ]


def test_a_chart_that_is_moved_keeps_its_labels_where_they_are(
    qtbot: QtBot, canvas: ChartCanvas
) -> None:
    before = last_picture(canvas)
    canvas.set_viewport(canvas.viewport.panned(-310.0, 140.0))
    qtbot.waitUntil(lambda: canvas.is_drawn, timeout=WAIT_MS)
    after = last_picture(canvas)
    assert after is not before
    shared = [key for key, now in after.stood.items() if now.is_last and key in before.stood]
    assert len(shared) > 12
    left, top, right, bottom = inside_px(canvas.viewport, 1.0)
    for key in stood_elsewhere(before, after):
        was = before.stood[key]
        ((x_px, y_px),) = canvas.viewport.pixels_of_m(np.array(((was.x_m, was.y_m),))).tolist()
        # Only where the frame would cut it: no label is wider than this, or higher.
        is_cut_across = any(x_px < edge < x_px + 110.0 for edge in (left, right))
        assert is_cut_across or any(y_px < edge < y_px + 45.0 for edge in (top, bottom)), key


def test_a_new_report_leaves_the_other_labels_where_they_are(
    qtbot: QtBot, canvas: ChartCanvas
) -> None:
    before = last_picture(canvas)
    plot = canvas.scene().plot
    own = next(track for track in plot.tracks.values() if track.name == "C")
    canvas.set_plot(plot.with_report(a_report("0430", position=R2, track_uid=own.uid)))
    qtbot.waitUntil(lambda: canvas.is_drawn, timeout=WAIT_MS)
    after = last_picture(canvas)
    assert ("newest", own.uid) in after.stood
    others = [key for key in stood_elsewhere(before, after) if own.uid not in key]
    # The time of boat A's report at the same place may have to give way.
    assert len(others) <= 1


def test_two_charts_remember_each_their_own(qtbot: QtBot, canvas: ChartCanvas) -> None:
    other = ChartCanvas()
    qtbot.addWidget(other)
    memory = other.scene().label_memory
    assert memory is not canvas.scene().label_memory
    assert memory is not None
    assert memory.last is None

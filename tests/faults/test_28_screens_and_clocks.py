"""A screen that goes, another resolution, a clock that jumps: the desk says so and works on."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QRect

from channelplot.ui.inside.clock_watch import Clocks, ClockWatch, read_clocks
from channelplot.ui.inside.screens import seen_on
from helpers.forked import Workers
from helpers.operator import Operator, wait_until
from helpers.plot_files import file_rows, without_screen
from helpers.ready_desks import run

HOUR_S = 3_600.0
SCREENS = [
    {"name": "left", "x": 0, "y": 0, "width": 1920, "height": 1080, "logicalDpi": 96},
    {"name": "right", "x": 1920, "y": 0, "width": 2560, "height": 1440, "logicalDpi": 96},
]
MOVES = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from channelplot.ui.inside.screens import bring_into_sight
from helpers.clock import FixedClock
from helpers.operator import Operator, wait_until

operator = Operator(QApplication(sys.argv[:1]), FixedClock())
operator.opens(Path(sys.argv[1]))
operator.waits_for_chart()
window, canvas = operator.window, operator.window.desk.canvas

def chart():
    picture = canvas._drawing._pictures._pictures
    images = [each.image for each in picture.values() if not each.image.isNull()]
    return sorted({image.devicePixelRatio() for image in images})

ratios = [chart()]
screens = QGuiApplication.screens()
assert len(screens) == 2, screens
for screen in (screens[1], screens[0]):
    window.setGeometry(screen.availableGeometry().adjusted(40, 60, -400, -200))
    window.windowHandle().setScreen(screen)
    QCoreApplication.processEvents()
    wait_until(lambda: canvas.devicePixelRatioF() == screen.devicePixelRatio(), "it is there")
    canvas.update()
    wait_until(lambda: chart() == [screen.devicePixelRatio()] and canvas.is_drawn, "drawn sharp")
    ratios.append(chart())
    operator.enters_line(f"0258 50 58.{len(ratios)}N 001 41.0E new")
window.setGeometry(9000, 9000, 1200, 700)
bring_into_sight()
seen = any(s.availableGeometry().intersects(window.geometry()) for s in screens)
acts = len(window.desk.session.document.acts)
operator.closes()
sys.stdout.write(json.dumps({"ratios": ratios, "seen": seen, "acts": acts}) + chr(10))
"""


def gone_on(clocks: Clocks, seconds: float) -> Clocks:
    """What clocks show so many seconds later when nothing happens to them."""
    return Clocks(
        clocks.wall_s + seconds, clocks.steady_s + seconds, clocks.awake_or_asleep_s + seconds
    )


def test_a_clock_that_jumps_is_told_of_and_times_stay_right(
    operator: Operator, night: Path, figure: Callable[[str], None]
) -> None:
    operator.opens(night)
    operator.enters_line("0258 50 58.0N 001 41.0E new")
    for by_s in (-HOUR_S, HOUR_S):
        jumps(operator, night, by_s, f"50 59.0N 001 {40 + by_s / HOUR_S:.0f}.0E")
        figure(f"clock {by_s / HOUR_S:+.0f} h told")


def jumps(operator: Operator, night: Path, by_s: float, where: str) -> None:
    """Let the clock jump by so much, and plot: the time is the one that the clock shows now."""
    watch = operator.window.clock_watch
    before = read_clocks()
    watch.take(before)
    operator.clock.advance(seconds=by_s)
    after = gone_on(before, 5.0)
    watch.take(replace(after, wall_s=after.wall_s + by_s))
    direction = "forward" if by_s > 0.0 else "back"
    assert f"clock was put {direction} by 1 h 0 min" in operator.sees_banner()
    now_utc = operator.clock()
    assert f"{now_utc:%H%M}Z" in operator.sees_clocks()
    operator.enters_line(f"-10 {where} new")
    rows = file_rows(night, "SELECT observed_at_utc, logged_at_utc FROM reports ORDER BY fid")
    told_utc = now_utc - timedelta(minutes=10)
    assert rows[0][0] == "2026-09-15T02:58:00.000Z", "what was plotted stays as it was"
    assert str(rows[-1][0]).startswith(f"{told_utc:%Y-%m-%dT%H:%M}")
    assert str(rows[-1][1]).startswith(f"{now_utc:%Y-%m-%dT%H:%M}")


def test_a_computer_that_slept_is_told_of(operator: Operator, night: Path) -> None:
    operator.opens(night)
    before = read_clocks()
    operator.window.clock_watch.take(before)
    slept = replace(gone_on(before, HOUR_S), steady_s=before.steady_s)
    operator.window.clock_watch.take(slept)
    assert "slept for 1 h 0 min" in operator.sees_banner()
    assert "put forward" not in operator.sees_banner()


def test_a_clock_that_goes_on_is_not_told_of(operator: Operator) -> None:
    reading = read_clocks()
    watch = ClockWatch(operator._app, lambda: reading)
    told: list[object] = []
    watch.jumped.connect(told.append)
    for seconds in (5.0, 10.0, 3_000.0, 3_059.0):
        watch.take(gone_on(reading, seconds))
    watch.deleteLater()
    assert told == []


def test_a_window_moves_between_screens_of_different_sharpness(
    ready_desks: Workers, night: Path, tmp_path: Path, figure: Callable[[str], None]
) -> None:
    layout = tmp_path / "screens.json"
    layout.write_text(json.dumps({"screens": SCREENS}), "utf-8")
    done = run(
        ready_desks,
        tmp_path,
        MOVES,
        str(night),
        env={
            **without_screen(),
            "QT_QPA_PLATFORM": f"offscreen:configfile={layout}",
            "QT_SCREEN_SCALE_FACTORS": "left=1;right=2",
        },
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["ratios"] == [[1.0], [2.0], [1.0]], "the chart is drawn for the screen it is on"
    assert told["seen"]
    assert told["acts"] >= 2
    figure("1x to 2x to 1x, chart sharp each time")


RIGHT_GONE = [QRect(0, 0, 1920, 1080)]


@pytest.mark.parametrize(
    ("window", "screens", "seen"),
    [
        (QRect(100, 100, 1280, 800), RIGHT_GONE, QRect(100, 100, 1280, 800)),
        (QRect(2000, 100, 1280, 800), RIGHT_GONE, QRect(640, 100, 1280, 800)),
        (QRect(2000, 100, 2500, 1400), RIGHT_GONE, QRect(0, 40, 1920, 1040)),
        (QRect(100, -900, 1280, 800), RIGHT_GONE, QRect(100, 40, 1280, 800)),
        (QRect(-1200, 100, 1280, 800), RIGHT_GONE, QRect(0, 100, 1280, 800)),
    ],
)
def test_a_window_on_a_screen_that_is_gone_comes_back_into_sight(
    window: QRect, screens: list[QRect], seen: QRect
) -> None:
    assert seen_on(window, screens) == seen


def test_a_screen_that_is_taken_away_brings_the_window_back(
    operator: Operator, night: Path, figure: Callable[[str], None]
) -> None:
    operator.opens(night)
    window, app = operator.window, operator._app
    window.setGeometry(9_000, 9_000, 1_200, 700)
    # No screen can be taken from the platform without one; what Qt would say is said for it.
    app.screenRemoved.emit(app.primaryScreen())
    wait_until(
        lambda: app.primaryScreen().availableGeometry().intersects(window.geometry()),
        "the window is in sight",
    )
    operator.enters_line("0258 50 58.0N 001 41.0E new")
    figure("a window on a screen that went comes back (the signal given by hand)")

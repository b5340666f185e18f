"""The program on a real screen: driven by xdotool, its file looked at from outside."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from helpers.plot_files import channelplot
from helpers.screen import Program, Screen, wait_until

pytestmark = pytest.mark.window

REPORTS = "SELECT count(*), count(withdrawn_at_utc) FROM reports"


def test_a_report_is_clicked_typed_undone_and_redone(
    screen: Screen, starts: Callable[[Path], Program], tmp_path: Path
) -> None:
    plot = tmp_path / "real night.gpkg"
    assert channelplot("new", str(plot)).returncode == 0
    program = starts(plot)
    window = screen.window("real night - Channel Plot")
    screen.xdotool("windowactivate", "--sync", window)
    left_px, top_px, width_px, height_px = screen.rectangle(window)

    screen.keys("alt+r")
    # In the Strait, to the right of the panels and above the entry strip.
    screen.clicks(left_px + width_px * 70 // 100, top_px + height_px * 45 // 100)
    screen.types("0001")
    screen.keys("Tab", "Tab", "Tab", "Tab", "Tab")
    screen.types("45 est")
    screen.keys("Return")

    program.waits_for_rows(REPORTS, [(1, 0)])
    ((people, form, observed, status),) = program.rows(
        "SELECT people_total, position_form, substr(observed_at_utc, 12, 5), status"
        " FROM reports JOIN tracks ON tracks.uid = track_uid"
    )
    assert (people, form, observed, status) == (45, "pointed", "00:01", "reported")

    screen.keys("ctrl+z")
    program.waits_for_rows(REPORTS, [(1, 1)])
    assert program.rows("SELECT count(withdrawn_at_utc) FROM tracks") == [(1,)]

    screen.keys("ctrl+shift+z")
    program.waits_for_rows(REPORTS, [(1, 0)])
    assert program.rows("SELECT label FROM edit_log ORDER BY seq") == [
        ("new_plot",),
        ("start_track",),
        ("undo.start_track",),
        ("redo.start_track",),
    ]

    picture = tmp_path / "screen.png"
    wait_until(lambda: _has_a_chart(screen, picture), "the picture of the screen shows the chart")

    screen.keys("ctrl+q")
    wait_until(lambda: program.process.poll() is not None, "the program ends")
    assert program.process.returncode == 0
    assert program.errors() == ""
    assert not plot.with_name(plot.name + ".lock").exists()
    assert channelplot("check", str(plot)).returncode == 0


def _has_a_chart(screen: Screen, path: Path) -> bool:
    """Whether the screen shows sea and land and many colours besides, not one blank area."""
    screen.grab(path)
    image = QImage(str(path))
    assert (image.width(), image.height()) == (1280, 800)
    sample = [
        image.pixelColor(x, y).rgb() for x in range(500, 1270, 11) for y in range(120, 640, 11)
    ]
    shares = sorted((sample.count(colour) / len(sample) for colour in set(sample)), reverse=True)
    return len(shares) > 12 and shares[0] < 0.95 and sum(shares[:3]) > 0.3

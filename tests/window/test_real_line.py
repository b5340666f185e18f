"""The plot line on a real screen, by keyboard alone: no click from the start to the last act."""

from collections.abc import Callable
from pathlib import Path

import pytest

from helpers.plot_files import channelplot
from helpers.screen import Program, Screen, wait_until

pytestmark = pytest.mark.window

POSITIONS = (
    "SELECT position_form, as_received, people_total FROM reports"
    " WHERE withdrawn_at_utc IS NULL ORDER BY fid"
)


def test_reports_are_taken_without_touching_the_mouse(
    screen: Screen, starts: Callable[[Path], Program], tmp_path: Path
) -> None:
    plot = tmp_path / "real night.gpkg"
    assert channelplot("new", str(plot)).returncode == 0
    program = starts(plot)
    window = screen.window("real night - Channel Plot")
    screen.xdotool("windowactivate", "--sync", window)

    screen.types("now 50 58.0N 001 41.0E 310/4 45pob")
    screen.keys("Return", "Return")
    first = ("ddm", "now 50 58.0N 001 41.0E 310/4 45pob", 45)
    program.waits_for_rows(POSITIONS, [first])

    # A question, answered with Alt and a number, from a box of the form.
    screen.types("now 50 30.0 000 10.0 12pob")
    screen.keys("Return", "alt+r", "Tab", "Tab", "alt+2", "F4", "Return")
    second = ("ddm", "now 50 30.0 000 10.0 12pob", 12)
    program.waits_for_rows(POSITIONS, [first, second])
    assert program.rows("SELECT round(MIN(minx), 3) FROM rtree_reports_geom") == [(-0.167,)]

    # The line is empty: undo is the plot's.
    screen.keys("ctrl+z")
    program.waits_for_rows(POSITIONS, [first])

    # Killed with half a line typed, and started again.
    screen.types("now 51 01.2N 001 44.7")
    half_lines = Path(screen.env["XDG_DATA_HOME"]) / "channelplot" / "half_lines"
    wait_until(
        lambda: any("001 44.7" in path.read_text() for path in half_lines.glob("*.json")),
        "the half-typed line is on disk",
    )
    program.process.kill()
    program.process.wait()
    again = starts(plot)
    window = screen.window("real night - Channel Plot")
    screen.xdotool("windowactivate", "--sync", window)
    screen.types("E 30pob")
    screen.keys("Return")
    third = ("ddm", "now 51 01.2N 001 44.7E 30pob", 30)
    again.waits_for_rows(POSITIONS, [first, third])
    wait_until(lambda: not list(half_lines.glob("*.json")), "nothing is half typed any more")

    screen.keys("ctrl+q")
    wait_until(lambda: again.process.poll() is not None, "the program ends")
    assert again.process.returncode == 0
    assert again.errors() == ""

"""After the warm-up, drawing makes no new Qt class or enumeration: another thread may draw."""

import os
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

SCRIPT = dedent(
    """
    import gc, sys
    from dataclasses import replace
    from PySide6.QtWidgets import QApplication
    app = QApplication([])
    from channelplot.analysis.error_circle import error_model
    from channelplot.chart.cancel import Cancel
    from channelplot.chart.error_circles import error_circles
    from channelplot.chart.render_image import render_group, render_overview
    from channelplot.chart.renderers.table import Group
    from channelplot.chart.urgency import Urgency
    from channelplot.chart.warm_up import warm_up
    from helpers.builders import at
    from helpers.charts import CALAIS, CHANNEL, STRAIT, a_scene, night_plot, view
    from helpers.chart_things import marks_of_all, square_search, waters_limit

    def made():
        types = (kind for kind in gc.get_objects() if isinstance(kind, type))
        return {f"{t.__module__}.{t.__qualname__}" for t in types if "PySide6" in str(t.__module__)}

    if "warm" in sys.argv:
        warm_up()
    before = made()
    plot = replace(night_plot(), is_example=True)
    uids = [report.uid for report in plot.reports()]
    boat = next(iter(plot.tracks.values()))
    circles = error_circles(plot, boat, at("0500"), error_model(lambda setting: setting.default))
    overdue = dict(zip(plot.tracks, Urgency))
    marks = marks_of_all(plot, at("0430"), boat.uid)
    plot = plot.with_search(square_search()).with_limit(waters_limit())
    for bounds in (STRAIT, CALAIS, CHANNEL):
        scene = a_scene(plot, view(bounds, 1000, 700))
        marked = replace(scene, selected_uids=frozenset(uids[:3]), pending_uids=frozenset(uids),
                         overdue=overdue, error_circles=circles, reckoned=marks)
        for group in Group:
            render_group(scene, group, Cancel())
            render_group(marked, group, Cancel())
    render_overview(scene, Cancel())
    print(*sorted(made() - before))
    """
)


def made_while_drawing(*arguments: str) -> list[str]:
    """Return the names of the Qt types that a new process makes while it draws the night."""
    tests = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, *arguments],
        env={**os.environ, "PYTHONPATH": str(tests)},
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    return done.stdout.split()


def test_nothing_is_made_while_drawing_after_the_warm_up() -> None:
    assert made_while_drawing("warm") == []


def test_the_warm_up_is_what_makes_them() -> None:
    assert len(made_while_drawing()) > 3

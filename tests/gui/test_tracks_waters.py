"""Whose waters in the Tracks panel: there whenever there is room for the column."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView

from channelplot.geodesy.measure import make_ready
from channelplot.store.act import ActRecord
from channelplot.store.geopackage import PlotFile
from channelplot.ui.panels.tracks import WATERS_COLUMN
from helpers.builders import a_plot, a_track, at
from helpers.night_boats import boat_a, report_1, report_2, report_3, report_4
from helpers.operator import Operator, wait_until


@pytest.fixture
def desk(operator: Operator, tmp_path: Path) -> Operator:
    """Boats A and B, and no room for their waters."""
    make_ready()
    path = tmp_path / "night.gpkg"
    plot = a_plot(boat_a(report_1(), report_2(), report_3()), a_track("B", (report_4(),)))
    PlotFile.create(path, plot, ActRecord("new_plot", "plot", "", "watch", at("0100"))).close()
    operator.clock.set(at("0300"))
    operator.opens(path)
    operator.window.resize(1600, 900)
    widens(operator, 400)
    return operator


def table(desk: Operator) -> QTableView:
    return desk.window.panels.tracks.table


def widens(desk: Operator, width_px: int) -> None:
    """Drag the edge of the docks until they are so wide."""
    dock = desk.window.panels.tracks_dock
    desk.window.resizeDocks([dock], [width_px], Qt.Orientation.Horizontal)
    wait_until(lambda: dock.width() == width_px, f"{dock.width()} px wide")


def waits_for_waters(desk: Operator) -> None:
    """Look until they stand there, while nothing else happens at the desk."""
    wait_until(lambda: not table(desk).isColumnHidden(WATERS_COLUMN), "the column shows")
    assert table(desk).columnWidth(WATERS_COLUMN) > 0
    wait_until(
        lambda: desk.reads_column("Tracks", "Waters") == ["FR", "FR"], "whose waters A and B are in"
    )


def test_they_come_when_the_dock_is_widened_and_nothing_else_changes(desk: Operator) -> None:
    assert table(desk).isColumnHidden(WATERS_COLUMN)
    widens(desk, 470)
    waits_for_waters(desk)
    widens(desk, 400)
    assert table(desk).isColumnHidden(WATERS_COLUMN)
    widens(desk, 600)
    waits_for_waters(desk)


def test_they_come_when_another_column_is_made_narrower(desk: Operator) -> None:
    widens(desk, 450)
    assert table(desk).isColumnHidden(WATERS_COLUMN)
    table(desk).setColumnWidth(0, 60)
    waits_for_waters(desk)


def test_a_layout_that_was_kept_with_them_shows_them_filled(desk: Operator) -> None:
    header = table(desk).horizontalHeader()
    widens(desk, 600)
    wait_until(lambda: not table(desk).isColumnHidden(WATERS_COLUMN), "the column shows")
    kept = header.saveState()
    widens(desk, 400)
    desk.window.desk.state.remember_table("tracks", kept)
    desk.window.panels.restore(desk.window.desk.state)
    assert table(desk).isColumnHidden(WATERS_COLUMN), "there is no room for them"
    widens(desk, 600)
    waits_for_waters(desk)

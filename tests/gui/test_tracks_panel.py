"""The Tracks panel: people, reports, merged boats and the sums, kept up act by act."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from channelplot.commands.claims import give_reports, merge_tracks
from channelplot.commands.tracks import amend_track
from channelplot.model.codes import Craft
from channelplot.store.act import ActRecord
from channelplot.store.geopackage import PlotFile
from channelplot.ui.theme import theme
from helpers.builders import a_report, a_track, at
from helpers.night_boats import night_before_correction
from helpers.operator import Operator, by_column, wait_until

PEOPLE, UNACCOUNTED, LAST, STATUS, REPORTS = 1, 2, 3, 5, 6
"""Columns of the panel."""
LOOKS = ("Track", "People", "◆", "Rep.")


@pytest.fixture
def desk(operator: Operator, tmp_path: Path) -> Operator:
    """The desk at step 14 of the night, a ferry in sight."""
    ferry = a_track("FERRY", (a_report("0258"),), craft=Craft.MERCHANT_VESSEL)
    path = tmp_path / "night.gpkg"
    plot = night_before_correction().with_track(ferry)
    PlotFile.create(path, plot, ActRecord("new_plot", "plot", "", "watch", at("0100"))).close()
    operator.clock.set(at("0457"))
    operator.opens(path)
    return operator


def uid(desk: Operator, name: str) -> str:
    tracks = desk.window.desk.session.document.plot.tracks.values()
    return next(track.uid for track in tracks if track.name == name)


def cell(desk: Operator, name: str, column: int, role: Qt.ItemDataRole) -> object:
    model = desk.table("Tracks").model()
    row = desk.reads_column("Tracks", "Track").index(name)
    return model.index(row, column).data(role)


def test_people_are_shown_as_reported_and_counted(desk: Operator) -> None:
    assert by_column(desk.reads_panel("Tracks"), *LOOKS) == [
        ("A", "55 / 47", "◆ 8", "5"),
        ("B", "22", "◆ 22", "1"),
        ("FERRY", "", "", "1"),
    ]
    role = Qt.ItemDataRole
    assert cell(desk, "A", REPORTS, role.ToolTipRole) == (
        "5 reports: aircraft 2, ship 1, phone 1, patrol 1"
    )
    assert "0412Z patrol" in str(cell(desk, "A", PEOPLE, role.ToolTipRole))
    font = cell(desk, "A", UNACCOUNTED, role.FontRole)
    assert isinstance(font, QFont)
    assert font.bold(), "not by colour alone, nor by the shape"
    assert cell(desk, "FERRY", UNACCOUNTED, role.FontRole) is None
    assert cell(desk, "FERRY", UNACCOUNTED, role.ToolTipRole) == ""


def test_the_sums_keep_apart_what_happened_ashore(desk: Operator) -> None:
    said = desk.label_text("Sums of the plot")
    assert "2 crossings, 2 open" in said
    assert "77 reported, 47 counted" in said
    assert "◆&nbsp;30 unaccounted (6 children)" in said
    assert "Ashore: 1 prevented (30 people)" in said


def test_all_follows_when_a_report_is_moved_and_taken_back(desk: Operator) -> None:
    document = desk.window.desk.session.document
    document.apply(give_reports(("r3",), None, new_track=a_track("C")))
    desk.waits_until_saved()

    assert by_column(desk.reads_panel("Tracks"), *LOOKS) == [
        ("A", "45 est / 47", "", "4"),
        ("B", "22", "◆ 22", "1"),
        ("C", "55", "◆ 55", "1"),
        ("FERRY", "", "", "1"),
    ]
    assert "3 crossings, 3 open" in desk.label_text("Sums of the plot")
    assert "◆&nbsp;77 unaccounted (13 children)" in desk.label_text("Sums of the plot")
    desk.undoes()
    assert desk.reads_column("Tracks", "◆") == ["◆ 8", "◆ 22", ""]
    assert "◆&nbsp;30 unaccounted" in desk.label_text("Sums of the plot")


def test_a_merged_boat_shows_on_request_as_the_same_as_the_other(desk: Operator) -> None:
    document = desk.window.desk.session.document
    assert not desk.window.panels.tracks.merged.isVisible(), "nothing was merged"
    document.apply(
        merge_tracks(uid(desk, "B"), uid(desk, "A"), change_uid="m", at_utc=at("0457"), by="watch")
    )
    desk.waits_until_saved()
    assert desk.reads_column("Tracks", "Track") == ["A", "FERRY"]
    assert desk.window.panels.tracks.count.text() == "2", "it is not filtered out: it is A"

    desk.window.panels.tracks.merged.click()
    assert desk.reads_column("Tracks", "Track") == ["A", "B", "FERRY"]
    assert desk.reads_column("Tracks", "Status")[1] == "same as A"
    assert desk.reads_column("Tracks", "◆")[1] == ""
    track = document.plot.tracks[uid(desk, "A")]
    document.apply(amend_track(replace(track, name="HUNTER")))
    assert desk.reads_column("Tracks", "Status")[0] == "same as HUNTER"

    desk.undoes(2)
    assert desk.reads_column("Tracks", "Track") == ["A", "B", "FERRY"]
    assert not desk.window.panels.tracks.merged.isVisible()


def test_who_is_unaccounted_for_sorts_to_one_end(desk: Operator) -> None:
    desk.clicks_header("Tracks", "◆")
    first = desk.reads_column("Tracks", "Track")
    desk.clicks_header("Tracks", "◆")
    assert {tuple(first), tuple(desk.reads_column("Tracks", "Track"))} == {
        ("FERRY", "A", "B"),
        ("B", "A", "FERRY"),
    }


def test_the_number_of_reports_shows_where_there_is_room(desk: Operator) -> None:
    panel = desk.window.panels.tracks
    panel.resize(360, 400)
    assert panel.table.isColumnHidden(REPORTS)
    least_px = panel.table.columnWidth(STATUS)
    panel.resize(640, 400)
    assert not panel.table.isColumnHidden(REPORTS)
    assert panel.table.columnWidth(STATUS) > least_px
    panel.resize(640, 120)
    assert panel.totals.isVisible()
    said = panel.totals.text()
    assert "crossings" not in said, "some rows rather than all sums"
    assert "unaccounted" in said, "that is never given up"


def test_who_is_unaccounted_for_stays_red_when_the_row_is_selected(desk: Operator) -> None:
    table = desk.table("Tracks")
    index = table.model().index(desk.reads_column("Tracks", "Track").index("A"), UNACCOUNTED)
    option = QStyleOptionViewItem()
    delegate = table.itemDelegate()
    assert isinstance(delegate, QStyledItemDelegate)
    delegate.initStyleOption(option, index)
    assert option.palette.highlightedText().color().name() == theme().bad
    desk.selects("Tracks", index.row())
    rect = table.visualRect(index)
    picture = table.viewport().grab(rect).toImage()
    seen = {
        picture.pixelColor(x, y).name()
        for x in range(picture.width())
        for y in range(picture.height())
    }
    assert theme().bad in seen


def test_a_time_with_its_day_has_room_at_once(operator: Operator, night: Path) -> None:
    operator.opens(night)
    table = operator.table("Tracks")
    usual_px = table.columnWidth(LAST)
    operator.plots("50 58.0N 001 41.0E", time="140210Z SEP 26")
    (text,) = operator.reads_column("Tracks", "Last")
    assert text == "140210Z"
    assert table.columnWidth(LAST) > usual_px
    assert table.columnWidth(LAST) >= table.fontMetrics().horizontalAdvance(text) + 6


def test_a_time_that_gets_its_day_as_hours_go_by_has_room(operator: Operator, night: Path) -> None:
    operator.opens(night)
    operator.plots("50 58.0N 001 41.0E", time="0210")
    table = operator.table("Tracks")
    usual_px = table.columnWidth(LAST)
    operator.clock.set(at("0210", 16))
    operator.window.desk.lookout.look()
    assert operator.reads_column("Tracks", "Last") == ["150210Z"]
    assert table.columnWidth(LAST) > usual_px


def test_who_is_unaccounted_for_shows_whatever_else_is_open(desk: Operator) -> None:
    desk.window.resize(1280, 800)
    desk.presses("Alt+Y")
    totals = desk.window.panels.tracks.totals
    wait_until(lambda: not desk.window.panels.layers.visibleRegion().isEmpty(), "the layers show")
    assert totals.isVisible()
    assert totals.visibleRegion().boundingRect().height() >= totals.fontMetrics().height()
    assert "30 unaccounted" in totals.text()
    assert totals.heightForWidth(totals.width()) <= totals.height(), "all of it shows"

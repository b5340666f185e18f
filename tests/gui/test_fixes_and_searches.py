"""A fix from bearings and a planned search, by keyboard alone, and the search's panel and route."""

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from channelplot.chart.overlay import GhostCircle, GhostPath
from channelplot.document.document import Document
from channelplot.geodesy.measure import bearing_deg, distance_m
from channelplot.model.codes import PositionForm
from channelplot.model.plot import Plot
from channelplot.store.act import ActRecord
from channelplot.store.geopackage import PlotFile
from helpers.builders import R2, R3, a_mark, a_plot, a_report, a_track, at, ddm
from helpers.night_at_sea import STREAM_AND_WIND
from helpers.night_chartwork import CGN
from helpers.operator import Operator, wait_until

CALAIS = ddm(50, 58.0, 1, 50.0)


def night() -> Plot:
    """C of the night with R3, two marks of the desk, stream and wind of step 11."""
    plot = a_plot(a_track("C", [a_report("0245", uid="r3", position=R3)], uid="boat-c"))
    plot = plot.with_mark(a_mark("CGN", CGN)).with_mark(a_mark("CAL", CALAIS))
    return plot.with_conditions(STREAM_AND_WIND)


@pytest.fixture
def desk(operator: Operator, tmp_path: Path) -> Operator:
    """The desk at 0456Z with C selected."""
    path = tmp_path / "night.gpkg"
    PlotFile.create(path, night(), ActRecord("new_plot", "plot", "", "watch", at("0100"))).close()
    operator.clock.set(at("0456"))
    operator.opens(path)
    operator.selects_track("C")
    return operator


def document(operator: Operator) -> Document:
    return operator.window.desk.session.document


class TestFixFromBearings:
    def test_two_marks_make_a_report_of_the_boat(self, desk: Operator) -> None:
        desk.presses("Ctrl+B")
        desk.types("CGN")
        desk.presses("Tab")
        desk.types(f"{bearing_deg(CGN, R2):05.1f}")
        desk.presses("Tab")
        desk.types("CAL")
        desk.presses("Tab")
        desk.types(f"{bearing_deg(CALAIS, R2):05.1f}")
        said = desk.reads_back()
        assert "50°58.79'N 001°39.4" in said
        assert "cut at" in said
        assert "WEAK" not in said
        ghosts = desk.window.desk.bearings_fix_draft.shapes()
        assert sum(isinstance(shape, GhostPath) for shape in ghosts) == 2
        desk.presses("Return")
        desk.waits_until_saved()
        report = document(desk).plot.tracks["boat-c"].reports[-1]
        assert report.position is not None
        assert distance_m(report.position, R2) < 30.0
        assert report.position_form is PositionForm.BEARINGS
        assert not desk.sees("Read-back") or "50°58" not in desk.reads_back()

    def test_three_tell_of_their_cocked_hat_and_a_weak_cut_is_warned_of(
        self, desk: Operator
    ) -> None:
        desk.presses("Ctrl+B")
        for number, (mark, bearing) in enumerate((("CGN", "350"), ("CAL", "320")), 1):
            desk.fills(f"Mark {number}", mark)
            desk.fills(f"Bearing {number}", bearing)
        assert "less than 30°" not in desk.reads_back()
        desk.fills("Bearing 2", "335")
        assert "WEAK FIX: the lines cut at 15°, less than 30°" in desk.reads_back()
        desk.fills("Mark 3", "50 50.0N 001 30.0E")
        desk.fills("Bearing 3", "005M")
        said = desk.reads_back()
        assert "cocked hat" in said
        assert "variation +" in said

    def test_what_can_not_be_read_is_said_in_one_sentence(self, desk: Operator) -> None:
        desk.presses("Ctrl+B")
        desk.fills("Mark 1", "CGN")
        desk.fills("Bearing 1", "400")
        assert desk.reads_back() == ("“400” is no bearing: 0 to 360, such as 023, 023T or 026M.")
        desk.fills("Bearing 1", "180")
        desk.fills("Mark 2", "CAL")
        desk.fills("Bearing 2", "090")
        assert desk.reads_back().startswith("These lines part from each other")
        before = document(desk).plot
        desk.presses("Return")
        assert document(desk).plot is before


class TestSearch:
    def test_step_17_is_read_back_with_every_figure(self, desk: Operator) -> None:
        desk.presses("Ctrl+E")
        desk.types("0500Z")
        said = desk.reads_back()
        assert "datum 0500Z 51°01.20'N 001°44.74'E" in said
        assert "5.18 NM 070.7°T since 0245Z" in said
        assert "E = √(1.0² + (0.3 × 5.18)² + 0.1²) = 1.85 NM, R = 1.1 E = 2.03 NM" in said
        assert "first leg into the wind" in said
        shapes = desk.window.desk.search_draft.shapes()
        assert any(isinstance(shape, GhostCircle) for shape in shapes)

    def test_it_is_kept_listed_copied_exported_and_withdrawn(
        self, desk: Operator, tmp_path: Path
    ) -> None:
        desk.presses("Ctrl+E")
        desk.types("0500Z")
        desk.fills("Legs", "5")
        desk.presses("Return")
        desk.waits_until_saved()
        rows = desk.reads_panel("Legs of the search")
        assert [row["Leg"] for row in rows] == ["CSP", "1", "2", "3", "4", "5"]
        assert [row["Course"] for row in rows[1:]] == [
            "290.0°T", "020.0°T", "110.0°T", "200.0°T", "290.0°T"
        ]  # fmt: skip
        assert [row["NM"] for row in rows[1:]] == ["1.00", "1.00", "2.00", "2.00", "3.00"]
        assert rows[1]["To"] == "51°01.54'N 001°43.25'E"
        assert rows[5]["To"] == "51°00.94'N 001°41.22'E"
        assert rows[5]["Run NM"] == "9.00"
        panel = desk.window.panels.searches
        panel.copy_table()
        copied = QGuiApplication.clipboard().text().splitlines()
        assert copied[0] == "S1"
        assert copied[-1].split("\t")[1:] == [
            "290.0°T", "3.00", "51°00.94'N 001°41.22'E", "9.00"
        ]  # fmt: skip
        route = tmp_path / "route.gpx"
        desk.chooses_file(
            route, lambda: desk.takes_from_menu("Chartwork", "Export the search as a route...")
        )
        wait_until(lambda: "The route of S1 is in" in desk.sees_banner(), "the route is written")
        points = ET.parse(route).getroot().findall(".//{*}rtept")
        assert len(points) == 6
        panel.withdraw_button.click()
        desk.waits_until_saved()
        assert document(desk).plot.searches == {}
        assert desk.sees_banner() == "The search S1 is withdrawn. Ctrl+Z takes that back."
        desk.undoes()
        assert desk.reads_panel("Legs of the search")[0]["Leg"] == "CSP"

    def test_a_time_that_can_not_be_is_said_in_one_sentence(self, desk: Operator) -> None:
        plot = document(desk).plot
        desk.presses("Ctrl+E")
        desk.types("0200Z")
        assert desk.reads_back() == (
            "That time is before the boat's first position: choose a later one."
        )
        desk.fills("At, UTC", "soon")
        assert "soon" in desk.reads_back()
        desk.presses("Return")
        assert document(desk).plot is plot

    def test_esc_leaves_nothing_on_the_chart(self, desk: Operator) -> None:
        desk.presses("Ctrl+E")
        desk.types("0500Z")
        assert desk.window.desk.search_draft.shapes()
        desk.presses("Escape", "Escape")
        assert desk.window.desk.search_draft.shapes() == ()

"""A fix from bearings and a planned search, by keyboard alone, and the search's panel and route."""

import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from channelplot.chart.overlay import GhostCircle, GhostPath
from channelplot.commands.conditions import add_conditions
from channelplot.document.document import Document
from channelplot.geodesy.measure import bearing_deg, distance_m
from channelplot.model.codes import PositionForm
from channelplot.model.ids import new_uid
from channelplot.model.plot import Plot
from channelplot.store.act import ActRecord
from channelplot.store.geopackage import PlotFile
from channelplot.ui.entry.bearings_fix_form import BearingsFixForm
from channelplot.ui.entry.search_form import SearchForm
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

    def test_a_weak_fix_is_not_plotted_at_one_enter(self, desk: Operator) -> None:
        before = document(desk).plot
        desk.presses("Ctrl+B")
        form = desk.window.findChild(BearingsFixForm)
        assert form is not None
        assert [edit.placeholderText() for edit in form.marks] == ["CGN", "SFL", ""]
        for number, (mark, bearing) in enumerate((("CGN", "350"), ("CAL", "335")), 1):
            desk.fills(f"Mark {number}", mark)
            desk.fills(f"Bearing {number}", bearing)
        assert desk.is_asked()
        assert form.readback.property("warning")
        desk.presses("Return")
        assert document(desk).plot is before
        desk.presses("Alt+1")
        desk.waits_until_saved()
        assert len(document(desk).plot.tracks["boat-c"].reports) == 2

    def test_the_bearing_that_is_off_most_is_to_be_corrected(self, desk: Operator) -> None:
        desk.presses("Ctrl+B")
        desk.fills("Mark 1", "CGN")
        desk.fills("Bearing 1", f"{bearing_deg(CGN, R2):05.1f}")
        desk.fills("Mark 2", "CAL")
        desk.fills("Bearing 2", f"{bearing_deg(CALAIS, R2):05.1f}")
        assert not desk.is_asked()
        desk.fills("Mark 3", "51 07.0N 001 20.0E")
        desk.fills("Bearing 3", f"{bearing_deg(ddm(51, 7.0, 1, 20.0), R2) + 15.0:05.1f}")
        assert desk.reads_back().startswith("THE BEARINGS DISAGREE: one is off by")
        fix = desk.window.desk.bearings_fix_draft.reading().fix
        assert fix is not None
        worst = max(range(3), key=lambda number: abs(fix.misses_deg[number]))
        desk.presses("Alt+2")
        assert desk.focus_name == f"Bearing {worst + 1}"

    def test_every_greyed_mark_is_one_of_the_chart(self, operator: Operator) -> None:
        operator.opens()
        operator.presses("Ctrl+B")
        operator.fills("Mark 1", "CGN")
        operator.fills("Mark 2", "SFL")
        sights = operator.window.desk.bearings_fix_draft.reading().sights
        assert all(sight.mark is not None for sight in sights[:2])

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

    def test_a_drift_past_its_validity_is_asked_about_in_warning_ink(self, desk: Operator) -> None:
        desk.presses("Ctrl+E")
        desk.types("0615Z")
        assert desk.reads_back().startswith("STREAM OR WIND NOT VALID for 1 h 00 of it.")
        form = desk.window.findChild(SearchForm)
        assert form is not None
        assert form.readback.property("warning")
        desk.presses("Return")
        assert document(desk).plot.searches == {}
        desk.presses("Alt+1")
        desk.waits_until_saved()
        assert len(document(desk).plot.searches) == 1

    def test_a_stream_that_turned_is_read_back_net_and_along(self, desk: Operator) -> None:
        other = replace(STREAM_AND_WIND, uid=new_uid(), stream_set_deg=240.0, stream_rate_kn=3.0)
        other = replace(other, valid_from_utc=at("0400"), valid_until_utc=at("0515"))
        document(desk).apply(add_conditions(other))
        desk.presses("Ctrl+E")
        desk.types("0500Z")
        datum = desk.window.desk.search_draft.reading().datum
        assert datum is not None
        net, along = (f"{metres / 1852.0:.2f}" for metres in (datum.net[1], datum.drift_m))
        assert float(net) < float(along) - 1.0
        said = desk.reads_back()
        assert f"{net} NM " in said
        assert f"from its fix, d {along} NM along its drift since 0245Z" in said
        assert f"(0.3 × {along})²" in said

    def test_a_name_that_is_used_is_refused_before_enter(self, desk: Operator) -> None:
        desk.presses("Ctrl+E")
        desk.types("0500Z")
        desk.presses("Return")
        desk.waits_until_saved()
        desk.presses("Ctrl+E")
        desk.types("0500Z")
        desk.fills("Name", "S1")
        assert desk.reads_back() == "Another search has this name already: choose another."

    def test_the_time_of_each_leg_shows_and_it_is_planned_anew(self, desk: Operator) -> None:
        desk.presses("Ctrl+E")
        desk.types("0500Z")
        desk.fills("Legs", "5")
        desk.fills("Searcher kn", "8")
        assert "9.0 NM in all  ·  1 h 07 at 8 kn" in desk.reads_back()
        desk.presses("Return")
        desk.waits_until_saved()
        assert [row["Min"] for row in desk.reads_panel("Legs of the search")] == [
            "", "7.5", "7.5", "15.0", "15.0", "22.5"
        ]  # fmt: skip
        panel = desk.window.panels.searches
        assert "legs 9.00 NM in all  ·  1 h 07 at 8 kn" in panel.figures.text()
        assert "d 5.18 NM along its drift × 0.3" in panel.figures.text()
        panel.anew_button.click()
        assert desk.field_text("At, UTC") == "0500Z"
        assert desk.field_text("Legs") == "5"
        assert desk.field_text("Searcher kn") == "8"
        assert desk.focus_name == "Position"
        desk.presses("Return")
        desk.waits_until_saved()
        names = {search.name for search in document(desk).plot.searches.values()}
        assert names == {"S1", "S2"}

    def test_legs_of_more_than_a_day_are_asked_about(self, desk: Operator) -> None:
        desk.presses("Ctrl+E")
        desk.types("0500Z")
        desk.fills("Searcher kn", "1")
        assert desk.reads_back().startswith("THE LEGS TAKE 30 h")
        desk.presses("Return")
        assert document(desk).plot.searches == {}

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

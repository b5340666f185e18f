"""The Chartwork panel: the night's figures, worked by keys, and kept up to date by itself."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from channelplot.basemap.beaches import read_beaches
from channelplot.commands.claims import give_reports
from channelplot.geodesy.measure import make_ready
from channelplot.geodesy.position import Position
from channelplot.geodesy.text import Notation
from channelplot.model.beach import Beach
from channelplot.model.codes import Craft, LimitPurpose, TrackStatus
from channelplot.model.conditions import ConditionsEntry
from channelplot.model.limit import LoadedLimit
from channelplot.model.plot import Plot
from channelplot.model.track import Track
from channelplot.settings import TEXT_SCALE_PERCENT, Settings, config_folder
from channelplot.store.act import ActRecord
from channelplot.store.geopackage import PlotFile
from channelplot.ui.chartwork_row import Tone
from channelplot.ui.panels.chartwork import ChartworkPanel
from channelplot.ui.words.chartwork_others_text import MOST_BEACHES
from helpers.builders import a_beach, a_plot, a_report, a_track, at, ddm
from helpers.night_boats import (
    WISSANT,
    boat_a,
    prevented_attempt,
    report_1,
    report_2,
    report_3,
    report_4,
    report_5,
    report_6,
)
from helpers.night_chartwork import BLERIOT, CUTTER_1, PATROL_FR
from helpers.operator import Operator, wait_until

STREAM_AND_WIND = ConditionsEntry(
    uid="conditions",
    valid_from_utc=at("0245"),
    valid_until_utc=at("0515"),
    logged_at_utc=at("0345"),
    stream_set_deg=60.0,
    stream_rate_kn=1.9,
    wind_from_deg=290.0,
    wind_speed_kn=14.0,
    leeway_percent=4.0,
)
Opens = Callable[..., Operator]


def ferry() -> Track:
    report = a_report(
        "0258", uid="f1", position=ddm(50, 58.50, 1, 44.50), course_deg=292.0, speed_kn=18.0
    )
    return a_track("FERRY X", (report,), uid="ferry", craft=Craft.MERCHANT_VESSEL)


def asset(name: str, report_uid: str, speed_kn: float | None) -> Track:
    where = {"CUTTER-1": CUTTER_1, "PATROL-FR": PATROL_FR}[name]
    reports = (a_report("0346", uid=report_uid, position=where),)
    track = a_track(name, reports, uid=name, craft=Craft.RESCUE_VESSEL)
    return replace(track, speed_kn=speed_kn)


def night_plot(*tracks: Track) -> Plot:
    plot = a_plot(*tracks, unattributed=(prevented_attempt(),))
    for name, where in (("Wissant", WISSANT), ("Blériot", BLERIOT)):
        plot = plot.with_beach(a_beach(name, where, uid=name))
    return plot.with_beach(a_beach("Sangatte", uid="Sangatte"))


@pytest.fixture
def opens(operator: Operator, tmp_path: Path) -> Opens:
    """Opens a plot at a time, with one of its boats selected and the chartwork asked for."""
    make_ready()

    def open_plot(
        plot: Plot, hhmm: str, select: str = "", register: Sequence[Beach] = ()
    ) -> Operator:
        path = tmp_path / "night.gpkg"
        PlotFile.create(path, plot, ActRecord("new_plot", "plot", "", "watch", at("0100"))).close()
        operator.clock.set(at(hhmm))
        operator.opens(path)
        operator.window.desk.beach_draft.use_register(register)
        if select:
            operator.picks_row("Tracks", "Track", select)
        operator.presses("F9")
        return operator

    return open_plot


def panel(desk: Operator) -> ChartworkPanel:
    return desk.window.panels.chartwork


def lines(desk: Operator) -> dict[str, str]:
    """The lines that show by their keys, headings left out, as they would be copied."""
    rows = panel(desk).list.lines.rows
    return {row.key: row.text for row in rows if not row.is_heading}


def waits_for(desk: Operator, key: str, *pieces: str) -> None:
    """Look until a line says all of this."""
    wait_until(
        lambda: all(piece in lines(desk).get(key, "") for piece in pieces),
        f"{key} says {pieces}, not {lines(desk).get(key)!r}",
    )


def waits_to_see(desk: Operator, text: str) -> None:
    """Look until some line says this."""
    wait_until(lambda: text in " ".join(lines(desk).values()), f"{text!r} in {lines(desk)}")


def asks_for(desk: Operator, text: str) -> None:
    """Type a time into the field that F9 goes to."""
    desk.presses("F9")
    desk.types(text)
    desk.presses("Return")


def test_steps_1_3_and_4_the_legs_and_the_beach(opens: Opens) -> None:
    desk = opens(night_plot(boat_a(report_1(), report_2(), report_3())), "0250", "A")
    waits_for(desk, "legs/run", "2.96 NM", "5.08 kn")
    waits_for(desk, "legs/good", "300.7°T", "2.94 NM", "35 min", "5.04 kn")
    waits_for(desk, "legs/r2", "0210Z – 0228Z", "308.5°T", "1.27 NM", "18 min", "4.23 kn")
    waits_for(desk, "legs/r3", "294.9°T", "1.69 NM", "17 min", "5.98 kn")
    waits_for(desk, "came_from/Sangatte", "298.4°T", "2.95 NM", "0134Z", "likely")
    waits_for(desk, "came_from/Wissant", "010.9°T", "4.69 NM", "0114Z")
    waits_for(desk, "came_from/Blériot", "275.4°T", "5.40 NM", "0105Z")
    beaches = [key for key in lines(desk) if key.startswith("came_from/")]
    assert beaches[0] == "came_from/Sangatte", "the best first"


def test_step_4_beside_the_beaches_of_the_register(opens: Opens) -> None:
    desk = opens(
        night_plot(boat_a(report_1(), report_2(), report_3())), "0250", "A", read_beaches()
    )
    waits_for(desk, "came_from/Sangatte", "298.4°T", "2.95 NM", "0134Z", "likely")
    waits_for(desk, "came_from/Wissant", "010.9°T", "4.69 NM", "0114Z")
    waits_for(desk, "came_from/Blériot", "275.4°T", "5.40 NM", "0105Z")
    beaches = [row.cells[0].text for row in panel(desk).list.lines.rows if "came_from/" in row.key]
    assert len(beaches) == MOST_BEACHES
    assert beaches[:2] == ["Sangatte", "Blériot"], "the best first"
    assert "Blériot-Plage" not in beaches, "the register's is the same sand"


def test_off_cherbourg_the_coast_is_told_and_when_its_twelve_miles_end(opens: Opens) -> None:
    off = a_report("0450", uid="d1", position=Position(-1.6, 49.75), course_deg=350.0, speed_kn=5.0)
    desk = opens(night_plot(a_track("D", (off,), uid="boat-d")), "0455", "D")
    waits_for(desk, "waters/here", "French waters", "5.00 NM", "nearest coast", "indicative")
    assert "127." not in lines(desk)["waters/here"]
    waits_for(desk, "waters/under_way", "no state's waters 0621Z", "1 h 26", "predicted")
    waits_for(desk, "waters/under_way", "12 NM from the charted coast, indicative")
    asks_for(desk, "0900Z")
    waits_for(desk, "waters/here", "no state's waters", "11.25 NM")
    waits_for(desk, "waters/under_way", "UK waters 1303Z", "predicted", "indicative")
    asks_for(desk, "0630Z")
    waits_for(desk, "waters/under_way", "no change of waters predicted by 1230Z")


def test_steps_7_and_8_where_it_is_whose_waters_and_the_ferry(opens: Opens) -> None:
    desk = opens(night_plot(boat_a(report_1(), report_2(), report_3()), ferry()), "0300", "A")
    waits_for(desk, "position/reckoned", "DR 0300Z", "51°00.14'N 001°35.29'E")
    waits_for(desk, "position/reckoned", "300.7°T 5.04 kn made good over 3 fixes", "1.26 NM")
    waits_for(desk, "waters/here", "French waters", "2.62 NM", "331.4°T", "1988 line, legal")
    waits_for(desk, "waters/here", "51°02.44'N 001°33.30'E")
    waits_for(desk, "waters/under_way", "UK waters 0334Z", "predicted", "51°01.61'N 001°31.38'E")
    waits_for(desk, "waters/sar", "no region loaded")
    waits_for(desk, "closest/ferry", "FERRY X", "0.33 NM", "3.3 cables", "0325Z", "018.4°T")
    waits_for(desk, "closest/ferry", "0300Z: 5.45 NM 105.0°T")
    assert "25.0 min" in lines(desk)["closest/ferry"] or "25.1 min" in lines(desk)["closest/ferry"]


def test_steps_10_to_12_adrift_and_who_can_help(opens: Opens) -> None:
    adrift = replace(report_5(), speed_kn=0.0)
    plot = night_plot(
        boat_a(report_1(), report_2(), report_3(), adrift),
        asset("CUTTER-1", "c1", 22.0),
        asset("PATROL-FR", "p1", 18.0),
        replace(ferry(), speed_kn=None, reports=(a_report("0258", uid="f1", track_uid="ferry"),)),
    ).with_conditions(STREAM_AND_WIND)
    desk = opens(plot, "0412", "A")
    waits_for(desk, "position/reckoned", "EP 0412Z", "51°02.30'N 001°32.53'E")
    waits_for(desk, "position/reckoned", "drift 070.7°T 2.30 kn", "stream 060°T 1.9 kn")
    waits_for(desk, "position/reckoned", "wind from 290°T 14 kn, leeway 4 %", "1.23 NM in 32 min")
    waits_for(desk, "waters/here", "UK waters", "0.13 NM")
    waits_for(desk, "waters/adrift", "French waters 0430Z", "predicted", "51°02.54'N 001°33.59'E")
    assert "waters/under_way" not in lines(desk), "it has no way"

    asks_for(desk, "-26")
    waits_for(desk, "help/CUTTER-1", "120.7°T", "8.66 NM", "0409:37Z", "UK", "22.00 kn")
    waits_for(desk, "help/PATROL-FR", "292.5°T", "9.95 NM", "0419:09Z", "UK", "fix 0346Z, at")
    waits_for(desk, "help/ferry", "⚠ fix 0258Z is 48 min old", "speed not known")
    helpers = [key for key in lines(desk) if key.startswith("help/")]
    assert helpers == ["help/CUTTER-1", "help/PATROL-FR", "help/ferry"], "the soonest first"

    asks_for(desk, "0341Z")
    waits_for(desk, "position/reckoned", "EP 0341Z")
    helpers = [key for key in lines(desk) if key.startswith("help/")]
    assert helpers == ["help/ferry"], "the others had not been seen by then"


def test_step_13_how_far_the_cutter_found_it_from_the_drift(opens: Opens) -> None:
    stopped = replace(report_5(), speed_kn=0.0)
    night = boat_a(report_1(), report_2(), report_3(), stopped, report_6())
    desk = opens(night_plot(night).with_conditions(STREAM_AND_WIND), "0415", "A")
    waits_for(desk, "position/off", "0412Z fix 0.21 NM 269°T from EP")
    (row,) = (row for row in panel(desk).list.lines.rows if row.key == "position/off")
    assert row.detail_tone is Tone.FAINT


def test_how_old_the_fix_of_a_helper_is(opens: Opens) -> None:
    cutter = replace(asset("CUTTER-1", "c1", 22.0), contact_interval_min=60)
    plot = night_plot(boat_a(report_1(), report_2(), report_3()), cutter)
    desk = opens(plot.with_track(asset("PATROL-FR", "p1", 18.0)), "0416", "A")

    def tones() -> dict[str, Tone]:
        rows = panel(desk).list.lines.rows
        return {row.key: row.detail_tone for row in rows if row.key.startswith("help/")}

    waits_for(desk, "help/PATROL-FR", "fix 0346Z, at 18.00 kn")
    assert tones() == {"help/CUTTER-1": Tone.FAINT, "help/PATROL-FR": Tone.FAINT}
    desk.sets_clock("0417")
    waits_for(desk, "help/PATROL-FR", "⚠ fix 0346Z is 31 min old, at 18.00 kn")
    assert tones() == {"help/CUTTER-1": Tone.FAINT, "help/PATROL-FR": Tone.WARNING}


def test_a_boat_whose_motion_is_unknown_is_met_where_it_drifts(opens: Opens) -> None:
    boat_c = a_track("C", (report_3(),), uid="boat-c")
    plot = night_plot(boat_c, ferry(), asset("CUTTER-1", "c1", 22.0))
    desk = opens(plot.with_conditions(STREAM_AND_WIND), "0500", "C")
    waits_for(desk, "help/CUTTER-1", "22.00 kn")

    def headings() -> list[str]:
        return [row.cells[0].text for row in panel(desk).list.lines.rows if row.is_heading]

    assert {"Closest, if adrift", "Nearest help, if adrift"} <= set(headings())
    desk.window.desk.session.selection.set(frozenset({"ferry"}))
    waits_for(desk, "closest/boat-c", "C if adrift")
    assert {"Closest", "Nearest help"} <= set(headings())


def test_step_16_everything_follows_when_a_report_is_moved(opens: Opens) -> None:
    all_of_a = boat_a(report_1(), report_2(), report_3(), report_5(), report_6())
    desk = opens(night_plot(all_of_a), "0455", "A")
    waits_for(desk, "legs/run", "8.64 NM", "2 h 02", "4.25 kn")
    waits_for(desk, "legs/good", "307.8°T", "7.03 NM")
    document = desk.window.desk.session.document
    document.apply(give_reports(("r3",), None, new_track=a_track("C", uid="boat-c")))
    waits_for(desk, "legs/run", "8.63 NM", "2 h 02", "4.24 kn")
    waits_for(desk, "legs/r5", "299.5°T", "6.33 NM", "5.28 kn")

    asks_for(desk, "0300Z")
    waits_for(desk, "position/reckoned", "51°00.19'N 001°36.64'E", "over 2 fixes")


def test_step_17_two_hypotheses_of_c(opens: Opens) -> None:
    boat_c = a_track("C", (report_3(),), uid="boat-c")
    desk = opens(night_plot(boat_c).with_conditions(STREAM_AND_WIND), "0455", "C")
    asks_for(desk, "0500Z")
    waits_for(desk, "position/adrift", "51°01.20'N 001°44.74'E", "070.7°T 2.30 kn", "5.18 NM")
    waits_for(desk, "waters/there", "If adrift", "French waters", "4.54 NM", "1988 line, legal")

    desk.presses("Tab", "Space")
    desk.types("300.7/5.04")
    desk.presses("Return")
    waits_for(desk, "position/reckoned", "51°05.27'N 001°21.54'E", "as supposed")
    assert desk.label_text("Supposed") == "SUPPOSED: 300.7°T 5.04 kn over the ground"
    waits_for(desk, "position/adrift", "51°01.20'N 001°44.74'E")

    panel(desk).head.as_known.click()
    waits_for(desk, "position/reckoned", "no motion known")
    assert not desk.sees("Supposed")


def test_f9_asks_for_a_time_and_esc_goes_back(opens: Opens) -> None:
    desk = opens(night_plot(boat_a(report_1(), report_2(), report_3())), "0312", "A")
    assert desk.focus_name == "Time to answer for"
    assert desk.label_text("Answers are for") == "Now 0312Z"
    for text, says, shown in (
        ("0300Z", "0300Z, 12 min ago", "DR 0300Z"),
        ("+30", "0342Z, in 30 min", "DR 0342Z"),
        ("-27", "0245Z, 27 min ago", "Fix 0245Z"),
        ("0130Z", "0130Z, 1 h 42 ago", "No position by 0130Z"),
    ):
        asks_for(desk, text)
        assert desk.label_text("Answers are for") == says
        assert panel(desk).head.when.property("chosen"), "nobody must take it for now"
        waits_to_see(desk, shown)

    asks_for(desk, "soonish")
    assert "soonish" in desk.label_text("What is the matter with what was typed")
    assert desk.label_text("Answers are for").startswith("0130Z"), "nothing else was asked for"
    desk.presses("Escape")
    assert desk.label_text("Answers are for") == "Now 0312Z"
    assert not panel(desk).head.when.property("chosen")
    assert not desk.sees("What is the matter with what was typed")
    waits_for(desk, "position/reckoned", "DR 0312Z")
    asks_for(desk, "0300Z")
    asks_for(desk, "now")
    waits_for(desk, "position/reckoned", "DR 0312Z")
    desk.presses("Escape")
    assert desk.focus is desk.window.line.edit, "from now, back to where reports are typed"


def test_now_goes_on_by_itself_and_a_chosen_time_stays(opens: Opens) -> None:
    desk = opens(night_plot(boat_a(report_1(), report_2(), report_3())), "0312", "A")
    waits_for(desk, "position/reckoned", "DR 0312Z")
    first = panel(desk).list.lines.index(1)
    desk.sets_clock("0314")
    waits_for(desk, "position/reckoned", "DR 0314Z")
    assert first.isValid()
    assert desk.label_text("Answers are for") == "Now 0314Z"
    asks_for(desk, "0330Z")
    waits_for(desk, "position/reckoned", "DR 0330Z")
    desk.sets_clock("0331")
    assert desk.label_text("Answers are for") == "0330Z, 1 min ago"
    assert "DR 0330Z" in lines(desk)["position/reckoned"]


def test_every_line_is_reached_copied_and_followed_by_keys(opens: Opens) -> None:
    desk = opens(night_plot(boat_a(report_1(), report_2(), report_3()), ferry()), "0300", "A")
    waits_for(desk, "closest/ferry", "0.33 NM")
    desk.presses("Down")
    assert desk.focus_name == "Chartwork"
    reached = []
    while (row := panel(desk).list.chosen) is not None and row.key not in reached:
        reached.append(row.key)
        desk.presses("Ctrl+C")
        assert QGuiApplication.clipboard().text() == row.text.replace("\n", "  ")
        index = panel(desk).list.currentIndex()
        spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
        assert spoken.endswith(row.text)
        assert not spoken.startswith(":"), "it says of which part it is"
        desk.presses("Down")
    assert reached == list(lines(desk)), "headings alone are passed over"

    while row is not None and row.key != "closest/ferry":
        desk.presses("Up")
        row = panel(desk).list.chosen
    assert panel(desk).hint.text() == "Enter selects FERRY X, Ctrl+C copies the line"
    desk.presses("Return")
    assert desk.window.desk.session.selection.uids == {"ferry"}
    waits_for(desk, "closest/boat-a", "0.33 NM")
    assert desk.label_text("Craft") == "FERRY X"


def test_all_lines_are_copied_under_their_headings(opens: Opens) -> None:
    desk = opens(night_plot(boat_a(report_1(), report_2(), report_3())), "0300", "A")
    waits_for(desk, "waters/here", "French waters")
    panel(desk).list.copy_all()
    copied = QGuiApplication.clipboard().text().splitlines()
    assert copied[0] == "POSITION"
    assert copied[1].startswith("  DR 0300Z")
    assert "WATERS" in copied


def test_what_is_supposed_is_said_and_wrong_fields_change_nothing(opens: Opens) -> None:
    desk = opens(night_plot(boat_a(report_1(), report_2(), report_3())), "0300", "A")
    waits_for(desk, "position/reckoned", "51°00.14'N 001°35.29'E")
    options, chartwork = panel(desk).options, desk.window.desk.chartwork
    desk.presses("Tab", "Space")
    assert desk.focus_name == "Course, speed"
    desk.types("300.7")
    desk.presses("Return")
    assert desk.sees("What is the matter with what is supposed")
    assert desk.focus_name == "Course, speed", "to put it right"
    desk.presses("Ctrl+A", "Delete", "Tab", "Tab")
    assert desk.focus_name == "Adrift since"
    desk.types("0250Z")
    desk.presses("Return")
    assert not options.isVisible()
    assert desk.label_text("Supposed") == "SUPPOSED: adrift since 0250Z"
    waits_for(desk, "position/reckoned", "stopped, no stream or wind given")
    waits_for(desk, "waters/stopped", "no stream or wind given")

    panel(desk).head.suppose.click()
    assert options.adrift.text() == "0250Z"
    options.adrift.setFocus()
    desk.presses("Ctrl+A", "Delete", "Tab")
    assert desk.focus_name == "Last fixes"
    desk.presses("Ctrl+A")
    desk.types("2")
    desk.presses("Return")
    assert desk.label_text("Supposed") == "SUPPOSED: by the last 2 fixes within 1 h 00"
    waits_for(desk, "position/reckoned", "294.9°T 5.98 kn made good over 2 fixes")
    supposed = chartwork.supposed_of("boat-a")
    assert (supposed.fixes_reckoned_from, supposed.drifts_from_utc) == (2, None)


def test_an_impossible_leg_is_flagged_by_word_and_shape(opens: Opens) -> None:
    plot = night_plot(boat_a(report_1(), report_2(), report_3(), report_4()))
    desk = opens(plot, "0255", "A")
    waits_for(desk, "legs/r4", "⚠ 76.", "impossible: more than 12.00 kn")
    assert "⚠" not in lines(desk)["legs/r3"]

    desk.presses("Alt+L")
    model = desk.table("Reports").model()
    rows = desk.reads_column("Reports", "Time")
    speeds = dict(zip(rows, desk.reads_column("Reports", "kn"), strict=True))
    assert speeds["0252Z"].startswith("⚠ 76.")
    assert speeds["0245Z"] == "5.98"
    role = Qt.ItemDataRole
    flagged, usual = (model.index(rows.index(time), 5) for time in ("0252Z", "0245Z"))
    assert "no more than 12.00 kn is plausible" in flagged.data(role.ToolTipRole)
    assert flagged.data(role.FontRole).bold()
    assert usual.data(role.FontRole) is None
    assert usual.data(role.ToolTipRole) == "5.98"


def test_it_says_what_to_do_where_there_is_nothing_to_say(opens: Opens) -> None:
    desk = opens(night_plot(), "0300")
    assert "No craft yet" in desk.label_text("No chartwork")
    desk.closes()


def test_nothing_or_several_selected(opens: Opens) -> None:
    desk = opens(night_plot(boat_a(report_1()), ferry()), "0300", "A")
    waits_for(desk, "position/reckoned", "51°")
    selection = desk.window.desk.session.selection
    selection.set(frozenset({"boat-a", "ferry"}))
    assert "Select one craft" in desk.label_text("No chartwork")
    selection.set(frozenset())
    assert "(Alt+T)" in desk.label_text("No chartwork")
    selection.set(frozenset({"r1"}))
    waits_for(desk, "position/reckoned", "51°")
    assert desk.label_text("Craft") == "A", "the boat of the report that is selected"


def test_a_boat_without_a_position_and_one_that_is_closed(opens: Opens) -> None:
    unseen = a_track("B", (a_report("0250", uid="b1", position=None),), uid="boat-b")
    closed = replace(boat_a(report_1(), report_2(), report_3()), status=TrackStatus.RESCUED_ALL)
    desk = opens(night_plot(closed, unseen), "0300", "B")
    waits_for(desk, "position/none", "B has no position yet.")
    desk.picks_row("Tracks", "Track", "A")
    waits_for(desk, "position/closed", "Closed: rescued (all)")
    waits_for(desk, "position/reckoned", "51°00.14'N 001°35.29'E")
    waits_for(desk, "closest/none", "No other open craft")
    waits_for(desk, "help/none", "No rescue vessel")


def test_the_search_and_rescue_region_is_an_answer_of_its_own(opens: Opens) -> None:
    region = LoadedLimit(
        uid="srr",
        purpose=LimitPurpose.SAR_REGION,
        name="Dover Strait regions",
        points=(ddm(50, 40.0, 1, 0.0), ddm(51, 20.0, 2, 0.0)),
        is_area=False,
        left="MRCC Dover",
        right="MRCC Gris-Nez",
        is_legal=False,
        loaded_at_utc=at("0100"),
    )
    plot = night_plot(boat_a(report_1(), report_2(), report_3())).with_limit(region)
    desk = opens(plot, "0300", "A")
    waits_for(desk, "waters/here", "French waters", "1988 line, legal")
    waits_for(desk, "waters/sar", "MRCC Gris-Nez", "Dover Strait regions, indicative", "NM", "°T")
    waits_for(desk, "waters/sar_change", "MRCC Dover", "predicted", "indicative")
    asks_for(desk, "+60")
    waits_for(desk, "waters/sar", "MRCC Dover")
    assert "waters/sar_change" not in lines(desk)


def test_values_that_no_longer_hold_are_said(opens: Opens) -> None:
    plot = night_plot(a_track("C", (report_3(),), uid="boat-c")).with_conditions(STREAM_AND_WIND)
    desk = opens(plot, "0545", "C")
    waits_for(desk, "position/adrift", "⚠ stream or wind reckoned with 30 min outside its time")


def test_positions_follow_the_desk_and_words_stay_in_place(opens: Opens) -> None:
    desk = opens(night_plot(boat_a(report_1(), report_2(), report_3())), "0300", "A")
    waits_for(desk, "position/reckoned", "51°00.14'N")
    desk.window.desk.notation.choose(Notation.DECIMAL)
    waits_for(desk, "position/reckoned", "51.00239°N 001.58809°E")
    waits_for(desk, "waters/here", "51.04")


def test_what_nobody_can_see_is_not_reckoned(opens: Opens) -> None:
    desk = opens(night_plot(boat_a(report_1(), report_2(), report_3()), ferry()), "0300", "A")
    waits_for(desk, "position/reckoned", "DR 0300Z")
    desk.presses("Alt+L")
    wait_until(lambda: panel(desk).visibleRegion().isEmpty(), "the reports are in front")
    desk.sets_clock("0310")
    desk.window.desk.session.selection.set(frozenset({"ferry"}))
    desk.waits_for_chart()
    assert "DR 0300Z" in lines(desk)["position/reckoned"], "as it was left"
    desk.presses("F9")
    waits_for(desk, "position/reckoned", "292.0°T 18.00 kn as reported")
    assert desk.label_text("Craft") == "FERRY X"


def test_only_the_newest_question_is_answered(opens: Opens) -> None:
    desk = opens(night_plot(boat_a(report_1(), report_2(), report_3()), ferry()), "0300", "A")
    waits_for(desk, "position/reckoned", "DR 0300Z")
    answered: list[str] = []
    panel(desk)._asker.answered.connect(lambda asked, _: answered.append(asked.track.name))
    gate, background = threading.Event(), desk.window.desk.background
    background.run(gate.wait, lambda _: None)
    selection = desk.window.desk.session.selection
    selection.set(frozenset({"ferry"}))
    wait_until(lambda: panel(desk)._asker._is_busy, "the ferry is asked about")
    assert lines(desk) == {}, "A's figures must not stand under another name"
    selection.set(frozenset({"boat-a"}))
    gate.set()
    waits_for(desk, "position/reckoned", "51°00.14'N 001°35.29'E")
    assert answered == ["A"]


def test_late_figures_of_another_time_do_not_stand_for_it(opens: Opens) -> None:
    desk = opens(night_plot(boat_a(report_1(), report_2(), report_3())), "0300", "A")
    waits_for(desk, "position/reckoned", "DR 0300Z")
    gate = threading.Event()
    desk.window.desk.background.run(gate.wait, lambda _: None)
    asks_for(desk, "0330Z")
    waits_for(desk, "position/late", "Reckoning")
    assert list(lines(desk)) == ["position/late"]
    gate.set()
    waits_for(desk, "position/reckoned", "DR 0330Z")


@pytest.mark.parametrize("percent", [100, 150])
def test_no_figure_is_cut(opens: Opens, percent: int) -> None:
    Settings(config_folder()).choose(TEXT_SCALE_PERCENT, percent)
    plot = night_plot(
        boat_a(report_1(), report_2(), report_3()), ferry(), asset("CUTTER-1", "c1", 22.0)
    ).with_conditions(STREAM_AND_WIND)
    desk = opens(plot, "0400", "A")
    desk.window.resize(1280, 800)
    waits_for(desk, "help/CUTTER-1", "22.00 kn")
    shown = panel(desk).list
    for row in shown.lines.rows:
        for place in shown.columns(row).places(row):
            width_px = shown.fontMetrics().horizontalAdvance(place.cell.text)
            assert place.left_px >= 0, row.text
            assert place.width_px >= width_px, place.cell.text


def test_a_high_window_gives_it_a_place_of_its_own_and_tracks_their_waters(
    operator: Operator, tmp_path: Path
) -> None:
    make_ready()
    path = tmp_path / "night.gpkg"
    plot = night_plot(boat_a(report_1(), report_2(), report_3()), a_track("B", (report_4(),)))
    PlotFile.create(path, plot, ActRecord("new_plot", "plot", "", "watch", at("0100"))).close()
    operator.clock.set(at("0300"))
    operator.opens(path)
    operator.window.resize(1920, 1080)
    docks = operator.window.panels
    docks.lay_out(operator.window.size())  # as where the window shows at this size
    wait_until(lambda: docks.tracks.table.width() > 450, "the panels are as wide as they may be")
    assert not docks.chartwork.visibleRegion().isEmpty(), "it shows without being asked for"
    assert not docks.reports.visibleRegion().isEmpty()
    wait_until(
        lambda: operator.reads_column("Tracks", "Waters") == ["FR", "FR"],
        "whose waters A and B are in",
    )
    operator.sets_clock("0340")
    wait_until(
        lambda: operator.reads_column("Tracks", "Waters") == ["UK", "FR"], "A has crossed since"
    )
    table = docks.tracks.table
    assert "UK waters, legal, as reckoned for 0340Z" in table.model().index(0, 7).data(
        Qt.ItemDataRole.ToolTipRole
    )

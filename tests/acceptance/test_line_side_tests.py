"""The night's side tests on positions and times, typed into the plot line."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest
from pyproj import Transformer

from channelplot.geodesy.position import Position
from helpers.night_lines import is_near
from helpers.operator import COURSE, TRACK, Operator, by_column, wait_until
from helpers.plot_files import labels_in_log

WHERE: Final = "51 00.0N 001 30.0E"
NORTH_OF_IT: Final = "51 04.0N 001 30.0E"
CLOCKS_GO_BACK: Final = datetime(2026, 10, 25, 2, 0, tzinfo=UTC)
CLOCKS_GO_FORWARD: Final = datetime(2026, 3, 29, 2, 0, tzinfo=UTC)
SUMMER: Final = datetime(2026, 9, 15, 3, 0, tzinfo=UTC)
WINTER: Final = datetime(2026, 1, 15, 3, 0, tzinfo=UTC)
FRENCH_WEST: Final = "0210 50 30,0N 000 10,0O 5pob"
LANGUAGES: Final = ("Plot", "Language of reports")


@pytest.fixture
def desk(operator: Operator, night: Path) -> Operator:
    """Somebody at a desk with an empty plot open, at 0300Z."""
    operator.opens(night)
    return operator


def at(desk: Operator, now_utc: datetime) -> None:
    """Let it be another day."""
    desk.clock.set(now_utc)
    desk.window.show_clocks()


def observed(desk: Operator) -> list[str]:
    """When the reports were observed, hhmm UTC, in the order they were entered."""
    rows = desk.file_rows("SELECT strftime('%H%M', observed_at_utc) FROM reports ORDER BY fid")
    return [str(hhmm) for (hhmm,) in rows]


def places(desk: Operator) -> list[tuple[object, ...]]:
    """Longitude and latitude of the reports in the file, in the order they were entered."""
    plot = desk.window.desk.session.document.plot
    rows = desk.file_rows("SELECT uid FROM reports ORDER BY fid")
    reports = [plot.report(str(uid)) for (uid,) in rows]
    return [(r.position.lon_deg, r.position.lat_deg) for r in reports if r and r.position]


def assert_refused(desk: Operator, line: str, piece: str, reason: str) -> None:
    """The line is refused at once when Enter is pressed, for a reason and at its place."""
    before = labels_in_log(desk.plot_path)
    desk.types_line(line)
    desk.presses("Return")
    assert desk.line_message().startswith(f"“{piece}”")
    assert reason in desk.line_message()
    assert desk.marked_in_line() == [piece]
    assert desk.line_asks() == []
    assert (desk.line_text(), desk.focus_name) == (line, "Plot line")
    assert labels_in_log(desk.plot_path) == before


# Positions


@pytest.mark.parametrize("zero", ["000 00.0E", "000 00.0W", "000 00E"])
def test_exactly_zero_degrees_is_a_good_place_and_west_lies_west_of_it(
    desk: Operator, zero: str
) -> None:
    desk.enters_line(f"0200 50 30.0N {zero}")
    desk.types_line("0259 50 30.0N 000 10.0W >A")

    assert desk.sees_line("Position") == "50°30.00'N 000°10.00'W"
    assert desk.sees_more_of_line("Track").startswith("270.1°T 6.38 NM")

    desk.presses("Return")
    assert places(desk) == [(0.0, 50.5), (pytest.approx(-10.0 / 60.0), 50.5)]
    assert by_column(desk.reads_panel("Reports"), "Position", COURSE, "NM") == [
        ("50°30.00'N 000°10.00'W", "270.1", "6.38"),
        ("50°30.00'N 000°00.00'E", "", ""),
    ]


@pytest.mark.parametrize(
    "line", ["0210 51 62.0N 001 40.0E 45pob", "51 62.0N", "0210 N51 62.0 E001 40.0"]
)
def test_sixty_minutes_or_more_are_refused_with_their_place(desk: Operator, line: str) -> None:
    assert_refused(desk, line, "62.0", "60 minutes or more")
    assert not desk.sees_line("Position")
    assert desk.ghosts() == []


def test_figures_the_wrong_way_round_are_asked_as_swapped(desk: Operator) -> None:
    desk.types_line("0210 1.47 51.05 20pob")
    wait_until(desk.line_asks, "the line asks")
    question, answer = desk.line_asks()
    assert question.startswith("Latitude and longitude look swapped in “1.47 51.05”")
    assert answer.startswith("Alt+1 51°03.00'N 001°28.20'E")
    desk.presses("Return")
    assert labels_in_log(desk.plot_path) == ["new_plot"]

    desk.presses("Alt+1", "Return")

    assert desk.file_rows("SELECT as_received, position_form FROM reports") == [
        ("0210 1.47 51.05 20pob", "dd")
    ]
    assert places(desk) == [(1.47, 51.05)]


@pytest.mark.parametrize(
    ("square", "epsg", "easting_m", "northing_m", "shown"),
    [
        ("30U XA 7729 9721", 32630, 677_295.0, 5_597_215.0, "50°30.00'N 000°30.00'W"),
        ("31U DS 1855 5491", 32631, 418_555.0, 5_654_915.0, "51°02.40'N 001°50.30'E"),
    ],
)
def test_squares_of_both_zones_are_read_as_their_middle(
    desk: Operator, square: str, epsg: int, easting_m: float, northing_m: float, shown: str
) -> None:
    desk.types_line(f"0210 {square} 22pob")
    assert desk.sees_line("Position") == shown
    assert (desk.sees_line("Read as"), desk.sees_more_of_line("Read as")) == ("MGRS", "±7 m")
    desk.presses("Return")

    to_wgs84 = Transformer.from_crs(epsg, 4326, always_xy=True)
    ((lon_deg, lat_deg),) = places(desk)
    assert (lon_deg, lat_deg) == pytest.approx(to_wgs84.transform(easting_m, northing_m), abs=1e-8)
    assert desk.file_rows("SELECT position_form, round(error_m, 2) FROM reports") == [
        ("mgrs", 7.07)
    ]


def test_the_french_o_is_west_only_when_french_is_chosen(desk: Operator) -> None:
    west = Position(-10.0 / 60.0, 50.5)
    desk.types_line(FRENCH_WEST)
    wait_until(desk.line_asks, "English asks")
    question, answer = desk.line_asks()
    assert question == "Is the O in “50 30,0N 000 10,0O” a French west?"
    assert answer.startswith("Alt+1 50°30.00'N 000°10.00'W")
    desk.presses("Return")
    assert labels_in_log(desk.plot_path) == ["new_plot"]

    desk.takes_from_menu(*LANGUAGES, "Français")

    assert desk.line_asks() == []
    assert desk.sees_line("Position") == "50°30.00'N 000°10.00'W"
    assert desk.focus_name == "Plot line"
    desk.presses("Return")
    ((lon_deg, lat_deg),) = places(desk)
    assert isinstance(lon_deg, float)
    assert isinstance(lat_deg, float)
    assert is_near(Position(lon_deg, lat_deg), west)

    desk.takes_from_menu(*LANGUAGES, "English")
    desk.types_line(FRENCH_WEST)
    wait_until(desk.line_asks, "English asks again")


# Times


@pytest.mark.parametrize(
    ("day", "times"),
    [
        (SUMMER, ("0210", "0210Z", "0310A", "0410B", "0310 UK", "0410 FR")),
        (WINTER, ("0210", "0210Z", "0310A", "0410B", "0210 UK", "0310 FR")),
    ],
    ids=["summer", "winter"],
)
def test_a_time_is_the_same_in_every_zone(
    desk: Operator, day: datetime, times: tuple[str, ...]
) -> None:
    at(desk, day)
    for time in times:
        desk.types_line(f"{time} {WHERE} new")
        assert desk.sees_line("Time").startswith("0210Z "), time
        assert desk.sees_more_of_line("Time") == "50 min ago"
        desk.presses("Return")

    assert observed(desk) == ["0210"] * len(times)


@pytest.mark.parametrize("time", ["0130 UK", "0230 FR", "250130UK OCT 26", "25102026 0230 FR"])
def test_when_the_clocks_go_back_both_readings_can_be_chosen_and_sort_right(
    desk: Operator, time: str
) -> None:
    at(desk, CLOCKS_GO_BACK)
    later, earlier = f"{time} {NORTH_OF_IT} new", f"{time} {WHERE} >A"
    desk.types_line(later)
    wait_until(desk.line_asks, "the line asks")
    question, *answers = desk.line_asks()
    assert question == f"The clocks go back: “{time}” happens twice. Which is meant?"
    assert [answer[:33] for answer in answers] == [
        "Alt+1 0030Z 0130 UK 0230 FR 1 h 3",
        "Alt+2 0130Z 0130 UK 0230 FR 30 mi",
    ]
    desk.presses("Return")
    assert labels_in_log(desk.plot_path) == ["new_plot"]

    desk.presses("Alt+2", "Return")
    desk.enters_line(earlier, 1)

    assert observed(desk) == ["0130", "0030"]
    shown = by_column(desk.reads_panel("Reports"), "Time", TRACK, COURSE, "NM", "kn")
    assert shown == [("0130Z", "A", "000.0", "4.00", "4.00"), ("0030Z", "A", "", "", "")]


@pytest.mark.parametrize(
    ("time", "hhmm"),
    [
        ("0130A", "0030"),
        ("0230B", "0030"),
        ("0230A", "0130"),
        ("0130", "0130"),
        ("0059 UK", "2359"),
    ],
)
def test_when_the_clocks_go_back_letters_and_z_need_no_question(
    desk: Operator, time: str, hhmm: str
) -> None:
    at(desk, CLOCKS_GO_BACK)
    desk.enters_line(f"{time} {WHERE}")
    assert observed(desk) == [hhmm]


@pytest.mark.parametrize(
    "time", ["0130 UK", "0230 FR", "0100 UK", "0259 FR", "290130UK MAR 26", "29032026 0230 FR"]
)
def test_a_time_that_the_clocks_leave_out_is_refused(desk: Operator, time: str) -> None:
    at(desk, CLOCKS_GO_FORWARD)
    assert_refused(desk, f"{time} {WHERE}", time, "does not exist: the clocks go forward")


@pytest.mark.parametrize("time", ["0130 UK", "2510", "0210C"])
def test_no_other_time_is_read_back_for_one_that_is_refused(desk: Operator, time: str) -> None:
    at(desk, CLOCKS_GO_FORWARD)
    desk.types_line(f"{time} {WHERE}")
    desk.presses("Return")
    assert desk.marked_in_line() == [time]
    assert desk.sees_line("Time") == "", "neither now nor any other"


def test_the_minutes_around_the_gap_are_an_hour_apart_by_the_clock_and_a_minute_in_z(
    desk: Operator,
) -> None:
    at(desk, CLOCKS_GO_FORWARD)
    for time in ("0059 UK", "0200 UK", "0159 FR", "0300 FR"):
        desk.enters_line(f"{time} {WHERE} new")
    assert observed(desk) == ["0059", "0100", "0059", "0100"]

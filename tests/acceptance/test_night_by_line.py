"""The acceptance night's reports, typed into the plot line: keys alone, from F4 to the file."""

from dataclasses import astuple
from pathlib import Path
from typing import Final

import pytest
import shapely
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage

from channelplot.geodesy.position import Position
from channelplot.store.tables import BY_PROGRAM
from helpers.builders import R1, SANGATTE, ddm
from helpers.night_lines import (
    BEACHES,
    CRAFT,
    GRIS_NEZ,
    MARK_LINE,
    NIGHT,
    RUN_OF_A,
    NightLine,
    is_near,
    nearest_mark,
)
from helpers.operator import COURSE, TRACK, Operator, by_column
from helpers.plot_files import assert_conforms, assert_log_is_whole, file_rows, labels_in_log

BEARING_TOLERANCE_DEG: Final = 0.1
DISTANCE_TOLERANCE_NM: Final = 0.01
GHOST_PX: Final = 40
PREDICTED: Final = "log_predicted_crossing"
TABLES: Final = ("reports", "tracks", "people_counts", "marks", "beaches", "edit_log")


@pytest.fixture
def desk(operator: Operator, night: Path) -> Operator:
    """Somebody at a desk with the night's mark and beaches, who has touched keys alone."""
    operator.opens(night)
    operator.sets_clock("0100")
    for name, where in BEACHES.items():
        operator.adds_beach_by_keys(name, where)
    operator.enters_line(MARK_LINE)
    return operator


def enters_night(desk: Operator) -> None:
    """Enter every report of the night at its time."""
    for line in NIGHT:
        desk.sets_clock(line.clock)
        desk.enters_line(line.typed)


def everything(desk: Operator) -> list[list[tuple[object, ...]]]:
    """All rows of the file but what the program logs by itself as time goes on."""
    tables = (desk.file_rows(f"SELECT * FROM {table} ORDER BY 1") for table in TABLES)
    return [[row for row in rows if BY_PROGRAM not in row] for rows in tables]


def position_of(blob: object) -> Position:
    """The point of a geometry in a GeoPackage: 8 bytes of header, then WKB."""
    assert isinstance(blob, bytes)
    ((lon_deg, lat_deg),) = shapely.get_coordinates(shapely.from_wkb(blob[8:])).tolist()
    return Position(lon_deg, lat_deg)


def cells_of(line: NightLine) -> dict[str, tuple[str, str]]:
    """What the read-back must show of a line but for position, nearest mark and leg."""
    cells = {
        "Read as": line.shown_form,
        "Time": line.shown_time,
        "Course, speed": (line.shown_motion, line.shown_status),
        "People": line.shown_people,
        "Source": line.shown_source,
        "Words": (line.words, ""),
    }
    return {name: shown for name, shown in cells.items() if shown != ("", "")}


def assert_like(shown: str, bearing_deg: float, *others: float) -> None:
    """A text such as ``308.5°T 1.27 NM 4.23 kn`` is what was expected, within the tolerances."""
    figures = [float(word) for word in shown.replace("°T", "").split() if word[0].isdigit()]
    assert figures[0] == pytest.approx(bearing_deg, abs=BEARING_TOLERANCE_DEG), shown
    assert figures[1:] == pytest.approx(list(others), abs=DISTANCE_TOLERANCE_NM), shown


def assert_read_back(desk: Operator, line: NightLine) -> None:
    """Every cell of the read-back says what the line says."""
    shown = desk.reads_line_back()
    where, nearest, track, waters = (
        shown.pop(name) for name in ("Position", "From the nearest mark", "Track", "Waters")
    )
    assert ", legal), " in waters[0]
    assert ", boundary " in waters[0]
    assert shown == cells_of(line)
    lat, lon = where[0].split()
    read = ddm(int(lat[:2]), float(lat[3:8]), int(lon[:3]), float(lon[4:9]))
    assert (lat[-1], lon[-1], where[1]) == ("N", "E", "")
    assert is_near(read, line.at), f"{where[0]} for {line.at}"
    name, bearing_deg, distance_nm = nearest_mark(line.at)
    assert nearest[1] == f"from {name}"
    assert_like(nearest[0], bearing_deg, distance_nm)
    assert track[0] == line.shown_track
    if line.leg is None:
        assert track[1] == ""
    else:
        assert_like(track[1], *line.leg)


# Before Enter, and Enter


def test_the_mark_and_the_beaches_come_by_keys_alone(desk: Operator) -> None:
    ((code, name, kind, place, error_m),) = desk.file_rows(
        "SELECT code, name, kind, geom, error_m FROM marks"
    )
    assert (code, name, kind) == ("CGN", "Cap Gris-Nez", "light"), "the chart's, corrected"
    assert position_of(place) == GRIS_NEZ
    assert error_m == pytest.approx(11.0, abs=0.1)
    beaches = desk.file_rows("SELECT name, geom FROM beaches ORDER BY fid")
    assert [name for name, _ in beaches] == list(BEACHES)
    assert position_of(beaches[0][1]) == SANGATTE
    assert labels_in_log(desk.plot_path) == ["new_plot", *["add_beach"] * 3, "add_mark"]


def test_every_report_is_read_back_before_enter_and_one_enter_is_one_act(desk: Operator) -> None:
    desk.types_every_key = True
    for line in NIGHT:
        desk.sets_clock(line.clock)
        before = everything(desk)

        desk.types_line(line.typed)
        desk.presses("Alt+Home")  # the chart shows where the line would stand

        assert_read_back(desk, line)
        ((label, ghost),) = desk.ghosts()
        assert (label, is_near(ghost, line.at)) == (line.track, True), line.step
        assert desk.line_message().startswith("Enter plots it")
        assert everything(desk) == before, "nothing is plotted by typing"

        pressed = desk.keys_pressed
        desk.presses("Return")
        assert (desk.line_text(), desk.focus_name) == ("", "Plot line")
        desk.waits_until_saved()

        assert desk.keys_pressed - pressed == 1
        assert desk.ghosts() == []
        assert desk.line_message().startswith("Plotted: ")
        log = [each for each in labels_in_log(desk.plot_path) if each != PREDICTED]
        assert log[-1] == line.label
        assert len(log) == len(before[TABLES.index("edit_log")]) + 1, line.step


def test_the_ghost_is_drawn_where_the_report_would_stand(desk: Operator) -> None:
    desk.waits_for_chart()
    middle = desk.pixel_of(R1)
    half = QPoint(GHOST_PX, GHOST_PX)

    def around() -> QImage:
        desk.waits_for_chart()
        picture = desk.window.desk.canvas.grab().toImage()
        scale = picture.devicePixelRatio()
        assert scale == 1.0
        return picture.copy(QRect(middle - half, middle + half))

    without = around()
    desk.types_line("0210Z 50 58.0N 001 41.0E")
    assert around() != without
    desk.presses("Escape")
    assert around() == without


# What is in the file


def test_the_reports_are_in_the_file_as_they_were_told(desk: Operator) -> None:
    enters_night(desk)

    rows = desk.file_rows(
        "SELECT t.name, r.kind, r.observed_at_utc, r.received_at_utc, r.logged_at_utc,"
        " r.as_received, r.position_form, r.source, r.source_name, r.grade, r.course_deg,"
        " r.speed_kn, r.people_total, r.people_children, r.withdrawn_at_utc"
        " FROM reports AS r LEFT JOIN tracks AS t ON t.uid = r.track_uid ORDER BY r.fid"
    )
    expected = []
    for line in NIGHT:
        observed, told = (
            f"2026-09-15T{hhmm[:2]}:{hhmm[2:]}:00.000Z" for hhmm in (line.observed, line.clock)
        )
        people = line.people
        said = (line.source, line.source_name, line.grade, line.course_deg, line.speed_kn)
        number = (people.total, people.children) if people else (None, None)
        when_and_what = (observed, told, told, line.typed, line.form)
        expected.append((line.track or None, line.kind, *when_and_what, *said, *number, None))
    assert rows == expected
    places = desk.file_rows("SELECT geom, error_m FROM reports ORDER BY fid")
    for line, (place, error_m) in zip(NIGHT, places, strict=True):
        assert is_near(position_of(place), line.at), line.step
        assert error_m == pytest.approx(line.error_m, rel=0.01), line.step


def test_everybody_told_of_or_counted_is_in_the_file(desk: Operator) -> None:
    enters_night(desk)

    rows = desk.file_rows(
        "SELECT r.as_received, c.at_utc = r.observed_at_utc, c.track_uid IS r.track_uid, c.total,"
        " c.basis, c.men, c.women, c.children, c.is_estimate, c.medical, c.deceased, c.missing"
        " FROM people_counts AS c JOIN reports AS r ON r.uid = c.report_uid ORDER BY c.fid"
    )

    assert rows == [
        (line.typed, 1, 1, *astuple(line.people), None, None, None)
        for line in NIGHT
        if line.people is not None
    ]


def test_each_report_goes_to_its_track_and_makes_its_leg(desk: Operator) -> None:
    enters_night(desk)

    tracks = desk.file_rows("SELECT name, craft FROM tracks ORDER BY fid")
    assert tracks == list(CRAFT.items()), "the crossing that was prevented starts none"
    shown = by_column(desk.reads_panel("Reports"), "Time", TRACK, COURSE, "NM", "kn")
    for line in NIGHT:
        (row,) = (r for r in shown if r[:2] == (f"{line.observed}Z", line.track))
        if line.leg is not None:
            assert_like(f"{row[2]} {row[3]} {row[4]}", *line.leg)
        else:
            assert row[3:] == ("", ""), line.step
    ((a_line,),) = desk.file_rows("SELECT geom FROM tracks WHERE name = 'A'")
    assert isinstance(a_line, bytes)
    fixes = [line.at for line in NIGHT if (line.track, line.kind) == ("A", "position")]
    vertices = shapely.get_coordinates(shapely.from_wkb(a_line[40:])).tolist()
    assert len(vertices) == len(fixes)
    assert all(is_near(Position(*xy), fix) for xy, fix in zip(vertices, fixes, strict=True))


def test_the_run_of_a_is_shown_by_keys_alone(desk: Operator) -> None:
    enters_night(desk)

    desk.presses("Alt+T", "Space")

    assert desk.label_text("Run of the selected track") == RUN_OF_A
    desk.presses("F4")
    assert desk.focus_name == "Plot line"


def test_the_late_report_stands_before_the_first_with_its_lag(desk: Operator) -> None:
    enters_night(desk)

    of_a = [row for row in desk.reads_panel("Reports") if row[TRACK] == "A"]
    assert by_column(of_a, "Time", COURSE)[-2:] == [("0210Z", ""), ("0130Z", "launch")]
    assert desk.file_rows(
        "SELECT (unixepoch(received_at_utc) - unixepoch(observed_at_utc)) / 60.0 AS lag"
        " FROM reports WHERE lag > 0"
    ) == [(85.0,)]


def test_the_log_is_whole_and_has_one_row_for_each_enter(desk: Operator, night: Path) -> None:
    enters_night(desk)
    desk.closes()

    assert labels_in_log(night)[5:] == [line.label for line in NIGHT]
    at_utc = file_rows(night, "SELECT substr(at_utc, 12, 5) FROM edit_log WHERE seq > 5")
    assert [str(at).replace(":", "") for (at,) in at_utc] == [line.clock for line in NIGHT]
    assert_log_is_whole(night)
    assert_conforms(night)

"""What the cells of the read-back say, and that each stays in its place."""

import itertools
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from channelplot.analysis.legs import Leg
from channelplot.analysis.whose_waters import WatersChart
from channelplot.basemap.boundary import boundary_limit
from channelplot.geodesy.position import Position
from channelplot.geodesy.text import Notation
from channelplot.model.codes import (
    BoatType,
    CountBasis,
    Craft,
    PositionForm,
    ReportKind,
    SourceKind,
)
from channelplot.model.people import PeopleCount
from channelplot.reading.values import (
    CallerReading,
    LineReading,
    MarkReading,
    PositionReading,
    Span,
    Target,
    TargetKind,
    TimeForm,
    TimeReading,
)
from channelplot.tools.line_draft import LineView
from channelplot.tools.nearest import NearestMark
from channelplot.ui.line.cells import (
    Cell,
    CellText,
    cell_texts,
    error_radius_text,
    form_text,
    people_cell,
    position_cell,
    time_cell,
)
from channelplot.ui.line.fixed_text import FixedText
from channelplot.ui.line.question_row import QuestionRow
from channelplot.ui.line.read_back import ReadBack
from channelplot.ui.line.words import done_text, enter_text
from channelplot.ui.theme import panel_font
from helpers.builders import at

NOW = datetime(2026, 9, 15, 3, 0, tzinfo=UTC)
NOWHERE = Span(0, 0)
HERE = Position(1.6833333333, 50.9666666667)
DDM = PositionReading(HERE, PositionForm.DDM, 13.1, NOWHERE)


def told(at_utc: datetime, form: TimeForm = TimeForm.CLOCK) -> TimeReading:
    return TimeReading(at_utc, form, "Z", NOWHERE)


def cells(
    view: LineView, notation: Notation = Notation.DDM, *, seen: bool = True
) -> dict[Cell, CellText]:
    return cell_texts(view, NOW, notation, is_in_sight=seen)


def view_of(track_name: str = "A", **said: object) -> LineView:
    """A view of a line that says this and nothing else."""
    values: dict[str, object] = {"text": "x", "position": None, "time": told(NOW), **said}
    return LineView(LineReading(**values), track_name=track_name)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("error_m", "text"),
    [(0.0, "±1 m"), (9.4, "±9 m"), (999.4, "±999 m"), (1000.0, "±0.54 NM"), (5_000.0, "±2.70 NM")],
)
def test_how_far_off_a_position_may_be(error_m: float, text: str) -> None:
    assert error_radius_text(error_m) == text


@pytest.mark.parametrize("form", PositionForm)
def test_every_form_has_its_words(qapp: QApplication, form: PositionForm) -> None:
    assert form_text(form)


def test_no_two_forms_have_the_same_words(qapp: QApplication) -> None:
    assert len({form_text(form) for form in PositionForm}) == len(PositionForm)


@pytest.mark.parametrize(
    ("notation", "more"),
    [
        (Notation.DDM, ""),
        (Notation.DMS, "50°58'00.0\"N 001°41'00.0\"E"),
        (Notation.DECIMAL, "50.96667°N 001.68333°E"),
        (Notation.MGRS, "31U DS 0754 4694"),
    ],
)
def test_a_position_is_in_minutes_with_the_chosen_form_beside_it(
    qapp: QApplication, notation: Notation, more: str
) -> None:
    cell = cells(view_of(position=DDM), notation)[Cell.POSITION]
    assert cell.value == "50°58.00'N 001°41.00'E"
    assert cell.detail == more
    assert not cell.is_doubtful


def test_a_position_out_of_sight_says_so(qapp: QApplication) -> None:
    cell = cells(view_of(position=DDM), seen=False)[Cell.POSITION]
    assert (cell.detail, cell.is_doubtful) == ("outside the view", True)


@pytest.mark.parametrize(
    ("reading", "value", "detail"),
    [
        (DDM, "degrees, minutes", "±13 m"),
        (
            PositionReading(
                HERE,
                PositionForm.BEARING_DISTANCE,
                214.0,
                NOWHERE,
                origin="Cap Gris-Nez",
                variation_deg=1.34,
            ),
            "bearing, distance",
            "±214 m Cap Gris-Nez var 1.3°E",
        ),
        (
            PositionReading(
                HERE,
                PositionForm.RELATIVE,
                98.0,
                NOWHERE,
                origin="A",
                origin_at_utc=NOW,
                variation_deg=-0.5,
            ),
            "from a track",
            "±98 m A 0300Z var 0.5°W",
        ),
    ],
)
def test_how_a_position_was_read(
    qapp: QApplication, reading: PositionReading, value: str, detail: str
) -> None:
    cell = cells(view_of(position=reading))[Cell.FORM]
    assert (cell.value, cell.detail) == (value, detail)
    assert position_cell(reading).detail == f"{value} {detail}"


def test_the_nearest_mark(qapp: QApplication) -> None:
    near = NearestMark("Cap Gris-Nez", "CGN", 23.0, 13334.4)
    view = LineView(view_of(position=DDM).line, nearest=near)
    assert cells(view)[Cell.NEAREST] == CellText("023.0°T 7.20 NM", "from Cap Gris-Nez")
    on_it = LineView(view.line, nearest=NearestMark("Cap Gris-Nez", "CGN", None, 0.0))
    assert cells(on_it)[Cell.NEAREST] == CellText("on the spot", "Cap Gris-Nez")


@pytest.mark.parametrize(
    ("ago", "form", "detail", "is_doubtful"),
    [
        (timedelta(0), TimeForm.UNSAID, "not said: now", False),
        (timedelta(0), TimeForm.NOW, "now", False),
        (timedelta(seconds=59), TimeForm.CLOCK, "now", False),
        (timedelta(minutes=1), TimeForm.CLOCK, "1 min ago", False),
        (timedelta(minutes=85), TimeForm.CLOCK, "1 h 25 ago", False),
        (timedelta(minutes=-10), TimeForm.CLOCK, "10 min ahead", True),
        (timedelta(hours=3, minutes=10), TimeForm.CLOCK, "yesterday · 3 h 10 ago", True),
        (timedelta(days=3), TimeForm.DATE_TIME_GROUP, "12 SEP 26 · 3 days ago", True),
    ],
)
def test_a_time_says_its_day_and_how_long_ago_it_was(
    qapp: QApplication, ago: timedelta, form: TimeForm, detail: str, is_doubtful: bool
) -> None:
    cell = time_cell(told(NOW - ago, form), NOW)
    assert (cell.detail, cell.is_doubtful) == (detail, is_doubtful)


def test_a_time_is_on_three_clocks_with_their_zones(qapp: QApplication) -> None:
    cell = time_cell(told(datetime(2026, 10, 25, 0, 30, tzinfo=UTC)), NOW)
    assert cell.value == "0030Z 0130 UK 0230 FR"
    assert cell.tooltip == "250030Z OCT 26"


@pytest.mark.parametrize(
    ("people", "value", "detail"),
    [
        (None, "", ""),
        (PeopleCount(total=45), "45", ""),
        (PeopleCount(total=45, is_estimate=True), "45 est", ""),
        (PeopleCount(total=22, children=1), "22", "1 child"),
        (PeopleCount(children=3), "no total", "3 children"),
        (
            PeopleCount(basis=CountBasis.COUNTED, total=47, men=31, women=9, children=7),
            "47 counted",
            "7 children, 31 men, 9 women",
        ),
        (
            PeopleCount(total=2, medical=1, deceased=1, missing=2),
            "2",
            "1 medical case, 1 deceased, 2 missing",
        ),
    ],
)
def test_people(qapp: QApplication, people: PeopleCount | None, value: str, detail: str) -> None:
    assert people_cell(people) == CellText(value, detail)


@pytest.mark.parametrize(
    ("said", "value", "detail"),
    [
        ({"course_deg": 310.0, "speed_kn": 4.0}, "310°T 4 kn", ""),
        ({"course_deg": 5.25}, "005.2°T", ""),
        ({"speed_kn": 4.5}, "4.5 kn", ""),
        ({"course_deg": 311.3, "course_variation_deg": 1.3}, "311.3°T", "magnetic, var 1.3°E"),
    ],
)
def test_course_and_speed(
    qapp: QApplication, said: dict[str, object], value: str, detail: str
) -> None:
    assert cells(view_of("A", **said))[Cell.MOTION] == CellText(value, detail)


@pytest.mark.parametrize(
    ("said", "value", "detail"),
    [
        ({"source": SourceKind.AIRCRAFT, "grade": "1A"}, "aircraft", "grade 1A"),
        ({"source": SourceKind.VESSEL, "source_name": "FERRY"}, "ship", "FERRY"),
        (
            {"source": SourceKind.VESSEL, "source_name": "FERRY", "grade": "B2"},
            "ship",
            "FERRY · B2",
        ),
        ({"grade": "B2"}, "", "grade B2"),
        ({}, "", ""),
    ],
)
def test_source_and_grade(
    qapp: QApplication, said: dict[str, object], value: str, detail: str
) -> None:
    assert cells(view_of("A", **said))[Cell.SOURCE] == CellText(value, detail)


def test_where_it_goes(qapp: QApplication) -> None:
    line = view_of(position=DDM).line
    new = LineView(line, track_name="B", is_new_track=True, craft=Craft.SMALL_BOAT)
    assert cells(new)[Cell.TRACK].value == "new B, small boat"
    leg = Leg("", "", 308.5, 1.27 * 1852, 18 * 60)
    known = LineView(line, track_name="A", leg=leg, leg_from_utc=NOW)
    assert cells(known)[Cell.TRACK] == CellText(
        "A", "308.5°T 1.27 NM 4.23 kn", tooltip="A: 308.5°T 1.27 NM 4.23 kn from 0300Z"
    )
    none = view_of("", target=Target(TargetKind.NONE), kind=ReportKind.LAUNCH)
    assert cells(none)[Cell.TRACK].value == "launch · no track"
    assert cells(view_of(kind=ReportKind.LANDING))[Cell.TRACK].value == "landing · A"


def called(caller: str, *calls: tuple[str, str], **said: object) -> CellText:
    """The cell of a source whose caller has called at these times (hhmm) about these boats."""
    readings = tuple(CallerReading(caller, at(hhmm), boat) for hhmm, boat in calls)
    line = view_of("A", caller=caller, **said).line
    return cells(LineView(line, track_name="A", called_before=readings))[Cell.SOURCE]


def test_who_called_and_whether_before(qapp: QApplication) -> None:
    phone = SourceKind.PHONE
    assert called("0612345678", source=phone, grade="2C") == CellText(
        "phone 0612345678", "grade 2C"
    )
    assert called("0612345678", ("0245", "A"), source=phone) == CellText(
        "phone 0612345678", "0245Z (A), same phone", is_doubtful=True
    )
    assert called("report:x", ("0245", "A"), source=phone, grade="2C") == CellText(
        "phone", "0245Z (A), same phone · grade 2C", is_doubtful=True
    )
    assert called("MABC2", ("0245", "")) == CellText(
        "MABC2", "0245Z (no track), same caller", is_doubtful=True
    )
    assert called("CUTTER-1", source=SourceKind.PATROL, source_name="CUTTER-1") == CellText(
        "patrol", "CUTTER-1"
    )


def test_of_many_calls_the_latest_of_two_boats_are_told(qapp: QApplication) -> None:
    calls = [("0255", "C"), ("0250", "C"), ("0245", "A"), ("0130", "B")]
    cell = called("0612345678", *calls)
    assert cell.detail == "0255Z (C), 0245Z (A), same phone"


def test_a_call_of_another_day_is_told_with_its_day(qapp: QApplication) -> None:
    yesterday = CallerReading("0612345678", at("2350", day=14), "A")
    line = view_of("A", caller="0612345678").line
    cell = cells(LineView(line, track_name="A", called_before=(yesterday,)))[Cell.SOURCE]
    assert cell.detail == "142350Z (A), same phone"


def test_what_the_boat_looks_like(qapp: QApplication) -> None:
    line = view_of(position=DDM, boat_type=BoatType.INFLATABLE).line
    new = LineView(line, track_name="B", is_new_track=True, craft=Craft.SMALL_BOAT)
    assert cells(new)[Cell.TRACK].value == "new B, inflatable"
    known = LineView(line, track_name="A", craft=Craft.SMALL_BOAT)
    assert cells(known)[Cell.TRACK].value == "A · inflatable"
    cutter = LineView(line, track_name="CUTTER-1", craft=Craft.RESCUE_VESSEL)
    assert cells(cutter)[Cell.TRACK].value == "CUTTER-1"


def test_the_name_of_a_merged_track_is_told_with_what_it_means(qapp: QApplication) -> None:
    target = Target(TargetKind.TRACK, "a", "A", said="B")
    position = replace(DDM, origin="A", origin_said="C")
    view = view_of("A", target=target, position=position)
    assert cells(view)[Cell.TRACK] == CellText(
        "A", "B is the same as A · C is the same as A", is_doubtful=True
    )
    assert enter_text(view) == "Enter plots it: A. B is the same as A. C is the same as A."


def test_a_line_of_the_watch_log_says_so(qapp: QApplication) -> None:
    about = view_of("A", log="families told", target=Target(TargetKind.TRACK, "a", "A"))
    texts = cells(about)
    assert texts[Cell.TRACK] == CellText("watch log", "about A")
    assert texts[Cell.WORDS] == CellText("families told")
    assert enter_text(about) == "Enter writes it in the watch log, about A."
    assert done_text(about) == "Written in the watch log, about A."
    free = view_of("", log="relief", target=Target(TargetKind.NONE))
    assert cells(free)[Cell.TRACK] == CellText("watch log")
    assert enter_text(free) == "Enter writes it in the watch log."
    assert done_text(free) == "Written in the watch log."


def test_a_line_about_a_mark_has_no_time(qapp: QApplication) -> None:
    texts = cells(view_of("", mark=MarkReading(code="CGN", name="Cap Gris-Nez"), position=DDM))
    assert texts[Cell.TRACK] == CellText("mark CGN", "Cap Gris-Nez")
    assert texts[Cell.TIME] == CellText()


def test_whose_waters_the_position_is_in_and_how_far_the_boundary_is(qapp: QApplication) -> None:
    waters = WatersChart(boundary_limit()).whose(HERE)
    cell = cells(replace(view_of(position=DDM), waters=waters))[Cell.WATERS]
    assert cell == CellText("French waters (1988 line, legal), boundary 6.23 NM 331.5°T")
    assert cells(view_of(position=DDM))[Cell.WATERS] == CellText()


# Places


@pytest.fixture
def read_back(qtbot: QtBot) -> Iterator[ReadBack]:
    """The cells in a window of their own."""
    window = QWidget()
    qtbot.addWidget(window)
    row = ReadBack(window, panel_font())
    window.resize(1280, 60)
    row.resize(1256, row.height())
    window.show()
    yield row
    window.hide()


def places(row: ReadBack) -> list[tuple[int, int, int]]:
    """Left, top and width of every text."""
    shown = [label for label in row.findChildren(FixedText) if not label.isHidden()]
    return [(each.x(), each.y(), each.width()) for each in shown]


LONG = {cell: CellText("W" * 60, "M" * 60, is_doubtful=True) for cell in Cell}


def test_what_the_cells_say_never_moves_them(read_back: ReadBack) -> None:
    before, height = places(read_back), read_back.height()
    for texts in ({}, LONG, {Cell.POSITION: CellText("50°58.00'N 001°41.00'E")}):
        read_back.show_cells(texts)
        QApplication.processEvents()
        assert (places(read_back), read_back.height()) == (before, height)


@pytest.mark.parametrize("width_px", [1096, 1256, 1576, 2500])
@pytest.mark.parametrize("scale", [0.8, 1.0, 1.5])
def test_positions_and_times_are_never_cut_and_cells_never_overlap(
    qtbot: QtBot, width_px: int, scale: float
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    read_back = ReadBack(window, panel_font(scale))
    read_back.resize(width_px, read_back.height())

    for cell, text in (
        (Cell.POSITION, "50°58.00'N 000°10.00'W"),
        (Cell.TIME, "0228Z 0328 UK 0428 FR"),
    ):
        label = read_back.findChild(FixedText, f"line_{cell.value}")
        assert isinstance(label, FixedText)
        assert label.fontMetrics().horizontalAdvance(text) <= label.width()
    rows: dict[int, list[tuple[int, int]]] = {}
    for x, y, width in places(read_back):
        rows.setdefault(y, []).append((x, x + width))
    for spans in rows.values():
        spans.sort()
        assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))
        assert spans[-1][1] <= width_px


def test_a_question_has_the_height_of_the_read_back_whatever_it_says(
    read_back: ReadBack, qtbot: QtBot
) -> None:
    row = QuestionRow(read_back.window(), panel_font())
    for count in (1, 2, 3):
        row.ask("W" * 400, [CellText("W" * 80, "M" * 90)] * count)
        assert row.minimumSizeHint().height() <= read_back.height()
        assert sum(not button.isHidden() for button in row.buttons) == count


def test_the_letters_that_tell_two_readings_apart_are_never_cut(
    read_back: ReadBack, qtbot: QtBot
) -> None:
    large = panel_font(text_scale=1.5)
    row = QuestionRow(read_back.window(), large)
    readings = ["50°57.00'N 001°33.00'E", "50°57.00'N 001°33.00'W"]
    row.ask("East or west: " + "W" * 100, [CellText(value, "M" * 90) for value in readings])
    row.resize(1120, 97)
    row.show()
    layout = row.layout()
    assert layout is not None
    layout.activate()

    shown = [button.findChildren(FixedText)[0].shown_lines() for button in row.buttons[:2]]
    assert shown == [[reading] for reading in readings]


def test_a_text_that_does_not_fit_is_cut_and_whole_in_the_tooltip(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    label = FixedText(window, 2)
    label.resize(120, 40)
    words = "engine failing, taking on water, some in life jackets \N{SAILBOAT} and more"

    label.show_text(words)

    lines = label.shown_lines()
    assert len(lines) == 2
    assert words.startswith(lines[0])
    assert lines[1].endswith("…")
    assert label.toolTip() == words
    label.show_text("short")
    assert label.shown_lines() == ["short"]

"""Taking a report: clicked or typed, read back, asked about, plotted."""

import itertools
import math
from datetime import UTC, datetime, timedelta

import pytest

from channelplot.chart.overlay import Ghost, GhostKind, Overlay
from channelplot.chart.pointer import Button, CursorShape
from channelplot.errors import CommandRefused
from channelplot.geodesy.measure import destination, distance_m
from channelplot.geodesy.position import Position
from channelplot.geodesy.units import kn_from_mps, m_from_nm, nm_from_m
from channelplot.model.codes import CountBasis, Craft, PositionForm, ReportKind, SourceKind
from channelplot.model.people import PeopleCount
from channelplot.model.report import Report
from channelplot.reading.values import FaultCode
from channelplot.reading.values import QuestionCode as ReaderQuestion
from channelplot.tools.questions import QuestionCode
from channelplot.tools.report_draft import Field, TrackChoice
from channelplot.tools.tool import ToolId
from helpers.builders import R1, R2, R3, R5, a_mark, at, ddm
from helpers.clock import FixedClock
from helpers.desk import Desk

FUTURE, LAND, OUTSIDE = QuestionCode.IN_THE_FUTURE, QuestionCode.ON_LAND, QuestionCode.OUTSIDE_AREA
BEARING = PositionForm.BEARING_DISTANCE
CGN = ddm(50, 52.17, 1, 34.98)
CALAIS_INLAND = "50 50.0N 001 50.0E"
"""13 km inside the coast."""


def latest(desk: Desk) -> Report:
    """The report that was plotted last, as it was saved."""
    ((change, _),) = desk.store.saved[-1:]
    (pair,) = change.reports
    assert pair.before is None
    assert pair.after is not None
    assert desk.session.document.plot.report(pair.uid) == pair.after
    return pair.after


def faults(desk: Desk) -> list[tuple[Field, FaultCode | ReaderQuestion | None]]:
    """What stops the report, by field, and what the reader says of it."""
    return [(f.field, f.problem.code if f.problem else None) for f in desk.report.reading().faults]


def questions(desk: Desk) -> set[QuestionCode]:
    return {question.code for question in desk.report.reading().questions}


class TestOnTheChart:
    def test_a_click_gives_the_position_and_a_ghost_shows_it(self, desk: Desk) -> None:
        desk.toolbox.take_up(ToolId.REPORT)
        assert desk.toolbox.cursor is CursorShape.CROSS
        pointed: list[None] = []
        desk.report.pointed.connect(pointed.append)
        desk.mouse.click(R5)
        reading = desk.report.reading()
        assert reading.position is not None
        assert reading.form is PositionForm.POINTED
        assert distance_m(reading.position, R5) < 2.0
        assert desk.report.text.position == "51°01.900'N 001°30.700'E"
        assert desk.toolbox.overlay == Overlay((Ghost(reading.position, GhostKind.REPORT, "C"),))
        assert pointed == [None]
        assert desk.store.saved == [], "nothing is plotted before Enter"

    def test_the_ghost_follows_what_is_typed(self, desk: Desk) -> None:
        desk.toolbox.take_up(ToolId.REPORT)
        desk.report.edit(position="50 58.0N 001 41.0E")
        (ghost,) = desk.toolbox.overlay.shapes
        assert isinstance(ghost, Ghost)
        assert distance_m(ghost.position, R1) < 1e-6
        desk.report.edit(position="50 58.0N 001 61.0E")
        assert desk.toolbox.overlay == Overlay()

    def test_a_drag_or_another_button_is_no_click(self, desk: Desk) -> None:
        desk.toolbox.take_up(ToolId.REPORT)
        desk.mouse.drag((100.0, 100.0), (200.0, 200.0))
        desk.mouse.click(R5, Button.RIGHT)
        desk.mouse.release(100.0, 100.0)
        assert desk.report.is_empty
        assert desk.toolbox.overlay == Overlay()

    def test_a_click_beyond_the_earth_is_none(self, desk: Desk) -> None:
        desk.toolbox.take_up(ToolId.REPORT)
        x_px = 1e7
        assert desk.chart.viewport.position_at(x_px, 0.0) is None
        desk.mouse.press(x_px, 0.0)
        desk.mouse.release(x_px, 0.0)
        assert desk.report.is_empty

    def test_escape_drops_the_press_and_keeps_what_was_typed(self, desk: Desk) -> None:
        desk.toolbox.take_up(ToolId.REPORT)
        desk.report.edit(words="inflatable")
        desk.mouse.press(100.0, 100.0)
        desk.toolbox.cancel()
        desk.mouse.release(100.0, 100.0)
        assert desk.report.text.words == "inflatable"
        assert desk.report.text.position == ""

    def test_another_tool_keeps_what_was_begun_and_shows_nothing_of_it(self, desk: Desk) -> None:
        desk.toolbox.take_up(ToolId.REPORT)
        desk.mouse.click(R5)
        desk.report.edit(words="inflatable", people="45", time="0340")
        ghost = desk.toolbox.overlay
        desk.toolbox.take_up(ToolId.SELECT)
        assert desk.toolbox.overlay == Overlay()
        desk.report.edit(people="46")
        assert desk.toolbox.overlay == Overlay(), "and what is typed now is not shown"
        desk.toolbox.take_up(ToolId.REPORT)
        assert desk.report.text.words == "inflatable"
        assert desk.toolbox.overlay == ghost
        assert desk.store.saved == []


class TestPlotting:
    def test_a_report_to_a_new_boat(self, desk: Desk, clock: FixedClock) -> None:
        clock.set(at("0341"))
        desk.session.document.operator = "Officer Two"
        desk.report.edit(
            position="51 1.9N 001 30.7E",
            time="0340Z",
            source=SourceKind.AIRCRAFT,
            source_name=" COASTGUARD AIRCRAFT ",
            people="45 est",
            children="10",
            words=" stopped ",
            craft=Craft.OTHER,
        )
        reading = desk.report.reading()
        assert (reading.faults, reading.questions) == ((), ())
        assert reading.track_name == "C"
        assert desk.report.commit() is True
        report = latest(desk)
        track = desk.session.document.plot.tracks[str(report.track_uid)]
        assert (track.name, track.craft, track.created_at_utc) == ("C", Craft.OTHER, at("0341"))
        assert track.created_by == report.logged_by == "Officer Two"
        assert report.position is not None
        assert distance_m(report.position, R5) < 1e-6
        assert report.position_form is PositionForm.DDM
        assert report.observed_at_utc == at("0340")
        assert report.received_at_utc == report.logged_at_utc == at("0341")
        assert (report.source, report.source_name) == (SourceKind.AIRCRAFT, "COASTGUARD AIRCRAFT")
        assert report.people == PeopleCount(total=45, children=10, is_estimate=True)
        assert report.as_received == "stopped"
        assert desk.session.selection.uids == {report.uid}
        assert desk.store.labels == ["start_track"], "one act"

    def test_the_next_boat_never_joins_the_one_just_plotted(self, desk: Desk) -> None:
        desk.report.edit(position="51 1.9N 001 30.7E", time="0240")
        desk.report.commit()
        first = latest(desk)
        assert desk.report.text.track == TrackChoice.NEW_TRACK
        assert desk.report.is_empty
        desk.report.edit(position="51 2.3N 001 32.2E", time="0250")
        desk.report.commit()
        assert latest(desk).track_uid != first.track_uid
        assert desk.store.labels == ["start_track", "start_track"]

    def test_the_next_report_goes_on_with_a_track_that_was_chosen(self, desk: Desk) -> None:
        desk.report.edit(position="51 1.9N 001 30.7E", time="0240")
        desk.report.commit()
        uid = latest(desk).track_uid
        assert uid is not None
        desk.report.edit(position="51 2.3N 001 32.2E", time="0250", track=uid)
        desk.report.commit()
        desk.report.edit(position="51 2.5N 001 33.2E", time="0255")
        desk.report.commit()
        assert latest(desk).track_uid == uid
        assert desk.store.labels == ["start_track", "add_report", "add_report"]

    def test_a_leg_no_boat_can_make_is_asked_about(self, desk: Desk) -> None:
        desk.report.edit(position="50 59.5N 001 37.0E", time="0245")
        desk.report.commit()
        uid = latest(desk).track_uid
        assert uid is not None
        desk.report.edit(position="51 02.4N 001 50.3E", time="0252", track=uid)
        (question,) = desk.report.reading().questions
        assert question.code is QuestionCode.TOO_FAST
        assert kn_from_mps(question.value) == pytest.approx(76.1, abs=0.5)
        assert desk.report.commit() is False
        desk.report.edit(time="0245")
        (question,) = desk.report.reading().questions
        assert question.value == math.inf
        assert desk.report.commit(frozenset({QuestionCode.TOO_FAST}))

    def test_a_time_of_days_ago_is_asked_about(self, desk: Desk) -> None:
        desk.report.edit(position="50 59.5N 001 37.0E", time="010000Z SEP 26")
        (question,) = desk.report.reading().questions
        assert question.code is QuestionCode.LONG_AGO

    def test_the_second_and_third_report_of_the_night_and_their_legs(self, desk: Desk) -> None:
        desk.report.edit(position="50 58.0N 001 41.0E", time="0210")
        desk.report.commit()
        expected = [
            ("50 58.789N 001 39.431E", "0428B", 308.5, 1.27, 4.23),
            ("50 59.5N 001 37.0E", "0345A", 294.9, 1.69, 5.98),
        ]
        uid = str(latest(desk).track_uid)
        for position, time, course, nm, knots in expected:
            desk.report.edit(position=position, time=time, track=uid)
            reading = desk.report.reading()
            leg = reading.leg
            assert leg is not None
            assert leg.course_deg == pytest.approx(course, abs=0.051)
            assert nm_from_m(leg.distance_m) == pytest.approx(nm, abs=0.0051)
            assert leg.speed_mps is not None
            assert kn_from_mps(leg.speed_mps) == pytest.approx(knots, abs=0.0051)
            assert reading.leg_from_utc is not None
            assert desk.report.commit()

    def test_without_a_time_it_is_now_and_without_words_the_position_as_typed(
        self, desk: Desk, clock: FixedClock
    ) -> None:
        desk.report.edit(position=" 50 58.0n, 001 41.0e ", track=TrackChoice.NO_TRACK)
        assert desk.report.reading().track_name == ""
        assert desk.report.commit()
        report = latest(desk)
        assert report.observed_at_utc == clock.now_utc
        assert report.as_received == "50 58.0n, 001 41.0e"
        assert report.track_uid is None
        assert desk.session.document.plot.unattributed[-1] == report

    def test_a_pointed_position_is_nobodys_words(self, desk: Desk) -> None:
        desk.report.point(R5)
        assert desk.report.commit()
        report = latest(desk)
        assert report.as_received == ""
        assert report.position_form is PositionForm.POINTED

    def test_a_pointed_position_that_is_then_typed_over_is_typed(self, desk: Desk) -> None:
        desk.report.point(R5)
        desk.report.edit(position="51 1.9N 001 30.7E")
        assert desk.report.commit()
        assert latest(desk).position_form is PositionForm.DDM

    def test_counted_people_are_counted(self, desk: Desk) -> None:
        desk.report.edit(position="51 2.3N 001 32.2E", people="47", children="7", is_counted=True)
        assert desk.report.commit()
        assert latest(desk).people == PeopleCount(CountBasis.COUNTED, 47, children=7)

    def test_what_is_no_position_report_needs_no_position_and_makes_no_leg(
        self, desk: Desk
    ) -> None:
        track = next(iter(desk.session.document.plot.tracks.values()))
        desk.report.edit(kind=ReportKind.EVENT, track=track.uid, words="rescue by helicopter")
        reading = desk.report.reading()
        assert (reading.faults, reading.position, reading.form) == ((), None, None)
        assert desk.report.commit()
        assert latest(desk).position is None
        desk.report.edit(kind=ReportKind.LAUNCH, track=track.uid, position="50 58.0N 001 41.0E")
        assert desk.report.reading().leg is None

    def test_a_report_older_than_the_track_has_no_leg(self, desk: Desk) -> None:
        track = next(iter(desk.session.document.plot.tracks.values()))
        desk.report.edit(position="50 56.8N 001 44.0E", time="0130", track=track.uid)
        assert desk.report.reading().leg is None
        assert desk.report.commit()
        assert desk.session.document.plot.tracks[track.uid].reports[0] == latest(desk)

    def test_a_second_enter_plots_nothing(self, desk: Desk) -> None:
        desk.report.edit(position="51 1.9N 001 30.7E")
        assert desk.report.commit()
        assert desk.report.commit() is False
        assert len(desk.store.saved) == 1

    def test_a_refusal_keeps_what_was_typed(self, desk: Desk) -> None:
        desk.store.is_read_only = True
        desk.report.edit(position="51 1.9N 001 30.7E", words="stopped")
        with pytest.raises(CommandRefused):
            desk.report.commit()
        assert desk.report.text.words == "stopped"
        assert desk.store.saved == []


class TestForms:
    """What the reader reads, the form plots; the report keeps the form and how good it is."""

    @pytest.mark.parametrize(
        ("typed", "position", "form", "error_m"),
        [
            # Half of the last figure of both: 0.05' of latitude 92.7 m, of longitude 58 m.
            ("50 58.0N 001 41.0E", R1, PositionForm.DDM, 109.4),
            ("5058.0N 00141.0E", R1, PositionForm.DDM, 109.4),
            ("50 59 30N 001 37 00E", R3, PositionForm.DMS, 18.2),
            ("51.0317, 1.5117", Position(1.5117, 51.0317), PositionForm.DECIMAL_DEGREES, 6.6),
            # The middle of a square of 10 m, and its corner.
            ("31U DS 1855 5491", Position(1.8383, 51.04), PositionForm.MGRS, 7.1),
            # Half a degree at 7.2 miles is 116.4 m, half a tenth of a mile 92.6 m.
            ("023 CGN 7.2", destination(CGN, 23.0, m_from_nm(7.2)), BEARING, 148.7),
        ],
    )
    def test_each_form_is_plotted_where_it_is(
        self, desk: Desk, typed: str, position: Position, form: PositionForm, error_m: float
    ) -> None:
        desk.report.edit(position=f" {typed} ")
        assert desk.report.commit()
        report = latest(desk)
        assert report.position is not None
        assert distance_m(report.position, position) < 2.0
        assert report.position_form is form
        assert report.error_m == pytest.approx(error_m, abs=0.6)
        assert report.as_received == typed, "nobody gave words: the position is what was said"

    def test_words_are_what_was_received_whatever_the_form(self, desk: Desk) -> None:
        desk.report.edit(position="31U DS 1855 5491", words="grid, by radio")
        assert desk.report.commit()
        assert latest(desk).as_received == "grid, by radio"

    def test_a_pointed_position_is_good_to_the_figures_it_is_written_in(self, desk: Desk) -> None:
        desk.report.point(R5)
        assert desk.report.commit()
        assert latest(desk).position_form is PositionForm.POINTED
        # Half of 0.001' of latitude is 0.93 m, of longitude there 0.58 m.
        assert latest(desk).error_m == pytest.approx(1.09, abs=0.01)

    @pytest.mark.parametrize(("time", "start"), [("0215", R1), ("0244", R2), ("", R3)])
    def test_from_a_track_is_from_where_it_was_at_the_time_of_the_report(
        self, desk: Desk, time: str, start: Position
    ) -> None:
        desk.report.edit(position="A 310 1.5", time=time)
        assert desk.report.commit()
        report = latest(desk)
        assert report.position is not None
        assert distance_m(report.position, destination(start, 310.0, m_from_nm(1.5))) < 1.0
        assert report.position_form is PositionForm.RELATIVE

    def test_from_a_track_before_it_was_seen_is_from_nowhere(self, desk: Desk) -> None:
        desk.report.edit(position="A 310 1.5", time="0200")
        assert faults(desk) == [(Field.POSITION, FaultCode.NO_FIX_YET)]

    def test_a_report_without_a_position_has_no_error(self, desk: Desk) -> None:
        desk.report.edit(kind=ReportKind.EVENT, words="called again")
        assert desk.report.commit()
        report = latest(desk)
        assert (report.position, report.position_form, report.error_m) == (None, None, None)

    def test_names_of_the_chart_are_read_once_they_have_come(self, desk: Desk) -> None:
        told: list[None] = []
        desk.report.edit(position="090 VLV 2.0")
        desk.report.changed.connect(told.append)
        assert faults(desk) == [(Field.POSITION, FaultCode.NO_SUCH_NAME)]
        desk.reader.use_register([a_mark("VLV", ddm(51, 1.3, 1, 23.9))], (), ())
        assert told == [None], "it may be read otherwise now"
        assert faults(desk) == []


class TestTimes:
    @pytest.mark.parametrize(
        ("time", "observed"),
        [
            ("0330", at("0330", day=14)),
            ("2359Z", at("2359", day=14)),
            ("0315", at("0315")),
            ("0430 UK", at("0330", day=14)),
            ("-12", at("0248")),
            ("2026-09-15T02:28:00Z", at("0228")),
            ("150228Z", at("0228")),
        ],
    )
    def test_up_to_a_quarter_of_an_hour_ahead_is_ahead_and_more_is_yesterday(
        self, desk: Desk, time: str, observed: datetime
    ) -> None:
        desk.report.edit(position="51 1.9N 001 30.7E", time=time)
        assert desk.report.commit(frozenset({FUTURE}))
        assert latest(desk).observed_at_utc == observed

    def test_a_time_that_clocks_show_twice_has_to_be_written_out(
        self, desk: Desk, clock: FixedClock
    ) -> None:
        clock.set(datetime(2026, 10, 25, 3, 0, tzinfo=UTC))
        desk.report.edit(position="51 1.9N 001 30.7E", time="0130 UK")
        assert faults(desk) == [(Field.TIME, ReaderQuestion.TIME_TWICE)]
        assert desk.report.reading().observed_at_utc is None
        assert desk.report.commit(frozenset(QuestionCode)) is False
        desk.report.edit(time="0030Z")
        assert desk.report.commit()
        assert latest(desk).observed_at_utc == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


class TestWhatCannotBeRead:
    @pytest.mark.parametrize(
        ("typed", "fault"),
        [
            ({}, (Field.POSITION, FaultCode.EMPTY)),
            ({"position": "nan"}, (Field.POSITION, FaultCode.NOT_A_NUMBER)),
            ({"position": "nanN infE"}, (Field.POSITION, FaultCode.NOT_READ)),
            ({"position": "51 62.0N 001 41.0E"}, (Field.POSITION, FaultCode.MINUTES_RANGE)),
            ({"position": "51 1.9N 001 30.7E seen"}, (Field.POSITION, FaultCode.NOT_READ)),
            ({"position": "51 1.9N 001 30.7E 0210Z"}, (Field.POSITION, FaultCode.NOT_READ)),
            (
                {"position": "mark WRK 51 1.9N 001 30.7E"},
                (Field.POSITION, FaultCode.NOT_READ),
            ),
            ({"position": "50 58.0 001 41.0"}, (Field.POSITION, ReaderQuestion.HEMISPHERE)),
            ({"position": "50.58N 001.41E"}, (Field.POSITION, ReaderQuestion.TWO_READINGS)),
            ({"position": "01 30.7N 051 01.9E"}, (Field.POSITION, ReaderQuestion.SWAPPED)),
            ({"time": "2460"}, (Field.TIME, FaultCode.TIME_RANGE)),
            ({"time": "at night"}, (Field.TIME, FaultCode.TIME_NOT_READ)),
            ({"people": "many"}, (Field.PEOPLE, None)),
            ({"people": "5", "children": "6"}, (Field.PEOPLE, None)),
            ({"track": "gone"}, (Field.TRACK, None)),
        ],
    )
    def test_is_not_plotted_whatever_is_answered(
        self,
        desk: Desk,
        typed: dict[str, str],
        fault: tuple[Field, FaultCode | ReaderQuestion | None],
    ) -> None:
        good = {} if fault[0] is Field.POSITION else {"position": "51 1.9N 001 30.7E"}
        desk.report.edit(**good, **typed)
        assert faults(desk) == [fault]
        if fault[0] is Field.POSITION:
            assert desk.report.reading().position is None
        assert desk.report.commit(frozenset(QuestionCode)) is False
        assert desk.store.saved == []
        assert desk.report.text.people == typed.get("people", "")

    def test_can_be_all_fields_at_once(self, desk: Desk) -> None:
        desk.report.edit(
            position="x", time="x", people="x", track="x", course="x", speed="x", grade="x"
        )
        assert {fault.field for fault in desk.report.reading().faults} == set(Field)

    def test_is_a_track_that_was_undone_meanwhile(self, desk: Desk) -> None:
        desk.report.edit(position="51 1.9N 001 30.7E")
        desk.report.commit()
        desk.report.edit(position="51 2.3N 001 32.2E", track=str(latest(desk).track_uid))
        desk.session.document.undo()
        assert faults(desk) == [(Field.TRACK, None)]
        assert desk.report.commit() is False


class TestQuestions:
    @pytest.mark.parametrize(
        ("typed", "asked"),
        [
            ({"position": "51 1.9N 001 30.7E", "time": "0301"}, {FUTURE}),
            ({"position": "51 1.9N 001 30.7E", "time": "0315"}, {FUTURE}),
            ({"position": "51 1.9N 001 30.7E", "time": "150500Z SEP 26"}, {FUTURE}),
            ({"position": CALAIS_INLAND}, {LAND}),
            ({"position": "47 30.0N 001 30.7E"}, {OUTSIDE}),
            ({"position": "51 1.9S 001 30.7W"}, {OUTSIDE}),
            ({"position": CALAIS_INLAND, "time": "0310"}, {LAND, FUTURE}),
            ({"position": CALAIS_INLAND, "time": "1300"}, {LAND}),
            ({"position": "51 1.9N 001 30.7E", "time": "0300"}, set()),
            ({"position": "51 1.9N 001 30.7E", "time": "now"}, set()),
            ({"position": "51 1.9N 001 30.7E", "time": "-12"}, set()),
            ({"position": "50 30.0N 000 00.0E"}, set()),
            ({"position": "50 56.75N 001 45.10E"}, set()),
            ({"position": CALAIS_INLAND, "kind": ReportKind.PREVENTED}, set()),
            ({"position": CALAIS_INLAND, "kind": ReportKind.LANDING}, set()),
        ],
    )
    def test_are_asked_about_what_is_doubtful_and_nothing_else(
        self, desk: Desk, typed: dict[str, object], asked: set[QuestionCode]
    ) -> None:
        desk.report.edit(**typed)
        assert questions(desk) == asked

    def test_unanswered_keep_the_report_from_being_plotted(self, desk: Desk) -> None:
        desk.report.edit(position=CALAIS_INLAND, time="0310")
        for answered in (frozenset[QuestionCode](), frozenset({LAND}), frozenset({FUTURE})):
            assert desk.report.commit(answered) is False
        assert desk.store.saved == []
        assert desk.report.text.position == CALAIS_INLAND

    def test_answered_let_it_be_plotted(self, desk: Desk) -> None:
        desk.report.edit(position=CALAIS_INLAND, time="0310")
        assert desk.report.commit(frozenset({LAND, FUTURE})) is True
        assert latest(desk).observed_at_utc == at("0310")

    def test_tell_how_far(self, desk: Desk) -> None:
        desk.report.edit(position=CALAIS_INLAND, time="0310")
        values = {question.code: question.value for question in desk.report.reading().questions}
        assert values[FUTURE] == 10 * 60
        assert values[LAND] == pytest.approx(13_300, abs=150)

    def test_come_back_when_the_clock_has_moved(self, desk: Desk, clock: FixedClock) -> None:
        desk.report.edit(position="51 1.9N 001 30.7E", time="0310")
        assert questions(desk) == {FUTURE}
        clock.advance(minutes=10)
        assert questions(desk) == set()
        assert desk.report.commit()
        assert latest(desk).observed_at_utc == at("0310")

    @pytest.mark.parametrize("time", ["", "now", "0300", "0300Z", "-0"])
    def test_are_not_about_the_minute_that_it_is_though_the_clock_goes_on(
        self, desk: Desk, time: str
    ) -> None:
        start_utc, ticks = at("0300"), itertools.count()
        desk.session.clock = lambda: start_utc + timedelta(microseconds=next(ticks))
        desk.report.edit(position="51 1.9N 001 30.7E", time=time)
        assert questions(desk) == set()
        assert desk.report.commit()


def test_a_draft_begins_with_the_selected_track(desk: Desk) -> None:
    track = next(iter(desk.session.document.plot.tracks.values()))
    assert desk.report.text.track == TrackChoice.NEW_TRACK
    desk.mouse.click(R2)
    desk.toolbox.take_up(ToolId.REPORT)
    assert desk.report.text.track == track.uid
    desk.mouse.click(ddm(51, 8.0, 1, 25.0))
    (ghost,) = desk.toolbox.overlay.shapes
    assert isinstance(ghost, Ghost)
    assert ghost.label == "A"


def test_an_empty_draft_goes_along_with_the_selection(desk: Desk) -> None:
    track_a, track_b = desk.session.document.plot.tracks.values()
    desk.toolbox.take_up(ToolId.REPORT)
    told: list[None] = []
    desk.report.changed.connect(told.append)
    desk.session.selection.set(frozenset({track_a.uid}))
    assert desk.report.text.track == track_a.uid
    desk.session.selection.set(frozenset({track_a.reports[0].uid}))
    desk.session.selection.set(frozenset({track_b.uid}))
    assert desk.report.text.track == track_b.uid
    assert told == [None, None], "told when the track is another one"


def test_a_draft_that_was_begun_stays_with_its_track(desk: Desk) -> None:
    track_a, track_b = desk.session.document.plot.tracks.values()
    desk.session.selection.set(frozenset({track_a.uid}))
    desk.report.edit(words="stopped")
    desk.session.selection.set(frozenset({track_b.uid}))
    assert desk.report.text.track == track_a.uid


def test_an_empty_draft_to_a_boat_that_is_undone_goes_to_a_new_one(desk: Desk) -> None:
    desk.report.edit(position="51 1.9N 001 30.7E")
    desk.report.commit()
    desk.report.edit(track=str(latest(desk).track_uid))
    assert desk.report.reading().track_name == "C"
    desk.session.document.undo()
    assert desk.report.text.track == TrackChoice.NEW_TRACK
    assert desk.report.reading().track_name == "D", "C is not given again"


@pytest.mark.parametrize(
    ("typed", "is_empty"),
    [
        ({"position": "5"}, False),
        ({"time": "0"}, False),
        ({"people": "4"}, False),
        ({"children": "1"}, False),
        ({"words": "x"}, False),
        ({"track": TrackChoice.NO_TRACK, "source": SourceKind.RADAR}, True),
    ],
)
def test_a_draft_is_empty_until_something_is_typed(
    desk: Desk, typed: dict[str, object], is_empty: bool
) -> None:
    told: list[None] = []
    desk.report.changed.connect(told.append)
    assert desk.report.is_empty
    desk.report.edit(**typed)
    assert desk.report.is_empty is is_empty
    assert told == [None]


def test_people_may_be_counted_and_course_speed_and_grade_are_kept(desk: Desk) -> None:
    desk.report.edit(
        position="51 02.3N 001 32.2E",
        people="47",
        children="7",
        is_counted=True,
        course="310T",
        speed="4 kn",
        grade="1a",
    )
    reading = desk.report.reading()
    assert (reading.course_deg, reading.speed_kn, reading.grade) == (310.0, 4.0, "1A")
    assert desk.report.commit()
    report = desk.session.selection.only_report(desk.session.document.plot)
    assert report is not None
    assert report.people == PeopleCount(CountBasis.COUNTED, 47, children=7)
    assert (report.course_deg, report.speed_kn, report.grade) == (310.0, 4.0, "1A")
    assert not desk.report.text.is_counted, "the next number is reported again"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"course": "400"}, Field.COURSE),
        ({"speed": "fast"}, Field.SPEED),
        ({"grade": "good"}, Field.GRADE),
    ],
)
def test_a_course_speed_or_grade_that_is_none_stops_the_report(
    desk: Desk, values: dict[str, str], field: Field
) -> None:
    desk.report.edit(position="51 02.3N 001 32.2E", **values)
    assert [fault.field for fault in desk.report.reading().faults] == [field]
    assert not desk.report.commit()
    assert not desk.report.is_empty
    desk.report.edit(position="")
    assert not desk.report.is_empty, "it was typed"

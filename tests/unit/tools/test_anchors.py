"""What lines, rings and measured points hang on: typed, clicked, moving, gone."""

from dataclasses import replace

import pytest

from channelplot.chart.pointer import Button, Modifier
from channelplot.commands.beaches import withdraw_beach
from channelplot.commands.claims import give_reports, merge_tracks
from channelplot.commands.conditions import add_conditions
from channelplot.commands.marks import amend_mark, withdraw_mark
from channelplot.commands.tracks import start_track, withdraw_track
from channelplot.geodesy.measure import distance_m
from channelplot.geodesy.position import Position
from channelplot.model.codes import Craft, TrackStatus
from channelplot.reading.values import FaultCode, QuestionCode
from channelplot.tools.anchors import Anchor, AnchorKind
from helpers.builders import R1, R3, SANGATTE, a_beach, a_mark, a_report, a_track, at, ddm
from helpers.chartwork_builders import some_conditions
from helpers.clock import FixedClock
from helpers.desk import Desk
from helpers.drawing_desk import DrawingDesk
from helpers.night_chartwork import CGN, is_at

SEA = ddm(51, 8.0, 1, 25.0)


@pytest.fixture
def drawing(desk: Desk) -> DrawingDesk:
    """The drawing tools over the night's plot, at 0300Z."""
    return DrawingDesk(desk)


def under(
    drawing: DrawingDesk, place: Position, keys: Modifier = Modifier.NONE, off_px: float = 0.0
) -> Anchor | None:
    x_px, y_px = drawing.mouse.pixel(place)
    return drawing.anchors.under(drawing.mouse.event(x_px + off_px, y_px, Button.LEFT, keys))


def read(drawing: DrawingDesk, text: str) -> Anchor:
    found = drawing.anchors.read(text)
    assert isinstance(found, Anchor), found
    return found


class TestTyped:
    def test_a_boat_is_where_it_is_reckoned_at_the_time_asked_for(
        self, drawing: DrawingDesk
    ) -> None:
        boat = read(drawing, "a")
        assert boat.kind is AnchorKind.BOAT
        assert drawing.anchors.text(boat) == "A"
        place = drawing.anchors.place(boat)
        assert place is not None
        assert is_at(place, 51, 0.14, 1, 35.29), "step 7"
        drawing.chartwork.choose_time(at("0245"))
        assert drawing.anchors.place(boat) == R3
        drawing.chartwork.choose_time(at("0200"))
        assert drawing.anchors.place(boat) is None, "nobody knew of it"

    def test_marks_beaches_reports_and_places_are_named(self, drawing: DrawingDesk) -> None:
        for text, kind, place, name in (
            ("cgn", AnchorKind.MARK, CGN, "CGN"),
            ("Cap Gris-Nez", AnchorKind.MARK, CGN, "CGN"),
            ("sangatte", AnchorKind.BEACH, SANGATTE, "Sangatte"),
            ("A 0245Z", AnchorKind.REPORT, R3, "A 0245Z"),
            ("a 150210z", AnchorKind.REPORT, R1, "A 0210Z"),
            ("0105Z", AnchorKind.REPORT, ddm(50, 53.4, 1, 39.6), "0105Z"),
            ("51 08.0N 001 25.0E", AnchorKind.PLACE, SEA, "51°08.000'N 001°25.000'E"),
        ):
            anchor = read(drawing, text)
            found = drawing.anchors.place(anchor)
            assert anchor.kind is kind, text
            assert found is not None, text
            assert distance_m(found, place) < 0.01, text
            assert drawing.anchors.text(anchor) == name

    def test_a_bearing_from_a_mark_is_a_place(self, drawing: DrawingDesk) -> None:
        place = read(drawing, "023 CGN 7.2").position
        assert place is not None
        assert is_at(place, 50, 58.79, 1, 39.43), "step 2"

    def test_names_of_the_chart_alone_are_places_with_their_names(
        self, drawing: DrawingDesk
    ) -> None:
        varne = a_mark("VLV", ddm(51, 1.3, 1, 23.9), name="Varne LV")
        oye = a_beach("Oye", ddm(51, 0.0, 2, 2.4))
        drawing.desk.reader.use_register([varne], [oye], [("Marck", ddm(50, 56.9, 1, 57.1))])
        assert read(drawing, "varne lv") == Anchor(
            AnchorKind.PLACE, position=varne.position, name="VLV"
        )
        assert drawing.anchors.text(read(drawing, "oye")) == "Oye"
        assert drawing.anchors.text(read(drawing, "Marck")) == "Marck"
        names = drawing.anchors.names()
        assert names[:2] == ("A", "B")
        assert {"CGN", "Cap Gris-Nez", "Sangatte", "VLV", "Oye"} < set(names)
        assert "Marck" not in names, "towns are not offered while one types"

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("", FaultCode.EMPTY),
            ("nowhere", FaultCode.NO_SUCH_NAME),
            ("Z 0245Z", FaultCode.NOT_READ),
            ("A 0246Z", FaultCode.NOT_READ),
            ("51 62.0N 001 00.0E", FaultCode.MINUTES_RANGE),
            ("50 58.0 001 41.0", QuestionCode.HEMISPHERE),
        ],
    )
    def test_what_names_nothing_is_said_why(
        self, drawing: DrawingDesk, text: str, code: FaultCode | QuestionCode
    ) -> None:
        found = drawing.anchors.read(text)
        assert not isinstance(found, Anchor)
        assert found.code == code

    def test_a_name_that_several_have_is_asked_about(self, drawing: DrawingDesk) -> None:
        marks = [a_mark("X1", SEA, name="Dyck"), a_mark("X2", R1, name="Dyck")]
        drawing.desk.reader.use_register(marks, [], [])
        found = drawing.anchors.read("Dyck")
        assert not isinstance(found, Anchor)
        assert found.code == QuestionCode.WHICH_NAME

    def test_a_boat_without_a_position_yet_is_refused(self, drawing: DrawingDesk) -> None:
        drawing.chartwork.choose_time(at("0200"))
        found = drawing.anchors.read("A")
        assert not isinstance(found, Anchor)
        assert found.code == FaultCode.NO_FIX_YET


class TestUnderThePointer:
    def test_the_thing_within_reach_counts_else_the_place(self, drawing: DrawingDesk) -> None:
        a = drawing.track("A")
        assert under(drawing, R3, off_px=5.0) == Anchor(AnchorKind.REPORT, a.fixes[-1].uid)
        mark = next(iter(drawing.desk.session.document.plot.marks))
        assert under(drawing, CGN) == Anchor(AnchorKind.MARK, mark)
        beach = under(drawing, SANGATTE)
        assert beach is not None
        assert beach.kind is AnchorKind.BEACH
        place = under(drawing, SEA)
        assert place is not None
        assert place.position is not None
        assert distance_m(place.position, SEA) < 1.0
        beyond = drawing.mouse.event(1e7, 0.0, Button.LEFT, Modifier.NONE)
        assert drawing.anchors.under(beyond) is None

    def test_a_boats_line_is_the_boat_and_so_is_a_report_with_shift(
        self, drawing: DrawingDesk
    ) -> None:
        boat = Anchor(AnchorKind.BOAT, drawing.track("A").uid)
        first, second = (fix.position for fix in drawing.track("A").fixes[:2])
        assert first is not None
        assert second is not None
        between = Position(
            (first.lon_deg + second.lon_deg) / 2, (first.lat_deg + second.lat_deg) / 2
        )
        assert under(drawing, between) == boat
        assert under(drawing, R3, Modifier.SHIFT) == boat
        drawing.chartwork.choose_time(at("0200"))
        found = under(drawing, between)
        assert found is not None
        assert found.kind is AnchorKind.PLACE, "there was no such boat then"

    def test_shift_means_nothing_on_what_has_no_boat(self, drawing: DrawingDesk) -> None:
        found = under(drawing, CGN, Modifier.SHIFT)
        assert found is not None
        assert found.kind is AnchorKind.MARK

    def test_a_reckoned_position_that_shows_is_the_boat(self, drawing: DrawingDesk) -> None:
        a, b = drawing.track("A").uid, drawing.track("B").uid
        drawing.reckoned += [(a, SEA), (b, Position(SEA.lon_deg + 0.003, SEA.lat_deg))]
        assert under(drawing, SEA) == Anchor(AnchorKind.BOAT, a)
        assert under(drawing, SEA, off_px=5.0) == Anchor(AnchorKind.BOAT, b), "the nearer"
        far = under(drawing, SEA, off_px=-20.0)
        assert far is not None
        assert far.kind is AnchorKind.PLACE


class TestWhatBecomesOfIt:
    def test_what_is_moved_takes_it_along_and_what_is_gone_is_nowhere_until_undone(
        self, drawing: DrawingDesk
    ) -> None:
        document = drawing.desk.session.document
        mark = next(iter(document.plot.marks.values()))
        anchor = read(drawing, "CGN")
        document.apply(amend_mark(replace(mark, position=SEA)))
        assert drawing.anchors.place(anchor) == SEA
        document.apply(withdraw_mark(mark.uid))
        assert drawing.anchors.place(anchor) is None
        assert drawing.anchors.text(anchor) == ""
        document.undo()
        assert drawing.anchors.place(anchor) == SEA

    def test_withdrawn_beaches_boats_and_reports_are_nowhere(self, drawing: DrawingDesk) -> None:
        document, a = drawing.desk.session.document, drawing.track("A")
        beach = read(drawing, "Sangatte")
        boat, report = read(drawing, "B"), read(drawing, "B 0252Z")
        document.apply(withdraw_beach(beach.uid))
        document.apply(withdraw_track(boat.uid, "a mistake"))
        gone = [beach, boat]
        if document.plot.report(report.uid) is None:
            gone.append(report)
        for anchor in gone:
            assert drawing.anchors.place(anchor) is None
            assert drawing.anchors.text(anchor) == ""
        assert drawing.anchors.place(Anchor(AnchorKind.REPORT, "no such")) is None
        assert drawing.anchors.text(Anchor(AnchorKind.REPORT, "no such")) == ""
        assert drawing.track("A") == a

    def test_a_boat_merged_into_another_is_that_one(self, drawing: DrawingDesk) -> None:
        boat = read(drawing, "B")
        drawing.desk.session.document.apply(
            merge_tracks(
                boat.uid, drawing.track("A").uid, change_uid="c", at_utc=at("0300"), by="watch"
            )
        )
        assert drawing.anchors.text(boat) == "A"

    def test_a_report_goes_with_its_boat(self, drawing: DrawingDesk) -> None:
        report = read(drawing, "A 0245Z")
        drawing.desk.session.document.apply(
            give_reports(frozenset({report.uid}), drawing.track("B").uid)
        )
        assert drawing.anchors.text(report) == "B 0245Z"
        assert drawing.anchors.place(report) == R3

    def test_long_after_its_last_fix_a_moving_boat_is_nowhere_and_a_stopped_one_stays(
        self, drawing: DrawingDesk, clock: FixedClock
    ) -> None:
        a, b = read(drawing, "A"), read(drawing, "B")
        clock.set(at("0845"))
        assert drawing.anchors.place(a) is not None
        clock.set(at("0846"))
        assert drawing.anchors.place(a) is None
        clock.set(at("1500"))
        assert drawing.anchors.place(b) == ddm(51, 2.4, 1, 50.3), "no motion was ever told"

    def test_a_boat_of_unknown_motion_goes_with_the_stream_and_so_do_its_rings(
        self, drawing: DrawingDesk, clock: FixedClock
    ) -> None:
        c = a_track("C", [a_report("0245", position=R3)], uid="boat-c")
        drawing.desk.session.document.apply(start_track(c))
        boat = read(drawing, "C")
        clock.set(at("0500"))
        assert drawing.anchors.place(boat) == R3, "no stream was given"
        drawing.desk.session.document.apply(add_conditions(some_conditions()))
        place = drawing.anchors.place(boat)
        assert place is not None
        assert is_at(place, 51, 1.20, 1, 44.74), "step 17"
        clock.set(at("0846"))
        assert drawing.anchors.place(boat) is None

    def test_a_closed_craft_stays_where_it_was_last(
        self, drawing: DrawingDesk, clock: FixedClock
    ) -> None:
        reports = [a_report("0210", position=R1), a_report("0245", position=R3)]
        cutter = a_track(
            "CUTTER-1",
            reports,
            craft=Craft.RESCUE_VESSEL,
            status=TrackStatus.CLOSED_UNRESOLVED,
        )
        drawing.desk.session.document.apply(start_track(cutter))
        clock.set(at("0345"))
        assert drawing.anchors.place(read(drawing, "CUTTER-1")) == R3

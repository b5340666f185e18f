"""A report that says that a boat is stopped makes it adrift in the same act: line and form."""

from collections.abc import Iterator

import pytest

from channelplot.commands.tracks import set_status
from channelplot.document.session import Session
from channelplot.model.codes import Craft, TrackStatus
from channelplot.model.track import Track
from channelplot.tools.line_draft import LineDraft
from channelplot.tools.line_reader import LineReader
from channelplot.tools.report_draft import ReportDraft, TrackChoice
from helpers.builders import R3, a_plot, a_report, a_track, at
from helpers.clock import FixedClock
from helpers.opened import open_plot

STOPPED = "0340Z aircraft: stopped, 51 01.9N 001 30.7E"
ADRIFT = TrackStatus.ADRIFT


class Desk:
    """Somebody who plots lines and forms; boat A, and a cutter."""

    def __init__(self, clock: FixedClock) -> None:
        boat = a_track("A", (a_report("0245", position=R3),), uid="A")
        cutter = a_track("CUTTER-1", uid="cutter", craft=Craft.RESCUE_VESSEL)
        self.document = open_plot(a_plot(boat, cutter), clock=clock).document
        session = Session(self.document, clock)
        reader = LineReader(session)
        self.line = LineDraft(session, reader, lambda _: 0.0)
        self.form = ReportDraft(session, reader, lambda _: 0.0)

    def track(self, name: str = "A") -> Track:
        (found,) = (t for t in self.document.plot.tracks.values() if t.name == name)
        return found

    def enters(self, line: str) -> TrackStatus | None:
        """Press Enter after a line; which status it said the report gives."""
        self.line.edit(line)
        said = self.line.view().status
        assert self.line.commit()
        return said

    def fills(self, **values: object) -> TrackStatus | None:
        """Press Enter in the form; which status it said the report gives."""
        self.form.edit(position="51 01.9N 001 30.7E", time="0340Z", **values)
        said = self.form.reading().status
        assert self.form.commit()
        return said

    def gives(self, status: TrackStatus, time: str) -> None:
        change = set_status("A", status, change_uid=time, at_utc=at(time), by="watch")
        self.document.apply(change)


@pytest.fixture
def desk(clock: FixedClock) -> Iterator[Desk]:
    clock.set(at("0342"))
    desk = Desk(clock)
    yield desk
    desk.document.close()


class TestTheLine:
    def test_says_so_and_does_so_in_one_act(self, desk: Desk) -> None:
        acts = len(desk.document.acts)
        assert desk.enters(f"{STOPPED} >A") is ADRIFT
        (change,) = desk.track().status_changes
        assert (change.status, change.at_utc, change.by) == (
            ADRIFT,
            at("0340"),
            desk.document.operator,
        )
        assert desk.track().status is ADRIFT
        assert [act.label for act in desk.document.acts[acts:]] == ["add_report"]
        assert desk.document.acts[-1].name == "A"

    def test_one_undo_takes_both_back_and_one_redo_does_both_again(self, desk: Desk) -> None:
        before = desk.track()
        desk.enters(f"{STOPPED} >A")
        after = desk.track()
        desk.document.undo()
        assert desk.track() == before
        desk.document.redo()
        assert desk.track() == after

    def test_a_new_boat_starts_adrift(self, desk: Desk) -> None:
        assert desk.enters(f"{STOPPED} new B") is ADRIFT
        (change,) = desk.track("B").status_changes
        assert (desk.track("B").status, change.at_utc) == (ADRIFT, at("0340"))
        assert desk.document.acts[-1].label == "start_track"

    def test_adrift_without_a_position_counts_too(self, desk: Desk) -> None:
        desk.line.edit("0340Z phone: adrift >A")
        assert desk.line.choose(1), "plotted without a position"
        assert desk.line.view().status is ADRIFT
        assert desk.line.commit()
        assert desk.track().status is ADRIFT

    def test_a_speed_of_a_boat_adrift_asks_nothing_and_changes_nothing(self, desk: Desk) -> None:
        desk.enters(f"{STOPPED} >A")
        assert desk.enters("0341Z 51 01.9N 001 30.7E 300/5 >A") is None
        assert desk.track().status is ADRIFT
        assert len(desk.track().status_changes) == 1

    def test_told_again_it_changes_nothing(self, desk: Desk) -> None:
        desk.enters(f"{STOPPED} >A")
        assert desk.enters("0342Z stopped, 51 01.9N 001 30.7E >A") is None
        assert len(desk.track().status_changes) == 1

    @pytest.mark.parametrize("status", [TrackStatus.DISTRESS, TrackStatus.ESCORTED])
    def test_what_an_operator_said_of_it_stays(self, desk: Desk, status: TrackStatus) -> None:
        desk.gives(status, "0300")
        assert desk.enters(f"{STOPPED} >A") is None
        assert desk.track().status is status

    def test_under_way_gives_way_to_it_unless_given_since(self, desk: Desk) -> None:
        desk.gives(TrackStatus.UNDER_WAY, "0300")
        assert desk.enters(f"{STOPPED} >A") is ADRIFT
        desk.gives(TrackStatus.UNDER_WAY, "0341")
        assert desk.enters("0340Z adrift, 51 01.9N 001 30.7E >A") is None
        assert desk.track().status is TrackStatus.UNDER_WAY

    @pytest.mark.parametrize("target", [">CUTTER-1", ">none", "new PILOT rescue_vessel"])
    def test_nobody_s_report_and_an_asset_have_no_such_status(
        self, desk: Desk, target: str
    ) -> None:
        assert desk.enters(f"0340Z stopped, 51 01.9N 001 30.7E {target}") is None
        assert all(t.status is TrackStatus.REPORTED for t in desk.document.plot.tracks.values())


class TestTheForm:
    def test_says_so_and_does_so_in_one_act(self, desk: Desk) -> None:
        acts = len(desk.document.acts)
        assert desk.fills(track="A", speed="0") is ADRIFT
        (change,) = desk.track().status_changes
        assert (desk.track().status, change.at_utc) == (ADRIFT, at("0340"))
        assert [act.label for act in desk.document.acts[acts:]] == ["add_report"]
        desk.document.undo()
        assert (desk.track().status, desk.track().status_changes) == (TrackStatus.REPORTED, ())

    def test_a_new_boat_starts_adrift(self, desk: Desk) -> None:
        assert desk.fills(track=TrackChoice.NEW_TRACK, speed="0") is ADRIFT
        assert desk.track("B").status is ADRIFT

    @pytest.mark.parametrize("speed", ["", "4"])
    def test_another_speed_or_none_gives_no_status(self, desk: Desk, speed: str) -> None:
        assert desk.fills(track="A", speed=speed) is None
        assert desk.track().status is TrackStatus.REPORTED

    @pytest.mark.parametrize("track", ["cutter", TrackChoice.NO_TRACK])
    def test_an_asset_and_no_track_have_no_such_status(self, desk: Desk, track: str) -> None:
        assert desk.fills(track=track, speed="0") is None

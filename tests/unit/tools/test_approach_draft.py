"""A watch over a closest approach being begun: whom it is against, its limits, ending it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from channelplot.analysis.closest_approach import Approaching
from channelplot.errors import RefusalReason
from channelplot.geodesy.units import m_from_nm
from channelplot.model.codes import Craft
from channelplot.model.track import Track
from channelplot.settings import APPROACH_DISTANCE_M, APPROACH_WITHIN_MIN
from channelplot.tools.approach_draft import ApproachDraft, ApproachField
from channelplot.tools.boat_choice import MOST_RANKED, ChoiceProblem
from helpers.builders import a_plot, a_report, a_track, at, ddm
from helpers.chartwork_builders import an_approach_watch
from helpers.clock import FixedClock
from helpers.foreseeing import ForeseeingDesk, foreseeing_desk
from helpers.night_boats import boat_a, report_1, report_2, report_3
from helpers.opened import open_plot

BOAT = "boat-a"


def vessel(name: str, minutes: float, course_deg: float = 292.0, speed_kn: float = 18.0) -> Track:
    """A merchant vessel that many minutes east of 1 degree, at 0258Z."""
    ais = a_report(
        "0258", position=ddm(50, 58.50, 1, minutes), course_deg=course_deg, speed_kn=speed_kn
    )
    return a_track(name, (ais,), uid=name.lower(), craft=Craft.MERCHANT_VESSEL)


@pytest.fixture
def desk(clock: FixedClock, tmp_path: Path) -> Iterator[ForeseeingDesk]:
    """A desk at 0300Z: A, the ferry of step 8, one that goes away, one without a position."""
    plot = a_plot(
        boat_a(report_1(), report_2(), report_3()),
        vessel("AWAY", 50.0, 90.0),
        vessel("FERRY", 44.5),
        a_track("SILENT", uid="silent", craft=Craft.MERCHANT_VESSEL),
    )
    found = foreseeing_desk(plot, clock, tmp_path)
    yield found
    found.document.close()


@pytest.fixture
def draft(desk: ForeseeingDesk) -> ApproachDraft:
    """The draft, begun with A selected."""
    made = ApproachDraft(desk.session, desk.figures, desk.foresight, desk.lookout)
    desk.session.selection.set(frozenset({BOAT}))
    assert made.begin()
    return made


def test_others_are_offered_by_how_close_they_come(draft: ApproachDraft) -> None:
    first, second = draft.targets()
    assert (first.key, first.name, first.track_uid) == ("1", "FERRY", "ferry")
    assert first.approach is not None
    assert first.approach.closest.distance_m == pytest.approx(m_from_nm(0.33), abs=18.6)
    assert first.approach.tcpa_s / 60.0 == pytest.approx(25.1, abs=0.1)
    assert second.name == "AWAY"
    assert second.approach is not None
    assert second.approach.approaching is not Approaching.AHEAD


def test_the_figures_follow_the_time(draft: ApproachDraft, desk: ForeseeingDesk) -> None:
    told: list[None] = []
    draft.changed.connect(told.append)
    before = draft.targets()
    assert draft.targets() is before
    desk.at("0300", 20)
    assert told
    assert draft.targets() is before, "of the same minute"
    desk.at("0310")
    approach = draft.targets()[0].approach
    assert approach is not None
    assert approach.tcpa_s / 60.0 == pytest.approx(15.1, abs=0.1)


def test_no_more_are_offered_than_there_are_keys(clock: FixedClock, tmp_path: Path) -> None:
    others = [vessel(f"V{number}", 40.0 + number / 10) for number in range(2 * MOST_RANKED)]
    plot = a_plot(boat_a(report_1(), report_2(), report_3()), *others)
    desk = foreseeing_desk(plot, clock, tmp_path)
    draft = ApproachDraft(desk.session, desk.figures, desk.foresight, desk.lookout)
    desk.session.selection.set(frozenset({BOAT}))
    draft.begin()
    targets = draft.targets()
    assert [target.key for target in targets] == [str(n) for n in range(1, MOST_RANKED + 1)]
    least_m = [target.approach.least_m for target in targets if target.approach is not None]
    assert least_m == sorted(least_m)
    desk.document.close()


def test_the_desk_s_limits_are_offered_and_enter_begins_the_watch(
    draft: ApproachDraft, desk: ForeseeingDesk
) -> None:
    assert (draft.distance, draft.within) == ("1", "30")
    assert draft.is_empty
    fault = draft.reading().fault
    assert fault is not None
    assert fault.problem is ChoiceProblem.EMPTY
    assert not draft.commit()
    draft.edit(against="1")
    assert (draft.is_empty, draft.commit()) == (False, True)
    (watch,) = desk.plot.approach_watches.values()
    assert (watch.first_track_uid, watch.second_track_uid) == (BOAT, "ferry")
    assert (watch.distance_m, watch.within_min) == (1852.0, 30)
    assert (watch.created_at_utc, watch.created_by) == (at("0300"), "watch")
    assert not draft.is_active


def test_other_limits_of_the_desk_are_offered(draft: ApproachDraft, desk: ForeseeingDesk) -> None:
    desk.figures.choose(APPROACH_DISTANCE_M, 926)
    desk.figures.choose(APPROACH_WITHIN_MIN, 45)
    draft.clear()
    assert (draft.distance, draft.within) == ("0.5", "45")


@pytest.mark.parametrize(
    ("distance", "within", "expected"),
    [
        ("5 cables", "20", (926.0, 20)),
        ("800 m", "45 min", (800.0, 45)),
        ("0,5", "360", (926.0, 360)),
    ],
)
def test_limits_are_read(
    draft: ApproachDraft, distance: str, within: str, expected: tuple[float, int]
) -> None:
    draft.edit(against="ferry", distance=distance, within=within)
    watch = draft.reading().watch
    assert watch is not None
    assert (watch.distance_m, watch.within_min) == expected


@pytest.mark.parametrize(
    ("distance", "within", "wrong"),
    [
        ("", "30", ApproachField.DISTANCE),
        ("near", "30", ApproachField.DISTANCE),
        ("0", "30", ApproachField.DISTANCE),
        ("1", "", ApproachField.WITHIN),
        ("1", "0", ApproachField.WITHIN),
        ("1", "361", ApproachField.WITHIN),
        ("1", "soon", ApproachField.WITHIN),
    ],
)
def test_limits_that_are_none_are_named(
    draft: ApproachDraft, distance: str, within: str, wrong: ApproachField
) -> None:
    draft.edit(against="1", distance=distance, within=within)
    reading = draft.reading()
    assert (reading.wrong, reading.watch) == (wrong, None)
    assert not reading.can_commit
    assert not draft.commit()


def test_a_craft_can_be_named_and_not_be_itself(draft: ApproachDraft) -> None:
    draft.edit(against="silent")
    watch = draft.reading().watch
    assert watch is not None
    assert watch.second_track_uid == "silent", "it may be heard of later"
    draft.edit(against="A")
    refusal = draft.reading().refusal
    assert refusal is not None
    assert refusal.reason is RefusalReason.APPROACH_TO_ITSELF
    assert not draft.commit()
    draft.edit(against="nobody")
    assert draft.reading().wrong is ApproachField.AGAINST


def test_a_second_watch_of_the_two_takes_the_place_of_the_first(
    draft: ApproachDraft, desk: ForeseeingDesk
) -> None:
    draft.edit(against="1")
    draft.commit()
    desk.session.selection.set(frozenset({"ferry"}))
    draft.begin()
    draft.edit(against="A", distance="2")
    replaced = draft.reading().replaced
    assert replaced is not None
    assert replaced.distance_m == 1852.0
    assert draft.commit()
    (watch,) = desk.plot.approach_watches.values()
    assert watch.distance_m == 3704.0


def test_a_watch_is_ended_by_a_second_key(draft: ApproachDraft, desk: ForeseeingDesk) -> None:
    draft.edit(against="1")
    draft.commit()
    desk.session.selection.set(frozenset())
    assert draft.begin(), "there is a watch to end"
    assert draft.track is None
    assert not draft.reading().can_commit
    assert draft.targets() == ()
    (watch,) = draft.watches
    draft.begin_ending(watch.uid)
    assert draft.reading().ended == watch
    assert not draft.is_empty
    draft.clear()
    assert draft.reading().ended is None
    draft.begin_ending(watch.uid)
    assert draft.commit()
    assert not desk.plot.approach_watches
    assert not draft.begin(), "nothing is selected and there is nothing to end"
    desk.document.undo()
    assert list(desk.plot.approach_watches.values()) == [watch]


def test_the_watch_begun_last_stands_first(clock: FixedClock, tmp_path: Path) -> None:
    plot = a_plot(boat_a(report_1(), report_2(), report_3()), vessel("F", 44.5), vessel("G", 45.0))
    plot = plot.with_approach_watch(an_approach_watch(BOAT, "f", uid="1"))
    plot = plot.with_approach_watch(an_approach_watch(BOAT, "g", uid="2"))
    desk = foreseeing_desk(plot, clock, tmp_path)
    draft = ApproachDraft(desk.session, desk.figures, desk.foresight, desk.lookout)
    assert [watch.uid for watch in draft.watches] == ["2", "1"]
    desk.document.close()


def test_nothing_begins_in_a_plot_that_is_read_only(clock: FixedClock, tmp_path: Path) -> None:
    desk = foreseeing_desk(a_plot(vessel("F", 44.5)), clock, tmp_path, is_read_only=True)
    draft = ApproachDraft(desk.session, desk.figures, desk.foresight, desk.lookout)
    desk.session.selection.set(frozenset({"f"}))
    assert not draft.begin()


def test_it_ends_in_another_plot(draft: ApproachDraft, desk: ForeseeingDesk) -> None:
    draft.edit(against="1")
    desk.session.show(open_plot(a_plot(), clock=desk.clock).document)
    assert not draft.is_active
    assert draft.against == ""

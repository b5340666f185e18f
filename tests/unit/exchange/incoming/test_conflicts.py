"""Two desks say different things of one boat: each can be taken or left, and both are kept."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from channelplot.commands.command import Entity
from channelplot.exchange.incoming.conflict import Conflict
from channelplot.exchange.incoming.plan import ImportChoices, ImportPlan, plan_import
from channelplot.model.change import difference
from channelplot.model.codes import BoatType, CountBasis, SourceKind, TrackStatus
from channelplot.model.people import PeopleCount
from channelplot.model.plot import Plot
from channelplot.model.report import Report
from channelplot.model.rules import problems_of
from channelplot.model.track import StatusChange, Track
from helpers.builders import R1, R5, a_mark, a_plot, a_report, a_track, at
from helpers.chartwork_builders import some_conditions
from helpers.incoming import brought_in, imported, other_desk

THEIRS = ImportChoices(conflicts_taken=True)
FIRST = a_report("0210", uid="r1", as_received="said", speed_kn=4.0, people=PeopleCount(total=40))
SECOND = a_report("0228", uid="r2")
OURS = a_plot(a_track("A", (FIRST, SECOND), uid="a"), a_track("B", uid="b"))


def desk(change: Callable[[Report], Report], uid: str = "r1") -> Plot:
    """The other desk's plot: ours with a report that says something else."""
    report = OURS.report(uid)
    assert report is not None
    return OURS.with_report(change(report))


def planned(theirs: Plot, ours: Plot = OURS, choices: ImportChoices | None = None) -> ImportPlan:
    return plan_import(other_desk(theirs), ours, choices=choices)


def the_one(conflicts: tuple[Conflict, ...]) -> Conflict:
    (conflict,) = conflicts
    return conflict


def track(plot: Plot, **fields: object) -> Plot:
    return plot.with_track(replace(plot.tracks["a"], **fields))  # type: ignore[arg-type]


MORE: list[tuple[Callable[[Report], Report], Mapping[str, str]]] = [
    (lambda r: replace(r, course_deg=310.0), {"course_deg": "310.0"}),
    (lambda r: replace(r, source=SourceKind.PATROL), {"source": "patrol"}),
    (lambda r: replace(r, boat_type=BoatType.RHIB), {"boat_type": "rhib"}),
    (lambda r: replace(r, people=PeopleCount(total=40, children=6)), {"people_children": "6"}),
    (lambda r: replace(r, error_m=50.0), {"error_m": "50.0"}),
]
OTHERWISE: list[tuple[Callable[[Report], Report], Mapping[str, str]]] = [
    (lambda r: replace(r, speed_kn=5.0), {"speed_kn": "5.0"}),
    (lambda r: replace(r, people=PeopleCount(total=45)), {"people_total": "45"}),
    (
        lambda r: replace(r, position=R5),
        {"lon_deg": repr(R5.lon_deg), "lat_deg": repr(R5.lat_deg)},
    ),
    (lambda r: replace(r, as_received="else"), {"as_received": "else"}),
    (lambda r: replace(r, track_uid="b"), {"track_name": "B"}),
]
LESS: list[Callable[[Report], Report]] = [
    lambda r: replace(r, speed_kn=None),
    lambda r: replace(r, people=None),
    lambda r: replace(r, position=None),
    lambda r: replace(r, track_uid=None),
]


@pytest.mark.parametrize(("change", "fields"), MORE)
def test_what_is_only_told_more_fully_is_taken(
    change: Callable[[Report], Report], fields: Mapping[str, str]
) -> None:
    theirs = desk(change)
    plan = planned(theirs)
    assert plan.conflicts == ()
    conflict = the_one(plan.changed)
    assert (conflict.entity, conflict.uid, conflict.name) == (Entity.REPORT, "r1", "A")
    assert conflict.theirs == fields
    assert plan.summary.taken_changes == 1
    after = brought_in(plan)
    assert after.report("r1") == theirs.report("r1")
    assert after.log_lines == {}
    left = plan.with_choices(ImportChoices(versions={"r1": False}))
    assert difference(OURS, brought_in(left)).is_empty


@pytest.mark.parametrize("change", LESS)
def test_what_is_told_less_fully_changes_nothing(change: Callable[[Report], Report]) -> None:
    plan = planned(desk(change))
    assert (plan.changed, plan.conflicts) == ((), ())
    assert difference(OURS, brought_in(plan)).is_empty


@pytest.mark.parametrize(("change", "fields"), OTHERWISE)
def test_of_a_conflict_the_plot_s_version_stays_and_the_other_goes_into_the_log(
    change: Callable[[Report], Report], fields: Mapping[str, str]
) -> None:
    plan = planned(desk(change))
    conflict = the_one(plan.conflicts)
    assert plan.changed == ()
    assert conflict.theirs == fields
    assert conflict.ours.keys() == fields.keys()
    after = brought_in(plan)
    assert problems_of(after) == ()
    assert after.tracks == OURS.tracks
    (line,) = after.log_lines.values()
    assert str(dict(fields)) in line.text
    assert (line.track_uid, line.operator) == ("a", "watch")


@pytest.mark.parametrize(("change", "fields"), OTHERWISE)
def test_of_a_conflict_the_file_s_version_is_taken_and_the_plot_s_goes_into_the_log(
    change: Callable[[Report], Report], fields: Mapping[str, str]
) -> None:
    theirs = desk(change)
    for choices in (THEIRS, ImportChoices(versions={"r1": True})):
        plan = planned(theirs, choices=choices)
        after = brought_in(plan)
        assert problems_of(after) == ()
        assert after.report("r1") == theirs.report("r1")
        assert after.report("r2") == SECOND_FILED
        (line,) = after.log_lines.values()
        assert str(dict(the_one(plan.conflicts).ours)) in line.text
        again = planned(theirs, after, choices)
        assert again.summary.is_nothing_new
        assert difference(after, brought_in(again)).is_empty


SECOND_FILED = replace(SECOND, track_uid="a")


def test_a_conflict_is_settled_once() -> None:
    theirs = desk(lambda r: replace(r, speed_kn=5.0))
    once = brought_in(planned(theirs))
    again = planned(theirs, once)
    assert again.conflicts == ()
    assert again.summary.decided == 1
    assert difference(once, brought_in(again)).is_empty
    revised = brought_in(again.with_choices(THEIRS))
    report = revised.report("r1")
    assert report is not None
    assert report.speed_kn == 5.0
    assert len(revised.log_lines) == 2


def test_what_a_file_leaves_out_stays_the_plot_s_when_its_version_is_taken() -> None:
    theirs = desk(lambda r: replace(r, speed_kn=5.0, people=None))
    after = brought_in(planned(theirs, choices=THEIRS)).report("r1")
    assert after is not None
    assert (after.speed_kn, after.people) == (5.0, PeopleCount(total=40))


def test_packed_reports_are_compared_as_others() -> None:
    ours = imported(other_desk(OURS))
    plan = planned(desk(lambda r: replace(r, speed_kn=5.0)), ours)
    assert the_one(plan.conflicts).theirs == {"speed_kn": "5.0"}
    assert planned(OURS, ours).conflicts == ()
    after = brought_in(plan.with_choices(THEIRS))
    report = after.report("r1")
    assert report is not None
    assert report.speed_kn == 5.0


def test_a_time_that_a_file_leaves_out_is_no_other_time() -> None:
    incoming = other_desk(desk(lambda r: replace(r, received_at_utc=at("0600"))), at("0600"))
    assert plan_import(incoming, OURS).conflicts == ()


# Tracks


@pytest.mark.parametrize(
    ("theirs", "fields"),
    [
        (track(OURS, colour="grey"), {"colour": "grey"}),
        (track(OURS, boat_type=BoatType.RHIB), {"boat_type": "rhib"}),
        (track(OURS, uk_reference="123/26"), {"uk_reference": "123/26"}),
    ],
)
def test_more_of_a_track_is_taken(theirs: Plot, fields: Mapping[str, str]) -> None:
    plan = planned(theirs)
    assert the_one(plan.changed).theirs == fields
    assert brought_in(plan).tracks == theirs.tracks


def test_who_entered_a_track_and_when_is_no_difference() -> None:
    plan = planned(track(OURS, created_by="other", created_at_utc=at("0600")))
    assert (plan.changed, plan.conflicts) == ((), ())


def test_another_name_is_a_conflict_but_not_the_one_it_got_here() -> None:
    plan = planned(track(OURS, name="ALFA"))
    assert the_one(plan.conflicts).theirs == {"name": "ALFA"}
    renamed = track(OURS, name="A-2")
    assert planned(OURS, renamed).conflicts == ()


def test_a_name_that_is_taken_meanwhile_gets_a_number() -> None:
    ours = OURS.with_track(a_track("ALFA", uid="c"))
    after = brought_in(planned(track(OURS, name="ALFA"), ours, THEIRS))
    assert problems_of(after) == ()
    assert after.tracks["a"].name == "ALFA-2"


def changed(plot: Plot, *statuses: TrackStatus) -> Plot:
    changes = tuple(
        StatusChange(f"s{n}{status}", status, at("0300") + timedelta(minutes=n), by="other")
        for n, status in enumerate(statuses)
    )
    return track(plot, status=changes[-1].status, status_changes=changes)


ADRIFT = changed(OURS, TrackStatus.ADRIFT)
RESCUED = changed(OURS, TrackStatus.ADRIFT, TrackStatus.RESCUED_ALL)
LANDED = changed(OURS, TrackStatus.LANDED)


@pytest.mark.parametrize(("ours", "theirs"), [(OURS, ADRIFT), (ADRIFT, RESCUED), (OURS, LANDED)])
def test_what_became_of_a_boat_since_is_told_more_fully(ours: Plot, theirs: Plot) -> None:
    plan = planned(theirs, ours)
    assert the_one(plan.changed).entity is Entity.TRACK
    assert brought_in(plan).tracks == theirs.tracks
    back = planned(ours, theirs)
    assert (back.changed, back.conflicts) == ((), ())


def test_two_desks_that_gave_a_boat_different_states_are_in_conflict() -> None:
    plan = planned(LANDED, RESCUED)
    conflict = the_one(plan.conflicts)
    assert conflict.theirs["status"] == "landed"
    assert brought_in(plan).tracks == RESCUED.tracks
    taken = brought_in(plan.with_choices(THEIRS))
    assert problems_of(taken) == ()
    assert taken.tracks["a"].status is TrackStatus.LANDED


def test_where_the_other_desk_merged_two_tracks_all_reports_go_along_if_it_is_taken() -> None:
    b = replace(OURS.tracks["b"], reports=(a_report("0230", uid="r3", track_uid="b"),))
    ours = OURS.with_track(b).with_conditions(some_conditions("b"))
    same = StatusChange("same", TrackStatus.SAME_AS, at("0300"), by="other")
    merged = replace(
        b, status=TrackStatus.SAME_AS, status_changes=(same,), same_as_uid="a", reports=()
    )
    theirs = OURS.with_track(merged).with_report(a_report("0230", uid="r3", track_uid="a"))
    plan = planned(theirs, ours)
    assert {conflict.uid for conflict in plan.conflicts} == {"b", "r3"}
    kept = brought_in(plan)
    assert problems_of(kept) == ()
    assert kept.tracks == ours.tracks
    for choices in (THEIRS, ImportChoices(versions={"b": True})):
        taken = brought_in(plan.with_choices(choices))
        assert problems_of(taken) == ()
        assert [report.uid for report in taken.tracks["a"].reports] == ["r1", "r2", "r3"]
        assert [entry.track_uid for entry in taken.conditions.values()] == ["a"]


def test_tracks_merged_round_in_a_ring_are_none() -> None:
    same = StatusChange("same", TrackStatus.SAME_AS, at("0300"), by="other")

    def merged(plot: Plot, uid: str, into: str) -> Plot:
        reports = tuple(plot.tracks[uid].reports)
        own = replace(
            plot.tracks[uid],
            status=TrackStatus.SAME_AS,
            status_changes=(same,),
            same_as_uid=into,
            reports=(),
        )
        plot = plot.with_track(own)
        for report in reports:
            plot = plot.with_report(replace(report, track_uid=into))
        return plot

    plan = planned(merged(OURS, "a", "b"), merged(OURS, "b", "a"), THEIRS)
    after = brought_in(plan)
    assert problems_of(after) == ()
    assert after.report_count() == 2


# Beaches and marks


def test_a_mark_that_stands_elsewhere_is_a_conflict_and_a_better_known_one_is_taken() -> None:
    mark = a_mark("CGN", uid="m")
    ours = OURS.with_mark(mark)
    elsewhere = OURS.with_mark(replace(mark, position=R1))
    plan = planned(elsewhere, ours)
    assert the_one(plan.conflicts).entity is Entity.MARK
    assert brought_in(plan).marks == ours.marks
    assert brought_in(plan.with_choices(THEIRS)).marks == elsewhere.marks
    better = OURS.with_mark(replace(mark, error_m=20.0))
    assert brought_in(planned(better, OURS.with_mark(replace(mark, error_m=None)))).marks == (
        better.marks
    )


def test_a_count_and_a_report_of_people_are_two_things() -> None:
    counted = PeopleCount(CountBasis.COUNTED, 40)
    plan = planned(desk(lambda r: replace(r, people=counted)))
    assert the_one(plan.conflicts).theirs["people_basis"] == "counted"


def test_both_desks_with_all_their_versions_are_kept_however_often_they_exchange() -> None:
    theirs = track(desk(lambda r: replace(r, speed_kn=5.0)), colour="grey")
    ours = imported(other_desk(theirs), OURS)
    back = imported(other_desk(ours), theirs)
    assert difference(ours, imported(other_desk(back), ours)).is_empty
    assert isinstance(ours.tracks["a"], Track)
    assert ours.tracks["a"].colour == back.tracks["a"].colour == "grey"

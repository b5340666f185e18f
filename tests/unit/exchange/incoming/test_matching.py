"""A report that is known by craft, time and place, told otherwise by another program's file."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from channelplot.commands.command import Entity
from channelplot.errors import ImportFault
from channelplot.exchange.incoming.conflict import Conflict
from channelplot.exchange.incoming.found import FoundReport, ReadOptions
from channelplot.exchange.incoming.incoming import Incoming
from channelplot.exchange.incoming.plan import ImportChoices, ImportPlan, plan_import
from channelplot.exchange.incoming.read import read_incoming
from channelplot.geodesy.position import Position
from channelplot.model.change import difference
from channelplot.model.codes import (
    BoatType,
    CountBasis,
    PositionForm,
    ReportKind,
    SourceKind,
)
from channelplot.model.people import PeopleCount
from channelplot.model.plot import Plot
from channelplot.model.report import Report
from helpers.builders import R1, at
from helpers.incoming import NOW, brought_in, found, gathered, imported

THEIRS = ImportChoices(conflicts_taken=True)
FOREIGN: Mapping[str, Any] = {
    "people": PeopleCount(total=45), "course_deg": 310.0, "speed_kn": 4.0, "source_name": "patrol",
}  # fmt: skip


def retold(*, is_packed: bool = True, **otherwise: Any) -> ImportPlan:
    """A file's report brought in, and the plan of a second file that tells it so."""
    ours = imported(gathered(found(**FOREIGN)))
    if not is_packed:
        (track,) = ours.tracks.values()
        ours = ours.with_track(replace(track, reports=tuple(track.reports)))
    values = {**FOREIGN, "as_received": "other words", **otherwise}
    again = gathered(
        found(**values),
        path=Path("v2.csv"),
        now_utc=NOW + timedelta(days=1),
        operator="other",
    )
    return plan_import(again, ours)


def the_one(conflicts: tuple[Conflict, ...]) -> Conflict:
    (conflict,) = conflicts
    return conflict


def the_report(plot: Plot) -> Report:
    ((report,),) = (tuple(track.reports) for track in plot.tracks.values())
    return report


@pytest.mark.parametrize("is_packed", [True, False])
@pytest.mark.parametrize(
    ("otherwise", "fields"),
    [
        ({"people": PeopleCount(total=30)}, {"people_total": "30"}),
        (
            {"people": PeopleCount(CountBasis.COUNTED, total=45)},
            {"people_basis": "counted"},
        ),
        ({"course_deg": 130.0}, {"course_deg": "130.0"}),
        ({"course_deg": 310.6}, {"course_deg": "310.6"}),
        ({"speed_kn": 4.1}, {"speed_kn": "4.1"}),
    ],
)
def test_what_another_program_s_file_tells_otherwise_is_a_conflict(
    otherwise: Mapping[str, Any], fields: Mapping[str, str], is_packed: bool
) -> None:
    plan = retold(is_packed=is_packed, **otherwise)
    conflict = the_one(plan.conflicts)
    assert (conflict.entity, conflict.name, conflict.theirs) == (Entity.REPORT, "A", fields)
    before = the_report(plan.plot)
    kept = brought_in(plan)
    assert the_report(kept) == before
    assert [line.text for line in kept.log_lines.values()] == [f"v2.csv: A {dict(fields)}"]
    assert plan_import(plan.incoming, kept).summary.decided == 1
    taken = brought_in(plan.with_choices(THEIRS))
    assert the_report(taken) == replace(before, **otherwise)
    assert [line.text for line in taken.log_lines.values()] == [f"v2.csv: A {dict(conflict.ours)}"]
    again = plan_import(plan.incoming, taken)
    assert again.summary.is_nothing_new
    assert (again.conflicts, again.decided) == ((), ())


@pytest.mark.parametrize(
    ("more", "fields"),
    [
        (
            {"people": PeopleCount(total=45, children=6)},
            {"people_children": "6"},
        ),
        ({"error_m": 50.0}, {"error_m": "50.0"}),
        ({"grade": "2C"}, {"grade": "2C"}),
        ({"boat_type": BoatType.RHIB}, {"boat_type": "rhib"}),
        ({"caller": "+33612345678"}, {"caller": "+33612345678"}),
    ],
)
def test_what_another_program_s_file_only_tells_more_fully_is_taken(
    more: Mapping[str, Any], fields: Mapping[str, str]
) -> None:
    plan = retold(**more)
    assert (plan.conflicts, the_one(plan.changed).theirs) == ((), fields)
    after = brought_in(plan)
    assert the_report(after) == replace(the_report(plan.plot), **more)
    assert after.log_lines == {}


@pytest.mark.parametrize(
    "otherwise",
    [
        {},
        {"people": None, "course_deg": None, "speed_kn": None, "source_name": ""},
        {"source_name": "somebody", "source": SourceKind.PATROL, "logged_by": "desk"},
        {"received_at_utc": at("0230"), "logged_at_utc": at("0231")},
        {"position": Position(R1.lon_deg + 4e-9, R1.lat_deg), "position_form": PositionForm.DDM},
        {"course_deg": 309.6, "speed_kn": 4.04},
    ],
)
@pytest.mark.parametrize("is_packed", [True, False])
def test_what_another_program_s_file_does_not_say_itself_or_rounds_is_no_difference(
    otherwise: Mapping[str, Any], is_packed: bool
) -> None:
    plan = retold(is_packed=is_packed, **otherwise)
    assert plan.matched.differing == ()
    assert plan.summary.is_nothing_new
    assert difference(plan.plot, brought_in(plan)).is_empty


def test_a_course_just_west_of_north_is_near_one_just_east_of_it() -> None:
    ours = imported(gathered(found(course_deg=359.8)))
    assert plan_import(gathered(found(course_deg=0.2)), ours).conflicts == ()
    assert plan_import(gathered(found(course_deg=1.2)), ours).summary.conflicts == 1


def test_what_was_taken_where_a_file_says_nothing_does_not_contradict_the_desk() -> None:
    ours = imported(gathered(found(**FOREIGN)))
    counted = PeopleCount(CountBasis.COUNTED, 45)
    ours = ours.with_report(replace(the_report(ours), kind=ReportKind.LANDING, people=counted))
    again = gathered(found(**FOREIGN))
    assert plan_import(again, ours).matched.differing == ()
    fewer = gathered(found(people=PeopleCount(total=44)))
    assert the_one(plan_import(fewer, ours).conflicts).theirs == {
        "people_basis": "reported",
        "people_total": "44",
    }


def test_of_many_only_those_that_differ_are_told_of_and_each_of_its_own_track() -> None:
    def rows(people: int) -> list[FoundReport]:
        return [
            found(
                at("0210") + timedelta(minutes=n),
                R1 if n % 5 else None,
                track="AB"[n % 2],
                people=PeopleCount(total=people if n in (7, 20) else n),
            )
            for n in range(30)
        ]

    plan = plan_import(gathered(*rows(99)), imported(gathered(*rows(1))))
    assert sorted((c.name, c.ours["people_total"]) for c in plan.conflicts) == [
        ("A", "1"), ("B", "1"),
    ]  # fmt: skip
    assert plan.changed == ()
    assert plan.summary.known_reports == 30


def test_two_tables_that_count_other_people_on_one_boat(tmp_path: Path) -> None:
    def table(name: str, *people: int) -> Incoming:
        rows = (f"2026-09-15T02:10Z,50.97,1.68,A,{each}" for each in people)
        (tmp_path / name).write_text("\n".join(("time,lat,lon,name,pob", *rows)), encoding="utf-8")
        return read_incoming(tmp_path / name, ReadOptions(now_utc=NOW))

    both = table("both.csv", 45, 30, 45)
    assert both.said_twice == 1
    assert [(r.line, r.fault) for r in both.refusals] == [(3, ImportFault.REPORT_TWICE)]
    ours = imported(table("v1.csv", 45))
    plan = plan_import(table("v2.csv", 30), ours, choices=THEIRS)
    assert (plan.summary.conflicts, plan.summary.known_reports) == (1, 1)
    assert the_report(brought_in(plan)).people == PeopleCount(total=30)

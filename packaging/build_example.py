"""Build resources/example/example.gpkg: the fictional night that a new user first sees.

All boats, call signs and people are fictional. The night is plotted act by act through the
program's own commands and plot file, so that its log reads as a desk's would. Run it
with the project's environment: ``.venv/bin/python packaging/build_example.py``.
"""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from channelplot.commands.beaches import add_beach
from channelplot.commands.claims import give_reports
from channelplot.commands.closing import Closing, close_track
from channelplot.commands.command import Command
from channelplot.commands.reports import add_report
from channelplot.commands.tracks import amend_track, set_status
from channelplot.geodesy.measure import destination
from channelplot.geodesy.position import Position
from channelplot.geodesy.units import m_from_nm
from channelplot.model.beach import Beach, Mark
from channelplot.model.change import difference
from channelplot.model.codes import (
    CountBasis,
    Craft,
    PositionForm,
    ReportKind,
    SourceKind,
    TrackStatus,
)
from channelplot.model.people import PeopleCount
from channelplot.model.plot import Plot
from channelplot.model.report import Report
from channelplot.model.track import Track
from channelplot.reading.plain_position import ddm_position
from channelplot.store.act import ActRecord
from channelplot.store.geopackage import PlotFile
from channelplot.store.tables import BY_PROGRAM
from example_chartwork import (
    CROSSING_LOGGED_UTC,
    crossing_of_a,
    search_for_c,
    stream_and_wind,
    watch_of_the_ferry,
)
from example_names import OPERATOR, at, uid

OUTPUT = Path(__file__).resolve().parents[1] / "resources" / "example" / "example.gpkg"

CAP_GRIS_NEZ = ddm_position("50 52.17N 001 34.98E")
SANGATTE = ddm_position("50 56.60N 001 45.10E")
WISSANT = ddm_position("50 53.40N 001 39.60E")
BLERIOT = ddm_position("50 57.50N 001 49.50E")
R4 = Position(1.838300, 51.040000)
"""31U DS 1855 5491, the middle of its 10 m square: 51°02.40'N 001°50.30'E."""


def reported(total: int, children: int | None = None, *, is_estimate: bool = False) -> PeopleCount:
    """Return a number of people that was told."""
    return PeopleCount(total=total, children=children, is_estimate=is_estimate)


@dataclass(frozen=True)
class Act:
    """A command and when it was done, by the desk or by the program.

    command: or what makes it of the plot as it is then, where its figures follow from that.
    """

    at_utc: datetime
    command: Command | Callable[[Plot], Command]

    def command_on(self, plot: Plot) -> Command:
        """Return the command for a plot."""
        return self.command if isinstance(self.command, Command) else self.command(plot)


def report(
    name: str,
    observed: str,
    track: str | None,
    position: Position | None,
    words: str,
    *,
    source: SourceKind,
    source_name: str,
    kind: ReportKind = ReportKind.POSITION,
    form: PositionForm | None = PositionForm.DDM,
    logged: str = "",
    people: PeopleCount | None = None,
    course_deg: float | None = None,
    speed_kn: float | None = None,
    grade: str = "",
    error_m: float | None = None,
) -> Report:
    """Return a report of the night; received and logged when observed unless said."""
    logged_at_utc = at(logged or observed)
    return Report(
        uid=uid(f"report {name}"),
        kind=kind,
        observed_at_utc=at(observed),
        received_at_utc=logged_at_utc,
        logged_at_utc=logged_at_utc,
        track_uid=None if track is None else uid(f"track {track}"),
        position=position,
        position_form=form if position is not None else None,
        as_received=words,
        error_m=error_m,
        source=source,
        source_name=source_name,
        grade=grade,
        course_deg=course_deg,
        speed_kn=speed_kn,
        people=people,
        logged_by=OPERATOR,
    )


def track(name: str, first: str, craft: Craft = Craft.SMALL_BOAT) -> Track:
    """Return a track as it is started."""
    return Track(
        uid=uid(f"track {name}"),
        name=name,
        craft=craft,
        created_at_utc=at(first),
        created_by=OPERATOR,
    )


def status(track_name: str, code: TrackStatus, clock: str, reason: str) -> Act:
    """Return the act that gives a track a status."""
    return Act(
        at(clock),
        set_status(
            uid(f"track {track_name}"),
            code,
            change_uid=uid(f"status {track_name} {clock}"),
            at_utc=at(clock),
            by=OPERATOR,
            reason=reason,
        ),
    )


def closing(track_name: str, code: TrackStatus, clock: str, by: str, how: str, reason: str) -> Act:
    """Return the act that closes a boat: identified by whom, and how."""
    return Act(
        at(clock),
        close_track(
            uid(f"track {track_name}"),
            Closing(
                status=code,
                change_uid=uid(f"status {track_name} {clock}"),
                at_utc=at(clock),
                by=OPERATOR,
                identified_by=by,
                identified_how=how,
                reason=reason,
            ),
        ),
    )


def starting_plot() -> Plot:
    """Return the plot before the night: the mark and the beaches of the example."""
    plot = Plot(is_example=True).with_mark(
        Mark(
            uid=uid("mark CGN"),
            code="CGN",
            name="Cap Gris-Nez",
            kind="light",
            position=CAP_GRIS_NEZ,
            source="fictional test value",
        )
    )
    for name, position in (
        ("Sangatte", SANGATTE),
        ("Wissant", WISSANT),
        ("Blériot-Plage", BLERIOT),
    ):
        beach = Beach(
            uid=uid(f"beach {name}"),
            name=name,
            position=position,
            country="FR",
            department="62",
            source="fictional test value",
        )
        plot = add_beach(beach).edit(plot)
    return plot


def acts() -> Sequence[Act]:
    """Return what the desk does in the night, in order."""
    r1 = report(
        "R1", "0210", "A", ddm_position("50 58.0N 001 41.0E"),
        "inflatable 50 58.0N 001 41.0E, course 310, 4 knots, about 45 on board",
        source=SourceKind.AIRCRAFT, source_name="COASTGUARD AIRCRAFT", grade="1A",
        course_deg=310.0, speed_kn=4.0, people=reported(45, is_estimate=True),
    )  # fmt: skip
    r2 = report(
        "R2", "0228", "A", destination(CAP_GRIS_NEZ, 23.0, m_from_nm(7.2)),
        "0428B 023 CGN 7.2, more than 40",
        form=PositionForm.BEARING_DISTANCE, source=SourceKind.VESSEL, source_name="MERCHANT SHIP",
        people=reported(40, is_estimate=True),
    )  # fmt: skip
    r3 = report(
        "R3", "0245", "A", ddm_position("50 59.5N 001 37.0E"),
        "0345A 50 59 30N 001 37 00E, 55 people, 10 children, engine failing",
        form=PositionForm.DMS, source=SourceKind.PHONE, source_name="caller", grade="2C",
        people=reported(55, 10),
    )  # fmt: skip
    r4 = report(
        "R4", "0252", "B", R4, "31U DS 1855 5491, 22 people, 3 children",
        form=PositionForm.MGRS, source=SourceKind.PARTNER, source_name="SEMAPHORE",
        people=reported(22, 3),
    )  # fmt: skip
    launch = report(
        "launch", "0130", "A", SANGATTE, "inflatable launched from Sangatte at 0130Z",
        kind=ReportKind.LAUNCH, form=PositionForm.MARK, source=SourceKind.PATROL,
        source_name="PATROL", logged="0255",
    )  # fmt: skip
    ferry = report(
        "ferry", "0258", "EXAMPLE FERRY", ddm_position("50 58.5N 001 44.5E"),
        "50 58.50N 001 44.50E course 292 18 knots", source=SourceKind.RADAR, source_name="AIS",
        course_deg=292.0, speed_kn=18.0,
    )  # fmt: skip
    r5 = report(
        "R5", "0340", "A", ddm_position("51 01.9N 001 30.7E"),
        "engine stopped, 51 01.9N 001 30.7E", source=SourceKind.AIRCRAFT,
        source_name="COASTGUARD AIRCRAFT", speed_kn=0.0,
    )  # fmt: skip
    cutter = report(
        "cutter", "0346", "CUTTER-1", ddm_position("51 06.7N 001 20.6E"),
        "CUTTER-1 51 06.7N 001 20.6E, proceeding at 22 knots", source=SourceKind.PATROL,
        source_name="CUTTER-1", speed_kn=22.0,
    )  # fmt: skip
    patrol = report(
        "patrol", "0346", "PATROL-FR", ddm_position("50 58.6N 001 47.5E"),
        "PATROL-FR 50 58.6N 001 47.5E, proceeding at 18 knots", source=SourceKind.PATROL,
        source_name="PATROL-FR", speed_kn=18.0,
    )  # fmt: skip
    r6 = report(
        "R6", "0412", "A", ddm_position("51 02.3N 001 32.2E"),
        "on scene 51 02.3N 001 32.2E, recovered 47: 31 men, 9 women, 7 children",
        source=SourceKind.PATROL, source_name="CUTTER-1",
        people=PeopleCount(
            basis=CountBasis.COUNTED, total=47, men=31, women=9, children=7
        ),
    )  # fmt: skip
    cutter_on_scene = replace(
        cutter, uid=uid("report cutter on scene"), observed_at_utc=at("0412"),
        received_at_utc=at("0412"), logged_at_utc=at("0412"), position=r6.position,
        as_received="on scene with A", speed_kn=0.0,
    )  # fmt: skip
    returned = report(
        "B returned", "0420", "B", None,
        "returned to Calais by PATROL-FR-2, 22 counted, 3 children",
        kind=ReportKind.LANDING, source=SourceKind.PATROL, source_name="PATROL-FR-2",
        people=PeopleCount(basis=CountBasis.COUNTED, total=22, children=3),
    )  # fmt: skip
    prevented = report(
        "prevented", "0105", None, WISSANT,
        "attempt prevented on Wissant beach, 30 people, 8 children",
        kind=ReportKind.PREVENTED, form=PositionForm.MARK, source=SourceKind.CAMERA,
        source_name="beach camera", people=reported(30, 8),
    )  # fmt: skip
    landed = report(
        "landed", "0512", "A", None, "47 landed at Dover", kind=ReportKind.LANDING,
        source=SourceKind.PATROL, source_name="CUTTER-1",
        people=PeopleCount(basis=CountBasis.COUNTED, total=47, men=31, women=9, children=7),
    )  # fmt: skip
    a = track("A", "0210")
    cutter_1 = track("CUTTER-1", "0346", Craft.RESCUE_VESSEL)
    patrol_fr = track("PATROL-FR", "0346", Craft.RESCUE_VESSEL)
    return (
        Act(at("0105"), add_report(prevented)),
        Act(at("0210"), add_report(r1, a)),
        status("A", TrackStatus.UNDER_WAY, "0211", ""),
        Act(at("0228"), add_report(r2)),
        Act(at("0245"), add_report(r3)),
        Act(at("0252"), add_report(r4, track("B", "0252"))),
        Act(at("0255"), add_report(launch)),
        Act(
            at("0256"),
            amend_track(
                replace(a, launch_beach_uid=uid("beach Sangatte")), "launch seen by a patrol"
            ),
        ),
        Act(at("0258"), add_report(ferry, track("EXAMPLE FERRY", "0258", Craft.MERCHANT_VESSEL))),
        Act(at("0258"), watch_of_the_ferry()),
        Act(CROSSING_LOGGED_UTC, crossing_of_a),
        Act(at("0340"), add_report(r5)),
        status("A", TrackStatus.ADRIFT, "0341", "engine stopped"),
        Act(at("0346"), add_report(cutter, cutter_1)),
        Act(at("0346"), add_report(patrol, patrol_fr)),
        Act(at("0346"), amend_track(replace(cutter_1, speed_kn=22.0))),
        Act(at("0346"), amend_track(replace(patrol_fr, speed_kn=18.0))),
        Act(at("0346"), stream_and_wind()),
        Act(at("0412"), add_report(r6)),
        Act(at("0412"), add_report(cutter_on_scene)),
        Act(at("0420"), add_report(returned)),
        closing(
            "B", TrackStatus.RETURNED, "0421", "PATROL-FR-2",
            "took it in tow where the semaphore saw it, counted 22 at Calais",
            "returned to Calais by PATROL-FR-2, 22 counted",
        ),
        Act(
            at("0455"),
            give_reports(
                [r3.uid], None, new_track=track("C", "0455"),
                reason="the same caller again: not among the 47",
            ),
        ),
        status("C", TrackStatus.LOST_CONTACT, "0456", "the same caller again: not among the 47"),
        Act(at("0456"), search_for_c),
        closing(
            "A", TrackStatus.RESCUED_ALL, "0458", "CUTTER-1",
            "on scene beside the aircraft's boat, its engine stopped",
            "47 counted by CUTTER-1",
        ),
        Act(at("0512"), add_report(landed)),
    )  # fmt: skip


def build(path: Path) -> int:
    """Write the example plot and return how many acts it holds. Raises PlotFileError."""
    path.unlink(missing_ok=True)
    plot = starting_plot()
    file = PlotFile.create(path, plot, ActRecord("new_plot", "plot", "", OPERATOR, at("0100")))
    done = acts()
    for act in done:
        command = act.command_on(plot)
        after = command.edit(plot)
        file.save(
            difference(plot, after),
            ActRecord(
                command.label,
                command.entity.value,
                command.entity_uid,
                BY_PROGRAM if command.is_by_program else OPERATOR,
                act.at_utc,
                command.name_in(plot),
                command.reason,
            ),
        )
        plot = after
    file.close()
    return len(done)


if __name__ == "__main__":
    OUTPUT.parent.mkdir(parents=True, exist_ok=True)
    sys.stdout.write(f"{OUTPUT.name}: {build(OUTPUT)} acts\n")

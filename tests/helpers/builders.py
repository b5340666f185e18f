"""Plots, tracks, reports and beaches in one line each; what a test does not name is usual."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import TypedDict, Unpack

from channelplot.analysis.overdue import UsualIntervals
from channelplot.geodesy.position import Position
from channelplot.model.acknowledgement import Acknowledgement
from channelplot.model.beach import Beach, Mark
from channelplot.model.codes import (
    AlertCode,
    BoatType,
    Craft,
    PositionForm,
    ReportKind,
    SourceKind,
    TrackStatus,
)
from channelplot.model.ids import new_uid
from channelplot.model.log_line import LogLine
from channelplot.model.people import PeopleCount
from channelplot.model.plot import Plot
from channelplot.model.report import Report
from channelplot.model.track import StatusChange, Track

NIGHT_YEAR, NIGHT_MONTH, NIGHT_DAY = 2026, 9, 15
"""The acceptance night: Tuesday 15 September 2026."""
USUAL = UsualIntervals(30, 15)
"""How long a desk waits for craft before anybody chose anything."""


def at(hhmm: str, day: int = NIGHT_DAY) -> datetime:
    """Return a time of the night in UTC: ``at("0228")``."""
    hour, minute = int(hhmm[:2]), int(hhmm[2:])
    return datetime(NIGHT_YEAR, NIGHT_MONTH, day, hour, minute, tzinfo=UTC)


def ddm(lat: int, lat_min: float, lon: int, lon_min: float) -> Position:
    """Return a position north and east from degrees and minutes, as a watch officer says it."""
    return Position(lon + lon_min / 60.0, lat + lat_min / 60.0)


SANGATTE = ddm(50, 56.60, 1, 45.10)
R1 = ddm(50, 58.0, 1, 41.0)
R2 = ddm(50, 58.789, 1, 39.431)
R3 = ddm(50, 59.5, 1, 37.0)
R5 = ddm(51, 1.9, 1, 30.7)
R6 = ddm(51, 2.3, 1, 32.2)
"""Positions reported in the acceptance night."""


class ReportFields(TypedDict, total=False):
    """What may be said of a report."""

    uid: str
    kind: ReportKind
    received_at_utc: datetime
    logged_at_utc: datetime
    track_uid: str | None
    position: Position | None
    position_form: PositionForm | None
    as_received: str
    error_m: float | None
    source: SourceKind
    source_name: str
    grade: str
    course_deg: float | None
    speed_kn: float | None
    people: PeopleCount | None
    boat_type: BoatType | None
    caller: str
    logged_by: str


def a_report(observed: str | datetime = "0210", **fields: Unpack[ReportFields]) -> Report:
    """Return a report of a position, R1 unless said; received and logged when observed."""
    observed_at_utc = at(observed) if isinstance(observed, str) else observed
    values: ReportFields = {
        "uid": new_uid(),
        "kind": ReportKind.POSITION,
        "received_at_utc": observed_at_utc,
        "logged_at_utc": observed_at_utc,
        "position": R1,
        "position_form": PositionForm.DDM,
        "logged_by": "watch",
    }
    values.update(fields)
    return Report(observed_at_utc=observed_at_utc, **values)


class TrackFields(TypedDict, total=False):
    """What may be said of a track."""

    uid: str
    craft: Craft
    created_at_utc: datetime
    status: TrackStatus
    launch_beach_uid: str | None
    note: str
    uk_reference: str
    fr_reference: str
    boat_type: BoatType | None
    colour: str
    length_m: float | None
    engine: str
    same_as_uid: str | None
    contact_interval_min: int | None
    created_by: str
    status_changes: tuple[StatusChange, ...]


def a_track(
    name: str = "A", reports: Iterable[Report] = (), **fields: Unpack[TrackFields]
) -> Track:
    """Return a track of a small boat with reports, which are attributed to it and sorted."""
    values: TrackFields = {
        "uid": new_uid(),
        "craft": Craft.SMALL_BOAT,
        "created_at_utc": at("0210"),
        "created_by": "watch",
    }
    values.update(fields)
    own = [replace(report, track_uid=values["uid"]) for report in reports]
    own.sort(key=Report.time_order)
    return Track(name=name, reports=tuple(own), **values)


class BeachFields(TypedDict, total=False):
    """What may be said of a beach."""

    uid: str
    commune: str
    department: str
    country: str
    source: str
    error_m: float | None
    note: str


def a_beach(
    name: str = "Sangatte", position: Position = SANGATTE, **fields: Unpack[BeachFields]
) -> Beach:
    """Return a beach of the desk's own."""
    values: BeachFields = {"uid": new_uid()}
    values.update(fields)
    return Beach(name=name, position=position, **values)


class MarkFields(TypedDict, total=False):
    """What may be said of a mark."""

    uid: str
    name: str
    kind: str
    error_m: float | None
    source: str


def a_mark(
    code: str = "CGN", position: Position | None = None, **fields: Unpack[MarkFields]
) -> Mark:
    """Return a mark: Cap Gris-Nez unless said."""
    values: MarkFields = {
        "uid": new_uid(),
        "name": "Cap Gris-Nez" if code == "CGN" else code,
        "kind": "headland",
    }
    values.update(fields)
    return Mark(code=code, position=position or ddm(50, 52.17, 1, 34.98), **values)


class LogLineFields(TypedDict, total=False):
    """What may be said of a line of the watch log."""

    uid: str
    at_utc: datetime
    operator: str
    track_uid: str | None


def a_log_line(text: str = "Radio check", **fields: Unpack[LogLineFields]) -> LogLine:
    """Return a free line of the watch log."""
    values: LogLineFields = {"uid": new_uid(), "at_utc": at("0300"), "operator": "watch"}
    values.update(fields)
    return LogLine(text=text, **values)


class AcknowledgementFields(TypedDict, total=False):
    """What may be said of an acknowledgement."""

    uid: str
    raised_at_utc: datetime
    at_utc: datetime
    by: str


def an_acknowledgement(track_uid: str, **fields: Unpack[AcknowledgementFields]) -> Acknowledgement:
    """Return the acknowledgement that a track is overdue."""
    values: AcknowledgementFields = {
        "uid": new_uid(),
        "raised_at_utc": at("0315"),
        "at_utc": at("0317"),
        "by": "Ann",
    }
    values.update(fields)
    return Acknowledgement(alert=AlertCode.OVERDUE, entity_uid=track_uid, **values)


def a_plot(
    *tracks: Track, unattributed: Iterable[Report] = (), beaches: Iterable[Beach] = ()
) -> Plot:
    """Return a plot that holds these."""
    plot = Plot()
    for track in tracks:
        plot = plot.with_track(track)
    for report in unattributed:
        plot = plot.with_report(report)
    for beach in beaches:
        plot = plot.with_beach(beach)
    return plot


def night_track() -> Track:
    """Return boat A of the acceptance night as far as 0245Z: R1, R2 and R3."""
    return a_track(
        "A",
        (
            a_report("0210", position=R1),
            a_report("0228", position=R2),
            a_report("0245", position=R3),
        ),
    )


def night_plot() -> Plot:
    """Return a plot with boats A and B, two beaches, a mark and a report nobody claims."""
    beaches = (a_beach(), a_beach("Wissant", ddm(50, 53.4, 1, 39.6)))
    ashore = a_report(
        "0105",
        kind=ReportKind.PREVENTED,
        position=beaches[1].position,
        people=PeopleCount(total=30, children=8),
    )
    other = a_track("B", (a_report("0252", position=ddm(51, 2.4, 1, 50.3)),))
    return a_plot(night_track(), other, unattributed=(ashore,), beaches=beaches).with_mark(a_mark())

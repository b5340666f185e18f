"""One craft and the line through its reports."""

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Self

import numpy as np
import numpy.typing as npt

from channelplot.model.codes import (
    CLOSED_STATUSES,
    PEOPLE_CRAFTS,
    BoatType,
    CountBasis,
    Craft,
    ReportKind,
    TrackStatus,
)
from channelplot.model.packed import PackedIndex, PackedReports
from channelplot.model.people import PeopleCount
from channelplot.model.report import Report
from channelplot.model.utc import require_utc


@dataclass(frozen=True, slots=True)
class StatusChange:
    """A track was given a status at a time, for a reason.

    by: who gave it. Of a closing: identified_by and identified_how say who saw that it was this
    boat, and how; explained_by: the person who answers for closing it although people were
    unaccounted for or nobody had identified it, with the reason. unaccounted and
    unaccounted_children: how many were so then, None where it was not asked. An entry that
    gives the status the track has already, with explained_by, explains unaccounted people.
    """

    uid: str
    status: TrackStatus
    at_utc: datetime
    reason: str = ""
    by: str = ""
    identified_by: str = ""
    identified_how: str = ""
    explained_by: str = ""
    unaccounted: int | None = None
    unaccounted_children: int | None = None

    def __post_init__(self) -> None:
        """Refuse a time that does not say its zone."""
        require_utc(self.at_utc)


@dataclass(frozen=True, kw_only=True)
class Track:
    """A claim: these reports tell of one craft.

    reports are in time order (``Report.time_order``), each with this track's uid as
    its track_uid: a tuple, or the same packed; status_changes are in the order they were made.
    uk_reference and fr_reference: what the two coastguards call the case. length_m: metres over
    all, None when not known. same_as_uid: the track that this one was merged into, whose reports
    it had.
    contact_interval_min: minutes between contacts, None for the desk's usual.
    speed_kn: what it makes over the ground when it is sent, None if nobody has said.
    """

    uid: str
    name: str
    craft: Craft
    created_at_utc: datetime
    status: TrackStatus = TrackStatus.REPORTED
    launch_beach_uid: str | None = None
    note: str = ""
    uk_reference: str = ""
    fr_reference: str = ""
    boat_type: BoatType | None = None
    colour: str = ""
    length_m: float | None = None
    engine: str = ""
    same_as_uid: str | None = None
    contact_interval_min: int | None = None
    speed_kn: float | None = None
    created_by: str = ""
    status_changes: tuple[StatusChange, ...] = ()
    reports: Sequence[Report] = ()

    def __post_init__(self) -> None:
        """Refuse a time that does not say its zone."""
        require_utc(self.created_at_utc)

    @functools.cached_property
    def worked_out(self) -> dict[str, object]:
        """Return what follows from this track alone and is kept with it, by the name of what it is.

        It is no part of the track: a copy with anything changed has none of it.
        """
        return {}

    @functools.cached_property
    def is_closed(self) -> bool:
        """Return whether the craft needs nothing more from the watch."""
        return self.status in CLOSED_STATUSES

    @functools.cached_property
    def has_people(self) -> bool:
        """Return whether the people of the craft are accounted for: a boat, not an asset."""
        return self.craft in PEOPLE_CRAFTS

    @functools.cached_property
    def fixes(self) -> Sequence[Report]:
        """Return the reports that make the line: of kind position, with a position."""
        if isinstance(self.reports, PackedReports):
            return self.reports.fixes
        return tuple(
            report
            for report in self.reports
            if report.kind is ReportKind.POSITION and report.position is not None
        )

    @functools.cached_property
    def last_fix(self) -> Report | None:
        """Return the last of ``fixes``."""
        return self.fixes[-1] if self.fixes else None

    @functools.cached_property
    def fix_index(self) -> Mapping[str, int]:
        """Return where each report of the line stands in ``fixes``, by uid."""
        return _index_of(self.fixes)

    @functools.cached_property
    def line_deg(self) -> npt.NDArray[np.float64]:
        """Return the line: (n, 2) float64, lon, lat in degrees, in time order, read-only."""
        if isinstance(self.reports, PackedReports):
            return self.reports.line_deg
        line = np.array(
            [(r.position.lon_deg, r.position.lat_deg) for r in self.fixes if r.position],
            dtype=np.float64,
        ).reshape(-1, 2)
        line.flags.writeable = False
        return line

    @functools.cached_property
    def report_index(self) -> Mapping[str, int]:
        """Return where each report stands in ``reports``, by uid."""
        return _index_of(self.reports)

    @functools.cached_property
    def count_reports(self) -> tuple[Report, ...]:
        """Return the reports that say anything of how many people there are, in time order."""
        if isinstance(self.reports, PackedReports):
            return self.reports.with_people
        return tuple(report for report in self.reports if report.people is not None)

    @functools.cached_property
    def speed_reports(self) -> Sequence[Report]:
        """Return the reports of kind position that give a speed, nought too, in time order."""
        if isinstance(self.reports, PackedReports):
            return self.reports.with_speed
        return tuple(
            report
            for report in self.reports
            if report.kind is ReportKind.POSITION and report.speed_kn is not None
        )

    @functools.cached_property
    def caller_reports(self) -> tuple[Report, ...]:
        """Return the reports whose caller is known, in time order."""
        if isinstance(self.reports, PackedReports):
            return self.reports.with_caller
        return tuple(report for report in self.reports if report.caller)

    @functools.cached_property
    def kinds(self) -> frozenset[ReportKind]:
        """Return the kinds of the reports."""
        if isinstance(self.reports, PackedReports):
            return frozenset(said.kind for said in self.reports.said)
        return frozenset(report.kind for report in self.reports)

    @functools.cached_property
    def boat_types(self) -> frozenset[BoatType]:
        """Return the types of boat that reports told of."""
        if isinstance(self.reports, PackedReports):
            told = [said.boat_type for said in self.reports.said]
        else:
            told = [report.boat_type for report in self.reports]
        return frozenset(boat_type for boat_type in told if boat_type is not None)

    @functools.cached_property
    def longest_lag(self) -> timedelta | None:
        """Return how long after it was observed a report came, at most; None without reports."""
        if isinstance(self.reports, PackedReports):
            return self.reports.longest_lag
        lags = (report.received_at_utc - report.observed_at_utc for report in self.reports)
        return max(lags, default=None)

    @functools.cached_property
    def last_received_at_utc(self) -> datetime | None:
        """Return when a report was last received, whatever it tells of; None without reports."""
        if isinstance(self.reports, PackedReports):
            return self.reports.last_received_at_utc
        return max((report.received_at_utc for report in self.reports), default=None)

    @functools.cached_property
    def last_report(self) -> Report | None:
        """Return the report observed last, of any kind."""
        return self.reports[-1] if self.reports else None

    @functools.cached_property
    def last_observed_at_utc(self) -> datetime | None:
        """Return when a report was last observed, of any kind; None without reports."""
        if isinstance(self.reports, PackedReports) and self.reports:
            return self.reports.last_observed_at_utc
        return None if self.last_report is None else self.last_report.observed_at_utc

    @property
    def people(self) -> PeopleCount | None:
        """Return the number of people to show: the last counted, else the last reported."""
        told = [r.people for r in self.count_reports]
        counts = [people for people in told if people and people.total is not None]
        counted = [count for count in counts if count.basis is CountBasis.COUNTED]
        if counted:
            return counted[-1]
        return counts[-1] if counts else None

    @functools.cached_property
    def last_placed(self) -> Report | None:
        """Return the last report that has a position, of any kind; None if none has."""
        if isinstance(self.reports, PackedReports):
            return self.reports.last_placed
        return next((r for r in reversed(self.reports) if r.position is not None), None)

    def with_report(self, report: Report) -> Self:
        """Return a copy with the report added, or put in place of the one with its uid."""
        others = [r for r in self.reports if r.uid != report.uid]
        is_latest = not others or others[-1].time_order() < report.time_order()
        others.append(report)
        if not is_latest:
            others.sort(key=Report.time_order)
        return replace(self, reports=tuple(others))

    def without_report(self, report_uid: str) -> Self:
        """Return a copy without the report; the same copy if it has none such."""
        return replace(self, reports=tuple(r for r in self.reports if r.uid != report_uid))


def _index_of(reports: Sequence[Report]) -> Mapping[str, int]:
    if isinstance(reports, PackedReports):
        return PackedIndex(reports)
    return {report.uid: index for index, report in enumerate(reports)}

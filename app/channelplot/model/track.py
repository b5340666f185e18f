"""One craft and the line through its reports."""

import functools
from dataclasses import dataclass, replace
from datetime import datetime
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
    its track_uid; status_changes are in the order they were made. uk_reference and
    fr_reference: what the two coastguards call the case. length_m: metres over all, None when
    not known. same_as_uid: the track that this one was merged into, whose reports it had.
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
    reports: tuple[Report, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a time that does not say its zone."""
        require_utc(self.created_at_utc)

    @property
    def is_closed(self) -> bool:
        """Return whether the craft needs nothing more from the watch."""
        return self.status in CLOSED_STATUSES

    @property
    def has_people(self) -> bool:
        """Return whether the people of the craft are accounted for: a boat, not an asset."""
        return self.craft in PEOPLE_CRAFTS

    @functools.cached_property
    def fixes(self) -> tuple[Report, ...]:
        """Return the reports that make the line: of kind position, with a position."""
        return tuple(
            report
            for report in self.reports
            if report.kind is ReportKind.POSITION and report.position is not None
        )

    @functools.cached_property
    def fix_index(self) -> dict[str, int]:
        """Return where each report of the line stands in ``fixes``, by uid."""
        return {report.uid: index for index, report in enumerate(self.fixes)}

    @functools.cached_property
    def line_deg(self) -> npt.NDArray[np.float64]:
        """Return the line: (n, 2) float64, lon, lat in degrees, in time order, read-only."""
        line = np.array(
            [(r.position.lon_deg, r.position.lat_deg) for r in self.fixes if r.position],
            dtype=np.float64,
        ).reshape(-1, 2)
        line.flags.writeable = False
        return line

    @functools.cached_property
    def report_index(self) -> dict[str, int]:
        """Return where each report stands in ``reports``, by uid."""
        return {report.uid: index for index, report in enumerate(self.reports)}

    @functools.cached_property
    def count_reports(self) -> tuple[Report, ...]:
        """Return the reports that say anything of how many people there are, in time order."""
        return tuple(report for report in self.reports if report.people is not None)

    @functools.cached_property
    def speed_reports(self) -> tuple[Report, ...]:
        """Return the reports of kind position that give a speed, nought too, in time order."""
        return tuple(
            report
            for report in self.reports
            if report.kind is ReportKind.POSITION and report.speed_kn is not None
        )

    @functools.cached_property
    def last_received_at_utc(self) -> datetime | None:
        """Return when a report was last received, whatever it tells of; None without reports."""
        return max((report.received_at_utc for report in self.reports), default=None)

    @property
    def last_report(self) -> Report | None:
        """Return the report observed last, of any kind."""
        return self.reports[-1] if self.reports else None

    @property
    def people(self) -> PeopleCount | None:
        """Return the number of people to show: the last counted, else the last reported."""
        counts = [r.people for r in self.reports if r.people and r.people.total is not None]
        counted = [count for count in counts if count.basis is CountBasis.COUNTED]
        if counted:
            return counted[-1]
        return counts[-1] if counts else None

    @property
    def last_placed(self) -> Report | None:
        """Return the last report that has a position, of any kind; None if none has."""
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

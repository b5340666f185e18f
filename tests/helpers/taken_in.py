"""A sink that keeps what a reader of files tells it, and what is found of it."""

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from typing import Final

import pytest

from channelplot.errors import ImportFault, ImportFileError
from channelplot.exchange.incoming.found import (
    FoundPlace,
    FoundReport,
    FoundTrack,
    ReadOptions,
    Sink,
)
from channelplot.model.plot import Plot

NOW_UTC: Final = datetime(2026, 9, 16, 12, 0, tzinfo=UTC)
OPTIONS: Final = ReadOptions(now_utc=NOW_UTC)


@dataclass
class TakenIn:
    """Everything that a reader told, in its order."""

    tracks: list[FoundTrack] = field(default_factory=list)
    reports: list[FoundReport] = field(default_factory=list)
    places: list[FoundPlace] = field(default_factory=list)
    refusals: list[tuple[int, ImportFault, str]] = field(default_factory=list)
    shares: list[float] = field(default_factory=list)

    def track(self, track: FoundTrack) -> None:
        """Take a craft."""
        self.tracks.append(track)

    def report(self, report: FoundReport) -> None:
        """Take a report."""
        self.reports.append(report)

    def place(self, place: FoundPlace) -> None:
        """Take a place."""
        self.places.append(place)

    def refuse(self, line: int, fault: ImportFault, detail: str = "") -> None:
        """Take note of what does not come in."""
        self.refusals.append((line, fault, detail))

    def progress(self, share: float) -> None:
        """Take note of how far it is."""
        self.shares.append(share)

    def faults(self) -> list[tuple[int, ImportFault]]:
        """Line and reason of each refusal."""
        return [(line, fault) for line, fault, _ in self.refusals]

    def positions_deg(self) -> list[tuple[float, float]]:
        """Longitude and latitude of each report that has a position."""
        places = [each.position for each in self.reports if each.position is not None]
        return [(place.lon_deg, place.lat_deg) for place in places]


def taken_in(read: Callable[[Sink], None]) -> TakenIn:
    """What a reader tells a sink."""
    taken = TakenIn()
    read(taken)
    return taken


def fault_of(read: Callable[[Sink], None]) -> tuple[ImportFault, int]:
    """Why a reader refuses a file as a whole, and the line."""
    with pytest.raises(ImportFileError) as error:
        read(TakenIn())
    return error.value.fault, error.value.line


def differing(found: FoundReport, plot: Plot) -> list[str]:
    """The fields in which a report that was found is not the plot's of the same uid."""
    report = plot.report(found.uid)
    assert report is not None
    names = {each.name for each in fields(FoundReport)} - {"line", "track"}
    other = [name for name in sorted(names) if getattr(found, name) != getattr(report, name)]
    return other if found.track == (report.track_uid or "") else [*other, "track"]

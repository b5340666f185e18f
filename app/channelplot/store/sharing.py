"""A plot that was loaded again, made of what is known of it already, as far as that is equal."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from channelplot.model.plot import Plot
from channelplot.model.report import Report
from channelplot.model.track import Track
from channelplot.store.flat_kinds import FLAT_KINDS
from channelplot.store.load import LoadedPlot


def sharing(known: Plot, loaded: LoadedPlot) -> LoadedPlot:
    """Return what was loaded, with everything that equals what was known being that itself.

    What two plots share costs nothing to compare and is not drawn again.
    """
    reports = {report.uid: report for report in known.reports()}
    tracks = {
        uid: _shared_track(known.tracks.get(uid), track, reports)
        for uid, track in loaded.plot.tracks.items()
    }
    plot = replace(
        loaded.plot,
        tracks=known.tracks if known.tracks == tracks else MappingProxyType(tracks),
        unattributed=_shared_reports(known.unattributed, loaded.plot.unattributed, reports),
    )
    for kind in FLAT_KINDS:
        plot = kind.shared(known, plot)
    return replace(loaded, plot=plot)


def _shared_track(known: Track | None, track: Track, reports: Mapping[str, Report]) -> Track:
    if known == track and known is not None:
        return known
    own = () if known is None else known.reports
    return replace(track, reports=_shared_reports(own, track.reports, reports))


def _shared_reports(
    known: tuple[Report, ...], loaded: tuple[Report, ...], reports: Mapping[str, Report]
) -> tuple[Report, ...]:
    shared = tuple(
        same if (same := reports.get(report.uid)) == report and same is not None else report
        for report in loaded
    )
    return known if shared == known else shared

"""A plot that was loaded again, made of what is known of it already, as far as that is equal."""

from collections.abc import Mapping, Sequence
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
    tracks = {
        uid: _shared_track(known, known.tracks.get(uid), track)
        for uid, track in loaded.plot.tracks.items()
    }
    plot = replace(
        loaded.plot,
        tracks=known.tracks if _is_same(known.tracks, tracks) else MappingProxyType(tracks),
        unattributed=_shared_reports(known, known.unattributed, loaded.plot.unattributed),
    )
    for kind in FLAT_KINDS:
        plot = kind.shared(known, plot)
    return replace(loaded, plot=plot)


def _is_same(known: Mapping[str, Track], tracks: Mapping[str, Track]) -> bool:
    """Return whether these are the known tracks, all of them and in their order or another."""
    return len(known) == len(tracks) and all(known.get(uid) is t for uid, t in tracks.items())


def _shared_track(plot: Plot, known: Track | None, track: Track) -> Track:
    if known is not None and known == track:
        return known
    own = () if known is None else known.reports
    return replace(track, reports=_shared_reports(plot, own, track.reports))


def _shared_reports(
    plot: Plot, known: Sequence[Report], loaded: Sequence[Report]
) -> Sequence[Report]:
    """Return reports of a track, or of none, each the known one if that equals it."""
    if known == loaded:
        return known
    return tuple(
        same if (same := plot.report(report.uid)) is not None and same == report else report
        for report in loaded
    )

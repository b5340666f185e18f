"""Where everything of a plot lies, in chart metres and in flat arrays; no Qt.

Made once for a plot and kept for the last few, because the same arrays are asked for at
every movement of the mouse and by every picture. What two plots share is taken over.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from channelplot.geodesy.projection import position_to_chart_m, to_chart_m
from channelplot.model.beach import Beach, Mark
from channelplot.model.plot import Plot
from channelplot.model.report import Report
from channelplot.model.track import Track

_KEPT: Final = 3
"""The plot on screen, the one being saved, and one for an undo."""


@dataclass(frozen=True, slots=True)
class PlacedTrack:
    """A track and where it lies.

    line_m: (n, 2) chart metres of ``track.fixes``. others: its reports that have a
    position but are no fixes (launch, landing, ...), with others_m alike.
    """

    track: Track
    line_m: npt.NDArray[np.float64]
    others: tuple[Report, ...]
    others_m: npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Placed:
    """A plot's tracks, reports, beaches and marks with their places in chart metres (EPSG:3395).

    starts: (len(tracks) + 1,) where each track's fixes begin in fixes_m, (n, 2), which
    holds the lines of all tracks one after another. others are all reports that are on
    no line, unattributed ones included; others_m, beaches_m and marks_m are (n, 2) alike.
    """

    plot: Plot
    tracks: tuple[PlacedTrack, ...]
    starts: npt.NDArray[np.int64]
    fixes_m: npt.NDArray[np.float64]
    others: tuple[Report, ...]
    others_m: npt.NDArray[np.float64]
    beaches: tuple[Beach, ...]
    beaches_m: npt.NDArray[np.float64]
    marks: tuple[Mark, ...]
    marks_m: npt.NDArray[np.float64]

    def fix(self, index: int) -> tuple[Track, Report]:
        """Return the fix at a row of fixes_m, and its track."""
        ((track, report),) = self.fixes(np.array([index]))
        return track, report

    def fixes(self, rows: npt.NDArray[np.int64]) -> Iterator[tuple[Track, Report]]:
        """Yield the fixes at rows of fixes_m, and their tracks."""
        numbers = np.searchsorted(self.starts, rows, side="right") - 1
        places = rows - self.starts[numbers]
        for number, place in zip(numbers.tolist(), places.tolist(), strict=True):
            track = self.tracks[number].track
            yield track, track.fixes[place]


_recent: tuple[Placed, ...] = ()


def placed(plot: Plot) -> Placed:
    """Return where everything of the plot lies.

    Costs a few microseconds for a plot asked about before, and follows the number of
    tracks for one that shares most with it. Safe on any thread.
    """
    global _recent  # replaced as a whole, so that a reader on another thread sees one state
    recent = _recent
    for known in recent:
        if known.plot is plot:
            return known
    result = _place(plot, recent[0] if recent else None)
    _recent = (result, *recent)[:_KEPT]
    return result


def _place(plot: Plot, before: Placed | None) -> Placed:
    known = {entry.track.uid: entry for entry in before.tracks} if before else {}
    tracks = []
    for track in plot.tracks.values():
        entry = known.get(track.uid)
        tracks.append(entry if entry is not None and entry.track is track else _place_track(track))
    if before is not None and before.plot.unattributed is plot.unattributed:
        own = len(before.others) - sum(len(entry.others) for entry in before.tracks)
        loose = before.others[len(before.others) - own :]
        loose_m = before.others_m[len(before.others) - own :]
    else:
        loose, loose_m = _place_reports(plot.unattributed)
    if before is not None and before.plot.beaches is plot.beaches:
        beaches, beaches_m = before.beaches, before.beaches_m
    else:
        beaches = tuple(plot.beaches.values())
        beaches_m = _array_m([position_to_chart_m(beach.position) for beach in beaches])
    if before is not None and before.plot.marks is plot.marks:
        marks, marks_m = before.marks, before.marks_m
    else:
        marks = tuple(plot.marks.values())
        marks_m = _array_m([position_to_chart_m(mark.position) for mark in marks])
    starts = np.zeros(len(tracks) + 1, dtype=np.int64)
    np.cumsum([len(entry.line_m) for entry in tracks], out=starts[1:])
    return Placed(
        plot=plot,
        tracks=tuple(tracks),
        starts=starts,
        fixes_m=np.concatenate([_EMPTY_M, *(entry.line_m for entry in tracks)]),
        others=(*(r for entry in tracks for r in entry.others), *loose),
        others_m=np.concatenate(
            [_EMPTY_M, *(entry.others_m for entry in tracks if entry.others), loose_m]
        ),
        beaches=beaches,
        beaches_m=beaches_m,
        marks=marks,
        marks_m=marks_m,
    )


def _place_track(track: Track) -> PlacedTrack:
    others, others_m = (
        ((), _EMPTY_M)
        if len(track.fixes) == len(track.reports)
        else _place_reports(tuple(_not_fixes(track)))
    )
    return PlacedTrack(track, to_chart_m(track.line_deg), others, others_m)


def _not_fixes(track: Track) -> list[Report]:
    fixes = {fix.uid for fix in track.fixes}
    return [report for report in track.reports if report.uid not in fixes]


def _place_reports(
    reports: tuple[Report, ...],
) -> tuple[tuple[Report, ...], npt.NDArray[np.float64]]:
    with_position = [(r, r.position) for r in reports if r.position is not None]
    return (
        tuple(report for report, _ in with_position),
        _array_m([position_to_chart_m(position) for _, position in with_position]),
    )


def _array_m(points_m: list[tuple[float, float]]) -> npt.NDArray[np.float64]:
    return np.array(points_m, dtype=np.float64).reshape(-1, 2)


_EMPTY_M: Final = np.empty((0, 2), dtype=np.float64)

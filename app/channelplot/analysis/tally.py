"""Ledgers and counts of a plot; what tracks make is kept with them until they change."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from channelplot.analysis.counts import (
    Counts,
    counts_of_reports,
    counts_of_track,
    sum_of_counts,
)
from channelplot.analysis.ledger import (
    Ledger,
    PlotLedger,
    is_boat,
    ledger_of,
    most_unattributed,
    sum_of_ledgers,
    sum_of_plot_ledgers,
)
from channelplot.model.plot import Plot
from channelplot.model.track import Track

if TYPE_CHECKING:
    from collections.abc import Sequence

    from channelplot.model.report import Report

_COUNTS: Final = "counts"


@dataclass(frozen=True, slots=True)
class Totals:
    """What a whole plot, or some of its tracks, add up to."""

    ledger: PlotLedger
    counts: Counts


class Tally:
    """Answers as ``plot_ledger`` and ``counts_of`` do, for one plot after another.

    Of the plot asked about last the answer is kept, and what its unattributed reports make; what
    its blocks of tracks add up to is kept with them. So the next plot costs what has changed.
    """

    def __init__(self) -> None:
        """Start with nothing found yet."""
        self._last: tuple[Plot, Totals] | None = None
        self._loose: Sequence[Report] = ()
        self._loose_counts = Counts()
        self._loose_people = 0

    def ledger(self, track: Track) -> Ledger:
        """Return the ledger of a track."""
        return ledger_of(track)

    def totals(self, plot: Plot) -> Totals:
        """Return the sums over a plot."""
        if self._last is None or self._last[0] is not plot:
            self._last = plot, self._totals(plot)
        return self._last[1]

    def _totals(self, plot: Plot) -> Totals:
        if self._loose is not plot.unattributed:
            self._loose = plot.unattributed
            self._loose_counts = counts_of_reports(plot.unattributed)
            self._loose_people = most_unattributed(plot.unattributed)
        parts = tuple(plot.track_blocks.worked_out(_totals_of_tracks))
        return Totals(
            sum_of_plot_ledgers([part.ledger for part in parts], self._loose_people),
            sum_of_counts((*(part.counts for part in parts), self._loose_counts)),
        )


def _totals_of_tracks(tracks: Iterable[Track]) -> Totals:
    tracks = tuple(tracks)
    return Totals(
        sum_of_ledgers((track, ledger_of(track)) for track in tracks if is_boat(track)),
        sum_of_counts(map(_counts_of_track, tracks)),
    )


def _counts_of_track(track: Track) -> Counts:
    known = track.worked_out.get(_COUNTS)
    if isinstance(known, Counts):
        return known
    counts = counts_of_track(track)
    track.worked_out[_COUNTS] = counts
    return counts

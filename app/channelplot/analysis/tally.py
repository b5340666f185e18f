"""Ledgers and counts of a plot; each track's are kept until it changes."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from channelplot.analysis.counts import (
    Counts,
    counts_of_reports,
    counts_of_track,
    sum_of_counts,
)
from channelplot.analysis.ledger import (
    Ledger,
    PlotLedger,
    boats_of,
    ledger_of,
    most_unattributed,
    sum_of_ledgers,
)
from channelplot.model.plot import Plot
from channelplot.model.track import Track

if TYPE_CHECKING:
    from channelplot.model.report import Report


@dataclass(frozen=True, slots=True)
class Totals:
    """What a whole plot adds up to."""

    ledger: PlotLedger
    counts: Counts


@dataclass(frozen=True, slots=True)
class _Entry:
    """What was found for a track as it stood."""

    track: Track
    ledger: Ledger
    counts: Counts


class Tally:
    """Answers as ``plot_ledger`` and ``counts_of`` do, for one plot after another.

    Tracks never change, so what was found for one holds as long as the very same track is asked
    about. Of each uid the last is kept, of reports no track claims the last ones.
    """

    def __init__(self) -> None:
        """Start with nothing found yet."""
        self._entries: dict[str, _Entry] = {}
        self._loose: tuple[Report, ...] = ()
        self._loose_counts = Counts()
        self._loose_people = 0

    def ledger(self, track: Track) -> Ledger:
        """Return the ledger of a track."""
        return self._entry(track).ledger

    def totals(self, plot: Plot) -> Totals:
        """Return the sums over a plot, and forget tracks that it does not hold."""
        if len(self._entries) > len(plot.tracks):
            self._entries = {u: e for u, e in self._entries.items() if u in plot.tracks}
        if self._loose is not plot.unattributed:
            self._loose = plot.unattributed
            self._loose_counts = counts_of_reports(plot.unattributed)
            self._loose_people = most_unattributed(plot.unattributed)
        counts = [self._entry(track).counts for track in plot.tracks.values()]
        return Totals(
            sum_of_ledgers(
                ((track, self.ledger(track)) for track in boats_of(plot)), self._loose_people
            ),
            sum_of_counts((*counts, self._loose_counts)),
        )

    def _entry(self, track: Track) -> _Entry:
        entry = self._entries.get(track.uid)
        if entry is None or entry.track is not track:
            entry = _Entry(track, ledger_of(track), counts_of_track(track))
            self._entries[track.uid] = entry
        return entry

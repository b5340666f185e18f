"""Ledgers and counts of a plot; each track's are kept until it changes."""

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


@dataclass(frozen=True, slots=True)
class Totals:
    """What a whole plot adds up to."""

    ledger: PlotLedger
    counts: Counts


_ADDED_AT_ONCE: Final = 256
"""So many tracks are added up together; what they make is kept while none of them changes."""


@dataclass(frozen=True, slots=True, eq=False)
class _Entry:
    """What was found for a track as it stood."""

    track: Track
    ledger: Ledger
    counts: Counts


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """What some tracks, one after the other in the plot, add up to."""

    entries: list[_Entry]
    ledger: PlotLedger
    counts: Counts


class Tally:
    """Answers as ``plot_ledger`` and ``counts_of`` do, for one plot after another.

    Tracks never change, so what was found for one holds as long as the very same track is asked
    about. Of each uid the last is kept, of reports no track claims the last ones.
    """

    def __init__(self) -> None:
        """Start with nothing found yet."""
        self._entries: dict[str, _Entry] = {}
        self._parts: list[_Part] = []
        self._last: tuple[Plot, Totals] | None = None
        self._loose: Sequence[Report] = ()
        self._loose_counts = Counts()
        self._loose_people = 0

    def ledger(self, track: Track) -> Ledger:
        """Return the ledger of a track."""
        return self._entry(track).ledger

    def totals(self, plot: Plot) -> Totals:
        """Return the sums over a plot, and forget tracks that it does not hold."""
        if self._last is None or self._last[0] is not plot:
            self._last = plot, self._totals(plot)
        return self._last[1]

    def _totals(self, plot: Plot) -> Totals:
        if len(self._entries) > len(plot.tracks):
            self._entries = {u: e for u, e in self._entries.items() if u in plot.tracks}
        if self._loose is not plot.unattributed:
            self._loose = plot.unattributed
            self._loose_counts = counts_of_reports(plot.unattributed)
            self._loose_people = most_unattributed(plot.unattributed)
        known, entries = self._entries, list[_Entry]()
        for uid, track in plot.tracks.items():
            entry = known.get(uid)
            entries.append(
                entry if entry is not None and entry.track is track else self._entry(track)
            )
        self._parts = [
            self._part(number, entries[first : first + _ADDED_AT_ONCE])
            for number, first in enumerate(range(0, len(entries), _ADDED_AT_ONCE))
        ]
        return Totals(
            sum_of_plot_ledgers([part.ledger for part in self._parts], self._loose_people),
            sum_of_counts((*(part.counts for part in self._parts), self._loose_counts)),
        )

    def _part(self, number: int, entries: list[_Entry]) -> _Part:
        if number < len(self._parts) and self._parts[number].entries == entries:
            return self._parts[number]
        boats = [(entry.track, entry.ledger) for entry in entries if is_boat(entry.track)]
        counts = sum_of_counts(entry.counts for entry in entries)
        return _Part(entries, sum_of_ledgers(boats), counts)

    def _entry(self, track: Track) -> _Entry:
        entry = self._entries.get(track.uid)
        if entry is None or entry.track is not track:
            entry = _Entry(track, ledger_of(track), counts_of_track(track))
            self._entries[track.uid] = entry
        return entry

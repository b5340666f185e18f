"""What is predicted of the craft of the open plot, worked out beside the window and kept.

Where a craft goes, which limits of waters it will cross and how close watched pairs come is asked
at every look, and costs milliseconds a craft. So each is worked out once, somewhere else, and holds
until the craft's track, the stream and wind or the limits are others.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, TypeVar

from channelplot.analysis.ahead import (
    ApproachAhead,
    CraftAhead,
    approaches_ahead,
    craft_ahead,
)
from channelplot.analysis.dead_reckoning import is_too_old
from channelplot.analysis.expected import fixes_until
from channelplot.analysis.ledger import is_boat
from channelplot.analysis.overdue import open_tracks
from channelplot.analysis.passage import HORIZON
from channelplot.analysis.whose_waters import WatersChart
from channelplot.document.notice import Notice
from channelplot.document.runner import Runner
from channelplot.document.session import Session
from channelplot.model.approach_watch import ApproachWatch
from channelplot.model.codes import ReckoningRule
from channelplot.model.conditions import ConditionsEntry
from channelplot.model.plot import Plot
from channelplot.model.track import Track
from channelplot.tools.waters import WatersOfPlot

AT_A_TIME: Final = 8
"""Craft in one go: others who want something worked out have their turn in between."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Grounds:
    """What a prediction of a craft was made from, and the time within which that counts.

    until_utc: then another fix or status begins to count, or the last fix is too old.
    """

    track: Track
    conditions: Mapping[str, ConditionsEntry]
    chart: WatersChart
    from_utc: datetime
    until_utc: datetime


_Pair = tuple[ApproachWatch, CraftAhead, CraftAhead]


class Foresight:
    """Predictions for all open craft, as of the last look, or of the one before until then.

    Announces changed when predictions have come that were not there at the last look. A craft
    without a fix within ``HORIZON`` is not predicted.
    """

    def __init__(self, session: Session, waters: WatersOfPlot, run: Runner) -> None:
        """Take what is open, its limits of waters, and what works things out."""
        self.changed = Notice[None]()
        self._session = session
        self._waters = waters
        self._run = run
        self._crafts: dict[str, CraftAhead] = {}
        self._grounds: dict[str, _Grounds] = {}
        self._approaches: tuple[ApproachAhead, ...] = ()
        self._asked: tuple[tuple[_Pair, ...], datetime] | None = None
        self._wanted: list[Track] = []
        self._now_utc = session.clock()
        self._is_running = False
        self._is_looking = False

    @property
    def crafts(self) -> Mapping[str, CraftAhead]:
        """Return what is predicted of each open craft, by the uid of its track."""
        return self._crafts

    @property
    def approaches(self) -> tuple[ApproachAhead, ...]:
        """Return the watched pairs that come within their limits, the soonest first."""
        return self._approaches

    @property
    def is_settled(self) -> bool:
        """Return whether all predictions are of the plot as it is now."""
        return not self._is_running

    def look(self, now_utc: datetime) -> None:
        """See to it that the predictions are of the open plot as it is, at a time."""
        plot, self._now_utc = self._session.document.plot, now_utc
        for uid in self._grounds.keys() | self._crafts.keys():
            if uid not in plot.tracks or plot.tracks[uid].is_closed:
                self._forget(uid)
        self._wanted = self._found_wanting(plot, now_utc)
        self._is_looking = True
        self._go_on()
        self._is_looking = False

    def _go_on(self) -> None:
        """Work out the next of what is not there, unless something is being worked out."""
        if self._is_running:
            return
        plot, now_utc = self._session.document.plot, self._now_utc
        if self._wanted:
            wanted, self._wanted = self._wanted[:AT_A_TIME], self._wanted[AT_A_TIME:]
            self._predict(plot, wanted, now_utc)
            return
        minute_utc = now_utc.replace(second=0, microsecond=0)
        pairs = tuple(self._pairs(plot))
        asked = self._asked
        if asked is None or asked[1] != minute_utc or not _are_same(asked[0], pairs):
            self._asked = pairs, minute_utc
            self._approach(pairs, minute_utc)

    def _found_wanting(self, plot: Plot, now_utc: datetime) -> list[Track]:
        """Return the open craft that must be predicted anew, those that are watched first.

        What was predicted of those of which nothing can be said any more is forgotten.
        """
        chart, found = self._waters.chart, list[Track]()
        for track in open_tracks(plot):
            known = self._grounds.get(track.uid)
            if known is not None and self._holds(known, track, chart, plot, now_utc):
                continue
            if _is_predicted(track, now_utc):
                found.append(track)
            else:
                self._forget(track.uid)
        watched = {
            uid
            for watch in plot.approach_watches.values()
            for uid in (watch.first_track_uid, watch.second_track_uid)
        }
        found.sort(key=lambda track: track.uid not in watched)
        return found

    def _holds(
        self, known: _Grounds, track: Track, chart: WatersChart, plot: Plot, now_utc: datetime
    ) -> bool:
        """Return whether a prediction is still of what there is."""
        is_same = known.track is track and known.chart is chart
        if not (is_same and known.from_utc <= now_utc < known.until_utc):
            return False
        if known.conditions is plot.conditions:
            return True
        craft = self._crafts.get(track.uid)
        if craft is None or craft.reckoning.drifts_from_utc is not None:
            return False
        # A boat of unknown motion would drift, now that a stream or wind may be given.
        return not craft.track.has_people or craft.reckoning.rule is not ReckoningRule.LAST_FIX

    def _forget(self, uid: str) -> None:
        self._grounds.pop(uid, None)
        self._crafts.pop(uid, None)

    def _predict(self, plot: Plot, wanted: Sequence[Track], now_utc: datetime) -> None:
        chart = self._waters.chart
        for track in wanted:  # kept before: what can't be worked out is not tried for ever
            self._grounds[track.uid] = _Grounds(
                track, plot.conditions, chart, now_utc, _counts_until_utc(track, now_utc)
            )

        def work() -> list[tuple[Track, CraftAhead | None]]:
            return [
                (track, craft_ahead(plot, track, now_utc, chart if is_boat(track) else None))
                for track in wanted
            ]

        def take(found: list[tuple[Track, CraftAhead | None]]) -> None:
            tracks = self._session.document.plot.tracks
            for track, craft in found:
                if craft is None:
                    self._crafts.pop(track.uid, None)
                elif tracks.get(track.uid) is track:
                    self._crafts[track.uid] = craft

        self._work(work, take)

    def _pairs(self, plot: Plot) -> Iterator[_Pair]:
        """Yield the watches in force that something can be said of."""
        for watch in plot.approach_watches.values():
            first = self._crafts.get(watch.first_track_uid)
            second = self._crafts.get(watch.second_track_uid)
            if first is not None and second is not None:
                yield watch, first, second

    def _approach(self, pairs: Sequence[_Pair], at_utc: datetime) -> None:
        if not pairs:
            self._approaches = ()
            return

        def work() -> tuple[ApproachAhead, ...]:
            crafts = {craft.track.uid: craft for _, *two in pairs for craft in two}
            return approaches_ahead((watch for watch, _, _ in pairs), crafts, at_utc)

        def take(found: tuple[ApproachAhead, ...]) -> None:
            self._approaches = found

        self._work(work, take)

    def _work(self, work: Callable[[], T], take: Callable[[T], None]) -> None:
        """Run a function, take its outcome, and go on."""

        def done(ended: Future[T]) -> None:
            self._is_running = False
            take(ended.result())
            self._go_on()
            if not self._is_running and not self._is_looking:
                self.changed.announce(None)

        self._is_running = True
        self._run(work, done)


def _is_predicted(track: Track | None, now_utc: datetime) -> bool:
    if track is None or track.is_closed or track.same_as_uid is not None:
        return False
    return not is_too_old(track, now_utc)


def _counts_until_utc(track: Track, now_utc: datetime) -> datetime:
    """Return until when what is known of a track at a time is all that counts of it."""
    fixes = track.fixes
    ahead = [change.at_utc for change in track.status_changes if change.at_utc > now_utc]
    ahead += [fix.observed_at_utc for fix in fixes[fixes_until(track, now_utc) :][:1]]
    return min((*ahead, fixes[-1].observed_at_utc + HORIZON + timedelta(microseconds=1)))


def _are_same(pairs: Sequence[_Pair], others: Sequence[_Pair]) -> bool:
    return len(pairs) == len(others) and all(
        one is other
        for pair, other_pair in zip(pairs, others, strict=True)
        for one, other in zip(pair, other_pair, strict=True)
    )

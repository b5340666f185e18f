"""Which open boats a report may be of: the same-boat test, for those who ask at every key."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from channelplot.analysis.callers import same_caller
from channelplot.analysis.error_circle import ErrorModel
from channelplot.analysis.same_boat import Comparison, Fit, Sighting, compare, sighting_of
from channelplot.document.session import Session
from channelplot.model.caller import is_telephone, same_as_report
from channelplot.model.codes import Craft
from channelplot.model.report import Report
from channelplot.model.track import Track

if TYPE_CHECKING:
    from channelplot.model.plot import Plot

_RANKS: Final = {fit: rank for rank, fit in enumerate(Fit)}


class LikelyBoats:
    """Compares with the boats of the open plot; the last answers are kept while they hold."""

    def __init__(self, session: Session, model: ErrorModel) -> None:
        """Take what is open and the desk's figures for errors and speeds."""
        self._session = session
        self._model = model
        self._ranked: tuple[object, Sighting, tuple[Comparison, ...]] | None = None
        self._callers: tuple[Plot, str, tuple[Report, ...]] | None = None

    def use_model(self, model: ErrorModel) -> None:
        """Compare with other figures from now on."""
        self._model = model
        self._ranked = None

    def ranked(self, sighting: Sighting) -> tuple[Comparison, ...]:
        """Return every open boat that has a fix, the best fit first.

        A time within the same minute counts as the same: the clock runs while a line is typed.
        """
        tracks, known = self._session.document.plot.tracks, self._ranked
        minute = sighting.observed_at_utc.replace(second=0, microsecond=0)
        asked = replace(sighting, observed_at_utc=minute)
        if known is None or known[0] is not tracks or known[1] != asked:
            known = tracks, asked, compare(sighting, tracks.values(), self._model)
            self._ranked = known
        return known[2]

    def fit_of(self, sighting: Sighting, track: Track) -> Comparison | None:
        """Return how a sighting fits one boat; None if it can't be compared with it."""
        return next(iter(compare(sighting, (track,), self._model)), None)

    def ranked_for(self, reports: Sequence[Report]) -> tuple[Comparison, ...]:
        """Return every open boat that has a fix besides these reports, the best fit first.

        reports: in time order, taken to tell of one boat. Of several the first and the last with a
        position are compared, and what speaks more against a boat counts: the others lie between.
        """
        placed = [report for report in reports if report.position is not None]
        ends = placed if len(placed) < 2 else [placed[0], placed[-1]]
        tracks = _without(self._session.document.plot.tracks.values(), reports)
        left_out = {report.uid for report in reports}
        found = [
            compare(sighting, tracks, self._model)
            for report in ends
            if (sighting := self.sighting(report, left_out)) is not None
        ]
        return _worst_of(*found) if len(found) == 2 else next(iter(found), ())

    def sighting(self, report: Report, left_out: Collection[str] = ()) -> Sighting | None:
        """Return what a report tells of a small boat, None without a position.

        left_out: uids of reports that do not count as calls of the same caller.
        """
        tracks = self.tracks_of_caller(
            report.caller or same_as_report(report.uid), {report.uid, *left_out}
        )
        return sighting_of(report, Craft.SMALL_BOAT, tracks)

    def tracks_of_phones(self, reports: Sequence[Report]) -> frozenset[str]:
        """Return the uids of the tracks that have another report from the telephone of these.

        Call signs do not count: a ship or an aircraft tells of many boats.
        """
        left_out = {report.uid for report in reports}
        callers = {report.caller or same_as_report(report.uid) for report in reports}
        phones = (caller for caller in callers if is_telephone(caller))
        return frozenset().union(*(self.tracks_of_caller(each, left_out) for each in phones))

    def tracks_of_caller(self, caller: str, left_out: Collection[str] = ()) -> frozenset[str]:
        """Return the uids of the tracks that have a report from the same caller.

        left_out: uids of reports that do not count.
        """
        calls = (call for call in self._calls(caller) if call.uid not in left_out)
        return frozenset(call.track_uid for call in calls if call.track_uid is not None)

    def _calls(self, caller: str) -> tuple[Report, ...]:
        plot, known = self._session.document.plot, self._callers
        if known is None or known[0] is not plot or known[1] != caller:
            self._callers = known = plot, caller, same_caller(plot, caller)
        return known[2]


def _without(tracks: Iterable[Track], reports: Sequence[Report]) -> list[Track]:
    """Return the tracks without some reports."""
    gone = {report.uid for report in reports}
    touched = {report.track_uid for report in reports}
    return [
        replace(track, reports=tuple(r for r in track.reports if r.uid not in gone))
        if track.uid in touched
        else track
        for track in tracks
    ]


def _worst_of(
    first: tuple[Comparison, ...], last: tuple[Comparison, ...]
) -> tuple[Comparison, ...]:
    """Return for each boat the comparison that speaks more against it, the best boat first."""
    places = {one.track.uid: (place, one) for place, one in enumerate(first)}
    found = []
    for place, one in enumerate(last):
        other_place, other = places[one.track.uid]
        is_worse = (_RANKS[other.fit], other_place) > (_RANKS[one.fit], place)
        found.append((other if is_worse else one, place + other_place))
    return tuple(one for one, _ in sorted(found, key=lambda pair: (_RANKS[pair[0].fit], pair[1])))

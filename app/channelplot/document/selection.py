"""Which reports, tracks, beaches and marks are selected."""

from dataclasses import dataclass

from channelplot.document.notice import Notice
from channelplot.model.plot import Plot
from channelplot.model.report import Report
from channelplot.model.track import Track


class Selection:
    """The selected uids, of reports, tracks, beaches and marks. Announces changed with them.

    is_chosen: whether a person chose them, rather than the program after an act.
    """

    def __init__(self) -> None:
        """Start with nothing selected."""
        self.changed = Notice[frozenset[str]]()
        self.is_chosen = True
        self._uids: frozenset[str] = frozenset()
        self._found: _Found | None = None

    @property
    def uids(self) -> frozenset[str]:
        """Return the selected uids."""
        return self._uids

    def set(self, uids: frozenset[str], *, is_chosen: bool = True) -> None:
        """Select these and nothing else; announced only if that is a change.

        A person who chooses what the program had selected makes it chosen: a change too.
        """
        if uids != self._uids or (is_chosen and not self.is_chosen):
            self._uids = uids
            self.is_chosen = is_chosen
            self.changed.announce(uids)

    def only_report(self, plot: Plot) -> Report | None:
        """Return the selected report if exactly one report is selected.

        With a track alone selected, its last report.
        """
        return self._found_in(plot).report

    def only_track(self, plot: Plot) -> Track | None:
        """Return the one track that is selected itself or through its reports, else None."""
        return self._found_in(plot).track

    def _found_in(self, plot: Plot) -> "_Found":
        """Return what is selected of a plot; looked for once for each plot and selection."""
        found = self._found
        if found is None or found.plot is not plot or found.uids is not self._uids:
            self._found = found = _found(plot, self._uids)
        return found


@dataclass(frozen=True, slots=True)
class _Found:
    """The one report and the one track that a selection means in a plot."""

    plot: Plot
    uids: frozenset[str]
    report: Report | None
    track: Track | None


def _found(plot: Plot, uids: frozenset[str]) -> _Found:
    reports = [report for uid in uids if (report := plot.report(uid)) is not None]
    track_uids = {uid for uid in uids if uid in plot.tracks}
    track_uids |= {report.track_uid for report in reports if report.track_uid is not None}
    track = plot.tracks[track_uids.pop()] if len(track_uids) == 1 else None
    report = reports[0] if len(reports) == 1 else None
    if track is not None and not reports:
        report = track.last_report
    return _Found(plot, uids, report, track)

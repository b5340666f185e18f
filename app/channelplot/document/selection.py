"""Which reports, tracks and beaches are selected."""

from channelplot.document.notice import Notice
from channelplot.model.plot import Plot
from channelplot.model.report import Report
from channelplot.model.track import Track


class Selection:
    """The selected uids, of reports, tracks and beaches. Announces changed with them."""

    def __init__(self) -> None:
        """Start with nothing selected."""
        self.changed = Notice[frozenset[str]]()
        self._uids: frozenset[str] = frozenset()

    @property
    def uids(self) -> frozenset[str]:
        """Return the selected uids."""
        return self._uids

    def set(self, uids: frozenset[str]) -> None:
        """Select these and nothing else; announced only if that is a change."""
        if uids != self._uids:
            self._uids = uids
            self.changed.announce(uids)

    def only_report(self, plot: Plot) -> Report | None:
        """Return the selected report if exactly one report is selected.

        With a track alone selected, its last report.
        """
        reports = [r for uid in self._uids if (r := plot.report(uid)) is not None]
        if len(reports) == 1:
            return reports[0]
        track = self.only_track(plot)
        return track.last_report if track and not reports else None

    def only_track(self, plot: Plot) -> Track | None:
        """Return the one track that is selected itself or through its reports, else None."""
        found: set[str] = set()
        for uid in self._uids:
            if uid in plot.tracks:
                found.add(uid)
            elif (report := plot.report(uid)) is not None and report.track_uid:
                found.add(report.track_uid)
        return plot.tracks[found.pop()] if len(found) == 1 else None

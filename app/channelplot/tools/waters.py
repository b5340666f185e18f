"""The limits of waters and regions for the open plot: the boundary of 1988 and what is loaded."""

from channelplot.analysis.coast import CoastAnswers
from channelplot.analysis.whose_waters import WatersChart
from channelplot.basemap.boundary import boundary_limit
from channelplot.document.notice import Notice
from channelplot.document.session import Session


class WatersOfPlot:
    """Keeps one ``WatersChart`` for the open plot.

    Announces changed when the coast has come or the plot's limits are others: answers given
    before may be others too.
    """

    def __init__(self, session: Session) -> None:
        """Start without a coast. Raises BasemapError if the boundary's file is damaged."""
        self.changed = Notice[None]()
        self._session = session
        self._boundary = boundary_limit()
        self._coast: CoastAnswers | None = None
        self._limits = session.document.plot.limits
        self._chart = self._made()
        session.plot_changed.connect(lambda _: self._follow())

    @property
    def chart(self) -> WatersChart:
        """Return what answers whose waters; another one after the limits have changed."""
        self._follow()
        return self._chart

    @property
    def has_coast(self) -> bool:
        """Return whether the charted coast is there: without it only limits answer."""
        return self._coast is not None

    def use_coast(self, coast: CoastAnswers) -> None:
        """Answer with the charted coast from now on."""
        self._coast = coast
        self._chart = self._made()
        self.changed.announce(None)

    def _follow(self) -> None:
        limits = self._session.document.plot.limits
        if limits is self._limits:
            return
        is_same = dict(limits) == dict(self._limits)
        self._limits = limits
        if not is_same:
            self._chart = self._made()
            self.changed.announce(None)

    def _made(self) -> WatersChart:
        return WatersChart(self._boundary, self._limits.values(), self._coast)

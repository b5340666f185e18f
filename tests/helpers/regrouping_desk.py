"""A desk without a window at which reports are moved between boats."""

from dataclasses import dataclass

from channelplot.analysis.error_circle import error_model
from channelplot.document.session import Session
from channelplot.model.plot import Plot
from channelplot.model.track import Track
from channelplot.tools.chartwork import Chartwork
from channelplot.tools.likely_boats import LikelyBoats
from channelplot.tools.merge_draft import MergeDraft
from channelplot.tools.move_to_boat_draft import MoveToBoatDraft
from channelplot.tools.split_draft import SplitDraft
from helpers.clock import FixedClock
from helpers.memory_store import MemoryStore
from helpers.opened import open_plot


@dataclass(frozen=True)
class RegroupingDesk:
    """A plot that is open, and the three drafts."""

    session: Session
    store: MemoryStore
    boats: LikelyBoats
    chartwork: Chartwork
    move: MoveToBoatDraft
    split: SplitDraft
    merge: MergeDraft

    @property
    def plot(self) -> Plot:
        """The plot that shows."""
        return self.session.document.plot

    def select(self, *uids: str) -> None:
        """Select these and nothing else, as a person does."""
        self.session.selection.set(frozenset(uids))

    def track(self, name: str) -> Track:
        """The track of a name."""
        return next(track for track in self.plot.tracks.values() if track.name == name)

    def uids_of(self, name: str) -> list[str]:
        """The reports of the track of a name, in time order."""
        return [report.uid for report in self.track(name).reports]


def regrouping_desk(plot: Plot, clock: FixedClock) -> RegroupingDesk:
    """Return a desk with a plot open in memory, the settings as they are before anyone chose."""
    store = MemoryStore(plot)
    session = Session(open_plot(plot, clock=clock, store=store).document, clock)
    boats = LikelyBoats(session, error_model(lambda setting: setting.default))
    chartwork = Chartwork(session)
    return RegroupingDesk(
        session=session,
        store=store,
        boats=boats,
        chartwork=chartwork,
        move=MoveToBoatDraft(session, boats, chartwork),
        split=SplitDraft(session, chartwork),
        merge=MergeDraft(session, boats, chartwork),
    )

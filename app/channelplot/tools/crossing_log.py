"""Writes into the log that a boat was reckoned to cross a limit of waters: a prediction, as one."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Final

from channelplot.analysis.ahead import CraftAhead
from channelplot.analysis.whose_waters import WatersChange
from channelplot.commands.predicted_crossings import log_predicted_crossing
from channelplot.document.session import Session
from channelplot.geodesy.units import kn_from_mps
from channelplot.model.ids import new_uid
from channelplot.model.plot import Plot
from channelplot.model.predicted_crossing import PredictedCrossing
from channelplot.tools.foresight import Foresight
from channelplot.tools.lookout import Lookout
from channelplot.tools.waters import WatersOfPlot

OLDEST: Final = timedelta(minutes=60)
"""A crossing longer ago is none to log: the plot was not open, or the boat has been lost sight of
for so long that nobody would reckon it so."""
SAME_CROSSING: Final = timedelta(minutes=1)
"""A crossing from the same fix, of the same limit, at about the same time, is logged already."""


class CrossingLog:
    """Logs each predicted crossing once its time has come, one after the other on a passage.

    As the plot has it: by its stream and wind, and not by what an operator supposes. Nothing is
    logged in an example, nor where nothing can be saved.
    """

    def __init__(
        self,
        session: Session,
        lookout: Lookout,
        foresight: Foresight,
        waters: WatersOfPlot,
        post: Callable[[Callable[[], None]], None],
    ) -> None:
        """Log from now on, after every look, once the coast has been read.

        post: runs a function soon on this thread: a look may be part of an act, and then nothing
        may be done to the plot.
        """
        self._session = session
        self._foresight = foresight
        self._waters = waters
        self._post = post
        self._is_posted = False
        lookout.looked.connect(lambda _: self._looked())
        self._looked()

    def _looked(self) -> None:
        if not self._is_posted and next(self._due(), None) is not None:
            self._is_posted = True
            self._post(self._log)

    def _log(self) -> None:
        """Log what is due now, which may be other than when it was posted."""
        self._is_posted = False
        for crossing in list(self._due()):
            self._session.document.apply(log_predicted_crossing(crossing))

    def _due(self) -> Iterator[PredictedCrossing]:
        """Yield the crossings whose time has come that are not in the log."""
        document, now_utc = self._session.document, self._session.clock()
        if document.plot.is_example or document.is_read_only:
            return
        if not (self._waters.has_coast and self._foresight.is_settled):
            return
        for craft in self._foresight.crafts.values():
            if document.plot.tracks.get(craft.track.uid) is not craft.track:
                continue
            for change in craft.past_changes(now_utc):
                if now_utc - change.at_utc <= OLDEST and not _is_logged(
                    document.plot, craft, change
                ):
                    yield predicted_crossing(craft, change, now_utc, new_uid())


def _is_logged(plot: Plot, craft: CraftAhead, change: WatersChange) -> bool:
    return any(
        one.track_uid == craft.track.uid
        and one.fix_uid == craft.reckoning.fix.uid
        and one.limit_code == change.limit_code
        and abs(one.crosses_at_utc - change.at_utc) <= SAME_CROSSING
        for one in plot.predicted_crossings.values()
    )


def predicted_crossing(
    craft: CraftAhead, change: WatersChange, now_utc: datetime, uid: str
) -> PredictedCrossing:
    """Return what is logged of a change of waters that a craft is reckoned to have gone through."""
    reckoning = craft.reckoning
    return PredictedCrossing(
        uid=uid,
        track_uid=craft.track.uid,
        limit_code=change.limit_code,
        from_side=change.from_state,
        to_side=change.to_state,
        is_legal=change.is_legal,
        position=change.position,
        crosses_at_utc=change.at_utc,
        fix_uid=reckoning.fix.uid,
        rule=reckoning.rule_at(change.at_utc),
        course_deg=change.course_deg,
        speed_kn=kn_from_mps(reckoning.passage.way_at(change.at_utc).speed_mps),
        logged_at_utc=now_utc,
    )

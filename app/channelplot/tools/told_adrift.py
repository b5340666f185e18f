"""The status that a report gives its boat: adrift, where it says that the boat is stopped."""

from channelplot.analysis.stopped import becomes_adrift
from channelplot.model.codes import TrackStatus
from channelplot.model.ids import new_uid
from channelplot.model.report import Report
from channelplot.model.track import StatusChange, Track


def change_told(track: Track | None, told: Report) -> StatusChange | None:
    """Return the change of status that goes with a report, None for none.

    track: that the report goes to, as it is before; None for no track. The change is of the time
    the report was observed at, and by who logs it.
    """
    if track is None or not becomes_adrift(track, told):
        return None
    return StatusChange(
        uid=new_uid(),
        status=TrackStatus.ADRIFT,
        at_utc=told.observed_at_utc,
        by=told.logged_by,
    )

"""What was withdrawn from a plot, which a file that comes in does not bring back."""

from collections.abc import Iterable
from typing import Final

from channelplot.model.track import Track
from channelplot.store.withdrawn import Withdrawn

_UNDONE: Final = "undo."
_RESTORED: Final = "undo.restore"
"""To take a restoring back is to withdraw once more."""


def uids_withdrawn(withdrawn: Iterable[Withdrawn]) -> frozenset[str]:
    """Return the uids of what somebody withdrew, a track's reports included.

    What was only added and then undone is left out: it may come in again.
    """
    uids: set[str] = set()
    for each in withdrawn:
        if each.label.startswith(_UNDONE) and not each.label.startswith(_RESTORED):
            continue
        uids.add(each.entity.uid)
        if isinstance(each.entity, Track):
            uids.update(report.uid for report in each.entity.reports)
    return frozenset(uids)

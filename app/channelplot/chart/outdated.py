"""Which pictures a change of the plot leaves out of date; no Qt drawing, no widget."""

from channelplot.chart.renderers.table import Group
from channelplot.model.plot import Plot


def outdated_by(before: Plot, after: Plot) -> set[Group]:
    """Return the groups whose pictures differ between two plots.

    By value where not by identity: the two may come from two readings of one file.
    """
    outdated = set()
    if before.is_example != after.is_example:
        outdated.add(Group.BASE)
    if (
        before.beaches != after.beaches
        or before.marks != after.marks
        or before.searches != after.searches
        or before.limits != after.limits
    ):
        outdated |= {Group.SHORE, Group.LABELS}
    if before.reference_layers != after.reference_layers:
        outdated |= {Group.BASE, Group.LABELS}
    if before.tracks != after.tracks or before.unattributed != after.unattributed:
        outdated |= {Group.TRACKS, Group.LABELS}
    return outdated

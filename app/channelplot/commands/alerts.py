"""Commands on alerts: acknowledge."""

from channelplot.commands.command import Command, Entity
from channelplot.commands.required import name_of_track, required_track
from channelplot.errors import CommandRefused, RefusalReason
from channelplot.model.acknowledgement import Acknowledgement
from channelplot.model.plot import Plot


def acknowledge(acknowledgement: Acknowledgement) -> Command:
    """Return the command by which a named person acknowledges an alert.

    Refused if it was acknowledged with this uid already, no name is given, or the track that
    the alert is about is not there.
    """

    def edit(plot: Plot) -> Plot:
        if acknowledgement.uid in plot.acknowledgements:
            raise CommandRefused(RefusalReason.ALREADY_THERE, acknowledgement.uid)
        required_track(plot, acknowledgement.entity_uid)
        if not acknowledgement.by.strip():
            raise CommandRefused(RefusalReason.NEEDS_NAME)
        return plot.with_acknowledgement(acknowledgement)

    return Command(
        "acknowledge",
        Entity.ALERT,
        acknowledgement.uid,
        edit,
        name_of=name_of_track(acknowledgement.entity_uid),
    )

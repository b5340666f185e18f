"""Commands on alerts: acknowledge."""

from channelplot.commands.approach_watches import names_of_watch
from channelplot.commands.command import Command, Entity
from channelplot.commands.required import name_of_track, required_track
from channelplot.errors import CommandRefused, RefusalReason
from channelplot.model.acknowledgement import Acknowledgement
from channelplot.model.plot import Plot


def acknowledge(acknowledgement: Acknowledgement) -> Command:
    """Return the command by which a named person acknowledges an alert.

    Refused if it was acknowledged with this uid already, no name is given, or the track or
    watched approach that the alert is about is not there.
    """
    about_uid = acknowledgement.entity_uid

    def edit(plot: Plot) -> Plot:
        if acknowledgement.uid in plot.acknowledgements:
            raise CommandRefused(RefusalReason.ALREADY_THERE, acknowledgement.uid)
        if about_uid not in plot.approach_watches:
            required_track(plot, about_uid)
        if not acknowledgement.by.strip():
            raise CommandRefused(RefusalReason.NEEDS_NAME)
        return plot.with_acknowledgement(acknowledgement)

    def name_of(plot: Plot) -> str:
        return name_of_track(about_uid)(plot) or names_of_watch(about_uid)(plot)

    return Command("acknowledge", Entity.ALERT, acknowledgement.uid, edit, name_of=name_of)

"""The command by which the program logs that a craft was reckoned to cross a limit."""

from typing import Final

from channelplot.commands.command import Command, Entity
from channelplot.commands.required import (
    name_of_track,
    require_direction,
    require_speed,
    required_track,
)
from channelplot.errors import CommandRefused, RefusalReason
from channelplot.model.plot import Plot
from channelplot.model.predicted_crossing import PredictedCrossing

PREDICTED_CROSSING_LABEL: Final = "log_predicted_crossing"


def log_predicted_crossing(crossing: PredictedCrossing) -> Command:
    """Return the command that logs a predicted crossing; the program's own, nobody undoes it.

    Refused if its uid is there already, its track is not there, or its course or speed is none.
    """

    def edit(plot: Plot) -> Plot:
        if crossing.uid in plot.predicted_crossings:
            raise CommandRefused(RefusalReason.ALREADY_THERE, crossing.uid)
        required_track(plot, crossing.track_uid)
        require_direction(crossing.course_deg)
        require_speed(crossing.speed_kn)
        return plot.with_predicted_crossing(crossing)

    return Command(
        PREDICTED_CROSSING_LABEL,
        Entity.PREDICTED_CROSSING,
        crossing.uid,
        edit,
        name_of=name_of_track(crossing.track_uid),
        is_by_program=True,
    )

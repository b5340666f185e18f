"""Commands on stream and wind: add, amend, withdraw."""

from typing import Final

from channelplot.commands.command import Command, Entity
from channelplot.commands.required import (
    name_of_track,
    require_direction,
    require_speed,
    required_unmerged,
)
from channelplot.errors import CommandRefused, RefusalReason
from channelplot.model.conditions import ConditionsEntry
from channelplot.model.plot import Plot

MOST_LEEWAY_PERCENT: Final = 100.0


def add_conditions(entry: ConditionsEntry) -> Command:
    """Return the command that adds a stream, a wind or both.

    Refused if their uid is there already, the track they are given for is not there or was
    merged into another, or they are not sound (``require_sound``).
    """

    def edit(plot: Plot) -> Plot:
        if entry.uid in plot.conditions:
            raise CommandRefused(RefusalReason.ALREADY_THERE, entry.uid)
        if entry.track_uid is not None:
            required_unmerged(plot, entry.track_uid)
        require_sound(entry)
        return plot.with_conditions(entry)

    name_of = name_of_track(entry.track_uid)
    return Command("add_conditions", Entity.CONDITIONS, entry.uid, edit, name_of=name_of)


def amend_conditions(amended: ConditionsEntry, reason: str = "") -> Command:
    """Return the command that puts amended conditions in place of those with their uid.

    Refused if there are none such, they are not sound, or the track they are given for now is
    not there or was merged; the one they were given for already may have been since.
    """

    def edit(plot: Plot) -> Plot:
        entry = _existing(plot, amended.uid)
        if amended.track_uid is not None and amended.track_uid != entry.track_uid:
            required_unmerged(plot, amended.track_uid)
        require_sound(amended)
        return plot.with_conditions(amended)

    return Command(
        "amend_conditions",
        Entity.CONDITIONS,
        amended.uid,
        edit,
        reason=reason,
        name_of=name_of_track(amended.track_uid),
    )


def withdraw_conditions(entry_uid: str, reason: str = "") -> Command:
    """Return the command that withdraws conditions; the file keeps them, marked withdrawn.

    Refused if there are none such.
    """

    def edit(plot: Plot) -> Plot:
        _existing(plot, entry_uid)
        return plot.without_conditions(entry_uid)

    def name_of(plot: Plot) -> str:
        entry = plot.conditions.get(entry_uid)
        return name_of_track(entry.track_uid)(plot) if entry is not None else ""

    return Command(
        "withdraw_conditions",
        Entity.CONDITIONS,
        entry_uid,
        edit,
        reason=reason,
        name_of=name_of,
    )


def require_sound(entry: ConditionsEntry) -> None:
    """Refuse conditions that say nothing, or half of something, or hold for no time.

    A stream has its set and rate, a wind where it blows from, its speed and a leeway (0 to
    100 %); directions are 0 to 360 degrees, rates and speeds 0 or more.
    """
    if (entry.stream_set_deg is None) != (entry.stream_rate_kn is None):
        raise CommandRefused(RefusalReason.STREAM_INCOMPLETE)
    if (entry.wind_from_deg is None) != (entry.wind_speed_kn is None):
        raise CommandRefused(RefusalReason.WIND_INCOMPLETE)
    if not entry.has_stream and not entry.has_wind:
        raise CommandRefused(RefusalReason.NO_STREAM_OR_WIND)
    if entry.has_wind and entry.leeway_percent is None:
        raise CommandRefused(RefusalReason.LEEWAY_MISSING)
    require_direction(entry.stream_set_deg)
    require_direction(entry.wind_from_deg)
    require_speed(entry.stream_rate_kn)
    require_speed(entry.wind_speed_kn)
    leeway_percent = entry.leeway_percent
    if leeway_percent is not None and not 0.0 <= leeway_percent <= MOST_LEEWAY_PERCENT:
        raise CommandRefused(RefusalReason.LEEWAY_RANGE, f"{leeway_percent:g}")
    if entry.valid_until_utc <= entry.valid_from_utc:
        raise CommandRefused(RefusalReason.VALIDITY_ORDER)


def _existing(plot: Plot, entry_uid: str) -> ConditionsEntry:
    entry = plot.conditions.get(entry_uid)
    if entry is None:
        raise CommandRefused(RefusalReason.NO_SUCH_CONDITIONS, entry_uid)
    return entry

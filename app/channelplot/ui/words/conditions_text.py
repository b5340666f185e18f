"""The words for a stream and a wind in the plot."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from channelplot.geodesy.text import bearing_text
from channelplot.model.conditions import ConditionsEntry
from channelplot.model.plot import Plot
from channelplot.ui.words.time_text import time_text


def entry_text(entry: ConditionsEntry, plot: Plot, clock: Callable[[], datetime]) -> str:
    """Return what was given, for what time: ``0245Z to 0515Z: stream 060°T 1.9 kn``.

    With the craft, where it was given for one alone. clock: returns the time in UTC.
    """
    tr = QCoreApplication.translate
    parts = []
    if entry.stream_set_deg is not None and entry.stream_rate_kn is not None:
        parts.append(
            tr("Conditions", "stream {direction} {rate:g} kn").format(
                direction=_direction(entry.stream_set_deg), rate=entry.stream_rate_kn
            )
        )
    if entry.wind_from_deg is not None and entry.wind_speed_kn is not None:
        parts.append(
            tr("Conditions", "wind from {direction} {speed:g} kn").format(
                direction=_direction(entry.wind_from_deg), speed=entry.wind_speed_kn
            )
        )
    if entry.track_uid is not None:
        track = plot.tracks.get(entry.track_uid)
        name = "?" if track is None else track.name
        parts.append(tr("Conditions", "{name} only").format(name=name))
    return tr("Conditions", "{start} to {end}: {values}").format(
        start=time_text(entry.valid_from_utc, clock),
        end=time_text(entry.valid_until_utc, clock),
        values=", ".join(parts),
    )


def _direction(direction_deg: float) -> str:
    """Return a direction as it was given: to a degree, or to a tenth."""
    return bearing_text(direction_deg, 0 if direction_deg.is_integer() else 1)

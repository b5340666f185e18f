"""What a line has to do with earlier ones: who called before, and which boats are one."""

from datetime import datetime
from typing import Final

from PySide6.QtCore import QCoreApplication

from channelplot.chart.wording import status_text
from channelplot.geodesy.text import day_zulu_text, zulu_text
from channelplot.model.caller import report_meant
from channelplot.reading.callers import is_number
from channelplot.reading.values import CallerReading, Target
from channelplot.tools.line_draft import LineView

translate: Final = QCoreApplication.translate
MOST_BOATS: Final = 2
"""Of the boats that a caller has told of before, so many are named, the latest."""


def call_text(call: CallerReading, now_utc: datetime) -> str:
    """Return when a call was and of which boat, ``0245Z (A)``; with its day if it was another."""
    at_utc = call.at_utc or now_utc
    time = zulu_text(at_utc) if at_utc.date() == now_utc.date() else day_zulu_text(at_utc)
    return f"{time} ({call.track_name or translate('PlotLine', 'no track')})"


def called_before_text(view: LineView) -> str:
    """Return when the caller of a line has called before, and of which boats: ``0245Z (A)``.

    The latest call of each boat, of two boats at most; "" for a caller not heard of.
    """
    latest: dict[str, CallerReading] = {}
    for call in view.called_before:
        latest.setdefault(call.track_name, call)
    now_utc = view.line.time.at_utc
    return ", ".join(call_text(call, now_utc) for call in list(latest.values())[:MOST_BOATS])


def is_phone(caller: str) -> bool:
    """Return whether a caller is a telephone, its number known or not, rather than a call sign."""
    return is_number(caller) or report_meant(caller) is not None


def same_caller_text(view: LineView) -> str:
    """Return with which calls a line's caller is the same: ``Same phone as 0245Z (A).``, or ""."""
    calls = called_before_text(view)
    if not calls:
        return ""
    if is_phone(view.line.caller):
        return translate("PlotLine", "Same phone as {calls}.").format(calls=calls)
    return translate("PlotLine", "Same caller as {calls}.").format(calls=calls)


def same_as_texts(view: LineView) -> tuple[str, ...]:
    """Return what the names of merged tracks in a line mean: ``B is the same as A``."""
    position, target = view.line.position, view.line.target
    said = {target.said: target.name}
    if position is not None:
        said[position.origin_said] = position.origin
    text = translate("PlotLine", "{name} is the same as {track}")
    return tuple(text.format(name=name, track=track) for name, track in said.items() if name)


def closed_text(target: Target) -> str:
    """Return what the track a report goes to was closed as, "" for one that is open."""
    if target.closed_as is None:
        return ""
    return translate("PlotLine", "closed: {status}").format(status=status_text(target.closed_as))

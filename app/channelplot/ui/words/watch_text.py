"""Who has the watch, and who took it over, in words."""

from datetime import datetime
from typing import Final

from PySide6.QtCore import QCoreApplication

from channelplot.document.watch import WatchKeeper
from channelplot.geodesy.text import date_time_group, day_zulu_text, zulu_text
from channelplot.settings import Watch
from channelplot.ui.words.time_text import NO_DOUBT

translate: Final = QCoreApplication.translate
_LONGEST_NAME: Final = 24
"""Of a longer name the status bar shows the beginning."""


def handover_text(name: str, before: Watch | None) -> str:
    """Return the line of the watch log that says who took the watch over from whom."""
    if before is None:
        return translate("Watch", "{name} has the watch").format(name=name)
    words = (
        translate("Watch", "{name} goes on with the watch, after that of {since}")
        if before.name == name
        else translate("Watch", "{name} has the watch, taken over from {other}, who began {since}")
    )
    return words.format(name=name, other=before.name, since=date_time_group(before.began_at_utc))


def watch_text(keeper: WatchKeeper, now_utc: datetime) -> str:
    """Return who has the watch and since when, for the status bar; plainly so if nobody has."""
    watch = keeper.current
    if watch is None:
        return translate("Watch", "No watch taken: acts under “{name}”").format(
            name=_short(keeper.operator)
        )
    since = _since_text(watch, now_utc)
    words = (
        translate("Watch", "Watch: {name} since {since}, over 12 h")
        if keeper.is_overlong
        else translate("Watch", "Watch: {name} since {since}")
    )
    return words.format(name=_short(watch.name), since=since)


def watch_short_text(keeper: WatchKeeper) -> str:
    """Return who has the watch, where there is little room."""
    if keeper.current is None:
        return translate("Watch", "No watch taken")
    return translate("Watch", "Watch: {name}").format(name=_short(keeper.current.name))


def watch_tooltip(keeper: WatchKeeper) -> str:
    """Return the same in full, and how to change it."""
    told = (
        translate(
            "Watch", "Nobody has taken the watch: acts are under the login name “{name}”."
        ).format(name=keeper.operator)
        if keeper.current is None
        else last_watch_text(keeper)
    )
    how = translate("Watch", "Change of watch (Ctrl+Shift+W)")
    return f"{told}\n{how}"


def last_watch_text(keeper: WatchKeeper) -> str:
    """Return who took the watch last, and when, for the form; nothing if nobody did."""
    if keeper.last is None:
        return translate("Watch", "nobody yet")
    return translate("Watch", "{name}, since {since}").format(
        name=keeper.last.name, since=date_time_group(keeper.last.began_at_utc)
    )


def _short(name: str) -> str:
    if len(name) <= _LONGEST_NAME:
        return name
    return f"{name[: _LONGEST_NAME - 1].rstrip()}\N{HORIZONTAL ELLIPSIS}"


def _since_text(watch: Watch, now_utc: datetime) -> str:
    is_near = abs(now_utc - watch.began_at_utc) < NO_DOUBT
    return zulu_text(watch.began_at_utc) if is_near else day_zulu_text(watch.began_at_utc)

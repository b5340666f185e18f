"""What the watch log is filtered by: words, kind, boats and an interval of time; no Qt."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from channelplot.reading.fields import read_time
from channelplot.ui.log.facts import LogKind

_DAY: Final = timedelta(days=1)
_MINUTE: Final = timedelta(minutes=1)
_DASH: Final = re.compile(r"\s*[-\N{EN DASH}]\s*")
_DAY_AND_TIME: Final = re.compile(r"[0-9]{6}")


@dataclass(frozen=True, slots=True)
class Interval:
    """From a moment until just before another; None where it is open."""

    from_utc: datetime | None = None
    until_utc: datetime | None = None


@dataclass(frozen=True, slots=True)
class LogQuery:
    """Which acts are wanted: those that pass everything that is asked for.

    words: in lower case, all of which stand somewhere in the line; kind: None for any;
    track_uids: one of which the act is about, None for any.
    """

    words: tuple[str, ...] = ()
    kind: LogKind | None = None
    track_uids: frozenset[str] | None = None
    interval: Interval = Interval()

    @property
    def needs_reading(self) -> bool:
        """Return whether it takes more than an act's time to tell."""
        return bool(self.words) or self.kind is not None or self.track_uids is not None

    @property
    def is_open(self) -> bool:
        """Return whether every act passes."""
        return not self.needs_reading and self.interval == Interval()


def read_interval(text: str, latest_utc: datetime) -> Interval | None:
    """Return the interval that a text means: ``0200-0400``, ``0200-``, ``-0400``.

    Days are told as in ``142200-150400``. A time without a zone is UTC. The beginning is the
    latest such time that had been at latest_utc, the end the first after the beginning, its
    minute included. A time alone is a beginning. An empty text means all; None for what can't be
    read so.
    """
    if not text.strip():
        return Interval()
    first, *rest = _DASH.split(text.strip(), maxsplit=1)
    second = rest[0] if rest else ""
    from_utc = _latest(first, latest_utc) if first else None
    if first and from_utc is None:
        return None
    if not second:
        return Interval(from_utc) if first else None
    last_utc = _latest(second, latest_utc if from_utc is None else from_utc + _DAY)
    if last_utc is None or (from_utc is not None and last_utc < from_utc):
        return None
    return Interval(from_utc, last_utc + _MINUTE)


def _latest(text: str, not_after_utc: datetime) -> datetime | None:
    """Return the latest moment that a text can mean by then, None if it is no time."""
    stated = f"{text}Z" if _DAY_AND_TIME.fullmatch(text) else text
    candidate = read_time(stated, not_after_utc)
    if candidate.fault is not None:
        return None
    moments = [choice.at_utc for choice in candidate.choices if choice.at_utc <= not_after_utc]
    return max(moments, default=None)

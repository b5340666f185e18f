"""Which of the streams and winds in a plot a craft is reckoned with."""

from collections.abc import Iterable

from channelplot.analysis.drift import Conditions, Stream, Validity, Wind
from channelplot.model.conditions import ConditionsEntry
from channelplot.model.plot import Plot


def conditions_for(plot: Plot, track_uid: str | None) -> Conditions | None:
    """Return the streams and winds for a craft, None where the plot has none for it.

    Those given for this craft alone stand in for those given for all, streams and winds each by
    themselves. Of two that begin to hold at one time, the one logged last counts. track_uid: None
    for those that were given for all.
    """
    entries = sorted(plot.conditions.values(), key=lambda entry: (entry.logged_at_utc, entry.uid))
    entries.reverse()
    streams = _of_craft(track_uid, (entry for entry in entries if entry.has_stream))
    winds = _of_craft(track_uid, (entry for entry in entries if entry.has_wind))
    if not streams and not winds:
        return None
    return Conditions(
        streams=tuple(_stream(entry) for entry in streams),
        winds=tuple(_wind(entry) for entry in winds),
    )


def _of_craft(
    track_uid: str | None, entries: Iterable[ConditionsEntry]
) -> tuple[ConditionsEntry, ...]:
    found = tuple(entries)
    own = tuple(e for e in found if track_uid is not None and e.track_uid == track_uid)
    return own or tuple(entry for entry in found if entry.track_uid is None)


def _stream(entry: ConditionsEntry) -> Stream:
    assert entry.stream_set_deg is not None, "asked of entries with a stream"
    assert entry.stream_rate_kn is not None, "asked of entries with a stream"
    return Stream(
        set_deg=entry.stream_set_deg, rate_kn=entry.stream_rate_kn, valid=_validity(entry)
    )


def _wind(entry: ConditionsEntry) -> Wind:
    assert entry.wind_from_deg is not None, "asked of entries with a wind"
    assert entry.wind_speed_kn is not None, "asked of entries with a wind"
    return Wind(
        from_deg=entry.wind_from_deg,
        speed_kn=entry.wind_speed_kn,
        leeway_percent=entry.leeway_percent or 0.0,
        valid=_validity(entry),
    )


def _validity(entry: ConditionsEntry) -> Validity:
    return Validity(entry.valid_from_utc, entry.valid_until_utc)

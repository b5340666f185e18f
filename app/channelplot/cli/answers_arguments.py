"""What ``channelplot answers`` is asked: its arguments, read and checked."""

import argparse
import math
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from channelplot.analysis.dead_reckoning import Reference, Stated
from channelplot.cli.times import moment_of
from channelplot.cli.wrong_use import WrongUse
from channelplot.geodesy.text import date_time_group
from channelplot.model.conditions import ConditionsEntry
from channelplot.model.plot import Plot
from channelplot.model.track import Track
from channelplot.reading.gazetteer import Gazetteer, words_of
from channelplot.reading.names import names_of
from channelplot.tools.motion_text import MotionTextError, parse_course_deg, parse_speed_kn

_STANDS_IN: Final = "command line"
_AS_LONG_AS_ASKED: Final = timedelta(days=366)
"""Values of the command line hold at any time that is asked about, and a year around it."""


class NoAnswer(Exception):
    """The plot can't answer what is asked; its text is the sentence for the user."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked, before the plot has been looked at.

    track, against: names; against: None for whatever comes nearest. stream: (set, rate) and wind:
    (from, speed) in degrees and knots, instead of the plot's; leeway_percent: of that wind, or of
    the plot's winds where none is given.
    """

    track: str
    at_utc: datetime
    sent_utc: datetime | None
    against: tuple[str, ...] | None
    stream: tuple[float, float] | None
    wind: tuple[float, float] | None
    leeway_percent: float | None
    stated: Stated | None


def asked_of(args: argparse.Namespace, reference: datetime) -> Asked:
    """Return what the arguments ask. reference: see ``reference_utc``. Raises WrongUse."""
    stated = _pair("--stated", args.stated, "course/speed, such as 300.7/5.04")
    if args.through_water and stated is None:
        msg = "--through-water says what --stated is meant against: give --stated too"
        raise WrongUse(msg)
    wind = _pair("--wind", args.wind, "where it blows from/knots, such as 290/14")
    return Asked(
        track=args.track,
        at_utc=reference if args.at is None else moment_of("--at", args.at, reference),
        sent_utc=None if args.sent is None else moment_of("--sent", args.sent, reference),
        against=None if args.against is None else tuple(args.against),
        stream=_pair("--stream", args.stream, "where it sets to/knots, such as 060/1.9"),
        wind=wind,
        leeway_percent=_leeway_percent(args.leeway, is_wind_given=wind is not None),
        stated=None if stated is None else _stated(stated, args.through_water),
    )


def in_conditions(plot: Plot, asked: Asked) -> Plot:
    """Return the plot with the stream and wind that were given instead of its own.

    A stream stands in for the plot's streams only, a wind for its winds, a leeway alone for that of
    its winds. Raises WrongUse for a leeway without any wind.
    """
    if asked.wind is None and asked.leeway_percent is not None:
        plot = _with_leeway(plot, asked.leeway_percent)
    if asked.stream is None and asked.wind is None:
        return plot
    for entry in plot.conditions.values():
        kept = entry
        if asked.stream is not None:
            kept = replace(kept, stream_set_deg=None, stream_rate_kn=None)
        if asked.wind is not None:
            kept = replace(kept, wind_from_deg=None, wind_speed_kn=None, leeway_percent=None)
        plot = plot.with_conditions(kept)
    set_deg, rate_kn = asked.stream or (None, None)
    from_deg, speed_kn = asked.wind or (None, None)
    return plot.with_conditions(
        ConditionsEntry(
            uid=_STANDS_IN,
            valid_from_utc=asked.at_utc - _AS_LONG_AS_ASKED,
            valid_until_utc=asked.at_utc + _AS_LONG_AS_ASKED,
            logged_at_utc=asked.at_utc,
            stream_set_deg=set_deg,
            stream_rate_kn=rate_kn,
            wind_from_deg=from_deg,
            wind_speed_kn=speed_kn,
            leeway_percent=None if asked.wind is None else asked.leeway_percent,
            source=_STANDS_IN,
        )
    )


def _with_leeway(plot: Plot, percent: float) -> Plot:
    winds = [entry for entry in plot.conditions.values() if entry.has_wind]
    if not winds:
        msg = "--leeway is a share of a wind, and the plot has none: give --wind too, as 290/14"
        raise WrongUse(msg)
    for entry in winds:
        plot = plot.with_conditions(replace(entry, leeway_percent=percent))
    return plot


def track_named(plot: Plot, name: str) -> Track:
    """Return the track of a name; of a merged one the track it was merged into. Raises NoAnswer."""
    found = names_of(Gazetteer(()), plot.tracks.values()).tracks.get(words_of(name))
    if found is None:
        msg = f"the plot has no track {name!r}; it has {_some_names(plot)}"
        raise NoAnswer(msg)
    return found.track


def tracks_against(plot: Plot, track: Track, names: tuple[str, ...] | None) -> list[Track] | None:
    """Return the tracks to tell the closest approach to, None for the nearest. Raises NoAnswer."""
    if names is None:
        return None
    others = [track_named(plot, name) for name in names]
    for other in others:
        if other.uid == track.uid:
            msg = f"--against: {other.name} is the craft that is asked about"
            raise NoAnswer(msg)
        if other.is_closed:
            msg = f"--against: {other.name} is closed, and nothing is reckoned of it any more"
            raise NoAnswer(msg)
    return others


def moment_text(at_utc: datetime) -> str:
    """Return a time as a sentence has it: ``150300Z SEP 26``."""
    return date_time_group(at_utc)


def _stated(motion: tuple[float, float], is_through_water: bool) -> Stated:
    course_deg, speed_kn = motion
    reference = Reference.WATER if is_through_water else Reference.GROUND
    return Stated(course_deg=course_deg, speed_kn=speed_kn, reference=reference)


def _pair(option: str, text: str | None, form: str) -> tuple[float, float] | None:
    """Return a direction in degrees and a speed in knots, None where nothing was given."""
    if text is None:
        return None
    direction, _, speed = text.partition("/")
    try:
        direction_deg, speed_kn = parse_course_deg(direction), parse_speed_kn(speed)
    except MotionTextError:
        direction_deg = speed_kn = None
    if direction_deg is None or speed_kn is None:
        msg = f"{option}: {text!r} is not {form}"
        raise WrongUse(msg)
    return direction_deg, speed_kn


def _leeway_percent(text: str | None, *, is_wind_given: bool) -> float | None:
    if text is None:
        if is_wind_given:
            msg = "--wind needs --leeway, such as 4: how much of the wind a craft drifts with, in %"
            raise WrongUse(msg)
        return None
    try:
        percent = float(text.replace(",", ".").removesuffix("%"))
    except ValueError:
        percent = math.nan
    if not 0.0 <= percent <= 100.0:
        msg = f"--leeway: {text!r} is not a share of the wind in %, 0 to 100"
        raise WrongUse(msg)
    return percent


def _some_names(plot: Plot) -> str:
    names = sorted(track.name for track in plot.tracks.values())
    shown = ", ".join(names[:10])
    return "none" if not names else f"{shown} and {len(names) - 10} more" if names[10:] else shown

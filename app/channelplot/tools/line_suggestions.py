"""The same-boat test of a line that is typed, and the words that would join a boat."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from channelplot.analysis.same_boat import Comparison, Fit, Sighting
from channelplot.model.codes import PEOPLE_CRAFTS, Craft, ReportKind
from channelplot.model.track import Track
from channelplot.reading.plain import plain
from channelplot.reading.values import LineReading, Span, TargetKind
from channelplot.tools.likely_boats import LikelyBoats
from channelplot.tools.questions import Question, QuestionCode

JOINABLE = frozenset({Fit.FITS, Fit.POSSIBLE})
"""Only such a boat is offered to be joined: others must be named."""


@dataclass(frozen=True, slots=True)
class LineFit:
    """How a line fits the boats.

    suggestions: every open boat with a fix, the best first, where the report starts a boat or is no
    boat's. own: how it fits the boat it goes to. better: another open boat that it fits, where it
    does not fit that one.
    """

    suggestions: tuple[Comparison, ...] = ()
    own: Comparison | None = None
    better: Comparison | None = None


def fit_of_line(
    line: LineReading, track: Track | None, craft: Craft | None, boats: LikelyBoats
) -> LineFit:
    """Return how a line fits the boats; nothing if it tells of no boat, or of no place.

    track: the one that its report goes to, None for a new one or none. craft: of either.
    """
    sighting = _sighting(line, craft or line.craft or Craft.SMALL_BOAT, boats)
    if sighting is None:
        return LineFit()
    if track is None:
        return LineFit(suggestions=boats.ranked(sighting))
    own = boats.fit_of(sighting, track)
    if own is not None and own.fit is Fit.FITS:
        return LineFit(own=own)
    others = (one for one in boats.ranked(sighting) if one.track.uid != track.uid)
    return LineFit(own=own, better=next((one for one in others if one.fit is Fit.FITS), None))


def questions_about_boat(
    own: Comparison | None, about_leg: Sequence[Question], *, is_said: bool
) -> tuple[Question, ...]:
    """Return the questions about the boat that a report goes to: one at most.

    own: how the report fits it. about_leg: what would be asked of the leg to it, which comes first
    where the line says that it is this boat (is_said): both are about the same thing.
    """
    if own is None or own.fit is not Fit.NOT_SAME or (is_said and about_leg):
        return tuple(about_leg)
    speed_mps = math.inf if own.speed_mps is None else own.speed_mps
    return (Question(QuestionCode.NOT_SAME_BOAT, speed_mps),)


@dataclass(frozen=True, slots=True)
class Insertion:
    """A piece of the line and what comes in its place."""

    span: Span
    text: str


def joining(line: LineReading, name: str) -> Insertion:
    """Return what has to be typed into a line for its report to go to a track.

    In place of where it says to go, else after what is read of it: before a ``//``.
    """
    target = line.target
    if target.kind is not TargetKind.UNSAID and target.span is not None:
        return Insertion(target.span, f">{name}")
    end = plain(line.text).verbatim.start
    end = len(line.text[:end].rstrip())
    return Insertion(Span(end, end), f" >{name}")


def _sighting(line: LineReading, craft: Craft, boats: LikelyBoats) -> Sighting | None:
    is_sighting = line.kind is ReportKind.POSITION and line.log is None
    if line.position is None or not is_sighting or craft not in PEOPLE_CRAFTS:
        return None
    return Sighting(
        position=line.position.position,
        observed_at_utc=line.time.at_utc,
        error_m=line.position.error_m,
        source=line.source,
        people=line.people,
        boat_type=line.boat_type,
        craft=craft,
        caller_track_uids=boats.tracks_of_caller(line.caller),
    )

"""Reports, tracks and all that plots are made of, with a lot that decides what they say.

The lot decides everything, identifiers too: the same numbers make the same things.
"""

import itertools
import random
import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final, TypeVar

from channelplot.commands.closing import Closing
from channelplot.geodesy.position import Position
from channelplot.model.acknowledgement import Acknowledgement
from channelplot.model.beach import Beach
from channelplot.model.caller import same_as_report
from channelplot.model.codes import (
    CLOSED_STATUSES,
    AlertCode,
    BoatType,
    CountBasis,
    Craft,
    PositionForm,
    ReportKind,
    SourceKind,
    TrackStatus,
)
from channelplot.model.log_line import LogLine
from channelplot.model.people import PeopleCount
from channelplot.model.plot import Plot
from channelplot.model.report import Report
from channelplot.model.track import Track
from helpers.builders import a_beach, a_report, a_track, at, ddm

T = TypeVar("T")

WORDS: Final = ("engine failing", "moteur en panne", "blue hull, 6 m", "“55” or 56?", "")
PEOPLE: Final = ("CUTTER-1", "Officer Two", "Élodie Vasseur")


def uid(dice: random.Random) -> str:
    return str(uuid.UUID(int=dice.getrandbits(128), version=4))


def a_time(dice: random.Random) -> datetime:
    return at("0000") + timedelta(seconds=dice.randrange(6 * 3600))


def a_position(dice: random.Random) -> Position:
    return ddm(50, dice.uniform(40.0, 80.0), 1, dice.uniform(5.0, 55.0))


def one_of(things: Sequence[T], dice: random.Random) -> T | None:
    return dice.choice(things) if things else None


def words(dice: random.Random) -> str:
    return f"{dice.choice(WORDS)} {dice.randrange(10**6)}"


def people(dice: random.Random) -> PeopleCount | None:
    if dice.random() < 0.4:
        return None
    total = dice.randrange(1, 70)
    return PeopleCount(
        dice.choice(list(CountBasis)),
        total,
        children=dice.choice([None, dice.randrange(total + 1)]),
        missing=dice.choice([None, None, dice.randrange(total + 1)]),
        is_estimate=dice.random() < 0.3,
    )


def report(plot: Plot, dice: random.Random, track_uid: str | None) -> Report:
    has_position = dice.random() < 0.9
    callers = [same_as_report(one.uid) for one in itertools.islice(plot.reports(), 1)]
    told = a_report(
        a_time(dice),
        uid=uid(dice),
        kind=dice.choice([ReportKind.POSITION, ReportKind.POSITION, *ReportKind]),
        track_uid=track_uid,
        position=a_position(dice) if has_position else None,
        position_form=PositionForm.DDM if has_position else None,
        source=dice.choice(list(SourceKind)),
        as_received=words(dice),
        people=people(dice),
    )
    return replace(
        told,
        boat_type=dice.choice([None, *BoatType]),
        caller=dice.choice(["", "+447700900123", *callers]),
    )


def track(dice: random.Random) -> Track:
    return a_track(
        f"T{dice.getrandbits(48)}",
        uid=uid(dice),
        craft=dice.choice([Craft.SMALL_BOAT, *Craft]),
        created_at_utc=a_time(dice),
        note=words(dice),
    )


def closing(dice: random.Random, *, is_explained: bool, is_identified: bool = True) -> Closing:
    statuses = sorted(CLOSED_STATUSES - {TrackStatus.SAME_AS})
    return Closing(
        status=dice.choice(statuses),
        change_uid=uid(dice),
        at_utc=a_time(dice),
        by="watch",
        identified_by=dice.choice(PEOPLE) if is_identified else "",
        identified_how="alongside" if is_identified else "",
        explained_by=dice.choice(PEOPLE) if is_explained else "",
        reason=words(dice),
    )


def beach(dice: random.Random) -> Beach:
    return a_beach(f"Beach {dice.getrandbits(48)}", a_position(dice), uid=uid(dice))


def log_line(dice: random.Random, track_uid: str | None) -> LogLine:
    return LogLine(
        uid=uid(dice),
        at_utc=a_time(dice),
        text=words(dice),
        operator=dice.choice(PEOPLE),
        track_uid=track_uid,
    )


def acknowledgement(track_uid: str, dice: random.Random) -> Acknowledgement:
    raised_at_utc = a_time(dice)
    return Acknowledgement(
        uid=uid(dice),
        alert=AlertCode.OVERDUE,
        entity_uid=track_uid,
        raised_at_utc=raised_at_utc,
        at_utc=raised_at_utc + timedelta(minutes=dice.randrange(30)),
        by=dice.choice(PEOPLE),
    )

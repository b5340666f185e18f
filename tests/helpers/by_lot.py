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
from channelplot.model.approach_watch import ApproachWatch
from channelplot.model.beach import Beach
from channelplot.model.caller import same_as_report
from channelplot.model.codes import (
    CLOSED_STATUSES,
    AlertCode,
    BoatType,
    CountBasis,
    Craft,
    LimitPurpose,
    PatternKind,
    PositionForm,
    ReckoningRule,
    ReportKind,
    SourceKind,
    TrackStatus,
    Turn,
)
from channelplot.model.conditions import ConditionsEntry
from channelplot.model.limit import LoadedLimit
from channelplot.model.log_line import LogLine
from channelplot.model.people import PeopleCount
from channelplot.model.plot import Plot
from channelplot.model.predicted_crossing import PredictedCrossing
from channelplot.model.reference_layer import (
    Dash,
    ReferenceKind,
    ReferenceLayer,
    ReferenceSchema,
    ReferenceStyle,
)
from channelplot.model.report import Report
from channelplot.model.search import PlannedSearch
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


def conditions(dice: random.Random, track_uid: str | None) -> ConditionsEntry:
    """Stream, wind or both."""
    has_stream, has_wind = dice.choice([(True, True), (True, False), (False, True)])
    valid_from_utc = a_time(dice)
    return ConditionsEntry(
        uid=uid(dice),
        valid_from_utc=valid_from_utc,
        valid_until_utc=valid_from_utc + timedelta(minutes=dice.randrange(1, 400)),
        logged_at_utc=a_time(dice),
        stream_set_deg=dice.uniform(0.0, 360.0) if has_stream else None,
        stream_rate_kn=dice.uniform(0.0, 4.0) if has_stream else None,
        wind_from_deg=dice.uniform(0.0, 360.0) if has_wind else None,
        wind_speed_kn=dice.uniform(0.0, 40.0) if has_wind else None,
        leeway_percent=dice.uniform(0.0, 10.0) if has_wind else None,
        track_uid=track_uid,
        source=words(dice),
        logged_by=dice.choice(PEOPLE),
    )


def approach_watch(dice: random.Random, first_uid: str, second_uid: str) -> ApproachWatch:
    return ApproachWatch(
        uid=uid(dice),
        first_track_uid=first_uid,
        second_track_uid=second_uid,
        distance_m=dice.uniform(100.0, 4000.0),
        within_min=dice.randrange(1, 90),
        created_at_utc=a_time(dice),
        created_by=dice.choice(PEOPLE),
    )


def limit(dice: random.Random) -> LoadedLimit:
    is_area = dice.random() < 0.5
    points = tuple(a_position(dice) for _ in range(dice.randrange(3, 9)))
    return LoadedLimit(
        uid=uid(dice),
        purpose=dice.choice(list(LimitPurpose)),
        name=f"Limit {dice.getrandbits(48)}",
        points=(*points, points[0]) if is_area else points,
        is_area=is_area,
        left=dice.choice(["GB", "Dover SRR"]),
        right="" if is_area else "FR",
        is_legal=dice.random() < 0.5,
        loaded_at_utc=a_time(dice),
        source=words(dice),
        loaded_by=dice.choice(PEOPLE),
    )


def reference_style(dice: random.Random) -> ReferenceStyle:
    return ReferenceStyle(
        line=dice.choice(["reference", "#8c4a9c"]),
        width_px=dice.uniform(0.5, 4.0),
        dash=dice.choice(list(Dash)),
        fill=f"#{dice.getrandbits(24):06x}",
        fill_opacity=dice.random(),
        point_px=dice.uniform(2.0, 12.0),
        label_column=dice.choice(["", "name"]),
        label_size_pt=dice.uniform(6.0, 14.0),
    )


def reference_layer(dice: random.Random) -> ReferenceLayer:
    return ReferenceLayer(
        uid=uid(dice),
        name=f"Layer {dice.getrandbits(48)}",
        path=dice.choice(["layers/zones.gpkg", "/charts/zones.fgb"]),
        table=dice.choice(["", "zones"]),
        crs=dice.choice(["", "EPSG:2154"]),
        kind=dice.choice(list(ReferenceKind)),
        schema=dice.choice(list(ReferenceSchema)),
        style=reference_style(dice),
        credit=words(dice),
    )


def search(dice: random.Random, track_uid: str | None) -> PlannedSearch:
    kind = dice.choice(list(PatternKind))
    has_sides = kind is PatternKind.PARALLEL_TRACK
    return PlannedSearch(
        uid=uid(dice),
        name=f"S{dice.getrandbits(48)}",
        kind=kind,
        datum=a_position(dice),
        datum_at_utc=a_time(dice),
        radius_m=dice.uniform(500.0, 9000.0),
        drift_m=dice.uniform(0.0, 5000.0),
        initial_error_m=dice.uniform(0.0, 900.0),
        searcher_error_m=dice.uniform(0.0, 200.0),
        drift_error_share=0.3,
        safety_factor=1.1,
        first_leg_deg=dice.uniform(0.0, 360.0),
        spacing_m=dice.uniform(200.0, 2000.0),
        turn=dice.choice(list(Turn)),
        waypoints=tuple(a_position(dice) for _ in range(dice.randrange(2, 12))),
        created_at_utc=a_time(dice),
        length_m=dice.uniform(2000.0, 9000.0) if has_sides else None,
        width_m=dice.uniform(2000.0, 9000.0) if has_sides else None,
        track_uid=track_uid,
        searcher=dice.choice(PEOPLE),
        searcher_speed_kn=dice.choice([None, 3.5, 8.0]),
        created_by=dice.choice(PEOPLE),
    )


def crossing(dice: random.Random, track: Track) -> PredictedCrossing:
    """By its last fix, or by one that is in no plot."""
    has_course = dice.random() < 0.8
    return PredictedCrossing(
        uid=uid(dice),
        track_uid=track.uid,
        limit_code="uk_fr_1988",
        from_side="FR",
        to_side=dice.choice(["GB", "XZ"]),
        is_legal=dice.random() < 0.5,
        position=a_position(dice),
        crosses_at_utc=a_time(dice),
        fix_uid=track.fixes[-1].uid if track.fixes else "gone",
        rule=dice.choice(list(ReckoningRule)),
        course_deg=dice.uniform(0.0, 360.0) if has_course else None,
        speed_kn=dice.uniform(0.0, 20.0),
        logged_at_utc=a_time(dice),
    )

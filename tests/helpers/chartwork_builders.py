"""What chartwork leaves in a plot, in one line each; every field is set."""

from collections.abc import Sequence

from channelplot.geodesy.position import Position
from channelplot.model.approach_watch import ApproachWatch
from channelplot.model.codes import LimitPurpose, PatternKind, ReckoningRule, Turn
from channelplot.model.conditions import ConditionsEntry
from channelplot.model.ids import new_uid
from channelplot.model.limit import LoadedLimit
from channelplot.model.predicted_crossing import PredictedCrossing
from channelplot.model.reference_layer import ReferenceLayer
from channelplot.model.search import PlannedSearch
from helpers.builders import R5, at, ddm

MIDDLE_LINE = (ddm(50, 57.0, 1, 23.0), ddm(51, 5.0, 1, 40.0), ddm(51, 12.0, 1, 53.3))
BOX = (
    ddm(50, 55.0, 1, 20.0),
    ddm(51, 10.0, 1, 20.0),
    ddm(51, 10.0, 1, 50.0),
    ddm(50, 55.0, 1, 50.0),
    ddm(50, 55.0, 1, 20.0),
)
SQUARE = (R5, ddm(51, 2.9, 1, 30.7), ddm(51, 2.9, 1, 32.3), ddm(51, 0.9, 1, 32.3))


def some_conditions(track_uid: str | None = None, *, uid: str | None = None) -> ConditionsEntry:
    """Return the stream and wind of the acceptance night."""
    return ConditionsEntry(
        uid=uid or new_uid(),
        valid_from_utc=at("0245"),
        valid_until_utc=at("0515"),
        stream_set_deg=60.0,
        stream_rate_kn=1.9,
        wind_from_deg=290.0,
        wind_speed_kn=14.0,
        leeway_percent=4.0,
        track_uid=track_uid,
        source="tidal atlas, forecast of 0100Z",
        logged_at_utc=at("0250"),
        logged_by="watch",
    )


def an_approach_watch(first_uid: str, second_uid: str, *, uid: str | None = None) -> ApproachWatch:
    """Return a watch of the closest approach of two tracks: 1 NM within 30 minutes."""
    return ApproachWatch(
        uid=uid or new_uid(),
        first_track_uid=first_uid,
        second_track_uid=second_uid,
        distance_m=1852.0,
        within_min=30,
        created_at_utc=at("0255"),
        created_by="watch",
    )


def a_crossing(
    track_uid: str, fix_uid: str = "a fix", *, uid: str | None = None
) -> PredictedCrossing:
    """Return that a craft was reckoned to cross from French into British waters at 0334Z."""
    return PredictedCrossing(
        uid=uid or new_uid(),
        track_uid=track_uid,
        limit_code="uk_fr_1988",
        from_side="FR",
        to_side="GB",
        is_legal=True,
        position=ddm(51, 1.61, 1, 31.38),
        crosses_at_utc=at("0334"),
        fix_uid=fix_uid,
        rule=ReckoningRule.MADE_GOOD,
        course_deg=314.5,
        speed_kn=5.25,
        logged_at_utc=at("0246"),
    )


def a_limit(name: str = "Middle line", *, uid: str | None = None) -> LoadedLimit:
    """Return a line that a desk has loaded: who answers for search and rescue on either side."""
    return LoadedLimit(
        uid=uid or new_uid(),
        purpose=LimitPurpose.SAR_REGION,
        name=name,
        points=MIDDLE_LINE,
        is_area=False,
        left="GB",
        right="FR",
        is_legal=True,
        source="limits.geojson: as published",
        loaded_at_utc=at("0100"),
        loaded_by="watch",
    )


def an_area(
    name: str = "Box", points: Sequence[Position] = BOX, *, uid: str | None = None
) -> LoadedLimit:
    """Return an area of somebody's waters that a desk has loaded."""
    return LoadedLimit(
        uid=uid or new_uid(),
        purpose=LimitPurpose.WATERS,
        name=name,
        points=tuple(points),
        is_area=True,
        left="BE",
        right="",
        is_legal=False,
        source="waters.geojson",
        loaded_at_utc=at("0101"),
        loaded_by="watch",
    )


def a_search(
    name: str = "S1", track_uid: str | None = None, *, uid: str | None = None
) -> PlannedSearch:
    """Return a planned search, with sides although only a parallel track needs them."""
    return PlannedSearch(
        uid=uid or new_uid(),
        name=name,
        kind=PatternKind.PARALLEL_TRACK,
        datum=R5,
        datum_at_utc=at("0430"),
        radius_m=3100.5,
        drift_m=4200.0,
        initial_error_m=500.0,
        searcher_error_m=100.0,
        drift_error_share=0.3,
        safety_factor=1.1,
        first_leg_deg=60.0,
        spacing_m=926.0,
        turn=Turn.PORT,
        waypoints=SQUARE,
        created_at_utc=at("0435"),
        length_m=7408.0,
        width_m=3704.0,
        track_uid=track_uid,
        searcher="LIFEBOAT",
        searcher_speed_kn=8.0,
        created_by="watch",
    )


def a_reference_layer(
    name: str = "Zones", *, uid: str = "layer", path: str = "zones.gpkg"
) -> ReferenceLayer:
    """A layer of a made-up file that is not there."""
    return ReferenceLayer(uid=uid, name=name, path=path, table="zones", credit="Nobody, made up")

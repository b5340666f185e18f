"""Stream and wind, watched approaches, crossings, limits, searches: each to its row and back.

Of each kind: the columns that are read, the uid first; the row of an entity, by column; and the
entity of a row.
"""

from typing import Final

from channelplot.geodesy.position import Position
from channelplot.model.approach_watch import ApproachWatch
from channelplot.model.codes import LimitPurpose, PatternKind, ReckoningRule, Turn
from channelplot.model.conditions import ConditionsEntry
from channelplot.model.limit import LoadedLimit
from channelplot.model.predicted_crossing import PredictedCrossing
from channelplot.model.search import PlannedSearch
from channelplot.store.columns import GEOMETRY, WITHDRAWN
from channelplot.store.flat import Values
from channelplot.store.geometry import point_blob
from channelplot.store.times import time_text
from channelplot.store.values import (
    Row,
    Value,
    flag_of,
    line_value,
    maybe_uid_of,
    points_of,
    real_of,
    real_value,
    required_position_of,
    required_real_of,
    required_whole_of,
    text_of,
    text_value,
    time_of,
    uid_of,
)

_RULES: Final[dict[Value, ReckoningRule]] = {code.value: code for code in ReckoningRule}
_PATTERNS: Final[dict[Value, PatternKind]] = {code.value: code for code in PatternKind}
_TURNS: Final[dict[Value, Turn]] = {code.value: code for code in Turn}
_PURPOSES: Final[dict[Value, LimitPurpose]] = {code.value: code for code in LimitPurpose}

CONDITIONS_READ: Final = (
    "uid",
    "valid_from_utc",
    "valid_until_utc",
    "stream_set_deg",
    "stream_rate_kn",
    "wind_from_deg",
    "wind_speed_kn",
    "leeway_percent",
    "track_uid",
    "source",
    "logged_at_utc",
    "logged_by",
)


def conditions_row(entry: ConditionsEntry) -> Row:
    """Return the row of a stream, a wind or both."""
    return {
        "uid": entry.uid,
        "valid_from_utc": time_text(entry.valid_from_utc),
        "valid_until_utc": time_text(entry.valid_until_utc),
        "stream_set_deg": real_value(entry.stream_set_deg),
        "stream_rate_kn": real_value(entry.stream_rate_kn),
        "wind_from_deg": real_value(entry.wind_from_deg),
        "wind_speed_kn": real_value(entry.wind_speed_kn),
        "leeway_percent": real_value(entry.leeway_percent),
        "track_uid": entry.track_uid,
        "source": text_value(entry.source),
        "logged_at_utc": time_text(entry.logged_at_utc),
        "logged_by": text_value(entry.logged_by),
        WITHDRAWN: None,
    }


def conditions_from(values: Values) -> ConditionsEntry:
    """Return a stream, a wind or both from its row (``CONDITIONS_READ``)."""
    (
        uid,
        valid_from_utc,
        valid_until_utc,
        stream_set_deg,
        stream_rate_kn,
        wind_from_deg,
        wind_speed_kn,
        leeway_percent,
        track_uid,
        source,
        logged_at_utc,
        logged_by,
    ) = values
    return ConditionsEntry(
        uid=uid_of(uid),
        valid_from_utc=time_of(valid_from_utc),
        valid_until_utc=time_of(valid_until_utc),
        stream_set_deg=real_of(stream_set_deg),
        stream_rate_kn=real_of(stream_rate_kn),
        wind_from_deg=real_of(wind_from_deg),
        wind_speed_kn=real_of(wind_speed_kn),
        leeway_percent=real_of(leeway_percent),
        track_uid=maybe_uid_of(track_uid),
        source=text_of(source),
        logged_at_utc=time_of(logged_at_utc),
        logged_by=text_of(logged_by),
    )


APPROACH_WATCH_READ: Final = (
    "uid",
    "first_track_uid",
    "second_track_uid",
    "distance_m",
    "within_min",
    "created_at_utc",
    "created_by",
)


def approach_watch_row(watch: ApproachWatch) -> Row:
    """Return the row of a watched approach."""
    return {
        "uid": watch.uid,
        "first_track_uid": watch.first_track_uid,
        "second_track_uid": watch.second_track_uid,
        "distance_m": real_value(watch.distance_m),
        "within_min": watch.within_min,
        "created_at_utc": time_text(watch.created_at_utc),
        "created_by": text_value(watch.created_by),
        WITHDRAWN: None,
    }


def approach_watch_from(values: Values) -> ApproachWatch:
    """Return a watched approach from its row (``APPROACH_WATCH_READ``)."""
    uid, first_uid, second_uid, distance_m, within_min, created_at_utc, created_by = values
    return ApproachWatch(
        uid=uid_of(uid),
        first_track_uid=uid_of(first_uid),
        second_track_uid=uid_of(second_uid),
        distance_m=required_real_of(distance_m),
        within_min=required_whole_of(within_min),
        created_at_utc=time_of(created_at_utc),
        created_by=text_of(created_by),
    )


PREDICTED_CROSSING_READ: Final = (
    "uid",
    "geom",
    "track_uid",
    "limit_code",
    "from_side",
    "to_side",
    "is_legal",
    "crosses_at_utc",
    "fix_uid",
    "rule",
    "course_deg",
    "speed_kn",
    "logged_at_utc",
)


def predicted_crossing_row(crossing: PredictedCrossing) -> Row:
    """Return the row of a predicted crossing."""
    return {
        GEOMETRY: point_blob(crossing.position),
        "uid": crossing.uid,
        "track_uid": crossing.track_uid,
        "limit_code": text_value(crossing.limit_code),
        "from_side": text_value(crossing.from_side),
        "to_side": text_value(crossing.to_side),
        "is_legal": int(crossing.is_legal),
        "crosses_at_utc": time_text(crossing.crosses_at_utc),
        "fix_uid": crossing.fix_uid,
        "rule": crossing.rule.value,
        "course_deg": real_value(crossing.course_deg),
        "speed_kn": real_value(crossing.speed_kn),
        "logged_at_utc": time_text(crossing.logged_at_utc),
        WITHDRAWN: None,
    }


def predicted_crossing_from(values: Values) -> PredictedCrossing:
    """Return a predicted crossing from its row (``PREDICTED_CROSSING_READ``)."""
    (
        uid,
        blob,
        track_uid,
        limit_code,
        from_side,
        to_side,
        is_legal,
        crosses_at_utc,
        fix_uid,
        rule,
        course_deg,
        speed_kn,
        logged_at_utc,
    ) = values
    return PredictedCrossing(
        uid=uid_of(uid),
        track_uid=uid_of(track_uid),
        limit_code=text_of(limit_code),
        from_side=text_of(from_side),
        to_side=text_of(to_side),
        is_legal=flag_of(is_legal),
        position=required_position_of(blob),
        crosses_at_utc=time_of(crosses_at_utc),
        fix_uid=text_of(fix_uid),
        rule=_RULES[rule],
        course_deg=real_of(course_deg),
        speed_kn=required_real_of(speed_kn),
        logged_at_utc=time_of(logged_at_utc),
    )


LIMIT_READ: Final = (
    "uid",
    "geom",
    "purpose",
    "name",
    "is_area",
    "left_side",
    "right_side",
    "is_legal",
    "source",
    "loaded_at_utc",
    "loaded_by",
)


def limit_row(limit: LoadedLimit) -> Row:
    """Return the row of a limit that a desk has loaded."""
    return {
        GEOMETRY: line_value(limit.points),
        "uid": limit.uid,
        "purpose": limit.purpose.value,
        "name": text_value(limit.name),
        "is_area": int(limit.is_area),
        "left_side": text_value(limit.left),
        "right_side": text_value(limit.right),
        "is_legal": int(limit.is_legal),
        "source": text_value(limit.source),
        "loaded_at_utc": time_text(limit.loaded_at_utc),
        "loaded_by": text_value(limit.loaded_by),
        WITHDRAWN: None,
    }


def limit_from(values: Values) -> LoadedLimit:
    """Return a limit that a desk has loaded from its row (``LIMIT_READ``)."""
    (
        uid,
        blob,
        purpose,
        name,
        is_area,
        left,
        right,
        is_legal,
        source,
        loaded_at_utc,
        loaded_by,
    ) = values
    return LoadedLimit(
        uid=uid_of(uid),
        purpose=_PURPOSES[purpose],
        name=text_of(name),
        points=points_of(blob),
        is_area=flag_of(is_area),
        left=text_of(left),
        right=text_of(right),
        is_legal=flag_of(is_legal),
        source=text_of(source),
        loaded_at_utc=time_of(loaded_at_utc),
        loaded_by=text_of(loaded_by),
    )


SEARCH_READ: Final = (
    "uid",
    "geom",
    "name",
    "kind",
    "track_uid",
    "searcher",
    "searcher_speed_kn",
    "datum_lon_deg",
    "datum_lat_deg",
    "datum_at_utc",
    "radius_m",
    "drift_m",
    "initial_error_m",
    "searcher_error_m",
    "drift_error_share",
    "safety_factor",
    "first_leg_deg",
    "spacing_m",
    "turn",
    "length_m",
    "width_m",
    "created_at_utc",
    "created_by",
)


def search_row(search: PlannedSearch) -> Row:
    """Return the row of a planned search."""
    return {
        GEOMETRY: line_value(search.waypoints),
        "uid": search.uid,
        "name": text_value(search.name),
        "kind": search.kind.value,
        "track_uid": search.track_uid,
        "searcher": text_value(search.searcher),
        "searcher_speed_kn": real_value(search.searcher_speed_kn),
        "datum_lon_deg": search.datum.lon_deg,
        "datum_lat_deg": search.datum.lat_deg,
        "datum_at_utc": time_text(search.datum_at_utc),
        "radius_m": real_value(search.radius_m),
        "drift_m": real_value(search.drift_m),
        "initial_error_m": real_value(search.initial_error_m),
        "searcher_error_m": real_value(search.searcher_error_m),
        "drift_error_share": real_value(search.drift_error_share),
        "safety_factor": real_value(search.safety_factor),
        "first_leg_deg": real_value(search.first_leg_deg),
        "spacing_m": real_value(search.spacing_m),
        "turn": search.turn.value,
        "length_m": real_value(search.length_m),
        "width_m": real_value(search.width_m),
        "created_at_utc": time_text(search.created_at_utc),
        "created_by": text_value(search.created_by),
        WITHDRAWN: None,
    }


def search_from(values: Values) -> PlannedSearch:
    """Return a planned search from its row (``SEARCH_READ``)."""
    (
        uid,
        blob,
        name,
        kind,
        track_uid,
        searcher,
        searcher_speed_kn,
        datum_lon_deg,
        datum_lat_deg,
        datum_at_utc,
        radius_m,
        drift_m,
        initial_error_m,
        searcher_error_m,
        drift_error_share,
        safety_factor,
        first_leg_deg,
        spacing_m,
        turn,
        length_m,
        width_m,
        created_at_utc,
        created_by,
    ) = values
    return PlannedSearch(
        uid=uid_of(uid),
        name=text_of(name),
        kind=_PATTERNS[kind],
        track_uid=maybe_uid_of(track_uid),
        searcher=text_of(searcher),
        searcher_speed_kn=real_of(searcher_speed_kn),
        datum=Position(required_real_of(datum_lon_deg), required_real_of(datum_lat_deg)),
        datum_at_utc=time_of(datum_at_utc),
        radius_m=required_real_of(radius_m),
        drift_m=required_real_of(drift_m),
        initial_error_m=required_real_of(initial_error_m),
        searcher_error_m=required_real_of(searcher_error_m),
        drift_error_share=required_real_of(drift_error_share),
        safety_factor=required_real_of(safety_factor),
        first_leg_deg=required_real_of(first_leg_deg),
        spacing_m=required_real_of(spacing_m),
        turn=_TURNS[turn],
        waypoints=points_of(blob),
        length_m=real_of(length_m),
        width_m=real_of(width_m),
        created_at_utc=time_of(created_at_utc),
        created_by=text_of(created_by),
    )

"""The tables of chartwork: stream and wind, watched approaches, crossings, limits, searches.

They stand with the others in ``tables.py``. What they are about, a track or a report, may be
withdrawn or have stayed in an earlier plot: no key refuses that.
"""

from typing import Final

from channelplot.model.codes import LimitPurpose, PatternKind, ReckoningRule, Turn
from channelplot.store.columns import (
    Column,
    Table,
    about_column,
    code_column,
    flag_column,
    geometry_column,
    key_column,
    named_column,
    number_column,
    text_column,
    time_column,
    uid_column,
    withdrawn_column,
)

CONDITIONS: Final = Table(
    "conditions",
    "One row for each stream, wind or both that somebody gave for a time.",
    (
        key_column(),
        uid_column("entry"),
        time_column("valid_from_utc", "Valid from", "When they begin to hold."),
        time_column("valid_until_utc", "Valid until", "When they end to hold."),
        number_column(
            "stream_set_deg",
            "Set (deg)",
            "Where the stream sets to, degrees true; null: no stream given.",
        ),
        number_column(
            "stream_rate_kn", "Rate (kn)", "Rate of the stream, knots; null: no stream given."
        ),
        number_column(
            "wind_from_deg",
            "Wind from (deg)",
            "Where the wind blows from, degrees true; null: no wind given.",
        ),
        number_column(
            "wind_speed_kn", "Wind (kn)", "Speed of the wind, knots; null: no wind given."
        ),
        number_column(
            "leeway_percent",
            "Leeway (%)",
            "Per cent of the wind's speed that a craft makes down the wind; null: not given.",
        ),
        about_column(
            "track_uid", "tracks", "Track", "the craft they are given for alone; null: for all."
        ),
        text_column("source", "Source", "Who or what gave them."),
        time_column("logged_at_utc", "Logged at", "When they were written down."),
        text_column("logged_by", "Logged by", "Who wrote them down."),
        withdrawn_column("entry"),
    ),
)

APPROACH_WATCHES: Final = Table(
    "approach_watches",
    "One row for each two craft whose closest approach is watched.",
    (
        key_column(),
        uid_column("watch"),
        named_column("first_track_uid", "First track", "tracks.uid of the one craft."),
        named_column("second_track_uid", "Second track", "tracks.uid of the other craft."),
        number_column(
            "distance_m", "Distance (m)", "How close they may come on the ground, metres."
        ),
        Column(
            "within_min",
            "INTEGER NOT NULL DEFAULT 0",
            "Within (min)",
            "How soon, minutes from now, before somebody must be told.",
        ),
        time_column("created_at_utc", "Created at", "When the watch was set."),
        text_column("created_by", "Created by", "Who set it."),
        withdrawn_column("watch"),
    ),
)

PREDICTED_CROSSINGS: Final = Table(
    "predicted_crossings",
    "One row for each time a craft was reckoned to cross a limit: predicted, seen by nobody.",
    (
        key_column(),
        geometry_column(
            "POINT",
            "Where it was reckoned to cross (WGS 84, longitude first); predicted, not seen.",
            required=True,
        ),
        uid_column("crossing"),
        named_column("track_uid", "Track", "tracks.uid of the craft."),
        text_column(
            "limit_code", "Limit", "Which limit: uk_fr_1988 or limits.uid of one that was loaded."
        ),
        text_column("from_side", "From", "Whose waters it leaves, as the limit calls them."),
        text_column("to_side", "To", "Whose waters it enters, as the limit calls them."),
        flag_column("is_legal", "Legal", "1 when the limit is the one by law."),
        time_column("crosses_at_utc", "Crosses at", "When it was reckoned to cross; predicted."),
        text_column("fix_uid", "Fix", "reports.uid of the report it was reckoned from."),
        code_column(
            "rule", "Rule", "By what it was reckoned.", ReckoningRule, ReckoningRule.LAST_FIX
        ),
        number_column(
            "course_deg",
            "Course (deg)",
            "Course over the ground there, degrees true; null: it has none.",
        ),
        number_column("speed_kn", "Speed (kn)", "Speed over the ground there, knots."),
        time_column("logged_at_utc", "Logged at", "When the program wrote it down."),
        withdrawn_column("crossing"),
    ),
    geometry_type="POINT",
)

LIMITS: Final = Table(
    "limits",
    "One row for each limit of waters or of a search and rescue region that a desk has loaded.",
    (
        key_column(),
        # An outline is a line too: one type for the whole layer, which every GIS can draw, and
        # none of the rules for areas that a published outline may break.
        geometry_column(
            "LINESTRING",
            "The limit, or the outline of an area, which ends where it begins (WGS 84, longitude"
            " first). Its points are joined by rhumb lines.",
        ),
        uid_column("limit"),
        code_column(
            "purpose",
            "Purpose",
            "What it parts: the waters of states, or search and rescue regions.",
            LimitPurpose,
            LimitPurpose.WATERS,
        ),
        named_column("name", "Name", "Name of the limit or of the area."),
        flag_column("is_area", "Area", "1 for the outline of an area, 0 for a line."),
        text_column(
            "left_side",
            "Left",
            "Whose it is on the left of a line, looking from its first point to its last; of an"
            " area whose it is.",
        ),
        text_column("right_side", "Right", "Whose it is on the right of a line."),
        flag_column(
            "is_legal",
            "Legal",
            "1 when it is the limit itself as published, by the word of whoever loaded it.",
        ),
        text_column("source", "Source", "The file, and what it says of where it comes from."),
        time_column("loaded_at_utc", "Loaded at", "When it was loaded."),
        text_column("loaded_by", "Loaded by", "Who loaded it."),
        withdrawn_column("limit"),
    ),
    geometry_type="LINESTRING",
)

SEARCHES: Final = Table(
    "searches",
    "One row for each search as it was planned, with every figure it follows from.",
    (
        key_column(),
        geometry_column(
            "LINESTRING",
            "The legs through their waypoints in order (WGS 84, longitude first).",
        ),
        uid_column("search"),
        named_column("name", "Name", "What the desk calls the search, such as S1."),
        code_column("kind", "Kind", "The pattern.", PatternKind, PatternKind.EXPANDING_SQUARE),
        about_column(
            "track_uid", "tracks", "Track", "the craft that is searched for; null: none is named."
        ),
        text_column("searcher", "Searcher", "Who searches."),
        number_column(
            "searcher_speed_kn", "Searcher's speed (kn)", "Along the legs, knots; null: not said."
        ),
        Column(
            "datum_lon_deg",
            "DOUBLE NOT NULL",
            "Datum longitude (deg)",
            "Longitude of the datum, the most probable place: degrees east, WGS 84.",
        ),
        Column(
            "datum_lat_deg",
            "DOUBLE NOT NULL",
            "Datum latitude (deg)",
            "Latitude of the datum: degrees north, WGS 84.",
        ),
        time_column("datum_at_utc", "Datum at", "When the datum holds."),
        number_column("radius_m", "Radius (m)", "How far around the datum it may be, metres."),
        number_column("drift_m", "Drift (m)", "How far it has drifted since, metres."),
        number_column(
            "initial_error_m", "Initial error (m)", "Error of the position it drifted from, metres."
        ),
        number_column("searcher_error_m", "Searcher's error (m)", "Error of who searches, metres."),
        number_column(
            "drift_error_share", "Drift error", "Share of the drift that its error is: 0.3 is 30 %."
        ),
        number_column(
            "safety_factor", "Safety factor", "By what the error is multiplied for the radius."
        ),
        number_column("first_leg_deg", "First leg (deg)", "Course of the first leg, degrees true."),
        number_column("spacing_m", "Spacing (m)", "Between neighbouring legs, metres."),
        code_column("turn", "Turn", "To which side the legs turn.", Turn, Turn.STARBOARD),
        number_column(
            "length_m", "Length (m)", "Length of a parallel track's rectangle, metres; else null."
        ),
        number_column(
            "width_m", "Width (m)", "Width of a parallel track's rectangle, metres; else null."
        ),
        time_column("created_at_utc", "Created at", "When it was planned."),
        text_column("created_by", "Created by", "Who planned it."),
        withdrawn_column("search"),
    ),
    geometry_type="LINESTRING",
)

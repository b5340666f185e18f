"""The tables of a plot file: names, types, checks and the words that describe them.

Other programs read these names: they are a public format. Nothing is renamed or
removed; what is added raises ``SCHEMA_VERSION`` and gets an upgrade step. Every column
is described here and, from here, in ``gpkg_data_columns`` of each file.

A check never refuses what the model can hold or what QGIS writes: GDAL leaves out the
milliseconds where they are zero, so both forms of a time pass. ``model/rules.py`` says
what is wrong with a plot beyond that.
"""

from typing import Final

from channelplot.model.codes import (
    AlertCode,
    BoatType,
    CountBasis,
    Craft,
    PositionForm,
    ReportKind,
    SourceKind,
    TrackStatus,
)
from channelplot.store.chartwork_tables import APPROACH_WATCHES as APPROACH_WATCHES
from channelplot.store.chartwork_tables import CONDITIONS as CONDITIONS
from channelplot.store.chartwork_tables import LIMITS as LIMITS
from channelplot.store.chartwork_tables import PREDICTED_CROSSINGS as PREDICTED_CROSSINGS
from channelplot.store.chartwork_tables import SEARCHES as SEARCHES
from channelplot.store.columns import FID as FID
from channelplot.store.columns import GEOMETRY as GEOMETRY
from channelplot.store.columns import (
    NOW_BY_DEFAULT,
    code_column,
    count_column,
    flag_column,
    geometry_column,
    key_column,
    named_column,
    number_column,
    reference_column,
    text_column,
    time_column,
    uid_column,
    withdrawn_column,
)
from channelplot.store.columns import UID as UID
from channelplot.store.columns import WITHDRAWN as WITHDRAWN
from channelplot.store.columns import Column as Column
from channelplot.store.columns import Table as Table
from channelplot.store.reference_tables import REFERENCE_LAYERS as REFERENCE_LAYERS

SCHEMA_VERSION: Final = 4
APPLICATION: Final = "Channel Plot"
"""``app_meta.application`` starts with this; a GeoPackage without it is not ours."""
BY_PROGRAM: Final = APPLICATION
"""The operator of the acts in ``edit_log`` that the program did by itself."""

TRACKS: Final = Table(
    "tracks",
    "One row for each craft: a claim that some reports tell of the same boat.",
    (
        key_column(),
        geometry_column(
            "LINESTRING",
            "Line through the track's reports of kind position that are not withdrawn, in order"
            " of observed_at_utc (WGS 84, longitude first); null until there are two. Derived:"
            " edit_log does not repeat it.",
        ),
        uid_column("track"),
        named_column("name", "Name", "What the desk calls the craft."),
        code_column("craft", "Craft", "What kind of craft it is.", Craft, Craft.SMALL_BOAT),
        code_column("status", "Status", "State of the craft.", TrackStatus, TrackStatus.REPORTED),
        Column(
            "launch_beach_uid",
            "TEXT",
            "Launch beach",
            "beaches.uid of the place it left from, null when not known; the beach may be"
            " withdrawn, or have stayed in an earlier plot.",
        ),
        text_column("note", "Note", "Free words about the craft."),
        time_column("created_at_utc", "Created at", "When the track was started."),
        text_column("created_by", "Created by", "Who started the track."),
        withdrawn_column("track"),
        text_column("uk_reference", "UK reference", "What the British coastguard calls the case."),
        text_column(
            "fr_reference", "French reference", "What the French coastguard calls the case."
        ),
        code_column("boat_type", "Type of boat", "What it looks like; null: not known.", BoatType),
        text_column("colour", "Colour", "Its colours, in words."),
        number_column("length_m", "Length (m)", "Length over all, metres; null: not known."),
        text_column("engine", "Engine", "Its engine, in words."),
        Column(
            "same_as_uid",
            "TEXT",
            "Same as",
            "tracks.uid of the track this one was merged into, which has its reports; null: none.",
        ),
        count_column(
            "contact_interval_min",
            "Contact every (min)",
            "Minutes between contacts; null: the desk's usual.",
        ),
        number_column(
            "speed_kn",
            "Speed (kn)",
            "What it makes over the ground when it is sent, knots; null: nobody has said.",
        ),
    ),
    geometry_type="LINESTRING",
)

REPORTS: Final = Table(
    "reports",
    "One row for each thing reported: what the desk was told or saw.",
    (
        key_column(),
        geometry_column(
            "POINT",
            "Where the thing was seen (WGS 84, longitude first); null when no position was given.",
        ),
        uid_column("report"),
        reference_column(
            "track_uid", "tracks", "Track", "tracks.uid of the craft; null: not attributed."
        ),
        code_column("kind", "Kind", "What the report tells of.", ReportKind, ReportKind.POSITION),
        time_column("observed_at_utc", "Observed at", "When the craft was there."),
        time_column("received_at_utc", "Received at", "When the desk was told."),
        time_column("logged_at_utc", "Logged at", "When it was written down."),
        text_column("as_received", "As received", "The words as they were received."),
        code_column(
            "position_form",
            "Position form",
            "The form the position was given in; null when there is none.",
            PositionForm,
        ),
        number_column(
            "error_m", "Error (m)", "Radius of the error circle, metres; null: not known."
        ),
        code_column("source", "Source", "Who or what told us.", SourceKind, SourceKind.UNKNOWN),
        text_column("source_name", "Source name", "Name or callsign of the source."),
        text_column("grade", "Grade", "Grade given to source and content, for example 1A."),
        number_column(
            "course_deg", "Course (deg)", "Course over the ground as reported, degrees true."
        ),
        number_column("speed_kn", "Speed (kn)", "Speed over the ground as reported, knots."),
        count_column(
            "people_total", "People", "Number of people told of or counted; null: not said."
        ),
        count_column("people_children", "Children", "How many of people_total are children."),
        text_column("logged_by", "Logged by", "Who wrote the report down."),
        withdrawn_column("report"),
        code_column(
            "boat_type", "Type of boat", "What the boat looked like; null: not said.", BoatType
        ),
        text_column(
            "caller",
            "Caller",
            "Telephone number or call sign it came from; report:UID means the same telephone as"
            " that report's. Personal data: to be masked in what is released.",
        ),
    ),
    geometry_type="POINT",
    indexed=("track_uid",),
)

BEACHES: Final = Table(
    "beaches",
    "One row for each launch place.",
    (
        key_column(),
        geometry_column("POINT", "The launch place (WGS 84, longitude first).", required=True),
        uid_column("beach"),
        named_column("name", "Name", "Name of the beach."),
        text_column("commune", "Commune", "Commune or parish it lies in."),
        text_column("department", "Department", "Department or county it lies in."),
        text_column("country", "Country", "Country it lies in."),
        text_column("source", "Source", "Where the position comes from."),
        number_column("error_m", "Error (m)", "How far the position may be off, metres."),
        text_column("note", "Note", "Free words about the beach."),
        withdrawn_column("beach"),
    ),
    geometry_type="POINT",
)

MARKS: Final = Table(
    "marks",
    "One row for each named mark of the desk: a light, a headland, an entrance.",
    (
        key_column(),
        geometry_column("POINT", "The mark (WGS 84, longitude first).", required=True),
        uid_column("mark"),
        named_column("code", "Code", "What the desk calls the mark for short."),
        named_column("name", "Name", "Name of the mark."),
        text_column(
            "kind",
            "Kind",
            "What it is: light, light_float, entrance, headland, beacon, buoy, other.",
        ),
        number_column("error_m", "Error (m)", "How far the position may be off, metres."),
        text_column("source", "Source", "Where the position comes from."),
        withdrawn_column("mark"),
    ),
    geometry_type="POINT",
)

PEOPLE_COUNTS: Final = Table(
    "people_counts",
    "One row for each number of people told or counted.",
    (
        key_column(),
        uid_column("count"),
        reference_column("track_uid", "tracks", "Track", "tracks.uid of the craft, if attributed."),
        reference_column(
            "report_uid", "reports", "Report", "reports.uid of the report that says so."
        ),
        code_column(
            "basis",
            "Basis",
            "Told to the desk, or counted by an officer.",
            CountBasis,
            CountBasis.REPORTED,
        ),
        time_column("at_utc", "At", "When the number held: observed_at_utc of its report."),
        count_column(
            "total", "Total", "All people; for a report's count the same as its people_total."
        ),
        count_column("men", "Men", "How many of the total are men."),
        count_column("women", "Women", "How many of the total are women."),
        count_column("children", "Children", "How many are children; repeats people_children."),
        count_column("medical", "Medical", "How many of the total need medical care."),
        count_column("deceased", "Deceased", "How many of the total are dead."),
        count_column("missing", "Missing", "How many of the total are missing."),
        flag_column("is_estimate", "Estimate", "1 when the number was given as an estimate."),
        withdrawn_column("count"),
    ),
    indexed=("track_uid", "report_uid"),
)

STATUS_CHANGES: Final = Table(
    "status_changes",
    "One row for each change of a track's status.",
    (
        key_column(),
        uid_column("change"),
        reference_column("track_uid", "tracks", "Track", "tracks.uid of the craft."),
        count_column("step", "Step", "Place of the change in its track's list, from 0."),
        code_column("status", "Status", "The status given.", TrackStatus, TrackStatus.REPORTED),
        time_column("at_utc", "At", "From when on."),
        text_column("reason", "Reason", "Why, in the operator's words."),
        withdrawn_column("change"),
        text_column("given_by", "Given by", "Who gave the status."),
        text_column("identified_by", "Identified by", "Who saw that it was this craft."),
        text_column("identified_how", "Identified how", "How it was identified."),
        text_column(
            "explained_by",
            "Explained by",
            "Who answers for people who are unaccounted for, or for closing without"
            " identification.",
        ),
        count_column("unaccounted", "Unaccounted", "People unaccounted for then; null: not asked."),
        count_column(
            "unaccounted_children",
            "Children unaccounted",
            "How many of those are children; null: not known.",
        ),
    ),
    indexed=("track_uid",),
)

LOG_LINES: Final = Table(
    "log_lines",
    "Free lines of the watch log.",
    (
        key_column(),
        uid_column("line"),
        time_column("at_utc", "At", "When it was written."),
        text_column("text", "Text", "The words."),
        reference_column(
            "track_uid", "tracks", "Track", "tracks.uid of the craft it is about, if any."
        ),
        text_column("operator", "Operator", "Who wrote it."),
        withdrawn_column("line"),
    ),
    indexed=("track_uid",),
)

ACKNOWLEDGEMENTS: Final = Table(
    "acknowledgements",
    "One row for each alert that a named person has seen.",
    (
        key_column(),
        uid_column("acknowledgement"),
        # Without a check: a code that this version does not know of is left where it is.
        Column("alert", "TEXT NOT NULL", "Alert", "Code of the alert.", AlertCode),
        named_column("entity_uid", "About", "uid of what the alert is about, such as a track."),
        time_column("raised_at_utc", "Raised at", "Since when it was an alert."),
        time_column("at_utc", "At", "When it was acknowledged."),
        text_column("acknowledged_by", "Acknowledged by", "Who acknowledged it."),
        withdrawn_column("acknowledgement"),
    ),
)

EDIT_LOG: Final = Table(
    "edit_log",
    "One row for each act, never changed or removed; each row's hash covers the one before.",
    (
        key_column("seq"),
        time_column("at_utc", "At", "When the act was done."),
        named_column("operator", "Operator", "Who did it."),
        named_column("label", "Label", "Code of the act."),
        named_column(
            "entity", "Entity", "Kind of the main thing, such as report, track, search or plot."
        ),
        named_column("entity_uid", "Entity uid", "uid of the main thing."),
        named_column(
            "before",
            "Before",
            "JSON {table: {uid: {column: value}}} of every changed row as it stood; a row that is"
            " new is left out. A geometry is well-known text; tracks.geom is left out, it follows"
            " from the reports.",
        ),
        named_column("after", "After", "The same rows after the act."),
        named_column(
            "previous_hash", "Previous hash", "hash of the row before; empty in the first."
        ),
        named_column(
            "hash",
            "Hash",
            "SHA-256, hex, of the UTF-8 JSON array [previous_hash, seq, at_utc, operator, label,"
            " entity, entity_uid, before, after, name, reason] of this row's values, without"
            " spaces and without escaping non-ASCII. Rows from before schema version 2, whose"
            " name is null, leave the last two out.",
        ),
        Column(
            "name",
            "TEXT",
            "Name",
            "What the act is about, for people: a track's name, a beach's, a number of things.",
        ),
        Column("reason", "TEXT", "Reason", "Why, in the operator's words."),
    ),
)

APP_META: Final = Table(
    "app_meta",
    "What the program keeps about the file.",
    (
        key_column("id"),
        Column("key", "TEXT NOT NULL UNIQUE", "Key", "Name of the entry."),
        Column("value", "TEXT NOT NULL", "Value", "Its value."),
    ),
)

LAYER_STYLES: Final = Table(
    "layer_styles",
    "How QGIS draws the layers.",
    (
        key_column("id"),
        Column("f_table_catalog", "TEXT(256)", "Catalogue", "Empty in a GeoPackage."),
        Column("f_table_schema", "TEXT(256)", "Schema", "Empty in a GeoPackage."),
        Column("f_table_name", "TEXT(256)", "Table", "The layer that the style is for."),
        Column("f_geometry_column", "TEXT(256)", "Geometry column", "Its geometry column."),
        Column("styleName", "TEXT(30)", "Name", "Name of the style."),
        Column("styleQML", "TEXT", "QML", "The style, in QGIS's own form."),
        Column("styleSLD", "TEXT", "SLD", "The style as SLD; not used here."),
        Column("useAsDefault", "BOOLEAN", "Default", "1: the layer opens with this style."),
        Column("description", "TEXT", "Description", "What the style shows."),
        Column("owner", "TEXT(30)", "Owner", "Who made it."),
        Column("ui", "TEXT(30)", "Form", "An attribute form; not used here."),
        Column(
            "update_time",
            f"DATETIME {NOW_BY_DEFAULT}",
            "Updated at",
            "When the style was changed. UTC.",
        ),
    ),
)

TABLES: Final = (
    TRACKS,
    REPORTS,
    BEACHES,
    MARKS,
    PEOPLE_COUNTS,
    STATUS_CHANGES,
    LOG_LINES,
    ACKNOWLEDGEMENTS,
    CONDITIONS,
    APPROACH_WATCHES,
    PREDICTED_CROSSINGS,
    LIMITS,
    SEARCHES,
    REFERENCE_LAYERS,
    EDIT_LOG,
    APP_META,
    LAYER_STYLES,
)
"""In the order they are made: a table that refers to another comes after it."""

REQUIRED: Final = tuple(table for table in TABLES if table is not LAYER_STYLES)
"""What a plot file cannot do without."""

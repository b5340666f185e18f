"""The tables of a plot file: names, types, checks and the words that describe them.

Other programs read these names: they are a public format. Nothing is renamed or
removed; what is added raises ``SCHEMA_VERSION`` and gets an upgrade step. Every column
is described here and, from here, in ``gpkg_data_columns`` of each file.

A check never refuses what the model can hold or what QGIS writes: GDAL leaves out the
milliseconds where they are zero, so both forms of a time pass. ``model/rules.py`` says
what is wrong with a plot beyond that.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from channelplot.model.codes import (
    BoatType,
    CountBasis,
    Craft,
    PositionForm,
    ReportKind,
    SourceKind,
    TrackStatus,
)

SCHEMA_VERSION: Final = 2
APPLICATION: Final = "Channel Plot"
"""``app_meta.application`` starts with this; a GeoPackage without it is not ours."""

FID: Final = "fid"
GEOMETRY: Final = "geom"
UID: Final = "uid"
WITHDRAWN: Final = "withdrawn_at_utc"

_SECONDS = "[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]"
_NOW = "DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now'))"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its definition in SQL, its title and description, its code list."""

    name: str
    sql: str
    title: str
    description: str
    codes: type[StrEnum] | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """One table; geometry_type is None for one without geometry (``attributes``)."""

    name: str
    description: str
    columns: tuple[Column, ...]
    geometry_type: str | None = None
    indexed: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Return the name of the INTEGER PRIMARY KEY column."""
        return self.columns[0].name

    @property
    def column_names(self) -> tuple[str, ...]:
        """Return the names of all columns except the key, which SQLite hands out."""
        return tuple(column.name for column in self.columns[1:])


def _key(name: str = FID) -> Column:
    return Column(
        name,
        "INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL",
        "Row number",
        "Number of the row, never used twice.",
    )


def _uid(thing: str) -> Column:
    return Column(
        UID,
        # Null for the moment in which a trigger finds it so and gives the row one. A
        # default would not do: QGIS 3.22 writes the words of the expression.
        "TEXT UNIQUE",
        "Identifier",
        f"Identifier of the {thing}: a UUID, lower case; stays for ever. Given by itself to"
        " a row that is added without one.",
    )


def _geometry(geometry_type: str, description: str, *, required: bool = False) -> Column:
    check = f"CHECK ({GEOMETRY} IS NULL OR typeof({GEOMETRY}) = 'blob')"
    not_null = "NOT NULL " if required else ""
    return Column(GEOMETRY, f"{geometry_type} {not_null}{check}", "Geometry", description)


def _text(name: str, title: str, description: str) -> Column:
    return Column(name, "TEXT DEFAULT ''", title, description)


def _named(name: str, title: str, description: str) -> Column:
    return Column(name, "TEXT NOT NULL", title, description)


def _time(name: str, title: str, description: str, *, required: bool = True) -> Column:
    check = f"CHECK ({name} GLOB '{_SECONDS}.[0-9][0-9][0-9]Z' OR {name} GLOB '{_SECONDS}Z')"
    sql = f"DATETIME NOT NULL {_NOW} {check}" if required else f"DATETIME {check}"
    return Column(name, sql, title, f"{description} UTC, YYYY-MM-DDTHH:MM:SS.SSSZ.")


def _withdrawn(thing: str) -> Column:
    return _time(
        WITHDRAWN,
        "Withdrawn at",
        f"When the {thing} was withdrawn; null while it stands. Nothing is ever deleted.",
        required=False,
    )


def _code(
    name: str, title: str, description: str, codes: type[StrEnum], default: StrEnum | None = None
) -> Column:
    values = ", ".join(f"'{code}'" for code in codes)
    required = f"NOT NULL DEFAULT '{default}' " if default is not None else ""
    return Column(name, f"TEXT {required}CHECK ({name} IN ({values}))", title, description, codes)


def _number(name: str, title: str, description: str) -> Column:
    return Column(name, "DOUBLE", title, description)


def _count(name: str, title: str, description: str) -> Column:
    return Column(name, "INTEGER", title, description)


def _reference(name: str, table: str, title: str, description: str) -> Column:
    # Deferred: the rows of one act may be written in any order.
    sql = f"TEXT REFERENCES {table} (uid) DEFERRABLE INITIALLY DEFERRED"
    return Column(name, sql, title, description)


TRACKS: Final = Table(
    "tracks",
    "One row for each craft: a claim that some reports tell of the same boat.",
    (
        _key(),
        _geometry(
            "LINESTRING",
            "Line through the track's reports of kind position that are not withdrawn, in order"
            " of observed_at_utc (WGS 84, longitude first); null until there are two. Derived:"
            " edit_log does not repeat it.",
        ),
        _uid("track"),
        _named("name", "Name", "What the desk calls the craft."),
        _code("craft", "Craft", "What kind of craft it is.", Craft, Craft.SMALL_BOAT),
        _code("status", "Status", "State of the craft.", TrackStatus, TrackStatus.REPORTED),
        Column(
            "launch_beach_uid",
            "TEXT",
            "Launch beach",
            "beaches.uid of the place it left from, null when not known; the beach may be"
            " withdrawn, or have stayed in an earlier plot.",
        ),
        _text("note", "Note", "Free words about the craft."),
        _time("created_at_utc", "Created at", "When the track was started."),
        _text("created_by", "Created by", "Who started the track."),
        _withdrawn("track"),
        _text("uk_reference", "UK reference", "What the British coastguard calls the case."),
        _text("fr_reference", "French reference", "What the French coastguard calls the case."),
        _code("boat_type", "Type of boat", "What it looks like; null: not known.", BoatType),
        _text("colour", "Colour", "Its colours, in words."),
        _number("length_m", "Length (m)", "Length over all, metres; null: not known."),
        _text("engine", "Engine", "Its engine, in words."),
        Column(
            "same_as_uid",
            "TEXT",
            "Same as",
            "tracks.uid of the track this one was merged into, which has its reports; null: none.",
        ),
        _count(
            "contact_interval_min",
            "Contact every (min)",
            "Minutes between contacts; null: the desk's usual.",
        ),
    ),
    geometry_type="LINESTRING",
)

REPORTS: Final = Table(
    "reports",
    "One row for each thing reported: what the desk was told or saw.",
    (
        _key(),
        _geometry(
            "POINT",
            "Where the thing was seen (WGS 84, longitude first); null when no position was given.",
        ),
        _uid("report"),
        _reference(
            "track_uid", "tracks", "Track", "tracks.uid of the craft; null: not attributed."
        ),
        _code("kind", "Kind", "What the report tells of.", ReportKind, ReportKind.POSITION),
        _time("observed_at_utc", "Observed at", "When the craft was there."),
        _time("received_at_utc", "Received at", "When the desk was told."),
        _time("logged_at_utc", "Logged at", "When it was written down."),
        _text("as_received", "As received", "The words as they were received."),
        _code(
            "position_form",
            "Position form",
            "The form the position was given in; null when there is none.",
            PositionForm,
        ),
        _number("error_m", "Error (m)", "Radius of the error circle, metres; null: not known."),
        _code("source", "Source", "Who or what told us.", SourceKind, SourceKind.UNKNOWN),
        _text("source_name", "Source name", "Name or callsign of the source."),
        _text("grade", "Grade", "Grade given to source and content, for example 1A."),
        _number("course_deg", "Course (deg)", "Course over the ground as reported, degrees true."),
        _number("speed_kn", "Speed (kn)", "Speed over the ground as reported, knots."),
        _count("people_total", "People", "Number of people told of or counted; null: not said."),
        _count("people_children", "Children", "How many of people_total are children."),
        _text("logged_by", "Logged by", "Who wrote the report down."),
        _withdrawn("report"),
        _code("boat_type", "Type of boat", "What the boat looked like; null: not said.", BoatType),
        _text(
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
        _key(),
        _geometry("POINT", "The launch place (WGS 84, longitude first).", required=True),
        _uid("beach"),
        _named("name", "Name", "Name of the beach."),
        _text("commune", "Commune", "Commune or parish it lies in."),
        _text("department", "Department", "Department or county it lies in."),
        _text("country", "Country", "Country it lies in."),
        _text("source", "Source", "Where the position comes from."),
        _number("error_m", "Error (m)", "How far the position may be off, metres."),
        _text("note", "Note", "Free words about the beach."),
        _withdrawn("beach"),
    ),
    geometry_type="POINT",
)

MARKS: Final = Table(
    "marks",
    "One row for each named mark of the desk: a light, a headland, an entrance.",
    (
        _key(),
        _geometry("POINT", "The mark (WGS 84, longitude first).", required=True),
        _uid("mark"),
        _named("code", "Code", "What the desk calls the mark for short."),
        _named("name", "Name", "Name of the mark."),
        _text(
            "kind",
            "Kind",
            "What it is: light, light_float, entrance, headland, beacon, buoy, other.",
        ),
        _number("error_m", "Error (m)", "How far the position may be off, metres."),
        _text("source", "Source", "Where the position comes from."),
        _withdrawn("mark"),
    ),
    geometry_type="POINT",
)

PEOPLE_COUNTS: Final = Table(
    "people_counts",
    "One row for each number of people told or counted.",
    (
        _key(),
        _uid("count"),
        _reference("track_uid", "tracks", "Track", "tracks.uid of the craft, if attributed."),
        _reference("report_uid", "reports", "Report", "reports.uid of the report that says so."),
        _code(
            "basis",
            "Basis",
            "Told to the desk, or counted by an officer.",
            CountBasis,
            CountBasis.REPORTED,
        ),
        _time("at_utc", "At", "When the number held: observed_at_utc of its report."),
        _count("total", "Total", "All people; for a report's count the same as its people_total."),
        _count("men", "Men", "How many of the total are men."),
        _count("women", "Women", "How many of the total are women."),
        _count("children", "Children", "How many are children; repeats people_children."),
        _count("medical", "Medical", "How many of the total need medical care."),
        _count("deceased", "Deceased", "How many of the total are dead."),
        _count("missing", "Missing", "How many of the total are missing."),
        Column(
            "is_estimate",
            "BOOLEAN NOT NULL DEFAULT 0",
            "Estimate",
            "1 when the number was given as an estimate.",
        ),
        _withdrawn("count"),
    ),
    indexed=("track_uid", "report_uid"),
)

STATUS_CHANGES: Final = Table(
    "status_changes",
    "One row for each change of a track's status.",
    (
        _key(),
        _uid("change"),
        _reference("track_uid", "tracks", "Track", "tracks.uid of the craft."),
        _count("step", "Step", "Place of the change in its track's list, from 0."),
        _code("status", "Status", "The status given.", TrackStatus, TrackStatus.REPORTED),
        _time("at_utc", "At", "From when on."),
        _text("reason", "Reason", "Why, in the operator's words."),
        _withdrawn("change"),
        _text("given_by", "Given by", "Who gave the status."),
        _text("identified_by", "Identified by", "Who saw that it was this craft."),
        _text("identified_how", "Identified how", "How it was identified."),
        _text(
            "explained_by",
            "Explained by",
            "Who answers for people who are unaccounted for, or for closing without"
            " identification.",
        ),
        _count("unaccounted", "Unaccounted", "People unaccounted for then; null: not asked."),
        _count(
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
        _key(),
        _uid("line"),
        _time("at_utc", "At", "When it was written."),
        _text("text", "Text", "The words."),
        _reference("track_uid", "tracks", "Track", "tracks.uid of the craft it is about, if any."),
        _text("operator", "Operator", "Who wrote it."),
        _withdrawn("line"),
    ),
    indexed=("track_uid",),
)

ACKNOWLEDGEMENTS: Final = Table(
    "acknowledgements",
    "One row for each alert that a named person has seen.",
    (
        _key(),
        _uid("acknowledgement"),
        _named("alert", "Alert", "Code of the alert: overdue, closed_unaccounted."),
        _named("entity_uid", "About", "uid of what the alert is about: a track."),
        _time("raised_at_utc", "Raised at", "Since when it was an alert."),
        _time("at_utc", "At", "When it was acknowledged."),
        _text("acknowledged_by", "Acknowledged by", "Who acknowledged it."),
        _withdrawn("acknowledgement"),
    ),
)

EDIT_LOG: Final = Table(
    "edit_log",
    "One row for each act, never changed or removed; each row's hash covers the one before.",
    (
        _key("seq"),
        _time("at_utc", "At", "When the act was done."),
        _named("operator", "Operator", "Who did it."),
        _named("label", "Label", "Code of the act."),
        _named("entity", "Entity", "Kind of the main thing: report, track, beach, mark, plot."),
        _named("entity_uid", "Entity uid", "uid of the main thing."),
        _named(
            "before",
            "Before",
            "JSON {table: {uid: {column: value}}} of every changed row as it stood; a row that is"
            " new is left out. A geometry is well-known text; tracks.geom is left out, it follows"
            " from the reports.",
        ),
        _named("after", "After", "The same rows after the act."),
        _named("previous_hash", "Previous hash", "hash of the row before; empty in the first."),
        _named(
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
        _key("id"),
        Column("key", "TEXT NOT NULL UNIQUE", "Key", "Name of the entry."),
        Column("value", "TEXT NOT NULL", "Value", "Its value."),
    ),
)

LAYER_STYLES: Final = Table(
    "layer_styles",
    "How QGIS draws the layers.",
    (
        _key("id"),
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
        Column("update_time", f"DATETIME {_NOW}", "Updated at", "When the style was changed. UTC."),
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
    EDIT_LOG,
    APP_META,
    LAYER_STYLES,
)
"""In the order they are made: a table that refers to another comes after it."""

REQUIRED: Final = tuple(table for table in TABLES if table is not LAYER_STYLES)
"""What a plot file cannot do without."""

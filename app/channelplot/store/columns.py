"""What the tables of a plot file are declared with: columns of each sort, and their words."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

FID: Final = "fid"
GEOMETRY: Final = "geom"
UID: Final = "uid"
WITHDRAWN: Final = "withdrawn_at_utc"

_SECONDS: Final = "[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]"
NOW_BY_DEFAULT: Final = "DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now'))"


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


def key_column(name: str = FID) -> Column:
    """Return the key of a table, which SQLite hands out."""
    return Column(
        name,
        "INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL",
        "Row number",
        "Number of the row, never used twice.",
    )


def uid_column(thing: str) -> Column:
    """Return the column of a row's uid. thing: what a row is of."""
    return Column(
        UID,
        # Null for the moment in which a trigger finds it so and gives the row one. A
        # default would not do: QGIS 3.22 writes the words of the expression.
        "TEXT UNIQUE",
        "Identifier",
        f"Identifier of the {thing}: a UUID, lower case; stays for ever. Given by itself to"
        " a row that is added without one.",
    )


def geometry_column(geometry_type: str, description: str, *, required: bool = False) -> Column:
    """Return the geometry column. geometry_type: as in GeoPackage 1.4, annex G."""
    check = f"CHECK ({GEOMETRY} IS NULL OR typeof({GEOMETRY}) = 'blob')"
    not_null = "NOT NULL " if required else ""
    return Column(GEOMETRY, f"{geometry_type} {not_null}{check}", "Geometry", description)


def text_column(name: str, title: str, description: str) -> Column:
    """Return a column of free text, empty unless said."""
    return Column(name, "TEXT DEFAULT ''", title, description)


def named_column(name: str, title: str, description: str) -> Column:
    """Return a column of text that every row has."""
    return Column(name, "TEXT NOT NULL", title, description)


def time_column(name: str, title: str, description: str, *, required: bool = True) -> Column:
    """Return a column of a time in UTC; one that is required is now unless said."""
    check = f"CHECK ({name} GLOB '{_SECONDS}.[0-9][0-9][0-9]Z' OR {name} GLOB '{_SECONDS}Z')"
    sql = f"DATETIME NOT NULL {NOW_BY_DEFAULT} {check}" if required else f"DATETIME {check}"
    return Column(name, sql, title, f"{description} UTC, YYYY-MM-DDTHH:MM:SS.SSSZ.")


def withdrawn_column(thing: str) -> Column:
    """Return the column that says when a row was withdrawn. thing: what a row is of."""
    return time_column(
        WITHDRAWN,
        "Withdrawn at",
        f"When the {thing} was withdrawn; null while it stands. Nothing is ever deleted.",
        required=False,
    )


def code_column(
    name: str, title: str, description: str, codes: type[StrEnum], default: StrEnum | None = None
) -> Column:
    """Return a column of codes of a list; without a default it may be null."""
    values = ", ".join(f"'{code}'" for code in codes)
    required = f"NOT NULL DEFAULT '{default}' " if default is not None else ""
    return Column(name, f"TEXT {required}CHECK ({name} IN ({values}))", title, description, codes)


def number_column(name: str, title: str, description: str) -> Column:
    """Return a column of a number, which may be null; its unit is in the name."""
    return Column(name, "DOUBLE", title, description)


def count_column(name: str, title: str, description: str) -> Column:
    """Return a column of a whole number, which may be null."""
    return Column(name, "INTEGER", title, description)


def reference_column(name: str, table: str, title: str, description: str) -> Column:
    """Return a column of uids of another table, which must hold them."""
    # Deferred: the rows of one act may be written in any order.
    sql = f"TEXT REFERENCES {table} (uid) DEFERRABLE INITIALLY DEFERRED"
    return Column(name, sql, title, description)


def flag_column(name: str, title: str, description: str) -> Column:
    """Return a column of yes or no, no unless said."""
    return Column(name, "BOOLEAN NOT NULL DEFAULT 0", title, description)


def about_column(name: str, table: str, title: str, description: str) -> Column:
    """Return a column of uids of another table whose rows may have stayed in an earlier plot."""
    return Column(name, "TEXT", title, f"{table}.uid of {description}")

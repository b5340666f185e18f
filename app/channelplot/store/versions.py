"""What each version of the tables brought: which parts a file of an earlier one has not."""

from typing import Final

from channelplot.store.tables import (
    ACKNOWLEDGEMENTS,
    APPROACH_WATCHES,
    CONDITIONS,
    EDIT_LOG,
    LIMITS,
    PREDICTED_CROSSINGS,
    REFERENCE_LAYERS,
    REPORTS,
    SEARCHES,
    STATUS_CHANGES,
    TRACKS,
    Table,
)

_NEW_TABLES: Final = {
    ACKNOWLEDGEMENTS.name: 2,
    CONDITIONS.name: 3,
    APPROACH_WATCHES.name: 3,
    PREDICTED_CROSSINGS.name: 3,
    LIMITS.name: 3,
    SEARCHES.name: 3,
    REFERENCE_LAYERS.name: 4,
}
"""Tables that version 1 had not, and the version that brought them."""
_NEW_COLUMNS: Final = {
    TRACKS.name: dict.fromkeys(
        (
            "uk_reference",
            "fr_reference",
            "boat_type",
            "colour",
            "length_m",
            "engine",
            "same_as_uid",
            "contact_interval_min",
        ),
        2,
    )
    | {"speed_kn": 3},
    REPORTS.name: dict.fromkeys(("boat_type", "caller"), 2),
    STATUS_CHANGES.name: dict.fromkeys(
        (
            "given_by",
            "identified_by",
            "identified_how",
            "explained_by",
            "unaccounted",
            "unaccounted_children",
        ),
        2,
    ),
    EDIT_LOG.name: dict.fromkeys(("name", "reason"), 2),
}
"""The same of the columns of tables that version 1 had."""


def has_table(version: int, table: Table) -> bool:
    """Return whether files of a version have a table."""
    return _NEW_TABLES.get(table.name, 1) <= version


def has_column(version: int, table: Table, column: str) -> bool:
    """Return whether files of a version have a column of a table that they have."""
    return _NEW_COLUMNS.get(table.name, {}).get(column, 1) <= version

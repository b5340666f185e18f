"""What a plot and a file say differently of one thing, in words: to choose by, and for the log."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QCoreApplication

from channelplot.commands.command import Entity
from channelplot.exchange.incoming.conflict import Conflict
from channelplot.geodesy.text import day_zulu_text
from channelplot.ui.log.titles import field_title

translate: Final = QCoreApplication.translate
_NOT_SAID: Final = "-"


def conflict_title(conflict: Conflict) -> str:
    """Return what a conflict is about: ``report 150228Z of A``, ``track A``, ``beach Sangatte``."""
    if conflict.observed_at_utc is not None:
        time = day_zulu_text(conflict.observed_at_utc)
        if not conflict.name:
            return translate("Imports", "report {time}").format(time=time)
        return translate("Imports", "report {time} of {name}").format(time=time, name=conflict.name)
    words = {
        Entity.TRACK: translate("Imports", "track {name}"),
        Entity.BEACH: translate("Imports", "beach {name}"),
    }.get(conflict.entity, translate("Imports", "mark {name}"))
    return words.format(name=conflict.name)


def conflict_text(conflict: Conflict) -> str:
    """Return what a conflict is about, what the plot says and what the file says."""
    return translate("Imports", "{thing}: the plot has {ours}; the file has {theirs}").format(
        thing=conflict_title(conflict),
        ours=fields_text(conflict.ours),
        theirs=fields_text(conflict.theirs),
    )


def fields_text(fields: Mapping[str, str]) -> str:
    """Return fields as text, ``speed 5.0, grade 2C``: values as files have them."""
    return ", ".join(
        f"{import_field_title(name)} {text or _NOT_SAID}" for name, text in fields.items()
    )


def import_field_title(name: str) -> str:
    """Return what a field of ``fields.py`` is called in a sentence."""
    own = {
        "lon_deg": translate("Imports", "longitude"),
        "lat_deg": translate("Imports", "latitude"),
        "track_name": translate("Imports", "track"),
        "status_changes": translate("Imports", "changes of status"),
    }
    return own.get(name) or field_title(name.removeprefix("people_"))


def not_taken_text(conflict: Conflict, fields: Mapping[str, str], file_name: str) -> str:
    """Return the line of the watch log that keeps the version which was not taken.

    fields: those of that version: the plot's, or the file's.
    """
    is_theirs = fields == conflict.theirs
    words = (
        translate("Imports", "Not taken from {file}: {thing}: {fields}")
        if is_theirs
        else translate("Imports", "Replaced by what {file} says: {thing}: {fields}")
    )
    return words.format(file=file_name, thing=conflict_title(conflict), fields=fields_text(fields))

"""What stands in a file that is to come in, piece by piece, each with the line it stands in.

Readers tell a ``Sink`` of it in the file's order and keep nothing themselves, so that a file of a
million rows needs no more room than a short one. A value is as the file has it or is refused;
nothing is guessed, rounded or left out silently.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from threading import Event
from typing import Final, Protocol

from channelplot.errors import ImportFault
from channelplot.geodesy.position import Position
from channelplot.model.beach import Beach, Mark
from channelplot.model.codes import (
    BoatType,
    Craft,
    PositionForm,
    ReportKind,
    SourceKind,
)
from channelplot.model.people import PeopleCount
from channelplot.model.track import Track

NO_TRACK: Final = ""
"""The key of reports that the file gives to no craft."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundReport:
    """A report as a file has it.

    line: where it stands, from 1. track: the key of its craft in this file, NO_TRACK for none.
    as_received: its words, the row or the element as it stands. received_at_utc, logged_at_utc:
    None where the file does not say: then they are those of the import. uid: only from a file of
    this program; otherwise one is made from what it says.
    """

    line: int
    track: str
    observed_at_utc: datetime
    position: Position | None
    as_received: str
    uid: str = ""
    kind: ReportKind = ReportKind.POSITION
    received_at_utc: datetime | None = None
    logged_at_utc: datetime | None = None
    position_form: PositionForm | None = PositionForm.IMPORTED
    error_m: float | None = None
    source: SourceKind | None = None
    source_name: str = ""
    grade: str = ""
    course_deg: float | None = None
    speed_kn: float | None = None
    people: PeopleCount | None = None
    boat_type: BoatType | None = None
    caller: str = ""
    logged_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundTrack:
    """A craft as a file names it.

    key: by which its reports name it, here and, where is_craft_id, in every file: an MMSI, an IMO
    number. name: "" for none. craft: None where the file does not say. usual_craft: what it is
    taken to be until somebody says. record: all of it, from a file of this program, without
    reports; None from others.
    """

    line: int
    key: str
    name: str = ""
    is_craft_id: bool = False
    craft: Craft | None = None
    usual_craft: Craft | None = None
    length_m: float | None = None
    note: str = ""
    record: Track | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPlace:
    """A place without a time: a waypoint. record: a beach or mark, from a file of this program."""

    line: int
    name: str
    position: Position
    note: str = ""
    record: Beach | Mark | None = None


class Zone(StrEnum):
    """What clock the times of a file are by, where it does not say."""

    UTC = "Z"
    UK = "UK"
    FR = "FR"


class DateOrder(StrEnum):
    """How 03/04/2026 is read, where a file does not say."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


class Encoding(StrEnum):
    """What the letters of a table are in, by its registered name (IANA).

    UTF_16 is only found, by its mark. Of others those that spreadsheets write in French and
    English: on Windows and Linux, as MS-DOS did and as the Macintosh did.
    """

    UTF_8 = "utf-8"
    UTF_16 = "utf-16"
    WINDOWS_1252 = "windows-1252"
    ISO_8859_15 = "iso-8859-15"
    IBM850 = "ibm850"
    MACINTOSH = "macintosh"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """What somebody has said of a file that it does not say itself.

    zone, date_order: None where nobody has. encoding: of a table that is neither UTF-8 nor marked,
    None where nobody has; of others it does not count. columns: of a table, which column (its
    title, or its number from 1) holds which field (``fields.py``, or ``table_layouts.py``); none:
    as its titles and the known layouts say. now_utc: the time of the import.
    """

    now_utc: datetime
    zone: Zone | None = None
    date_order: DateOrder | None = None
    encoding: Encoding | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    stop: Event = field(default_factory=Event)


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidOfLayout:
    """What was said of tables of a layout. columns: as in ``ReadOptions``; none: nobody has.

    encoding: None where nobody had to say it.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    encoding: Encoding | None = None


class Sink(Protocol):
    """Who is told what stands in a file."""

    def track(self, track: FoundTrack) -> None:
        """Take a craft; of one that was told before only what is new counts."""

    def report(self, report: FoundReport) -> None:
        """Take a report; its track may come after it, or never: the key is its name then."""

    def place(self, place: FoundPlace) -> None:
        """Take a place without a time."""

    def refuse(self, line: int, fault: ImportFault, detail: str = "") -> None:
        """Take note of something that does not come in. detail: a piece of the file."""

    def progress(self, share: float) -> None:
        """Take note how much of the file is read, 0 to 1."""

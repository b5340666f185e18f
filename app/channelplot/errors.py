"""Every error an operator can be told about, on one page.

Each carries codes and values, never the words: ``ui/words/messages.py`` words them in
the operator's language. Anything else that is raised is a mistake of ours.
"""

from datetime import datetime
from enum import StrEnum
from pathlib import Path


class ChannelPlotError(Exception):
    """What the operator can be told about."""


class InvalidPosition(ChannelPlotError, ValueError):
    """A longitude or latitude that is not a place on Earth."""

    def __init__(self, lon_deg: float, lat_deg: float) -> None:
        """Keep the two numbers, in degrees, as they were given."""
        super().__init__(f"not a position: longitude {lon_deg}, latitude {lat_deg}")
        self.lon_deg = lon_deg
        self.lat_deg = lat_deg


class GridFault(StrEnum):
    """Why a grid reference names no place."""

    ZONE = "zone"
    SQUARE = "square"
    FIGURES = "figures"


class GridError(ChannelPlotError):
    """A reference in UTM or MGRS to a place that does not exist, or outside its zone or band."""

    def __init__(self, fault: GridFault) -> None:
        """Keep the fault's code."""
        super().__init__(str(fault))
        self.fault = fault


class NoVariation(ChannelPlotError):
    """A time outside the years that the World Magnetic Model is good for."""

    def __init__(self, at_utc: datetime) -> None:
        """Keep the time that was asked for."""
        super().__init__(f"no magnetic variation for {at_utc.date()}")
        self.at_utc = at_utc


class PlotFileFault(StrEnum):
    """What is the matter with a plot file."""

    NOT_FOUND = "not_found"
    FOLDER_MISSING = "folder_missing"
    NOT_A_FILE = "not_a_file"
    NAME_TOO_LONG = "name_too_long"
    EXISTS = "exists"
    NOT_GEOPACKAGE = "not_geopackage"
    OTHER_PROGRAM = "other_program"
    DAMAGED = "damaged"
    TOO_NEW = "too_new"
    READ_ONLY = "read_only"
    LOCKED = "locked"
    FULL = "full"
    MOVED = "moved"
    TAKEN = "taken"
    TOO_SLOW = "too_slow"
    FOREIGN = "foreign"
    """Another program put rules of its own into it, which change or refuse what is saved."""
    INPUT_OUTPUT = "input_output"


class PlotFileError(ChannelPlotError):
    """The disk, a lock or the file is at fault, not the program."""

    def __init__(self, fault: PlotFileFault, path: Path, detail: str = "") -> None:
        """Keep the fault's code, the file and the library's own words, if any."""
        super().__init__(f"{fault}: {path}" + (f" ({detail})" if detail else ""))
        self.fault = fault
        self.path = path
        self.detail = detail


class BasemapError(ChannelPlotError):
    """A chart layer or another shipped file is missing or unreadable."""

    def __init__(self, name: str, detail: str = "") -> None:
        """Keep the name of the shipped file and what is wrong with it."""
        super().__init__(f"{name}" + (f" ({detail})" if detail else ""))
        self.name = name
        self.detail = detail


class SnapshotError(ChannelPlotError):
    """A snapshot could not be written."""

    def __init__(self, path: Path, detail: str = "") -> None:
        """Keep the file that was to be written and the reason."""
        super().__init__(f"{path}" + (f" ({detail})" if detail else ""))
        self.path = path
        self.detail = detail


class SheetNotMade(ChannelPlotError):
    """Qt could not make a picture, PDF or SVG."""


class SheetFault(StrEnum):
    """Why there is no such sheet."""

    PAGE_TOO_SMALL = "page_too_small"
    TOO_MANY_PAGES = "too_many_pages"
    NO_AREAS = "no_areas"


class SheetRefused(SheetNotMade):
    """A page has no room for its map, or a series makes more pages than one document may have."""

    def __init__(self, fault: SheetFault, most: int = 0) -> None:
        """Keep the fault's code, and how many pages there may be at most."""
        super().__init__(str(fault))
        self.fault = fault
        self.most = most


class SheetStateFault(StrEnum):
    """Why a plot can't be shown as it was."""

    BEFORE_LOG = "before_log"
    NO_SUCH_ACT = "no_such_act"
    CANNOT_REWIND = "cannot_rewind"
    LOG_CHANGED = "log_changed"
    CHANGED_OUTSIDE = "changed_outside"


class NoPlotThen(ChannelPlotError):
    """The log of a plot does not lead back to the state that is asked for."""

    def __init__(self, fault: SheetStateFault) -> None:
        """Keep the fault's code."""
        super().__init__(str(fault))
        self.fault = fault


class SheetRecordError(ChannelPlotError):
    """A file has no record of a sheet in it, or one that was changed."""


class ExportError(ChannelPlotError):
    """A file for other programs could not be written."""

    def __init__(self, path: Path, detail: str = "") -> None:
        """Keep the file that was to be written and the reason."""
        super().__init__(f"{path}" + (f" ({detail})" if detail else ""))
        self.path = path
        self.detail = detail


class ExportStopped(ChannelPlotError):
    """An export was stopped before its end; what was there is as it was."""


class LimitFileFault(StrEnum):
    """Why a file of limits can't be read."""

    NOT_FOUND = "not_found"
    KIND = "kind"
    UNREADABLE = "unreadable"
    NO_CRS = "no_crs"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    # what stands in a line of the file
    NOT_XML = "not_xml"
    ENTITIES = "entities"
    TOO_DEEP = "too_deep"
    ENCODING = "encoding"
    ZERO_BYTE = "zero_byte"
    NOT_A_TABLE = "not_a_table"
    COLUMNS = "columns"
    DATUM = "datum"
    POSITION_MISSING = "position_missing"
    POSITION_NOT_READ = "position_not_read"
    POSITION_DOUBTFUL = "position_doubtful"
    LATITUDE_RANGE = "latitude_range"
    LONGITUDE_RANGE = "longitude_range"
    SWAPPED = "swapped"
    # archives, and files that are elsewhere
    ARCHIVE = "archive"
    LINKS = "links"


class LimitFileError(ChannelPlotError):
    """Another program's file of lines or areas can't be loaded; the plot has not changed."""

    def __init__(self, fault: LimitFileFault, path: Path, detail: str = "", line: int = 0) -> None:
        """Keep the fault's code, the file and the library's own words or the piece, if any.

        line: of the file, from 1, where the fault stands; 0 where it is the file's as a whole.
        """
        said = [f"line {line}"] if line else []
        said += [detail] if detail else []
        super().__init__(f"{fault}: {path}" + (f" ({': '.join(said)})" if said else ""))
        self.fault = fault
        self.path = path
        self.detail = detail
        self.line = line


class RasterFault(StrEnum):
    """What keeps a file of raster tiles from being shown."""

    UNREADABLE = "unreadable"
    NOT_MBTILES = "not_mbtiles"
    NOT_PICTURES = "not_pictures"
    NO_TILES = "no_tiles"
    UNSAFE = "unsafe"
    TOO_SLOW = "too_slow"
    DAMAGED = "damaged"


class RasterFileError(ChannelPlotError):
    """A file of raster tiles (MBTiles) can't be shown; the plot has not changed."""

    def __init__(self, fault: RasterFault, path: Path, detail: str = "") -> None:
        """Keep the fault's code, the file and SQLite's own words or the value, if any."""
        super().__init__(f"{fault}: {path}" + (f" ({detail})" if detail else ""))
        self.fault = fault
        self.path = path
        self.detail = detail


class ImportFault(StrEnum):
    """Why a file, or something in a line of it, does not come in.

    Those that ``LimitFileFault`` has too have the same codes.
    """

    # the file as a whole: nothing of it comes in
    NOT_FOUND = "not_found"
    KIND = "kind"
    UNREADABLE = "unreadable"
    NO_CRS = "no_crs"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    NOT_XML = "not_xml"
    NOT_JSON = "not_json"
    ENTITIES = "entities"
    TOO_DEEP = "too_deep"
    ENCODING = "encoding"
    ENCODING_NOT_SAID = "encoding_not_said"
    """A table that is not in UTF-8, and nobody has said what it is in."""
    NOT_IN_ENCODING = "not_in_encoding"
    """A table with a byte that stands for nothing in the encoding somebody has said."""
    ZERO_BYTE = "zero_byte"
    NOT_A_TABLE = "not_a_table"
    COLUMNS = "columns"
    COLUMN_TWICE = "column_twice"
    """Somebody has said that one column holds two fields."""
    DATUM = "datum"
    ARCHIVE = "archive"
    LINKS = "links"
    STOPPED = "stopped"
    ZONE_NOT_SAID = "zone_not_said"
    """Times without a zone, and nobody has said which it is."""
    DAY_OR_MONTH_FIRST = "day_or_month_first"
    """Dates that could be read both ways, and nobody has said which it is."""
    SAME_PLOT = "same_plot"
    # a line: the others come in
    POSITION_MISSING = "position_missing"
    POSITION_NOT_READ = "position_not_read"
    POSITION_DOUBTFUL = "position_doubtful"
    LATITUDE_RANGE = "latitude_range"
    LONGITUDE_RANGE = "longitude_range"
    SWAPPED = "swapped"
    TIME_MISSING = "time_missing"
    TIME_NOT_READ = "time_not_read"
    TIME_TWICE = "time_twice"
    """A local time that happens twice as clocks go back."""
    TIME_NEVER = "time_never"
    """A local time that clocks leave out as they go forward."""
    TIME_AHEAD = "time_ahead"
    """After the time of the import, by more than clocks differ."""
    TIME_LONG_AGO = "time_long_ago"
    """Before 1970: what programs write that have no time."""
    NUMBER_NOT_READ = "number_not_read"
    NOT_MMSI = "not_mmsi"
    """In a column of MMSI, of a row that does not name its craft otherwise."""
    CODE_NOT_KNOWN = "code_not_known"
    ROW_LENGTH = "row_length"
    NOT_A_POINT = "not_a_point"
    """A shape that is neither a place nor a line of timed places."""
    NO_NAME = "no_name"
    UID_TWICE = "uid_twice"
    """With the identifier of another line, which says something else."""
    REPORT_TWICE = "report_twice"
    """Of the craft, time and place of another line, which says something else."""


class ImportFileError(ChannelPlotError):
    """A file can't be brought in; the plot has not changed."""

    def __init__(self, fault: ImportFault, path: Path, detail: str = "", line: int = 0) -> None:
        """Keep the fault's code, the file and the library's own words or the piece, if any.

        line: of the file, from 1, where the fault stands; 0 where it is the file's as a whole.
        """
        said = [f"line {line}"] if line else []
        said += [detail] if detail else []
        super().__init__(f"{fault}: {path}" + (f" ({': '.join(said)})" if said else ""))
        self.fault = fault
        self.path = path
        self.detail = detail
        self.line = line


class ReferenceFileFault(StrEnum):
    """Why a file can't be shown as a reference layer."""

    NOT_FOUND = "not_found"
    KIND = "kind"
    UNREADABLE = "unreadable"
    BAD_LINE = "bad_line"
    HARMFUL = "harmful"
    EMPTY = "empty"
    NO_TABLE = "no_table"
    NO_CRS = "no_crs"
    BAD_CRS = "bad_crs"
    NO_PLACE = "no_place"
    SWAPPED = "swapped"
    TOO_LARGE = "too_large"
    TOO_SLOW = "too_slow"
    LINKS = "links"


class ReferenceFileError(ChannelPlotError):
    """Another program's file can't be shown under the plot; the plot has not changed."""

    def __init__(
        self, fault: ReferenceFileFault, path: Path, detail: str = "", line: int = 0
    ) -> None:
        """Keep the fault's code, the file and the library's own words or the piece, if any.

        line: of the file, from 1, where the fault stands; 0 where it is the file's as a whole.
        """
        super().__init__(f"{fault}: {path}" + (f" ({detail})" if detail else ""))
        self.fault = fault
        self.path = path
        self.detail = detail
        self.line = line


class RefusalReason(StrEnum):
    """Why a command is not allowed."""

    NO_SUCH_REPORT = "no_such_report"
    NO_SUCH_TRACK = "no_such_track"
    NO_SUCH_BEACH = "no_such_beach"
    NO_SUCH_MARK = "no_such_mark"
    ALREADY_THERE = "already_there"
    NAME_TAKEN = "name_taken"
    NAME_EMPTY = "name_empty"
    CODE_EMPTY = "code_empty"
    CODE_FORM = "code_form"
    CODE_TAKEN = "code_taken"
    CODE_OF_TRACK = "code_of_track"
    READ_ONLY = "read_only"
    NO_SUCH_LOG_LINE = "no_such_log_line"
    TEXT_EMPTY = "text_empty"
    NAME_TAKEN_SINCE = "name_taken_since"
    TRACK_WITHDRAWN = "track_withdrawn"
    NOTHING_CHOSEN = "nothing_chosen"
    SAME_TRACK = "same_track"
    MERGED = "merged"
    INTO_CLOSED = "into_closed"
    INTO_ASSET = "into_asset"
    NOTHING_TO_SPLIT = "nothing_to_split"
    NEEDS_EVIDENCE = "needs_evidence"
    NEEDS_NAME = "needs_name"
    NEEDS_NAME_AND_REASON = "needs_name_and_reason"
    NOT_CLOSED = "not_closed"
    NOTHING_UNACCOUNTED = "nothing_unaccounted"
    PEOPLE_UNACCOUNTED = "people_unaccounted"
    NEEDS_REASON = "needs_reason"
    REOPEN_FIRST = "reopen_first"
    NO_SUCH_CONDITIONS = "no_such_conditions"
    NO_SUCH_APPROACH_WATCH = "no_such_approach_watch"
    NO_SUCH_LIMIT = "no_such_limit"
    NO_SUCH_SEARCH = "no_such_search"
    NO_STREAM_OR_WIND = "no_stream_or_wind"
    STREAM_INCOMPLETE = "stream_incomplete"
    WIND_INCOMPLETE = "wind_incomplete"
    LEEWAY_MISSING = "leeway_missing"
    LEEWAY_RANGE = "leeway_range"
    VALIDITY_ORDER = "validity_order"
    DIRECTION_RANGE = "direction_range"
    SPEED_RANGE = "speed_range"
    SPEED_OF_CRAFT = "speed_of_craft"
    APPROACH_TO_ITSELF = "approach_to_itself"
    DISTANCE_RANGE = "distance_range"
    MINUTES_RANGE = "minutes_range"
    NO_LIMITS = "no_limits"
    LIMIT_POINTS = "limit_points"
    AREA_OPEN = "area_open"
    LIMIT_SIDES = "limit_sides"
    NO_WAYPOINTS = "no_waypoints"
    SPACING_RANGE = "spacing_range"
    SEARCH_FIGURES = "search_figures"
    NO_SUCH_LAYER = "no_such_layer"
    NO_FILE_NAMED = "no_file_named"
    STYLE_RANGE = "style_range"


class CommandRefused(ChannelPlotError):
    """The edit is not allowed; the plot has not changed."""

    def __init__(self, reason: RefusalReason, value: str = "", other: str = "") -> None:
        """Keep the reason's code, the name or identifier it is about, and a second one, if any."""
        super().__init__(f"{reason}: {value}" + (f" ({other})" if other else ""))
        self.reason = reason
        self.value = value
        self.other = other


class ClosingRefused(CommandRefused):
    """A boat can't be closed: people are unaccounted for, or nobody has identified it.

    value: the boat's name. status: the code of the status it was to get. The totals and the
    children are None where nobody has said. missing: how many of those counted are missing.
    unaccounted_children: None when nobody can say. needs_count: the status says that the people
    are safe, which nobody can say of people who were never counted. surplus: how many more were
    counted than told of, where that is so many that they may be another boat's; else 0.
    """

    def __init__(
        self,
        name: str,
        status: str,
        *,
        is_identified: bool,
        unaccounted: int,
        unaccounted_children: int | None,
        reported_total: int | None,
        reported_children: int | None,
        counted_total: int | None,
        counted_children: int | None,
        missing: int,
        needs_count: bool,
        surplus: int = 0,
    ) -> None:
        """Keep the numbers, for the words."""
        super().__init__(RefusalReason.NEEDS_EVIDENCE, name)
        self.surplus = surplus
        self.status = status
        self.is_identified = is_identified
        self.unaccounted = unaccounted
        self.unaccounted_children = unaccounted_children
        self.reported_total = reported_total
        self.reported_children = reported_children
        self.counted_total = counted_total
        self.counted_children = counted_children
        self.missing = missing
        self.needs_count = needs_count


class PeopleLeftOut(CommandRefused):
    """People who are unaccounted for would no longer be looked for, and nobody has said why.

    unaccounted: how many; unaccounted_children: how many of them, None when nobody can say.
    """

    def __init__(self, unaccounted: int, unaccounted_children: int | None) -> None:
        """Keep the numbers, for the words."""
        super().__init__(RefusalReason.NEEDS_REASON, str(unaccounted))
        self.unaccounted = unaccounted
        self.unaccounted_children = unaccounted_children


class SettingsError(ChannelPlotError):
    """A setting is out of range."""

    def __init__(self, key: str, value: object) -> None:
        """Keep the key and the value that was refused."""
        super().__init__(f"{key}={value!r}")
        self.key = key
        self.value = value

"""Every error an operator can be told about, on one page.

Each carries codes and values, never the words: ``ui/messages.py`` words them in
the operator's language. Anything else that is raised is a mistake of ours.
"""

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


class PositionTextFault(StrEnum):
    """Why a typed position could not be read."""

    EMPTY = "empty"
    NOT_READ = "not_read"
    MINUTES_RANGE = "minutes_range"
    DEGREES_RANGE = "degrees_range"
    NO_HEMISPHERE = "no_hemisphere"
    SAME_AXIS_TWICE = "same_axis_twice"


class PositionTextError(ChannelPlotError):
    """A typed position that has no single reading."""

    def __init__(self, fault: PositionTextFault, text: str) -> None:
        """Keep the fault's code and the text as typed."""
        super().__init__(f"{fault}: {text}")
        self.fault = fault
        self.text = text


class TimeTextFault(StrEnum):
    """Why a typed time could not be read."""

    EMPTY = "empty"
    NOT_READ = "not_read"
    NO_SUCH_TIME = "no_such_time"


class TimeTextError(ChannelPlotError):
    """A typed time that has no single reading."""

    def __init__(self, fault: TimeTextFault, text: str) -> None:
        """Keep the fault's code and the text as typed."""
        super().__init__(f"{fault}: {text}")
        self.fault = fault
        self.text = text


class PlotFileFault(StrEnum):
    """What is the matter with a plot file."""

    NOT_FOUND = "not_found"
    FOLDER_MISSING = "folder_missing"
    NOT_A_FILE = "not_a_file"
    EXISTS = "exists"
    NOT_GEOPACKAGE = "not_geopackage"
    OTHER_PROGRAM = "other_program"
    DAMAGED = "damaged"
    TOO_NEW = "too_new"
    READ_ONLY = "read_only"
    LOCKED = "locked"
    FULL = "full"
    MOVED = "moved"
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


class RefusalReason(StrEnum):
    """Why a command is not allowed."""

    NO_SUCH_REPORT = "no_such_report"
    NO_SUCH_TRACK = "no_such_track"
    NO_SUCH_BEACH = "no_such_beach"
    ALREADY_THERE = "already_there"
    NAME_TAKEN = "name_taken"
    NAME_EMPTY = "name_empty"
    READ_ONLY = "read_only"


class CommandRefused(ChannelPlotError):
    """The edit is not allowed; the plot has not changed."""

    def __init__(self, reason: RefusalReason, value: str = "") -> None:
        """Keep the reason's code and the name or identifier it is about."""
        super().__init__(f"{reason}: {value}")
        self.reason = reason
        self.value = value


class SettingsError(ChannelPlotError):
    """A setting is out of range."""

    def __init__(self, key: str, value: object) -> None:
        """Keep the key and the value that was refused."""
        super().__init__(f"{key}={value!r}")
        self.key = key
        self.value = value

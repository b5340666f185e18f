"""What reading a text gives: readings, each with its place in the text, faults and questions.

A fault refuses the text, a question must be answered before it counts, and what is neither
was read in the only way there is. Codes and values only: the words are ``ui/words/messages.py``'s.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from channelplot.geodesy.position import Position
from channelplot.model.codes import (
    BoatType,
    Craft,
    PositionForm,
    ReportKind,
    SourceKind,
    TrackStatus,
)
from channelplot.model.people import PeopleCount


class Language(StrEnum):
    """The language reports come in. Words of both are read; only an O for west needs French."""

    ENGLISH = "en"
    FRENCH = "fr"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A piece of the text as typed: characters start up to but not including end."""

    start: int
    end: int

    def overlaps(self, other: "Span") -> bool:
        """Return whether the two have a character in common."""
        return self.start < other.end and other.start < self.end


class Field(StrEnum):
    """What a piece of a line can be."""

    LINE = "line"
    POSITION = "position"
    TIME = "time"
    COURSE = "course"
    SPEED = "speed"
    PEOPLE = "people"
    SOURCE = "source"
    CALLER = "caller"
    GRADE = "grade"
    KIND = "kind"
    TRACK = "track"
    MARK = "mark"


class FaultCode(StrEnum):
    """Why a text is refused."""

    # the line as a whole
    TOO_LONG = "too_long"
    CONTROL_CHARACTER = "control_character"
    OTHER_DIGITS = "other_digits"
    NOT_A_NUMBER = "not_a_number"
    # positions
    EMPTY = "empty"
    NOT_READ = "not_read"
    MINUTES_RANGE = "minutes_range"
    SECONDS_RANGE = "seconds_range"
    LATITUDE_RANGE = "latitude_range"
    LONGITUDE_RANGE = "longitude_range"
    SAME_AXIS_TWICE = "same_axis_twice"
    SIGN_AND_LETTER = "sign_and_letter"
    MIXED_FORMS = "mixed_forms"
    TWO_POSITIONS = "two_positions"
    NUMBER_BESIDE = "number_beside"
    GRID_ZONE = "grid_zone"
    GRID_SQUARE = "grid_square"
    GRID_FIGURES = "grid_figures"
    BEARING_RANGE = "bearing_range"
    BEARING_FIGURES = "bearing_figures"
    NO_SUCH_NAME = "no_such_name"
    NO_FIX_YET = "no_fix_yet"
    NO_VARIATION = "no_variation"
    # times
    TIME_RANGE = "time_range"
    NO_SUCH_DAY = "no_such_day"
    NO_SUCH_LOCAL_TIME = "no_such_local_time"
    ZONE_UNKNOWN = "zone_unknown"
    ZONE_OR_TRACK = "zone_or_track"
    RECEIVED_FIRST = "received_first"
    TIME_NOT_READ = "time_not_read"
    # the rest
    SAID_TWICE = "said_twice"
    COURSE_RANGE = "course_range"
    SPEED_RANGE = "speed_range"
    PEOPLE_PARTS = "people_parts"
    PEOPLE_RANGE = "people_range"
    PEOPLE_NOT_READ = "people_not_read"
    NO_SUCH_TRACK = "no_such_track"
    NAME_TAKEN = "name_taken"
    MARK_NOT_READ = "mark_not_read"
    CALLER_NOT_READ = "caller_not_read"
    NO_SUCH_CALLER = "no_such_caller"
    LOG_EMPTY = "log_empty"


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a text is refused, and where.

    value: the piece of the text, or the name, that is at fault.
    """

    code: FaultCode
    field: Field
    span: Span
    value: str = ""


@dataclass(frozen=True, slots=True)
class PositionReading:
    """A position as it was read.

    error_m: radius of the circle that the given figures leave open, metres, with the error of
    the place it was measured from; None for a place whose error is not known. origin: name of
    the mark, beach, place or track it was measured from, "" for none; origin_said: what was said
    for it, where that is the name of a track merged into it; origin_at_utc: time of the track's
    fix; bearing_deg: true, from the origin; variation_deg: east positive, where the bearing was
    given magnetic.
    """

    position: Position
    form: PositionForm
    error_m: float | None
    span: Span
    origin: str = ""
    origin_at_utc: datetime | None = None
    bearing_deg: float | None = None
    distance_m: float | None = None
    variation_deg: float | None = None
    origin_said: str = ""


class TimeForm(StrEnum):
    """The form in which a time was given."""

    UNSAID = "unsaid"
    NOW = "now"
    CLOCK = "clock"
    AGO = "ago"
    DATE_TIME_GROUP = "date_time_group"
    DATE = "date"
    ISO = "iso"


@dataclass(frozen=True, slots=True)
class TimeReading:
    """A time as it was read. zone: Z, A, B, UK, FR or an offset such as +02:00.

    is_day_before: a time of day that was taken as the day before, being ahead of the clock.
    """

    at_utc: datetime
    form: TimeForm
    zone: str
    span: Span
    is_day_before: bool = False


class TargetKind(StrEnum):
    """Where a report goes."""

    UNSAID = "unsaid"
    TRACK = "track"
    NEW = "new"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Target:
    """Where a report goes.

    track_uid: of a track that is there; name, "" for the next letter, and craft: of a new one.
    said: the name in the line where it is that of a track merged into this one. closed_as: the
    status of a track that is closed.
    """

    kind: TargetKind = TargetKind.UNSAID
    track_uid: str | None = None
    name: str = ""
    craft: Craft | None = None
    span: Span | None = None
    said: str = ""
    closed_as: TrackStatus | None = None


@dataclass(frozen=True, slots=True)
class CallerReading:
    """Who called, tidied by ``model/caller.py``.

    at_utc, track_name: when the report was observed whose caller this is, and the name of its
    track, "" for none; None and "" for a number or a call sign that was said itself.
    """

    caller: str
    at_utc: datetime | None = None
    track_name: str = ""


class QuestionCode(StrEnum):
    """What is doubtful."""

    # asked by the reader: several readings, one to be chosen
    HEMISPHERE = "hemisphere"
    WEST_IN_FRENCH = "west_in_french"
    SWAPPED = "swapped"
    TWO_READINGS = "two_readings"
    WHICH_NAME = "which_name"
    TIME_AHEAD = "time_ahead"
    TIME_TWICE = "time_twice"
    WHICH_TIME = "which_time"
    WHICH_TRACK = "which_track"
    PEOPLE_UNREAD = "people_unread"
    PEOPLE_RANGE = "people_range"
    WHICH_CALLER = "which_caller"
    SOURCE_OR_BOAT = "source_or_boat"
    CLOSED_TRACK = "closed_track"
    # asked of a position or time that was read: true all the same?
    NO_POSITION = "no_position"
    OUTSIDE_AREA = "outside_area"


Choice = (
    PositionReading
    | TimeReading
    | PeopleCount
    | Target
    | CallerReading
    | BoatType
    | SourceKind
    | None
)
"""One way to read what is asked about; None: keep it as it is."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is doubtful, where, and up to three ways to read it, the likeliest first."""

    code: QuestionCode
    field: Field
    span: Span
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """A piece of the line that was read as something."""

    field: Field
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkReading:
    """A line that adds or amends a mark: ``mark CGN 50 52.17N 001 34.98E Cap Gris-Nez``."""

    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineReading:
    """How a whole line is read.

    received: when we were told, where the line says so. course_deg: true;
    course_variation_deg: where it was given magnetic. words: what is left
    of the line when everything else has been read. kind: what the line says, position if
    nothing. craft: what craft words say; boat_type: what it was said to look like, None where
    two types are said. caller: as ``Report.caller``. mark: the line is about a mark, not a report.
    log: the words of a line of the watch log, which is no report; None for any other line.
    faults and questions: in the order of the line; answered questions are gone.
    """

    text: str
    position: PositionReading | None
    time: TimeReading
    received: TimeReading | None = None
    course_deg: float | None = None
    course_variation_deg: float | None = None
    speed_kn: float | None = None
    people: PeopleCount | None = None
    source: SourceKind = SourceKind.UNKNOWN
    source_name: str = ""
    grade: str = ""
    craft: Craft | None = None
    boat_type: BoatType | None = None
    caller: str = ""
    kind: ReportKind = ReportKind.POSITION
    target: Target = Target()
    mark: MarkReading | None = None
    log: str | None = None
    words: str = ""
    claims: tuple[Claim, ...] = ()
    faults: tuple[Fault, ...] = ()
    questions: tuple[Question, ...] = ()

    @property
    def is_clear(self) -> bool:
        """Return whether there is neither a fault nor a question."""
        return not self.faults and not self.questions

"""The code lists of the plot file: what may stand in a column that holds a code.

Data values are codes; ``ui/words/messages.py`` holds the words for them.
"""

from enum import StrEnum


class Craft(StrEnum):
    """What a track is a track of."""

    SMALL_BOAT = "small_boat"
    RESCUE_VESSEL = "rescue_vessel"
    AIRCRAFT = "aircraft"
    MERCHANT_VESSEL = "merchant"
    OTHER = "other"


PEOPLE_CRAFTS = frozenset({Craft.SMALL_BOAT, Craft.OTHER})
"""Craft whose people are accounted for and which are closed on evidence: the others are ours to
send, or pass by."""


class BoatType(StrEnum):
    """What a boat looks like: what reports of one boat must agree on."""

    INFLATABLE = "inflatable"
    RHIB = "rhib"
    RIGID = "rigid"
    KAYAK = "kayak"
    SAIL = "sail"
    JET_SKI = "jet_ski"
    OTHER = "other"


class TrackStatus(StrEnum):
    """The one list of states a boat can be in."""

    REPORTED = "reported"
    CONFIRMED = "confirmed"
    UNDER_WAY = "under_way"
    ADRIFT = "adrift"
    DISTRESS = "distress"
    ESCORTED = "escorted"
    RESCUED_PART = "rescued_part"
    RESCUED_ALL = "rescued_all"
    LANDED = "landed"
    RETURNED = "returned"
    PREVENTED = "prevented"
    LOST_CONTACT = "lost_contact"
    SEARCH_SUSPENDED = "search_suspended"
    SAME_AS = "same_as"
    NOT_SMALL_BOAT = "not_small_boat"
    CLOSED_UNRESOLVED = "closed_unresolved"


CLOSED_STATUSES = frozenset(
    {
        TrackStatus.RESCUED_ALL,
        TrackStatus.LANDED,
        TrackStatus.RETURNED,
        TrackStatus.PREVENTED,
        TrackStatus.SAME_AS,
        TrackStatus.NOT_SMALL_BOAT,
        TrackStatus.CLOSED_UNRESOLVED,
    }
)
"""A track in one of these states needs nothing more from the watch."""

SAFE_STATUSES = frozenset(
    {
        TrackStatus.RESCUED_ALL,
        TrackStatus.LANDED,
        TrackStatus.RETURNED,
        TrackStatus.PREVENTED,
    }
)
"""Closed because the people of the boat are known to be safe: all of them must be counted."""


class ReportKind(StrEnum):
    """What a report tells of. Only positions make a track's line."""

    POSITION = "position"
    LAUNCH = "launch"
    LANDING = "landing"
    PREVENTED = "prevented"
    EVENT = "event"


SEA_KINDS = frozenset({ReportKind.POSITION})
"""Reports of these kinds are asked about when they lie on land."""


class MarkKind(StrEnum):
    """What a named mark is. A file of another program may hold other words."""

    LIGHT = "light"
    LIGHT_FLOAT = "light_float"
    ENTRANCE = "entrance"
    HEADLAND = "headland"
    BEACON = "beacon"
    BUOY = "buoy"
    OTHER = "other"


class PositionForm(StrEnum):
    """The form in which a position was given."""

    DDM = "ddm"
    DMS = "dms"
    DECIMAL_DEGREES = "dd"
    MGRS = "mgrs"
    UTM = "utm"
    BEARING_DISTANCE = "bearing_distance"
    RELATIVE = "relative"
    MARK = "mark"
    BEARINGS = "bearings"
    POINTED = "pointed"
    IMPORTED = "imported"


class SourceKind(StrEnum):
    """Who or what told us."""

    UNKNOWN = "unknown"
    AIRCRAFT = "aircraft"
    PATROL = "patrol"
    VESSEL = "vessel"
    CAMERA = "camera"
    RADAR = "radar"
    PHONE = "phone"
    PARTNER = "partner"
    OTHER = "other"


class AlertCode(StrEnum):
    """What wants attention."""

    OVERDUE = "overdue"
    CLOSED_UNACCOUNTED = "closed_unaccounted"
    CLOSEST_APPROACH = "closest_approach"
    WATERS_AHEAD = "waters_ahead"


class CountBasis(StrEnum):
    """Whether a number of people was told to us or counted by an officer."""

    REPORTED = "reported"
    COUNTED = "counted"


class ReckoningRule(StrEnum):
    """By what a craft is reckoned.

    MADE_GOOD: course and speed made good over its last fixes. REPORTED: as its last fixes said.
    STATED: as an operator typed them. DRIFT: carried by stream and wind. STOPPED: it stays where
    it stopped, nobody having said how it drifts. LAST_FIX: no motion is known.
    """

    MADE_GOOD = "made_good"
    REPORTED = "reported"
    STATED = "stated"
    DRIFT = "drift"
    STOPPED = "stopped"
    LAST_FIX = "last_fix"


class PatternKind(StrEnum):
    """The search patterns there are."""

    EXPANDING_SQUARE = "expanding_square"
    SECTOR = "sector"
    PARALLEL_TRACK = "parallel_track"


class Turn(StrEnum):
    """To which side a pattern turns at the end of its legs."""

    STARBOARD = "starboard"
    PORT = "port"

    @property
    def sign(self) -> float:
        """Return 1 for clockwise turns, -1 for the others."""
        return 1.0 if self is Turn.STARBOARD else -1.0


class LimitPurpose(StrEnum):
    """What a limit parts: the waters of states, or search and rescue regions."""

    WATERS = "waters"
    SAR_REGION = "sar_region"

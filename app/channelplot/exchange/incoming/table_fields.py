"""What columns of other programs' tables hold, told by their titles and never by their place.

A title that could mean two things means nothing: somebody has to say which column it is.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from channelplot.exchange.incoming.found import Zone


class TableField(StrEnum):
    """What a column may hold; where ``fields.py`` has the same, by the same name.

    TIME: date and time of day; DATE and TIME_OF_DAY: in two columns. POSITION: both angles in any
    form that the plot line reads. LAT_SIDE, LON_SIDE: N or S, E or W, of figures beside them.
    NAME: of the craft.
    """

    TIME = "time"
    DATE = "date"
    TIME_OF_DAY = "time_of_day"
    EPOCH_S = "epoch_s"
    EPOCH_MS = "epoch_ms"
    POSITION = "position"
    LAT = "lat_deg"
    LAT_SIDE = "lat_side"
    LON = "lon_deg"
    LON_SIDE = "lon_side"
    NAME = "name"
    MMSI = "mmsi"
    IMO = "imo"
    COURSE = "course_deg"
    SPEED_KN = "speed_kn"
    SPEED_TENTHS_KN = "speed_tenths_kn"
    SPEED_MPS = "speed_mps"
    SPEED_KMH = "speed_kmh"
    PEOPLE = "people_total"
    CHILDREN = "people_children"
    SOURCE = "source_name"
    NOTE = "note"
    LENGTH = "length_m"


TIME_FIELDS: Final = frozenset(
    {
        TableField.TIME,
        TableField.DATE,
        TableField.TIME_OF_DAY,
        TableField.EPOCH_S,
        TableField.EPOCH_MS,
    }
)
POSITION_FIELDS: Final = frozenset(
    {
        TableField.POSITION,
        TableField.LAT,
        TableField.LAT_SIDE,
        TableField.LON,
        TableField.LON_SIDE,
    }
)
SPEED_FIELDS: Final = frozenset(
    {
        TableField.SPEED_KN,
        TableField.SPEED_TENTHS_KN,
        TableField.SPEED_MPS,
        TableField.SPEED_KMH,
    }
)
_BRACKETS: Final = re.compile(r"[(\[{][^)\]}]*[)\]}]")
_WORD: Final = re.compile(r"[a-z]+")
_FIGURE_OR_LETTER: Final = re.compile(r"[a-z0-9]+")
_UTC: Final = frozenset({"utc", "gmt", "zulu"})
_LOCAL: Final = frozenset({"local", "locale", "lokal", "lt"})
_EPOCH: Final = frozenset({"epoch", "unix", "posix"})
_MILLI: Final = frozenset({"ms", "msec", "millis", "millisec", "milliseconds"})
_SECOND: Final = frozenset({"s", "sec", "secs", "second", "seconds"})
_CLOCK: Final = frozenset({"timestamp", "time"})
_SPEED_UNITS: Final = (
    (TableField.SPEED_KN, re.compile(r"(?<![a-z])(?:kn|kts?|knots?|noeuds?|nœuds?|nds?)(?![a-z])")),
    (TableField.SPEED_MPS, re.compile(r"(?<![a-z])(?:m/s|mps|m_s|m\.s-1)(?![a-z])")),
    (TableField.SPEED_KMH, re.compile(r"(?<![a-z])(?:km/h|kmh|kph|km_h)(?![a-z])")),
)
_OTHER_SPEED: Final = re.compile(r"(?<![a-z])(?:mph|ft|fpm|x ?10)(?![a-z0-9])")
_OTHER_UNITS: Final = frozenset(
    {"mag", "magn", "magnetic", "magnetique", "ft", "feet", "foot", "rad", "radians", "gon"}
)
_OVER_GROUND: Final = frozenset({"sog", "speedoverground"})
"""These are in knots wherever AIS comes from, unless the title says otherwise."""
_SPEEDS: Final = frozenset({*_OVER_GROUND, "speed", "vitesse", "spd", "groundspeed"})
_TIMES: Final = frozenset(
    {
        "datetime", "timestamp", "dtg", "basedatetime", "observedat", "observed", "observationtime",
        "seenat", "horodatage", "dateheure", "dateandtime", "fixtime", "positiontime",
        "positiontimestamp", "gpstime", "zeitstempel", "tidspunkt", "",
    }
)  # fmt: skip
"""Of date and time of day; the last is what is left of a title that is no more than UTC."""
_DATES: Final = frozenset({"date", "datum", "dato", "jour"})
_TIMES_OF_DAY: Final = frozenset({"time", "heure", "zeit", "uhrzeit", "timeofday", "tid"})
_SIDES: Final[Mapping[str, TableField]] = {
    **dict.fromkeys(("ns", "latns", "latdir", "lathem", "latref"), TableField.LAT_SIDE),
    **dict.fromkeys(("lathemisphere", "latitudedirection"), TableField.LAT_SIDE),
    **dict.fromkeys(("ew", "lonew", "londir", "lonhem", "lonref"), TableField.LON_SIDE),
    **dict.fromkeys(("lonhemisphere", "longitudedirection"), TableField.LON_SIDE),
}
_NAMED: Final[Sequence[tuple[TableField, Sequence[str]]]] = (
    (TableField.MMSI, ("mmsi", "mmsinumber", "usermmsi")),
    (TableField.IMO, ("imo", "imonumber", "imono")),
    (
        TableField.NAME,
        (
            "name", "nom", "vesselname", "shipname", "trackname", "boatname", "vessel",
            "ship", "boat", "navire", "bateau", "callsign",
        ),
    ),
    (TableField.COURSE, ("cog", "courseoverground", "course", "coursedeg", "coursetrue", "cogdeg")),
    (
        TableField.PEOPLE,
        (
            "pob", "people", "peopletotal", "persons", "personnes", "pax", "souls", "peopleonboard",
            "personsonboard", "nombredepersonnes",
        ),
    ),
    (TableField.CHILDREN, ("children", "enfants", "peoplechildren", "minors", "mineurs")),
    (TableField.SOURCE, ("source", "sourcename", "reportedby", "reporter", "origine")),
    (
        TableField.NOTE,
        (
            "note", "notes", "remark", "remarks", "remarque", "remarques", "comment", "comments",
            "commentaire", "commentaires", "description", "observation", "observations",
        ),
    ),
    (TableField.LENGTH, ("length", "lengthm", "longueur", "loa")),
)  # fmt: skip
"""The first title that a table has of each counts."""


@dataclass(frozen=True, slots=True)
class GuessedFields:
    """What titles say: where each field is, counting from 0, but for positions.

    zone: UTC where the titles of the times say so.
    """

    at: Mapping[TableField, int] = field(default_factory=dict)
    zone: Zone | None = None


def plain_title(title: str) -> str:
    """Return the letters and figures of a title, small and without accents: what it is known by."""
    return "".join(_FIGURE_OR_LETTER.findall(_small(_BRACKETS.sub(" ", title))))


def guessed_fields(titles: Sequence[str]) -> GuessedFields:
    """Return what the titles of a table or of a layer's columns say; of positions only sides."""
    plain = ["" if _OTHER_UNITS & _words(title) else plain_title(title) for title in titles]
    found: dict[TableField, int] = {}
    for at, known in enumerate(plain):
        if known in _SIDES:
            found.setdefault(_SIDES[known], at)
    for table_field, names in _NAMED:
        at_first = next((plain.index(name) for name in names if name in plain), None)
        if at_first is not None:
            found[table_field] = at_first
    speeds = [(at, _speed_unit(title)) for at, title in enumerate(titles)]
    found |= {unit: at for at, unit in speeds[::-1] if unit is not None}
    times = _times(titles)
    is_utc = any(_UTC & _words(titles[at]) for at in times.values())
    return GuessedFields({**found, **times}, Zone.UTC if is_utc else None)


def _times(titles: Sequence[str]) -> dict[TableField, int]:
    """Return where the times are; nothing where there are several."""
    plain = [_without_zone(title) for title in titles]
    whole = [at for at, known in enumerate(plain) if known in _TIMES and titles[at].strip()]
    dates = [at for at, known in enumerate(plain) if known in _DATES]
    of_day = [at for at, known in enumerate(plain) if known in _TIMES_OF_DAY]
    if len(whole) == 1 and (dates or not of_day):
        return {TableField.TIME: whole[0]}
    if not whole and len(dates) == 1 and len(of_day) == 1:
        return {TableField.DATE: dates[0], TableField.TIME_OF_DAY: of_day[0]}
    if not whole and len(dates) + len(of_day) == 1:
        return {TableField.TIME: (dates + of_day)[0]}
    if whole or dates or of_day:
        return {}
    epochs = [(at, _epoch_unit(title)) for at, title in enumerate(titles)]
    told = [(unit, at) for at, unit in epochs if unit is not None]
    return dict(told) if len(told) == 1 else {}


def _epoch_unit(title: str) -> TableField | None:
    words = _words(title)
    if words & _EPOCH:
        return TableField.EPOCH_MS if words & _MILLI else TableField.EPOCH_S
    if words & _CLOCK and words - _CLOCK:
        if words - _CLOCK <= _MILLI:
            return TableField.EPOCH_MS
        if words - _CLOCK <= _SECOND:
            return TableField.EPOCH_S
    return None


def _speed_unit(title: str) -> TableField | None:
    small = _small(title)
    if _OTHER_SPEED.search(small):
        return None
    told = [unit for unit, pattern in _SPEED_UNITS if pattern.search(small)]
    bare = small
    for _, pattern in _SPEED_UNITS:
        bare = pattern.sub(" ", bare)
    known = plain_title(bare)
    if known not in _SPEEDS or len(told) > 1:
        return None
    return told[0] if told else TableField.SPEED_KN if known in _OVER_GROUND else None


def _without_zone(title: str) -> str:
    """Return what a title is known by without the zone and whose clock it names.

    Empty for one that is no more than a zone; of epochs, what is no title of a time.
    """
    words = _words(title)
    if words & _EPOCH or (words & _CLOCK and words & (_MILLI | _SECOND)):
        return "epoch"
    small = _small(_BRACKETS.sub(" ", title))
    told = [each for each in _FIGURE_OR_LETTER.findall(small) if each not in _UTC | _LOCAL]
    known = "".join(told)
    if not known and not words & _UTC:
        return "nothing"
    for zone in _UTC:
        known = known.removesuffix(zone).removeprefix(zone)
    return known


def _words(title: str) -> frozenset[str]:
    return frozenset(_WORD.findall(_small(title)))


def _small(title: str) -> str:
    plain = unicodedata.normalize("NFD", title).casefold()
    return "".join(c for c in plain if not unicodedata.combining(c))
